//! The domain: plain types and the rules that hold between them. No database and no web here; what
//! the field calls a thing is what it is called.

mod action_category;
mod assessment;
mod breakdown;
mod column;
mod comparison;
mod corpus;
mod counted_as;
mod cycle;
mod dimension;
mod filter;
mod invisible;
mod link;
mod message;
mod outcome;
mod paragraph;
mod position;
pub mod public_view;
mod queue;
mod recommendation;
mod review;
mod review_record;
mod role;
mod round;
mod scale;
mod scale_mapping;
mod search;
mod similarity;
pub mod states;
mod term;
mod web_address;

pub use action_category::ActionCategory;
pub use assessment::{Assessment, Confidence, Evidence, EvidenceKind, EvidenceRecord};
pub use breakdown::{Breakdown, CountingUnit, Counts, Headline, Order, Part};
pub use column::{Cell, Column};
pub use comparison::{Agreement, Comparison, Difference, Moved, differences};
pub use corpus::{Corpus, Matches, Part as CorpusPart, Row, SearchCost, Standing, Tallies, Tally};
pub use counted_as::CountedAs;
pub use cycle::{Cycle, year_of_session};
pub use dimension::Dimension;
pub use filter::{FacetValue, Filter, Selection, Sort, query_pairs};
#[cfg(feature = "store")]
pub(crate) use invisible::refuse_invisible;
pub use invisible::{is_invisible, visible};
pub use link::{Earlier, Link};
pub use message::Message;
pub use outcome::Outcome;
pub use paragraph::{NotAParagraph, Paragraph};
pub use position::{Position, PositionClass};
pub use public_view::{PublicHistory, PublicVersion};
pub use queue::{Queue, Stage};
pub use recommendation::Recommendation;
pub use review::{Review, ReviewCode};
pub use review_record::{Frozen, Listed, ReviewRecord, RoundRecord};
pub use role::{Action, Role};
pub use round::{Redaction, ReportedTotal, Round, RoundKind};
pub use scale::{Scale, ScaleFault, Shape, Status};
pub use scale_mapping::{Mapped, ScaleMapping};
pub use search::Search;
#[cfg(feature = "store")]
pub(crate) use search::fold_for_search;
pub use similarity::Similarity;
pub use states::{RegionalGroup, StateCode, UnknownState};
pub use term::{ISSUES, Scheme, Term};
pub use web_address::{is_web_address, normalised_address};
