//! What a status or a position looks like: the mark before its label and the fill of its areas. Pages
//! name both by classes of the stylesheet, files draw them, so both follow these rules.
//!
//! Statuses have hues and marks of their own; positions have one blue in falling strength, so that no
//! answer is mistaken for a result.

use data::domain::Shape;

/// The mark before a label.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Glyph {
    /// A disc with a tick: implemented.
    Tick,
    /// A ring with a dot: in process.
    Dot,
    /// A half disc: partially implemented.
    Half,
    /// A square: not implemented.
    Square,
    /// A dashed square: not assessed.
    Dashed,
    /// A square with round corners: a position.
    Rounded,
}

/// The fill of an area.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Pattern {
    Solid,
    /// Stripes in an outline.
    Striped,
    /// Thin diagonal lines in an outline: what is outside the base.
    Hatched,
    /// A light fill in an outline.
    Outlined,
}

/// The colours of positions, as tokens of `style/tokens.css`.
const OF_POSITIONS: [&str; 5] = [
    "supported",
    "as-implemented",
    "partly-supported",
    "noted",
    "no-round",
];

/// The mark of a status or a position of that colour and shape.
pub(crate) fn glyph(colour: &str, shape: Shape) -> Glyph {
    if OF_POSITIONS.contains(&colour) {
        return Glyph::Rounded;
    }
    match shape {
        Shape::Full => Glyph::Tick,
        Shape::ThreeQuarters => Glyph::Dot,
        Shape::Half => Glyph::Half,
        Shape::Ring => Glyph::Square,
        Shape::Dotted => Glyph::Dashed,
    }
}

/// The fill of areas of that colour and shape.
pub(crate) fn pattern(colour: &str, shape: Shape) -> Pattern {
    match (colour, shape) {
        ("partly-supported" | "no-round", _) => Pattern::Outlined,
        (_, Shape::Dotted) => Pattern::Hatched,
        (colour, Shape::ThreeQuarters) if !OF_POSITIONS.contains(&colour) => Pattern::Striped,
        _ => Pattern::Solid,
    }
}

impl Glyph {
    /// Its class in the stylesheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Tick => "g-tick",
            Self::Dot => "g-dot",
            Self::Half => "g-half",
            Self::Square => "g-square",
            Self::Dashed => "g-dashed",
            Self::Rounded => "g-rounded",
        }
    }
}

impl Pattern {
    /// Its class in the stylesheet; solid areas need none.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Solid => "",
            Self::Striped => " striped",
            Self::Hatched => " hatched",
            Self::Outlined => " outlined",
        }
    }
}

/// The colour tokens with their light values: files have no stylesheet.
const COLOURS: [(&str, &str); 15] = [
    ("full", "#009379"),
    ("process", "#6a5fd0"),
    ("partial", "#d08100"),
    ("none", "#2f3a47"),
    ("unassessed", "#74808c"),
    ("no-round", "#74808c"),
    ("supported", "#1c5ca3"),
    ("as-implemented", "#5b91cc"),
    ("partly-supported", "#a9c6e6"),
    ("noted", "#868f98"),
    ("shade-0", "#e3ecf5"),
    ("shade-1", "#b9d0e8"),
    ("shade-2", "#84abd6"),
    ("shade-3", "#2f6fb4"),
    ("shade-4", "#123f73"),
];

/// The light value of a colour token; grey if there is no such token.
pub(crate) fn hex(colour: &str) -> &'static str {
    let mut colours = COLOURS.iter();
    colours
        .find(|(token, _)| *token == colour)
        .map_or("#515a61", |(_, value)| value)
}

/// The outline of an area of that colour: a light fill has a darker one.
pub(crate) fn outline(colour: &str) -> &str {
    match colour {
        "partly-supported" => "as-implemented",
        colour => colour,
    }
}

#[cfg(test)]
mod tests {
    use super::COLOURS;

    /// Pages and files have the same colours.
    #[test]
    fn colours_are_those_of_the_stylesheet() {
        let tokens = include_str!("../../../style/tokens.css");
        for (colour, value) in COLOURS {
            let value = format!("{colour}: light-dark({value}, ");
            let is_token = ["--", "--status-"].map(|prefix| format!(" {prefix}{value}"));
            assert!(
                is_token.iter().any(|token| tokens.contains(token)),
                "{colour}"
            );
        }
    }
}
