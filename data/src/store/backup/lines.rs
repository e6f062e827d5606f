//! A row as a line of JSON.

use super::super::Error;
use super::{Column, Kind};
use sea_orm::{QueryResult, Value};
use serde_json::Value as Json;

/// Appends a row that was read from the database as one line.
pub(super) fn write_row(
    out: &mut Vec<u8>,
    columns: &[Column],
    row: &QueryResult,
) -> Result<(), Error> {
    for (index, column) in columns.iter().enumerate() {
        out.push(if index == 0 { b'[' } else { b',' });
        match column.kind {
            Kind::Integer => write_json(out, &row.try_get_by_index::<Option<i64>>(index)?)?,
            Kind::Text => write_json(out, &row.try_get_by_index::<Option<String>>(index)?)?,
            Kind::Boolean => write_json(out, &row.try_get_by_index::<Option<bool>>(index)?)?,
            Kind::Real => {
                let number: Option<f64> = row.try_get_by_index(index)?;
                write_json(out, &number.map(|number| format!("{number:?}")))?;
            }
            Kind::Bytes => {
                let bytes: Option<Vec<u8>> = row.try_get_by_index(index)?;
                write_json(out, &bytes.map(hex::encode))?;
            }
        }
    }
    out.extend_from_slice(b"]\n");
    Ok(())
}

/// Appends a value as JSON.
pub(super) fn write_json(out: &mut Vec<u8>, value: &impl serde::Serialize) -> Result<(), Error> {
    serde_json::to_writer(out, value).map_err(|error| Error::Corrupt(error.to_string()))
}

/// The values of a row, each as its column wants it.
/// `None` if the line is no such row.
pub(super) fn read_row(line: &[u8], columns: &[Column]) -> Option<Vec<Value>> {
    let values: Vec<Json> = serde_json::from_slice(line).ok()?;
    if values.len() != columns.len() {
        return None;
    }
    let row = values.into_iter().zip(columns);
    row.map(|(value, column)| read_value(value, column.kind))
        .collect()
}

fn read_value(value: Json, kind: Kind) -> Option<Value> {
    Some(match (kind, value) {
        (Kind::Integer, Json::Null) => Value::BigInt(None),
        (Kind::Integer, Json::Number(number)) => Value::BigInt(Some(number.as_i64()?)),
        (Kind::Text, Json::Null) => Value::String(None),
        (Kind::Text, Json::String(text)) => text.into(),
        (Kind::Boolean, Json::Null) => Value::Bool(None),
        (Kind::Boolean, Json::Bool(is)) => is.into(),
        (Kind::Real, Json::Null) => Value::Double(None),
        (Kind::Real, Json::String(digits)) => digits.parse::<f64>().ok()?.into(),
        (Kind::Bytes, Json::Null) => Value::Bytes(None),
        (Kind::Bytes, Json::String(digits)) => hex::decode(digits).ok()?.into(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a JSON parser may round or a text column could not hold comes back exactly.
    #[test]
    fn values_come_back_as_they_were() {
        let column = |kind| Column {
            name: String::new(),
            kind,
        };
        let columns = [
            Kind::Integer,
            Kind::Text,
            Kind::Boolean,
            Kind::Real,
            Kind::Bytes,
        ]
        .map(column);
        for number in [0.1 + 0.2, 1e300, -0.0, 5e-324, 1.0, f64::MAX] {
            let line = format!(
                r#"[{},"\u0001\"ü\u2028",true,"{number:?}","00ff"]"#,
                i64::MIN
            );
            let row = read_row(line.as_bytes(), &columns).unwrap();
            let Value::Double(Some(back)) = row[3] else {
                panic!("{:?}", row[3]);
            };
            assert_eq!(back.to_bits(), number.to_bits());
            assert_eq!(row[0], Value::BigInt(Some(i64::MIN)));
            assert_eq!(row[1], "\u{1}\"ü\u{2028}".into());
            assert_eq!(row[2], true.into());
            assert_eq!(row[4], vec![0_u8, 255].into());
        }
        let nothing = read_row(b"[null,null,null,null,null]", &columns).unwrap();
        assert_eq!(nothing[3], Value::Double(None));
        // A value of another type, one too few, no number, half a byte, no hexadecimal digits.
        for line in [
            r#"["1","",true,"1","00"]"#,
            r#"[1,"",true,"1"]"#,
            r#"[1,"",true,"one","00"]"#,
            r#"[1,"",true,"1","0"]"#,
            r#"[1.5,"",true,"1","00"]"#,
            r#"[1,"",true,"1","0g"]"#,
            r#"[1,"",true,"1","+f"]"#,
            r#"[1,"",true,"1"," 0"]"#,
            r#"[1,"",true,"1","é"]"#,
        ] {
            assert!(read_row(line.as_bytes(), &columns).is_none(), "{line}");
        }
    }
}
