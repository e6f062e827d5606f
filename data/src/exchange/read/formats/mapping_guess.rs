//! Which column of an unknown table holds what, guessed from its headings and first rows.

use crate::domain::{Paragraph, PositionClass, ReviewCode, Scale};
use crate::exchange::read::values::cells::{folded, named_headings};
use crate::exchange::read::values::positions::position;
use crate::exchange::read::values::recommenders::in_column;
use crate::exchange::read::values::status_words::is_status;
use crate::exchange::read::values::synonyms::{folded_synonyms, is_country, is_name_of};
use crate::exchange::{MappedField, Mapping};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

/// Rows that are looked at.
const MAX_ROWS: usize = 50;
/// Longer cells than this, in characters, are sentences.
const SENTENCE: usize = 40;

/// Longer headings than this, in characters, are sentences, in which a known word says nothing.
const LONGEST_HEADING: usize = 60;
/// Headings of more words than this are sentences as well.
const MOST_WORDS: usize = 8;

/// Returns true if a text may hold a known heading among other words.
fn may_hold_heading(text: &str) -> bool {
    text.chars().count() <= LONGEST_HEADING && text.split(' ').count() <= MOST_WORDS
}

/// How well the headings are known: two for each that is a known one, one for each that holds a known one.
pub(crate) fn known_headings(headings: &[String]) -> usize {
    let is_exact = |at: &usize, field: &MappedField| {
        let heading = headings.get(*at);
        heading.is_some_and(|heading| is_name_of(*field, &folded(heading)))
    };
    let fields = by_headings(headings);
    let points = fields
        .iter()
        .map(|(at, field)| if is_exact(at, field) { 2 } else { 1 });
    points.sum()
}

/// The field that a heading alone means.
pub fn field_of_heading(heading: &str) -> Option<MappedField> {
    by_headings(&[heading.to_owned()]).into_values().next()
}

/// What the headings alone say: the field of each column.
pub(crate) fn by_headings(headings: &[String]) -> BTreeMap<usize, MappedField> {
    let synonyms = folded_synonyms();
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
                        && may_hold_heading(heading)
                        && name.len() > 3
                        && format!(" {heading} ").contains(&format!(" {name} "))
            };
            let best = synonyms
                .iter()
                .filter(|(field, name)| !taken.contains(field) && fits(name))
                // "Year of review" and "Date of the review" name no review.
                .filter(|(field, name)| {
                    *field != MappedField::Review || heading == name || !says_when(heading)
                })
                .max_by_key(|(_, name)| name.len());
            if let Some((field, _)) = best {
                fields.insert(at, *field);
                taken.insert(*field);
            }
        }
    }
    fields
}

/// Returns true if a heading says when something was.
fn says_when(heading: &str) -> bool {
    const WORDS: [&str; 12] = [
        "year",
        "date",
        "month",
        "day",
        "année",
        "an",
        "año",
        "fecha",
        "год",
        "дата",
        "السنة",
        "年",
    ];
    let is_it = |word: &str| WORDS.iter().any(|one| folded(one) == word);
    heading.split(' ').any(is_it)
}

/// A mapping for a table with these headings and first rows, for a person to correct.
pub(crate) fn guess(headings: &[String], rows: &[Vec<String>]) -> Mapping {
    let headings = named_headings(headings);
    let mut fields = by_headings(&headings);
    choose_status(&headings, rows, &mut fields, |_| true);
    choose_from_and_to(&headings, &mut fields);
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
        let is_taken = |field: MappedField| fields.values().any(|one| *one == field);
        let heading = headings.get(at).map_or("", String::as_str);
        let field = match by_values(&cells) {
            // Beside the States that recommend, a country is the one under review.
            Some(MappedField::RecommendingStates)
                if is_taken(MappedField::RecommendingStates) && is_country(heading) =>
            {
                Some(MappedField::State)
            }
            field => field,
        };
        if let Some(field) = field.filter(|field| !is_taken(*field)) {
            fields.insert(at, field);
        }
    }
    mapping_of(&headings, rows, fields)
}

/// A mapping for the columns beside those of a recognised format.
pub(crate) fn guess_beside(headings: &[String], read: &[usize], rows: &[Vec<String>]) -> Mapping {
    let headings = named_headings(headings);
    let rows = rows.get(..rows.len().min(MAX_ROWS)).unwrap_or(rows);
    // The words of columns that are read would be taken for those of others.
    let others: Vec<String> = headings
        .iter()
        .enumerate()
        .map(|(at, heading)| {
            if read.contains(&at) {
                String::new()
            } else {
                heading.clone()
            }
        })
        .collect();
    let mut fields = by_headings(&others);
    fields.retain(|_, field| MappedField::BESIDE.contains(field));
    choose_status(&headings, rows, &mut fields, |at| !read.contains(&at));
    let mut mapping = mapping_of(&headings, rows, fields);
    for at in read {
        if let Some(heading) = headings.get(*at) {
            mapping.unread.remove(heading.trim());
        }
    }
    Mapping {
        extends: true,
        ..mapping
    }
}

/// Where States are in columns headed "From" and "To", the first recommends and the second is under review, whichever
/// comes first.
fn choose_from_and_to(headings: &[String], fields: &mut BTreeMap<usize, MappedField>) {
    const PAIRS: [(&str, &str); 3] = [("from", "to"), ("from state", "to state"), ("от", "кому")];
    let place = |name: &str| headings.iter().position(|heading| folded(heading) == name);
    let found = PAIRS
        .iter()
        .find_map(|(from, to)| Some((place(from)?, place(to)?)));
    let Some((from, to)) = found else {
        return;
    };
    for (at, field) in [
        (from, MappedField::RecommendingStates),
        (to, MappedField::State),
    ] {
        let is_taken = fields.iter().any(|(one, has)| *one != at && *has == field);
        if !is_taken {
            fields.insert(at, field);
        }
    }
}

/// Of the columns that may hold the status, the one whose values are the most like statuses: of a grade and its label
/// the label.
fn choose_status(
    headings: &[String],
    rows: &[Vec<String>],
    fields: &mut BTreeMap<usize, MappedField>,
    may_be: impl Fn(usize) -> bool,
) {
    let statuses = |at: usize| {
        let cells = rows.iter().take(MAX_ROWS).filter_map(|row| row.get(at));
        cells.filter(|cell| is_status(cell)).count()
    };
    let chosen = fields
        .iter()
        .find(|(_, field)| **field == MappedField::Status)
        .map(|(at, _)| *at);
    let is_free = |at: usize| may_be(at) && !fields.contains_key(&at);
    let best = (0..headings.len())
        .filter(|at| is_free(*at))
        .map(|at| (statuses(at), at))
        // Of two the first.
        .max_by_key(|(count, at)| (*count, std::cmp::Reverse(*at)));
    if let Some((count, at)) = best
        && count > chosen.map_or(0, statuses)
    {
        fields.retain(|_, field| *field != MappedField::Status);
        fields.insert(at, MappedField::Status);
    }
}

fn mapping_of(
    headings: &[String],
    rows: &[Vec<String>],
    fields: BTreeMap<usize, MappedField>,
) -> Mapping {
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
            let has_stops = |row: &Vec<String>| row.get(at).is_some_and(|cell| cell.contains("; "));
            if field == MappedField::Evidence
                && mapping.separator.is_none()
                && rows.iter().any(has_stops)
            {
                mapping.separator = Some(";".to_owned());
            }
        }
    }
    let unread = headings.iter().map(|heading| heading.trim().to_owned());
    mapping.unread = unread
        .filter(|heading| !mapping.fields.contains_key(heading))
        .collect();
    mapping
}

/// The statuses of the built-in scales.
static LABELS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let scales = Scale::built_in();
    let statuses = scales.iter().flat_map(|scale| &scale.statuses);
    statuses
        .flat_map(|status| [folded(&status.label), folded(&status.code)])
        .collect()
});

/// The field that most of a column's values look like.
fn by_values(cells: &[&str]) -> Option<MappedField> {
    if cells.is_empty() {
        return None;
    }
    let most = |fits: &dyn Fn(&str) -> bool| {
        let count = cells.iter().filter(|cell| fits(cell)).count();
        count * 10 >= cells.len() * 6
    };
    let is_paragraph =
        |cell: &str| cell.contains(['.', ',', '(']) && Paragraph::from_source(cell).is_ok();
    let is_state = |cell: &str| {
        let values: Vec<String> = cell.split([';', '|', '\n']).map(str::to_owned).collect();
        cell.len() < 2_000 && !in_column(&values).0.is_empty()
    };
    let is_position =
        |cell: &str| position(cell).is_some_and(|class| class != PositionClass::Unknown);
    if most(&|cell| ReviewCode::parse(cell).is_some()) {
        Some(MappedField::Review)
    } else if most(&is_paragraph) {
        Some(MappedField::Paragraph)
    } else if most(&is_position) {
        Some(MappedField::Position)
    } else if most(&|cell| LABELS.contains(&folded(cell)) || is_status(cell)) {
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
    use crate::exchange::read::values::cells::foldings;

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
    fn from_recommends_and_to_is_under_review() {
        let text = "Ratify the convention on the rights of everybody";
        let rows: [&[&str]; 2] = [
            &["Fiji", "1.1", text, "Togo", "Noted"],
            &["Mali", "1.2", text, "Chad", "Supported"],
        ];
        assert_eq!(
            guessed(
                &["To", "Paragraph", "Recommendation", "From", "Position"],
                &rows
            ),
            [
                "state",
                "paragraph",
                "text",
                "recommending_states",
                "position"
            ]
        );
    }

    /// Folding all the known words again for each row and cell took nearly all the time.
    #[test]
    fn known_words_are_folded_once() {
        let text = "Ratify the convention on the rights of everybody";
        let row = ["1.1", text, "Togo", "in hand", "begun"];
        let rows: Vec<&[&str]> = vec![&row; 20];
        let headings = ["A", "B", "C", "D", "E"];
        guessed(&headings, &rows);
        foldings::take();
        guessed(&headings, &rows);
        let cells = headings.len() * (rows.len() + 1);
        let folded = foldings::take();
        assert!(folded < 10 * cells, "{folded} for {cells} cells");
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
