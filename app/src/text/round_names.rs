//! What a round is called in sentences.

use crate::t;
use data::domain::Round;

/// The title of a round. A correction has the title of the round that it corrects, and its number.
pub(crate) fn title(round: &Round) -> String {
    match round.publication.correction {
        0 => round.title.clone(),
        number => t!(
            "round-title-correction",
            title = round.title.clone(),
            number = number
        ),
    }
}

/// Who says so, and as of when.
pub(crate) fn signature(round: &Round) -> String {
    let (organisation, title) = (round.organisation.clone(), title(round));
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
