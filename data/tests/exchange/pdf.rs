//! Reports as PDF, written by the tests.

use crate::files::{error, good, states};
use data::domain::PositionClass;
use data::exchange::{Format, pdf_text, read_pdf_with};
use std::fmt::Write as _;

/// Letters of Helvetica in the encoding of Windows, with no widths of their own.
const PLAIN: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A page: what it draws.
#[derive(Default)]
struct Drawn(String);

impl Drawn {
    /// A text in a font of the document, at a place and in a size.
    fn text(mut self, font: &str, size: u32, x: u32, y: u32, text: &str) -> Self {
        let _ = writeln!(self.0, "BT /{font} {size} Tf {x} {y} Td {text} Tj ET");
        self
    }

    /// Lines below each other, from the top.
    fn lines(self, x: u32, lines: &[&str]) -> Self {
        let mut page = self;
        for (line, y) in lines.iter().zip((0..48).rev()) {
            page = page.text("F1", 10, x, 110 + y * 13, &literal(line));
        }
        page
    }
}

/// A string as PDF writes it.
fn literal(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('(', "\\(");
    format!("({})", text.replace(')', "\\)"))
}

fn stream(dict: &str, content: &str) -> String {
    format!(
        "<< {dict} /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

/// A PDF with these pages, in the fonts F1, F2 and so on, and objects from number 50 on.
fn pdf(pages: &[Drawn], fonts: &[&str], more: &[String]) -> Vec<u8> {
    let named: String = (1..)
        .zip(fonts)
        .map(|(number, font)| format!("/F{number} {font} "))
        .collect();
    let kids: String = (0..pages.len())
        .map(|at| format!("{} 0 R ", 3 + 2 * at))
        .collect();
    let mut objects = vec![
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (
            2,
            format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()),
        ),
    ];
    for (at, page) in pages.iter().enumerate() {
        let number = 3 + 2 * at;
        objects.push((
            number,
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << {named}>> >> \
                 /Contents {} 0 R >>",
                number + 1
            ),
        ));
        objects.push((number + 1, stream("", &page.0)));
    }
    objects.extend((50..).zip(more.iter().cloned()));
    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in &objects {
        places.push((*number, file.len()));
        let _ = write!(file, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = file.len();
    file.push_str("xref\n0 1\n0000000000 65535 f \n");
    for (number, place) in places {
        let _ = write!(file, "{number} 1\n{place:010} 00000 n \n");
    }
    let _ = write!(
        file,
        "trailer << /Size 99 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    );
    file.into_bytes()
}

pub(crate) fn of_lines(lines: &[&str]) -> Vec<u8> {
    pdf(&[Drawn::default().lines(70, lines)], &[PLAIN], &[])
}

const FIRST: [&str; 8] = [
    "A/HRC/WG.6/8/FJI/1",
    "II. Conclusions and/or recommendations",
    "97. The recommendations listed below have been examined by Fiji and enjoy its",
    "support:",
    "97.1 Ratify the treaty on persons at sea and report regularly, with a follow-",
    "up every year (Norway); (Sweden);",
    "97.2 Fund shelters in every district, with staff by day and by night, and see",
    "that nobody is turned away, wherever she",
];
const SECOND: [&str; 4] = [
    "comes from (Togo);",
    "98. The following recommendations will be examined by Fiji:",
    "98.1 Let every prisoner see a doctor (Estonia).",
    "99. All conclusions reflect the position of the submitting State(s).",
];

fn edges(page: Drawn, number: u32) -> Drawn {
    page.text("F1", 8, 70, 800, "(A/HRC/15/99)")
        .text("F1", 8, 70, 40, &format!("({number})"))
        .text("F1", 8, 400, 40, "(GE.10-12345)")
}

#[test]
fn a_report_as_pdf_is_read() {
    use PositionClass::{Pending, Supported};
    read_pdf_with(pdf_text);
    let first = edges(Drawn::default().lines(70, &FIRST), 2)
        .text("F1", 6, 70, 105, "(1)")
        .text(
            "F1",
            7,
            76,
            104,
            "(A note about the treaty, in small letters.)",
        );
    let second = edges(Drawn::default().lines(70, &SECOND), 3);
    let file = good(&pdf(&[first, second], &[PLAIN], &[]));
    assert_eq!((file.format, file.rejected.len()), (Format::ReportText, 0));
    let found: Vec<_> = file
        .recommendations
        .iter()
        .map(|one| {
            let class = one.position.as_ref().unwrap().class;
            let paragraph = one.paragraph.as_ref().unwrap().to_string();
            (
                paragraph,
                states(one).join(" "),
                class,
                one.text.clone().unwrap(),
            )
        })
        .collect();
    let expected = [
        (
            "97.1",
            "NOR SWE",
            Supported,
            "Ratify the treaty on persons at sea and report regularly, with a follow-up every year",
        ),
        (
            "97.2",
            "TGO",
            Supported,
            "Fund shelters in every district, with staff by day and by night, and see that nobody is \
             turned away, wherever she comes from",
        ),
        ("98.1", "EST", Pending, "Let every prisoner see a doctor"),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(paragraph, states, class, text)| {
            (
                paragraph.to_owned(),
                states.to_owned(),
                class,
                text.to_owned(),
            )
        })
        .collect();
    assert_eq!(found, expected);
    assert_eq!(file.recommendations[0].review.to_string(), "FJI-1");
}

/// A report of two pages with notes below them: two with raised numbers, and one with a star.
pub(crate) fn with_footnotes() -> Vec<u8> {
    let note = |page: Drawn, mark: &str, y: u32| {
        page.text("F1", 5, 70, y + 2, &literal(mark)).text(
            "F1",
            7,
            76,
            y,
            &literal("A note about the treaty, in small letters."),
        )
    };
    let first = edges(Drawn::default().lines(70, &FIRST), 2);
    let first = note(note(first, "1", 160), "2", 150);
    let second = edges(Drawn::default().lines(70, &SECOND), 3);
    let second = second.text("F1", 7, 70, 150, &literal("* As in the other report."));
    pdf(&[first, second], &[PLAIN], &[])
}

pub(crate) fn reply_with_footnotes() -> Vec<u8> {
    let lines = [
        "A/HRC/53/7/Add.1",
        "Report of the Working Group on the Universal Periodic Review",
        "Fiji",
        "Addendum",
        "1. Fiji supports the following recommendations:",
        "104.1-104.2",
    ];
    let page = Drawn::default().lines(70, &lines);
    let note = |page: Drawn, mark: &str, y: u32| {
        page.text("F1", 5, 70, y + 2, &literal(mark)).text(
            "F1",
            7,
            76,
            y,
            &literal("A note about the treaty, in small letters."),
        )
    };
    let page = note(note(page, "1", 160), "2", 150);
    pdf(&[page], &[PLAIN], &[])
}

#[test]
fn a_reply_as_pdf_is_read() {
    read_pdf_with(pdf_text);
    let lines = [
        "A/HRC/53/7/Add.1",
        "Distr.: General",
        "5 June 2023",
        "Report of the Working Group on the Universal Periodic Review",
        "Fiji",
        "Addendum",
        "1. Fiji supports the following recommendations:",
        "104.1-104.2",
    ];
    let file = good(&of_lines(&lines));
    assert_eq!(file.format, Format::StateReply);
    let claim = file.recommendations[1].position.as_ref().unwrap();
    assert_eq!(claim.class, PositionClass::Supported);
    assert_eq!(claim.source.as_deref(), Some("A/HRC/53/7/Add.1"));
    assert_eq!(claim.source_paragraph.as_deref(), Some("1"));
}

#[test]
fn a_pdf_of_something_else_is_refused() {
    read_pdf_with(pdf_text);
    let letter = [
        "Dear reader,",
        "this is no report of anything, however long it may be.",
    ];
    assert_eq!(error(&of_lines(&letter)), "exchange-pdf-no-report");
}

fn refusal(file: &[u8]) -> String {
    pdf_text(file).unwrap_err().key.into_owned()
}

#[test]
fn an_order_that_is_not_certain_is_refused() {
    let line = "Ratify the treaty and report about it to all";
    let columns = Drawn::default()
        .lines(50, &[line; 20])
        .lines(320, &[line; 20]);
    assert_eq!(
        refusal(&pdf(&[columns], &[PLAIN], &[])),
        "exchange-pdf-order"
    );
    let turned = Drawn(format!(
        "BT /F1 10 Tf 0 1 -1 0 300 100 Tm {} Tj ET",
        literal(&line.repeat(3))
    ));
    let straight = Drawn(format!(
        "{} BT /F1 10 Tf 70 700 Td {} Tj ET",
        turned.0,
        literal(line)
    ));
    assert_eq!(
        refusal(&pdf(&[straight], &[PLAIN], &[])),
        "exchange-pdf-order"
    );
    // One column whose numbers hang in front of the text is read.
    let hanging = Drawn::default()
        .lines(
            50,
            &["97.1", "97.2", "97.3", "97.4", "97.5", "97.6", "97.7"],
        )
        .lines(120, &[line; 7]);
    let text = pdf_text(&pdf(&[hanging], &[PLAIN], &[])).unwrap();
    assert_eq!(text.lines().next(), Some(&*format!("97.1 {line}")));
}

/// A font of glyphs by number, which only its table names: 1 is the first letter, 2 the next and so on.
fn of_numbers(first: Option<&str>) -> Vec<u8> {
    let named = first.map_or("", |_| "/ToUnicode 51 0 R");
    let font = format!(
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H {named} /DescendantFonts [ << \
         /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 600 >> ] >>"
    );
    let first = first.unwrap_or_default();
    let codes = stream(
        "",
        &format!(
            "1 beginbfrange <0001> <001A> <{first}> endbfrange 1 beginbfchar <0020> <0020> endbfchar"
        ),
    );
    let word: String = (1..=20).map(|letter| format!("{letter:04x}")).collect();
    let page = Drawn::default().text("F1", 10, 70, 600, &format!("<{word}0020{word}>"));
    pdf(&[page], &["50 0 R"], &[font, codes])
}

#[test]
fn letters_that_a_font_does_not_name_are_refused() {
    let text = pdf_text(&of_numbers(Some("0061"))).unwrap();
    assert_eq!(text, "abcdefghijklmnopqrst abcdefghijklmnopqrst\n");
    assert_eq!(refusal(&of_numbers(None)), "exchange-pdf-letters");
    let arabic = of_numbers(Some("0628"));
    assert_eq!(refusal(&arabic), "exchange-pdf-right-to-left");
}

#[test]
fn pictures_of_pages_are_refused() {
    let picture = Drawn("0 0 500 700 re f".to_owned());
    assert_eq!(
        refusal(&pdf(&[picture], &[PLAIN], &[])),
        "exchange-pdf-scanned"
    );
    // What a program guessed stands unseen below the picture.
    let text = literal("97.1 Ratify the treaty and report about it (Norway);");
    let guessed = Drawn(format!("BT 3 Tr /F1 10 Tf 70 700 Td {text} Tj ET"));
    assert_eq!(
        refusal(&pdf(&[guessed], &[PLAIN], &[])),
        "exchange-pdf-scanned"
    );
}

#[test]
fn broken_and_hostile_files_are_refused() {
    let whole = of_lines(&FIRST);
    for length in (0..whole.len()).step_by(97) {
        let _ = pdf_text(&whole[..length]);
    }
    for at in (0..whole.len()).step_by(31) {
        let mut changed = whole.clone();
        changed[at] ^= 0x15;
        let _ = pdf_text(&changed);
    }
    assert_eq!(refusal(b"%PDF-1.7\nnothing"), "exchange-pdf-damaged");
    // A drawing that draws itself, and one of nothing but saved states.
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 50 0 R >> >>",
        "/X Do /X Do",
    );
    let page = Drawn("/X Do".to_owned());
    let itself = String::from_utf8(pdf(&[page], &[PLAIN], &[form])).unwrap();
    let itself = itself.replace("/Font <<", "/XObject << /X 50 0 R >> /Font <<");
    let _ = pdf_text(itself.as_bytes());
    let _ = pdf_text(&pdf(&[Drawn("q ".repeat(100_000))], &[PLAIN], &[]));
    let many = literal(&"x".repeat(300_000));
    let page = Drawn(format!("BT /F1 10 Tf {many} Tj ET"));
    assert_eq!(
        refusal(&pdf(&[page], &[PLAIN], &[])),
        "exchange-pdf-drawings"
    );
}
