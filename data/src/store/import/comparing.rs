//! Comparing a file with what is there: what would be new, what changes, what cannot be taken.

use super::super::{Error, review_records, without_nul};
use super::{Plan, Planned};
use crate::domain::{
    Message, Paragraph, Position, Recommendation, Review, ReviewCode, Scheme, Term,
};
use crate::exchange::{Incoming, ReadFile, Rejected, Row};
use sea_orm::ConnectionTrait;
use std::collections::{BTreeMap, HashMap};

/// The reviews that a file speaks of.
fn reviews_of(incoming: &[Incoming]) -> BTreeMap<ReviewCode, Review> {
    let review = |code| Review {
        id: 0,
        code,
        session: None,
        date: None,
        report_symbol: None,
        addendum_symbol: None,
    };
    incoming
        .iter()
        .map(|one| (one.review, review(one.review)))
        .collect()
}

/// What becomes of a file, and what it knows of its reviews.
pub(super) async fn plan(
    db: &impl ConnectionTrait,
    file: ReadFile,
) -> Result<(Plan, Vec<Review>), Error> {
    let mut reviews = reviews_of(&file.recommendations);
    let mut there: HashMap<(ReviewCode, Paragraph), Recommendation> = HashMap::new();
    for review in reviews.values_mut() {
        let code = review.code;
        if let Some(known) = review_records::find_review(db, code).await? {
            for one in review_records::recommendations(db, known.id).await? {
                there.insert((code, one.paragraph.clone()), one);
            }
            *review = known;
        }
    }
    let mut rejected = file.rejected;
    let mut planned: Vec<Planned> = Vec::with_capacity(file.recommendations.len());
    let mut rows: HashMap<(ReviewCode, Paragraph), Row> = HashMap::new();
    for one in file.recommendations {
        let Some(paragraph) = one.paragraph.clone() else {
            rejected.push(Rejected {
                row: one.row,
                review: Some(one.review),
                column: None,
                value: one.text,
                reason: Message::new("exchange-no-paragraph"),
                cells: Vec::new(),
            });
            continue;
        };
        let identity = (one.review, paragraph.clone());
        let Some(review) = reviews.get_mut(&one.review) else {
            continue;
        };
        if let Err((value, reason)) = fits(&one, &paragraph, review, rows.get(&identity)) {
            rejected.push(Rejected {
                row: one.row,
                review: Some(one.review),
                column: None,
                value: Some(value),
                reason,
                cells: Vec::new(),
            });
            continue;
        }
        review.session = review.session.or(one.session);
        if review.report_symbol.is_none() {
            review.report_symbol.clone_from(&one.report_symbol);
        }
        rows.insert(identity.clone(), one.row);
        let before = there.remove(&identity);
        planned.push(Planned {
            row: one.row,
            review: one.review,
            paragraph: paragraph.clone(),
            after: merged(before.as_ref(), paragraph, one),
            before,
        });
    }
    rejected.sort_by_key(|rejected| rejected.row);
    let spoken_of = |review: &Review| planned.iter().any(|planned| planned.review == review.code);
    let reviews = reviews.into_values().filter(spoken_of).collect();
    let plan = Plan {
        format: file.format,
        planned,
        rejected,
        skipped: file.skipped,
    };
    Ok((plan, reviews))
}

/// Whether a recommendation can be taken; otherwise the value at fault, and why not.
fn fits(
    one: &Incoming,
    paragraph: &Paragraph,
    review: &Review,
    earlier: Option<&Row>,
) -> Result<(), (String, Message)> {
    // The identity is report symbol and paragraph: another report's paragraph of the same number is
    // another recommendation.
    if let (Some(known), Some(symbol)) = (&review.report_symbol, &one.report_symbol)
        && known != symbol
    {
        let reason = Message::new("import-other-report")
            .with("review", one.review)
            .with("known", known)
            .with("symbol", symbol);
        return Err((symbol.clone(), reason));
    }
    // Readers join rows that agree; of two that remain, one would undo the other.
    if let Some(first) = earlier {
        let reason = Message::new("exchange-repeated-text")
            .with("review", one.review)
            .with("paragraph", paragraph)
            .with("first", first);
        return Err((paragraph.to_string(), reason));
    }
    Ok(())
}

/// What a recommendation is after a file has been heard.
fn merged(before: Option<&Recommendation>, paragraph: Paragraph, one: Incoming) -> Recommendation {
    let one = cleaned(one);
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
    if let Some(position) = one.position
        && !positions.iter().any(|known| same_claim(known, &position))
    {
        positions.push(position);
    }
    let recommending = if one.recommending.is_empty() {
        before.recommending.clone()
    } else {
        one.recommending
    };
    Recommendation {
        id: before.id,
        paragraph: before.paragraph.clone(),
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
fn cleaned(mut one: Incoming) -> Incoming {
    for text in [&mut one.text, &mut one.summary, &mut one.source_id] {
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
fn by_scheme(terms: &[Term]) -> Vec<Term> {
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
fn same_claim(a: &Position, b: &Position) -> bool {
    a.class == b.class && a.source == b.source && a.source_paragraph == b.source_paragraph
}
