//! Taking in a file: first a plan that says what would happen, then everything in one transaction.
//!
//! A recommendation is the same one if its review and paragraph are the same. What a file does not say
//! stays as it is; a position that differs is a further claim beside the earlier ones, never a
//! replacement. So the same file a second time changes nothing.

mod comparing;

use super::entities::import_run;
use super::{Actor, Error, NewEvent, Store, history, recommendations};
use crate::domain::{Column, Paragraph, Recommendation, ReviewCode, Scheme};
use crate::exchange::{Format, ReadFile, Rejected, Row};
use sea_orm::{ActiveValue::Set, EntityTrait};
use serde::Serialize;

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
        let plan = comparing::plan(&snapshot, file).await;
        snapshot.rollback().await?;
        plan.map(|(plan, _)| plan)
    }

    /// Imports a file whole; what it did. Nothing of it happens if anything fails. A file that tells
    /// nothing new leaves no trace, so that the history says what changed and no more.
    pub async fn import(
        &self,
        actor: &Actor,
        file_name: &str,
        sha256: &str,
        file: ReadFile,
    ) -> Result<Plan, Error> {
        let mut change = self.begin(actor).await?;
        let (plan, reviews) = comparing::plan(&change.tx, file).await?;
        let summary = plan.summary();
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
        if !change.has_recorded() {
            return Ok(plan);
        }
        let problems: Vec<_> = plan
            .rejected
            .iter()
            .map(|rejected| {
                (
                    rejected.row,
                    rejected.column.as_deref(),
                    &rejected.reason.key,
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
