//! Reviews one after the other, each with its recommendations and rounds.

use crate::random::Random;
use crate::wording;
use data::domain::{
    ActionCategory, Assessment, Confidence, Cycle, Evidence, EvidenceKind, ISSUES, Paragraph,
    Position, PositionClass, Recommendation, Review, ReviewCode, Scheme, StateCode, Term, states,
};
use data::store::{NewRound, WholeReview, WholeRound};
use std::collections::HashMap;

/// Rounds of a review, the newest last; three are published.
const ROUNDS: [(&str, &str, bool); 5] = [
    ("follow-up", "2024-12-31", false),
    ("mid-term", "2023-12-31", true),
    ("shadow", "2022-12-31", true),
    ("early", "2021-12-31", true),
    ("draft", "2025-06-30", false),
];

/// A word that seven recommendations hold, however many there are.
const SEVEN: &str = "archipelago";

/// Made-up reviews of all States but the invented one, four cycles of each.
pub struct Reviews {
    wanted: Vec<(ReviewCode, usize)>,
    random: Random,
    states: Vec<StateCode>,
    themes: Vec<String>,
    made: usize,
    total: usize,
}

impl Reviews {
    /// Together they have `total` recommendations. The same every time.
    pub fn of(total: usize) -> Self {
        let mut random = Random::new(0x5eed);
        let states: Vec<StateCode> = states::all().filter(|s| !s.is_fictitious()).collect();
        let weighted: Vec<(ReviewCode, usize)> = Cycle::ALL
            .into_iter()
            .zip([28, 45, 55, 62])
            .flat_map(|(cycle, weight)| states.iter().map(move |state| (*state, cycle, weight)))
            // Some reviews are four times as long as others.
            .map(|(state, cycle, weight)| {
                let code = ReviewCode { state, cycle };
                (code, weight * (60 + random.below(180)))
            })
            .collect();
        let sum: usize = weighted.iter().map(|(_, weight)| weight).sum();
        let mut wanted: Vec<(ReviewCode, usize)> = weighted
            .into_iter()
            .map(|(code, weight)| (code, weight * total / sum.max(1)))
            .collect();
        let missing = total - wanted.iter().map(|(_, count)| count).sum::<usize>();
        if let Some((_, last)) = wanted.last_mut() {
            *last += missing;
        }
        let themes = (0..150).map(|n| format!("Theme {n}: {}", ISSUES[n % ISSUES.len()]));
        Self {
            wanted,
            random,
            states,
            themes: themes.collect(),
            made: 0,
            total,
        }
    }

    fn review(&mut self, code: ReviewCode, count: usize) -> WholeReview {
        let cycle = code.cycle.number();
        let session = [1, 13, 27, 41].get(usize::from(cycle - 1)).copied();
        let recommendations: Vec<Recommendation> =
            (1..=count).filter_map(|n| self.recommendation(n)).collect();
        let rounds = ROUNDS
            .into_iter()
            .map(|round| self.round(round, &recommendations))
            .collect();
        WholeReview {
            review: Review {
                id: 0,
                code,
                session,
                date: Some(format!("{}-05-04", 2004 + 5 * u16::from(cycle)).into()),
                report_symbol: Some(format!(
                    "A/HRC/{}/{}",
                    cycle * 12,
                    self.random.below(20) + 1
                )),
                addendum_symbol: None,
            },
            recommendations,
            rounds,
        }
    }

    fn recommendation(&mut self, number: usize) -> Option<Recommendation> {
        let step = (self.total / 7).max(1);
        let rare = self.made.is_multiple_of(step) && self.made / step < 7;
        self.made += 1;
        let random = &mut self.random;
        let mut text = wording::text(random);
        if rare {
            text.push(' ');
            text.push_str(SEVEN);
        }
        // One in eleven is made by several States together.
        let together = if random.chance(90) {
            2 + random.below(3)
        } else {
            1
        };
        let mut recommending: Vec<StateCode> = Vec::new();
        for _ in 0..together {
            // Which States make most differs from which come first in the alphabet.
            let place = random.skewed(self.states.len()) * 71 % self.states.len().max(1);
            let state = *self.states.get(place)?;
            if !recommending.contains(&state) {
                recommending.push(state);
            }
        }
        let mut terms = Vec::new();
        let mut term = |scheme, name: &str| {
            let term = Term::new(scheme, name);
            if !terms.contains(&term) {
                terms.push(term);
            }
        };
        for _ in 0..=random.below(2) {
            term(Scheme::Issue, random.skewed_of(&ISSUES)?);
        }
        for _ in 0..=random.below(3) {
            term(Scheme::Theme, random.skewed_of(&self.themes)?);
        }
        for _ in 0..random.below(3) {
            term(
                Scheme::AffectedPersons,
                &format!("Persons group {}", random.skewed(30)),
            );
        }
        for _ in 0..=random.below(2) {
            term(Scheme::Sdg, &format!("{} - goal", 1 + random.skewed(17)));
        }
        let class = match random.below(20) {
            0..=11 => PositionClass::Supported,
            12 => PositionClass::SupportedAsImplemented,
            13 => PositionClass::PartiallySupported,
            14..=18 => PositionClass::Noted,
            _ => PositionClass::Pending,
        };
        Some(Recommendation {
            text: Some(text),
            language: Some("en".to_owned()),
            recommending,
            action_category: ActionCategory::ALL.get(random.below(5)).copied(),
            terms,
            positions: vec![Position {
                class,
                raw: class.code().replace('_', " "),
                source: Some("A/HRC/43/15/Add.1".to_owned()),
                source_paragraph: Some(number.to_string()),
                date: None,
            }],
            ..Recommendation::new(Paragraph::parse(&format!("138.{number}")).ok()?)
        })
    }

    fn round(
        &mut self,
        (slug, as_of, published): (&str, &str, bool),
        recommendations: &[Recommendation],
    ) -> WholeRound {
        let random = &mut self.random;
        let mut assessments = HashMap::new();
        for one in recommendations {
            // As many are left out as UPR Info's mid-term programme got no comment on.
            if random.chance(440) {
                continue;
            }
            let status = match random.below(10) {
                0 => "implemented",
                1 => "in_process",
                2 | 3 => "partially_implemented",
                4 => "not_assessed",
                _ => "not_implemented",
            };
            let evidence = random.chance(150).then(|| Evidence {
                title: format!("Annual report {}", random.below(9)),
                source: "https://example.org/report".to_owned(),
                publisher: Some("Coalition".to_owned()),
                date: Some("2023".into()),
                kind: EvidenceKind::CivilSociety,
                note: None,
                language: None,
                archived: None,
            });
            let assessment = Assessment {
                status: status.to_owned(),
                rationale: wording::rationale(random),
                confidence: Confidence::ALL.get(random.below(3)).copied(),
                evidence: evidence.into_iter().collect(),
                carried_over: None,
                version: 1,
                changed_at: 0,
            };
            assessments.insert(one.paragraph.to_string(), assessment);
        }
        WholeRound {
            round: NewRound {
                slug: slug.to_owned(),
                organisation: "Coalition".to_owned(),
                title: format!("Round {slug}"),
                as_of: Some(as_of.into()),
                scale: "bhc-2023".to_owned(),
                method: None,
                assessors: Vec::new(),
            },
            published,
            assessments,
        }
    }
}

impl Iterator for Reviews {
    type Item = WholeReview;

    fn next(&mut self) -> Option<WholeReview> {
        let (code, count) = self.wanted.pop()?;
        Some(self.review(code, count))
    }
}
