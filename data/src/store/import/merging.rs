//! What a recommendation is after a file has been heard.
//!
//! What a file does not say stays as it is; a position that differs is a further claim beside the
//! earlier ones, never a replacement. So the same file a second time changes nothing.

use crate::domain::{
    Column, LanguageText, Listed, Paragraph, Position, Recommendation, ReviewCode, Scheme, Term,
    order_claims,
};
use crate::exchange::Incoming;
use crate::store::without_nul;

/// The columns in which two states of a recommendation differ.
pub(super) fn differences(
    review: ReviewCode,
    before: &Recommendation,
    after: &Recommendation,
) -> Vec<Column> {
    let listed = |recommendation| Listed {
        review,
        recommendation,
        assessment: None,
        status: None,
    };
    let differs = |column: &Column| match column {
        // Every claim counts, not only the last one, which a cell shows.
        Column::Position => before.positions != after.positions,
        // A text, its language and the same in further languages are one property.
        Column::Text => {
            before.text != after.text
                || before.language != after.language
                || before.texts != after.texts
        }
        Column::PositionSource | Column::Language | Column::Texts => false,
        other => other.cell(&listed(before)) != other.cell(&listed(after)),
    };
    Column::read_from_files().filter(differs).collect()
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
/// again it changes nothing, and said again after something else it counts again. Which source's claim counts,
/// [`order_claims`] decides, not the order in which files are heard.
pub(in crate::store) fn hear_claims(claims: &mut Vec<Position>, mut told: Vec<Position>) {
    while let Some(first) = told.first() {
        let first = first.clone();
        let of_source = |claim: &Position| claim.is_of_same_source(&first);
        let (mut said, rest): (Vec<_>, Vec<_>) = told.into_iter().partition(of_source);
        told = rest;
        order_claims(&mut said, None);
        let known = claims.iter().filter(|claim| of_source(claim));
        let said_last = known.rev().zip(said.iter().rev());
        let said_last = said_last.take_while(|(known, said)| same_claim(known, said));
        if said_last.count() < said.len() {
            claims.retain(|known| !said.iter().any(|said| same_claim(known, said)));
            claims.extend(said);
        }
    }
    order_claims(claims, None);
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
pub(in crate::store) fn absorb(into: &mut Recommendation, other: &Recommendation) {
    add_missing(&mut into.recommending, other.recommending.iter().copied());
    add_claims(&mut into.positions, other.positions.iter().cloned());
    into.order_positions();
    add_missing(&mut into.terms, other.terms.iter().cloned());
    into.terms = by_scheme(&into.terms);
    add_missing(
        &mut into.responsible_bodies,
        other.responsible_bodies.iter().cloned(),
    );
    into.action_category = into.action_category.or(other.action_category);
    if into.summary.is_none() {
        into.summary.clone_from(&other.summary);
    }
    // The text of the one that goes is kept only where it is in another language: in the same one, it says the same.
    let own = other.language.clone().zip(other.text.clone());
    let own = own.map(|(language, text)| LanguageText {
        language,
        text,
        source: None,
    });
    for text in own.into_iter().chain(other.texts.iter().cloned()) {
        if !is_own(into, &text.language) && !has_text_in(into, &text.language) {
            into.texts.push(text);
        }
    }
}

/// Returns true if the text of a recommendation is in this language.
fn is_own(one: &Recommendation, language: &str) -> bool {
    let own = one.text.as_ref().and(one.language.as_ref());
    own.is_some_and(|own| LanguageText::is_same_language(own, language))
}

/// Leaves out a further text in the language of the first one.
pub(in crate::store) fn keep_further(one: &mut Recommendation) {
    let mut texts = std::mem::take(&mut one.texts);
    texts.retain(|text| !is_own(one, &text.language));
    one.texts = texts;
}

/// Returns true if a text in this language is beside the one that a recommendation has, not instead of it.
fn is_further(one: &Recommendation, language: &str) -> bool {
    let own = one.text.as_ref().and(one.language.as_ref());
    own.is_some_and(|own| !LanguageText::is_same_language(own, language))
}

fn has_text_in(one: &Recommendation, language: &str) -> bool {
    let mut texts = one.texts.iter();
    texts.any(|text| LanguageText::is_same_language(&text.language, language))
}

/// The languages of the texts that a recommendation gets.
pub(super) fn added_languages(
    before: Option<&Recommendation>,
    after: &Recommendation,
) -> Vec<String> {
    let is_new =
        |text: &&LanguageText| before.is_none_or(|before| !has_text_in(before, &text.language));
    let added = after.texts.iter().filter(is_new);
    added.map(|text| text.language.clone()).collect()
}

/// What a recommendation is after a file has been heard, but for its positions: all of those that the file
/// tells are [heard](hear_claims) together.
pub(super) fn merged(
    before: Option<&Recommendation>,
    paragraph: Paragraph,
    mut one: Incoming,
) -> Recommendation {
    let Some(before) = before else {
        let terms = by_scheme(&one.terms);
        let mut new = Recommendation {
            terms,
            positions: Vec::new(),
            ..one.into_recommendation(paragraph)
        };
        keep_further(&mut new);
        return new;
    };
    // A text in another language stands beside the first one. The same text in another language corrects the tag.
    let mut texts = std::mem::take(&mut one.texts);
    if let (Some(text), Some(language)) = (&one.text, &one.language)
        && is_further(before, language)
        && before.text.as_ref() != Some(text)
    {
        let source = one.report_symbol.clone();
        let (language, text) = (one.language.take(), one.text.take());
        texts.extend(language.zip(text).map(|(language, text)| LanguageText {
            language,
            text,
            source,
        }));
    }
    let tells = |scheme| one.terms.iter().any(|term| term.scheme == scheme);
    let kept = before.terms.iter().filter(|term| !tells(term.scheme));
    let terms: Vec<Term> = one.terms.iter().chain(kept).cloned().collect();
    let recommending = if one.recommending.is_empty() {
        before.recommending.clone()
    } else {
        one.recommending
    };
    let mut after = Recommendation {
        id: before.id,
        unnumbered: before.unnumbered.clone(),
        paragraph,
        // Another text is in a language of its own, known or not.
        language: match (&one.text, &one.language) {
            // Readers write tags in canonical case; one that was stored in another is the same.
            (Some(_), Some(language)) => before
                .language
                .clone()
                .filter(|before| before.eq_ignore_ascii_case(language))
                .or_else(|| Some(language.clone())),
            (Some(text), None) if before.text.as_ref() != Some(text) => None,
            _ => before.language.clone(),
        },
        text: one.text.or_else(|| before.text.clone()),
        texts: before.texts.clone(),
        summary: one.summary.or_else(|| before.summary.clone()),
        recommending,
        action_category: one.action_category.or(before.action_category),
        responsible_bodies: if one.responsible_bodies.is_empty() {
            before.responsible_bodies.clone()
        } else {
            one.responsible_bodies
        },
        terms: by_scheme(&terms),
        positions: before.positions.clone(),
        chosen_position: before.chosen_position.clone(),
        source_id: one.source_id.or_else(|| before.source_id.clone()),
    };
    if before.text.is_none() {
        keep_further(&mut after);
    }
    for text in texts {
        if is_own(&after, &text.language) {
            // The file's rows have their languages in another order than the first file had them.
            after.text = Some(text.text);
        } else {
            after.add_text(text);
        }
    }
    after
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
    for text in &mut one.texts {
        text.text = without_nul(&text.text);
        text.source = text.source.as_deref().map(without_nul);
    }
    for body in &mut one.responsible_bodies {
        *body = without_nul(body);
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
pub(in crate::store) fn by_scheme(terms: &[Term]) -> Vec<Term> {
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
    fn a_language_in_another_case_is_no_change() {
        let review = ReviewCode::parse("BLR-3").unwrap();
        let read = |language: &str| Incoming {
            text: Some("Texto".to_owned()),
            language: Some(language.to_owned()),
            ..Incoming::new(1, review)
        };
        let paragraph = Paragraph::parse("138.1").unwrap();
        let before = merged(None, paragraph.clone(), read("pt-br"));
        let same = merged(Some(&before), paragraph.clone(), read("pt-BR"));
        assert_eq!(same, before);
        let other = merged(Some(&before), paragraph, read("pt"));
        assert_eq!(differences(review, &before, &other), [Column::Text]);
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
