//! Reports as PDF, read by the program in a process of its own.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]
#![allow(clippy::format_collect, reason = "a page is made of its lines")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_upr-tracker");

/// A PDF of one page, whose content is in a stream with these filters.
fn pdf(filters: &str, content: &[u8]) -> Vec<u8> {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    let mut file = format!(
        "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
         2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
         3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 {font} >> \
         >> /Contents 4 0 R >>\nendobj\n\
         4 0 obj\n<< /Length {} {filters} >>\nstream\n",
        content.len()
    )
    .into_bytes();
    file.extend(content);
    // Without a table of places: readers look for the objects themselves.
    file.extend(b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF");
    file
}

fn import(file: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("report.pdf"), file).unwrap();
    Command::new(PROGRAM)
        .args(["import", "report.pdf", "--review", "SVN-3", "--dry-run"])
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .output()
        .unwrap()
}

#[test]
fn a_report_as_pdf_is_read() {
    let lines = [
        "97. The recommendations listed below enjoy the support of Slovenia:",
        "97.1 Ratify the treaty on persons at sea \\(Norway\\) \\(Togo\\);",
        "97.2 Fund shelters in every district \\(Chad\\).",
    ];
    let content: String = (0..)
        .zip(lines)
        .map(|(at, line)| format!("BT /F1 10 Tf 70 {} Td ({line}) Tj ET\n", 600 - 20 * at))
        .collect();
    let output = import(&pdf("", content.as_bytes()));
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("Would import: 2 new"), "{said}{wrong}");
}

#[test]
fn a_pdf_that_unpacks_to_gigabytes_ends_its_own_process_only() {
    // A gigabyte of blanks, packed twice, is a few kilobytes.
    let mut content = Vec::new();
    {
        let outer = flate2::write::ZlibEncoder::new(&mut content, flate2::Compression::best());
        let mut inner = flate2::write::ZlibEncoder::new(outer, flate2::Compression::best());
        let blanks = vec![b' '; 1 << 20];
        for _ in 0..1_024 {
            inner.write_all(&blanks).unwrap();
        }
        inner.finish().unwrap().finish().unwrap();
    }
    assert!(content.len() < 1 << 20);
    let output = import(&pdf("/Filter [/FlateDecode /FlateDecode]", &content));
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{wrong}");
    assert!(wrong.contains("more time or memory"), "{wrong}");
}

#[test]
fn the_process_answers_with_a_refusal() {
    let mut child = Command::new(PROGRAM)
        .arg("read-pdf")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(b"%PDF-1.7 no")
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(3));
    assert!(said.contains("exchange-pdf-damaged"), "{said}");
}
