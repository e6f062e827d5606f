//! Every recommendation of every review, in memory, as lists, counts and searches over all of them
//! need it: values as numbers in columns, texts one after the other, words with their places.
//!
//! The list of one review is made by the same code, of a corpus that holds nothing else.

mod bits;
mod columns;
mod counting;
mod dictionary;
mod lexicon;
mod matches;
mod part;
mod positions;
mod rows_by_value;
mod selection_cache;
mod tally;
mod texts;
mod word_index;
mod words;

pub use counting::CountBy;
pub use matches::{Matches, SearchCost};
pub use part::{Part, Row, Standing};
pub use tally::{Tallies, Tally};

use super::{
    CountingUnit, Dimension, FacetValue, Filter, Outcome, PositionSources, PublicVersion, Review,
    ReviewCode, ReviewRecord, Round, RoundRecord, Scale, Status,
};
use dictionary::Dictionaries;
use rows_by_value::RowsByValue;
use selection_cache::SelectionCache;
use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};
use words::Words;

/// For each outcome the codes of its statuses; `None` if codes alone do not tell it.
type StatusesByOutcome = [Option<Vec<String>>; Outcome::ALL.len()];

/// Reviews in order, with what their recommendations are found and counted by.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The number of the last event that it takes in.
    pub revision: i64,
    /// The public version at that event: what readers are told in place of its number.
    pub public: PublicVersion,
    parts: Vec<Arc<Part>>,
    /// The number of each part's first row.
    starts: Vec<u32>,
    dictionaries: Arc<Dictionaries>,
    /// Once somebody has searched.
    words: OnceLock<Words>,
    rows_by_value: RowsByValue,
    /// What was selected lately: whoever turns pages selects the same again.
    selections: SelectionCache,
    /// The scale without and with rounds that are open, once somebody asked.
    scales: [OnceLock<Scale>; 2],
    /// The codes of the statuses that are each outcome, likewise.
    statuses_by_outcome: [OnceLock<StatusesByOutcome>; 2],
}

impl Corpus {
    /// One review through one of its rounds.
    pub fn of_round(record: &ReviewRecord, round: Option<&RoundRecord>) -> Self {
        let mut corpus = Self::default();
        let mut dictionaries = Dictionaries::default();
        let part = Part::of(record, round, Standing::default(), &mut dictionaries);
        corpus.dictionaries = Arc::new(dictionaries);
        corpus.starts.push(0);
        corpus.parts.push(Arc::new(part));
        corpus
    }

    /// Puts a review in, or in place of what was known of it.
    pub fn put(&mut self, record: &ReviewRecord) {
        let part = Part::of(
            record,
            record.default_round(),
            Standing::of(record),
            Arc::make_mut(&mut self.dictionaries),
        );
        self.forget();
        let part = Arc::new(part);
        let place = self.place_part(Arc::clone(&part));
        if let Some(words) = self.words.get_mut() {
            words.put(place, &part, &self.dictionaries);
        }
    }

    /// Indexes the words of all texts, unless that is done. The first search does so as well, and takes the
    /// longer.
    pub fn index_words(&self) {
        self.words();
    }

    fn words(&self) -> &Words {
        self.words
            .get_or_init(|| Words::of(&self.parts, &self.dictionaries))
    }

    /// Takes a review out.
    pub fn remove(&mut self, review: ReviewCode) {
        if let Some(place) = self
            .parts
            .iter()
            .position(|part| part.review.code == review)
        {
            self.parts.remove(place);
            if let Some(words) = self.words.get_mut() {
                words.remove(place);
            }
            self.forget();
            self.number();
        }
    }

    /// Takes in that a recommendation got another status in a round. Whether that could be done:
    /// otherwise the review has to be put in again.
    pub fn set_status(
        &mut self,
        review: ReviewCode,
        round: &str,
        paragraph: &str,
        status: &str,
    ) -> bool {
        let Some(part) = self.part(review).map(Arc::clone) else {
            return false;
        };
        // What stands in a round that is not shown is in no list.
        if part.round.as_ref().is_some_and(|shown| shown.slug != round) {
            return true;
        }
        match part.with_status(paragraph, status, &self.dictionaries) {
            Some(part) => {
                self.selections.forget_statuses();
                // The words are the same.
                let _ = self.place_part(Arc::new(part));
                true
            }
            None => false,
        }
    }

    /// Puts a part where it belongs: in place of the one there, or in front of that place.
    fn place_part(&mut self, part: Arc<Part>) -> Result<usize, usize> {
        let key = |part: &Part| (part.review.code.state.name(), part.review.code.cycle);
        let place = self
            .parts
            .binary_search_by_key(&key(&part), |part| key(part));
        match place {
            Ok(place) => {
                if let Some(slot) = self.parts.get_mut(place) {
                    let before = std::mem::replace(slot, part);
                    if before.len() == slot.len() {
                        let start = self.starts.get(place).map_or(0, |start| *start as usize);
                        self.rows_by_value.replace(start, &before, slot);
                        return Ok(place);
                    }
                }
            }
            Err(place) => self.parts.insert(place, part),
        }
        self.number();
        place
    }

    /// What was made of the parts as they were.
    fn forget(&mut self) {
        self.selections = SelectionCache::default();
        self.scales = Default::default();
        self.statuses_by_outcome = Default::default();
    }

    /// Numbers the rows anew.
    fn number(&mut self) {
        self.rows_by_value = RowsByValue::default();
        let mut start = 0_u32;
        self.starts.clear();
        for part in &self.parts {
            self.starts.push(start);
            start = start.saturating_add(u32::try_from(part.len()).unwrap_or(u32::MAX));
        }
    }

    /// The reviews, by State and cycle.
    pub fn parts(&self) -> &[Arc<Part>] {
        &self.parts
    }

    /// A review.
    pub fn part(&self, review: ReviewCode) -> Option<&Arc<Part>> {
        self.parts.iter().find(|part| part.review.code == review)
    }

    /// How many recommendations there are.
    pub fn len(&self) -> usize {
        let last = self.parts.last().map_or(0, |part| part.len());
        self.starts.last().map_or(0, |start| *start as usize) + last
    }

    /// How many recommendations a filter that chooses nothing leaves: those of the invented State only if there are no
    /// others.
    pub fn len_unfiltered(&self) -> usize {
        let real = self.real_rows();
        real.map_or(self.len(), |rows| {
            usize::try_from(rows.len()).unwrap_or(usize::MAX)
        })
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn numbered(&self) -> impl Iterator<Item = (usize, &Part)> {
        let starts = self.starts.iter().map(|start| *start as usize);
        starts.zip(self.parts.iter().map(AsRef::as_ref))
    }

    /// The part that a row is in, and the row's number there.
    fn place(&self, row: u32) -> Option<(&Part, usize)> {
        let part = self
            .starts
            .partition_point(|start| *start <= row)
            .checked_sub(1)?;
        let start = *self.starts.get(part)?;
        Some((self.parts.get(part)?, (row - start) as usize))
    }

    /// The parts of which anything is left, each with the numbers that its rows have there.
    fn left_by_part<'a, 'm>(
        &'a self,
        matches: &'m Matches,
    ) -> impl Iterator<Item = (&'a Part, impl Iterator<Item = usize> + use<'m>)> {
        let mut rest = matches.in_order();
        std::iter::from_fn(move || {
            let (part, row) = self.place(*rest.first()?)?;
            let start = *rest.first()? as usize - row;
            let end = start + part.len();
            let (here, later) = rest.split_at(rest.partition_point(|row| (*row as usize) < end));
            rest = later;
            Some((part, here.iter().map(move |row| *row as usize - start)))
        })
    }

    #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
    fn average_length(&self) -> f64 {
        (self.words().count() as f64 / self.len().max(1) as f64).max(1.0)
    }

    /// The rows that a filter leaves, in its order. Statuses of rounds that are not published count
    /// only where `open_rounds` are seen.
    pub fn select(&self, filter: &Filter, open_rounds: bool) -> Arc<Matches> {
        self.selections.get(filter, open_rounds, || {
            Matches::of(self, filter, open_rounds)
        })
    }

    /// The numbers of the rows that are left, in order, each as its review's place in
    /// [`parts`](Self::parts) and its place there.
    pub fn places<'a>(&'a self, matches: &'a Matches) -> impl Iterator<Item = (&'a Part, usize)> {
        matches.rows.iter().filter_map(|row| self.place(*row))
    }

    /// The same in the corpus' order, whatever the filter's is.
    pub fn places_in_order<'a>(
        &'a self,
        matches: &'a Matches,
    ) -> impl Iterator<Item = (&'a Part, usize)> {
        let rows = matches.in_order().iter();
        rows.filter_map(|row| self.place(*row))
    }

    /// Some of the rows that are left, in order, as lists show them.
    pub fn rows<'a>(&'a self, matches: &Matches, range: std::ops::Range<usize>) -> Vec<Row<'a>> {
        let rows = matches.rows.get(range).unwrap_or_default();
        rows.iter()
            .filter_map(|row| self.place(*row))
            .filter_map(|(part, row)| self.row(matches, part, row))
            .collect()
    }

    /// The same with all that the sources say of their positions, as files need them; each row is made
    /// when it is asked for.
    pub fn rows_with_positions<'a>(
        &'a self,
        matches: &'a Matches,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = Row<'a>> {
        self.places_in(matches, range).filter_map(|(part, place)| {
            let mut row = self.row(matches, part, place)?;
            row.recommendation.positions = part.positions(place);
            Some(row)
        })
    }

    /// The assessments that some of the rows are shown with: round and recommendation of each.
    pub fn assessed<'a>(
        &'a self,
        matches: &'a Matches,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (i64, i64)> {
        self.places_in(matches, range).filter_map(|(part, place)| {
            part.assessed(place)
                .filter(|_| part.shows_statuses(matches.open_rounds))
        })
    }

    fn places_in<'a>(
        &'a self,
        matches: &'a Matches,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (&'a Part, usize)> {
        let rows = matches.rows.get(range).unwrap_or_default();
        rows.iter().filter_map(|row| self.place(*row))
    }

    fn row<'a>(&'a self, matches: &Matches, part: &'a Part, row: usize) -> Option<Row<'a>> {
        let shown = part.shows_statuses(matches.open_rounds);
        Some(Row {
            part,
            recommendation: part.recommendation(row, &self.dictionaries)?,
            status: part.status(row, &self.dictionaries).filter(|_| shown),
            assessment: None,
        })
    }

    /// How many the rows that are left are, each recommending State's counted by itself.
    pub fn states_of(&self, matches: &Matches) -> u64 {
        let weight = |(part, row): (&Part, usize)| {
            let states = part.columns.row(Dimension::RecommendingState, row);
            matches
                .weights(None, CountingUnit::RecommendingStates, states)
                .whole
        };
        self.places(matches).map(weight).sum()
    }

    /// The rounds that the statuses of what is left are of, by State and cycle.
    pub fn rounds<'a>(
        &'a self,
        matches: &'a Matches,
    ) -> impl Iterator<Item = (&'a Review, &'a Round)> {
        self.left_by_part(matches)
            .filter(|(part, _)| part.shows_statuses(matches.open_rounds))
            .filter_map(|(part, _)| Some((&part.review, part.round.as_deref()?)))
    }

    /// The sources of the selected recommendations' positions.
    pub fn position_sources(&self, matches: &Matches) -> PositionSources {
        let mut sources = PositionSources::default();
        for (part, rows) in self.left_by_part(matches) {
            part.count_sources(rows, &mut sources);
        }
        sources
    }

    /// The reviews of what is left, by State and cycle.
    pub fn reviews<'a>(&'a self, matches: &'a Matches) -> impl Iterator<Item = &'a Review> {
        self.left_by_part(matches).map(|(part, _)| &part.review)
    }

    /// Whether any of the rows that are left is of a State that does not exist.
    pub fn is_fictitious(&self, matches: &Matches) -> bool {
        self.left_by_part(matches)
            .any(|(part, _)| part.review.code.state.is_fictitious())
    }

    /// Returns true if any recommendation, whatever the filter, has a value of a dimension that the person
    /// who asked sees.
    pub fn any_has(&self, matches: &Matches, dimension: Dimension) -> bool {
        let totals = self.totals(matches, dimension);
        totals.iter().any(|count| *count > 0)
    }

    /// How many of the rows that a filter could leave have each value of a dimension.
    fn totals<'m>(&self, matches: &'m Matches, dimension: Dimension) -> &'m Vec<u32> {
        matches.totals(dimension, || {
            let base = matches.base(dimension);
            self.counts(dimension, base, matches.open_rounds)
        })
    }

    /// The values of a dimension with their counts, the most frequent first. A value that is chosen is
    /// there even where nothing has it.
    pub fn facet(
        &self,
        filter: &Filter,
        matches: &Matches,
        dimension: Dimension,
    ) -> Vec<FacetValue> {
        let totals = self.totals(matches, dimension);
        let counts = if matches.is_everything_but(dimension) {
            totals
        } else {
            matches.counts(dimension, || {
                let rows = matches.rows_aside_from(dimension);
                self.counts(dimension, Some(&rows), matches.open_rounds)
            })
        };
        let chosen = filter.chosen.get(&dimension);
        let is_chosen = |value: &str| chosen.is_some_and(|all| all.iter().any(|one| one == value));
        let dictionary = self.dictionaries.of(dimension);
        let mut values: Vec<FacetValue> = dictionary
            .in_order()
            .filter_map(|(code, value)| {
                let (total, count) = (totals.get(code)?, counts.get(code)?);
                (*total > 0 || is_chosen(value)).then(|| FacetValue {
                    value: value.to_string(),
                    count: u64::from(*count),
                    chosen: is_chosen(value),
                })
            })
            .collect();
        for value in chosen.into_iter().flatten() {
            if !values.iter().any(|there| there.value == *value) {
                let place = values.partition_point(|there| there.value < *value);
                let unknown = FacetValue {
                    value: value.clone(),
                    count: 0,
                    chosen: true,
                };
                values.insert(place, unknown);
            }
        }
        // Those that are as frequent stay in the order of their values.
        values.sort_by_key(|value| Reverse(value.count));
        values
    }

    /// The scale of all statuses that are seen. Where reviews have different ones, each status once, in
    /// the order of how good it is in its own.
    pub fn scale(&self, open_rounds: bool) -> &Scale {
        let [published, every] = &self.scales;
        let known = if open_rounds { every } else { published };
        known.get_or_init(|| self.scale_of_parts(open_rounds))
    }

    fn scale_of_parts(&self, open_rounds: bool) -> Scale {
        let mut scales: Vec<&Scale> = Vec::new();
        for part in &self.parts {
            if let Some(round) = part
                .round
                .as_ref()
                .filter(|_| open_rounds || !part.is_open())
                && !scales.iter().any(|known| is_same(known, &round.scale))
            {
                scales.push(&round.scale);
            }
        }
        match scales.as_slice() {
            [] => Scale {
                id: 0,
                code: String::new(),
                name: String::new(),
                version: 1,
                statuses: Vec::new(),
            },
            [one] => (*one).clone(),
            several => merged(several),
        }
    }
}

/// Nearly always the same row of the database, which is quicker to see.
fn is_same(one: &Scale, other: &Scale) -> bool {
    one.id == other.id && one.version == other.version || one.statuses == other.statuses
}

fn merged(scales: &[&Scale]) -> Scale {
    let mut ranked: Vec<(bool, usize, &Status)> = Vec::new();
    for scale in scales {
        let last = scale.statuses.len().max(2) - 1;
        for (place, status) in scale.statuses.iter().enumerate() {
            if !ranked.iter().any(|(_, _, known)| known.code == status.code) {
                // A thousandth is fine enough for any scale.
                ranked.push((!status.counts_as_assessed, place * 1_000 / last, status));
            }
        }
    }
    ranked.sort_by_key(|(unassessed, place, _)| (*unassessed, *place));
    Scale {
        id: 0,
        code: String::new(),
        name: String::new(),
        version: 1,
        statuses: ranked
            .into_iter()
            .map(|(_, _, status)| status.clone())
            .collect(),
    }
}
