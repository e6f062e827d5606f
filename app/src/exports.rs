//! Files of a list: exactly the rows that its filter leaves, in its order, over all pages.
//!
//! The pages and the command line call the same [`export`], so a file is the same wherever it comes
//! from.

pub use crate::filter_query::{
    read as read_filter, read_of_everything as read_filter_of_everything,
};

use crate::components::headline::signature;
use crate::filter_words::{Counted, Subject, filter_in_words};
use crate::{address, t, translations};
use data::domain::{
    ActionCategory, Column, Confidence, Corpus, CountingUnit, EvidenceKind, Filter, Matches,
    Message, PositionClass, ReviewRecord, Selection,
};
use data::exchange::{About, Extra, Rows, Table, Take, Words, write_csv, write_json, write_xlsx};
use data::store::Listing;
use std::borrow::Cow;
use std::io::{self, Write};
use tokio::runtime::Handle;

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

/// Writes the rows that the filter leaves of one review. `base` is put in front of every permalink:
/// scheme and host, or nothing, which leaves them relative.
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
    let rows = |take: &mut Take<'_>| selection.rows.iter().try_for_each(take);
    write(&about, &rows, selection.rows.len(), form, base, out)
}

/// Writes the rows that the filter leaves of all reviews, as they were when the listing was opened. It
/// waits for the database, so it needs a thread of its own, outside the runtime's.
pub fn export_everything(
    listing: &Listing,
    filter: &Filter,
    open_rounds: bool,
    form: Form,
    base: &str,
    out: impl Write + Send,
) -> io::Result<()> {
    let corpus = &listing.corpus;
    let matches = corpus.select(filter, open_rounds);
    let changed_at = if open_rounds {
        listing.changed_at
    } else {
        corpus.public.day
    };
    let about = about_everything(corpus, filter, &matches, changed_at);
    let runtime = Handle::current();
    let rows = |take: &mut Take<'_>| {
        let mut next = 0;
        while next < matches.len() {
            let mut rows = runtime
                .block_on(listing.rows(&matches, next..next + Listing::AT_ONCE))
                .map_err(io::Error::other)?;
            rows.try_for_each(|row| take(&row.listed()))?;
            next += Listing::AT_ONCE;
        }
        Ok(())
    };
    write(&about, &rows, matches.len(), form, base, out)
}

fn write(
    about: &About,
    rows: &Rows<'_>,
    count: usize,
    form: Form,
    base: &str,
    out: impl Write + Send,
) -> io::Result<()> {
    let table = Table {
        about,
        rows,
        count,
        words: &Translated::new(),
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

/// Why no file is made where part of a filter could not be used: left out, it would widen what the file
/// holds without anybody seeing it.
pub fn refusal(faults: &[Message]) -> Option<Message> {
    let why = translations::message(faults.first()?);
    Some(Message::new("export-refused").with("why", why))
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
    let round = selection.round.map(|round| &round.round);
    let count = selection.rows.len();
    let states = || {
        let rows = selection.rows.iter();
        rows.map(|listed| filter.weight(listed.recommendation))
            .sum()
    };
    let subject = Subject::Review(record.review.code, round);
    About {
        title: t!(
            "export-title",
            review = translations::review(&record.review)
        ),
        filter: filter_in_words(
            filter,
            Counted::of(count, filter.unit, states),
            subject,
            round.map(|round| &round.scale),
        ),
        round: round.map(signature),
        unit: unit(filter.unit, count, states),
        data_as_of: translations::day(record.changed_at),
        notice: notice(
            record.review.code.state.is_fictitious(),
            round.is_some_and(|round| !round.is_published()),
        ),
        licence: None,
    }
}

fn about_everything(corpus: &Corpus, filter: &Filter, matches: &Matches, changed_at: i64) -> About {
    let scale = corpus.scale(matches.sees_open_rounds());
    let states = || corpus.states_of(matches);
    let fictitious = corpus.is_fictitious(matches);
    About {
        title: t!("export-title-everything"),
        filter: filter_in_words(
            filter,
            Counted::of(matches.len(), filter.unit, states),
            Subject::Everything,
            Some(scale),
        ),
        round: Some(t!("list-each-newest-round")),
        unit: unit(filter.unit, matches.len(), states),
        data_as_of: translations::day(changed_at),
        notice: notice(fictitious, matches.sees_open_rounds()),
        licence: None,
    }
}

/// What has to be known wherever figures are shown: that they are made up, or not final.
pub(crate) fn notice(fictitious: bool, open: bool) -> Option<String> {
    let notices: Vec<String> = [
        fictitious.then(|| t!("export-notice-fictitious")),
        open.then(|| t!("export-notice-open")),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!notices.is_empty()).then(|| notices.join(" "))
}

/// What is counted. A row is one recommendation in either unit, so the other unit's count is said.
fn unit(unit: CountingUnit, rows: usize, count: impl FnOnce() -> u64) -> String {
    let name = translations::counting_unit(unit);
    if unit == CountingUnit::Recommendations {
        return name;
    }
    t!("export-by-state", unit = name, count = count(), rows = rows)
}

/// The words of files are those of the pages, each looked up once for a file.
struct Translated {
    positions: Vec<(PositionClass, String)>,
    action_categories: Vec<(ActionCategory, String)>,
    confidences: Vec<(Confidence, String)>,
    evidence_kinds: Vec<(EvidenceKind, String)>,
}

impl Translated {
    fn new() -> Self {
        fn all<K: Copy>(of: &[K], word: impl Fn(K) -> String) -> Vec<(K, String)> {
            of.iter().map(|one| (*one, word(*one))).collect()
        }
        Self {
            positions: all(&PositionClass::ALL, translations::position),
            action_categories: all(&ActionCategory::ALL, translations::action_category),
            confidences: all(&Confidence::ALL, translations::confidence),
            evidence_kinds: all(&EvidenceKind::ALL, translations::evidence_kind),
        }
    }
}

fn word<K: PartialEq>(words: &[(K, String)], of: K) -> Cow<'_, str> {
    let found = words.iter().find(|(one, _)| *one == of);
    found.map_or(Cow::Borrowed(""), |(_, word)| word.as_str().into())
}

impl Words for Translated {
    fn column(&self, column: Column) -> String {
        translations::column(column)
    }

    fn extra(&self, extra: Extra) -> String {
        translations::text(&format!("column-{}", extra.id()), &[])
    }

    fn position(&self, class: PositionClass) -> Cow<'_, str> {
        word(&self.positions, class)
    }

    fn action_category(&self, category: ActionCategory) -> Cow<'_, str> {
        word(&self.action_categories, category)
    }

    fn confidence(&self, confidence: Confidence) -> Cow<'_, str> {
        word(&self.confidences, confidence)
    }

    fn evidence_kind(&self, kind: EvidenceKind) -> Cow<'_, str> {
        word(&self.evidence_kinds, kind)
    }
}
