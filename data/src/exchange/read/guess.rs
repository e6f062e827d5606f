//! Which column of an unknown table holds what, guessed from its headings and first rows.

use super::positions::position;
use super::recommenders::in_column;
use super::synonyms::SYNONYMS;
use super::values::{folded, named_headings};
use crate::domain::{Paragraph, PositionClass, ReviewCode, Scale};
use crate::exchange::{MappedField, Mapping};
use std::collections::{BTreeMap, BTreeSet};

/// Rows that are looked at.
const MAX_ROWS: usize = 50;
/// Longer cells than this, in characters, are sentences.
const SENTENCE: usize = 40;

/// What the headings alone say: the field of each column.
pub(super) fn by_headings(headings: &[String]) -> BTreeMap<usize, MappedField> {
    let synonyms: Vec<(MappedField, String)> = SYNONYMS
        .iter()
        .flat_map(|(field, names)| names.iter().map(|name| (*field, folded(name))))
        .filter(|(_, name)| !name.is_empty())
        .collect();
    let headings: Vec<String> = headings.iter().map(|heading| folded(heading)).collect();
    let mut fields = BTreeMap::new();
    let mut taken = BTreeSet::new();
    // Those that say nothing else first.
    for exact in [true, false] {
        for (at, heading) in headings.iter().enumerate() {
            if heading.is_empty() || heading.len() > 200 || fields.contains_key(&at) {
                continue;
            }
            let fits = |name: &str| {
                heading == name
                    || !exact
                        && name.len() > 3
                        && format!(" {heading} ").contains(&format!(" {name} "))
            };
            let best = synonyms
                .iter()
                .filter(|(field, name)| !taken.contains(field) && fits(name))
                .max_by_key(|(_, name)| name.len());
            if let Some((field, _)) = best {
                fields.insert(at, *field);
                taken.insert(*field);
            }
        }
    }
    fields
}

/// A mapping for a table with these headings and first rows, for a person to correct.
pub(super) fn guess(headings: &[String], rows: &[Vec<String>]) -> Mapping {
    let headings = named_headings(headings);
    let mut fields = by_headings(&headings);
    let rows = rows.get(..rows.len().min(MAX_ROWS)).unwrap_or(rows);
    for at in 0..headings.len() {
        if fields.contains_key(&at) {
            continue;
        }
        let cells: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(at))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        if let Some(field) = by_values(&cells)
            && !fields.values().any(|one| *one == field)
        {
            fields.insert(at, field);
        }
    }
    let mut mapping = Mapping::default();
    for (at, field) in fields {
        if let Some(heading) = headings.get(at) {
            let fields = &mut mapping.fields;
            fields
                .entry(heading.trim().to_owned())
                .or_insert_with(|| field.id().to_owned());
            let has_bars = |row: &Vec<String>| row.get(at).is_some_and(|cell| cell.contains('|'));
            if field == MappedField::RecommendingStates && rows.iter().any(has_bars) {
                mapping.separator = Some("|".to_owned());
            }
        }
    }
    mapping
}

/// The field that most of a column's values look like.
fn by_values(cells: &[&str]) -> Option<MappedField> {
    if cells.is_empty() {
        return None;
    }
    let most = |fits: &dyn Fn(&str) -> bool| {
        let count = cells.iter().filter(|cell| fits(cell)).count();
        count * 10 >= cells.len() * 6
    };
    let is_paragraph = |cell: &str| cell.contains(['.', '(']) && Paragraph::parse(cell).is_ok();
    let is_state = |cell: &str| {
        let values: Vec<String> = cell.split([';', '|', '\n']).map(str::to_owned).collect();
        cell.len() < 2_000 && !in_column(&values).0.is_empty()
    };
    let is_position =
        |cell: &str| position(cell).is_some_and(|class| class != PositionClass::Unknown);
    let labels: Vec<String> = Scale::built_in()
        .iter()
        .flat_map(|scale| &scale.statuses)
        .flat_map(|status| [folded(&status.label), folded(&status.code)])
        .collect();
    if most(&|cell| ReviewCode::parse(cell).is_some()) {
        Some(MappedField::Review)
    } else if most(&is_paragraph) {
        Some(MappedField::Paragraph)
    } else if most(&is_position) {
        Some(MappedField::Position)
    } else if most(&|cell| labels.contains(&folded(cell))) {
        Some(MappedField::Status)
    } else if most(&|cell| cell.chars().count() > SENTENCE) {
        Some(MappedField::Text)
    } else if most(&is_state) {
        let different: BTreeSet<&&str> = cells.iter().collect();
        // The same State in row after row is the one under review.
        Some(match different.len() {
            1 if cells.len() > 1 => MappedField::State,
            _ => MappedField::RecommendingStates,
        })
    } else if most(&|cell| cell.starts_with("A/HRC/")) {
        Some(MappedField::ReportSymbol)
    } else if most(&|cell| cell.starts_with("https://") || cell.starts_with("http://")) {
        Some(MappedField::Evidence)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(headings: &[&str], rows: &[&[&str]]) -> Vec<String> {
        let own = |cells: &[&str]| {
            cells
                .iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>()
        };
        let headings = own(headings);
        let rows: Vec<Vec<String>> = rows.iter().map(|row| own(row)).collect();
        let mapping = guess(&headings, &rows);
        named_headings(&headings)
            .iter()
            .map(|heading| {
                mapping
                    .fields
                    .get(heading.trim())
                    .cloned()
                    .unwrap_or_default()
            })
            .collect()
    }

    #[test]
    fn headings_of_four_languages_are_known() {
        assert_eq!(
            guessed(
                &[
                    "Rec. no",
                    "Recommendation",
                    "Recommending State",
                    "Position",
                    "Status of implementation",
                    "Comments",
                    "Notes"
                ],
                &[]
            ),
            [
                "paragraph",
                "text",
                "recommending_states",
                "position",
                "status",
                "rationale",
                ""
            ]
        );
        assert_eq!(
            guessed(
                &[
                    "Paragraphe",
                    "Texte de la recommandation",
                    "États auteurs",
                    "Réponse"
                ],
                &[]
            ),
            ["paragraph", "text", "recommending_states", "position"]
        );
        assert_eq!(
            guessed(
                &[
                    "Párrafo",
                    "Recomendación",
                    "Estado recomendante",
                    "Respuesta",
                    "Estado de implementación"
                ],
                &[]
            ),
            [
                "paragraph",
                "text",
                "recommending_states",
                "position",
                "status"
            ]
        );
        assert_eq!(
            guessed(
                &[
                    "Пункт",
                    "Рекомендация",
                    "Рекомендующее государство",
                    "Позиция",
                    "Обоснование"
                ],
                &[]
            ),
            [
                "paragraph",
                "text",
                "recommending_states",
                "position",
                "rationale"
            ]
        );
    }

    #[test]
    fn values_tell_what_headings_do_not() {
        let text = "Ratify the convention on the rights of everybody";
        let rows: [&[&str]; 2] = [
            &["Fiji", "1.1", text, "Togo; Mali", "Noted", "Implemented"],
            &["Fiji", "1.2", text, "Chad", "Supported", "Not implemented"],
        ];
        assert_eq!(
            guessed(&["A1", "", "B", "Who", "x", "y"], &rows),
            [
                "state",
                "paragraph",
                "text",
                "recommending_states",
                "position",
                "status"
            ]
        );
        assert_eq!(guessed(&["a", "b"], &[&["x", "y"]]), ["", ""]);
    }
}
