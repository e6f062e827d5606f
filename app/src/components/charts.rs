//! Charts: SVG rendered on the server, over a layout that is plain arithmetic.

pub(crate) mod bars;
pub(crate) mod layout;
pub(crate) mod waffle;
