//! Files of a list: exactly the rows that its filter leaves, in its order, over all pages.
//!
//! The pages and the command line call the same [`export`], so a file is the same wherever it comes
//! from.

pub use crate::filter_query::{knows_parameter, read as read_filter};

use crate::components::headline::signed;
use crate::filter_words::filter_in_words;
use crate::{address, t, translations};
use data::domain::{
    ActionCategory, Column, Confidence, CountingUnit, EvidenceKind, Filter, PositionClass,
    ReviewRecord, Selection,
};
use data::exchange::{About, Exported, Extra, Table, Words, write_csv, write_json, write_xlsx};
use std::io::{self, Write};

/// The form of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Comma-separated values.
    Csv,
    /// A workbook.
    Xlsx,
    /// JSON.
    Json,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Json];

    /// The ending of such a file's name, and of the list's own address.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    /// What such a file is, for browsers.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

/// Writes the rows that the filter leaves. `base` is put in front of every permalink: scheme and host,
/// or nothing, which leaves them relative.
///
/// The record is taken as it is: open rounds have to be left out before where they are not to be seen.
pub fn export(
    record: &ReviewRecord,
    filter: &Filter,
    form: Form,
    base: &str,
    out: impl Write + Send,
) -> io::Result<()> {
    let selection = filter.select(record);
    let about = about(record, filter, &selection);
    let review = record.review.code;
    let rows: Vec<Exported<'_>> = selection
        .rows
        .iter()
        .map(|listed| Exported {
            review,
            listed: *listed,
        })
        .collect();
    let table = Table {
        about: &about,
        rows: &rows,
        words: &Translated,
        permalink: &|review, one| {
            format!("{base}{}", address::recommendation(review, &one.paragraph))
        },
    };
    match form {
        Form::Csv => write_csv(&table, out),
        Form::Xlsx => write_xlsx(&table, out),
        Form::Json => write_json(&table, out),
    }
}

/// The name of the file: `BLR-1-recommendations.csv`, or with the round that its statuses are of,
/// `BLR-1-recommendations-mid-term.csv`.
pub fn file_name(record: &ReviewRecord, filter: &Filter, form: Form) -> String {
    let code = record.review.code;
    let (round, _) = filter.round_of(record);
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let round: String = round
        .map(|round| round.round.slug.chars().filter(plain).collect())
        .unwrap_or_default();
    let hyphen = if round.is_empty() { "" } else { "-" };
    format!("{code}-recommendations{hyphen}{round}.{}", form.ending())
}

fn about(record: &ReviewRecord, filter: &Filter, selection: &Selection<'_>) -> About {
    let round = selection.round;
    let fictitious = record.review.code.state.is_fictitious();
    let open = round.is_some_and(|round| !round.round.is_published());
    let notices: Vec<String> = [
        fictitious.then(|| t!("export-notice-fictitious")),
        open.then(|| t!("export-notice-open")),
    ]
    .into_iter()
    .flatten()
    .collect();
    About {
        title: t!(
            "export-title",
            review = translations::review(&record.review)
        ),
        filter: filter_in_words(filter, record, round),
        round: round.map(signed),
        unit: unit(filter.unit, selection),
        data_as_of: translations::day(record.changed_at),
        notice: (!notices.is_empty()).then(|| notices.join(" ")),
        licence: None,
    }
}

/// What is counted. A row is one recommendation in either unit, so the other unit's count is said.
fn unit(unit: CountingUnit, selection: &Selection<'_>) -> String {
    let name = translations::counting_unit(unit);
    if unit == CountingUnit::Recommendations {
        return name;
    }
    let rows = &selection.rows;
    // A recommendation whose source names no State counts once, as in every breakdown.
    let count: usize = rows
        .iter()
        .map(|listed| listed.recommendation.recommending.len().max(1))
        .sum();
    t!(
        "export-by-state",
        unit = name,
        count = count,
        rows = rows.len()
    )
}

/// The words of files are those of the pages.
struct Translated;

impl Words for Translated {
    fn column(&self, column: Column) -> String {
        translations::column(column)
    }

    fn extra(&self, extra: Extra) -> String {
        translations::text(&format!("column-{}", extra.id()), &[])
    }

    fn position(&self, class: PositionClass) -> String {
        translations::position(class)
    }

    fn action_category(&self, category: ActionCategory) -> String {
        translations::action_category(category)
    }

    fn confidence(&self, confidence: Confidence) -> String {
        translations::confidence(confidence)
    }

    fn evidence_kind(&self, kind: EvidenceKind) -> String {
        translations::evidence_kind(kind)
    }
}
