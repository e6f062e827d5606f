//! What somebody else saved meanwhile beside what was typed, field by field, to choose from.
//!
//! The form stays as it is, filled with what was typed. For each field that differs it also carries the
//! saved value and asks for a choice; what was chosen stands in the field by the time that the action reads
//! it ([`taken`]), so no action knows of this.

use crate::address;
use crate::fragment::{Fragment, IntoFragment as _};
use crate::t;
use data::domain::{Message, query_pairs};
use leptos::prelude::*;

/// Before a field's name: whose value is to be saved.
const TAKE: &str = "take:";
/// Before a field's name: the value that somebody else saved.
const THEIRS: &str = "theirs:";

/// A field of which there are two versions.
pub(crate) struct Differing {
    name: String,
    label: String,
    theirs: String,
    shown: (String, String),
}

impl Differing {
    /// A field by its name and label; none if both versions say the same.
    pub(crate) fn new(name: &str, label: String, theirs: &str, mine: &str) -> Option<Self> {
        let mine = mine.replace("\r\n", "\n");
        (mine.trim() != theirs.trim()).then(|| Self {
            name: name.to_owned(),
            label,
            theirs: theirs.to_owned(),
            shown: (theirs.to_owned(), mine),
        })
    }

    /// With other words for the values, which are codes.
    pub(crate) fn in_words(self, words: impl Fn(&str) -> String) -> Self {
        let (theirs, mine) = self.shown;
        Self {
            shown: (words(&theirs), words(&mine)),
            ..self
        }
    }
}

/// The table to choose from, within the form; nothing where nothing differs.
pub(crate) fn both_versions(fields: Vec<Differing>) -> Option<Fragment> {
    if fields.is_empty() {
        return None;
    }
    let rows: Vec<_> = fields.into_iter().map(row).collect();
    let view = view! {
        <div class="conflict" role="alert">
            <h2>{t!("conflict-heading")}</h2>
            <p>{t!("conflict-why")}</p>
            <div class="scroll" role="region" tabindex="0" aria-label=t!("conflict-table")>
                <table class="versions cards">
                    <caption class="visually-hidden">{t!("conflict-table")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!("conflict-field")}</th>
                            <th scope="col">{t!("conflict-theirs")}</th>
                            <th scope="col">{t!("conflict-yours")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </div>
    };
    Some(view.fragment())
}

fn row(field: Differing) -> Fragment {
    let Differing {
        name,
        label,
        theirs,
        shown,
    } = field;
    let text = |text: String| {
        let text = if text.trim().is_empty() {
            t!("conflict-nothing")
        } else {
            text
        };
        view! {
            <p class="rationale" dir="auto">
                {text}
            </p>
        }
    };
    let choice = |value: &'static str, words: String| {
        view! {
            <label>
                <input type="radio" name=format!("{TAKE}{name}") value=value required />
                " "
                {words}
            </label>
        }
    };
    view! {
        <tr>
            <th scope="row">{label.clone()}</th>
            <td data-label=t!("conflict-theirs")>
                {text(shown.0)}
                {choice("theirs", t!("conflict-take-theirs", field = label.clone()))}
                <input type="hidden" name=format!("{THEIRS}{name}") value=theirs />
            </td>
            <td data-label=t!("conflict-yours")>
                {text(shown.1)}
                {choice("mine", t!("conflict-take-yours", field = label))}
            </td>
        </tr>
    }
    .fragment()
}

/// A form's fields with what was chosen in them; none if it has no choices, a message if one is missing.
pub(crate) fn taken(body: &str) -> Result<Option<String>, Message> {
    if !body.contains("theirs%3A") && !body.contains(THEIRS) {
        return Ok(None);
    }
    let pairs = query_pairs(body);
    let of = |prefix: &str, name: &str| {
        let found = pairs
            .iter()
            .find(|(known, _)| known.strip_prefix(prefix) == Some(name));
        found.map(|(_, value)| value.as_str())
    };
    let mut taken = Vec::new();
    for (name, theirs) in &pairs {
        let Some(name) = name.strip_prefix(THEIRS) else {
            continue;
        };
        match of(TAKE, name) {
            Some("theirs") => taken.push((name, theirs.as_str())),
            Some("mine") => {}
            _ => return Err(Message::new("conflict-unchosen")),
        }
    }
    let own = pairs.iter().filter(|(name, _)| {
        let replaced = taken.iter().any(|(taken, _)| taken == name);
        !replaced && !name.starts_with(THEIRS) && !name.starts_with(TAKE)
    });
    let own = own.map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<String> = own
        .chain(taken.iter().copied())
        .map(|(name, value)| format!("{}={}", address::encoded(name), address::encoded(value)))
        .collect();
    Ok(Some(fields.join("&")))
}

#[cfg(test)]
mod tests {
    use super::taken;

    #[test]
    fn what_was_chosen_stands_in_the_fields() {
        let body = "title=Mine&note=N&theirs%3Atitle=Theirs+%26+so&take%3Atitle=theirs\
                    &theirs%3Anote=Old&take%3Anote=mine";
        assert_eq!(
            taken(body),
            Ok(Some("note=N&title=Theirs%20%26%20so".to_owned()))
        );
        assert_eq!(taken("title=Mine"), Ok(None));
        let unchosen = taken("title=Mine&theirs%3Atitle=Theirs");
        assert_eq!(
            unchosen.map_err(|message| message.key),
            Err("conflict-unchosen".into())
        );
    }
}
