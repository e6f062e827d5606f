//! Bars. The text stands beside them in HTML, because text inside an SVG shrinks with it.

use super::layout::{Segment, coordinate, filled, length, segments};
use crate::fragment::{Fragment, IntoFragment as _};
use data::domain::{Scale, Shape};
use leptos::prelude::*;

/// Bars are drawn this wide and stretched to the room there is.
const WIDTH: f64 = 100.0;

/// One bar out of a whole. For the eye only: its number stands beside it.
pub(crate) fn bar(count: u64, whole: u64, colour: &str, shape: Shape) -> Fragment {
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
        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" overflow="visible" aria-hidden="true">
            <rect class="track" x="0" y="0" width="100" height="10" />
            {part}
        </svg>
    }
    .fragment()
}

/// The statuses of one set, end to end, out of a whole. For the eye only.
pub(crate) fn stacked(counts: &[u64], whole: u64, scale: &Scale) -> Fragment {
    view! {
        <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" overflow="visible" aria-hidden="true">
            {parts(counts, whole, scale)}
        </svg>
    }
    .fragment()
}

/// A whole set as one bar, with what it says in words.
pub(crate) fn strip(counts: &[u64], scale: &Scale, title: String, description: String) -> Fragment {
    let whole = counts.iter().sum();
    view! {
        <svg
            class="strip"
            role="img"
            aria-labelledby="strip-title"
            aria-describedby="strip-description"
            viewBox="0 0 100 10"
            preserveAspectRatio="none"
            overflow="visible"
        >
            <title id="strip-title">{title}</title>
            <desc id="strip-description">{description}</desc>
            {parts(counts, whole, scale)}
        </svg>
    }
    .fragment()
}

fn parts(counts: &[u64], whole: u64, scale: &Scale) -> Vec<Fragment> {
    segments(counts, whole, WIDTH)
        .into_iter()
        .filter_map(|segment| {
            let status = scale.statuses.get(segment.place)?;
            Some(stretch(segment, &status.colour, status.shape))
        })
        .collect()
}

/// A stretch that is filled as far as the mark of its status is: told apart without colour, as the
/// squares are. What is not assessed is a dashed outline, because it is outside the base.
fn stretch(segment: Segment, colour: &str, shape: Shape) -> Fragment {
    let filled = filled(shape, 10);
    let (x, width) = (coordinate(segment.start), coordinate(segment.length));
    view! {
        <rect
            class=format!("line-{colour}")
            x=x.clone()
            y="0"
            width=width.clone()
            height="10"
            fill="none"
            stroke-dasharray=(shape == Shape::Dotted).then_some("3 2")
            vector-effect="non-scaling-stroke"
        />
        {(filled > 0)
            .then(|| {
                view! {
                    <rect
                        class=format!("fill-{colour}")
                        x=x
                        y=10 - filled
                        width=width
                        height=filled
                    />
                }
            })}
    }
    .fragment()
}
