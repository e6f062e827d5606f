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

/// Takes in what one file says of a recommendation. Of each source what it said last stands last: said
/// again it changes nothing, and said again after something else it counts again. What is no answer yet
/// stands before all answers, whichever was heard first: "will be examined" does not take one back.
pub(super) fn hear_claims(claims: &mut Vec<Position>, mut told: Vec<Position>) {
    let is_answer = |claim: &Position| claim.class.enjoys_support().is_some();
    told.sort_by_key(is_answer);
    while let Some(first) = told.first() {
        let (source, paragraph) = (first.source.clone(), first.source_paragraph.clone());
        let of_source =
            |claim: &Position| claim.source == source && claim.source_paragraph == paragraph;
        let (said, rest): (Vec<_>, Vec<_>) = told.into_iter().partition(of_source);
        told = rest;
        let known = claims.iter().filter(|claim| of_source(claim));
        let said_last = known.rev().zip(said.iter().rev());
        let said_last = said_last.take_while(|(known, said)| same_claim(known, said));
        if said_last.count() < said.len() {
            claims.retain(|known| !said.iter().any(|said| same_claim(known, said)));
            claims.extend(said);
        }
    }
    claims.sort_by_key(is_answer);
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

/// What a recommendation is after a file has been heard, but for its positions: all of those that the file
/// tells are [heard](hear_claims) together.
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
            positions: Vec::new(),
            source_id: one.source_id,
        };
    };
    let tells = |scheme| one.terms.iter().any(|term| term.scheme == scheme);
    let kept = before.terms.iter().filter(|term| !tells(term.scheme));
    let terms: Vec<Term> = one.terms.iter().chain(kept).cloned().collect();
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
        positions: before.positions.clone(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PositionClass::{self, Noted, Pending, Supported};

    fn claim(class: PositionClass, source: &str) -> Position {
        Position {
            class,
            raw: String::new(),
            source: Some(source.to_owned()),
            source_paragraph: None,
            date: None,
        }
    }

    fn heard(files: &[&[(PositionClass, &str)]]) -> Vec<(PositionClass, String)> {
        let mut claims = Vec::new();
        for file in files {
            let told = file.iter().map(|(class, source)| claim(*class, source));
            hear_claims(&mut claims, told.collect());
        }
        let said = claims.into_iter();
        said.map(|claim| (claim.class, claim.source.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn what_a_source_said_last_counts_and_said_again_changes_nothing() {
        let (first, second) = (&[(Supported, "own")][..], &[(Noted, "own")][..]);
        assert_eq!(heard(&[first, second]).last().unwrap().0, Noted);
        assert_eq!(heard(&[first, second, first]).last().unwrap().0, Supported);
        // Corrected to and fro, it does not grow.
        assert_eq!(heard(&[first, second, first, second]).len(), 2);
        // Another source's files do not make an earlier one's count again.
        let other = &[(Noted, "report")][..];
        assert_eq!(heard(&[first, other, first]), heard(&[first, other]));
        // Of two rows of one file the second counts, however often they are heard.
        let both = &[(Supported, "own"), (Noted, "own")][..];
        assert_eq!(heard(&[both, other, both]), heard(&[both, other]));
        let both = &[(Supported, "own"), (Pending, "own")][..];
        assert_eq!(heard(&[both, other, both]), heard(&[both, other]));
    }

    #[test]
    fn what_is_to_be_answered_takes_no_answer_back() {
        let answered = &[(Noted, "UPR Info")][..];
        let report = &[(Pending, "report")][..];
        let both = [
            (Pending, "report".to_owned()),
            (Noted, "UPR Info".to_owned()),
        ];
        assert_eq!(heard(&[answered, report]), both);
        assert_eq!(heard(&[report, answered]), both);
        assert_eq!(heard(&[report]).last().unwrap().0, Pending);
    }
}
