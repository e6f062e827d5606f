//! The parts of a recommendation's own page.

mod about;
mod assessments;
mod evidence;
mod neighbours;
mod positions;

pub(crate) use about::{about, wording};
pub(crate) use assessments::assessments;
pub(crate) use evidence::evidence;
pub(crate) use neighbours::neighbours;
pub(crate) use positions::{claim_key, positions};

use crate::web::request::Visitor;
use data::domain::{Filter, Recommendation, ReviewRecord};

/// What all of these parts show.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    /// The review, as the visitor may see it.
    pub(crate) record: &'a ReviewRecord,
    /// The recommendation.
    pub(crate) one: &'a Recommendation,
    /// The list that it was reached from.
    pub(crate) filter: &'a Filter,
    /// Who looks.
    pub(crate) visitor: &'a Visitor,
}
