//! `/import`: choosing a file.

use crate::failure::Failure;
use crate::request::Request;
use crate::shell::{self, Head};
use crate::t;
use axum::response::Response;
use data::domain::{Action, states};
use leptos::prelude::*;

pub(crate) async fn page(request: Request) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(shell::sign_in_first(&request));
    }
    request.visitor.require(Action::Import)?;
    let head = Head::titled(t!("import-title"));
    Ok(shell::page(&request, &head, || {
        // A text field with suggestions instead of two menus: typing "SVN-3" is quicker than finding
        // one of 195 States.
        let suggestions = states::all()
            .flat_map(|state| {
                data::domain::Cycle::ALL.map(|cycle| {
                    let code = format!("{}-{cycle}", state.as_str());
                    let name = format!("{}, {}", state.name(), crate::translations::cycle(cycle));
                    view! { <option value=code label=name></option> }
                })
            })
            .collect_view();
        view! {
            <h1>{t!("import-title")}</h1>
            <p>{t!("import-what")}</p>
            <ul>
                <li>{t!("import-format-uhri")}</li>
                <li>{t!("import-format-matrix")}</li>
                <li>{t!("import-format-own")}</li>
            </ul>
            <form
                class="narrow"
                method="post"
                action="/api/upload-file"
                enctype="multipart/form-data"
            >
                <label for="file">{t!("import-file")}</label>
                <p class="hint" id="file-hint">{t!("import-file-how")}</p>
                <input type="file" id="file" name="file" aria-describedby="file-hint" required />
                <label for="review">{t!("import-review")}</label>
                <p class="hint" id="review-hint">{t!("import-review-how")}</p>
                <input
                    type="text"
                    id="review"
                    name="review"
                    list="reviews"
                    autocomplete="off"
                    aria-describedby="review-hint"
                />
                <datalist id="reviews">{suggestions}</datalist>
                <button type="submit">{t!("import-preview")}</button>
            </form>
        }
    }))
}
