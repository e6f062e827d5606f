//! What the file of a chart is of, in a line above its heading: a heading says what a chart finds, and on a slide
//! nobody knows of which State.

use super::{Chart, Measure};
use crate::t;
use crate::text::dates;
use crate::text::filter_sentence::choice_in_words;
use crate::text::translations;
use data::domain::{Date, Filter, RecommendationSet, RecordedDate, Round, Scale, Scope};

/// The States and cycles of a chart, and the day of its data.
#[derive(Clone, Debug, Default)]
pub(crate) struct FileHeading {
    /// Whose recommendations are counted: "Belarus, first cycle (2010)".
    pub(crate) of: String,
    /// "As of 31 December 2023"; `None` if no day is known.
    pub(crate) day: Option<String>,
}

impl FileHeading {
    /// The heading of a set over all reviews. Statuses have the day of the latest round, positions that of the data.
    pub(crate) fn of_set(set: &RecommendationSet<'_>, as_of: Option<&RecordedDate>) -> Self {
        let changed = match set.scope() {
            Scope::AllReviews { corpus, .. } => corpus.public.day,
            Scope::Review { record, .. } => record.public.day,
        };
        Self {
            of: chosen(set.filter(), set.scale()),
            day: as_of.map(as_of_day).or_else(|| data_of(changed)),
        }
    }
}

/// What a filter over all reviews chooses.
pub(crate) fn chosen(filter: &Filter, scale: Option<&Scale>) -> String {
    if filter.is_everything() {
        return t!("picture-all");
    }
    choice_in_words(filter, scale)
}

/// The day of a round: the day of its statuses, or else that of its publication. A later change of other data does not
/// change the file of a published round.
pub(crate) fn day_of(round: &Round) -> Option<String> {
    let published = || {
        let day = translations::day_written_out(round.published_at?);
        Some(t!("picture-published", day = day))
    };
    round.as_of.as_ref().map(as_of_day).or_else(published)
}

/// The day until which data are known, if they ever changed. Milliseconds since 1970, UTC.
pub(crate) fn data_of(changed: i64) -> Option<String> {
    (changed > 0).then(|| {
        t!(
            "picture-data-of",
            day = translations::day_written_out(changed)
        )
    })
}

/// "As of 31 December 2023"; a day that was recorded in another form as it was recorded.
pub(crate) fn as_of_day(day: &RecordedDate) -> String {
    let written_out = day.date().and_then(Date::day);
    let day = written_out.map_or_else(|| day.to_string(), dates::written_out);
    t!("picture-as-of", day = day)
}

impl Chart {
    /// "Responses to recommendations: Belarus, first cycle (2010). Database last changed on 30 November 2026."
    pub(crate) fn file_heading_in_words(&self) -> String {
        let key = match self.measure {
            Measure::Implemented => "picture-implementation",
            Measure::Supported => "picture-responses",
        };
        let heading = t!(key, of = self.file_heading.of.clone());
        match &self.file_heading.day {
            Some(day) => format!("{heading}. {day}."),
            None => format!("{heading}."),
        }
    }
}
