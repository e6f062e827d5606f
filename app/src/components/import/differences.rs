//! What a row changes, property by property.

use crate::components::list::cell;
use crate::t;
use crate::text::import_changes;
use crate::text::names;
use crate::text::translations;
use crate::web::html::{Fragment, IntoFragment as _, html};
use data::domain::{Assessment, Column, Listed, Recommendation, ReviewCode, Scale};
use data::exchange::{MappedField, field_of_heading};
use data::store::{Run, StagedRow};
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
                    <td dir="auto" data-label=t!("import-before")>{before}</td>
                    <td dir="auto" data-label=t!("import-after")>{after}</td>
                </tr>
            })
        })
        .collect();
    (!lines.is_empty()).then(|| {
        html! {
            <table class="differences cards">
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
    })
}

/// The properties of a new recommendation that a preview shows, each as it will be stored.
const STORED: [Column; 10] = [
    Column::RecommendingStates,
    Column::Position,
    Column::PositionSource,
    Column::Issues,
    Column::Themes,
    Column::AffectedPersons,
    Column::Sdgs,
    Column::ActionCategory,
    Column::ResponsibleBodies,
    Column::Language,
];

/// What of a new row will be stored, each value beside the file's cell where the two differ; nothing for other rows.
pub(crate) fn stored(run: &Run, row: &StagedRow, scale: Option<&Scale>) -> Option<Fragment> {
    let cells = row.cells();
    let mut lines = Vec::new();
    if let (Some(review), None, Some(after)) = (row.review(), &row.before, &row.after) {
        for column in STORED {
            let value = plain(column, after);
            if value.is_empty() {
                continue;
            }
            let shown = of_recommendation(review, column, after);
            lines.push((column, shown, raw(run, &cells, column, &value)));
        }
    }
    if let Some((None, after)) = &row.assessment {
        let status = scale.and_then(|scale| scale.status(&after.status));
        let label = status.map_or_else(|| after.status.clone(), |status| status.label.clone());
        let written = raw(run, &cells, Column::Status, &label);
        lines.push((Column::Status, label.fragment(), written));
        if !after.evidence.is_empty() {
            let titles: Vec<&str> = after.evidence.iter().map(|one| &*one.title).collect();
            let titles = titles.join("; ");
            let written = raw(run, &cells, Column::Evidence, &titles);
            lines.push((Column::Evidence, titles.fragment(), written));
        }
    }
    if lines.is_empty() {
        return None;
    }
    let differs = lines.iter().any(|(.., written)| written.is_some());
    let lines = lines
        .into_iter()
        .map(|(column, value, written)| {
            view! {
                <tr>
                    <th scope="row">{translations::column(column)}</th>
                    <td dir="auto" data-label=t!("import-stored")>{value}</td>
                    {differs
                        .then(|| {
                            view! {
                                <td
                                    dir="auto"
                                    data-label=written.as_ref().map(|_| t!("import-in-file"))
                                >
                                    {written.clone()}
                                </td>
                            }
                        })}
                </tr>
            }
        })
        .collect_view();
    Some(html! {
        <table class="differences cards">
            <caption class="visually-hidden">{t!("import-stored")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t!("import-property")}</th>
                    <th scope="col">{t!("import-stored")}</th>
                    {differs.then(|| view! { <th scope="col">{t!("import-in-file")}</th> })}
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    })
}

/// A value as a text, to be compared with the file's cell: of the position only the claim that counts.
fn plain(column: Column, one: &Recommendation) -> String {
    let claim = one.positions.last();
    match column {
        Column::Position => claim
            .map(|claim| translations::position(claim.class))
            .unwrap_or_default(),
        Column::PositionSource => claim
            .and_then(|claim| claim.source.clone())
            .unwrap_or_default(),
        column => import_changes::value(column, one),
    }
}

/// The cell of the file that a property was read from, if it says so in other words.
pub(super) fn raw(
    run: &Run,
    cells: &[(String, String)],
    column: Column,
    value: &str,
) -> Option<String> {
    let field = MappedField::parse(column.id())?;
    let mapped = run.file.mapping.as_ref();
    // Another column may look like it: a grade beside the status that it stands for.
    let is_mapped = mapped.is_some_and(|mapping| {
        let mut fields = mapping.fields.values();
        fields.any(|said| said == field.id())
    });
    let is_it = |heading: &str| {
        let said = mapped.and_then(|mapping| mapping.fields.get(heading.trim()));
        match said {
            Some(said) => said == field.id(),
            None => !is_mapped && field_of_heading(heading) == Some(field),
        }
    };
    let (_, cell) = cells.iter().find(|(heading, _)| is_it(heading))?;
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    (!cell.trim().is_empty() && words(cell) != words(value)).then(|| cell.trim().to_owned())
}

fn of_recommendation(review: ReviewCode, column: Column, one: &Recommendation) -> Fragment {
    // Every claim, since a further one is what changes.
    if column == Column::Position {
        let claims = import_changes::value(column, one);
        return if claims.is_empty() {
            cell(&data::domain::Cell::Empty)
        } else {
            claims.fragment()
        };
    }
    let shown = cell(&column.cell(&Listed {
        review,
        recommendation: one,
        assessment: None,
        status: None,
    }));
    if column != Column::Text || one.texts.is_empty() {
        return shown;
    }
    let texts = one.texts.iter().map(|text| {
        let language = names::language(&text.language);
        let title = t!("recommendation-text-in", language = language);
        view! {
            <p>
                {title} ": "
                <bdi lang=text.language.clone()>{text.text.clone()}</bdi>
            </p>
        }
    });
    html! {
        <p>{shown}</p>
        {texts.collect_view()}
    }
}

fn of_assessment(column: Column, one: &Assessment) -> Fragment {
    match column {
        Column::Status => one.status.clone().fragment(),
        Column::Rationale => one.rationale.clone().fragment(),
        Column::Confidence => one.confidence.map(translations::confidence).fragment(),
        _ => one.evidence.len().to_string().fragment(),
    }
}
