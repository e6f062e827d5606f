//! The addresses of pages, made in one place. All are relative to the installation, and begin with the prefix of
//! the locale in whose scope they are made: a link leads to a page of the same language.

use crate::text::locale::Locale;
use data::domain::{Dimension, Filter, Paragraph, Queue, ReviewCode, Scheme, StateCode};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Display;

/// Everything but RFC 3986's unreserved characters, so that a text stays one segment or value.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The address of a path, which begins with a slash, in the locale of the scope.
pub(crate) fn localize(path: impl Display) -> String {
    format!("{}{path}", Locale::current().prefix())
}

/// The front page.
pub(crate) fn home() -> String {
    localize("/")
}

/// The page that leads a typed text to what it means.
pub(crate) fn search() -> String {
    localize("/search")
}

/// The sign-in page that leads on to `next`.
pub(crate) fn sign_in(next: &str) -> String {
    localize(format_args!("/login?next={}", encoded(next)))
}

/// The page of a State.
pub(crate) fn state(state: StateCode) -> String {
    localize(format_args!("/states/{state}"))
}

/// The page of a review.
pub(crate) fn review(review: ReviewCode) -> String {
    localize(format_args!("/reviews/{review}"))
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

/// The list of a review, or of all, of a query string that is one already.
pub(crate) fn list_with(review: Option<ReviewCode>, query: &str) -> String {
    with_query(list(review), query)
}

fn list(review: Option<ReviewCode>) -> String {
    match review {
        Some(review) => localize(format_args!("/reviews/{review}/recommendations")),
        None => localize("/recommendations"),
    }
}

/// The parameter that names the dimension whose values are all shown.
pub(crate) const ALL_VALUES: &str = "values";

/// The parameter that narrows the values of a dimension that are shown beside a list.
pub(crate) fn find_in(dimension: Dimension) -> String {
    format!("{FIND}{}", dimension.param())
}

/// The dimension whose values a parameter narrows; `None` if it is another parameter.
pub(crate) fn finds_in(name: &str) -> Option<Dimension> {
    Dimension::from_param(name.strip_prefix(FIND)?)
}

const FIND: &str = "find-";

/// The list over all reviews with every value of a dimension beside it.
pub(crate) fn with_all_values(filter: &Filter, dimension: Dimension) -> String {
    let query = filter.to_query();
    let and = if query.is_empty() { "" } else { "&" };
    let list = list(None);
    format!("{list}?{query}{and}{ALL_VALUES}={}", dimension.param())
}

/// Every State under review.
pub(crate) fn world() -> String {
    localize("/world")
}

/// What a State recommended, of what a filter leaves.
pub(crate) fn recommending(state: &str, filter: &Filter) -> String {
    let mut filter = filter.clone();
    filter.chosen.remove(&Dimension::RecommendingState);
    with_query(
        localize(format_args!("/recommending/{state}")),
        &filter.to_query(),
    )
}

/// What a State recommended to another.
pub(crate) fn briefing(state: StateCode, under_review: &str) -> String {
    localize(format_args!("/recommending/{state}/{under_review}"))
}

/// One theme, issue, goal or group of persons.
pub(crate) fn subject(scheme: Scheme, term: &str) -> String {
    let param = Dimension::Term(scheme).param();
    localize(format_args!("/subjects/{param}/{}", encoded(term)))
}

/// The page of a recommendation.
pub(crate) fn recommendation(review: ReviewCode, paragraph: &Paragraph) -> String {
    localize(format_args!(
        "/reviews/{review}/recommendations/{}",
        encoded(paragraph.as_str())
    ))
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

/// The page on which a recommendation is corrected. The query chooses what is done.
pub(crate) fn correct(review: ReviewCode, paragraph: &Paragraph, query: &str) -> String {
    with_query(
        format!("{}/correct", recommendation(review, paragraph)),
        query,
    )
}

/// The form that adds a recommendation to a review.
pub(crate) fn add_recommendation(review: ReviewCode) -> String {
    localize(format_args!("/reviews/{review}/add"))
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
    localize(format_args!("/assess/{review}/{}", encoded(round)))
}

/// The form that assesses a recommendation.
pub(crate) fn assess(review: ReviewCode, round: &str, paragraph: &Paragraph) -> String {
    localize(format_args!(
        "/assess/{review}/{}/{}",
        encoded(round),
        encoded(paragraph.as_str())
    ))
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

/// The search over the evidence of a review, for the forms of a round.
pub(crate) fn find_evidence(review: ReviewCode, round: &str) -> String {
    format!("{}/evidence", worklist(review, round))
}

/// The form that makes a new version of a scale.
pub(crate) fn scale(code: &str) -> String {
    localize(format_args!("/admin/scales/{}", encoded(code)))
}

/// The form that removes a text of an entry of the history.
pub(crate) fn redact(entry: i64) -> String {
    localize(format_args!("/admin/redact?entry={entry}"))
}

/// The list of a review's evidence.
pub(crate) fn evidence_list(review: ReviewCode) -> String {
    localize(format_args!("/reviews/{review}/evidence"))
}

/// The page of a piece of evidence.
pub(crate) fn evidence(review: ReviewCode, number: i64) -> String {
    localize(format_args!("/reviews/{review}/evidence/{number}"))
}

/// Everything that was changed in a review.
pub(crate) fn history(review: ReviewCode, query: &str) -> String {
    with_query(localize(format_args!("/reviews/{review}/history")), query)
}

pub(crate) fn with_query(path: String, query: &str) -> String {
    if query.is_empty() {
        path
    } else {
        format!("{path}?{query}")
    }
}

/// An address with one parameter more, behind its query string if it has one.
pub(crate) fn with_parameter(address: &str, name: &str, value: &str) -> String {
    let separator = if address.contains('?') { '&' } else { '?' };
    format!("{address}{separator}{name}={}", encoded(value))
}

/// The page of a round.
pub(crate) fn round(review: ReviewCode, round: &str) -> String {
    localize(format_args!("/reviews/{review}/rounds/{}", encoded(round)))
}

/// The page on which a reviewer corrects, withdraws or deletes a round.
pub(crate) fn change_round(of: ReviewCode, slug: &str) -> String {
    format!("{}/change", round(of, slug))
}

/// The corrections and withdrawals, of one review or of all.
pub(crate) fn corrections(review: Option<ReviewCode>, page: u64) -> String {
    let mut query: Vec<String> = Vec::new();
    query.extend(review.map(|review| format!("review={review}")));
    query.extend((page > 1).then(|| format!("page={page}")));
    with_query(localize("/corrections"), &query.join("&"))
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
    localize(chart_path(review.into(), name, ending, query))
}

/// The address of a chart without the prefix of a locale.
fn chart_path(review: Option<ReviewCode>, name: &str, ending: &str, query: &str) -> String {
    let name = encoded(name);
    let path = match review {
        Some(review) => format!("/reviews/{review}/charts/{name}{ending}"),
        None => format!("/charts/{name}{ending}"),
    };
    with_query(path, query)
}

/// A chart alone, for a frame in somebody's page.
pub(crate) fn embedded(review: impl Into<Option<ReviewCode>>, name: &str, query: &str) -> String {
    localize(format_args!(
        "/embed{}",
        chart_path(review.into(), name, "", query)
    ))
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
    localize(format_args!("/compare?a={a}&b={b}"))
}

/// The form that opens a round.
pub(crate) fn new_round(review: ReviewCode) -> String {
    localize(format_args!("/reviews/{review}/rounds/new"))
}

/// The preview of a file.
pub(crate) fn import_run(id: i64) -> String {
    localize(format_args!("/import/{id}"))
}

/// Where a person says which column of a file holds what.
pub(crate) fn import_mapping(upload: &str) -> String {
    localize(format_args!("/import/mapping/{}", encoded(upload)))
}

/// Where a person says what the values of a file mean that are not known.
pub(crate) fn import_values(upload: &str) -> String {
    localize(format_args!("/import/mapping/{}/values", encoded(upload)))
}

/// What undoing an edit takes back, before it is undone.
pub(crate) fn edit_undo(review: ReviewCode, entry: i64) -> String {
    localize(format_args!("/reviews/{review}/history/{entry}/undo"))
}

/// What undoing an import takes back, before it is undone.
pub(crate) fn import_undo(id: i64) -> String {
    localize(format_args!("/import/{id}/undo"))
}

/// A page of the files that were brought.
pub(crate) fn imports(page: u64) -> String {
    match page {
        1 => localize("/import"),
        _ => localize(format_args!("/import?page={page}")),
    }
}

/// The rows of an import that have an outcome.
pub(crate) fn import_rows(id: i64, outcome: data::store::Outcome, page: u64) -> String {
    let outcome = outcome.code();
    match page {
        1 => localize(format_args!("/import/{id}?show={outcome}")),
        _ => localize(format_args!("/import/{id}?show={outcome}&page={page}")),
    }
}

/// One row of an import.
pub(crate) fn import_row(id: i64, place: i64) -> String {
    localize(format_args!("/import/{id}/rows/{place}"))
}

/// The rejected rows of an import as a file.
pub(crate) fn import_rejected(id: i64) -> String {
    localize(format_args!("/import/{id}/rejected"))
}

/// Percent-encodes a text as a segment or value of an address.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A path that somebody asked to be sent to afterwards, if it is one of ours.
pub(crate) fn own_path(next: &str) -> Option<&str> {
    let own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/\\")
        && next.bytes().all(|byte| byte.is_ascii_graphic());
    own.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stays_one_value_of_an_address() {
        assert_eq!(encoded("aZ09-._~"), "aZ09-._~");
        assert_eq!(encoded(""), "");
        assert_eq!(
            encoded("a b+c&d=e%20/?#\"'\0\r\n"),
            "a%20b%2Bc%26d%3De%2520%2F%3F%23%22%27%00%0D%0A"
        );
        assert_eq!(encoded("ёé😀"), "%D1%91%C3%A9%F0%9F%98%80");
        for text in ["ёé😀", "a b+c&d=e%20/?#\"'\0\r\n", "<b>&amp;"] {
            let pairs = data::domain::query_pairs(&format!("a={}", encoded(text)));
            assert_eq!(pairs, [("a".to_owned(), text.to_owned())]);
        }
    }
}
