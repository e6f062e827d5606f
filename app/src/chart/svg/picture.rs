//! A drawing as a list of marks, and the SVG that is written of it.

use super::shapes::{PAPER, area, coordinate, glyph_of};
use crate::chart::appearance::{Glyph, Pattern, hex};
use crate::chart::forms::Counted;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const INK: &str = "#1b2024";
const SOFT: &str = "#515a61";

/// What is drawn. A room is left, top, width and height.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Mark {
    /// A stretch of a bar, or a square.
    Area {
        room: [f64; 4],
        colour: String,
        pattern: Pattern,
        counted: Option<Counted>,
    },
    /// The mark before a label.
    Glyph {
        x: f64,
        y: f64,
        side: f64,
        colour: String,
        glyph: Glyph,
        counted: Option<Counted>,
    },
    /// A State; dashed where nothing is counted.
    Tile {
        room: [f64; 4],
        colour: String,
        pattern: Pattern,
        is_dashed: bool,
        counted: Option<Counted>,
    },
    Text(Text),
    /// A band from one height on the left to one on the right.
    Band {
        from: (f64, f64),
        to: (f64, f64),
        /// The height of the band.
        height: f64,
        colour: String,
        counted: Counted,
    },
}

/// A line of text.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Text {
    /// Where it begins, or ends.
    pub(super) x: f64,
    /// Its base line.
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) tone: Tone,
    /// Whether `x` is where it ends.
    pub(super) is_end: bool,
    pub(super) words: String,
}

/// The colour and the weight of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tone {
    Ink,
    Soft,
    Bold,
    /// On dark tiles.
    Paper,
    BoldPaper,
}

/// A drawing.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Picture {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) marks: Vec<Mark>,
}

impl Text {
    pub(super) fn new(x: f64, y: f64, size: f64, words: String) -> Self {
        Self {
            x,
            y,
            size,
            tone: Tone::Ink,
            is_end: false,
            words,
        }
    }

    pub(super) fn in_tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    fn is_bold(&self) -> bool {
        matches!(self.tone, Tone::Bold | Tone::BoldPaper)
    }

    /// The room it takes: left, top, right, bottom.
    #[cfg(test)]
    pub(super) fn room(&self) -> [f64; 4] {
        let long = crate::chart::fonts::width(&self.words, self.size, self.is_bold());
        let left = if self.is_end { self.x - long } else { self.x };
        [
            left,
            self.y - self.size * 0.8,
            left + long,
            self.y + self.size * 0.2,
        ]
    }
}

/// Escapes a text as the content of an SVG element. Characters that XML forbids are left out.
fn escaped(text: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() && !matches!(*c, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().filter(is_allowed).collect();
    // Its three references mean the same in XML as in HTML.
    html_escape::encode_text(&text).into_owned()
}

impl Picture {
    /// The drawing as SVG with its title and what it says in words.
    pub(super) fn svg(&self, title: &str, description: &str) -> String {
        let (width, height) = (coordinate(self.width), coordinate(self.height));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
             aria-labelledby=\"picture-title picture-description\" \
             viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             font-family=\"Noto Sans, system-ui, sans-serif\" fill=\"{INK}\">\
             <title id=\"picture-title\">{}</title><desc id=\"picture-description\">{}</desc>\
             {}<rect width=\"{width}\" height=\"{height}\" fill=\"{PAPER}\"/>",
            escaped(title),
            escaped(description),
            self.patterns(),
        );
        for mark in &self.marks {
            mark.write(&mut svg);
        }
        svg.push_str("</svg>");
        svg
    }

    /// The definitions of the patterns that are used.
    fn patterns(&self) -> String {
        let used: BTreeSet<(&str, bool)> = self
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Area {
                    colour, pattern, ..
                } => match pattern {
                    Pattern::Striped => Some((colour.as_str(), true)),
                    Pattern::Hatched => Some((colour.as_str(), false)),
                    Pattern::Solid | Pattern::Outlined => None,
                },
                _ => None,
            })
            .collect();
        if used.is_empty() {
            return String::new();
        }
        let patterns: Vec<String> = used
            .into_iter()
            .map(|(colour, is_striped)| {
                let (size, turned, line, name) = if is_striped {
                    (6, "", 4, "striped")
                } else {
                    (5, " patternTransform=\"rotate(45)\"", 1, "hatched")
                };
                // A line is centred on its path.
                let x = coordinate(f64::from(line) / 2.0);
                format!(
                    "<pattern id=\"{name}-{colour}\" width=\"{size}\" height=\"{size}\" \
                     patternUnits=\"userSpaceOnUse\"{turned}><path d=\"M{x} 0V{size}\" \
                     stroke=\"{}\" stroke-width=\"{line}\"/></pattern>",
                    hex(colour)
                )
            })
            .collect();
        format!("<defs>{}</defs>", patterns.concat())
    }
}

impl Counted {
    fn attributes(&self) -> String {
        let line = self
            .line
            .map_or_else(|| "total".to_owned(), |line| line.to_string());
        format!(
            " data-line=\"{line}\" data-series=\"{}\" data-count=\"{}\"",
            self.series, self.count
        )
    }

    /// A group around a mark that names what it counts.
    fn group(counted: Option<&Self>, mark: &str) -> String {
        match counted {
            Some(counted) => format!(
                "<g{}><title>{}</title>{mark}</g>",
                counted.attributes(),
                escaped(&counted.words)
            ),
            None => mark.to_owned(),
        }
    }
}

impl Mark {
    fn write(&self, svg: &mut String) {
        match self {
            Self::Text(text) => text.write(svg),
            Self::Area {
                room,
                colour,
                pattern,
                counted,
            } => svg.push_str(&Counted::group(
                counted.as_ref(),
                &area(*room, colour, *pattern, ""),
            )),
            Self::Tile {
                room,
                colour,
                pattern,
                is_dashed,
                counted,
            } => {
                let dashes = if *is_dashed {
                    " stroke-dasharray=\"4 3\""
                } else {
                    ""
                };
                let tile = area(*room, colour, *pattern, dashes);
                svg.push_str(&Counted::group(counted.as_ref(), &tile));
            }
            Self::Glyph {
                x,
                y,
                side,
                colour,
                glyph,
                counted,
            } => {
                // Drawn in a box of 16.
                let scale = coordinate(side / 16.0);
                let (x, y) = (coordinate(*x), coordinate(*y));
                let mark = format!(
                    "<g transform=\"translate({x} {y}) scale({scale})\">{}</g>",
                    glyph_of(*glyph, colour)
                );
                svg.push_str(&Counted::group(counted.as_ref(), &mark));
            }
            Self::Band {
                from,
                to,
                height,
                colour,
                counted,
            } => {
                let middle = coordinate(f64::midpoint(from.0, to.0));
                let at = |(x, y): (f64, f64)| (coordinate(x), coordinate(y));
                let ((fx, fy), (tx, ty)) = (at(*from), at(*to));
                let (fb, tb) = (coordinate(from.1 + height), coordinate(to.1 + height));
                let band = format!(
                    "<path fill=\"{}\" fill-opacity=\"0.4\" d=\"M{fx} {fy}C{middle} {fy} \
                     {middle} {ty} {tx} {ty}L{tx} {tb}C{middle} {tb} {middle} {fb} {fx} {fb}Z\"/>",
                    hex(colour)
                );
                svg.push_str(&Counted::group(Some(counted), &band));
            }
        }
    }
}

impl Text {
    fn write(&self, svg: &mut String) {
        let fill = match self.tone {
            Tone::Ink | Tone::Bold => String::new(),
            Tone::Soft => format!(" fill=\"{SOFT}\""),
            Tone::Paper | Tone::BoldPaper => format!(" fill=\"{PAPER}\""),
        };
        let bold = if self.is_bold() {
            " font-weight=\"700\""
        } else {
            ""
        };
        let anchor = if self.is_end {
            " text-anchor=\"end\""
        } else {
            ""
        };
        // Writing into a string cannot fail.
        let _ = write!(
            svg,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{fill}{bold}{anchor}>{}</text>",
            coordinate(self.x),
            coordinate(self.y),
            coordinate(self.size),
            escaped(&self.words)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_once_and_hold_nothing_that_xml_forbids() {
        assert_eq!(
            escaped("a < b && c > \"d\" 'e'"),
            "a &lt; b &amp;&amp; c &gt; \"d\" 'e'"
        );
        assert_eq!(escaped("&lt; ё 😀"), "&amp;lt; ё 😀");
        assert_eq!(escaped("\0a\u{1b}b\n\u{fffe}c\u{ffff}"), "abc");
    }

    #[test]
    fn nothing_hostile_gets_out_of_a_text() {
        let words = "</text><script>\u{0}alert('1\")</script>".to_owned();
        let picture = Picture {
            width: 10.0,
            height: 10.0,
            marks: vec![Mark::Text(Text::new(0.0, 10.0, 10.0, words))],
        };
        let svg = picture.svg("<b>", "\"&");
        assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains('\u{0}'));
        assert!(crate::chart::png::png(&svg).is_some());
    }
}
