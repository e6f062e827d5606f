//! Giving back what staged files take: in small steps, so that nobody who writes has to wait, and on SQLite
//! down to the size of the database's file.

use super::document;
use super::run;
use super::uploads;
use crate::settings;
use crate::store::entities::{import_outcome, import_row, import_run, import_text};
use crate::store::import_codes::{Outcome, RunState};
use crate::store::sqlite::space;
use crate::store::{Actor, Error, HOUR, Store};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// Rows that are removed in one transaction.
const AT_ONCE: i64 = 500;
impl Store {
    /// Ends the runs that nobody came back to within a day or whose reader was cut off, and frees what
    /// they take, with uploads that are too old. To be called now and then.
    pub async fn free_staging(&self) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        let now = change.now();
        let old = import_run::Column::At.lt(now - settings::IMPORT_KEPT_HOURS.signed() * HOUR);
        let silent = import_run::Column::BeatAt.lt(now - settings::IMPORT_SILENT_MS);
        for (from, to, which) in [
            (
                RunState::Reading,
                RunState::Failed,
                Condition::any().add(old.clone()).add(silent),
            ),
            (
                RunState::Read,
                RunState::Cancelled,
                Condition::all().add(old),
            ),
        ] {
            let row = import_run::ActiveModel {
                state: Set(to),
                ended_at: Set(Some(now)),
                ..Default::default()
            };
            import_run::Entity::update_many()
                .set(row)
                .filter(import_run::Column::State.eq(from))
                .filter(which)
                .exec(&change.tx)
                .await?;
        }
        uploads::remove_old(&change).await?;
        change.commit_unrecorded().await?;
        let is_of_run = |run: Expr| run.equals((import_run::Entity, import_run::Column::Id));
        let mut rows = Query::select();
        rows.expr(Expr::val(1))
            .from(import_row::Entity)
            .and_where(is_of_run(Expr::col((
                import_row::Entity,
                import_row::Column::RunId,
            ))));
        let mut outcomes = Query::select();
        outcomes
            .expr(Expr::val(1))
            .from(import_outcome::Entity)
            .and_where(is_of_run(Expr::col((
                import_outcome::Entity,
                import_outcome::Column::RunId,
            ))));
        let is_staged = Condition::any()
            .add(Expr::exists(rows))
            .add(Expr::exists(outcomes));
        let ended = [RunState::Failed, RunState::Cancelled].map(RunState::code);
        let over = import_run::Entity::find()
            .select_only()
            .column(import_run::Column::Id)
            .filter(
                Condition::any()
                    .add(
                        import_run::Column::At
                            .lt(now - settings::IMPORT_KEPT_HOURS.signed() * HOUR),
                    )
                    .add(import_run::Column::State.is_in(ended)),
            )
            .filter(is_staged);
        let over: Vec<i64> = over.into_tuple().all(&self.connection).await?;
        for id in over {
            self.free_run(id, false).await?;
        }
        space::give_back(self).await
    }

    /// Removes the file of a run and what it has staged, or all but the rows that could not be taken.
    pub(super) async fn free_run(&self, id: i64, but_rejected: bool) -> Result<(), Error> {
        let change = self.begin(&Actor::command_line()).await?;
        uploads::remove_of_run(&change, id).await?;
        change.commit_unrecorded().await?;
        let mut done = i64::MIN;
        let mut left = 0_i64;
        loop {
            let change = self.begin(&Actor::command_line()).await?;
            let lengths: Vec<(i64, i64)> = import_row::Entity::find()
                .select_only()
                .column(import_row::Column::Place)
                .expr_as(
                    Expr::expr(Func::char_length(Expr::col(import_row::Column::Content)))
                        .cast_as("BIGINT"),
                    "length",
                )
                .filter(import_row::Column::RunId.eq(id))
                .filter(import_row::Column::Place.gt(done))
                .order_by_asc(import_row::Column::Place)
                .limit(AT_ONCE.unsigned_abs())
                .into_tuple()
                .all(&change.tx)
                .await?;
            let (Some((first, _)), Some((last, _))) = (lengths.first(), lengths.last()) else {
                break;
            };
            let mut going = import_row::Entity::delete_many()
                .filter(import_row::Column::RunId.eq(id))
                .filter(import_row::Column::Place.between(*first, *last));
            if but_rejected {
                let staying = import_outcome::Entity::find()
                    .select_only()
                    .column(import_outcome::Column::Place)
                    .filter(import_outcome::Column::RunId.eq(id))
                    .filter(import_outcome::Column::Place.between(*first, *last))
                    .filter(import_outcome::Column::Outcome.is_in(Outcome::LEFT_OVER));
                let staying: Vec<i64> = staying.into_tuple().all(&change.tx).await?;
                let lengths = lengths.iter().filter(|(place, _)| staying.contains(place));
                left = lengths.fold(left, |sum, (_, length)| sum.saturating_add(*length));
                going = going.filter(import_row::Column::Place.is_not_in(staying));
            } else {
                import_outcome::Entity::delete_many()
                    .filter(import_outcome::Column::RunId.eq(id))
                    .filter(import_outcome::Column::Place.between(*first, *last))
                    .exec(&change.tx)
                    .await?;
            }
            going.exec(&change.tx).await?;
            done = *last;
            change.commit_unrecorded().await?;
        }
        if !but_rejected {
            let change = self.begin(&Actor::command_line()).await?;
            run::remove_rows(&change, id).await?;
            document::forget(&change, id).await?;
            change.commit_unrecorded().await?;
        }
        self.free_texts(id, left).await
    }

    /// Removes the texts that rows of a run share, unless rows are left that may refer to them.
    async fn free_texts(&self, id: i64, left: i64) -> Result<(), Error> {
        loop {
            let change = self.begin(&Actor::command_line()).await?;
            let numbers: Vec<i64> = import_text::Entity::find()
                .select_only()
                .column(import_text::Column::Number)
                .filter(import_text::Column::RunId.eq(id))
                .order_by_asc(import_text::Column::Number)
                .limit(AT_ONCE.unsigned_abs())
                .into_tuple()
                .all(&change.tx)
                .await?;
            if numbers.is_empty() || left > 0 {
                break;
            }
            import_text::Entity::delete_many()
                .filter(import_text::Column::RunId.eq(id))
                .filter(import_text::Column::Number.is_in(numbers))
                .exec(&change.tx)
                .await?;
            change.commit_unrecorded().await?;
        }
        let change = self.begin(&Actor::command_line()).await?;
        let row = import_run::ActiveModel {
            id: Set(id),
            staged: Set(left),
            ..Default::default()
        };
        import_run::Entity::update(row).exec(&change.tx).await?;
        change.commit_unrecorded().await?;
        space::give_back(self).await
    }
}
