//! A row of a sheet as workbooks have it (ECMA-376 part 1, 18.3.1.73): cells with their texts in
//! place, none where there is nothing.

use super::fitting;
use quick_xml::escape::partial_escape;
use std::borrow::Cow;
use std::fmt::Write as _;

/// Writes one row after the other into one buffer.
pub(super) struct RowOfSheet {
    style: String,
    /// A, B and so on.
    columns: Vec<String>,
    number: String,
    xml: String,
}

impl RowOfSheet {
    /// Rows whose cells have the style of the only cell of `row`, `<row r="8"><c r="V8" s="2"/></row>`.
    pub(super) fn styled_as(row: &str) -> Option<Self> {
        let (_, style) = row.split_once(" s=\"")?;
        let (style, _) = style.split_once('"')?;
        Some(Self {
            style: style.to_owned(),
            columns: Vec::new(),
            number: String::new(),
            xml: String::new(),
        })
    }

    /// The row of that number, which counts from 1.
    pub(super) fn write<'a>(
        &mut self,
        number: usize,
        cells: impl Iterator<Item = &'a str>,
    ) -> &[u8] {
        self.number.clear();
        self.xml.clear();
        // Writing into a string cannot fail.
        let _ = write!(self.number, "{number}");
        let _ = write!(self.xml, "<row r=\"{number}\">");
        for (place, cell) in cells.enumerate() {
            if self.columns.len() == place {
                self.columns.push(column_name(place));
            }
            if let Some(column) = self.columns.get(place).filter(|_| !cell.is_empty()) {
                for piece in ["<c r=\"", column, &self.number, "\" s=\"", &self.style] {
                    self.xml.push_str(piece);
                }
                self.xml.push_str("\" t=\"inlineStr\"><is>");
                text(cell, &mut self.xml);
                self.xml.push_str("</is></c>");
            }
        }
        self.xml.push_str("</row>");
        self.xml.as_bytes()
    }
}

/// A to Z, AA and so on. `place` counts from 0.
fn column_name(place: usize) -> String {
    let mut name = Vec::new();
    let mut left = place + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or_default();
        name.push(char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    name.into_iter().rev().collect()
}

fn text(cell: &str, xml: &mut String) {
    let space = |c: char| matches!(c, ' ' | '\n' | '\t');
    xml.push_str(if cell.starts_with(space) || cell.ends_with(space) {
        "<t xml:space=\"preserve\">"
    } else {
        "<t>"
    });
    let cell = fitting(cell);
    xml.push_str(&partial_escape(literal(&cell)));
    xml.push_str("</t>");
}

/// Spreadsheets read `_x000A_` as the character of that number (ECMA-376 part 1, 22.9.2.19), so where a
/// text has it, its underscore is written as one.
fn literal(text: &str) -> Cow<'_, str> {
    let is_escape = |at: usize| {
        let found = text.as_bytes().get(at + 2..at + 7);
        found.is_some_and(|found| {
            matches!(found, [digits @ .., b'_'] if digits.iter().all(u8::is_ascii_hexdigit))
        })
    };
    let mut places = text.match_indices("_x").filter(|(at, _)| is_escape(*at));
    let Some((first, _)) = places.next() else {
        return Cow::Borrowed(text);
    };
    let mut literal = String::with_capacity(text.len() + 6);
    let mut done = 0;
    for at in std::iter::once(first).chain(places.map(|(at, _)| at)) {
        literal.push_str(text.get(done..at).unwrap_or_default());
        literal.push_str("_x005F");
        done = at;
    }
    literal.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(literal)
}

#[cfg(test)]
mod tests {
    use super::{RowOfSheet, column_name, literal};

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names = [0, 25, 26, 51, 52, 701, 702, 16_383].map(column_name);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn texts_stand_in_their_cells_as_they_are() {
        let mut row = RowOfSheet::styled_as("<row r=\"9\"><c r=\"C9\" s=\"2\"/></row>").unwrap();
        let written = row.write(
            2,
            ["1 < 2 & 3", "", "=1+1 ", "a\u{1}\u{fffe}\u{ffff}b"].into_iter(),
        );
        assert_eq!(
            String::from_utf8_lossy(written),
            "<row r=\"2\">\
             <c r=\"A2\" s=\"2\" t=\"inlineStr\"><is><t>1 &lt; 2 &amp; 3</t></is></c>\
             <c r=\"C2\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1 </t></is></c>\
             <c r=\"D2\" s=\"2\" t=\"inlineStr\"><is><t>ab</t></is></c>\
             </row>"
        );
    }

    #[test]
    fn what_looks_like_a_character_s_number_is_written_out() {
        assert_eq!(literal("_x00e9_ _x12_ x_x"), "_x005F_x00e9_ _x12_ x_x");
        assert_eq!(literal("_x0041_x0042_é"), "_x005F_x0041_x005F_x0042_é");
        assert_eq!(literal("plain"), "plain");
    }
}
