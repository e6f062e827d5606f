//! What the history says of a stretch of time.

use crate::domain::{Assessment, ReviewCode};
use crate::store::entities::event;
use crate::store::{Error, Event};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// More entries than this are not read one by one: what they concern is read anew.
const FEW: i64 = 1_000;

/// The reviews that have changed: to be read anew, or, where nothing but assessments was saved, what
/// was saved, in order.
#[derive(Debug, Default)]
pub(crate) struct News(HashMap<ReviewCode, Option<Vec<Saved>>>);

/// An assessment that was saved.
#[derive(Debug)]
pub(crate) struct Saved {
    pub(crate) event: i64,
    pub(crate) at: i64,
    pub(crate) round: String,
    pub(crate) paragraph: String,
    /// Without its version.
    pub(crate) assessment: Assessment,
}

impl News {
    /// The entries after one number, up to another.
    pub(crate) async fn between(
        db: &impl ConnectionTrait,
        after: i64,
        up_to: i64,
    ) -> Result<Self, Error> {
        let entries = event::Entity::find()
            .filter(event::Column::Id.gt(after))
            .filter(event::Column::Id.lte(up_to));
        let mut news = Self::default();
        if up_to - after > FEW {
            let reviews: Vec<Option<String>> = entries
                .select_only()
                .column(event::Column::Review)
                .distinct()
                .into_tuple()
                .all(db)
                .await?;
            let codes = reviews.into_iter().flatten();
            news.0 = codes
                .filter_map(|code| Some((ReviewCode::parse(&code)?, None)))
                .collect();
            return Ok(news);
        }
        for event in entries.order_by_asc(event::Column::Id).all(db).await? {
            news.add(event);
        }
        Ok(news)
    }

    fn add(&mut self, event: event::Model) {
        // Accounts and scales belong to no review.
        let Some(code) = event.review.as_deref().and_then(ReviewCode::parse) else {
            return;
        };
        let saved = self.0.entry(code).or_insert_with(|| Some(Vec::new()));
        match (saved_in(event), saved.as_mut()) {
            (Some(one), Some(saved)) => saved.push(one),
            _ => *saved = None,
        }
    }

    /// Each review with what was saved in it; nothing where it has to be read anew.
    pub(crate) fn reviews(&self) -> impl Iterator<Item = (ReviewCode, Option<&[Saved]>)> {
        self.0.iter().map(|(code, saved)| (*code, saved.as_deref()))
    }
}

fn saved_in(event: event::Model) -> Option<Saved> {
    // Whatever else happened, the review is read anew.
    let Some(Event::AssessmentSaved { after, .. }) = Event::of(&event) else {
        return None;
    };
    Some(Saved {
        event: event.id,
        at: event.at,
        round: event.round?,
        paragraph: event.paragraph?,
        assessment: after.into_owned(),
    })
}
