//! Everything at one moment, for files over all reviews: the corpus says which rows and in which
//! order, and what lists do not show of them is read piece by piece, so that a file of a million rows
//! needs no more memory than one of a thousand.

use super::entities::{assessment, assessment_evidence, evidence};
use super::review_records::{assessment_of, evidence_of};
use super::{Error, Store, history};
use crate::domain::{Assessment, Corpus, Evidence, Matches, Row};
use sea_orm::{
    ColumnTrait, ConnectionTrait as _, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    QueryFilter, QueryOrder, QueryResult, QuerySelect, Statement,
};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// The database at one moment.
pub struct Listing {
    /// The corpus of that moment.
    pub corpus: Arc<Corpus>,
    /// When the last event happened. Milliseconds since 1970, UTC.
    pub changed_at: i64,
    snapshot: DatabaseTransaction,
}

impl Store {
    /// Opens everything as it is now.
    pub async fn listing(&self) -> Result<Listing, Error> {
        // Somebody may write between the two, so that they are of different moments; hardly ever, and
        // not time after time.
        for _ in 0..10 {
            let corpus = self.corpus().await?;
            let snapshot = self.snapshot().await?;
            let (revision, changed_at) = history::revision(&snapshot).await?;
            if corpus.revision == revision {
                return Ok(Listing {
                    corpus,
                    changed_at,
                    snapshot,
                });
            }
            snapshot.rollback().await?;
        }
        Err(Error::System(
            "everything changed while it was read".to_owned(),
        ))
    }
}

impl Listing {
    /// So many rows are read at a time.
    pub const AT_ONCE: usize = 1_000;

    /// Some of the rows that a filter leaves, with all that files say of them.
    pub async fn rows(
        &self,
        matches: &Matches,
        range: Range<usize>,
    ) -> Result<Vec<Row<'_>>, Error> {
        let end = range.end.min(matches.len());
        let mut rows = self.corpus.rows_with_positions(matches, range.start..end);
        // Where the round has no status for it, it has no assessment either.
        let assessed = |row: &Row<'_>| {
            let round = row.part.round.as_ref().filter(|_| row.status.is_some())?;
            Some((round.id, row.recommendation.id))
        };
        let mut assessments = self.assessments(rows.iter().filter_map(assessed)).await?;
        for row in &mut rows {
            row.assessment = assessed(row).and_then(|key| assessments.remove(&key));
        }
        Ok(rows)
    }

    /// What it reads from.
    pub(super) fn snapshot(&self) -> &DatabaseTransaction {
        &self.snapshot
    }

    /// Ends it, and with it what was made in it for reading.
    pub(super) async fn close(self) -> Result<(), Error> {
        Ok(self.snapshot.rollback().await?)
    }

    /// By round and recommendation.
    async fn assessments(
        &self,
        assessed: impl Iterator<Item = (i64, i64)>,
    ) -> Result<HashMap<(i64, i64), Assessment>, Error> {
        let keys: Vec<i64> = assessed.flat_map(|(round, one)| [round, one]).collect();
        if keys.is_empty() {
            return Ok(HashMap::new());
        }
        let backend = self.snapshot.get_database_backend();
        // One look at the index for each; rows from everywhere are in as many rounds as rows.
        let shown: Vec<String> = (1..=keys.len())
            .step_by(2)
            .map(|place| match backend {
                DbBackend::Postgres => format!("(${place}, ${})", place + 1),
                // SQLite looks a parameter with a name up among all others.
                _ => "(?, ?)".to_owned(),
            })
            .collect();
        let sql = format!(
            "WITH shown (round_id, recommendation_id) AS (VALUES {}) \
             SELECT a.id, a.round_id, a.recommendation_id, a.status, a.rationale, a.confidence, \
             a.version, a.changed_at, a.carried_over FROM shown JOIN assessment a \
             ON a.round_id = shown.round_id AND a.recommendation_id = shown.recommendation_id",
            shown.join(", ")
        );
        let keys = keys.into_iter().map(Into::into);
        let rows = self
            .snapshot
            .query_all_raw(Statement::from_sql_and_values(backend, sql, keys))
            .await?;
        let rows = rows.iter().map(assessment_in);
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let mut cited = self.evidence(rows.iter().map(|row| row.id)).await?;
        rows.into_iter()
            .map(|row| {
                let key = (row.round_id, row.recommendation_id);
                let evidence = cited.remove(&row.id).unwrap_or_default();
                Ok((key, assessment_of(row, evidence)?))
            })
            .collect()
    }

    async fn evidence(
        &self,
        assessments: impl Iterator<Item = i64>,
    ) -> Result<HashMap<i64, Vec<Evidence>>, Error> {
        let uses: Vec<(i64, i64)> = assessment_evidence::Entity::find()
            .select_only()
            .column(assessment_evidence::Column::AssessmentId)
            .column(assessment_evidence::Column::EvidenceId)
            .filter(assessment_evidence::Column::AssessmentId.is_in(assessments))
            .order_by_asc(assessment_evidence::Column::Place)
            .into_tuple()
            .all(&self.snapshot)
            .await?;
        let mut ids: Vec<i64> = uses.iter().map(|(_, evidence)| *evidence).collect();
        ids.sort_unstable();
        ids.dedup();
        let records: HashMap<i64, Evidence> = evidence::Entity::find()
            .filter(evidence::Column::Id.is_in(ids))
            .all(&self.snapshot)
            .await?
            .into_iter()
            .map(|row| Ok((row.id, evidence_of(row)?)))
            .collect::<Result<_, Error>>()?;
        let mut cited: HashMap<i64, Vec<Evidence>> = HashMap::new();
        for (assessment, evidence) in uses {
            if let Some(record) = records.get(&evidence) {
                cited.entry(assessment).or_default().push(record.clone());
            }
        }
        Ok(cited)
    }
}

/// By the columns' places: names would be looked up row by row.
fn assessment_in(row: &QueryResult) -> Result<assessment::Model, DbErr> {
    Ok(assessment::Model {
        id: row.try_get_by_index(0)?,
        round_id: row.try_get_by_index(1)?,
        recommendation_id: row.try_get_by_index(2)?,
        status: row.try_get_by_index(3)?,
        rationale: row.try_get_by_index(4)?,
        confidence: row.try_get_by_index(5)?,
        version: row.try_get_by_index(6)?,
        changed_at: row.try_get_by_index(7)?,
        carried_over: row.try_get_by_index(8)?,
    })
}
