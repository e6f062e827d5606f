//! A text that is made to break out of wherever it stands, and the search for it on pages.

use crate::document::parse;
use data::domain::query_pairs;
use std::collections::BTreeSet;

/// What stands between the two ends of every marker. No letter of it is a capital, and no part two blanks,
/// so that it comes back as it is from wherever texts are tidied. Names have 80 characters at most.
const BODY: &str = "</textarea></title></script><x-marker a=b>\"'>]]>-->&lt;&#39;&amp;lt;";

/// The marker of that number.
pub(crate) fn marker(number: usize) -> String {
    format!("mk{number}b{BODY}mk{number}e")
}

/// The first number of markers in the rows of a file. Entities in files are resolved, also those that were encoded
/// twice: such a marker stands as it is in the file, or with its entities resolved.
pub(crate) const IN_FILE: usize = 1_000;

/// A marker of a file's row after its entities were resolved.
pub(crate) fn resolved(number: usize) -> String {
    let body = BODY.replace("&lt;&#39;&amp;lt;", "<'<");
    format!("mk{number}b{body}mk{number}e")
}

/// Numbers of the markers that were found whole.
pub(crate) type Found = BTreeSet<usize>;

/// Looks at a page: nothing of a marker may have become an element, an attribute or a comment, and every
/// marker is read exactly as it was written, neither unescaped twice nor escaped twice.
pub(crate) fn inspect_page(place: &str, html: &str) -> Found {
    let page = parse(html);
    let mut found = Found::new();
    for element in page.all() {
        let name = element.name();
        assert!(!name.contains("marker"), "{place}: an element of a text");
        assert!(
            name != "script" && name != "base" && name != "style",
            "{place}: <{name}>"
        );
        for (attribute, value) in element.attributes() {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == ':';
            assert!(
                attribute.chars().all(is_plain),
                "{place}: attribute {attribute}"
            );
            assert!(
                attribute.len() > 1 || "xydr".contains(&attribute),
                "{place}: {attribute}"
            );
            assert!(
                !(attribute.starts_with("on") || attribute == "style"),
                "{place}: {attribute}"
            );
            let is_refresh = name == "meta" && attribute == "http-equiv";
            assert!(!is_refresh, "{place}: {value}");
            found.extend(read_decoded(&format!("{place} {name} {attribute}"), &value));
        }
    }
    for comment in page.comments() {
        assert!(comment.is_empty(), "{place}: comment {comment}");
    }
    // In a note of method, which is Markdown, `&lt;` means `<`; code for other programs is written as they
    // want it, HTML with references of its own.
    let is_note = |element: &crate::document::Element| {
        element.attribute("class").as_deref() == Some("method")
    };
    let is_code = |element: &crate::document::Element| element.name() == "pre";
    for code in page.named("pre") {
        if code.text().starts_with('<') {
            found.extend(inspect_page(&format!("{place} code"), &code.text()));
        }
    }
    let text = page.text_without(&|element| is_note(element) || is_code(element));
    found.extend(read(place, &text));
    found
}

/// Looks at a text, which may be an address or a query with texts in it.
fn read_decoded(place: &str, text: &str) -> Found {
    let mut level = text.to_owned();
    let mut faults = Vec::new();
    for _ in 0..4 {
        match occurrences(&level) {
            Ok(found) => return found,
            Err(fault) => faults.push(fault),
        }
        // An address in an address.
        let pairs = query_pairs(&level.replace(['?', '&', '='], "%26"));
        level = pairs
            .into_iter()
            .map(|(name, value)| name + &value)
            .collect();
    }
    panic!("{place}: {}", faults[0])
}

/// Looks at a text.
pub(crate) fn read(place: &str, text: &str) -> Found {
    occurrences(text).unwrap_or_else(|fault| panic!("{place}: {fault}"))
}

/// The markers in a text; what is wrong with one that is not as it was written. It may have been cut.
fn occurrences(text: &str) -> Result<Found, String> {
    let text: Vec<char> = text.chars().collect();
    let mut found = Found::new();
    for start in 0..text.len() {
        let Some((number, begin)) = beginning(&text, start) else {
            continue;
        };
        let marker: Vec<char> = marker(number).chars().collect();
        let rest = &text[start..];
        let same = rest.iter().zip(&marker).take_while(|(a, b)| a == b).count();
        if same == marker.len() {
            found.insert(number);
            continue;
        }
        let resolved: Vec<char> = resolved(number).chars().collect();
        if number >= IN_FILE && rest.starts_with(&resolved) {
            found.insert(number);
            continue;
        }
        // In an address that is shown as text.
        let encoded: String = rest.iter().skip(begin).take(3).collect();
        if encoded.eq_ignore_ascii_case("%3c") || encoded == "%25" {
            continue;
        }
        // Cut off: at the end, or so far in that only the length can be the reason.
        let is_cut = same == rest.len() || rest[same] == '…';
        let entities = begin + BODY.find("&lt;").unwrap();
        let is_escape = rest.get(same).is_some_and(|c| "<>&'\"".contains(*c));
        if !is_cut && (same < begin + 12 || (same >= entities && is_escape)) {
            let shown: String = rest.iter().take(same + 40).collect();
            return Err(format!("not the text that was written: {shown}"));
        }
    }
    Ok(found)
}

/// The number of the marker that begins there, and the length of its beginning.
fn beginning(text: &[char], start: usize) -> Option<(usize, usize)> {
    let rest = text.get(start..)?.strip_prefix(&['m', 'k'])?;
    let digits: String = rest.iter().take_while(|c| c.is_ascii_digit()).collect();
    (rest.get(digits.len()) == Some(&'b')).then_some(())?;
    Some((digits.parse().ok()?, digits.len() + 3))
}

#[test]
fn a_text_that_is_escaped_otherwise_is_found() {
    let escaped = |text: &str| html_escape::encode_double_quoted_attribute(text).into_owned();
    let text = marker(7);
    let good = format!("<p title=\"{0}\">{0}</p>", escaped(&text));
    assert_eq!(inspect_page("good", &good), Found::from([7]));
    let cut: String = text.chars().take(40).collect();
    assert_eq!(
        inspect_page("cut", &escaped(&format!("{cut}…"))),
        Found::new()
    );
    let link = "<a href='/a?q=mk7b%3C%2Ftextarea%3E%3C%2Ftitle%3E'></a>";
    assert_eq!(inspect_page("link", link), Found::new());
    for bad in [
        format!("<p>{text}</p>"),
        format!("<p>{}</p>", escaped(&escaped(&text))),
        format!("<p>{}</p>", text.replace('<', "&lt;").replace('>', "&gt;")),
        format!("<p title=\"{text}\"></p>"),
        format!("<textarea>{text}</textarea>"),
        format!("<title>{text}</title>"),
    ] {
        let seen = std::panic::catch_unwind(|| inspect_page("bad", &bad));
        assert!(seen.is_err(), "{bad}");
    }
}
