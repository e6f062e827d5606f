//! Embeds what browsers fetch besides pages, so that the program is one file.
//!
//! The stylesheets and the icon come from `style/`; the classes of bar lengths are added to that of all pages.
//! The browser's half (`app.js` and its wasm) comes
//! from `target/site/pkg`, or from the folder that `UPR_TRACKER_PKG` names, and may be absent: then
//! the pages that have islands do without them. Every file gets a name that holds its hash, so
//! that browsers may keep it for ever, and is compressed here once, as well as it can be.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest as _, Sha256};

#[path = "build/stylesheet.rs"]
mod stylesheet;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("..");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut table = String::from("&[\n");

    for (role, stem) in [("Stylesheet", "main"), ("WorkbenchStylesheet", "assessing")] {
        let source = root.join("style").join(stem).with_extension("css");
        rerun_if_changed(&source);
        if !source.exists() {
            continue;
        }
        let bundle = stylesheet::bundle(&source)?;
        bundle
            .sources
            .iter()
            .for_each(|source| rerun_if_changed(source));
        let lengths = if role == "Stylesheet" {
            lengths()
        } else {
            String::new()
        };
        let css = bundle.css + &lengths;
        let css = css.as_bytes();
        let name = format!("{stem}.{}.css", hash(&[css]));
        embed(
            &out,
            &mut table,
            role,
            &name,
            "text/css; charset=utf-8",
            css,
        )?;
    }
    let icon = root.join("style/icon.svg");
    if icon.exists() {
        rerun_if_changed(&icon);
        let icon = fs::read(icon)?;
        let name = format!("icon.{}.svg", hash(&[&icon]));
        embed(&out, &mut table, "Icon", &name, "image/svg+xml", &icon)?;
    }

    println!("cargo::rerun-if-env-changed=UPR_TRACKER_PKG");
    let pkg = env::var("UPR_TRACKER_PKG")
        .map_or_else(|_| root.join("target/site/pkg"), |folder| root.join(folder));
    // Cargo would run this script again and again if it watched a folder that is not there.
    fs::create_dir_all(&pkg)?;
    rerun_if_changed(&pkg);
    let (script, wasm) = (pkg.join("app.js"), pkg.join("app_bg.wasm"));
    if script.exists() && wasm.exists() {
        if pkg.join("snippets").exists() {
            return Err("app.js imports snippets, which are not embedded".into());
        }
        let (script, wasm) = (fs::read_to_string(script)?, fs::read(wasm)?);
        // One hash for the two: they only work together.
        let stem = format!("app.{}", hash(&[script.as_bytes(), &wasm]));
        let (js, bg) = (format!("{stem}.js"), format!("{stem}_bg.wasm"));
        let script = started(script, &bg)?;
        embed(
            &out,
            &mut table,
            "Script",
            &js,
            "text/javascript; charset=utf-8",
            script.as_bytes(),
        )?;
        embed(&out, &mut table, "Wasm", &bg, "application/wasm", &wasm)?;
    }

    table.push_str("]\n");
    fs::write(out.join("assets.rs"), table)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/stylesheet.rs");
    Ok(())
}

/// The script of wasm-bindgen, which then starts itself: pages need no script of their own to do so.
fn started(mut script: String, wasm: &str) -> Result<String, Box<dyn Error>> {
    if !script.contains("__wbg_init as default") {
        return Err("app.js is not written as expected: see `started` in server/build.rs".into());
    }
    writeln!(
        script,
        "__wbg_init({{ module_or_path: new URL('{wasm}', import.meta.url) }});"
    )?;
    Ok(script)
}

/// The classes of lengths in whole per cent, `w1` to `w100`. The security policy of pages forbids style
/// attributes, so bars name their lengths by these.
fn lengths() -> String {
    let classes: Vec<String> = (1..=100)
        .map(|length| format!(".w{length}{{--w:{length}}}"))
        .collect();
    classes.concat()
}

fn rerun_if_changed(path: &Path) {
    println!("cargo::rerun-if-changed={}", path.display());
}

/// The part of a name that changes with the content.
fn hash(contents: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for content in contents {
        hasher.update(content);
    }
    let mut hash = hex::encode(hasher.finalize());
    hash.truncate(16);
    hash
}

/// Writes a file in its three encodings, and its line of the table.
fn embed(
    out: &Path,
    table: &mut String,
    role: &str,
    name: &str,
    content_type: &str,
    bytes: &[u8],
) -> Result<(), Box<dyn Error>> {
    let mut brotli = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut brotli, &parameters)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(bytes)?;

    fs::write(out.join(name), bytes)?;
    fs::write(out.join(format!("{name}.br")), brotli)?;
    fs::write(out.join(format!("{name}.gz")), gzip.finish()?)?;
    let include =
        |suffix| format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}{suffix}\"))");
    writeln!(
        table,
        "    Asset {{ role: Role::{role}, name: {name:?}, etag: {:?}, content_type: \
         {content_type:?},\n        identity: {},\n        brotli: {},\n        gzip: {} }},",
        format!("\"{name}\""),
        include(""),
        include(".br"),
        include(".gz"),
    )?;
    Ok(())
}
