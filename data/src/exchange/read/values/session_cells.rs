//! The session of the Working Group that a cell names.
//!
//! A cell may hold other numbers: a date, a year, the symbol of a document, or a session of the Human Rights Council,
//! whose numbers overlap with those of the Working Group. A cell that does not name one session is refused.

use crate::exchange::read::formats::reply_head::is_month;

/// What names the Human Rights Council.
const COUNCIL: [&str; 7] = [
    "hrc",
    "human rights council",
    "droits de l",
    "derechos humanos",
    "правам человека",
    "حقوق الإنسان",
    "人权理事会",
];

/// What names the Working Group or the review.
const REVIEW: [&str; 14] = [
    "upr",
    "epu",
    "wg.6",
    "wg6",
    "wg 6",
    "periodic",
    "working group",
    "groupe de travail",
    "grupo de trabajo",
    "рабоч",
    "упо",
    "الفريق العامل",
    "الاستعراض الدوري",
    "工作组",
];

/// What the words for "session" begin with, or in Arabic and Chinese hold.
const SESSION: [&str; 3] = ["sess", "sesi", "сесс"];
const SESSION_WITHIN: [&str; 2] = ["دورة", "届"];

/// The session that a cell names: `36`, `36th Session (2020)`, `UPR 36 – May 2020`, `A/HRC/WG.6/36/L.3`. `None` if it
/// names none or several, or one of the Council.
pub(crate) fn session_number(cell: &str) -> Option<u8> {
    let lower = cell.trim().to_lowercase();
    let lower = lower.strip_suffix(".0").unwrap_or(&lower);
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if holds(&COUNCIL) && !holds(&REVIEW) {
        return None;
    }
    let symbol = ["wg.6", "wg6", "wg 6"].iter().find_map(|symbol| {
        let (before, behind) = lower.split_once(symbol)?;
        Some((before, behind.trim_start_matches(['/', '-', '.', ' '])))
    });
    match symbol {
        Some((_, behind)) if behind.starts_with(|c: char| c.is_ascii_digit()) => {
            let end = behind.find(|c: char| !c.is_ascii_digit());
            behind.get(..end.unwrap_or(behind.len()))?.parse().ok()
        }
        Some((before, behind)) => of_parts(&format!("{before}, {behind}")),
        None => of_parts(lower),
    }
}

/// The one number of the parts of a cell that is a session: those beside the word "session" count before others.
fn of_parts(lower: &str) -> Option<u8> {
    let (mut named, mut bare) = (Vec::new(), Vec::new());
    let lower = [" - ", " – ", " — "]
        .iter()
        .fold(lower.to_owned(), |text, dash| text.replace(dash, ", "));
    for part in lower.split([
        ',', ';', ':', '(', ')', '[', ']', '\n', '،', '；', '（', '）', '，',
    ]) {
        let mut words = part.split(|c: char| !c.is_alphabetic());
        let has_month = words.any(|word| !word.is_empty() && is_month(word));
        let runs = runs(part);
        let has_year = runs.iter().any(|run| run.digits.len() == 4);
        for run in runs.iter().filter(|run| run.digits.len() != 4) {
            if run.is_beside_session() {
                named.push(run.digits);
            } else if !(has_month || has_year && run.is_joined()) {
                bare.push(run.digits);
            }
        }
    }
    let (first, further) = if named.is_empty() {
        bare.split_first()?
    } else {
        named.split_first()?
    };
    let number: u8 = first.parse().ok()?;
    let is_same = |other: &&str| other.parse() == Ok(number);
    further.iter().all(is_same).then_some(number)
}

/// Digits with what stands before and behind them.
struct Run<'a> {
    before: &'a str,
    digits: &'a str,
    behind: &'a str,
}

fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(start) = rest.find(|c: char| c.is_ascii_digit())
    {
        let start = at + start;
        let rest = text.get(start..).unwrap_or_default();
        let length = rest.find(|c: char| !c.is_ascii_digit());
        let end = start + length.unwrap_or(rest.len());
        if let (Some(before), Some(digits), Some(behind)) =
            (text.get(..start), text.get(start..end), text.get(end..))
        {
            runs.push(Run {
                before,
                digits,
                behind,
            });
        }
        at = end;
    }
    runs
}

fn is_session(word: &str) -> bool {
    SESSION.iter().any(|begin| word.starts_with(begin))
        || SESSION_WITHIN.iter().any(|part| word.contains(part))
}

impl Run<'_> {
    /// Whether the word "session" stands beside it: "36th session", "session no. 36".
    fn is_beside_session(&self) -> bool {
        // The ending of an ordinal number, "no." and "of" may stand between.
        let near = |words: &mut dyn Iterator<Item = &str>| {
            let mut words = words.filter(|word| !word.is_empty()).take(2);
            let first = words.next().unwrap_or_default();
            let is_short = first.chars().count() <= 3;
            is_session(first) || is_short && words.next().is_some_and(is_session)
        };
        let is_no_letter = |c: char| !c.is_alphabetic();
        let mut behind = self.behind.split(is_no_letter);
        let mut next = behind.clone().filter(|word| !word.is_empty());
        let is_day = next.next().is_some_and(is_month);
        near(&mut behind) || !is_day && near(&mut self.before.split(is_no_letter).rev())
    }

    /// Whether it is joined to another number, as the month of "5/2020" and the day of "2020-11-02".
    fn is_joined(&self) -> bool {
        let sign = |c: char| "/.-".contains(c);
        let behind = self.behind.strip_prefix(sign);
        let before = self.before.strip_suffix(sign);
        behind.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()))
            || before.is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()))
    }
}

#[cfg(test)]
mod tests {
    use super::session_number;

    #[test]
    fn one_session_of_the_working_group_is_read() {
        for cell in [
            "36",
            "36.0",
            "036",
            "36th",
            "UPR36",
            "EPU 36",
            "36th Session",
            "- 36th Session (2020)",
            "Session 36 (2–13 November 2020)",
            "36 (May 2020)",
            "36 - May 2020",
            "36, 2 November 2020",
            "Session no. 36",
            "WG.6/36",
            "A/HRC/WG.6/36/L.3",
            "36th session of the UPR Working Group",
            "UPR Working Group of the Human Rights Council: 36th session",
            "36e session du Groupe de travail",
            "36-я сессия",
            "الدورة 36",
            "第36届会议",
        ] {
            assert_eq!(session_number(cell), Some(36), "{cell}");
        }
    }

    #[test]
    fn other_numbers_are_no_session() {
        for cell in [
            "",
            "none",
            "HRC 46",
            "A/HRC/46/5",
            "46th session of the Human Rights Council",
            "Conseil des droits de l’homme, 46e session",
            "2 November 2020",
            "2nd November 2020",
            "November 2, 2020",
            "2020-11-02",
            "02/11/2020",
            "5/2020",
            "Nov-20",
            "2020",
            "44137",
            "36 and 37",
            "36/37",
            "Sessions 36 and 37",
            "session 9999",
        ] {
            assert_eq!(session_number(cell), None, "{cell}");
        }
    }
}
