//! The append-only history: every change, each entry's hash covering the one before.
//!
//! Whoever alters or removes an entry afterwards breaks every later hash; `upr-tracker check` finds
//! the first one that does not fit. What no chain shows is that its last entries are missing: whoever
//! must be sure of that keeps number and hash of the last entry somewhere else.

use crate::domain::{EventKind, Paragraph, PublicHistory, ReviewCode};
use crate::store::entities::{event, recommendation, recommendation_alias};
use crate::store::history::chain::{self, Version};
use crate::store::history::entry::HistoryEntry;
use crate::store::history::events::{self, Event};
use crate::store::history::redaction::{Fit, Listings};
use crate::store::{Error, Store};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::collections::HashSet;
use std::sync::Arc;

/// Which entries of a review's history are shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HistoryFilter {
    /// Those in this round only.
    pub round: Option<String>,
    /// For readers: only those that are public.
    pub public: Option<PublicHistory>,
    /// Of the kind with this code only.
    pub kind: Option<String>,
    /// By this pseudonym only.
    pub actor: Option<String>,
    /// About this recommendation only.
    pub paragraph: Option<String>,
    /// Not before this moment, milliseconds since 1970, UTC.
    pub from: Option<i64>,
    /// Not after this moment.
    pub to: Option<i64>,
}

/// Where the history does not fit together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrokenAt {
    /// The number of the first entry that does not fit.
    pub id: i64,
}

tokio::task_local! {
    /// The version that the request which is being answered has asked for already.
    static ASKED: Version;
}

/// The entries during which a recommendation went by a name or number.
struct Span {
    name: String,
    from: i64,
    until: i64,
}

/// Spans that are followed; nobody renumbers a recommendation so often.
const MOST_SPANS: usize = 100;

/// By which numbers a recommendation went when, the present one first. A number may have been another
/// recommendation's before or afterwards.
async fn spans(
    db: &impl ConnectionTrait,
    review: &str,
    paragraph: &str,
) -> Result<Vec<Span>, Error> {
    let mut spans: Vec<Span> = Vec::new();
    let (mut name, mut until) = (paragraph.to_owned(), i64::MAX);
    while spans.len() < MOST_SPANS {
        let was = format!("\"paragraph\":{}", chain::json(&name));
        let renumbered = || {
            event::Entity::find()
                .filter(event::Column::Review.eq(review))
                .filter(event::Column::Kind.eq(EventKind::RecommendationChanged))
                .filter(event::Column::Id.lt(until))
                .order_by_desc(event::Column::Id)
        };
        // Paragraphs and names hold none of the signs that a pattern knows, and the history none in their place.
        let came = renumbered()
            .filter(event::Column::Paragraph.eq(&name))
            .filter(event::Column::Before.contains("\"paragraph\":"))
            .filter(Condition::not(
                Condition::all().add(event::Column::Before.contains(&was)),
            ))
            .one(db)
            .await?;
        let left = renumbered()
            .filter(event::Column::Paragraph.ne(&name))
            .filter(event::Column::Before.contains(&was))
            .one(db)
            .await?;
        let left = left.map_or(i64::MIN, |left| left.id);
        let came = came.filter(|came| came.id > left);
        let from = came.as_ref().map_or(left, |came| came.id);
        spans.push(Span {
            name: std::mem::take(&mut name),
            from,
            until,
        });
        match came.and_then(|came| events::former_paragraph(came.before.as_deref())) {
            Some(former) => (name, until) = (former, from),
            None => break,
        }
    }
    Ok(spans)
}

/// The other names and numbers by which a recommendation of a review is known.
fn other_names(review: i64, paragraph: &str) -> SelectStatement {
    let named = Query::select()
        .column(recommendation::Column::Id)
        .from(recommendation::Entity)
        .and_where(recommendation::Column::ReviewId.eq(review))
        .and_where(recommendation::Column::Paragraph.eq(paragraph))
        .to_owned();
    Query::select()
        .column(recommendation_alias::Column::Name)
        .from(recommendation_alias::Entity)
        .and_where(recommendation_alias::Column::ReviewId.eq(review))
        .and_where(recommendation_alias::Column::RecommendationId.in_subquery(named))
        .to_owned()
}

impl Store {
    /// The entries about one recommendation, newest first, those from when it went by another name
    /// included.
    pub async fn history_of(
        &self,
        review: &str,
        paragraph: &str,
    ) -> Result<Arc<Vec<HistoryEntry>>, Error> {
        self.catch_up().await?;
        let code = ReviewCode::parse(review);
        let kept = code.and_then(|code| self.kept.history(code, paragraph));
        let record = match kept {
            Some((_, Some(events))) => return Ok(events),
            Some((record, None)) => Some(record),
            None => None,
        };
        let spans = spans(&self.connection, review, paragraph).await?;
        let mut condition = Condition::any();
        for span in &spans {
            condition = condition.add(
                Condition::all()
                    .add(event::Column::Paragraph.eq(&span.name))
                    .add(event::Column::Id.gte(span.from))
                    .add(event::Column::Id.lt(span.until)),
            );
        }
        if let Some(code) = code {
            let reviews = self.reviews().await?;
            if let Some(review) = reviews.iter().find(|one| one.code == code) {
                let visited = spans.iter().map(|span| span.name.as_str());
                let names = other_names(review.id, paragraph);
                condition = condition.add(
                    Condition::all()
                        .add(event::Column::Paragraph.in_subquery(names))
                        .add(event::Column::Paragraph.is_not_in(visited)),
                );
            }
        }
        let rows = event::Entity::find()
            .filter(event::Column::Review.eq(review))
            .filter(condition)
            .order_by_desc(event::Column::Id)
            .all(&self.connection)
            .await?;
        let events = Arc::new(rows.into_iter().map(HistoryEntry::from).collect());
        if let Some(record) = record {
            self.kept.keep_history(&record, paragraph, &events);
        }
        Ok(events)
    }

    /// The entries of a review that a filter leaves, newest first: how many there are, and those of the
    /// page of that size from that place on.
    pub async fn history_of_review(
        &self,
        review: &str,
        filter: &HistoryFilter,
        skip: u64,
        most: u64,
    ) -> Result<(u64, Vec<HistoryEntry>), Error> {
        let of = |text: &Option<String>| text.as_deref().map(crate::store::without_nul);
        let mut condition = Condition::all().add(event::Column::Review.eq(review));
        if let Some(round) = of(&filter.round) {
            condition = condition.add(event::Column::Round.eq(round));
        }
        if let Some(public) = &filter.public {
            condition = condition.add(crate::store::read_model::public_view::condition(public));
        }
        if let Some(kind) = of(&filter.kind) {
            condition = condition.add(event::Column::Kind.eq(kind));
        }
        if let Some(actor) = of(&filter.actor) {
            condition = condition.add(event::Column::Actor.eq(actor));
        }
        if let Some(paragraph) = of(&filter.paragraph) {
            condition = condition.add(event::Column::Paragraph.eq(paragraph));
        }
        if let Some(from) = filter.from {
            condition = condition.add(event::Column::At.gte(from));
        }
        if let Some(to) = filter.to {
            condition = condition.add(event::Column::At.lte(to));
        }
        let found = event::Entity::find().filter(condition);
        let count = found.clone().count(&self.connection).await?;
        let rows = found
            .order_by_desc(event::Column::Id)
            .offset(skip)
            .limit(most)
            .all(&self.connection)
            .await?;
        Ok((count, rows.into_iter().map(HistoryEntry::from).collect()))
    }

    /// The changes of a review that were undone, by the numbers of their entries: of many assessments at once, and of
    /// recommendations.
    pub async fn undone_changes(&self, review: &str) -> Result<HashSet<i64>, Error> {
        let kinds = [EventKind::BulkUndone, EventKind::RecommendationsEditUndone];
        let rows = event::Entity::find()
            .filter(event::Column::Review.eq(review))
            .filter(event::Column::Kind.is_in(kinds))
            .all(&self.connection)
            .await?;
        let undone = rows.iter().filter_map(|row| match Event::of(row) {
            Some(Event::BulkUndone { entry } | Event::RecommendationsEditUndone { entry }) => {
                Some(entry)
            }
            _ => None,
        });
        Ok(undone.collect())
    }

    /// The entries after a number, oldest first, at most so many: what is new in one round.
    pub async fn news(
        &self,
        review: &str,
        round: &str,
        after: i64,
        most: u64,
    ) -> Result<Vec<HistoryEntry>, Error> {
        let rows = event::Entity::find()
            .filter(event::Column::Id.gt(after))
            .filter(event::Column::Review.eq(review))
            .filter(event::Column::Round.eq(round))
            .order_by_asc(event::Column::Id)
            .limit(most)
            .all(&self.connection)
            .await?;
        Ok(rows.into_iter().map(HistoryEntry::from).collect())
    }

    /// The entries about scales, newest first.
    pub async fn history_of_scales(&self) -> Result<Vec<HistoryEntry>, Error> {
        let rows = event::Entity::find()
            .filter(event::Column::Kind.eq(EventKind::ScaleAdded))
            .order_by_desc(event::Column::Id)
            .all(&self.connection)
            .await?;
        Ok(rows.into_iter().map(HistoryEntry::from).collect())
    }

    /// Who has changed anything in a review, and in which ways: pseudonyms and the codes of kinds, of the
    /// public ones only where `public` is given.
    pub async fn history_values(
        &self,
        review: &str,
        public: Option<&PublicHistory>,
    ) -> Result<(Vec<String>, Vec<String>), Error> {
        let distinct = |column: event::Column| {
            event::Entity::find()
                .select_only()
                .column(column)
                .distinct()
                .filter(event::Column::Review.eq(review))
                .filter(public.map_or_else(
                    Condition::all,
                    crate::store::read_model::public_view::condition,
                ))
                .into_tuple::<String>()
        };
        let mut actors = distinct(event::Column::Actor).all(&self.connection).await?;
        let mut kinds = distinct(event::Column::Kind).all(&self.connection).await?;
        actors.sort_unstable();
        kinds.sort_unstable();
        Ok((actors, kinds))
    }

    /// The paragraph that a name or number of a review's recommendation leads to by now, if it is not
    /// its own any more.
    pub async fn paragraph_now(
        &self,
        review: ReviewCode,
        name: &Paragraph,
    ) -> Result<Option<Paragraph>, Error> {
        let Some(review) =
            crate::store::read_model::review_records::find_review(&self.connection, review).await?
        else {
            return Ok(None);
        };
        let known = recommendation_alias::Entity::find()
            .filter(recommendation_alias::Column::ReviewId.eq(review.id))
            .filter(recommendation_alias::Column::Name.eq(name.as_str()))
            .order_by_asc(recommendation_alias::Column::RecommendationId)
            .one(&self.connection)
            .await?;
        let Some(known) = known else { return Ok(None) };
        let row = recommendation::Entity::find_by_id(known.recommendation_id)
            .one(&self.connection)
            .await?;
        Ok(row.and_then(|row| Paragraph::parse(&row.paragraph).ok()))
    }

    /// The number and time of the last entry: the version of everything that is recorded. (0, 0) for
    /// an empty history.
    pub async fn revision(&self) -> Result<(i64, i64), Error> {
        let version = self.version().await?;
        Ok((version.number, version.at))
    }

    /// The same with the version of what is public.
    pub async fn version(&self) -> Result<Version, Error> {
        if let Ok(version) = ASKED.try_with(|version| *version) {
            return Ok(version);
        }
        let Some(index) = self.wal_index.get() else {
            return chain::version(&self.connection).await;
        };
        // The header first: what is written between the two makes the next one ask again.
        let header = index.header();
        if let Some(version) = index.known(header) {
            return Ok(version);
        }
        let version = chain::version(&self.connection).await?;
        index.keep(header, version);
        Ok(version)
    }

    /// Reads something without asking for the version once more: it was asked for just before, and what
    /// has been written since then may be in what is read or not.
    pub async fn read_after<F: Future>(&self, version: Version, read: F) -> F::Output {
        ASKED.scope(version, read).await
    }

    /// Computes every hash again. `Ok(Ok(n))`: all `n` entries fit.
    pub async fn verify_history(&self) -> Result<Result<i64, BrokenAt>, Error> {
        Self::verify_history_in(&self.connection).await
    }

    /// The same in a transaction.
    pub(crate) async fn verify_history_in(
        db: &impl ConnectionTrait,
    ) -> Result<Result<i64, BrokenAt>, Error> {
        const BATCH: u64 = 2_000;
        let listings = Listings::read(db).await?;
        let (mut previous, mut count) = (String::new(), 0);
        // From below the first, where nothing may be.
        let mut after = i64::MIN;
        loop {
            let rows = event::Entity::find()
                .filter(event::Column::Id.gt(after))
                .order_by_asc(event::Column::Id)
                .limit(BATCH)
                .all(db)
                .await?;
            if rows.is_empty() {
                return Ok(Ok(count));
            }
            for row in rows {
                // A removed entry shows as a gap in the numbers.
                if row.id != count + 1 || listings.fit(&previous, &row) == Fit::Broken {
                    return Ok(Err(BrokenAt { id: count + 1 }));
                }
                count = row.id;
                after = row.id;
                previous = row.hash;
            }
        }
    }
}

impl Store {
    /// The hash of an entry, by which it and all before it can be recognised; none where there is none.
    pub async fn history_hash(&self, entry: i64) -> Result<Option<String>, Error> {
        chain::hash_of(&self.connection, entry).await
    }
}
