//! `/recommendations` and `/reviews/{review}/recommendations`: the recommendations that a filter
//! leaves. The query string is the whole state of the page.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::document::{self, Head};
use crate::components::fault_list::said;
use crate::components::list::{
    FacetOptions, List, chosen, columns, empty, exports, figures, filter_form, pager, table, units,
    without_usual_columns,
};
use crate::components::saved_views::beside_list;
use crate::t;
use crate::text::filter_sentence::sentence;
use crate::text::names;
use crate::text::translations;
use crate::urls::filter::{self, SelectsFrom};
use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::html::{Fragment, html};
use crate::web::request::{Request, Visitor};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{
    Action, ChosenColumns, Listed, Message, Object, RecommendationSet, ReviewRecord, Row,
};
use data::store::SavedView;
use leptos::prelude::*;

/// The list of one review.
pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let (filter, mut faults) = filter::read(&request.query, SelectsFrom::Review(&record));
    let mut set = RecommendationSet::of_review(&record, &filter);
    if let Some(filter) = without_usual_columns(&set) {
        set = set.with(&filter);
    }
    faults.extend(last_page_instead(&mut set));
    let rows = set.page();
    let rows: Vec<Listed<'_>> = rows.iter().map(Row::listed).collect();
    let shows = FacetOptions::parse(&request.query);
    let list = List::of(&set, &rows, &shows);
    let views = views_of(&request).await?;
    let code = record.review.code;
    let title = t!("list-of", review = translations::review(&record.review));
    let head = Head {
        data: data_of(&list),
        ..Head::titled(title.clone()).about(code.state)
    };
    let head = head
        .described(t!("describe-list", of = sentence(&set)))
        .with_query(set.filter().to_query());
    Ok(document::page(&request, &head, || {
        let above = vec![
            (
                paths::state(code.state),
                names::state(code.state).to_owned(),
            ),
            (paths::review(code), translations::cycle(code.cycle)),
        ];
        let body = if record.recommendations.is_empty() {
            nothing_here(&record, &request.visitor)
        } else {
            whole(&list, beside(&list, views.as_deref(), &request))
        };
        view! {
            {breadcrumbs(above, t!("list-title"))}
            <h1>{title}</h1>
            {said(faults)}
            {body}
        }
    }))
}

/// The list of all reviews.
pub(crate) async fn of_all_reviews(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let open_rounds = request
        .visitor
        .may(Action::ReadOpenRounds, Object::Installation);
    let from = SelectsFrom::AllReviews(corpus.scale(open_rounds));
    let (filter, mut faults) = filter::read(&request.query, from);
    // Memory holds what the usual columns show; others are read from the database, as files are.
    let stored = filter
        .columns
        .as_ref()
        .is_some_and(ChosenColumns::need_database);
    let listing = if stored {
        Some(request.site.store.listing().await?)
    } else {
        None
    };
    let corpus = listing.as_ref().map_or(&corpus, |listing| &listing.corpus);
    let mut set = RecommendationSet::of_all_reviews(corpus, &filter, open_rounds);
    if let Some(filter) = without_usual_columns(&set) {
        set = set.with(&filter);
    }
    faults.extend(last_page_instead(&mut set));
    let rows: Vec<Row<'_>> = match &listing {
        Some(listing) => {
            let rows = listing.rows(set.matches(), set.page_range()).await?;
            rows.collect()
        }
        None => set.page(),
    };
    let rows: Vec<Listed<'_>> = rows.iter().map(Row::listed).collect();
    let shows = FacetOptions::parse(&request.query);
    let list = List::of(&set, &rows, &shows);
    let views = views_of(&request).await?;
    let head = Head {
        fictitious: set.is_fictitious(),
        data: data_of(&list),
        ..Head::titled(t!("list-everything"))
    };
    let head = head
        .described(t!("describe-list", of = sentence(&set)))
        .with_query(set.filter().to_query());
    Ok(document::page(&request, &head, || {
        let body = if corpus.is_empty() {
            html! { <p class="missing">{t!("review-nothing-here")}</p> }
        } else {
            whole(&list, beside(&list, views.as_deref(), &request))
        };
        view! {
            {breadcrumbs(Vec::new(), t!("list-title"))}
            <h1>{t!("list-everything")}</h1>
            <p class="lead">{t!("list-everything-lead")}</p>
            {said(faults)}
            {body}
        }
    }))
}

/// The files of a list that other programs read.
fn data_of(list: &List<'_>) -> Vec<(&'static str, String)> {
    [("text/csv", "csv"), ("application/json", "json")]
        .map(|(kind, ending)| (kind, paths::export(list.review(), list.filter, ending)))
        .into()
}

/// Shows the last page if the address asks for a later one, and says so.
fn last_page_instead(set: &mut RecommendationSet<'_>) -> Option<Message> {
    let asked = set.filter().page;
    let message = || Message::new("list-page-past-end").with("page", asked);
    set.clamp_page().then(message)
}

/// The saved views of the visitor's account; `None` for readers without an account.
async fn views_of(request: &Request) -> Result<Option<Vec<SavedView>>, Failure> {
    match &request.visitor.account {
        Some(account) => Ok(Some(request.site.store.saved_views(account.id).await?)),
        None => Ok(None),
    }
}

fn beside(list: &List<'_>, views: Option<&[SavedView]>, request: &Request) -> Option<Fragment> {
    Some(beside_list(views?, list.review(), list.filter, request))
}

fn whole(list: &List<'_>, views: Option<Fragment>) -> Fragment {
    let words = sentence(list.set);
    let rows = if list.set.is_empty() {
        empty(list)
    } else {
        html! { {figures(list)} {chosen(list)} {table(list)} {pager(list)} {units(list)} {columns(list)} {exports(list)} }
    };
    html! {
        <div class="with-filter">
            <p class="to-filter">
                <a class="button" href="#filter">{t!("list-to-filter")}</a>
            </p>
            {filter_form(list)} <section id="list" class="results" tabindex="-1" aria-labelledby="words">
                <h2 class="words" id="words" dir="auto">
                    {words}
                </h2>
                {views}
                {rows}
            </section>
        </div>
    }
}

/// A review whose recommendations have not been imported.
fn nothing_here(record: &ReviewRecord, visitor: &Visitor) -> Fragment {
    let why = if record.rounds.is_empty() {
        t!("review-nothing-here")
    } else {
        t!("review-totals-only")
    };
    let may_import = visitor.may(Action::Import, Object::Review(record.review.code));
    html! {
        <p class="missing">
            {why} " " {may_import.then(|| t!("review-how-to-import"))} " "
            <a href=paths::review(record.review.code)>{translations::review(&record.review)}</a>
        </p>
    }
}
