//! Records of a table as text, whatever separates its cells and ends its lines.

use crate::domain::Message;
use crate::exchange::read::containers::encoding::old;
use crate::exchange::read::values::cells::{MAX_CELL, MAX_COLUMNS, MAX_ROWS};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::Encoding;

/// What may separate the cells of a table. Of two that fit equally well the later one does.
const SEPARATORS: [u8; 4] = [b'|', b'\t', b';', b','];
/// Lines that are looked at to find out.
const LOOKED_AT: usize = 20;
/// The longest record, in bytes.
const MAX_RECORD: usize = 4 * MAX_CELL;
/// The room for a record in the beginning, in bytes; it grows with the records.
const FIRST_ROOM: usize = 16 << 10;

/// The separator of a table: whichever parts most of its first lines into the same number of cells,
/// outside quotation marks. The first line alone says little: a title may stand above the headings.
fn delimiter(bytes: &[u8]) -> u8 {
    let mut lines = Vec::new();
    let (mut quoted, mut blank, mut counts) = (false, true, [0_usize; 4]);
    for byte in bytes.iter().take(256 << 10) {
        if matches!(byte, b'\n' | b'\r') && !quoted {
            if !blank {
                lines.push(counts);
            }
            (blank, counts) = (true, [0; 4]);
            if lines.len() == LOOKED_AT {
                break;
            }
            continue;
        }
        quoted ^= *byte == b'"';
        blank &= byte.is_ascii_whitespace();
        let separator = SEPARATORS.iter().position(|one| one == byte && !quoted);
        if let Some(count) = separator.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    if !blank {
        lines.push(counts);
    }
    let fits = |at: usize| {
        let of = |line: &[usize; 4]| line.get(at).copied().unwrap_or_default();
        lines
            .iter()
            .map(|line| {
                (
                    lines.iter().filter(|other| of(other) == of(line)).count(),
                    of(line),
                )
            })
            .filter(|(_, count)| *count > 0)
            .max()
            .unwrap_or_default()
    };
    // An upright line parts the values of a cell as well, so it has to part more lines than any other.
    let best = (1..SEPARATORS.len()).max_by_key(|at| fits(*at));
    let best = best.map(|at| if fits(0).0 > fits(at).0 { 0 } else { at });
    best.and_then(|at| SEPARATORS.get(at))
        .copied()
        .unwrap_or(b',')
}

/// What is wrong with the quotation marks of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Quotes {
    /// Nothing.
    Fine,
    /// The one in this line is never closed.
    Open(usize),
    /// The one in this line is closed by another one that was to open a cell further down.
    Swallowed(usize),
}

/// Looks at the quotation marks of a record as it is in the file. `columns` are those of the widest record before it.
fn quotes(record: &[u8], separator: u8, columns: usize) -> Quotes {
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum In {
        FieldStart,
        Field,
        Quoted,
        Behind,
    }
    let mut state = In::FieldStart;
    let (mut line, mut opened_in) = (0, 0);
    let mut start = 0;
    let mut before = 0;
    for (at, byte) in record.iter().enumerate() {
        let ends_line = matches!(byte, b'\r' | b'\n');
        state = match (state, *byte) {
            (In::FieldStart, b'"') => {
                (opened_in, start) = (line, at + 1);
                In::Quoted
            }
            (In::Quoted, b'"') => In::Behind,
            // Two are one that is part of the text.
            (In::Quoted, _) | (In::Behind, b'"') => In::Quoted,
            (_, byte) if byte == separator || ends_line => {
                if state == In::Behind
                    && swallows(
                        record.get(start..at).unwrap_or_default(),
                        separator,
                        columns,
                    )
                {
                    return Quotes::Swallowed(opened_in);
                }
                In::FieldStart
            }
            (In::Behind, b' ' | b'\t') => In::Behind,
            (In::Behind, _) => {
                let inner = record.get(start..at).unwrap_or_default();
                if inner.contains(&b'\n') || inner.contains(&b'\r') {
                    return Quotes::Swallowed(opened_in);
                }
                In::Field
            }
            (In::FieldStart | In::Field, _) => In::Field,
        };
        if *byte == b'\n' && before != b'\r' || *byte == b'\r' {
            line += 1;
        }
        before = *byte;
    }
    let inner = record.get(start..).unwrap_or_default();
    match state {
        In::Quoted => Quotes::Open(opened_in),
        In::Behind if swallows(inner, separator, columns) => Quotes::Swallowed(opened_in),
        _ => Quotes::Fine,
    }
}

/// Returns true if a quoted cell holds rows of the table: a line in it begins with a paragraph's number and a further
/// cell, or has as many cells as the table, one of which is such a number. Numbers of a list in a sentence ("104.2,
/// 104.3 and 104.5") have a blank or another number behind the separator, and do not count. `inner` may end with the
/// quotation mark that closes the cell.
fn swallows(inner: &[u8], separator: u8, columns: usize) -> bool {
    let inner = inner.trim_ascii_end();
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    let mut lines = inner.split(|byte| matches!(byte, b'\r' | b'\n'));
    lines.next();
    lines.any(|line| {
        let cells: Vec<&[u8]> = line.split(|byte| *byte == separator).collect();
        let is_number_at = |at: usize| cells.get(at).is_some_and(|cell| is_number(cell));
        let stands_alone = |at: usize| {
            let next = cells.get(at + 1);
            is_number_at(at)
                && !is_number_at(at + 1)
                && !at.checked_sub(1).is_some_and(is_number_at)
                && next.is_none_or(|cell| !cell.starts_with(b" "))
        };
        let has_all = columns > 1 && cells.len() >= columns;
        cells.len() > 1 && stands_alone(0) || has_all && (1..cells.len()).any(stands_alone)
    })
}

/// Returns true if a cell is a paragraph's number, such as `104.2`, without blanks around it.
fn is_number(cell: &[u8]) -> bool {
    let cell = cell.strip_prefix(b"\"").unwrap_or(cell);
    let mut parts = cell.split(|byte| *byte == b'.');
    let is_part =
        |part: &[u8]| (1..=3).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
    let (Some(main), Some(part), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    is_part(main) && is_part(part)
}

/// The records of a file, within bounds.
pub(crate) struct Records<'a> {
    parser: Reader,
    bytes: &'a [u8],
    /// How many bytes are read.
    at: usize,
    old: Option<&'static Encoding>,
    fields: Vec<u8>,
    ends: Vec<usize>,
    /// The row of the record read last, from 1. Blank lines are rows, as in a spreadsheet.
    number: u32,
    separator: u8,
    /// How many cells the widest record so far has.
    widest: usize,
    /// How many line ends there are in front of the place `counted_to`.
    line_ends: usize,
    counted_to: usize,
    /// The first and the last line of the record read last, if it holds rows that a quotation mark has swallowed.
    swallowed: Option<(usize, usize)>,
}

impl<'a> Records<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let separator = delimiter(bytes);
        Self {
            separator,
            widest: 0,
            line_ends: 0,
            counted_to: 0,
            swallowed: None,
            parser: ReaderBuilder::new().delimiter(separator).build(),
            bytes,
            at: 0,
            old: None,
            fields: vec![0; FIRST_ROOM.min(MAX_RECORD)],
            ends: vec![0; MAX_COLUMNS + 1],
            number: 0,
        }
    }

    /// Takes what follows for what programs wrote before UTF-8, unless the whole file is UTF-8.
    pub(crate) fn may_be_old(&mut self) {
        self.old = old(self.bytes);
    }

    /// The name of the encoding that it is read in, if that is not UTF-8.
    pub(crate) fn encoding(&self) -> Option<&'static str> {
        self.old.map(Encoding::name)
    }

    /// The row of the record read last.
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// The first and the last line of the record read last, if a quotation mark in it has swallowed further rows.
    pub(crate) fn swallowed(&self) -> Option<(usize, usize)> {
        self.swallowed
    }

    /// The line of a place in the file, from 1. Places come in their order.
    fn line(&mut self, place: usize) -> usize {
        let mut before = self
            .counted_to
            .checked_sub(1)
            .and_then(|at| self.bytes.get(at));
        let passed = self.bytes.get(self.counted_to..place).unwrap_or_default();
        for byte in passed {
            let ends = *byte == b'\r' || *byte == b'\n' && before != Some(&b'\r');
            self.line_ends += usize::from(ends);
            before = Some(byte);
        }
        self.counted_to = self.counted_to.max(place);
        self.line_ends + 1
    }

    /// Looks at the quotation marks of the record that ends here.
    fn check_quotes(&mut self, from: usize) -> Result<(), Message> {
        let record = self.bytes.get(from..self.at).unwrap_or_default();
        self.swallowed = None;
        if !record.contains(&b'"') {
            return Ok(());
        }
        let content = record.trim_ascii_end();
        match quotes(record, self.separator, self.widest) {
            Quotes::Fine => Ok(()),
            Quotes::Open(line) => {
                let line = self.line(from) + line;
                Err(Message::new("exchange-quote-open").with("line", line))
            }
            Quotes::Swallowed(line) => {
                let end = from + content.len();
                let first = self.line(from) + line;
                self.swallowed = Some((first, self.line(end)));
                Ok(())
            }
        }
    }

    /// How many bytes are read of how many.
    pub(crate) fn progress(&self) -> (u64, u64) {
        let wide = |bytes| u64::try_from(bytes).unwrap_or(u64::MAX);
        (wide(self.at), wide(self.bytes.len()))
    }

    /// Steps over lines without anything, which the parser would leave out unnoticed.
    fn skip_blank_lines(&mut self) {
        let before = |at: usize| at.checked_sub(1).and_then(|at| self.bytes.get(at)).copied();
        let mut at = self.at;
        let mut blank = 0;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                // The second half of a line end.
                b'\n' if before(at) == Some(b'\r') => {}
                b'\n' | b'\r' => blank += 1,
                _ => break,
            }
            at += 1;
        }
        self.at = at;
        self.number = self.number.saturating_add(blank);
    }

    /// The next record, or none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<String>>, Message> {
        self.skip_blank_lines();
        let from = self.at;
        let (mut used, mut ended) = (0, 0);
        let row = self.number.saturating_add(1);
        let too_long = || {
            Message::new("exchange-cell-too-long")
                .with("row", row)
                .with("max", MAX_CELL >> 20)
        };
        let too_wide = || Message::new("exchange-columns").with("max", MAX_COLUMNS);
        loop {
            let fields = self.fields.get_mut(used..).unwrap_or_default();
            let ends = self.ends.get_mut(ended..).unwrap_or_default();
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let (result, read, written, more) = self.parser.read_record(rest, fields, ends);
            self.at += read;
            used += written;
            ended += more;
            match result {
                // Called again with nothing left, the parser closes the last record.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.fields.len() < MAX_RECORD => {
                    let room = self.fields.len().saturating_mul(4).min(MAX_RECORD);
                    self.fields.resize(room, 0);
                }
                ReadRecordResult::OutputFull => {
                    // One that is never closed swallows the rest of the file.
                    self.at = self.bytes.len();
                    self.check_quotes(from)?;
                    return Err(too_long());
                }
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
        self.check_quotes(from)?;
        if self.swallowed.is_none() {
            self.widest = self.widest.max(ended);
        }
        self.number = row;
        let mut cells = Vec::with_capacity(ended);
        let mut start = 0;
        for &end in self.ends.get(..ended).unwrap_or_default() {
            let field = self.fields.get(start..end).unwrap_or_default();
            if field.len() > MAX_CELL {
                return Err(too_long());
            }
            let text = match self.old {
                Some(encoding) => encoding.decode_without_bom_handling(field).0.into_owned(),
                None => std::str::from_utf8(field)
                    .map_err(|_| Message::new("exchange-not-utf8").with("row", row))?
                    .to_owned(),
            };
            cells.push(text);
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
        assert_eq!(
            records(b"\n\"a, b, c\";d\n1;2"),
            [["a, b, c", "d"], ["1", "2"]]
        );
        // A title above the headings says nothing.
        assert_eq!(
            records(b"Our table, 2024, draft\nN;Text;State\n1;Do it, now;Togo\n")[1],
            ["N", "Text", "State"]
        );
    }

    #[test]
    fn blank_lines_are_rows_and_line_ends_are_one() {
        let numbers = |bytes: &[u8]| {
            let mut records = Records::new(bytes);
            let mut numbers = Vec::new();
            while records.next().unwrap().is_some() {
                numbers.push(records.number());
            }
            numbers
        };
        assert_eq!(numbers(b"a\n\nb\n \nc"), [1, 3, 4, 5]);
        assert_eq!(numbers(b"a\r\n\r\nb\r\nc\r\n"), [1, 3, 4]);
        assert_eq!(numbers(b"a\r\rb\rc\r"), [1, 3, 4]);
        assert_eq!(numbers(b"\n\na,\"1\n\n2\"\nb"), [3, 4]);
        assert_eq!(numbers(b"\n\r\n"), [0; 0]);
    }

    #[test]
    fn old_letters_are_read_only_where_they_may_be() {
        let mut records = Records::new(b"a\rvis-\x88-vis\r");
        assert_eq!(records.next().unwrap().unwrap(), ["a"]);
        assert!(records.next().is_err());
        let mut records = Records::new(b"a\rvis-\x88-vis\r");
        records.may_be_old();
        records.next().unwrap();
        assert_eq!(records.next().unwrap().unwrap(), ["vis-à-vis"]);
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
