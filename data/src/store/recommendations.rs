//! Writing reviews and recommendations: one way for imports, the bundled set and the demonstration.

use super::change::Change;
use super::entities::{
    evidence, position, recommendation, recommendation_alias, recommending_state, review, round,
    term,
};
use super::{Error, NewEvent, history, insert_all, review_records};
use crate::domain::{Recommendation, Review};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect,
};
use std::collections::HashMap;

/// The events of adding a review, of learning more of one, and of taking one out again.
pub(super) const REVIEW_EVENTS: [&str; 3] = [REVIEW_ADDED, REVIEW_UPDATED, REVIEW_REMOVED];
const REVIEW_ADDED: &str = "review-added";
const REVIEW_UPDATED: &str = "review-updated";
const REVIEW_REMOVED: &str = "review-removed";

/// Makes sure that a review is there and knows what `wanted` knows of it; what it knew already stays.
/// The review as it is then.
pub(super) async fn ensure_review(
    change: &mut Change<'_>,
    wanted: &Review,
) -> Result<Review, Error> {
    let before = review_records::find_review(&change.tx, wanted.code).await?;
    let mut after = before.clone().unwrap_or_else(|| wanted.clone());
    fill(&mut after.session, wanted.session.as_ref());
    fill(&mut after.date, wanted.date.as_ref());
    fill(&mut after.report_symbol, wanted.report_symbol.as_ref());
    fill(&mut after.addendum_symbol, wanted.addendum_symbol.as_ref());
    if before.as_ref() == Some(&after) {
        return Ok(after);
    }
    let mut row = review::ActiveModel {
        state: Set(after.code.state.as_str().to_owned()),
        cycle: Set(i32::from(after.code.cycle.number())),
        session: Set(after.session.map(i32::from)),
        date: Set(after.date.clone()),
        report_symbol: Set(after.report_symbol.clone()),
        addendum_symbol: Set(after.addendum_symbol.clone()),
        ..Default::default()
    };
    let kind = if let Some(before) = &before {
        row.id = Set(before.id);
        review::Entity::update(row).exec(&change.tx).await?;
        REVIEW_UPDATED
    } else {
        after.id = review::Entity::insert(row)
            .exec(&change.tx)
            .await?
            .last_insert_id;
        REVIEW_ADDED
    };
    let event = NewEvent {
        kind,
        review: Some(after.code.to_string()),
        before: before.as_ref().map(history::json),
        after: Some(history::json(&after)),
        ..Default::default()
    };
    change.record(vec![event]).await?;
    Ok(after)
}

/// Makes a review as it was before an import, unless it has been changed since. One that was not there
/// goes, if nothing hangs on it.
pub(super) async fn restore_review(
    change: &mut Change<'_>,
    now: &Review,
    before: Option<Review>,
    after: &Review,
) -> Result<(), Error> {
    let as_left = Review {
        id: now.id,
        ..after.clone()
    };
    if *now != as_left {
        return Ok(());
    }
    let kind = if let Some(before) = &before {
        let row = review::ActiveModel {
            id: Set(now.id),
            session: Set(before.session.map(i32::from)),
            date: Set(before.date.clone()),
            report_symbol: Set(before.report_symbol.clone()),
            addendum_symbol: Set(before.addendum_symbol.clone()),
            ..Default::default()
        };
        review::Entity::update(row).exec(&change.tx).await?;
        REVIEW_UPDATED
    } else {
        let recommendations = recommendation::Entity::find()
            .filter(recommendation::Column::ReviewId.eq(now.id))
            .count(&change.tx)
            .await?;
        let rounds = round::Entity::find()
            .filter(round::Column::ReviewId.eq(now.id))
            .count(&change.tx)
            .await?;
        if recommendations + rounds > 0 {
            return Ok(());
        }
        evidence::Entity::delete_many()
            .filter(evidence::Column::ReviewId.eq(now.id))
            .exec(&change.tx)
            .await?;
        review::Entity::delete_by_id(now.id)
            .exec(&change.tx)
            .await?;
        REVIEW_REMOVED
    };
    let event = NewEvent {
        kind,
        review: Some(now.code.to_string()),
        before: Some(history::json(now)),
        after: before.as_ref().map(history::json),
        ..Default::default()
    };
    change.record(vec![event]).await
}

fn fill<T: Clone>(there: &mut Option<T>, wanted: Option<&T>) {
    if there.is_none() {
        *there = wanted.cloned();
    }
}

/// The rows of a review's recommendations, by paragraph.
pub(super) async fn ids(
    db: &impl ConnectionTrait,
    review: i64,
) -> Result<HashMap<String, i64>, Error> {
    let ids: Vec<(String, i64)> = recommendation::Entity::find()
        .select_only()
        .column(recommendation::Column::Paragraph)
        .column(recommendation::Column::Id)
        .filter(recommendation::Column::ReviewId.eq(review))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Adds recommendations to a review; the rows of all that it has then, by paragraph.
pub(super) async fn add(
    change: &mut Change<'_>,
    review: &Review,
    new: &[Recommendation],
) -> Result<HashMap<String, i64>, Error> {
    let rows: Vec<_> = new.iter().map(|one| row(review.id, one)).collect();
    for batch in rows.chunks(2_000) {
        recommendation::Entity::insert_many(batch.to_vec())
            .exec_without_returning(&change.tx)
            .await?;
    }
    // The databases number the rows; which number went to which paragraph is asked once.
    let ids = ids(&change.tx, review.id).await?;
    let numbered: Vec<(i64, &Recommendation)> = new
        .iter()
        .filter_map(|one| ids.get(one.paragraph.as_str()).map(|id| (*id, one)))
        .collect();
    write_parts(change, &numbered).await?;
    let event = |one: &Recommendation| NewEvent {
        kind: "recommendation-added",
        review: Some(review.code.to_string()),
        paragraph: Some(one.paragraph.to_string()),
        after: Some(history::json(one)),
        ..Default::default()
    };
    change.record(new.iter().map(event).collect()).await?;
    Ok(ids)
}

/// Changes recommendations: each as it was and as it shall be, with the same row.
pub(super) async fn update(
    change: &mut Change<'_>,
    review: &Review,
    changed: &[(Recommendation, Recommendation)],
) -> Result<(), Error> {
    let over = OnConflict::column(recommendation::Column::Id)
        .update_columns([
            recommendation::Column::Paragraph,
            recommendation::Column::Text,
            recommendation::Column::Language,
            recommendation::Column::Summary,
            recommendation::Column::ActionCategory,
            recommendation::Column::SourceId,
        ])
        .to_owned();
    for batch in changed.chunks(2_000) {
        let rows = batch.iter().map(|(_, after)| {
            let mut row = row(review.id, after);
            row.id = Set(after.id);
            row
        });
        recommendation::Entity::insert_many(rows)
            .on_conflict(over.clone())
            .exec_without_returning(&change.tx)
            .await?;
    }
    let ids: Vec<i64> = changed.iter().map(|(_, after)| after.id).collect();
    remove_parts(change, &ids).await?;
    let numbered: Vec<_> = changed.iter().map(|(_, after)| (after.id, after)).collect();
    write_parts(change, &numbered).await?;
    let event = |(before, after): &(Recommendation, Recommendation)| NewEvent {
        kind: "recommendation-changed",
        review: Some(review.code.to_string()),
        paragraph: Some(after.paragraph.to_string()),
        before: Some(history::json(before)),
        after: Some(history::json(after)),
        ..Default::default()
    };
    change.record(changed.iter().map(event).collect()).await
}

/// Removes recommendations that nobody has assessed. `kind` and what the history says is there
/// afterwards tell why.
pub(super) async fn remove(
    change: &mut Change<'_>,
    review: &Review,
    kind: &'static str,
    gone: &[(Recommendation, Option<String>)],
) -> Result<(), Error> {
    let ids: Vec<i64> = gone.iter().map(|(one, _)| one.id).collect();
    remove_parts(change, &ids).await?;
    for ids in ids.chunks(2_000) {
        recommendation_alias::Entity::delete_many()
            .filter(recommendation_alias::Column::RecommendationId.is_in(ids.iter().copied()))
            .exec(&change.tx)
            .await?;
        recommendation::Entity::delete_many()
            .filter(recommendation::Column::Id.is_in(ids.iter().copied()))
            .exec(&change.tx)
            .await?;
    }
    let event = |(one, after): &(Recommendation, Option<String>)| NewEvent {
        kind,
        review: Some(review.code.to_string()),
        paragraph: Some(one.paragraph.to_string()),
        before: Some(history::json(one)),
        after: after.clone(),
        ..Default::default()
    };
    change.record(gone.iter().map(event).collect()).await
}

async fn remove_parts(change: &Change<'_>, ids: &[i64]) -> Result<(), Error> {
    for ids in ids.chunks(2_000) {
        let ids = || ids.iter().copied();
        recommending_state::Entity::delete_many()
            .filter(recommending_state::Column::RecommendationId.is_in(ids()))
            .exec(&change.tx)
            .await?;
        term::Entity::delete_many()
            .filter(term::Column::RecommendationId.is_in(ids()))
            .exec(&change.tx)
            .await?;
        position::Entity::delete_many()
            .filter(position::Column::RecommendationId.is_in(ids()))
            .exec(&change.tx)
            .await?;
    }
    Ok(())
}

fn row(review: i64, one: &Recommendation) -> recommendation::ActiveModel {
    recommendation::ActiveModel {
        review_id: Set(review),
        paragraph: Set(one.paragraph.to_string()),
        text: Set(one.text.clone()),
        language: Set(one.language.clone()),
        summary: Set(one.summary.clone()),
        action_category: Set(one
            .action_category
            .map(|category| i32::from(category.number()))),
        source_id: Set(one.source_id.clone()),
        ..Default::default()
    }
}

async fn write_parts(
    change: &mut Change<'_>,
    numbered: &[(i64, &Recommendation)],
) -> Result<(), Error> {
    let (mut states, mut terms, mut positions) = (Vec::new(), Vec::new(), Vec::new());
    for (id, one) in numbered {
        let recommendation_id = *id;
        for (place, state) in (0..).zip(&one.recommending) {
            let state = state.as_str().to_owned();
            states.push(recommending_state::Model {
                recommendation_id,
                state,
                place,
            });
        }
        for (place, term) in (0..).zip(&one.terms) {
            terms.push(term::Model {
                recommendation_id,
                scheme: term.scheme.code().to_owned(),
                name: term.name.clone(),
                place,
            });
        }
        for (place, position) in (0..).zip(&one.positions) {
            positions.push(position::Model {
                recommendation_id,
                place,
                class: position.class.code().to_owned(),
                raw: position.raw.clone(),
                source: position.source.clone(),
                source_paragraph: position.source_paragraph.clone(),
                date: position.date.clone(),
            });
        }
    }
    let tx = &change.tx;
    insert_all::<recommending_state::Entity, recommending_state::ActiveModel>(tx, states).await?;
    insert_all::<term::Entity, term::ActiveModel>(tx, terms).await?;
    insert_all::<position::Entity, position::ActiveModel>(tx, positions).await
}
