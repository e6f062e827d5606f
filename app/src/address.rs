//! The addresses of pages, made in one place. All are relative to the installation.

use data::domain::{Dimension, Filter, Paragraph, Queue, ReviewCode, Scheme, StateCode};

/// The sign-in page that leads on to `next`.
pub(crate) fn sign_in(next: &str) -> String {
    format!("/login?next={}", encoded(next))
}

/// The page of a State.
pub(crate) fn state(state: StateCode) -> String {
    format!("/states/{state}")
}

/// The page of a review.
pub(crate) fn review(review: ReviewCode) -> String {
    format!("/reviews/{review}")
}

/// The list of recommendations, of a review or of all, that a filter leaves.
pub(crate) fn recommendations(review: impl Into<Option<ReviewCode>>, filter: &Filter) -> String {
    let list = list(review.into());
    match filter.to_query() {
        query if query.is_empty() => list,
        query => format!("{list}?{query}"),
    }
}

/// The lists that [`Filter::with_only`] leaves, for the many values of one dimension.
pub(crate) fn recommendations_with_only(
    review: Option<ReviewCode>,
    filter: &Filter,
    dimension: Dimension,
) -> impl Fn(&str) -> String + use<> {
    let list = list(review);
    let query = filter.queries_with_only(dimension);
    move |value| [list.as_str(), "?", &query(value)].concat()
}

fn list(review: Option<ReviewCode>) -> String {
    match review {
        Some(review) => format!("/reviews/{review}/recommendations"),
        None => "/recommendations".to_owned(),
    }
}

/// The parameter that names the dimension whose values are all shown.
pub(crate) const ALL_VALUES: &str = "values";

/// The list over all reviews with every value of a dimension beside it.
pub(crate) fn with_all_values(filter: &Filter, dimension: Dimension) -> String {
    let query = filter.to_query();
    let and = if query.is_empty() { "" } else { "&" };
    let list = list(None);
    format!("{list}?{query}{and}{ALL_VALUES}={}", dimension.param())
}

/// Every State under review.
pub(crate) fn world() -> String {
    "/world".to_owned()
}

/// What a State recommended, of what a filter leaves.
pub(crate) fn recommending(state: &str, filter: &Filter) -> String {
    let mut filter = filter.clone();
    filter.chosen.remove(&Dimension::RecommendingState);
    with_query(format!("/recommending/{state}"), &filter.to_query())
}

/// What a State recommended to another.
pub(crate) fn briefing(state: StateCode, under_review: &str) -> String {
    format!("/recommending/{state}/{under_review}")
}

/// One theme, issue, goal or group of persons.
pub(crate) fn subject(scheme: Scheme, term: &str) -> String {
    let param = Dimension::Term(scheme).param();
    format!("/subjects/{param}/{}", encoded(term))
}

/// The page of a recommendation.
pub(crate) fn recommendation(review: ReviewCode, paragraph: &Paragraph) -> String {
    format!(
        "/reviews/{review}/recommendations/{}",
        encoded(paragraph.as_str())
    )
}

/// The page of a recommendation, reached from the list that a filter leaves: the way back and the
/// neighbours are those of that list.
pub(crate) fn recommendation_in(
    review: ReviewCode,
    paragraph: &Paragraph,
    filter: &Filter,
) -> String {
    let page = recommendation(review, paragraph);
    match filter.to_query() {
        query if query.is_empty() => page,
        query => format!("{page}?{query}"),
    }
}

/// The list that a filter leaves, all pages of it, as a file of that ending.
pub(crate) fn export(
    review: impl Into<Option<ReviewCode>>,
    filter: &Filter,
    ending: &str,
) -> String {
    let list = list(review.into());
    let all = Filter {
        page: 1,
        per_page: Filter::PER_PAGE[0],
        ..filter.clone()
    };
    match all.to_query() {
        query if query.is_empty() => format!("{list}.{ending}"),
        query => format!("{list}.{ending}?{query}"),
    }
}

/// A round's worklist.
pub(crate) fn worklist(review: ReviewCode, round: &str) -> String {
    format!("/assess/{review}/{}", encoded(round))
}

/// The form that assesses a recommendation.
pub(crate) fn assess(review: ReviewCode, round: &str, paragraph: &Paragraph) -> String {
    format!(
        "/assess/{review}/{}/{}",
        encoded(round),
        encoded(paragraph.as_str())
    )
}

/// A round's worklist, as a queue leaves it.
pub(crate) fn queue(review: ReviewCode, round: &str, queue: &Queue) -> String {
    with_query(worklist(review, round), &queue.to_query())
}

/// The form that assesses a recommendation, reached in a queue: what comes next is the queue's.
pub(crate) fn assess_in(
    review: ReviewCode,
    round: &str,
    paragraph: &Paragraph,
    queue: &Queue,
) -> String {
    with_query(assess(review, round, paragraph), &queue.to_query())
}

/// The page that changes many recommendations of a round at once.
pub(crate) fn bulk(review: ReviewCode, round: &str, queue: &Queue) -> String {
    with_query(
        format!("{}/many", worklist(review, round)),
        &queue.to_query(),
    )
}

/// What happens in a round, as it happens; `at` is the form that is open, `queue` the list that is looked at.
pub(crate) fn live(
    review: ReviewCode,
    round: &str,
    at: Option<&Paragraph>,
    queue: Option<&Queue>,
) -> String {
    let at = at.map(|at| format!("at={}", encoded(at.as_str())));
    let queue = queue.map(|queue| format!("queue={}", encoded(&queue.to_query())));
    let query: Vec<String> = at.into_iter().chain(queue).collect();
    with_query(
        format!("{}/live", worklist(review, round)),
        &query.join("&"),
    )
}

/// The page on which an open round says how it is made.
pub(crate) fn method(review: ReviewCode, round: &str) -> String {
    format!("{}/method", worklist(review, round))
}

/// The form that makes a new version of a scale.
pub(crate) fn scale(code: &str) -> String {
    format!("/admin/scales/{}", encoded(code))
}

/// The form that removes a text of an entry of the history.
pub(crate) fn redact(entry: i64) -> String {
    format!("/admin/redact?entry={entry}")
}

/// The list of a review's evidence.
pub(crate) fn evidence_list(review: ReviewCode) -> String {
    format!("/reviews/{review}/evidence")
}

/// The page of a piece of evidence.
pub(crate) fn evidence(review: ReviewCode, number: i64) -> String {
    format!("/reviews/{review}/evidence/{number}")
}

/// Everything that was changed in a review.
pub(crate) fn history(review: ReviewCode, query: &str) -> String {
    with_query(format!("/reviews/{review}/history"), query)
}

pub(crate) fn with_query(path: String, query: &str) -> String {
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}

/// The page of a round.
pub(crate) fn round(review: ReviewCode, round: &str) -> String {
    format!("/reviews/{review}/rounds/{}", encoded(round))
}

/// What the content hash of a round is taken of, byte for byte.
pub(crate) fn round_text(review: ReviewCode, slug: &str) -> String {
    format!("{}.txt", round(review, slug))
}

/// What was removed from a published round, as text.
pub(crate) fn redactions_text(review: ReviewCode, slug: &str) -> String {
    format!("{}.redactions.txt", round(review, slug))
}

/// A chart of a review, or of all: its page, or with an ending a file of it.
pub(crate) fn chart(
    review: impl Into<Option<ReviewCode>>,
    name: &str,
    ending: &str,
    query: &str,
) -> String {
    let name = encoded(name);
    let path = match review.into() {
        Some(review) => format!("/reviews/{review}/charts/{name}{ending}"),
        None => format!("/charts/{name}{ending}"),
    };
    with_query(path, query)
}

/// A chart alone, for a frame in somebody's page.
pub(crate) fn embedded(review: impl Into<Option<ReviewCode>>, name: &str, query: &str) -> String {
    format!("/embed{}", chart(review, name, "", query))
}

/// The summary of what a query leaves of a review.
pub(crate) fn summary(of: ReviewCode, query: &str) -> String {
    with_query(review(of), query)
}

/// Two rounds of a review beside each other.
pub(crate) fn compare(of: ReviewCode, query: &str) -> String {
    with_query(format!("{}/compare", review(of)), query)
}

/// Two filters over all reviews beside each other.
pub(crate) fn beside(a: &Filter, b: &Filter) -> String {
    let (a, b) = (encoded(&a.to_query()), encoded(&b.to_query()));
    format!("/compare?a={a}&b={b}")
}

/// The form that opens a round.
pub(crate) fn new_round(review: ReviewCode) -> String {
    format!("/reviews/{review}/rounds/new")
}

/// The preview of a file.
pub(crate) fn import_run(id: i64) -> String {
    format!("/import/{id}")
}

/// Where a person says which column of a file holds what.
pub(crate) fn import_mapping(upload: &str) -> String {
    format!("/import/mapping/{}", encoded(upload))
}

/// A page of the files that were brought.
pub(crate) fn imports(page: u64) -> String {
    match page {
        1 => "/import".to_owned(),
        _ => format!("/import?page={page}"),
    }
}

/// The rows of an import that have an outcome.
pub(crate) fn import_rows(id: i64, outcome: data::store::Outcome, page: u64) -> String {
    let outcome = outcome.code();
    match page {
        1 => format!("/import/{id}?show={outcome}"),
        _ => format!("/import/{id}?show={outcome}&page={page}"),
    }
}

/// One row of an import.
pub(crate) fn import_row(id: i64, place: i64) -> String {
    format!("/import/{id}/rows/{place}")
}

/// The rejected rows of an import as a file.
pub(crate) fn import_rejected(id: i64) -> String {
    format!("/import/{id}/rejected")
}

/// A text as a segment or value of an address.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut address, byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                address.push(char::from(byte));
            } else {
                let _ = write!(address, "%{byte:02X}");
            }
            address
        })
}

/// A path that somebody asked to be sent to afterwards, if it is one of ours.
pub(crate) fn own_path(next: &str) -> Option<&str> {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/\\")
        && next.bytes().all(|byte| byte.is_ascii_graphic());
    own.then_some(next)
}
