//! `/admin/scales` and `/admin/scales/{code}`: the status scales, and the form that makes a new version of
//! one.

use crate::actions::ScaleForm;
use crate::components::conflict_table::{Differing, conflict_of};
use crate::components::document::{self, Head};
use crate::components::scale_table::scale_table;
use crate::components::text_field::TextField;
use crate::forms::fields::fields;
use crate::t;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Object, Scale, Shape, Status};
use data::store::{Event, HistoryEntry};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Empty rows below the statuses there are.
const SPARE: usize = 2;

pub(crate) async fn list(request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::EditScales, Object::Installation)?;
    let scales = request.site.store.scales().await?;
    let events = request.site.store.history_of_scales().await?;
    let head = Head::titled(t!("scales-title"));
    Ok(document::page(&request, &head, || {
        // The newest version of each; rounds show the one that they use.
        let newest = scales.iter().filter(|scale| {
            scales
                .iter()
                .all(|other| other.code != scale.code || other.version <= scale.version)
        });
        let tables: Vec<_> = newest
            .map(|scale| {
                let href = paths::scale(&scale.code);
                view! {
                    {scale_table(scale)}
                    <p>
                        <a href=href>{t!("scale-edit", name = scale.name.clone())}</a>
                    </p>
                }
            })
            .collect();
        let empty = Scale {
            id: 0,
            code: String::new(),
            name: String::new(),
            version: 0,
            statuses: Vec::new(),
        };
        view! {
            <h1>{t!("scales-title")}</h1>
            {tables}
            <h2>{t!("scale-new")}</h2>
            {form(&request, &empty, 5)}
            {history(&events, None)}
        }
    }))
}

pub(crate) async fn page(Path(code): Path<String>, request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::EditScales, Object::Installation)?;
    let scale = request.site.store.scale(&code).await?;
    let scale = scale.ok_or(Failure::NotFound)?;
    let events = request.site.store.history_of_scales().await?;
    let title = t!("scale-edit", name = scale.name.clone());
    let head = Head::titled(title.clone());
    Ok(document::page(&request, &head, || {
        view! {
            <p class="over">
                <a href=paths::localize("/admin/scales")>{t!("scales-title")}</a>
            </p>
            <h1 dir="auto">{title}</h1>
            <p>{t!("scale-edit-how", version = scale.version)}</p>
            {form(&request, &scale, SPARE)}
            {history(&events, Some(&scale.code))}
        }
    }))
}

/// Who made which version when, and from what to what; of one scale or of all.
fn history(events: &[HistoryEntry], of: Option<&str>) -> Fragment {
    let rows: Vec<_> = events
        .iter()
        .filter_map(|event| match event.event() {
            Some(Event::ScaleAdded { before, after }) => Some((event, before, after)),
            _ => None,
        })
        .filter(|(_, _, after)| of.is_none_or(|code| code == after.code))
        .map(|(event, before, after)| {
            let changes = before.map(|before| changes(&fields_of(&before), &fields_of(&after)));
            let what = t!(
                "scale-version-made",
                name = after.name,
                version = after.version
            );
            html! {
                <tr>
                    <td class="when">
                        <time datetime=translations::day(event.at)>
                            {translations::minute(event.at)}
                        </time>
                    </td>
                    <td dir="auto">{what} {changes}</td>
                    <td dir="auto">{event.actor.clone()}</td>
                </tr>
            }
        })
        .collect();
    html! {
        <h2>{t!("history-title")}</h2>
        <div class="scroll" role="region" tabindex="0" aria-label=t!("history-table")>
            <table class="history">
                <caption class="visually-hidden">{t!("history-table")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("history-moment")}</th>
                        <th scope="col">{t!("history-what")}</th>
                        <th scope="col">{t!("history-by")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The fields that two versions of a scale have otherwise.
fn changes(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Fragment {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let rows: Vec<_> = names
        .into_iter()
        .filter(|name| before.get(*name) != after.get(*name))
        .map(|name| {
            let shown = |fields: &BTreeMap<String, String>| {
                let value = fields.get(name).filter(|value| !value.is_empty());
                value.cloned().unwrap_or_else(|| t!("list-no-value"))
            };
            html! {
                <tr>
                    <th scope="row">{label_of(name)}</th>
                    <td dir="auto">{shown(before)}</td>
                    <td dir="auto">{shown(after)}</td>
                </tr>
            }
        })
        .collect();
    html! {
        <details>
            <summary>{t!("history-changes")}</summary>
            <table class="changes">
                <caption class="visually-hidden">{t!("history-changes")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("conflict-field")}</th>
                        <th scope="col">{t!("many-before")}</th>
                        <th scope="col">{t!("many-after")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

/// The label of a field by its name in the form, with the number of its status.
fn label_of(name: &str) -> String {
    let field = name.rsplit(['[', ']']).nth(1).unwrap_or(name);
    let place = name.split(['[', ']']).nth(1);
    match place.and_then(|place| place.parse::<usize>().ok()) {
        Some(place) => {
            let number = t!("scale-status-number", number = place + 1);
            format!("{number}: {}", label(field))
        }
        None if name == "code" => t!("scale-code-field"),
        None => t!("scale-name-field"),
    }
}

/// The fields of a scale by their names in the form.
fn fields_of(scale: &Scale) -> BTreeMap<String, String> {
    let mut fields: BTreeMap<_, _> = fields(&ScaleForm::of(scale)).into_iter().collect();
    fields.remove("version");
    fields
}

fn name_of(place: usize, field: &str) -> String {
    format!("statuses[{place}][{field}]")
}

fn form(request: &Request, scale: &Scale, spare: usize) -> Fragment {
    let is_new = scale.version == 0;
    let stands = fields_of(scale);
    let refused = request
        .notice
        .as_ref()
        .filter(|notice| notice.has("version"));
    // A refused form has as many rows as it had.
    let typed = |place: &usize| refused.is_some_and(|notice| notice.has(&name_of(*place, "code")));
    let rows = (scale.statuses.len() + spare).max((0..100).take_while(typed).count());
    let value = |name: &str| match refused {
        Some(notice) => Some(notice.typed(name)).filter(|_| notice.has(name)),
        None => stands.get(name).cloned(),
    };
    // Somebody else has made a new version since.
    let overtaken =
        refused.filter(|notice| notice.typed("version") != scale.version.to_string() && !is_new);
    let versions = overtaken.and_then(|notice| {
        let fields = (0..rows).flat_map(|place| FIELDS.map(|field| name_of(place, field)));
        let fields = std::iter::once("name".to_owned()).chain(fields);
        let differing = fields.filter_map(|name| {
            let theirs = stands.get(&name).map_or("", String::as_str);
            let mine = notice.typed(&name);
            // Of an empty row the rest is what the form begins with.
            let place = name.split(']').next().unwrap_or_default();
            let empty = ["[code]", "[label]"].iter().all(|field| {
                let of_row = format!("{place}]{field}");
                notice.typed(&of_row).is_empty() && !stands.contains_key(&of_row)
            });
            if name != "name" && empty {
                return None;
            }
            Differing::new(&name, label_of(&name), theirs, &mine)
        });
        conflict_of(differing.collect())
    });
    let rows: Vec<_> = (0..rows).map(|place| row(place, &value)).collect();
    let scale_name = TextField {
        name: "name",
        value: &value("name").unwrap_or_default(),
        is_required: true,
        ..TextField::default()
    }
    .fragment();
    html! {
        <form class="scale-form" method="post" action=paths::localize("/api/save-scale")>
            {versions}
            <input type="hidden" name="version" value=scale.version.to_string() />
            <label>
                <span>{t!("scale-code-field")}</span>
                <input
                    type="text"
                    name="code"
                    value=value("code").unwrap_or_default()
                    readonly=!is_new
                    required
                />
            </label>
            <label>
                <span>{t!("scale-name-field")}</span>
                {scale_name}
            </label>
            {rows}
            <button type="submit">{t!("scale-save")}</button>
        </form>
    }
}

/// The fields of a status, in their order in the form.
const FIELDS: [&str; 10] = [
    "place",
    "code",
    "label",
    "score",
    "colour",
    "shape",
    "counts",
    "definition",
    "examples",
    "labels",
];

fn label(field: &str) -> String {
    match field {
        "place" => t!("scale-place"),
        "code" => t!("scale-status-code"),
        "label" => t!("scale-status-label"),
        "score" => t!("scale-status-score"),
        "colour" => t!("scale-status-colour"),
        "shape" => t!("scale-status-shape"),
        "counts" => t!("scale-status-counts"),
        "definition" => t!("scale-definition"),
        "examples" => t!("scale-status-examples"),
        "labels" => t!("scale-status-labels"),
        _ => t!("scale-name-field"),
    }
}

fn row(place: usize, value: &impl Fn(&str) -> Option<String>) -> Fragment {
    let name = |field: &str| name_of(place, field);
    let filled = |field: &str| value(&name(field)).unwrap_or_default();
    let text = |field: &str, empty: String| {
        let value = value(&name(field)).unwrap_or(empty);
        let text = TextField {
            name: &name(field),
            value: &value,
            ..TextField::default()
        };
        html! {
            <label>
                <span>{label(field)}</span>
                {text.fragment()}
            </label>
        }
    };
    let area = |field: &str| {
        let text = TextField {
            name: &name(field),
            value: &filled(field),
            rows: Some(2),
            ..TextField::default()
        };
        html! {
            <label class="wide">
                <span>{label(field)}</span>
                {text.fragment()}
            </label>
        }
    };
    let option = |code: &'static str, label: String, selected: bool| {
        html! { <option value=code selected=selected>{label}</option> }
    };
    let colours: Vec<_> = Status::COLOURS
        .into_iter()
        .map(|colour| {
            let label = translations::text(&format!("scale-colour-{colour}"), &[]);
            option(colour, label, filled("colour") == colour)
        })
        .collect();
    let shapes: Vec<_> = Shape::ALL
        .into_iter()
        .map(|shape| {
            let label = translations::text(&format!("scale-shape-{}", shape.code()), &[]);
            option(shape.code(), label, filled("shape") == shape.code())
        })
        .collect();
    // A row that nothing was written into counts.
    let counts = value(&name("counts")).is_none_or(|counts| counts == "yes");
    html! {
        <fieldset class="fields">
            <legend>{t!("scale-status-number", number = place + 1)}</legend>
            {text("place", (place + 1).to_string())}
            {text("code", String::new())}
            {text("label", String::new())}
            {text("score", String::new())}
            <label>
                <span>{label("colour")}</span>
                <select name=name("colour")>{colours}</select>
            </label>
            <label>
                <span>{label("shape")}</span>
                <select name=name("shape")>{shapes}</select>
            </label>
            <label class="tick">
                <input type="checkbox" name=name("counts") value="yes" checked=counts />
                " "
                {label("counts")}
            </label>
            {area("definition")}
            {area("examples")}
            {area("labels")}
        </fieldset>
    }
}
