//! What a round is called in sentences.

use crate::t;
use data::domain::{ReviewRecord, Round, RoundKind, RoundRecord};

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

/// Returns the organisation, the title and the as-of date of a round.
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

/// The same of a round with its assessments.
pub(crate) fn signed(round: &RoundRecord) -> String {
    signature(&round.round)
}

/// The same, with the kind of the round if another round of the review has the same signature: reported totals and
/// the assessments behind them often have.
pub(crate) fn signed_among(record: &ReviewRecord, round: &RoundRecord) -> String {
    let signed = signed(round);
    let others = record.rounds.iter();
    let mut others = others.filter(|other| other.round.id != round.round.id);
    if others.any(|other| self::signed(other) == signed) {
        let kind = kind(round.round.kind);
        return t!("signed-kind", signed = signed, kind = kind);
    }
    signed
}

/// What kind of round it is, in a word or two.
pub(crate) fn kind(kind: RoundKind) -> String {
    match kind {
        RoundKind::Itemised => t!("kind-itemised"),
        RoundKind::ReportedTotals => t!("kind-totals"),
    }
}
