//! `/import/mapping/{upload}/values`: saying what values of a table mean that are not known, once for all rows that
//! have them.

use crate::actions::{self, FileRead};
use crate::components::document::{self, Head};
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use data::domain::{
    Action, ISSUES, Object, PositionClass, Scale, Scheme, StateCode, nearest_issue, states,
};
use data::exchange::{
    MappedField, Mapping, UnknownValue, suggest_position, suggest_state, suggest_status,
};
use leptos::prelude::*;
use std::collections::BTreeSet;

pub(crate) async fn page(Path(id): Path<String>, request: Request) -> Result<Response, Failure> {
    let Some(account) = &request.visitor.account else {
        return Ok(document::sign_in_first(&request));
    };
    request
        .visitor
        .require(Action::Import, Object::Installation)?;
    let store = &request.site.store;
    let upload = store.upload(account.id, &id).await?;
    let Some(mapping) = upload.mapping.clone() else {
        return Ok(Redirect::to(&paths::import_mapping(&upload.id)).into_response());
    };
    let new = actions::run_of(&upload, &mapping)?;
    let options = store.read_options(&new).await?;
    let issues = options.issues.clone();
    let found = match actions::unknown_values_of(upload.content.clone(), options).await? {
        FileRead::Read(found) => found,
        FileRead::Refused(message) => return Err(message.into()),
    };
    let scale = match (new.review, &new.round) {
        (Some(review), Some(slug)) => {
            let record = store.review_record(review).await?;
            record.round(slug).map(|round| round.round.scale.clone())
        }
        _ => None,
    };
    let page = Page {
        request: &request,
        mapping: &mapping,
        scale: scale.as_ref(),
        issues: &issues,
    };
    let head = Head::titled(t!("values-title"));
    Ok(document::page(&request, &head, || {
        let mut unknown = page.chosen();
        unknown.extend(found.values);
        let known = found.known;
        let with_issues = unknown
            .iter()
            .any(|value| value.field == MappedField::Issues);
        let issues = with_issues.then(|| page.all_issues());
        let count = unknown.len();
        let states = states::all()
            .map(|state| view! { <option value=names::state(state)></option> })
            .collect_view();
        view! {
            <p class="over">
                <a href=paths::localize("/import")>{t!("import-title")}</a>
                " · "
                <a href=paths::import_mapping(&upload.id)>{t!("mapping-title")}</a>
            </p>
            <h1>{t!("values-title")}</h1>
            <p>
                <strong dir="auto">{upload.file_name.clone()}</strong>
            </p>
            <p>
                {if count == 0 { t!("values-none") } else { t!("values-what", count = count) }}
            </p>
            {(found.more_rows > 0)
                .then(|| view! { <p>{t!("values-more", count = found.more_rows)}</p> })}
            <datalist id="states">{states}</datalist>
            {issues}
            <form method="post" action=paths::localize("/api/map-values")>
                <input type="hidden" name="upload" value=upload.id.clone() />
                {(count > 0).then(|| page.table("values-unknown", &unknown, 0))}
                {(!known.is_empty())
                    .then(|| {
                        view! {
                            <details>
                                <summary>{t!("values-known", count = known.len())}</summary>
                                <p>{t!("values-known-how")}</p>
                                {page.table("values-known-table", &known, count)}
                            </details>
                        }
                    })}
                <button type="submit">{t!("import-preview")}</button>
            </form>
        }
    }))
}

/// Known issues that are offered for another one; more can be typed.
const MOST_ISSUES: usize = 500;

/// What a value may mean, which a person has to choose.
fn perhaps(meaning: &str) -> Fragment {
    html! {
        <p class="hint" dir="auto">
            {t!("values-perhaps", meaning = meaning.to_owned())}
        </p>
    }
}

/// Whether a meaning of an issue is no issue.
fn is_keyword(meaning: &str) -> bool {
    [Mapping::KEEP, Mapping::LEAVE_OUT].contains(&meaning)
}

struct Page<'a> {
    request: &'a Request,
    mapping: &'a Mapping,
    scale: Option<&'a Scale>,
    /// The issues that recommendations have.
    issues: &'a BTreeSet<String>,
}

impl Page<'_> {
    /// The values that the person has chosen before, which are known by now.
    fn chosen(&self) -> Vec<UnknownValue> {
        let mut chosen = Vec::new();
        for field in MappedField::WITH_VALUES {
            let values = self.mapping.values.get(field.id());
            for value in values.into_iter().flat_map(|values| values.keys()) {
                chosen.push(UnknownValue {
                    field,
                    value: value.clone(),
                    rows: 0,
                    read_as: None,
                });
            }
        }
        chosen
    }

    fn table(&self, title: &'static str, values: &[UnknownValue], first: usize) -> Fragment {
        let lines = (first..)
            .zip(values)
            .map(|(number, value)| self.line(number, value))
            .collect_view();
        html! {
            <div class="scroll" role="region" tabindex="0" aria-label=t!(title)>
                <table class="cards">
                    <caption>{t!(title)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("values-value")}</th>
                            <th scope="col">{t!("mapping-holds")}</th>
                            <th scope="col">{t!("values-rows")}</th>
                            <th scope="col">{t!("values-means")}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
    }

    fn line(&self, number: usize, value: &UnknownValue) -> Fragment {
        let id = format!("value-{number}");
        let said = self.mapping.value(value.field, &value.value);
        let typed = self
            .request
            .notice
            .as_ref()
            .map(|notice| notice.typed(&id))
            .filter(|typed| !typed.is_empty());
        let name = format!("values[{number}][is]");
        let choice = match value.field {
            MappedField::RecommendingStates | MappedField::State => {
                // The nearest name may be another State's, so it is offered and never filled in.
                let hint = suggest_state(&value.value).filter(|_| said.is_none());
                let hint = hint.map(|state| perhaps(names::state(state)));
                let code = said.unwrap_or_default();
                let is_out = code == Mapping::LEAVE_OUT;
                let state = StateCode::parse(code).map(names::state);
                let shown = typed.unwrap_or_else(|| state.unwrap_or_default().to_owned());
                let out = format!("values[{number}][out]");
                html! {
                    <input
                        type="text"
                        id=id.clone()
                        name=name
                        list="states"
                        value=shown
                        autocomplete="off"
                    />
                    {hint}
                    <label class="choice">
                        <input type="checkbox" name=out value="yes" checked=is_out />
                        <span>{t!("values-leave-out")}</span>
                    </label>
                }
            }
            MappedField::Issues => self.issue(&id, number, value, said, typed),
            field => {
                let suggested = match field {
                    _ if value.read_as.is_some() || said.is_some() => None,
                    MappedField::Status => self.scale.and_then(|scale| {
                        let found = suggest_status(&value.value, scale)?;
                        Some((found.status.code.as_str(), found.is_sure))
                    }),
                    _ => suggest_position(&value.value).map(|class| (class.code(), false)),
                };
                let sure = suggested.filter(|(_, is_sure)| *is_sure);
                let hint = suggested
                    .filter(|(_, is_sure)| !*is_sure)
                    .map(|(code, _)| perhaps(&self.label(field, code)));
                let chosen = typed.or_else(|| {
                    let code = said.or(sure.map(|(code, _)| code));
                    code.map(str::to_owned)
                });
                let chosen = chosen.unwrap_or_default();
                let options = self
                    .codes(field)
                    .into_iter()
                    .map(|(code, label)| {
                        let selected = code == chosen;
                        view! {
                            <option value=code selected=selected>
                                {label}
                            </option>
                        }
                    })
                    .collect_view();
                let as_it_is = match &value.read_as {
                    Some(code) => t!("values-as-read", meaning = self.label(field, code)),
                    None => t!("values-reject"),
                };
                html! {
                    <select id=id.clone() name=name>
                        <option value="">{as_it_is}</option>
                        {options}
                        <option
                            value=Mapping::LEAVE_OUT
                            selected=chosen == Mapping::LEAVE_OUT
                        >
                            {t!("values-leave-out")}
                        </option>
                    </select>
                    {hint}
                }
            }
        };
        html! {
            <tr>
                <th scope="row" dir="auto">
                    <label for=id>{value.value.clone()}</label>
                    <input
                        type="hidden"
                        name=format!("values[{number}][field]")
                        value=value.field.id()
                    />
                    <input
                        type="hidden"
                        name=format!("values[{number}][of]")
                        value=value.value.clone()
                    />
                </th>
                <td data-label=t!("mapping-holds")>{translations::mapped_field(value.field)}</td>
                <td class="number" data-label=t!("values-rows")>
                    {(value.rows > 0).then_some(value.rows)}
                </td>
                <td data-label=t!("values-means")>{choice}</td>
            </tr>
        }
    }

    /// The choice for an issue: a new one as it is written, the nearest known one, no issue, or any known one.
    fn issue(
        &self,
        id: &str,
        number: usize,
        value: &UnknownValue,
        said: Option<&str>,
        typed: Option<String>,
    ) -> Fragment {
        let others = self.issues.iter().map(String::as_str);
        let nearest = nearest_issue(&value.value, others);
        let chosen = typed.or_else(|| said.map(str::to_owned));
        let chosen = chosen.as_deref().unwrap_or(Mapping::KEEP);
        let known: Vec<&str> = [nearest, Some(chosen).filter(|name| !is_keyword(name))]
            .into_iter()
            .flatten()
            .collect();
        let mut offered: Vec<&str> = Vec::new();
        for name in known {
            if !offered.contains(&name) {
                offered.push(name);
            }
        }
        let offered = offered
            .into_iter()
            .map(|name| {
                let shown = names::term(Scheme::Issue, name);
                let label = t!("values-issue-known", issue = shown.into_owned());
                view! {
                    <option value=name.to_owned() selected=name == chosen>
                        {label}
                    </option>
                }
            })
            .collect_view();
        let other = format!("value-other-{number}");
        html! {
            <select id=id.to_owned() name=format!("values[{number}][is]")>
                <option value=Mapping::KEEP selected=chosen == Mapping::KEEP>
                    {t!("values-issue-keep")}
                </option>
                {offered}
                <option value=Mapping::LEAVE_OUT selected=chosen == Mapping::LEAVE_OUT>
                    {t!("values-issue-leave-out")}
                </option>
            </select>
            <label for=other.clone()>{t!("values-issue-other")}</label>
            <input
                type="text"
                id=other
                name=format!("values[{number}][other]")
                list="issues"
                autocomplete="off"
            />
        }
    }

    /// Every known issue, for the field of another one.
    fn all_issues(&self) -> Fragment {
        let built_in = ISSUES.into_iter();
        let all: BTreeSet<&str> = built_in
            .chain(self.issues.iter().map(String::as_str))
            .collect();
        let options = all
            .into_iter()
            .take(MOST_ISSUES)
            .map(|issue| view! { <option value=issue.to_owned()></option> })
            .collect_view();
        html! { <datalist id="issues">{options}</datalist> }
    }

    /// What a value of a field can mean: codes and labels.
    fn codes(&self, field: MappedField) -> Vec<(String, String)> {
        if field == MappedField::Position {
            let classes = PositionClass::ALL.into_iter();
            return classes
                .map(|class| (class.code().to_owned(), translations::position(class)))
                .collect();
        }
        let statuses = self.scale.map(|scale| scale.statuses.as_slice());
        let statuses = statuses.unwrap_or_default().iter();
        statuses
            .map(|status| (status.code.clone(), status.label.clone()))
            .collect()
    }

    fn label(&self, field: MappedField, code: &str) -> String {
        let codes = self.codes(field);
        let found = codes.into_iter().find(|(one, _)| one == code);
        found.map_or_else(|| code.to_owned(), |(_, label)| label)
    }
}
