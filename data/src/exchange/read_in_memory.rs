//! A whole file in memory: for small files and for tests.

use crate::domain::{Message, ReviewCode};
use crate::exchange::{
    Format, Incoming, IncomingAssessment, ReadFailure, ReadOptions, Rejected, Sink, Stopped, read,
};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Cursor;

/// A whole file, read.
#[derive(Clone, PartialEq, Debug)]
pub struct ReadFile {
    /// What kind of file it is.
    pub format: Format,
    /// Its recommendations, in the order of the file, those that rows repeat joined.
    pub recommendations: Vec<Incoming>,
    /// Its assessments.
    pub assessments: Vec<IncomingAssessment>,
    /// Rows that cannot be taken.
    pub rejected: Vec<Rejected>,
    /// Rows of other mechanisms (treaty bodies, special procedures), which are not recommendations of
    /// the review.
    pub skipped: u32,
}

impl ReadFile {
    /// Hands everything on as a reader would.
    pub fn replay(self, sink: &mut dyn Sink) -> Result<Format, ReadFailure> {
        for one in self.recommendations {
            sink.recommendation(one)?;
        }
        for one in self.assessments {
            sink.assessment(one)?;
        }
        for one in self.rejected {
            sink.rejected(one)?;
        }
        for _ in 0..self.skipped {
            sink.skipped("")?;
        }
        Ok(self.format)
    }
}

/// Reads a file whole.
pub fn read_whole(bytes: &[u8], review: Option<ReviewCode>) -> Result<ReadFile, Message> {
    read_whole_with(bytes, &ReadOptions::of_review(review))
}

/// Reads a file whole, by what a person says about it.
pub fn read_whole_with(bytes: &[u8], options: &ReadOptions) -> Result<ReadFile, Message> {
    let mut whole = Whole {
        file: ReadFile {
            format: Format::OwnCsv,
            recommendations: Vec::new(),
            assessments: Vec::new(),
            rejected: Vec::new(),
            skipped: 0,
        },
        places: HashMap::new(),
    };
    match read(Cursor::new(bytes), options, &mut whole) {
        Ok(format) => {
            whole.file.format = format;
            Ok(whole.file)
        }
        Err(ReadFailure::Refused(refusal)) => Err(refusal.message()),
        // Nobody stops it.
        Err(ReadFailure::Stopped) => Err(Message::new("exchange-empty")),
    }
}

struct Whole {
    file: ReadFile,
    places: HashMap<(ReviewCode, String), usize>,
}

impl Sink for Whole {
    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        let Some(paragraph) = &one.paragraph else {
            self.file.recommendations.push(one);
            return Ok(());
        };
        let key = (one.review, paragraph.as_str().to_ascii_lowercase());
        match self.places.entry(key) {
            Entry::Vacant(place) => {
                place.insert(self.file.recommendations.len());
                self.file.recommendations.push(one);
            }
            Entry::Occupied(place) => {
                if let Some(first) = self.file.recommendations.get_mut(*place.get())
                    && let Err(reason) = first.join(&one)
                {
                    self.file.rejected.push(Rejected {
                        row: one.row,
                        review: Some(one.review),
                        column: None,
                        value: Some(paragraph.to_string()),
                        reason,
                        cells: Vec::new(),
                    });
                }
            }
        }
        Ok(())
    }

    fn assessment(&mut self, one: IncomingAssessment) -> Result<(), Stopped> {
        self.file.assessments.push(one);
        Ok(())
    }

    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.file.rejected.push(one);
        Ok(())
    }

    fn skipped(&mut self, _: &str) -> Result<(), Stopped> {
        self.file.skipped = self.file.skipped.saturating_add(1);
        Ok(())
    }

    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}
