//! Where the parts of a chart go: counts in, coordinates out, nothing drawn.
//!
//! Every length starts at zero and is in proportion to its count, whatever the counts: an empty chart
//! has lengths of zero, never a division by zero.

use data::domain::Shape;

/// A stretch of a bar.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Segment {
    /// Which count it stands for.
    pub(crate) place: usize,
    /// Where it begins.
    pub(crate) start: f64,
    /// How long it is.
    pub(crate) length: f64,
}

/// How long a bar for `count` is where `whole` is `width` long.
#[allow(clippy::cast_precision_loss)] // Counts stay far below 2^52.
pub(crate) fn length(count: u64, whole: u64, width: f64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        count.min(whole) as f64 / whole as f64 * width
    }
}

/// Counts laid end to end, where `whole` is `width` long; those of zero are left out. Each end is
/// computed from the sum so far, so that rounding does not add up and the last one fits exactly.
pub(crate) fn segments(counts: &[u64], whole: u64, width: f64) -> Vec<Segment> {
    let mut sum = 0_u64;
    let mut segments = Vec::new();
    for (place, count) in counts.iter().enumerate() {
        let start = length(sum, whole, width);
        sum = sum.saturating_add(*count);
        if *count > 0 {
            let length = length(sum, whole, width) - start;
            segments.push(Segment {
                place,
                start,
                length,
            });
        }
    }
    segments
}

/// How high a status of that mark is filled, of a whole height: as far as its mark is. So a chart can
/// be read without colour.
pub(crate) fn filled(shape: Shape, height: usize) -> usize {
    let quarters = match shape {
        Shape::Full => 4,
        Shape::ThreeQuarters => 3,
        Shape::Half => 2,
        Shape::Ring | Shape::Dotted => 0,
    };
    height * quarters / 4
}

/// Squares in rows, filled as a page is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Grid {
    /// Squares in a row.
    pub(crate) columns: usize,
    /// Rows.
    pub(crate) rows: usize,
}

impl Grid {
    /// The side of a square.
    pub(crate) const SIDE: usize = 10;
    /// From one square to the next.
    pub(crate) const PITCH: usize = 13;

    /// A grid for that many squares: a little higher than wide, so that the squares of a usual review
    /// (some 200 to 300) can still be touched on a narrow screen.
    pub(crate) fn of(squares: usize) -> Self {
        let columns = (squares.saturating_mul(3) / 4).isqrt().clamp(10, 40);
        Self {
            columns,
            rows: squares.div_ceil(columns),
        }
    }

    /// The upper left corner of a square.
    pub(crate) fn corner(self, square: usize) -> (usize, usize) {
        let (row, column) = (square / self.columns, square % self.columns);
        let margin = (Self::PITCH - Self::SIDE) / 2;
        (column * Self::PITCH + margin, row * Self::PITCH + margin)
    }

    /// Width and height of the whole.
    pub(crate) fn size(self) -> (usize, usize) {
        (self.columns * Self::PITCH, self.rows * Self::PITCH)
    }
}

/// A coordinate as written into SVG: at most two decimals.
pub(crate) fn coordinate(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn bars_start_at_zero_and_are_in_proportion() {
        assert!(close(length(223, 266, 266.0), 223.0));
        assert!(close(length(2, 266, 100.0), 2.0 / 2.66));
        assert!(close(length(0, 266, 100.0), 0.0));
        assert!(close(length(266, 266, 100.0), 100.0));
        // More than the whole cannot be: it ends where the chart ends.
        assert!(close(length(300, 266, 100.0), 100.0));
    }

    #[test]
    fn nothing_is_no_length() {
        assert!(close(length(0, 0, 100.0), 0.0));
        assert!(close(length(5, 0, 100.0), 0.0));
        assert_eq!(segments(&[], 0, 100.0), []);
        assert_eq!(segments(&[0, 0], 0, 100.0), []);
    }

    #[test]
    fn segments_fill_the_whole() {
        let segments = segments(&[2, 1, 26, 223, 0, 14], 266, 100.0);
        let places: Vec<_> = segments.iter().map(|segment| segment.place).collect();
        assert_eq!(places, [0, 1, 2, 3, 5]);
        let sum: f64 = segments.iter().map(|segment| segment.length).sum();
        assert!(close(sum, 100.0), "{sum}");
        for pair in segments.windows(2) {
            assert!(close(pair[0].start + pair[0].length, pair[1].start));
        }
        assert!(segments.iter().all(|segment| segment.length.is_finite()));
    }

    #[test]
    fn thirds_add_up() {
        let segments = segments(&[1, 1, 1], 3, 100.0);
        let last = segments.last().copied().unwrap();
        assert!(close(last.start + last.length, 100.0));
    }

    #[test]
    fn every_square_has_its_own_place_inside() {
        for squares in [0, 1, 9, 10, 93, 266, 1_000] {
            let grid = Grid::of(squares);
            let (width, height) = grid.size();
            let mut corners: Vec<_> = (0..squares).map(|square| grid.corner(square)).collect();
            assert!(
                corners
                    .iter()
                    .all(|(x, y)| x + Grid::SIDE < width && y + Grid::SIDE < height),
                "{squares}"
            );
            corners.sort_unstable();
            corners.dedup();
            assert_eq!(corners.len(), squares);
            assert!(grid.columns * grid.rows >= squares);
            assert!(squares == 0 || grid.columns * (grid.rows - 1) < squares);
        }
        assert_eq!(
            Grid::of(266),
            Grid {
                columns: 14,
                rows: 19
            }
        );
        assert_eq!(Grid::of(0).rows, 0);
    }

    #[test]
    fn every_mark_but_the_outlines_is_filled_differently() {
        let heights = Shape::ALL.map(|shape| filled(shape, 10));
        assert_eq!(heights, [10, 7, 5, 0, 0]);
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!(coordinate(83.834_586), "83.83");
        assert_eq!(coordinate(100.0), "100");
        assert_eq!(coordinate(0.0), "0");
        assert_eq!(coordinate(0.5), "0.5");
    }
}
