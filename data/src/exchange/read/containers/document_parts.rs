//! The parts of a Word document beside its text: the addresses of its links, the styles that strike text out, and its
//! notes and comments.

use crate::domain::{Message, shorten};
use crate::exchange::FileAccount;
use crate::exchange::read::containers::archive::{Archive, damaged};
use crate::exchange::read::containers::document::walk;
use crate::exchange::read::containers::numbering::{Numbering, value};
use crate::exchange::read::containers::sheet::strikes;
use crate::exchange::read::containers::xml::{Events, attribute, resolved};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::BufReader;

const RELATIONS: &str = "word/_rels/document.xml.rels";
const STYLES: &str = "word/styles.xml";
/// More links and styles than any document has.
const MAX_DEFINED: usize = 50_000;
/// Styles based on each other; Word allows eleven.
const MAX_CHAIN: usize = 12;
/// As much of a note is kept, in bytes, before it is shortened.
const MAX_NOTE: usize = 4 << 10;

/// What a run of text or a style says of being struck out or hidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Struck {
    strike: Option<bool>,
    double: Option<bool>,
    hidden: Option<bool>,
}

impl Struck {
    /// Takes a tag among the properties of a run.
    pub(crate) fn see(&mut self, tag: &BytesStart<'_>) -> Result<(), Message> {
        let property = match tag.local_name().as_ref() {
            "strike" => &mut self.strike,
            "dstrike" => &mut self.double,
            "vanish" => &mut self.hidden,
            _ => return Ok(()),
        };
        *property = Some(strikes(tag)?);
        Ok(())
    }

    /// The same with what a style says where this says nothing.
    pub(crate) fn or(self, style: Self) -> Self {
        Self {
            strike: self.strike.or(style.strike),
            double: self.double.or(style.double),
            hidden: self.hidden.or(style.hidden),
        }
    }

    /// Returns true if the text is not read.
    pub(crate) fn is_omitted(self) -> bool {
        [self.strike, self.double, self.hidden].contains(&Some(true))
    }
}

/// The parts that the walk over a document looks things up in.
#[derive(Clone, Debug, Default)]
pub(crate) struct DocumentParts {
    /// The lists whose numbers Word makes.
    pub(crate) numbering: Numbering,
    /// The addresses of links, by the id of the relation.
    links: HashMap<String, String>,
    /// What styles say of their text, and what they are based on. Only those that say or inherit anything.
    styles: HashMap<String, (Struck, Option<String>)>,
}

impl DocumentParts {
    /// Reads the parts of a document.
    pub(crate) fn of(archive: &mut Archive<'_>) -> Result<Self, Message> {
        let mut parts = Self {
            numbering: Numbering::of(archive)?,
            ..Self::default()
        };
        if archive.has(RELATIONS) {
            parts.links = links(archive, RELATIONS)?;
        }
        if archive.has(STYLES) {
            parts.read_styles(archive)?;
        }
        Ok(parts)
    }

    fn read_styles(&mut self, archive: &mut Archive<'_>) -> Result<(), Message> {
        let mut events = Events::new(BufReader::new(archive.part(STYLES)?));
        let mut open: Option<(String, Struck, Option<String>)> = None;
        // The format of table rows and the like is not that of the style's text, and neither is that of a change.
        let mut ignored = 0_usize;
        loop {
            let event = events.next()?;
            match &event {
                Event::Start(tag) | Event::Empty(tag) => {
                    let is_start = matches!(event, Event::Start(_));
                    match tag.local_name().as_ref() {
                        "tblStylePr" | "rPrChange" if is_start => ignored += 1,
                        _ if ignored > 0 => {}
                        "style" if is_start => {
                            let id = attribute(tag, "styleId")?.unwrap_or_default();
                            open = Some((id, Struck::default(), None));
                        }
                        "basedOn" => {
                            if let Some((_, _, based_on)) = &mut open {
                                *based_on = value(tag)?;
                            }
                        }
                        _ => {
                            if let Some((_, struck, _)) = &mut open {
                                struck.see(tag)?;
                            }
                        }
                    }
                }
                Event::End(tag) => match tag.local_name().as_ref() {
                    "tblStylePr" | "rPrChange" => ignored = ignored.saturating_sub(1),
                    "style" => {
                        if let Some((id, struck, based_on)) = open.take()
                            && (struck != Struck::default() || based_on.is_some())
                        {
                            if self.styles.len() == MAX_DEFINED {
                                return Err(damaged());
                            }
                            self.styles.insert(id, (struck, based_on));
                        }
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// What a style and those that it is based on say of their text.
    pub(crate) fn style(&self, id: &str) -> Struck {
        let mut struck = Struck::default();
        let mut next = Some(id);
        for _ in 0..MAX_CHAIN {
            let Some((own, based_on)) = next.and_then(|id| self.styles.get(id)) else {
                break;
            };
            struck = struck.or(*own);
            next = based_on.as_deref();
        }
        struck
    }

    /// The address of a link.
    pub(crate) fn address(&self, id: &str) -> Option<&str> {
        self.links.get(id).map(String::as_str)
    }
}

/// The addresses outside the file that a part links to, by the id of the relation.
pub(crate) fn links(
    archive: &mut Archive<'_>,
    part: &str,
) -> Result<HashMap<String, String>, Message> {
    let mut links = HashMap::new();
    let mut events = Events::new(BufReader::new(archive.part(part)?));
    loop {
        match events.next()? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "Relationship" =>
            {
                let is_link =
                    attribute(&tag, "Type")?.is_some_and(|kind| kind.ends_with("/hyperlink"));
                if let (true, Some(id), Some(target)) =
                    (is_link, attribute(&tag, "Id")?, attribute(&tag, "Target")?)
                    && links.len() < MAX_DEFINED
                {
                    links.insert(id, target);
                }
            }
            Event::Eof => return Ok(links),
            _ => {}
        }
    }
}

/// Counts the footnotes, endnotes and comments of a document, none of which is read.
pub(crate) fn count_notes(
    archive: &mut Archive<'_>,
    account: &mut FileAccount,
) -> Result<(), Message> {
    for (part, tag_name) in [
        ("word/footnotes.xml", "footnote"),
        ("word/endnotes.xml", "endnote"),
        ("word/comments.xml", "comment"),
    ] {
        if !archive.has(part) {
            continue;
        }
        let texts = notes(archive, part, tag_name)?;
        let count = u64::try_from(texts.len()).unwrap_or(u64::MAX);
        match tag_name {
            "footnote" => account.footnotes_unread += count,
            "endnote" => account.endnotes_unread += count,
            _ => account.comments_unread += count,
        }
        for text in &texts {
            account.name_note(text);
        }
    }
    Ok(())
}

/// The beginnings of the notes in a part.
fn notes(archive: &mut Archive<'_>, part: &str, name: &str) -> Result<Vec<String>, Message> {
    let mut events = Events::new(BufReader::new(archive.part(part)?));
    let mut notes: Vec<String> = Vec::new();
    let (mut is_open, mut in_text) = (false, false);
    loop {
        let event = events.next()?;
        let text = match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let is_start = matches!(event, Event::Start(_));
                match tag.local_name().as_ref() {
                    // Those with a type are the lines between text and notes.
                    own if own == name
                        && matches!(attribute(tag, "type")?.as_deref(), None | Some("normal")) =>
                    {
                        notes.push(String::new());
                        is_open = is_start;
                    }
                    "t" => in_text = is_start,
                    _ => {}
                }
                continue;
            }
            Event::End(tag) => {
                match tag.local_name().as_ref() {
                    own if own == name => is_open = false,
                    "t" => in_text = false,
                    "p" if is_open => add(notes.last_mut(), " "),
                    _ => {}
                }
                continue;
            }
            Event::Text(text) if is_open && in_text => text.to_string(),
            Event::CData(text) if is_open && in_text => text.to_string(),
            Event::GeneralRef(reference) if is_open && in_text => resolved(reference),
            Event::Eof => return Ok(notes),
            _ => continue,
        };
        add(notes.last_mut(), &text);
    }
}

fn add(note: Option<&mut String>, text: &str) {
    if let Some(note) = note.filter(|note| note.len() < MAX_NOTE) {
        note.push_str(&shorten(text, MAX_NOTE));
    }
}

/// The text of a page header or the like.
pub(crate) fn text_of(
    archive: &mut Archive<'_>,
    part: &str,
) -> Result<String, crate::exchange::ReadFailure> {
    Ok(walk(BufReader::new(archive.part(part)?), |_| Ok(()))?.text)
}
