//! Recommendations of no State, as many as asked for, the same every time: what `make bench` measures
//! with.
//!
//! The skew is that of the real ones: later cycles are longer, some States receive and make many times
//! more than others, most recommendations are made by one State, a few issues are in every review.

mod random;
mod reviews;
mod wording;

pub use reviews::Reviews;
