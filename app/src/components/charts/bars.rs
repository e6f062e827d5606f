//! Bars. The text stands beside them in HTML, because text inside an SVG shrinks with it.

use super::layout::{Segment, coordinate, length, segments};
use data::domain::{Scale, Shape};
use leptos::prelude::*;

/// Bars are drawn this wide and stretched to the room there is.
const WIDTH: f64 = 100.0;

/// One bar out of a whole. For the eye only: its number stands beside it.
pub(crate) fn bar(count: u64, whole: u64, colour: &str, shape: Shape) -> impl IntoView + use<> {
    let part = stretch(
        Segment {
            place: 0,
            start: 0.0,
            length: length(count, whole, WIDTH),
        },
        colour,
        shape,
    );
    view! {
        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" x="0" y="0" width="100" height="10" />
            {part}
        </svg>
    }
}

/// The statuses of one set, end to end, out of a whole. For the eye only.
pub(crate) fn stacked(counts: &[u64], whole: u64, scale: &Scale) -> impl IntoView + use<> {
    view! {
        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            {parts(counts, whole, scale)}
        </svg>
    }
}

/// A whole set as one bar, with what it says in words.
pub(crate) fn strip(
    counts: &[u64],
    scale: &Scale,
    title: String,
    description: String,
) -> impl IntoView + use<> {
    let whole = counts.iter().sum();
    view! {
        <svg
            class="strip"
            role="img"
            aria-labelledby="strip-title strip-description"
            viewBox="0 0 100 10"
            preserveAspectRatio="none"
        >
            <title id="strip-title">{title}</title>
            <desc id="strip-description">{description}</desc>
            {parts(counts, whole, scale)}
        </svg>
    }
}

fn parts(counts: &[u64], whole: u64, scale: &Scale) -> Vec<AnyView> {
    segments(counts, whole, WIDTH)
        .into_iter()
        .filter_map(|segment| {
            let status = scale.statuses.get(segment.place)?;
            Some(stretch(segment, &status.colour, status.shape).into_any())
        })
        .collect()
}

/// A stretch of colour; what is not assessed is only a dashed outline, because it is outside the base.
fn stretch(segment: Segment, colour: &str, shape: Shape) -> impl IntoView + use<> {
    let dotted = shape == Shape::Dotted;
    let class = if dotted {
        format!("line-{colour}")
    } else {
        format!("fill-{colour}")
    };
    view! {
        <rect
            class=class
            x=coordinate(segment.start)
            y=if dotted { "1" } else { "0" }
            width=coordinate(segment.length)
            height=if dotted { "8" } else { "10" }
            fill=dotted.then_some("none")
            stroke-dasharray=dotted.then_some("3 2")
            vector-effect=dotted.then_some("non-scaling-stroke")
        />
    }
}
