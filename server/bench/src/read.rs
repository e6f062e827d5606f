//! `bench-read FILE`: reads a file as an import does, keeps nothing of it, and prints how many
//! recommendations it had and how many rows that could not be taken.

use data::exchange::{
    Incoming, IncomingAssessment, ReadFailure, ReadOptions, Rejected, Sink, Stopped, read, survey,
};
use std::error::Error;
use std::fs::File;

#[derive(Default)]
struct Counted {
    recommendations: u64,
    rejected: u64,
    first: Option<Rejected>,
}

impl Sink for Counted {
    fn recommendation(&mut self, _: Incoming) -> Result<(), Stopped> {
        self.recommendations += 1;
        Ok(())
    }

    fn assessment(&mut self, _: IncomingAssessment) -> Result<(), Stopped> {
        Ok(())
    }

    fn rejected(&mut self, row: Rejected) -> Result<(), Stopped> {
        self.rejected += 1;
        self.first.get_or_insert(row);
        Ok(())
    }

    fn skipped(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }

    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let Some(path) = std::env::args().nth(1) else {
        return Err("usage: bench-read FILE".into());
    };
    let mut counted = Counted::default();
    let taken = match read(File::open(&path)?, &ReadOptions::default(), &mut counted) {
        Err(ReadFailure::Refused(refusal)) if refusal.wants_mapping() => {
            let options = ReadOptions {
                review: None,
                mapping: Some(survey(File::open(&path)?).map_err(said)?.guess),
                ..ReadOptions::default()
            };
            read(File::open(&path)?, &options, &mut counted)
        }
        taken => taken,
    };
    taken.map_err(said)?;
    if let Some(first) = counted.first {
        eprintln!("the first that was not taken: {first:?}");
    }
    println!("{} {}", counted.recommendations, counted.rejected);
    Ok(())
}

fn said(failure: ReadFailure) -> String {
    format!("{failure:?}")
}
