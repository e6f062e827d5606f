//! `import`: read a file of recommendations into the database.

use std::path::PathBuf;

use clap::Args;

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
