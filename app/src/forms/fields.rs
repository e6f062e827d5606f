//! Forms as the arguments of actions, and what becomes of one that meets another version.
//!
//! A form is one struct. What it serializes to are its fields by their names in the page: a refused form is
//! filled with them again, and two versions of a thing are compared and chosen from by them.

use crate::urls::paths;
use crate::web::failure::Failure;
use crate::web::posted::Posted;
use data::domain::{Message, query_pairs};
use leptos::prelude::use_context;
use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};

/// Before the name of a field: which version of it is saved. Alone it names the fields that the table offers.
pub(crate) const TAKE: &str = "take:";

/// The fields of a form by their names: `statuses[0][code]` for one of a row.
pub(crate) fn fields(form: &impl Serialize) -> Vec<(String, String)> {
    query_pairs(&serde_qs::to_string(form).unwrap_or_default())
}

/// The form of fields.
fn form_of<F: DeserializeOwned>(fields: &[(String, String)]) -> Result<F, Failure> {
    let pairs = fields.iter();
    let pairs =
        pairs.map(|(name, value)| format!("{}={}", paths::encoded(name), paths::encoded(value)));
    let encoded = pairs.collect::<Vec<_>>().join("&");
    serde_qs::Config::new(5, false)
        .deserialize_str(&encoded)
        .map_err(|_| Message::new("request-unreadable").into())
}

/// Reads a number. In a flattened struct every field is a text.
pub(crate) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    String::deserialize(from)?.parse().map_err(D::Error::custom)
}

/// Reads numbers, see [`number`].
pub(crate) fn numbers<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<i64>, D::Error> {
    let texts = Vec::<String>::deserialize(from)?;
    let numbers = texts.iter().map(|text| text.parse());
    numbers.collect::<Result<_, _>>().map_err(D::Error::custom)
}

/// Which of two versions of a field is saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Choice {
    /// The saved value.
    Theirs,
    /// The value in the form.
    Mine,
    /// Both values, the saved one first.
    Both,
}

impl Choice {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "theirs" => Self::Theirs,
            "mine" => Self::Mine,
            "both" => Self::Both,
            _ => return None,
        })
    }
}

/// The choices made in the table of a conflict.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Choices {
    /// The fields that the table offered.
    offered: Vec<String>,
    chosen: Vec<(String, Choice)>,
}

impl Choices {
    /// Those that came with the form.
    pub(crate) fn sent() -> Self {
        let posted = use_context::<Posted>().unwrap_or_default();
        Self::of(&posted.body)
    }

    fn of(body: &str) -> Self {
        let mut choices = Self::default();
        for (name, value) in query_pairs(body) {
            if name == TAKE {
                let offered = value.split_whitespace().map(str::to_owned);
                choices.offered.extend(offered);
            } else if let Some(field) = name.strip_prefix("theirs:") {
                // A page of an earlier version carries the saved value of each field that it offers.
                choices.offered.push(field.to_owned());
            } else if let Some(field) = name.strip_prefix(TAKE).or(name.strip_prefix("take_"))
                && let Some(choice) = Choice::parse(&value)
            {
                choices.chosen.push((field.to_owned(), choice));
            }
        }
        choices
    }

    /// The choice for a field.
    pub(crate) fn of_field(&self, field: &str) -> Option<Choice> {
        let mut chosen = self.chosen.iter();
        let chosen = chosen.find(|(known, _)| known == field);
        chosen.map(|(_, choice)| *choice)
    }

    /// Returns true if no choice is missing.
    fn is_complete(&self) -> bool {
        let is_chosen = |field: &String| self.of_field(field).is_some();
        self.offered.iter().all(is_chosen)
    }

    /// The fields that fill a refused form. If a choice is missing, they name no version that was seen, so that the page
    /// offers the choices again.
    pub(crate) fn typed(&self, form: &impl Serialize) -> Vec<(String, String)> {
        let mut typed = fields(form);
        if !self.is_complete() {
            let is_token = |name: &str| ["seen", "version"].contains(&name);
            for (_, token) in typed.iter_mut().filter(|(name, _)| is_token(name)) {
                token.clear();
            }
        }
        typed
    }

    /// The form with the saved value of every field for which that was chosen.
    pub(crate) fn between<F: Serialize + DeserializeOwned>(
        &self,
        theirs: &F,
        mine: F,
    ) -> Result<F, Failure> {
        if self.offered.is_empty() {
            return Ok(mine);
        }
        if !self.is_complete() {
            return Err(Message::new("conflict-unchosen").into());
        }
        let theirs = fields(theirs);
        let mut chosen = fields(&mine);
        for field in &self.offered {
            if self.of_field(field) != Some(Choice::Theirs) {
                continue;
            }
            let saved = theirs.iter().find(|(name, _)| name == field);
            let saved = saved.map(|(_, value)| value.clone()).unwrap_or_default();
            chosen.retain(|(name, _)| name != field);
            chosen.push((field.clone(), saved));
        }
        form_of(&chosen)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
    #[serde(default)]
    struct Row {
        label: String,
    }

    #[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
    #[serde(default)]
    struct Form {
        title: String,
        note: String,
        rows: Vec<Row>,
    }

    fn form(title: &str, note: &str, labels: &[&str]) -> Form {
        let label = |label: &&str| Row {
            label: (*label).to_owned(),
        };
        Form {
            title: title.to_owned(),
            note: note.to_owned(),
            rows: labels.iter().map(label).collect(),
        }
    }

    fn key(failure: Failure) -> String {
        failure.message().key.into_owned()
    }

    #[test]
    fn a_form_comes_back_from_its_fields() {
        let form = form("A & b = c", "", &["One", "[0]"]);
        assert_eq!(form_of::<Form>(&fields(&form)).unwrap(), form);
        assert_eq!(fields(&form)[3].0, "rows[1][label]");
    }

    #[test]
    fn the_chosen_version_of_each_field_is_saved() {
        let (theirs, mine) = (
            form("Theirs & so", "Old", &["A"]),
            form("Mine", "N", &["B"]),
        );
        let body = "take%3A=title+note+rows%5B0%5D%5Blabel%5D&take%3Atitle=theirs&take%3Anote=mine\
                    &take%3Arows%5B0%5D%5Blabel%5D=theirs";
        let between = Choices::of(body).between(&theirs, mine.clone());
        assert_eq!(between.unwrap(), form("Theirs & so", "N", &["A"]));
        // As a page of an earlier version sends it.
        let body = "theirs%3Atitle=Theirs&take%3Atitle=theirs&theirs%3Anote=Old&take%3Anote=mine";
        let between = Choices::of(body).between(&theirs, mine.clone());
        assert_eq!(between.unwrap(), form("Theirs & so", "N", &["B"]));
        let none = Choices::of("title=Mine").between(&theirs, mine.clone());
        assert_eq!(none.unwrap(), mine);
    }

    #[test]
    fn a_missing_choice_is_asked_for_again() {
        let (theirs, mine) = (form("Theirs", "", &[]), form("Mine", "", &[]));
        for body in ["take%3A=title", "theirs%3Atitle=Theirs"] {
            let unchosen = Choices::of(body).between(&theirs, mine.clone());
            assert_eq!(key(unchosen.unwrap_err()), "conflict-unchosen", "{body}");
        }
    }
}
