//! What undoing an import takes back, in words.

use crate::t;
use data::store::Summary;

/// A sentence for each kind of change that is taken back.
pub fn sentences(summary: &Summary) -> Vec<String> {
    let lines = [
        (summary.created > 0).then(|| t!("import-undo-created", count = summary.created)),
        (summary.updated > 0).then(|| t!("import-undo-updated", count = summary.updated)),
        (summary.merged > 0).then(|| t!("import-undo-merged", count = summary.merged)),
    ];
    lines.into_iter().flatten().collect()
}
