//! Files of a list: exactly the rows that its filter leaves, in its order, over all pages.
//!
//! The pages and the command line call the same [`export`], so a file is the same wherever it comes
//! from.

pub use crate::urls::filter::{SelectsFrom, read as read_filter};

use crate::export::list_sources;
use crate::t;
use crate::text::coverage;
use crate::text::filter_sentence::sentence;
use crate::text::locale::Locale;
use crate::text::notices::notice;
use crate::text::round_names::signature;
use crate::text::translations;
use crate::urls::paths;
use data::domain::{
    ActionCategory, Column, Confidence, CountingUnit, EvidenceKind, Filter, Message, PositionClass,
    RecommendationSet, ReviewCoverage, ReviewRecord, Scope,
};
use data::exchange::{About, Extra, Rows, Table, Take, Words, write_csv, write_json, write_xlsx};
use data::store::Listing;
use std::borrow::Cow;
use std::io::{self, Write};
use tokio::runtime::Handle;

/// The page with the terms of use.
const LICENCE: &str = "/about/licence";

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

/// What the rows of a file are read from.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// One review. The record is taken as it is: open rounds have to be left out before where they are not to be seen.
    Review(&'a ReviewRecord),
    /// All reviews, as they were when the listing was opened. Writing waits for the database, so it needs a thread of
    /// its own, outside the runtime's.
    AllReviews {
        /// The reviews.
        listing: &'a Listing,
        /// Whether statuses of unpublished rounds are visible.
        open_rounds: bool,
    },
}

/// Writes the rows that a filter selects. `base` is put in front of every permalink: scheme and host, or nothing, which
/// leaves them relative.
pub fn export(
    source: Source<'_>,
    filter: &Filter,
    form: Form,
    base: &str,
    out: impl Write + Send,
) -> io::Result<()> {
    match source {
        Source::Review(record) => {
            let set = RecommendationSet::of_review(record, filter);
            let listed = set.in_review().unwrap_or_default();
            let rows = |take: &mut Take<'_>| listed.iter().try_for_each(take);
            let about = about(&set, record.changed_at, base);
            write(&set, &about, &rows, form, base, out)
        }
        Source::AllReviews {
            listing,
            open_rounds,
        } => {
            let corpus = &listing.corpus;
            let set = RecommendationSet::of_all_reviews(corpus, filter, open_rounds);
            let changed_at = if open_rounds {
                listing.changed_at
            } else {
                corpus.public.day
            };
            let runtime = Handle::current();
            let rows = |take: &mut Take<'_>| {
                for next in (0..set.len()).step_by(Listing::AT_ONCE) {
                    let mut rows = runtime
                        .block_on(listing.rows(set.matches(), next..next + Listing::AT_ONCE))
                        .map_err(io::Error::other)?;
                    rows.try_for_each(|row| take(&row.listed()))?;
                }
                Ok(())
            };
            write(&set, &about(&set, changed_at, base), &rows, form, base, out)
        }
    }
}

fn write(
    set: &RecommendationSet<'_>,
    about: &About,
    rows: &Rows<'_>,
    form: Form,
    base: &str,
    out: impl Write + Send,
) -> io::Result<()> {
    let columns: Vec<Column> = match &set.filter().columns {
        Some(chosen) => chosen.in_files().collect(),
        None => Column::in_files().collect(),
    };
    let table = Table {
        about,
        rows,
        count: set.len(),
        columns: &columns,
        // Values are data, which other programs compare and the reader takes back; headings are for people.
        words: &Locale::ENGLISH.enter(Translated::new),
        permalink: &|review, one| {
            // The same in a file of any language: it is what a row is known by.
            let english = || paths::recommendation(review, &one.paragraph);
            format!("{base}{}", Locale::ENGLISH.enter(english))
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

/// What a file says of itself. `changed_at` is the time of the last change that it contains, in milliseconds since
/// 1970, UTC.
fn about(set: &RecommendationSet<'_>, changed_at: i64, base: &str) -> About {
    let unit = set.filter().unit;
    let (title, round) = match set.scope() {
        Scope::Review { record, round } => (
            t!(
                "export-title",
                review = translations::review(&record.review)
            ),
            round.map(|round| signature(&round.round)),
        ),
        Scope::AllReviews { .. } => (
            t!("export-title-everything"),
            Some(t!("list-each-newest-round")),
        ),
    };
    About {
        title,
        filter: sentence(set),
        round,
        unit: unit_in_words(unit, set.len(), || set.len_by_state()),
        data_as_of: latest_as_of(set),
        last_changed_on: translations::day(changed_at),
        coverage: match set.scope() {
            Scope::Review { record, .. } => coverage::of_review(&ReviewCoverage::of(record)),
            Scope::AllReviews { .. } => coverage::of_set(set),
        },
        notice: notice(set.is_fictitious(), set.includes_open_rounds()),
        source: list_sources::of_claims(set),
        licence: format!("{base}{}", paths::localize(LICENCE)),
    }
}

/// The latest as-of date of the rounds whose statuses a set shows. A date that was recorded in another form
/// cannot be compared with the others.
fn latest_as_of(set: &RecommendationSet<'_>) -> Option<String> {
    let dates = set
        .rounds()
        .filter_map(|(_, round)| round.as_of.as_ref()?.date());
    dates.max().map(|date| date.to_string())
}

/// What is counted. A row is one recommendation in either unit, so the other unit's count is said.
fn unit_in_words(unit: CountingUnit, rows: usize, count: impl FnOnce() -> u64) -> String {
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
