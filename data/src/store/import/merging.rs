//! What a recommendation is after a file has been heard.
//!
//! What a file does not say stays as it is; a position that differs is a further claim beside the
//! earlier ones, never a replacement. So the same file a second time changes nothing.

use crate::domain::{Column, Paragraph, Position, Recommendation, Scheme, Term};
use crate::exchange::Incoming;
use crate::store::without_nul;

/// Which properties differ between two states of a recommendation.
pub(super) fn differences(before: &Recommendation, after: &Recommendation) -> Vec<Column> {
    let terms = |scheme| before.terms_of(scheme).ne(after.terms_of(scheme));
    let differs = [
        (Column::Paragraph, before.paragraph != after.paragraph),
        (
            Column::Text,
            before.text != after.text || before.language != after.language,
        ),
        (Column::Summary, before.summary != after.summary),
        (
            Column::RecommendingStates,
            before.recommending != after.recommending,
        ),
        (Column::Position, before.positions != after.positions),
        (Column::Issues, terms(Scheme::Issue)),
        (Column::Themes, terms(Scheme::Theme)),
        (Column::AffectedPersons, terms(Scheme::AffectedPersons)),
        (Column::Sdgs, terms(Scheme::Sdg)),
        (
            Column::ActionCategory,
            before.action_category != after.action_category,
        ),
    ];
    differs
        .into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(column, _)| column)
        .collect()
}

/// Adds the claims that are not there yet.
pub(super) fn add_claims(claims: &mut Vec<Position>, more: impl IntoIterator<Item = Position>) {
    for claim in more {
        if !claims.iter().any(|known| same_claim(known, &claim)) {
            claims.push(claim);
        }
    }
}

/// Adds what is not there yet.
pub(super) fn add_missing<T: PartialEq>(there: &mut Vec<T>, more: impl IntoIterator<Item = T>) {
    for one in more {
        if !there.contains(&one) {
            there.push(one);
        }
    }
}

/// Takes in another recommendation that turned out to be the same one, which is to go.
pub(super) fn absorb(into: &mut Recommendation, other: &Recommendation) {
    add_missing(&mut into.recommending, other.recommending.iter().copied());
    add_claims(&mut into.positions, other.positions.iter().cloned());
    add_missing(&mut into.terms, other.terms.iter().cloned());
    into.terms = by_scheme(&into.terms);
    into.action_category = into.action_category.or(other.action_category);
    if into.summary.is_none() {
        into.summary.clone_from(&other.summary);
    }
}

/// What a recommendation is after a file has been heard.
pub(super) fn merged(
    before: Option<&Recommendation>,
    paragraph: Paragraph,
    one: Incoming,
) -> Recommendation {
    let Some(before) = before else {
        return Recommendation {
            id: 0,
            paragraph,
            text: one.text,
            language: one.language,
            summary: one.summary,
            recommending: one.recommending,
            action_category: one.action_category,
            terms: by_scheme(&one.terms),
            positions: one.position.into_iter().collect(),
            source_id: one.source_id,
        };
    };
    let tells = |scheme| one.terms.iter().any(|term| term.scheme == scheme);
    let kept = before.terms.iter().filter(|term| !tells(term.scheme));
    let terms: Vec<Term> = one.terms.iter().chain(kept).cloned().collect();
    let mut positions = before.positions.clone();
    add_claims(&mut positions, one.position);
    let recommending = if one.recommending.is_empty() {
        before.recommending.clone()
    } else {
        one.recommending
    };
    Recommendation {
        id: before.id,
        paragraph,
        // Another text is in a language of its own, known or not.
        language: match (&one.text, &one.language) {
            (Some(_), Some(language)) => Some(language.clone()),
            (Some(text), None) if before.text.as_ref() != Some(text) => None,
            _ => before.language.clone(),
        },
        text: one.text.or_else(|| before.text.clone()),
        summary: one.summary.or_else(|| before.summary.clone()),
        recommending,
        action_category: one.action_category.or(before.action_category),
        terms: by_scheme(&terms),
        positions,
        source_id: one.source_id.or_else(|| before.source_id.clone()),
    }
}

/// A recommendation with texts that both databases can hold, empty ones left out, and each State once.
pub(super) fn cleaned(mut one: Incoming) -> Incoming {
    for text in [
        &mut one.text,
        &mut one.summary,
        &mut one.source_id,
        &mut one.report_symbol,
        &mut one.language,
    ] {
        *text = text.as_deref().map(without_nul).filter(|t| !t.is_empty());
    }
    for term in &mut one.terms {
        term.name = without_nul(&term.name);
    }
    if let Some(position) = &mut one.position {
        position.raw = without_nul(&position.raw);
        for text in [&mut position.source, &mut position.source_paragraph] {
            *text = text.as_deref().map(without_nul);
        }
    }
    let mut once = Vec::with_capacity(one.recommending.len());
    for state in one.recommending {
        if !once.contains(&state) {
            once.push(state);
        }
    }
    one.recommending = once;
    one
}

/// Terms vocabulary by vocabulary, each once: the order that the same file gives every time.
pub(super) fn by_scheme(terms: &[Term]) -> Vec<Term> {
    let mut ordered: Vec<Term> = Vec::with_capacity(terms.len());
    for scheme in Scheme::ALL {
        for term in terms.iter().filter(|term| term.scheme == scheme) {
            if !ordered.contains(term) {
                ordered.push(term.clone());
            }
        }
    }
    ordered
}

/// Whether two sources, or one twice, say the same.
pub(super) fn same_claim(a: &Position, b: &Position) -> bool {
    a.class == b.class && a.source == b.source && a.source_paragraph == b.source_paragraph
}
