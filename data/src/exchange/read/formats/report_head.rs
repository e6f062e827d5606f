//! The head of a Working Group's report: which State, which session, which symbol.
//!
//! The documents that every report lists at its beginning are named after both:
//! `A/HRC/WG.6/8/BLR/1` is the national report of Belarus in the eighth session. The report's own
//! symbol stands above its title, unless whoever copied the text left it out.

use crate::domain::{Cycle, ReviewCode, StateCode};

/// Where the head ends at the latest, in bytes.
const MAX_HEAD: usize = 30_000;
/// Where the report's own symbol may stand, in bytes; behind that others' are cited.
const MAX_ABOVE: usize = 1_500;
/// What documents of the Working Group begin with.
const WORKING_GROUP: &str = "A/HRC/WG.6/";

/// What the head says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Head {
    /// The review.
    pub(crate) review: Option<ReviewCode>,
    /// The session of the Working Group.
    pub(crate) session: Option<u8>,
    /// The report's symbol.
    pub(crate) symbol: Option<String>,
}

impl Head {
    /// Looks for what it says.
    pub(crate) fn find(text: &str) -> Self {
        let head = beginning(text, MAX_HEAD);
        let mut found = Self {
            symbol: symbol(beginning(text, MAX_ABOVE)),
            ..Self::default()
        };
        for (at, _) in head.match_indices(WORKING_GROUP) {
            let rest = head.get(at + WORKING_GROUP.len()..).unwrap_or_default();
            let mut parts = rest.split(|c: char| !c.is_ascii_alphanumeric());
            let session = parts.next().and_then(|session| session.parse().ok());
            let cycle = session.and_then(Cycle::of_session);
            let Some(cycle) = cycle else { continue };
            if found.session.is_none() {
                found.session = session;
            }
            let state = parts.next().filter(|code| code.len() == 3);
            if let Some(state) = state.and_then(StateCode::parse) {
                found.review = Some(ReviewCode { state, cycle });
                found.session = session;
                break;
            }
        }
        found
    }
}

fn beginning(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The first symbol of the Council's own series: `A/HRC/43/15`.
fn symbol(head: &str) -> Option<String> {
    head.match_indices("A/HRC/").find_map(|(at, start)| {
        let rest = head.get(at + start.len()..)?;
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && c != '/')
            .unwrap_or(rest.len());
        let numbers = rest.get(..end)?;
        let (session, number) = numbers.split_once('/')?;
        let is_number = |text: &str| (1..=3).contains(&text.len()) && !text.contains('/');
        (is_number(session) && is_number(number)).then(|| format!("A/HRC/{session}/{number}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read() {
        let head = Head::find(
            "A/HRC/43/15 Distr.: General. Issued as A/HRC/WG.6/34/L.7. 3. (a) A national report \
             (A/HRC/WG.6/34/SVN/1);",
        );
        assert_eq!(
            head.review.map(|review| review.to_string()),
            Some("SVN-3".to_owned())
        );
        assert_eq!(head.session, Some(34));
        assert_eq!(head.symbol.as_deref(), Some("A/HRC/43/15"));
    }

    #[test]
    fn what_is_not_there_is_not_made_up() {
        assert_eq!(
            Head::find("A/HRC/WG.6/99/SVN/1 A/HRC/RES/5/1"),
            Head::default()
        );
        assert_eq!(Head::find(&"é".repeat(40_000)), Head::default());
        let previous = Head::find("Previously issued as A/HRC/WG.6/8/L.15");
        assert_eq!((previous.review, previous.session), (None, Some(8)));
        assert_eq!(previous.symbol, None);
    }
}
