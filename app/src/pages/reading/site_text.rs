//! `/about` and `/about/{text}`: texts about the installation, and the sources of its data.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::document_link::with_document_links;
use crate::components::list::page_links;
use crate::components::prose::prose;
use crate::components::site_text_links::title;
use crate::pages::reading::state::documents;
use crate::t;
use crate::text::coverage;
use crate::text::names;
use crate::text::provenance::Sources;
use crate::text::site_texts::{Shown, SiteText};
use crate::text::translations;
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, IntoFragment as _, html};
use crate::web::request::Request;
use crate::web::site::Identity;
use axum::extract::Path;
use axum::response::Response;
use data::domain::{
    Action, Corpus, CorpusPart, Dimension, Filter, Object, PositionSources, RecommendationSet,
};
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
    let has_contact = request.site.identity.contact.is_some();
    let response = document::page(request, &head, || {
        let identity = identity(&request.site.identity);
        let is_told = [SiteText::About, SiteText::Contact].contains(&text) && !identity.is_empty();
        let body = match request.site.texts.of(text) {
            Shown::Own(own) => own,
            Shown::Shipped(shipped) if text == SiteText::Contact => {
                contact(shipped, has_contact).to_owned()
            }
            Shown::Shipped(shipped) => shipped.to_owned(),
        };
        view! {
            {breadcrumbs(Vec::new(), title.clone())}
            <h1>{title}</h1>
            {is_told.then(|| view! { <p class="lead" dir="auto">{identity.join(" ")}</p> })}
            {prose(&body, HeadingLevel::H2)}
        }
    });
    // The operator can change a text without a change of the data.
    if request.site.texts.can_change() {
        return document::not_kept(response);
    }
    response
}

/// The part of the shipped text on contact that is true: its first paragraph is for installations without an address,
/// and the rest for those that name one.
fn contact(shipped: &str, has_contact: bool) -> &str {
    match shipped.split_once("\n\n") {
        Some((_, rest)) if has_contact => rest,
        Some((first, _)) => first,
        None => shipped,
    }
}

async fn sources(request: &Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let head = Head::titled(t!("data-sources-title")).described(t!("describe-sources"));
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let page = request
        .parameter("page")
        .and_then(|page| page.parse().ok())
        .filter(|page| (1..=10_000).contains(page))
        .unwrap_or(1);
    Ok(document::page(request, &head, || {
        view! {
            {breadcrumbs(Vec::new(), t!("data-sources-title"))}
            <h1>{t!("data-sources-title")}</h1>
            <p>{t!("data-sources-what")}</p>
            {table(&corpus, open_rounds)}
            {by_review(&corpus, open_rounds, page)}
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
        html! {
            <tr>
                <th scope="row" dir="auto">{name}</th>
                <td class="number">{translations::number(count)}</td>
            </tr>
        }
    };
    let (documents, others): (Vec<_>, Vec<_>) = sources
        .by_weight()
        .into_iter()
        .partition(|(source, _)| source.is_some_and(PositionSources::is_united_nations));
    let name =
        |source: Option<&str>| source.map_or_else(|| t!("data-sources-not-given"), str::to_owned);
    // Many documents stand one by one in the table of reviews only.
    let documents: Vec<Fragment> = if documents.len() <= DOCUMENTS_NAMED {
        let named = documents.iter();
        named
            .map(|(source, count)| row(name(*source), *count))
            .collect()
    } else {
        let all = t!("sources-documents", count = documents.len());
        vec![row(all, documents.iter().map(|(_, count)| count).sum())]
    };
    let others = others.into_iter();
    let others = others.map(|(source, count)| row(name(source), count));
    let named = documents.into_iter().chain(others);
    let without =
        (sources.without > 0).then(|| row(t!("data-sources-no-position"), sources.without));
    let made_up =
        (sources.fictitious > 0).then(|| row(t!("data-sources-made-up"), sources.fictitious));
    let rows = named.chain(without).chain(made_up).collect_view();
    html! {
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
}

/// The most documents that the table of sources names one by one.
const DOCUMENTS_NAMED: usize = 4;

/// Reviews on a page of the table of sources.
const REVIEWS_PER_PAGE: usize = 50;

/// Each review with how much of it is loaded, its documents, and the sources of its positions.
fn by_review(corpus: &Corpus, open_rounds: bool, page: usize) -> Option<Fragment> {
    let mut parts: Vec<&CorpusPart> = corpus.parts().iter().map(AsRef::as_ref).collect();
    parts.sort_by_cached_key(|part| {
        let code = part.review.code;
        (
            code.state.is_fictitious(),
            names::alphabetical(names::state(code.state)),
            code.cycle,
        )
    });
    let pages = parts.len().div_ceil(REVIEWS_PER_PAGE).max(1);
    let page = page.min(pages);
    let first = (page - 1) * REVIEWS_PER_PAGE;
    let rows: Vec<_> = parts
        .iter()
        .skip(first)
        .take(REVIEWS_PER_PAGE)
        .map(|part| of_review(corpus, part, open_rounds))
        .collect();
    let (last, count) = (first + rows.len(), parts.len());
    let through = page_links(page, pages, |to| {
        let query = if to == 1 {
            String::new()
        } else {
            format!("page={to}")
        };
        paths::with_query(paths::localize("/about/sources"), &query)
    });
    let caption = t!(
        "data-sources-reviews",
        first = first + 1,
        last = last,
        count = count
    );
    (!parts.is_empty()).then(|| {
        html! {
            <div class="scroll" role="region" tabindex="0" aria-labelledby="reviews-caption">
                <table class="cards">
                    <caption id="reviews-caption">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("column-review")}</th>
                            <th scope="col">{t!("data-sources-loaded")}</th>
                            <th scope="col">{t!("state-documents")}</th>
                            <th scope="col">{t!("data-sources-of-positions")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {through}
        }
    })
}

fn of_review(corpus: &Corpus, part: &CorpusPart, open_rounds: bool) -> Fragment {
    let code = part.review.code;
    let filter = Filter::default()
        .with_only(Dimension::State, code.state.as_str())
        .with_only(Dimension::Cycle, &code.cycle.to_string());
    let set = RecommendationSet::of_all_reviews(corpus, &filter, open_rounds);
    let sources = if set.is_empty() {
        ().fragment()
    } else {
        let line = Sources::of_answers(&set).positions_line();
        with_document_links(&line.unwrap_or_default())
    };
    let loaded = translations::number(part.standing.recommendations as u64);
    let of_received = coverage::beside_number(&part.standing.coverage);
    html! {
        <tr>
            <th scope="row">
                <a href=paths::review(code)>{translations::review(&part.review)}</a>
            </th>
            <td data-label=t!("data-sources-loaded")>
                {loaded} {of_received.map(|part| view! { " " <span class="by">{part}</span> })}
            </td>
            <td data-label=t!("state-documents")>{documents(&part.review)}</td>
            <td data-label=t!("data-sources-of-positions") dir="auto">{sources}</td>
        </tr>
    }
}
