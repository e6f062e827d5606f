//! Goals and targets that stand together in one value of a cell.

use crate::domain::Message;
use crate::exchange::read::values::cells::{folded, shortened};

/// How many targets with a number and how many with a letter each goal has, from the first goal on.
const TARGETS: [(u8, u8); 17] = [
    (5, 2),
    (5, 3),
    (9, 4),
    (7, 3),
    (6, 3),
    (6, 2),
    (3, 2),
    (10, 2),
    (5, 3),
    (7, 3),
    (7, 3),
    (8, 3),
    (3, 2),
    (7, 3),
    (9, 3),
    (10, 2),
    (19, 0),
];

/// Words before the number of a goal.
const LABELS: [&str; 9] = [
    "sdg", "sdgs", "goal", "target", "odd", "ods", "цур", "cible", "meta",
];

/// The number in front of a value, and what follows it: `16.3` of "SDG 16.3 Rule of law".
fn number(value: &str) -> Option<(&str, &str)> {
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let (label, rest) = value.split_at_checked(start)?;
    let label = folded(label);
    if !label.is_empty() && !label.split(' ').all(|word| LABELS.contains(&word)) {
        return None;
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    let (number, behind) = rest.split_at_checked(end.unwrap_or(rest.len()))?;
    Some((number.trim_end_matches('.'), behind))
}

/// Returns true if there is a goal, a target or an indicator of this number.
fn is_known(number: &str) -> bool {
    let mut parts = number.split('.');
    let goal = parts.next().and_then(|goal| goal.parse::<usize>().ok());
    let Some((numbered, lettered)) = goal
        .and_then(|goal| goal.checked_sub(1))
        .and_then(|at| TARGETS.get(at))
    else {
        return false;
    };
    let is_target = |target: &str| match (target.parse::<u8>(), target.as_bytes()) {
        (Ok(target), _) => (1..=*numbered).contains(&target),
        (_, [letter]) => {
            let place = letter.to_ascii_lowercase().checked_sub(b'a');
            place.is_some_and(|place| place < *lettered)
        }
        _ => false,
    };
    let is_indicator = |part: &str| part.parse::<u8>().is_ok_and(|part| part > 0);
    parts.next().is_none_or(is_target)
        && parts.next().is_none_or(is_indicator)
        && parts.next().is_none()
}

/// Goals and targets, each apart: "5, 16" and "SDG 5 | SDG 16" are two. A number that no goal or target has is refused.
pub(crate) fn goals(values: Vec<String>) -> Result<Vec<String>, Message> {
    let mut goals = Vec::new();
    for value in values {
        let parts: Vec<&str> = value.split([',', '|', '、', '，']).map(str::trim).collect();
        let is_bare = |part: &&str| {
            part.is_empty() || number(part).is_some_and(|(_, behind)| behind.trim().is_empty())
        };
        // "5 Achieve gender equality, and empower women" is one.
        let parts = if parts.iter().all(is_bare) {
            parts
        } else {
            value.split('|').map(str::trim).collect()
        };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            if number(part).is_some_and(|(number, _)| !is_known(number)) {
                return Err(Message::new("exchange-goal").with("value", shortened(part)));
            }
            goals.push(part.to_owned());
        }
    }
    Ok(goals)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(value: &str) -> Result<Vec<String>, String> {
        goals(vec![value.to_owned()]).map_err(|wrong| wrong.key.into_owned())
    }

    #[test]
    fn goals_are_split_and_have_to_exist() {
        for (value, expected) in [
            ("5, 16", &["5", "16"][..]),
            ("SDG 5 | SDG 16", &["SDG 5", "SDG 16"]),
            ("16.3,17.19", &["16.3", "17.19"]),
            ("4.a", &["4.a"]),
            ("16.3.2", &["16.3.2"]),
            (
                "5 Achieve equality, and empower women",
                &["5 Achieve equality, and empower women"],
            ),
            ("SDG 16 - Peace, justice", &["SDG 16 - Peace, justice"]),
            ("Gender equality", &["Gender equality"]),
        ] {
            assert_eq!(split(value).unwrap(), expected, "{value}");
        }
        for value in ["18", "0", "16.99", "17.a", "SDG 99", "5, 18", "5.1.1.1"] {
            assert_eq!(split(value).unwrap_err(), "exchange-goal", "{value}");
        }
    }
}
