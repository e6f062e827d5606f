//! How much of a round is done, and how much is in each stage of its queue, in words.

use crate::t;
use data::domain::{Listed, RoundRecord, Stage};
use std::collections::HashSet;

/// The progress of a round in words. A recommendation that was saved as not assessed is examined, and not assessed.
pub(crate) fn in_words(round: &RoundRecord, all: usize) -> String {
    let (done, assessed) = (round.done(), round.assessed());
    t!("progress", done = done, all = all, assessed = assessed)
}

/// How many rows are in a stage, or in all of them.
pub(crate) fn count_of(stage: Option<Stage>, rows: &[Listed<'_>], drafts: &HashSet<i64>) -> usize {
    rows.iter()
        .filter(|row| stage.is_none_or(|stage| Stage::of(row, drafts) == stage))
        .count()
}

/// The name of a tab, with how many there are in it.
pub(crate) fn tab_name(stage: Option<Stage>, count: usize) -> String {
    match stage {
        None => t!("worklist-all", count = count),
        Some(Stage::Open) => t!("worklist-open", count = count),
        Some(Stage::Draft) => t!("worklist-drafts", count = count),
        Some(Stage::CarriedOver) => t!("worklist-carried-over", count = count),
        Some(Stage::Done) => t!("worklist-done", count = count),
    }
}
