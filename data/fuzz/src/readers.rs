//! What is fuzzed: for each reader, how bytes become a file that gets as far as the reader itself.
//!
//! Bytes thrown at a zip archive hardly ever get past its directory, so the formats in archives are fed
//! their XML, in an archive that is whole; `archive` throws bytes at the archive itself. The same code
//! replays the corpus in `make test`.

use data::domain::{Paragraph, ReviewCode};
use data::exchange::{
    Format, Incoming, IncomingAssessment, ReadFailure, ReadOptions, Rejected, Sink, Stopped,
    pdf_text, read, read_pdf_with, survey,
};
use std::io::{Cursor, Write};

/// A reader and how bytes get to it.
#[derive(Clone, Copy)]
pub(crate) struct Reader {
    /// Its name, and that of its corpus.
    pub(crate) name: &'static str,
    file: fn(&[u8]) -> Vec<u8>,
}

/// Every reader.
pub(crate) const ALL: &[Reader] = &[
    Reader {
        name: "uhri_xlsx",
        file: sheet,
    },
    Reader {
        name: "shared_strings",
        file: strings,
    },
    Reader {
        name: "styles",
        file: styles,
    },
    Reader {
        name: "ohchr_matrix",
        file: document,
    },
    Reader {
        name: "word_numbers",
        file: numbered_document,
    },
    Reader {
        name: "ods",
        file: open_document,
    },
    Reader {
        name: "archive",
        file: whole,
    },
    Reader {
        name: "own_table",
        file: own_table,
    },
    Reader {
        name: "upr_info",
        file: upr_info,
    },
    Reader {
        name: "uhri_json",
        file: whole,
    },
    Reader {
        name: "own_json",
        file: whole,
    },
    Reader {
        name: "report_text",
        file: whole,
    },
    Reader {
        name: "pdf",
        file: whole,
    },
    Reader {
        name: "pdf_content",
        file: drawn,
    },
    Reader {
        name: "state_reply",
        file: whole,
    },
    Reader {
        name: "mapped",
        file: whole,
    },
];

/// The reader of that name.
pub(crate) fn named(name: &str) -> Option<Reader> {
    ALL.iter().copied().find(|reader| reader.name == name)
}

/// Reads what the bytes make of a file, and holds what every reader promises.
pub(crate) fn feed(reader: &Reader, bytes: &[u8]) {
    let file = (reader.file)(bytes);
    // In this very process, so that what goes wrong is seen.
    read_pdf_with(pdf_text);
    let options = ReadOptions::of_review(ReviewCode::parse("SVN-3"));
    for options in [ReadOptions::default(), options] {
        let mut promised = Promised::default();
        let read = read(Cursor::new(&file), &options, &mut promised);
        promised.hold(read);
    }
    if reader.name == "mapped" {
        feed_guessed(&file);
    }
}

/// Looks into a table of unknown headings, and reads it as what was guessed; how many of its rows are
/// taken.
pub(crate) fn feed_guessed(file: &[u8]) -> u32 {
    let survey = match survey(Cursor::new(file)) {
        Ok(survey) => survey,
        Err(ReadFailure::Refused(refusal)) => {
            assert!(!refusal.message().key.is_empty());
            return 0;
        }
        Err(ReadFailure::Stopped) => return 0,
    };
    assert!(survey.guess.fields.keys().all(|one| {
        let mut headings = survey.headings.iter();
        headings.any(|heading| heading.trim() == one)
    }));
    let options = ReadOptions {
        review: ReviewCode::parse("SVN-3"),
        mapping: Some(survey.guess),
        ..ReadOptions::default()
    };
    let mut promised = Promised::default();
    let read = read(Cursor::new(file), &options, &mut promised);
    promised.hold(read);
    promised.taken
}

/// Looks at everything that a reader hands on, and stops it after a while.
#[derive(Default)]
struct Promised {
    any: bool,
    handed: u32,
    taken: u32,
}

impl Promised {
    /// What a reader promises of its end.
    fn hold(&self, read: Result<Format, ReadFailure>) {
        match read {
            Ok(_) => assert!(self.any, "a file without anything was taken"),
            Err(ReadFailure::Refused(refusal)) => assert!(!refusal.message().key.is_empty()),
            Err(ReadFailure::Stopped) => {}
        }
    }

    fn count(&mut self) -> Result<(), Stopped> {
        self.any = true;
        self.handed += 1;
        if self.handed > 20_000 {
            Err(Stopped)
        } else {
            Ok(())
        }
    }
}

impl Sink for Promised {
    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        let mut once = one.recommending.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), one.recommending.len(), "a State twice");
        if let Some(paragraph) = &one.paragraph {
            assert_eq!(Paragraph::parse(paragraph.as_str()).as_ref(), Ok(paragraph));
        }
        self.taken += 1;
        self.count()
    }

    fn assessment(&mut self, _: IncomingAssessment) -> Result<(), Stopped> {
        self.taken += 1;
        self.count()
    }

    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        assert!(!one.reason.key.is_empty());
        assert!(one.value.is_none_or(|value| value.chars().count() <= 201));
        let length = |(heading, value): &(String, String)| heading.len() + value.len();
        assert!(one.cells.iter().map(length).sum::<usize>() <= Rejected::MAX_ROW);
        self.count()
    }

    fn skipped(&mut self, _: &str) -> Result<(), Stopped> {
        self.count()
    }

    fn progress(&mut self, done: u64, of: u64) -> Result<(), Stopped> {
        assert!(of == 0 || done <= of, "{done} of {of}");
        Ok(())
    }
}

fn whole(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}

const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
const BOOK: &str = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
    <sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
/// A sheet whose every cell is a shared string.
const SHARED: &str = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
    <c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"s\"><v>3</v></c><c r=\"B2\" t=\"s\"><v>4</v></c>\
    <c r=\"C2\" t=\"s\"><v>5</v></c></row></sheetData></worksheet>";

fn sheet(bytes: &[u8]) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", bytes),
    ])
}

fn strings(bytes: &[u8]) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/sharedStrings.xml", bytes),
        ("xl/worksheets/sheet1.xml", SHARED.as_bytes()),
    ])
}

/// A sheet of numbers in the formats of these styles.
const NUMBERS: &str = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Paragraph</v></c>\
    <c r=\"B1\" t=\"str\"><v>Text</v></c><c r=\"C1\" t=\"str\"><v>Recommending States</v></c></row>\
    <row r=\"2\"><c r=\"A2\" s=\"1\"><v>104.1</v></c><c r=\"B2\" t=\"str\"><v>Do it (Togo)</v></c></row>\
    <row r=\"3\"><c r=\"A3\" s=\"2\"><v>104.09999999999999</v></c><c r=\"B3\" s=\"3\"><v>-1E300</v></c>\
    <c r=\"C3\" t=\"str\"><v>Togo</v></c></row></sheetData></worksheet>";

fn styles(bytes: &[u8]) -> Vec<u8> {
    zipped(&[
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/styles.xml", bytes),
        ("xl/worksheets/sheet1.xml", NUMBERS.as_bytes()),
    ])
}

fn document(bytes: &[u8]) -> Vec<u8> {
    zipped(&[("word/document.xml", bytes)])
}

/// A report whose paragraphs are in the lists that the bytes define.
fn numbered_document(bytes: &[u8]) -> Vec<u8> {
    let paragraph = |list: u32, level: u32, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"S{level}\"/><w:numPr><w:ilvl w:val=\"{level}\"/>\
             <w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let mut body = paragraph(
        1,
        0,
        "The following recommendations will be examined by Slovenia:",
    );
    for (list, level) in [(1, 1), (1, 1), (2, 0), (1, 2), (3, 1), (1, 0), (1, 8)] {
        body.push_str(&paragraph(
            list,
            level,
            "Ratify the treaty (Norway) (Togo);",
        ));
    }
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let styles = "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"S1\"><w:basedOn w:val=\"S0\"/>\
                  <w:numPr><w:numId w:val=\"2\"/></w:numPr></w:style></w:styles>";
    zipped(&[
        ("word/document.xml", document.as_bytes()),
        ("word/numbering.xml", bytes),
        ("word/styles.xml", styles.as_bytes()),
    ])
}

/// A PDF whose first page draws what the bytes say, in three kinds of fonts, with a table of letters.
fn drawn(bytes: &[u8]) -> Vec<u8> {
    const OBJECTS: &str = "%PDF-1.7\n\
        1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
        2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 9 0 R /Resources << /XObject \
        << /X 9 0 R >> /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding \
        /WinAnsiEncoding >> /F2 << /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 9 0 R \
        /DescendantFonts [ << /W [1 [500 600] 3 9 400] /DW 700 >> ] >> /F3 << /Type /Font /Subtype /Type3 \
        /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 60 /Widths [50 60] /Encoding << /Differences [65 /eacute \
        /uni0041 /fi] >> >> >> >> >>\nendobj\n";
    let mut file = OBJECTS.as_bytes().to_vec();
    let head = format!(
        "9 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length {} >>\nstream\n",
        bytes.len()
    );
    file.extend_from_slice(head.as_bytes());
    file.extend_from_slice(bytes);
    file.extend_from_slice(b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF");
    file
}

fn open_document(bytes: &[u8]) -> Vec<u8> {
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", bytes),
    ])
}

fn own_table(bytes: &[u8]) -> Vec<u8> {
    // Half of the inputs may have other headings.
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 0 => [
            b"review,paragraph,text,recommending_states,position\n",
            rest,
        ]
        .concat(),
        _ => bytes.to_vec(),
    }
}

fn upr_info(bytes: &[u8]) -> Vec<u8> {
    let headings =
        b"To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session\r";
    match bytes.split_first() {
        Some((first, rest)) if first % 2 == 0 => [headings, rest].concat(),
        _ => bytes.to_vec(),
    }
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        // Writing to memory fails for more than 4 GB only, and no input is that long.
        if zip.start_file(*name, options).is_ok() {
            let _ = zip.write_all(bytes);
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
