//! The source line names exactly the sources of the claims that are counted, in every form of a chart.

use super::Chart;
use super::of_all_reviews::chart;
use crate::components::drawing::source;
use crate::text::locale::Locale;
use crate::text::round_names::signature;
use crate::text::translations;
use crate::urls::display_options::Look;
use data::domain::{
    Corpus, Dimension, Filter, Paragraph, Position, PositionClass, PublicHistory, Publication,
    Recommendation, RecommendationSet, Review, ReviewCode, ReviewRecord, Round, RoundKind,
    RoundRecord, Row, Scale, Scheme, StateCode, Term,
};
use leptos::prelude::{Owner, RenderHtml as _};
use std::collections::{BTreeMap, BTreeSet, HashMap};

const FILTERS: usize = 1_000;
const REVIEWS: [&str; 6] = ["BLR-1", "NOR-2", "SVN-3", "FRA-3", "KEN-2", "XXA-3"];
/// The reviews that have a round.
const ASSESSED: [&str; 5] = ["BLR-1", "NOR-2", "SVN-3", "KEN-2", "XXA-3"];
const SOURCES: [Option<&str>; 8] = [
    Some("A/HRC/15/16"),
    Some("A/HRC/30/3"),
    Some("A/HRC/46/5/Add.1"),
    Some("UPR Info, 2015"),
    Some("UHRI, 2024"),
    Some("A working table"),
    Some(""),
    None,
];
const STATES: [&str; 6] = ["NOR", "FRA", "GHA", "CHN", "BRA", "CAN"];
const ISSUES: [&str; 4] = ["Justice", "Labour", "Elections", "Poverty"];
const CHARTS: [&str; 8] = [
    "answers-cycle",
    "answers-issue",
    "world-supported",
    "position",
    "cycle",
    "group",
    "world",
    "issue",
];

/// Numbers as if by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, many: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % many
    }

    fn one_of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }

    fn filter(&mut self) -> Filter {
        let mut query: Vec<String> = Vec::new();
        for _ in 0..self.below(4) {
            query.push(match self.below(6) {
                0 => format!("state={}", &self.one_of(&REVIEWS)[..3]),
                1 => format!("cycle={}", 1 + self.below(3)),
                2 => format!("recommending={}", self.one_of(&STATES)),
                3 => format!("issue={}", self.one_of(&ISSUES)),
                4 => format!("position={}", self.one_of(&PositionClass::ALL).code()),
                _ => format!("action={}", 1 + self.below(5)),
            });
        }
        if self.below(3) == 0 {
            query.push("unit=recommending-states".to_owned());
        }
        let (filter, faults) = Filter::parse(&query.join("&"));
        assert!(faults.is_empty(), "{query:?}");
        filter
    }
}

fn record(id: i64, code: &str, chance: &mut Chance) -> ReviewRecord {
    let first = id * 100;
    // Each review has sources of its own, so that filters leave one as well as many.
    let sources: Vec<_> = (0..=chance.below(3))
        .map(|_| chance.one_of(&SOURCES))
        .collect();
    let recommendations = (1..=12).map(|number| {
        let paragraph = Paragraph::parse(&format!("97.{number}")).unwrap();
        let position = |source: Option<&str>, class| Position {
            class,
            raw: "in its words".to_owned(),
            source: source.map(str::to_owned),
            source_paragraph: None,
            date: None,
        };
        let mut positions = Vec::new();
        for _ in 0..chance.below(3) {
            let class = chance.one_of(&PositionClass::ALL);
            positions.push(position(chance.one_of(&sources), class));
        }
        Recommendation {
            id: first + number,
            recommending: vec![StateCode::parse(chance.one_of(&STATES)).unwrap()],
            action_category: data::domain::ActionCategory::new(1 + chance.below(5) as u8),
            terms: vec![Term::new(Scheme::Issue, chance.one_of(&ISSUES))],
            positions,
            ..Recommendation::new(paragraph)
        }
    });
    let recommendations = recommendations.collect();
    let round = Round {
        id,
        slug: "mid-term".to_owned(),
        organisation: format!("Coalition {code}"),
        title: "Mid-term".to_owned(),
        as_of: Some("2024-05-01".into()),
        scale: Scale::built_in().remove(0),
        kind: RoundKind::Itemised,
        method: None,
        supersedes: None,
        published_at: Some(0),
        content_hash: Some("ab".repeat(32)),
        assessors: Vec::new(),
        redactions: Vec::new(),
        publication: Publication::default(),
    };
    let round = ASSESSED.contains(&code).then(|| RoundRecord {
        round,
        assessments: HashMap::new(),
        totals: Vec::new(),
        frozen: HashMap::new(),
    });
    ReviewRecord {
        review: Review {
            id,
            code: ReviewCode::parse(code).unwrap(),
            session: None,
            date: None,
            report_symbol: Some("A/HRC/99/99".to_owned()),
            addendum_symbol: None,
        },
        recommendations,
        rounds: round.into_iter().collect(),
        former: Vec::new(),
        evidence: Vec::new(),
        links: Vec::new(),
        revision: 1,
        changed_at: 0,
        public: PublicHistory::default(),
    }
}

/// The parts of the line about positions, made of the rows that are counted.
fn positions_of(rows: &[Row<'_>]) -> BTreeSet<String> {
    let mut named: BTreeMap<&str, u64> = BTreeMap::new();
    let [mut unnamed, mut without, mut fictitious] = [0_u64; 3];
    for row in rows {
        let claim = row.recommendation.positions.last();
        let source = claim.and_then(|claim| claim.source.as_deref());
        match source.filter(|source| !source.is_empty()) {
            _ if row.part.review.code.to_string().starts_with("XXA") => fictitious += 1,
            Some(source) => *named.entry(source).or_default() += 1,
            None if claim.is_some() => unnamed += 1,
            None => without += 1,
        }
    }
    let is_document = |source: &&str| source.starts_with("A/");
    let (documents, others): (Vec<_>, Vec<_>) =
        named.iter().partition(|(source, _)| is_document(source));
    let mut parts = BTreeSet::new();
    if named.len() > 4 && !documents.is_empty() {
        let count = documents.len();
        let sum: u64 = documents.iter().map(|(_, count)| **count).sum();
        let plural = if count == 1 { "" } else { "s" };
        parts.insert(format!("{count} UN document{plural} ({sum})"));
    } else {
        parts.extend(
            documents
                .iter()
                .map(|(name, count)| format!("{name} ({count})")),
        );
    }
    parts.extend(
        others
            .iter()
            .map(|(name, count)| format!("{name} ({count})")),
    );
    for (count, words) in [
        (unnamed, "source not given"),
        (without, "no position known"),
        (fictitious, "fictitious data"),
    ] {
        if count > 0 {
            parts.insert(format!("{words} ({count})"));
        }
    }
    if parts.is_empty() {
        parts.insert("none".to_owned());
    }
    parts
}

/// The rounds of the rows that are counted, as they are signed.
fn rounds_of(rows: &[Row<'_>]) -> BTreeSet<String> {
    let rounds = rows.iter().filter_map(|row| row.part.round.as_deref());
    rounds.map(signature).collect()
}

fn parts(text: &str) -> BTreeSet<String> {
    text.split("; ").map(str::to_owned).collect()
}

/// A source line as its positions and its rounds, each if it has some.
fn read(line: &str) -> (Option<BTreeSet<String>>, Option<BTreeSet<String>>) {
    let line = line.split(". Coverage: ").next().unwrap();
    let (positions, rounds) = match line.strip_prefix("Positions: ") {
        Some(rest) => match rest.split_once(". Statuses: ") {
            Some((positions, rounds)) => (Some(positions), Some(rounds)),
            None => (Some(rest), None),
        },
        None => (None, Some(line)),
    };
    let rounds = rounds.map(
        |rounds| match rounds.strip_prefix("Each review’s headline round: ") {
            Some(rounds) => parts(rounds),
            None => BTreeSet::new(),
        },
    );
    (positions.map(parts), rounds)
}

/// A text of markup, without its blanks: lines of pictures break anywhere.
fn text_of(markup: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in markup.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag && !c.is_whitespace() => text.push(c),
            _ => {}
        }
    }
    html_escape::decode_html_entities(&text).into_owned()
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn same_in_every_form(chart: &Chart, said: &str) {
    let line = without_blanks(&chart.source);
    let svg = text_of(&chart.svg());
    assert!(svg.contains(&line), "{said}: {line} in {svg}");
    let csv = String::from_utf8(chart.csv()).unwrap();
    assert!(
        csv.contains(&chart.source),
        "{said}: {} in {csv}",
        chart.source
    );
    assert_eq!(chart.json()["source"], chart.source.as_str(), "{said}");
    let page = Owner::new_root(None).with(|| source(chart).to_html());
    assert!(text_of(&page).contains(&line), "{said}: {line} in {page}");
}

/// The rounds of the rows that are counted, each once, by State and cycle: review, title and organisation.
fn cited_rounds(rows: &[Row<'_>]) -> Vec<(String, String, String)> {
    let mut rounds: Vec<(String, String, String)> = Vec::new();
    for row in rows {
        if let Some(round) = row.part.round.as_deref() {
            let review = translations::review(&row.part.review);
            let entry = (review, round.title.clone(), round.organisation.clone());
            if !rounds.contains(&entry) {
                rounds.push(entry);
            }
        }
    }
    rounds
}

/// The citation names the sources of the claims and the rounds, and nothing else, in each of its forms.
fn cites_exactly(chart: &Chart, positions: bool, statuses: bool, rows: &[Row<'_>], said: &str) {
    let citation = &chart.citation;
    let rounds = if statuses {
        cited_rounds(rows)
    } else {
        Vec::new()
    };
    // The titles: of positions and of rounds, more than three of which are counted.
    let mut expected: BTreeSet<String> = BTreeSet::new();
    if positions {
        expected.extend(positions_of(rows));
    }
    match rounds.len() {
        0 if statuses && expected.is_empty() => {
            expected.insert("none (no round of assessment)".to_owned());
        }
        0..=3 => expected.extend(
            rounds
                .iter()
                .map(|(review, title, _)| format!("{title} ({review})")),
        ),
        many => {
            expected.insert(format!("{many} rounds"));
        }
    }
    let titles = citation.round.trim_start_matches("Positions: ");
    assert_eq!(parts(titles), expected, "{said}");
    // The authors: the United Nations if a document of theirs is counted, collections, and who signs the rounds.
    let mut authors: BTreeSet<String> = BTreeSet::new();
    if positions {
        let mut collections: BTreeSet<String> = BTreeSet::new();
        for row in rows {
            let claim = row.recommendation.positions.last();
            let source = claim.and_then(|claim| claim.source.as_deref());
            let source = source.filter(|source| !source.is_empty());
            if row.part.review.code.state.is_fictitious() {
                continue;
            }
            match source {
                Some(symbol) if symbol.starts_with("A/") => {
                    let united_nations =
                        "United Nations, Working Group on the Universal Periodic Review";
                    authors.insert(united_nations.to_owned());
                }
                Some(collection) => {
                    collections.insert(collection.to_owned());
                }
                None => {}
            }
        }
        assert!(collections.len() <= 3, "the test has three collections");
        authors.extend(collections);
    }
    let organisations: BTreeSet<String> = rounds
        .iter()
        .map(|(.., organisation)| organisation.clone())
        .collect();
    match organisations.len() {
        0..=3 => authors.extend(organisations),
        many => {
            authors.insert(format!("{many} organisations"));
        }
    }
    let named = citation
        .organisation
        .split("; ")
        .filter(|name| !name.is_empty());
    let named: BTreeSet<String> = named.map(str::to_owned).collect();
    assert_eq!(named, authors, "{said}");
    // Every form holds these two fields whole.
    let plain = citation.plain("2026-01-01");
    let begins = [&citation.organisation, &citation.round];
    let begins: Vec<&str> = begins
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    assert!(
        plain.starts_with(&format!("{}. “", begins.join(", "))),
        "{said}: {plain}"
    );
    let csl = &citation.csl("2026-01-01")[0];
    let author = csl["author"][0]["literal"].as_str().unwrap_or_default();
    assert_eq!(author, citation.organisation, "{said}");
    assert_eq!(csl["collection-title"], citation.round.as_str(), "{said}");
    let bibtex = citation.bibtex("2026-01-01");
    for text in begins {
        // No name of the test has a character that TeX reads as its own.
        assert!(bibtex.contains(text), "{said}: {text} in {bibtex}");
    }
}

#[test]
fn every_form_names_the_sources_of_what_it_counts() {
    let mut chance = Chance(18);
    let mut corpus = Corpus::default();
    for (id, code) in (1..).zip(REVIEWS) {
        corpus.put(&record(id, code, &mut chance));
    }
    let (mut checked, mut many, mut many_rounds) = (0, 0, 0);
    for number in 0..FILTERS {
        let filter = chance.filter();
        let name = CHARTS[number % CHARTS.len()];
        let said = format!("{name}?{}", filter.to_query());
        let set = RecommendationSet::of_all_reviews(&corpus, &filter, true);
        let rows: Vec<Row<'_>> = corpus
            .rows_with_positions(set.matches(), 0..set.len())
            .collect();
        let counts_positions = name.starts_with("answers-") || name == "world-supported";
        let both = name == Dimension::Position.param();
        Locale::ENGLISH.enter(|| {
            let chart = chart(&set, name, Look::default(), "").unwrap();
            let (positions, rounds) = read(&chart.source);
            if counts_positions || both {
                let expected = positions_of(&rows);
                many += usize::from(expected.len() > 2);
                assert_eq!(positions, Some(expected), "{said}");
            } else {
                assert_eq!(positions, None, "{said}");
            }
            // More than three rounds are counted, with their organisations and the last day of their evidence.
            let signed = rounds_of(&rows);
            many_rounds += usize::from(signed.len() > 3 && !counts_positions);
            let expected = match signed.len() {
                0..=3 => signed,
                many => parts(&format!(
                    "{many} rounds of {many} organisations, evidence up to 2024-05-01"
                )),
            };
            let expected = (!counts_positions).then_some(expected);
            assert_eq!(rounds, expected, "{said}");
            // Neither is the document that the review is known to have.
            assert!(!chart.source.contains("A/HRC/99/99"));
            cites_exactly(&chart, positions.is_some(), rounds.is_some(), &rows, &said);
            same_in_every_form(&chart, &said);
        });
        checked += 1;
    }
    assert!(checked == FILTERS && many > 100, "{many}");
    assert!(many_rounds > 20, "{many_rounds}");
}
