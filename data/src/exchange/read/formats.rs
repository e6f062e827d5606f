//! The formats that are known, one or more files each.
//!
//! [`recognise`] tells tables by their headings; files that are no tables are told apart in `read.rs` by how they
//! begin. To add a format, see "Add a format" in `README.md` of this crate.

pub(crate) mod extended_table;
pub(crate) mod heading_preview;
pub(crate) mod json;
pub(crate) mod mapped_table;
pub(crate) mod mapping_guess;
pub(crate) mod ohchr_matrix;
pub(crate) mod ohchr_matrix_cells;
pub(crate) mod ohchr_matrix_rows;
pub(crate) mod own_table;
pub(crate) mod own_table_cells;
pub(crate) mod own_table_fields;
pub(crate) mod recognise;
pub(crate) mod reply;
pub(crate) mod reply_answers;
pub(crate) mod reply_cues;
pub(crate) mod reply_head;
pub(crate) mod reply_numbers;
pub(crate) mod reply_rest;
pub(crate) mod reply_sign;
pub(crate) mod reply_steps;
pub(crate) mod reply_text;
pub(crate) mod report;
pub(crate) mod report_head;
pub(crate) mod report_lead;
pub(crate) mod report_lines;
pub(crate) mod uhri;
pub(crate) mod uhri_columns;
pub(crate) mod uhri_wording;
pub(crate) mod upr_info;
pub(crate) mod upr_info_cells;
pub(crate) mod upr_info_columns;
