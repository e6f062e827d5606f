//! The world as tiles: one of the same size for each State under review, in its regional group, so that
//! small States are seen as well as large ones. Name and value stand in the tile; its shade says the
//! value again.

use super::Counted;
use crate::chart::{Base, Chart, Line};
use crate::t;
use crate::text::numbers::percent;
use crate::urls::paths;
use data::domain::{Share, StateCode};

/// Tiles group by group, and what their shades mean.
pub(crate) struct Tiles {
    pub(crate) groups: Vec<Group>,
    /// The meaning of each shade, from light to dark.
    pub(crate) shades: Vec<String>,
    /// The meaning of a dashed tile.
    pub(crate) none: String,
}

/// The tiles of one regional group.
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) tiles: Vec<Tile>,
}

/// A State.
pub(crate) struct Tile {
    pub(crate) name: String,
    pub(crate) fill: Fill,
    /// The figure below the State's name; empty if nothing is counted.
    pub(crate) value: String,
    /// State and number in words.
    pub(crate) words: String,
    /// What it counts, of what is measured. Where nothing is known, zero would be an answer.
    pub(crate) counted: Option<Counted>,
    /// The page of the State, if anything is counted.
    pub(crate) href: Option<String>,
}

/// How a tile is filled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fill {
    /// The shade of a share, 0 to 4, a fifth each.
    Shade(u8),
    /// Too few for a percentage.
    Few,
    /// Nothing is counted.
    None,
}

impl Fill {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Between 0 and 4.
    fn of(share: f64) -> Self {
        Self::Shade((share * 5.0).floor().clamp(0.0, 4.0) as u8)
    }

    /// Returns true if the text on it is light.
    pub(crate) fn is_dark(self) -> bool {
        matches!(self, Self::Shade(3 | 4))
    }
}

impl Chart {
    pub(super) fn tiles(&self, names: &[String]) -> Tiles {
        let mut groups: Vec<Group> = Vec::new();
        for ((number, line), name) in self.lines.iter().enumerate().zip(names) {
            let tile = self.tile(number, line);
            match groups.iter_mut().find(|group| group.name == *name) {
                Some(group) => group.tiles.push(tile),
                None => groups.push(Group {
                    name: name.clone(),
                    tiles: vec![tile],
                }),
            }
        }
        let shades = (0..5_u8).map(|shade| {
            let (from, to) = (f64::from(shade) / 5.0, f64::from(shade + 1) / 5.0);
            t!("world-shade", from = percent(from), to = percent(to))
        });
        Tiles {
            groups,
            shades: shades.collect(),
            none: t!(&format!("world-none-{}", self.measure.code())),
        }
    }

    fn tile(&self, number: usize, line: &Line) -> Tile {
        let (count, base) = (self.measured(line), self.base(line));
        let state = line.label.clone();
        if base == 0 {
            let received = line.received();
            return Tile {
                words: if received > 0 && self.base == Base::Answered {
                    t!("world-tile-unanswered", state = state, received = received)
                } else {
                    t!("world-tile-none", state = state)
                },
                name: line.label.clone(),
                fill: Fill::None,
                value: String::new(),
                counted: None,
                href: None,
            };
        }
        let words = t!("world-tile", state = state, count = count, base = base);
        let (fill, value) = match (Share { count, base }).ratio() {
            Some(share) => (Fill::of(share), percent(share)),
            None => (Fill::Few, t!("count-of", count = count, base = base)),
        };
        // The measured series may be several; the mark is that of the first.
        let series = self.measured_series().next().map(|(place, _)| place);
        Tile {
            name: line.label.clone(),
            fill,
            value,
            counted: Some(Counted {
                line: Some(number),
                series: series.unwrap_or_default(),
                count,
                words: words.clone(),
            }),
            words,
            // The State's own page says more than a list.
            href: StateCode::parse(&line.code).map(paths::state),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fill;

    #[test]
    fn shades_are_fifths() {
        let known = [
            (0.0, 0),
            (0.199, 0),
            (0.2, 1),
            (0.5, 2),
            (0.79, 3),
            (0.8, 4),
            (1.0, 4),
        ];
        for (share, expected) in known {
            assert_eq!(Fill::of(share), Fill::Shade(expected), "{share}");
        }
        assert_eq!(Fill::of(f64::NAN), Fill::Shade(0));
    }
}
