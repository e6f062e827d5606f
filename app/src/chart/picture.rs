//! A drawing as a list of marks, and the SVG that is written of it.
//!
//! Every mark has a class and the same colour as an attribute: in a page the stylesheet's tokens win,
//! light or dark, and alone the picture is what it was made as.

use crate::components::charts::layout::{coordinate, filled};
use data::domain::Shape;
use std::fmt::Write as _;

/// What is drawn.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Mark {
    /// A stretch of a bar, or a tile, in the colour and with the mark of a status.
    Box {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        colour: String,
        shape: Shape,
        /// What it counts.
        count: Option<Counted>,
    },
    /// A line of text.
    Text(Text),
    /// A band from one height on the left to one on the right.
    Band {
        from: (f64, f64),
        to: (f64, f64),
        /// The height of the band.
        height: f64,
        colour: String,
        count: Counted,
    },
}

/// A line of text.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Text {
    /// Where it begins, or ends where it is set to the end.
    pub(crate) x: f64,
    /// Its base line.
    pub(crate) y: f64,
    pub(crate) size: f64,
    pub(crate) bold: bool,
    pub(crate) soft: bool,
    pub(crate) end: bool,
    pub(crate) words: String,
}

/// What a mark counts: the places of its line and its series, and how many.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Counted {
    /// None for the total.
    pub(crate) line: Option<usize>,
    pub(crate) series: usize,
    pub(crate) count: u64,
    /// The same in words.
    pub(crate) words: String,
}

/// A drawing.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Picture {
    /// Where it begins; what is left of it is not shown.
    pub(crate) left: f64,
    /// The same of what is above it.
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) marks: Vec<Mark>,
}

impl Text {
    /// The room it takes: left, top, right, bottom.
    #[cfg(test)]
    pub(crate) fn room(&self) -> [f64; 4] {
        let long = room_of(&self.words, self.size, self.bold);
        let left = if self.end { self.x - long } else { self.x };
        [
            left,
            self.y - self.size * 0.8,
            left + long,
            self.y + self.size * 0.2,
        ]
    }
}

/// How much room a text takes at most, in Noto Sans. A little too much for most, because too little
/// would let labels run into each other.
pub(crate) fn room_of(text: &str, size: f64, bold: bool) -> f64 {
    let ems: f64 = text
        .chars()
        .map(|c| match c {
            'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | ' ' | '(' | ')' => 0.34,
            'f' | 't' | 'r' | '-' => 0.44,
            'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 0.96,
            '0'..='9' => 0.58,
            c if c.is_ascii_lowercase() => 0.6,
            c if c.is_ascii() => 0.72,
            c if (c as u32) < 0x2E80 => 0.75,
            _ => 1.05,
        })
        .sum();
    ems * size * if bold { 1.08 } else { 1.0 }
}

/// A text in lines no wider than that, so many at most; what is left out shows as dots.
pub(crate) fn wrapped(text: &str, size: f64, bold: bool, width: f64, most: usize) -> Vec<String> {
    let fits = |line: &str| room_of(line, size, bold) <= width;
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let mut word = word.to_owned();
        loop {
            let longer = if line.is_empty() {
                word.clone()
            } else {
                format!("{line} {word}")
            };
            if fits(&longer) {
                line = longer;
                break;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
                continue;
            }
            // One word that is wider than the line.
            let mut head = String::new();
            let mut rest = word.chars();
            for c in word.chars() {
                head.push(c);
                if !fits(&head) {
                    head.pop();
                    break;
                }
                rest.next();
            }
            if head.is_empty() {
                head.extend(rest.next());
            }
            lines.push(head);
            word = rest.collect();
            if word.is_empty() {
                break;
            }
        }
        if lines.len() > most {
            break;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
            while !fits(last) && last.chars().count() > 1 {
                last.pop();
                last.pop();
                last.push('…');
            }
        }
    }
    lines
}

/// The colour of a token in light, and as a text.
fn hex(colour: &str) -> &'static str {
    match colour {
        "full" => "#0f5c7a",
        "process" => "#3e87a6",
        "partial" => "#7fb0c6",
        "none" => "#b5502e",
        "unassessed" => "#868e94",
        "no-round" => "#d3d7d9",
        _ => "#515a61",
    }
}

/// A text inside SVG. Characters that XML does not know are left out.
fn escaped(text: &str) -> String {
    let known = |c: &char| !c.is_control() && !matches!(*c as u32, 0xFFFE | 0xFFFF);
    text.chars()
        .filter(known)
        .fold(String::new(), |mut done, c| {
            match c {
                '&' => done.push_str("&amp;"),
                '<' => done.push_str("&lt;"),
                '>' => done.push_str("&gt;"),
                '"' => done.push_str("&quot;"),
                '\'' => done.push_str("&#39;"),
                c => done.push(c),
            }
            done
        })
}

impl Picture {
    /// The drawing as SVG with what it says in words.
    /// Inside a page the namespace goes without saying.
    pub(crate) fn svg(&self, id: &str, title: &str, description: &str, alone: bool) -> String {
        let namespace = if alone {
            " xmlns=\"http://www.w3.org/2000/svg\""
        } else {
            ""
        };
        let (left, top, width, height) = (
            coordinate(self.left),
            coordinate(self.top),
            coordinate(self.width),
            coordinate(self.height),
        );
        let mut svg = format!(
            "<svg{namespace} class=\"picture\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-description\" \
             viewBox=\"{left} {top} {width} {height}\" \
             width=\"{width}\" height=\"{height}\" font-family=\"Noto Sans, system-ui, sans-serif\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-description\">{}</desc>\
             <rect class=\"paper\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" \
             fill=\"#ffffff\"/>",
            escaped(title),
            escaped(description),
        );
        for mark in &self.marks {
            mark.write(&mut svg);
        }
        svg.push_str("</svg>");
        svg
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
}

impl Mark {
    fn write(&self, svg: &mut String) {
        // Writing into a string cannot fail.
        let _ = match self {
            Self::Text(text) => {
                let anchor = if text.end { " text-anchor=\"end\"" } else { "" };
                let bold = if text.bold {
                    " font-weight=\"700\""
                } else {
                    ""
                };
                let (class, fill) = if text.soft {
                    ("soft", "#515a61")
                } else {
                    ("ink", "#1b2024")
                };
                write!(
                    svg,
                    "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\" \
                     fill=\"{fill}\"{bold}{anchor}>{}</text>",
                    coordinate(text.x),
                    coordinate(text.y),
                    coordinate(text.size),
                    escaped(&text.words)
                )
            }
            Self::Box {
                x,
                y,
                width,
                height,
                colour,
                shape,
                count,
            } => {
                let part = part_filled(*shape, *height);
                let dashes = if *shape == Shape::Dotted {
                    " stroke-dasharray=\"3 2\""
                } else {
                    ""
                };
                let attributes = count.as_ref().map(Counted::attributes).unwrap_or_default();
                let words = count.as_ref().map_or_else(String::new, |count| {
                    format!("<title>{}</title>", escaped(&count.words))
                });
                let tone = hex(colour);
                let (left, long) = (coordinate(*x), coordinate(*width));
                let inner = if part > 0.0 {
                    format!(
                        "<rect class=\"fill-{colour}\" x=\"{left}\" y=\"{}\" width=\"{long}\" \
                         height=\"{}\" fill=\"{tone}\"/>",
                        coordinate(y + height - part),
                        coordinate(part)
                    )
                } else {
                    String::new()
                };
                write!(
                    svg,
                    "<g{attributes}>{words}<rect class=\"line-{colour}\" x=\"{left}\" y=\"{}\" \
                     width=\"{long}\" height=\"{}\" fill=\"none\" stroke=\"{tone}\"{dashes}/>{inner}</g>",
                    coordinate(*y),
                    coordinate(*height)
                )
            }
            Self::Band {
                from,
                to,
                height,
                colour,
                count,
            } => {
                let middle = coordinate(f64::midpoint(from.0, to.0));
                let at = |(x, y): (f64, f64)| (coordinate(x), coordinate(y));
                let ((fx, fy), (tx, ty)) = (at(*from), at(*to));
                let (fb, tb) = (coordinate(from.1 + height), coordinate(to.1 + height));
                write!(
                    svg,
                    "<g{}><title>{}</title><path class=\"fill-{colour}\" fill=\"{}\" \
                     fill-opacity=\"0.45\" d=\"M{fx} {fy}C{middle} {fy} {middle} {ty} {tx} {ty}\
                     L{tx} {tb}C{middle} {tb} {middle} {fb} {fx} {fb}Z\"/></g>",
                    count.attributes(),
                    escaped(&count.words),
                    hex(colour),
                )
            }
        };
    }
}

/// How high a box of that mark is filled.
#[allow(clippy::cast_precision_loss)] // A hundred at most.
fn part_filled(shape: Shape, height: f64) -> f64 {
    filled(shape, 100) as f64 / 100.0 * height
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_they_may_be() {
        for text in [
            "",
            "short",
            &"word ".repeat(80),
            &"x".repeat(300),
            "ًنص بالعربية طويل جدا هنا",
        ] {
            for most in [1, 2, 5] {
                let lines = wrapped(text, 13.0, false, 120.0, most);
                assert!(lines.len() <= most);
                assert!(
                    lines.iter().all(|line| room_of(line, 13.0, false) <= 120.0),
                    "{lines:?}"
                );
            }
        }
        assert_eq!(wrapped("a b", 13.0, false, 400.0, 2), ["a b"]);
        assert!(wrapped(&"word ".repeat(80), 13.0, false, 120.0, 1)[0].ends_with('…'));
    }

    #[test]
    fn nothing_hostile_gets_out_of_a_text() {
        let text = Text {
            x: 0.0,
            y: 10.0,
            size: 10.0,
            bold: false,
            soft: false,
            end: false,
            words: "</text><script>\u{0}alert('1\")</script>".to_owned(),
        };
        let picture = Picture {
            left: 0.0,
            top: 0.0,
            width: 10.0,
            height: 10.0,
            marks: vec![Mark::Text(text)],
        };
        let svg = picture.svg("a", "<b>", "\"&", true);
        assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains('\u{0}'));
        assert!(super::super::png::png(&svg).is_some());
    }
}
