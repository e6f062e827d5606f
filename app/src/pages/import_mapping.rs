//! `/import/mapping/{upload}`: saying which column of a table holds what, where its headings do not.

use crate::actions::surveyed;
use crate::failure::Failure;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::Action;
use data::exchange::{MappedField, Mapping, ReadFailure, Survey};
use data::store::{SavedMapping, Upload};
use leptos::prelude::*;

/// Values of a column that are shown beside it.
const SHOWN: usize = 3;
/// What a whole table may have in common, where no column holds it.
const COMMON: [MappedField; 8] = [
    MappedField::Review,
    MappedField::State,
    MappedField::Cycle,
    MappedField::Session,
    MappedField::ReportSymbol,
    MappedField::PositionSource,
    MappedField::Language,
    MappedField::EvidenceKind,
];

pub(crate) async fn page(Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let Some(account) = &request.visitor.account else {
        return Ok(shell::sign_in_first(&request));
    };
    request.visitor.require(Action::Import)?;
    let store = &request.site.store;
    let upload = store.upload(account.id, &id).await?;
    let survey = match surveyed(upload.content.clone()).await? {
        Ok(survey) => survey,
        Err(ReadFailure::Refused(message)) => return Err(message.into()),
        Err(ReadFailure::Stopped) => return Err(Failure::Internal),
    };
    let saved = fitting(store.saved_mappings().await?, &survey);
    let asked = request.parameter("mapping");
    let chosen = match &asked {
        Some(name) => saved.iter().find(|one| one.name == *name),
        None => saved.first(),
    };
    let mapping = chosen.map_or(&survey.guess, |one| &one.mapping);
    let head = Head::titled(t!("mapping-title"));
    Ok(shell::page(&request, &head, || {
        view! {
            <p class="over">
                <a href="/import">{t!("import-title")}</a>
            </p>
            <h1>{t!("mapping-title")}</h1>
            <p>
                <strong dir="auto">{upload.file_name.clone()}</strong>
            </p>
            <p>{t!("mapping-what", row = survey.heading_row)}</p>
            {kept(&upload, &saved, chosen)}
            <form method="post" action="/api/map-import">
                <input type="hidden" name="upload" value=upload.id.clone() />
                {columns(&request, &survey, mapping)}
                {common(&request, &upload, mapping)}
                {keeping(&request, chosen)}
                <button type="submit">{t!("import-preview")}</button>
            </form>
        }
    }))
}

/// The mappings whose every heading is in the table, those that say most of it first.
fn fitting(saved: Vec<SavedMapping>, survey: &Survey) -> Vec<SavedMapping> {
    let there = |name: &String| survey.headings.iter().any(|one| one.trim() == name.trim());
    let mut fitting: Vec<SavedMapping> = saved
        .into_iter()
        .filter(|one| one.mapping.fields.keys().all(there))
        .collect();
    fitting.sort_by_key(|one| std::cmp::Reverse(one.mapping.fields.len()));
    fitting
}

/// What was typed into a field before it was refused, or else what is proposed.
fn typed(request: &Request, field: &str, proposed: &str) -> String {
    request
        .notice
        .as_ref()
        .map(|notice| notice.typed(field))
        .filter(|typed| !typed.is_empty())
        .unwrap_or_else(|| proposed.to_owned())
}

/// The mappings that were kept and fit, to choose another one.
fn kept(
    upload: &Upload,
    saved: &[SavedMapping],
    chosen: Option<&SavedMapping>,
) -> Option<Fragment> {
    if saved.is_empty() {
        return None;
    }
    let options = saved
        .iter()
        .map(|one| {
            view! {
                <option value=one.name.clone() selected=Some(one) == chosen>
                    {one.name.clone()}
                </option>
            }
        })
        .collect_view();
    Some(
        view! {
            <form class="narrow" method="get" action=address::import_mapping(&upload.id)>
                <label for="mapping">{t!("mapping-kept")}</label>
                <p class="hint" id="mapping-hint">
                    {t!("mapping-kept-how")}
                </p>
                <select id="mapping" name="mapping" aria-describedby="mapping-hint">
                    {options}
                    <option value="" selected=chosen.is_none()>
                        {t!("mapping-guess")}
                    </option>
                </select>
                <button type="submit" class="secondary">
                    {t!("mapping-use")}
                </button>
            </form>
        }
        .fragment(),
    )
}

/// A line for each column: its heading, what stands in it, and what it holds.
fn columns(request: &Request, survey: &Survey, mapping: &Mapping) -> Fragment {
    let lines = survey
        .headings
        .iter()
        .enumerate()
        .map(|(number, heading)| {
            let heading = heading.trim().to_owned();
            let id = format!("column-{number}");
            let proposed = mapping.fields.get(&heading).map_or("", String::as_str);
            let holds = typed(request, &id, proposed);
            let mut values: Vec<&str> = survey
                .rows
                .iter()
                .filter_map(|row| row.get(number))
                .map(|cell| cell.trim())
                .filter(|cell| !cell.is_empty())
                .collect();
            values.dedup();
            values.truncate(SHOWN);
            let values = values
                .into_iter()
                .map(|value| view! { <li dir="auto">{value.to_owned()}</li> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row" dir="auto">
                        <label for=id.clone()>{heading.clone()}</label>
                    </th>
                    <td>
                        <ul class="plain">{values}</ul>
                    </td>
                    <td>
                        <input
                            type="hidden"
                            name=format!("columns[{number}][of]")
                            value=heading
                        />
                        <select id=id name=format!("columns[{number}][is]")>
                            {fields(&holds)}
                        </select>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="scroll" role="region" tabindex="0" aria-label=t!("mapping-columns")>
            <table>
                <caption>{t!("mapping-columns")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("mapping-heading")}</th>
                        <th scope="col">{t!("mapping-values")}</th>
                        <th scope="col">{t!("mapping-holds")}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .fragment()
}

/// What a column can hold; nothing is a choice as well.
fn fields(holds: &str) -> Fragment {
    let options = MappedField::ALL
        .into_iter()
        .map(|field| {
            view! {
                <option value=field.id() selected=field.id() == holds>
                    {translations::mapped_field(field)}
                </option>
            }
        })
        .collect_view();
    let none = MappedField::parse(holds).is_none();
    view! {
        <option value="none" selected=none>
            {t!("mapping-nothing")}
        </option>
        {options}
    }
    .fragment()
}

/// What every row has, and what separates several values.
fn common(request: &Request, upload: &Upload, mapping: &Mapping) -> Fragment {
    let inputs = COMMON
        .into_iter()
        .enumerate()
        .map(|(number, field)| {
            let id = format!("constant-{number}");
            let known = mapping.constants.get(field.id()).cloned();
            let proposed = match (field, upload.review) {
                (MappedField::Review, Some(review)) => review.to_string(),
                _ => known.unwrap_or_default(),
            };
            view! {
                <div class="field">
                    <label for=id.clone()>{translations::mapped_field(field)}</label>
                    <input type="hidden" name=format!("constants[{number}][of]") value=field.id() />
                    <input
                        type="text"
                        id=id.clone()
                        name=format!("constants[{number}][is]")
                        value=typed(request, &id, &proposed)
                        autocomplete="off"
                    />
                </div>
            }
        })
        .collect_view();
    let separator = mapping.separator.as_deref().unwrap_or_default();
    view! {
        <fieldset>
            <legend>{t!("mapping-common")}</legend>
            <p class="hint">{t!("mapping-common-how")}</p>
            <div class="fields">{inputs}</div>
        </fieldset>
        <div class="narrow">
            <label for="separator">{t!("mapping-separator")}</label>
            <p class="hint" id="separator-hint">
                {t!("mapping-separator-how")}
            </p>
            <input
                type="text"
                id="separator"
                name="separator"
                size="4"
                value=typed(request, "separator", separator)
                autocomplete="off"
                aria-describedby="separator-hint"
            />
        </div>
    }
    .fragment()
}

/// The name under which the mapping is kept.
fn keeping(request: &Request, chosen: Option<&SavedMapping>) -> Fragment {
    let name = chosen.map_or("", |one| &one.name);
    view! {
        <div class="narrow">
            <label for="name">{t!("mapping-name-label")}</label>
            <p class="hint" id="name-hint">
                {t!("mapping-name-how")}
            </p>
            <input
                type="text"
                id="name"
                name="name"
                value=typed(request, "name", name)
                autocomplete="off"
                aria-describedby="name-hint"
            />
        </div>
    }
    .fragment()
}
