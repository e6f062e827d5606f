//! The status that a comment begins with: `Partially implemented: the bill is before parliament`.

use crate::domain::{Scale, states::fold};
use crate::exchange::read::values::cells::one_line;
use crate::exchange::read::values::status_words::{is_question, is_wording};

/// Returns true if a text is one of these labels and codes, however its letters are written; "Implemented?" is none.
pub(crate) fn is_label(text: &str, statuses: &[String]) -> bool {
    let lower = text.trim().to_lowercase();
    let plain = fold(text);
    statuses.iter().any(|status| {
        status.trim().to_lowercase() == lower
            || !plain.is_empty() && !is_question(text) && fold(status) == plain
    })
}

/// The label or code of a status that a text begins with, one of these or of a built-in scale, and what
/// follows. A label
/// counts only where punctuation or the line's end closes it: "Implemented in part" is not
/// "Implemented".
pub(crate) fn status_and_rest<'a>(
    comment: &'a str,
    statuses: &[String],
) -> Option<(String, &'a str)> {
    let comment = comment.trim();
    let mut found: Option<(String, &str)> = None;
    let built_in: Vec<String> = Scale::built_in()
        .into_iter()
        .flat_map(|scale| scale.statuses)
        .flat_map(|status| [status.label, status.code])
        .collect();
    for label in statuses.iter().chain(&built_in) {
        let Some((head, rest)) = split_ignoring_case(comment, label) else {
            continue;
        };
        let closed = rest.is_empty()
            || rest.starts_with([':', '.', ';', ',', '–', '—', '\n', '('])
            || rest.trim_start().starts_with(['-', '–', '—', '(', ':']);
        // "Implemented (partially)" and "Implemented; not implemented" are not "Implemented".
        let mut pieces = rest.split(['(', ')', ':', '.', ';', ',', '–', '—', '\n']);
        let further = pieces.find(|piece| !piece.trim_matches(['-', ' ']).is_empty());
        if further.is_some_and(is_wording) {
            continue;
        }
        let longer = found.as_ref().is_none_or(|(one, _)| one.len() < head.len());
        if closed && longer && !head.is_empty() {
            let rest = rest.trim_start_matches([':', '.', ';', ',', '-', '–', '—', '\n', ' ']);
            found = Some((one_line(head), rest.trim()));
        }
    }
    found
}

fn split_ignoring_case<'a>(text: &'a str, label: &str) -> Option<(&'a str, &'a str)> {
    let head = text.get(..label.len())?;
    let rest = text.get(label.len()..)?;
    (head.to_lowercase() == label.to_lowercase()).then_some((head, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_no_label() {
        let statuses = ["Implemented".to_owned(), "Agreed?".to_owned()];
        assert!(is_label("implemented.", &statuses));
        assert!(!is_label("Implemented?", &statuses));
        assert!(is_label("agreed?", &statuses));
    }

    #[test]
    fn labels_are_split_off() {
        let own = ["Largely done".to_owned(), "Выполнено".to_owned()];
        let split =
            |text| status_and_rest(text, &own).map(|(status, rest)| (status, rest.to_owned()));
        let some = |status: &str, rest: &str| Some((status.to_owned(), rest.to_owned()));
        assert_eq!(split("Implemented"), some("Implemented", ""));
        assert_eq!(
            split("PARTIALLY implemented: a bill.\nMore"),
            some("PARTIALLY implemented", "a bill.\nMore")
        );
        assert_eq!(
            split("Not implemented – no law"),
            some("Not implemented", "no law")
        );
        // A scale of one's own.
        assert_eq!(split("largely done: a law"), some("largely done", "a law"));
        assert_eq!(split("ВЫПОЛНЕНО; закон"), some("ВЫПОЛНЕНО", "закон"));
        assert_eq!(split("Implemented in part"), None);
        assert_eq!(split("Implemented (partially)"), None);
        assert_eq!(split("Implemented; not implemented"), None);
        assert_eq!(split("Implemented?"), None);
        assert_eq!(split("The law was adopted"), None);
        assert_eq!(split(""), None);
    }
}
