//! What a person has said about values of a file that are not known: put in their place before the row is read.

use crate::domain::{PositionClass, StateCode};
use crate::exchange::read::values::cells::{one_line, shortened};
use crate::exchange::{MappedField, Mapping};
use std::borrow::Cow;

/// The cells of a row with known values in place of unknown ones.
pub(crate) struct Substituted<'a> {
    /// The cells.
    pub(crate) cells: Cow<'a, [String]>,
    /// The class that the response means, and its own words.
    pub(crate) position: Option<(PositionClass, String)>,
}

/// The cells of a row as a mapping understands their values; otherwise what to call the row, which is left out.
/// `places` are those of the columns whose values can be mapped; that of the text is for the names of States in it.
pub(crate) fn substituted<'a>(
    mapping: &Mapping,
    places: &[(MappedField, usize)],
    headings: &[String],
    cells: &'a [String],
) -> Result<Substituted<'a>, String> {
    let mut found = Substituted {
        cells: Cow::Borrowed(cells),
        position: None,
    };
    if mapping.values.is_empty() {
        return Ok(found);
    }
    for (field, at) in places {
        let Some(cell) = cells.get(*at).filter(|cell| !cell.trim().is_empty()) else {
            continue;
        };
        let leave_out = |value: &str| {
            let heading = headings.get(*at).map_or("", |heading| heading.trim());
            shortened(&format!("{heading}: {}", one_line(value)))
        };
        let replaced = match field {
            MappedField::RecommendingStates => in_list(mapping, cell).map_err(leave_out)?,
            MappedField::Text => in_brackets(mapping, cell).map_err(leave_out)?,
            MappedField::State => state(mapping, cell).map_err(leave_out)?.map(str::to_owned),
            field => match mapping.value(*field, cell) {
                None => None,
                Some(Mapping::LEAVE_OUT) => return Err(leave_out(cell)),
                Some(code) if *field == MappedField::Position => {
                    let class = PositionClass::parse(code);
                    found.position = class.map(|class| (class, one_line(cell)));
                    class.map(|class| class.code().to_owned())
                }
                Some(code) => Some(code.to_owned()),
            },
        };
        if let Some(replaced) = replaced
            && let Some(cell) = found.cells.to_mut().get_mut(*at)
        {
            *cell = replaced;
        }
    }
    Ok(found)
}

/// The name of the State that a name means, if a person has said so; otherwise the name that a row is left out for.
fn state<'a>(mapping: &Mapping, name: &'a str) -> Result<Option<&'static str>, &'a str> {
    let under_review = mapping.value(MappedField::State, name);
    match under_review.or_else(|| mapping.value(MappedField::RecommendingStates, name)) {
        Some(Mapping::LEAVE_OUT) => Err(name),
        Some(code) => Ok(StateCode::parse(code).map(StateCode::name)),
        None => Ok(None),
    }
}

/// A list of names, on a line each if one of them is another one now.
fn in_list<'a>(mapping: &Mapping, cell: &'a str) -> Result<Option<String>, &'a str> {
    if let Some(name) = state(mapping, cell)? {
        return Ok(Some(name.to_owned()));
    }
    let mut names = Vec::new();
    let mut is_other = false;
    for part in cell.split(['\n', ';', '|']) {
        let part = part.trim().trim_start_matches(['-', '•']).trim_start();
        // A name may hold a comma, and so may a list.
        let pieces: Vec<&str> = part.split(',').map(str::trim).collect();
        let is_mapped = |piece: &&str| !matches!(state(mapping, piece), Ok(None));
        let parts = if state(mapping, part)?.is_none() && pieces.iter().any(is_mapped) {
            pieces
        } else {
            vec![part]
        };
        for part in parts.into_iter().filter(|part| !part.is_empty()) {
            let other = state(mapping, part)?;
            is_other |= other.is_some();
            names.push(other.unwrap_or(part));
        }
    }
    Ok(is_other.then(|| format!("- {}", names.join("\n- "))))
}

/// The text with other names in its brackets.
fn in_brackets<'a>(mapping: &'a Mapping, cell: &str) -> Result<Option<String>, &'a str> {
    let Some(values) = mapping.values.get(MappedField::RecommendingStates.id()) else {
        return Ok(None);
    };
    let mut text: Option<String> = None;
    for (name, code) in values {
        let before = text.as_deref().unwrap_or(cell);
        let Some(after) = replaced_name(before, name, code) else {
            continue;
        };
        if code == Mapping::LEAVE_OUT {
            return Err(name);
        }
        text = Some(after);
    }
    Ok(text)
}

/// A text in which a name within brackets is another State's; `None` if it is not there.
fn replaced_name(text: &str, name: &str, code: &str) -> Option<String> {
    let state = match StateCode::parse(code) {
        Some(state) => state.name(),
        None => name,
    };
    let mut after = String::with_capacity(text.len());
    let (mut depth, mut rest, mut is_there) = (0_u32, text, false);
    while let Some(c) = rest.chars().next() {
        let behind = rest
            .strip_prefix(name)
            .filter(|_| depth > 0 && !name.is_empty());
        if let Some(behind) = behind {
            let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            if is_end(after.chars().next_back()) && is_end(behind.chars().next()) {
                after.push_str(state);
                rest = behind;
                is_there = true;
                continue;
            }
        }
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        after.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    is_there.then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(values: &[(MappedField, &str, &str)]) -> Mapping {
        let mut mapping = Mapping::default();
        for (field, value, code) in values {
            mapping.set_value(*field, value, code);
        }
        mapping
    }

    #[test]
    fn names_are_replaced_in_lists_and_brackets_only() {
        let mapping = mapping(&[
            (MappedField::RecommendingStates, "Swedan", "SWE"),
            (MappedField::RecommendingStates, "Union", Mapping::LEAVE_OUT),
        ]);
        let list = |cell| in_list(&mapping, cell).unwrap();
        assert_eq!(list("Norway; Chile"), None);
        assert_eq!(list("Norway, Swedan").unwrap(), "- Norway\n- Sweden");
        assert_eq!(
            list("- Korea, Republic of\n- Swedan").unwrap(),
            "- Korea, Republic of\n- Sweden"
        );
        assert_eq!(in_list(&mapping, "Norway; Union"), Err("Union"));
        let text = |cell| in_brackets(&mapping, cell);
        assert_eq!(text("Help Swedan (Norway)"), Ok(None));
        assert_eq!(
            text("Do it (Norway, Swedan) (Swedanese)").unwrap().unwrap(),
            "Do it (Norway, Sweden) (Swedanese)"
        );
        assert_eq!(text("Do it (Union)"), Err("Union"));
        assert_eq!(text("Join the Union"), Ok(None));
    }
}
