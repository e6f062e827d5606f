//! Reading reviews whole: a fixed number of queries for any number of reviews, however much they hold.

use super::super::entities::{
    assessment, assessment_evidence, counted_as, event, evidence, link, recommendation,
    reported_total, review, round,
};
use super::super::{Error, public_view, rounds, scales};
use crate::domain::{
    ActionCategory, Assessment, Confidence, Cycle, Earlier, Evidence, EvidenceKind, EvidenceRecord,
    Link, Paragraph, Position, PositionClass, PublicHistory, Recommendation, ReportedTotal, Review,
    ReviewCode, ReviewRecord, Round, RoundKind, RoundRecord, Scale, Scheme, StateCode, Term,
};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QueryResult,
    QuerySelect, Statement,
};
use std::collections::HashMap;

/// How much of a review is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Reach {
    /// Everything.
    Whole,
    /// What lists over all reviews show: of the assessments, the statuses of the default round.
    Listed,
}

/// Reads a review.
pub(in super::super) async fn load(
    db: &impl ConnectionTrait,
    code: ReviewCode,
) -> Result<ReviewRecord, Error> {
    let review = find_review(db, code).await?.ok_or(Error::NotFound)?;
    let mut records = load_all(db, vec![review], Reach::Whole).await?;
    records.pop().ok_or(Error::NotFound)
}

/// Reads reviews, in the order given.
pub(in super::super) async fn load_all(
    db: &impl ConnectionTrait,
    reviews: Vec<Review>,
    reach: Reach,
) -> Result<Vec<ReviewRecord>, Error> {
    let ids: Vec<i64> = reviews.iter().map(|review| review.id).collect();
    let mut recommendations = recommendations_of(db, &ids).await?;
    let mut rounds = rounds_of(db, &ids).await?;
    let mut records = Vec::with_capacity(reviews.len());
    for review in reviews {
        let rounds = rounds.remove(&review.id).unwrap_or_default();
        let (revision, changed_at) = match reach {
            Reach::Whole => last_event(db, review.code).await?,
            Reach::Listed => (0, 0),
        };
        let public = match reach {
            Reach::Whole => public_view::of_review(db, review.code, &published(&rounds)).await?,
            Reach::Listed => PublicHistory::default(),
        };
        records.push(ReviewRecord {
            recommendations: recommendations.remove(&review.id).unwrap_or_default(),
            rounds,
            evidence: Vec::new(),
            links: match reach {
                Reach::Whole => links(db, review.id).await?,
                Reach::Listed => Vec::new(),
            },
            review,
            revision,
            changed_at,
            public,
        });
    }
    add_assessments(db, &mut records, reach).await?;
    freeze(db, &mut records, reach).await?;
    Ok(records)
}

/// The slugs of those rounds that are published.
fn published(rounds: &[RoundRecord]) -> Vec<&str> {
    let published = rounds.iter().filter(|round| round.round.is_published());
    published.map(|round| round.round.slug.as_str()).collect()
}

/// The number and time of the last event that concerns a review.
async fn last_event(db: &impl ConnectionTrait, code: ReviewCode) -> Result<(i64, i64), Error> {
    // The greatest of each, not the last row: so the index on reviews is used, not the one on numbers.
    let last: Option<(Option<i64>, Option<i64>)> = event::Entity::find()
        .select_only()
        .column_as(event::Column::Id.max(), "id")
        .column_as(event::Column::At.max(), "at")
        .filter(event::Column::Review.eq(code.to_string()))
        .into_tuple()
        .one(db)
        .await?;
    let (id, at) = last.unwrap_or_default();
    Ok((id.unwrap_or_default(), at.unwrap_or_default()))
}

/// The review of that code, if there is one.
pub(in super::super) async fn find_review(
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
pub(in super::super) async fn recommendations(
    db: &impl ConnectionTrait,
    review: i64,
) -> Result<Vec<Recommendation>, Error> {
    let mut all = recommendations_of(db, &[review]).await?;
    Ok(all.remove(&review).unwrap_or_default())
}

/// One row for each recommendation, with its parts as JSON: a row costs more than what is in it, and a
/// recommendation has some ten parts.
async fn recommendations_of(
    db: &impl ConnectionTrait,
    reviews: &[i64],
) -> Result<HashMap<i64, Vec<Recommendation>>, Error> {
    let backend = db.get_database_backend();
    let (list, array) = match backend {
        DbBackend::Postgres => ("json_agg", "json_build_array"),
        _ => ("json_group_array", "json_array"),
    };
    let parts = |values: &str, table: &str| {
        format!(
            "(SELECT CAST({list}({array}({values}) ORDER BY place) AS TEXT) FROM {table} \
             WHERE recommendation_id = r.id)"
        )
    };
    let reviews: Vec<String> = reviews.iter().map(i64::to_string).collect();
    let sql = format!(
        "SELECT r.id, r.review_id, r.paragraph, r.text, r.language, r.summary, r.action_category, \
         r.source_id, {}, {}, {} FROM recommendation r WHERE r.review_id IN ({})",
        parts("state", "recommending_state"),
        parts("scheme, name", "term"),
        parts("class, raw, source, source_paragraph, date", "position"),
        // Numbers, so nothing in them can be SQL; and never none of them.
        std::iter::once("0".to_owned())
            .chain(reviews)
            .collect::<Vec<_>>()
            .join(",")
    );
    let rows = db
        .query_all_raw(Statement::from_string(backend, sql))
        .await?;
    let mut by_review: HashMap<i64, Vec<Recommendation>> = HashMap::new();
    for row in rows {
        let review: i64 = row.try_get_by_index(1)?;
        by_review
            .entry(review)
            .or_default()
            .push(recommendation_of(&row)?);
    }
    for recommendations in by_review.values_mut() {
        recommendations.sort_by_cached_key(|one| one.paragraph.order());
    }
    Ok(by_review)
}

type PositionParts = (
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
);

fn recommendation_of(row: &QueryResult) -> Result<Recommendation, Error> {
    let states: Vec<[String; 1]> = parts_of(row, 8)?;
    let terms: Vec<[String; 2]> = parts_of(row, 9)?;
    let positions: Vec<PositionParts> = parts_of(row, 10)?;
    let paragraph: String = row.try_get_by_index(2)?;
    let action_category: Option<i32> = row.try_get_by_index(6)?;
    Ok(Recommendation {
        id: row.try_get_by_index(0)?,
        paragraph: Paragraph::parse(&paragraph).map_err(|_| corrupt(&paragraph))?,
        text: row.try_get_by_index(3)?,
        language: row.try_get_by_index(4)?,
        summary: row.try_get_by_index(5)?,
        recommending: states
            .iter()
            .map(|[code]| state_code(code))
            .collect::<Result<_, _>>()?,
        action_category: action_category
            .and_then(|number| u8::try_from(number).ok())
            .and_then(ActionCategory::new),
        terms: terms
            .into_iter()
            .map(|[scheme, name]| {
                let scheme = Scheme::parse(&scheme).ok_or_else(|| corrupt(&scheme))?;
                Ok(Term { scheme, name })
            })
            .collect::<Result<_, Error>>()?,
        positions: positions
            .into_iter()
            .map(|(class, raw, source, source_paragraph, date)| {
                Ok(Position {
                    class: PositionClass::parse(&class).ok_or_else(|| corrupt(&class))?,
                    raw,
                    source,
                    source_paragraph,
                    date,
                })
            })
            .collect::<Result<_, Error>>()?,
        source_id: row.try_get_by_index(7)?,
    })
}

/// A list in a column; none for no parts.
fn parts_of<T: serde::de::DeserializeOwned>(
    row: &QueryResult,
    column: usize,
) -> Result<Vec<T>, Error> {
    let json: Option<String> = row.try_get_by_index(column)?;
    parsed(json.as_deref())
}

/// A list in a column of its own; none where the column is empty.
fn parsed<T: serde::de::DeserializeOwned>(json: Option<&str>) -> Result<Vec<T>, Error> {
    json.map_or_else(
        || Ok(Vec::new()),
        |json| serde_json::from_str(json).map_err(|error| corrupt(&error.to_string())),
    )
}

/// The rounds of reviews without their assessments, the newest as-of date first.
async fn rounds_of(
    db: &impl ConnectionTrait,
    reviews: &[i64],
) -> Result<HashMap<i64, Vec<RoundRecord>>, Error> {
    let rows = round::Entity::find()
        .filter(round::Column::ReviewId.is_in(reviews.iter().copied()))
        .all(db)
        .await?;
    let totals = reported_total::Entity::find()
        .filter(reported_total::Column::RoundId.in_subquery(round_ids(reviews)))
        .order_by_asc(reported_total::Column::Place)
        .all(db)
        .await?;
    let scales: HashMap<i64, Scale> = scales::all(db)
        .await?
        .into_iter()
        .map(|scale| (scale.id, scale))
        .collect();
    let mut by_round: HashMap<i64, Vec<ReportedTotal>> = HashMap::new();
    for row in totals {
        by_round
            .entry(row.round_id)
            .or_default()
            .push(ReportedTotal {
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
    let mut by_review: HashMap<i64, Vec<RoundRecord>> = HashMap::new();
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
            redactions: parsed(row.redactions.as_deref())?,
        };
        by_review
            .entry(row.review_id)
            .or_default()
            .push(RoundRecord {
                totals: by_round.remove(&round.id).unwrap_or_default(),
                round,
                assessments: HashMap::new(),
                frozen: HashMap::new(),
            });
    }
    for rounds in by_review.values_mut() {
        rounds.sort_by(|a, b| {
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
    }
    Ok(by_review)
}

fn round_ids(reviews: &[i64]) -> SelectStatement {
    Query::select()
        .column(round::Column::Id)
        .from(round::Entity)
        .and_where(round::Column::ReviewId.is_in(reviews.iter().copied()))
        .to_owned()
}

/// The rounds of records by their rows.
fn by_id(records: &mut [ReviewRecord]) -> HashMap<i64, &mut RoundRecord> {
    records
        .iter_mut()
        .flat_map(|record| &mut record.rounds)
        .map(|round| (round.round.id, round))
        .collect()
}

/// The rows of default rounds.
fn default_rounds(records: &[ReviewRecord]) -> Vec<i64> {
    let rounds = records.iter().filter_map(ReviewRecord::default_round);
    rounds.map(|round| round.round.id).collect()
}

async fn add_assessments(
    db: &impl ConnectionTrait,
    records: &mut [ReviewRecord],
    reach: Reach,
) -> Result<(), Error> {
    if reach == Reach::Listed {
        let rows: Vec<(i64, i64, String)> = assessment::Entity::find()
            .select_only()
            .column(assessment::Column::RoundId)
            .column(assessment::Column::RecommendationId)
            .column(assessment::Column::Status)
            .filter(assessment::Column::RoundId.is_in(default_rounds(records)))
            .into_tuple()
            .all(db)
            .await?;
        let mut rounds = by_id(records);
        for (round, recommendation, status) in rows {
            if let Some(record) = rounds.get_mut(&round) {
                let assessment = Assessment {
                    status,
                    rationale: String::new(),
                    confidence: None,
                    evidence: Vec::new(),
                    carried_over: None,
                    version: 0,
                    changed_at: 0,
                };
                record.assessments.insert(recommendation, assessment);
            }
        }
        return Ok(());
    }
    for record in records {
        let review = record.review.id;
        let rows = assessment::Entity::find()
            .filter(assessment::Column::RoundId.in_subquery(round_ids(&[review])))
            .all(db)
            .await?;
        let (numbered, mut evidence) = evidence_of_review(db, review).await?;
        record.evidence = numbered;
        let mut rounds = by_id(std::slice::from_mut(record));
        for row in rows {
            let evidence = evidence.remove(&row.id).unwrap_or_default();
            if let Some(record) = rounds.get_mut(&row.round_id) {
                record
                    .assessments
                    .insert(row.recommendation_id, assessment_of(row, evidence)?);
            }
        }
    }
    Ok(())
}

/// Gives published rounds what they counted, where it has changed since.
async fn freeze(
    db: &impl ConnectionTrait,
    records: &mut [ReviewRecord],
    reach: Reach,
) -> Result<(), Error> {
    let listed = default_rounds(records);
    let published: Vec<i64> = records
        .iter()
        .flat_map(|record| &record.rounds)
        .filter(|round| round.round.is_published())
        .map(|round| round.round.id)
        .filter(|id| reach == Reach::Whole || listed.contains(id))
        .collect();
    if published.is_empty() {
        return Ok(());
    }
    let rows = counted_as::Entity::find()
        .filter(counted_as::Column::RoundId.is_in(published))
        .all(db)
        .await?;
    let mut by_round: HashMap<i64, Vec<counted_as::Model>> = HashMap::new();
    for row in rows {
        by_round.entry(row.round_id).or_default().push(row);
    }
    for record in records {
        if !record
            .rounds
            .iter()
            .any(|round| by_round.contains_key(&round.round.id))
        {
            continue;
        }
        let present: HashMap<i64, rounds::Present<'_>> = record
            .recommendations
            .iter()
            .map(|one| (one.id, rounds::Present::of(one)))
            .collect();
        for round in &mut record.rounds {
            for row in by_round.remove(&round.round.id).unwrap_or_default() {
                if let Some(present) = present.get(&row.recommendation_id)
                    && let Some(frozen) = present.frozen(&row.content)?
                {
                    round.frozen.insert(row.recommendation_id, frozen);
                }
            }
        }
    }
    Ok(())
}

/// The evidence of a review by number, and what each assessment cites of it.
pub(in super::super) async fn evidence_of_review(
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
    let ids = Query::select()
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

/// What was decided about the recommendations of a review and those of earlier ones.
async fn links(db: &impl ConnectionTrait, review: i64) -> Result<Vec<Link>, Error> {
    let of_review = Query::select()
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

/// A row and the evidence it cites as an assessment.
pub(in super::super) fn assessment_of(
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
pub(in super::super) fn evidence_of(row: evidence::Model) -> Result<Evidence, Error> {
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

fn state_code(code: &str) -> Result<StateCode, Error> {
    StateCode::parse(code).ok_or_else(|| corrupt(code))
}

fn corrupt(what: &str) -> Error {
    Error::Corrupt(what.to_owned())
}
