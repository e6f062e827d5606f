//! What can be typed after `import`.

use std::path::PathBuf;

use clap::Args;

use super::download::DownloadArguments;

const EXAMPLES: &str = "\
Reads exports of UHRI (.xlsx, .json) and UPR Info (.csv, .xlsx, .ods), OHCHR
matrices (.docx), reports (.docx, .pdf, .txt), a State's reply (.txt, .docx, .pdf,
.csv, .xlsx), this program's own tables (.csv, .xlsx, .ods, .json), and with --map or
--mapping any other table; the file's content decides which. All rows are written
at once or none is, and reading the same
file a second time changes nothing. Rows that may be a recommendation that is
there already are left out: a person decides about them in the browser.

Examples:
  upr-tracker import uhri.xlsx --dry-run       say what it would change
  upr-tracker import matrix.docx --review SVN-3
  upr-tracker import ours.xlsx --review SVN-3 --round mid-term
                                               assessments, into that round
  upr-tracker import reply.csv --review SVN-3 --symbol A/HRC/43/15/Add.1
                                               a State's reply, and its symbol
  upr-tracker import rows.csv --json           the counts as JSON, for a script
  upr-tracker import ours.csv --map guess --dry-run
                                               say what its columns seem to hold
  upr-tracker import ours.csv --map 'No=paragraph,Rec=text,State=recommending_states'
  upr-tracker import ours.csv --map ask        ask for each column and value
  upr-tracker import ours.xlsx --sheet Answers read one sheet of the workbook
  upr-tracker import ours.csv --mapping \"NHRI table\"
                                               by what a person said about its columns
  upr-tracker import https://HOST/export-full-en.json
                                               fetch the file first; only https
  upr-tracker import https://HOST/export-full-en.json --resume
                                               go on with an interrupted download
  upr-tracker imports list                     what was imported, and by whom
  upr-tracker imports undo 12                  take it back";

/// What `import` can be told.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct ImportArguments {
    /// The file to read, or an address that begins with https:// to fetch it from.
    pub file: PathBuf,

    /// How it is fetched, if it is an address.
    #[command(flatten)]
    pub download: DownloadArguments,

    /// The review the file belongs to, such as SVN-3, where the file does not say it.
    #[arg(long, value_name = "REVIEW")]
    pub review: Option<String>,

    /// The round of that review that the file's assessments go into, by its name in addresses.
    #[arg(long, value_name = "ROUND", requires = "review")]
    pub round: Option<String>,

    /// The symbol of a State's reply (A/HRC/43/15/Add.1) or a report (A/HRC/43/15), where the file does not say it.
    #[arg(long, value_name = "SYMBOL")]
    pub symbol: Option<String>,

    /// A mapping kept in the browser, for a table with headings of its own.
    #[arg(long, value_name = "NAME")]
    pub mapping: Option<String>,

    /// What the columns of a table with headings of its own hold: `guess`, `ask`, or HEADING=FIELD pairs,
    /// separated by commas.
    #[arg(
        long,
        value_name = "guess|ask|HEADING=FIELD,…",
        conflicts_with = "mapping"
    )]
    pub map: Option<String>,

    /// The sheet of a workbook that is read, by its name or its number from 1; else every sheet that is a table.
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,

    /// A CSV file with the columns field, value and code: what values mean that are not known.
    #[arg(long, value_name = "FILE")]
    pub values: Option<PathBuf>,

    /// Say what would be created, updated and rejected, and change nothing.
    #[arg(long)]
    pub dry_run: bool,

    /// Print the result as JSON: created, updated, unchanged, uncertain, joined, rejected, skipped,
    /// merged, and the account of what was read.
    #[arg(long)]
    pub json: bool,
}
