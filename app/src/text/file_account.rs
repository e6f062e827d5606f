//! What of a file was read and what was not, in words.

use crate::t;
use crate::text::names;
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
    said.extend(report(account));
    said.extend(cells(account));
    said.extend(beside(account));
    said.extend(without_round(account));
    for (language, count) in &account.texts {
        let language = names::language(language);
        said.push(t!("intake-texts", count = *count, language = language));
    }
    if let Some(row) = account.heading_row.filter(|row| *row > 1) {
        said.push(t!("intake-heading-row", row = row));
    }
    for row in &account.rows_unread {
        let key = match row.reason {
            UnreadReason::AboveHeadings => "intake-row-above",
            UnreadReason::Note => "intake-row-note",
            UnreadReason::AboutTheFile => "intake-row-about-file",
            UnreadReason::Paragraph => "intake-line-paragraph",
            UnreadReason::Heading => "intake-line-heading",
            UnreadReason::Sentence => "intake-line-sentence",
            UnreadReason::Annex => "intake-line-annex",
            UnreadReason::Table => "intake-row-table",
            UnreadReason::NoAnswer => "intake-line-no-answer",
            UnreadReason::Others => "intake-line-others",
            UnreadReason::AroundTables => "intake-line-around-tables",
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
    if !account.sheets_alike.is_empty() {
        let alike = account.sheets_alike.iter();
        let alike =
            alike.map(|(name, rows)| t!("intake-sheet", name = name.clone(), count = *rows));
        said.push(t!(
            "intake-sheets-alike",
            count = account.sheets_alike.len(),
            names = numbers::list(&alike.collect::<Vec<_>>())
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
    if count > 0 && account.statuses_unread.is_empty() {
        return Some(t!("intake-without-round-or-status", count = count));
    }
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

/// Texts in quotation marks, one behind the other.
fn quoted(texts: &[String]) -> String {
    let quoted = texts
        .iter()
        .map(|text| t!("intake-quoted", text = text.clone()));
    numbers::list(&quoted.collect::<Vec<_>>())
}

/// What of a report was read, and what above its recommendations and below its pages was not.
fn report(account: &FileAccount) -> Vec<String> {
    let mut said = Vec::new();
    if account.paragraphs_read > 0 {
        said.push(t!("intake-paragraphs", count = account.paragraphs_read));
    }
    if account.lines_above > 0 {
        said.push(t!("intake-lines-above", count = account.lines_above));
        if !account.first_lines_above.is_empty() {
            let lines = quoted(&account.first_lines_above);
            said.push(t!("intake-first-lines-above", lines = lines));
        }
    }
    if account.page_lines > 0 {
        said.push(t!("intake-page-lines", count = account.page_lines));
    }
    if !account.page_lines_within.is_empty() {
        let lines = account
            .page_lines_within
            .iter()
            .map(|line| t!("intake-page-line", row = line.row, text = line.text.clone()));
        let lines = numbers::list(&lines.collect::<Vec<_>>());
        said.push(t!("intake-page-lines-within", lines = lines));
    }
    let pages = &account.footnote_pages;
    if account.footnotes_unread > 0 && pages.is_empty() {
        said.push(t!("intake-footnotes", count = account.footnotes_unread));
    } else if account.footnotes_unread > 0 {
        let names: Vec<String> = pages.iter().map(u32::to_string).collect();
        said.push(t!(
            "intake-footnotes-on-pages",
            count = account.footnotes_unread,
            pages = pages.len(),
            names = numbers::list(&names)
        ));
    }
    said
}

/// The endnotes, notes, links and members that are not read.
fn beside(account: &FileAccount) -> Vec<String> {
    let mut said = Vec::new();
    if account.endnotes_unread > 0 {
        said.push(t!("intake-endnotes", count = account.endnotes_unread));
    }
    if account.comments_unread > 0 {
        said.push(t!("intake-comments", count = account.comments_unread));
    }
    if !account.notes_unread.is_empty() {
        let texts = numbers::list(&account.notes_unread);
        said.push(t!("intake-notes", texts = texts));
    }
    if account.links_unread > 0 {
        said.push(t!(
            "intake-links",
            count = account.links_unread,
            names = numbers::list(&account.links)
        ));
    }
    if !account.members_unread.is_empty() {
        let names = numbers::list(&account.members_unread);
        said.push(t!("intake-members", names = names));
    }
    said
}

/// The encoding of a text, kinds of sources that are assumed, and what the cells of a sheet are beside their texts.
fn cells(account: &FileAccount) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(encoding) = &account.encoding {
        said.push(t!("intake-encoding", encoding = encoding.clone()));
    }
    if account.cells_merged > 0 {
        said.push(t!("intake-cells-merged", count = account.cells_merged));
    }
    if account.cells_struck > 0 {
        said.push(t!("intake-cells-struck", count = account.cells_struck));
    }
    if account.paragraphs_struck > 0 {
        said.push(t!(
            "intake-paragraphs-struck",
            count = account.paragraphs_struck
        ));
    }
    if account.kinds_assumed > 0 {
        said.push(t!("intake-kinds-assumed", count = account.kinds_assumed));
    }
    said
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_with_the_same_headings_are_named_with_their_rows() {
        let mut account = FileAccount::default();
        account.sheets_alike.insert("2022".to_owned(), 1);
        let said = sentences(&account);
        let expected = "a sheet with the same headings, 2022 (1 row). One import reads one sheet.";
        assert!(said.len() == 1 && said[0].contains(expected), "{said:?}");
        account.sheets_alike.insert("2023".to_owned(), 120);
        let said = sentences(&account);
        let expected = "2 sheets with the same headings, 2022 (1 row), 2023 (120 rows).";
        assert!(said[0].contains(expected), "{said:?}");
        assert!(said[0].contains("--sheet"), "{said:?}");
    }
}
