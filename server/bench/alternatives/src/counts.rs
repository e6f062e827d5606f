//! The program's bitmaps beside columns of numbers that are read from end to end.

use crate::here::weigh;
use crate::{Result, since};
use data::domain::{Corpus, Dimension, FacetValue, Filter, Matches, ReviewRecord, Scheme};
use std::collections::{BTreeMap, HashMap};
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

/// Dimensions that are counted beside a list.
const FACETS: [Dimension; 4] = [
    Dimension::Position,
    Dimension::RecommendingState,
    Dimension::Term(Scheme::Issue),
    Dimension::ActionCategory,
];

const FILTERS: [&str; 5] = [
    "",
    "position=noted",
    "position=noted&action=5",
    "state=NOR",
    "cycle=3&cycle=4&position=supported",
];

/// The values of a dimension as numbers, row by row.
#[derive(Default)]
struct Column {
    numbers: HashMap<String, u32>,
    ends: Vec<u32>,
    codes: Vec<u32>,
}

impl Column {
    fn row(&self, row: usize) -> &[u32] {
        let begin = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.codes[begin as usize..self.ends[row] as usize]
    }
}

type Columns = BTreeMap<Dimension, Column>;

fn columns(records: &[Arc<ReviewRecord>]) -> Result<Columns> {
    let mut columns = Columns::new();
    for record in records {
        for listed in record.list(record.default_round()) {
            for dimension in Dimension::ALL {
                let column = columns.entry(dimension).or_default();
                for value in dimension.values(&listed) {
                    let next = u32::try_from(column.numbers.len())?;
                    let code = *column.numbers.entry(value).or_insert(next);
                    column.codes.push(code);
                }
                column.ends.push(u32::try_from(column.codes.len())?);
            }
        }
    }
    Ok(columns)
}

/// How many rows a filter leaves, with the counts beside it: of each dimension those of the rows that
/// the others leave. Each row has a mask with a bit for every dimension that leaves it out.
fn scan(columns: &Columns, filter: &Filter) -> (usize, Vec<Vec<u32>>) {
    let rows = columns[&Dimension::State].ends.len();
    let mut masks = vec![0_u16; rows];
    for (bit, (dimension, values)) in filter.chosen.iter().enumerate() {
        let column = &columns[dimension];
        let mut chosen = vec![false; column.numbers.len()];
        for code in values.iter().filter_map(|value| column.numbers.get(value)) {
            chosen[*code as usize] = true;
        }
        for (row, mask) in masks.iter_mut().enumerate() {
            let has = column.row(row).iter().any(|code| chosen[*code as usize]);
            *mask |= u16::from(!has) << bit;
        }
    }
    let facet = |dimension: Dimension| {
        let column = &columns[&dimension];
        let place = filter.chosen.keys().position(|one| *one == dimension);
        let aside = !place.map_or(0, |place| 1_u16 << place);
        let mut counts = vec![0_u32; column.numbers.len()];
        for (row, mask) in masks.iter().enumerate() {
            if mask & aside == 0 {
                for code in column.row(row) {
                    counts[*code as usize] += 1;
                }
            }
        }
        counts
    };
    let left = masks.iter().filter(|mask| **mask == 0).count();
    (left, FACETS.into_iter().map(facet).collect())
}

fn facets(corpus: &Corpus, filter: &Filter) -> (Arc<Matches>, Vec<Vec<FacetValue>>) {
    let matches = corpus.select(filter, false);
    let facets = FACETS.map(|dimension| corpus.facet(filter, &matches, dimension));
    (matches, facets.into())
}

pub fn print(corpus: &Corpus, records: &[Arc<ReviewRecord>]) -> Result<()> {
    let everything = Filter::default();
    let begun = Instant::now();
    let (_, bitmaps) = weigh(|| {
        let matches = corpus.select(&everything, false);
        for dimension in Dimension::ALL {
            black_box(corpus.facet(&everything, &matches, dimension));
        }
    });
    let here = since(begun);
    let begun = Instant::now();
    let (columns, bytes) = weigh(|| columns(records));
    let columns = columns?;
    let there = since(begun);
    println!("\n| counts | bitmaps, as here | columns scanned |\n|---|---|---|");
    println!("| made, ms | {here:.1} | {there:.1} |");
    println!(
        "| size, MB | {:.1} | {:.1} |",
        megabytes(bitmaps),
        megabytes(bytes)
    );
    for query in FILTERS {
        let (filter, faults) = Filter::parse(query);
        if !faults.is_empty() {
            return Err(format!("{query} is no filter").into());
        }
        let mut counted = [0, 0];
        let mut sums = [0, 0];
        let here = crate::median(|| {
            // A copy of what has not been asked this remembers nothing of what was counted before.
            let corpus = Corpus::clone(corpus);
            let begun = Instant::now();
            let (matches, facets) = facets(&corpus, &filter);
            let time = since(begun);
            counted[0] = matches.len();
            sums[0] = facets.iter().flatten().map(|value| value.count).sum();
            Ok(time)
        })?;
        let there = crate::median(|| {
            let begun = Instant::now();
            let (left, facets) = scan(&columns, &filter);
            let time = since(begun);
            counted[1] = left;
            sums[1] = facets.iter().flatten().map(|count| u64::from(*count)).sum();
            Ok(time)
        })?;
        if counted[0] != counted[1] || sums[0] != sums[1] {
            return Err(format!("{query}: {counted:?} rows and {sums:?} counted differ").into());
        }
        println!(
            "| `{query}` ({} left) with four facets, ms | {here:.3} | {there:.3} |",
            counted[0]
        );
    }
    Ok(())
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
