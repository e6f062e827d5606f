//! What has to be known wherever figures are shown.

use crate::t;

/// That figures are made up, or not final.
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
