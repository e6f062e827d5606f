//! `import`: read a file of recommendations or assessments into the database.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, IsTerminal as _, Read as _, Seek as _};
use std::path::Path;
use std::pin::Pin;
use std::time::Duration;

use data::domain::ReviewCode;
use data::exchange::{Mapping, Sink};
use data::store::{Actor, Error, NewRun, Outcome, Phase, Refusal, Run, StagedRow, Store, Which};

use super::download;
use super::failure::Failure;
use super::import_arguments::ImportArguments;
use super::import_mapping;
use super::output;
use crate::database_url::DatabaseUrl;
use crate::listen::asked_to_end;

/// Why a row is rejected for a value of which a person can say what it means.
const OF_VALUES: [&str; 7] = [
    "import-status-unknown",
    "exchange-unknown-position",
    "exchange-position-in-principle",
    "exchange-position-number",
    "exchange-unknown-state",
    "exchange-unknown-state-nearest",
    "exchange-no-state-of-review",
];
/// Changes and notices that are printed one by one, each.
const PRINTED_CHANGES: usize = 20;
/// Changed rows whose changes and notices are looked through.
const LOOKED_THROUGH: u64 = 500;

/// What the changed rows change, and what a person should know of them, each sentence once.
#[derive(Default)]
struct Changes {
    changes: Vec<String>,
    notices: Vec<String>,
}

impl Changes {
    async fn of(store: &Store, run: &Run) -> Result<Self, Failure> {
        let mut said = Self::default();
        for outcome in [Outcome::Changed, Outcome::New] {
            let which = Which {
                outcome: Some(outcome),
                offset: 0,
                limit: LOOKED_THROUGH,
            };
            let rows = store
                .import_rows(run.id, which)
                .await
                .map_err(|error| Failure::of_store(&error))?;
            let notices = || rows.iter().flat_map(|row| &row.notices);
            // One sentence about all of them in place of one about each.
            let is_block = notices().any(|notice| notice.key == "import-renumbered-block");
            for row in &rows {
                said.changes
                    .extend(app::text::import_changes::sentences(row));
            }
            for notice in notices() {
                let sentence = app::text::translations::message(notice);
                let is_told = is_block && notice.key == "import-renumbered";
                if !is_told && !said.notices.contains(&sentence) {
                    said.notices.push(sentence);
                }
            }
        }
        Ok(said)
    }

    fn lines(&self, updated: usize) -> Vec<String> {
        let mut lines = Vec::new();
        let lists = [
            (&self.notices, "notices about new and changed rows"),
            (&self.changes, "changes"),
        ];
        for (list, what) in lists {
            lines.extend(list.iter().take(PRINTED_CHANGES).cloned());
            let more = list.len().saturating_sub(PRINTED_CHANGES);
            if more > 0 {
                lines.push(format!("… and {more} more {what}."));
            }
        }
        if u64::try_from(updated).is_ok_and(|updated| updated > LOOKED_THROUGH) {
            lines.push(format!(
                "These are of the first {LOOKED_THROUGH} of {updated} changed rows; the preview in the browser shows all."
            ));
        }
        lines
    }
}

/// How many of the counts of a run are of assessments; `None` for a file without them.
fn assessments_line(run: &Run) -> Option<String> {
    let account = run.account.as_ref()?;
    // In the order and the words of the counts.
    let outcomes = [
        (Outcome::New, "new"),
        (Outcome::Changed, "changed"),
        (Outcome::Unchanged, "unchanged"),
        (Outcome::Uncertain, "to be decided"),
        (Outcome::Joined, "joined"),
        (Outcome::Rejected, "rejected"),
    ];
    let parts: Vec<String> = outcomes
        .into_iter()
        .filter_map(|(outcome, word)| {
            let count = account.assessments.get(outcome.code())?;
            Some(format!("{count} {word}"))
        })
        .collect();
    (!parts.is_empty()).then(|| format!("Of these are assessments: {}.", parts.join(", ")))
}

/// Rejected rows that are printed one by one.
const PRINTED: u64 = 50;
/// The largest file that is read, in bytes.
const LARGEST: u64 = 1 << 30;

/// Reads the file, says what is or would be done, and does it.
pub async fn run(database: &DatabaseUrl, arguments: ImportArguments) -> Result<(), Failure> {
    let review = match &arguments.review {
        Some(code) => Some(ReviewCode::parse(code).ok_or_else(|| {
            Failure::new(format!(
                "{code:?} is no review: give a State's code and a cycle, as in SVN-3"
            ))
        })?),
        None => None,
    };
    let fetched = if download::is_address(&arguments.file) {
        Some(
            Box::pin(download::fetch(
                &arguments.file,
                &arguments.download,
                LARGEST,
            ))
            .await?,
        )
    } else {
        None
    };
    let path = fetched.as_ref().map_or(&arguments.file, |one| &one.path);
    let (mut file, sha256) = open(path)?;
    let size = file.get_ref().metadata().map_or(0, |about| about.len());
    if fetched.is_some() {
        output::aside_line(format_args!(
            "Downloaded {:.1} MiB, SHA-256 {sha256}",
            in_megabytes(size)
        ));
    }
    let store = super::open(database).await?;
    let actor = Actor::command_line();
    let mapping = match &arguments.mapping {
        Some(name) => Some(saved_mapping(&store, name).await?),
        None => None,
    };
    let mut new = NewRun {
        file_name: fetched.as_ref().map_or_else(
            || {
                let name = arguments.file.file_name().unwrap_or_default();
                name.to_string_lossy().into_owned()
            },
            |one| one.name.clone(),
        ),
        sha256,
        size,
        review,
        round: arguments.round.clone(),
        mapping,
        symbol: symbol_of(arguments.symbol.as_deref()),
    };
    new.mapping = import_mapping::choose(&store, &arguments, &new, file.get_mut()).await?;
    let id = store
        .begin_import(&actor, &new)
        .await
        .map_err(|error| Failure::of_store(&error))?;
    let options = store
        .import_options(id)
        .await
        .map_err(|error| Failure::of_store(&error))?;
    let source = move |sink: &mut dyn Sink| data::exchange::read(file, &options, sink);
    let staged = watched(
        &store,
        &actor,
        id,
        Box::pin(store.read_import(&actor, id, source)),
    )
    .await?;
    let said = Said::of(&store, &staged, arguments.json).await?;
    let run = if arguments.dry_run {
        store
            .cancel_import(&actor, id)
            .await
            .map_err(|error| Failure::of_store(&error))?;
        staged
    } else {
        watched(&store, &actor, id, Box::pin(store.apply_import(&actor, id))).await?
    };
    store
        .close()
        .await
        .map_err(|error| Failure::of_store(&error))?;
    if arguments.json {
        output::line(said.as_json(&run)?)?;
    } else {
        said.print(&run, arguments.dry_run)?;
    }
    // A file that is still to be imported need not come a second time.
    if let Some(one) = fetched.filter(|_| !arguments.dry_run) {
        one.remove();
    }
    let summary = run.summary;
    let taken = summary.created + summary.updated + summary.unchanged + summary.uncertain;
    // A file of nothing but pledges or other mechanisms is read as it should be.
    if taken == 0 && (summary.rejected > 0 || summary.skipped == 0) {
        return Err(Failure::new("no row of the file could be taken"));
    }
    Ok(())
}

/// A symbol as it is typed; none if nothing is.
fn symbol_of(typed: Option<&str>) -> Option<String> {
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty());
    typed.map(str::to_owned)
}

/// A size for people.
#[allow(clippy::cast_precision_loss)]
fn in_megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}

/// The mapping of a name; if there is none, which there are.
async fn saved_mapping(store: &Store, name: &str) -> Result<Mapping, Failure> {
    let saved = store
        .saved_mappings()
        .await
        .map_err(|error| Failure::of_store(&error))?;
    let names: Vec<String> = saved.iter().map(|one| format!("{:?}", one.name)).collect();
    match saved.into_iter().find(|one| one.name == name) {
        // What was true of one file, such as its review, is not taken over unsaid.
        Some(one) => Ok(one.mapping.of_any_file()),
        None if names.is_empty() => Err(Failure::new(format!(
            "no mapping is kept, so none is called {name:?}: import the file in the browser first"
        ))),
        None => Err(Failure::new(format!(
            "no mapping is called {name:?}; there are {}",
            names.join(", ")
        ))),
    }
}

/// Opens a file and computes its SHA-256, without holding it in memory.
fn open(path: &Path) -> Result<(BufReader<File>, String), Failure> {
    let shown = path.display();
    let cannot = || format!("cannot read {shown}");
    let mut file = File::open(path).map_err(Failure::while_doing(cannot()))?;
    let size = file
        .metadata()
        .map_err(Failure::while_doing(cannot()))?
        .len();
    if size > LARGEST {
        return Err(Failure::new(format!(
            "{shown} is larger than {} MiB, the most that is read",
            LARGEST >> 20
        )));
    }
    let mut hasher = data::store::Sha256::default();
    let mut piece = vec![0; 64 << 10];
    loop {
        let length = file
            .read(&mut piece)
            .map_err(Failure::while_doing(cannot()))?;
        match piece.get(..length) {
            Some(read) if length > 0 => hasher.add(read),
            _ => break,
        }
    }
    file.rewind().map_err(Failure::while_doing(cannot()))?;
    Ok((BufReader::new(file), hasher.finish()))
}

/// Waits for a step of an import, says how far it is where somebody is watching, and stops it at
/// Ctrl-C and at SIGTERM.
async fn watched(
    store: &Store,
    actor: &Actor,
    id: i64,
    mut step: Pin<Box<impl Future<Output = Result<Run, Error>>>>,
) -> Result<Run, Failure> {
    let somebody_watches = std::io::stderr().is_terminal();
    let mut tick = tokio::time::interval(Duration::from_millis(200));
    let mut end = Box::pin(asked_to_end());
    let mut is_ending = false;
    let result = loop {
        tokio::select! {
            result = &mut step => break result,
            () = &mut end, if !is_ending => {
                is_ending = true;
                // What is under way ends by itself then, and leaves nothing behind.
                let _ = store.cancel_import(actor, id).await;
            }
            _ = tick.tick(), if somebody_watches => show(store, id),
        }
    };
    if somebody_watches {
        output::aside("\r\x1b[K");
    }
    result.map_err(|error| match &error {
        Error::Refused(Refusal::File(refusal)) if refusal.wants_mapping() => Failure::new(format!(
            "{} Say which column holds what with --map 'HEADING=FIELD,…'; --map guess takes what the \
             columns seem to hold and prints it, and --mapping takes what was kept in the browser.",
            Failure::of_store(&error)
        )),
        other => Failure::of_store(other),
    })
}

fn show(store: &Store, id: i64) {
    let Some(progress) = store.import_progress(id) else {
        return;
    };
    let doing = match progress.phase {
        Phase::Reading => "Reading",
        Phase::Comparing => "Comparing with the database",
        Phase::Applying => "Importing",
    };
    let far = match (progress.of, progress.phase) {
        (0, Phase::Reading) => format!(": {} rows", progress.rows),
        (0, _) => String::new(),
        (_, Phase::Reading) => {
            let percent = progress.percent().unwrap_or_default();
            format!(": {} rows, {percent} % of the file", progress.rows)
        }
        (of, _) => format!(": {} of {of} rows", progress.done),
    };
    output::aside(format_args!("\r\x1b[K{doing}{far} …"));
}

/// What is said of a run beside its counts.
struct Said {
    reviews: BTreeMap<String, u64>,
    /// The first rejected rows.
    rejected: Vec<Problem>,
    /// Whether a row was rejected for a value whose meaning can be given.
    has_unknown_values: bool,
    /// What the first changed rows change.
    changes: Changes,
    /// The first rows that a person has to decide about.
    uncertain: Vec<u32>,
    /// All of them as the members of a list in JSON: a quarter of a million rows would be too many to be
    /// held in any other way.
    problems: String,
}

impl Problem {
    fn of(row: &StagedRow) -> Option<Self> {
        let (reason, column, value) = row.reason.as_ref()?;
        Some(Self {
            row: row.row,
            column: column.clone(),
            value: value.clone(),
            reason: app::text::translations::message(reason),
        })
    }
}

/// A row that cannot be taken, and why in words.
#[derive(Clone, PartialEq, serde::Serialize)]
struct Problem {
    row: u32,
    column: Option<String>,
    value: Option<String>,
    reason: String,
}

impl Said {
    async fn of(store: &Store, run: &Run, all: bool) -> Result<Self, Failure> {
        let mut rejected = Vec::new();
        let mut problems = String::new();
        let mut has_unknown_values = false;
        let mut last: Option<Problem> = None;
        let mut offset = 0;
        loop {
            let which = Which {
                outcome: Some(Outcome::Rejected),
                offset,
                limit: PRINTED,
            };
            offset += PRINTED;
            let page = store
                .import_rows(run.id, which)
                .await
                .map_err(|error| Failure::of_store(&error))?;
            let reasons = page.iter().filter_map(|row| row.reason.as_ref());
            let mut keys = reasons.map(|(reason, ..)| &*reason.key);
            has_unknown_values |= keys.any(|key| OF_VALUES.contains(&key));
            for problem in page.iter().filter_map(Problem::of) {
                // A row may hold a recommendation and its assessment, and both have the same reason.
                if last.as_ref() == Some(&problem) {
                    continue;
                }
                last = Some(problem.clone());
                if all {
                    if !problems.is_empty() {
                        problems.push(',');
                    }
                    problems.push_str(&serde_json::to_string(&problem)?);
                } else {
                    rejected.push(problem);
                }
            }
            if page.is_empty() || !all {
                break;
            }
        }
        let which = Which {
            outcome: Some(Outcome::Uncertain),
            offset: 0,
            limit: PRINTED,
        };
        let uncertain = store
            .import_rows(run.id, which)
            .await
            .map_err(|error| Failure::of_store(&error))?;
        let reviews = store
            .import_reviews(run.id)
            .await
            .map_err(|error| Failure::of_store(&error))?;
        Ok(Self {
            reviews: reviews
                .into_iter()
                .map(|(review, count)| (review.to_string(), count))
                .collect(),
            rejected,
            has_unknown_values,
            changes: Changes::of(store, run).await?,
            uncertain: uncertain.iter().map(|row| row.row).collect(),
            problems,
        })
    }

    fn as_json(&self, run: &Run) -> Result<String, Failure> {
        let summary = run.summary;
        let mut said = serde_json::to_string(&serde_json::json!({
            "run": run.id,
            "created": summary.created,
            "updated": summary.updated,
            "unchanged": summary.unchanged,
            "uncertain": summary.uncertain,
            "joined": summary.joined,
            "rejected": summary.rejected,
            "skipped": summary.skipped,
            "merged": summary.merged,
            "reviews": self.reviews,
            "account": run.account,
            "changes": self.changes.changes,
            "notices": self.changes.notices,
            "mapping": run.file.mapping,
        }))?;
        // Behind the rest of the object.
        said.pop();
        if !run.warnings.is_empty() {
            let warnings = run.warnings.iter().map(app::text::translations::message);
            said.push_str(",\"warnings\":");
            said.push_str(&serde_json::to_string(&warnings.collect::<Vec<_>>())?);
        }
        said.push_str(",\"problems\":[");
        said.push_str(&self.problems);
        said.push_str("]}");
        Ok(said)
    }

    fn print(&self, run: &Run, dry_run: bool) -> Result<(), Failure> {
        let summary = run.summary;
        let reviews: Vec<_> = self
            .reviews
            .iter()
            .map(|(review, count)| format!("{review}: {count}"))
            .collect();
        let kinds: Vec<_> = run
            .skipped
            .iter()
            .map(|(kind, count)| format!("{kind}: {count}"))
            .collect();
        output::line(format_args!(
            "{}{} new, {} changed, {} unchanged, {} to be decided, {} rejected, {} skipped{}, {} \
             merged into others.",
            if dry_run {
                "Would import: "
            } else {
                "Imported: "
            },
            summary.created,
            summary.updated,
            summary.unchanged,
            summary.uncertain,
            summary.rejected,
            summary.skipped,
            if kinds.is_empty() {
                String::new()
            } else {
                format!(" ({})", kinds.join("; "))
            },
            summary.merged
        ))?;
        output::line(reviews.join(", "))?;
        if let Some(account) = &run.account {
            for sentence in app::text::file_account::sentences(account) {
                output::line(sentence)?;
            }
        }
        if let Some(line) = assessments_line(run) {
            output::line(line)?;
        }
        for line in self.changes.lines(summary.updated) {
            output::line(line)?;
        }
        if !dry_run && summary.created + summary.updated > 0 {
            output::line(format_args!(
                "Take it back with: upr-tracker imports undo {}",
                run.id
            ))?;
        }
        for warning in &run.warnings {
            output::aside_line(app::text::translations::message(warning));
        }
        if run
            .account
            .as_ref()
            .is_some_and(|one| one.rows_without_round > 0)
        {
            output::aside_line(
                "To read the assessments, give their round with --review REVIEW --round ROUND.",
            );
        }
        if !self.uncertain.is_empty() {
            let rows: Vec<String> = self.uncertain.iter().map(u32::to_string).collect();
            let more = summary.uncertain.saturating_sub(self.uncertain.len());
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            output::aside_line(format_args!(
                "To be decided in the browser: row {}{more}",
                rows.join(", ")
            ));
        }
        for problem in &self.rejected {
            let column = problem.column.as_deref();
            let column = column.map(|name| format!(", {name}")).unwrap_or_default();
            output::aside_line(format_args!(
                "row {}{column}: {}",
                problem.row, problem.reason
            ));
        }
        // Each row once, as the account counts them.
        let rejected = run.account.as_ref().and_then(|account| {
            let rows = account.rows.get(Outcome::Rejected.code())?;
            usize::try_from(*rows).ok()
        });
        let rejected = rejected.unwrap_or(summary.rejected);
        let more = rejected.saturating_sub(self.rejected.len());
        if more > 0 {
            output::aside_line(format_args!(
                "… and {more} more rows; --json lists them all"
            ));
        }
        if self.has_unknown_values {
            output::aside_line(
                "To say what values mean that are not known, give a CSV file with the columns field, value and code \
                 with --values FILE.",
            );
        }
        Ok(())
    }
}
