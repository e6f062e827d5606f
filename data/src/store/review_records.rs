//! Reading reviews whole, and keeping them in memory while nothing changes.
//!
//! The history's last number is the version of everything: if it is still the one a record was read
//! at, the record is current, whichever process wrote last. So the check costs one indexed look-up, and
//! a change is seen by the next request.

use super::entities::{
    assessment, assessment_evidence, counted_as, evidence, link, position, recommendation,
    recommending_state, reported_total, review, round, term,
};
use super::{Error, Store};
use crate::domain::{
    ActionCategory, Assessment, Confidence, Cycle, Earlier, Evidence, EvidenceKind, EvidenceRecord,
    Link, Paragraph, Position, PositionClass, Recommendation, ReportedTotal, Review, ReviewCode,
    ReviewRecord, Round, RoundKind, RoundRecord, Scale, Scheme, StateCode, Term,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;
use std::sync::Arc;

impl Store {
    /// Every review, by State and cycle.
    pub async fn reviews(&self) -> Result<Vec<Review>, Error> {
        let rows = review::Entity::find().all(&self.connection).await?;
        let mut reviews = rows
            .into_iter()
            .map(Review::try_from)
            .collect::<Result<Vec<_>, _>>()?;
        reviews.sort_by_key(|review| (review.code.state.name(), review.code.cycle));
        Ok(reviews)
    }

    /// A review with everything in it, open rounds included.
    pub async fn review_record(&self, code: ReviewCode) -> Result<Arc<ReviewRecord>, Error> {
        let (revision, _) = self.revision().await?;
        let kept = self
            .records
            .read()
            .ok()
            .and_then(|records| records.get(&code).cloned());
        if let Some(record) = kept.filter(|record| record.revision == revision) {
            return Ok(record);
        }
        let snapshot = self.snapshot().await?;
        let record = Arc::new(load(&snapshot, code).await?);
        snapshot.rollback().await?;
        if let Ok(mut records) = self.records.write() {
            records.insert(code, Arc::clone(&record));
        }
        Ok(record)
    }

    /// Every review with everything in it, by State and cycle.
    pub async fn review_records(&self) -> Result<Vec<Arc<ReviewRecord>>, Error> {
        let mut records = Vec::new();
        for review in self.reviews().await? {
            records.push(self.review_record(review.code).await?);
        }
        Ok(records)
    }
}

/// Reads a review with a fixed number of queries, however much it holds.
pub(super) async fn load(
    db: &impl ConnectionTrait,
    code: ReviewCode,
) -> Result<ReviewRecord, Error> {
    let (revision, changed_at) = super::history::revision(db).await?;
    let review = find_review(db, code).await?.ok_or(Error::NotFound)?;
    let recommendations = recommendations(db, review.id).await?;
    let (mut rounds, evidence) = rounds(db, review.id).await?;
    let links = links(db, review.id).await?;
    freeze(db, review.id, &recommendations, &mut rounds).await?;
    Ok(ReviewRecord {
        review,
        recommendations,
        rounds,
        evidence,
        links,
        revision,
        changed_at,
    })
}

/// The review of that code, if there is one.
pub(super) async fn find_review(
    db: &impl ConnectionTrait,
    code: ReviewCode,
) -> Result<Option<Review>, Error> {
    review::Entity::find()
        .filter(review::Column::State.eq(code.state.as_str()))
        .filter(review::Column::Cycle.eq(i32::from(code.cycle.number())))
        .one(db)
        .await?
        .map(Review::try_from)
        .transpose()
}

/// The recommendations of a review, in paragraph order.
pub(super) async fn recommendations(
    db: &impl ConnectionTrait,
    review: i64,
) -> Result<Vec<Recommendation>, Error> {
    let of_review = || {
        sea_orm::sea_query::Query::select()
            .column(recommendation::Column::Id)
            .from(recommendation::Entity)
            .and_where(recommendation::Column::ReviewId.eq(review))
            .to_owned()
    };
    let rows = recommendation::Entity::find()
        .filter(recommendation::Column::ReviewId.eq(review))
        .all(db)
        .await?;
    let states = recommending_state::Entity::find()
        .filter(recommending_state::Column::RecommendationId.in_subquery(of_review()))
        .order_by_asc(recommending_state::Column::Place)
        .all(db)
        .await?;
    let terms = term::Entity::find()
        .filter(term::Column::RecommendationId.in_subquery(of_review()))
        .order_by_asc(term::Column::Place)
        .all(db)
        .await?;
    let positions = position::Entity::find()
        .filter(position::Column::RecommendationId.in_subquery(of_review()))
        .order_by_asc(position::Column::Place)
        .all(db)
        .await?;

    let mut by_id: HashMap<i64, Recommendation> = HashMap::with_capacity(rows.len());
    for row in rows {
        by_id.insert(row.id, Recommendation::try_from(row)?);
    }
    for row in states {
        if let Some(recommendation) = by_id.get_mut(&row.recommendation_id) {
            recommendation.recommending.push(state_code(&row.state)?);
        }
    }
    for row in terms {
        if let Some(recommendation) = by_id.get_mut(&row.recommendation_id) {
            let scheme = Scheme::parse(&row.scheme).ok_or_else(|| corrupt(&row.scheme))?;
            recommendation.terms.push(Term {
                scheme,
                name: row.name,
            });
        }
    }
    for row in positions {
        if let Some(recommendation) = by_id.get_mut(&row.recommendation_id) {
            recommendation.positions.push(Position {
                class: PositionClass::parse(&row.class).ok_or_else(|| corrupt(&row.class))?,
                raw: row.raw,
                source: row.source,
                source_paragraph: row.source_paragraph,
                date: row.date,
            });
        }
    }
    let mut recommendations: Vec<_> = by_id.into_values().collect();
    recommendations.sort_by_cached_key(|one| one.paragraph.order());
    Ok(recommendations)
}

/// What was decided about the recommendations of a review and those of earlier ones.
async fn links(db: &impl ConnectionTrait, review: i64) -> Result<Vec<Link>, Error> {
    let of_review = sea_orm::sea_query::Query::select()
        .column(recommendation::Column::Id)
        .from(recommendation::Entity)
        .and_where(recommendation::Column::ReviewId.eq(review))
        .to_owned();
    let rows = link::Entity::find()
        .filter(link::Column::RecommendationId.in_subquery(of_review))
        .order_by_asc(link::Column::RecommendationId)
        .order_by_asc(link::Column::EarlierId)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let earlier: Vec<(i64, String, String, i32)> = recommendation::Entity::find()
        .select_only()
        .column(recommendation::Column::Id)
        .column(recommendation::Column::Paragraph)
        .column(review::Column::State)
        .column(review::Column::Cycle)
        .join(
            sea_orm::JoinType::InnerJoin,
            recommendation::Entity::belongs_to(review::Entity)
                .from(recommendation::Column::ReviewId)
                .to(review::Column::Id)
                .into(),
        )
        .filter(recommendation::Column::Id.is_in(rows.iter().map(|row| row.earlier_id)))
        .into_tuple()
        .all(db)
        .await?;
    let mut named: HashMap<i64, Earlier> = HashMap::new();
    for (id, paragraph, state, cycle) in earlier {
        let cycle = u8::try_from(cycle).ok().and_then(Cycle::new);
        named.insert(
            id,
            Earlier {
                review: ReviewCode {
                    state: state_code(&state)?,
                    cycle: cycle.ok_or_else(|| corrupt("cycle"))?,
                },
                paragraph: Paragraph::parse(&paragraph).map_err(|_| corrupt(&paragraph))?,
            },
        );
    }
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Link {
                recommendation: row.recommendation_id,
                earlier: named.get(&row.earlier_id)?.clone(),
                repeats: row.repeats,
            })
        })
        .collect())
}

/// The rounds of a review with their content, the newest as-of date first, and the evidence of all.
async fn rounds(
    db: &impl ConnectionTrait,
    review: i64,
) -> Result<(Vec<RoundRecord>, Vec<EvidenceRecord>), Error> {
    let rows = round::Entity::find()
        .filter(round::Column::ReviewId.eq(review))
        .all(db)
        .await?;
    let of_review = || {
        sea_orm::sea_query::Query::select()
            .column(round::Column::Id)
            .from(round::Entity)
            .and_where(round::Column::ReviewId.eq(review))
            .to_owned()
    };
    let assessments = assessment::Entity::find()
        .filter(assessment::Column::RoundId.in_subquery(of_review()))
        .all(db)
        .await?;
    let totals = reported_total::Entity::find()
        .filter(reported_total::Column::RoundId.in_subquery(of_review()))
        .order_by_asc(reported_total::Column::Place)
        .all(db)
        .await?;
    let (evidence_records, mut evidence) = evidence_of_review(db, review).await?;
    let scales: HashMap<i64, Scale> = super::scales::all(db)
        .await?
        .into_iter()
        .map(|scale| (scale.id, scale))
        .collect();

    let mut records: HashMap<i64, RoundRecord> = HashMap::new();
    for row in rows {
        let scale = scales
            .get(&row.scale_id)
            .ok_or_else(|| corrupt("scale"))?
            .clone();
        let round = Round {
            id: row.id,
            slug: row.slug,
            organisation: row.organisation,
            title: row.title,
            as_of: row.as_of,
            scale,
            kind: RoundKind::parse(&row.kind).ok_or_else(|| corrupt(&row.kind))?,
            method: row.method,
            supersedes: row.supersedes,
            published_at: row.published_at,
            content_hash: row.content_hash,
            assessors: row
                .assessors
                .iter()
                .flat_map(|names| names.lines())
                .map(str::to_owned)
                .collect(),
        };
        records.insert(
            row.id,
            RoundRecord {
                round,
                assessments: HashMap::new(),
                totals: Vec::new(),
                frozen: HashMap::new(),
            },
        );
    }
    for row in assessments {
        let evidence = evidence.remove(&row.id).unwrap_or_default();
        if let Some(record) = records.get_mut(&row.round_id) {
            record
                .assessments
                .insert(row.recommendation_id, assessment_of(row, evidence)?);
        }
    }
    for row in totals {
        if let Some(record) = records.get_mut(&row.round_id) {
            record.totals.push(ReportedTotal {
                position: row
                    .position
                    .map(|code| PositionClass::parse(&code).ok_or_else(|| corrupt(&code)))
                    .transpose()?,
                status: row.status,
                count: u32::try_from(row.count).map_err(|_| corrupt("count"))?,
                citation: row.citation,
                derived: row.derived,
            });
        }
    }
    let mut records: Vec<_> = records.into_values().collect();
    records.sort_by(|a, b| {
        // A round without a date is taken for the latest: its source came after the dated ones.
        let dated = |record: &RoundRecord| {
            (
                record.round.as_of.is_none(),
                record.round.as_of.clone(),
                record.round.id,
            )
        };
        dated(b).cmp(&dated(a))
    });
    Ok((records, evidence_records))
}

/// Gives published rounds what they counted, where it has changed since.
async fn freeze(
    db: &impl ConnectionTrait,
    review: i64,
    recommendations: &[Recommendation],
    rounds: &mut [RoundRecord],
) -> Result<(), Error> {
    if !rounds.iter().any(|record| record.round.is_published()) {
        return Ok(());
    }
    let of_review = sea_orm::sea_query::Query::select()
        .column(round::Column::Id)
        .from(round::Entity)
        .and_where(round::Column::ReviewId.eq(review))
        .to_owned();
    let rows = counted_as::Entity::find()
        .filter(counted_as::Column::RoundId.in_subquery(of_review))
        .all(db)
        .await?;
    let present: HashMap<i64, &Recommendation> =
        recommendations.iter().map(|one| (one.id, one)).collect();
    for row in rows {
        let record = rounds
            .iter_mut()
            .find(|record| record.round.id == row.round_id);
        if let (Some(record), Some(present)) = (record, present.get(&row.recommendation_id))
            && let Some(frozen) = super::rounds::frozen(present, &row.content)?
        {
            record.frozen.insert(row.recommendation_id, frozen);
        }
    }
    Ok(())
}

pub(super) async fn evidence_of_review(
    db: &impl ConnectionTrait,
    review: i64,
) -> Result<(Vec<EvidenceRecord>, HashMap<i64, Vec<Evidence>>), Error> {
    let rows = evidence::Entity::find()
        .filter(evidence::Column::ReviewId.eq(review))
        .order_by_asc(evidence::Column::Number)
        .all(db)
        .await?;
    let mut numbered = Vec::with_capacity(rows.len());
    let mut records: HashMap<i64, Evidence> = HashMap::with_capacity(rows.len());
    for row in rows {
        let (id, number) = (row.id, row.number.unwrap_or_default());
        let evidence = evidence_of(row)?;
        records.insert(id, evidence.clone());
        numbered.push(EvidenceRecord { number, evidence });
    }
    let ids = sea_orm::sea_query::Query::select()
        .column(evidence::Column::Id)
        .from(evidence::Entity)
        .and_where(evidence::Column::ReviewId.eq(review))
        .to_owned();
    let uses: Vec<(i64, i64)> = assessment_evidence::Entity::find()
        .select_only()
        .column(assessment_evidence::Column::AssessmentId)
        .column(assessment_evidence::Column::EvidenceId)
        .filter(assessment_evidence::Column::EvidenceId.in_subquery(ids))
        .order_by_asc(assessment_evidence::Column::AssessmentId)
        .order_by_asc(assessment_evidence::Column::Place)
        .into_tuple()
        .all(db)
        .await?;
    let mut cited: HashMap<i64, Vec<Evidence>> = HashMap::new();
    for (assessment, evidence) in uses {
        if let Some(record) = records.get(&evidence) {
            cited.entry(assessment).or_default().push(record.clone());
        }
    }
    Ok((numbered, cited))
}

/// A row and the evidence it cites as an assessment.
pub(super) fn assessment_of(
    row: assessment::Model,
    evidence: Vec<Evidence>,
) -> Result<Assessment, Error> {
    Ok(Assessment {
        status: row.status,
        rationale: row.rationale,
        confidence: row
            .confidence
            .map(|code| Confidence::parse(&code).ok_or_else(|| corrupt(&code)))
            .transpose()?,
        evidence,
        carried_over: row.carried_over,
        version: row.version,
        changed_at: row.changed_at,
    })
}

/// A row as a piece of evidence.
pub(super) fn evidence_of(row: evidence::Model) -> Result<Evidence, Error> {
    Ok(Evidence {
        title: row.title,
        source: row.source,
        publisher: row.publisher,
        date: row.date,
        kind: EvidenceKind::parse(&row.kind).ok_or_else(|| corrupt(&row.kind))?,
        note: row.note,
        language: row.language,
        archived: row.archived,
    })
}

impl TryFrom<review::Model> for Review {
    type Error = Error;

    fn try_from(row: review::Model) -> Result<Self, Error> {
        let cycle = u8::try_from(row.cycle).ok().and_then(Cycle::new);
        Ok(Self {
            id: row.id,
            code: ReviewCode {
                state: state_code(&row.state)?,
                cycle: cycle.ok_or_else(|| corrupt("cycle"))?,
            },
            session: row.session.and_then(|session| u8::try_from(session).ok()),
            date: row.date,
            report_symbol: row.report_symbol,
            addendum_symbol: row.addendum_symbol,
        })
    }
}

impl TryFrom<recommendation::Model> for Recommendation {
    type Error = Error;

    fn try_from(row: recommendation::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            paragraph: Paragraph::parse(&row.paragraph).map_err(|_| corrupt(&row.paragraph))?,
            text: row.text,
            language: row.language,
            summary: row.summary,
            recommending: Vec::new(),
            action_category: row
                .action_category
                .and_then(|number| u8::try_from(number).ok())
                .and_then(ActionCategory::new),
            terms: Vec::new(),
            positions: Vec::new(),
            source_id: row.source_id,
        })
    }
}

fn state_code(code: &str) -> Result<StateCode, Error> {
    StateCode::parse(code).ok_or_else(|| corrupt(code))
}

fn corrupt(what: &str) -> Error {
    Error::Corrupt(what.to_owned())
}
