//! Taking in a file: first a plan that says what would happen, then everything in one transaction.
//!
//! A recommendation is the same one if its review and paragraph are the same. What a file does not say
//! stays as it is; a position that differs is a further claim beside the earlier ones, never a
//! replacement. So the same file a second time changes nothing.

use super::entities::import_run;
use super::{Actor, Error, NewEvent, Store, history, recommendations, review_records};
use crate::domain::{
    Column, Message, Paragraph, Position, Recommendation, Review, ReviewCode, Scheme, Term,
};
use crate::exchange::{Format, Incoming, ReadFile, Rejected, Row};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// What an import would do, or did.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    /// The kind of file.
    pub format: Format,
    /// What becomes of each recommendation of the file, in its order.
    pub planned: Vec<Planned>,
    /// Rows that cannot be taken.
    pub rejected: Vec<Rejected>,
    /// Rows of other mechanisms.
    pub skipped: u32,
}

/// What becomes of one recommendation of a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Planned {
    /// Where it stands in the file.
    pub row: Row,
    /// Its review.
    pub review: ReviewCode,
    /// Its paragraph.
    pub paragraph: Paragraph,
    /// As it will be.
    pub after: Recommendation,
    /// As it is now; none if it is new.
    pub before: Option<Recommendation>,
}

/// The counts of an import, as `import --json` prints them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Summary {
    /// New recommendations.
    pub created: usize,
    /// Changed ones.
    pub updated: usize,
    /// Recommendations that were there, all the same.
    pub unchanged: usize,
    /// Rows that cannot be taken.
    pub rejected: usize,
    /// Rows of other mechanisms.
    pub skipped: usize,
}

impl Planned {
    /// Which properties change, for a recommendation that was there.
    pub fn changes(&self) -> Vec<Column> {
        let Some(before) = &self.before else {
            return Vec::new();
        };
        let after = &self.after;
        let terms = |scheme| before.terms_of(scheme).ne(after.terms_of(scheme));
        let differs = [
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

    /// Whether nothing changes.
    pub fn is_unchanged(&self) -> bool {
        self.before.as_ref() == Some(&self.after)
    }
}

impl Plan {
    /// Its counts.
    pub fn summary(&self) -> Summary {
        let created = self
            .planned
            .iter()
            .filter(|planned| planned.before.is_none())
            .count();
        let unchanged = self
            .planned
            .iter()
            .filter(|planned| planned.is_unchanged())
            .count();
        Summary {
            created,
            updated: self.planned.len() - created - unchanged,
            unchanged,
            rejected: self.rejected.len(),
            skipped: usize::try_from(self.skipped).unwrap_or(usize::MAX),
        }
    }
}

impl Store {
    /// What importing a file would do. Changes nothing.
    pub async fn plan_import(&self, file: ReadFile) -> Result<Plan, Error> {
        let snapshot = self.snapshot().await?;
        let plan = plan(&snapshot, file).await;
        snapshot.rollback().await?;
        plan
    }

    /// Imports a file whole; what it did. Nothing of it happens if anything fails.
    pub async fn import(
        &self,
        actor: &Actor,
        file_name: &str,
        sha256: &str,
        file: ReadFile,
    ) -> Result<Plan, Error> {
        let mut change = self.begin(actor).await?;
        let reviews = reviews_of(&file.recommendations);
        let plan = plan(&change.tx, file).await?;
        let summary = plan.summary();
        if summary.created + summary.updated == 0 && plan.rejected.is_empty() {
            // Nothing new: no run to look up, and the history stays as it is.
            return Ok(plan);
        }
        for wanted in reviews {
            let review = recommendations::ensure_review(&mut change, &wanted).await?;
            let here = || {
                plan.planned
                    .iter()
                    .filter(|planned| planned.review == wanted.code)
            };
            let new: Vec<_> = here()
                .filter(|planned| planned.before.is_none())
                .map(|planned| planned.after.clone())
                .collect();
            if !new.is_empty() {
                recommendations::add(&mut change, &review, &new).await?;
            }
            let changed: Vec<_> = here()
                .filter(|planned| !planned.is_unchanged())
                .filter_map(|planned| Some((planned.before.clone()?, planned.after.clone())))
                .collect();
            if !changed.is_empty() {
                recommendations::update(&mut change, &review, &changed).await?;
            }
        }
        let problems: Vec<_> = plan
            .rejected
            .iter()
            .map(|rejected| {
                (
                    rejected.row,
                    rejected.column.as_deref(),
                    rejected.reason.key,
                )
            })
            .collect();
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let row = import_run::ActiveModel {
            at: Set(change.now()),
            actor: Set(actor.0.clone()),
            file_name: Set(file_name
                .chars()
                .filter(|c| !c.is_control())
                .take(200)
                .collect()),
            sha256: Set(sha256.to_owned()),
            format: Set(plan.format.code().to_owned()),
            created: Set(count(summary.created)),
            updated: Set(count(summary.updated)),
            unchanged: Set(count(summary.unchanged)),
            rejected: Set(count(summary.rejected)),
            skipped: Set(count(summary.skipped)),
            problems: Set(history::json(&problems)),
            ..Default::default()
        };
        import_run::Entity::insert(row)
            .exec_without_returning(&change.tx)
            .await?;
        let event = NewEvent {
            kind: "file-imported",
            after: Some(history::json(&(sha256, summary))),
            ..Default::default()
        };
        change.record(vec![event]).await?;
        change.commit().await?;
        Ok(plan)
    }
}

/// The reviews that a file speaks of, each with what the file knows of it.
fn reviews_of(incoming: &[Incoming]) -> Vec<Review> {
    let mut reviews: BTreeMap<ReviewCode, Review> = BTreeMap::new();
    for one in incoming {
        let review = reviews.entry(one.review).or_insert_with(|| Review {
            id: 0,
            code: one.review,
            session: None,
            date: None,
            report_symbol: None,
            addendum_symbol: None,
        });
        review.session = review.session.or(one.session);
        if review.report_symbol.is_none() {
            review.report_symbol.clone_from(&one.report_symbol);
        }
    }
    reviews.into_values().collect()
}

async fn plan(db: &impl ConnectionTrait, file: ReadFile) -> Result<Plan, Error> {
    let mut there: HashMap<ReviewCode, HashMap<Paragraph, Recommendation>> = HashMap::new();
    let mut symbols: HashMap<ReviewCode, String> = HashMap::new();
    for wanted in reviews_of(&file.recommendations) {
        if let Some(review) = review_records::find_review(db, wanted.code).await? {
            let list = review_records::recommendations(db, review.id).await?;
            let by_paragraph = list
                .into_iter()
                .map(|one| (one.paragraph.clone(), one))
                .collect();
            there.insert(wanted.code, by_paragraph);
            if let Some(symbol) = review.report_symbol {
                symbols.insert(wanted.code, symbol);
            }
        }
    }
    let mut rejected = file.rejected;
    let mut planned = Vec::with_capacity(file.recommendations.len());
    for one in file.recommendations {
        // The identity is report symbol and paragraph: another report's paragraph of the same number is
        // another recommendation.
        if let (Some(known), Some(symbol)) = (symbols.get(&one.review), &one.report_symbol)
            && known != symbol
        {
            rejected.push(Rejected {
                row: one.row,
                column: None,
                value: Some(symbol.clone()),
                reason: Message::new("import-other-report")
                    .with("review", one.review)
                    .with("known", known)
                    .with("symbol", symbol),
            });
            continue;
        }
        let before = there
            .get(&one.review)
            .and_then(|review| review.get(&one.paragraph))
            .cloned();
        planned.push(Planned {
            row: one.row,
            review: one.review,
            paragraph: one.paragraph.clone(),
            after: merged(before.as_ref(), one),
            before,
        });
    }
    rejected.sort_by_key(|rejected| rejected.row);
    Ok(Plan {
        format: file.format,
        planned,
        rejected,
        skipped: file.skipped,
    })
}

/// What a recommendation is after a file has been heard.
fn merged(before: Option<&Recommendation>, one: Incoming) -> Recommendation {
    let Some(before) = before else {
        return Recommendation {
            id: 0,
            paragraph: one.paragraph,
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
        language: if one.text.is_some() {
            one.language
        } else {
            before.language.clone()
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
