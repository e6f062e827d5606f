//! Everything at one moment, for files over all reviews: the corpus says which rows and in which
//! order, and what lists do not show of them is read piece by piece, so that a file of a million rows
//! needs no more memory than one of a thousand.

use super::entities::{assessment, assessment_evidence, counted_as, evidence, position};
use super::review_records::{assessment_of, evidence_of};
use super::{Error, Store, history};
use crate::domain::{
    Assessment, Corpus, CountedAs, Evidence, Matches, Position, PositionClass, Row,
};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
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
        let mut rows = self.corpus.rows(matches, range.start..end);
        let ids: Vec<i64> = rows.iter().map(|row| row.recommendation.id).collect();
        let mut rounds: Vec<i64> = rows
            .iter()
            .filter_map(|row| row.part.round.as_ref())
            .map(|round| round.id)
            .collect();
        rounds.sort_unstable();
        rounds.dedup();
        let mut positions = self.positions(&ids).await?;
        let mut assessments = self.assessments(&ids, &rounds).await?;
        let frozen: Vec<i64> = rows
            .iter()
            .filter(|row| row.frozen)
            .map(|row| row.recommendation.id)
            .collect();
        let mut counted = self.counted(&frozen, &rounds).await?;
        for row in &mut rows {
            let id = row.recommendation.id;
            row.recommendation.positions = positions.remove(&id).unwrap_or_default();
            // Where the round has no status for it, it has no assessment either.
            let round = row.part.round.as_ref().filter(|_| row.status.is_some());
            if let Some(round) = round {
                row.assessment = assessments.remove(&(round.id, id));
                if let Some(counted) = counted.remove(&(round.id, id)) {
                    row.recommendation.positions = counted.positions;
                }
            }
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

    async fn positions(&self, ids: &[i64]) -> Result<HashMap<i64, Vec<Position>>, Error> {
        type Columns = (
            i64,
            String,
            String,
            Option<String>,
            Option<String>,
            Option<String>,
        );
        // In the order of the key, so that nothing has to be sorted.
        let rows: Vec<Columns> = position::Entity::find()
            .select_only()
            .columns([
                position::Column::RecommendationId,
                position::Column::Class,
                position::Column::Raw,
                position::Column::Source,
                position::Column::SourceParagraph,
                position::Column::Date,
            ])
            .filter(position::Column::RecommendationId.is_in(ids.iter().copied()))
            .order_by_asc(position::Column::RecommendationId)
            .order_by_asc(position::Column::Place)
            .into_tuple()
            .all(&self.snapshot)
            .await?;
        let mut positions: HashMap<i64, Vec<Position>> = HashMap::with_capacity(ids.len());
        for (recommendation, class, raw, source, source_paragraph, date) in rows {
            let class =
                PositionClass::parse(&class).ok_or_else(|| Error::Corrupt(class.clone()))?;
            positions.entry(recommendation).or_default().push(Position {
                class,
                raw,
                source,
                source_paragraph,
                date,
            });
        }
        Ok(positions)
    }

    async fn assessments(
        &self,
        ids: &[i64],
        rounds: &[i64],
    ) -> Result<HashMap<(i64, i64), Assessment>, Error> {
        let rows = assessment::Entity::find()
            .filter(assessment::Column::RecommendationId.is_in(ids.iter().copied()))
            // Not by an index on rounds: rows from everywhere are in as many rounds as rows.
            .filter(
                Expr::col(assessment::Column::RoundId)
                    .add(0)
                    .is_in(rounds.iter().copied()),
            )
            .all(&self.snapshot)
            .await?;
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

    async fn counted(
        &self,
        ids: &[i64],
        rounds: &[i64],
    ) -> Result<HashMap<(i64, i64), CountedAs>, Error> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = counted_as::Entity::find()
            .filter(counted_as::Column::RecommendationId.is_in(ids.iter().copied()))
            .filter(counted_as::Column::RoundId.is_in(rounds.iter().copied()))
            .all(&self.snapshot)
            .await?;
        rows.into_iter()
            .map(|row| {
                let counted = serde_json::from_str(&row.content)
                    .map_err(|error| Error::Corrupt(error.to_string()))?;
                Ok(((row.round_id, row.recommendation_id), counted))
            })
            .collect()
    }
}
