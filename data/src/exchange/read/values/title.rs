//! The page header of OHCHR's matrices: `UPR of China (2nd Cycle – 17th session)`.

use crate::domain::{Cycle, ReviewCode, StateCode};
use crate::exchange::read::values::cells::{first_number, one_line};
use crate::exchange::read::values::names::resolve_name;

/// Where a title is looked for, in characters from the beginning.
const MAX_ABOVE: usize = 4_000;

/// What a page header says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Title {
    /// The review.
    pub(crate) review: ReviewCode,
    /// The session, if it is one of that cycle.
    pub(crate) session: Option<u8>,
}

impl Title {
    /// Finds the title in a text, if it is there and names a State and a cycle that exist.
    pub(crate) fn find(text: &str) -> Option<Self> {
        let text: String = text.chars().take(MAX_ABOVE).collect();
        let text = one_line(&text);
        // Only ASCII letters change, so places in the one are places in the other.
        let lower = text.to_ascii_lowercase();
        let start = lower.find("upr of ")? + "upr of ".len();
        let cycle_at = start + lower.get(start..)?.find("cycle")?;
        let before = text.get(start..cycle_at)?;
        // A State's own name may have brackets: the last ones before "cycle" are the title's.
        let (name, cycle) = before.rsplit_once('(')?;
        let state: StateCode = resolve_name(name.trim()).ok()?;
        let behind = lower.get(cycle_at + "cycle".len()..)?;
        let inside = behind.split(')').next().unwrap_or(behind);
        let session = first_number(inside);
        // "(2nd Cycle – 17th session)", "(cycle 2, session 17)" and "(2nd cycle)".
        let (cycle, session) = match (first_number(cycle), session) {
            (Some(cycle), session) => (cycle, session),
            (None, Some(cycle)) => (
                cycle,
                inside
                    .split_once("session")
                    .and_then(|(_, rest)| first_number(rest)),
            ),
            (None, None) => return None,
        };
        let cycle = Cycle::new(cycle)?;
        let session = session.filter(|session| Cycle::of_session(*session) == Some(cycle));
        Some(Self {
            review: ReviewCode { state, cycle },
            session,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found() {
        let find = |text| Title::find(text).map(|t| (t.review.to_string(), t.session));
        let found = |review: &str, session| Some((review.to_owned(), session));
        assert_eq!(
            find("UPR of China (2nd Cycle – 17th session)\t\tThematic list"),
            found("CHN-2", Some(17))
        );
        assert_eq!(
            find("UPR of Slovenia (3rd Cycle - 34th Session)"),
            found("SVN-3", Some(34))
        );
        assert_eq!(
            find("UPR of Iran (Islamic Republic of) (cycle 3, session 34)"),
            found("IRN-3", Some(34))
        );
        assert_eq!(find("UPR of Fiji (3rd cycle)"), found("FJI-3", None));
        assert_eq!(
            find("UPR of Fiji (3rd cycle - 17th session)"),
            found("FJI-3", None)
        );
        assert_eq!(find("UPR of Atlantis (3rd cycle)"), None);
        assert_eq!(find("UPR of Fiji (9th cycle)"), None);
        assert_eq!(find("UPR of cycle"), None);
        assert_eq!(find(""), None);
    }
}
