//! JSON: what the file says about itself, then the rows by column ids. Whatever has a code has its
//! label beside it, so that programs and people read the same file.

use super::{About, Extra, Table, Words};
use crate::domain::{Cell, Evidence, Listed, Position, StateCode};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes the table as JSON.
pub fn write_json(table: &Table<'_>, mut out: impl Write) -> io::Result<()> {
    out.write_all(b"{\"about\":")?;
    serde_json::to_writer(&mut out, &AboutJson(table.about))?;
    out.write_all(b",\"recommendations\":[")?;
    let mut between: &[u8] = b"\n";
    (table.rows)(&mut |row| {
        out.write_all(between)?;
        between = b",\n";
        Ok(serde_json::to_writer(&mut out, &RowJson { table, row })?)
    })?;
    out.write_all(b"\n]}\n")?;
    out.flush()
}

struct AboutJson<'a>(&'a About);

impl Serialize for AboutJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let about = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(Extra::Title.id(), &about.title)?;
        map.serialize_entry(Extra::Notice.id(), &about.notice)?;
        map.serialize_entry(Extra::Round.id(), &about.round)?;
        map.serialize_entry(Extra::Filter.id(), &about.filter)?;
        map.serialize_entry(Extra::CountingUnit.id(), &about.unit)?;
        map.serialize_entry(Extra::DataAsOf.id(), &about.data_as_of)?;
        map.serialize_entry(Extra::LastChangedOn.id(), &about.last_changed_on)?;
        if let Some(coverage) = &about.coverage {
            map.serialize_entry(Extra::Coverage.id(), coverage)?;
        }
        map.serialize_entry(Extra::Source.id(), &about.source)?;
        map.serialize_entry(Extra::Licence.id(), &about.licence)?;
        map.end()
    }
}

struct RowJson<'a> {
    table: &'a Table<'a>,
    row: &'a Listed<'a>,
}

impl Serialize for RowJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { table, row } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(Extra::Review.id(), &row.review)?;
        for column in table.columns {
            map.serialize_entry(column.id(), &value(&column.cell(row), table.words))?;
        }
        let permalink = (table.permalink)(row.review, row.recommendation);
        map.serialize_entry(Extra::Permalink.id(), &permalink)?;
        map.end()
    }
}

fn value(cell: &Cell<'_>, words: &dyn Words) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::States(states) => {
            let state = |state: &StateCode| json!({"code": state, "name": words.state(*state)});
            states.iter().map(state).collect()
        }
        Cell::Position(class) => json!({"code": class.code(), "label": words.position(*class)}),
        Cell::Claim(Position {
            raw,
            source,
            source_paragraph,
            date,
            ..
        }) => json!({
            "raw": raw, "source": source, "source_paragraph": source_paragraph, "date": date,
        }),
        Cell::Names(names) => json!(names),
        Cell::ActionCategory(category) => {
            json!({"number": category, "label": words.action_category(*category)})
        }
        Cell::Status(status) => json!({"code": status.code, "label": words.status(status)}),
        Cell::Confidence(level) => json!({"code": level.code(), "label": words.confidence(*level)}),
        Cell::Evidence(evidence) => {
            let one = |one: &Evidence| {
                json!({
                    "title": one.title,
                    "source": one.source,
                    "publisher": one.publisher,
                    "date": one.date,
                    "kind": {"code": one.kind.code(), "label": words.evidence_kind(one.kind)},
                    "note": one.note,
                })
            };
            evidence.iter().map(one).collect()
        }
        Cell::Texts(texts) => json!(texts),
    }
}
