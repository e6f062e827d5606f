//! What of a file was read and what was not, in words.

use crate::t;
use crate::text::numbers;
use data::exchange::{FileAccount, UnreadReason};
use data::store::Outcome;

/// The code of rows that are skipped, beside those of the outcomes.
const SKIPPED: &str = "skipped";

/// The sentences of an account: its columns, its rows, and what beside them is not read.
pub fn sentences(account: &FileAccount) -> Vec<String> {
    let mut said = Vec::new();
    said.extend(columns(account));
    said.extend(rows(account));
    said.extend(without_round(account));
    if let Some(row) = account.heading_row.filter(|row| *row > 1) {
        said.push(t!("intake-heading-row", row = row));
    }
    for row in &account.rows_unread {
        let key = match row.reason {
            UnreadReason::AboveHeadings => "intake-row-above",
            UnreadReason::Note => "intake-row-note",
            UnreadReason::AboutTheFile => "intake-row-about-file",
        };
        said.push(t!(key, row = row.row, text = row.text.clone()));
    }
    if account.more_rows_unread > 0 {
        said.push(t!("intake-more-rows", count = account.more_rows_unread));
    }
    for (issue, rows) in &account.issues_left_out {
        said.push(t!(
            "intake-issue-left-out",
            issue = issue.clone(),
            count = *rows
        ));
    }
    if !account.sheets_unread.is_empty() {
        let names = numbers::list(&account.sheets_unread);
        said.push(t!("intake-sheets", names = names));
    }
    if account.more_sheets_unread > 0 {
        said.push(t!("intake-more-sheets", count = account.more_sheets_unread));
    }
    said
}

/// The assessments that were not read for want of a round, with their statuses as they are written.
fn without_round(account: &FileAccount) -> Option<String> {
    let count = account.rows_without_round;
    let statuses = account.statuses_unread.iter();
    let statuses: Vec<String> = statuses
        .map(|(status, rows)| {
            t!(
                "intake-status",
                status = status.clone(),
                count = rows.to_string()
            )
        })
        .collect();
    (count > 0).then(|| {
        t!(
            "intake-without-round",
            count = count,
            statuses = numbers::list(&statuses)
        )
    })
}

fn columns(account: &FileAccount) -> Option<String> {
    let unread = account.columns_unread.len();
    if account.columns == 0 {
        return None;
    }
    Some(if unread == 0 {
        t!("intake-columns-all", count = account.columns)
    } else {
        t!(
            "intake-columns",
            count = account.columns,
            read = account.columns_read,
            unread = unread,
            names = numbers::list(&account.columns_unread)
        )
    })
}

fn rows(account: &FileAccount) -> Option<String> {
    let count = account.rows_in_all();
    if count == 0 {
        return None;
    }
    // What comes in first, what a person has to look at last.
    let (last, mut codes): (Vec<Outcome>, Vec<Outcome>) = Outcome::ALL
        .into_iter()
        .partition(|outcome| matches!(outcome, Outcome::Uncertain | Outcome::Rejected));
    codes.sort_by_key(|outcome| *outcome != Outcome::New);
    let codes = codes.into_iter().chain(last).map(Outcome::code);
    let parts: Vec<String> = codes
        .chain([SKIPPED])
        .filter_map(|code| {
            let rows = account.rows.get(code).filter(|rows| **rows > 0)?;
            Some(t!(&format!("intake-rows-{code}"), count = *rows))
        })
        .collect();
    let parts = numbers::list(&parts);
    Some(t!("intake-rows", count = count, parts = parts))
}
