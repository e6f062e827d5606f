//! What a round is called in sentences.

use crate::t;
use data::domain::Round;

/// Who says so, and as of when.
pub(crate) fn signature(round: &Round) -> String {
    let (organisation, title) = (round.organisation.clone(), round.title.clone());
    match round.as_of.clone() {
        Some(day) => t!(
            "signed-as-of",
            organisation = organisation,
            title = title,
            day = day.to_string()
        ),
        None => t!("signed", organisation = organisation, title = title),
    }
}
