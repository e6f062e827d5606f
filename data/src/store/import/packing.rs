//! Keeps what the rows of a run say once, however many of them say it.
//!
//! A workbook stores a text once and refers to it from any number of cells, so that a file of 6 MB can say
//! 800 MB. A long text is kept in the row that says it first; from the second row on it is a text of
//! the run, and rows refer to it. A row's cells refer to the texts of its own content, which are
//! nearly always the same.
//!
//! Contents and cells are JSON. A reference takes the place of a string: `{"$":7}` is the run's seventh
//! text, `{"$":-2}` the second long one of the row's own content. No content has a member of that name, and
//! within a string the quotation marks would be escaped, so nothing else looks like one.

use super::rows::corrupt;
use crate::store::Error;
use crate::store::entities::{import_row, import_text};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// From how many bytes on a string is long.
const LONG: usize = 200;
/// Long strings of a run that are remembered; of more, later ones are kept wherever they stand.
const REMEMBERED: usize = 200_000;
const BEGIN: &str = "{\"$\":";

/// The beginning of a string's SHA-256.
type Print = [u8; 16];

/// Packs the rows of one run, in order.
#[derive(Default)]
pub(super) struct Packer {
    /// The long strings that have been seen, with their numbers once they are texts of the run.
    seen: HashMap<Print, Option<i64>>,
    last: i64,
}

impl Packer {
    /// Replaces in a row what has been kept already. What is said for the second time is added to
    /// `texts`.
    pub(super) fn pack(
        &mut self,
        row: &mut import_row::Model,
        texts: &mut Vec<import_text::Model>,
    ) {
        let mut own: HashMap<Print, i64> = HashMap::new();
        for (number, string) in (1..).zip(long_strings(&row.content)) {
            own.entry(print(at(&row.content, &string)))
                .or_insert(number);
        }
        let run = row.run_id;
        if !own.is_empty() {
            let packed = replaced(&row.content, |string| self.number(run, string, texts));
            if let Some(packed) = packed {
                let length = row.content.chars().count();
                row.length = i64::try_from(length).ok();
                row.content = packed;
            }
        }
        let cells = row.cells.as_deref().and_then(|cells| {
            replaced(cells, |string| match own.get(&print(string)) {
                Some(number) => Some(-number),
                None => self.number(run, string, texts),
            })
        });
        row.cells = cells.or_else(|| row.cells.take());
    }

    /// The number of a text of the run; none for a string that is said for the first time.
    fn number(
        &mut self,
        run_id: i64,
        string: &str,
        texts: &mut Vec<import_text::Model>,
    ) -> Option<i64> {
        let print = print(string);
        let is_full = self.seen.len() >= REMEMBERED;
        let Some(known) = self.seen.get_mut(&print) else {
            if !is_full {
                self.seen.insert(print, None);
            }
            return None;
        };
        Some(*known.get_or_insert_with(|| {
            self.last += 1;
            texts.push(import_text::Model {
                run_id,
                number: self.last,
                content: string.to_owned(),
            });
            self.last
        }))
    }
}

/// Makes rows of a run whole again.
pub(super) async fn unpack(
    db: &impl ConnectionTrait,
    run: i64,
    rows: &mut [import_row::Model],
) -> Result<(), Error> {
    let mut wanted = BTreeSet::new();
    for row in rows.iter() {
        for text in std::iter::once(&row.content).chain(&row.cells) {
            wanted.extend(references(text).map(|(_, number)| number));
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let wanted: Vec<i64> = wanted.into_iter().filter(|number| *number > 0).collect();
    let mut texts: HashMap<i64, String> = HashMap::with_capacity(wanted.len());
    for numbers in wanted.chunks(2_000) {
        let known = import_text::Entity::find()
            .filter(import_text::Column::RunId.eq(run))
            .filter(import_text::Column::Number.is_in(numbers.iter().copied()))
            .all(db)
            .await?;
        texts.extend(known.into_iter().map(|text| (text.number, text.content)));
    }
    for row in rows {
        let content = whole(&row.content, |number| {
            texts.get(&number).map(String::as_str)
        })?;
        if let Some(cells) = &row.cells
            && cells.contains(BEGIN)
        {
            let own: Vec<Range<usize>> = long_strings(&content).collect();
            row.cells = Some(whole(cells, |number| match usize::try_from(-number) {
                Ok(place) if place > 0 => own.get(place - 1).map(|own| at(&content, own)),
                _ => texts.get(&number).map(String::as_str),
            })?);
        }
        row.content = content;
        row.length = None;
    }
    Ok(())
}

/// Cells whose references to the row's own content fit its content of now. `left` is what is left of each long
/// string that the content had.
pub(super) fn own_references_after(cells: &str, left: &[String], content: &str) -> String {
    let mut after = String::with_capacity(cells.len());
    let mut done = 0;
    for (range, number) in references(cells) {
        let place = usize::try_from(-number).unwrap_or(0).checked_sub(1);
        let Some(literal) = place.and_then(|place| left.get(place)) else {
            continue;
        };
        let now = (1..).zip(long_strings(content));
        let mut now = now.filter(|(_, range)| at(content, range) == literal);
        after.push_str(at(cells, &(done..range.start)));
        match now.next() {
            Some((number, _)) => {
                after.push_str(BEGIN);
                after.push('-');
                after.push_str(&i64::to_string(&number));
                after.push('}');
            }
            None => after.push_str(literal),
        }
        done = range.end;
    }
    after.push_str(at(cells, &(done..cells.len())));
    after
}

fn at<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or_default()
}

fn print(string: &str) -> Print {
    let mut print = Print::default();
    for (into, byte) in print.iter_mut().zip(Sha256::digest(string.as_bytes())) {
        *into = byte;
    }
    print
}

/// Where the long strings of a JSON text are, quotation marks included.
pub(super) fn long_strings(json: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = json.as_bytes();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let quote = |from: usize| {
                let rest = bytes.get(from..)?;
                rest.iter()
                    .position(|byte| *byte == b'"')
                    .map(|at| from + at)
            };
            let begin = quote(from)?;
            let mut end = quote(begin + 1)?;
            // An odd number of backslashes before it: it belongs to the string.
            while bytes
                .get(..end)?
                .iter()
                .rev()
                .take_while(|byte| **byte == b'\\')
                .count()
                % 2
                == 1
            {
                end = quote(end + 1)?;
            }
            from = end + 1;
            if from - begin >= LONG {
                return Some(begin..from);
            }
        }
    })
}

/// A JSON text with references in place of some long strings; none if there are none.
fn replaced(json: &str, mut number: impl FnMut(&str) -> Option<i64>) -> Option<String> {
    let mut text = String::new();
    let mut done = 0;
    for string in long_strings(json) {
        if let Some(number) = number(at(json, &string)) {
            text.push_str(at(json, &(done..string.start)));
            text.push_str(BEGIN);
            text.push_str(&number.to_string());
            text.push('}');
            done = string.end;
        }
    }
    (done > 0).then(|| {
        text.push_str(at(json, &(done..json.len())));
        text
    })
}

/// The references in a packed text: where they are and their numbers.
fn references(packed: &str) -> impl Iterator<Item = (Range<usize>, i64)> {
    packed.match_indices(BEGIN).filter_map(|(begin, _)| {
        let rest = packed.get(begin + BEGIN.len()..)?;
        let (number, _) = rest.split_once('}')?;
        let end = begin + BEGIN.len() + number.len() + 1;
        Some((begin..end, number.parse().ok()?))
    })
}

fn whole<'a>(packed: &str, text: impl Fn(i64) -> Option<&'a str>) -> Result<String, Error> {
    let mut whole = String::with_capacity(packed.len());
    let mut done = 0;
    for (range, number) in references(packed) {
        whole.push_str(at(packed, &(done..range.start)));
        whole.push_str(text(number).ok_or_else(|| corrupt("a text that rows share"))?);
        done = range.end;
    }
    whole.push_str(at(packed, &(done..packed.len())));
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(place: i64, content: &str, cells: &[String]) -> import_row::Model {
        import_row::Model {
            run_id: 1,
            place,
            row_in_file: place,
            kind: "recommendation".to_owned(),
            review: None,
            content: serde_json::json!({ "text": content, "other": "{\"$\":1}" }).to_string(),
            decision: None,
            cells: Some(serde_json::to_string(cells).unwrap()),
            length: None,
        }
    }

    #[test]
    fn strings_end_at_the_first_quotation_mark_that_is_not_escaped() {
        let long = "\\\"\\\\".repeat(60);
        let json = format!("[\"short\",\"{long}\",\"\\\\\",\"{long}\\\\\"]");
        let found: Vec<&str> = long_strings(&json).map(|range| at(&json, &range)).collect();
        assert_eq!(found, [format!("\"{long}\""), format!("\"{long}\\\\\"")]);
    }

    #[test]
    fn what_is_repeated_is_kept_once() {
        let long = "long ".repeat(1_000);
        let (mut packer, mut texts) = (Packer::default(), Vec::new());
        let mut kept = 0;
        for place in 0..100 {
            let mut row = row(
                place,
                &long,
                &[long.clone(), "short".to_owned(), long.clone()],
            );
            packer.pack(&mut row, &mut texts);
            kept += row.content.len() + row.cells.unwrap().len();
        }
        assert_eq!(texts.len(), 1);
        assert!(kept < 3 * long.len(), "{kept}");
    }

    proptest! {
        #[test]
        fn packed_rows_become_whole_again(
            rows in proptest::collection::vec((0_usize..4, proptest::collection::vec(0_usize..5, 0..4)), 1..8),
            odd in "[\"\\\\{}$:1-9é ]{0,20}",
        ) {
            let said = |which: usize| match which {
                4 => odd.clone(),
                which => format!("{odd}{}", "a\"\\é".repeat(60 + which)),
            };
            let (mut packer, mut texts) = (Packer::default(), Vec::new());
            for (place, (content, cells)) in (1..).zip(&rows) {
                let cells: Vec<String> = cells.iter().map(|which| said(*which)).collect();
                let original = row(place, &said(*content), &cells);
                let mut packed = original.clone();
                packer.pack(&mut packed, &mut texts);
                let find = |number: i64| {
                    texts.iter().find(|text| text.number == number).map(|text| text.content.as_str())
                };
                let content = whole(&packed.content, find).unwrap();
                let own: Vec<Range<usize>> = long_strings(&content).collect();
                let cells = whole(packed.cells.as_deref().unwrap(), |number| {
                    if number < 0 {
                        Some(at(&content, &own[usize::try_from(-number).unwrap() - 1]))
                    } else {
                        find(number)
                    }
                });
                prop_assert_eq!(&content, &original.content);
                prop_assert_eq!(Some(cells.unwrap()), original.cells);
            }
        }
    }
}
