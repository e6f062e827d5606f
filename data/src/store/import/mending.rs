//! Mending a value of a row and deciding what a row is, before a run is applied.

use super::packing::unpack;
use super::planning::{count, plan_anew};
use super::rows::{Content, Decision, Staged};
use super::run::{self, Run};
use super::showing::{StagedRow, kept, values};
use super::staging::placed;
use crate::domain::{Message, ReviewCode, shorten};
use crate::exchange::{
    Cells, FileRefusal, Format, Incoming, IncomingAssessment, ReadFailure, ReadOptions, Rejected,
    Row, Sink, Stopped, mended, mended_assessment, reread,
};
use crate::store::change::Change;
use crate::store::entities::{import_outcome, import_row, import_run};
use crate::store::history::chain;
use crate::store::import_codes::RunState;
use crate::store::{Actor, Error, ImportRefusal, Store, insert_all, without_nul};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use std::collections::BTreeSet;

impl Store {
    /// Replaces values in a row, by the headings of [`StagedRow::cells`], reads the row again by the
    /// rules of its format, and plans its review anew. It may be rejected again, for what is wrong now;
    /// of one that was taken and whose cells are not kept, values that do not fit are refused and nothing
    /// changes.
    pub async fn mend_import_row(
        &self,
        actor: &Actor,
        id: i64,
        place: i64,
        mended: &[(String, String)],
    ) -> Result<StagedRow, Error> {
        let change = self.begin(actor).await?;
        let (run, staged) = open_row(&change, id, place).await?;
        let mut row = kept(&run, &staged).unwrap_or_else(|| values(&staged.content));
        replace(&mut row, mended)?;
        let options = run::options(&change.tx, &run).await?;
        let mut contents = read_again(&run, options, &staged, &row)?;
        // What is of the same kind stays in its place.
        contents.sort_by_key(|content| content.kind() != staged.content.kind());
        let cells = keep(&change, &run, &staged, &row).await?;
        let others = others(&change, &run, &staged).await?;
        let mut reviews = BTreeSet::new();
        for staged in others.iter().chain([&staged]) {
            reviews.extend(staged.content.review());
            reviews.extend(run.file.review.filter(|_| is_assessment(&staged.content)));
        }
        let mut places: Vec<i64> = others.iter().map(|one| one.place).collect();
        places.insert(0, place);
        let mut places = places.into_iter();
        let mut place_of_next = last_place(&change, id).await?;
        for content in contents {
            let place = places.next().unwrap_or_else(|| {
                place_of_next += 1;
                place_of_next
            });
            reviews.extend(put(&change, &run, place, content, cells.clone()).await?);
        }
        for place in places {
            take_out(&change, &run, place).await?;
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
            return Err(ImportRefusal::NothingToDecide.into());
        };
        let row = import_row::ActiveModel {
            run_id: Set(id),
            place: Set(place),
            decision: Set(decision.as_ref().map(chain::json)),
            ..Default::default()
        };
        import_row::Entity::update(row).exec(&change.tx).await?;
        replan(&change, &run, BTreeSet::from([one.review])).await?;
        change.commit_unrecorded().await?;
        self.import_row(id, place).await
    }
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
    let mut rows = [row];
    unpack(&change.tx, id, &mut rows).await?;
    let [row] = rows;
    Ok((run, Staged::read(&row)?))
}

/// Whether two headings are one. Browsers send line breaks otherwise than files have them.
fn is_heading(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// Puts values below their headings; of columns that are called the same, each below its own.
fn replace(row: &mut Cells, mended: &[(String, String)]) -> Result<(), ImportRefusal> {
    let mut done = vec![false; row.len()];
    for (heading, value) in mended {
        let mut cells = row.iter_mut().zip(&mut done);
        let cell = cells.find(|((known, _), done)| is_heading(known, heading) && !**done);
        let Some(((_, cell), done)) = cell else {
            return Err(ImportRefusal::NoSuchColumn {
                column: shorten(heading, Message::LONGEST_CELL).into_owned(),
            });
        };
        *done = true;
        *cell = without_nul(value);
    }
    let length: usize = row
        .iter()
        .map(|(heading, value)| heading.len() + value.len())
        .sum();
    if length > Rejected::MAX_ROW {
        return Err(ImportRefusal::RowTooLong {
            max: Rejected::MAX_ROW >> 20,
        });
    }
    Ok(())
}

/// A row's cells as they are kept, below the headings of the run: those of this row where it is the first
/// whose cells are. None for a row that is not kept so.
async fn keep(
    change: &Change<'_>,
    run: &Run,
    staged: &Staged,
    row: &Cells,
) -> Result<Option<Vec<String>>, Error> {
    let is_rejected = matches!(staged.content, Content::Rejected(_));
    if staged.cells.is_none() && !is_rejected {
        return Ok(None);
    }
    if run.headings.is_empty() {
        let headings: Vec<&String> = row.iter().map(|(heading, _)| heading).collect();
        let row = import_run::ActiveModel {
            id: Set(run.id),
            headings: Set(Some(chain::json(&headings))),
            ..Default::default()
        };
        import_run::Entity::update(row).exec(&change.tx).await?;
    } else if staged.cells.is_none() {
        // What a rejected row left out, columns without anything, is put back.
        let mut rest = row.clone();
        let mut cells = Vec::with_capacity(run.headings.len());
        for heading in &run.headings {
            let found = rest.iter().position(|(one, _)| one == heading.trim());
            cells.push(found.map_or_else(String::new, |at| rest.remove(at).1));
        }
        return Ok(rest.is_empty().then_some(cells));
    }
    Ok(Some(row.iter().map(|(_, value)| value.clone()).collect()))
}

/// What else stands in the same row of the file: beside a recommendation its assessment.
async fn others(change: &Change<'_>, run: &Run, staged: &Staged) -> Result<Vec<Staged>, Error> {
    if staged.cells.is_none() {
        return Ok(Vec::new());
    }
    let mut rows = import_row::Entity::find()
        .filter(import_row::Column::RunId.eq(run.id))
        .filter(import_row::Column::RowInFile.eq(i64::from(staged.content.row())))
        .filter(import_row::Column::Kind.ne("rejected"))
        .filter(import_row::Column::Place.ne(staged.place))
        .all(&change.tx)
        .await?;
    unpack(&change.tx, run.id, &mut rows).await?;
    rows.iter().map(Staged::read).collect()
}

/// What a mended row says.
fn read_again(
    run: &Run,
    options: ReadOptions,
    staged: &Staged,
    cells: &[(String, String)],
) -> Result<Vec<Content>, Error> {
    let review = run.file.review;
    match &staged.content {
        Content::Recommendation(_) | Content::Assessment(_) if staged.cells.is_some() => {
            // Where rows do not say their review themselves, it is what it was.
            let says = run.format != Some(Format::OhchrMatrix);
            let review = staged.content.review().filter(|_| !says).or(review);
            let options = ReadOptions { review, ..options };
            let mut found = reread_as(run, &options, staged.content.row(), cells)?;
            for content in &mut found {
                if let (Content::Recommendation(now), Content::Recommendation(before)) =
                    (content, &staged.content)
                    && now.review == before.review
                {
                    now.session = now.session.or(before.session);
                }
            }
            Ok(found)
        }
        Content::Recommendation(one) => {
            let mended = mended(one, cells).map_err(|wrong| FileRefusal::from(wrong.reason))?;
            Ok(vec![Content::Recommendation(Box::new(
                super::merging::cleaned(mended),
            ))])
        }
        Content::Assessment(one) => {
            let mended = mended_assessment(one, cells).map_err(FileRefusal::from)?;
            Ok(vec![Content::Assessment(Box::new(mended))])
        }
        Content::Rejected(one) => {
            let options = ReadOptions {
                review: one.review.or(review),
                ..options
            };
            reread_as(run, &options, one.row, cells)
        }
    }
}

/// What a row of the run's format says.
fn reread_as(
    run: &Run,
    options: &ReadOptions,
    row: Row,
    cells: &[(String, String)],
) -> Result<Vec<Content>, Error> {
    let format = run.format.ok_or(ImportRefusal::NothingToMend)?;
    if cells.is_empty() {
        return Err(ImportRefusal::NothingToMend.into());
    }
    let mut found = Found::default();
    let read = reread(format, options, row, cells, &mut found);
    if let Err(ReadFailure::Refused(refusal)) = read {
        return Err(refusal.into());
    }
    // As when the file was read: without a round a row is taken as its recommendation alone.
    let is_recommended = |one: &Content| matches!(one, Content::Recommendation(_));
    if run.file.round.is_none() && found.0.iter().any(is_recommended) {
        found.0.retain(|one| !is_assessment(one));
    }
    if found.0.is_empty() {
        return Err(ImportRefusal::NothingToMend.into());
    }
    Ok(found.0)
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
    cells: Option<Vec<String>>,
) -> Result<Option<ReviewCode>, Error> {
    let (review, outcome) = placed(&content, run.file.review);
    let is_rejected = matches!(content, Content::Rejected(_));
    let staged = Staged {
        place,
        content,
        decision: None,
        cells: cells.filter(|_| !is_rejected),
    };
    take_out(change, run, place).await?;
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

/// Empties a place.
async fn take_out(change: &Change<'_>, run: &Run, place: i64) -> Result<(), Error> {
    import_outcome::Entity::delete_by_id((run.id, place))
        .exec(&change.tx)
        .await?;
    import_row::Entity::delete_by_id((run.id, place))
        .exec(&change.tx)
        .await?;
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::replace;

    #[test]
    fn a_heading_on_several_lines_is_found_as_browsers_send_it() {
        let cells = |heading: &str, value: &str| vec![(heading.to_owned(), value.to_owned())];
        let mut row = cells("Recommending\nStates\n", "Atlantis");
        replace(&mut row, &cells("Recommending\r\nStates\r\n", "Fiji")).unwrap();
        assert_eq!(row, cells("Recommending\nStates\n", "Fiji"));
        assert!(replace(&mut row, &cells("Position", "noted")).is_err());
    }
}
