//! Mending a value of a row and deciding what a row is, before a run is applied.

use super::planning::{count, plan_anew};
use super::rows::{Content, Decision, Staged};
use super::run::{self, Run, RunState};
use super::showing::{StagedRow, cells};
use super::staging::placed;
use crate::domain::{Message, ReviewCode};
use crate::exchange::{
    Incoming, IncomingAssessment, ReadFailure, ReadOptions, Rejected, Sink, Stopped, mended,
    mended_assessment, reread,
};
use crate::store::change::Change;
use crate::store::entities::{import_outcome, import_row};
use crate::store::{Actor, Error, Store, history, insert_all};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use std::collections::BTreeSet;

impl Store {
    /// Replaces values in a row, by the headings of [`StagedRow::cells`], reads the row again by the
    /// rules of its format, and plans its review anew. A row that the reader rejected may be rejected
    /// again, for what is wrong now; of one that was taken, values that do not fit are refused and
    /// nothing changes.
    pub async fn mend_import_row(
        &self,
        actor: &Actor,
        id: i64,
        place: i64,
        values: &[(String, String)],
    ) -> Result<StagedRow, Error> {
        let change = self.begin(actor).await?;
        let (run, staged) = open_row(&change, id, place).await?;
        let before = staged.content.review();
        let mut row = cells(&staged.content);
        for (heading, value) in values {
            let cell = row.iter_mut().find(|(known, _)| known == heading);
            let (_, cell) = cell.ok_or_else(|| {
                Message::new("import-no-such-column").with("column", cut(heading))
            })?;
            *cell = value.chars().take(Rejected::MAX_CELL).collect();
        }
        let contents = read_again(&run, &staged.content, &row)?;
        let mut reviews = BTreeSet::new();
        reviews.extend(before);
        reviews.extend(run.file.review.filter(|_| is_assessment(&staged.content)));
        let mut place_of_next = last_place(&change, id).await?;
        for (number, content) in contents.into_iter().enumerate() {
            let place = if number == 0 {
                place
            } else {
                place_of_next += 1;
                place_of_next
            };
            reviews.extend(put(&change, &run, place, content).await?);
        }
        replan(&change, &run, reviews).await?;
        change.commit_unrecorded().await?;
        self.import_row(id, place).await
    }

    /// Decides what a row is; none takes a decision back. Its review is planned anew.
    pub async fn decide_import_row(
        &self,
        actor: &Actor,
        id: i64,
        place: i64,
        decision: Option<Decision>,
    ) -> Result<StagedRow, Error> {
        let change = self.begin(actor).await?;
        let (run, staged) = open_row(&change, id, place).await?;
        let Content::Recommendation(one) = &staged.content else {
            return Err(Message::new("import-nothing-to-decide").into());
        };
        let row = import_row::ActiveModel {
            run_id: Set(id),
            place: Set(place),
            decision: Set(decision.as_ref().map(history::json)),
            ..Default::default()
        };
        import_row::Entity::update(row).exec(&change.tx).await?;
        replan(&change, &run, BTreeSet::from([one.review])).await?;
        change.commit_unrecorded().await?;
        self.import_row(id, place).await
    }
}

fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}

fn is_assessment(content: &Content) -> bool {
    matches!(content, Content::Assessment(_))
}

async fn open_row(change: &Change<'_>, id: i64, place: i64) -> Result<(Run, Staged), Error> {
    let run = run::find(&change.tx, id).await?;
    run.must_be(RunState::Read)?;
    let row = import_row::Entity::find_by_id((id, place))
        .one(&change.tx)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((run, Staged::read(&row)?))
}

/// What a mended row says.
fn read_again(
    run: &Run,
    content: &Content,
    cells: &[(String, String)],
) -> Result<Vec<Content>, Error> {
    match content {
        Content::Recommendation(one) => {
            let mended = mended(one, cells).map_err(|wrong| wrong.reason)?;
            Ok(vec![Content::Recommendation(Box::new(
                super::merging::cleaned(mended),
            ))])
        }
        Content::Assessment(one) => {
            let mended = mended_assessment(one, cells)?;
            Ok(vec![Content::Assessment(Box::new(mended))])
        }
        Content::Rejected(one) => {
            let format = run
                .format
                .ok_or_else(|| Message::new("import-nothing-to-mend"))?;
            if cells.is_empty() {
                return Err(Message::new("import-nothing-to-mend").into());
            }
            let options = ReadOptions {
                review: one.review.or(run.file.review),
                mapping: run.file.mapping.clone(),
            };
            let mut found = Found::default();
            let read = reread(format, &options, one.row, cells, &mut found);
            if let Err(ReadFailure::Refused(message)) = read {
                return Err(message.into());
            }
            if found.0.is_empty() {
                return Err(Message::new("import-nothing-to-mend").into());
            }
            Ok(found.0)
        }
    }
}

/// What one row holds: at most a recommendation and its assessment.
#[derive(Default)]
struct Found(Vec<Content>);

impl Found {
    fn add(&mut self, content: Content) -> Result<(), Stopped> {
        self.0.push(content);
        if self.0.len() > 4 {
            Err(Stopped)
        } else {
            Ok(())
        }
    }
}

impl Sink for Found {
    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        self.add(Content::Recommendation(Box::new(super::merging::cleaned(
            one,
        ))))
    }

    fn assessment(&mut self, one: IncomingAssessment) -> Result<(), Stopped> {
        self.add(Content::Assessment(Box::new(one)))
    }

    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.add(Content::Rejected(Box::new(one)))
    }

    fn skipped(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }

    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}

async fn last_place(change: &Change<'_>, run: i64) -> Result<i64, Error> {
    let last: Option<Option<i64>> = import_row::Entity::find()
        .select_only()
        .column_as(
            Expr::expr(Func::max(Expr::col(import_row::Column::Place))),
            "last",
        )
        .filter(import_row::Column::RunId.eq(run))
        .into_tuple()
        .one(&change.tx)
        .await?;
    Ok(last.flatten().unwrap_or(0))
}

/// Puts a row in its place; the review that it is planned with.
async fn put(
    change: &Change<'_>,
    run: &Run,
    place: i64,
    content: Content,
) -> Result<Option<ReviewCode>, Error> {
    let (review, outcome) = placed(&content, run.file.review);
    let staged = Staged {
        place,
        content,
        decision: None,
    };
    import_outcome::Entity::delete_by_id((run.id, place))
        .exec(&change.tx)
        .await?;
    import_row::Entity::delete_by_id((run.id, place))
        .exec(&change.tx)
        .await?;
    import_row::Entity::insert(staged.entity(run.id, review).into_active_model())
        .exec_without_returning(&change.tx)
        .await?;
    match outcome {
        Some(outcome) => {
            let row = outcome.entity(run.id, place, review);
            insert_all::<import_outcome::Entity, import_outcome::ActiveModel>(
                &change.tx,
                vec![row],
            )
            .await?;
            Ok(None)
        }
        None => Ok(review),
    }
}

async fn replan(
    change: &Change<'_>,
    run: &Run,
    reviews: BTreeSet<ReviewCode>,
) -> Result<(), Error> {
    for review in reviews {
        plan_anew(change, run, review).await?;
    }
    count(change, run.id).await
}
