//! Taking in a file: it is read row by row into a run, looked at, mended and decided about, and then
//! applied in one transaction; and what a run did can be taken back.
//!
//! 1. [`Store::stage_import`] reads a file through a [`Sink`](crate::exchange::Sink) into rows of the
//!    database, so that a file of any length takes bounded memory, and plans review by review what would
//!    become of each row ([`Outcome`]).
//! 2. [`Store::import_rows`] shows the rows with what they would change, [`Store::mend_import_row`]
//!    replaces a value in one, [`Store::decide_import_row`] says whether one is a recommendation that is
//!    there.
//! 3. [`Store::apply_import`] plans once more and, if that is still what was shown, writes it all at
//!    once; [`Store::undo_import`] takes it back.
//!
//! Staged rows are no part of the history; applying and undoing is.

mod applying;
mod assessing;
mod document;
mod freeing;
pub(crate) mod mappings;
mod mending;
mod merging;
mod packing;
mod plan;
mod planning;
pub(crate) mod quotas;
mod redacting;
mod rows;
mod run;
mod running;
mod showing;
mod staging;
mod text_index;
mod undoing;
pub(crate) mod uploads;

pub(super) use merging::{absorb, by_scheme, hear_claims, keep_further};
pub(super) use redacting::redact_staged;
pub(super) use running::Running;

pub use crate::store::import_codes::{Outcome, RunState};
pub use document::ImportedRow;
pub use rows::{Candidate, Content, Decision};
pub use run::{ImportRefusal, NewRun, Problem, Run, Summary};
pub use running::{Phase, Progress};
pub use showing::{Merged, StagedRow, Which};
pub use undoing::{UndoPreview, UndoneItems};

use super::Store;

impl Store {
    /// How far a run is that is under way in this program; none if it is not.
    pub fn import_progress(&self, run: i64) -> Option<Progress> {
        self.running.progress(run)
    }
}
