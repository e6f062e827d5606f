//! Texts about the installation, in Markdown: shipped with the program, replaced by its operator's own.

use data::domain::Message;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

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

/// The texts of one installation.
#[derive(Clone, Debug, Default)]
pub struct SiteTexts(BTreeMap<SiteText, String>);

impl SiteTexts {
    /// Reads an operator's folder: `about.md` and so on, each in place of the shipped text. An error for a folder that
    /// cannot be read, for a file of another name that ends in `.md`, and for a text that is no UTF-8 or over 64 KiB.
    pub fn read(folder: &Path) -> Result<Self, Message> {
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
        Ok(Self(texts))
    }

    /// Returns true if the operator has put no text in place of the shipped one.
    pub(crate) fn is_shipped(&self, text: SiteText) -> bool {
        !self.0.contains_key(&text)
    }

    /// The operator's text, or the shipped one.
    pub(crate) fn of(&self, text: SiteText) -> &str {
        self.0.get(&text).map_or(text.shipped(), String::as_str)
    }
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
        assert_eq!(texts.of(SiteText::Contact), "Write to *us*.");
        assert_eq!(texts.of(SiteText::About), SiteText::About.shipped());
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
