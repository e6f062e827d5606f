//! The places of assessments and what stands there, read with a few statements for all of them.

use crate::domain::{Assessment, Paragraph, Review, ReviewCode};
use crate::store::Error;
use crate::store::entities::{
    assessment, assessment_evidence, draft, event, evidence, recommendation, review, round,
};
use crate::store::read_model::review_records::{self, Kept};
use crate::store::rounds::assessments::{Place, refuse_closed};
use crate::store::rounds::scales;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// The names of the place that an assessment has.
#[derive(Clone, Copy)]
pub(crate) struct Target<'a> {
    pub(crate) review: ReviewCode,
    /// The round's slug.
    pub(crate) round: &'a str,
    pub(crate) paragraph: &'a Paragraph,
}

/// A place, and the assessment that stands there.
pub(super) struct Found {
    pub(super) place: Place,
    /// The assessment with its row; `None` if there is none.
    pub(super) present: Option<(i64, Assessment)>,
    /// The number of versions that there were before the assessment was taken away; 0 where one is present.
    pub(super) former: i64,
}

/// Drafts, by round, recommendation and account.
pub(super) type Drafts = HashSet<(i64, i64, i64)>;

/// Finds each place and its assessment, or why there is none.
pub(super) async fn find(
    kept: &Kept,
    db: &impl ConnectionTrait,
    targets: &[Target<'_>],
) -> Result<Vec<Result<Found, Error>>, Error> {
    let places = places(kept, db, targets).await?;
    let open = places.iter().flatten();
    let mut present = present(db, open.clone()).await?;
    let new = open.filter(|place| !present.contains_key(&key(place)));
    let former = former_versions(db, new).await?;
    let mut found = Vec::with_capacity(places.len());
    for place in places {
        found.push(place.map(|place| {
            let present = present.remove(&key(&place));
            let former = former.get(&names(&place)).copied().unwrap_or_default();
            Found {
                place,
                present,
                former,
            }
        }));
    }
    Ok(found)
}

/// Loads the drafts of these accounts.
pub(super) async fn drafts(
    db: &impl ConnectionTrait,
    accounts: impl Iterator<Item = i64>,
) -> Result<Drafts, Error> {
    let Some(accounts) = padded(accounts) else {
        return Ok(Drafts::new());
    };
    let drafts: Vec<(i64, i64, i64)> = draft::Entity::find()
        .select_only()
        .column(draft::Column::RoundId)
        .column(draft::Column::RecommendationId)
        .column(draft::Column::AccountId)
        .filter(draft::Column::AccountId.is_in(accounts))
        .into_tuple()
        .all(db)
        .await?;
    Ok(drafts.into_iter().collect())
}

/// The row of the round and of the recommendation.
pub(super) fn key(place: &Place) -> (i64, i64) {
    (place.round.id, place.recommendation)
}

/// The names by which the history knows a place: review, round and paragraph.
pub(super) fn names(place: &Place) -> (String, String, String) {
    (
        place.review.code.to_string(),
        place.round.slug.clone(),
        place.paragraph.clone(),
    )
}

/// Each value once, and the last one again until there is a power of two of them: statements of few lengths stay
/// prepared. None if there is no value.
fn padded<T: Clone + Eq + Hash>(values: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let mut seen = HashSet::new();
    let mut all: Vec<T> = values.filter(|value| seen.insert(value.clone())).collect();
    let last = all.last()?.clone();
    all.resize(all.len().next_power_of_two(), last);
    Some(all)
}

/// Returns the condition that one of the values meets.
fn any<T>(values: Vec<T>, condition: impl Fn(T) -> Condition) -> Condition {
    let any = Condition::any();
    values
        .into_iter()
        .fold(any, |any, value| any.add(condition(value)))
}

/// Finds the place of each target. Published rounds and rounds of totals refuse.
pub(super) async fn places(
    kept: &Kept,
    db: &impl ConnectionTrait,
    targets: &[Target<'_>],
) -> Result<Vec<Result<Place, Error>>, Error> {
    let reviews = reviews(db, targets).await?;
    let in_review = || {
        let found = targets
            .iter()
            .map(|target| (reviews.get(&target.review), target));
        found.filter_map(|(review, target)| Some((review?.id, target)))
    };
    // PostgreSQL rejects a statement with this character.
    let named = in_review().filter(|(_, target)| !target.round.contains('\0'));
    let rounds = rounds(db, named.map(|(id, target)| (id, target.round.to_owned()))).await?;
    let named = in_review().map(|(id, target)| (id, target.paragraph.as_str().to_owned()));
    let recommendations = recommendations(db, named).await?;
    let mut places = Vec::with_capacity(targets.len());
    for target in targets {
        let Some(review) = reviews.get(&target.review) else {
            places.push(Err(Error::NotFound));
            continue;
        };
        let round = rounds.get(&(review.id, target.round.to_owned()));
        let named = (review.id, target.paragraph.as_str().to_owned());
        let place = match (round, recommendations.get(&named)) {
            (None, _) => Err(Error::NotFound),
            (Some(round), found) => match (refuse_closed(round), found) {
                (Err(refusal), _) => Err(refusal.into()),
                (Ok(()), None) => Err(Error::NotFound),
                (Ok(()), Some(recommendation)) => Ok(Place {
                    review: review.clone(),
                    round: round.clone(),
                    scale: scales::of_round(kept, db, round.scale_id).await?,
                    recommendation: *recommendation,
                    paragraph: named.1,
                }),
            },
        };
        places.push(place);
    }
    Ok(places)
}

async fn reviews(
    db: &impl ConnectionTrait,
    targets: &[Target<'_>],
) -> Result<HashMap<ReviewCode, Review>, Error> {
    let Some(codes) = padded(targets.iter().map(|target| target.review)) else {
        return Ok(HashMap::new());
    };
    let rows = review::Entity::find()
        .filter(any(codes, |code| {
            Condition::all()
                .add(review::Column::State.eq(code.state.as_str()))
                .add(review::Column::Cycle.eq(i32::from(code.cycle.number())))
        }))
        .all(db)
        .await?;
    let reviews = rows.into_iter().map(|row| {
        let review = Review::try_from(row)?;
        Ok((review.code, review))
    });
    reviews.collect()
}

async fn rounds(
    db: &impl ConnectionTrait,
    named: impl Iterator<Item = (i64, String)>,
) -> Result<HashMap<(i64, String), round::Model>, Error> {
    let Some(named) = padded(named) else {
        return Ok(HashMap::new());
    };
    let rows = round::Entity::find()
        .filter(any(named, |(review, slug)| {
            Condition::all()
                .add(round::Column::ReviewId.eq(review))
                .add(round::Column::Slug.eq(slug))
        }))
        .all(db)
        .await?;
    let by_name = rows
        .into_iter()
        .map(|row| ((row.review_id, row.slug.clone()), row));
    Ok(by_name.collect())
}

async fn recommendations(
    db: &impl ConnectionTrait,
    named: impl Iterator<Item = (i64, String)>,
) -> Result<HashMap<(i64, String), i64>, Error> {
    let Some(named) = padded(named) else {
        return Ok(HashMap::new());
    };
    let rows: Vec<(i64, String, i64)> = recommendation::Entity::find()
        .select_only()
        .column(recommendation::Column::ReviewId)
        .column(recommendation::Column::Paragraph)
        .column(recommendation::Column::Id)
        .filter(any(named, |(review, paragraph)| {
            Condition::all()
                .add(recommendation::Column::ReviewId.eq(review))
                .add(recommendation::Column::Paragraph.eq(paragraph))
        }))
        .into_tuple()
        .all(db)
        .await?;
    let by_name = rows
        .into_iter()
        .map(|(review, paragraph, id)| ((review, paragraph), id));
    Ok(by_name.collect())
}

/// Loads the assessments of places, with their rows.
pub(super) async fn present<'a>(
    db: &impl ConnectionTrait,
    places: impl Iterator<Item = &'a Place>,
) -> Result<HashMap<(i64, i64), (i64, Assessment)>, Error> {
    let Some(keys) = padded(places.map(key)) else {
        return Ok(HashMap::new());
    };
    let rows = assessment::Entity::find()
        .filter(any(keys, |(round, recommendation)| {
            Condition::all()
                .add(assessment::Column::RoundId.eq(round))
                .add(assessment::Column::RecommendationId.eq(recommendation))
        }))
        .all(db)
        .await?;
    let mut evidence = evidence_of(db, rows.iter().map(|row| row.id)).await?;
    let present = rows.into_iter().map(|row| {
        let (id, key) = (row.id, (row.round_id, row.recommendation_id));
        let cited = evidence.remove(&id).unwrap_or_default();
        let cited = cited.into_iter().map(review_records::evidence_of);
        (
            key,
            (id, review_records::assessment_of(row, cited.collect())),
        )
    });
    Ok(present.collect())
}

/// Loads the evidence that assessments cite, in its order.
async fn evidence_of(
    db: &impl ConnectionTrait,
    assessments: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, Vec<evidence::Model>>, Error> {
    let Some(assessments) = padded(assessments) else {
        return Ok(HashMap::new());
    };
    let cites = assessment_evidence::Entity::find()
        .filter(assessment_evidence::Column::AssessmentId.is_in(assessments))
        .order_by_asc(assessment_evidence::Column::AssessmentId)
        .order_by_asc(assessment_evidence::Column::Place)
        .all(db)
        .await?;
    let Some(records) = padded(cites.iter().map(|cite| cite.evidence_id)) else {
        return Ok(HashMap::new());
    };
    let records = evidence::Entity::find()
        .filter(evidence::Column::Id.is_in(records))
        .all(db)
        .await?;
    let records: HashMap<i64, evidence::Model> = records
        .into_iter()
        .map(|record| (record.id, record))
        .collect();
    let mut of_each: HashMap<i64, Vec<evidence::Model>> = HashMap::new();
    for cite in cites {
        if let Some(record) = records.get(&cite.evidence_id) {
            let cited = of_each.entry(cite.assessment_id).or_default();
            cited.push(record.clone());
        }
    }
    Ok(of_each)
}

/// Counts the entries of the history about places where no assessment is present: a form that was opened over one of
/// its versions must not save over a later one that happens to have its number.
pub(super) async fn former_versions<'a>(
    db: &impl ConnectionTrait,
    places: impl Iterator<Item = &'a Place>,
) -> Result<HashMap<(String, String, String), i64>, Error> {
    let Some(names) = padded(places.map(names)) else {
        return Ok(HashMap::new());
    };
    let rows: Vec<(String, String, String, i64)> = event::Entity::find()
        .select_only()
        .column(event::Column::Review)
        .column(event::Column::Round)
        .column(event::Column::Paragraph)
        .column_as(event::Column::Id.count(), "entries")
        .filter(any(names, |(review, round, paragraph)| {
            Condition::all()
                .add(event::Column::Review.eq(review))
                .add(event::Column::Paragraph.eq(paragraph))
                .add(event::Column::Round.eq(round))
        }))
        .group_by(event::Column::Review)
        .group_by(event::Column::Round)
        .group_by(event::Column::Paragraph)
        .into_tuple()
        .all(db)
        .await?;
    let by_name = rows
        .into_iter()
        .map(|(review, round, paragraph, entries)| ((review, round, paragraph), entries));
    Ok(by_name.collect())
}
