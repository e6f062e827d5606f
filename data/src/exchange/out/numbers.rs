//! A small table of figures, for spreadsheets.

use crate::exchange::formula_guard::guarded;

/// Rows as comma-separated values in UTF-8 with a mark that spreadsheets know it by. No cell is a
/// formula.
pub fn table_as_csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in rows {
        let row = row.iter().map(|cell| guarded(cell).into_owned());
        // Nothing is written but to memory.
        if out.write_record(row).is_err() {
            break;
        }
    }
    out.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::table_as_csv;

    #[test]
    fn cells_are_quoted_and_no_formula() {
        let rows = [
            vec!["Issue".to_owned(), "Received".to_owned()],
            vec!["ok;=1+1".to_owned(), "3".to_owned()],
            vec!["Torture, other".to_owned(), "2".to_owned()],
        ];
        let text = String::from_utf8(table_as_csv(&rows)).unwrap();
        assert_eq!(
            text,
            "\u{feff}Issue,Received\nok;'=1+1,3\n\"Torture, other\",2\n"
        );
    }
}
