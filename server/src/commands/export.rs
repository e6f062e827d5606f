//! `export`: write the recommendations of one review.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

const EXAMPLES: &str = "\
The filter is the one in the address of the list: copy what follows the question mark there.

Examples:
  upr-tracker export --review BLR-1 --format csv > belarus.csv
  upr-tracker export --review BLR-1 --filter 'status=not-implemented&sort=paragraph' \\
      --format xlsx --out not-implemented.xlsx";

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

impl ExportFormat {
    /// The ending of a file of this form, which is also the ending of the list's own address.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}
