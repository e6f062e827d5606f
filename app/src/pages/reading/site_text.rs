//! `/about` and `/about/{text}`: texts about the installation, and the sources of its data.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::prose::prose;
use crate::t;
use crate::text::coverage;
use crate::text::site_texts::SiteText;
use crate::text::translations;
use crate::urls::paths;
use crate::web::document::{self, Head};
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _};
use crate::web::request::Request;
use crate::web::site::Identity;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Corpus, Filter, Object, RecommendationSet};
use leptos::prelude::*;
use pulldown_cmark::HeadingLevel;

/// The address of the sources of the data, below `/about/`.
const SOURCES: &str = "sources";

pub(crate) async fn about(request: Request) -> Result<Response, Failure> {
    Ok(page_of(&request, SiteText::About))
}

pub(crate) async fn page(Path(code): Path<String>, request: Request) -> Result<Response, Failure> {
    if code == SOURCES {
        return sources(&request).await;
    }
    let text = SiteText::of_code(&code).filter(|text| *text != SiteText::About);
    Ok(page_of(&request, text.ok_or(Failure::NotFound)?))
}

/// The links to these pages.
pub(crate) fn links() -> Fragment {
    let texts = SiteText::ALL.map(|text| (path(text), title(text)));
    let sources = (paths::localize("/about/sources"), t!("data-sources-title"));
    let corrections = (paths::corrections(None, 1), t!("corrections-title"));
    let links = texts
        .into_iter()
        .chain([sources, corrections])
        .map(|(href, title)| {
            view! { <li><a href=href>{title}</a></li> }
        });
    view! { <ul class="row">{links.collect_view()}</ul> }.fragment()
}

fn path(text: SiteText) -> String {
    match text {
        SiteText::About => paths::localize("/about"),
        other => paths::localize(format_args!("/about/{}", other.code())),
    }
}

fn title(text: SiteText) -> String {
    translations::text(&format!("site-text-{}", text.code()), &[])
}

/// Who runs the installation, a sentence for each part that is known.
pub(crate) fn identity(identity: &Identity) -> Vec<String> {
    let Identity {
        name,
        organisation,
        contact,
    } = identity.clone();
    let run_by = match (name, organisation) {
        (Some(name), Some(organisation)) => Some(t!(
            "site-name-run-by",
            name = name,
            organisation = organisation
        )),
        (Some(name), None) => Some(t!("site-name", name = name)),
        (None, Some(organisation)) => Some(t!("site-run-by", organisation = organisation)),
        (None, None) => None,
    };
    let contact = contact.map(|contact| t!("site-contact", contact = contact));
    run_by.into_iter().chain(contact).collect()
}

fn page_of(request: &Request, text: SiteText) -> Response {
    let title = title(text);
    let head = Head::titled(title.clone());
    document::page(request, &head, || {
        let (texts, identity) = (&request.site.texts, identity(&request.site.identity));
        let is_told = [SiteText::About, SiteText::Contact].contains(&text) && !identity.is_empty();
        // The shipped text begins with the sentence that nobody has said who runs this.
        let body = match texts.of(text).split_once("\n\n") {
            Some((_, rest)) if is_told && text == SiteText::Contact && texts.is_shipped(text) => {
                rest
            }
            _ => texts.of(text),
        };
        view! {
            {breadcrumbs(Vec::new(), title.clone())}
            <h1>{title}</h1>
            {is_told.then(|| view! { <p class="lead" dir="auto">{identity.join(" ")}</p> })}
            {prose(body, HeadingLevel::H2)}
        }
    })
}

async fn sources(request: &Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let head = Head::titled(t!("data-sources-title"));
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    Ok(document::page(request, &head, || {
        view! {
            {breadcrumbs(Vec::new(), t!("data-sources-title"))}
            <h1>{t!("data-sources-title")}</h1>
            <p>{t!("data-sources-what")}</p>
            {table(&corpus, open_rounds)}
            <p>
                <a href=paths::localize("/methodology")>{t!("footer-methodology")}</a>
            </p>
        }
    }))
}

/// Each document or collection, with the number of recommendations whose position it gives.
fn table(corpus: &Corpus, open_rounds: bool) -> Fragment {
    let set = RecommendationSet::of_all_reviews(corpus, &Filter::default(), open_rounds);
    let sources = set.position_sources();
    let coverage = coverage::of_set(&set);
    let row = |name: String, count: u64| {
        view! {
            <tr>
                <th scope="row" dir="auto">{name}</th>
                <td class="number">{translations::number(count)}</td>
            </tr>
        }
        .fragment()
    };
    let named = sources.by_weight().into_iter().map(|(source, count)| {
        let name = source.map_or_else(|| t!("data-sources-not-given"), str::to_owned);
        row(name, count)
    });
    let without =
        (sources.without > 0).then(|| row(t!("data-sources-no-position"), sources.without));
    let made_up =
        (sources.fictitious > 0).then(|| row(t!("data-sources-made-up"), sources.fictitious));
    let rows = named.chain(without).chain(made_up).collect_view();
    view! {
        {coverage.map(|coverage| view! { <p>{coverage}</p> })}
        <div class="scroll" role="region" tabindex="0" aria-labelledby="sources-caption">
            <table class="counts">
                <caption id="sources-caption">{t!("data-sources-caption")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!("data-sources-source")}</th>
                        <th scope="col" class="number">{t!("data-sources-positions")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>{row(t!("chart-all"), set.len() as u64)}</tfoot>
            </table>
        </div>
    }
    .fragment()
}
