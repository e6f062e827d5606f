//! Numbers of paragraphs with a decimal comma: `6,7` is 6.7 where the whole column is written so.

use crate::domain::Paragraph;

/// Cells that are looked at.
const LOOKED_AT: usize = 2_000;

/// Looks through a column of paragraphs.
#[derive(Default)]
pub(crate) struct DecimalCommas {
    seen: usize,
    /// Whether one of the cells cannot be two paragraphs.
    is_sure: bool,
    has_other: bool,
}

/// Returns true if a text is two numbers with a comma between them.
pub(crate) fn has_comma(text: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let parts = text.trim().split_once(',');
    parts.is_some_and(|(one, other)| is_number(one) && is_number(other))
}

impl DecimalCommas {
    /// Looks at a cell; returns true if no further one is needed.
    pub(crate) fn see(&mut self, cell: &str) -> bool {
        if cell.trim().is_empty() {
            return false;
        }
        self.seen += 1;
        self.is_sure |= has_comma(cell) && Paragraph::from_source(cell).is_ok();
        self.has_other |= !has_comma(cell);
        self.has_other || self.seen == LOOKED_AT
    }

    /// Returns true if every cell has a comma, and one of them at least is clearly a single number: after 6,1 the cell
    /// 6,7 is no list.
    pub(crate) fn are_used(&self) -> bool {
        self.is_sure && !self.has_other
    }
}

/// Puts a full stop in place of the comma.
pub(crate) fn with_stop(cells: &mut [String], at: usize) {
    if let Some(cell) = cells.get_mut(at).filter(|cell| has_comma(cell)) {
        *cell = cell.trim().replace(',', ".");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_are_decimal_where_all_cells_have_them() {
        let are_used = |cells: &[&str]| {
            let mut commas = DecimalCommas::default();
            cells.iter().any(|cell| commas.see(cell));
            commas.are_used()
        };
        assert!(are_used(&["6,1", "6,7", "", "10,11", "104,105"]));
        assert!(!are_used(&["6,7", "10,11"]));
        assert!(!are_used(&["6,1", "6.7"]));
        assert!(!are_used(&["6,1", "6,7,8"]));
        assert!(!are_used(&[]));
    }
}
