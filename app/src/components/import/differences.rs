//! What a row changes, property by property.

use crate::components::list::cell;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::{t, translations};
use data::domain::{Assessment, Column, Listed, Recommendation, ReviewCode};
use data::store::StagedRow;
use leptos::prelude::*;

/// The properties that change, each as it is and as it will be; nothing for a row that changes none.
pub(crate) fn differences(row: &StagedRow) -> Option<Fragment> {
    let changes = row.changes();
    let lines: Vec<_> = changes
        .iter()
        .map(|column| {
            let (before, after) = match (&row.assessment, &row.before, &row.after) {
                (Some((Some(before), after)), _, _) => (
                    of_assessment(*column, before),
                    of_assessment(*column, after),
                ),
                (_, Some(before), Some(after)) => {
                    let review = row.review()?;
                    (
                        of_recommendation(review, *column, before),
                        of_recommendation(review, *column, after),
                    )
                }
                _ => return None,
            };
            Some(view! {
                <tr>
                    <th scope="row">{translations::column(*column)}</th>
                    <td dir="auto">{before}</td>
                    <td dir="auto">{after}</td>
                </tr>
            })
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <table class="differences">
                <caption class="visually-hidden">{t!("import-differences")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("import-property")}</th>
                        <th scope="col">{t!("import-before")}</th>
                        <th scope="col">{t!("import-after")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        }
        .fragment()
    })
}

fn of_recommendation(review: ReviewCode, column: Column, one: &Recommendation) -> Fragment {
    // Every claim, since a further one is what changes.
    if column == Column::Position {
        let claims: Vec<String> = one
            .positions
            .iter()
            .map(|claim| match &claim.source {
                Some(source) => format!("{} ({source})", translations::position(claim.class)),
                None => translations::position(claim.class),
            })
            .collect();
        return if claims.is_empty() {
            cell(&data::domain::Cell::Empty)
        } else {
            claims.join("; ").fragment()
        };
    }
    cell(&column.cell(&Listed {
        review,
        recommendation: one,
        assessment: None,
        status: None,
    }))
}

fn of_assessment(column: Column, one: &Assessment) -> Fragment {
    match column {
        Column::Status => one.status.clone().fragment(),
        Column::Rationale => one.rationale.clone().fragment(),
        Column::Confidence => one.confidence.map(translations::confidence).fragment(),
        _ => one.evidence.len().to_string().fragment(),
    }
}
