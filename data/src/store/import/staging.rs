//! Reading a file into the rows of a run.

use super::merging::cleaned;
use super::packing::Packer;
use super::rows::{Content, RowOutcome, Staged};
use super::run::{self, NewRun, Run};
use super::running::{Phase, Teller};
use super::uploads;
use crate::domain::{Message, ReviewCode};
use crate::exchange::{
    DocumentRow, FileAccount, Format, Incoming, IncomingAssessment, ReadFailure, Rejected, Row,
    Sink, Stopped,
};
use crate::store::entities::{
    import_document, import_outcome, import_row, import_run, import_text,
};
use crate::store::history::chain;
use crate::store::import::quotas::{Quotas, Waiting};
use crate::store::import_codes::RunState;
use crate::store::people::accounts;
use crate::store::{Actor, Error, ImportRefusal, Refusal, Store, insert_all, without_nul};
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::mpsc;

/// Rows that are written at once.
const AT_ONCE: usize = 1_000;
/// Their text that is held at once, in bytes.
const TEXT_AT_ONCE: usize = 4 << 20;
/// What is staged of a file may be so many times its size,
const MULTIPLE: u64 = 8;
/// and so many bytes beside.
const BESIDE: u64 = 16 << 20;
/// What a row takes beside its texts, in bytes.
const OF_ROW: usize = 200;
/// How often a reader says that it is still there, where nothing comes of what it reads.
const BEAT: Duration = Duration::from_secs(5);
/// Mechanisms that are told apart when their rows are left out.
const KINDS: usize = 40;
/// Warnings that are kept.
const WARNINGS: usize = 20;

#[derive(Default)]
struct Batch {
    rows: Vec<import_row::Model>,
    outcomes: Vec<import_outcome::Model>,
    texts: Vec<import_text::Model>,
    documents: Vec<import_document::Model>,
    text: usize,
    /// What is staged with this batch and those before, in bytes.
    staged: u64,
}

impl Store {
    /// Reads a file into a run and plans what would become of it; changes nothing else.
    pub async fn stage_import<F>(
        &self,
        actor: &Actor,
        new: &NewRun,
        source: F,
    ) -> Result<Run, Error>
    where
        F: FnOnce(&mut dyn Sink) -> Result<Format, ReadFailure> + Send + 'static,
    {
        let id = self.begin_import(actor, new).await?;
        self.read_import(actor, id, source).await
    }

    /// Reads the file of a run that has begun. `source` is called on a thread of its own; a file that
    /// cannot be read is a refusal, and so is one that somebody cancelled. The run says so, too.
    pub async fn read_import<F>(&self, actor: &Actor, id: i64, source: F) -> Result<Run, Error>
    where
        F: FnOnce(&mut dyn Sink) -> Result<Format, ReadFailure> + Send + 'static,
    {
        let under = self
            .running
            .begin(id, Phase::Reading)
            .ok_or(ImportRefusal::Busy)?;
        let run = self.import_run(id).await?;
        run.must_be(RunState::Reading)?;
        let teller = under.teller();
        let read = Box::pin(self.read_rows(actor, &run, teller.clone(), source)).await;
        let done = match read {
            Ok(()) => Box::pin(self.plan_run(actor, &run, &teller)).await,
            Err(failure) => Err(failure),
        };
        let Err(failure) = done else {
            return self.import_run(id).await;
        };
        let change = self.begin(actor).await?;
        // Whoever cancelled it in another process has written that down.
        if matches!(failure, Error::Cancelled) {
            run::end(&change, id, RunState::Reading, RunState::Cancelled, actor).await?;
        } else if run::end(&change, id, RunState::Reading, RunState::Failed, actor).await? {
            let message = match &failure {
                Error::Refused(refusal) => refusal.message(),
                _ => Message::new("import-run-broken"),
            };
            let row = import_run::ActiveModel {
                id: Set(id),
                failure: Set(Some(chain::json(&message))),
                ..Default::default()
            };
            import_run::Entity::update(row).exec(&change.tx).await?;
            uploads::detach_from_run(&change, id).await?;
        }
        change.commit_unrecorded().await?;
        self.free_run(id, false).await?;
        Err(failure)
    }

    async fn read_rows<F>(
        &self,
        actor: &Actor,
        run: &Run,
        teller: Teller,
        source: F,
    ) -> Result<(), Error>
    where
        F: FnOnce(&mut dyn Sink) -> Result<Format, ReadFailure> + Send + 'static,
    {
        let bound = self.bound(run).await?;
        let (sender, mut batches) = mpsc::channel(2);
        let mut feeding = Feeding {
            run: run.id,
            review: run.file.review,
            has_round: run.file.round.is_some(),
            recommended: None,
            teller: teller.clone(),
            sender,
            batch: Batch::default(),
            place: 0,
            document_place: 0,
            skipped: BTreeMap::new(),
            warnings: Vec::new(),
            account: FileAccount::default(),
            headings: None,
            kept: None,
            packer: Packer::default(),
            bound,
            staged: 0,
            over: None,
        };
        let reading = tokio::task::spawn_blocking(move || {
            let read = source(&mut feeding);
            if let (Err(ReadFailure::Stopped), Some(over)) = (&read, feeding.over.take()) {
                return Err(over.into());
            }
            let format = read?;
            feeding.send()?;
            let Feeding {
                skipped,
                headings,
                account,
                warnings,
                ..
            } = feeding;
            // The sender goes here: its end is what the loop below waits for.
            Ok::<_, Error>((format, skipped, headings, account, warnings))
        });
        let mut written = Ok(());
        while written.is_ok() {
            let batch = match tokio::time::timeout(BEAT, batches.recv()).await {
                Ok(None) => break,
                Ok(Some(batch)) => batch,
                Err(_) => Batch::default(),
            };
            written = self.write_batch(actor, run, &teller, batch).await;
        }
        // Whoever still reads is told that nobody listens.
        drop(batches);
        let read = reading
            .await
            .map_err(|_| Error::System("a reader failed".to_owned()))?;
        written?;
        let (format, skipped, headings, account, warnings) = read?;
        let change = self.begin(actor).await?;
        run::beat(&change, run, &teller).await?;
        let row = import_run::ActiveModel {
            id: Set(run.id),
            headings: Set(headings.as_ref().map(chain::json)),
            format: Set(format.code().to_owned()),
            skipped: Set(i32::try_from(skipped.values().sum::<u64>()).unwrap_or(i32::MAX)),
            skipped_kinds: Set(chain::json(&skipped)),
            warnings: Set((!warnings.is_empty()).then(|| chain::json(&warnings))),
            account: Set(Some(chain::json(&account))),
            ..Default::default()
        };
        import_run::Entity::update(row).exec(&change.tx).await?;
        change.commit_unrecorded().await
    }

    async fn write_batch(
        &self,
        actor: &Actor,
        run: &Run,
        teller: &Teller,
        batch: Batch,
    ) -> Result<(), Error> {
        let change = self.begin(actor).await?;
        run::beat(&change, run, teller).await?;
        let tx = &change.tx;
        if batch.staged > 0 {
            let row = import_run::ActiveModel {
                id: Set(run.id),
                staged: Set(i64::try_from(batch.staged).unwrap_or(i64::MAX)),
                ..Default::default()
            };
            import_run::Entity::update(row).exec(tx).await?;
        }
        insert_all::<import_text::Entity, import_text::ActiveModel>(tx, batch.texts).await?;
        insert_all::<import_row::Entity, import_row::ActiveModel>(tx, batch.rows).await?;
        insert_all::<import_outcome::Entity, import_outcome::ActiveModel>(tx, batch.outcomes)
            .await?;
        insert_all::<import_document::Entity, import_document::ActiveModel>(tx, batch.documents)
            .await?;
        change.commit_unrecorded().await
    }

    /// How much a run may stage.
    async fn bound(&self, run: &Run) -> Result<Bound, Error> {
        let most = match run.file.size {
            0 => u64::MAX,
            size => size.saturating_mul(MULTIPLE).saturating_add(BESIDE),
        };
        let actor = Actor(run.actor.clone());
        // Whoever runs the program on the machine itself sees its disk.
        let waiting = if actor == Actor::command_line() {
            None
        } else {
            let account = accounts::of_pseudonym(&self.connection, &actor.0).await?;
            Some(self.kept_waiting(&actor, account).await?)
        };
        Ok(Bound {
            most,
            waiting,
            quotas: self.quotas(),
        })
    }
}

/// How much a run may stage, in bytes.
struct Bound {
    /// For a file of its size.
    most: u64,
    /// What waits already, for a run of a person.
    waiting: Option<Waiting>,
    quotas: Quotas,
}

impl Bound {
    fn check(&self, staged: u64) -> Result<(), Refusal> {
        if staged > self.most {
            return Err(ImportRefusal::StagesTooMuch {
                max: self.most >> 20,
                times: MULTIPLE,
            }
            .into());
        }
        match self.waiting {
            Some(waiting) => Ok(self.quotas.check(waiting, staged)?),
            None => Ok(()),
        }
    }
}

/// Makes rows of what a reader finds and hands them on in batches.
struct Feeding {
    run: i64,
    review: Option<ReviewCode>,
    /// Whether a round was chosen for assessments.
    has_round: bool,
    /// The row of the file that brought the last recommendation.
    recommended: Option<Row>,
    teller: Teller,
    sender: mpsc::Sender<Batch>,
    batch: Batch,
    place: i64,
    /// The place of the last row of a matrix as it is in the file.
    document_place: i64,
    skipped: BTreeMap<String, u64>,
    /// What a person should look at.
    warnings: Vec<Message>,
    /// What of the file is read and what is not.
    account: FileAccount,
    /// The headings of the file's table: those of its first row.
    headings: Option<Vec<String>>,
    /// The row that is being handed on.
    kept: Option<Vec<String>>,
    packer: Packer,
    bound: Bound,
    /// What is staged so far, in bytes.
    staged: u64,
    /// Why no more is staged.
    over: Option<Refusal>,
}

impl Feeding {
    fn add(&mut self, content: Content) -> Result<(), Stopped> {
        self.place += 1;
        let (review, outcome) = placed(&content, self.review);
        let cells = match content {
            // It has them itself.
            Content::Rejected(_) => None,
            Content::Recommendation(_) | Content::Assessment(_) => self.kept.clone(),
        };
        let staged = Staged {
            place: self.place,
            content,
            decision: None,
            cells,
        };
        let mut row = staged.entity(self.run, review);
        let texts = self.batch.texts.len();
        self.packer.pack(&mut row, &mut self.batch.texts);
        let texts = self.batch.texts.get(texts..).unwrap_or_default();
        let texts: usize = texts.iter().map(|text| text.content.len()).sum();
        if let Some(outcome) = outcome {
            let outcome = outcome.entity(self.run, self.place, review);
            self.batch.outcomes.push(outcome);
        }
        let bytes = row.content.len() + row.cells.as_ref().map_or(0, String::len) + texts;
        self.batch.rows.push(row);
        self.count(bytes)?;
        self.teller.row()
    }

    /// Counts a row of so many bytes that was added to the batch, and hands the batch on when it is full.
    fn count(&mut self, bytes: usize) -> Result<(), Stopped> {
        self.staged = u64::try_from(bytes + OF_ROW)
            .unwrap_or(u64::MAX)
            .saturating_add(self.staged);
        if let Err(over) = self.bound.check(self.staged) {
            self.over = Some(over);
            return Err(Stopped);
        }
        self.batch.text += bytes;
        let rows = self.batch.rows.len().max(self.batch.documents.len());
        if rows >= AT_ONCE || self.batch.text >= TEXT_AT_ONCE {
            self.send()?;
        }
        Ok(())
    }

    fn send(&mut self) -> Result<(), Stopped> {
        let mut batch = std::mem::take(&mut self.batch);
        batch.staged = self.staged;
        if batch.rows.is_empty() && batch.documents.is_empty() {
            return Ok(());
        }
        self.sender.blocking_send(batch).map_err(|_| Stopped)
    }
}

/// The review that a row is planned with, and its outcome if that is certain without a plan.
pub(super) fn placed(
    content: &Content,
    named: Option<ReviewCode>,
) -> (Option<ReviewCode>, Option<RowOutcome>) {
    let review = content.review();
    match content {
        Content::Recommendation(_) => (review, None),
        Content::Rejected(one) => {
            let outcome = RowOutcome::rejected(one.value.clone(), one.reason.clone());
            (review, Some(outcome))
        }
        // A row of another review is refused there.
        Content::Assessment(_) if named.is_some() => (named, None),
        Content::Assessment(one) => {
            let reason = Message::new("import-assessment-without-round");
            let value = Some(one.paragraph.to_string());
            (review, Some(RowOutcome::rejected(value, reason)))
        }
    }
}

/// An account that a database takes.
fn cleaned_account(mut account: FileAccount) -> FileAccount {
    let texts = account.rows_unread.iter_mut().map(|row| &mut row.text);
    let texts = texts
        .chain(&mut account.columns_unread)
        .chain(&mut account.sheets_unread);
    for text in texts {
        *text = without_nul(text);
    }
    let left_out = std::mem::take(&mut account.issues_left_out).into_iter();
    account.issues_left_out = left_out
        .map(|(issue, rows)| (without_nul(&issue), rows))
        .collect();
    let alike = std::mem::take(&mut account.sheets_alike).into_iter();
    account.sheets_alike = alike
        .map(|(name, rows)| (without_nul(&name), rows))
        .collect();
    account
}

impl Sink for Feeding {
    fn row(&mut self, headings: &[String], cells: &[String]) {
        let same = self
            .headings
            .get_or_insert_with(|| headings.iter().map(|one| without_nul(one)).collect())
            .iter()
            .eq(headings);
        let length: usize = headings.iter().chain(cells).map(String::len).sum();
        let whole = same && length <= Rejected::MAX_ROW;
        self.kept = whole.then(|| cells.iter().map(|cell| without_nul(cell)).collect());
    }

    fn document_row(&mut self, row: DocumentRow) -> Result<(), Stopped> {
        let cells: Vec<String> = row.cells.iter().map(|cell| without_nul(cell)).collect();
        self.document_place += 1;
        let row = import_document::Model {
            run_id: self.run,
            place: self.document_place,
            row_in_file: i64::from(row.row),
            kind: row.kind.code().to_owned(),
            cells: chain::json(&cells),
            review: None,
            paragraph: None,
        };
        let bytes = row.cells.len();
        self.batch.documents.push(row);
        self.count(bytes)
    }

    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        self.recommended = Some(one.row);
        self.add(Content::Recommendation(Box::new(cleaned(one))))
    }

    fn assessment(&mut self, one: IncomingAssessment) -> Result<(), Stopped> {
        // The row is taken as a recommendation, so it is not rejected as well.
        if !self.has_round && self.recommended == Some(one.row) {
            self.account.pass_over_status(&without_nul(&one.status));
            return Ok(());
        }
        self.add(Content::Assessment(Box::new(one)))
    }

    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.add(Content::Rejected(Box::new(one)))
    }

    fn skipped(&mut self, kind: &str) -> Result<(), Stopped> {
        let mut kind: String = kind.chars().filter(|c| !c.is_control()).take(100).collect();
        if self.skipped.len() >= KINDS && !self.skipped.contains_key(&kind) {
            kind = String::new();
        }
        *self.skipped.entry(kind).or_default() += 1;
        self.teller.row()
    }

    fn warning(&mut self, warning: Message) {
        if self.warnings.len() < WARNINGS {
            self.warnings.push(warning);
        }
    }

    fn account(&mut self, account: FileAccount) {
        let before = std::mem::take(&mut self.account);
        self.account = FileAccount {
            rows_without_round: before.rows_without_round,
            statuses_unread: before.statuses_unread,
            ..cleaned_account(account)
        };
    }

    fn progress(&mut self, done: u64, of: u64) -> Result<(), Stopped> {
        self.teller.tell(done, of)
    }
}
