//! The bundling of the stylesheet, which runs at build time.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::fs;

#[path = "../build/stylesheet.rs"]
mod stylesheet;

fn bundle(files: &[(&str, &str)]) -> Result<String, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let bundle = stylesheet::bundle(&folder.path().join("main.css"))?;
    assert_eq!(bundle.sources.len(), files.len());
    Ok(bundle.css)
}

#[test]
fn imports_come_in_the_order_of_their_lines_and_before_the_rest() {
    let css = bundle(&[
        (
            "main.css",
            "@import \"b.css\";\n@import \"a.css\" layer(pages);\n\nbody { margin: 0; }\n",
        ),
        ("a.css", "a {\n    color: red;\n}\n"),
        (
            "b.css",
            "/* why */\nb::before { content: \"/* kept */\\\"\"; }\n",
        ),
    ]);
    assert_eq!(
        css.unwrap(),
        "b::before { content: \"/* kept */\\\"\"; }\n\
         @layer pages{\na {\ncolor: red;\n}\n}\n\
         body { margin: 0; }\n"
    );
}

#[test]
fn the_order_of_layers_comes_first() {
    let css = bundle(&[
        (
            "main.css",
            "@layer base, pages;\n@import \"a.css\" layer(pages);\n",
        ),
        ("a.css", "a { color: red; }\n"),
    ]);
    assert_eq!(
        css.unwrap(),
        "@layer base, pages;\n@layer pages{\na { color: red; }\n}\n"
    );
}

#[test]
fn what_cannot_be_bundled_is_an_error() {
    let missing = bundle(&[("main.css", "@import \"a.css\";\n")]);
    assert!(missing.unwrap_err().contains("a.css"));
    let nested = bundle(&[
        ("main.css", "@import \"a.css\";\n"),
        ("a.css", "@import \"b.css\";\n"),
    ]);
    assert!(nested.unwrap_err().contains("only main.css"));
    let odd = bundle(&[("main.css", "@import url(a.css);\n")]);
    assert!(odd.unwrap_err().contains("expected"));
}

/// Pages are shown from right to left as well, so places are told by `inline-start` and `inline-end`.
#[test]
fn styles_name_no_physical_side() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    let mut sources = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "css") {
            continue;
        }
        sources += 1;
        let text = fs::read_to_string(&path).unwrap();
        let code: String = text
            .split("/*")
            .enumerate()
            .map(|(place, part)| match place {
                0 => part,
                _ => part.split_once("*/").map_or("", |(_, code)| code),
            })
            .collect();
        for word in code.split(|letter: char| !letter.is_ascii_alphabetic()) {
            assert!(
                !["left", "right"].contains(&word),
                "{}: {word}",
                path.display()
            );
        }
    }
    assert!(sources > 5);
}
