//! The history replayed from its start: what everything must be now, if nothing was changed without it.
//!
//! Only digests are kept, so that replaying costs the same small memory for each thing, however long
//! its texts are.

use crate::domain::{
    Assessment, Earlier, EventKind, Paragraph, Recommendation, Redaction, Review, ReviewRecord,
    Role, RoundCounts, RoundKind, RoundRecord, Scale, Subject,
};
use crate::store::entities::event;
use crate::store::history::assessment_versions::Versions;
use crate::store::history::seals::Seals;
use crate::store::history::{chain, events, redaction};
use crate::store::{Account, Error, Event, NewRound, Supersession};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// SHA-256 of a thing as the history keeps it.
type Sum = [u8; 32];

/// What everything must be.
#[derive(Default)]
pub(crate) struct Told {
    /// Every review, by its code.
    pub(crate) reviews: HashMap<String, Replayed>,
    scales: HashMap<(String, i32), Sum>,
    /// The role of each account and whether it is disabled, by its pseudonym.
    accounts: BTreeMap<String, (Role, bool)>,
    /// The digests of small tables.
    pub(crate) seals: Seals,
    /// The versions and times of assessments.
    pub(crate) versions: Versions,
}

/// What a review must be.
#[derive(Default)]
pub(crate) struct Replayed {
    review: Option<Sum>,
    recommendations: BTreeMap<String, Sum>,
    rounds: HashMap<String, ReplayedRound>,
    evidence: BTreeMap<i64, Sum>,
    /// By the later recommendation's paragraph and the earlier one.
    links: BTreeMap<(String, Earlier), bool>,
    /// The slug of the round that a reviewer chose to head it, and the reason.
    headline: Option<(String, String)>,
}

/// What a round must be.
#[derive(Default)]
struct ReplayedRound {
    opened: Option<Sum>,
    published: Option<String>,
    totals: Option<Sum>,
    assessments: HashMap<String, Sum>,
    /// What was removed from it since its publication.
    redactions: Vec<Redaction>,
    /// The slug of the round that it corrects.
    corrects: Option<String>,
    /// Why it corrects that round, from its publication on.
    correction_reason: Option<String>,
    /// What took its place, and what it said.
    superseded: Option<(String, RoundCounts)>,
    /// When and why it was withdrawn, and what it said.
    withdrawn: Option<(i64, String, RoundCounts)>,
    /// An entry about a correction or a withdrawal names another content hash than the round had.
    names_other_hash: bool,
}

/// Something that is not what the history says, as a key of the translations with the names of what it
/// is about.
pub(crate) struct Altered {
    pub(crate) key: &'static str,
    pub(crate) round: Option<String>,
    pub(crate) paragraph: Option<String>,
}

/// Replays the whole history.
pub(crate) async fn replay(db: &impl ConnectionTrait) -> Result<Told, Error> {
    const BATCH: u64 = 2_000;
    let mut told = Told::default();
    let mut last = i64::MIN;
    loop {
        let events = event::Entity::find()
            .filter(event::Column::Id.gt(last))
            .order_by_asc(event::Column::Id)
            .limit(BATCH)
            .all(db)
            .await?;
        let Some(newest) = events.last() else {
            return Ok(told);
        };
        last = newest.id;
        for event in events {
            told.take(event);
        }
    }
}

impl Told {
    fn take(&mut self, event: event::Model) {
        self.seals.take(&event);
        self.versions.take(&event);
        let kind = event.known_kind();
        // Accounts and scales belong to no review.
        let Some(code) = event.review.clone() else {
            if let (Some(content), Some(after)) = (Event::of(&event), &event.after) {
                self.take_outside_reviews(content, after);
            }
            return;
        };
        let is_of_review_itself = kind.map(EventKind::subject) == Some(Subject::Review);
        if is_of_review_itself && event.after.is_none() {
            self.reviews.remove(&code);
            for review in self.reviews.values_mut() {
                review
                    .links
                    .retain(|(_, earlier), _| earlier.review.to_string() != code);
            }
            return;
        }
        let review = self.reviews.entry(code.clone()).or_default();
        let (before, after) = (event.before.as_deref(), event.after.as_deref());
        let content = || Event::read(kind?, before, after);
        match kind {
            Some(
                EventKind::EvidenceAdded | EventKind::EvidenceChanged | EventKind::EvidenceRemoved,
            ) => {
                if let Some(event) = content() {
                    review.take_evidence(&event, after);
                }
            }
            Some(EventKind::LinkDecided) => {
                if let (Some(paragraph), Some(event)) = (event.paragraph, content()) {
                    review.take_link(paragraph, event);
                }
            }
            Some(
                EventKind::ReviewAdded
                | EventKind::ReviewUpdated
                | EventKind::ReviewRemoved
                | EventKind::DemonstrationRemoved,
            ) => review.review = after.map(sum),
            Some(EventKind::RecommendationAbsorbed) => {
                if let Some(paragraph) = event.paragraph {
                    review.recommendations.remove(&paragraph);
                    self.forget_links(&code, &paragraph);
                }
            }
            Some(
                EventKind::RecommendationAdded
                | EventKind::RecommendationChanged
                | EventKind::RecommendationRemoved
                | EventKind::RecommendationRedacted,
            ) => {
                if let Some(paragraph) = event.paragraph {
                    self.take_recommendation(&code, paragraph, before, after);
                }
            }
            Some(
                EventKind::AssessmentSaved
                | EventKind::AssessmentRestored
                | EventKind::AssessmentCarriedOver
                | EventKind::AssessmentEvidenceChanged
                | EventKind::AssessmentRemoved,
            ) => {
                if let (Some(paragraph), Some(round)) = (event.paragraph, event.round) {
                    review.take_assessment(paragraph, round, after);
                }
            }
            Some(EventKind::RoundOpened | EventKind::RoundChanged) => {
                if let Some(round) = review.round(event.round) {
                    round.opened = after.map(sum);
                }
            }
            Some(EventKind::RoundCorrectionOpened) => {
                if let (Some(round), Some(Event::RoundCorrectionOpened(opening))) =
                    (review.round(event.round), content())
                {
                    round.opened = Some(sum(&chain::json(&opening.round)));
                    round.corrects = Some(opening.corrects);
                }
            }
            Some(EventKind::RoundSuperseded) => {
                if let (Some(slug), Some(Event::RoundSuperseded(supersession))) =
                    (event.round, content())
                {
                    review.take_supersession(&slug, supersession);
                }
            }
            Some(EventKind::RoundWithdrawn) => {
                if let (Some(slug), Some(Event::RoundWithdrawn(withdrawal))) =
                    (event.round, content())
                {
                    review.headline.take_if(|(chosen, _)| *chosen == slug);
                    let round = review.rounds.entry(slug).or_default();
                    round.names_other_hash |=
                        round.published.as_ref() != Some(&withdrawal.content_hash);
                    round.withdrawn = Some((event.at, withdrawal.reason, withdrawal.before));
                }
            }
            Some(EventKind::RoundRemoved) => {
                if let Some(slug) = event.round {
                    review.rounds.remove(&slug);
                }
            }
            Some(EventKind::HeadlineChosen) => {
                if let Some(Event::HeadlineChosen(choice)) = content() {
                    review.headline = choice.chosen.map(|slug| (slug, choice.reason));
                }
            }
            Some(EventKind::TotalsReported) => {
                if let Some(round) = review.round(event.round) {
                    round.totals = after.map(sum);
                }
            }
            Some(EventKind::RoundPublished) => {
                if let Some(round) = review.round(event.round) {
                    round.published = match content() {
                        Some(Event::RoundPublished { content_hash }) => Some(content_hash),
                        _ => None,
                    };
                }
            }
            Some(EventKind::RoundRedacted) => {
                if let Some(round) = review.round(event.round) {
                    let before = round.published.as_ref();
                    let redaction = match content() {
                        Some(Event::RoundRedacted(redacted)) => {
                            redaction::of_round(before, event.at, redacted)
                        }
                        _ => None,
                    };
                    round.published = redaction.as_ref().map(|one| one.after.clone());
                    round.redactions.extend(redaction);
                }
            }
            // Of the first six, other entries say what changed; the others belong to no review.
            Some(
                EventKind::BulkChanged
                | EventKind::BulkUndone
                | EventKind::RecommendationsMatched
                | EventKind::RecommendationsEdited
                | EventKind::RecommendationsEditUndone
                | EventKind::TextRedacted
                | EventKind::AccountAdded
                | EventKind::AccountDisabled
                | EventKind::AccountReset
                | EventKind::AccountPasswordChanged
                | EventKind::AccountRoleChanged
                | EventKind::AccountRemoved
                | EventKind::FileImported
                | EventKind::FileImportUndone
                | EventKind::RecordSealed
                | EventKind::ScaleAdded,
            ) => {}
            // A kind of a later version of the program: its place says what it changed.
            None => match (event.paragraph, event.round) {
                (Some(paragraph), None) => {
                    self.take_recommendation(&code, paragraph, before, after);
                }
                (Some(paragraph), Some(round)) => review.take_assessment(paragraph, round, after),
                (None, _) => {}
            },
        }
    }

    fn take_outside_reviews(&mut self, event: Event<'_>, after: &str) {
        match event {
            Event::ScaleAdded { after: scale, .. } => {
                self.scales.insert((scale.code, scale.version), sum(after));
            }
            Event::AccountAdded { pseudonym, role } => {
                self.accounts.insert(pseudonym, (role, false));
            }
            Event::AccountRoleChanged {
                pseudonym, after, ..
            } => {
                if let Some(account) = self.accounts.get_mut(&pseudonym) {
                    account.0 = after;
                }
            }
            Event::AccountRemoved { pseudonym } => {
                self.accounts.remove(&pseudonym);
            }
            Event::AccountDisabled { pseudonym } => self.disable(&pseudonym, true),
            Event::AccountReset { pseudonym } => self.disable(&pseudonym, false),
            _ => {}
        }
    }

    fn disable(&mut self, pseudonym: &str, disabled: bool) {
        if let Some(account) = self.accounts.get_mut(pseudonym) {
            account.1 = disabled;
        }
    }

    /// Takes in what a recommendation is now, under the paragraph that it has now.
    fn take_recommendation(
        &mut self,
        code: &str,
        paragraph: String,
        before: Option<&str>,
        after: Option<&str>,
    ) {
        let Some(review) = self.reviews.get_mut(code) else {
            return;
        };
        let former = review.take_recommendation(paragraph.clone(), before, after);
        if let Some(former) = former {
            self.renumber(code, &former, &paragraph);
        }
        if after.is_none() {
            self.forget_links(code, &paragraph);
        }
    }

    /// The accounts that are not what the history says.
    pub(crate) fn altered_accounts(&self, accounts: &[Account]) -> Vec<String> {
        let mut told = self.accounts.clone();
        let mut altered: Vec<String> = accounts
            .iter()
            .filter(|account| {
                let here = (account.role, account.disabled);
                told.remove(&account.pseudonym) != Some(here)
            })
            .map(|account| account.pseudonym.clone())
            .collect();
        altered.extend(told.into_keys());
        altered
    }

    /// A recommendation is no more, and so are its links.
    fn forget_links(&mut self, code: &str, paragraph: &str) {
        for (name, review) in &mut self.reviews {
            review.links.retain(|(later, earlier), _| {
                let is_later = name == code && later == paragraph;
                let is_earlier =
                    earlier.review.to_string() == code && earlier.paragraph.as_str() == paragraph;
                !is_later && !is_earlier
            });
        }
    }

    /// A recommendation has another number: what points to it follows.
    fn renumber(&mut self, code: &str, former: &str, now: &str) {
        for (name, review) in &mut self.reviews {
            let links = std::mem::take(&mut review.links);
            review.links = links
                .into_iter()
                .map(|((paragraph, mut earlier), repeats)| {
                    let paragraph = if name == code && paragraph == former {
                        now.to_owned()
                    } else {
                        paragraph
                    };
                    if earlier.review.to_string() == code
                        && earlier.paragraph.as_str() == former
                        && let Ok(now) = Paragraph::parse(now)
                    {
                        earlier.paragraph = now;
                    }
                    ((paragraph, earlier), repeats)
                })
                .collect();
        }
    }

    /// The scales that are not what the history says.
    pub(crate) fn altered_scales<'a>(&self, scales: &'a [Scale]) -> Vec<&'a str> {
        scales
            .iter()
            .filter(|scale| {
                let told = self.scales.get(&(scale.code.clone(), scale.version));
                told != Some(&sum(&chain::json(scale)))
            })
            .map(|scale| scale.code.as_str())
            .collect()
    }
}

impl Replayed {
    /// The round of an entry, as far as it was replayed before.
    fn round(&mut self, slug: Option<String>) -> Option<&mut ReplayedRound> {
        Some(self.rounds.entry(slug?).or_default())
    }

    fn take_evidence(&mut self, event: &Event<'_>, after: Option<&str>) {
        let (gone, record) = event.evidence();
        if let Some(gone) = gone {
            self.evidence.remove(&gone.number);
        }
        if let (Some(record), Some(after)) = (record, after) {
            self.evidence.insert(record.number, sum(after));
        }
    }

    fn take_link(&mut self, paragraph: String, event: Event<'_>) {
        let Event::LinkDecided { before, after } = event else {
            return;
        };
        if let Some(gone) = before {
            self.links.remove(&(paragraph.clone(), gone.earlier));
        }
        if let Some(decided) = after {
            self.links
                .insert((paragraph, decided.earlier), decided.repeats);
        }
    }

    fn take_supersession(&mut self, slug: &str, supersession: Supersession) {
        let Supersession {
            by,
            reason,
            hash_before,
            hash_after,
            before,
            ..
        } = supersession;
        if let Some((chosen, _)) = self.headline.as_mut().filter(|(chosen, _)| chosen == slug) {
            chosen.clone_from(&by);
        }
        let correction = self.rounds.entry(by.clone()).or_default();
        let mut is_other = correction.published.as_ref() != Some(&hash_after);
        correction.correction_reason = Some(reason);
        let round = self.rounds.entry(slug.to_owned()).or_default();
        is_other |= round.published.as_ref() != Some(&hash_before);
        round.names_other_hash |= is_other;
        round.superseded = Some((by, before));
    }

    fn take_assessment(&mut self, paragraph: String, round: String, after: Option<&str>) {
        let round = self.rounds.entry(round).or_default();
        match after {
            Some(after) => round.assessments.insert(paragraph, sum(after)),
            None => round.assessments.remove(&paragraph),
        };
    }

    /// The number that the recommendation had before, where it has another now.
    fn take_recommendation(
        &mut self,
        paragraph: String,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Option<String> {
        let former = events::former_paragraph(before).filter(|former| *former != paragraph);
        if let Some(former) = &former {
            self.recommendations.remove(former);
            for round in self.rounds.values_mut() {
                if let Some(assessment) = round.assessments.remove(former) {
                    round.assessments.insert(paragraph.clone(), assessment);
                }
            }
        }
        match after {
            Some(after) => self.recommendations.insert(paragraph, sum(after)),
            None => self.recommendations.remove(&paragraph),
        };
        former
    }

    /// The content hash that a round was published with.
    pub(crate) fn published(&self, round: &str) -> Option<&String> {
        self.rounds.get(round)?.published.as_ref()
    }

    /// What in a review is not what the history says, but for published rounds: those are held against
    /// their content hash.
    pub(crate) fn compare(mut self, record: &ReviewRecord) -> Vec<Altered> {
        let mut altered = Vec::new();
        let mut found = |key, round: Option<&str>, paragraph: Option<&str>| {
            altered.push(Altered {
                key,
                round: round.map(str::to_owned),
                paragraph: paragraph.map(str::to_owned),
            });
        };
        if self.review != Some(sum_of_review(&record.review)) {
            found("check-review-altered", None, None);
        }
        for one in &record.recommendations {
            let paragraph = one.paragraph.as_str();
            if self.recommendations.remove(paragraph) != Some(sum_of_recommendation(one)) {
                found("check-recommendation-altered", None, Some(paragraph));
            }
        }
        for paragraph in self.recommendations.keys() {
            found("check-recommendation-missing", None, Some(paragraph));
        }
        for round in record.all_rounds() {
            let slug = round.round.slug.as_str();
            let mut told = self.rounds.remove(slug).unwrap_or_default();
            if told.redactions != round.round.redactions {
                found("check-round-altered", Some(slug), None);
            }
            if !told.tells_publication_of(record, round) {
                found("check-round-correction", Some(slug), None);
            }
            if round.round.is_published() || told.published.is_some() {
                // The content hash covers the whole round, but not which recommendation a line belongs to: two
                // lines with equal assessments could be exchanged.
                if !is_counted_under_its_number(record, round) {
                    found("check-round-altered", Some(slug), None);
                }
                continue;
            }
            if told.opened != Some(sum_of_round(round)) || told.totals != sum_of_totals(round) {
                found("check-round-altered", Some(slug), None);
            }
            for one in &record.recommendations {
                let paragraph = one.paragraph.as_str();
                let here = round.assessments.get(&one.id);
                let told = told.assessments.remove(paragraph);
                if here.map(sum_of_assessment) != told {
                    found("check-assessment-altered", Some(slug), Some(paragraph));
                }
            }
            for paragraph in told.assessments.keys() {
                found("check-assessment-altered", Some(slug), Some(paragraph));
            }
        }
        for slug in self.rounds.keys() {
            found("check-round-missing", Some(slug), None);
        }
        let chosen = record.all_rounds().filter_map(|round| {
            let reason = round.round.publication.headline_reason.clone()?;
            Some((round.round.slug.clone(), reason))
        });
        if chosen.collect::<Vec<_>>() != self.headline.take().into_iter().collect::<Vec<_>>() {
            found("check-headline", None, None);
        }
        let told = &mut self.evidence;
        let as_told = record
            .evidence
            .iter()
            .all(|one| told.remove(&one.number) == Some(sum(&chain::json(one))));
        if !as_told || !self.evidence.is_empty() {
            found("check-evidence-altered", None, None);
        }
        for link in &record.links {
            let one = record
                .recommendations
                .iter()
                .find(|one| one.id == link.recommendation);
            let Some(one) = one else { continue };
            let paragraph = one.paragraph.to_string();
            let told = self
                .links
                .remove(&(paragraph.clone(), link.earlier.clone()));
            if told != Some(link.repeats) {
                found("check-link-altered", None, Some(&paragraph));
            }
        }
        for (paragraph, _) in self.links.keys() {
            found("check-link-altered", None, Some(paragraph));
        }
        altered
    }
}

impl ReplayedRound {
    /// Returns true if a round corrects what the history says, and if it was superseded and withdrawn as the history says.
    fn tells_publication_of(&self, record: &ReviewRecord, round: &RoundRecord) -> bool {
        let publication = &round.round.publication;
        let withdrawn = publication.withdrawn.as_ref();
        let superseded = publication.superseded.as_ref();
        let counts = [
            self.superseded.as_ref().map(|(_, counts)| *counts),
            self.withdrawn.as_ref().map(|(.., counts)| *counts),
        ];
        !self.names_other_hash
            && self.corrects == round.round.supersedes
            && self.correction_reason == publication.correction_reason
            && self.superseded.as_ref().map(|(by, _)| by) == superseded.map(|one| &one.by)
            && self.withdrawn.as_ref().map(|(at, reason, _)| (at, reason))
                == withdrawn.map(|one| (&one.at, &one.reason))
            && counts
                .into_iter()
                .flatten()
                .all(|counts| counts == RoundCounts::of(record, round))
    }
}

/// Returns true if the published round counts each recommendation under its paragraph number. Imports never change
/// the number of a recommendation of a published round.
fn is_counted_under_its_number(record: &ReviewRecord, round: &RoundRecord) -> bool {
    record.recommendations.iter().all(|one| {
        let frozen = round.frozen.get(&one.id);
        frozen.is_none_or(|frozen| frozen.counted.paragraph == one.paragraph)
    })
}

fn sum(text: &str) -> Sum {
    Sha256::digest(text.as_bytes()).into()
}

fn sum_of_review(review: &Review) -> Sum {
    sum(&chain::json(review))
}

fn sum_of_recommendation(one: &Recommendation) -> Sum {
    sum(&chain::json(one))
}

fn sum_of_assessment(assessment: &Assessment) -> Sum {
    sum(&chain::json(assessment))
}

fn sum_of_round(record: &RoundRecord) -> Sum {
    sum(&chain::json(&NewRound::of(&record.round)))
}

fn sum_of_totals(record: &RoundRecord) -> Option<Sum> {
    (record.round.kind == RoundKind::ReportedTotals).then(|| sum(&chain::json(&record.totals)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::history::commitments::COMMITTED;

    fn entry(kind: &str, round: Option<&str>) -> event::Model {
        event::Model {
            id: 1,
            at: 0,
            actor: "anna".to_owned(),
            kind: kind.to_owned(),
            review: Some("XXA-3".to_owned()),
            round: round.map(str::to_owned),
            paragraph: Some("138.1".to_owned()),
            before: None,
            after: Some("{}".to_owned()),
            hash: String::new(),
            format: COMMITTED,
            seed: None,
            salts: None,
        }
    }

    #[test]
    fn an_entry_of_a_later_version_says_by_its_place_what_it_is_about() {
        let mut told = Told::default();
        told.take(entry("comment-added", Some("mid-term")));
        told.take(entry("comment-added", None));
        let review = &told.reviews["XXA-3"];
        assert_eq!(review.recommendations["138.1"], sum("{}"));
        assert_eq!(review.rounds["mid-term"].assessments["138.1"], sum("{}"));
        // A kind of this version is about what it says.
        let mut told = Told::default();
        told.take(entry("bulk-changed", Some("mid-term")));
        assert!(told.reviews["XXA-3"].rounds.is_empty());
    }
}
