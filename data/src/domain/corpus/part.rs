//! One review of the corpus.

use super::columns::Columns;
use super::dictionary::Dictionaries;
use super::positions::Positions;
use super::texts::Texts;
use crate::domain::unnumbered::source_of;
use crate::domain::{
    ActionCategory, Assessment, Breakdown, Dimension, LanguageText, Listed, Paragraph, Position,
    PositionClass, PositionSources, Recommendation, Review, ReviewCoverage, ReviewRecord, Round,
    RoundRecord, Scheme, StateCode, Status, Term,
};
use crate::domain::{Unnumbered, UnnumberedPlace};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A review as lists over all reviews show it: through its default round.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The review.
    pub review: Review,
    /// The round whose statuses are shown; none where the review has no itemised one.
    pub round: Option<Arc<Round>>,
    /// How the review stands.
    pub standing: Standing,
    pub(super) columns: Columns,
    pub(super) texts: Arc<Texts>,
    positions: Arc<Positions>,
    /// The texts in further languages, by row. Few recommendations have any.
    further: Arc<BTreeMap<usize, Vec<LanguageText>>>,
    ids: Arc<[i64]>,
    /// How many of them have a number.
    numbered: usize,
}

/// How a review stands, in figures.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Standing {
    /// Recommendations.
    pub recommendations: usize,
    /// The same beside what else tells how many there are.
    pub coverage: ReviewCoverage,
    /// Rounds.
    pub rounds: usize,
    /// Those of them that are published.
    pub published: usize,
    /// The headline round, and its counts.
    pub headline: Option<(Arc<Round>, Breakdown)>,
}

impl Part {
    /// A review through one of its rounds, or none.
    pub(super) fn of(
        record: &ReviewRecord,
        round: Option<&RoundRecord>,
        standing: Standing,
        dictionaries: &mut Dictionaries,
    ) -> Self {
        let shown = || record.list(round).map(|listed| listed.recommendation);
        Self {
            review: record.review.clone(),
            round: round.map(|round| Arc::new(round.round.clone())),
            standing,
            columns: Columns::of(record.list(round), dictionaries),
            texts: Arc::new(Texts::of(shown())),
            positions: Arc::new(Positions::of(shown())),
            further: Arc::new(further(shown())),
            ids: record.recommendations.iter().map(|one| one.id).collect(),
            numbered: shown().filter(|one| one.paragraph.is_number()).count(),
        }
    }

    /// How many recommendations it has.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether none has been imported.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether its statuses are of a round that is not published.
    pub(super) fn is_open(&self) -> bool {
        self.round
            .as_ref()
            .is_some_and(|round| !round.is_published())
    }

    /// Whether somebody who may or may not see open rounds sees its statuses.
    pub(super) fn shows_statuses(&self, open_rounds: bool) -> bool {
        open_rounds || !self.is_open()
    }

    /// The values of a row, as far as somebody who may or may not see open rounds sees them.
    pub(super) fn seen(&self, dimension: Dimension, row: usize, open_rounds: bool) -> &[u32] {
        if dimension == Dimension::Status && !self.shows_statuses(open_rounds) {
            return &[];
        }
        self.columns.row(dimension, row)
    }

    /// Whether it has a recommendation of that paragraph.
    pub fn has(&self, paragraph: &Paragraph) -> bool {
        self.row_of(paragraph.as_str()).is_some()
    }

    /// The recommendation of that paragraph.
    pub(super) fn row_of(&self, paragraph: &str) -> Option<usize> {
        (0..self.len()).find(|row| self.texts.row(*row)[0] == paragraph)
    }

    /// The same with another status of one row in the round that is shown.
    #[must_use]
    pub(super) fn with_status(
        &self,
        paragraph: &str,
        status: &str,
        dictionaries: &Dictionaries,
    ) -> Option<Self> {
        let shown = self.round.as_ref()?;
        // What the scale does not know is in the unassessed status' place, as everywhere.
        let known = shown.scale.statuses.get(shown.scale.place(status))?;
        let mut part = self.clone();
        let code = dictionaries.known(Dimension::Status, &known.code)?;
        part.columns
            .set(Dimension::Status, self.row_of(paragraph)?, code);
        Some(part)
    }

    /// What the sources say of the position of a row.
    pub(super) fn positions(&self, row: usize) -> Vec<Position> {
        self.positions.row(row)
    }

    /// Adds the sources of the positions that count of some rows.
    pub(super) fn count_sources(
        &self,
        rows: impl Iterator<Item = usize>,
        sources: &mut PositionSources,
    ) {
        if self.review.code.state.is_fictitious() {
            sources.fictitious += rows.map(|_| 1).sum::<u64>();
        } else {
            self.positions.count_sources(rows, sources);
        }
    }

    /// All recommendations as lists show them.
    pub(super) fn recommendations(
        &self,
        dictionaries: &Dictionaries,
    ) -> impl Iterator<Item = Recommendation> {
        (0..self.len()).filter_map(|row| self.recommendation(row, dictionaries))
    }

    /// A recommendation as lists show it: of its position only the class, not the words and the source.
    pub(super) fn recommendation(
        &self,
        row: usize,
        dictionaries: &Dictionaries,
    ) -> Option<Recommendation> {
        let values = |dimension: Dimension| {
            let dictionary = dictionaries.of(dimension);
            let codes = self.columns.row(dimension, row).iter();
            codes.map(|code| dictionary.value(*code))
        };
        let [paragraph, text, summary] = self.texts.row(row);
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let terms = Scheme::ALL.into_iter().flat_map(|scheme| {
            values(Dimension::Term(scheme)).map(move |name| Term::new(scheme, name))
        });
        let position = values(Dimension::Position).next();
        let positions = position
            .and_then(PositionClass::parse)
            .filter(|class| *class != PositionClass::Unknown)
            .map(|class| Position {
                class,
                raw: String::new(),
                source: None,
                source_paragraph: None,
                date: None,
            });
        let paragraph = Paragraph::parse(paragraph).ok()?;
        Some(Recommendation {
            id: *self.ids.get(row)?,
            unnumbered: self.unnumbered(row, &paragraph),
            paragraph,
            text: some(text),
            language: self.texts.language(row).map(str::to_owned),
            texts: self.further.get(&row).cloned().unwrap_or_default(),
            summary: some(summary),
            recommending: values(Dimension::RecommendingState)
                .filter_map(StateCode::parse)
                .collect(),
            action_category: values(Dimension::ActionCategory)
                .next()
                .and_then(ActionCategory::parse),
            responsible_bodies: values(Dimension::ResponsibleBody)
                .map(str::to_owned)
                .collect(),
            terms: terms.collect(),
            positions: positions.into_iter().collect(),
            chosen_position: None,
            source_id: None,
        })
    }

    /// Where a row without a number stands in its source: those with a number come first.
    fn unnumbered(&self, row: usize, paragraph: &Paragraph) -> Unnumbered {
        if paragraph.is_number() {
            return Unnumbered::default();
        }
        Unnumbered::at(UnnumberedPlace {
            place: (row + 1).saturating_sub(self.numbered),
            total: self.len().saturating_sub(self.numbered),
            source: source_of(&self.positions.row(row)),
        })
    }

    /// The round and the recommendation of a row that has a status: where it has none, it has no
    /// assessment either.
    pub(super) fn assessed(&self, row: usize) -> Option<(i64, i64)> {
        self.columns.row(Dimension::Status, row).first()?;
        Some((self.round.as_ref()?.id, *self.ids.get(row)?))
    }

    /// The status of a row, and its place in the round's scale.
    pub(super) fn status(
        &self,
        row: usize,
        dictionaries: &Dictionaries,
    ) -> Option<(usize, &Status)> {
        let scale = &self.round.as_ref()?.scale;
        let code = self.columns.row(Dimension::Status, row).first()?;
        let place = scale.place(dictionaries.of(Dimension::Status).value(*code));
        Some((place, scale.statuses.get(place)?))
    }
}

fn further<'a>(
    recommendations: impl Iterator<Item = &'a Recommendation>,
) -> BTreeMap<usize, Vec<LanguageText>> {
    let rows = recommendations.enumerate();
    let rows = rows.filter(|(_, one)| !one.texts.is_empty());
    rows.map(|(row, one)| (row, one.texts.clone())).collect()
}

impl Standing {
    /// Counted from a record that has, of its assessments, those of its default round at least: if the headline round has
    /// assessments, it is that one.
    pub fn of(record: &ReviewRecord) -> Self {
        let published = || {
            record
                .rounds
                .iter()
                .filter(|round| round.round.is_published())
        };
        let headline = record.headline_round().map(|round| {
            let breakdown = Breakdown::of_round(record, round);
            (Arc::new(round.round.clone()), breakdown)
        });
        Self {
            recommendations: record.recommendations.len(),
            coverage: ReviewCoverage::of(record),
            rounds: record.rounds.len(),
            published: published().count(),
            headline,
        }
    }
}

/// A row of a list, kept apart from the record that it comes from.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The review.
    pub part: &'a Part,
    /// The recommendation, as lists show it: of its position only the class is said.
    pub recommendation: Recommendation,
    /// Its status and the status' place in its round's scale.
    pub status: Option<(usize, &'a Status)>,
    /// Its assessment; none in lists, which do not show it.
    pub assessment: Option<Assessment>,
}

impl Row<'_> {
    /// The row as lists take it.
    pub fn listed(&self) -> Listed<'_> {
        Listed {
            review: self.part.review.code,
            recommendation: &self.recommendation,
            assessment: self.assessment.as_ref(),
            status: self.status,
        }
    }
}
