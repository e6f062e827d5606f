//! The fonts of chart files, and how much room a text takes in them.

use std::sync::LazyLock;
use ttf_parser::Face;

/// Text of normal weight.
pub(super) const REGULAR: &[u8] = include_bytes!("../../fonts/NotoSans-Regular.ttf");
/// Numbers and headings.
pub(super) const BOLD: &[u8] = include_bytes!("../../fonts/NotoSans-Bold.ttf");
/// Arabic, of either weight.
pub(super) const ARABIC: &[u8] = include_bytes!("../../fonts/NotoSansArabic-Regular.ttf");

/// How wide a character is that none of the fonts has: viewers draw it with another one, and ideographs
/// are the widest, one em each.
const MISSING: f64 = 1.0;

struct Faces {
    regular: Option<Face<'static>>,
    bold: Option<Face<'static>>,
    arabic: Option<Face<'static>>,
}

static FACES: LazyLock<Faces> = LazyLock::new(|| {
    let face = |bytes| Face::parse(bytes, 0).ok();
    Faces {
        regular: face(REGULAR),
        bold: face(BOLD),
        arabic: face(ARABIC),
    }
});

/// The width of a text in the unit of its size: the sum of its characters' advance widths. Kerning and
/// ligatures, which make it slightly shorter, are left out.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let faces = &*FACES;
    let first = if bold { &faces.bold } else { &faces.regular };
    let advance = |character: char| {
        [first, &faces.arabic]
            .into_iter()
            .flatten()
            .find_map(|face| {
                let glyph = face.glyph_index(character)?;
                let advance = face.glyph_hor_advance(glyph)?;
                Some(f64::from(advance) / f64::from(face.units_per_em()))
            })
            .unwrap_or(MISSING)
    };
    text.chars().map(advance).sum::<f64>() * size
}

/// Breaks a text into at most `most` lines, none wider than `width`. A word that is wider than a line is
/// broken; an ellipsis stands for what is left out.
pub(super) fn wrapped(text: &str, size: f64, bold: bool, width: f64, most: usize) -> Vec<String> {
    let fits = |line: &str| self::width(line, size, bold) <= width;
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
            for character in word.chars() {
                head.push(character);
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use resvg::usvg::{Node, Options, Tree, fontdb};
    use std::sync::Arc;

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
                    lines.iter().all(|line| width(line, 13.0, false) <= 120.0),
                    "{lines:?}"
                );
            }
        }
        assert_eq!(wrapped("a b", 13.0, false, 400.0, 2), ["a b"]);
        assert!(wrapped(&"word ".repeat(80), 13.0, false, 120.0, 1)[0].ends_with('…'));
    }

    /// The reference is the renderer of the PNG, which reads the same fonts.
    #[test]
    fn widths_are_those_of_the_rendered_text() {
        let mut fonts = fontdb::Database::new();
        for font in [REGULAR, BOLD, ARABIC] {
            fonts.load_font_data(font.to_vec());
        }
        let options = Options {
            font_family: "Noto Sans".to_owned(),
            fontdb: Arc::new(fonts),
            ..Options::default()
        };
        let rendered = |text: &str, weight: u16| {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2000\" height=\"200\">\
                 <text y=\"100\" font-size=\"100\" font-weight=\"{weight}\">{text}</text></svg>"
            );
            let tree = Tree::from_str(&svg, &options).unwrap();
            let Some(Node::Text(text)) = tree.root().children().first() else {
                panic!("no text is drawn of {svg}");
            };
            f64::from(text.bounding_box().width())
        };
        for text in [
            "Partially implemented",
            "2,629 of 3,130 (84%)",
            "illicit, fifth",
            "Côte d’Ivoire – “WWW”",
        ] {
            for (bold, weight) in [(false, 400), (true, 700)] {
                let (measured, drawn) = (width(text, 100.0, bold), rendered(text, weight));
                // The renderer rounds, and draws some pairs of letters closer.
                let closer = measured - drawn;
                assert!(
                    (-0.1..=drawn * 0.03).contains(&closer),
                    "{text}: {measured} for {drawn}"
                );
            }
        }
    }
}
