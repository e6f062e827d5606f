//! An entry of the append-only history.

use crate::domain::{EventKind, Subject};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub at: i64,
    pub actor: String,
    pub kind: String,
    pub review: Option<String>,
    pub round: Option<String>,
    pub paragraph: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
    pub hash: String,
    pub format: i32,
    pub seed: Option<String>,
    pub salts: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The kind of the entry; `None` if it is one of a later version of the program.
    pub(in crate::store) fn known_kind(&self) -> Option<EventKind> {
        EventKind::parse(&self.kind)
    }

    /// What the entry is about. That of a later version of the program is taken for one about what it names: an
    /// assessment, or a recommendation. `None` if it names neither.
    pub(in crate::store) fn subject(&self) -> Option<Subject> {
        let known = self.known_kind().map(EventKind::subject);
        known.or(match (&self.round, &self.paragraph) {
            (Some(_), Some(_)) => Some(Subject::Assessment),
            (None, Some(_)) => Some(Subject::Recommendation),
            (_, None) => None,
        })
    }
}

/// For queries: `Column::Kind.eq(EventKind::RoundPublished)`.
impl From<EventKind> for Value {
    fn from(kind: EventKind) -> Self {
        kind.code().into()
    }
}
