//! The elements of one list in a JSON text of any length, one at a time.
//!
//! Only strings and brackets are told apart here, so that an element is known by its bytes before
//! anything is made of it: one that is too long or too deep is stepped over in bounded memory, and
//! one that is broken inside spoils no other.

use crate::domain::Message;
use std::io::BufRead;

/// The longest element that is kept, in bytes.
pub(crate) const MAX_ITEM: usize = 1 << 20;
/// How deep an element may be nested.
pub(crate) const MAX_DEPTH: u32 = 16;

/// Members beside the list that are noted.
const MAX_OTHERS: usize = 40;
/// The longest value of one that is kept, in bytes.
const MAX_KEPT: usize = 64 << 10;
/// What is kept of a longer one: no JSON.
const TOO_LONG: &[u8] = b"...";

/// One element.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Item {
    /// Its bytes.
    Kept(Vec<u8>),
    /// More than [`MAX_ITEM`].
    TooLong,
    /// Deeper than [`MAX_DEPTH`].
    TooDeep,
}

/// The elements as they come by.
pub(crate) struct Items<R> {
    input: R,
    at: u64,
    /// Whether the list is a member of an object, which goes on behind it.
    is_member: bool,
    before_first: bool,
    /// What the list is called, if it is a member.
    name: String,
    /// The members beside the list that hold something, each with its value if that is short.
    others: Vec<(String, Vec<u8>)>,
}

impl<R: BufRead> Items<R> {
    /// Goes to the list: the text itself or, if that is an object, its member of this name. None if
    /// it has no such member.
    pub(crate) fn find(input: R, member: &str) -> Result<Option<Self>, Message> {
        let mut items = Self {
            input,
            at: 0,
            is_member: false,
            before_first: true,
            name: member.to_owned(),
            others: Vec::new(),
        };
        items.skip_mark()?;
        match items.token()? {
            Some(b'[') => return Ok(Some(items)),
            Some(b'{') => items.is_member = true,
            _ => return Err(items.damaged()),
        }
        if items.peek_token()? == Some(b'}') {
            return Ok(None);
        }
        loop {
            let name = items.string()?;
            items.expect(b':')?;
            if name == member && items.peek_token()? == Some(b'[') {
                items.token()?;
                return Ok(Some(items));
            }
            items.other(name)?;
            match items.token()? {
                Some(b',') => {}
                Some(b'}') => return Ok(None),
                _ => return Err(items.damaged()),
            }
        }
    }

    /// How many bytes are read.
    pub(crate) fn read_so_far(&self) -> u64 {
        self.at
    }

    /// The next element, or none behind the last.
    pub(crate) fn next(&mut self) -> Result<Option<Item>, Message> {
        if self.before_first {
            self.before_first = false;
            if self.peek_token()? == Some(b']') {
                self.token()?;
                return self.end().map(|()| None);
            }
            return self.value().map(Some);
        }
        match self.token()? {
            Some(b',') => self.value().map(Some),
            Some(b']') => self.end().map(|()| None),
            _ => Err(self.damaged()),
        }
    }

    /// What follows the list, which has to be the rest of its object and nothing more.
    fn end(&mut self) -> Result<(), Message> {
        while self.is_member {
            match self.token()? {
                Some(b',') => {
                    let name = self.string()?;
                    self.expect(b':')?;
                    if name == self.name && self.peek_token()? == Some(b'[') {
                        return Err(Message::new("exchange-json-twice").with("name", name));
                    }
                    self.other(name)?;
                }
                Some(b'}') => self.is_member = false,
                _ => return Err(self.damaged()),
            }
        }
        match self.token()? {
            None => Ok(()),
            Some(_) => Err(self.damaged()),
        }
    }

    /// Steps over a member beside the list and notes it, if it holds something.
    fn other(&mut self, name: String) -> Result<(), Message> {
        let value = match self.value()? {
            Item::Kept(bytes) => bytes,
            Item::TooLong | Item::TooDeep => Vec::from(TOO_LONG),
        };
        let is_empty = matches!(value.as_slice(), b"null" | b"[]" | b"{}" | b"\"\"");
        if !is_empty && self.others.len() < MAX_OTHERS {
            let value = if value.len() > MAX_KEPT {
                Vec::from(TOO_LONG)
            } else {
                value
            };
            self.others.push((name, value));
        }
        Ok(())
    }

    /// The members beside the list that came by so far and hold something, and their values.
    pub(crate) fn others(&self) -> &[(String, Vec<u8>)] {
        &self.others
    }

    fn damaged(&self) -> Message {
        Message::new("exchange-json-damaged").with("byte", self.at)
    }

    fn peek(&mut self) -> Result<Option<u8>, Message> {
        let chunk = self.input.fill_buf().map_err(|_| unreadable())?;
        Ok(chunk.first().copied())
    }

    fn step(&mut self) {
        self.input.consume(1);
        self.at += 1;
    }

    fn skip_mark(&mut self) -> Result<(), Message> {
        for byte in *b"\xEF\xBB\xBF" {
            if self.peek()? == Some(byte) {
                self.step();
            }
        }
        Ok(())
    }

    /// The next byte that is not blank, left where it is.
    fn peek_token(&mut self) -> Result<Option<u8>, Message> {
        loop {
            match self.peek()? {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.step(),
                other => return Ok(other),
            }
        }
    }

    fn token(&mut self) -> Result<Option<u8>, Message> {
        let token = self.peek_token()?;
        if token.is_some() {
            self.step();
        }
        Ok(token)
    }

    fn expect(&mut self, byte: u8) -> Result<(), Message> {
        if self.token()? == Some(byte) {
            Ok(())
        } else {
            Err(self.damaged())
        }
    }

    /// A string; one that is too long or broken is no name that anything here has.
    fn string(&mut self) -> Result<String, Message> {
        if self.peek_token()? != Some(b'"') {
            return Err(self.damaged());
        }
        Ok(match self.value()? {
            Item::Kept(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Item::TooLong | Item::TooDeep => String::new(),
        })
    }

    /// Any value, up to its last byte.
    fn value(&mut self) -> Result<Item, Message> {
        self.peek_token()?;
        let mut scan = Scan::default();
        let mut kept = Vec::new();
        let mut length = 0_usize;
        loop {
            let chunk = self.input.fill_buf().map_err(|_| unreadable())?;
            if chunk.is_empty() {
                return Err(self.damaged());
            }
            let (used, ended) = scan.take(chunk);
            length = length.saturating_add(used);
            if length <= MAX_ITEM && scan.deepest <= MAX_DEPTH {
                kept.extend(chunk.iter().take(used));
            }
            self.input.consume(used);
            self.at = self
                .at
                .saturating_add(u64::try_from(used).unwrap_or(u64::MAX));
            if ended {
                break;
            }
        }
        match length {
            0 => Err(self.damaged()),
            _ if scan.deepest > MAX_DEPTH => Ok(Item::TooDeep),
            _ if length > MAX_ITEM => Ok(Item::TooLong),
            _ => Ok(Item::Kept(kept)),
        }
    }
}

fn unreadable() -> Message {
    Message::new("exchange-unreadable")
}

/// Where in a value a scan is.
#[derive(Default)]
struct Scan {
    depth: u32,
    deepest: u32,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// How many bytes of a chunk belong to the value, and whether it ends with them.
    fn take(&mut self, chunk: &[u8]) -> (usize, bool) {
        for (place, byte) in chunk.iter().enumerate() {
            let last = match byte {
                _ if self.escaped => {
                    self.escaped = false;
                    false
                }
                b'\\' if self.in_string => {
                    self.escaped = true;
                    false
                }
                b'"' => {
                    self.in_string = !self.in_string;
                    !self.in_string && self.depth == 0
                }
                _ if self.in_string => false,
                b'{' | b'[' => {
                    self.depth = self.depth.saturating_add(1);
                    self.deepest = self.deepest.max(self.depth);
                    false
                }
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    self.depth == 0
                }
                // The end of a number or a word.
                b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => {
                    return (place, true);
                }
                _ => false,
            };
            if last {
                return (place + 1, true);
            }
        }
        (chunk.len(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Cursor};

    /// The elements, read through a buffer of a few bytes.
    fn items(text: &str) -> Result<Vec<String>, Message> {
        let input = BufReader::with_capacity(3, Cursor::new(text));
        let Some(mut items) = Items::find(input, "list")? else {
            return Ok(vec!["none".to_owned()]);
        };
        let mut found = Vec::new();
        while let Some(item) = items.next()? {
            found.push(match item {
                Item::Kept(bytes) => String::from_utf8(bytes).unwrap(),
                other => format!("{other:?}"),
            });
        }
        Ok(found)
    }

    #[test]
    fn elements_are_found() {
        assert_eq!(items("[]"), Ok(vec![]));
        assert_eq!(
            items("\u{feff} [ {\"a\": \"]}\\\"\"} ,1, null,\"x\",[[]] ] \n").unwrap(),
            ["{\"a\": \"]}\\\"\"}", "1", "null", "\"x\"", "[[]]"]
        );
        assert_eq!(
            items("{\"about\": {\"list\": [1]}, \"list\": [{}, {}], \"x\": 1}").unwrap(),
            ["{}", "{}"]
        );
        for none in ["{}", "{\"a\": 1}", "{\"list\": 3}"] {
            assert_eq!(items(none).unwrap(), ["none"], "{none}");
        }
    }

    #[test]
    fn broken_texts_are_errors() {
        for text in [
            "",
            "x",
            "[",
            "[1",
            "[1,",
            "[1 2]",
            "[,]",
            "[1]]",
            "[1],[2]",
            "[}",
            "{",
            "{\"list\":",
            "{\"list\": [1]",
            "{\"list\": [1] x}",
            "{list: [1]}",
            "{\"a\" 1}",
            "[{\"a\": \"]",
        ] {
            assert!(items(text).is_err(), "{text}");
        }
    }

    #[test]
    fn elements_have_bounds() {
        let long = format!("[\"{}\", 1, \"{}\"]", "x".repeat(MAX_ITEM), "y".repeat(9));
        assert_eq!(items(&long).unwrap(), ["TooLong", "1", "\"yyyyyyyyy\""]);
        let deep = format!("[{}{}, 2]", "[".repeat(17), "]".repeat(17));
        assert_eq!(items(&deep).unwrap(), ["TooDeep", "2"]);
        assert!(items(&"[".repeat(1 << 20)).is_err());
        assert!(items(&"{\"a\":".repeat(1 << 18)).is_err());
    }
}
