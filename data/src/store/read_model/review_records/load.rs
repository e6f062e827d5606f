//! Reading reviews whole: a fixed number of queries for any number of reviews, however much they hold.

use crate::domain::{
    ActionCategory, Assessment, ChosenPosition, Cycle, Earlier, Evidence, EvidenceRecord,
    LanguageText, Link, Paragraph, Position, PositionClass, PublicHistory, Publication,
    Recommendation, RecordedDate, ReportedTotal, Review, ReviewCode, ReviewRecord, Round,
    RoundRecord, Scale, Scheme, StateCode, Superseded, Term, Unnumbered, Withdrawn, put_in_order,
};
use crate::store::Error;
use crate::store::entities::{
    assessment, assessment_evidence, counted_as, event, evidence, link, recommendation,
    reported_total, review, round,
};
use crate::store::read_model::review_records::frozen::Present;
use crate::store::read_model::{public_view, scales};
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Statement,
};
use serde::Deserialize;
use std::collections::HashMap;

/// Reads a review.
pub(crate) async fn load(
    db: &impl ConnectionTrait,
    code: ReviewCode,
) -> Result<ReviewRecord, Error> {
    let review = find_review(db, code).await?.ok_or(Error::NotFound)?;
    let mut rounds = rounds_of(db, &[review.id]).await?;
    let Rounds { shown, former } = rounds.remove(&review.id).unwrap_or_default();
    let (revision, changed_at) = last_event(db, code).await?;
    let mut record = ReviewRecord {
        recommendations: recommendations(db, review.id).await?,
        evidence: Vec::new(),
        links: links(db, recommendation::Column::ReviewId.eq(review.id)).await?,
        public: public_view::of_review(db, code, &published(&shown, &former)).await?,
        rounds: shown,
        former,
        review,
        revision,
        changed_at,
    };
    add_assessments(db, &mut record).await?;
    let counted = counted_in(db, &published_ids(&record), None).await?;
    freeze(&mut record, &by_their_round(&counted))?;
    Ok(record)
}

/// Some reviews as lists over all reviews show them, as they were read: nobody has made anything of the rows yet,
/// because that takes as long as reading them, and is done on another processor meanwhile.
pub(crate) struct ListedRows {
    /// Without their recommendations and assessments.
    records: Vec<ReviewRecord>,
    recommendations: Vec<OfReview>,
    /// The statuses of the default rounds.
    statuses: Vec<OfRound>,
    /// What the default rounds counted, where they are published.
    counted: Vec<OfRound>,
}

/// The recommendations of a review as one JSON array.
#[derive(FromQueryResult)]
pub(crate) struct OfReview {
    review_id: i64,
    recommendations: String,
}

/// What there is of a round, in one text.
#[derive(FromQueryResult)]
struct OfRound {
    round_id: i64,
    content: String,
}

/// Reads what lists over all reviews show of some reviews.
pub(crate) async fn listed(
    db: &impl ConnectionTrait,
    reviews: &[Review],
) -> Result<ListedRows, Error> {
    let ids: Vec<i64> = reviews.iter().map(|review| review.id).collect();
    let mut rounds = rounds_of(db, &ids).await?;
    let records = reviews.iter().map(|review| {
        let Rounds { shown, former } = rounds.remove(&review.id).unwrap_or_default();
        ReviewRecord {
            recommendations: Vec::new(),
            rounds: shown,
            former,
            evidence: Vec::new(),
            links: Vec::new(),
            review: review.clone(),
            revision: 0,
            changed_at: 0,
            public: PublicHistory::default(),
        }
    });
    let records: Vec<ReviewRecord> = records.collect();
    let backend = db.get_database_backend();
    let (array, pair, lines) = match backend {
        DbBackend::Postgres => ("json_agg", "json_build_array", "string_agg"),
        _ => ("json_group_array", "json_array", "group_concat"),
    };
    let of_rounds = async |content: String, table: &str, rounds: Vec<i64>| {
        let sql = format!(
            "SELECT round_id, CAST({content} AS TEXT) AS content FROM {table} \
             WHERE round_id IN ({}) GROUP BY round_id",
            numbers(&rounds)
        );
        OfRound::find_by_statement(Statement::from_string(backend, sql))
            .all(db)
            .await
    };
    let shown = || records.iter().filter_map(ReviewRecord::default_round);
    let of = |round: &RoundRecord| round.round.id;
    let published = shown().filter(|round| round.round.is_published());
    // The JSON in the table has no line break in it.
    let counted = format!("{lines}(CAST(recommendation_id AS TEXT) || ' ' || content, '\n')");
    Ok(ListedRows {
        recommendations: rows_where(db, &format!("r.review_id IN ({})", numbers(&ids))).await?,
        statuses: of_rounds(
            format!("{array}({pair}(recommendation_id, status))"),
            "assessment",
            shown().map(of).collect(),
        )
        .await?,
        counted: of_rounds(counted, "counted_as", published.map(of).collect()).await?,
        records,
    })
}

impl ListedRows {
    /// The reviews, in the order in which they were asked for.
    pub(crate) fn records(self) -> Result<Vec<ReviewRecord>, Error> {
        let mut recommendations = read_all(&self.recommendations)?;
        let statuses = by_round(&self.statuses);
        let counted = by_round(&self.counted);
        let mut records = self.records;
        for record in &mut records {
            let found = recommendations.remove(&record.review.id);
            record.recommendations = found.unwrap_or_default();
            let mut rows = CountedRows::new();
            for round in &mut record.rounds {
                let id = round.round.id;
                if let Some(found) = statuses.get(&id) {
                    round.assessments = statuses_in(id, found)?;
                }
                let lines = counted.get(&id).into_iter().flat_map(|found| found.lines());
                for line in lines {
                    let row = line.split_once(' ');
                    let row = row.and_then(|(row, content)| Some((row.parse().ok()?, content)));
                    let row = row.ok_or_else(|| corrupt(&format!("what round {id} counted")))?;
                    rows.entry(id).or_default().push(row);
                }
            }
            freeze(record, &rows)?;
        }
        Ok(records)
    }
}

fn by_round(rows: &[OfRound]) -> HashMap<i64, &str> {
    let pairs = rows.iter().map(|row| (row.round_id, row.content.as_str()));
    pairs.collect()
}

/// Assessments of which nothing but the status is known.
fn statuses_in(round: i64, json: &str) -> Result<HashMap<i64, Assessment>, Error> {
    let rows: Vec<(i64, String)> = serde_json::from_str(json)
        .map_err(|error| corrupt(&format!("assessments of round {round}: {error}")))?;
    let assessments = rows.into_iter().map(|(recommendation, status)| {
        let assessment = Assessment {
            status,
            rationale: String::new(),
            confidence: None,
            evidence: Vec::new(),
            carried_over: None,
            version: 0,
            changed_at: 0,
        };
        (recommendation, assessment)
    });
    Ok(assessments.collect())
}

/// Numbers for an SQL list, which are nothing else, and never none of them.
fn numbers(all: &[i64]) -> String {
    let all = all.iter().map(i64::to_string);
    let all: Vec<String> = std::iter::once("0".to_owned()).chain(all).collect();
    all.join(",")
}

/// The slugs of those rounds that were published.
pub(crate) fn published<'a>(shown: &'a [RoundRecord], former: &'a [RoundRecord]) -> Vec<&'a str> {
    let rounds = shown.iter().chain(former);
    let published = rounds.filter(|round| round.round.is_published());
    published.map(|round| round.round.slug.as_str()).collect()
}

/// The number and time of the last event that concerns a review.
pub(crate) async fn last_event(
    db: &impl ConnectionTrait,
    code: ReviewCode,
) -> Result<(i64, i64), Error> {
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
pub(crate) async fn find_review(
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
pub(crate) async fn recommendations(
    db: &impl ConnectionTrait,
    review: i64,
) -> Result<Vec<Recommendation>, Error> {
    let mut all = recommendations_where(db, &format!("r.review_id = {review}")).await?;
    Ok(all.remove(&review).unwrap_or_default())
}

/// Reads the recommendations that fit an SQL condition, by their review.
pub(crate) async fn recommendations_where(
    db: &impl ConnectionTrait,
    condition: &str,
) -> Result<HashMap<i64, Vec<Recommendation>>, Error> {
    read_all(&rows_where(db, condition).await?)
}

/// One row for each review, with its recommendations and their parts as JSON: a value costs more than what is in it,
/// and a recommendation has some ten parts.
async fn rows_where(db: &impl ConnectionTrait, condition: &str) -> Result<Vec<OfReview>, Error> {
    let backend = db.get_database_backend();
    let (list, array) = match backend {
        DbBackend::Postgres => ("json_agg", "json_build_array"),
        _ => ("json_group_array", "json_array"),
    };
    let parts = |values: &str, table: &str| {
        format!(
            "(SELECT {list}({array}(place, {values})) FROM {table} WHERE recommendation_id = r.id)"
        )
    };
    let sql = format!(
        "SELECT r.review_id, CAST({list}({array}(r.id, r.paragraph, r.text, r.language, \
         r.summary, r.action_category, r.source_id, {}, {}, {}, {}, {})) AS TEXT) AS recommendations \
         FROM recommendation r WHERE {condition} GROUP BY r.review_id",
        parts("state", "recommending_state"),
        parts("scheme, name", "term"),
        parts(
            "class, raw, source, source_paragraph, date, reason",
            "position"
        ),
        parts("name", "responsible_body"),
        parts("language, text, source", "recommendation_text"),
    );
    let statement = Statement::from_string(backend, sql);
    Ok(OfReview::find_by_statement(statement).all(db).await?)
}

/// The recommendations in each review's row, in paragraph order.
fn read_all(rows: &[OfReview]) -> Result<HashMap<i64, Vec<Recommendation>>, Error> {
    let of_review = |row: &OfReview| {
        let parts: Vec<RecommendationParts> =
            serde_json::from_str(&row.recommendations).map_err(|error| {
                corrupt(&format!(
                    "recommendations of review {}: {error}",
                    row.review_id
                ))
            })?;
        let mut all: Vec<Recommendation> = parts.into_iter().map(Recommendation::from).collect();
        put_in_order(&mut all);
        Ok((row.review_id, all))
    };
    rows.iter().map(of_review).collect()
}

/// A recommendation's columns and parts. PostgreSQL has no list where there are no parts.
#[derive(Deserialize)]
struct RecommendationParts(
    i64,
    Paragraph,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i32>,
    Option<String>,
    Option<Vec<(i64, StateCode)>>,
    Option<Vec<(i64, Scheme, String)>>,
    Option<Vec<PositionParts>>,
    Option<Vec<(i64, String)>>,
    Option<Vec<TextParts>>,
);

type TextParts = (i64, String, String, Option<String>);

type PositionParts = (
    i64,
    PositionClass,
    String,
    Option<String>,
    Option<String>,
    Option<RecordedDate>,
    Option<String>,
);

impl From<RecommendationParts> for Recommendation {
    fn from(parts: RecommendationParts) -> Self {
        let RecommendationParts(id, paragraph, text, language, summary, category, source_id, ..) =
            parts;
        let mut states = parts.7.unwrap_or_default();
        let mut terms = parts.8.unwrap_or_default();
        let mut positions = parts.9.unwrap_or_default();
        let mut bodies = parts.10.unwrap_or_default();
        let mut texts = parts.11.unwrap_or_default();
        states.sort_unstable_by_key(|(place, _)| *place);
        terms.sort_unstable_by_key(|(place, ..)| *place);
        positions.sort_unstable_by_key(|(place, ..)| *place);
        bodies.sort_unstable_by_key(|(place, _)| *place);
        texts.sort_unstable_by_key(|(place, ..)| *place);
        let chosen_position =
            positions
                .iter()
                .find_map(|(_, class, _, source, source_paragraph, _, reason)| {
                    Some(ChosenPosition {
                        class: *class,
                        source: source.clone(),
                        source_paragraph: source_paragraph.clone(),
                        reason: reason.clone()?,
                    })
                });
        let position = |(_, class, raw, source, source_paragraph, date, _)| Position {
            class,
            raw,
            source,
            source_paragraph,
            date,
        };
        Self {
            id,
            unnumbered: Unnumbered::default(),
            paragraph,
            text,
            language,
            texts: texts
                .into_iter()
                .map(|(_, language, text, source)| LanguageText {
                    language,
                    text,
                    source,
                })
                .collect(),
            summary,
            recommending: states.into_iter().map(|(_, state)| state).collect(),
            action_category: category
                .and_then(|number| u8::try_from(number).ok())
                .and_then(ActionCategory::new),
            responsible_bodies: bodies.into_iter().map(|(_, name)| name).collect(),
            terms: terms
                .into_iter()
                .map(|(_, scheme, name)| Term { scheme, name })
                .collect(),
            positions: positions.into_iter().map(position).collect(),
            chosen_position,
            source_id,
        }
    }
}

/// A list in a column of its own; none where the column is empty.
fn parsed<T: serde::de::DeserializeOwned>(json: Option<&str>) -> Result<Vec<T>, Error> {
    json.map_or_else(
        || Ok(Vec::new()),
        |json| serde_json::from_str(json).map_err(|error| corrupt(&error.to_string())),
    )
}

/// The rounds of a review: see [`ReviewRecord`].
#[derive(Default)]
pub(crate) struct Rounds {
    /// Those that are open or count.
    pub(crate) shown: Vec<RoundRecord>,
    /// Those that were superseded or withdrawn.
    pub(crate) former: Vec<RoundRecord>,
}

/// The rounds of reviews without their assessments, the newest as-of date first.
pub(crate) async fn rounds_of(
    db: &impl ConnectionTrait,
    reviews: &[i64],
) -> Result<HashMap<i64, Rounds>, Error> {
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
                position: row.position,
                status: row.status,
                count: u32::try_from(row.count).map_err(|_| corrupt("count"))?,
                citation: row.citation,
                derived: row.derived,
            });
    }
    let covers = covers(db, reviews).await?;
    let mut by_review: HashMap<i64, Vec<RoundRecord>> = HashMap::new();
    for row in rows {
        let withdrawn = row.withdrawn_at.map(|at| Withdrawn {
            at,
            reason: row.withdrawal_reason.unwrap_or_default(),
        });
        let scale = scales
            .get(&row.scale_id)
            .ok_or_else(|| corrupt("scale"))?
            .clone();
        let round = Round {
            id: row.id,
            slug: row.slug,
            organisation: row.organisation,
            title: row.title,
            as_of: row.as_of.map(RecordedDate::from),
            scale,
            kind: row.kind,
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
            publication: Publication {
                correction: 0,
                correction_reason: row.correction_reason,
                superseded: None,
                withdrawn,
                headline_reason: row.headline_reason,
                covers: covers.get(&row.id).copied().unwrap_or_default(),
            },
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
    let parted = by_review.into_iter().map(|(review, mut rounds)| {
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
        number_corrections(&mut rounds);
        let (former, shown) = rounds.into_iter().partition(|one| one.round.is_former());
        (review, Rounds { shown, former })
    });
    Ok(parted.collect())
}

/// How many recommendations each published round assesses, by its row, whether or not its assessments are read.
async fn covers(db: &impl ConnectionTrait, reviews: &[i64]) -> Result<HashMap<i64, u64>, Error> {
    let sql = format!(
        "SELECT a.round_id, count(*) FROM round o JOIN assessment a ON a.round_id = o.id \
         JOIN status s ON s.scale_id = o.scale_id AND s.code = a.status \
         WHERE o.published_at IS NOT NULL AND s.counts_as_assessed AND o.review_id IN ({}) \
         GROUP BY a.round_id",
        numbers(reviews)
    );
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let mut covers = HashMap::new();
    for row in db.query_all_raw(statement).await? {
        let count: i64 = row.try_get_by_index(1)?;
        covers.insert(row.try_get_by_index(0)?, u64::try_from(count).unwrap_or(0));
    }
    Ok(covers)
}

/// Numbers the corrections among the rounds of a review, and says of each superseded round what took its place.
fn number_corrections(rounds: &mut [RoundRecord]) {
    let corrects: HashMap<String, String> = rounds
        .iter()
        .filter_map(|one| Some((one.round.slug.clone(), one.round.supersedes.clone()?)))
        .collect();
    let number = |slug: &str| {
        let (mut number, mut slug) = (0, slug);
        // A circle, which nothing of this program makes, has an end here; `check` reports it.
        while let Some(corrected) = corrects.get(slug).filter(|_| number <= corrects.len()) {
            number += 1;
            slug = corrected;
        }
        u32::try_from(number).unwrap_or(u32::MAX)
    };
    let mut superseded: HashMap<String, Superseded> = HashMap::new();
    for one in rounds.iter_mut() {
        let round = &mut one.round;
        round.publication.correction = number(&round.slug);
        if let (Some(corrected), Some(at)) = (&round.supersedes, round.published_at) {
            let by = Superseded {
                by: round.slug.clone(),
                correction: round.publication.correction,
                at,
                reason: round
                    .publication
                    .correction_reason
                    .clone()
                    .unwrap_or_default(),
            };
            superseded.insert(corrected.clone(), by);
        }
    }
    for one in rounds.iter_mut() {
        one.round.publication.superseded = superseded.remove(&one.round.slug);
    }
}

fn round_ids(reviews: &[i64]) -> SelectStatement {
    Query::select()
        .column(round::Column::Id)
        .from(round::Entity)
        .and_where(round::Column::ReviewId.is_in(reviews.iter().copied()))
        .to_owned()
}

async fn add_assessments(
    db: &impl ConnectionTrait,
    record: &mut ReviewRecord,
) -> Result<(), Error> {
    let review = record.review.id;
    let rows = assessment::Entity::find()
        .filter(assessment::Column::RoundId.in_subquery(round_ids(&[review])))
        .all(db)
        .await?;
    let (numbered, mut evidence) = evidence_of_review(db, review).await?;
    record.evidence = numbered;
    let mut rounds: HashMap<i64, &mut RoundRecord> = record
        .rounds
        .iter_mut()
        .chain(&mut record.former)
        .map(|round| (round.round.id, round))
        .collect();
    for row in rows {
        let evidence = evidence.remove(&row.id).unwrap_or_default();
        if let Some(record) = rounds.get_mut(&row.round_id) {
            record
                .assessments
                .insert(row.recommendation_id, assessment_of(row, evidence));
        }
    }
    Ok(())
}

/// What rounds counted: by round, the recommendations with their JSON.
type CountedRows<'a> = HashMap<i64, Vec<(i64, &'a str)>>;

/// The rows of a record's published rounds.
pub(crate) fn published_ids(record: &ReviewRecord) -> Vec<i64> {
    let published = record
        .all_rounds()
        .filter(|round| round.round.is_published());
    published.map(|round| round.round.id).collect()
}

/// What published rounds counted; of one recommendation only, if `only` names it.
pub(crate) async fn counted_in(
    db: &impl ConnectionTrait,
    rounds: &[i64],
    only: Option<i64>,
) -> Result<Vec<counted_as::Model>, Error> {
    if rounds.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows = counted_as::Entity::find()
        .filter(counted_as::Column::RoundId.is_in(rounds.iter().copied()));
    if let Some(only) = only {
        rows = rows.filter(counted_as::Column::RecommendationId.eq(only));
    }
    Ok(rows.all(db).await?)
}

/// Rows by their round.
pub(crate) fn by_their_round(rows: &[counted_as::Model]) -> CountedRows<'_> {
    let mut by_round = CountedRows::new();
    for row in rows {
        let counted = by_round.entry(row.round_id).or_default();
        counted.push((row.recommendation_id, row.content.as_str()));
    }
    by_round
}

/// Gives published rounds what they counted, where it has changed since.
pub(crate) fn freeze(record: &mut ReviewRecord, rows: &CountedRows<'_>) -> Result<(), Error> {
    if rows.is_empty() {
        return Ok(());
    }
    let present: HashMap<i64, Present<'_>> = record
        .recommendations
        .iter()
        .map(|one| (one.id, Present::of(one)))
        .collect();
    for round in record.rounds.iter_mut().chain(&mut record.former) {
        for (recommendation, content) in rows.get(&round.round.id).into_iter().flatten() {
            if let Some(present) = present.get(recommendation)
                && let Some(frozen) = present.frozen(content)?
            {
                round.frozen.insert(*recommendation, frozen);
            }
        }
    }
    Ok(())
}

/// The evidence of a review by number, and what each assessment cites of it.
pub(crate) async fn evidence_of_review(
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
        let evidence = evidence_of(row);
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

/// What was decided about the recommendations that fit a condition, and those of earlier reviews.
pub(crate) async fn links(db: &impl ConnectionTrait, condition: Expr) -> Result<Vec<Link>, Error> {
    let of = Query::select()
        .column(recommendation::Column::Id)
        .from(recommendation::Entity)
        .and_where(condition)
        .to_owned();
    let rows = link::Entity::find()
        .filter(link::Column::RecommendationId.in_subquery(of))
        .order_by_asc(link::Column::RecommendationId)
        .order_by_asc(link::Column::EarlierId)
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let earlier = recommendation::Entity::find()
        .select_only()
        .columns([
            recommendation::Column::Id,
            recommendation::Column::Paragraph,
        ])
        .columns([review::Column::State, review::Column::Cycle])
        .inner_join(review::Entity)
        .filter(recommendation::Column::Id.is_in(rows.iter().map(|row| row.earlier_id)))
        .into_model::<EarlierRow>()
        .all(db)
        .await?;
    let mut named: HashMap<i64, Earlier> = HashMap::new();
    for row in earlier {
        let review = review_code(&row.state, row.cycle)?;
        let paragraph = Paragraph::parse(&row.paragraph).map_err(|_| corrupt(&row.paragraph))?;
        named.insert(row.id, Earlier { review, paragraph });
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

/// A recommendation and its review, by their names.
#[derive(FromQueryResult)]
struct EarlierRow {
    id: i64,
    paragraph: String,
    state: String,
    cycle: i32,
}

/// A row and the evidence it cites as an assessment.
pub(crate) fn assessment_of(row: assessment::Model, evidence: Vec<Evidence>) -> Assessment {
    Assessment {
        status: row.status,
        rationale: row.rationale,
        confidence: row.confidence,
        evidence,
        carried_over: row.carried_over,
        version: row.version,
        changed_at: row.changed_at,
    }
}

/// A row as a piece of evidence.
pub(crate) fn evidence_of(row: evidence::Model) -> Evidence {
    Evidence {
        title: row.title,
        source: row.source,
        publisher: row.publisher,
        date: row.date.map(RecordedDate::from),
        kind: row.kind,
        note: row.note,
        language: row.language,
        archived: row.archived,
    }
}

impl TryFrom<review::Model> for Review {
    type Error = Error;

    fn try_from(row: review::Model) -> Result<Self, Error> {
        Ok(Self {
            id: row.id,
            code: review_code(&row.state, row.cycle)?,
            session: row.session.and_then(|session| u8::try_from(session).ok()),
            date: row.date.map(RecordedDate::from),
            report_symbol: row.report_symbol,
            addendum_symbol: row.addendum_symbol,
        })
    }
}

fn review_code(state: &str, cycle: i32) -> Result<ReviewCode, Error> {
    let cycle = u8::try_from(cycle).ok().and_then(Cycle::new);
    Ok(ReviewCode {
        state: StateCode::parse(state).ok_or_else(|| corrupt(state))?,
        cycle: cycle.ok_or_else(|| corrupt("cycle"))?,
    })
}

pub(crate) fn corrupt(what: &str) -> Error {
    Error::Corrupt(what.to_owned())
}
