//! The domain: plain types and the rules that hold between them. No database and no web here; what
//! the field calls a thing is what it is called.

mod action_category;
mod answers;
mod assessment;
mod breakdown;
mod chosen_columns;
mod column;
mod comparison;
mod corpus;
mod coverage;
mod cycle;
mod date;
mod destinations;
mod dimension;
mod event_kind;
mod evidence_finder;
mod filter;
mod headline_round;
mod invisible;
#[cfg(feature = "exchange")]
mod language_guess;
mod language_tag;
mod link;
mod outcome;
mod paragraph;
mod position;
mod position_sources;
pub mod public_view;
mod published_snapshot;
mod queue;
mod recommendation;
mod recommendation_set;
mod reported;
mod review;
mod review_record;
mod role;
mod round;
mod scale;
mod scale_mapping;
mod search;
mod seen;
mod shorten;
mod similarity;
pub mod states;
mod term;
mod unnumbered;
mod web_address;

pub use crate::domain::published_snapshot::CountedAs;
pub use crate::message::Message;
pub(crate) use crate::message::refusals;
pub use action_category::ActionCategory;
pub use answers::{Answers, Share};
pub use assessment::{Assessment, Confidence, Evidence, EvidenceKind, EvidenceRecord};
pub use breakdown::{Breakdown, CountingUnit, Counts, Headline, Order, Part};
pub use chosen_columns::ChosenColumns;
pub use column::{Cell, Column, ColumnSpec, InFiles, OnScreen, SortKey};
pub use comparison::{Agreement, Changes, Comparison, Difference, Moved, differences};
pub use corpus::{
    Corpus, CountBy, Matches, Part as CorpusPart, Row, SearchCost, Standing, Tallies, Tally,
};
pub use coverage::{Coverage, LAST_COMPLETED_CYCLE, ReviewCoverage};
pub use cycle::{Cycle, year_of_session};
pub use date::{Date, RecordedDate};
pub use destinations::Destinations;
pub use dimension::Dimension;
#[cfg(feature = "store")]
pub(crate) use event_kind::Sealed;
pub use event_kind::{EventKind, Subject, TextKeys, Visibility};
pub use filter::{FacetValue, Filter, RoundFault, Sort, query_pairs};
#[cfg(feature = "store")]
pub use invisible::InvisibleCharacter;
#[cfg(feature = "store")]
pub(crate) use invisible::refuse_invisible;
pub use invisible::{is_invisible, visible};
#[cfg(feature = "exchange")]
#[cfg(feature = "store")]
pub(crate) use language_guess::{guess_language, is_language_certain};
pub(crate) use language_tag::canonical_language;
pub use link::{Earlier, Link};
pub use outcome::Outcome;
pub use paragraph::{NotAParagraph, Paragraph};
pub use position::{
    AnswerClasses, ChosenPosition, Position, PositionClass, SourceKind, are_claims_in_order,
    order_claims,
};
pub use position_sources::PositionSources;
pub use public_view::{PublicHistory, PublicVersion};
pub use queue::{Queue, Stage};
pub use recommendation::{LanguageText, Recommendation};
pub use recommendation_set::{Neighbours, RecommendationSet, Scope};
pub use reported::ReportedTotals;
pub use review::{Review, ReviewCode};
pub use review_record::{Frozen, Listed, ReviewRecord, RoundRecord};
pub use role::{Action, Object, Principal, Role, may};
pub use round::{
    Publication, Redaction, ReportedTotal, Round, RoundCounts, RoundKind, Superseded, Withdrawn,
};
pub use scale::{Scale, ScaleFault, Shape, Status};
pub use scale_mapping::{Mapped, ScaleMapping};
pub use search::Search;
pub(crate) use search::fold_for_search;
pub use seen::Seen;
pub use shorten::shorten;
pub use similarity::Similarity;
pub use states::{RegionalGroup, StateCode, UnknownState};
pub use term::{ISSUES, Scheme, Term, known_issue, nearest_issue, one_spelling};
#[cfg(feature = "store")]
pub(crate) use unnumbered::put_in_order;
pub use unnumbered::{Unnumbered, UnnumberedPlace};
pub use web_address::{is_web_address, normalised_address};
