//! The one table of columns. Lists, sorting, every file that leaves the program, the reader of such
//! files and the form in which a row of an import is corrected take from it what they need to know.
//!
//! Adding a column of a fact that recommendations have already is one entry in `columns!` below, and
//! its label in the translations (`column-{id}`). A new fact is more: "Add a column" in `README.md` of this crate names
//! its places.

use super::{
    ActionCategory, Confidence, Dimension, Evidence, LanguageText, Listed, Position, PositionClass,
    Scheme, StateCode, Status,
};

/// Everything that is particular to one column.
#[derive(Debug)]
pub struct ColumnSpec {
    /// The name in addresses, files and translations.
    pub id: &'static str,
    /// Other headings by which our own files name it, in lower case and words only: the English label
    /// where it differs from the id.
    pub aliases: &'static [&'static str],
    /// Which lists on screen have it.
    pub on_screen: OnScreen,
    /// What files do with it.
    pub in_files: InFiles,
    /// Whether a cell holds any number of values.
    pub is_list: bool,
    /// The width in a workbook, in characters.
    pub width: f64,
    /// What a list is ordered by; none where it cannot be ordered by the column.
    pub sort_key: Option<SortKey>,
    /// Returns what a row's cell holds. A round's columns are empty where no round is chosen.
    pub cell: for<'a> fn(&Listed<'a>) -> Cell<'a>,
}

/// Which lists on screen have a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnScreen {
    /// No list: only files have room for it.
    Never,
    /// Every list.
    Always,
    /// Lists with a round, whose statuses they show.
    WhereAssessed,
    /// Lists of reviews in which any recommendation has a value of that dimension, whatever the filter.
    WhereAnyHas(Dimension),
}

/// What files do with a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InFiles {
    /// It repeats other columns, or has no cells.
    Absent,
    /// It is written. Assessments change through the program, where they have an author and a history,
    /// so their columns are not read back.
    Written,
    /// It is written, and read back when the file is imported.
    WrittenAndRead,
    /// It is written, and names the recommendation where the file that is imported has no number of it.
    Key,
}

/// What the rows of a list are ordered by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SortKey {
    /// How well a row fits the search.
    Relevance,
    /// Review and paragraph, which is the order that rows have anyway.
    Paragraph,
    /// The summary, or the text where there is none.
    Headline,
    /// The place of the status in its round's scale.
    Status,
    /// The first value of the first of these dimensions that has any.
    FirstValue(&'static [Dimension]),
}

/// The value of a cell, before it has words.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// A text from a source.
    Text(&'a str),
    /// States.
    States(&'a [StateCode]),
    /// A position.
    Position(PositionClass),
    /// The claim behind a position.
    Claim(&'a Position),
    /// Terms of one vocabulary, or other names.
    Names(Vec<&'a str>),
    /// An action category.
    ActionCategory(ActionCategory),
    /// A status.
    Status(&'a Status),
    /// A level of confidence.
    Confidence(Confidence),
    /// Pieces of evidence.
    Evidence(&'a [Evidence]),
    /// Texts in further languages.
    Texts(&'a [LanguageText]),
}

/// A column that nothing shows: what the entries of the table begin with.
const BLANK: ColumnSpec = ColumnSpec {
    id: "",
    aliases: &[],
    on_screen: OnScreen::Never,
    in_files: InFiles::Absent,
    is_list: false,
    width: 22.0,
    sort_key: None,
    cell: |_| Cell::Empty,
};

/// A column of a recommendation's facts, which files hold and the reader takes back.
const FACT: ColumnSpec = ColumnSpec {
    in_files: InFiles::WrittenAndRead,
    ..BLANK
};

/// A column of the terms of one vocabulary.
const TERMS: ColumnSpec = ColumnSpec {
    is_list: true,
    ..FACT
};

/// A column of a round.
const OF_ROUND: ColumnSpec = ColumnSpec {
    in_files: InFiles::Written,
    ..BLANK
};

/// Makes the type of columns and the specification of each out of one list, so that neither can have an
/// entry that the other lacks.
macro_rules! columns {
    ($($(#[$doc:meta])+ $column:ident: $spec:expr;)+) => {
        /// A column of a list of recommendations.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Column {
            $($(#[$doc])+ $column,)+
        }

        impl Column {
            /// Every column, in the order of lists and files.
            pub const ALL: [Column; [$(Column::$column),+].len()] = [$(Column::$column),+];

            /// Returns what is particular to the column.
            pub fn spec(self) -> &'static ColumnSpec {
                match self {
                    $(Self::$column => const { &$spec },)+
                }
            }
        }
    };
}

columns! {
    /// How well it fits the search; an order only, without cells.
    Relevance: ColumnSpec {
        id: "relevance",
        sort_key: Some(SortKey::Relevance),
        ..BLANK
    };
    /// The paragraph of the report; empty where the source does not number.
    Paragraph: ColumnSpec {
        id: "paragraph",
        on_screen: OnScreen::Always,
        width: 11.0,
        sort_key: Some(SortKey::Paragraph),
        cell: |listed| {
            let paragraph = &listed.recommendation.paragraph;
            text(paragraph.is_number().then(|| paragraph.as_str()))
        },
        ..FACT
    };
    /// The summary, or the text where there is none; in lists on screen only.
    Headline: ColumnSpec {
        id: "recommendation",
        on_screen: OnScreen::Always,
        sort_key: Some(SortKey::Headline),
        cell: |listed| text(Some(listed.recommendation.headline())),
        ..BLANK
    };
    /// The summary in our own words.
    Summary: ColumnSpec {
        id: "summary",
        width: 50.0,
        cell: |listed| text(listed.recommendation.summary.as_deref()),
        ..FACT
    };
    /// The text of the report.
    Text: ColumnSpec {
        id: "text",
        width: 70.0,
        cell: |listed| text(listed.recommendation.text.as_deref()),
        ..FACT
    };
    /// The language of that text, by its code. Without a text there is nothing to be in it.
    Language: ColumnSpec {
        id: "text_language",
        aliases: &["language of the text"],
        width: 11.0,
        cell: |listed| {
            let one = listed.recommendation;
            text(one.language.as_deref().filter(|_| one.text.is_some()))
        },
        ..FACT
    };
    /// The States that made it.
    RecommendingStates: ColumnSpec {
        id: "recommending_states",
        aliases: &["recommending state"],
        on_screen: OnScreen::Always,
        is_list: true,
        width: 36.0,
        sort_key: Some(SortKey::FirstValue(&[Dimension::RecommendingState])),
        cell: |listed| Cell::States(&listed.recommendation.recommending),
        ..FACT
    };
    /// The current position.
    Position: ColumnSpec {
        id: "position",
        on_screen: OnScreen::Always,
        sort_key: Some(SortKey::FirstValue(&[Dimension::Position])),
        cell: |listed| Cell::Position(listed.recommendation.position()),
        ..FACT
    };
    /// The words and source of that position.
    PositionSource: ColumnSpec {
        id: "position_source",
        aliases: &["source of position"],
        cell: |listed| {
            let claim = listed.recommendation.positions.last();
            claim.map_or(Cell::Empty, Cell::Claim)
        },
        ..FACT
    };
    /// Issues, or themes where there are none; in lists on screen only.
    Topics: ColumnSpec {
        id: "topics",
        on_screen: OnScreen::Always,
        is_list: true,
        sort_key: Some(SortKey::FirstValue(&[
            Dimension::Term(Scheme::Issue),
            Dimension::Term(Scheme::Theme),
        ])),
        cell: |listed| match terms(listed, Scheme::Issue) {
            Cell::Empty => terms(listed, Scheme::Theme),
            issues => issues,
        },
        ..BLANK
    };
    /// UPR Info's issues.
    Issues: ColumnSpec {
        id: "issues",
        sort_key: Some(SortKey::FirstValue(&[Dimension::Term(Scheme::Issue)])),
        cell: |listed| terms(listed, Scheme::Issue),
        ..TERMS
    };
    /// OHCHR's themes.
    Themes: ColumnSpec {
        id: "themes",
        cell: |listed| terms(listed, Scheme::Theme),
        ..TERMS
    };
    /// Affected persons.
    AffectedPersons: ColumnSpec {
        id: "affected_persons",
        cell: |listed| terms(listed, Scheme::AffectedPersons),
        ..TERMS
    };
    /// Sustainable Development Goals.
    Sdgs: ColumnSpec {
        id: "sdgs",
        aliases: &["sustainable development goals"],
        cell: |listed| terms(listed, Scheme::Sdg),
        ..TERMS
    };
    /// Action category.
    ActionCategory: ColumnSpec {
        id: "action_category",
        sort_key: Some(SortKey::FirstValue(&[Dimension::ActionCategory])),
        cell: |listed| {
            let category = listed.recommendation.action_category;
            category.map_or(Cell::Empty, Cell::ActionCategory)
        },
        ..FACT
    };
    /// The bodies that are to implement it.
    ResponsibleBodies: ColumnSpec {
        id: "responsible_bodies",
        on_screen: OnScreen::WhereAnyHas(Dimension::ResponsibleBody),
        is_list: true,
        width: 36.0,
        sort_key: Some(SortKey::FirstValue(&[Dimension::ResponsibleBody])),
        cell: |listed| names(listed.recommendation.responsible_bodies.iter().map(String::as_str)),
        ..FACT
    };
    /// Status in the chosen round.
    Status: ColumnSpec {
        id: "status",
        on_screen: OnScreen::WhereAssessed,
        sort_key: Some(SortKey::Status),
        cell: |listed| match listed.status {
            Some((_, status)) => Cell::Status(status),
            None => Cell::Empty,
        },
        ..OF_ROUND
    };
    /// Why it has that status.
    Rationale: ColumnSpec {
        id: "rationale",
        width: 36.0,
        cell: |listed| text(listed.assessment.map(|one| one.rationale.as_str())),
        ..OF_ROUND
    };
    /// How sure the assessor is.
    Confidence: ColumnSpec {
        id: "confidence",
        cell: |listed| {
            let level = listed.assessment.and_then(|one| one.confidence);
            level.map_or(Cell::Empty, Cell::Confidence)
        },
        ..OF_ROUND
    };
    /// The evidence that the assessment cites.
    Evidence: ColumnSpec {
        id: "evidence",
        is_list: true,
        cell: |listed| match listed.assessment {
            Some(one) if !one.evidence.is_empty() => Cell::Evidence(&one.evidence),
            _ => Cell::Empty,
        },
        ..OF_ROUND
    };
    /// What the recommendation goes by in addresses: its number, or the name in a number's place. Every row
    /// has it, and it stays the same when others become known.
    Id: ColumnSpec {
        id: "id",
        in_files: InFiles::Key,
        cell: |listed| Cell::Text(listed.recommendation.paragraph.as_str()),
        ..BLANK
    };
    /// The texts in further languages. They are read from files of this program only.
    Texts: ColumnSpec {
        id: "texts",
        aliases: &["text in other languages"],
        is_list: true,
        width: 70.0,
        cell: |listed| Cell::Texts(&listed.recommendation.texts),
        ..FACT
    };
}

/// A text, or nothing.
fn text(text: Option<&str>) -> Cell<'_> {
    text.filter(|text| !text.is_empty())
        .map_or(Cell::Empty, Cell::Text)
}

/// Several names, or nothing.
fn names<'a>(names: impl Iterator<Item = &'a str>) -> Cell<'a> {
    match names.collect::<Vec<_>>() {
        names if names.is_empty() => Cell::Empty,
        names => Cell::Names(names),
    }
}

/// The terms of one vocabulary, or nothing.
fn terms<'a>(listed: &Listed<'a>, scheme: Scheme) -> Cell<'a> {
    names(listed.recommendation.terms_of(scheme))
}

impl Column {
    /// The columns of a list on screen, of which is known whether it shows statuses and whether any of its
    /// recommendations, filtered or not, has a value of a dimension.
    pub fn on_screen(
        has_statuses: bool,
        any_has: impl Fn(Dimension) -> bool,
    ) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |column| match column.spec().on_screen {
                OnScreen::Never => false,
                OnScreen::Always => true,
                OnScreen::WhereAssessed => has_statuses,
                OnScreen::WhereAnyHas(dimension) => any_has(dimension),
            })
    }

    /// The columns that a list can be asked to show.
    pub fn choosable() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|column| {
            let spec = column.spec();
            let in_files = matches!(spec.in_files, InFiles::Written | InFiles::WrittenAndRead);
            in_files || spec.on_screen != OnScreen::Never
        })
    }

    /// The columns that files have.
    pub fn in_files() -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(|column| column.spec().in_files != InFiles::Absent)
    }

    /// The columns that are read back from files.
    pub fn read_from_files() -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(|column| column.spec().in_files == InFiles::WrittenAndRead)
    }

    /// The column of the terms of a vocabulary.
    pub fn of_terms(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Issue => Self::Issues,
            Scheme::Theme => Self::Themes,
            Scheme::AffectedPersons => Self::AffectedPersons,
            Scheme::Sdg => Self::Sdgs,
        }
    }

    /// The name in addresses, files and translations.
    pub fn id(self) -> &'static str {
        self.spec().id
    }

    /// Parses an [`id`](Self::id).
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.id() == id)
    }

    /// Returns true if a list can be ordered by it.
    pub fn sortable(self) -> bool {
        self.spec().sort_key.is_some()
    }

    /// Returns what a row's cell holds.
    pub fn cell<'a>(self, listed: &Listed<'a>) -> Cell<'a> {
        (self.spec().cell)(listed)
    }
}

#[cfg(test)]
mod tests {
    use super::Column;
    use std::collections::HashSet;

    #[test]
    fn no_two_columns_have_the_same_name() {
        let mut names = HashSet::new();
        for column in Column::ALL {
            let spec = column.spec();
            let id = spec.id.replace('_', " ");
            assert!(!id.is_empty(), "{column:?}");
            for name in spec.aliases.iter().copied().chain([id.as_str()]) {
                assert!(names.insert(name.to_owned()), "{name}");
            }
            assert_eq!(Column::parse(spec.id), Some(column));
        }
    }
}
