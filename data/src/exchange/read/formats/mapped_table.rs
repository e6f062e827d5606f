//! Somebody else's table, by a mapping: its cells are put into the columns of our own table and read by
//! its rules.

use crate::domain::{
    Column, Confidence, Evidence, EvidenceKind, Message, Paragraph, PositionClass, ReviewCode,
    Scheme,
};
use crate::exchange::read::faults::{
    contradiction, no_paragraph, own_recommendation, unknown_position, unknown_state,
};
use crate::exchange::read::formats::own_table::OwnTable;
use crate::exchange::read::formats::own_table_cells::values;
use crate::exchange::read::formats::uhri_wording::{Beside, Wording};
use crate::exchange::read::values::cells::{headed, heading, named_headings, rejected, shortened};
use crate::exchange::read::values::evidence_cells::{confidence, evidence};
use crate::exchange::read::values::goals::goals;
use crate::exchange::read::values::mapped_values::{Substituted, substituted};
use crate::exchange::read::values::mechanisms::is_upr;
use crate::exchange::read::values::names::resolve_name;
use crate::exchange::read::values::positions::position;
use crate::exchange::read::values::recommenders::in_column;
use crate::exchange::read::values::state_under_review::{
    check_cycle, check_named, names_cycle, review_of, session_in,
};
use crate::exchange::read::values::status_labels::is_label;
use crate::exchange::read::values::term_lists::TermLists;
use crate::exchange::read::values::wording::no_wording;
use crate::exchange::{
    FileRefusal, Incoming, IncomingAssessment, MappedField, Mapping, ReadOptions, Rejected, Sink,
    Stopped,
};
use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

/// Behind the columns of our own table the words of the position.
const POSITION_RAW: &str = "position_raw";

/// The columns of our own table that are filled, by the fields of the same id, and whether a cell of
/// theirs holds several values.
fn own_fields() -> Vec<(MappedField, bool)> {
    let columns = Column::read_from_files().filter_map(|column| {
        let field = MappedField::parse(column.id())?;
        Some((field, column.spec().is_list))
    });
    std::iter::once((MappedField::Review, false))
        .chain(columns)
        .collect()
}

/// What is read of a table of statuses: which recommendation a row is about, and how far it is implemented.
const OF_ASSESSMENTS: [MappedField; 13] = [
    MappedField::Review,
    MappedField::State,
    MappedField::Cycle,
    MappedField::Session,
    MappedField::Paragraph,
    MappedField::Text,
    MappedField::RecommendingStates,
    MappedField::Mechanism,
    MappedField::Status,
    MappedField::Rationale,
    MappedField::Evidence,
    MappedField::EvidenceKind,
    MappedField::Confidence,
];

/// A table as its rows come by.
pub(crate) struct MappedTable {
    headings: Vec<String>,
    places: HashMap<MappedField, (usize, String)>,
    constants: HashMap<MappedField, String>,
    mapping: Mapping,
    /// The places of the columns whose values the mapping may know.
    value_places: Vec<(MappedField, usize)>,
    separator: Option<String>,
    named: Option<ReviewCode>,
    /// What the statuses of the round are called.
    statuses: Vec<String>,
    own: OwnTable,
    /// The fields of its columns, in their order, and whether a cell of theirs holds several values.
    own_fields: Vec<(MappedField, bool)>,
    /// How many sources so far have no kind and are taken for those of civil society.
    kinds_assumed: Cell<u64>,
    lists: TermLists,
    /// The headings of columns that hold parts of assessments, where no column holds a status.
    without_status: Vec<String>,
}

impl MappedTable {
    /// Begins behind the row of headings, which has to have all that the mapping names; and the mapping
    /// has to say where the rows' paragraph or text stands.
    pub(crate) fn new(
        headings: &[String],
        mapping: &Mapping,
        options: &ReadOptions,
    ) -> Result<Self, FileRefusal> {
        let mut table = Self::of(headings, mapping, options, &[])?.only_with_status();
        if !table.holds_recommendations() {
            // A table of statuses tells nothing else: such columns are named as not read.
            let is_read = |field: &MappedField| OF_ASSESSMENTS.contains(field);
            table.places.retain(|field, _| is_read(field));
            table.value_places.retain(|(field, _)| is_read(field));
        }
        let has = |field| table.places.contains_key(&field);
        let (text, paragraph) = (MappedField::Text, MappedField::Paragraph);
        let enough =
            has(text) || has(paragraph) && (has(MappedField::Status) || has(MappedField::Summary));
        if !enough {
            return Err(Message::new("exchange-mapping-fields").into());
        }
        let knows =
            |field| table.places.contains_key(&field) || table.constants.contains_key(&field);
        let says_review = knows(MappedField::Review) || knows(MappedField::State);
        if table.holds_recommendations() && !says_review && options.review.is_none() {
            return Err(Message::new("exchange-name-the-review").into());
        }
        Ok(table)
    }

    /// The columns beside those of a recognised format, which stand in these places.
    pub(crate) fn beside(
        headings: &[String],
        mapping: &Mapping,
        options: &ReadOptions,
        known: &[usize],
    ) -> Result<Self, FileRefusal> {
        let mut table = Self::of(headings, mapping, options, known)?.only_with_status();
        table
            .places
            .retain(|field, (at, _)| MappedField::BESIDE.contains(field) && !known.contains(at));
        table
            .constants
            .retain(|field, _| *field == MappedField::EvidenceKind);
        table
            .value_places
            .retain(|(field, _)| *field == MappedField::Status);
        Ok(table)
    }

    fn of(
        headings: &[String],
        mapping: &Mapping,
        options: &ReadOptions,
        known: &[usize],
    ) -> Result<Self, FileRefusal> {
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
                Some(at) if known.contains(&at) => {}
                Some(at) => {
                    places.entry(field).or_insert((at, name.trim().to_owned()));
                }
                None => missing.push(shortened(name)),
            }
        }
        if !missing.is_empty() {
            let missing = missing.join(", ");
            return Err(FileRefusal::MappingHeadings { missing });
        }
        let constants: HashMap<MappedField, String> = mapping
            .constants
            .iter()
            .filter_map(|(id, value)| Some((MappedField::parse(id)?, value.trim().to_owned())))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let own_fields = own_fields();
        let columns: Vec<String> = own_fields
            .iter()
            .map(|(field, _)| field.id().to_owned())
            .chain([POSITION_RAW.to_owned()])
            .collect();
        let own = OwnTable::new(&columns, None)?.in_workbook().written_here();
        let own = if places.contains_key(&MappedField::Paragraph) {
            own
        } else {
            own.unnumbered()
        };
        let with_values = MappedField::WITH_VALUES.into_iter();
        // Issues are read first and replaced then.
        let value_places = with_values
            .filter(|field| *field != MappedField::Issues)
            .chain([MappedField::Text])
            .filter_map(|field| Some((field, places.get(&field)?.0)))
            .collect();
        Ok(Self {
            headings,
            places,
            constants,
            mapping: mapping.clone(),
            value_places,
            separator: mapping.separator.clone().filter(|text| !text.is_empty()),
            named: options.review,
            statuses: options.statuses.clone(),
            own,
            own_fields,
            kinds_assumed: Cell::new(0),
            lists: TermLists::of(options),
            without_status: Vec::new(),
        })
    }

    /// The same table; without a status there is no assessment, so that columns of its other parts are not read then.
    fn only_with_status(mut self) -> Self {
        if self.places.contains_key(&MappedField::Status) {
            return self;
        }
        let parts = self.places.extract_if(|field, _| field.is_of_assessment());
        let mut parts: Vec<(usize, String)> = parts.map(|(_, place)| place).collect();
        parts.sort_unstable();
        self.without_status = parts.into_iter().map(|(_, heading)| heading).collect();
        self
    }

    /// What a person should look at, though every row is taken.
    pub(crate) fn warnings(&self) -> Vec<Message> {
        let columns = self.without_status.iter().map(|one| shortened(one));
        let columns: Vec<String> = columns.collect();
        let without_status = (!columns.is_empty()).then(|| {
            Message::new("exchange-assessment-without-status").with("columns", columns.join(", "))
        });
        without_status
            .into_iter()
            .chain(self.lists.warning())
            .collect()
    }

    /// Several terms of a vocabulary in one value, taken apart if all are known.
    pub(crate) fn apart(&self, scheme: Scheme, values: Vec<String>) -> Vec<String> {
        self.lists.apart(scheme, values)
    }

    /// The headings, each of which has a name of its own.
    pub(crate) fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The place of the column that holds a field.
    pub(crate) fn place_of(&self, field: MappedField) -> Option<usize> {
        self.places.get(&field).map(|(at, _)| *at)
    }

    /// The heading of the column that holds a field; empty if there is none.
    pub(crate) fn heading_of(&self, field: MappedField) -> &str {
        self.places.get(&field).map_or("", |(_, heading)| heading)
    }

    /// How many sources so far have no kind and are taken for those of civil society.
    pub(crate) fn kinds_assumed(&self) -> u64 {
        self.kinds_assumed.get()
    }

    /// The places of the columns that are read.
    pub(crate) fn reads(&self) -> Vec<usize> {
        self.places.values().map(|(at, _)| *at).collect()
    }

    /// The places of the columns whose values the mapping may know.
    pub(crate) fn value_places(&self) -> Vec<(MappedField, usize)> {
        self.value_places.clone()
    }

    /// What the columns beside those of a recognised format say of an assessment.
    pub(crate) fn assessed(
        &self,
        number: u32,
        cells: &[String],
    ) -> Result<Option<Assessed>, Rejected> {
        let row = Row {
            table: self,
            number,
            cells,
        };
        if self.places.contains_key(&MappedField::Status) {
            row.assessed()
        } else {
            Ok(None)
        }
    }

    /// The values of a cell, on a line each.
    pub(crate) fn list(&self, cells: &[String], field: MappedField) -> String {
        let row = Row {
            table: self,
            number: 0,
            cells,
        };
        row.list(field)
    }

    /// Names the status of a row, if the round has none of that name.
    pub(crate) fn name_unknown_statuses(&self, cells: &[String], sink: &mut dyn Sink) {
        let place = self.places.get(&MappedField::Status);
        let status = place.and_then(|(at, _)| cells.get(*at));
        if let Some(status) = status.map(|status| status.trim())
            && !status.is_empty()
            && !self.statuses.is_empty()
            && !is_label(status, &self.statuses)
        {
            sink.unknown_value(MappedField::Status, status);
        }
    }

    /// Whether its rows are recommendations. In a table of statuses a text only reminds of what was
    /// recommended, unless the States stand there as well.
    fn holds_recommendations(&self) -> bool {
        let has = |field| self.places.contains_key(&field);
        (has(MappedField::Text) || has(MappedField::Summary))
            && (!has(MappedField::Status) || has(MappedField::RecommendingStates))
    }

    /// Where its paragraphs stand.
    pub(crate) fn paragraphs(&self) -> Option<usize> {
        let place = self.places.get(&MappedField::Paragraph);
        place.map(|(at, _)| *at)
    }

    /// Takes a row.
    pub(crate) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        let mechanism = self.places.get(&MappedField::Mechanism);
        if let Some(mechanism) = mechanism.and_then(|(at, _)| cells.get(*at))
            && !is_upr(mechanism)
        {
            return sink.skipped(mechanism.trim());
        }
        let found = substituted(&self.mapping, &self.value_places, &self.headings, cells);
        let Substituted {
            cells: known,
            position,
        } = match found {
            Ok(found) => found,
            Err(kind) => return sink.skipped(&kind),
        };
        self.name_unknown_statuses(&known, sink);
        match self.row(number, &known) {
            Ok((recommendation, assessment)) => {
                if recommendation.is_none() && assessment.is_none() {
                    // Nobody has assessed it yet.
                    let status = self.places.get(&MappedField::Status);
                    return sink.skipped(status.map_or("", |(_, heading)| heading));
                }
                sink.row(&self.headings, cells);
                if let Some(mut one) = recommendation {
                    restore_words(&mut one, position);
                    sink.recommendation(one)?;
                }
                assessment.map_or(Ok(()), |one| sink.assessment(one))
            }
            Err(wrong) => {
                self.name_further_values(number, &known, &wrong, sink);
                self.name_issues(number, &known, sink);
                sink.rejected(self.whole(wrong, cells))
            }
        }
    }

    /// Names the States and the position of a row that are not known, but for the value that it is rejected for, so that
    /// a person is asked about all of its values at once.
    fn name_further_values(
        &self,
        number: u32,
        cells: &[String],
        wrong: &Rejected,
        sink: &mut dyn Sink,
    ) {
        if !self.holds_recommendations() {
            return;
        }
        let row = Row {
            table: self,
            number,
            cells,
        };
        let (_, unknown) = in_column(&values(&row.list(MappedField::RecommendingStates)));
        let names: BTreeSet<&str> = unknown.iter().map(|one| one.text.as_str()).collect();
        let states = names
            .into_iter()
            .map(|name| (MappedField::RecommendingStates, name));
        let state = row.cell(MappedField::State);
        let under_review = (!state.is_empty() && resolve_name(state).is_err())
            .then_some((MappedField::State, state));
        let typed = row.cell(MappedField::Position);
        let position = position(typed)
            .is_none()
            .then_some((MappedField::Position, typed));
        for (field, value) in states.chain(under_review).chain(position) {
            if wrong.value.as_deref() != Some(shortened(value).as_str()) {
                sink.unknown_value(field, value);
            }
        }
    }

    /// Names the issues of a row that is rejected, so that a person is asked about all of its values at once.
    fn name_issues(&self, number: u32, cells: &[String], sink: &mut dyn Sink) {
        let row = Row {
            table: self,
            number,
            cells,
        };
        if self.holds_recommendations() {
            let issues = values(&row.list(MappedField::Issues));
            let different: BTreeSet<&str> = issues.iter().map(String::as_str).collect();
            for issue in different {
                sink.unknown_value(MappedField::Issues, issue);
            }
        }
    }

    /// A row that cannot be taken, with all that stands in it.
    pub(crate) fn whole(&self, wrong: Rejected, cells: &[String]) -> Rejected {
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

    /// `97.1` of `Para. 97.1.`; what is no number stays as it is, to be rejected.
    fn paragraph(&self) -> String {
        let cell = self.cell(MappedField::Paragraph);
        Paragraph::from_source(cell).map_or_else(|_| cell.to_owned(), String::from)
    }

    fn review(&self) -> Result<Option<(ReviewCode, Option<u8>)>, Rejected> {
        let found = self.review_by_name()?;
        if let Some((review, _)) = found {
            for field in [MappedField::Session, MappedField::Cycle] {
                let cell = self.cell(field);
                check_cycle(review, cell, field == MappedField::Session)
                    .map_err(|reason| self.wrong(field, cell, reason))?;
            }
            // "UPR, third cycle".
            let mechanism = self.cell(MappedField::Mechanism);
            if names_cycle(mechanism) {
                check_cycle(review, mechanism, false)
                    .map_err(|reason| self.wrong(MappedField::Mechanism, mechanism, reason))?;
            }
        }
        Ok(found)
    }

    fn review_by_name(&self) -> Result<Option<(ReviewCode, Option<u8>)>, Rejected> {
        let named = self.table.named;
        let session = self.cell(MappedField::Session);
        let number = session_in(session);
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
        let state_code = resolve_name(state)
            .map_err(|unknown| self.wrong(MappedField::State, state, unknown_state(&unknown)))?;
        let cycle = match self.cell(MappedField::Cycle) {
            "" if session.is_empty() => {
                Some(self.cell(MappedField::Mechanism)).filter(|cell| names_cycle(cell))
            }
            cycle => Some(cycle),
        };
        let cycle = cycle.unwrap_or_default();
        let found = review_of(state_code, session, cycle, named).map_err(|reason| {
            let fields = [MappedField::Session, MappedField::Cycle];
            let mut fields = fields
                .into_iter()
                .filter(|field| !self.cell(*field).is_empty());
            let field = fields.next().unwrap_or(MappedField::State);
            self.wrong(field, self.cell(field), reason)
        })?;
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
        let number = self.paragraph();
        let paragraph =
            match number.as_str() {
                "" => None,
                number => Some(Paragraph::from_source(number).map_err(|_| {
                    self.wrong(MappedField::Paragraph, number, no_paragraph(number))
                })?),
            };
        let states = self.list(MappedField::RecommendingStates);
        let (in_column, unknown) = in_column(&values(&states));
        if let Some(unknown) = unknown.first() {
            let reason = unknown_state(unknown);
            return Err(self.wrong(MappedField::RecommendingStates, &unknown.text, reason));
        }
        let beside = Beside::read(text, paragraph.as_ref(), &in_column).map_err(|wrong| {
            let (value, reason) = contradiction(wrong);
            self.wrong(MappedField::Text, &value, reason)
        })?;
        let wording = &beside.wording;
        if let Some(reason) = no_wording(&wording.text) {
            return Err(self.wrong(MappedField::Text, text, reason));
        }
        let typed = self.cell(MappedField::Position);
        let class = position(typed);
        if class.is_none() {
            return Err(self.wrong(MappedField::Position, typed, unknown_position(typed)));
        }
        if let Some(reason) = own_recommendation(review, &beside.states) {
            let cell = self.cell(MappedField::RecommendingStates);
            return Err(self.wrong(MappedField::RecommendingStates, cell, reason));
        }
        let goals = goals(values(&self.list(MappedField::Sdgs))).map_err(|reason| {
            let cell = self.cell(MappedField::Sdgs);
            self.wrong(MappedField::Sdgs, cell, reason)
        })?;
        let own = |field: MappedField, is_list: bool| match field {
            MappedField::Review => review.to_string(),
            MappedField::Paragraph => beside
                .paragraph
                .as_ref()
                .map_or_else(String::new, Paragraph::to_string),
            // Taken apart where the number or the States stand in it.
            MappedField::Text if in_column.is_empty() => wording.text.clone(),
            MappedField::Text => beside.text_of(text),
            MappedField::RecommendingStates => {
                let codes: Vec<&str> = beside.states.iter().map(|state| state.as_str()).collect();
                codes.join("; ")
            }
            MappedField::Position => class.map_or(typed, |class| class.code()).to_owned(),
            MappedField::Sdgs => in_lines(&goals),
            MappedField::Issues => {
                in_lines(&self.table.apart(Scheme::Issue, values(&self.list(field))))
            }
            MappedField::Themes => {
                in_lines(&self.table.apart(Scheme::Theme, values(&self.list(field))))
            }
            MappedField::AffectedPersons => {
                let persons = values(&self.list(field));
                in_lines(&self.table.apart(Scheme::AffectedPersons, persons))
            }
            _ if is_list => self.list(field),
            _ => self.cell(field).to_owned(),
        };
        let fields = self.table.own_fields.iter();
        let mut cells: Vec<String> = fields
            .map(|(field, is_list)| own(*field, *is_list))
            .collect();
        cells.push(typed.to_owned());
        let incoming = self
            .table
            .own
            .row_with(self.number, &cells, Some(wording))
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
            _ => typed,
        };
        let paragraph = Paragraph::from_source(&number)
            .map_err(|_| self.wrong(MappedField::Paragraph, &number, no_paragraph(&number)))?;
        let Some(assessed) = self.assessed()? else {
            return Ok(None);
        };
        // A row that is a recommendation as well is compared as one.
        let (mut text, mut recommending) = (None, Vec::new());
        if !self.table.holds_recommendations() {
            let wording = Wording::read(self.cell(MappedField::Text));
            text = Some(wording.text).filter(|text| !text.is_empty());
            let states = self.list(MappedField::RecommendingStates);
            let (in_column, unknown) = in_column(&values(&states));
            if let Some(unknown) = unknown.first() {
                let reason = unknown_state(unknown);
                return Err(self.wrong(MappedField::RecommendingStates, &unknown.text, reason));
            }
            recommending = in_column;
        }
        Ok(Some(IncomingAssessment {
            row: self.number,
            review: self.review()?.map(|(review, _)| review),
            paragraph,
            status: assessed.status,
            rationale: assessed.rationale,
            evidence: assessed.evidence,
            confidence: assessed.confidence,
            text,
            recommending,
        }))
    }

    /// What the row says of the implementation; none where it has neither a status nor a reason nor a source.
    fn assessed(&self) -> Result<Option<Assessed>, Rejected> {
        let status = self.cell(MappedField::Status);
        let rationale = self.cell(MappedField::Rationale);
        let sources = self.cell(MappedField::Evidence);
        if status.is_empty() && rationale.is_empty() && sources.is_empty() {
            return Ok(None);
        }
        let level = self.cell(MappedField::Confidence);
        let level_read = confidence(level);
        if !level.is_empty() && level_read.is_none() {
            let reason = Message::new("exchange-confidence").with("value", shortened(level));
            return Err(self.wrong(MappedField::Confidence, level, reason));
        }
        let kind = self.cell(MappedField::EvidenceKind);
        let kind_read = EvidenceKind::parse(kind);
        if !kind.is_empty() && kind_read.is_none() {
            let known: Vec<&str> = EvidenceKind::ALL.map(EvidenceKind::code).to_vec();
            let reason = Message::new("exchange-evidence-kind")
                .with("value", shortened(kind))
                .with("known", known.join(", "));
            return Err(self.wrong(MappedField::EvidenceKind, kind, reason));
        }
        let evidence = evidence(
            sources,
            self.table.separator.as_deref(),
            kind_read.unwrap_or(EvidenceKind::CivilSociety),
        );
        if kind_read.is_none() {
            let count = u64::try_from(evidence.len()).unwrap_or_default();
            let assumed = &self.table.kinds_assumed;
            assumed.set(assumed.get().saturating_add(count));
        }
        Ok(Some(Assessed {
            status: status.to_owned(),
            rationale: Some(rationale.to_owned()).filter(|text| !text.is_empty()),
            evidence,
            confidence: level_read,
        }))
    }
}

/// Values on a line each, as our own table has them.
fn in_lines(values: &[String]) -> String {
    let lines = values.iter().map(|value| format!("- {value}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// What a row says of the implementation of its recommendation.
pub(crate) struct Assessed {
    /// The status as it is written.
    pub(crate) status: String,
    /// Why.
    pub(crate) rationale: Option<String>,
    /// What it rests on.
    pub(crate) evidence: Vec<Evidence>,
    /// How sure.
    pub(crate) confidence: Option<Confidence>,
}

/// Gives a position its own words back, for which a code was read.
pub(crate) fn restore_words(one: &mut Incoming, said: Option<(PositionClass, String)>) {
    if let (Some((class, written)), Some(position)) = (said, &mut one.position) {
        position.class = class;
        position.raw = written;
    }
}
