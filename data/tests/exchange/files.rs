//! Small files of each format.

use data::exchange::{Incoming, ReadFile, read_whole};
use rust_xlsxwriter::Workbook;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The 16 headings of a UHRI export.
pub(crate) const UHRI: [&str; 16] = [
    "Text",
    "Countries Concerned",
    "Reccomending Body",
    "Document Symbol",
    "Themes",
    "Affected Persons",
    "Sdgs",
    "Document Publication Date",
    "UPR Reccomending States",
    "UPR Position",
    "Type",
    "OHCHR Annotation Id",
    "UPR Session",
    "Regions Concerned",
    "Recommending Regions",
    "Date of publication on UHRI",
];

/// The headings of a matrix of cycles 2 and 3.
pub(crate) const MATRIX: [&str; 4] = [
    "Recommendation",
    "Position",
    "Full list of themes",
    "Assessment/comments on level of implementation",
];

/// A ZIP archive of these parts.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet.
pub(crate) fn workbook<R: AsRef<[S]>, S: AsRef<str>>(rows: &[R]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells.as_ref()) {
            sheet.write_string(row, column, cell.as_ref()).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A UHRI export of these rows: text, country, States, position, session.
pub(crate) fn uhri(rows: &[[&str; 5]]) -> Vec<u8> {
    let mut table = vec![UHRI];
    for [text, country, states, position, session] in rows {
        let mut row = [""; 16];
        row[0] = text;
        row[1] = country;
        row[2] = "- UPR";
        row[3] = "A/HRC/46/5";
        row[8] = states;
        row[9] = position;
        row[10] = "- Recommendations";
        row[12] = session;
        table.push(row);
    }
    workbook(&table)
}

/// A Word document with a table and perhaps a page header.
pub(crate) fn document(header: Option<&str>, rows: &[&[&str]]) -> Vec<u8> {
    let rows: String = rows.iter().map(|cells| table_row(cells)).collect();
    document_of(header, &format!("<w:tbl>{rows}</w:tbl>"))
}

/// A Word document with this body.
pub(crate) fn document_of(header: Option<&str>, body: &str) -> Vec<u8> {
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{body}\
         </w:body></w:document>"
    );
    let header = header.map(|text| {
        // Word splits a line into runs where it likes.
        let half = text
            .char_indices()
            .nth(text.chars().count() / 2)
            .map_or(0, |(at, _)| at);
        let (one, other) = text.split_at(half);
        format!(
            "<w:hdr xmlns:w=\"w\"><w:p>{}{}</w:p></w:hdr>",
            run(one),
            run(other)
        )
    });
    let mut parts = vec![("[Content_Types].xml", &b"<Types/>"[..])];
    parts.push(("word/document.xml", xml.as_bytes()));
    if let Some(header) = &header {
        parts.push(("word/header1.xml", header.as_bytes()));
    }
    archive(&parts)
}

/// A row of a Word table; lines become paragraphs.
pub(crate) fn table_row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        let lines: String = text
            .split('\n')
            .map(|l| format!("<w:p>{}</w:p>", run(l)))
            .collect();
        format!("<w:tc><w:tcPr/>{lines}</w:tc>")
    };
    format!(
        "<w:tr>{}</w:tr>",
        cells.iter().map(cell).collect::<String>()
    )
}

fn run(text: &str) -> String {
    let text = quick_xml::escape::partial_escape(text);
    format!("<w:r><w:rPr/><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// Reads a file that can be read.
pub(crate) fn good(bytes: &[u8]) -> ReadFile {
    read_whole(bytes, None).unwrap()
}

/// The key of the error that a file is answered with.
pub(crate) fn error(bytes: &[u8]) -> String {
    read_whole(bytes, None).unwrap_err().key.into_owned()
}

/// The codes of the recommending States.
pub(crate) fn states(incoming: &Incoming) -> Vec<&str> {
    incoming
        .recommending
        .iter()
        .map(|state| state.as_str())
        .collect()
}

/// The names of the terms, each behind its vocabulary.
pub(crate) fn terms(incoming: &Incoming) -> Vec<String> {
    incoming
        .terms
        .iter()
        .map(|term| format!("{}: {}", term.scheme.code(), term.name))
        .collect()
}
