//! Words typed to find recommendations.
//!
//! All words must occur, in any of their forms ("torture" finds "tortured"); `begin*` finds what
//! begins so; "quoted words" stand together as written; AND, OR, NOT and brackets combine, a hyphen in
//! front is NOT. Accents and case do not matter.

mod query;
mod words;

pub(crate) use query::{As, Query, Spoken, Wanted};
pub(crate) use words::{Language, fold_for_search, folded, words};

use super::Recommendation;
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// What was typed, ready to be compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Search {
    typed: String,
    query: Query,
}

impl Hash for Search {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // What was typed determines the query.
        self.typed.hash(state);
    }
}

impl Search {
    /// The longest search, in characters; the words that do not fit are left out.
    pub const MAX: usize = 200;

    /// The most words in one search, of which those with an asterisk count apart: each stands for many.
    pub const MOST_WORDS: usize = 40;

    /// The most words with an asterisk.
    pub const MOST_BEGINNINGS: usize = 6;

    /// The most different words of the texts that those with an asterisk may stand for together.
    pub const MOST_MEANT: usize = 20_000;

    /// Whether something of what was typed is left out.
    pub fn is_too_long(typed: &str) -> bool {
        typed.trim().chars().nth(Self::MAX).is_some()
    }

    /// Reads what was typed; none if nothing in it can be searched for.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String = typed
            .chars()
            // A line break in what was pasted parts words like any blank.
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let typed = beginning(typed.trim()).trim().to_owned();
        let query = Query::parse(&typed)?;
        Some(Self { typed, query })
    }

    /// As typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    pub(crate) fn query(&self) -> &Query {
        &self.query
    }

    /// The same with other words in place of some that were typed.
    #[must_use]
    pub fn with_words(&self, instead: &[(String, String)]) -> Option<Self> {
        let mut typed = String::with_capacity(self.typed.len());
        let mut end = 0;
        for range in words(&self.typed) {
            let word = self.typed.get(range.clone()).unwrap_or_default();
            let other = instead.iter().find(|(from, _)| from == word);
            if let Some((_, to)) = other {
                typed.push_str(self.typed.get(end..range.start).unwrap_or_default());
                typed.push_str(to);
                end = range.end;
            }
        }
        typed.push_str(self.typed.get(end..).unwrap_or_default());
        Self::parse(&typed)
    }

    /// Whether a recommendation holds it, in its paragraph number, text, summary, terms, responsible
    /// bodies or recommending States' names.
    pub fn finds(&self, recommendation: &Recommendation) -> bool {
        let fields: Vec<Field<'_>> = fields(recommendation)
            .map(|(text, language)| Field {
                language,
                words: words(text)
                    .filter_map(|range| text.get(range))
                    .map(Spoken::of)
                    .collect(),
            })
            .collect();
        finds(&self.query, &fields)
    }

    /// Where in a text of that language (BCP 47) something that was looked for stands, in bytes: in
    /// order, and none within another.
    pub fn marks(&self, text: &str, language: Option<&str>) -> Vec<Range<usize>> {
        let language = Language::of(language);
        let mut looked = Vec::new();
        self.query.marked(&mut looked);
        let places: Vec<Range<usize>> = words(text).collect();
        let texts: Vec<Spoken<'_>> = places
            .iter()
            .filter_map(|range| text.get(range.clone()))
            .map(Spoken::of)
            .collect();
        let mut marks: Vec<Range<usize>> = Vec::new();
        for phrase in looked {
            for (at, there) in texts.windows(phrase.len().max(1)).enumerate() {
                if stands(phrase, there, language)
                    && let (Some(first), Some(last)) =
                        (places.get(at), places.get(at + phrase.len() - 1))
                {
                    marks.push(first.start..last.end);
                }
            }
        }
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let mut end = 0;
        marks.retain(|mark| {
            let outside = mark.start >= end;
            if outside {
                end = mark.end;
            }
            outside
        });
        marks
    }
}

/// As many whole words as fit.
fn beginning(typed: &str) -> &str {
    let Some((end, next)) = typed.char_indices().nth(Search::MAX) else {
        return typed;
    };
    let fitting = typed.get(..end).unwrap_or(typed);
    match fitting.rfind(char::is_whitespace) {
        Some(blank) if !next.is_whitespace() => fitting.get(..blank).unwrap_or(fitting),
        _ => fitting,
    }
}

/// The texts of a recommendation that are searched, each with its language.
pub(crate) fn fields(one: &Recommendation) -> impl Iterator<Item = (&str, Language)> {
    let language = Language::of(one.language.as_deref());
    let own = [
        (Some(one.paragraph.as_str()), Language::ENGLISH),
        (one.text.as_deref(), language),
        (one.summary.as_deref(), Language::ENGLISH),
    ];
    let texts = one.texts.iter();
    let texts = texts.map(|one| (one.text.as_str(), Language::of(Some(&one.language))));
    let terms = one.terms.iter().map(|term| term.name.as_str());
    let states = one.recommending.iter().map(|state| state.name());
    let bodies = one.responsible_bodies.iter().map(String::as_str);
    let names = terms.chain(states).chain(bodies);
    own.into_iter()
        .filter_map(|(text, language)| Some((text?, language)))
        .chain(texts)
        .chain(names.map(|text| (text, Language::ENGLISH)))
}

struct Field<'a> {
    language: Language,
    words: Vec<Spoken<'a>>,
}

fn finds(query: &Query, fields: &[Field<'_>]) -> bool {
    let phrase = |wanted: &[Wanted]| {
        fields.iter().any(|field| {
            field
                .words
                .windows(wanted.len().max(1))
                .any(|there| stands(wanted, there, field.language))
        })
    };
    match query {
        Query::Word(wanted) => phrase(std::slice::from_ref(wanted)),
        Query::Phrase(wanted) => phrase(wanted),
        Query::All(parts) => parts.iter().all(|part| finds(part, fields)),
        Query::Any(parts) => parts.iter().any(|part| finds(part, fields)),
        Query::Not(part) => !finds(part, fields),
    }
}

fn stands(wanted: &[Wanted], there: &[Spoken<'_>], language: Language) -> bool {
    wanted.len() == there.len()
        && wanted
            .iter()
            .zip(there)
            .all(|(wanted, word)| wanted.is(word, language))
}
