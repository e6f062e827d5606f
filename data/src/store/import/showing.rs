//! The rows of a run, page by page, with what they would change.

use super::merging;
use super::packing::unpack;
use super::plan::Effect;
use super::planning::{ReviewPlan, plan_review};
use super::rows::{Candidate, Content, Decision, RowOutcome, Staged};
use super::run::{self, Run};
use crate::domain::{Assessment, Column, Message, Paragraph, Recommendation, ReviewCode};
use crate::exchange::{Cells, Row, cells_of, cells_of_assessment};
use crate::store::entities::{import_outcome, import_row};
use crate::store::import_codes::{Outcome, RunState};
use crate::store::{Error, Store};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

/// Which rows of a run are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Which {
    /// Only those with this outcome.
    pub outcome: Option<Outcome>,
    /// Rows that are passed over.
    pub offset: u64,
    /// The most that are given; at most 500.
    pub limit: u64,
}

/// A row of a run and what becomes of it.
#[derive(Clone, PartialEq, Debug)]
pub struct StagedRow {
    /// Its place in the run, by which it is mended and decided.
    pub place: i64,
    /// Where it stands in the file.
    pub row: Row,
    /// What it says.
    pub content: Content,
    /// What becomes of it.
    pub outcome: Outcome,
    /// The place of the row whose recommendation it belongs to.
    pub leader: Option<i64>,
    /// The other rows of the file that say something of the same recommendation.
    pub joined: Vec<Row>,
    /// How like its text is to the recommendation's that it was found to be the same as.
    pub score: Option<f64>,
    /// What it may be, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// What a person decided.
    pub decision: Option<Decision>,
    /// Why it cannot be taken, what is wrong and in which column.
    pub reason: Option<(Message, Option<String>, Option<String>)>,
    /// The recommendation as it is; none if it is new.
    pub before: Option<Recommendation>,
    /// The recommendation as it will be.
    pub after: Option<Recommendation>,
    /// Recommendations without a number that turned out to be the same, and go.
    pub absorbed: Vec<Merged>,
    /// What a person should know of it before it is taken.
    pub notices: Vec<Message>,
    /// The assessment as it is and as it will be.
    pub assessment: Option<(Option<Assessment>, Assessment)>,
    /// Its cells as they stood in the file, if they are kept.
    kept: Option<Cells>,
}

/// A recommendation that turned out to be another one.
#[derive(Clone, PartialEq, Debug)]
pub struct Merged {
    /// As it is until then.
    pub recommendation: Recommendation,
    /// How like the two texts are.
    pub score: Option<f64>,
}

impl StagedRow {
    /// The review that it belongs to, as far as the row says it.
    pub fn review(&self) -> Option<ReviewCode> {
        self.content.review()
    }

    /// The number or name of its recommendation.
    pub fn paragraph(&self) -> Option<Paragraph> {
        match (&self.after, &self.content) {
            (Some(after), _) => Some(after.paragraph.clone()),
            (None, Content::Recommendation(one)) => one.paragraph.clone(),
            (None, Content::Assessment(one)) => Some(one.paragraph.clone()),
            (None, Content::Rejected(_)) => None,
        }
    }

    /// Which properties change of what was there.
    pub fn changes(&self) -> Vec<Column> {
        if let Some((Some(before), after)) = &self.assessment {
            let differs = [
                (Column::Status, before.status != after.status),
                (Column::Rationale, before.rationale != after.rationale),
                (Column::Confidence, before.confidence != after.confidence),
                (Column::Evidence, before.evidence != after.evidence),
            ];
            return differs
                .into_iter()
                .filter(|(_, differs)| *differs)
                .map(|(column, _)| column)
                .collect();
        }
        match (self.review(), &self.before, &self.after) {
            (Some(review), Some(before), Some(after)) => {
                merging::differences(review, before, after)
            }
            _ => Vec::new(),
        }
    }

    /// What a person can mend: its cells as they were read or, of a row that is not kept so, its values
    /// by the names of our own table.
    pub fn cells(&self) -> Cells {
        let Some(kept) = &self.kept else {
            return values(&self.content);
        };
        // A column without a heading that holds nothing is none.
        let is_column =
            |(heading, value): &&(String, String)| !(heading.is_empty() && value.is_empty());
        kept.iter().filter(is_column).cloned().collect()
    }
}

/// The values of a row whose cells are not kept.
pub(super) fn values(content: &Content) -> Cells {
    match content {
        Content::Recommendation(one) => cells_of(one),
        Content::Assessment(one) => cells_of_assessment(one),
        Content::Rejected(one) => one.cells.clone(),
    }
}

/// The cells of a row as they stood in the file, below the headings of its table.
pub(super) fn kept(run: &Run, staged: &Staged) -> Option<Cells> {
    let cells = staged.cells.as_ref()?;
    let widest = run.headings.len().max(cells.len());
    let at = |texts: &[String], place: usize| texts.get(place).cloned().unwrap_or_default();
    let cell = |place| (at(&run.headings, place), at(cells, place));
    Some((0..widest).map(cell).collect())
}

impl Store {
    /// Rows of a run with what becomes of them, in the order of the file. As long as the run is
    /// neither applied nor given up, with what they would change.
    pub async fn import_rows(&self, id: i64, which: Which) -> Result<Vec<StagedRow>, Error> {
        let outcomes = import_outcome::Entity::find()
            .filter(import_outcome::Column::RunId.eq(id))
            .order_by_asc(import_outcome::Column::Place)
            .offset(which.offset)
            .limit(which.limit.min(500));
        // Of a run that is over only the rows that were not taken are left.
        let outcomes = match run::find(&self.connection, id).await?.state {
            RunState::Reading | RunState::Read => outcomes,
            _ => outcomes.filter(import_outcome::Column::Outcome.is_in(Outcome::LEFT_OVER)),
        };
        let outcomes = match which.outcome {
            Some(outcome) => outcomes.filter(import_outcome::Column::Outcome.eq(outcome)),
            None => outcomes,
        };
        let outcomes = outcomes.all(&self.connection).await?;
        self.with_contents(id, outcomes).await
    }

    /// One row of a run.
    pub async fn import_row(&self, id: i64, place: i64) -> Result<StagedRow, Error> {
        let outcome = import_outcome::Entity::find_by_id((id, place))
            .one(&self.connection)
            .await?
            .ok_or(Error::NotFound)?;
        let rows = self.with_contents(id, vec![outcome]).await?;
        rows.into_iter().next().ok_or(Error::NotFound)
    }

    /// How many rows of a run have an outcome.
    pub async fn import_row_count(&self, id: i64, outcome: Outcome) -> Result<u64, Error> {
        Ok(import_outcome::Entity::find()
            .filter(import_outcome::Column::RunId.eq(id))
            .filter(import_outcome::Column::Outcome.eq(outcome))
            .count(&self.connection)
            .await?)
    }

    /// How many recommendations of the file each review has.
    pub async fn import_reviews(&self, id: i64) -> Result<BTreeMap<ReviewCode, u64>, Error> {
        let counts: Vec<(Option<String>, i64)> = import_outcome::Entity::find()
            .select_only()
            .column(import_outcome::Column::Review)
            .column_as(
                Expr::expr(Func::count(Expr::col(import_outcome::Column::Place))),
                "rows",
            )
            .filter(import_outcome::Column::RunId.eq(id))
            .filter(import_outcome::Column::Digest.is_not_null())
            .group_by(import_outcome::Column::Review)
            .into_tuple()
            .all(&self.connection)
            .await?;
        Ok(counts
            .into_iter()
            .filter_map(|(review, count)| {
                let review = ReviewCode::parse(&review?)?;
                Some((review, u64::try_from(count).unwrap_or(0)))
            })
            .collect())
    }

    async fn with_contents(
        &self,
        id: i64,
        outcomes: Vec<import_outcome::Model>,
    ) -> Result<Vec<StagedRow>, Error> {
        let run = run::find(&self.connection, id).await?;
        let mut rows = import_row::Entity::find()
            .filter(import_row::Column::RunId.eq(id))
            .filter(import_row::Column::Place.is_in(outcomes.iter().map(|row| row.place)))
            .all(&self.connection)
            .await?;
        unpack(&self.connection, id, &mut rows).await?;
        let mut reviews: HashMap<String, ReviewPlan> = HashMap::new();
        if run.state == RunState::Read {
            for row in outcomes.iter().filter(|row| row.digest.is_some()) {
                let Some(code) = row.review.as_deref().and_then(ReviewCode::parse) else {
                    continue;
                };
                if let Entry::Vacant(place) = reviews.entry(code.to_string()) {
                    place.insert(plan_review(&self.connection, &run, code).await?);
                }
            }
        }
        let mut contents: HashMap<i64, Staged> = rows
            .iter()
            .map(|row| Ok((row.place, Staged::read(row)?)))
            .collect::<Result<_, Error>>()?;
        let mut shown = Vec::with_capacity(outcomes.len());
        for row in outcomes {
            let Some(staged) = contents.remove(&row.place) else {
                continue;
            };
            let plan = row.review.as_ref().and_then(|review| reviews.get(review));
            let outcome = RowOutcome::read(row)?;
            let kept = kept(&run, &staged);
            shown.push(show(staged, kept, outcome, plan));
        }
        Ok(shown)
    }
}

fn show(
    staged: Staged,
    kept: Option<Cells>,
    outcome: RowOutcome,
    plan: Option<&ReviewPlan>,
) -> StagedRow {
    let place = staged.place;
    let effect = plan.and_then(|plan| {
        let mut effects = plan.planned.effects.iter();
        effects.find(|effect| effect.places.first() == Some(&place))
    });
    let assessed = plan.and_then(|plan| plan.assessed.iter().find(|one| one.place == place));
    let rows_of = |places: &[i64]| -> Vec<Row> {
        let rows = plan.map_or(&[][..], |plan| &plan.rows);
        rows.iter()
            .filter(|row| row.place != place && places.contains(&row.place))
            .map(|row| row.content.row())
            .collect()
    };
    let column = match &staged.content {
        Content::Rejected(one) => one.column.clone(),
        _ => None,
    };
    let detail = outcome.detail;
    StagedRow {
        place,
        row: staged.content.row(),
        outcome: outcome.outcome,
        leader: outcome.leader,
        joined: effect.map_or_else(Vec::new, |effect| rows_of(&effect.places)),
        score: outcome.score,
        candidates: detail.candidates,
        decision: staged.decision,
        reason: detail.reason.map(|reason| (reason, column, detail.value)),
        before: effect.and_then(|effect| effect.before.clone()),
        after: effect.map(|effect| effect.after.clone()),
        absorbed: effect.map_or_else(Vec::new, merged),
        notices: detail.notices,
        assessment: assessed.map(|one| (one.before.clone(), one.after.clone())),
        content: staged.content,
        kept,
    }
}

fn merged(effect: &Effect) -> Vec<Merged> {
    let score = |one: &Recommendation| {
        let mut names = effect.names.iter();
        let found = names.find(|(name, _)| name == one.paragraph.as_str());
        found.and_then(|(_, score)| *score)
    };
    let merged = effect.absorbed.iter().map(|one| Merged {
        recommendation: one.clone(),
        score: score(one),
    });
    merged.collect()
}
