//! Runs: the record of every file that somebody brought.

use super::rows::corrupt;
use super::running::{Progress, Teller};
use crate::domain::{
    Message, Paragraph, ReviewCode, RoundKind, Scheme, Term, refusals, shorten, visible,
};
use crate::exchange::{FileAccount, Format, MappedField, Mapping, ReadOptions, Row};
use crate::store::change::Change;
use crate::store::entities::{
    import_outcome, import_row, import_run, recommendation, review, term,
};
use crate::store::history::chain;
use crate::store::import_codes::RunState;
use crate::store::read_model::review_records;
use crate::store::{Actor, Error, Store, without_nul};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

refusals! {
    /// Why a file is not read, changed, applied or taken back.
    pub enum ImportRefusal {
        /// The run is being worked on.
        Busy => "import-run-busy",
        /// The file is still being read.
        Reading { file: String } => "import-run-reading",
        /// The file is read and not applied.
        Read { file: String } => "import-run-read",
        /// The file is applied.
        Applied { file: String } => "import-run-applied",
        /// What the file brought is taken back.
        Undone { file: String } => "import-run-undone",
        /// The run was cancelled.
        Cancelled { file: String } => "import-run-cancelled",
        /// The file could not be read.
        Failed { file: String } => "import-run-failed",
        /// The rows take more room than a file of this size may take.
        StagesTooMuch { max: u64, times: u64 } => "import-stages-too-much",
        /// Recommendations were changed since the file was applied.
        UndoTouched { which: String, more: usize } => "import-undo-touched",
        /// The row is no recommendation.
        NothingToDecide => "import-nothing-to-decide",
        /// The cells of the row are not stored.
        NothingToMend => "import-nothing-to-mend",
        /// The row has no column of that heading.
        NoSuchColumn { column: String } => "import-no-such-column",
        /// The corrected row is too long.
        RowTooLong { max: usize } => "import-row-too-long",
        /// The database does not hold the review.
        ReviewUnknown { review: ReviewCode } => "import-review-not-here",
        /// The review does not have the round; these are open.
        RoundUnknown { review: ReviewCode, round: String, open: String } => "import-round-unknown",
        /// The review does not have the round, and no open one.
        RoundUnknownNoneOpen { review: ReviewCode, round: String } => "import-round-unknown-none-open",
        /// A round is named without its review.
        RoundWithoutReview => "import-round-without-review",
    }
}

/// After how long without a word whoever read a file is taken for gone.
const SILENT_MS: i64 = 2 * 60 * 1_000;

/// The counts of a run, as `import --json` prints them. Recommendations and assessments, but for
/// `joined`, `rejected` and `skipped`, which are rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)] // The history keeps those of earlier versions, which counted less.
pub struct Summary {
    /// New ones.
    pub created: usize,
    /// Changed ones.
    pub updated: usize,
    /// Those that were there, all the same.
    pub unchanged: usize,
    /// Those that a person has to decide about.
    pub uncertain: usize,
    /// Rows that belong to the recommendation of another row.
    pub joined: usize,
    /// Rows that cannot be taken.
    pub rejected: usize,
    /// Rows of other mechanisms, and voluntary pledges.
    pub skipped: usize,
    /// Recommendations that were there and turned out to be another one: not rows.
    pub merged: usize,
}

/// A row that could not be taken, as the record of its run names it for good.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// Where it stands in the file.
    pub row: Row,
    /// The heading of the column at fault, if it is one column.
    pub column: Option<String>,
    /// What stands there, shortened.
    pub value: Option<String>,
    /// What is wrong with it and what would pass.
    pub reason: Message,
}

/// A file to be brought in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewRun {
    /// The name of the file as it was given, for display only.
    pub file_name: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The file's size in bytes; 0 where it is not known.
    pub size: u64,
    /// The review that was named with it.
    pub review: Option<ReviewCode>,
    /// The slug of the round of that review that its assessments go into.
    pub round: Option<String>,
    /// Which column holds what, if a person said so.
    pub mapping: Option<Mapping>,
    /// The symbol of a reply or a report, if a person gave it: `A/HRC/43/15/Add.1`.
    pub symbol: Option<String>,
}

impl NewRun {
    /// The mapping as it is stored: the symbol is what every row has as the source of its position.
    pub(in crate::store) fn stored_mapping(&self) -> Option<Mapping> {
        let Some(symbol) = &self.symbol else {
            return self.mapping.clone();
        };
        let mut mapping = self.mapping.clone().unwrap_or_else(|| Mapping {
            extends: true,
            ..Mapping::default()
        });
        let id = MappedField::PositionSource.id().to_owned();
        mapping.constants.insert(id, without_nul(symbol));
        Some(mapping)
    }

    /// Takes what [`stored_mapping`](Self::stored_mapping) stored apart again: the mapping, and the symbol that a
    /// person gave for a file without one.
    pub(in crate::store) fn unstored_mapping(
        mapping: Option<Mapping>,
    ) -> (Option<Mapping>, Option<String>) {
        let Some(mut one) = mapping else {
            return (None, None);
        };
        let mut only_symbol = Mapping {
            extends: true,
            ..Mapping::default()
        };
        let id = MappedField::PositionSource.id();
        let symbol = one.constants.get(id).cloned().filter(|_| one.extends);
        only_symbol.constants.clone_from(&one.constants);
        if symbol.is_none() {
            return (Some(one), None);
        }
        if one == only_symbol && one.constants.len() == 1 {
            return (None, symbol);
        }
        one.constants.remove(id);
        (Some(one), symbol)
    }
    /// The file's name as it is kept: short, and nothing in it that nobody sees.
    pub(in crate::store) fn shown_name(&self) -> String {
        let name = self.file_name.chars().filter(|c| !c.is_control());
        visible(&name.take(200).collect::<String>())
    }
}

/// The record of a file that somebody brought.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// Its number.
    pub id: i64,
    /// When it was brought. Milliseconds since 1970, UTC.
    pub at: i64,
    /// By whom: a pseudonym, for signed-in eyes only.
    pub actor: String,
    /// The file.
    pub file: NewRun,
    /// What kind of file it is; none before that is known.
    pub format: Option<Format>,
    /// Where it stands.
    pub state: RunState,
    /// Its counts.
    pub summary: Summary,
    /// What of the file was read and what was not; `None` for runs of earlier versions and before the file is read.
    pub account: Option<FileAccount>,
    /// How many rows of each other mechanism were left out.
    pub skipped: BTreeMap<String, u64>,
    /// What a person should look at, though every row was taken.
    pub warnings: Vec<Message>,
    /// Why the file could not be read.
    pub failure: Option<Message>,
    /// The first rows that could not be taken, at most two hundred.
    pub problems: Vec<Problem>,
    /// When it was applied, undone or cancelled, and by whom.
    pub ended: Option<(i64, String)>,
    /// The headings of its table, below which the rows' cells are kept.
    pub(super) headings: Vec<String>,
    /// How far it was when whoever reads it last said so, and when.
    said: Option<(i64, Progress)>,
    /// The first and the last entry of the history that tell what it did.
    pub(super) events: Option<(i64, i64)>,
}

impl Run {
    /// Returns true if its file was not read because nothing says what its columns hold.
    pub fn waits_for_columns(&self) -> bool {
        const REASONS: [&str; 3] = [
            "exchange-table-headings",
            "exchange-sheet-headings",
            "exchange-assessment-columns",
        ];
        let is_failed = self.state == RunState::Failed;
        let mut failure = self.failure.iter();
        is_failed && failure.any(|reason| REASONS.contains(&&*reason.key))
    }

    /// How far its file is read, whichever process reads it; none if nobody does any more.
    pub fn reading(&self) -> Option<Progress> {
        let (at, progress) = self.said.filter(|_| self.state == RunState::Reading)?;
        (crate::store::now().saturating_sub(at) < SILENT_MS).then_some(progress)
    }

    pub(super) fn must_be(&self, state: RunState) -> Result<(), Error> {
        if self.state == state {
            return Ok(());
        }
        let file = self.file.file_name.clone();
        let refusal = match self.state {
            RunState::Reading => ImportRefusal::Reading { file },
            RunState::Read => ImportRefusal::Read { file },
            RunState::Applied => ImportRefusal::Applied { file },
            RunState::Undone => ImportRefusal::Undone { file },
            RunState::Cancelled => ImportRefusal::Cancelled { file },
            RunState::Failed => ImportRefusal::Failed { file },
        };
        Err(refusal.into())
    }
}

impl Store {
    /// The runs, the newest first.
    pub async fn import_runs(&self, offset: u64, limit: u64) -> Result<Vec<Run>, Error> {
        import_run::Entity::find()
            .order_by_desc(import_run::Column::Id)
            .offset(offset)
            .limit(limit)
            .all(&self.connection)
            .await?
            .into_iter()
            .map(Run::try_from)
            .collect()
    }

    /// A run.
    pub async fn import_run(&self, id: i64) -> Result<Run, Error> {
        find(&self.connection, id).await
    }

    /// How the file of a run is to be read: by what a person said, and by the words of the round that its
    /// assessments go into.
    pub async fn import_options(&self, id: i64) -> Result<ReadOptions, Error> {
        options(&self.connection, &self.import_run(id).await?).await
    }

    /// How a file is to be read that is not a run yet.
    pub async fn read_options(&self, new: &NewRun) -> Result<ReadOptions, Error> {
        options_of(&self.connection, new).await
    }

    /// Refuses a round that its review does not have, naming those that it has.
    async fn must_be_there(&self, review: ReviewCode, slug: &str) -> Result<(), Error> {
        let record = match self.review_record(review).await {
            Ok(record) => record,
            Err(Error::NotFound) => {
                return Err(ImportRefusal::ReviewUnknown { review }.into());
            }
            Err(error) => return Err(error),
        };
        if record.round(slug).is_some() {
            return Ok(());
        }
        let open = record
            .rounds
            .iter()
            .filter(|one| one.round.kind == RoundKind::Itemised && !one.round.is_published());
        let open: Vec<&str> = open.map(|one| &*one.round.slug).collect();
        let round = shorten(slug, Message::LONGEST_VALUE).into_owned();
        let refusal = if open.is_empty() {
            ImportRefusal::RoundUnknownNoneOpen { review, round }
        } else {
            let open = open.join(", ");
            ImportRefusal::RoundUnknown {
                review,
                round,
                open,
            }
        };
        Err(refusal.into())
    }

    /// Begins a run: its record, before anything is read. Rows of runs older than a day go.
    pub async fn begin_import(&self, actor: &Actor, new: &NewRun) -> Result<i64, Error> {
        if new.round.is_some() && new.review.is_none() {
            return Err(ImportRefusal::RoundWithoutReview.into());
        }
        if let (Some(review), Some(slug)) = (new.review, &new.round) {
            self.must_be_there(review, slug).await?;
        }
        self.free_staging().await?;
        let change = self.begin(actor).await?;
        let row = import_run::ActiveModel {
            at: Set(change.now()),
            actor: Set(actor.0.clone()),
            file_name: Set(new.shown_name()),
            sha256: Set(new.sha256.clone()),
            file_size: Set(i64::try_from(new.size).unwrap_or(i64::MAX)),
            staged: Set(0),
            format: Set(String::new()),
            created: Set(0),
            updated: Set(0),
            unchanged: Set(0),
            rejected: Set(0),
            skipped: Set(0),
            problems: Set("[]".to_owned()),
            state: Set(RunState::Reading),
            review: Set(new.review.map(|review| review.to_string())),
            round: Set(new.round.as_deref().map(crate::store::without_nul)),
            mapping: Set(new.stored_mapping().as_ref().map(chain::json)),
            uncertain: Set(0),
            joined: Set(0),
            skipped_kinds: Set("{}".to_owned()),
            merged: Set(0),
            beat_at: Set(Some(change.now())),
            ..Default::default()
        };
        let id = import_run::Entity::insert(row)
            .exec(&change.tx)
            .await?
            .last_insert_id;
        change.commit_unrecorded().await?;
        Ok(id)
    }

    /// Gives a run up that is being read, waits, or is being applied: what is under way stops and
    /// leaves nothing behind but the record, which says that it was given up. Another process that reads
    /// it finds that out when it goes on.
    pub async fn cancel_import(&self, actor: &Actor, id: i64) -> Result<(), Error> {
        if self.running.stop(id) {
            return Ok(());
        }
        let change = self.begin(actor).await?;
        let run = find(&change.tx, id).await?;
        if run.state != RunState::Reading {
            run.must_be(RunState::Read)?;
        }
        end(&change, id, run.state, RunState::Cancelled, actor).await?;
        change.commit_unrecorded().await?;
        self.free_run(id, false).await
    }
}

/// How the file of a run is to be read.
pub(super) async fn options(db: &impl ConnectionTrait, run: &Run) -> Result<ReadOptions, Error> {
    options_of(db, &run.file).await
}

async fn options_of(db: &impl ConnectionTrait, file: &NewRun) -> Result<ReadOptions, Error> {
    let mut statuses = Vec::new();
    if let (Some(review), Some(slug)) = (file.review, &file.round)
        && let Some(round) = review_records::load(db, review).await?.round(slug)
    {
        let words = round.round.scale.statuses.iter();
        statuses.extend(words.flat_map(|status| [status.label.clone(), status.code.clone()]));
    }
    let issues = match &file.mapping {
        Some(_) => issues(db).await?,
        None => BTreeSet::new(),
    };
    let reports: Vec<(String, String, i32)> = review::Entity::find()
        .select_only()
        .columns([
            review::Column::ReportSymbol,
            review::Column::State,
            review::Column::Cycle,
        ])
        .filter(review::Column::ReportSymbol.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(ReadOptions {
        review: file.review,
        mapping: file.mapping.clone(),
        statuses,
        issues,
        numbers: numbers(db, file).await?,
        terms: terms(db).await?,
        symbol: file.symbol.clone(),
        reports: reports
            .into_iter()
            .filter_map(|(symbol, state, cycle)| {
                Some((symbol, ReviewCode::parse(&format!("{state}-{cycle}"))?))
            })
            .collect(),
    })
}

/// The numbers of the recommendations of the reviews that a file may be a reply to: the chosen one, or all whose report
/// is known. Larger files and tables with a mapping are no replies.
async fn numbers(
    db: &impl ConnectionTrait,
    file: &NewRun,
) -> Result<BTreeMap<ReviewCode, Vec<Paragraph>>, Error> {
    const LARGEST_REPLY: u64 = 4 << 20;
    let mut numbers: BTreeMap<ReviewCode, Vec<Paragraph>> = BTreeMap::new();
    if file.mapping.is_some() || file.size > LARGEST_REPLY {
        return Ok(numbers);
    }
    let mut rows = recommendation::Entity::find()
        .select_only()
        .column(review::Column::State)
        .column(review::Column::Cycle)
        .column(recommendation::Column::Paragraph)
        .inner_join(review::Entity);
    rows = match file.review {
        Some(code) => rows
            .filter(review::Column::State.eq(code.state.as_str()))
            .filter(review::Column::Cycle.eq(i32::from(code.cycle.number()))),
        None => rows.filter(review::Column::ReportSymbol.is_not_null()),
    };
    let rows: Vec<(String, i32, String)> = rows.into_tuple().all(db).await?;
    for (state, cycle, paragraph) in rows {
        let review = ReviewCode::parse(&format!("{state}-{cycle}"));
        if let (Some(review), Ok(paragraph)) = (review, Paragraph::parse(&paragraph)) {
            numbers.entry(review).or_default().push(paragraph);
        }
    }
    for paragraphs in numbers.values_mut() {
        paragraphs.sort_by_cached_key(Paragraph::order);
    }
    Ok(numbers)
}

/// The themes and affected persons that recommendations have.
async fn terms(db: &impl ConnectionTrait) -> Result<Vec<Term>, Error> {
    let schemes = [Scheme::Theme, Scheme::AffectedPersons];
    let found = term::Entity::find()
        .select_only()
        .columns([term::Column::Scheme, term::Column::Name])
        .filter(term::Column::Scheme.is_in(schemes.map(Scheme::code)))
        .distinct()
        .into_tuple::<(String, String)>()
        .all(db)
        .await?;
    let term = |(code, name): (String, String)| {
        let scheme = schemes.into_iter().find(|scheme| scheme.code() == code)?;
        Some(Term::new(scheme, &name))
    };
    Ok(found.into_iter().filter_map(term).collect())
}

/// The issues that recommendations have.
async fn issues(db: &impl ConnectionTrait) -> Result<BTreeSet<String>, Error> {
    let names = term::Entity::find()
        .select_only()
        .column(term::Column::Name)
        .filter(term::Column::Scheme.eq(Scheme::Issue.code()))
        .distinct()
        .into_tuple::<String>()
        .all(db)
        .await?;
    Ok(names.into_iter().collect())
}

/// Writes down how a run ended that stood so; whether it still did.
pub(super) async fn end(
    change: &Change<'_>,
    id: i64,
    from: RunState,
    to: RunState,
    actor: &Actor,
) -> Result<bool, Error> {
    let row = import_run::ActiveModel {
        state: Set(to),
        ended_at: Set(Some(change.now())),
        ended_by: Set(Some(actor.0.clone())),
        ..Default::default()
    };
    set_if(change, id, from, row).await
}

/// Says that somebody works on a run and how far that is; a stop if the run no longer stands where it
/// stood, because somebody has cancelled it, be it in another process.
pub(super) async fn beat(change: &Change<'_>, run: &Run, teller: &Teller) -> Result<(), Error> {
    let row = import_run::ActiveModel {
        beat_at: Set(Some(change.now())),
        progress: Set(teller.progress().as_ref().map(chain::json)),
        ..Default::default()
    };
    if set_if(change, run.id, run.state, row).await? {
        Ok(())
    } else {
        Err(Error::Cancelled)
    }
}

/// Moves a run on; a stop if it does not stand where it stood.
pub(super) async fn advance(
    change: &Change<'_>,
    id: i64,
    from: RunState,
    to: RunState,
) -> Result<(), Error> {
    let row = import_run::ActiveModel {
        state: Set(to),
        ..Default::default()
    };
    if set_if(change, id, from, row).await? {
        Ok(())
    } else {
        Err(Error::Cancelled)
    }
}

async fn set_if(
    change: &Change<'_>,
    id: i64,
    state: RunState,
    row: import_run::ActiveModel,
) -> Result<bool, Error> {
    let done = import_run::Entity::update_many()
        .set(row)
        .filter(import_run::Column::Id.eq(id))
        .filter(import_run::Column::State.eq(state))
        .exec(&change.tx)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Removes what a run has staged.
pub(super) async fn remove_rows(change: &Change<'_>, id: i64) -> Result<(), Error> {
    import_outcome::Entity::delete_many()
        .filter(import_outcome::Column::RunId.eq(id))
        .exec(&change.tx)
        .await?;
    import_row::Entity::delete_many()
        .filter(import_row::Column::RunId.eq(id))
        .exec(&change.tx)
        .await?;
    Ok(())
}

/// The run of that number.
pub(super) async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Run, Error> {
    import_run::Entity::find_by_id(id)
        .one(db)
        .await?
        .map(Run::try_from)
        .ok_or(Error::NotFound)?
}

impl TryFrom<import_run::Model> for Run {
    type Error = Error;

    fn try_from(row: import_run::Model) -> Result<Self, Error> {
        let unfit = |_| corrupt("mapping");
        let mapping = row.mapping.as_deref().map(serde_json::from_str);
        let (mapping, symbol) = NewRun::unstored_mapping(mapping.transpose().map_err(unfit)?);
        let count = |number: i32| usize::try_from(number).unwrap_or(0);
        Ok(Self {
            id: row.id,
            at: row.at,
            actor: row.actor,
            file: NewRun {
                file_name: row.file_name,
                sha256: row.sha256,
                size: u64::try_from(row.file_size).unwrap_or(0),
                review: row.review.as_deref().and_then(ReviewCode::parse),
                round: row.round,
                mapping,
                symbol,
            },
            format: Format::parse(&row.format),
            state: row.state,
            summary: Summary {
                created: count(row.created),
                updated: count(row.updated),
                unchanged: count(row.unchanged),
                uncertain: count(row.uncertain),
                joined: count(row.joined),
                rejected: count(row.rejected),
                skipped: count(row.skipped),
                merged: count(row.merged),
            },
            // Of runs before these were shown only reasons were kept.
            problems: serde_json::from_str(&row.problems).unwrap_or_default(),
            headings: row
                .headings
                .as_deref()
                .map(|headings| serde_json::from_str(headings).map_err(unfit))
                .transpose()?
                .unwrap_or_default(),
            said: row.beat_at.map(|at| {
                let progress = row.progress.as_deref();
                let progress = progress.and_then(|one| serde_json::from_str(one).ok());
                (at, progress.unwrap_or(Progress::NOTHING))
            }),
            skipped: serde_json::from_str(&row.skipped_kinds).map_err(unfit)?,
            warnings: row
                .warnings
                .as_deref()
                .map(|warnings| serde_json::from_str(warnings).map_err(unfit))
                .transpose()?
                .unwrap_or_default(),
            // What cannot be read says nothing of the record's figures.
            account: row
                .account
                .as_deref()
                .and_then(|account| serde_json::from_str(account).ok()),
            failure: row
                .failure
                .as_deref()
                .map(|failure| serde_json::from_str(failure).map_err(unfit))
                .transpose()?,
            ended: row
                .ended_at
                .map(|at| (at, row.ended_by.unwrap_or_default())),
            events: row.first_event.zip(row.last_event),
        })
    }
}
