//! Writing reviews and recommendations: one way for imports, the bundled set and the demonstration.

use crate::domain::{Recommendation, Review};
use crate::store::change::Change;
use crate::store::entities::{
    evidence, position, recommendation, recommendation_alias, recommendation_text,
    recommending_state, responsible_body, review, round, term,
};
use crate::store::history::events::Absorbed;
use crate::store::likeness;
use crate::store::read_model::review_records;
use crate::store::{Error, Event, insert_all};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QuerySelect,
};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Makes sure that a review is there and knows what `wanted` knows of it; what it knew already stays.
/// The review as it is then.
pub(crate) async fn ensure_review(
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
        date: Set(after.date.clone().map(Into::into)),
        report_symbol: Set(after.report_symbol.clone()),
        addendum_symbol: Set(after.addendum_symbol.clone()),
        ..Default::default()
    };
    let event = if let Some(before) = before {
        row.id = Set(before.id);
        review::Entity::update(row).exec(&change.tx).await?;
        Event::ReviewUpdated {
            before,
            after: after.clone(),
        }
    } else {
        after.id = review::Entity::insert(row)
            .exec(&change.tx)
            .await?
            .last_insert_id;
        Event::ReviewAdded {
            after: after.clone(),
        }
    };
    change.record(vec![event.in_review(after.code)]).await?;
    Ok(after)
}

/// Makes a review as it was before an import, unless it has been changed since. One that was not there
/// goes, if nothing hangs on it.
pub(crate) async fn restore_review(
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
    let event = if let Some(before) = before {
        let row = review::ActiveModel {
            id: Set(now.id),
            session: Set(before.session.map(i32::from)),
            date: Set(before.date.clone().map(Into::into)),
            report_symbol: Set(before.report_symbol.clone()),
            addendum_symbol: Set(before.addendum_symbol.clone()),
            ..Default::default()
        };
        review::Entity::update(row).exec(&change.tx).await?;
        Event::ReviewUpdated {
            before: now.clone(),
            after: before,
        }
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
        Event::ReviewRemoved {
            before: now.clone(),
        }
    };
    change.record(vec![event.in_review(now.code)]).await
}

fn fill<T: Clone>(there: &mut Option<T>, wanted: Option<&T>) {
    if there.is_none() {
        *there = wanted.cloned();
    }
}

/// The rows of a review's recommendations, by paragraph.
pub(crate) async fn ids(
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

/// Adds recommendations to a review, their claims in the order in which they count; the rows of all that it has then, by paragraph.
pub(crate) async fn add(
    change: &mut Change<'_>,
    review: &Review,
    new: &[Recommendation],
) -> Result<HashMap<String, i64>, Error> {
    let ordered: Cow<'_, [Recommendation]> =
        if new.iter().all(Recommendation::has_positions_in_order) {
            Cow::Borrowed(new)
        } else {
            let mut all = new.to_vec();
            all.iter_mut().for_each(Recommendation::order_positions);
            Cow::Owned(all)
        };
    let new = ordered.as_ref();
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
    let event = |one: &Recommendation| {
        let after = Cow::Borrowed(one);
        Event::RecommendationAdded { after }.about(review.code, &one.paragraph)
    };
    change.record(new.iter().map(event).collect()).await?;
    Ok(ids)
}

/// Changes recommendations: each as it was and as it shall be, with the same row. Claims are put in the
/// order in which they count.
pub(crate) async fn update(
    change: &mut Change<'_>,
    review: &Review,
    changed: &[(Recommendation, Recommendation)],
) -> Result<(), Error> {
    let is_in_order = |(_, after): &(_, Recommendation)| after.has_positions_in_order();
    let ordered: Cow<'_, [(Recommendation, Recommendation)]> = if changed.iter().all(is_in_order) {
        Cow::Borrowed(changed)
    } else {
        let mut all = changed.to_vec();
        for (_, after) in &mut all {
            after.order_positions();
        }
        Cow::Owned(all)
    };
    let ordered = in_turn(ordered);
    let changed = ordered.as_ref();
    step_aside(change, changed).await?;
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
    // Of one that steps aside first only what it is in the end is written.
    let last: HashMap<i64, usize> = (0..)
        .zip(changed)
        .map(|(at, (_, after))| (after.id, at))
        .collect();
    let ended: Vec<&(Recommendation, Recommendation)> = (0..)
        .zip(changed)
        .filter(|(at, (_, after))| last.get(&after.id) == Some(at))
        .map(|(_, one)| one)
        .collect();
    for batch in ended.chunks(2_000) {
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
    let ids: Vec<i64> = ended.iter().map(|(_, after)| after.id).collect();
    remove_parts(change, &ids).await?;
    let numbered: Vec<_> = ended.iter().map(|(_, after)| (after.id, after)).collect();
    write_parts(change, &numbered).await?;
    let event = |(before, after): &(Recommendation, Recommendation)| {
        let event = Event::RecommendationChanged {
            before: Cow::Borrowed(before),
            after: Cow::Borrowed(after),
        };
        event.about(review.code, &after.paragraph)
    };
    change.record(changed.iter().map(event).collect()).await
}

/// Changes in an order in which each number is free before another recommendation takes it, as the history is
/// replayed one entry at a time. Numbers that go round in a circle are freed by one that goes by a name in between.
fn in_turn(
    changed: Cow<'_, [(Recommendation, Recommendation)]>,
) -> Cow<'_, [(Recommendation, Recommendation)]> {
    let holders: HashMap<&str, usize> = (0..)
        .zip(changed.iter())
        .map(|(at, (before, _))| (before.paragraph.as_str(), at))
        .collect();
    let holder = |at: usize| {
        let (_, after) = changed.get(at)?;
        let holder = holders.get(after.paragraph.as_str()).copied();
        holder.filter(|holder| *holder != at)
    };
    if (0..changed.len()).all(|at| holder(at).is_none()) {
        return changed;
    }
    let mut done = vec![false; changed.len()];
    let mut ordered = Vec::with_capacity(changed.len() + 1);
    for start in 0..changed.len() {
        let mut path: Vec<usize> = Vec::new();
        let mut next = Some(start);
        while let Some(at) = next.filter(|at| done.get(*at) == Some(&false)) {
            if let Some(done) = done.get_mut(at) {
                *done = true;
            }
            path.push(at);
            next = holder(at);
        }
        let opened = next.filter(|next| path.contains(next));
        let aside = opened.and_then(|at| changed.get(at)).map(|(before, _)| {
            let name = likeness::name(&format!("aside {}", before.id));
            let aside = Recommendation {
                paragraph: name,
                ..before.clone()
            };
            (before.clone(), aside)
        });
        ordered.extend(aside.clone());
        for at in path.into_iter().rev() {
            let Some((before, after)) = changed.get(at) else {
                continue;
            };
            let before = match &aside {
                Some((_, aside)) if opened == Some(at) => aside,
                _ => before,
            };
            ordered.push((before.clone(), after.clone()));
        }
    }
    Cow::Owned(ordered)
}

/// Frees the numbers that recommendations take from each other. A database checks them row by row.
async fn step_aside(
    change: &Change<'_>,
    changed: &[(Recommendation, Recommendation)],
) -> Result<(), Error> {
    let former: HashSet<&str> = changed
        .iter()
        .map(|(before, _)| before.paragraph.as_str())
        .collect();
    for (before, after) in changed {
        if before.paragraph == after.paragraph || !former.contains(after.paragraph.as_str()) {
            continue;
        }
        let name = likeness::name(&format!("aside {}", after.id));
        let row = recommendation::ActiveModel {
            id: Set(after.id),
            paragraph: Set(name.to_string()),
            ..Default::default()
        };
        recommendation::Entity::update(row).exec(&change.tx).await?;
    }
    Ok(())
}

/// Removes recommendations that nobody has assessed: those that turned out to be another one, and those whose
/// import is undone.
pub(crate) async fn remove(
    change: &mut Change<'_>,
    review: &Review,
    gone: &[(Recommendation, Option<Absorbed>)],
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
    let event = |(one, into): &(Recommendation, Option<Absorbed>)| {
        let before = Cow::Borrowed(one);
        let event = match into.clone() {
            Some(into) => Event::RecommendationAbsorbed { before, into },
            None => Event::RecommendationRemoved { before },
        };
        event.about(review.code, &one.paragraph)
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
        recommendation_text::Entity::delete_many()
            .filter(recommendation_text::Column::RecommendationId.is_in(ids()))
            .exec(&change.tx)
            .await?;
        responsible_body::Entity::delete_many()
            .filter(responsible_body::Column::RecommendationId.is_in(ids()))
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
    let (mut bodies, mut texts) = (Vec::new(), Vec::new());
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
        for (place, text) in (0..).zip(&one.texts) {
            texts.push(recommendation_text::Model {
                recommendation_id,
                place,
                language: text.language.clone(),
                text: text.text.clone(),
                source: text.source.clone(),
            });
        }
        for (place, name) in (0..).zip(&one.responsible_bodies) {
            bodies.push(responsible_body::Model {
                recommendation_id,
                place,
                name: name.clone(),
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
        // Of claims that say the same, the last one bears the reason.
        let chosen = one.chosen_position.as_ref().and_then(|chosen| {
            let place = one.positions.iter().rposition(|claim| chosen.is(claim));
            Some((place?, &chosen.reason))
        });
        for (place, position) in (0..).zip(&one.positions) {
            let reason = chosen.filter(|(chosen, _)| i32::try_from(*chosen) == Ok(place));
            positions.push(position::Model {
                reason: reason.map(|(_, reason)| reason.clone()),
                recommendation_id,
                place,
                class: position.class,
                raw: position.raw.clone(),
                source: position.source.clone(),
                source_paragraph: position.source_paragraph.clone(),
                date: position.date.clone().map(Into::into),
            });
        }
    }
    let tx = &change.tx;
    insert_all::<recommending_state::Entity, recommending_state::ActiveModel>(tx, states).await?;
    insert_all::<recommendation_text::Entity, recommendation_text::ActiveModel>(tx, texts).await?;
    insert_all::<responsible_body::Entity, responsible_body::ActiveModel>(tx, bodies).await?;
    insert_all::<term::Entity, term::ActiveModel>(tx, terms).await?;
    insert_all::<position::Entity, position::ActiveModel>(tx, positions).await
}
