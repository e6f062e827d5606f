//! JSON: the dump of the index and our own files.

use crate::files::{error, good, states, terms};
use data::domain::{PositionClass, ReviewCode};
use data::exchange::{
    Format, Incoming, IncomingAssessment, ReadFailure, ReadOptions, Rejected, Sink, Stopped, read,
    read_whole,
};
use std::io::{self, Cursor, Read, Seek, SeekFrom};

/// An object of the dump: text, country, body, States, positions, session, cycle.
fn object(text: &str, body: &str, states: &str, rest: &str) -> String {
    format!(
        "{{\"AffectedPersons\": [\"Women & girls\"], \"AnnotationId\": \"a9ce\", \
         \"AnnotationType\": \"- Recommendations\", \"Body\": \"{body}\", \
         \"Countries\": [\"Belarus\"], \"DocumentId\": \"41\", \"Regions\": [], \
         \"PublicationDate\": \"2021-01-04T00:00:00\", \"Sdgs\": [\"16.2 - Protect\"], \
         \"Symbol\": \"A/HRC/46/5\", \"Text\": \"{text}\", \"Themes\": [\"A12 Norms\", \"Labour\"], \
         \"UprRecommendingCountry\": [{states}], \"UprRecommendingRegions\": [], {rest}}}"
    )
}

const SUPPORTED: &str = "\"UprCycle\": \"3rd cycle\", \"UprPositions\": [\"Supported\"], \"UprSession\": [\"36th Session\"]";

#[test]
fn an_object_of_the_index_becomes_a_recommendation() {
    let one = object(
        "138.27. Ratify the Convention&rsquo;s\\nprotocol (CEDAW) (Norway);",
        "- UPR",
        "\"Norway\", \"Fiji\"",
        SUPPORTED,
    );
    let other = object(
        "4.Recalls",
        "- CRC",
        "",
        "\"UprCycle\": null, \"UprPositions\": []",
    );
    let both =
        "\"UprPositions\": [\"Supported\", \"Noted\"], \"UprCycle\": \"3\", \"UprSession\": []";
    let second = object("138.28 Do it (Togo)", "UPR", "", both);
    let file = good(format!("\u{feff}[{one},\n{other},{second}]").as_bytes());
    assert_eq!((file.format, &*file.rejected), (Format::UhriJson, &[][..]));
    assert_eq!(file.skipped, 1);
    let one = &file.recommendations[0];
    assert_eq!((one.row, one.review.to_string().as_str()), (1, "BLR-3"));
    assert_eq!(one.session, Some(36));
    assert_eq!(one.paragraph.as_ref().unwrap().as_str(), "138.27");
    assert_eq!(
        one.text.as_deref(),
        Some("Ratify the Convention’s protocol (CEDAW)")
    );
    assert_eq!(states(one), ["NOR", "FJI"]);
    assert_eq!(one.report_symbol.as_deref(), Some("A/HRC/46/5"));
    assert_eq!(one.source_id.as_deref(), Some("a9ce"));
    assert_eq!(
        terms(one),
        [
            "theme: A12 Norms",
            "theme: Labour",
            "affected_persons: Women & girls",
            "sdg: 16.2 - Protect"
        ]
    );
    assert_eq!(
        one.position.as_ref().unwrap().class,
        PositionClass::Supported
    );
    let second = &file.recommendations[1];
    assert_eq!(
        (second.row, second.review.to_string().as_str()),
        (3, "BLR-3")
    );
    assert_eq!(
        second.position.as_ref().unwrap().class,
        PositionClass::PartiallySupported
    );
}

#[test]
fn one_broken_object_spoils_no_other() {
    let fine = object("1.1 Do it (Togo)", "UPR", "", SUPPORTED);
    let long = object(&"x".repeat(2 << 20), "UPR", "", SUPPORTED);
    let deep = format!("{{\"Text\": {}{}}}", "[".repeat(40), "]".repeat(40));
    let text = format!(
        "[{fine},{{\"Text\": nonsense}},7,{long},{deep},{{}},{}]",
        fine.replace("1.1", "1.2").replace("Togo", "Tgoo")
    );
    let file = good(text.as_bytes());
    let found: Vec<_> = file
        .rejected
        .iter()
        .map(|one| (one.row, &*one.reason.key))
        .collect();
    assert_eq!(
        found,
        [
            (2, "exchange-json-object"),
            (3, "exchange-json-object"),
            (4, "exchange-json-too-long"),
            (5, "exchange-json-too-deep"),
            (6, "exchange-countries"),
            (7, "exchange-unknown-state-nearest"),
        ]
    );
    assert_eq!(file.rejected[5].column.as_deref(), Some("Text"));
    assert!(
        file.rejected[5]
            .cells
            .iter()
            .any(|(name, _)| name == "UprPositions")
    );
    assert_eq!(file.recommendations.len(), 1);
    let not_utf8 = [b"[".as_slice(), fine.as_bytes(), b",{\"Text\": \"\xFF\"}]"].concat();
    assert_eq!(
        &*good(&not_utf8).rejected[0].reason.key,
        "exchange-json-object"
    );
}

#[test]
fn texts_that_are_none_of_these_are_errors() {
    for (text, key) in [
        ("[]", "exchange-no-rows"),
        ("{}", "exchange-json-lists"),
        ("{\"recommendations\": []}", "exchange-no-rows"),
        ("{\"recommendations\": {}}", "exchange-json-lists"),
        ("[{\"a\": 1}]", "exchange-unknown-format"),
        ("[1, 2]", "exchange-json-lists"),
        ("[", "exchange-json-damaged"),
        ("[{\"Text\": \"", "exchange-json-damaged"),
        ("{\"recommendations\": [{}", "exchange-json-line"),
        ("{\\rtf1}", "exchange-unknown-format"),
    ] {
        assert_eq!(error(text.as_bytes()), key, "{text}");
    }
    let cut = format!("[{},", object("1.1 Do it (Togo)", "UPR", "", SUPPORTED));
    assert_eq!(error(cut.as_bytes()), "exchange-json-damaged");
}

#[test]
fn our_own_objects_may_be_short() {
    let text = "{\"recommendations\": [\
        {\"review\": \"BLR-3\", \"paragraph\": \"1.1\", \"recommending_states\": [\"Togo\", \"FJI\"], \
         \"text\": \"=x\", \"position\": \"noted\", \"issues\": [\"a; b\", \"c\"], \"action_category\": 3},\
        {\"paragraph\": 2.5, \"recommending_states\": \"Togo\", \"text\": \"y\"}]}";
    let file = good(text.as_bytes());
    assert_eq!(file.format, Format::OwnJson);
    let one = &file.recommendations[0];
    assert_eq!(
        (one.text.as_deref(), states(one)),
        (Some("=x"), vec!["TGO", "FJI"])
    );
    assert_eq!(terms(one), ["issue: a; b", "issue: c"]);
    assert_eq!(
        (file.rejected[0].row, &*file.rejected[0].reason.key),
        (2, "exchange-unknown-review")
    );
    let file = read_whole(text.as_bytes(), ReviewCode::parse("BLR-3")).unwrap();
    assert_eq!(
        file.recommendations[1].paragraph.as_ref().unwrap().as_str(),
        "2.5"
    );
}

/// A dump that is longer than what may be read whole, made while it is read: the same object again and
/// again, with another mechanism's in between.
struct Endless {
    pattern: Vec<u8>,
    at: u64,
    length: u64,
}

impl Read for Endless {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let of = u64::try_from(self.pattern.len()).unwrap();
        let mut filled = 0;
        while filled < out.len() && self.at < self.length {
            let piece = match self.at {
                0 => &b"["[..],
                at if at + 1 == self.length => b"]",
                at => {
                    let start = usize::try_from((at - 1) % of).unwrap();
                    let most = usize::try_from(self.length - 1 - at).unwrap();
                    let end = self.pattern.len().min(start.saturating_add(most));
                    &self.pattern[start..end]
                }
            };
            let length = piece.len().min(out.len() - filled);
            out[filled..filled + length].copy_from_slice(&piece[..length]);
            self.at += u64::try_from(length).unwrap();
            filled += length;
        }
        Ok(filled)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(_) => self.length,
            SeekFrom::Current(_) => self.at,
        };
        Ok(self.at)
    }
}

#[derive(Default)]
struct Counts {
    recommendations: u64,
    skipped: u64,
    last: (u64, u64),
    stop_after: Option<u64>,
}

impl Sink for Counts {
    fn recommendation(&mut self, _: Incoming) -> Result<(), Stopped> {
        self.recommendations += 1;
        if self.stop_after == Some(self.recommendations) {
            return Err(Stopped);
        }
        Ok(())
    }
    fn assessment(&mut self, one: IncomingAssessment) -> Result<(), Stopped> {
        panic!("{one:?}")
    }
    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        panic!("{one:?}")
    }
    fn skipped(&mut self, kind: &str) -> Result<(), Stopped> {
        assert_eq!(kind, "CRC");
        self.skipped += 1;
        Ok(())
    }
    fn progress(&mut self, done: u64, of: u64) -> Result<(), Stopped> {
        assert!(self.last.0 < done && done <= of);
        self.last = (done, of);
        Ok(())
    }
}

fn endless(objects: u64) -> Endless {
    let one = object("1.1 Do it (Togo)", "UPR", "", SUPPORTED);
    let padding = "x".repeat(900_000);
    let other = object(&padding, "- CRC", "", "\"UprCycle\": null");
    let pattern = format!("{one},{other},").into_bytes();
    let length = u64::try_from(pattern.len()).unwrap() * objects + 1;
    Endless {
        pattern,
        at: 0,
        // The last comma gives its place to the closing bracket.
        length,
    }
}

#[test]
fn a_dump_longer_than_any_whole_file_is_read_to_its_end_and_can_be_left_off() {
    let mut counts = Counts::default();
    let dump = endless(80);
    assert!(dump.length > u64::try_from(data::exchange::MAX_FILE).unwrap());
    read(dump, &ReadOptions::default(), &mut counts).unwrap();
    assert_eq!((counts.recommendations, counts.skipped), (80, 80));
    let mut counts = Counts {
        stop_after: Some(3),
        ..Counts::default()
    };
    let stopped = read(endless(80), &ReadOptions::default(), &mut counts);
    assert_eq!(stopped, Err(ReadFailure::Stopped));
    assert_eq!((counts.recommendations, counts.skipped), (3, 2));
    let too_long = Endless {
        length: data::exchange::MAX_STREAMED + 1,
        ..endless(1)
    };
    let mut counts = Counts::default();
    let refused = read(too_long, &ReadOptions::default(), &mut counts);
    let Err(ReadFailure::Refused(refusal)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(&*refusal.message().key, "exchange-too-large");
    assert!(read(Cursor::new(b"["), &ReadOptions::default(), &mut counts).is_err());
}

#[test]
fn assessments_beside_the_index_are_not_lost_in_a_round() {
    let with = format!("{SUPPORTED}, \"Status\": \"implemented\", \"Rationale\": \"A law\"");
    let one = object("138.27. Ratify it (Norway);", "- UPR", "\"Norway\"", &with);
    let own = "{\"paragraph\": \"1.1\", \"recommending_states\": [\"Togo\"], \"text\": \"Do it\", \
               \"review\": \"BLR-3\", \"status\": \"implemented\"}";
    for text in [one.as_str(), own] {
        let file = format!("[{text}]");
        assert!(read_whole(file.as_bytes(), ReviewCode::parse("BLR-3")).is_ok());
        let options = ReadOptions {
            statuses: vec!["implemented".to_owned()],
            ..ReadOptions::of_review(ReviewCode::parse("BLR-3"))
        };
        let refused = read(
            Cursor::new(file.as_bytes()),
            &options,
            &mut Counts::default(),
        );
        let Err(ReadFailure::Refused(refusal)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(refusal.message().key, "exchange-json-assessments");
        assert!(!refusal.wants_mapping());
    }
}

#[test]
fn the_source_of_a_position_may_be_a_text() {
    let with = |source: &str| {
        let own = format!(
            "[{{\"paragraph\": \"1.1\", \"recommending_states\": [\"Togo\"], \"text\": \"Do it\", \
             \"review\": \"BLR-3\", \"position\": \"Supported\", \"position_source\": {source}}}]"
        );
        read_whole(own.as_bytes(), None).unwrap()
    };
    let letter = "Letter of the Ministry, 3 March 2026";
    for source in [
        format!("\"{letter}\""),
        format!("{{\"source\": \"{letter}\", \"raw\": null}}"),
    ] {
        let file = with(&source);
        let position = file.recommendations[0].position.as_ref().unwrap();
        assert_eq!(position.source.as_deref(), Some(letter), "{source}");
    }
    // Of several languages none is taken for the whole.
    for (source, expected) in [
        ("{\"en\": \"Letter\", \"fr\": \"Lettre\"}", Err(())),
        ("{\"value\": \"Letter\", \"page\": 3}", Err(())),
        ("{\"en\": \"Letter\", \"fr\": null}", Ok("Letter")),
        ("{\"text\": \"Letter\"}", Ok("Letter")),
    ] {
        let own = format!(
            "[{{\"paragraph\": \"1.1\", \"recommending_states\": [\"Togo\"], \"text\": {source}, \
             \"review\": \"BLR-3\"}}]"
        );
        let file = read_whole(own.as_bytes(), None).unwrap();
        if let Ok(text) = expected {
            assert_eq!(file.recommendations[0].text.as_deref(), Some(text));
        } else {
            assert!(file.recommendations.is_empty(), "{source}");
            assert_eq!(file.rejected[0].reason.key, "exchange-json-nested");
        }
    }
    // A part of which nothing is known is not stepped over.
    let file = with("{\"source\": \"A/HRC/46/5\", \"page\": 3}");
    assert!(file.recommendations.is_empty());
    assert_eq!(file.rejected[0].reason.key, "exchange-json-nested");
}
