//! `export`: write the recommendations of one review.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use app::exports::{self, Form};
use clap::{Args, ValueEnum};
use data::domain::{ReviewCode, query_pairs};

use super::failure::Failure;
use crate::cli::DatabaseUrl;

const EXAMPLES: &str = "\
The filter is the one in the address of the list: copy what follows the question mark there.

Examples:
  upr-tracker export --review BLR-1 --format csv > belarus.csv
  upr-tracker export --review BLR-1 --filter 'status=not_implemented&sort=paragraph' \\
      --format xlsx --out not-implemented.xlsx --origin https://upr.example";

/// What `export` can be told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ExportArguments {
    /// The review, such as BLR-1: a State's code and the number of the cycle.
    #[arg(long, value_name = "REVIEW")]
    pub review: String,

    /// Only these recommendations, as in the address of the list: 'theme=..&status=..'.
    #[arg(long, value_name = "QUERY", default_value = "")]
    pub filter: String,

    /// The form of the file.
    #[arg(long, value_enum)]
    pub format: ExportFormat,

    /// What permalinks begin with: where the pages can be read. Without it they are relative.
    #[arg(
        long,
        env = "UPR_TRACKER_ORIGIN",
        value_name = "ORIGIN",
        value_parser = crate::cli::origin
    )]
    pub origin: Option<String>,

    /// Where to write it; standard output where this is not given.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// The forms an export can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Comma-separated values, UTF-8.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// One JSON document.
    Json,
}

impl From<ExportFormat> for Form {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Xlsx => Self::Xlsx,
            ExportFormat::Json => Self::Json,
        }
    }
}

/// Writes exactly what the list of the same filter shows, over all its pages.
pub async fn run(database: &DatabaseUrl, arguments: ExportArguments) -> Result<(), Failure> {
    let code = ReviewCode::parse(&arguments.review).ok_or_else(|| {
        Failure::new(format!(
            "{:?} is no review: give a State's code and a cycle, as in BLR-1",
            arguments.review
        ))
    })?;
    let store = super::open(database).await?;
    let record = store
        .review_record(code)
        .await
        .map_err(|error| match error {
            data::store::Error::NotFound => {
                Failure::new(format!("there is no review {code} in this database"))
            }
            other => Failure::of_store(&other),
        })?;
    for (name, _) in query_pairs(&arguments.filter) {
        if !exports::knows_parameter(&name) {
            return Err(Failure::new(format!(
                "the filter has no {name:?}; copy it from a list's address"
            )));
        }
    }
    let (filter, faults) = exports::read_filter(&arguments.filter, &record);
    // Left out, a value would widen what the file holds without anybody seeing it.
    if let Some(fault) = faults.first() {
        return Err(Failure::of_message(fault));
    }
    let form = Form::from(arguments.format);
    let base = arguments.origin.unwrap_or_default();
    if let Some(path) = arguments.out {
        let doing = format!("cannot write {}", path.display());
        let write = || -> io::Result<()> {
            // Beside it first: a file that is there stays whole if something fails half-way.
            let beside = path.with_extension(format!("{}.part", form.ending()));
            let mut out = BufWriter::new(File::create(&beside)?);
            exports::export(&record, &filter, form, &base, &mut out)?;
            out.into_inner()?.sync_all()?;
            std::fs::rename(&beside, &path)
        };
        write().map_err(Failure::while_doing(doing))?;
    } else {
        let mut out = BufWriter::new(io::stdout());
        exports::export(&record, &filter, form, &base, &mut out)
            .and_then(|()| out.flush())
            .map_err(Failure::while_doing("cannot write to standard output"))?;
    }
    store
        .close()
        .await
        .map_err(|error| Failure::of_store(&error))
}
