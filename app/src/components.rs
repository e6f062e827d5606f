//! Parts that more than one page shows.

pub(crate) mod across;
pub(crate) mod breadcrumbs;
pub(crate) mod by_dimension;
pub(crate) mod by_position;
pub(crate) mod by_status;
pub(crate) mod charts;
pub(crate) mod cycles;
pub(crate) mod drawing;
pub(crate) mod evidence_fields;
pub(crate) mod headline;
pub(crate) mod history_table;
pub(crate) mod how_counted;
pub(crate) mod import;
pub(crate) mod list;
pub(crate) mod positions;
pub(crate) mod progress;
pub(crate) mod publish_form;
pub(crate) mod recommendation;
pub(crate) mod round_card;
pub(crate) mod scale_table;
pub(crate) mod squares;
pub(crate) mod status_mark;
pub(crate) mod take_along;
pub(crate) mod tiles;
pub(crate) mod unit_switch;
pub(crate) mod workbench;
