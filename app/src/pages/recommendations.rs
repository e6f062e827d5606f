//! `/recommendations` and `/reviews/{review}/recommendations`: the recommendations that a filter
//! leaves. The query string is the whole state of the page.

use crate::components::breadcrumbs::breadcrumbs;
use crate::components::faults::said;
use crate::components::list::{
    List, Of, chosen, empty, exports, figures, filter_form, pager, table,
};
use crate::failure::Failure;
use crate::filter_query;
use crate::filter_words::{Subject, filter_in_words};
use crate::fragment::{Fragment, IntoFragment as _};
use crate::request::Request;
use crate::shell::{self, Head};
use crate::{address, t, translations};
use axum::extract::Path;
use axum::response::Response;
use data::domain::{Action, Dimension, Filter, Listed, Message, ReviewRecord};
use leptos::prelude::*;

/// The list of one review.
pub(crate) async fn page(
    Path(review): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let record = request.review_record(&review).await?;
    let (mut filter, mut faults) = filter_query::read(&request.query, &record);
    let selection = filter.select(&record);
    on_a_page_there_is(&mut filter, selection.rows.len(), &mut faults);
    let (_, rows) = selection.page(&filter);
    let round = selection.round.map(|round| &round.round);
    let list = List {
        of: Of::Review {
            record: &record,
            selection: &selection,
        },
        filter: &filter,
        rows,
        scale: round.map(|round| &round.scale),
        opened: None,
    };
    let code = record.review.code;
    let title = t!("list-of", review = translations::review(&record.review));
    let head = Head::titled(title.clone()).about(code.state);
    Ok(shell::page(&request, &head, || {
        let above = vec![
            (address::state(code.state), code.state.name().to_owned()),
            (address::review(code), translations::cycle(code.cycle)),
        ];
        let body = if record.recommendations.is_empty() {
            nothing_here(&record)
        } else {
            whole(&list, Subject::Review(code, round))
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
pub(crate) async fn everything(request: Request) -> Result<Response, Failure> {
    let corpus = request.site.store.corpus().await?;
    let open_rounds = request.visitor.may(Action::ReadOpenRounds);
    let scale = corpus.scale(open_rounds);
    let (mut filter, mut faults) = filter_query::read_of_everything(&request.query, scale);
    let matches = corpus.select(&filter, open_rounds);
    on_a_page_there_is(&mut filter, matches.len(), &mut faults);
    let start = (filter.page - 1) * filter.per_page;
    let end = (start + filter.per_page).min(matches.len());
    let rows = corpus.rows(&matches, start..end);
    let rows: Vec<Listed<'_>> = rows.iter().map(|row| row.listed()).collect();
    let opened = request.parameter(address::ALL_VALUES);
    let list = List {
        of: Of::Everything {
            corpus: &corpus,
            matches: &matches,
        },
        filter: &filter,
        rows: &rows,
        scale: (!scale.statuses.is_empty()).then_some(scale),
        opened: opened.as_deref().and_then(Dimension::from_param),
    };
    let head = Head {
        fictitious: corpus.is_fictitious(&matches),
        ..Head::titled(t!("list-everything"))
    };
    Ok(shell::page(&request, &head, || {
        let body = if corpus.is_empty() {
            view! { <p class="missing">{t!("review-nothing-here")}</p> }.fragment()
        } else {
            whole(&list, Subject::Everything)
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

/// The last page where the one asked for is past it.
fn on_a_page_there_is(filter: &mut Filter, rows: usize, faults: &mut Vec<Message>) {
    let pages = rows.div_ceil(filter.per_page.max(1)).max(1);
    if filter.page > pages {
        faults.push(Message::new("list-page-past-end").with("page", filter.page));
        filter.page = pages;
    }
}

fn whole(list: &List<'_>, subject: Subject<'_>) -> Fragment {
    let words = filter_in_words(list.filter, list.counted(), subject, list.scale);
    let rows = if list.count() == 0 {
        empty(list)
    } else {
        view! { {figures(list)} {chosen(list)} {exports(list)} {table(list)} {pager(list)} }
            .fragment()
    };
    view! {
        <div class="with-filter">
            {filter_form(list)} <section id="list" class="results" tabindex="-1" aria-labelledby="words">
                <h2 class="words" id="words" dir="auto">
                    {words}
                </h2>
                {rows}
            </section>
        </div>
    }
    .fragment()
}

/// A review whose recommendations have not been imported.
fn nothing_here(record: &ReviewRecord) -> Fragment {
    let why = if record.rounds.is_empty() {
        t!("review-nothing-here")
    } else {
        t!("review-totals-only")
    };
    view! {
        <p class="missing">
            {why} " " {t!("review-how-to-import")} " "
            <a href=address::review(record.review.code)>{translations::review(&record.review)}</a>
        </p>
    }
    .fragment()
}
