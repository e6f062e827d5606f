//! The rows that a filter leaves, in its order.

use super::word_index::{Meant, WordIndex};
use super::{Corpus, Part};
use crate::domain::breakdown::Weights;
use crate::domain::search::{As, Wanted};
use crate::domain::{Breakdown, CountingUnit, Dimension, Filter, Message, Search, Sort, SortKey};
use roaring::{MultiOps, RoaringBitmap};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What a filter leaves of a corpus. Only of use with the corpus that it was made of.
///
/// What is counted of it is counted once, since a page of a list shows the same counts as the one before.
#[derive(Debug, Default)]
pub struct Matches {
    /// For each dimension that chooses the rows that have a chosen value.
    chosen: Arc<[(Dimension, RoaringBitmap)]>,
    /// The rows that the search finds; none without one.
    found: Option<Arc<RoaringBitmap>>,
    /// The rows that are left.
    set: Arc<RoaringBitmap>,
    /// Whether each State's recommendations are asked for, by its number; empty where all are.
    asked: Vec<bool>,
    /// The rows that are left, in order.
    pub(super) rows: Arc<[u32]>,
    /// The same in the corpus' order.
    left: Arc<[u32]>,
    /// Whether rounds that are not published are seen.
    pub(super) open_rounds: bool,
    /// The rows of States that exist, if the invented State was left out because the filter chooses no State. They are
    /// among the chosen rows as well, as if all these States were chosen.
    real: Option<Arc<RoaringBitmap>>,
    counts: [OnceLock<Vec<u32>>; Dimension::ALL.len()],
    /// The counts of all rows that the filter could leave.
    totals: [OnceLock<Vec<u32>>; Dimension::ALL.len()],
    breakdowns: Mutex<Vec<Breakdown>>,
}

impl Matches {
    /// How many rows are left.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether a State's recommendations are asked for.
    pub(super) fn asks_for(&self, state: u32) -> bool {
        self.asked.is_empty() || self.asked.get(state as usize).copied().unwrap_or(false)
    }

    /// What a recommendation of those States counts.
    pub(super) fn weights(
        &self,
        dimension: Option<Dimension>,
        unit: CountingUnit,
        states: &[u32],
    ) -> Weights {
        let asked = if self.asked.is_empty() {
            states.len()
        } else {
            states.iter().filter(|state| self.asks_for(**state)).count()
        };
        Weights::of(dimension, unit, states.len(), asked)
    }

    /// Whether statuses of rounds that are not published count.
    pub fn sees_open_rounds(&self) -> bool {
        self.open_rounds
    }

    /// Whether rows of the invented State were left out.
    pub fn leaves_out_invented(&self) -> bool {
        self.real.is_some()
    }

    /// The rows that are counted where nothing is chosen, if these are not all. The invented State is left out of every
    /// dimension but its own, where it can be chosen.
    pub(super) fn base(&self, dimension: Dimension) -> Option<&RoaringBitmap> {
        self.real
            .as_deref()
            .filter(|_| dimension != Dimension::State)
    }

    /// The rows that are left where one dimension chooses nothing.
    pub(super) fn rows_aside_from(&self, dimension: Dimension) -> Cow<'_, RoaringBitmap> {
        if !self.chosen.iter().any(|(one, _)| *one == dimension) {
            return Cow::Borrowed(&self.set);
        }
        let others = self.chosen.iter().filter(|(one, _)| *one != dimension);
        let others = others.map(|(_, rows)| rows);
        Cow::Owned(
            self.found
                .as_deref()
                .into_iter()
                .chain(others)
                .intersection(),
        )
    }

    /// What was counted along a dimension, or is counted now.
    pub(super) fn counts(
        &self,
        dimension: Dimension,
        count: impl FnOnce() -> Vec<u32>,
    ) -> &Vec<u32> {
        self.counts[dimension.place()].get_or_init(count)
    }

    /// The same of all rows that the filter could leave.
    pub(super) fn totals(
        &self,
        dimension: Dimension,
        count: impl FnOnce() -> Vec<u32>,
    ) -> &Vec<u32> {
        self.totals[dimension.place()].get_or_init(count)
    }

    /// The breakdown along a dimension, made before or now.
    pub(super) fn breakdown(
        &self,
        dimension: Option<Dimension>,
        unit: CountingUnit,
        count: impl FnOnce() -> Breakdown,
    ) -> Breakdown {
        let mut made = self
            .breakdowns
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let known = made
            .iter()
            .find(|known| known.dimension == dimension && known.unit == unit);
        if let Some(known) = known {
            return known.clone();
        }
        let breakdown = count();
        made.push(breakdown.clone());
        breakdown
    }

    /// Whether nothing but the dimension, if it chooses at all, leaves rows out.
    pub(super) fn is_everything_but(&self, dimension: Dimension) -> bool {
        let is_base = |one| one == Dimension::State && self.real.is_some();
        let mut chosen = self.chosen.iter().map(|(one, _)| *one);
        self.found.is_none() && chosen.all(|one| one == dimension || is_base(one))
    }

    /// The rows that are left, in the corpus' order.
    pub(super) fn in_order(&self) -> &[u32] {
        &self.left
    }

    pub(super) fn of(corpus: &Corpus, filter: &Filter, open_rounds: bool) -> Self {
        // The one place where the invented State is kept out of totals: it has to be asked for.
        let real = corpus.real_rows().cloned();
        let real = real.filter(|_| !filter.chosen.contains_key(&Dimension::State));
        let implied = real.iter().map(|rows| (Dimension::State, (**rows).clone()));
        let chosen = corpus.dictionaries.chosen(filter).into_iter();
        let chosen: Arc<[_]> = chosen
            .map(|(dimension, codes)| (dimension, corpus.rows_with(dimension, &codes, open_rounds)))
            .chain(implied)
            .collect();
        let found = filter.search.as_ref().map(|search| {
            let meant = Meant::of(search.query(), corpus.words().lexicon());
            Arc::new(corpus.rows_found(&meant))
        });
        let rows = chosen.iter().map(|(_, rows)| rows);
        let set = if found.is_none() && chosen.is_empty() {
            corpus.all_rows()
        } else {
            found.as_deref().into_iter().chain(rows).intersection()
        };
        let left: Arc<[u32]> = set.iter().collect();
        let rows = if filter.sort == Sort::default() {
            Arc::clone(&left)
        } else {
            let mut rows = left.to_vec();
            Order {
                rows: &mut rows,
                open_rounds,
            }
            .sort(corpus, filter);
            rows.into()
        };
        Self {
            rows,
            left,
            chosen,
            found,
            set: Arc::new(set),
            asked: corpus.dictionaries.states_asked(filter),
            open_rounds,
            real,
            ..Self::default()
        }
    }

    /// The same rows, of which nothing was counted by status yet.
    pub(super) fn without_statuses(&self) -> Self {
        let mut counts = self.counts.clone();
        counts[Dimension::Status.place()] = OnceLock::new();
        let mut totals = self.totals.clone();
        totals[Dimension::Status.place()] = OnceLock::new();
        Self {
            chosen: Arc::clone(&self.chosen),
            found: self.found.clone(),
            set: Arc::clone(&self.set),
            rows: Arc::clone(&self.rows),
            left: Arc::clone(&self.left),
            asked: self.asked.clone(),
            open_rounds: self.open_rounds,
            real: self.real.clone(),
            counts,
            totals,
            breakdowns: Mutex::default(),
        }
    }
}

/// Words of a search for which others are suggested.
const MOST_SUGGESTED: usize = 3;

/// What a search costs, before it is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SearchCost {
    /// Its words.
    pub words: usize,
    /// Those with an asterisk.
    pub beginnings: usize,
    /// The different words of the texts that all of them stand for.
    pub meant: usize,
}

impl SearchCost {
    /// A search of fewer words than this, standing for fewer words of the texts, is made at once.
    const SMALL: (usize, usize) = (8, 500);

    /// Whether it is made as quickly as any page.
    pub fn is_small(&self) -> bool {
        let (words, meant) = Self::SMALL;
        self.words <= words && self.meant <= meant
    }

    /// The same in a review that has many words of its own, which are looked through first.
    #[must_use]
    pub fn of_a_large_review(self) -> Self {
        Self {
            meant: self.meant.max(Self::SMALL.1 + 1),
            ..self
        }
    }

    /// Why it is not made at all, if so.
    pub fn refusal(&self) -> Option<Message> {
        let (key, count, most) = if self.words > Search::MOST_WORDS {
            ("search-too-many-words", self.words, Search::MOST_WORDS)
        } else if self.beginnings > Search::MOST_BEGINNINGS {
            (
                "search-too-many-beginnings",
                self.beginnings,
                Search::MOST_BEGINNINGS,
            )
        } else if self.meant > Search::MOST_MEANT {
            ("search-too-broad", self.meant, Search::MOST_MEANT)
        } else {
            return None;
        };
        Some(Message::new(key).with("count", count).with("max", most))
    }
}

/// Rows that are put in order.
struct Order<'a> {
    rows: &'a mut Vec<u32>,
    open_rounds: bool,
}

impl Order<'_> {
    /// The rows are in the order of reviews and paragraphs, and sorting is stable, so paragraphs break
    /// ties.
    fn sort(&mut self, corpus: &Corpus, filter: &Filter) {
        match filter.sort.column.spec().sort_key {
            None | Some(SortKey::Paragraph) => {}
            Some(SortKey::Relevance) => self.sort_by_relevance(corpus, filter),
            Some(SortKey::Headline) => self.rows.sort_by_cached_key(|row| {
                let (part, row) = corpus.place(*row)?;
                let [_, text, summary] = part.texts.row(row);
                let headline = if summary.is_empty() { text } else { summary };
                Some((headline.is_empty(), headline.to_lowercase()))
            }),
            Some(SortKey::Status) => {
                let open_rounds = self.open_rounds;
                self.rows.sort_by_cached_key(|row| {
                    let (part, row) = corpus.place(*row)?;
                    let shown = part.shows_statuses(open_rounds);
                    let status = part.status(row, &corpus.dictionaries);
                    Some(
                        status
                            .filter(|_| shown)
                            .map_or(usize::MAX, |(place, _)| place),
                    )
                });
            }
            Some(SortKey::FirstValue(dimensions)) => self.sort_by_first_value(corpus, dimensions),
        }
        if filter.sort.descending {
            self.rows.reverse();
        }
    }

    /// Rows that have none of the values come last.
    fn sort_by_first_value(&mut self, corpus: &Corpus, dimensions: &[Dimension]) {
        // There are far fewer values than rows, so the values are ordered once, as numbers.
        let ranks = corpus.dictionaries.ranks(dimensions);
        let key = |row: &u32| {
            let (part, row) = corpus.place(*row)?;
            let rank = dimensions
                .iter()
                .zip(&ranks)
                .find_map(|(dimension, ranks)| {
                    let code = part.columns.row(*dimension, row).first()?;
                    ranks.get(*code as usize).copied()
                });
            Some(rank.unwrap_or(u32::MAX))
        };
        self.rows.sort_by_cached_key(key);
    }

    /// By BM25: rare words count more than frequent ones, and more in a short text than in a long one.
    fn sort_by_relevance(&mut self, corpus: &Corpus, filter: &Filter) {
        const K: f64 = 1.2;
        const B: f64 = 0.75;
        let Some(search) = &filter.search else { return };
        let mut wanted = Vec::new();
        search.query().wanted(&mut wanted);
        let mut scores = vec![0.0_f64; corpus.len()];
        let mut times: Vec<u32> = vec![0; corpus.len()];
        let average = corpus.average_length();
        let words = corpus.words();
        for wanted in wanted {
            let numbers = words.lexicon().meant(wanted);
            let mut seen: Vec<(usize, f64)> = Vec::new();
            for ((start, _), index) in corpus.numbered().zip(words.indexes()) {
                let first = seen.len();
                index.occurrences(&numbers, |row| {
                    if let Some(times) = times.get_mut(start + row) {
                        if *times == 0 {
                            seen.push((start + row, 0.0));
                        }
                        *times += 1;
                    }
                });
                for (row, value) in seen.get_mut(first..).unwrap_or_default() {
                    let length = f64::from(index.length(*row - start)) / average;
                    let times = times.get_mut(*row).map(std::mem::take);
                    let often = f64::from(times.unwrap_or_default());
                    *value = often * (K + 1.0) / (often + K * (1.0 - B + B * length));
                }
            }
            #[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
            let (all, with) = (corpus.len() as f64, seen.len() as f64);
            let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            for (row, value) in seen {
                if let Some(score) = scores.get_mut(row) {
                    *score += rarity * value;
                }
            }
        }
        let score = |row: &u32| scores.get(*row as usize).copied().unwrap_or_default();
        self.rows.sort_by(|a, b| score(b).total_cmp(&score(a)));
    }
}

impl Corpus {
    fn rows_found(&self, meant: &Meant) -> RoaringBitmap {
        let of_part = |((start, part), index): ((usize, &Part), &WordIndex)| {
            let rows = index.find(meant).into_rows(part.len());
            rows.map(move |row| u32::try_from(start + row).unwrap_or(u32::MAX))
        };
        let indexes = self.words().indexes();
        self.numbered().zip(indexes).flat_map(of_part).collect()
    }

    /// What a search costs here. Counted without making it.
    pub fn cost(&self, search: &Search) -> SearchCost {
        let mut every: Vec<&Wanted> = Vec::new();
        search.query().every(&mut every);
        let beginnings = every.iter().filter(|one| one.as_ == As::Beginning).count();
        let refused_already =
            every.len() > Search::MOST_WORDS || beginnings > Search::MOST_BEGINNINGS;
        let meant = if refused_already {
            0
        } else {
            let lexicon = self.words().lexicon();
            every.iter().map(|one| lexicon.meant(one).len()).sum()
        };
        SearchCost {
            words: every.len(),
            beginnings,
            meant,
        }
    }

    /// Other words for those of a search that occur nowhere, each the most frequent of the nearest.
    pub fn suggestions(&self, search: &Search) -> Vec<(String, String)> {
        let mut wanted: Vec<&Wanted> = Vec::new();
        search.query().wanted(&mut wanted);
        let words = self.words();
        let occurs = |numbers: &[u32]| {
            let indexes = words.indexes();
            indexes.filter(|index| index.has(numbers)).count()
        };
        let missing = wanted
            .into_iter()
            .filter(|wanted| occurs(&words.lexicon().meant(wanted)) == 0);
        missing
            // Each is compared with every word that there is.
            .take(MOST_SUGGESTED)
            .filter_map(|wanted| {
                let near: Vec<_> = words.lexicon().near(wanted).into_iter().take(20).collect();
                let best = near
                    .into_iter()
                    .map(|(word, numbers)| (occurs(numbers), word))
                    .filter(|(reviews, _)| *reviews > 0)
                    // The first of equals: the nearer one.
                    .rev()
                    .max_by_key(|(reviews, _)| *reviews)?;
                Some((wanted.typed.clone(), best.1.to_owned()))
            })
            .collect()
    }
}
