//! Nothing in a file overlaps, everything is inside it, and the numbers are those of the chart.

use super::picture::{Mark, Picture};
use super::sheet::{MARGIN, WIDTH};
use crate::chart::citation::Citation;
use crate::chart::file_heading::FileHeading;
use crate::chart::finding::Context;
use crate::chart::forms::Counted;
use crate::chart::{Base, Chart, Form, Line, Measure};
use crate::figures::positions::PositionGroups;
use crate::figures::series::Series;
use data::domain::{AnswerClasses, Answers, PositionClass, Scale};
use proptest::prelude::*;

/// A chart by status with these lines.
pub(in crate::chart) fn chart(form: Form, labels: &[String], counts: &[Vec<u64>]) -> Chart {
    let scale = Scale::built_in().remove(0);
    let lines: Vec<Line> = labels
        .iter()
        .zip(counts)
        .map(|(label, counts)| Line {
            label: label.clone(),
            code: label.chars().take(3).collect(),
            counts: counts.clone(),
            ..Line::default()
        })
        .collect();
    let total: Vec<u64> = (0..5)
        .map(|place| lines.iter().map(|line| line.of(place)).sum())
        .collect();
    let groups = |lines: &[Line]| {
        (0..lines.len())
            .map(|number| format!("Group {}", number % 3))
            .collect()
    };
    let form = match form {
        Form::Squares(_) => Form::Squares(
            (0..5)
                .flat_map(|place| {
                    let many = usize::try_from(total[place]).unwrap();
                    std::iter::repeat_n(place, many)
                })
                .collect(),
        ),
        Form::Tiles(_) => Form::Tiles(groups(&lines)),
        form => form,
    };
    Chart {
        name: "test".to_owned(),
        title: "Not implemented: 223 of 252 assessed recommendations (88.5%)".to_owned(),
        file_heading: FileHeading {
            of: "A State that does not exist, third cycle (2020)".to_owned(),
            day: Some("As of 31 December 2023".to_owned()),
        },
        about: "All 266 recommendations of a State that does not exist. ".repeat(4),
        source: "BHC: Mid-term".to_owned(),
        position_sources: None,
        notice: Some("A made-up State.".to_owned()),
        lines_are: "Issue".to_owned(),
        context: Context::default(),
        series: Series::of_scale(&scale),
        measure: Measure::Implemented,
        base: Base::Assessed,
        classes: None,
        lists: None,
        lines,
        one_whole: true,
        total: Line {
            label: "All".to_owned(),
            counts: total,
            ..Line::default()
        },
        overlaps: true,
        form,
        citation: Citation {
            hash: Some("ab".repeat(32)),
            redactions: Vec::new(),
            url: "https://upr.example/".to_owned() + &"a".repeat(200),
            ..Citation::default()
        },
    }
}

fn forms() -> impl Strategy<Value = Form> {
    prop_oneof![
        Just(Form::Bars),
        Just(Form::Stacked),
        Just(Form::Squares(Vec::new())),
        Just(Form::Flow(sides())),
        Just(Form::Shares),
        Just(Form::Tiles(Vec::new())),
    ]
}

fn sides() -> [String; 2] {
    [
        "Committee: Mid-term, as of 2023-12-31",
        "Committee: Follow-up",
    ]
    .map(str::to_owned)
}

impl Mark {
    fn counted(&self) -> Option<&Counted> {
        match self {
            Self::Area { counted, .. }
            | Self::Glyph { counted, .. }
            | Self::Tile { counted, .. } => counted.as_ref(),
            Self::Band { counted, .. } => Some(counted),
            Self::Text(_) => None,
        }
    }

    /// Left, top, right and bottom.
    fn edges(&self) -> [f64; 4] {
        match self {
            Self::Area { room, .. } | Self::Tile { room, .. } => {
                let [x, y, width, height] = *room;
                [x, y, x + width, y + height]
            }
            Self::Glyph { x, y, side, .. } => [*x, *y, x + side, y + side],
            Self::Band {
                from, to, height, ..
            } => [from.0, from.1.min(to.1), to.0, from.1.max(to.1) + height],
            Self::Text(text) => text.room(),
        }
    }
}

/// The texts of a drawing.
fn texts(picture: &Picture) -> Vec<&str> {
    let marks = picture.marks.iter();
    marks
        .filter_map(|mark| match mark {
            Mark::Text(text) => Some(text.words.as_str()),
            _ => None,
        })
        .collect()
}

fn check(chart: &Chart) {
    let picture = chart.draw();
    let room = [0.0, 0.0, MARGIN + WIDTH + MARGIN / 2.0, picture.height];
    assert!(picture.height.is_finite() && picture.height < 40_000.0);
    for mark in &picture.marks {
        let edges = mark.edges();
        let is_inside = edges[0] >= room[0]
            && edges[1] >= room[1]
            && edges[2] <= room[2]
            && edges[3] <= room[3];
        assert!(is_inside && edges[0] <= edges[2], "{mark:?}: {edges:?}");
    }
    // Texts stand apart from each other, and outside bars and marks.
    for (number, mark) in picture.marks.iter().enumerate() {
        let Mark::Text(_) = mark else { continue };
        for (other_number, other) in picture.marks.iter().enumerate() {
            let is_text = matches!(other, Mark::Text(_));
            let is_apart = match other {
                // Names stand in tiles, and bands bend.
                Mark::Tile { .. } | Mark::Band { .. } => true,
                _ if is_text && other_number <= number => true,
                _ => {
                    let (a, b) = (mark.edges(), other.edges());
                    a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]
                }
            };
            assert!(is_apart, "{mark:?} and {other:?} in {:?}", chart.form);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_overlaps_and_everything_is_somewhere(
        form in forms(),
        lines in proptest::collection::vec(
            ("[a-zA-Z ,-]{0,60}|.{0,40}", proptest::collection::vec(0_u64..300, 5)),
            0..9,
        ),
    ) {
        let (labels, counts): (Vec<String>, Vec<Vec<u64>>) = lines.into_iter().unzip();
        check(&chart(form, &labels, &counts));
    }

    #[test]
    fn what_is_drawn_adds_up(
        counts in proptest::collection::vec(proptest::collection::vec(0_u64..300, 5), 0..9),
    ) {
        let labels: Vec<String> = (0..counts.len()).map(|n| format!("Line {n}")).collect();
        for form in [Form::Bars, Form::Stacked, Form::Flow(sides())] {
            let chart = chart(form, &labels, &counts);
            let picture = chart.draw();
            let counted = picture.marks.iter().filter_map(Mark::counted);
            let drawn: u64 = counted.map(|counted| counted.count).sum();
            prop_assert_eq!(drawn, chart.total.received());
        }
    }
}

/// Positions and outcomes are told apart by what the marks look like, whatever their colour.
#[test]
fn no_two_series_of_a_chart_look_the_same() {
    let one_each: Answers = PositionClass::ALL
        .map(|class| (class, 1))
        .into_iter()
        .collect();
    let positions =
        AnswerClasses::ALL.map(|classes| PositionGroups::of(classes, [&one_each]).series());
    let outcomes = Series::of_scale(&crate::chart::outline::outcomes());
    assert_eq!(positions.each_ref().map(Vec::len), [5, 4, 6]);
    for series in positions.into_iter().chain([outcomes]) {
        for (number, one) in series.iter().enumerate() {
            for other in &series[number + 1..] {
                let same = (&one.colour, one.shape) == (&other.colour, other.shape);
                assert!(!same, "{one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn the_longest_bar_has_at_least_half_of_its_column() {
    let labels = ["A".to_owned(), "B".to_owned()];
    let counts = vec![vec![2_000_000, 1, 26, 223, 14], vec![0, 0, 0, 1, 0]];
    for form in [Form::Bars, Form::Stacked, Form::Shares] {
        let picture = chart(form, &labels, &counts).draw();
        let areas = picture.marks.iter().filter_map(|mark| match mark {
            Mark::Area { room, .. } => Some(room[0] + room[2]),
            _ => None,
        });
        let end = areas.fold(0.0, f64::max);
        assert!(end >= MARGIN + 236.0 + (WIDTH - 236.0) / 2.0 - 1.0, "{end}");
    }
}

#[test]
fn nothing_empty_is_drawn_and_what_is_outside_the_base_comes_last() {
    let labels = ["A".to_owned(), "B".to_owned()];
    let counts = vec![vec![0, 1, 0, 223, 14], vec![0, 0, 0, 1, 0]];
    for form in [Form::Bars, Form::Stacked] {
        let mut chart = chart(form, &labels, &counts);
        chart.series.swap(3, 4);
        for line in chart.lines.iter_mut().chain([&mut chart.total]) {
            line.counts.swap(3, 4);
        }
        let picture = chart.draw();
        let said = texts(&picture).join(" ");
        assert!(
            said.contains("In process") && !said.contains("Partially"),
            "{said}"
        );
        let counted: Vec<usize> = picture
            .marks
            .iter()
            .filter_map(Mark::counted)
            .filter(|counted| counted.line.is_none_or(|line| line == 0))
            .map(|counted| counted.series)
            .collect();
        assert_eq!(counted, [1, 4, 3]);
    }
}

/// Sets of very different sizes have bars of one length, and every count is said.
#[test]
fn shares_are_drawn_of_each_base() {
    let labels = ["Large".to_owned(), "Small".to_owned()];
    let counts = vec![vec![900, 0, 0, 8100, 500], vec![1, 0, 0, 3, 0]];
    let picture = chart(Form::Shares, &labels, &counts).draw();
    let ends: Vec<f64> = (0..2)
        .map(|line| {
            let of_line = |mark: &&Mark| {
                mark.counted()
                    .is_some_and(|counted| counted.line == Some(line))
            };
            let marks = picture.marks.iter().filter(of_line);
            marks.map(|mark| mark.edges()[2]).fold(0.0, f64::max)
        })
        .collect();
    assert!((ends[0] - ends[1]).abs() < 0.01, "{ends:?}");
    let said = texts(&picture).join(" ");
    assert!(said.contains("Not implemented: 8,100") && said.contains("Not assessed: 500"));
    assert!(said.contains("10% 900 of 9,000"), "{said}");
    assert!(said.contains("1 of 4") && !said.contains("25%"), "{said}");
}

#[test]
fn squares_have_one_key_with_their_counts() {
    let all = ["All".to_owned()];
    let counts = [vec![2, 1, 26, 223, 14]];
    let picture = chart(Form::Squares(Vec::new()), &all, &counts).draw();
    let texts = texts(&picture);
    let says = |words: &str| texts.iter().filter(|text| **text == words).count();
    assert_eq!(says("Implemented: 2"), 1);
    assert_eq!(says("Implemented"), 0);
    let areas = |marks: &[Mark]| {
        let is_area = |mark: &&Mark| matches!(mark, Mark::Area { .. });
        marks.iter().filter(is_area).count()
    };
    assert_eq!(areas(&picture.marks), 266);
    // Of very many a bar is drawn.
    let counts = [vec![2, 1, 26, 2230, 14]];
    let picture = chart(Form::Squares(Vec::new()), &all, &counts).draw();
    assert_eq!(areas(&picture.marks), 5);
}

#[test]
fn a_flow_says_what_its_columns_are() {
    let chart = chart(
        Form::Flow(sides()),
        &["A".to_owned()],
        &[vec![2, 1, 0, 0, 0]],
    );
    let picture = chart.draw();
    for name in sides() {
        assert!(texts(&picture).contains(&name.as_str()), "{name}");
    }
}

#[test]
fn tiles_name_their_states() {
    let labels = ["Burkina Faso".to_owned(), "Chad".to_owned()];
    let counts = vec![vec![30, 0, 0, 10, 0], vec![0, 0, 0, 0, 0]];
    let picture = chart(Form::Tiles(Vec::new()), &labels, &counts).draw();
    let said = texts(&picture);
    assert!(said.contains(&"Burkina Faso") && said.contains(&"Chad") && said.contains(&"75%"));
}

#[test]
fn pictures_are_made_with_the_font_that_ships() {
    let counts = vec![vec![2, 1, 26, 223, 14], vec![0, 0, 0, 0, 0]];
    let labels = ["Justice".to_owned(), "حقوق المرأة".to_owned()];
    for form in [Form::Bars, Form::Stacked, Form::Flow(sides())] {
        let svg = chart(form, &labels, &counts).svg();
        let png = crate::chart::png::png(&svg).unwrap();
        assert!(
            png.starts_with(b"\x89PNG") && png.len() > 10_000,
            "{}",
            png.len()
        );
    }
}
