//! Are corrections, withdrawals and the choice of headline rounds as they can be?
//!
//! Whether they are what the history says is looked at elsewhere, see [`replay`](crate::store::history::replay).
//! Here they are held against each other, so that an unsound state is found even if the history tells of it.

use crate::domain::{ReviewRecord, RoundRecord};
use std::collections::HashSet;

/// The rounds of a review with something that cannot be: a key of the translations and the round's slug.
pub(super) fn unsound(record: &ReviewRecord) -> Vec<(&'static str, &str)> {
    let mut found: Vec<(&'static str, &str)> = Vec::new();
    let mut corrected = HashSet::new();
    let mut chosen = 0;
    for round in record.all_rounds() {
        let slug = round.round.slug.as_str();
        let publication = &round.round.publication;
        if !has_sound_chain(record, round) {
            found.push(("check-round-chain", slug));
        }
        // Of the corrections of one round, at most one is published.
        if let Some(of) = round.round.supersedes.as_deref()
            && round.round.is_published()
            && !corrected.insert(of)
        {
            found.push(("check-round-chain", slug));
        }
        let is_empty =
            |reason: Option<&String>| reason.is_none_or(|reason| reason.trim().is_empty());
        let is_published_correction =
            round.round.supersedes.is_some() && round.round.is_published();
        let withdrawal = publication.withdrawn.as_ref();
        if is_published_correction && is_empty(publication.correction_reason.as_ref())
            || withdrawal.is_some_and(|one| is_empty(Some(&one.reason)))
        {
            found.push(("check-round-reason", slug));
        }
        if let Some(reason) = &publication.headline_reason {
            chosen += 1;
            if chosen > 1 || !round.round.is_current() || is_empty(Some(reason)) {
                found.push(("check-round-headline", slug));
            }
        }
    }
    let counted = record
        .rounds
        .iter()
        .chain(record.default_round())
        .chain(record.headline_round());
    let former = counted.filter(|round| round.round.is_former());
    found.extend(former.map(|round| ("check-round-counted", round.round.slug.as_str())));
    found
}

/// Returns true if a round corrects none, or a published one of its review, and following the corrections back comes to an
/// end.
fn has_sound_chain(record: &ReviewRecord, round: &RoundRecord) -> bool {
    let mut seen = HashSet::from([round.round.slug.as_str()]);
    let mut at = round;
    while let Some(slug) = at.round.supersedes.as_deref() {
        match record.any_round(slug) {
            Some(corrected)
                if corrected.round.is_published()
                    && corrected.round.kind == round.round.kind
                    && seen.insert(slug) =>
            {
                at = corrected;
            }
            _ => return false,
        }
    }
    true
}
