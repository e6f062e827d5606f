//! The demonstration's sign-ins: never lost to a start that was cut off, nor to another database.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

fn demo(folder: &Path, database: &str, what: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_upr-tracker"))
        .args([
            "--database",
            &format!("sqlite://{database}?mode=rwc"),
            "demo",
            what,
        ])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn sign_ins_that_nobody_was_told_are_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-sign-ins.txt");
    demo(folder.path(), "a.sqlite", "load");
    let first = std::fs::read_to_string(&file).unwrap();
    assert_eq!(first.lines().count(), 4, "a heading and three sign-ins");
    // As a kill leaves it between the accounts and their file.
    std::fs::remove_file(&file).unwrap();
    let told = demo(folder.path(), "a.sqlite", "load");
    let second = std::fs::read_to_string(&file).unwrap();
    assert!(told.contains(&second));
    assert_ne!(first, second);
    // Whole now, and left alone.
    demo(folder.path(), "a.sqlite", "load");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), second);
}

#[test]
fn another_database_in_the_folder_keeps_its_own() {
    let folder = tempfile::tempdir().unwrap();
    demo(folder.path(), "a.sqlite", "load");
    let file = folder.path().join("a-sign-ins.txt");
    let before = std::fs::read_to_string(&file).unwrap();
    demo(folder.path(), "b.sqlite", "load");
    demo(folder.path(), "b.sqlite", "remove");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
    assert!(!folder.path().join("b-sign-ins.txt").exists());
}
