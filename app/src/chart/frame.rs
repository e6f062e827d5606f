//! How high a frame has to be in which a chart is shown in somebody else's page.

use super::Chart;
use super::draw::{NARROW, WIDE};
use super::picture::{Picture, wrapped};
use crate::t;

/// The narrowest frame that everything has to be seen in without scrolling: a telephone's.
const NARROWEST: f64 = 390.0;
/// What the page puts between the frame's edge and its content, on either side.
const EDGE: f64 = 20.0;
/// The drawing for a telephone is stretched so far at most: to 26rem.
const STRETCHED: f64 = 416.0;

impl Chart {
    /// High enough for title, notice, drawing and source, from the narrowest frame to a page's column.
    pub(crate) fn height_of_frame(&self) -> u32 {
        // Sizes and line heights of the stylesheet, and a little more: a scroll bar is worse than a gap.
        let lines = |text: &str, size: f64, bold: bool| {
            let lines = wrapped(text, size, bold, NARROWEST - 2.0 * EDGE, usize::MAX);
            f64::from(u32::try_from(lines.len()).unwrap_or(u32::MAX))
        };
        let title = lines(&self.title, 28.0, true) * 36.0 + 24.0;
        let notice = self.notice.as_deref();
        let notice = notice.map_or(0.0, |notice| lines(notice, 15.0, false) * 25.0 + 32.0);
        let source = t!("picture-source", source = self.source.clone());
        let source = lines(&source, 15.0, false) * 25.0 + 48.0;
        let link = lines(&t!("chart-embed-source"), 15.0, false) * 25.0 + 32.0;
        let narrow = self.draw_in_page(NARROW);
        let stretched = |part: &Picture| part.height * STRETCHED / part.width;
        let narrow: f64 = narrow.iter().map(stretched).sum();
        let wide: f64 = self.draw_in_page(WIDE).iter().map(|part| part.height).sum();
        let drawing = narrow.max(wide);
        let height = 2.0 * EDGE + title + notice + drawing + source + link;
        whole(height.ceil())
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A few thousand.
fn whole(height: f64) -> u32 {
    height.clamp(0.0, 100_000.0) as u32
}
