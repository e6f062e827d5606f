//! The addresses of pages, made in one place. All are relative to the installation.

use data::domain::{Dimension, Filter, Paragraph, ReviewCode, StateCode};

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

/// The page of a round.
pub(crate) fn round(review: ReviewCode, round: &str) -> String {
    format!("/reviews/{review}/rounds/{}", encoded(round))
}

/// What the content hash of a round is taken of, byte for byte.
pub(crate) fn round_text(review: ReviewCode, slug: &str) -> String {
    format!("{}.txt", round(review, slug))
}

/// The form that opens a round.
pub(crate) fn new_round(review: ReviewCode) -> String {
    format!("/reviews/{review}/rounds/new")
}

/// The preview of an uploaded file.
pub(crate) fn upload(id: &str) -> String {
    format!("/import/{}", encoded(id))
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
