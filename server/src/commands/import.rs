//! `import`: read a file of recommendations into the database.

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::Args;
use data::domain::ReviewCode;
use data::store::{Actor, Plan};

use super::failure::Failure;
use crate::cli::DatabaseUrl;

const EXAMPLES: &str = "\
Reads a UHRI export (.xlsx), an OHCHR matrix (.docx) or this program's own table (.csv); the
file's content decides which. All rows are written at once or none is, and reading the same file
a second time changes nothing.

Examples:
  upr-tracker import uhri.xlsx --dry-run       say what it would change
  upr-tracker import matrix.docx --review SVN-3
  upr-tracker import rows.csv --json           the counts as JSON, for a script";

/// What `import` can be told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ImportArguments {
    /// The file to read.
    pub file: PathBuf,

    /// The review the file belongs to, such as SVN-3, where the file does not say it.
    #[arg(long, value_name = "REVIEW")]
    pub review: Option<String>,

    /// Say what would be created, updated and rejected, and change nothing.
    #[arg(long)]
    pub dry_run: bool,

    /// Print the result as JSON: created, updated, unchanged, rejected, skipped.
    #[arg(long)]
    pub json: bool,
}

/// Rejected rows that are printed one by one.
const PRINTED: usize = 50;

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
    let path = arguments.file.display();
    let size = std::fs::metadata(&arguments.file)
        .map_err(Failure::while_doing(format!("cannot read {path}")))?
        .len();
    if size > u64::try_from(app::routes::UPLOAD_MAX).unwrap_or(u64::MAX) {
        let limit = app::routes::UPLOAD_MAX / (1024 * 1024);
        return Err(Failure::new(format!(
            "{path} is larger than {limit} MiB, the most that is read"
        )));
    }
    progress(&format!("Reading {path} …"));
    let bytes = std::fs::read(&arguments.file)
        .map_err(Failure::while_doing(format!("cannot read {path}")))?;
    let sha256 = data::store::sha256(&bytes);
    let file = data::exchange::read_whole(&bytes, review)
        .map_err(|message| Failure::of_message(&message))?;
    let store = super::open(database).await?;
    progress("Comparing with the database …");
    let plan = if arguments.dry_run {
        store.plan_import(file).await
    } else {
        let name = arguments
            .file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        store
            .import(&Actor::command_line(), &name, &sha256, file)
            .await
    };
    let plan = plan.map_err(|error| Failure::of_store(&error))?;
    store
        .close()
        .await
        .map_err(|error| Failure::of_store(&error))?;
    if arguments.json {
        println!("{}", serde_json::to_string(&as_json(&plan))?);
    } else {
        print(&plan, arguments.dry_run);
    }
    if plan.planned.is_empty() {
        return Err(Failure::new("no row of the file could be taken"));
    }
    Ok(())
}

/// A word on long work, where somebody is watching.
fn progress(text: &str) {
    if std::io::stderr().is_terminal() {
        eprintln!("{text}");
    }
}

fn as_json(plan: &Plan) -> serde_json::Value {
    let summary = plan.summary();
    let problems: Vec<_> = plan
        .rejected
        .iter()
        .map(|rejected| {
            serde_json::json!({
                "row": rejected.row,
                "column": rejected.column,
                "value": rejected.value,
                "reason": app::translations::message(&rejected.reason),
            })
        })
        .collect();
    serde_json::json!({
        "created": summary.created,
        "updated": summary.updated,
        "unchanged": summary.unchanged,
        "rejected": summary.rejected,
        "skipped": summary.skipped,
        "reviews": reviews(plan),
        "problems": problems,
    })
}

/// How many recommendations of the file each review has.
fn reviews(plan: &Plan) -> BTreeMap<String, usize> {
    let mut reviews = BTreeMap::new();
    for planned in &plan.planned {
        *reviews.entry(planned.review.to_string()).or_default() += 1;
    }
    reviews
}

fn print(plan: &Plan, dry_run: bool) {
    let summary = plan.summary();
    let reviews: Vec<_> = reviews(plan)
        .iter()
        .map(|(review, count)| format!("{review}: {count}"))
        .collect();
    println!(
        "{}{} new, {} changed, {} unchanged, {} rejected, {} of other mechanisms skipped.",
        if dry_run {
            "Would import: "
        } else {
            "Imported: "
        },
        summary.created,
        summary.updated,
        summary.unchanged,
        summary.rejected,
        summary.skipped
    );
    println!("{}", reviews.join(", "));
    for rejected in plan.rejected.iter().take(PRINTED) {
        let column = rejected
            .column
            .as_deref()
            .map(|name| format!(", {name}"))
            .unwrap_or_default();
        let reason = app::translations::message(&rejected.reason);
        eprintln!("row {}{column}: {reason}", rejected.row);
    }
    if plan.rejected.len() > PRINTED {
        eprintln!(
            "… and {} more rows; --json lists them all",
            plan.rejected.len() - PRINTED
        );
    }
}
