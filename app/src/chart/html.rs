//! Writes a chart as HTML: text in reading order, and bars, squares and tiles by the classes of the
//! stylesheet. Without styles, without colours and without graphics the text says every number.

pub(crate) mod rows;
pub(crate) mod squares;
mod tiles;

use super::Chart;
use super::forms::Layout;
use crate::chart::appearance::{glyph, pattern};
use crate::figures::series::Series;
use crate::web::html::{Fragment, html};
use data::domain::Shape;
use leptos::prelude::*;

impl Chart {
    /// The chart for a page, which says title, filter and source itself.
    pub(crate) fn html(&self) -> Fragment {
        match self.layout() {
            Layout::Rows(rows) => rows::rows(self, &rows),
            Layout::Squares(squares) => squares::squares(self, &squares, Vec::new()),
            Layout::Flow(flow) => rows::rows(self, &flow.rows),
            Layout::Tiles(tiles) => tiles::tiles(&tiles),
        }
    }
}

/// The mark before a label; the label has to stand beside it.
pub(crate) fn mark(colour: &str, shape: Shape) -> Fragment {
    let class = format!("mark {} c-{colour}", glyph(colour, shape).class());
    html! { <i class=class aria-hidden="true"></i> }
}

fn mark_of(chart: &Chart, series: Option<usize>) -> Option<Fragment> {
    let series = chart.series.get(series?)?;
    Some(mark(&series.colour, series.shape))
}

/// The classes of an area in the fill of a series.
pub(crate) fn fill(series: &Series) -> String {
    let pattern = pattern(&series.colour, series.shape);
    format!("c-{}{}", series.colour, pattern.class())
}

/// The class of a length: whole per cent, and never nothing of something.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Between 1 and 100.
pub(crate) fn length(of_whole: f64) -> String {
    format!("w{}", (of_whole * 100.0).round().clamp(1.0, 100.0) as u8)
}
