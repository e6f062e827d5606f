//! Evidence: numbered records of a review, cited by any number of assessments.
//!
//! A record is known by what it says: the same content is one record, and an assessment in the history
//! carries the content, so that it can be read without the record. Changing a record therefore changes
//! every open assessment that cites it, with an entry in the history for each; one that a published
//! round cites stays as it is.

use super::change::Change;
use super::entities::{assessment_evidence, event, evidence};
use super::{Actor, Error, NewEvent, Store, history, review_records, rounds, without_nul};
use crate::domain::{
    Assessment, Evidence, EvidenceRecord, Message, Review, ReviewCode, ReviewRecord,
    is_web_address, normalised_address,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The event of a new record.
pub(super) const ADDED: &str = "evidence-added";
/// The event of a changed record.
pub(super) const CHANGED: &str = "evidence-changed";
/// The event of a record taken away.
pub(super) const REMOVED: &str = "evidence-removed";
/// The event of an assessment whose evidence was changed in its record.
const CITED_CHANGED: &str = "assessment-evidence-changed";

/// What a piece of evidence says, in short: whoever changes a record names the one they saw.
pub fn evidence_identity(content: &Evidence) -> String {
    history::hex(&Sha256::digest(history::json(content).as_bytes()))
}

/// What is wrong with a piece of evidence, if anything.
pub(super) fn check(evidence: &Evidence) -> Result<(), Message> {
    let optional = [
        &evidence.publisher,
        &evidence.date,
        &evidence.note,
        &evidence.language,
        &evidence.archived,
    ];
    let texts = [Some(&evidence.title), Some(&evidence.source)];
    let mut all = texts
        .into_iter()
        .chain(optional.map(Option::as_ref))
        .flatten();
    if all.any(|text| text.chars().count() > Assessment::EVIDENCE_TEXT_MAX) {
        return Err(Message::new("evidence-too-long").with("max", Assessment::EVIDENCE_TEXT_MAX));
    }
    if evidence.title.trim().is_empty() {
        return Err(Message::new("evidence-without-title"));
    }
    if evidence.source.trim().is_empty() {
        return Err(Message::new("evidence-without-source"));
    }
    // A year or a month is one if its first of January, or first day, is a day.
    let is_dated = evidence.date.as_deref().is_none_or(|date| {
        let day = match date.len() {
            4 => format!("{date}-01-01"),
            7 => format!("{date}-01"),
            _ => date.to_owned(),
        };
        rounds::is_date(&day)
    });
    if !is_dated {
        return Err(Message::new("evidence-date-unfit"));
    }
    let is_language = |code: &String| {
        let mut parts = code.split('-');
        let primary = parts.next().unwrap_or_default();
        (2..=3).contains(&primary.len())
            && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
            && parts.all(|part| {
                (1..=8).contains(&part.len())
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
    };
    if !evidence.language.as_ref().is_none_or(is_language) {
        return Err(Message::new("evidence-language-unfit"));
    }
    if !evidence.archived.as_deref().is_none_or(is_web_address) {
        return Err(Message::new("evidence-archived-unfit"));
    }
    Ok(())
}

/// Evidence as it is kept: blanks around its texts dropped, empty ones left out.
pub(super) fn tidied(one: &Evidence) -> Evidence {
    let text = |text: &str| without_nul(text).trim().to_owned();
    let optional = |given: &Option<String>| given.as_deref().map(text).filter(|t| !t.is_empty());
    Evidence {
        title: text(&one.title),
        source: text(&one.source),
        publisher: optional(&one.publisher),
        date: optional(&one.date),
        kind: one.kind,
        note: optional(&one.note),
        language: optional(&one.language),
        archived: optional(&one.archived),
    }
}

/// Evidence as it is kept, each piece once.
pub(super) fn tidied_all(evidence: &[Evidence]) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = Vec::with_capacity(evidence.len());
    for one in evidence.iter().map(tidied) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// What an assessment cites: the records of those numbers, then what was typed. Typed evidence that
/// says nothing which the record of the same address does not say is that record. Each piece once.
pub(super) async fn resolve(
    db: &impl ConnectionTrait,
    review: i64,
    cites: &[i64],
    typed: &[Evidence],
) -> Result<Vec<Evidence>, Error> {
    let typed: Vec<Evidence> = typed.iter().map(tidied).collect();
    let addresses: Vec<String> = typed
        .iter()
        .filter_map(|one| normalised_address(&one.source))
        .collect();
    let mut known = Vec::new();
    if !cites.is_empty() || !addresses.is_empty() {
        known = evidence::Entity::find()
            .filter(evidence::Column::ReviewId.eq(review))
            .filter(
                Condition::any()
                    .add(evidence::Column::Number.is_in(cites.iter().copied()))
                    .add(evidence::Column::Address.is_in(addresses)),
            )
            .order_by_asc(evidence::Column::Number)
            .all(db)
            .await?;
    }
    let mut by_number = HashMap::new();
    let mut by_address: HashMap<String, Vec<Evidence>> = HashMap::new();
    for row in known {
        let (number, address) = (row.number, row.address.clone());
        let content = review_records::evidence_of(row)?;
        if let Some(address) = address {
            by_address.entry(address).or_default().push(content.clone());
        }
        if let Some(number) = number {
            by_number.insert(number, content);
        }
    }
    let mut resolved: Vec<Evidence> = Vec::with_capacity(cites.len() + typed.len());
    let mut cite = |one: Evidence| {
        if !resolved.contains(&one) {
            resolved.push(one);
        }
    };
    for number in cites {
        let record = by_number
            .get(number)
            .ok_or_else(|| Message::new("evidence-unknown").with("number", number))?;
        cite(record.clone());
    }
    for one in typed {
        let same = normalised_address(&one.source)
            .and_then(|address| by_address.get(&address))
            .and_then(|there| there.iter().find(|known| says_no_more(&one, known)));
        cite(same.cloned().unwrap_or(one));
    }
    Ok(resolved)
}

/// Whether what was typed says nothing that the record does not say.
fn says_no_more(typed: &Evidence, known: &Evidence) -> bool {
    let optional =
        |typed: &Option<String>, known: &Option<String>| typed.is_none() || typed == known;
    (typed.title.is_empty() || typed.title.to_lowercase() == known.title.to_lowercase())
        && optional(&typed.publisher, &known.publisher)
        && optional(&typed.date, &known.date)
        && optional(&typed.note, &known.note)
        && optional(&typed.language, &known.language)
        && optional(&typed.archived, &known.archived)
}

/// The rows of pieces of evidence of a review, by their identity; what is new is written.
pub(super) async fn rows_of<'a>(
    change: &mut Change<'_>,
    review: &Review,
    pieces: impl Iterator<Item = &'a Evidence>,
) -> Result<HashMap<String, i64>, Error> {
    let mut wanted: Vec<(String, &Evidence)> = Vec::new();
    for piece in pieces {
        let identity = evidence_identity(piece);
        if !wanted.iter().any(|(known, _)| *known == identity) {
            wanted.push((identity, piece));
        }
    }
    let known: Vec<(String, i64)> = evidence::Entity::find()
        .select_only()
        .column(evidence::Column::Identity)
        .column(evidence::Column::Id)
        .filter(evidence::Column::ReviewId.eq(review.id))
        .into_tuple()
        .all(&change.tx)
        .await?;
    let mut rows: HashMap<String, i64> = known.into_iter().collect();
    for (identity, piece) in wanted {
        if let std::collections::hash_map::Entry::Vacant(e) = rows.entry(identity) {
            let (id, _) = insert(change, review, piece).await?;
            e.insert(id);
        }
    }
    Ok(rows)
}

async fn find_same(
    db: &impl ConnectionTrait,
    review: i64,
    content: &Evidence,
) -> Result<Option<evidence::Model>, Error> {
    Ok(evidence::Entity::find()
        .filter(evidence::Column::ReviewId.eq(review))
        .filter(evidence::Column::Identity.eq(evidence_identity(content)))
        .one(db)
        .await?)
}

/// Writes a new record and its event: its row and number.
async fn insert(
    change: &mut Change<'_>,
    review: &Review,
    content: &Evidence,
) -> Result<(i64, i64), Error> {
    let number = next_number(&change.tx, review.code).await?;
    let mut row = row(content);
    row.review_id = Set(review.id);
    row.number = Set(Some(number));
    let id = evidence::Entity::insert(row)
        .exec(&change.tx)
        .await?
        .last_insert_id;
    change
        .record(vec![event_of(
            ADDED,
            review.code,
            None,
            Some((number, content)),
        )])
        .await?;
    Ok((id, number))
}

/// Numbers are never given twice, so those that were taken away count as well.
async fn next_number(db: &impl ConnectionTrait, review: ReviewCode) -> Result<i64, Error> {
    let given = event::Entity::find()
        .filter(event::Column::Review.eq(review.to_string()))
        .filter(event::Column::Round.is_null())
        .filter(event::Column::Kind.eq(ADDED))
        .count(db)
        .await?;
    Ok(i64::try_from(given).unwrap_or(i64::MAX).saturating_add(1))
}

fn row(content: &Evidence) -> evidence::ActiveModel {
    evidence::ActiveModel {
        title: Set(content.title.clone()),
        source: Set(content.source.clone()),
        publisher: Set(content.publisher.clone()),
        date: Set(content.date.clone()),
        kind: Set(content.kind.code().to_owned()),
        note: Set(content.note.clone()),
        language: Set(content.language.clone()),
        archived: Set(content.archived.clone()),
        address: Set(normalised_address(&content.source)),
        identity: Set(evidence_identity(content)),
        ..Default::default()
    }
}

fn event_of(
    kind: &'static str,
    review: ReviewCode,
    before: Option<(i64, &Evidence)>,
    after: Option<(i64, &Evidence)>,
) -> NewEvent {
    let record = |(number, content): (i64, &Evidence)| {
        history::json(&EvidenceRecord {
            number,
            evidence: content.clone(),
        })
    };
    NewEvent {
        kind,
        review: Some(review.to_string()),
        before: before.map(record),
        after: after.map(record),
        ..Default::default()
    }
}

impl Store {
    /// Adds a record to a review; its number. Refused where the review has a record of the same
    /// content or, unless `of_known_address`, of the same web address.
    pub async fn add_evidence(
        &self,
        actor: &Actor,
        review: ReviewCode,
        content: &Evidence,
        of_known_address: bool,
    ) -> Result<i64, Error> {
        let content = tidied(content);
        check(&content).map_err(|message| message.with("number", 1))?;
        let mut change = self.begin(actor).await?;
        let review = review_records::find_review(&change.tx, review)
            .await?
            .ok_or(Error::NotFound)?;
        refuse_known(&change.tx, review.id, None, &content, of_known_address).await?;
        let (_, number) = insert(&mut change, &review, &content).await?;
        change.commit().await?;
        Ok(number)
    }

    /// Changes a record, and with it what every open assessment cites. `seen` is the
    /// [`evidence_identity`] of what was to be changed. Refused where a published round cites it.
    pub async fn change_evidence(
        &self,
        actor: &Actor,
        review: ReviewCode,
        number: i64,
        seen: &str,
        content: &Evidence,
    ) -> Result<(), Error> {
        let content = tidied(content);
        check(&content).map_err(|message| message.with("number", number))?;
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let (id, before) = find(&change.tx, &record, number, seen).await?;
        if before == content {
            return Ok(());
        }
        refuse_known(&change.tx, record.review.id, Some(id), &content, true).await?;
        let mut row = row(&content);
        row.id = Set(id);
        evidence::Entity::update(row).exec(&change.tx).await?;
        let mut events = vec![event_of(
            CHANGED,
            review,
            Some((number, &before)),
            Some((number, &content)),
        )];
        for (round, cited) in record.cited_in(&before) {
            for one in cited {
                let Some(was) = round.assessments.get(&one.id) else {
                    continue;
                };
                let mut is = was.clone();
                for evidence in &mut is.evidence {
                    if *evidence == before {
                        evidence.clone_from(&content);
                    }
                }
                events.push(NewEvent {
                    kind: CITED_CHANGED,
                    review: Some(review.to_string()),
                    round: Some(round.round.slug.clone()),
                    paragraph: Some(one.paragraph.to_string()),
                    before: Some(history::json(was)),
                    after: Some(history::json(&is)),
                });
            }
        }
        change.record(events).await?;
        change.commit().await
    }

    /// Takes a record away that nothing cites.
    pub async fn remove_evidence(
        &self,
        actor: &Actor,
        review: ReviewCode,
        number: i64,
        seen: &str,
    ) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let (id, before) = find(&change.tx, &record, number, seen).await?;
        let cited = assessment_evidence::Entity::find()
            .filter(assessment_evidence::Column::EvidenceId.eq(id))
            .count(&change.tx)
            .await?;
        if cited > 0 {
            return Err(Message::new("evidence-is-cited")
                .with("number", number)
                .with("count", cited)
                .into());
        }
        evidence::Entity::delete_by_id(id).exec(&change.tx).await?;
        change
            .record(vec![event_of(
                REMOVED,
                review,
                Some((number, &before)),
                None,
            )])
            .await?;
        change.commit().await
    }

    /// Numbers the records of a database of an earlier version of the program.
    pub(super) async fn number_evidence(&self) -> Result<(), Error> {
        let unnumbered = || {
            evidence::Entity::find()
                .filter(evidence::Column::Number.is_null())
                .order_by_asc(evidence::Column::Id)
        };
        if unnumbered().one(&self.connection).await?.is_none() {
            return Ok(());
        }
        let mut change = self.begin(&Actor::command_line()).await?;
        for stored in unnumbered().all(&change.tx).await? {
            let review = super::entities::review::Entity::find_by_id(stored.review_id)
                .one(&change.tx)
                .await?
                .ok_or_else(|| Error::Corrupt("evidence without a review".to_owned()))?;
            let review = Review::try_from(review)?;
            let number = next_number(&change.tx, review.code).await?;
            let id = stored.id;
            let content = review_records::evidence_of(stored)?;
            let mut row = row(&content);
            row.id = Set(id);
            row.number = Set(Some(number));
            evidence::Entity::update(row).exec(&change.tx).await?;
            change
                .record(vec![event_of(
                    ADDED,
                    review.code,
                    None,
                    Some((number, &content)),
                )])
                .await?;
        }
        // Another process may have been quicker.
        change.commit_unrecorded().await
    }
}

/// A record that may be changed: its row and what it says.
async fn find(
    db: &impl ConnectionTrait,
    record: &ReviewRecord,
    number: i64,
    seen: &str,
) -> Result<(i64, Evidence), Error> {
    let row = evidence::Entity::find()
        .filter(evidence::Column::ReviewId.eq(record.review.id))
        .filter(evidence::Column::Number.eq(number))
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    if row.identity != seen {
        return Err(Message::new("evidence-changed-meanwhile")
            .with("number", number)
            .into());
    }
    let id = row.id;
    let content = review_records::evidence_of(row)?;
    let published = record
        .cited_in(&content)
        .into_iter()
        .find(|(round, _)| round.round.is_published());
    match published {
        Some((round, _)) => Err(Message::new("evidence-is-published")
            .with("number", number)
            .with("round", &round.round.title)
            .into()),
        None => Ok((id, content)),
    }
}

/// Refuses evidence whose address a record has that says something else: it may be that record. Each piece
/// goes by its number in the form.
pub(super) async fn refuse_same_address(
    db: &impl ConnectionTrait,
    review: i64,
    pieces: impl Iterator<Item = (usize, Evidence)>,
) -> Result<(), Error> {
    for (number, one) in pieces {
        if find_same(db, review, &one).await?.is_some() {
            continue;
        }
        let Some(address) = normalised_address(&one.source) else {
            continue;
        };
        let known = evidence::Entity::find()
            .filter(evidence::Column::ReviewId.eq(review))
            .filter(evidence::Column::Address.eq(address))
            .order_by_asc(evidence::Column::Number)
            .one(db)
            .await?;
        if let Some(known) = known {
            return Err(Message::new("evidence-same-address-known")
                .with("number", number)
                .with("known", known.number.unwrap_or_default())
                .with("title", known.title)
                .into());
        }
    }
    Ok(())
}

/// Refuses what another record says already.
async fn refuse_known(
    db: &impl ConnectionTrait,
    review: i64,
    but: Option<i64>,
    content: &Evidence,
    of_known_address: bool,
) -> Result<(), Error> {
    let mut known = find_same(db, review, content).await?;
    if known.is_none()
        && !of_known_address
        && let Some(address) = normalised_address(&content.source)
    {
        known = evidence::Entity::find()
            .filter(evidence::Column::ReviewId.eq(review))
            .filter(evidence::Column::Address.eq(address))
            .one(db)
            .await?;
    }
    match known.filter(|known| Some(known.id) != but) {
        Some(known) => Err(Message::new("evidence-known")
            .with("number", known.number.unwrap_or_default())
            .with("title", known.title)
            .into()),
        None => Ok(()),
    }
}
