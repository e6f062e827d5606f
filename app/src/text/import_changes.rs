//! What a row of a file changes, in words.

use crate::t;
use crate::text::names;
use crate::text::numbers;
use crate::text::translations;
use data::domain::{Column, Recommendation, Scheme, shorten};
use data::store::StagedRow;

/// Characters of a value that are said; a text is compared in the browser.
const LONGEST: usize = 80;

/// One sentence for each property that a row changes: "BLR-2 129.1, recommending States: Norway → Chile".
pub fn sentences(row: &StagedRow) -> Vec<String> {
    let changes = row.changes();
    let sentences = changes.into_iter().filter_map(|column| {
        let (before, after) = match (&row.assessment, &row.before, &row.after) {
            (Some((Some(before), after)), _, _) if column == Column::Status => {
                (before.status.clone(), after.status.clone())
            }
            (Some(_), _, _) => (String::new(), String::new()),
            (None, Some(before), Some(after)) => (value(column, before), value(column, after)),
            _ => return None,
        };
        Some(t!(
            "import-change",
            row = row.row,
            review = row.review()?.to_string(),
            paragraph = row.paragraph()?.to_string(),
            property = translations::column(column),
            says = if before == after {
                "property"
            } else {
                "values"
            },
            before = quoted(&before),
            after = quoted(&after),
        ))
    });
    sentences.collect()
}

fn quoted(value: &str) -> String {
    if value.is_empty() {
        t!("import-change-nothing")
    } else {
        shorten(value, LONGEST).into_owned()
    }
}

/// A property of a recommendation as plain text; every claim where claims differ.
pub(crate) fn value(column: Column, one: &Recommendation) -> String {
    match column {
        Column::Position => claims(one),
        Column::RecommendingStates => {
            let states: Vec<&str> = one.recommending.iter().map(names::state).collect();
            numbers::list(&states)
        }
        Column::ActionCategory => one
            .action_category
            .map(translations::action_category)
            .unwrap_or_default(),
        Column::ResponsibleBodies => one.responsible_bodies.join("; "),
        Column::Language => one.language.clone().unwrap_or_default(),
        Column::Text => one.text.clone().unwrap_or_default(),
        Column::Summary => one.summary.clone().unwrap_or_default(),
        Column::Paragraph => one.paragraph.to_string(),
        column => {
            let mut schemes = Scheme::ALL.into_iter();
            let scheme = schemes.find(|scheme| Column::of_terms(*scheme) == column);
            let terms = one.terms.iter().filter(|term| Some(term.scheme) == scheme);
            let names: Vec<&str> = terms.map(|term| term.name.as_str()).collect();
            names.join("; ")
        }
    }
}

/// Every claim about the position, each with its source; the last one counts.
fn claims(one: &Recommendation) -> String {
    let claims: Vec<String> = one
        .positions
        .iter()
        .map(|claim| match &claim.source {
            Some(source) => format!("{} ({source})", translations::position(claim.class)),
            None => translations::position(claim.class),
        })
        .collect();
    claims.join("; ")
}
