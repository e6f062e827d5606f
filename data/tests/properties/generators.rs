//! Random reviews, scales and filters.

use data::domain::{
    ActionCategory, Assessment, Cell, ChosenColumns, Column, CountingUnit, Cycle, Dimension,
    Filter, Listed, Paragraph, Position, PositionClass, Recommendation, Review, ReviewCode,
    ReviewRecord, Round, RoundKind, RoundRecord, Scale, Scheme, Search, Shape, Sort, StateCode,
    Status, Term, states,
};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

/// The slug of the round in every random record.
pub(super) const ROUND: &str = "round";

/// A built-in scale, or any that passes the check.
pub(super) fn scale() -> impl Strategy<Value = Scale> {
    let own = (1_usize..7, vec(option::of(0.0..=1.0), 6)).prop_map(|(assessed, scores)| {
        let statuses = (0..=assessed)
            .map(|place| Status {
                code: format!("status_{place}"),
                label: format!("Status {place}"),
                definition: String::new(),
                counts_as_assessed: place < assessed,
                score: if place < assessed {
                    scores[place % 6]
                } else {
                    None
                },
                colour: "full".to_owned(),
                shape: Shape::ALL[place % 5],
                examples: None,
                labels: std::collections::BTreeMap::new(),
            })
            .collect();
        Scale {
            id: 1,
            code: "own".to_owned(),
            name: "Own".to_owned(),
            version: 1,
            statuses,
        }
    });
    prop_oneof![select(Scale::built_in()), own]
}

fn state() -> impl Strategy<Value = StateCode> {
    // Few States, so that recommendations share them; the observers have no group.
    const KNOWN: [&str; 8] = ["NOR", "BRA", "FRA", "KEN", "JPN", "POL", "VAT", "PSE"];
    prop_oneof![
        4 => select(&KNOWN[..]).prop_map(|code| StateCode::parse(code).unwrap()),
        1 => select(states::all().collect::<Vec<_>>()),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    const NAMES: [&str; 5] = [
        "Justice",
        "Women's rights",
        "HIV - Aids",
        "16.2 - “a, b”",
        "Право на жизнь & др.",
    ];
    (select(&Scheme::ALL[..]), select(&NAMES[..]))
        .prop_map(|(scheme, name)| Term::new(scheme, name))
}

fn bodies() -> impl Strategy<Value = Vec<String>> {
    const NAMES: [&str; 4] = [
        "Ministry of Justice",
        "ministry of health",
        "Parlement; Sénat",
        "Министерство юстиции",
    ];
    vec(select(&NAMES[..]), 0..3).prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

fn position() -> impl Strategy<Value = Position> {
    const SOURCES: [Option<&str>; 4] = [
        None,
        Some("A/HRC/15/16"),
        Some("A/HRC/15/16/Add.1"),
        Some("UPR Info"),
    ];
    (select(&PositionClass::ALL[..]), select(&SOURCES[..])).prop_map(|(class, source)| Position {
        class,
        raw: class.code().to_owned(),
        source: source.map(str::to_owned),
        source_paragraph: None,
        date: None,
    })
}

/// Text in several scripts, with quotes, marks and whatever else.
pub(super) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,40}",
        "[a-zéèßøłйёΣσς한国ท้ ]{0,40}",
        "(The |тест |Øst |Straße |e\u{301}t\u{e9} |“a” |\n){0,6}",
        any::<String>(),
    ]
}

pub(super) fn recommendation() -> impl Strategy<Value = Recommendation> {
    (
        btree_set(state(), 1..6),
        btree_set(term(), 0..5),
        vec(position(), 0..3),
        option::of((1_u8..=5).prop_map(|number| ActionCategory::new(number).unwrap())),
        bodies(),
        option::of(text()),
        option::of(text()),
    )
        .prop_map(
            |(recommending, terms, positions, action_category, bodies, text, summary)| {
                Recommendation {
                    text,
                    summary,
                    recommending: recommending.into_iter().collect(),
                    action_category,
                    responsible_bodies: bodies,
                    terms: terms.into_iter().collect(),
                    positions,
                    ..Recommendation::new(Paragraph::parse("1").unwrap())
                }
            },
        )
}

/// A review with one itemised round.
pub(super) fn record() -> impl Strategy<Value = ReviewRecord> {
    let recommendations = vec((recommendation(), option::of(any::<Index>())), 0..40);
    (recommendations, scale(), any::<bool>()).prop_map(|(recommendations, scale, published)| {
        let mut record = ReviewRecord {
            review: Review {
                id: 1,
                code: ReviewCode {
                    state: StateCode::parse("SVN").unwrap(),
                    cycle: Cycle::new(3).unwrap(),
                },
                session: None,
                date: None,
                report_symbol: None,
                addendum_symbol: None,
            },
            recommendations: Vec::new(),
            rounds: Vec::new(),
            former: Vec::new(),
            evidence: Vec::new(),
            links: Vec::new(),
            revision: 1,
            public: data::domain::PublicHistory::default(),
            changed_at: 0,
        };
        let mut round = RoundRecord {
            round: Round {
                id: 1,
                slug: ROUND.to_owned(),
                organisation: "We".to_owned(),
                title: "Round".to_owned(),
                as_of: None,
                scale,
                kind: RoundKind::Itemised,
                method: None,
                supersedes: None,
                published_at: published.then_some(1),
                content_hash: None,
                assessors: Vec::new(),
                redactions: Vec::new(),
                publication: data::domain::Publication::default(),
            },
            assessments: std::collections::HashMap::new(),
            totals: Vec::new(),
            frozen: std::collections::HashMap::new(),
        };
        for (number, (mut recommendation, status)) in (1..).zip(recommendations) {
            recommendation.id = number;
            recommendation.paragraph = Paragraph::parse(&format!("120.{number}")).unwrap();
            record.recommendations.push(recommendation);
            let Some(status) = status else { continue };
            let assessment = Assessment {
                status: status.get(&round.round.scale.statuses).code.clone(),
                rationale: String::new(),
                confidence: None,
                evidence: Vec::new(),
                carried_over: None,
                version: 1,
                changed_at: 0,
            };
            round.assessments.insert(number, assessment);
        }
        record.rounds.push(round);
        record
    })
}

pub(super) fn dimension() -> impl Strategy<Value = Dimension> {
    select(&Dimension::ALL[..])
}

pub(super) fn unit() -> impl Strategy<Value = CountingUnit> {
    select(&CountingUnit::ALL[..])
}

/// Any filter that an address can hold: its values of all dimensions are canonical.
pub(super) fn filter() -> impl Strategy<Value = Filter> {
    let open = || {
        text()
            .prop_map(|text| text.trim().to_owned())
            .prop_filter("empty values choose nothing", |text| !text.is_empty())
    };
    let chosen = (
        subsequence(&Dimension::ALL[..], 0..4),
        vec(open(), 1..4),
        vec(state(), 1..4),
        vec(any::<Index>(), 1..4),
    )
        .prop_map(
            |(dimensions, texts, states, places): (Vec<_>, Vec<_>, Vec<StateCode>, Vec<Index>)| {
                let values = |dimension| -> Vec<String> {
                    let mut values: Vec<String> = match dimension {
                        Dimension::Status | Dimension::Term(_) | Dimension::ResponsibleBody => {
                            texts.clone()
                        }
                        Dimension::Cycle => pick(&places, &["1", "2", "3", "4"]),
                        Dimension::State | Dimension::RecommendingState => states
                            .iter()
                            .map(|state| state.as_str().to_owned())
                            .collect(),
                        Dimension::Position => {
                            pick(&places, &PositionClass::ALL.map(PositionClass::code))
                        }
                        Dimension::RegionalGroup => pick(
                            &places,
                            &states::RegionalGroup::ALL.map(states::RegionalGroup::code),
                        ),
                        Dimension::ActionCategory => pick(&places, &["1", "2", "3", "4", "5"]),
                    };
                    values.sort_unstable();
                    values.dedup();
                    values
                };
                dimensions
                    .iter()
                    .map(|dimension| (*dimension, values(*dimension)))
                    .collect()
            },
        );
    let sortable = Column::ALL.into_iter().filter(|column| column.sortable());
    let sort = (select(sortable.collect::<Vec<_>>()), any::<bool>())
        .prop_map(|(column, descending)| Sort { column, descending });
    (
        chosen,
        text().prop_map(|text| Search::parse(&text)),
        option::of(open()),
        unit(),
        sort,
        1_usize..500,
        select(&Filter::PER_PAGE[..]),
        option::of(vec(select(&Column::ALL[..]), 0..4)),
    )
        .prop_map(
            |(chosen, search, round, unit, sort, page, per_page, columns)| Filter {
                chosen,
                // Where nothing is looked for, there is no order of how well it was found.
                sort: if search.is_none() && sort.column == Column::Relevance {
                    Sort::default()
                } else {
                    sort
                },
                search,
                round,
                unit,
                page,
                per_page,
                columns: columns.map(|columns| ChosenColumns::of(&columns)),
            },
        )
}

/// A text whose order is that of a list sorted by the column: an oracle that knows cells, not the keys
/// that the program sorts by. Empty cells come last.
pub(super) fn order(column: Column, listed: &Listed<'_>) -> String {
    let key = match column.cell(listed) {
        Cell::Empty => None,
        Cell::Text(text) if column == Column::Paragraph => Paragraph::parse(text)
            .ok()
            .map(|paragraph| paragraph.order()),
        Cell::Text(text) => Some(text.to_lowercase()),
        Cell::States(states) => states.first().map(|state| state.name().to_lowercase()),
        Cell::Position(class) => Some((class as usize).to_string()),
        Cell::Names(names) => names.first().map(|name| name.to_lowercase()),
        Cell::ActionCategory(category) => Some(category.number().to_string()),
        Cell::Status(_) => listed.status.map(|(place, _)| format!("{place:04}")),
        Cell::Texts(_) | Cell::Claim(_) | Cell::Confidence(_) | Cell::Evidence(_) => {
            panic!("no list is ordered by {column:?}")
        }
    };
    key.map_or_else(|| "1".to_owned(), |key| format!("0{key}"))
}

fn pick(places: &[Index], from: &[&str]) -> Vec<String> {
    places
        .iter()
        .map(|place| (*place.get(from)).to_owned())
        .collect()
}
