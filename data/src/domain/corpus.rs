//! Every recommendation of every review, in memory, as lists, counts and searches over all of them
//! need it: values as numbers in columns, texts one after the other, words with their places.
//!
//! The list of one review is made by the same code, of a corpus that holds nothing else.

mod bits;
mod columns;
mod dictionary;
mod lexicon;
mod matches;
mod part;
mod positions;
mod recent;
mod rows_by_value;
mod tally;
mod texts;
mod word_index;

pub use matches::{Matches, SearchCost};
pub use part::{Part, Row, Standing};
pub use tally::{Tallies, Tally};

use super::{
    Breakdown, CountingUnit, Dimension, FacetValue, Filter, Outcome, PositionClass, PublicVersion,
    Review, ReviewCode, ReviewRecord, Round, RoundRecord, Scale, Status,
};
use dictionary::Dictionaries;
use lexicon::Lexicon;
use recent::Recent;
use rows_by_value::RowsByValue;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::{Arc, OnceLock};

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
    lexicon: Arc<Lexicon>,
    /// Words, gaps included.
    words: u64,
    rows_by_value: RowsByValue,
    /// What was selected lately: whoever turns pages selects the same again.
    recent: Recent,
    /// The scale without and with rounds that are open, once somebody asked.
    scales: [OnceLock<Scale>; 2],
}

impl Corpus {
    /// One review through one of its rounds. Without `searched` no word can be looked for in it.
    pub fn of_round(record: &ReviewRecord, round: Option<&RoundRecord>, searched: bool) -> Self {
        let mut corpus = Self::default();
        let mut lexicon = Lexicon::default();
        let words = searched.then_some(&mut lexicon);
        let mut dictionaries = Dictionaries::default();
        let standing = Standing::default();
        let part = Part::of(record, round, standing, &mut dictionaries, words);
        corpus.dictionaries = Arc::new(dictionaries);
        corpus.lexicon = Arc::new(lexicon);
        corpus.words += part.words();
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
            Some(Arc::make_mut(&mut self.lexicon)),
        );
        self.put_part(part);
    }

    /// Takes a review out.
    pub fn remove(&mut self, review: ReviewCode) {
        if let Some(place) = self
            .parts
            .iter()
            .position(|part| part.review.code == review)
        {
            let part = self.parts.remove(place);
            self.forget();
            self.words -= part.words();
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
                self.recent.forget_statuses();
                self.place_part(part);
                true
            }
            None => false,
        }
    }

    fn put_part(&mut self, part: Part) {
        self.forget();
        self.place_part(part);
    }

    fn place_part(&mut self, part: Part) {
        let key = |part: &Part| (part.review.code.state.name(), part.review.code.cycle);
        self.words += part.words();
        match self
            .parts
            .binary_search_by_key(&key(&part), |part| key(part))
        {
            Ok(place) => {
                if let Some(slot) = self.parts.get_mut(place) {
                    let before = std::mem::replace(slot, Arc::new(part));
                    self.words -= before.words();
                    if before.len() == slot.len() {
                        let start = self.starts.get(place).map_or(0, |start| *start as usize);
                        self.rows_by_value.replace(start, &before, slot);
                        return;
                    }
                }
            }
            Err(place) => self.parts.insert(place, Arc::new(part)),
        }
        self.number();
    }

    /// What was made of the parts as they were.
    fn forget(&mut self) {
        self.recent = Recent::default();
        self.scales = Default::default();
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
        (self.words as f64 / self.len().max(1) as f64).max(1.0)
    }

    /// The rows that a filter leaves, in its order. Statuses of rounds that are not published count
    /// only where `open_rounds` are seen.
    pub fn select(&self, filter: &Filter, open_rounds: bool) -> Arc<Matches> {
        self.recent.get(filter, open_rounds, || {
            Matches::of(self, filter, open_rounds)
        })
    }

    /// The numbers of the rows that are left, in order, each as its review's place in
    /// [`parts`](Self::parts) and its place there.
    pub fn places<'a>(&'a self, matches: &'a Matches) -> impl Iterator<Item = (&'a Part, usize)> {
        matches.rows.iter().filter_map(|row| self.place(*row))
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

    /// The reviews of what is left, by State and cycle.
    pub fn reviews<'a>(&'a self, matches: &'a Matches) -> impl Iterator<Item = &'a Review> {
        self.left_by_part(matches).map(|(part, _)| &part.review)
    }

    /// Whether any of the rows that are left is of a State that does not exist.
    pub fn is_fictitious(&self, matches: &Matches) -> bool {
        self.left_by_part(matches)
            .any(|(part, _)| part.review.code.state.is_fictitious())
    }

    /// The values of a dimension with their counts, the most frequent first. A value that is chosen is
    /// there even where nothing has it.
    pub fn facet(
        &self,
        filter: &Filter,
        matches: &Matches,
        dimension: Dimension,
    ) -> Vec<FacetValue> {
        let totals = self.counts(dimension, None, matches.open_rounds);
        let counts = if matches.is_everything_but(dimension) {
            &totals
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

    /// Counts by status of what is left and has one, in total and along a dimension.
    pub fn breakdown(
        &self,
        matches: &Matches,
        dimension: Option<Dimension>,
        unit: CountingUnit,
    ) -> Breakdown {
        matches.breakdown(dimension, unit, || {
            self.count_by_status(matches, dimension, unit)
        })
    }

    fn count_by_status(
        &self,
        matches: &Matches,
        dimension: Option<Dimension>,
        unit: CountingUnit,
    ) -> Breakdown {
        let scale = self.scale(matches.open_rounds);
        let places: Vec<usize> = self.places_of(Dimension::Status, |code| scale.place(code));
        self.count_by(matches, scale, dimension, unit, |part| {
            part.shows_statuses(matches.open_rounds).then_some(Classes {
                by: Dimension::Status,
                places: Cow::Borrowed(&places),
                otherwise: None,
            })
        })
    }

    /// Counts by outcome of what is left, in total and along a dimension. The statuses of `scale` are
    /// [`Outcome::ALL`], named.
    pub fn by_outcome(
        &self,
        matches: &Matches,
        scale: &Scale,
        dimension: Option<Dimension>,
        unit: CountingUnit,
    ) -> Breakdown {
        self.count_by(matches, scale, dimension, unit, |part| {
            let shown = part.shows_statuses(matches.open_rounds);
            let round = part.round.as_ref().filter(|_| shown);
            let places = round.map(|round| {
                let scale = &round.scale;
                let outcome = |code: &str| Outcome::of(scale, scale.place(code)) as usize;
                self.places_of(Dimension::Status, outcome)
            });
            Some(Classes {
                by: Dimension::Status,
                places: Cow::Owned(places.unwrap_or_default()),
                // A published round says nothing of what came in afterwards: it is outside its figures.
                otherwise: Some(Outcome::NoRound as usize),
            })
        })
    }

    /// Counts by position of what is left, in total and along a dimension. The statuses of `scale` are
    /// [`PositionClass::ALL`], named.
    pub fn by_position(
        &self,
        matches: &Matches,
        scale: &Scale,
        dimension: Option<Dimension>,
        unit: CountingUnit,
    ) -> Breakdown {
        let unknown = PositionClass::Unknown;
        let places = self.places_of(Dimension::Position, |code| {
            PositionClass::parse(code).unwrap_or(unknown) as usize
        });
        self.count_by(matches, scale, dimension, unit, |_| {
            Some(Classes {
                by: Dimension::Position,
                places: Cow::Borrowed(&places),
                otherwise: Some(unknown as usize),
            })
        })
    }

    /// The place of each number of a dimension.
    fn places_of(&self, dimension: Dimension, place: impl Fn(&str) -> usize) -> Vec<usize> {
        let values = self.dictionaries.of(dimension).values().iter();
        values.map(|code| place(code)).collect()
    }

    /// Counts what is left, in total and along a dimension. `classes` says of each part by what its rows
    /// are told apart; none of its rows count where it says nothing.
    fn count_by<'a>(
        &'a self,
        matches: &Matches,
        scale: &Scale,
        dimension: Option<Dimension>,
        unit: CountingUnit,
        classes: impl Fn(&'a Part) -> Option<Classes<'a>>,
    ) -> Breakdown {
        let width = scale.statuses.len();
        let values = dimension.map_or(0, |dimension| {
            self.dictionaries.of(dimension).values().len()
        });
        // The last one counts what has no value.
        let mut counts = vec![0_u64; (values + 1) * width];
        let mut total = vec![0_u64; width];
        let groups = self.groups();
        for (part, left) in self.left_by_part(matches) {
            let Some(classes) = classes(part) else {
                continue;
            };
            for row in left {
                let class = part.columns.row(classes.by, row).first();
                let place = class.and_then(|code| classes.places.get(*code as usize).copied());
                let Some(place) = place.or(classes.otherwise) else {
                    continue;
                };
                let states = part.columns.row(Dimension::RecommendingState, row);
                let weights = matches.weights(dimension, unit, states);
                add(&mut total, place, weights.whole);
                let Some(dimension) = dimension else { continue };
                let mut add = |value: Option<u32>| {
                    let value = value.map_or(values, |value| value as usize);
                    add(&mut counts, value * width + place, weights.each);
                };
                if weights.by_state {
                    let of_group = dimension == Dimension::RegionalGroup;
                    for state in states.iter().filter(|state| matches.asks_for(**state)) {
                        add(if of_group {
                            groups.get(*state as usize).copied().flatten()
                        } else {
                            Some(*state)
                        });
                    }
                    continue;
                }
                match part.seen(dimension, row, matches.open_rounds) {
                    [] => add(None),
                    codes => codes.iter().for_each(|code| add(Some(*code))),
                }
            }
        }
        let named = dimension.into_iter().flat_map(|dimension| {
            let values = self.dictionaries.of(dimension).values().iter();
            values.map(|value| Some(value.to_string())).chain([None])
        });
        Breakdown::of_counts(
            scale,
            unit,
            dimension,
            total,
            named.zip(counts.chunks(width.max(1))),
        )
    }

    /// The regional group of each State, by their numbers.
    fn groups(&self) -> Vec<Option<u32>> {
        let groups = self.dictionaries.of(Dimension::RegionalGroup).values();
        let states = self.dictionaries.of(Dimension::RecommendingState).values();
        let group = |code: &Arc<str>| {
            let group = super::StateCode::parse(code)?.group()?.code();
            let place = groups.iter().position(|known| **known == *group)?;
            u32::try_from(place).ok()
        };
        states.iter().map(group).collect()
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

/// By what rows are told apart.
struct Classes<'a> {
    /// The dimension whose first value decides.
    by: Dimension,
    /// The place in the scale of each number of that dimension.
    places: Cow<'a, [usize]>,
    /// The place of what has no value; without one it does not count.
    otherwise: Option<usize>,
}

fn add(counts: &mut [u64], place: usize, weight: u64) {
    if let Some(count) = counts.get_mut(place) {
        *count += weight;
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

impl Part {
    fn words(&self) -> u64 {
        self.index
            .as_ref()
            .map_or(0, |index| u64::from(index.all_lengths()))
    }
}
