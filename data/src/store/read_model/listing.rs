//! Everything at one moment, for files over all reviews: the corpus says which rows and in which
//! order, and what lists do not show of them is read piece by piece, so that a file of a million rows
//! needs no more memory than one of a thousand.

use crate::domain::{Assessment, Confidence, Corpus, Evidence, Matches, Row};
use crate::store::entities::{assessment, evidence};
use crate::store::history::chain;
use crate::store::read_model::review_records::{assessment_of, corpus_at, evidence_of};
use crate::store::{Error, Store};
use sea_orm::{
    ColumnTrait, ConnectionTrait as _, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter,
    Statement,
};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// The database at one moment.
pub struct Listing {
    /// The corpus of that moment.
    pub corpus: Arc<Corpus>,
    /// When the data were changed last. Milliseconds since 1970, UTC.
    pub changed_at: i64,
    snapshot: DatabaseTransaction,
}

impl Store {
    /// Opens everything as it is now. What was written since the corpus was brought up to date is taken
    /// in from the snapshot itself: both are of one moment however much is written meanwhile.
    pub async fn listing(&self) -> Result<Listing, Error> {
        let corpus = self.corpus().await?;
        let snapshot = self.snapshot().await?;
        let version = chain::version(&snapshot).await?;
        Ok(Listing {
            corpus: corpus_at(&snapshot, corpus, version).await?,
            changed_at: chain::data_changed_at(&snapshot).await?,
            snapshot,
        })
    }
}

impl Listing {
    /// So many rows are read at a time.
    pub const AT_ONCE: usize = 1_000;

    /// Some of the rows that a filter leaves, with all that files say of them. Each is made when it is
    /// asked for, and gone before the next: a thousand at once keep the memory's keeper busy.
    pub async fn rows<'a>(
        &'a self,
        matches: &'a Matches,
        range: Range<usize>,
    ) -> Result<impl Iterator<Item = Row<'a>> + use<'a>, Error> {
        let range = range.start..range.end.min(matches.len());
        let assessed = self.corpus.assessed(matches, range.clone());
        let mut assessments = self.assessments(assessed.collect()).await?;
        let rows = self.corpus.rows_with_positions(matches, range);
        Ok(rows.map(move |mut row| {
            let round = row.part.round.as_ref().map(|round| round.id);
            row.assessment =
                round.and_then(|round| assessments.remove(&(round, row.recommendation.id)));
            row
        }))
    }

    /// What it reads from.
    pub(crate) fn snapshot(&self) -> &DatabaseTransaction {
        &self.snapshot
    }

    /// Ends it, and with it what was made in it for reading.
    pub(crate) async fn close(self) -> Result<(), Error> {
        Ok(self.snapshot.rollback().await?)
    }

    /// By round and recommendation. One row with everything as JSON, and the keys as JSON as well: each
    /// value that SQLite hands over, either way, costs more than what is in it.
    async fn assessments(
        &self,
        keys: Vec<(i64, i64)>,
    ) -> Result<HashMap<(i64, i64), Assessment>, Error> {
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let backend = self.snapshot.get_database_backend();
        let (list, array, shown) = match backend {
            DbBackend::Postgres => (
                "json_agg",
                "json_build_array",
                "SELECT (value ->> 0)::bigint AS round_id, (value ->> 1)::bigint AS recommendation_id \
                 FROM json_array_elements($1::json)",
            ),
            _ => (
                "json_group_array",
                "json_array",
                "SELECT value ->> 0 AS round_id, value ->> 1 AS recommendation_id FROM json_each(?)",
            ),
        };
        // One look at the index for each; rows from everywhere are in as many rounds as rows.
        let sql = format!(
            "WITH shown AS ({shown}) \
             SELECT CAST({list}({array}({array}(a.id, a.round_id, a.recommendation_id), a.status, \
             a.rationale, a.confidence, {array}(a.version, a.changed_at), a.carried_over, \
             (SELECT {list}(evidence_id ORDER BY place) FROM assessment_evidence \
             WHERE assessment_id = a.id))) AS TEXT) FROM shown JOIN assessment a \
             ON a.round_id = shown.round_id AND a.recommendation_id = shown.recommendation_id"
        );
        let keys = serde_json::to_string(&keys).map_err(|error| unreadable(&error))?;
        let found = self
            .snapshot
            .query_one_raw(Statement::from_sql_and_values(backend, sql, [keys.into()]))
            .await?;
        let found: Option<String> = match found {
            Some(row) => row.try_get_by_index(0)?,
            None => None,
        };
        let found: Vec<AssessmentParts> = serde_json::from_str(found.as_deref().unwrap_or("[]"))
            .map_err(|error| unreadable(&error))?;
        let cited = found.iter().flat_map(|(.., cited)| cited.iter().flatten());
        let records = self.evidence(cited.copied().collect()).await?;
        let assessments = found.into_iter().map(|parts| {
            let (row, cited) = parts_of(parts);
            let cited = cited.iter().flatten();
            let cited = cited.filter_map(|id| records.get(id)).cloned().collect();
            let key = (row.round_id, row.recommendation_id);
            Ok((key, assessment_of(row, cited)))
        });
        assessments.collect()
    }

    async fn evidence(&self, ids: BTreeSet<i64>) -> Result<HashMap<i64, Evidence>, Error> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = evidence::Entity::find()
            .filter(evidence::Column::Id.is_in(ids))
            .all(&self.snapshot)
            .await?;
        rows.into_iter()
            .map(|row| Ok((row.id, evidence_of(row))))
            .collect()
    }
}

/// An assessment's columns, and the numbers of the evidence that it cites, in order.
type AssessmentParts = (
    (i64, i64, i64),
    String,
    String,
    Option<Confidence>,
    (i64, i64),
    Option<String>,
    Option<Vec<i64>>,
);

fn parts_of(parts: AssessmentParts) -> (assessment::Model, Option<Vec<i64>>) {
    let (keys, status, rationale, confidence, (version, changed_at), carried_over, cited) = parts;
    let (id, round_id, recommendation_id) = keys;
    let row = assessment::Model {
        id,
        round_id,
        recommendation_id,
        status,
        rationale,
        confidence,
        version,
        changed_at,
        carried_over,
    };
    (row, cited)
}

fn unreadable(error: &serde_json::Error) -> Error {
    Error::Corrupt(error.to_string())
}
