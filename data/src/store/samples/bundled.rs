//! The set that ships: Belarus, from `data/bundled/` (its README says where every fact comes from).

use crate::domain::{
    ActionCategory, Cycle, Paragraph, Position, PositionClass, Recommendation, RecordedDate,
    ReportedTotal, Review, ReviewCode, RoundKind, Scheme, StateCode, Term,
};
use crate::store::entities::reported_total;
use crate::store::read_model::review_records;
use crate::store::recommendations;
use crate::store::rounds::lifecycle;
use crate::store::{Actor, DatabaseRefusal, Error, Event, NewRound, Store, insert_all};
use serde::Deserialize;

const REVIEWS: &str = include_str!("../../../bundled/reviews.csv");
const FIRST_CYCLE: &str = include_str!("../../../bundled/belarus-1.csv");
const TOTALS: &str = include_str!("../../../bundled/reported-totals.csv");

#[derive(Deserialize)]
struct ReviewRow {
    state: String,
    cycle: u8,
    session: Option<u8>,
    date: Option<RecordedDate>,
    report_symbol: Option<String>,
    addendum_symbol: Option<String>,
}

#[derive(Deserialize)]
struct RecommendationRow {
    paragraph: String,
    recommending_states: String,
    position: String,
    position_raw: String,
    position_source: Option<String>,
    position_paragraph: Option<String>,
    action_category: Option<u8>,
    issues: String,
    summary: String,
}

#[derive(Deserialize)]
struct TotalRow {
    review: String,
    round: String,
    organisation: String,
    title: String,
    as_of: Option<RecordedDate>,
    scale: String,
    position: Option<String>,
    status: String,
    count: u32,
    citation: String,
    derived: String,
}

impl Store {
    /// Puts the bundled set in: what is there already is left as it is.
    pub async fn load_bundled(&self, actor: &Actor) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let recorded = crate::store::history::chain::revision(&change.tx).await?;
        for row in rows::<ReviewRow>(REVIEWS)? {
            let state = StateCode::parse(&row.state).ok_or_else(|| unfit(&row.state))?;
            let cycle = Cycle::new(row.cycle).ok_or_else(|| unfit("cycle"))?;
            let review = Review {
                id: 0,
                code: ReviewCode { state, cycle },
                session: row.session,
                date: row.date,
                report_symbol: row.report_symbol,
                addendum_symbol: row.addendum_symbol,
            };
            let review = recommendations::ensure_review(&mut change, &review).await?;
            if review.code == first_cycle()? {
                let there = review_records::recommendations(&change.tx, review.id).await?;
                let new: Vec<_> = first_cycle_recommendations()?
                    .into_iter()
                    .filter(|new| there.iter().all(|one| one.paragraph != new.paragraph))
                    .collect();
                if !new.is_empty() {
                    recommendations::add(&mut change, &review, &new).await?;
                }
            }
        }
        let mut totals = rows::<TotalRow>(TOTALS)?;
        while let Some(first) = totals.first() {
            let (name, code) = (first.round.clone(), first.review.clone());
            let (of_round, rest): (Vec<_>, Vec<_>) = totals
                .into_iter()
                .partition(|row| row.round == name && row.review == code);
            totals = rest;
            load_round(&mut change, &of_round).await?;
        }
        if crate::store::history::chain::revision(&change.tx).await? == recorded {
            return change.commit_unrecorded().await;
        }
        change.commit().await
    }
}

async fn load_round(
    change: &mut crate::store::change::Change<'_>,
    cells: &[TotalRow],
) -> Result<(), Error> {
    let Some(first) = cells.first() else {
        return Ok(());
    };
    let code = ReviewCode::parse(&first.review).ok_or_else(|| unfit(&first.review))?;
    let review = review_records::find_review(&change.tx, code)
        .await?
        .ok_or(Error::NotFound)?;
    if lifecycle::find(&change.tx, review.id, &first.round)
        .await?
        .is_some()
    {
        return Ok(());
    }
    let new = NewRound {
        slug: first.round.clone(),
        organisation: first.organisation.clone(),
        title: first.title.clone(),
        as_of: first.as_of.clone(),
        scale: first.scale.clone(),
        method: None,
        assessors: Vec::new(),
    };
    let round_id = lifecycle::insert(change, &review, &new, RoundKind::ReportedTotals).await?;
    let mut stored = Vec::new();
    let mut told = Vec::new();
    for (place, cell) in (0..).zip(cells) {
        let position = match cell.position.as_deref() {
            Some(code) => Some(PositionClass::parse(code).ok_or_else(|| unfit(code))?),
            None => None,
        };
        stored.push(reported_total::Model {
            round_id,
            place,
            position,
            status: cell.status.clone(),
            count: i32::try_from(cell.count).map_err(|_| unfit("count"))?,
            citation: cell.citation.clone(),
            derived: cell.derived == "yes",
        });
        told.push(ReportedTotal {
            position,
            status: cell.status.clone(),
            count: cell.count,
            citation: cell.citation.clone(),
            derived: cell.derived == "yes",
        });
    }
    insert_all::<reported_total::Entity, reported_total::ActiveModel>(&change.tx, stored).await?;
    let event = Event::TotalsReported { totals: told };
    let event = event.in_round(code, &new.slug);
    change.record(vec![event]).await?;
    let record = review_records::load(&change.tx, code).await?;
    lifecycle::publish(change, &record, &new.slug).await
}

fn first_cycle() -> Result<ReviewCode, Error> {
    ReviewCode::parse("BLR-1").ok_or_else(|| unfit("BLR-1"))
}

/// The recommendations of A/HRC/15/16, section II.
fn first_cycle_recommendations() -> Result<Vec<Recommendation>, Error> {
    rows::<RecommendationRow>(FIRST_CYCLE)?
        .into_iter()
        .map(|row| {
            let class = PositionClass::parse(&row.position).ok_or_else(|| unfit(&row.position))?;
            let recommending = row
                .recommending_states
                .split(';')
                .map(|code| StateCode::parse(code).ok_or_else(|| unfit(code)))
                .collect::<Result<Vec<_>, _>>()?;
            Ok(Recommendation {
                summary: Some(row.summary),
                recommending,
                action_category: row.action_category.and_then(ActionCategory::new),
                terms: row
                    .issues
                    .split(';')
                    .filter(|issue| !issue.is_empty())
                    .map(|issue| Term::new(Scheme::Issue, issue))
                    .collect(),
                positions: vec![Position {
                    class,
                    raw: row.position_raw,
                    source: row.position_source,
                    source_paragraph: row.position_paragraph,
                    date: None,
                }],
                ..Recommendation::new(
                    Paragraph::parse(&row.paragraph).map_err(|_| unfit(&row.paragraph))?,
                )
            })
        })
        .collect()
}

fn rows<T: serde::de::DeserializeOwned>(file: &str) -> Result<Vec<T>, Error> {
    csv::Reader::from_reader(file.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(|error| Error::Corrupt(format!("the bundled set: {error}")))
}

fn unfit(what: &str) -> Error {
    DatabaseRefusal::BundledUnfit {
        value: what.to_string(),
    }
    .into()
}
