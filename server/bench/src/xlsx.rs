//! `bench-xlsx TABLE.csv OUT.xlsx`: the same table written by `rust_xlsxwriter` alone, in constant
//! memory; prints the seconds that the writing took, the reading left out.

use rust_xlsxwriter::{Format, FormatAlign, Workbook};
use std::error::Error;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(table), Some(out)) = (arguments.next(), arguments.next()) else {
        return Err("usage: bench-xlsx TABLE.csv OUT.xlsx".into());
    };
    let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(table)?
        .records()
        .collect::<Result<_, _>>()?;
    let begun = Instant::now();
    let mut workbook = Workbook::new();
    let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    for (number, row) in (0..).zip(&rows) {
        for (column, cell) in (0..).zip(row) {
            if !cell.is_empty() {
                sheet.write_string_with_format(number, column, cell, &plain)?;
            }
        }
    }
    workbook.save(out)?;
    println!("{:.3}", begun.elapsed().as_secs_f64());
    Ok(())
}
