//! The text of Working Group reports.

use crate::files::{archive, document_of, error, good, states};
use data::domain::{PositionClass, ReviewCode};
use data::exchange::{Format, read_whole};

const REPORT: &str = "A/HRC/15/99\nReport of the Working Group\nContents\n\
II. Conclusions and/or recommendations .... 97-99 13\n\
3. Documents: (a) a national report (A/HRC/WG.6/8/FJI/1);\n\
II. Conclusions and/or recommendations\n\
97. The recommendations listed below have been examined by Fiji and enjoy its support:\n\
97.1. Sign the Convention (CAT) (Togo);\n\
97.2. Ratify the Protocol\nand report on it\n13\nGE.10-12345\nregularly (Mali, Chad); publish\n\
2011 figures (Norway).\n\
97.3. In the field of education:\n\
- Build schools (Kenya);\n\
- Pay teachers (Ghana).\n\
98. The following recommendations will be examined by Fiji, which will provide responses in due \
time:\n98.1. Abolish it (France);\n98.2. Nobody asked for this;\n\
99. The recommendations below did not enjoy the support of Fiji and would thus be noted:\n\
(a) Do a (Spain);\n(b) Do b (Italy).\n\
100. All conclusions and/or recommendations contained in the present report reflect the position of \
the States.\nAnnex\n101.1. Composition of the delegation (Fiji).\n";

fn summary(text: &str) -> Vec<(String, String, Option<PositionClass>)> {
    good(text.as_bytes())
        .recommendations
        .iter()
        .map(|one| {
            (
                one.paragraph.as_ref().unwrap().to_string(),
                states(one).join(" "),
                one.position.as_ref().map(|position| position.class),
            )
        })
        .collect()
}

#[test]
fn numbered_paragraphs_become_recommendations() {
    use PositionClass::{Noted, Pending, Supported};
    let expected = [
        ("97.1", "TGO", Supported),
        ("97.2", "MLI TCD NOR", Supported),
        ("97.3..1", "KEN", Supported),
        ("97.3..2", "GHA", Supported),
        ("98.1", "FRA", Pending),
        ("99(a)", "ESP", Noted),
        ("99(b)", "ITA", Noted),
    ];
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(paragraph, states, class)| (paragraph.to_owned(), states.to_owned(), Some(class)))
        .collect();
    assert_eq!(summary(REPORT), expected);
    let file = good(REPORT.as_bytes());
    assert_eq!(file.format, Format::ReportText);
    let first = &file.recommendations[0];
    assert_eq!(first.review.to_string(), "FJI-1");
    assert_eq!(first.session, Some(8));
    assert_eq!(first.report_symbol.as_deref(), Some("A/HRC/15/99"));
    assert_eq!(first.text.as_deref(), Some("Sign the Convention (CAT)"));
    assert_eq!(first.language.as_deref(), Some("en"));
    let position = first.position.as_ref().unwrap();
    assert_eq!(position.source.as_deref(), Some("A/HRC/15/99"));
    assert_eq!(position.source_paragraph.as_deref(), Some("97"));
    assert!(position.raw.ends_with("enjoy its support"));
    let broken = file.recommendations[1].text.as_deref().unwrap();
    assert!(broken.starts_with("Ratify the Protocol and report on it regularly (Mali"));
    let [nobody] = &file.rejected[..] else {
        panic!()
    };
    assert_eq!(nobody.reason.key, "exchange-no-state");
    assert_eq!(nobody.cells[1], ("paragraph".to_owned(), "98.2".to_owned()));
}

#[test]
fn line_ends_and_letters_do_not_matter() {
    let expected = summary(REPORT);
    assert_eq!(summary(&REPORT.replace('\n', "\r\n")), expected);
    assert_eq!(summary(&REPORT.replace('\n', "\r")), expected);
    let mut latin = b"\x96 ".to_vec();
    latin.extend(REPORT.as_bytes());
    assert_eq!(good(&latin).recommendations.len(), expected.len());
}

#[test]
fn pasted_paragraphs_are_read_on_one_line() {
    let pasted = "97.1. Do it (Togo); 97.2. Do more (Mali); do less (Chad).";
    assert_eq!(error(pasted.as_bytes()), "exchange-name-the-review");
    let file = read_whole(pasted.as_bytes(), ReviewCode::parse("FJI-1")).unwrap();
    assert_eq!(file.recommendations.len(), 2);
    assert_eq!(states(&file.recommendations[1]), ["MLI", "TCD"]);
    assert_eq!(file.recommendations[0].position, None);
}

#[test]
fn bare_numbers_stand_below_a_sentence() {
    let text = "80. The recommendations below enjoy the support of Fiji, which considers that they \
                are already implemented:\n1. Do it (Togo);\n2. Do more (Mali).\n";
    let file = read_whole(text.as_bytes(), ReviewCode::parse("FJI-1")).unwrap();
    let found: Vec<_> = file
        .recommendations
        .iter()
        .map(|one| {
            (
                one.paragraph.as_ref().unwrap().as_str(),
                one.position.as_ref().unwrap().class,
            )
        })
        .collect();
    let class = PositionClass::SupportedAsImplemented;
    assert_eq!(found, [("1", class), ("2", class)]);
}

#[test]
fn a_report_as_a_word_document_is_read() {
    let body: String = REPORT
        .lines()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    let file = good(&document_of(None, &body));
    assert_eq!(
        (file.format, file.recommendations.len()),
        (Format::ReportText, 7)
    );
    let letter = document_of(
        None,
        "<w:p><w:r><w:t>Dear Sir, 97.1 is wrong.</w:t></w:r></w:p>",
    );
    assert_eq!(error(&letter), "exchange-matrix-no-table");
    assert_eq!(error(&archive(&[("x", b"y")])), "exchange-unknown-format");
}

#[test]
fn other_texts_are_no_reports() {
    for text in [
        "Dear Sir, (Togo)\n",
        "a,b\n97.1,x\n",
        "1. Buy milk\n2. Buy bread\n",
        "97.1 Do it",
    ] {
        assert!(
            error(text.as_bytes()).starts_with("exchange-table"),
            "{text}"
        );
    }
    let other = read_whole(REPORT.as_bytes(), ReviewCode::parse("TGO-1")).unwrap_err();
    assert_eq!(other.key, "exchange-other-review");
}
