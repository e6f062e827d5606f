//! Which column of a table with headings of its own holds what.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// For each heading that means something, as the file spells it, the id of the field that it holds
/// (`paragraph`, `text`, `status` ...). Other columns are left alone.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping {
    /// Field ids by heading.
    pub fields: BTreeMap<String, String>,
}
