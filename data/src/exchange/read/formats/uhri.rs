//! The export of the Universal Human Rights Index: a sheet with 16 columns, found by their headings.
//!
//! The same export holds recommendations of treaty bodies and special procedures; those rows are
//! counted and left out. Recommending States come from their own column and from the brackets of the
//! text, because either may be incomplete.

use crate::domain::{Message, Position, ReviewCode, Scheme, Term};
use crate::exchange::read::faults::{no_state, unknown_position, unknown_state};
use crate::exchange::read::formats::uhri_columns::Columns;
use crate::exchange::read::formats::uhri_wording::{Wording, several_recommendations};
use crate::exchange::read::values::cells::{
    headed, heading, lines, one_line, rejected, report_of, single, terms, with_comment,
};
use crate::exchange::read::values::names::{Unresolved, resolve_name};
use crate::exchange::read::values::positions::position;
use crate::exchange::read::values::recommenders::{in_column, united};
use crate::exchange::read::values::state_under_review::{check_named, review_of};
use crate::exchange::{Incoming, MappedField, Rejected, Sink, Stopped};

/// An export as its rows come by.
pub(crate) struct Uhri {
    columns: Columns,
    headings: Vec<String>,
    named: Option<ReviewCode>,
}

impl Uhri {
    /// Begins behind the row of headings.
    pub(crate) fn new(columns: Columns, headings: Vec<String>, named: Option<ReviewCode>) -> Self {
        Self {
            columns,
            headings,
            named,
        }
    }

    /// The places of the columns that are read.
    pub(crate) fn reads(&self) -> Vec<usize> {
        self.columns.places()
    }

    /// The places of the columns whose values a person can map.
    pub(crate) fn value_places(&self) -> Vec<(MappedField, usize)> {
        let columns = &self.columns;
        let places = [
            (MappedField::State, Some(columns.countries)),
            (MappedField::RecommendingStates, columns.states),
            (MappedField::Text, Some(columns.text)),
            (MappedField::Position, columns.position),
        ];
        let places = places.into_iter();
        places
            .filter_map(|(field, at)| Some((field, at?)))
            .collect()
    }

    /// Takes a row.
    pub(crate) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        if let Some(mechanism) = self.other_mechanism(cells) {
            return sink.skipped(&mechanism);
        }
        match self.incoming(number, cells) {
            Ok(incoming) => {
                sink.row(&self.headings, cells);
                sink.recommendation(incoming)
            }
            Err(wrong) => sink.rejected(self.whole(wrong, cells)),
        }
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(crate) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        wrong
            .of_review(self.named)
            .with_cells(headed(&self.headings, cells))
    }

    /// The mechanism, or kind of text, of a row that is no recommendation of the review.
    fn other_mechanism(&self, cells: &[String]) -> Option<String> {
        let written = single(cell(cells, self.columns.body));
        let body = heading(&written);
        if !body.is_empty() && !body.contains("upr") && body != UPR {
            return Some(written);
        }
        let written = single(cell(cells, self.columns.kind));
        let kind = heading(&written);
        (!kind.is_empty() && !kind.contains("recommendation")).then_some(written)
    }

    fn incoming(&self, number: u32, cells: &[String]) -> Result<Incoming, Rejected> {
        let columns = &self.columns;
        let wrong = |column: Option<usize>, value: &str, reason| {
            rejected(number, cell(&self.headings, column), value, reason)
        };
        let (review, session) = self.review(number, cells)?;
        let text = cell(cells, Some(columns.text));
        let mut wording = Wording::read(text);
        let Some(paragraph) = wording.paragraph.take() else {
            return Err(wrong(
                Some(columns.text),
                text,
                Message::new("exchange-no-paragraph"),
            ));
        };
        if let Some(reason) = several_recommendations(text, Some(&paragraph)) {
            return Err(wrong(Some(columns.text), "", reason));
        }
        if wording.text.is_empty() {
            return Err(wrong(
                Some(columns.text),
                text,
                Message::new("exchange-no-text"),
            ));
        }
        let (in_column, unknown) = in_column(&several(cell(cells, columns.states)));
        if let Some(unknown) = unknown.iter().find(|one| !is_of_the_text(one, text)) {
            return Err(wrong(columns.states, &unknown.text, unknown_state(unknown)));
        }
        if let Some(misspelt) = &wording.misspelt {
            return Err(wrong(
                Some(columns.text),
                &misspelt.text,
                unknown_state(misspelt),
            ));
        }
        let recommending = united(&wording.states, &in_column).map_err(|reason| {
            wrong(columns.states, &single(cell(cells, columns.states)), reason)
        })?;
        if recommending.is_empty() {
            if let Some(reason) = wording.states_within() {
                return Err(wrong(Some(columns.text), "", reason));
            }
            let (value, reason) = no_state(unknown.first().or(wording.candidate.as_ref()));
            return Err(wrong(columns.states.or(Some(columns.text)), &value, reason));
        }
        let raw = single(cell(cells, columns.position));
        let Some(class) = position(&raw) else {
            return Err(wrong(columns.position, &raw, unknown_position(&raw)));
        };
        let symbol = Some(single(cell(cells, columns.symbol))).filter(|symbol| !symbol.is_empty());
        let report_symbol = symbol.as_deref().and_then(report_of);
        // A document or a remark behind the text is kept even where the column is empty.
        let claim = (!raw.is_empty() || wording.has_notes()).then(|| Position {
            class,
            raw: with_comment(raw, wording.comment.as_deref()),
            source: wording.source.or(symbol),
            source_paragraph: wording.source_paragraph,
            date: None,
        });
        let id = one_line(cell(cells, columns.id));
        Ok(Incoming {
            session,
            report_symbol,
            paragraph: Some(paragraph),
            text: Some(wording.text),
            language: Some("en".to_owned()),
            recommending,
            terms: self.terms(number, cells)?,
            position: claim,
            source_id: (!id.is_empty()).then_some(id),
            ..Incoming::new(number, review)
        })
    }

    /// The review of a row: its one country, and its session or, where that is missing, the review
    /// that the person named.
    fn review(&self, number: u32, cells: &[String]) -> Result<(ReviewCode, Option<u8>), Rejected> {
        let columns = &self.columns;
        let wrong = |column: Option<usize>, value: &str, reason| {
            Err(rejected(
                number,
                cell(&self.headings, column),
                value,
                reason,
            ))
        };
        let countries = lines(cell(cells, Some(columns.countries)));
        let [country] = countries.as_slice() else {
            let reason = Message::new("exchange-countries").with("count", countries.len());
            return wrong(Some(columns.countries), &countries.join("; "), reason);
        };
        let state = match resolve_name(country) {
            Ok(state) => state,
            Err(unknown) => {
                return wrong(Some(columns.countries), country, unknown_state(&unknown));
            }
        };
        let raw = single(cell(cells, columns.session));
        let cycle = single(cell(cells, columns.cycle));
        let (review, session) = match review_of(state, &raw, &cycle, self.named) {
            Ok(found) => found,
            Err(reason) => return wrong(columns.session, &raw, reason),
        };
        if let Err(reason) = check_named(review, self.named) {
            return wrong(Some(columns.countries), country, reason);
        }
        Ok((review, session))
    }

    fn terms(&self, number: u32, cells: &[String]) -> Result<Vec<Term>, Rejected> {
        let columns = &self.columns;
        let mut all = Vec::new();
        for (scheme, place) in [
            (Scheme::Theme, columns.themes),
            (Scheme::AffectedPersons, columns.persons),
            (Scheme::Sdg, columns.sdgs),
        ] {
            let text = cell(cells, place);
            match terms(scheme, several(text)) {
                Ok(terms) => all.extend(terms),
                Err(reason) => {
                    return Err(rejected(number, cell(&self.headings, place), text, reason));
                }
            }
        }
        Ok(all)
    }
}

const UPR: &str = "universal periodic review";

fn cell(cells: &[String], place: Option<usize>) -> &str {
    place
        .and_then(|at| cells.get(at))
        .map_or("", String::as_str)
}

/// Whether something that is no State got into the column only because the text has it in brackets,
/// as "(CEDAW)". A name that nearly is a State's is no such thing.
fn is_of_the_text(one: &Unresolved, text: &str) -> bool {
    !one.is_misspelt() && text.contains(&format!("({})", one.text))
}

/// The values of a cell: on a line each with bullets, as the index exports them, or between semicolons, as
/// its dashboard does.
fn several(text: &str) -> Vec<String> {
    match lines(text).as_slice() {
        [one] if !text.trim_start().starts_with(['-', '•']) => {
            let values = one.split(';').map(|value| value.trim().to_owned());
            values.filter(|value| !value.is_empty()).collect()
        }
        lines => lines.to_vec(),
    }
}
