//! A table of a recognised format with columns beside its own: the format reads its columns as in any file, and a
//! mapping says what the others hold.

use crate::domain::{Message, PositionClass, Scheme, Term};
use crate::exchange::read::formats::mapped_table::{MappedTable, restore_words};
use crate::exchange::read::formats::own_table_cells::values;
use crate::exchange::read::formats::recognise::Table;
use crate::exchange::read::values::cells::{bodies, rejected, shortened, terms};
use crate::exchange::read::values::mapped_values::{Substituted, substituted};
use crate::exchange::read::values::positions::position;
use crate::exchange::read::values::recommenders::in_column;
use crate::exchange::{
    FileRefusal, ForwardingSink, Incoming, IncomingAssessment, MappedField, Mapping, ReadOptions,
    Rejected, Sink, Stopped,
};

/// A table as its rows come by.
pub(crate) struct ExtendedTable {
    known: Table,
    /// The columns beside those of the format.
    beside: MappedTable,
    mapping: Mapping,
    /// The places of the columns whose values the mapping may know.
    places: Vec<(MappedField, usize)>,
}

impl ExtendedTable {
    /// Begins behind the row of headings. Columns of the format stay the format's, whatever the mapping says of them.
    pub(crate) fn new(
        known: Table,
        headings: &[String],
        mapping: &Mapping,
        options: &ReadOptions,
    ) -> Result<Self, FileRefusal> {
        let beside = MappedTable::beside(headings, mapping, options, &known.reads())?;
        let mut places = known.value_places();
        places.extend(beside.value_places());
        Ok(Self {
            known,
            beside,
            places,
            mapping: mapping.clone(),
        })
    }

    /// The table of the format.
    pub(crate) fn known(&self) -> &Table {
        &self.known
    }

    /// The place of the column that holds sources.
    pub(crate) fn sources(&self) -> Option<usize> {
        self.beside.place_of(MappedField::Evidence)
    }

    /// How many sources so far have no kind and are taken for those of civil society.
    pub(crate) fn kinds_assumed(&self) -> u64 {
        self.beside.kinds_assumed()
    }

    /// What a person should look at, though every row is taken.
    pub(crate) fn warnings(&self) -> Vec<Message> {
        let mut warnings = self.known.warnings();
        warnings.extend(self.beside.warnings());
        warnings
    }

    /// The places of the columns that are read.
    pub(crate) fn reads(&self) -> Vec<usize> {
        let mut places = self.known.reads();
        places.extend(self.beside.reads());
        places
    }

    /// Takes a row.
    pub(crate) fn take(
        &self,
        number: u32,
        cells: &[String],
        sink: &mut dyn Sink,
    ) -> Result<(), Stopped> {
        let headings = self.beside.headings();
        let Substituted {
            cells: known,
            position,
        } = match substituted(&self.mapping, &self.places, headings, cells) {
            Ok(found) => found,
            Err(kind) => return sink.skipped(&kind),
        };
        let mut adding = Adding {
            table: self,
            number,
            cells: &known,
            original: cells,
            position,
            sink,
        };
        self.known.take(number, &known, &mut adding)
    }
}

/// Hands on what the format reads, and what stands beside it.
struct Adding<'a> {
    table: &'a ExtendedTable,
    number: u32,
    cells: &'a [String],
    /// The cells as they are in the file.
    original: &'a [String],
    /// The class that a person gave to the words of the response, and these words.
    position: Option<(PositionClass, String)>,
    sink: &'a mut dyn Sink,
}

impl Adding<'_> {
    fn assessment_of(&self, one: &Incoming) -> Result<Option<IncomingAssessment>, Rejected> {
        let beside = &self.table.beside;
        let Some(assessed) = beside.assessed(self.number, self.cells)? else {
            return Ok(None);
        };
        let Some(paragraph) = one.paragraph.clone() else {
            let reason = Message::new("exchange-assessment-unnumbered");
            let column = beside.heading_of(MappedField::Status);
            return Err(rejected(self.number, column, &assessed.status, reason));
        };
        Ok(Some(IncomingAssessment {
            row: self.number,
            review: Some(one.review),
            paragraph,
            status: assessed.status,
            rationale: assessed.rationale,
            evidence: assessed.evidence,
            confidence: assessed.confidence,
            text: None,
            recommending: Vec::new(),
        }))
    }

    fn bodies(&self) -> Result<Vec<String>, Rejected> {
        let beside = &self.table.beside;
        let cell = beside.list(self.cells, MappedField::ResponsibleBodies);
        bodies(values(&cell)).map_err(|reason| {
            let column = beside.heading_of(MappedField::ResponsibleBodies);
            rejected(self.number, column, &shortened(&cell), reason)
        })
    }

    /// Names the values of a rejected row that are not known, but for the one that it is rejected for, so that a person
    /// is asked about all of them at once.
    fn name_further_values(&mut self, wrong: &Rejected) {
        let table = self.table;
        table.beside.name_unknown_statuses(self.cells, self.sink);
        for (field, at) in table.known.value_places() {
            let cell = self.cells.get(at).map_or("", |cell| cell.trim());
            let unknown: Vec<String> = match field {
                MappedField::RecommendingStates => {
                    let (_, unknown) = in_column(&values(cell));
                    unknown.into_iter().map(|one| one.text).collect()
                }
                // Collections have words of their own.
                MappedField::Position if matches!(table.known, Table::Own(_)) => {
                    let is_unknown = position(cell).is_none();
                    is_unknown.then(|| cell.to_owned()).into_iter().collect()
                }
                _ => Vec::new(),
            };
            for value in unknown {
                if wrong.value.as_deref() != Some(shortened(&value).as_str()) {
                    self.sink.unknown_value(field, &value);
                }
            }
        }
    }

    /// The terms of vocabularies that the format has no column for.
    fn terms(&self, one: &Incoming) -> Result<Vec<Term>, Rejected> {
        let beside = &self.table.beside;
        let mut all = Vec::new();
        for (field, scheme) in [
            (MappedField::Issues, Scheme::Issue),
            (MappedField::AffectedPersons, Scheme::AffectedPersons),
        ] {
            if one.terms.iter().any(|term| term.scheme == scheme) {
                continue;
            }
            let cell = beside.list(self.cells, field);
            let values = beside.apart(scheme, values(&cell));
            let terms = terms(scheme, values).map_err(|reason| {
                rejected(
                    self.number,
                    beside.heading_of(field),
                    &shortened(&cell),
                    reason,
                )
            })?;
            all.extend(terms);
        }
        Ok(all)
    }
}

impl ForwardingSink for Adding<'_> {
    fn next(&mut self) -> &mut dyn Sink {
        self.sink
    }

    fn row(&mut self, headings: &[String], _: &[String]) {
        self.sink.row(headings, self.original);
    }

    fn recommendation(&mut self, mut one: Incoming) -> Result<(), Stopped> {
        self.table
            .beside
            .name_unknown_statuses(self.cells, self.sink);
        let beside = self
            .assessment_of(&one)
            .and_then(|assessment| Ok((assessment, self.bodies()?, self.terms(&one)?)));
        match beside {
            Ok((assessment, bodies, terms)) => {
                one.terms.extend(terms);
                if one.responsible_bodies.is_empty() {
                    one.responsible_bodies = bodies;
                }
                restore_words(&mut one, self.position.take());
                self.sink.recommendation(one)?;
                assessment.map_or(Ok(()), |one| self.sink.assessment(one))
            }
            Err(wrong) => {
                let wrong = self.table.known.whole(wrong, self.original);
                self.sink.rejected(wrong.of_review(Some(one.review)))
            }
        }
    }

    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        self.name_further_values(&one);
        self.sink
            .rejected(self.table.known.whole(one, self.original))
    }
}
