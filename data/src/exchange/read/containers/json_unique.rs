//! JSON whose objects have every name once. Of a name that an object has twice, a parser takes the last value and drops
//! the others without a word.

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt::{self, Formatter};

/// Why a text is not taken.
#[derive(Debug)]
pub(crate) enum NotUnique {
    /// An object has this name twice.
    Twice(String),
    /// It is no JSON.
    Damaged(serde_json::Error),
}

/// What begins the name in the error of an object that has it twice. No other error begins so.
const TWICE: &str = "\u{1e}twice:";

/// Parses a text.
pub(crate) fn unique(bytes: &[u8]) -> Result<Value, NotUnique> {
    match serde_json::from_slice::<Unique>(bytes) {
        Ok(Unique(value)) => Ok(value),
        Err(error) => {
            let text = error.to_string();
            let name = text.strip_prefix(TWICE).and_then(|rest| {
                // The parser adds the place.
                let (name, _) = rest.rsplit_once('\u{1e}')?;
                Some(name.to_owned())
            });
            Err(match name {
                Some(name) => NotUnique::Twice(name),
                None => NotUnique::Damaged(error),
            })
        }
    }
}

struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Values)
    }
}

struct Values;

impl<'de> Visitor<'de> for Values {
    type Value = Unique;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Unique, E> {
        Ok(Unique(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Unique, E> {
        Ok(Unique(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Unique, E> {
        Ok(Unique(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Unique, E> {
        Ok(Unique(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Unique, E> {
        Ok(Unique(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Unique, E> {
        Ok(Unique(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Unique, E> {
        Ok(Unique(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Unique, A::Error> {
        let mut values = Vec::new();
        while let Some(Unique(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Unique(values.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Unique, A::Error> {
        let mut values = Map::new();
        while let Some((name, Unique(value))) = object.next_entry::<String, Unique>()? {
            if values.contains_key(&name) {
                return Err(A::Error::custom(format!("{TWICE}{name}\u{1e}")));
            }
            values.insert(name, value);
        }
        Ok(Unique(values.into()))
    }
}
