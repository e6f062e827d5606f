//! The status that a comment begins with: `Partially implemented: the bill is before parliament`.

use super::values::one_line;
use crate::domain::Scale;

/// The label or code of a built-in scale's status that a text begins with, and what follows. A label
/// counts only where punctuation or the line's end closes it: "Implemented in part" is not
/// "Implemented".
pub(super) fn status_and_rest(comment: &str) -> Option<(String, &str)> {
    let comment = comment.trim();
    let mut found: Option<(String, &str)> = None;
    for scale in Scale::built_in() {
        for status in scale.statuses {
            for label in [&status.label, &status.code] {
                let Some((head, rest)) = split_ignoring_case(comment, label) else {
                    continue;
                };
                let closed = rest.is_empty()
                    || rest.starts_with([':', '.', ';', ',', '–', '—', '\n', '('])
                    || rest.trim_start().starts_with(['-', '–', '—', '(', ':']);
                let longer = found.as_ref().is_none_or(|(one, _)| one.len() < head.len());
                if closed && longer {
                    let rest =
                        rest.trim_start_matches([':', '.', ';', ',', '-', '–', '—', '\n', ' ']);
                    found = Some((one_line(head), rest.trim()));
                }
            }
        }
    }
    found
}

fn split_ignoring_case<'a>(text: &'a str, label: &str) -> Option<(&'a str, &'a str)> {
    let head = text.get(..label.len())?;
    let rest = text.get(label.len()..)?;
    head.eq_ignore_ascii_case(label).then_some((head, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_split_off() {
        let split = |text| status_and_rest(text).map(|(status, rest)| (status, rest.to_owned()));
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
        assert_eq!(split("Implemented in part"), None);
        assert_eq!(split("The law was adopted"), None);
        assert_eq!(split(""), None);
    }
}
