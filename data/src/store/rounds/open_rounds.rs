//! The rounds that are open, without anything of what is in them but its number.

use crate::domain::{Review, ReviewCode, RoundKind};
use crate::store::entities::{assessment, recommendation, round};
use crate::store::{Error, Store};
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::cmp::Reverse;
use std::collections::HashMap;

/// A round that is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenRound {
    /// Its review.
    pub review: Review,
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// True if it corrects a published round, whose title it has.
    pub is_correction: bool,
    /// Who signs it.
    pub organisation: String,
    /// How many recommendations are examined in it: they have a status, if only "not assessed". A result that was
    /// carried over and is not confirmed does not count.
    pub examined: usize,
}

impl Store {
    /// The itemised rounds that are open, by State and cycle, the newest as-of date first.
    pub async fn open_rounds(&self) -> Result<Vec<OpenRound>, Error> {
        let mut rounds = round::Entity::find()
            .filter(round::Column::PublishedAt.is_null())
            .filter(round::Column::Kind.eq(RoundKind::Itemised))
            .all(&self.connection)
            .await?;
        // A round without a date is taken for the latest, as in its review.
        rounds.sort_by_cached_key(|round| {
            Reverse((round.as_of.is_none(), round.as_of.clone(), round.id))
        });
        let examined: Vec<(i64, i64)> = assessment::Entity::find()
            .select_only()
            .column(assessment::Column::RoundId)
            .column_as(assessment::Column::Id.count(), "examined")
            .filter(assessment::Column::RoundId.in_subquery(open()))
            .filter(assessment::Column::CarriedOver.is_null())
            .group_by(assessment::Column::RoundId)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let examined: HashMap<i64, i64> = examined.into_iter().collect();
        let mut by_review: HashMap<i64, Vec<round::Model>> = HashMap::new();
        for round in rounds {
            by_review.entry(round.review_id).or_default().push(round);
        }
        let mut open = Vec::new();
        for review in self.reviews().await?.iter() {
            for round in by_review.remove(&review.id).unwrap_or_default() {
                open.push(OpenRound {
                    review: review.clone(),
                    examined: number(examined.get(&round.id).copied().unwrap_or_default()),
                    slug: round.slug,
                    title: round.title,
                    is_correction: round.supersedes.is_some(),
                    organisation: round.organisation,
                });
            }
        }
        Ok(open)
    }

    /// How many recommendations each review has received; reviews without any are left out.
    pub async fn received(&self) -> Result<HashMap<ReviewCode, usize>, Error> {
        let counts: Vec<(i64, i64)> = recommendation::Entity::find()
            .select_only()
            .column(recommendation::Column::ReviewId)
            .column_as(recommendation::Column::Id.count(), "received")
            .group_by(recommendation::Column::ReviewId)
            .into_tuple()
            .all(&self.connection)
            .await?;
        let counts: HashMap<i64, i64> = counts.into_iter().collect();
        let reviews = self.reviews().await?;
        let received = |review: &Review| Some((review.code, number(*counts.get(&review.id)?)));
        Ok(reviews.iter().filter_map(received).collect())
    }
}

fn open() -> SelectStatement {
    Query::select()
        .column(round::Column::Id)
        .from(round::Entity)
        .and_where(round::Column::PublishedAt.is_null())
        .to_owned()
}

fn number(count: i64) -> usize {
    usize::try_from(count).unwrap_or_default()
}
