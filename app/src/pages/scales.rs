//! `/admin/scales` and `/admin/scales/{code}`: the status scales, and the form that makes a new version of
//! one.

use crate::components::scale_table::scale_table;
use crate::failure::Failure;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Scale, Shape, Status};
use leptos::prelude::*;

/// Empty rows below the statuses there are.
const SPARE: usize = 2;

pub(crate) async fn list(request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(shell::sign_in_first(&request));
    }
    request.visitor.require(Action::EditScales)?;
    let scales = request.site.store.scales().await?;
    let head = Head::titled(t!("scales-title"));
    Ok(shell::page(&request, &head, || {
        // The newest version of each; rounds show the one that they use.
        let newest = scales.iter().filter(|scale| {
            scales
                .iter()
                .all(|other| other.code != scale.code || other.version <= scale.version)
        });
        let tables: Vec<_> = newest
            .map(|scale| {
                let href = address::scale(&scale.code);
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
            {form(&empty, 5)}
        }
    }))
}

pub(crate) async fn page(Path(code): Path<String>, request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(shell::sign_in_first(&request));
    }
    request.visitor.require(Action::EditScales)?;
    let scale = request.site.store.scale(&code).await?;
    let scale = scale.ok_or(Failure::NotFound)?;
    let title = t!("scale-edit", name = scale.name.clone());
    let head = Head::titled(title.clone());
    Ok(shell::page(&request, &head, || {
        view! {
            <p class="over">
                <a href="/admin/scales">{t!("scales-title")}</a>
            </p>
            <h1 dir="auto">{title}</h1>
            <p>{t!("scale-edit-how", version = scale.version)}</p>
            {form(&scale, SPARE)}
        }
    }))
}

fn form(scale: &Scale, spare: usize) -> Fragment {
    let is_new = scale.version == 0;
    let rows: Vec<_> = (0..scale.statuses.len() + spare)
        .map(|place| row(place, scale.statuses.get(place)))
        .collect();
    view! {
        <form class="scale-form" method="post" action="/api/save-scale">
            <input type="hidden" name="version" value=scale.version.to_string() />
            <label>
                <span>{t!("scale-code-field")}</span>
                <input type="text" name="code" value=scale.code.clone() readonly=!is_new required />
            </label>
            <label>
                <span>{t!("scale-name-field")}</span>
                <input type="text" name="name" value=scale.name.clone() dir="auto" required />
            </label>
            {rows}
            <button type="submit">{t!("scale-save")}</button>
        </form>
    }
    .fragment()
}

fn row(place: usize, status: Option<&Status>) -> Fragment {
    let name = |field: &str| format!("statuses[{place}][{field}]");
    let text = |field: &str, label: String, value: String| {
        view! {
            <label>
                <span>{label}</span>
                <input type="text" name=name(field) value=value dir="auto" />
            </label>
        }
        .fragment()
    };
    let area = |field: &str, label: String, value: String| {
        view! {
            <label class="wide">
                <span>{label}</span>
                <textarea name=name(field) rows="2" dir="auto">
                    {value}
                </textarea>
            </label>
        }
        .fragment()
    };
    let option = |code: &'static str, label: String, selected: bool| {
        view! { <option value=code selected=selected>{label}</option> }.fragment()
    };
    let colours: Vec<_> = Status::COLOURS
        .into_iter()
        .map(|colour| {
            let selected = status.is_some_and(|status| status.colour == colour);
            let label = translations::text(&format!("scale-colour-{colour}"), &[]);
            option(colour, label, selected)
        })
        .collect();
    let shapes: Vec<_> = Shape::ALL
        .into_iter()
        .map(|shape| {
            let selected = status.is_some_and(|status| status.shape == shape);
            let label = translations::text(&format!("scale-shape-{}", shape.code()), &[]);
            option(shape.code(), label, selected)
        })
        .collect();
    let of = |read: fn(&Status) -> String| status.map(read).unwrap_or_default();
    let labels = of(|status| {
        let lines = status.labels.iter();
        let lines: Vec<String> = lines
            .map(|(code, label)| format!("{code}: {label}"))
            .collect();
        lines.join("\n")
    });
    let number = (place + 1).to_string();
    let counts = status.is_none_or(|status| status.counts_as_assessed);
    view! {
        <fieldset class="fields">
            <legend>{t!("scale-status-number", number = place + 1)}</legend>
            {text("place", t!("scale-place"), number)}
            {text("code", t!("scale-status-code"), of(|status| status.code.clone()))}
            {text("label", t!("scale-status-label"), of(|status| status.label.clone()))}
            {text(
                "score",
                t!("scale-status-score"),
                of(|status| status.score.map(|score| score.to_string()).unwrap_or_default()),
            )}
            <label>
                <span>{t!("scale-status-colour")}</span>
                <select name=name("colour")>{colours}</select>
            </label>
            <label>
                <span>{t!("scale-status-shape")}</span>
                <select name=name("shape")>{shapes}</select>
            </label>
            <label class="tick">
                <input type="checkbox" name=name("counts") value="yes" checked=counts />
                " "
                {t!("scale-status-counts")}
            </label>
            {area("definition", t!("scale-definition"), of(|status| status.definition.clone()))}
            {area(
                "examples",
                t!("scale-status-examples"),
                of(|status| status.examples.clone().unwrap_or_default()),
            )}
            {area("labels", t!("scale-status-labels"), labels)}
        </fieldset>
    }
    .fragment()
}
