//! What no source file may write: HTML that Leptos does not escape.

use std::fs;
use std::path::Path;

/// What is written as it is, and the files that may: each escapes or cleans it first.
const UNESCAPED: [(&str, &[&str]); 9] = [
    ("<textarea", &["components/text_field.rs"]),
    ("<noscript", &[]),
    // Without content.
    ("<script", &["components/document.rs"]),
    ("<style", &[]),
    // Escaped in text_field.rs; cleaned by ammonia in prose.rs.
    (
        "inner_html",
        &["components/prose.rs", "components/text_field.rs"],
    ),
    ("outer_html", &[]),
    ("insert_adjacent_html", &[]),
    ("InertElement", &["web/html.rs"]),
    ("Fragment::new", &["web/html.rs"]),
];

fn files(folder: &Path, found: &mut Vec<(String, String)>, root: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found, root);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn every_piece_of_unescaped_html_is_known() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    files(&root, &mut all, &root);
    assert!(all.len() > 100);
    for (written, allowed) in UNESCAPED {
        let with: Vec<&str> = all
            .iter()
            .filter(|(_, source)| {
                // Tests name what must not come out.
                let code = source.split("#[cfg(test)]").next().unwrap();
                let mut lines = code
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                lines.any(|line| line.contains(written))
            })
            .map(|(name, _)| name.as_str())
            .filter(|name| !allowed.contains(name))
            .collect();
        assert!(with.is_empty(), "{written}: {with:?}");
    }
}
