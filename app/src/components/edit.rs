//! The forms that edit recommendations.

mod facts;
mod merge;
mod position;
mod remove;
mod split;
mod why;

pub(crate) use facts::facts_form;
pub(crate) use merge::merge_form;
pub(crate) use position::position_form;
pub(crate) use remove::remove_form;
pub(crate) use split::split_form;
pub(crate) use why::why_fields;

use crate::web::html::{Fragment, html};
use crate::web::request::Request;
use data::domain::{Recommendation, ReviewCode, Seen};

/// The recommendation that a form edits.
#[derive(Clone, Copy)]
pub(crate) struct Edited<'a> {
    /// The request, with the entries of a refused form.
    pub(crate) request: &'a Request,
    /// The review.
    pub(crate) review: ReviewCode,
    /// The recommendation as it is stored.
    pub(crate) one: &'a Recommendation,
}

impl Edited<'_> {
    /// The entry of a refused form in a field.
    fn typed(&self, field: &str) -> String {
        let notice = self.request.notice.as_ref();
        notice.map(|notice| notice.typed(field)).unwrap_or_default()
    }

    /// Returns true if the form that has this field was refused.
    fn is_refused(&self, field: &str) -> bool {
        let notice = self.request.notice.as_ref();
        notice.is_some_and(|notice| notice.has(field))
    }

    /// The hidden fields that name the recommendation and the version on the page.
    fn hidden(&self, seen: &Seen) -> Fragment {
        html! {
            <input type="hidden" name="review" value=self.review.to_string() />
            <input type="hidden" name="paragraph" value=self.one.paragraph.to_string() />
            <input type="hidden" name="seen" value=seen.to_string() />
        }
    }
}
