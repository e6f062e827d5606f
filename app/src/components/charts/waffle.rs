//! A waffle: one square for each recommendation.

use super::layout::{Grid, filled};
use crate::fragment::{Fragment, IntoFragment as _};
use data::domain::{Scale, Shape, Status};
use leptos::prelude::*;

/// One square.
pub(crate) struct Square {
    /// The place of its status in the scale.
    pub(crate) place: usize,
    /// Where it leads; none where only totals are known.
    pub(crate) link: Option<Link>,
}

/// Where a square leads.
pub(crate) struct Link {
    /// The address.
    pub(crate) href: String,
    /// What it is called: paragraph and status.
    pub(crate) name: String,
    /// What the tooltip says.
    pub(crate) tooltip: String,
}

/// The squares in the order given. Squares that lead somewhere make it a group of links, not an
/// image: what is inside an image cannot be reached.
pub(crate) fn waffle(
    squares: Vec<Square>,
    scale: &Scale,
    title: String,
    description: String,
) -> Fragment {
    let grid = Grid::of(squares.len());
    let (width, height) = grid.size();
    let linked = squares.iter().any(|square| square.link.is_some());
    let samples = scale
        .statuses
        .iter()
        .enumerate()
        .map(|(place, status)| view! { <g id=sample_id(place)>{sample(status)}</g> })
        .collect_view();
    let squares = squares
        .into_iter()
        .enumerate()
        .map(|(number, square)| {
            let (x, y) = grid.corner(number);
            let sample = format!("#{}", sample_id(square.place));
            let drawn = view! { <use href=sample x=x y=y /> };
            match square.link {
                Some(link) => view! {
                    <a href=link.href aria-label=link.name>
                        <title>{link.tooltip}</title>
                        {drawn}
                    </a>
                }
                .fragment(),
                None => drawn.fragment(),
            }
        })
        .collect_view();
    view! {
        <svg
            class="waffle"
            role=if linked { "group" } else { "img" }
            aria-labelledby="waffle-title"
            aria-describedby="waffle-description"
            viewBox=format!("0 0 {width} {height}")
        >
            <title id="waffle-title">{title}</title>
            <desc id="waffle-description">{description}</desc>
            <defs>{samples}</defs>
            {squares}
        </svg>
    }
    .fragment()
}

fn sample_id(place: usize) -> String {
    format!("square-{place}")
}

/// A square that is filled as far as the mark of its status is, so that it is told apart without
/// colour. The outline takes the pointer everywhere, in empty squares too.
fn sample(status: &Status) -> Fragment {
    let side = Grid::SIDE;
    let height = filled(status.shape, side);
    let dashes = (status.shape == Shape::Dotted).then_some("1.5 1.5");
    view! {
        <rect
            class=format!("line-{}", status.colour)
            width=side
            height=side
            fill="none"
            pointer-events="all"
            stroke-dasharray=dashes
        />
        {(height > 0)
            .then(|| {
                view! {
                    <rect
                        class=format!("fill-{}", status.colour)
                        y=side - height
                        width=side
                        height=height
                    />
                }
            })}
    }
    .fragment()
}
