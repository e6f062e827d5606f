//! `export`: write the recommendations of one review, or of all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::Locale;
use app::export::lists::{self, Form, SelectsFrom, Source};
use clap::{Args, ValueEnum};
use data::domain::{Filter, Message, ReviewCode, ReviewRecord};
use data::store::Store;

use super::failure::Failure;
use super::{output, whole_file};
use crate::database_url::DatabaseUrl;

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
    /// The review, such as BLR-1: a State's code and the number of the cycle. All reviews where this
    /// is not given.
    #[arg(long, value_name = "REVIEW")]
    pub review: Option<String>,

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
        value_parser = crate::origin::parse
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
    let form = Form::from(arguments.format);
    let base = arguments.origin.unwrap_or_default();
    let store = super::open_existing(database).await?;
    if let Some(review) = &arguments.review {
        let record = review_record(&store, review).await?;
        let filter = usable(lists::read_filter(
            &arguments.filter,
            SelectsFrom::Review(&record),
        ))?;
        to_file_or_output(arguments.out.as_deref(), |out| {
            lists::export(Source::Review(&record), &filter, form, &base, out)
        })?;
    } else {
        let listing = store
            .listing()
            .await
            .map_err(|error| Failure::of_store(&error))?;
        let from = SelectsFrom::AllReviews(listing.corpus.scale(true));
        let filter = usable(lists::read_filter(&arguments.filter, from))?;
        let write = move || {
            to_file_or_output(arguments.out.as_deref(), |out| {
                let source = Source::AllReviews {
                    listing: &listing,
                    open_rounds: true,
                };
                lists::export(source, &filter, form, &base, out)
            })
        };
        let locale = Locale::current();
        let written = tokio::task::spawn_blocking(move || locale.enter(write));
        written
            .await
            .map_err(Failure::while_doing("the file was not written"))??;
    }
    store
        .close()
        .await
        .map_err(|error| Failure::of_store(&error))
}

async fn review_record(store: &Store, review: &str) -> Result<Arc<ReviewRecord>, Failure> {
    let code = ReviewCode::parse(review).ok_or_else(|| {
        Failure::new(format!(
            "{review:?} is no review: give a State's code and a cycle, as in BLR-1"
        ))
    })?;
    store
        .review_record(code)
        .await
        .map_err(|error| match error {
            data::store::Error::NotFound => {
                Failure::new(format!("there is no review {code} in this database"))
            }
            other => Failure::of_store(&other),
        })
}

/// A filter without faults.
fn usable((filter, faults): (Filter, Vec<Message>)) -> Result<Filter, Failure> {
    match lists::refusal(&faults) {
        Some(refusal) => Err(Failure::of_message(&refusal)),
        None => Ok(filter),
    }
}

fn to_file_or_output(
    path: Option<&Path>,
    write: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<(), Failure> {
    let Some(path) = path.filter(|path| *path != Path::new("-")) else {
        let mut out = BufWriter::new(output::Standard::default());
        let written = write(&mut out).and_then(|()| out.flush());
        return out.get_ref().ended(written);
    };
    let doing = format!("cannot write {}", path.display());
    whole_file::write(path, write).map_err(Failure::while_doing(doing))
}
