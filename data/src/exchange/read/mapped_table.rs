//! Somebody else's table, by a mapping: its cells are put into the columns of our own table and read by
//! its rules.

use super::evidence_cells::{confidence, evidence};
use super::own_table::OwnTable;
use super::positions::position;
use super::reviewed::{check_named, review_of};
use super::values::{headed, heading, named_headings, rejected, shortened};
use super::wording::Wording;
use crate::domain::states::resolve;
use crate::domain::{EvidenceKind, Message, Paragraph, ReviewCode};
use crate::exchange::{
    Incoming, IncomingAssessment, MappedField, Mapping, Rejected, Sink, Stopped,
};
use std::collections::HashMap;

/// The columns of our own table that are filled, by the fields of the same id; behind them the words
/// of the position.
const OWN: [MappedField; 12] = [
    MappedField::Review,
    MappedField::Paragraph,
    MappedField::Summary,
    MappedField::Text,
    MappedField::RecommendingStates,
    MappedField::Position,
    MappedField::PositionSource,
    MappedField::Issues,
    MappedField::Themes,
    MappedField::AffectedPersons,
    MappedField::Sdgs,
    MappedField::ActionCategory,
];
const POSITION_RAW: &str = "position_raw";

/// A table as its rows come by.
pub(super) struct MappedTable {
    headings: Vec<String>,
    places: HashMap<MappedField, (usize, String)>,
    constants: HashMap<MappedField, String>,
    separator: Option<String>,
    named: Option<ReviewCode>,
    own: OwnTable,
}

impl MappedTable {
    /// Begins behind the row of headings, which has to have all that the mapping names; and the mapping
    /// has to say where the rows' paragraph or text stands.
    pub(super) fn new(
        headings: &[String],
        mapping: &Mapping,
        named: Option<ReviewCode>,
    ) -> Result<Self, Message> {
        let headings = named_headings(headings);
        let (mut places, mut missing) = (HashMap::new(), Vec::new());
        for (name, field) in &mapping.fields {
            let Some(field) = MappedField::parse(field) else {
                continue;
            };
            let exact = headings.iter().position(|one| one.trim() == name.trim());
            let alike = || {
                headings
                    .iter()
                    .position(|one| heading(one) == heading(name))
            };
            match exact.or_else(alike) {
                Some(at) => {
                    places.entry(field).or_insert((at, name.trim().to_owned()));
                }
                None => missing.push(shortened(name)),
            }
        }
        if !missing.is_empty() {
            return Err(
                Message::new("exchange-mapping-headings").with("missing", missing.join(", "))
            );
        }
        let constants: HashMap<MappedField, String> = mapping
            .constants
            .iter()
            .filter_map(|(id, value)| Some((MappedField::parse(id)?, value.trim().to_owned())))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let has = |field| places.contains_key(&field);
        let (text, paragraph) = (MappedField::Text, MappedField::Paragraph);
        let enough =
            has(text) || has(paragraph) && (has(MappedField::Status) || has(MappedField::Summary));
        if !enough {
            return Err(Message::new("exchange-mapping-fields"));
        }
        let columns: Vec<String> = OWN
            .iter()
            .map(|field| field.id().to_owned())
            .chain([POSITION_RAW.to_owned()])
            .collect();
        let own = OwnTable::new(&columns, None)?.in_workbook();
        let own = if has(paragraph) {
            own
        } else {
            own.unnumbered()
        };
        let table = Self {
            headings,
            places,
            constants,
            separator: mapping.separator.clone().filter(|text| !text.is_empty()),
            named,
            own,
        };
        let knows =
            |field| table.places.contains_key(&field) || table.constants.contains_key(&field);
        let says_review = knows(MappedField::Review) || knows(MappedField::State);
        if table.holds_recommendations() && !says_review && named.is_none() {
            return Err(Message::new("exchange-name-the-review"));
        }
        Ok(table)
    }

    /// Whether its rows are recommendations. In a table of statuses a text only reminds of what was
    /// recommended, unless the States stand there as well.
    fn holds_recommendations(&self) -> bool {
        let has = |field| self.places.contains_key(&field);
        (has(MappedField::Text) || has(MappedField::Summary))
            && (!has(MappedField::Status) || has(MappedField::RecommendingStates))
    }

    /// Takes a row.
    pub(super) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        match self.row(number, cells) {
            Ok((recommendation, assessment)) => {
                if recommendation.is_none() && assessment.is_none() {
                    // Nobody has assessed it yet.
                    let status = self.places.get(&MappedField::Status);
                    return sink.skipped(status.map_or("", |(_, heading)| heading));
                }
                sink.row(&self.headings, cells);
                if let Some(one) = recommendation {
                    sink.recommendation(one)?;
                }
                assessment.map_or(Ok(()), |one| sink.assessment(one))
            }
            Err(wrong) => sink.rejected(self.whole(wrong, cells)),
        }
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(super) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
        wrong
            .of_review(self.named)
            .with_cells(headed(&self.headings, cells))
    }

    fn row(
        &self,
        number: u32,
        cells: &[String],
    ) -> Result<(Option<Incoming>, Option<IncomingAssessment>), Rejected> {
        let row = Row {
            table: self,
            number,
            cells,
        };
        let recommendation = if self.holds_recommendations() {
            Some(row.recommendation()?)
        } else {
            None
        };
        let assessment = if self.places.contains_key(&MappedField::Status) {
            row.assessment()?
        } else {
            None
        };
        Ok((recommendation, assessment))
    }
}

struct Row<'a> {
    table: &'a MappedTable,
    number: u32,
    cells: &'a [String],
}

impl Row<'_> {
    /// What the row says, or else every row.
    fn cell(&self, field: MappedField) -> &str {
        let place = self.table.places.get(&field);
        let cell = place.and_then(|(at, _)| self.cells.get(*at));
        match cell.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
            Some(cell) => cell,
            None => self.table.constants.get(&field).map_or("", String::as_str),
        }
    }

    fn wrong(&self, field: MappedField, value: &str, reason: Message) -> Rejected {
        let column = self
            .table
            .places
            .get(&field)
            .map_or("", |(_, heading)| heading);
        rejected(self.number, column, value, reason)
    }

    /// `97.1` of `Para. 97.1.`.
    fn paragraph(&self) -> &str {
        let cell = self.cell(MappedField::Paragraph);
        let start = cell.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let label = cell.get(..start).unwrap_or_default();
        let is_label = label.len() <= 30
            && label
                .chars()
                .all(|c| c.is_alphabetic() || " .:#№°§".contains(c));
        let number = if is_label {
            cell.get(start..).unwrap_or(cell)
        } else {
            cell
        };
        number.trim_end_matches(['.', ' ', ':', ';'])
    }

    fn review(&self) -> Result<Option<(ReviewCode, Option<u8>)>, Rejected> {
        let named = self.table.named;
        let session = self.cell(MappedField::Session);
        let number = session
            .split(|c: char| !c.is_ascii_digit())
            .find_map(|digits| digits.parse().ok());
        let typed = self.cell(MappedField::Review);
        if !typed.is_empty() {
            let review = ReviewCode::parse(typed).ok_or_else(|| {
                let reason =
                    Message::new("exchange-unknown-review").with("value", shortened(typed));
                self.wrong(MappedField::Review, typed, reason)
            })?;
            check_named(review, named)
                .map_err(|reason| self.wrong(MappedField::Review, typed, reason))?;
            return Ok(Some((review, number)));
        }
        let state = self.cell(MappedField::State);
        if state.is_empty() {
            return Ok(named.map(|review| (review, number)));
        }
        let state_code = resolve(state).map_err(|_| {
            let reason = Message::new("exchange-unknown-state").with("value", shortened(state));
            self.wrong(MappedField::State, state, reason)
        })?;
        let found = review_of(state_code, session, self.cell(MappedField::Cycle), named)
            .map_err(|reason| self.wrong(MappedField::Session, session, reason))?;
        check_named(found.0, named)
            .map_err(|reason| self.wrong(MappedField::State, state, reason))?;
        Ok(Some(found))
    }

    fn recommendation(&self) -> Result<Incoming, Rejected> {
        let Some((review, session)) = self.review()? else {
            let reason = Message::new("exchange-unknown-review").with("value", "");
            return Err(self.wrong(MappedField::Review, "", reason));
        };
        let text = self.cell(MappedField::Text);
        let wording = Wording::read(text);
        let typed = self.cell(MappedField::Position);
        let class = position(typed);
        let states = self.cell(MappedField::RecommendingStates);
        let own = |field: MappedField| match field {
            MappedField::Review => review.to_string(),
            MappedField::Paragraph => match (self.paragraph(), &wording.paragraph) {
                ("", Some(paragraph)) => paragraph.to_string(),
                (typed, _) => typed.to_owned(),
            },
            // Taken apart where the number or the States stand in it.
            MappedField::Text if states.is_empty() || wording.paragraph.is_some() => {
                wording.text.clone()
            }
            MappedField::RecommendingStates if states.is_empty() => {
                let names: Vec<&str> = wording.states.iter().map(|state| state.as_str()).collect();
                names.join("; ")
            }
            MappedField::Position => class.map_or(typed, |class| class.code()).to_owned(),
            MappedField::PositionSource => match (self.cell(field), &wording.source) {
                ("", Some(source)) => source.clone(),
                (cell, _) => cell.to_owned(),
            },
            MappedField::Issues
            | MappedField::Themes
            | MappedField::AffectedPersons
            | MappedField::Sdgs
            | MappedField::RecommendingStates => self.list(field),
            _ => self.cell(field).to_owned(),
        };
        let mut cells: Vec<String> = OWN.iter().map(|field| own(*field)).collect();
        cells.push(typed.to_owned());
        let incoming = self
            .table
            .own
            .row(self.number, &cells)
            .map_err(|wrong| self.in_the_files_words(wrong))?;
        let filled = |field| Some(self.cell(field).to_owned()).filter(|cell| !cell.is_empty());
        Ok(Incoming {
            session,
            report_symbol: filled(MappedField::ReportSymbol),
            language: filled(MappedField::Language),
            source_id: filled(MappedField::SourceId),
            ..incoming
        })
    }

    /// The values of a cell, on a line each for our own table to take apart.
    fn list(&self, field: MappedField) -> String {
        let cell = self.cell(field);
        match &self.table.separator {
            Some(separator) if !cell.is_empty() => cell
                .split(separator.as_str())
                .map(|value| format!("- {}", value.trim()))
                .collect::<Vec<_>>()
                .join("\n"),
            _ => cell.to_owned(),
        }
    }

    /// A fault of our own table's column is one of the file's column that filled it.
    fn in_the_files_words(&self, wrong: Rejected) -> Rejected {
        let field = wrong.column.as_deref().and_then(MappedField::parse);
        let place = field.and_then(|field| self.table.places.get(&field));
        let place = place.or_else(|| self.table.places.get(&MappedField::Text));
        Rejected {
            column: place.map(|(_, heading)| heading.clone()),
            ..wrong
        }
    }

    /// The assessment; none where the row has neither a status nor a reason nor a source.
    fn assessment(&self) -> Result<Option<IncomingAssessment>, Rejected> {
        let status = self.cell(MappedField::Status);
        let rationale = self.cell(MappedField::Rationale);
        let sources = self.cell(MappedField::Evidence);
        if status.is_empty() && rationale.is_empty() && sources.is_empty() {
            return Ok(None);
        }
        let typed = self.paragraph();
        let number = match Wording::read(self.cell(MappedField::Text)).paragraph {
            Some(paragraph) if typed.is_empty() => paragraph.to_string(),
            _ => typed.to_owned(),
        };
        let paragraph = Paragraph::parse(&number).map_err(|_| {
            let reason = Message::new("exchange-paragraph").with("value", shortened(&number));
            self.wrong(MappedField::Paragraph, &number, reason)
        })?;
        let level = self.cell(MappedField::Confidence);
        let level_read = confidence(level);
        if !level.is_empty() && level_read.is_none() {
            let reason = Message::new("exchange-confidence").with("value", shortened(level));
            return Err(self.wrong(MappedField::Confidence, level, reason));
        }
        let kind = EvidenceKind::parse(self.cell(MappedField::EvidenceKind));
        Ok(Some(IncomingAssessment {
            row: self.number,
            review: self.review()?.map(|(review, _)| review),
            paragraph,
            status: status.to_owned(),
            rationale: Some(rationale.to_owned()).filter(|text| !text.is_empty()),
            evidence: evidence(
                sources,
                self.table.separator.as_deref(),
                kind.unwrap_or(EvidenceKind::CivilSociety),
            ),
            confidence: level_read,
        }))
    }
}
