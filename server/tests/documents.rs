//! The documents name what exists: commands, options, files, links, targets of make.

#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Arg, Command, CommandFactory as _};
use server::cli::Cli;

/// Folders that hold what is built or downloaded.
const NOT_OURS: [&str; 6] = [
    ".git",
    ".tools",
    "local",
    "node_modules",
    "results",
    "target",
];

/// Endings of the files that documents name by their path.
const SOURCES: [&str; 11] = [
    "c", "css", "ftl", "md", "mjs", "py", "rs", "sh", "sql", "toml", "ts",
];

/// Parts of paths that stand for a name that the reader chooses.
const PLACEHOLDERS: [&str; 2] = ["NAME", "NNNN"];

struct Document {
    path: PathBuf,
    /// Without its code blocks.
    prose: String,
    /// Code within lines.
    spans: Vec<String>,
    /// The lines of code blocks.
    blocks: Vec<String>,
}

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().unwrap()
}

impl Document {
    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).unwrap();
        let mut prose = String::new();
        let (mut spans, mut blocks) = (Vec::new(), Vec::new());
        let mut is_block = false;
        for line in text.lines() {
            if line.starts_with("```") {
                is_block = !is_block;
            } else if is_block {
                blocks.push(line.to_owned());
            } else {
                // Within a table, a bar in code is escaped.
                let code = line.split('`').skip(1).step_by(2);
                spans.extend(code.map(|span| span.replace("\\|", "|")));
                prose.extend([line, "\n"]);
            }
        }
        Self {
            path,
            prose,
            spans,
            blocks,
        }
    }

    fn name(&self) -> String {
        let path = self.path.strip_prefix(root()).unwrap();
        path.display().to_string()
    }

    fn folder(&self) -> &Path {
        self.path.parent().unwrap()
    }

    /// Everything that is written as code.
    fn code(&self) -> impl Iterator<Item = &str> {
        let all = self.spans.iter().chain(&self.blocks);
        all.map(String::as_str)
    }

    /// The targets of its links.
    fn links(&self) -> impl Iterator<Item = &str> {
        let rests = self.prose.split("](").skip(1);
        rests.filter_map(|rest| Some(rest.split_once(')')?.0))
    }

    /// The names by which links lead to its headings.
    fn anchors(&self) -> Vec<String> {
        let headings = self.prose.lines().filter(|line| line.starts_with('#'));
        let headings = headings.map(|line| line.trim_start_matches('#').trim().to_lowercase());
        let letters = |heading: String| -> String {
            let kept = heading.chars().filter_map(|letter| match letter {
                ' ' => Some('-'),
                '-' | '_' => Some(letter),
                letter => letter.is_alphanumeric().then_some(letter),
            });
            kept.collect()
        };
        headings.map(letters).collect()
    }
}

fn collect(folder: &Path, found: &mut Vec<Document>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (path, name) = (entry.path(), entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            if !NOT_OURS.iter().any(|ours| name == *ours) {
                collect(&path, found);
            }
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(Document::read(path));
        }
    }
}

fn documents() -> Vec<Document> {
    let mut found = Vec::new();
    collect(&root(), &mut found);
    assert!(found.len() > 8, "{}", found.len());
    found
}

fn manual() -> Document {
    Document::read(root().join("server/README.md"))
}

/// The command line, with the options of every command in each.
fn command_line() -> Command {
    let mut command = Cli::command();
    command.build();
    command
}

fn option<'a>(command: &'a Command, name: &str) -> Option<&'a Arg> {
    command
        .get_arguments()
        .find(|arg| arg.get_long() == Some(name))
}

/// The name of an option in a word such as `--dry-run`, `--seed=7` or `[--json]`.
fn option_named(word: &str) -> Option<&str> {
    let rest = word.trim_start_matches('[').strip_prefix("--")?;
    let is_of_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let end = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

/// What a line of code says behind the program's name, up to a comment or another program.
fn behind_the_program(line: &str) -> Option<Vec<&str>> {
    let mut words = line.split_whitespace();
    // Variables may stand in front of it. Where another program does, it is an argument of that one.
    let program = words.find(|word| !word.contains('='))?;
    if program != "upr-tracker" && !program.ends_with("/upr-tracker") {
        return None;
    }
    let words = words.take_while(|word| !["|", "#", "\\"].contains(word));
    Some(words.collect())
}

/// What of a command does not exist, if anything.
fn unknown(mut command: &Command, words: &[&str]) -> Option<String> {
    let mut words = words.iter();
    let mut is_named = false;
    while let Some(word) = words.next() {
        let word = word.trim_matches([',', '.', ':', ';']);
        if let Some(name) = option_named(word) {
            let Some(option) = option(command, name) else {
                return Some(format!("--{name} of {}", command.get_name()));
            };
            if option.get_action().takes_values() && !word.contains('=') {
                words.next();
            }
        } else if let Some(inner) = command.find_subcommand(word) {
            command = inner;
            is_named = true;
        } else if !is_named && word.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Some(word.to_owned());
        }
    }
    None
}

#[test]
fn commands_in_documents_exist() {
    let command_line = command_line();
    let mut wrong = Vec::new();
    for document in documents() {
        let commands = document.code().filter_map(behind_the_program);
        let unknown = commands.filter_map(|words| unknown(&command_line, &words));
        wrong.extend(unknown.map(|what| format!("{}: {what}", document.name())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn options_of_the_manual_exist() {
    let command_line = command_line();
    let all = every_command(&command_line, "");
    let mut wrong = Vec::new();
    for span in manual().spans {
        let words: Vec<&str> = span.split_whitespace().collect();
        let Some(first) = words.first() else {
            continue;
        };
        if command_line.find_subcommand(first).is_some() {
            wrong.extend(unknown(&command_line, &words));
        } else if let Some(name) = option_named(first) {
            let is_known = all
                .iter()
                .any(|(_, command)| option(command, name).is_some());
            if !is_known {
                wrong.push(format!("--{name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Every command without commands of its own, by its words.
fn every_command<'a>(command: &'a Command, above: &str) -> Vec<(String, &'a Command)> {
    let mut found = Vec::new();
    for inner in command.get_subcommands() {
        if inner.get_name() == "help" {
            continue;
        }
        let name = format!("{above} {}", inner.get_name()).trim().to_owned();
        if inner.has_subcommands() {
            found.extend(every_command(inner, &name));
        } else {
            found.push((name, inner));
        }
    }
    found
}

#[test]
fn the_manual_names_every_command_option_and_variable() {
    let command_line = command_line();
    let manual = manual();
    let words: Vec<Vec<&str>> = manual
        .code()
        .map(|span| span.split_whitespace().collect())
        .collect();
    let has_word = |word: &str| words.iter().any(|span| span.contains(&word));
    let mut missing = Vec::new();
    for (name, command) in every_command(&command_line, "") {
        let path: Vec<&str> = name.split(' ').collect();
        if !words.iter().any(|span| span.starts_with(&path)) {
            missing.push(name.clone());
        }
        for option in command.get_arguments() {
            let Some(long) = option.get_long().filter(|long| *long != "help") else {
                continue;
            };
            if !has_word(&format!("--{long}")) {
                missing.push(format!("{name} --{long}"));
            }
            let variable = option.get_env().map(|name| name.to_string_lossy());
            if let Some(variable) = variable.filter(|name| !has_word(name)) {
                missing.push(variable.into_owned());
            }
        }
    }
    assert!(missing.is_empty(), "server/README.md lacks {missing:#?}");
}

#[test]
fn the_manual_names_every_setting_with_its_default_and_bounds() {
    let manual = fs::read_to_string(root().join("server/README.md")).unwrap();
    for setting in data::settings::ALL {
        let (least, most) = setting.bounds();
        let (name, default) = (setting.name(), setting.default());
        let row = format!("| `{name}` | {default} | {least} … {most} |");
        assert!(manual.contains(&row), "{row}");
    }
}

#[test]
fn links_lead_to_files_and_headings() {
    let mut broken = Vec::new();
    for document in documents() {
        for link in document.links() {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let path = match file {
                "" => document.path.clone(),
                file => document.folder().join(file),
            };
            let leads = path.exists()
                && (anchor.is_empty()
                    || Document::read(path)
                        .anchors()
                        .iter()
                        .any(|one| one == anchor));
            if !leads {
                broken.push(format!("{}: {link}", document.name()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Whether code names a file or folder of the sources.
fn is_path(code: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./-".contains(c);
    let ending = code.rsplit_once('.').map_or("", |(_, ending)| ending);
    code.contains('/')
        && code.chars().all(is_plain)
        && !code.starts_with('/')
        && !NOT_OURS.iter().any(|folder| code.starts_with(folder))
        && !PLACEHOLDERS.iter().any(|name| code.contains(name))
        && (code.ends_with('/') || SOURCES.contains(&ending))
}

#[test]
fn files_in_documents_exist() {
    let root = root();
    let mut missing = Vec::new();
    for document in documents() {
        for span in document.spans.iter().filter(|span| is_path(span)) {
            if !document.folder().join(span).exists() && !root.join(span).exists() {
                missing.push(format!("{}: {span}", document.name()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn targets_of_make_exist() {
    let makefile = fs::read_to_string(root().join("Makefile")).unwrap();
    let has = |target: &str| {
        let rule = format!("{target}:");
        makefile.lines().any(|line| line.starts_with(&rule))
    };
    let mut missing = Vec::new();
    for document in documents() {
        for line in document.code() {
            let Some(rest) = line.strip_prefix("make ") else {
                continue;
            };
            let target = rest.split_whitespace().find(|word| !word.contains('='));
            if let Some(target) = target.filter(|target| !has(target)) {
                missing.push(format!("{}: make {target}", document.name()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_first_document_is_short() {
    let first = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(first.lines().count() <= 100);
}
