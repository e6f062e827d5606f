//! Texts about the installation, in Markdown: shipped with the program, replaced by its operator's own.

use crate::text::translations;
use data::domain::Message;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// A text about the installation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SiteText {
    /// What this is and who runs it.
    About,
    /// Whom to write to.
    Contact,
    /// What may be done with the data.
    Licence,
    /// What is known of readers and of people who work here.
    Privacy,
    /// What works for whom.
    Accessibility,
}

/// The largest text that is read, in bytes.
const TEXT_MAX: u64 = 64 << 10;

impl SiteText {
    /// Every text, in the order of the footer.
    pub const ALL: [Self; 5] = [
        Self::About,
        Self::Contact,
        Self::Licence,
        Self::Privacy,
        Self::Accessibility,
    ];

    /// Its name in addresses, and before `.md` in the operator's folder.
    pub fn code(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Contact => "contact",
            Self::Licence => "licence",
            Self::Privacy => "privacy",
            Self::Accessibility => "accessibility",
        }
    }

    /// The text of that name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|text| text.code() == code)
    }

    fn shipped(self) -> &'static str {
        match self {
            Self::About => include_str!("../../texts/en/about.md"),
            Self::Contact => include_str!("../../texts/en/contact.md"),
            Self::Licence => include_str!("../../texts/en/licence.md"),
            Self::Privacy => include_str!("../../texts/en/privacy.md"),
            Self::Accessibility => include_str!("../../texts/en/accessibility.md"),
        }
    }
}

/// The texts of one installation. They are read again when a file of the operator's folder has changed.
#[derive(Debug, Default)]
pub struct SiteTexts {
    /// The operator's folder, if there is one.
    folder: Option<PathBuf>,
    known: Mutex<Known>,
}

/// The operator's texts as they were last read.
#[derive(Debug, Default)]
struct Known {
    /// The files as they were then.
    files: Files,
    texts: BTreeMap<SiteText, String>,
}

/// When each file was last changed, and its size; `None` for a file that does not exist.
type Files = [Option<(SystemTime, u64)>; SiteText::ALL.len()];

fn files_in(folder: &Path) -> Files {
    SiteText::ALL.map(|text| {
        let file = std::fs::metadata(folder.join(format!("{}.md", text.code()))).ok()?;
        Some((file.modified().ok()?, file.len()))
    })
}

impl SiteTexts {
    /// Reads an operator's folder: `about.md` and so on, each in place of the shipped text. An error for a folder that
    /// cannot be read, for a file of another name that ends in `.md`, and for a text that is no UTF-8 or over 64 KiB.
    pub fn read(folder: &Path) -> Result<Self, Message> {
        // Before the texts are read: a file that changes meanwhile is read again.
        let files = files_in(folder);
        let texts = Self::read_texts(folder)?;
        Ok(Self {
            folder: Some(folder.to_owned()),
            known: Mutex::new(Known { files, texts }),
        })
    }

    fn read_texts(folder: &Path) -> Result<BTreeMap<SiteText, String>, Message> {
        let unreadable = |path: &Path, why: String| {
            Message::new("site-text-unreadable")
                .with("path", path.display().to_string())
                .with("why", why)
        };
        let entries =
            std::fs::read_dir(folder).map_err(|error| unreadable(folder, error.to_string()))?;
        let mut texts = BTreeMap::new();
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(folder, error.to_string()))?;
            let path = entry.path();
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            let name = path.file_stem().and_then(|name| name.to_str());
            let Some(text) = name.and_then(SiteText::of_code) else {
                let names = SiteText::ALL.map(|text| format!("{}.md", text.code()));
                return Err(Message::new("site-text-unknown")
                    .with("path", path.display().to_string())
                    .with("names", names.join(", ")));
            };
            let file =
                std::fs::File::open(&path).map_err(|error| unreadable(&path, error.to_string()))?;
            let mut content = String::new();
            file.take(TEXT_MAX + 1)
                .read_to_string(&mut content)
                .map_err(|error| unreadable(&path, error.to_string()))?;
            if content.len() as u64 > TEXT_MAX {
                return Err(unreadable(&path, "> 64 KiB".to_owned()));
            }
            texts.insert(text, content);
        }
        Ok(texts)
    }

    /// Returns true if the operator has a folder, whose texts can change at any time.
    pub(crate) fn can_change(&self) -> bool {
        self.folder.is_some()
    }

    /// The operator's text as it is now, or the shipped one.
    pub(crate) fn of(&self, text: SiteText) -> Shown {
        // A panic while the lock was held leaves texts that were read whole.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = &self.folder {
            let files = files_in(folder);
            if files != known.files {
                match Self::read_texts(folder) {
                    Ok(texts) => known.texts = texts,
                    Err(why) => {
                        let why = translations::message(&why);
                        tracing::warn!(why, "the texts about the installation could not be read");
                    }
                }
                known.files = files;
            }
        }
        match known.texts.get(&text) {
            Some(own) => Shown::Own(own.clone()),
            None => Shown::Shipped(text.shipped()),
        }
    }
}

/// A text that readers see.
#[derive(PartialEq, Eq, Debug)]
pub(crate) enum Shown {
    /// The operator's.
    Own(String),
    /// The program's.
    Shipped(&'static str),
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_operators_text_stands_in_place_of_the_shipped_one() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &[u8]| std::fs::write(folder.path().join(name), text);
        write("contact.md", b"Write to *us*.").unwrap();
        write("notes.txt", b"not for readers").unwrap();
        let texts = SiteTexts::read(folder.path()).unwrap();
        let own = |text: &str| Shown::Own(text.to_owned());
        assert_eq!(texts.of(SiteText::Contact), own("Write to *us*."));
        let shipped = Shown::Shipped(SiteText::About.shipped());
        assert_eq!(texts.of(SiteText::About), shipped);
        // Without a restart: another text, a new one, one that is broken, and one that is gone.
        write("contact.md", b"Write to them.").unwrap();
        write("about.md", b"About us.").unwrap();
        assert_eq!(texts.of(SiteText::Contact), own("Write to them."));
        assert_eq!(texts.of(SiteText::About), own("About us."));
        write("about.md", b"\xff\xfe").unwrap();
        assert_eq!(texts.of(SiteText::About), own("About us."));
        std::fs::remove_file(folder.path().join("about.md")).unwrap();
        assert_eq!(texts.of(SiteText::About), shipped);
        // A misspelt name would be a page that nobody finds.
        write("contacts.md", b"").unwrap();
        let refused = SiteTexts::read(folder.path()).unwrap_err();
        assert_eq!(refused.key, "site-text-unknown");
        std::fs::remove_file(folder.path().join("contacts.md")).unwrap();
        for broken in [b"\xff\xfe".to_vec(), vec![b'x'; 70_000]] {
            write("about.md", &broken).unwrap();
            let refused = SiteTexts::read(folder.path()).unwrap_err();
            assert_eq!(refused.key, "site-text-unreadable");
        }
        assert!(SiteTexts::read(Path::new("/nowhere/at/all")).is_err());
    }
}
