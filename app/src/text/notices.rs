//! Notices that accompany figures.

use crate::t;

/// Returns the notice that figures are fictitious, or from an open round; `None` if neither.
pub(crate) fn notice(fictitious: bool, open: bool) -> Option<String> {
    let notices: Vec<String> = [
        fictitious.then(|| t!("export-notice-fictitious")),
        open.then(|| t!("export-notice-open")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!notices.is_empty()).then(|| notices.join(" "))
}
