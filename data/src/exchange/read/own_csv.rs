//! This program's own table as text: UTF-8, separated by commas, semicolons or tabs.

use super::own_table::OwnTable;
use super::values::{MAX_CELL, MAX_COLUMNS, MAX_ROWS, rejected};
use crate::domain::{Message, ReviewCode};
use crate::exchange::{ReadFailure, Sink};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Reads the table.
pub(super) fn read(
    bytes: &[u8],
    review: Option<ReviewCode>,
    sink: &mut dyn Sink,
) -> Result<(), ReadFailure> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let begins = bytes.trim_ascii_start().first().copied();
    let beginning = bytes.get(..bytes.len().min(8 << 10)).unwrap_or_default();
    if begins.is_none() {
        return Err(Message::new("exchange-empty").into());
    }
    if beginning.contains(&0) || matches!(begins, Some(b'{' | b'[' | b'<')) {
        return Err(Message::new("exchange-unknown-format").into());
    }
    let mut records = Records::new(bytes);
    let Some(headings) = records.next()? else {
        return Err(Message::new("exchange-empty").into());
    };
    let table = OwnTable::new(&headings, review)?;
    let of = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    while let Some(cells) = records.next()? {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let extra = cells
            .iter()
            .skip(headings.len())
            .any(|cell| !cell.trim().is_empty());
        if cells.len() < headings.len() || extra {
            let reason = Message::new("exchange-ragged")
                .with("found", cells.len())
                .with("expected", headings.len());
            sink.rejected(table.whole(rejected(records.number, "", "", reason), &cells))?;
        } else {
            table.take(records.number, &cells, sink)?;
        }
        let rest = u64::try_from(records.rest.len()).unwrap_or(u64::MAX);
        sink.progress(of.saturating_sub(rest), of)?;
    }
    Ok(())
}

/// The separator of a table: whichever of the three occurs most in its first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let line = bytes
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .next()
        .unwrap_or_default();
    let count = |delimiter: u8| line.split(|byte| *byte == delimiter).count();
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|delimiter| count(*delimiter))
        .unwrap_or(b',')
}

/// The records of a file, within bounds.
struct Records<'a> {
    parser: Reader,
    rest: &'a [u8],
    fields: Vec<u8>,
    ends: Vec<usize>,
    /// The number of the record read last, from 1.
    number: u32,
}

impl<'a> Records<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            parser: ReaderBuilder::new().delimiter(delimiter(bytes)).build(),
            rest: bytes,
            fields: vec![0; 4 * MAX_CELL],
            ends: vec![0; MAX_COLUMNS + 1],
            number: 0,
        }
    }

    /// The next record, or none at the end.
    fn next(&mut self) -> Result<Option<Vec<String>>, Message> {
        let (mut used, mut ended) = (0, 0);
        let row = self.number + 1;
        let too_long = || {
            Message::new("exchange-cell-too-long")
                .with("row", row)
                .with("max", MAX_CELL >> 20)
        };
        let too_wide = || Message::new("exchange-columns").with("max", MAX_COLUMNS);
        loop {
            let fields = self.fields.get_mut(used..).unwrap_or_default();
            let ends = self.ends.get_mut(ended..).unwrap_or_default();
            let (result, read, written, more) = self.parser.read_record(self.rest, fields, ends);
            self.rest = self.rest.get(read..).unwrap_or_default();
            used += written;
            ended += more;
            match result {
                // Called again with nothing left, the parser closes the last record.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => return Err(too_long()),
                ReadRecordResult::OutputEndsFull => return Err(too_wide()),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        if ended > MAX_COLUMNS {
            return Err(too_wide());
        }
        if row > MAX_ROWS {
            return Err(Message::new("exchange-rows").with("max", MAX_ROWS));
        }
        self.number = row;
        let mut cells = Vec::with_capacity(ended);
        let mut start = 0;
        for &end in self.ends.get(..ended).unwrap_or_default() {
            let field = self.fields.get(start..end).unwrap_or_default();
            if field.len() > MAX_CELL {
                return Err(too_long());
            }
            let text = std::str::from_utf8(field)
                .map_err(|_| Message::new("exchange-not-utf8").with("row", row))?;
            cells.push(text.to_owned());
            start = end;
        }
        Ok(Some(cells))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::unwrap_used)]
    fn records(bytes: &[u8]) -> Vec<Vec<String>> {
        let mut records = Records::new(bytes);
        let mut all = Vec::new();
        while let Some(record) = records.next().unwrap() {
            all.push(record);
        }
        all
    }

    #[test]
    fn separators_are_recognised() {
        let expected = [["a", "b, c; d"], ["1", "2"]];
        assert_eq!(records(b"a,\"b, c; d\"\n1,2\n"), expected);
        assert_eq!(records(b"a;b\r\n1;2"), [["a", "b"], ["1", "2"]]);
        assert_eq!(records(b"a\tb\r1\t2\r"), [["a", "b"], ["1", "2"]]);
    }

    #[test]
    fn records_have_bounds() {
        let wide = vec![b','; 1 << 20];
        assert!(Records::new(&wide).next().is_err());
        let long = vec![b'x'; MAX_CELL + 1];
        assert!(Records::new(&long).next().is_err());
        let never_closed = [b"\"".to_vec(), vec![b'x'; 5 << 20]].concat();
        assert!(Records::new(&never_closed).next().is_err());
        assert!(Records::new(b"a,\xFF").next().is_err());
    }
}
