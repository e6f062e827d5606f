//! Accounts on the command line.
#![allow(clippy::unwrap_used, reason = "a helper of a test fails the test")]

use std::process::{Command, Output};
use tempfile::TempDir;

fn user(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_upr-tracker"))
        .arg("user")
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("DATABASE_URL")
        .output()
        .unwrap()
}

fn done(folder: &TempDir, arguments: &[&str]) -> String {
    let output = user(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(folder: &TempDir, arguments: &[&str]) -> String {
    let output = user(folder, arguments);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn accounts_change_roles_and_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    done(&folder, &["add", "anna"]);
    done(&folder, &["role", "anna", "reviewer"]);
    let list = done(&folder, &["list"]);
    assert!(list.contains("anna") && list.contains("reviewer"), "{list}");
    let alike = refused(&folder, &["add", "annа"]); // a Cyrillic letter at the end
    assert!(alike.contains("one script"), "{alike}");
    let alike = refused(&folder, &["add", "ANNA"]);
    assert!(alike.contains("Somebody already goes by"), "{alike}");
    done(&folder, &["remove", "anna"]);
    assert_eq!(done(&folder, &["list"]), "");
    let used = refused(&folder, &["add", "anna"]);
    assert!(used.contains("--returning"), "{used}");
    done(&folder, &["add", "anna", "--returning"]);
    let unknown = refused(&folder, &["role", "bert", "reader"]);
    assert!(unknown.contains("Nobody goes by"), "{unknown}");
    assert_eq!(
        user(&folder, &["role", "anna", "queen"]).status.code(),
        Some(2)
    );

    let log = done(&folder, &["log"]);
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 4, "{log}");
    for (line, said) in lines.iter().zip([
        "Account added; command line; anna: analyst",
        "Account removed; command line; anna",
        "Role changed; command line; anna: reviewer",
        "Account added; command line; anna: analyst",
    ]) {
        assert!(line.ends_with(said), "{line}");
    }
    let json = done(&folder, &["log", "--json", "--limit", "1"]);
    let entry: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    assert_eq!(entry["what"], "account-added");
    assert_eq!(
        entry["at"].as_str().unwrap().len(),
        "2026-11-29 12:00:00".len()
    );
}
