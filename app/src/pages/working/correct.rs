//! `/reviews/{review}/recommendations/{paragraph}/correct`: positions and facts of a recommendation to be corrected.
//! The query string chooses a claim, or what else is done: merging, splitting, removing.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::edit::{
    Edited, facts_form, merge_form, position_form, remove_form, split_form,
};
use crate::t;
use crate::text::names;
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use data::domain::{Action, Object, Paragraph, ReviewCode};
use leptos::prelude::*;

/// What is done on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Correct,
    Merge,
    Split,
    Remove,
}

impl View {
    const ALL: [Self; 4] = [Self::Correct, Self::Merge, Self::Split, Self::Remove];

    fn parse(text: &str) -> Self {
        let all = Self::ALL.into_iter();
        let mut found = all.filter(|view| view.query().strip_prefix("view=") == Some(text));
        found.next().unwrap_or(Self::Correct)
    }

    fn query(self) -> &'static str {
        match self {
            Self::Correct => "",
            Self::Merge => "view=merge",
            Self::Split => "view=split",
            Self::Remove => "view=remove",
        }
    }

    fn title(self) -> String {
        match self {
            Self::Correct => t!("edit-tab-correct"),
            Self::Merge => t!("edit-tab-merge"),
            Self::Split => t!("edit-tab-split"),
            Self::Remove => t!("edit-tab-remove"),
        }
    }
}

pub(crate) async fn page(
    Path((review, paragraph)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    if request.visitor.account.is_none() {
        return Ok(document::sign_in_first(&request));
    }
    request
        .visitor
        .require(Action::EditRecommendations, Object::of_review(&review))?;
    let code = ReviewCode::parse(&review).ok_or(Failure::NotFound)?;
    let paragraph = Paragraph::parse(&paragraph).map_err(|_| Failure::NotFound)?;
    let store = &request.site.store;
    let Some((one, attached)) = store.attached(code, &paragraph).await? else {
        let now = store.paragraph_now(code, &paragraph).await?;
        let now = now
            .filter(|now| *now != paragraph)
            .ok_or(Failure::NotFound)?;
        return Ok(Redirect::to(&paths::correct(code, &now, "")).into_response());
    };
    let chosen = View::parse(&request.parameter("view").unwrap_or_default());
    let with = request.parameter("with").unwrap_or_default();
    let with = with.trim().chars().take(100).collect::<String>();
    let other = match Paragraph::parse(&with) {
        Ok(other) if chosen == View::Merge && other != paragraph => {
            store.attached(code, &other).await?
        }
        _ => None,
    };
    let claim = request.parameter("claim");
    let claim = claim.and_then(|claim| claim.parse::<usize>().ok());
    let number = names::paragraph(&one);
    let title = t!("edit-title", paragraph = number.clone());
    let head = Head::titled(title.clone()).about(code.state);
    Ok(document::page(&request, &head, || {
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
            (
                paths::recommendation(code, &paragraph),
                t!("recommendation-title", paragraph = number),
            ),
        ];
        let edited = Edited {
            request: &request,
            review: code,
            one: &one,
        };
        let body = match chosen {
            View::Correct => html! {
                <section aria-labelledby="position">
                    <h2 id="position">{t!("edit-positions")}</h2>
                    {position_form(&edited, claim)}
                </section>
                <section aria-labelledby="facts">
                    <h2 id="facts">{t!("edit-facts")}</h2>
                    {facts_form(&edited, false)}
                </section>
            },
            View::Merge => merge_form(&edited, &attached, &with, other.as_ref()),
            View::Split => split_form(&edited, &attached),
            View::Remove => remove_form(&edited, &attached),
        };
        view! {
            {breadcrumbs(above, title.clone())}
            <h1>{title}</h1>
            {tabs(code, &paragraph, chosen)}
            {body}
        }
    }))
}

fn tabs(code: ReviewCode, paragraph: &Paragraph, chosen: View) -> Fragment {
    let links = View::ALL
        .into_iter()
        .map(|view| {
            let href = paths::correct(code, paragraph, view.query());
            let current = (view == chosen).then_some("page");
            view! { " " <a href=href aria-current=current>{view.title()}</a> }
        })
        .collect_view();
    html! {
        <nav class="tabs" aria-label=t!("edit-tabs")>
            {links}
        </nav>
    }
}
