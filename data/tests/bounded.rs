//! What hostile files cost in memory: alone in its process, and one test, so that nothing else is
//! counted. The whole process, with the files that it makes, may never have had more than 300 MiB.

#![cfg(all(feature = "store", target_os = "linux"))]
#![allow(clippy::unwrap_used)]

use data::exchange::{read_whole, survey};
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The most memory that the process may ever have had, in KiB.
const BOUND: u64 = 300 << 10;

/// The most memory that the process has had so far, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// An archive of a part that begins and ends so, with filler of so many MiB between. The filler is
/// noise and repetition mixed, so that it shrinks about as much as real text does at the most.
fn filled(
    others: &[(&str, &str)],
    part: &str,
    begin: &str,
    end: &str,
    mebibytes: usize,
    plain: bool,
) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in others {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.start_file(part, SimpleFileOptions::default()).unwrap();
    zip.write_all(begin.as_bytes()).unwrap();
    let mut noise = 88_172_645_463_325_252_u64;
    for _ in 0..mebibytes {
        let mut piece = "x".repeat(1 << 20);
        if !plain {
            piece.truncate((1 << 20) - (16 << 10));
            while piece.len() < 1 << 20 {
                noise ^= noise << 13;
                noise ^= noise >> 7;
                noise ^= noise << 17;
                write!(piece, "{noise:016x}").unwrap();
            }
        }
        zip.write_all(piece.as_bytes()).unwrap();
    }
    zip.write_all(end.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

const WORKBOOK: [(&str, &str); 2] = [
    (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
    ),
];
const SHEET: &str = "xl/worksheets/sheet1.xml";
const CELL: &str = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>";
const END: &str = "</t></is></c></row></sheetData></worksheet>";

/// Reads a file by every way in and holds what it is answered with and what it costs.
fn check(name: &str, bytes: &[u8], expected: &str) {
    let refused = read_whole(bytes, None).unwrap_err();
    assert_eq!(refused.key, expected, "{name}");
    let _ = survey(Cursor::new(bytes));
    let peak = peak();
    println!(
        "{name}: file of {} KiB, peak {} MiB",
        bytes.len() >> 10,
        peak >> 10
    );
    assert!(peak < BOUND, "{name}: {} MiB", peak >> 10);
}

#[test]
fn hostile_files_cost_little_memory() {
    let bomb = filled(&WORKBOOK, SHEET, CELL, END, 400, true);
    check("zip bomb", &bomb, "exchange-archive-too-large");
    drop(bomb);

    let cell = filled(&WORKBOOK, SHEET, CELL, END, 200, false);
    check("cell of 200 MiB", &cell, "exchange-text-too-long");
    let cut = &cell[..cell.len() - 40];
    check("broken central directory", cut, "exchange-archive-damaged");
    let shared = [
        WORKBOOK[0],
        WORKBOOK[1],
        (SHEET, "<worksheet><sheetData/></worksheet>"),
    ];
    let strings = filled(
        &shared,
        "xl/sharedStrings.xml",
        "<sst><si><t>",
        "</t></si></sst>",
        200,
        false,
    );
    check(
        "shared string of 200 MiB",
        &strings,
        "exchange-text-too-long",
    );
    drop((cell, strings));

    let letter = "<w:document><w:body><w:p><w:r><w:t>Dear Sir,</w:t></w:r></w:p><w:p><w:r><w:t>";
    let close = "</w:t></w:r></w:p></w:body></w:document>";
    let word = filled(&[], "word/document.xml", letter, close, 100, false);
    check("letter of 100 MiB", &word, "exchange-text-too-long");
    let paragraphs = "</w:t></w:r></w:p><w:p><w:r><w:t>Do it (Togo) ".repeat(200_000);
    let word = filled(
        &[],
        "word/document.xml",
        &format!("{letter}{paragraphs}"),
        close,
        1,
        false,
    );
    check(
        "letter of many paragraphs",
        &word,
        "exchange-matrix-no-table",
    );
    drop(word);

    let ods = "<office:spreadsheet><table:table><table:table-row><table:table-cell><text:p>";
    let end = "</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>";
    let calc = filled(&[], "content.xml", ods, end, 100, false);
    check(
        "Open Document cell of 100 MiB",
        &calc,
        "exchange-text-too-long",
    );
    drop(calc);

    let cells = "<c><v>1</v></c>".repeat(1_000_000);
    let wide = filled(
        &WORKBOOK,
        SHEET,
        &format!("<worksheet><sheetData><row r=\"1\">{cells}<c t=\"inlineStr\"><is><t>"),
        END,
        1,
        true,
    );
    drop(cells);
    check("a million columns", &wide, "exchange-columns");
    check(
        "a million columns of text",
        &vec![b','; 1_000_000],
        "exchange-columns",
    );
    let open = [b"\"".to_vec(), vec![b'x'; 60 << 20]].concat();
    check("a cell that is never closed", &open, "exchange-quote-open");
    let closed = [open, b"\"".to_vec()].concat();
    check("a cell of 60 MiB", &closed, "exchange-cell-too-long");
}
