//! Salted commitments: how an entry's hash covers its texts so that one of them can be removed later.
//!
//! An entry of format 2 hashes its JSON with a commitment in place of each text: SHA-256 of a salt and the
//! text as it is written in the JSON, quotation marks included. The salts of an entry come from one random seed
//! that is stored beside it. To remove a text, its commitment and the salts of the other texts are stored in place
//! of the seed: the hash can still be recomputed, and nobody can test guesses of what was removed.
//! Entries of format 1, from before, hash the texts themselves.

use crate::store::Error;
use crate::store::entities::event;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The format of entries that hash their texts themselves.
pub(crate) const PLAIN: i32 = 1;

/// The format of entries that hash commitments to their texts.
pub(crate) const COMMITTED: i32 = 2;

/// A text of a JSON document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Leaf<'a> {
    /// The key that it is the value of, or that its list is; empty if there is none.
    pub(crate) key: &'a str,
    /// As it is written, quotation marks included.
    pub(crate) literal: &'a str,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
}

/// The texts of a JSON document, in order. Parsing it into values would cost an import a tenth of its time.
pub(crate) struct Leaves<'a> {
    json: &'a str,
    at: usize,
    /// Of each object or list around the place: whether it is an object whose next text is a key, and the
    /// last key.
    around: Vec<(bool, bool, &'a str)>,
}

impl<'a> Leaves<'a> {
    pub(crate) fn of(json: &'a str) -> Self {
        Self {
            json,
            at: 0,
            around: Vec::new(),
        }
    }

    fn key(&self) -> &'a str {
        self.around.last().map_or("", |(_, _, key)| key)
    }

    /// The literal that begins here.
    fn literal(&self) -> &'a str {
        let mut escaped = false;
        let rest = self.json.get(self.at..).unwrap_or_default();
        let end = rest.bytes().skip(1).position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let end = end.map_or(rest.len(), |end| end + 2);
        rest.get(..end).unwrap_or(rest)
    }
}

impl<'a> Iterator for Leaves<'a> {
    type Item = Leaf<'a>;

    fn next(&mut self) -> Option<Leaf<'a>> {
        while let Some(byte) = self.json.as_bytes().get(self.at) {
            match byte {
                b'{' => self.around.push((true, true, "")),
                b'[' => self.around.push((false, false, self.key())),
                b'}' | b']' => {
                    self.around.pop();
                }
                b',' => {
                    if let Some((is_object, key_next, _)) = self.around.last_mut() {
                        *key_next = *is_object;
                    }
                }
                b'"' => {
                    let (start, literal) = (self.at, self.literal());
                    self.at += literal.len();
                    match self.around.last_mut() {
                        Some((_, key_next, key)) if *key_next => {
                            *key = literal.trim_matches('"');
                            *key_next = false;
                            continue;
                        }
                        _ => {
                            let key = self.key();
                            return Some(Leaf {
                                key,
                                literal,
                                start,
                            });
                        }
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        None
    }
}

/// A random seed for each of so many entries, in hexadecimal.
pub(crate) fn seeds(count: usize) -> Result<Vec<String>, Error> {
    const BYTES: usize = 16;
    let mut bytes = vec![0; count * BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Error::System(error.to_string()))?;
    Ok(bytes.chunks(BYTES).map(hex::encode).collect())
}

/// The salt of an entry's text of that place.
pub(crate) fn salt(seed: &str, place: usize) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(seed.as_bytes());
    hasher.update((place as u64).to_le_bytes());
    hasher.finalize().into()
}

/// The commitment to a text.
pub(crate) fn commitment(salt: &[u8], literal: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(literal.as_bytes());
    hasher.finalize().into()
}

/// What is stored of a text of a redacted entry of format 2.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Kept {
    /// The salt of the text that is there, in hexadecimal.
    pub(crate) salt: String,
    /// The commitment to the text that was removed, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) was: Option<String>,
}

/// SHA-256 over a JSON document with commitments in place of its texts. Lengths stand before what is
/// between them, so that no two documents are read alike. `place` counts on from what came before.
fn digest(
    json: &str,
    place: &mut usize,
    commit: &mut impl FnMut(usize, &str) -> Option<[u8; 32]>,
) -> Option<String> {
    let mut hasher = Sha256::new();
    let mut from = 0;
    let between = |hasher: &mut Sha256, text: &str| {
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    for leaf in Leaves::of(json) {
        between(&mut hasher, json.get(from..leaf.start)?);
        hasher.update(commit(*place, leaf.literal)?);
        *place += 1;
        from = leaf.start + leaf.literal.len();
    }
    between(&mut hasher, json.get(from..)?);
    Some(hex::encode(hasher.finalize()))
}

/// The digests of what an entry says was there, and was there afterwards; none if a salt is missing.
fn digests(
    row: &event::Model,
    mut commit: impl FnMut(usize, &str) -> Option<[u8; 32]>,
) -> Option<[Option<String>; 2]> {
    let mut place = 0;
    let mut of = |json: &Option<String>| match json {
        Some(json) => digest(json, &mut place, &mut commit).map(Some),
        None => Some(None),
    };
    Some([of(&row.before)?, of(&row.after)?])
}

/// The digests by the seed of the entry.
pub(crate) fn digests_by_seed(row: &event::Model) -> Option<[Option<String>; 2]> {
    let seed = row.seed.as_deref()?;
    digests(row, |place, literal| {
        Some(commitment(&salt(seed, place), literal))
    })
}

/// The salts of a redacted entry's texts.
pub(crate) fn kept(row: &event::Model) -> Option<Vec<Kept>> {
    serde_json::from_str(row.salts.as_deref()?).ok()
}

/// The same by what is stored of a redacted entry: what was removed counts as it was.
fn digests_by_salts(row: &event::Model) -> Option<[Option<String>; 2]> {
    let kept = kept(row)?;
    digests(row, |place, literal| {
        let kept = kept.get(place)?;
        match &kept.was {
            Some(was) => hex::decode(was).ok()?.try_into().ok(),
            None => Some(commitment(&hex::decode(&kept.salt).ok()?, literal)),
        }
    })
}

/// The hash of an entry of format 2; none if its salts are missing.
pub(crate) fn hash(previous: &str, row: &event::Model) -> Option<String> {
    let digests = match row.seed {
        Some(_) => digests_by_seed(row)?,
        None => digests_by_salts(row)?,
    };
    let [before, after] = digests;
    let entry = serde_json::json!([
        COMMITTED,
        previous,
        row.id,
        row.at,
        row.actor,
        row.kind,
        row.review,
        row.round,
        row.paragraph,
        before,
        after
    ]);
    Some(hex::encode(Sha256::digest(entry.to_string().as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_a_document_are_found_with_their_keys() {
        let json = r#"{"a":"x\"y","b":["p",{"c":"q","d":1},"r"],"e":{"f":null,"g":"\\"},"h":""}"#;
        let leaves: Vec<(&str, &str)> = Leaves::of(json)
            .map(|leaf| (leaf.key, leaf.literal))
            .collect();
        let expected = [
            ("a", r#""x\"y""#),
            ("b", r#""p""#),
            ("c", r#""q""#),
            ("b", r#""r""#),
            ("g", r#""\\""#),
            ("h", r#""""#),
        ];
        assert_eq!(leaves, expected);
        let alone: Vec<_> = Leaves::of(r#""anna""#).map(|leaf| leaf.key).collect();
        assert_eq!(alone, [""]);
    }

    fn entry(after: &str) -> event::Model {
        event::Model {
            id: 1,
            at: 0,
            actor: "anna".to_owned(),
            kind: "assessment-saved".to_owned(),
            review: None,
            round: None,
            paragraph: None,
            before: None,
            after: Some(after.to_owned()),
            hash: String::new(),
            format: COMMITTED,
            seed: Some("00112233445566778899aabbccddeeff".to_owned()),
            salts: None,
        }
    }

    #[test]
    fn every_change_of_an_entry_changes_its_hash() {
        let hash_of = |after: &str| hash("", &entry(after)).unwrap();
        let first = hash_of(r#"{"a":"x","b":1}"#);
        for other in [
            r#"{"a":"y","b":1}"#,
            r#"{"a":"x","b":2}"#,
            r#"{"b":1,"a":"x"}"#,
            r#"{"a": "x","b":1}"#,
            r#"{"a":"x","c":1}"#,
        ] {
            assert_ne!(first, hash_of(other), "{other}");
        }
        let mut other_seed = entry(r#"{"a":"x","b":1}"#);
        other_seed.seed = Some("ff".repeat(16));
        assert_ne!(hash("", &other_seed).unwrap(), first);
    }

    #[test]
    fn a_removed_text_leaves_its_commitment() {
        let mut row = entry(r#"{"a":"secret","b":"kept"}"#);
        let first = hash("", &row).unwrap();
        let seed = row.seed.take().unwrap();
        let kept = vec![
            Kept {
                salt: "00".to_owned(),
                was: Some(hex::encode(commitment(&salt(&seed, 0), r#""secret""#))),
            },
            Kept {
                salt: hex::encode(salt(&seed, 1)),
                was: None,
            },
        ];
        row.salts = serde_json::to_string(&kept).ok();
        row.after = Some(r#"{"a":"[redacted]","b":"kept"}"#.to_owned());
        assert_eq!(hash("", &row).unwrap(), first);
        row.after = Some(r#"{"a":"[redacted]","b":"other"}"#.to_owned());
        assert_ne!(hash("", &row).unwrap(), first);
    }
}
