//! States' replies to their recommendations.

use crate::files::{document, document_of, error, workbook};
use data::domain::{PositionClass, ReviewCode};
use data::exchange::{Format, ReadFile, read_whole};

fn read(bytes: &[u8]) -> ReadFile {
    read_whole(bytes, ReviewCode::parse("FJI-4")).unwrap()
}

fn answers(file: &ReadFile) -> Vec<(String, PositionClass)> {
    assert_eq!(file.format, Format::StateReply);
    let mut all = file.recommendations.iter();
    assert!(all.all(|one| one.is_reply && one.text.is_none() && one.recommending.is_empty()));
    let answer = |one: &data::exchange::Incoming| {
        let paragraph = one.paragraph.as_ref().unwrap().to_string();
        (paragraph, one.position.as_ref().unwrap().class)
    };
    file.recommendations.iter().map(answer).collect()
}

fn expected(all: &[(&str, PositionClass)]) -> Vec<(String, PositionClass)> {
    let owned = |(paragraph, class): &(&str, PositionClass)| ((*paragraph).to_owned(), *class);
    all.iter().map(owned).collect()
}

#[test]
fn tables_are_read() {
    use PositionClass::{Noted, PartiallySupported, Supported};
    let csv = read(b"Paragraph,Position\n104.1,Supported\n\"104.2, 104.4-104.5\",Noted\nTheme: women,\n104.7,Perhaps\n");
    let all = [
        ("104.1", Supported),
        ("104.2", Noted),
        ("104.4", Noted),
        ("104.5", Noted),
    ];
    assert_eq!(answers(&csv), expected(&all));
    let reasons: Vec<_> = csv
        .rejected
        .iter()
        .map(|one| one.reason.key.to_string())
        .collect();
    assert_eq!(
        reasons,
        ["exchange-reply-numbers", "exchange-unknown-position"]
    );
    let rows = [
        ["No.", "Status", "Justification"],
        ["50.5", "Supported in part\nNoted in part", "x"],
    ];
    assert_eq!(
        answers(&read(&workbook(&rows))),
        expected(&[("50.5", PartiallySupported)])
    );
    let annex = document(
        None,
        &[
            &["N", "Recommendation", "Position", "Comments"],
            &["148.1", "Ratify the treaty (Norway)", "Supported", "-"],
            &["148.2", "Fund shelters (Chad)", "Noted", "-"],
        ],
    );
    assert_eq!(
        answers(&read(&annex)),
        expected(&[("148.1", Supported), ("148.2", Noted)])
    );
    // A table of recommendations is none, and neither is one of assessments.
    let own = b"review,paragraph,text,recommending_states,position\nFJI-4,1.1,Do it,NOR,Noted\n";
    assert_eq!(read(own).format, Format::OwnCsv);
    let assessed = b"Paragraph,Status,Rationale\n1.1,Implemented,Seen\n";
    assert_ne!(read(assessed).format, Format::StateReply);
}

#[test]
fn documents_and_texts_are_read() {
    use PositionClass::{Noted, Supported};
    let text = "A/HRC/53/7/Add.1\n5 June 2023\nAddendum\nViews on conclusions and/or recommendations\n\
                1. Fiji supports the following recommendations:\n104.1-104.2\n2. Fiji notes the following \
                recommendations:\n104.3\n";
    let all = [("104.1", Supported), ("104.2", Supported), ("104.3", Noted)];
    let file = read(text.as_bytes());
    assert_eq!(answers(&file), expected(&all));
    let claim = file.recommendations[2].position.as_ref().unwrap();
    assert_eq!(claim.source.as_deref(), Some("A/HRC/53/7/Add.1"));
    assert_eq!(claim.source_paragraph.as_deref(), Some("2"));
    assert_eq!(
        claim.date.clone().map(String::from).as_deref(),
        Some("2023-06-05")
    );
    let paragraphs: String = text
        .lines()
        .map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"))
        .collect();
    assert_eq!(
        answers(&read(&document_of(None, &paragraphs))),
        expected(&all)
    );
    // Tables of a theme each, without headings.
    let tables = document(
        None,
        &[&["50.5", "Supported"], &["50.6", "Noted (see No. 50.5)"]],
    );
    assert_eq!(
        answers(&read(&tables)),
        expected(&[("50.5", Supported), ("50.6", Noted)])
    );
    assert_eq!(error(text.as_bytes()), "exchange-name-the-review");
    assert!(!error(b"Nothing is said here of 104.1 and others.").is_empty());
}
