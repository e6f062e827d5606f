//! The demonstration: a State that does not exist, with 266 recommendations that nobody made.
//!
//! Everything can be tried on it, and its published round comes out at 41 implemented, 27 in process, 74
//! partially and 103 not implemented of 245 assessed: figures that no real review has here. It is made here, not
//! stored, the same every time.

use crate::domain::{
    ActionCategory, Assessment, Confidence, Cycle, Evidence, EvidenceKind, Paragraph, Position,
    PositionClass, Recommendation, Review, ReviewCode, Scheme, StateCode, Term, states,
};
use crate::store::change::Change;
use crate::store::entities::{
    assessment, assessment_evidence, counted_as, draft, evidence, position, recommendation,
    recommendation_alias, recommendation_text, recommending_state, reported_total,
    responsible_body, review, round, term,
};
use crate::store::read_model::review_records;
use crate::store::recommendations;
use crate::store::samples::seed_rounds;
use crate::store::{Actor, Error, Event, NewRound, Store, WholeRound};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// The rounds of the demonstration.
const PUBLISHED: &str = "mid-term";
/// The round that is there to be worked in.
const OPEN: &str = "follow-up";

/// What the invented recommendations are about, each with its UPR Info issue.
const SUBJECTS: [(&str, &str); 38] = [
    ("Civil society", "the registration of associations"),
    (
        "Corruption",
        "the protection of people who report corruption",
    ),
    (
        "Counter-terrorism",
        "court control of counter-terrorism measures",
    ),
    ("Death penalty", "a moratorium on executions"),
    ("Detention", "independent visits to places of detention"),
    ("Development", "local budgets for social services"),
    (
        "Disabilities",
        "access of persons with disabilities to public buildings",
    ),
    ("Elections", "the independence of electoral commissions"),
    (
        "Enforced disappearances",
        "investigations into enforced disappearances",
    ),
    ("Environment", "public access to environmental information"),
    (
        "Extrajudicial executions",
        "inquiries into deaths in custody",
    ),
    (
        "Freedom of association and peaceful assembly",
        "the notification of peaceful assemblies",
    ),
    ("Freedom of movement", "the right to leave and to return"),
    (
        "Freedom of opinion and expression",
        "the decriminalisation of defamation",
    ),
    (
        "Freedom of religion and belief",
        "the registration of religious communities",
    ),
    ("Freedom of the press", "the accreditation of journalists"),
    (
        "HIV - Aids",
        "treatment free of charge for people living with HIV",
    ),
    (
        "Human rights defenders",
        "the protection of human rights defenders",
    ),
    (
        "Human rights education and training",
        "human rights training of the police",
    ),
    ("Impunity", "the prosecution of torture by state agents"),
    ("Indigenous peoples", "schooling in indigenous languages"),
    (
        "International instruments",
        "the ratification of outstanding conventions",
    ),
    ("Justice", "the independence of judges"),
    ("Labour", "the right to form independent trade unions"),
    ("Migrants", "the rights of migrant workers"),
    (
        "Minorities",
        "the participation of minorities in public life",
    ),
    (
        "NHRI",
        "a national institution in line with the Paris Principles",
    ),
    ("Poverty", "the minimum income of families"),
    (
        "Racial discrimination",
        "remedies against racial discrimination",
    ),
    ("Right to education", "pre-school education in rural areas"),
    ("Right to health", "mental health services"),
    ("Right to housing", "protection from forced eviction"),
    ("Right to water", "safe drinking water in schools"),
    (
        "Rights of the Child",
        "family-based care instead of institutions",
    ),
    (
        "Special procedures",
        "a standing invitation to special procedures",
    ),
    (
        "Torture and other CID treatment",
        "a definition of torture in criminal law",
    ),
    ("Trafficking", "shelters for victims of trafficking"),
    ("Women's rights", "protection from domestic violence"),
];

/// How the same subject is asked for, from minimal to specific action.
const DEMANDS: [(u8, &str, &str); 7] = [
    (1, "Share experience with other States on", ""),
    (2, "Continue its efforts regarding", ""),
    (3, "Consider new legislation on", ""),
    (4, "Strengthen", ""),
    (4, "Take further measures for", ""),
    (5, "Adopt a law on", " within two years"),
    (5, "Publish yearly figures on", ", by region and sex"),
];

fn code() -> Result<ReviewCode, Error> {
    let cycle = Cycle::new(3).ok_or(Error::NotFound)?;
    Ok(ReviewCode {
        state: StateCode::FICTITIOUS,
        cycle,
    })
}

impl Store {
    /// Puts the demonstration in, unless it is there. Whether it was put in.
    pub async fn load_demonstration(&self, actor: &Actor) -> Result<bool, Error> {
        let code = code()?;
        let mut change = self.begin(actor).await?;
        if review_records::find_review(&change.tx, code)
            .await?
            .is_some()
        {
            return Ok(false);
        }
        let review = Review {
            id: 0,
            code,
            session: Some(36),
            date: Some("2020-11-02".into()),
            report_symbol: None,
            addendum_symbol: None,
        };
        let review = recommendations::ensure_review(&mut change, &review).await?;
        recommendations::add(&mut change, &review, &invented()?).await?;
        add_rounds(&mut change, &review).await?;
        change.commit().await?;
        Ok(true)
    }

    /// Takes the demonstration out, with everything that was assessed in it. The history keeps that it
    /// was there. Whether there was one.
    pub async fn remove_demonstration(&self, actor: &Actor) -> Result<bool, Error> {
        let code = code()?;
        let mut change = self.begin(actor).await?;
        let Some(review) = review_records::find_review(&change.tx, code).await? else {
            return Ok(false);
        };
        remove(&change, review.id).await?;
        let event = Event::DemonstrationRemoved.in_review(code);
        change.record(vec![event]).await?;
        change.commit().await?;
        Ok(true)
    }
}

async fn add_rounds(change: &mut Change<'_>, review: &Review) -> Result<(), Error> {
    let organisation = "Examplia Coalition for the UPR".to_owned();
    let published = NewRound {
        slug: PUBLISHED.to_owned(),
        organisation: organisation.clone(),
        title: "Mid-term assessment".to_owned(),
        as_of: Some("2023-12-31".into()),
        scale: "bhc-2023".to_owned(),
        method: Some("Invented for demonstration: nothing in it describes any country.".to_owned()),
        assessors: Vec::new(),
    };
    let open = NewRound {
        slug: OPEN.to_owned(),
        organisation,
        title: "Follow-up assessment".to_owned(),
        as_of: Some("2025-12-31".into()),
        scale: "bhc-2023".to_owned(),
        method: published.method.clone(),
        assessors: Vec::new(),
    };
    let there = review_records::recommendations(&change.tx, review.id).await?;
    let ranks = ranks(&there);
    let assessments = there
        .iter()
        .filter_map(|one| {
            let rank = ranks.get(&one.id).copied().unwrap_or_default();
            let assessment = invented_assessment(rank, change.now())?;
            Some((one.paragraph.to_string(), assessment))
        })
        .collect();
    let published = WholeRound {
        round: published,
        published: true,
        assessments,
    };
    seed_rounds::add(change, review, &published).await?;
    let open = WholeRound {
        round: open,
        published: false,
        assessments: HashMap::new(),
    };
    seed_rounds::add(change, review, &open).await
}

/// 266 recommendations: every subject asked for in every way.
fn invented() -> Result<Vec<Recommendation>, Error> {
    let recommending: Vec<StateCode> = states::all().collect();
    let mut invented = Vec::new();
    for (number, (demand, subject)) in (0..DEMANDS.len())
        .flat_map(|d| (0..SUBJECTS.len()).map(move |s| (d, s)))
        .enumerate()
    {
        let (category, begin, end) = DEMANDS[demand];
        let (issue, matter) = SUBJECTS[subject];
        let class = match (category, scattered(number) % 10) {
            (1 | 2, 0..=5) => PositionClass::SupportedAsImplemented,
            (1 | 2, _) | (3 | 4, 0..=2) | (5, 0) => PositionClass::Supported,
            (3 | 4, 3) | (5, 1) => PositionClass::PartiallySupported,
            _ => PositionClass::Noted,
        };
        // One recommendation in nine is made by two or three States together.
        let together = if number % 9 == 4 { 2 + number % 2 } else { 1 };
        let by = (0..together)
            .filter_map(|more| recommending.get((number * 7 + more * 31) % recommending.len()));
        invented.push(Recommendation {
            text: Some(format!("{begin} {matter}{end}")),
            language: Some("en".to_owned()),
            recommending: by.copied().collect(),
            action_category: ActionCategory::new(category),
            terms: vec![Term::new(Scheme::Issue, issue)],
            positions: vec![Position {
                class,
                raw: class.code().replace('_', " "),
                source: Some("Invented for demonstration".to_owned()),
                source_paragraph: None,
                date: None,
            }],
            ..Recommendation::new(
                Paragraph::parse(&format!("138.{}", number + 1))
                    .map_err(|error| Error::Corrupt(error.to_string()))?,
            )
        });
    }
    Ok(invented)
}

/// The recommendations' ranks from the best implemented to the worst: what the State supported comes
/// earlier more often than what it noted, as in real reviews.
fn ranks(recommendations: &[Recommendation]) -> HashMap<i64, usize> {
    let mut order: Vec<(usize, i64)> = recommendations
        .iter()
        .enumerate()
        .map(|(place, one)| {
            let late = match one.position() {
                PositionClass::SupportedAsImplemented => 1,
                PositionClass::Supported => 2,
                PositionClass::PartiallySupported => 3,
                _ => 6,
            };
            (scattered(place) * late, one.id)
        })
        .collect();
    order.sort_unstable();
    order
        .into_iter()
        .enumerate()
        .map(|(rank, (_, id))| (id, rank))
        .collect()
}

/// The published round's assessment of the recommendation of that rank: 41 implemented, 27 in process, 74
/// partially; of the other 124 every 6th is not assessed, which makes 21, and 103 not implemented.
fn invented_assessment(rank: usize, now: i64) -> Option<Assessment> {
    let (status, rationale) = match rank {
        0..=40 => ("implemented", "The measure is in force and is applied."),
        41..=67 => ("in_process", "A draft has passed its first reading."),
        68..=141 => (
            "partially_implemented",
            "Adopted, but without means to apply it.",
        ),
        _ if (rank - 142).is_multiple_of(6) => return None,
        _ => ("not_implemented", "No measure was found."),
    };
    let evidence = Evidence {
        title: "Annual report on human rights in Examplia (fictitious)".to_owned(),
        source: "Examplia Coalition for the UPR, Annual report, 2023".to_owned(),
        publisher: Some("Examplia Coalition for the UPR".to_owned()),
        date: Some("2023".into()),
        kind: EvidenceKind::CivilSociety,
        note: None,
        language: None,
        archived: None,
    };
    Some(Assessment {
        status: status.to_owned(),
        rationale: rationale.to_owned(),
        confidence: Some(if rank.is_multiple_of(3) {
            Confidence::High
        } else {
            Confidence::Medium
        }),
        evidence: if rank.is_multiple_of(5) {
            vec![evidence]
        } else {
            Vec::new()
        },
        carried_over: None,
        version: 1,
        changed_at: now,
    })
}

/// Spreads 0..266 over 0..266, each number once: 101 and 266 have no common divisor.
fn scattered(place: usize) -> usize {
    (place * 101 + 37) % 266
}

/// Deletes a review with everything that hangs on it, the leaves first.
async fn remove(change: &Change<'_>, id: i64) -> Result<(), Error> {
    let tx = &change.tx;
    let recommendations = || {
        Query::select()
            .column(recommendation::Column::Id)
            .from(recommendation::Entity)
            .and_where(recommendation::Column::ReviewId.eq(id))
            .to_owned()
    };
    let rounds = || {
        Query::select()
            .column(round::Column::Id)
            .from(round::Entity)
            .and_where(round::Column::ReviewId.eq(id))
            .to_owned()
    };
    let assessments = Query::select()
        .column(assessment::Column::Id)
        .from(assessment::Entity)
        .and_where(assessment::Column::RoundId.in_subquery(rounds()))
        .to_owned();
    assessment_evidence::Entity::delete_many()
        .filter(assessment_evidence::Column::AssessmentId.in_subquery(assessments))
        .exec(tx)
        .await?;
    evidence::Entity::delete_many()
        .filter(evidence::Column::ReviewId.eq(id))
        .exec(tx)
        .await?;
    draft::Entity::delete_many()
        .filter(draft::Column::RoundId.in_subquery(rounds()))
        .exec(tx)
        .await?;
    counted_as::Entity::delete_many()
        .filter(counted_as::Column::RoundId.in_subquery(rounds()))
        .exec(tx)
        .await?;
    assessment::Entity::delete_many()
        .filter(assessment::Column::RoundId.in_subquery(rounds()))
        .exec(tx)
        .await?;
    reported_total::Entity::delete_many()
        .filter(reported_total::Column::RoundId.in_subquery(rounds()))
        .exec(tx)
        .await?;
    round::Entity::delete_many()
        .filter(round::Column::ReviewId.eq(id))
        .exec(tx)
        .await?;
    recommending_state::Entity::delete_many()
        .filter(recommending_state::Column::RecommendationId.in_subquery(recommendations()))
        .exec(tx)
        .await?;
    recommendation_text::Entity::delete_many()
        .filter(recommendation_text::Column::RecommendationId.in_subquery(recommendations()))
        .exec(tx)
        .await?;
    responsible_body::Entity::delete_many()
        .filter(responsible_body::Column::RecommendationId.in_subquery(recommendations()))
        .exec(tx)
        .await?;
    term::Entity::delete_many()
        .filter(term::Column::RecommendationId.in_subquery(recommendations()))
        .exec(tx)
        .await?;
    position::Entity::delete_many()
        .filter(position::Column::RecommendationId.in_subquery(recommendations()))
        .exec(tx)
        .await?;
    recommendation_alias::Entity::delete_many()
        .filter(recommendation_alias::Column::ReviewId.eq(id))
        .exec(tx)
        .await?;
    recommendation::Entity::delete_many()
        .filter(recommendation::Column::ReviewId.eq(id))
        .exec(tx)
        .await?;
    review::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
