//! Opening and publishing rounds.

use super::change::Change;
use super::entities::{assessment, counted_as, round};
use super::{Actor, Error, NewEvent, Store, history, insert_all, review_records, scales};
use crate::domain::{
    Assessment, CountedAs, Frozen, Message, Recommendation, Review, ReviewCode, ReviewRecord,
    Round, RoundKind, RoundRecord, refuse_invisible,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A round to be opened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NewRound {
    /// Its name in addresses: small letters, digits and hyphens, at most 60, unique in its review.
    pub slug: String,
    /// Who signs it, at most 200 characters.
    pub organisation: String,
    /// Its title, at most 200 characters.
    pub title: String,
    /// Evidence up to this day is considered, `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// The code of its scale.
    pub scale: String,
    /// How it is done, or where that is written, in Markdown; at most 20,000 characters.
    pub method: Option<String>,
    /// The organisations that assess, where they are others than who signs; at most 50.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assessors: Vec<String>,
}

/// The event of opening a round.
pub(super) const OPENED: &str = "round-opened";
/// The event of changing what a round says of itself.
pub(super) const CHANGED: &str = "round-changed";
/// The event of writing down a round's reported totals.
pub(super) const TOTALS_REPORTED: &str = "totals-reported";
/// The event of publishing a round.
pub(super) const PUBLISHED: &str = "round-published";

/// The content hash in what such an event says.
pub(super) fn published_hash(after: &str) -> Option<String> {
    let after: Published = serde_json::from_str(after).ok()?;
    Some(after.content_hash)
}

#[derive(Serialize, Deserialize)]
struct Published {
    content_hash: String,
}

impl NewRound {
    /// What is wrong with it, if anything.
    pub fn check(&self) -> Result<(), Message> {
        let fits_address = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.slug.is_empty() || self.slug.len() > 60 || !self.slug.chars().all(fits_address) {
            return Err(Message::new("round-slug-unfit").with("max", 60));
        }
        // `/rounds/new` is the form's own address.
        if self.slug == "new" {
            return Err(Message::new("round-slug-taken").with("slug", &self.slug));
        }
        let short = |text: &str| (1..=200).contains(&text.trim().chars().count());
        if !short(&self.organisation) {
            return Err(Message::new("round-organisation-unfit").with("max", 200));
        }
        if !short(&self.title) {
            return Err(Message::new("round-title-unfit").with("max", 200));
        }
        if self.as_of.as_deref().is_some_and(|date| !is_date(date)) {
            return Err(Message::new("round-date-unfit"));
        }
        if self
            .method
            .as_deref()
            .is_some_and(|method| method.chars().count() > 20_000)
        {
            return Err(Message::new("round-method-unfit").with("max", 20_000));
        }
        if self.assessors.len() > 50 || !self.assessors.iter().all(|name| short(name)) {
            return Err(Message::new("round-assessors-unfit")
                .with("most", 50)
                .with("max", 200));
        }
        let names = [&self.organisation, &self.title].into_iter();
        names
            .chain(&self.assessors)
            .try_for_each(|name| refuse_invisible(name))
    }
}

impl NewRound {
    /// What an open round says of itself.
    pub fn of(round: &Round) -> Self {
        Self {
            slug: round.slug.clone(),
            organisation: round.organisation.clone(),
            title: round.title.clone(),
            as_of: round.as_of.clone(),
            scale: round.scale.code.clone(),
            method: round.method.clone(),
            assessors: round.assessors.clone(),
        }
    }

    /// All of it in short: whoever changes a round names what they saw.
    pub fn identity(&self) -> String {
        super::sha256(history::json(self).as_bytes())
    }

    /// As it is kept. Whatever a form sends, the databases hold no NUL.
    fn tidied(&self) -> Self {
        let text = |text: &str| super::without_nul(text).trim().to_owned();
        Self {
            organisation: text(&self.organisation),
            title: text(&self.title),
            method: self.method.as_deref().map(text).filter(|t| !t.is_empty()),
            assessors: self
                .assessors
                .iter()
                .map(|name| text(name))
                .filter(|name| !name.is_empty())
                .collect(),
            ..self.clone()
        }
    }

    fn assessors_column(&self) -> Option<String> {
        (!self.assessors.is_empty()).then(|| self.assessors.join("\n"))
    }
}

impl Store {
    /// Changes what an open round says of itself, all but its name in addresses and its scale. `seen`
    /// is the [`identity`](NewRound::identity) of what was to be changed.
    pub async fn change_round(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
        seen: &str,
        wanted: &NewRound,
    ) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let there = record.round(slug).ok_or(Error::NotFound)?;
        if there.round.is_published() {
            return Err(Message::new("round-is-published")
                .with("round", &there.round.title)
                .into());
        }
        if there.round.kind != RoundKind::Itemised {
            return Err(Message::new("round-has-totals-only")
                .with("round", &there.round.title)
                .into());
        }
        let before = NewRound::of(&there.round);
        let after = NewRound {
            slug: before.slug.clone(),
            scale: before.scale.clone(),
            ..wanted.tidied()
        };
        after.check()?;
        if before == after {
            return Ok(());
        }
        if before.identity() != seen {
            return Err(Message::new("round-changed-meanwhile")
                .with("round", &there.round.title)
                .into());
        }
        let row = round::ActiveModel {
            id: Set(there.round.id),
            organisation: Set(after.organisation.clone()),
            title: Set(after.title.clone()),
            as_of: Set(after.as_of.clone()),
            method: Set(after.method.clone()),
            assessors: Set(after.assessors_column()),
            ..Default::default()
        };
        round::Entity::update(row).exec(&change.tx).await?;
        let event = NewEvent {
            kind: CHANGED,
            review: Some(review.to_string()),
            round: Some(slug.to_owned()),
            before: Some(history::json(&before)),
            after: Some(history::json(&after)),
            ..Default::default()
        };
        change.record(vec![event]).await?;
        change.commit().await
    }

    /// Opens an itemised round.
    pub async fn open_round(
        &self,
        actor: &Actor,
        review: ReviewCode,
        new: &NewRound,
    ) -> Result<(), Error> {
        new.check()?;
        let mut change = self.begin(actor).await?;
        let review = review_records::find_review(&change.tx, review)
            .await?
            .ok_or(Error::NotFound)?;
        insert(&mut change, &review, new, RoundKind::Itemised).await?;
        change.commit().await
    }

    /// Publishes a round: from then on nothing in it changes, and its content hash can be recomputed
    /// by anybody from [`canonical_text`](RoundRecord::canonical_text). Recommendations that nobody
    /// assessed are written down as not assessed, so that what is imported later stays outside; and
    /// what figures count of each - States, position, terms - is written down as it is now, so that
    /// what a later import corrects does not move them.
    pub async fn publish_round(
        &self,
        actor: &Actor,
        review: ReviewCode,
        slug: &str,
    ) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        publish(&mut change, &record, slug).await?;
        change.commit().await
    }
}

/// Writes a round and its event; its row's number.
pub(super) async fn insert(
    change: &mut Change<'_>,
    review: &Review,
    new: &NewRound,
    kind: RoundKind,
) -> Result<i64, Error> {
    let new = &new.tidied();
    let taken = find(&change.tx, review.id, &new.slug).await?;
    if taken.is_some() {
        return Err(Message::new("round-slug-taken")
            .with("slug", &new.slug)
            .into());
    }
    let scale = scales::newest(&change.tx, &new.scale)
        .await?
        .ok_or_else(|| Message::new("round-scale-unknown").with("scale", &new.scale))?;
    let row = round::ActiveModel {
        review_id: Set(review.id),
        slug: Set(new.slug.clone()),
        organisation: Set(new.organisation.clone()),
        title: Set(new.title.clone()),
        as_of: Set(new.as_of.clone()),
        scale_id: Set(scale.id),
        kind: Set(kind.code().to_owned()),
        method: Set(new.method.clone()),
        assessors: Set(new.assessors_column()),
        ..Default::default()
    };
    let id = round::Entity::insert(row)
        .exec(&change.tx)
        .await?
        .last_insert_id;
    let event = NewEvent {
        kind: OPENED,
        review: Some(review.code.to_string()),
        round: Some(new.slug.clone()),
        after: Some(history::json(new)),
        ..Default::default()
    };
    change.record(vec![event]).await?;
    Ok(id)
}

/// Publishes a round of a record that was read in the same change.
pub(super) async fn publish(
    change: &mut Change<'_>,
    record: &ReviewRecord,
    slug: &str,
) -> Result<(), Error> {
    let round = record.round(slug).ok_or(Error::NotFound)?;
    if round.round.is_published() {
        return Err(Message::new("round-is-published")
            .with("round", &round.round.title)
            .into());
    }
    if round.round.kind == RoundKind::Itemised && record.recommendations.is_empty() {
        return Err(Message::new("round-has-no-recommendations").into());
    }
    let unconfirmed = round.unconfirmed();
    if unconfirmed > 0 {
        return Err(Message::new("round-has-unconfirmed")
            .with("count", unconfirmed)
            .into());
    }
    let mut round = round.clone();
    let mut missing = Vec::new();
    if round.round.kind == RoundKind::Itemised {
        for recommendation in &record.recommendations {
            if !round.assessments.contains_key(&recommendation.id) {
                missing.push(recommendation.id);
            }
        }
    }
    write_down_unassessed(change, &mut round, &missing).await?;
    write_down_counted(change, &round, record).await?;
    let hash = round.content_hash(record);
    let row = round::ActiveModel {
        id: Set(round.round.id),
        published_at: Set(Some(change.now())),
        content_hash: Set(Some(hash.clone())),
        ..Default::default()
    };
    round::Entity::update(row).exec(&change.tx).await?;
    let event = NewEvent {
        kind: PUBLISHED,
        review: Some(record.review.code.to_string()),
        round: Some(slug.to_owned()),
        after: Some(history::json(&Published { content_hash: hash })),
        ..Default::default()
    };
    change.record(vec![event]).await
}

async fn write_down_counted(
    change: &mut Change<'_>,
    round: &RoundRecord,
    record: &ReviewRecord,
) -> Result<(), Error> {
    let rows = record
        .recommendations
        .iter()
        .filter(|one| round.assessments.contains_key(&one.id))
        .map(|one| counted_as::Model {
            round_id: round.round.id,
            recommendation_id: one.id,
            content: history::json(&counted_now(one)),
        })
        .collect();
    insert_all::<counted_as::Entity, counted_as::ActiveModel>(&change.tx, rows).await
}

/// A recommendation as a round counts it that is published now.
fn counted_now(one: &Recommendation) -> CountedAs {
    CountedAs {
        paragraph: one.paragraph.clone(),
        recommending: one.recommending.clone(),
        positions: one.positions.clone(),
        action_category: one.action_category,
        terms: one.terms.clone(),
        text_sha256: one
            .text
            .as_deref()
            .map(|text| super::sha256(text.as_bytes())),
    }
}

/// A recommendation beside what would be counted of it now, which is worked out once for all rounds.
pub(super) struct Present<'a> {
    one: &'a Recommendation,
    counted: CountedAs,
    json: String,
}

impl<'a> Present<'a> {
    /// What would be counted of it now.
    pub(super) fn of(one: &'a Recommendation) -> Self {
        let counted = counted_now(one);
        let json = history::json(&counted);
        Self { one, counted, json }
    }

    /// What a published round counted, where that is no longer what would be counted now.
    pub(super) fn frozen(&self, content: &str) -> Result<Option<Frozen>, Error> {
        // Nearly always the same letter for letter, which is quicker to see than to read.
        if self.json == content {
            return Ok(None);
        }
        let counted: CountedAs =
            serde_json::from_str(content).map_err(|error| Error::Corrupt(error.to_string()))?;
        if counted == self.counted {
            return Ok(None);
        }
        Ok(Some(Frozen {
            recommendation: counted.apply(self.one),
            counted,
        }))
    }
}

async fn write_down_unassessed(
    change: &mut Change<'_>,
    round: &mut RoundRecord,
    recommendations: &[i64],
) -> Result<(), Error> {
    let scale = &round.round.scale;
    let Some(unassessed) = scale.statuses.get(scale.unassessed()) else {
        return Err(Error::Corrupt(scale.code.clone()));
    };
    let rows: Vec<assessment::ActiveModel> = recommendations
        .iter()
        .map(|recommendation| assessment::ActiveModel {
            round_id: Set(round.round.id),
            recommendation_id: Set(*recommendation),
            status: Set(unassessed.code.clone()),
            rationale: Set(String::new()),
            confidence: Set(None),
            version: Set(1),
            changed_at: Set(change.now()),
            ..Default::default()
        })
        .collect();
    for batch in rows.chunks(2_000) {
        assessment::Entity::insert_many(batch.to_vec())
            .exec_without_returning(&change.tx)
            .await?;
    }
    let status = unassessed.code.clone();
    for recommendation in recommendations {
        let assessment = Assessment {
            status: status.clone(),
            rationale: String::new(),
            confidence: None,
            evidence: Vec::new(),
            carried_over: None,
            version: 1,
            changed_at: change.now(),
        };
        round.assessments.insert(*recommendation, assessment);
    }
    Ok(())
}

/// The row of a review's round.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    review: i64,
    slug: &str,
) -> Result<Option<round::Model>, Error> {
    // PostgreSQL takes it for a fault of the question, not for a round that is not there.
    if slug.contains('\0') {
        return Ok(None);
    }
    Ok(round::Entity::find()
        .filter(round::Column::ReviewId.eq(review))
        .filter(round::Column::Slug.eq(slug))
        .one(db)
        .await?)
}

/// Whether a text is a day, `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    let format = time::macros::format_description!("[year]-[month]-[day]");
    // Signs and years of other lengths would pass otherwise.
    text.len() == 10
        && text.starts_with(|c: char| c.is_ascii_digit())
        && time::Date::parse(text, format).is_ok()
}

impl RoundRecord {
    /// SHA-256, in hexadecimal, of [`canonical_text`](Self::canonical_text).
    pub fn content_hash(&self, record: &ReviewRecord) -> String {
        history::hex(&Sha256::digest(self.canonical_text(record).as_bytes()))
    }

    /// What this round says, as one text that is the same wherever it is written: a line of JSON for
    /// the round, then one for each recommendation (as it counts, and its assessment) in paragraph
    /// order or for each reported total, each ended by a line feed. `sha256sum` over it gives the content hash.
    pub fn canonical_text(&self, record: &ReviewRecord) -> String {
        let round = &self.round;
        let mut lines = vec![history::json(&RoundLine {
            review: record.review.code,
            round: &round.slug,
            organisation: &round.organisation,
            title: &round.title,
            as_of: round.as_of.as_deref(),
            scale: &round.scale.code,
            scale_version: round.scale.version,
            kind: round.kind,
            method: round.method.as_deref(),
            assessors: &round.assessors,
        })];
        let mut assessed: Vec<(CountedAs, &Assessment)> = record
            .recommendations
            .iter()
            .filter_map(|one| {
                let counted = self
                    .frozen
                    .get(&one.id)
                    .map(|frozen| frozen.counted.clone());
                let assessment = self.assessments.get(&one.id)?;
                Some((counted.unwrap_or_else(|| counted_now(one)), assessment))
            })
            .collect();
        assessed.sort_by_cached_key(|(counted, _)| counted.paragraph.order());
        for (counted, assessment) in &assessed {
            lines.push(history::json(&AssessmentLine {
                counted,
                assessment,
            }));
        }
        lines.extend(self.totals.iter().map(history::json));
        let mut text = lines.join("\n");
        text.push('\n');
        text
    }
}

/// The first line of a canonical text. The order of the fields is part of the format, here and below.
#[derive(Serialize)]
struct RoundLine<'a> {
    review: ReviewCode,
    round: &'a str,
    organisation: &'a str,
    title: &'a str,
    as_of: Option<&'a str>,
    scale: &'a str,
    scale_version: i32,
    kind: RoundKind,
    method: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    assessors: &'a [String],
}

#[derive(Serialize)]
struct AssessmentLine<'a> {
    #[serde(flatten)]
    counted: &'a CountedAs,
    #[serde(flatten)]
    assessment: &'a Assessment,
}
