//! `/import/mapping/{upload}`: saying which column of a table holds what, where its headings do not.

use crate::actions::surveyed;
use crate::components::document::{self, Head};
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Object};
use data::exchange::{Format, MappedField, Mapping, ReadFailure, Row, Survey, SurveyOptions};
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
        return Ok(document::sign_in_first(&request));
    };
    request
        .visitor
        .require(Action::Import, Object::Installation)?;
    let store = &request.site.store;
    let upload = store.upload(account.id, &id).await?;
    let said = upload.mapping.as_ref();
    let sheet: Option<u32> = match request.parameter("sheet") {
        Some(sheet) => sheet.parse().ok(),
        None => said.and_then(|mapping| mapping.sheet),
    };
    let row: Option<Row> = match request.parameter("heading_row") {
        Some(row) => row.parse().ok(),
        // The row of another sheet says nothing of this one.
        None => said
            .filter(|mapping| mapping.sheet == sheet)
            .and_then(|mapping| mapping.heading_row),
    };
    let options = SurveyOptions {
        heading_row: row,
        sheet,
        all_columns: match request.parameter("columns") {
            Some(which) => which == "all",
            None => said.is_some_and(|mapping| !mapping.extends),
        },
    };
    let survey = match surveyed(upload.content.clone(), options).await? {
        Ok(survey) => survey,
        Err(ReadFailure::Refused(refusal)) => return Err(refusal.message().into()),
        Err(ReadFailure::Stopped) => return Err(Failure::Internal),
    };
    let saved = fitting(store.saved_mappings().await?, &survey);
    // A kept mapping is offered, never taken unsaid.
    let asked = request.parameter("mapping");
    let chosen = asked.and_then(|name| saved.iter().find(|one| one.name == name));
    let is_of_sheet = |said: &Mapping| said.sheet.is_none() || said.sheet == survey.sheet;
    let said = said.filter(|said| is_of_sheet(said) && row == said.heading_row);
    let said = said.filter(|said| said.fits(headings_of(&survey)));
    let mapping = match (chosen, said) {
        (Some(chosen), _) => &chosen.mapping,
        (None, Some(said)) => said,
        (None, None) => &survey.guess,
    };
    let head = Head::titled(t!("mapping-title"));
    Ok(document::page(&request, &head, || {
        view! {
            <p class="over">
                {match upload.run {
                    Some(run) => {
                        html! { <a href=paths::import_run(run)>{t!("mapping-to-preview")}</a> }
                    }
                    None => {
                        html! { <a href=paths::localize("/import")>{t!("import-title")}</a> }
                    }
                }}
            </p>
            <h1>{t!("mapping-title")}</h1>
            <p>
                <strong dir="auto">{upload.file_name.clone()}</strong>
            </p>
            {sheets(&upload, &survey)}
            {what(&upload, &survey)}
            {(survey.heading_row > 0).then(|| heading_rows(&upload, &survey, options))}
            {kept(&upload, &survey, &saved, chosen)}
            <form method="post" action=paths::localize("/api/map-import")>
                <input type="hidden" name="upload" value=upload.id.clone() />
                {row.map(|row| view! { <input type="hidden" name="heading_row" value=row /> })}
                {of_sheet(&survey)}
                {survey
                    .guess
                    .extends
                    .then(|| view! { <input type="hidden" name="extends" value="yes" /> })}
                {columns(&request, &survey, mapping)}
                {common(&request, &upload, mapping)}
                {keeping(&request, chosen)}
                <div class="buttons">
                    <button type="submit">{t!("import-preview")}</button>
                    <button type="submit" class="secondary" name="check" value="values">
                        {t!("mapping-check-values")}
                    </button>
                </div>
            </form>
        }
    }))
}

/// The headings of the columns that a mapping has to know.
fn headings_of(survey: &Survey) -> impl Iterator<Item = &str> {
    let headings = survey.headings.iter().map(|heading| heading.trim());
    headings.filter(|heading| !survey.known.contains(*heading))
}

/// What is known of the table: nothing, or its format but for some columns.
fn what(upload: &Upload, survey: &Survey) -> Fragment {
    // Records of JSON have names in place of a row of headings.
    if survey.heading_row == 0 {
        return html! { <p>{t!("mapping-what-records")}</p> };
    }
    if !survey.guess.extends {
        return html! { <p>{t!("mapping-what", row = survey.heading_row)}</p> };
    }
    let format = t!(&format!("format-{}", survey.format.code()));
    let sheet = survey.sheet.filter(|_| survey.sheets.len() > 1);
    let sheet = sheet.map_or_else(String::new, |sheet| format!("&sheet={sheet}"));
    let href = format!("{}?columns=all{sheet}", paths::import_mapping(&upload.id));
    // A table that is recognised wrongly can be mapped as a whole.
    let other = (survey.format != Format::UhriXlsx)
        .then(|| view! { <a href=href>{t!("mapping-all-columns")}</a> });
    html! {
        <p>
            {t!("mapping-beside", format = format, row = survey.heading_row)} " " {other}
        </p>
    }
}

/// The sheet of a workbook with several that forms are about.
fn of_sheet(survey: &Survey) -> Option<Fragment> {
    let sheet = survey.sheet.filter(|_| survey.sheets.len() > 1)?;
    Some(html! { <input type="hidden" name="sheet" value=sheet /> })
}

/// The sheets of a workbook, to choose the one that is read.
fn sheets(upload: &Upload, survey: &Survey) -> Option<Fragment> {
    if survey.sheets.len() < 2 {
        return None;
    }
    let choices = survey
        .sheets
        .iter()
        .map(|sheet| {
            let size = t!(
                "mapping-sheet-size",
                rows = sheet.rows,
                columns = sheet.columns
            );
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="sheet"
                        value=sheet.number
                        checked=survey.sheet == Some(sheet.number)
                    />
                    <span>
                        <bdi>{sheet.name.clone()}</bdi>
                        " "
                        {size}
                    </span>
                </label>
            }
        })
        .collect_view();
    Some(html! {
        <form class="narrow" method="get" action=paths::import_mapping(&upload.id)>
            <fieldset>
                <legend>{t!("mapping-sheets")}</legend>
                <p class="hint">{t!("mapping-sheets-how")}</p>
                {choices}
            </fieldset>
            <button type="submit" class="secondary">
                {t!("mapping-sheet-use")}
            </button>
        </form>
    })
}

/// The row of the headings, to be chosen among the first rows.
fn heading_rows(upload: &Upload, survey: &Survey, options: SurveyOptions) -> Fragment {
    let lines = survey
        .first_rows
        .iter()
        .map(|(row, text)| {
            let text = t!("mapping-row", row = *row, text = text.clone());
            view! {
                <option value=*row selected=*row == survey.heading_row>
                    {text}
                </option>
            }
        })
        .collect_view();
    let all = options
        .all_columns
        .then(|| view! { <input type="hidden" name="columns" value="all" /> });
    html! {
        <form class="narrow" method="get" action=paths::import_mapping(&upload.id)>
            {all}
            {of_sheet(survey)}
            <label for="heading_row">{t!("mapping-heading-row")}</label>
            <p class="hint" id="heading-row-hint">
                {t!("mapping-heading-row-how")}
            </p>
            <select id="heading_row" name="heading_row" dir="auto" aria-describedby="heading-row-hint">
                {lines}
            </select>
            <button type="submit" class="secondary">
                {t!("mapping-heading-row-use")}
            </button>
        </form>
    }
}

/// The mappings that fit the table: each knows every heading of the other. Those that say most of it come first.
fn fitting(saved: Vec<SavedMapping>, survey: &Survey) -> Vec<SavedMapping> {
    let mut fitting: Vec<SavedMapping> = saved
        .into_iter()
        .map(|one| SavedMapping {
            mapping: one.mapping.of_any_file(),
            ..one
        })
        .filter(|one| one.mapping.extends == survey.guess.extends)
        .filter(|one| one.mapping.fits(headings_of(survey)))
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
    survey: &Survey,
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
    Some(html! {
        <form class="narrow" method="get" action=paths::import_mapping(&upload.id)>
            {of_sheet(survey)}
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
    })
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
            let is_known = survey.known.contains(&heading);
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
                .map(|value| view! { <li><span dir="auto">{value.to_owned()}</span></li> })
                .collect_view();
            view! {
                <tr>
                    <th scope="row" dir="auto">
                        {if is_known {
                            heading.clone().fragment()
                        } else {
                            html! { <label for=id.clone()>{heading.clone()}</label> }
                        }}
                    </th>
                    <td data-label=t!("mapping-values")>
                        <ul class="plain">{values}</ul>
                    </td>
                    <td data-label=t!("mapping-holds")>
                        {if is_known {
                            t!("mapping-known").fragment()
                        } else {
                            html! {
                                <input
                                    type="hidden"
                                    name=format!("columns[{number}][of]")
                                    value=heading
                                />
                                <select id=id name=format!("columns[{number}][is]")>
                                    {fields(&holds, survey.guess.extends)}
                                </select>
                            }
                        }}
                    </td>
                </tr>
            }
        })
        .collect_view();
    html! {
        <div class="scroll" role="region" tabindex="0" aria-label=t!("mapping-columns")>
            <table class="cards">
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
}

/// What a column can hold; nothing is a choice as well.
fn fields(holds: &str, is_beside: bool) -> Fragment {
    let offered = if is_beside {
        MappedField::BESIDE.as_slice()
    } else {
        MappedField::ALL.as_slice()
    };
    let options = offered
        .iter()
        .copied()
        .map(|field| {
            view! {
                <option value=field.id() selected=field.id() == holds>
                    {translations::mapped_field(field)}
                </option>
            }
        })
        .collect_view();
    let none = MappedField::parse(holds).is_none();
    html! {
        <option value="none" selected=none>
            {t!("mapping-nothing")}
        </option>
        {options}
    }
}

/// What every row has, and what separates several values.
fn common(request: &Request, upload: &Upload, mapping: &Mapping) -> Fragment {
    let inputs = COMMON
        .into_iter()
        .filter(|field| !mapping.extends || *field == MappedField::EvidenceKind)
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
    html! {
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
}

/// The name under which the mapping is kept.
fn keeping(request: &Request, chosen: Option<&SavedMapping>) -> Fragment {
    let name = chosen.map_or("", |one| &one.name);
    html! {
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
}
