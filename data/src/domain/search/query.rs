//! What was typed, as a tree: words, phrases, AND, OR, NOT.

use super::words::{Language, folded, words};
use std::borrow::Cow;
use std::cell::OnceCell;

/// A word looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Wanted {
    /// As typed.
    pub(crate) typed: String,
    /// In lower case, without accents.
    pub(crate) folded: String,
    /// How it is compared.
    pub(crate) as_: As,
}

/// A word of a text, to be compared with each of those looked for: folded once, and its stem computed once
/// somebody asks.
pub(crate) struct Spoken<'a> {
    written: &'a str,
    folded: Cow<'a, str>,
    stem: OnceCell<String>,
}

impl<'a> Spoken<'a> {
    pub(crate) fn of(written: &'a str) -> Self {
        Self {
            written,
            folded: folded(written),
            stem: OnceCell::new(),
        }
    }

    fn stem(&self, language: Language) -> &String {
        self.stem.get_or_init(|| language.stem(self.written))
    }
}

/// How a word is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum As {
    /// Words of the same stem are found too.
    Stem,
    /// This word only: it stands in quotation marks.
    Written,
    /// Words that begin with it.
    Beginning,
}

impl Wanted {
    /// Whether a word of a text in that language is one that is looked for.
    pub(crate) fn is(&self, word: &Spoken<'_>, language: Language) -> bool {
        match self.as_ {
            As::Beginning => word.folded.starts_with(&self.folded),
            As::Written => word.folded == self.folded,
            As::Stem => {
                word.folded == self.folded
                    || (language.may_share_a_stem(&word.folded, &self.folded)
                        && *word.stem(language) == language.stem(&self.typed))
            }
        }
    }
}

/// A search as a tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Query {
    /// A word.
    Word(Wanted),
    /// Words that stand next to each other, in this order.
    Phrase(Vec<Wanted>),
    /// All of them.
    All(Vec<Query>),
    /// Any of them.
    Any(Vec<Query>),
    /// What this one does not find.
    Not(Box<Query>),
}

impl Query {
    /// Reads what was typed; none where nothing in it can be looked for.
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let pieces = pieces(typed);
        let mut reader = Reader {
            pieces: &pieces,
            at: 0,
        };
        let mut all = Vec::new();
        while reader.at < pieces.len() {
            all.extend(reader.any());
            // A bracket that closes nothing.
            reader.at += 1;
        }
        one_of_many(all, Self::All)
    }

    /// Every word that is to be there, those of phrases included, but for what follows NOT.
    pub(crate) fn wanted<'a>(&'a self, found: &mut Vec<&'a Wanted>) {
        match self {
            Self::Word(word) => found.push(word),
            Self::Phrase(words) => found.extend(words),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.wanted(found);
                }
            }
            Self::Not(_) => {}
        }
    }

    /// Every word, those after NOT included: what a search costs.
    pub(crate) fn every<'a>(&'a self, found: &mut Vec<&'a Wanted>) {
        match self {
            Self::Word(word) => found.push(word),
            Self::Phrase(words) => found.extend(words),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.every(found);
                }
            }
            Self::Not(part) => part.every(found),
        }
    }

    /// Every phrase and word that is to be there: what is marked in a text.
    pub(crate) fn marked<'a>(&'a self, found: &mut Vec<&'a [Wanted]>) {
        match self {
            Self::Word(word) => found.push(std::slice::from_ref(word)),
            Self::Phrase(words) => found.push(words),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.marked(found);
                }
            }
            Self::Not(_) => {}
        }
    }
}

fn one_of_many(mut parts: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Option<Query> {
    if parts.len() > 1 {
        Some(join(parts))
    } else {
        parts.pop()
    }
}

#[derive(Debug)]
enum Piece {
    Open,
    Close,
    And,
    Or,
    Not,
    Looked(Query),
}

/// What a quotation begins with.
const QUOTES: [char; 5] = ['"', '“', '”', '„', '«'];
/// What a hyphen can stand before, other than a word.
const BEGINS: [char; 6] = ['"', '“', '”', '„', '«', '('];

/// The pieces of what was typed, in order.
fn pieces(typed: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = typed;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return pieces;
        };
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        match first {
            '(' => {
                pieces.push(Piece::Open);
                rest = after;
            }
            ')' => {
                pieces.push(Piece::Close);
                rest = after;
            }
            _ if QUOTES.contains(&first) => {
                let end = after.find(['"', '“', '”', '»']).unwrap_or(after.len());
                let (quoted, tail) = after.split_at(end);
                pieces.extend(looked_for(quoted, As::Written).map(Piece::Looked));
                rest = tail
                    .char_indices()
                    .nth(1)
                    .map_or("", |(next, _)| tail.get(next..).unwrap_or_default());
            }
            _ => {
                let ends = |c: char| c.is_whitespace() || "()\"“”„«»".contains(c);
                let (word, tail) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
                if word == "-" && tail.starts_with(BEGINS) {
                    pieces.push(Piece::Not);
                } else {
                    pieces.extend(typed_word(word));
                }
                // What ends a quotation that never began is passed over.
                rest = if word.is_empty() { after } else { tail };
            }
        }
    }
}

fn typed_word(word: &str) -> Vec<Piece> {
    match word {
        "AND" => return vec![Piece::And],
        "OR" => return vec![Piece::Or],
        "NOT" => return vec![Piece::Not],
        _ => {}
    }
    let (not, word) = match word.strip_prefix('-') {
        Some(word) => (true, word),
        None => (false, word),
    };
    let as_ = if word.ends_with('*') {
        As::Beginning
    } else {
        As::Stem
    };
    let Some(looked) = looked_for(word, as_) else {
        return Vec::new();
    };
    let mut pieces = Vec::new();
    if not {
        pieces.push(Piece::Not);
    }
    pieces.push(Piece::Looked(looked));
    pieces
}

/// A word, or the words of one that is parted by hyphens or full stops, such as 138.27; none where
/// there is no letter in it.
fn looked_for(text: &str, as_: As) -> Option<Query> {
    let found: Vec<&str> = words(text).filter_map(|range| text.get(range)).collect();
    let last = found.len().checked_sub(1)?;
    let mut wanted: Vec<Wanted> = found
        .into_iter()
        .enumerate()
        .map(|(place, word)| Wanted {
            typed: word.to_owned(),
            folded: folded(word).into_owned(),
            // Of "non-govern*" only the last part is a beginning.
            as_: if as_ == As::Beginning && place < last {
                As::Stem
            } else {
                as_
            },
        })
        .collect();
    if wanted.len() > 1 {
        Some(Query::Phrase(wanted))
    } else {
        wanted.pop().map(Query::Word)
    }
}

/// Reads pieces into a tree: NOT binds closest, then AND (or nothing between), then OR.
struct Reader<'a> {
    pieces: &'a [Piece],
    at: usize,
}

impl Reader<'_> {
    fn any(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        loop {
            parts.extend(self.all());
            if matches!(self.pieces.get(self.at), Some(Piece::Or)) {
                self.at += 1;
            } else {
                return one_of_many(parts, Query::Any);
            }
        }
    }

    fn all(&mut self) -> Option<Query> {
        let mut parts = Vec::new();
        loop {
            match self.pieces.get(self.at) {
                None | Some(Piece::Or | Piece::Close) => return one_of_many(parts, Query::All),
                Some(Piece::And) => self.at += 1,
                Some(_) => parts.extend(self.one()),
            }
        }
    }

    fn one(&mut self) -> Option<Query> {
        let piece = self.pieces.get(self.at)?;
        match piece {
            Piece::Looked(query) => {
                self.at += 1;
                Some(query.clone())
            }
            Piece::Not => {
                self.at += 1;
                let what = self.one()?;
                Some(Query::Not(Box::new(what)))
            }
            Piece::Open => {
                self.at += 1;
                let inside = self.any();
                if matches!(self.pieces.get(self.at), Some(Piece::Close)) {
                    self.at += 1;
                }
                inside
            }
            // An operator without its operand is passed over, and a closing bracket left to who
            // opened it.
            Piece::And | Piece::Or => {
                self.at += 1;
                None
            }
            Piece::Close => None,
        }
    }
}
