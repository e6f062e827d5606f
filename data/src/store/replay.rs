//! The history replayed from its start: what everything must be now, if nothing was changed without it.
//!
//! Only digests are kept, so that replaying costs the same small memory for each thing, however long
//! its texts are.

use super::check::Versions;
use super::entities::event;
use super::seals::Seals;
use super::{
    Account, Error, NewRound, accounts, demonstration, evidence, history, import, links,
    recommendations, redaction, rounds, scales,
};
use crate::domain::{
    Assessment, Earlier, EvidenceRecord, Paragraph, Recommendation, Redaction, Review,
    ReviewRecord, RoundKind, RoundRecord, Scale,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// SHA-256 of a thing as the history keeps it.
type Sum = [u8; 32];

/// What everything must be.
#[derive(Default)]
pub(super) struct Told {
    /// Every review, by its code.
    pub(super) reviews: HashMap<String, Replayed>,
    scales: HashMap<(String, i32), Sum>,
    /// The role of each account and whether it is disabled, by its pseudonym.
    accounts: BTreeMap<String, (String, bool)>,
    /// The digests of small tables.
    pub(super) seals: Seals,
    /// The versions and times of assessments.
    pub(super) versions: Versions,
}

/// What a review must be.
#[derive(Default)]
pub(super) struct Replayed {
    review: Option<Sum>,
    recommendations: BTreeMap<String, Sum>,
    rounds: HashMap<String, ReplayedRound>,
    evidence: BTreeMap<i64, Sum>,
    /// By the later recommendation's paragraph and the earlier one.
    links: BTreeMap<(String, Earlier), bool>,
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
}

/// Something that is not what the history says, as a key of the translations with the names of what it
/// is about.
pub(super) struct Altered {
    pub(super) key: &'static str,
    pub(super) round: Option<String>,
    pub(super) paragraph: Option<String>,
}

/// Replays the whole history.
pub(super) async fn replay(db: &impl ConnectionTrait) -> Result<Told, Error> {
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
        // Accounts and scales belong to no review.
        let Some(code) = event.review else {
            if event.kind == scales::ADDED
                && let Some(after) = &event.after
                && let Ok(scale) = serde_json::from_str::<Scale>(after)
            {
                self.scales.insert((scale.code, scale.version), sum(after));
            }
            if let Some(after) = &event.after {
                self.take_account(&event.kind, after);
            }
            return;
        };
        let is_review = recommendations::REVIEW_EVENTS.contains(&event.kind.as_str());
        if event.kind == demonstration::REMOVED || is_review && event.after.is_none() {
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
        match (event.kind.as_str(), event.paragraph, event.round) {
            (evidence::ADDED | evidence::CHANGED | evidence::REMOVED, _, _) => {
                if let Some(gone) = before.and_then(number_of_evidence) {
                    review.evidence.remove(&gone);
                }
                if let Some((number, after)) = after.and_then(|a| Some((number_of_evidence(a)?, a)))
                {
                    review.evidence.insert(number, sum(after));
                }
            }
            (links::DECIDED, Some(paragraph), _) => {
                if let Some(gone) = before.and_then(links::decision) {
                    review.links.remove(&(paragraph.clone(), gone.earlier));
                }
                if let Some(decided) = after.and_then(links::decision) {
                    review
                        .links
                        .insert((paragraph, decided.earlier), decided.repeats);
                }
            }
            (_, None, None) if is_review => review.review = after.map(sum),
            // What an import matched, or what was imported.
            (_, None, None) => {}
            (import::ABSORBED, Some(paragraph), None) => {
                review.recommendations.remove(&paragraph);
                self.forget_links(&code, &paragraph);
            }
            (_, Some(paragraph), None) => {
                let former = review.take_recommendation(paragraph.clone(), before, after);
                if let Some(former) = former {
                    self.renumber(&code, &former, &paragraph);
                }
                if after.is_none() {
                    self.forget_links(&code, &paragraph);
                }
            }
            (_, Some(paragraph), Some(round)) => {
                let round = review.rounds.entry(round).or_default();
                match after {
                    Some(after) => round.assessments.insert(paragraph, sum(after)),
                    None => round.assessments.remove(&paragraph),
                };
            }
            (kind, None, Some(round)) => {
                let round = review.rounds.entry(round).or_default();
                match kind {
                    rounds::OPENED | rounds::CHANGED => round.opened = after.map(sum),
                    rounds::PUBLISHED => round.published = after.and_then(rounds::published_hash),
                    redaction::ROUND_REDACTED => {
                        let before = round.published.as_ref();
                        let redaction =
                            after.and_then(|after| redaction::of_round(before, event.at, after));
                        round.published = redaction.as_ref().map(|one| one.after.clone());
                        round.redactions.extend(redaction);
                    }
                    rounds::TOTALS_REPORTED => round.totals = after.map(sum),
                    _ => {}
                }
            }
        }
    }

    fn take_account(&mut self, kind: &str, after: &str) {
        if let Ok((pseudonym, role)) = serde_json::from_str::<(String, String)>(after) {
            match kind {
                accounts::ADDED => {
                    self.accounts.insert(pseudonym, (role, false));
                }
                accounts::ROLE_CHANGED => {
                    if let Some(account) = self.accounts.get_mut(&pseudonym) {
                        account.0 = role;
                    }
                }
                _ => {}
            }
        } else if let Ok(pseudonym) = serde_json::from_str::<String>(after) {
            match kind {
                accounts::REMOVED => {
                    self.accounts.remove(&pseudonym);
                }
                accounts::DISABLED | accounts::RESET => {
                    if let Some(account) = self.accounts.get_mut(&pseudonym) {
                        account.1 = kind == accounts::DISABLED;
                    }
                }
                _ => {}
            }
        }
    }

    /// The accounts that are not what the history says.
    pub(super) fn altered_accounts(&self, accounts: &[Account]) -> Vec<String> {
        let mut told = self.accounts.clone();
        let mut altered: Vec<String> = accounts
            .iter()
            .filter(|account| {
                let here = (account.role.code().to_owned(), account.disabled);
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
    pub(super) fn altered_scales<'a>(&self, scales: &'a [Scale]) -> Vec<&'a str> {
        scales
            .iter()
            .filter(|scale| {
                let told = self.scales.get(&(scale.code.clone(), scale.version));
                told != Some(&sum(&history::json(scale)))
            })
            .map(|scale| scale.code.as_str())
            .collect()
    }
}

fn number_of_evidence(json: &str) -> Option<i64> {
    let record: EvidenceRecord = serde_json::from_str(json).ok()?;
    Some(record.number)
}

/// The number that a recommendation had before.
#[derive(Deserialize)]
struct Numbered {
    paragraph: String,
}

impl Replayed {
    /// The number that the recommendation had before, where it has another now.
    fn take_recommendation(
        &mut self,
        paragraph: String,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Option<String> {
        let former = before
            .and_then(|before| serde_json::from_str::<Numbered>(before).ok())
            .map(|before| before.paragraph)
            .filter(|former| *former != paragraph);
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
    pub(super) fn published(&self, round: &str) -> Option<&String> {
        self.rounds.get(round)?.published.as_ref()
    }

    /// What in a review is not what the history says, but for published rounds: those are held against
    /// their content hash.
    pub(super) fn compare(mut self, record: &ReviewRecord) -> Vec<Altered> {
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
        for round in &record.rounds {
            let slug = round.round.slug.as_str();
            let mut told = self.rounds.remove(slug).unwrap_or_default();
            if told.redactions != round.round.redactions {
                found("check-round-altered", Some(slug), None);
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
        let told = &mut self.evidence;
        let as_told = record
            .evidence
            .iter()
            .all(|one| told.remove(&one.number) == Some(sum(&history::json(one))));
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
    sum(&history::json(review))
}

fn sum_of_recommendation(one: &Recommendation) -> Sum {
    sum(&history::json(one))
}

fn sum_of_assessment(assessment: &Assessment) -> Sum {
    sum(&history::json(assessment))
}

fn sum_of_round(record: &RoundRecord) -> Sum {
    sum(&history::json(&NewRound::of(&record.round)))
}

fn sum_of_totals(record: &RoundRecord) -> Option<Sum> {
    (record.round.kind == RoundKind::ReportedTotals).then(|| sum(&history::json(&record.totals)))
}
