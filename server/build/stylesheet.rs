// The stylesheet: the files that `main.css` imports, in its order, then what it holds itself.
//
// No CSS parser: the sources are plain CSS for current browsers, so all there is to do is to put
// them together and to leave out comments and indentation. A browser would load the same files
// through the same `@import` lines, one request each.

use std::fs;
use std::path::{Path, PathBuf};

/// One stylesheet from many, and the files it was made of.
pub(crate) struct Bundle {
    /// The text that browsers get.
    pub(crate) css: String,
    /// Every file that was read.
    pub(crate) sources: Vec<PathBuf>,
}

/// Puts together `main` and the files it imports by lines such as `@import "list.css";` or
/// `@import "list.css" layer(pages);`.
pub(crate) fn bundle(main: &Path) -> Result<Bundle, String> {
    let folder = main.parent().unwrap_or(Path::new("."));
    let mut bundle = Bundle {
        css: String::new(),
        sources: vec![main.to_owned()],
    };
    let mut own = String::new();
    for line in read(main)?.lines() {
        let Some((name, layer)) = import(line)? else {
            own.push_str(line);
            own.push('\n');
            continue;
        };
        let file = folder.join(name);
        let text = compact(&read(&file)?);
        if text.contains("@import") {
            return Err(format!(
                "{}: only main.css imports other files",
                file.display()
            ));
        }
        match layer {
            Some(layer) => bundle.css.extend(["@layer ", layer, "{\n", &text, "}\n"]),
            None => bundle.css.push_str(&text),
        }
        bundle.sources.push(file);
    }
    // A line `@layer a, b;` must come before the first layer, so what main.css holds besides its
    // imports comes first where it is nothing but such lines, and last otherwise.
    let own = compact(&own);
    let order_only = own
        .lines()
        .all(|line| line.starts_with("@layer") && line.ends_with(';'));
    bundle.css = if order_only {
        own + &bundle.css
    } else {
        bundle.css + &own
    };
    Ok(bundle)
}

fn read(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// The file and the layer that a line imports; `None` if it is not an import.
fn import(line: &str) -> Result<Option<(&str, Option<&str>)>, String> {
    let Some(rest) = line.trim().strip_prefix("@import") else {
        return Ok(None);
    };
    let wrong = || format!("cannot read {line:?}; expected: @import \"file.css\" layer(name);");
    let rest = rest.trim().strip_suffix(';').ok_or_else(wrong)?;
    let (name, after) = rest
        .strip_prefix('"')
        .and_then(|rest| rest.split_once('"'))
        .ok_or_else(wrong)?;
    match after.trim() {
        "" => Ok(Some((name, None))),
        layer => {
            let layer = layer
                .strip_prefix("layer(")
                .and_then(|rest| rest.strip_suffix(')'));
            Ok(Some((name, Some(layer.ok_or_else(wrong)?))))
        }
    }
}

/// Leaves out comments, indentation and empty lines; text between quotes stays as it is.
fn compact(css: &str) -> String {
    let mut without_comments = String::with_capacity(css.len());
    let mut quote = None;
    let mut characters = css.chars().peekable();
    while let Some(character) = characters.next() {
        if quote.is_none() && character == '/' && characters.peek() == Some(&'*') {
            characters.next();
            let mut previous = ' ';
            for inside in characters.by_ref() {
                if previous == '*' && inside == '/' {
                    break;
                }
                previous = inside;
            }
            continue;
        }
        without_comments.push(character);
        match quote {
            Some(_) if character == '\\' => without_comments.extend(characters.next()),
            Some(open) if character == open => quote = None,
            None if matches!(character, '"' | '\'') => quote = Some(character),
            _ => {}
        }
    }
    let mut compact = String::with_capacity(without_comments.len());
    for line in without_comments
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        compact.push_str(line);
        compact.push('\n');
    }
    compact
}
