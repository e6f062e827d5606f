//! Pages that everybody reads.

pub(crate) mod all_reviews;
pub(crate) mod charts;
pub(crate) mod citations;
pub(crate) mod compare;
pub(crate) mod corrections;
pub(crate) mod evidence;
pub(crate) mod evidence_list;
pub(crate) mod exports;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod methodology;
pub(crate) mod recommendation;
pub(crate) mod recommendations;
pub(crate) mod recommending;
pub(crate) mod review;
pub(crate) mod round;
pub(crate) mod search;
pub(crate) mod site_text;
pub(crate) mod state;
pub(crate) mod subject;
pub(crate) mod world;
