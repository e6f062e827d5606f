//! The shapes of areas and marks as SVG.

use crate::chart::appearance::{Glyph, Pattern, hex, outline};

/// The page of the drawing.
pub(super) const PAPER: &str = "#ffffff";

/// A coordinate as it is written: at most two decimals.
pub(super) fn coordinate(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A rectangle in a fill; outlines are drawn inside it.
pub(super) fn area(
    [x, y, width, height]: [f64; 4],
    colour: &str,
    pattern: Pattern,
    more: &str,
) -> String {
    let line = hex(outline(colour));
    let (fill, inset) = match pattern {
        Pattern::Solid => (hex(colour).to_owned(), 0.0),
        Pattern::Striped => (format!("url(#striped-{colour})"), 0.5),
        Pattern::Hatched => (format!("url(#hatched-{colour})"), 0.5),
        Pattern::Outlined if line == hex(colour) => (PAPER.to_owned(), 0.5),
        Pattern::Outlined => (hex(colour).to_owned(), 0.5),
    };
    let stroke = if inset > 0.0 {
        format!(" stroke=\"{line}\"")
    } else {
        String::new()
    };
    format!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"{stroke}{more}/>",
        coordinate(x + inset),
        coordinate(y + inset),
        coordinate((width - 2.0 * inset).max(0.0)),
        coordinate((height - 2.0 * inset).max(0.0)),
    )
}

/// A mark in a box of 16.
pub(super) fn glyph_of(glyph: Glyph, colour: &str) -> String {
    let (tone, line) = (hex(colour), hex(outline(colour)));
    match glyph {
        Glyph::Tick => format!(
            "<circle cx=\"8\" cy=\"8\" r=\"8\" fill=\"{tone}\"/><path d=\"M4 8l3 3.5 5-6.5\" \
             fill=\"none\" stroke=\"{PAPER}\" stroke-width=\"2\"/>"
        ),
        Glyph::Dot => format!(
            "<circle cx=\"8\" cy=\"8\" r=\"7\" fill=\"none\" stroke=\"{tone}\" \
             stroke-width=\"2\"/><circle cx=\"8\" cy=\"8\" r=\"3.5\" fill=\"{tone}\"/>"
        ),
        Glyph::Half => format!(
            "<circle cx=\"8\" cy=\"8\" r=\"7\" fill=\"none\" stroke=\"{tone}\" \
             stroke-width=\"2\"/><path d=\"M8 1a7 7 0 0 0 0 14z\" fill=\"{tone}\"/>"
        ),
        Glyph::Square => format!("<path d=\"M1 1h14v14H1z\" fill=\"{tone}\"/>"),
        Glyph::Dashed => format!(
            "<path d=\"M2 2h12v12H2z\" fill=\"none\" stroke=\"{tone}\" stroke-width=\"2\" \
             stroke-dasharray=\"3.4 2\"/>"
        ),
        Glyph::Rounded => format!(
            "<rect x=\"1\" y=\"1\" width=\"14\" height=\"14\" rx=\"3\" fill=\"{}\" \
             stroke=\"{line}\" stroke-width=\"2\"/>",
            if colour == "no-round" { PAPER } else { tone }
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::coordinate;

    #[test]
    fn coordinates_are_short() {
        assert_eq!(coordinate(83.834_586), "83.83");
        assert_eq!(coordinate(100.0), "100");
        assert_eq!(coordinate(0.0), "0");
        assert_eq!(coordinate(0.5), "0.5");
    }
}
