//! Entries of the history as the program wrote them at some time. Databases hold such entries, and every hash
//! covers the ones before: what is tested here never changes, entries are only added at the end.

use crate::domain::EventKind;
use crate::store::Event;
use crate::store::entities::event;
use crate::store::history::{chain, commitments};
use std::collections::HashSet;

/// Entries separated by empty lines: the code of the kind, then what was there before and afterwards.
const ENTRIES: &str = include_str!("stored_entries.txt");

/// An entry in `ENTRIES`.
struct Stored {
    kind: &'static str,
    before: Option<&'static str>,
    after: Option<&'static str>,
}

fn stored() -> Vec<Stored> {
    let entries = ENTRIES.trim_end().split("\n\n");
    let entries: Vec<_> = entries
        .map(|lines| {
            let (kind, sides) = lines.split_once('\n').unwrap_or((lines, ""));
            let side = |name| sides.lines().find_map(|line| line.strip_prefix(name));
            Stored {
                kind,
                before: side("before "),
                after: side("after "),
            }
        })
        .collect();
    assert!(entries.len() > 50);
    entries
}

/// Reads an entry into its type.
fn read(stored: &Stored) -> Event<'static> {
    let kind = EventKind::parse(stored.kind).expect(stored.kind);
    Event::read(kind, stored.before, stored.after).expect(stored.kind)
}

/// The entries as they are written now, with numbers, times and seeds that are always the same.
fn rows() -> impl Iterator<Item = event::Model> {
    (1..).zip(stored()).map(|(id, stored)| {
        let event = read(&stored).about_assessment("XXA-3", "mid-term", "138.1");
        let seed = Some(format!("{id:032x}"));
        event.into_row(id, 1_700_000_000_000 + id, "anna".to_owned(), seed)
    })
}

#[test]
fn every_entry_is_written_as_it_was_read() {
    for (row, stored) in rows().zip(stored()) {
        assert_eq!(row.kind, stored.kind);
        assert_eq!(row.before.as_deref(), stored.before, "{}", stored.kind);
        assert_eq!(row.after.as_deref(), stored.after, "{}", stored.kind);
    }
}

#[test]
fn entries_of_every_kind_are_tested() {
    let tested: HashSet<_> = stored().iter().map(|stored| read(stored).kind()).collect();
    let missing: Vec<_> = EventKind::ALL
        .iter()
        .filter(|kind| !tested.contains(kind))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn entries_that_are_not_as_their_kind_should_be_are_not_read() {
    let saved = EventKind::AssessmentSaved;
    for after in [None, Some("{}"), Some("no JSON"), Some(r#""fox""#)] {
        assert_eq!(Event::read(saved, None, after), None, "{after:?}");
    }
}

/// The last hashes were computed by another program from the descriptions of both formats.
#[test]
fn the_hashes_of_a_history_stay_the_same() {
    let (mut plain, mut committed) = (String::new(), String::new());
    for row in rows() {
        plain = chain::hash(&plain, &row);
        committed = commitments::hash(&committed, &row).unwrap();
    }
    assert_eq!(
        plain,
        "b4f42ba78dd119770bf9afdfd0d2e32f0afabe091c4ec496168e25c8f589d2da"
    );
    assert_eq!(
        committed,
        "0f7250b7252ffa77b76c2823511c1a1b8e3b09f3687d2c418369941664931d4c"
    );
}
