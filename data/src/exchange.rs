//! Files that people bring and take away.
//!
//! Readers hand what they find in a file to a [`Sink`] and change nothing; `store::import` compares it
//! with what is there and writes. Writers get rows and words and know nothing of filters.

mod account;
mod document_row;
mod formula_guard;
mod incoming;
mod joining;
mod mapping;
mod mending;
mod out;
mod read;
mod read_in_memory;
mod sink;
mod tagged_texts;
mod value_survey;

pub use crate::exchange::read_in_memory::{ReadFile, read_whole, read_whole_with};
pub use account::{FileAccount, PageLine, UnreadReason, UnreadRow};
pub use document_row::{DocumentRow, DocumentRowKind};
pub use incoming::{Cells, Format, Incoming, IncomingAssessment, Rejected, Row};
pub use mapping::{MappedField, Mapping};
pub use mending::{
    cells_of, cells_of_assessment, fact_columns, facts_of, mended, mended_assessment, with_facts,
};
pub use out::{
    About, Extra, Permalink, RejectedFile, RejectedHeadings, RejectedRows, Rows, Table, Take,
    Words, table_as_csv, write_csv, write_json, write_rejected, write_xlsx,
};
pub use read::formats::mapping_guess::field_of_heading;
pub use read::survey;
#[cfg(feature = "store")]
pub(crate) use read::values::cells::report_of;
#[cfg(feature = "store")]
pub(crate) use read::values::demands::demands;
#[cfg(feature = "store")]
pub(crate) use read::values::status_labels::is_label;
pub use read::values::status_words::{Suggested, suggest_status};
pub use read::{
    MAX_FILE, MAX_STREAMED, MAX_TEXT, PdfReader, SheetSize, Survey, SurveyOptions, pdf_text, read,
    read_pdf_with, recognise_labels, reread, survey_with,
};
pub(crate) use sink::ForwardingSink;
pub use sink::{FileRefusal, ReadFailure, ReadOptions, Sink, Stopped};
pub use value_survey::{
    Meanings, SaidValue, UnknownValue, UnknownValues, read_values, say_value, suggest_position,
    suggest_state, unknown_values,
};
