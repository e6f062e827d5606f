//! Writes a chart as a file: title, filter, the laid-out chart and its source, in a width that fits a page
//! and a slide. The PNG is made from the same file.

mod flow;
mod picture;
mod rows;
mod shapes;
mod sheet;
mod squares;
#[cfg(test)]
pub(super) mod tests;
mod tiles;

use super::Chart;
use super::forms::Layout;
use crate::t;
use picture::Picture;
use sheet::{GAP, MARGIN, Sheet, TEXT, WIDTH};

impl Chart {
    /// The chart as an SVG file.
    pub(crate) fn svg(&self) -> String {
        let title = format!("{} {}", self.file_heading_in_words(), self.title);
        self.draw().svg(&title, &self.description())
    }

    fn draw(&self) -> Picture {
        let mut sheet = Sheet::new(&self.series);
        sheet.heading(&self.file_heading_in_words(), TEXT, 4);
        sheet.heading(&self.title, 20.0, 3);
        sheet.paragraph(&self.about, TEXT, 6);
        if let Some(notice) = &self.notice {
            sheet.heading(notice, TEXT, 8);
        }
        sheet.y += GAP;
        match self.layout() {
            Layout::Rows(rows) => sheet.rows(&rows),
            Layout::Squares(squares) => sheet.squares(&squares),
            Layout::Flow(flow) => sheet.flow(&flow),
            Layout::Tiles(tiles) => sheet.tiles(&tiles),
        }
        sheet.y += GAP;
        let source = t!("picture-source", source = self.source.clone());
        sheet.paragraph(&source, 12.0, 3);
        if let Some(hash) = &self.citation.hash {
            sheet.paragraph(&t!("cite-hash", hash = hash.clone()), 11.0, 2);
        }
        for redaction in self.citation.redacted() {
            sheet.paragraph(&redaction, 11.0, 4);
        }
        sheet.paragraph(&self.citation.url, 11.0, 4);
        Picture {
            width: WIDTH + 2.0 * MARGIN,
            height: sheet.y + MARGIN,
            marks: sheet.marks,
        }
    }
}
