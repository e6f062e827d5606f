//! Evidence: numbered records of a review, cited by any number of assessments.
//!
//! A record is known by what it says: the same content is one record, and an assessment in the history
//! carries the content, so that it can be read without the record. Changing a record therefore changes
//! every open assessment that cites it, with an entry in the history for each; one that a published
//! round cites stays as it is.

use crate::domain::{
    Assessment, EventKind, Evidence, EvidenceRecord, RecordedDate, Review, ReviewCode,
    ReviewRecord, Seen, canonical_language, is_web_address, normalised_address, refusals,
};
use crate::store::change::Change;
use crate::store::entities::{assessment_evidence, event, evidence};
use crate::store::history::chain;
use crate::store::read_model::review_records;
use crate::store::{Actor, Conflict, Error, Event, Store, without_nul};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashMap;

refusals! {
    /// Why evidence is not added, changed, cited or removed.
    pub enum EvidenceRefusal {
        /// One of its texts is too long.
        TooLong { max: usize, number: i64 } => "evidence-too-long",
        /// It has no title.
        WithoutTitle { number: i64 } => "evidence-without-title",
        /// It has neither an address nor a citation.
        WithoutSource { number: i64 } => "evidence-without-source",
        /// The date is no year, month or day.
        DateUnfit { number: i64 } => "evidence-date-unfit",
        /// The kind is none that there is.
        KindUnknown { known: String, number: i64 } => "evidence-kind-unknown",
        /// The address of the archived copy is no web address.
        ArchivedUnfit { number: i64 } => "evidence-archived-unfit",
        /// The language is no BCP 47 tag.
        LanguageUnfit { number: i64 } => "evidence-language-unfit",
        /// The review has no evidence of that number.
        Unknown { number: i64 } => "evidence-unknown",
        /// Assessments cite it.
        IsCited { number: i64, count: u64 } => "evidence-is-cited",
        /// A published round cites it.
        IsPublished { number: i64, round: String } => "evidence-is-published",
        /// The record `known` has the same web address.
        SameAddressKnown { number: i64, known: i64, title: String } => "evidence-same-address-known",
        /// The record of that number has the same content or the same web address.
        Known { number: i64, title: String } => "evidence-known",
    }
}

/// The hash of a piece of evidence, by which its record is found.
pub(crate) fn evidence_identity(content: &Evidence) -> String {
    hex::encode(Sha256::digest(chain::json(content).as_bytes()))
}

/// The version of a record that a form names which changes or removes it.
pub fn evidence_seen(content: &Evidence) -> Seen {
    Seen::Content(evidence_identity(content))
}

/// What is wrong with a piece of evidence, if anything.
pub(crate) fn check(evidence: &Evidence, number: i64) -> Result<(), EvidenceRefusal> {
    let optional = [
        &evidence.publisher,
        &evidence.note,
        &evidence.language,
        &evidence.archived,
    ];
    let texts = [Some(&evidence.title), Some(&evidence.source)];
    let mut all = texts
        .into_iter()
        .chain(optional.map(Option::as_ref))
        .flatten()
        .map(Cow::from)
        .chain(evidence.date.as_ref().map(RecordedDate::text));
    if all.any(|text| text.chars().count() > Assessment::EVIDENCE_TEXT_MAX) {
        return Err(EvidenceRefusal::TooLong {
            max: Assessment::EVIDENCE_TEXT_MAX,
            number,
        });
    }
    if evidence.title.trim().is_empty() {
        return Err(EvidenceRefusal::WithoutTitle { number });
    }
    if evidence.source.trim().is_empty() {
        return Err(EvidenceRefusal::WithoutSource { number });
    }
    let is_date = |date: &RecordedDate| date.date().is_some();
    if !evidence.date.as_ref().is_none_or(is_date) {
        return Err(EvidenceRefusal::DateUnfit { number });
    }
    if !evidence.archived.as_deref().is_none_or(is_web_address) {
        return Err(EvidenceRefusal::ArchivedUnfit { number });
    }
    Ok(())
}

/// Refuses a piece of evidence whose language is no tag. For what is typed: records that earlier versions accepted
/// can be cited still.
pub(crate) fn check_language(evidence: &Evidence, number: i64) -> Result<(), EvidenceRefusal> {
    let is_tag = |tag| canonical_language(tag).is_some();
    if evidence.language.as_deref().is_none_or(is_tag) {
        Ok(())
    } else {
        Err(EvidenceRefusal::LanguageUnfit { number })
    }
}

/// Evidence as it is kept: blanks around its texts dropped, empty ones left out, its language in canonical case.
pub(crate) fn tidied(one: &Evidence) -> Evidence {
    let text = |text: &str| without_nul(text).trim().to_owned();
    let optional = |given: &Option<String>| given.as_deref().map(text).filter(|t| !t.is_empty());
    Evidence {
        title: text(&one.title),
        source: text(&one.source),
        publisher: optional(&one.publisher),
        date: optional(&one.date.clone().map(Into::into)).map(Into::into),
        kind: one.kind,
        note: optional(&one.note),
        language: optional(&one.language)
            .map(|language| canonical_language(&language).unwrap_or(language)),
        archived: optional(&one.archived),
    }
}

/// Evidence as it is kept, each piece once.
pub(crate) fn tidied_all(evidence: &[Evidence]) -> Vec<Evidence> {
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
pub(crate) async fn resolve(
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
        let content = review_records::evidence_of(row);
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
            .ok_or(EvidenceRefusal::Unknown { number: *number })?;
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
    let language = tidied(known).language;
    (typed.title.is_empty() || typed.title.to_lowercase() == known.title.to_lowercase())
        && optional(&typed.publisher, &known.publisher)
        && (typed.date.is_none() || typed.date == known.date)
        && optional(&typed.note, &known.note)
        && optional(&typed.language, &language)
        && optional(&typed.archived, &known.archived)
}

/// The rows of pieces of evidence of a review, by their identity; what is new is written.
pub(crate) async fn rows_of<'a>(
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
    let after = record_of(number, content);
    let event = Event::EvidenceAdded { after };
    change.record(vec![event.in_review(review.code)]).await?;
    Ok((id, number))
}

/// Numbers are never given twice, so those that were taken away count as well.
async fn next_number(db: &impl ConnectionTrait, review: ReviewCode) -> Result<i64, Error> {
    let given = event::Entity::find()
        .filter(event::Column::Review.eq(review.to_string()))
        .filter(event::Column::Round.is_null())
        .filter(event::Column::Kind.eq(EventKind::EvidenceAdded))
        .count(db)
        .await?;
    Ok(i64::try_from(given).unwrap_or(i64::MAX).saturating_add(1))
}

fn row(content: &Evidence) -> evidence::ActiveModel {
    evidence::ActiveModel {
        title: Set(content.title.clone()),
        source: Set(content.source.clone()),
        publisher: Set(content.publisher.clone()),
        date: Set(content.date.clone().map(Into::into)),
        kind: Set(content.kind),
        note: Set(content.note.clone()),
        language: Set(content.language.clone()),
        archived: Set(content.archived.clone()),
        address: Set(normalised_address(&content.source)),
        identity: Set(evidence_identity(content)),
        ..Default::default()
    }
}

fn record_of(number: i64, content: &Evidence) -> EvidenceRecord {
    EvidenceRecord {
        number,
        evidence: content.clone(),
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
        check(&content, 1)?;
        check_language(&content, 1)?;
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
    /// [`evidence_seen`] of what was to be changed. Refused where a published round cites it.
    pub async fn change_evidence(
        &self,
        actor: &Actor,
        review: ReviewCode,
        number: i64,
        seen: &Seen,
        content: &Evidence,
    ) -> Result<(), Error> {
        let content = tidied(content);
        check(&content, number)?;
        check_language(&content, number)?;
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
        let event = Event::EvidenceChanged {
            before: record_of(number, &before),
            after: record_of(number, &content),
        };
        let mut events = vec![event.in_review(review)];
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
                let event = Event::AssessmentEvidenceChanged {
                    before: Cow::Borrowed(was),
                    after: Cow::Owned(is),
                };
                events.push(event.about_assessment(review, &round.round.slug, &one.paragraph));
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
        seen: &Seen,
    ) -> Result<(), Error> {
        let mut change = self.begin(actor).await?;
        let record = review_records::load(&change.tx, review).await?;
        let (id, before) = find(&change.tx, &record, number, seen).await?;
        let cited = assessment_evidence::Entity::find()
            .filter(assessment_evidence::Column::EvidenceId.eq(id))
            .count(&change.tx)
            .await?;
        if cited > 0 {
            return Err(EvidenceRefusal::IsCited {
                number,
                count: cited,
            }
            .into());
        }
        evidence::Entity::delete_by_id(id).exec(&change.tx).await?;
        let before = record_of(number, &before);
        let event = Event::EvidenceRemoved { before };
        change.record(vec![event.in_review(review)]).await?;
        change.commit().await
    }

    /// Numbers the records of a database of an earlier version of the program.
    pub(crate) async fn number_evidence(&self) -> Result<(), Error> {
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
            let review = crate::store::entities::review::Entity::find_by_id(stored.review_id)
                .one(&change.tx)
                .await?
                .ok_or_else(|| Error::Corrupt("evidence without a review".to_owned()))?;
            let review = Review::try_from(review)?;
            let number = next_number(&change.tx, review.code).await?;
            let id = stored.id;
            let content = review_records::evidence_of(stored);
            let mut row = row(&content);
            row.id = Set(id);
            row.number = Set(Some(number));
            evidence::Entity::update(row).exec(&change.tx).await?;
            let after = record_of(number, &content);
            let event = Event::EvidenceAdded { after };
            change.record(vec![event.in_review(review.code)]).await?;
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
    seen: &Seen,
) -> Result<(i64, Evidence), Error> {
    let row = evidence::Entity::find()
        .filter(evidence::Column::ReviewId.eq(record.review.id))
        .filter(evidence::Column::Number.eq(number))
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    if Seen::Content(row.identity.clone()) != *seen {
        return Err(Conflict::Evidence { number }.into());
    }
    let id = row.id;
    let content = review_records::evidence_of(row);
    let published = record
        .cited_in(&content)
        .into_iter()
        .find(|(round, _)| round.round.is_published());
    match published {
        Some((round, _)) => Err(EvidenceRefusal::IsPublished {
            number,
            round: round.round.title.clone(),
        }
        .into()),
        None => Ok((id, content)),
    }
}

/// Refuses evidence whose address a record has that says something else: it may be that record. Each piece
/// goes by its number in the form.
pub(crate) async fn refuse_same_address(
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
            return Err(EvidenceRefusal::SameAddressKnown {
                number: i64::try_from(number).unwrap_or(i64::MAX),
                known: known.number.unwrap_or_default(),
                title: known.title.clone(),
            }
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
        Some(known) => Err(EvidenceRefusal::Known {
            number: known.number.unwrap_or_default(),
            title: known.title.clone(),
        }
        .into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EvidenceKind, Scale, Shape, Status};
    use crate::store::rounds::assessments;

    fn in_language(language: &str) -> Evidence {
        Evidence {
            title: "A law".to_owned(),
            source: "https://example.org/law".to_owned(),
            publisher: None,
            date: None,
            kind: EvidenceKind::Primary,
            note: None,
            language: Some(language.to_owned()),
            archived: None,
        }
    }

    #[test]
    fn the_language_of_evidence_gets_its_canonical_case() {
        assert_eq!(tidied(&in_language(" PT-br ")), in_language("pt-BR"));
        // What was typed says no more than a record of an earlier version.
        assert!(says_no_more(&in_language("pt-BR"), &in_language("pt-br")));
        assert!(!says_no_more(&in_language("pt-BR"), &in_language("pt")));
    }

    #[test]
    fn only_what_is_typed_needs_a_language_that_is_a_tag() {
        let status = Status {
            code: "done".to_owned(),
            label: "Done".to_owned(),
            definition: String::new(),
            counts_as_assessed: true,
            score: None,
            colour: "full".to_owned(),
            shape: Shape::Full,
            examples: None,
            labels: std::collections::BTreeMap::new(),
        };
        let scale = Scale {
            id: 0,
            code: "a".to_owned(),
            name: "A".to_owned(),
            version: 1,
            statuses: vec![status],
        };
        for (language, is_tag) in [("be", true), ("en-abc", false), ("Belarusian", false)] {
            let evidence = vec![in_language(language)];
            let content = Assessment {
                status: "done".to_owned(),
                rationale: String::new(),
                confidence: None,
                evidence: evidence.clone(),
                carried_over: None,
                version: 0,
                changed_at: 0,
            };
            let typed = assessments::check(&scale, &content, &evidence);
            assert_eq!(typed.is_ok(), is_tag, "{language}");
            // A record that an earlier version accepted, cited by its number.
            assert_eq!(assessments::check(&scale, &content, &[]), Ok(()));
        }
    }
}
