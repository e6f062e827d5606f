//! Cells of a sheet that are merged over several rows: only the first row holds their value.

use crate::exchange::read::containers::sheet::column;
use std::collections::BTreeMap;
use std::io::BufRead;

/// The most merged cells of a sheet.
const MAX_MERGED: usize = 100_000;
/// The longest tag of one, in bytes.
const LONGEST_TAG: usize = 200;
const TAG: &[u8] = b"mergeCell ";

/// A merged cell: its first and last row, and its first column from 0.
pub(crate) type Range = (u32, u32, usize);

/// The merged cells of a sheet while its rows come by.
#[derive(Debug, Default)]
pub(crate) struct MergedCells {
    /// Those that begin further down, the next one last.
    later: Vec<Range>,
    /// By column the first and the last row of those that go on, and their value.
    open: BTreeMap<usize, (u32, u32, String)>,
}

impl MergedCells {
    /// Begins with the merged cells of a sheet.
    pub(crate) fn new(mut ranges: Vec<Range>) -> Self {
        ranges.sort_unstable_by(|one, other| other.cmp(one));
        Self {
            later: ranges,
            open: BTreeMap::new(),
        }
    }

    /// Adds one that begins in the present row.
    pub(crate) fn add(&mut self, (first, last, column): Range, value: &str) {
        self.open.insert(column, (first, last, value.to_owned()));
    }

    /// Ends the one of a column.
    pub(crate) fn end(&mut self, column: usize) {
        self.open.remove(&column);
    }

    /// The empty cells of a row that belong to merged ones: the column, the first row and the value of it.
    pub(crate) fn of(&mut self, row: u32, cells: &[String]) -> Vec<(usize, u32, String)> {
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        while let Some((first, last, column)) = self.later.pop_if(|(first, ..)| *first <= row) {
            if first == row && !cell(column).is_empty() {
                self.open
                    .insert(column, (first, last, cell(column).to_owned()));
            }
        }
        self.open.retain(|_, (_, last, _)| *last >= row);
        let open = self.open.iter();
        open.filter(|(column, (first, ..))| *first < row && cell(**column).is_empty())
            .map(|(column, (first, _, value))| (*column, *first, value.clone()))
            .collect()
    }
}

/// The merged cells that a sheet lists behind its rows, if they go over several rows. Looks for their tags only, which
/// takes no memory for the rows.
pub(crate) fn ranges(mut xml: impl BufRead) -> Vec<Range> {
    let mut ranges = Vec::new();
    let mut window: Vec<u8> = Vec::new();
    loop {
        let read = match xml.fill_buf() {
            Ok(piece) => {
                window.extend_from_slice(piece);
                piece.len()
            }
            Err(_) => 0,
        };
        if read == 0 {
            return ranges;
        }
        xml.consume(read);
        let mut behind = 0;
        while let Some(rest) = window.get(behind..)
            && let Some(at) = rest.windows(TAG.len()).position(|bytes| bytes == TAG)
        {
            let tag = rest
                .get(at..rest.len().min(at + LONGEST_TAG))
                .unwrap_or_default();
            let Some(end) = tag.iter().position(|byte| *byte == b'>') else {
                if tag.len() == LONGEST_TAG {
                    behind += at + TAG.len();
                    continue;
                }
                break;
            };
            if let Some(range) = tag.get(..end).and_then(range)
                && ranges.len() < MAX_MERGED
            {
                ranges.push(range);
            }
            behind += at + end;
        }
        let kept = window.len().saturating_sub(LONGEST_TAG).max(behind);
        window.drain(..kept.min(window.len()));
    }
}

/// The range of a tag with `ref="B2:B3"`.
fn range(tag: &[u8]) -> Option<Range> {
    let tag = std::str::from_utf8(tag).ok()?;
    let (_, value) = tag.split_once("ref=")?;
    let value = value.trim_start_matches(['"', '\'']);
    let value = value.split(['"', '\'']).next()?;
    let (from, to) = value.split_once(':')?;
    let row = |reference: &str| -> Option<u32> {
        let digits = reference.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.parse().ok()
    };
    let (first, last) = (row(from)?, row(to)?);
    (first < last).then_some((first, last, column(from)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn tags_are_found_wherever_the_text_is_cut() {
        let xml = "<row/><mergeCells count=\"3\"><mergeCell ref=\"B2:B4\"/><x:mergeCell \
                   ref='A1:C1'/><mergeCell ref=\"AA7:AB9\"></mergeCell></mergeCells>";
        for size in [1, 7, 64, 1_000] {
            let found = ranges(BufReader::with_capacity(size, xml.as_bytes()));
            assert_eq!(found, [(2, 4, 1), (7, 9, 26)], "{size}");
        }
        assert_eq!(ranges(b"<mergeCell ref=\"".as_slice()), []);
        assert_eq!(ranges([b'<'; 9_999].as_slice()), []);
    }

    #[test]
    fn rows_take_the_value_of_the_first() {
        let cells = |cells: &[&str]| {
            cells
                .iter()
                .map(|&cell| cell.to_owned())
                .collect::<Vec<_>>()
        };
        let mut merged = MergedCells::new(vec![(2, 4, 1), (3, 9, 0)]);
        assert_eq!(merged.of(2, &cells(&["a", "b"])), []);
        assert_eq!(merged.of(3, &cells(&["", ""])), [(1, 2, "b".to_owned())]);
        assert_eq!(merged.of(4, &cells(&["", "c"])), []);
        assert_eq!(merged.of(5, &cells(&["", ""])), []);
    }
}
