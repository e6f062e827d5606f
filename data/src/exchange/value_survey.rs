//! Which values of a file are not known, so that a person can say what they mean before its rows are rejected one by
//! one.

use super::{
    FileAccount, Incoming, IncomingAssessment, MappedField, Mapping, ReadFailure, ReadOptions,
    Rejected, Sink, Stopped, read,
};
use crate::domain::{
    Message, PositionClass, Scale, StateCode, Status, known_issue, shorten, states,
};
use crate::exchange::read::containers::encoding::without_mark;
use crate::exchange::read::containers::records::Records;
use crate::exchange::read::formats::mapping_guess::field_of_heading;
use crate::exchange::read::values::positions::position;
use crate::exchange::read::values::status_labels::is_label;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

/// Different values of a field that are asked about; rows with others are counted.
const MOST_VALUES: usize = 200;
/// A value is asked about up to this length, in bytes; a longer one is a sentence.
const LONGEST_VALUE: usize = 300;

/// The values of a file that are not known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UnknownValues {
    /// Each of them, by its field and then by how many rows have it.
    pub values: Vec<UnknownValue>,
    /// Positions that are known, and what they are read as: a person may have another opinion, for all rows at once.
    pub known: Vec<UnknownValue>,
    /// How many rows have values beyond these.
    pub more_rows: u64,
}

/// A value of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownValue {
    /// The field.
    pub field: MappedField,
    /// The value as the file spells it.
    pub value: String,
    /// How many rows have it.
    pub rows: u64,
    /// The code of what it is read as; `None` if it is not known.
    pub read_as: Option<String>,
}

/// Reads a file as an import would, and collects the values that are not known.
pub fn unknown_values(
    input: impl Read + Seek,
    options: &ReadOptions,
) -> Result<UnknownValues, ReadFailure> {
    let mut found = Collected::default();
    read(input, options, &mut found)?;
    let known = found
        .known
        .into_iter()
        .map(|((value, class), rows)| UnknownValue {
            field: MappedField::Position,
            value,
            rows,
            read_as: Some(class.to_owned()),
        });
    let values = found
        .values
        .into_iter()
        .map(|((field, value), rows)| UnknownValue {
            field,
            value,
            rows,
            read_as: None,
        });
    let sorted = |mut values: Vec<UnknownValue>| {
        values.sort_by_key(|one| (one.field, std::cmp::Reverse(one.rows)));
        values
    };
    Ok(UnknownValues {
        values: sorted(values.collect()),
        known: sorted(known.collect()),
        more_rows: found.more_rows,
    })
}

/// The State that a name seems to mean.
pub fn suggest_state(name: &str) -> Option<StateCode> {
    states::plausible(name, states::nearest(name))
}

/// The class that the words of a response seem to mean: those of its first part that means one.
pub fn suggest_position(words: &str) -> Option<PositionClass> {
    let mut parts = words.split([',', ';', '/', '(', ')', ':', '.', '–', '—']);
    parts
        .find_map(|part| position(part).filter(|class| *class != PositionClass::Unknown))
        .filter(|_| words.len() <= LONGEST_VALUE)
}

/// What values can mean.
#[derive(Clone, Copy, Debug)]
pub struct Meanings<'a> {
    /// The scale of the round that assessments go into.
    pub scale: Option<&'a Scale>,
    /// The issues that recommendations have already, beside those that are built in.
    pub issues: &'a BTreeSet<String>,
}

impl<'a> Meanings<'a> {
    /// No issues but those that are built in.
    pub fn of_scale(scale: Option<&'a Scale>) -> Self {
        static NONE: BTreeSet<String> = BTreeSet::new();
        Self {
            scale,
            issues: &NONE,
        }
    }
}

/// Writes into a mapping what a value of a field means: a status by its code or label, a class of positions by its
/// code, a State by its code or name, a known issue or [`Mapping::KEEP`], or [`Mapping::LEAVE_OUT`]. Nothing takes
/// back what was said before.
pub fn say_value(
    mapping: &mut Mapping,
    field: MappedField,
    value: &str,
    meaning: &str,
    meanings: Meanings<'_>,
) -> Result<(), Message> {
    let (value, meaning) = (value.trim(), meaning.trim());
    if value.is_empty() || !MappedField::WITH_VALUES.contains(&field) {
        return Ok(());
    }
    if meaning.is_empty() {
        if let Some(values) = mapping.values.get_mut(field.id()) {
            values.remove(value);
        }
        return Ok(());
    }
    let code = match field {
        _ if meaning == Mapping::LEAVE_OUT => Some(meaning.to_owned()),
        MappedField::Position => {
            let class = PositionClass::parse(&meaning.to_lowercase().replace(' ', "_"));
            class.map(|class| class.code().to_owned())
        }
        MappedField::RecommendingStates | MappedField::State => states::resolve(meaning)
            .ok()
            .map(|state| state.as_str().to_owned()),
        MappedField::Issues if meaning == Mapping::KEEP || meaning == value => {
            Some(Mapping::KEEP.to_owned())
        }
        MappedField::Issues => match known_issue(meaning) {
            Some(issue) => Some(issue.to_owned()),
            None => meanings.issues.get(meaning).cloned(),
        },
        _ => meanings.scale.and_then(|scale| {
            let mut statuses = scale.statuses.iter();
            let is_it =
                |status: &&Status| is_label(meaning, &[status.code.clone(), status.label.clone()]);
            Some(statuses.find(is_it)?.code.clone())
        }),
    };
    match code {
        Some(code) => {
            mapping.set_value(field, value, &code);
            Ok(())
        }
        None => Err(Message::new("values-unfit")
            .with("value", shorten(value, Message::LONGEST_CELL))
            .with("meaning", shorten(meaning, Message::LONGEST_CELL))),
    }
}

/// A line of a file of values: a field, a value of it, and what that means.
pub type SaidValue = (MappedField, String, String);

/// Reads a file of values: a table as text with the columns field, value and code, with or without these headings.
pub fn read_values(bytes: &[u8]) -> Result<Vec<SaidValue>, Message> {
    let bytes = without_mark(bytes)?;
    let mut records = Records::new(&bytes);
    let mut said = Vec::new();
    while let Some(cells) = records.next()? {
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        let (name, value, code) = (cell(0), cell(1), cell(2));
        let is_heading = records.number() == 1 && name.eq_ignore_ascii_case("field");
        if is_heading || cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let field =
            MappedField::parse(name).filter(|field| MappedField::WITH_VALUES.contains(field));
        let Some(field) = field.filter(|_| !value.is_empty()) else {
            let fields = MappedField::WITH_VALUES.map(MappedField::id);
            return Err(Message::new("values-file")
                .with("row", records.number())
                .with("fields", fields.join(", ")));
        };
        if said.len() == MOST_LINES {
            return Err(Message::new("exchange-rows").with("max", MOST_LINES));
        }
        said.push((field, value.to_owned(), code.to_owned()));
    }
    Ok(said)
}

/// Lines of a file of values that are read.
const MOST_LINES: usize = 2_000;

#[derive(Default)]
struct Collected {
    values: BTreeMap<(MappedField, String), u64>,
    /// How many different values each field has.
    different: BTreeMap<MappedField, usize>,
    /// By the words of a position and the code of its class.
    known: BTreeMap<(String, &'static str), u64>,
    more_rows: u64,
}

impl Collected {
    fn add(&mut self, field: MappedField, value: &str) {
        let value = value.trim();
        if value.is_empty() || value.len() > LONGEST_VALUE {
            return;
        }
        if let Some(rows) = self.values.get_mut(&(field, value.to_owned())) {
            *rows += 1;
            return;
        }
        // Each field has its own bound, so that a column of free keywords leaves room for the States.
        let different = self.different.entry(field).or_default();
        if *different < MOST_VALUES {
            *different += 1;
            self.values.insert((field, value.to_owned()), 1);
        } else if field != MappedField::Issues {
            self.more_rows += 1;
        }
    }
}

impl Sink for Collected {
    fn recommendation(&mut self, one: Incoming) -> Result<(), Stopped> {
        if let Some(position) = one.position {
            let words = position.raw.trim().to_owned();
            let key = (words, position.class.code());
            let is_fit = !key.0.is_empty() && key.0.len() <= LONGEST_VALUE;
            if is_fit && (self.known.len() < MOST_VALUES || self.known.contains_key(&key)) {
                *self.known.entry(key).or_default() += 1;
            }
        }
        Ok(())
    }

    fn assessment(&mut self, _: IncomingAssessment) -> Result<(), Stopped> {
        Ok(())
    }

    fn rejected(&mut self, one: Rejected) -> Result<(), Stopped> {
        let Some(value) = &one.value else {
            return Ok(());
        };
        let field = match &*one.reason.key {
            "exchange-unknown-position"
            | "exchange-position-in-principle"
            | "exchange-position-number" => MappedField::Position,
            "exchange-unknown-state"
            | "exchange-unknown-state-nearest"
            | "exchange-no-state-of-review" => {
                let column = one.column.as_deref().unwrap_or_default();
                match field_of_heading(column) {
                    Some(MappedField::State) => MappedField::State,
                    _ => MappedField::RecommendingStates,
                }
            }
            _ => return Ok(()),
        };
        self.add(field, value);
        Ok(())
    }

    fn skipped(&mut self, _: &str) -> Result<(), Stopped> {
        Ok(())
    }

    fn unknown_value(&mut self, field: MappedField, value: &str) {
        self.add(field, value);
    }

    fn account(&mut self, _: FileAccount) {}

    fn progress(&mut self, _: u64, _: u64) -> Result<(), Stopped> {
        Ok(())
    }
}
