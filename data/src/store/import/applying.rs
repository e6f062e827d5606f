//! Writing what a run says, all at once or nothing.

use super::document;
use super::planning::{self, ReviewPlan, plan_review};
use super::run::{self, Run};
use super::running::{Phase, Teller};
use crate::domain::{Assessment, Recommendation, ReviewCode};
use crate::exchange::Format;
use crate::store::change::Change;
use crate::store::entities::{import_outcome, import_run, recommendation_alias};
use crate::store::history::events::{Absorbed, Match};
use crate::store::import_codes::RunState;
use crate::store::recommendations;
use crate::store::rounds::assessments::{self, Writing};
use crate::store::{Actor, Conflict, Error, Event, ImportRefusal, Store, insert_all};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, HashMap};

impl Store {
    /// Does what the preview of a run shows: everything that is certain, in one transaction. Nothing
    /// happens if anything fails, somebody cancels it, or the preview no longer holds because something
    /// was changed meanwhile; it is planned anew then, and a run that was cancelled is over. A run that tells nothing new leaves no trace but
    /// its record.
    pub async fn apply_import(&self, actor: &Actor, id: i64) -> Result<Run, Error> {
        let under = self
            .running
            .begin(id, Phase::Applying)
            .ok_or(ImportRefusal::Busy)?;
        let teller = under.teller();
        let applied = match Box::pin(self.apply(actor, id, &teller)).await {
            Ok(Held::Yes) => {
                // It is applied, whether or not its rows go at once.
                if let Err(error) = self.free_run(id, true).await {
                    tracing::warn!(%error, "the rows of an import could not be removed");
                }
                return self.import_run(id).await;
            }
            Ok(Held::No) => {
                let run = self.import_run(id).await?;
                let planned = Box::pin(self.plan_run(actor, &run, &teller)).await;
                planned.and(Err(Conflict::Import.into()))
            }
            Err(failure) => Err(failure),
        };
        if matches!(applied, Err(Error::Cancelled)) {
            let change = self.begin(actor).await?;
            let is_ended =
                run::end(&change, id, RunState::Read, RunState::Cancelled, actor).await?;
            change.commit_unrecorded().await?;
            if is_ended {
                self.free_run(id, false).await?;
            }
        }
        applied
    }

    async fn apply(&self, actor: &Actor, id: i64, teller: &Teller) -> Result<Held, Error> {
        let mut change = self.begin(actor).await?;
        let run = run::find(&change.tx, id).await?;
        run.must_be(RunState::Read)?;
        let reviews = planning::reviews(&change.tx, id).await?;
        teller.phase(Phase::Applying, reviews.iter().map(|(_, rows)| rows).sum());
        for (review, rows) in reviews {
            let plan = plan_review(&change.tx, &run, review).await?;
            if !holds(&change.tx, id, review, &plan).await? {
                return Ok(Held::No);
            }
            if run.format == Some(Format::OhchrMatrix) {
                document::name_rows(&change, id, review, &plan).await?;
            }
            write(&mut change, plan).await?;
            teller.add(rows)?;
        }
        if change.has_recorded() {
            let event = Event::FileImported {
                sha256: run.file.sha256,
                summary: run.summary,
            };
            change.record(vec![event.outside_reviews()]).await?;
        }
        let entries = change.entries();
        let row = import_run::ActiveModel {
            id: Set(id),
            first_event: Set(entries.map(|(first, _)| first)),
            last_event: Set(entries.map(|(_, last)| last)),
            ..Default::default()
        };
        import_run::Entity::update(row).exec(&change.tx).await?;
        run::end(&change, id, RunState::Read, RunState::Applied, actor).await?;
        teller.go_on()?;
        if change.has_recorded() {
            change.commit().await?;
        } else {
            change.commit_unrecorded().await?;
        }
        Ok(Held::Yes)
    }
}

/// Whether a preview still held when it was to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Held {
    Yes,
    No,
}

async fn holds(
    db: &impl ConnectionTrait,
    run: i64,
    review: ReviewCode,
    plan: &ReviewPlan,
) -> Result<bool, Error> {
    let mut shown = import_outcome::Entity::find()
        .filter(import_outcome::Column::RunId.eq(run))
        .filter(import_outcome::Column::Review.eq(review.to_string()));
    if let Some(last) = plan.last {
        shown = shown.filter(import_outcome::Column::Place.lte(last));
    }
    let shown = shown.all(db).await?;
    let shown: BTreeMap<i64, _> = shown.into_iter().map(|row| (row.place, row)).collect();
    Ok(plan.outcomes.iter().all(|(place, outcome)| {
        shown.get(place).is_some_and(|shown| {
            shown.outcome == outcome.outcome
                && shown.leader == outcome.leader
                && shown.digest == outcome.digest
        })
    }))
}

async fn write(change: &mut Change<'_>, plan: ReviewPlan) -> Result<(), Error> {
    let ReviewPlan {
        planned,
        assessed,
        round,
        ..
    } = plan;
    if planned.effects.is_empty() && assessed.is_empty() {
        return Ok(());
    }
    let review = recommendations::ensure_review(change, &planned.review).await?;
    let mut ids: HashMap<String, i64> = HashMap::new();
    let mut gone = Vec::new();
    let mut changed: Vec<(Recommendation, Recommendation)> = Vec::new();
    let mut new = Vec::new();
    let mut matches = Vec::new();
    for effect in planned.effects {
        let paragraph = effect.after.paragraph.to_string();
        ids.insert(paragraph.clone(), effect.after.id);
        for one in &effect.absorbed {
            let into = Absorbed {
                into: paragraph.clone(),
            };
            gone.push((one.clone(), Some(into)));
        }
        matches.extend(effect.names.iter().map(|(name, score)| Match {
            name: name.clone(),
            paragraph: paragraph.clone(),
            score: *score,
        }));
        match effect.before {
            None => new.push(effect.after),
            Some(before) if before != effect.after => changed.push((before, effect.after)),
            Some(_) => {}
        }
    }
    // First what makes room for names and numbers, then who takes them.
    if !gone.is_empty() {
        recommendations::remove(change, &review, &gone).await?;
    }
    if !changed.is_empty() {
        recommendations::update(change, &review, &changed).await?;
    }
    if !new.is_empty() {
        ids.extend(recommendations::add(change, &review, &new).await?);
    }
    if !matches.is_empty() {
        let rows = matches
            .iter()
            .filter_map(|one| {
                Some(recommendation_alias::Model {
                    review_id: review.id,
                    name: one.name.clone(),
                    recommendation_id: *ids.get(&one.paragraph)?,
                    score: one.score,
                })
            })
            .collect();
        insert_all::<recommendation_alias::Entity, recommendation_alias::ActiveModel>(
            &change.tx, rows,
        )
        .await?;
        let event = Event::RecommendationsMatched { matches };
        change.record(vec![event.in_review(review.code)]).await?;
    }
    let Some(round) = round else { return Ok(()) };
    let ids = recommendations::ids(&change.tx, review.id).await?;
    let now = change.now();
    let written: Vec<(i64, String, Option<Assessment>, Assessment)> = assessed
        .into_iter()
        .filter(|one| !one.is_unchanged())
        .filter_map(|one| {
            let id = *ids.get(one.paragraph.as_str())?;
            let after = Assessment {
                changed_at: now,
                ..one.after
            };
            Some((id, one.paragraph.to_string(), one.before, after))
        })
        .collect();
    if written.is_empty() {
        return Ok(());
    }
    let rows = assessments::ids(&change.tx, round.round.id).await?;
    let writings: Vec<Writing<'_>> = written
        .iter()
        .map(|(recommendation, _, _, after)| Writing {
            cited: rows.get(recommendation).copied(),
            recommendation: *recommendation,
            content: after,
        })
        .collect();
    assessments::write_all(change, round.round.id, &review, &writings).await?;
    let events = written
        .iter()
        .map(|(_, paragraph, before, after)| {
            assessments::saved(
                review.code,
                &round.round.slug,
                paragraph,
                before.as_ref(),
                after,
            )
        })
        .collect();
    change.record(events).await
}
