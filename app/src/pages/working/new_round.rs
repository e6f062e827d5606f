//! `/reviews/{review}/rounds/new`: the form that opens a round.

use crate::components::document::{self, Head};
use crate::components::text_field::TextField;
use crate::t;
use crate::text::numbers;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Object};
use leptos::prelude::*;

pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::OpenRound, Object::of_review(&review))?;
    let record = request.review_record(&review).await?;
    let scales = request.site.store.scales().await?;
    let head = Head::titled(t!("new-round-title")).about(record.review.code.state);
    Ok(document::page(&request, &head, || {
        let code = record.review.code;
        let typed = |field: &str| {
            request
                .notice
                .as_ref()
                .map(|notice| notice.typed(field))
                .unwrap_or_default()
        };
        let field = |name: &'static str, label: String, hint: String, kind: &'static str| {
            let hint_id = format!("{name}-hint");
            view! {
                <label for=name>{label}</label>
                <p class="hint" id=hint_id.clone()>{hint}</p>
                <input
                    type=kind
                    id=name
                    name=name
                    value=typed(name)
                    aria-describedby=hint_id
                    required=name != "as_of"
                    dir="auto"
                    autocomplete="off"
                />
            }
        };
        let method = TextField {
            name: "method",
            value: &typed("method"),
            rows: Some(6),
            id: Some("method"),
            max_length: Some(20_000),
            described_by: Some("method-hint"),
            ..TextField::default()
        }
        .fragment();
        let chosen = typed("scale");
        let options = scales
            .iter()
            .map(|scale| {
                let labels: Vec<&str> = scale
                    .statuses
                    .iter()
                    .map(|status| status.label.as_str())
                    .collect();
                view! {
                    <option value=scale.code.clone() selected=scale.code == chosen>
                        {format!("{} ({})", scale.name, numbers::list(&labels))}
                    </option>
                }
            })
            .collect_view();
        view! {
            <p class="over">
                <a href=paths::localize(format_args!("/reviews/{code}"))>{translations::review(&record.review)}</a>
            </p>
            <h1>{t!("new-round-title")}</h1>
            <form class="narrow" method="post" action=paths::localize("/api/open-round")>
                <input type="hidden" name="review" value=code.to_string() />
                {field("title", t!("new-round-name"), t!("new-round-name-how"), "text")}
                {field(
                    "organisation",
                    t!("new-round-organisation"),
                    t!("new-round-organisation-how"),
                    "text",
                )}
                {field("slug", t!("new-round-slug"), t!("new-round-slug-how"), "text")}
                {field("as_of", t!("new-round-as-of"), t!("new-round-as-of-how"), "date")}
                <label for="scale">{t!("new-round-scale")}</label>
                <select id="scale" name="scale">{options}</select>
                <label for="method">{t!("new-round-method")}</label>
                <p class="hint" id="method-hint">{t!("new-round-method-how")}</p>
                {method}
                <button type="submit">{t!("new-round-open")}</button>
            </form>
        }
    }))
}
