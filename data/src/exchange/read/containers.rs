//! Files as tables, texts and objects, whatever they say: archives, spreadsheets, documents, encodings.

pub(crate) mod archive;
pub(crate) mod book;
pub(crate) mod counted_table;
pub(crate) mod document;
pub(crate) mod document_parts;
pub(crate) mod encoding;
pub(crate) mod json_items;
pub(crate) mod json_numbers;
pub(crate) mod json_unique;
pub(crate) mod loose_tables;
pub(crate) mod merged_cells;
pub(crate) mod number_format;
pub(crate) mod numbering;
pub(crate) mod ods;
pub(crate) mod pdf;
pub(crate) mod records;
pub(crate) mod sheet;
pub(crate) mod text_table;
pub(crate) mod workbook;
pub(crate) mod xml;
