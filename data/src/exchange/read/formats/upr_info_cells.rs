//! What the cells of UPR Info's exports hold, taken apart.

use crate::domain::{ActionCategory, Message, Scheme, Term, known_issue};
use crate::exchange::read::values::cells::{MAX_VALUES, heading, lines, one_line, terms};

/// Parts between commas that may be one issue's name.
const MAX_PARTS: usize = 4;

/// The values of a cell of the present database, which separates them by `|` and puts the group of a
/// value in front of it: `Asia-Pacific::Fiji`. Those on lines of their own are values, too.
pub(crate) fn values(cell: &str) -> Vec<String> {
    lines(&cell.replace('|', "\n"))
        .into_iter()
        .map(|value| match value.rsplit_once("::") {
            Some((_, member)) => member.trim().to_owned(),
            None => value,
        })
        .filter(|value| !value.is_empty())
        .collect()
}

/// The issues of a cell. The old database joins them by commas, which names may hold themselves: the
/// longest that is a known name is one issue. Known names are spelt as they are known.
pub(crate) fn issues(cell: &str) -> Result<Vec<Term>, Message> {
    let mut names = Vec::new();
    for value in values(cell) {
        let parts: Vec<&str> = value.split([',', ';']).collect();
        let mut rest = parts.as_slice();
        while let Some((first, others)) = rest.split_first() {
            let known = (1..=rest.len().min(MAX_PARTS)).rev().find_map(|count| {
                let (name, behind) = rest.split_at_checked(count)?;
                Some((known_issue(&name.join(","))?, behind))
            });
            let (name, behind) = known.unwrap_or((first, others));
            rest = behind;
            names.push(name.to_owned());
            if names.len() > MAX_VALUES {
                return Err(Message::new("exchange-values").with("max", MAX_VALUES));
            }
        }
    }
    terms(Scheme::Issue, names)
}

/// The action category: its number, alone or with its name, or its name alone.
pub(crate) fn action_category(cell: &str) -> Result<Option<ActionCategory>, ()> {
    let cell = one_line(cell);
    if cell.is_empty() {
        return Ok(None);
    }
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let by_name = || {
        let name = heading(&cell);
        let place = NAMES.iter().position(|one| name.starts_with(one))?;
        ActionCategory::ALL.get(place).copied()
    };
    ActionCategory::parse(&digits)
        .or_else(by_name)
        .map(Some)
        .ok_or(())
}

/// How the names of the categories begin, in their order.
const NAMES: [&str; 5] = ["minimal", "continu", "consider", "general", "specific"];

#[cfg(test)]
mod tests {
    use super::*;

    fn names(cell: &str) -> Vec<String> {
        issues(cell)
            .unwrap()
            .into_iter()
            .map(|term| term.name)
            .collect()
    }

    #[test]
    fn issues_are_found_between_commas_and_across_them() {
        assert_eq!(
            names("Rights of the Child,Women's rights"),
            ["Rights of the Child", "Women's rights"]
        );
        assert_eq!(
            names("Labour, HIV, Aids, women’s rights , Labour,,Space"),
            ["Labour", "HIV - Aids", "Women's rights", "Space"]
        );
        assert_eq!(
            names("Rights::Labour|Asylum-seekers, refugees|Detention"),
            ["Labour", "Asylum-seekers - refugees", "Detention"]
        );
        assert_eq!(names(" "), [""; 0]);
        assert!(issues(&",".repeat(1 << 20)).is_err());
    }

    #[test]
    fn action_categories_have_numbers_or_names() {
        let number = |cell| action_category(cell).map(|one| one.map(ActionCategory::number));
        assert_eq!(number("5"), Ok(Some(5)));
        assert_eq!(number("4 - General action"), Ok(Some(4)));
        assert_eq!(number("Considering action"), Ok(Some(3)));
        assert_eq!(number("Category 2"), Ok(Some(2)));
        assert_eq!(number(""), Ok(None));
        assert_eq!(number("7"), Err(()));
        assert_eq!(number("some action"), Err(()));
    }
}
