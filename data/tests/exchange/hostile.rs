//! Files made to break a reader: each has to end in a message, quickly and in little memory.

use crate::files::{
    MATRIX, UHRI, archive, document, document_of, error, good, table_row, uhri, workbook,
};
use data::exchange::{MAX_FILE, MAX_TEXT, read_whole};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Numbers that look random and are the same in every run.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }
}

fn samples() -> Vec<Vec<u8>> {
    let title = Some("UPR of Slovenia (3rd Cycle - 34th Session)");
    let row: [&str; 4] = [
        "1.1 Do it (Togo)",
        "Noted",
        "- A\nSDGs:\n- 1 - NO POVERTY",
        "",
    ];
    vec![
        uhri(&[[
            "1.1 Do it (Togo);",
            "- Fiji",
            "- Togo",
            "- Noted",
            "- 34th Session",
        ]]),
        document(title, &[&MATRIX, &["Theme: A"], &row]),
        b"review,paragraph,recommending_states,text\nFJI-3,1.1,\"Togo; Mali\",\"Do\nit\"\n"
            .to_vec(),
        b"To,To-Rgrp,Text,From,Response,Action,Issue,Session\r\
          Fiji,Asia,vis-\x88-vis,Togo,Noted,5,\"Labour,NHRI\",7\r"
            .to_vec(),
        b"[{\"Text\": \"1.1 Do it (Togo)\", \"Countries\": [\"Fiji\"], \"Body\": \"- UPR\", \
           \"UprSession\": [\"34\"], \"Themes\": [\"A\", \"B\"]}]"
            .to_vec(),
        b"{\"about\": {}, \"recommendations\": [{\"review\": \"FJI-3\", \"paragraph\": \"1.1\", \
           \"recommending_states\": [{\"code\": \"TGO\"}], \"text\": \"Do it\"}]}"
            .to_vec(),
    ]
}

#[test]
fn random_bytes_are_refused() {
    let mut noise = Noise(1);
    for length in [1, 2, 10, 1_000, 100_000] {
        let mut bytes: Vec<u8> = (0..length).map(|_| noise.byte()).collect();
        assert!(read_whole(&bytes, None).is_err());
        for magic in [&b"PK\x03\x04"[..], b"PK\x05\x06", b"\xEF\xBB\xBF", b"%PDF"] {
            for (place, byte) in bytes.iter_mut().zip(magic) {
                *place = *byte;
            }
            assert!(read_whole(&bytes, None).is_err());
        }
    }
}

#[test]
fn truncated_and_altered_files_never_panic() {
    let mut noise = Noise(2);
    for sample in samples() {
        assert_eq!(good(&sample).recommendations.len(), 1);
        for part in 0..20 {
            let _ = read_whole(&sample[..sample.len() * part / 20], None);
        }
        for _ in 0..300 {
            let mut altered = sample.clone();
            for _ in 0..=noise.below(4) {
                let place = noise.below(altered.len());
                altered[place] = noise.byte();
            }
            let _ = read_whole(&altered, None);
        }
    }
}

#[test]
fn altered_xml_within_a_sound_archive_never_panics() {
    let mut noise = Noise(3);
    let pieces = [
        "<",
        ">",
        "\"",
        "</w:tc>",
        "<w:tc>",
        "<c r=\"",
        "A1048577",
        "-1",
        "99999999999",
        "&#0;",
        "&x;",
        "é",
        "(",
    ];
    for sample in &samples()[..2] {
        let mut zip = ZipArchive::new(Cursor::new(sample)).unwrap();
        let mut parts = Vec::new();
        for index in 0..zip.len() {
            let mut part = zip.by_index(index).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            parts.push((part.name().unwrap().into_owned(), content));
        }
        for _ in 0..400 {
            let mut altered = parts.clone();
            let part = noise.below(altered.len());
            let content = &mut altered[part].1;
            for _ in 0..=noise.below(3) {
                let start = noise.below(content.len());
                let end = (start + noise.below(6)).min(content.len());
                let piece = pieces[noise.below(pieces.len())].bytes();
                content.splice(start..end, piece);
            }
            let borrowed: Vec<_> = altered
                .iter()
                .map(|(n, c)| (n.as_str(), c.as_slice()))
                .collect();
            let _ = read_whole(&archive(&borrowed), None);
        }
    }
}

/// A deflated archive with one part of zeros.
fn zeros(name: &str, mebibytes: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    let piece = vec![b'0'; 1 << 20];
    for _ in 0..mebibytes {
        zip.write_all(&piece).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn bombs_are_refused() {
    assert_eq!(
        error(&zeros("word/document.xml", 1024)),
        "exchange-archive-too-large"
    );
    // Little enough in all, but nothing real repeats itself so much.
    assert_eq!(
        error(&zeros("xl/workbook.xml", 100)),
        "exchange-archive-too-large"
    );
    // The same, with a size declared that is not so: bytes 22 to 25 of the local header and 24 to 27
    // of the directory's.
    let mut lying = zeros("word/document.xml", 100);
    let directory = lying
        .windows(4)
        .rposition(|four| four == b"PK\x01\x02")
        .unwrap();
    lying[directory + 24..directory + 28].copy_from_slice(&[1, 0, 0, 0]);
    assert!(read_whole(&lying, None).is_err());
    let many: Vec<String> = (0..2_000).map(|number| format!("{number}.xml")).collect();
    let parts: Vec<_> = many.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert_eq!(error(&archive(&parts)), "exchange-archive-parts");
    let mut archive = vec![0; MAX_FILE + 1];
    archive[..2].copy_from_slice(b"PK");
    assert_eq!(error(&archive), "exchange-too-large");
    assert_eq!(error(&vec![b'x'; MAX_TEXT + 1]), "exchange-too-large");
}

/// A workbook with these parts in place of its own.
fn with_parts(changed: &[(&str, &str)]) -> Vec<u8> {
    let sample = workbook(&[UHRI]);
    let mut zip = ZipArchive::new(Cursor::new(sample)).unwrap();
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        let new = changed.iter().find(|(changed, _)| *changed == name);
        parts.push((
            name,
            new.map_or(text, |(_, content)| content.as_bytes().to_vec()),
        ));
    }
    let parts: Vec<_> = parts
        .iter()
        .map(|(n, c)| (n.as_str(), c.as_slice()))
        .collect();
    archive(&parts)
}

#[test]
fn sheets_that_claim_to_be_huge_are_refused() {
    let sheet = |cell: &str| {
        let xml = format!("<worksheet><sheetData>{cell}</sheetData></worksheet>");
        error(&with_parts(&[("xl/worksheets/sheet1.xml", &xml)]))
    };
    let cell =
        |place: &str| format!("<row><c r=\"{place}\" t=\"inlineStr\"><is><t>x</t></is></c></row>");
    let far = cell("XFD1048576").replace("<row>", "<row r=\"1048576\">");
    assert_eq!(sheet(&far), "exchange-rows");
    assert_eq!(sheet(&cell("XFD1")), "exchange-columns");
    assert_eq!(sheet(&cell("ZZZZZZZZZ9")), "exchange-archive-damaged");
    assert_eq!(
        sheet("<row r=\"4294967295\"></row><row></row>"),
        "exchange-archive-damaged"
    );
    assert_eq!(
        sheet("<row r=\"4294967296\"></row>"),
        "exchange-archive-damaged"
    );
    // Announced strings cost nothing; a reference to one that is not there is damage.
    let strings = "<sst uniqueCount=\"18446744073709551615\"></sst>";
    assert_eq!(
        error(&with_parts(&[("xl/sharedStrings.xml", strings)])),
        "exchange-archive-damaged"
    );
}

#[test]
fn one_string_repeated_in_every_cell_is_refused() {
    let words: String = (0..90_000).map(|number| format!("{number:x} ")).collect();
    let strings = format!("<sst><si><t>{words}</t></si></sst>");
    let rows = "<row><c t=\"s\"><v>0</v></c></row>".repeat(1_000);
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let file = with_parts(&[
        ("xl/sharedStrings.xml", &strings),
        (
            "xl/worksheets/sheet1.xml",
            &sheet.replace("<row>", "<row><c/>"),
        ),
    ]);
    // Without headings the first rows are all that is looked at.
    assert_eq!(error(&file), "exchange-sheet-headings");
    let headings = "<row><c t=\"inlineStr\"><is><t>Text</t></is></c>\
                    <c t=\"inlineStr\"><is><t>Countries</t></is></c></row>";
    let sheet = sheet.replacen("<row>", &format!("{headings}<row>"), 1);
    let file = with_parts(&[
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]);
    assert_eq!(error(&file), "exchange-archive-too-large");
}

#[test]
fn hostile_text_stays_text() {
    let text = "<script>alert(1)</script> =cmd|' /C calc'!A0 {$x} &lt;b&gt;";
    let title = Some("UPR of Slovenia (3rd Cycle - 34th Session)");
    let file = good(&document(
        title,
        &[&MATRIX, &[&format!("1.1 {text} (Togo)"), "Noted", text, ""]],
    ));
    let one = &file.recommendations[0];
    let read_back = one.text.as_deref().unwrap();
    assert!(read_back.starts_with("<script>alert(1)</script> =cmd|' /C calc'!A0 {$x} <b>"));
    let deep = format!("<w:tbl>{}", table_row(&["x"]).repeat(10)).repeat(50);
    assert!(read_whole(&document_of(None, &deep), None).is_err());
    let brackets = format!("1.1 Do it {} (Togo)", "(x".repeat(50_000));
    let file = good(&document(title, &[&MATRIX, &[&brackets, "Noted", "", ""]]));
    assert_eq!(file.recommendations.len() + file.rejected.len(), 1);
}

#[test]
fn a_cell_of_nothing_but_names_is_read_in_time() {
    let title = Some("UPR of Slovenia (3rd Cycle - 34th Session)");
    for piece in [
        "(Slovkya Republik)",
        "(Togolx, Malx; Chax and Fijx - Norwax)",
        "(Togo)",
        "(Xa",
    ] {
        let text = format!("1.1 Do it {}", piece.repeat(900_000 / piece.len()));
        let file = good(&document(title, &[&MATRIX, &[&text, "Noted", "", ""]]));
        assert_eq!(file.recommendations.len() + file.rejected.len(), 1);
    }
}

#[test]
fn a_flood_of_slips_is_read_in_time() {
    let mut noise = Noise(7);
    let mut letter = || char::from(b'a' + u8::try_from(noise.below(26)).unwrap());
    let mut slip = || -> String {
        "Slovakia"
            .chars()
            .map(|c| if letter() < 'd' { letter() } else { c })
            .collect()
    };
    let mut rows = String::from("To,Text,From,Session\n");
    for _ in 0..20_000 {
        rows.extend([
            slip(),
            " x,Do it,".into(),
            slip(),
            " and ".into(),
            slip(),
            ",7\n".into(),
        ]);
    }
    let file = good(rows.as_bytes());
    assert_eq!(file.rejected.len(), 20_000);
    // The same few again and again cost nothing, and each still says what may have been meant.
    let rows = format!(
        "To,Text,From,Session\n{}",
        "Slovkia,Do it,Togo,7\n".repeat(100_000)
    );
    let file = good(rows.as_bytes());
    assert_eq!(file.rejected.len(), 100_000);
    let last = file.rejected.last().unwrap();
    assert_eq!(&*last.reason.key, "exchange-unknown-state-nearest");
}

#[test]
fn cells_of_too_many_values_are_refused() {
    let many: String = (0..2_000)
        .map(|number| format!("issue {number},"))
        .collect();
    let file = good(format!("To,Text,From,Issue,Session\nFiji,Do it,Togo,\"{many}\",7").as_bytes());
    assert_eq!(&*file.rejected[0].reason.key, "exchange-values");
    assert_eq!(file.rejected[0].column.as_deref(), Some("Issue"));
    let commas = ",".repeat(500_000);
    let file =
        good(format!("To,Text,From,Issue,Session\nFiji,Do it,Togo,\"{commas}\",7").as_bytes());
    assert_eq!(&*file.rejected[0].reason.key, "exchange-values");
    let states = "Togo|".repeat(100_000);
    let file = good(format!("To,Text,From,Session\nFiji,Do it,{states},7").as_bytes());
    assert_eq!(file.recommendations[0].recommending.len(), 1);
    let themes = (0..2_000)
        .map(|number| format!("\"{number}\","))
        .collect::<String>();
    let object = format!(
        "[{{\"Text\": \"1.1 Do it (Togo)\", \"Countries\": [\"Fiji\"], \"UprSession\": \"7\", \
         \"Themes\": [{themes} 1]}}]"
    );
    let file = good(object.as_bytes());
    assert_eq!(file.rejected[0].column.as_deref(), Some("Themes"));
}
