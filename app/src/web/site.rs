//! What every request can rely on.

use crate::text::site_texts::SiteTexts;
use crate::web::round_events::Live;
use data::domain::{Message, is_invisible};
use data::store::Store;
use std::path::PathBuf;
use std::sync::Arc;

/// Addresses of the browser's files, each with its content's hash in its name.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The stylesheet of all pages.
    pub stylesheet: String,
    /// What the pages of people who are signed in load besides.
    pub workbench_stylesheet: Option<String>,
    /// The islands: script and wasm are `/assets/{name}.js` and `/assets/{name}_bg.wasm`. None where
    /// the program was built without them.
    pub islands: Option<String>,
    /// The icon.
    pub icon: Option<String>,
}

/// What readers are told about who runs an installation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Identity {
    /// What the installation is called.
    pub name: Option<String>,
    /// The organisation that runs it.
    pub organisation: Option<String>,
    /// How to reach it: an address of any kind.
    pub contact: Option<String>,
}

impl Identity {
    /// Characters of each at most.
    pub const LONGEST: usize = 200;

    /// Takes over what was configured; empty texts are none. An error for a text that is too long, and for invisible
    /// characters, which could make an address look like another.
    pub fn new(
        name: Option<&str>,
        organisation: Option<&str>,
        contact: Option<&str>,
    ) -> Result<Self, Message> {
        let fitting = |option: &'static str, text: Option<&str>| {
            let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
                return Ok(None);
            };
            let is_unfit = |c: char| c.is_control() || is_invisible(c);
            if text.chars().count() > Self::LONGEST || text.chars().any(is_unfit) {
                return Err(Message::new("site-identity-unfit")
                    .with("option", option)
                    .with("max", Self::LONGEST));
            }
            Ok(Some(text.to_owned()))
        };
        Ok(Self {
            name: fitting("--name", name)?,
            organisation: fitting("--organisation", organisation)?,
            contact: fitting("--contact", contact)?,
        })
    }
}

/// How readers are shown addresses of other hosts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OutsideLinks {
    /// As links, which tell the other host nothing of the page.
    #[default]
    Link,
    /// As text, to be copied on purpose.
    Text,
}

/// The installation: its database and its settings. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The database.
    pub store: Arc<Store>,
    /// The browser's files.
    pub assets: Arc<Assets>,
    /// Whether cookies are for HTTPS only.
    pub secure_cookies: bool,
    /// Who is told what happens, as it happens.
    pub live: Arc<Live>,
    /// Scheme and host as browsers see them, without a slash at the end: what permalinks begin with.
    pub public_origin: Option<Arc<str>>,
    /// Whether the pseudo-locale is offered, for tests.
    pub pseudo_locale: bool,
    /// The folders in which the program puts backups.
    pub backup_folders: Arc<[PathBuf]>,
    /// What the pages about the installation say.
    pub texts: Arc<SiteTexts>,
    /// Who runs it.
    pub identity: Arc<Identity>,
    /// How readers are shown addresses of other hosts.
    pub outside_links: OutsideLinks,
}

/// Put into a response that other sites may show in a frame: a chart alone, without a form or a cookie.
#[derive(Clone, Copy, Debug)]
pub struct Embeddable;

/// Put into a response whose page has forms. Responses without it allow no form to be sent.
#[derive(Clone, Copy, Debug)]
pub struct HasForms;

/// Put into a response whose page loads the script of the workbench. Responses without it allow no script.
#[derive(Clone, Copy, Debug)]
pub struct HasScript;

impl Site {
    /// An installation over an open database. `public_origin` is what browsers see, scheme and host,
    /// where that is known.
    pub fn new(
        store: Arc<Store>,
        assets: Assets,
        secure_cookies: bool,
        public_origin: Option<String>,
    ) -> Self {
        Self {
            store,
            assets: Arc::new(assets),
            secure_cookies,
            live: Arc::default(),
            public_origin: public_origin.map(|origin| origin.trim_end_matches('/').into()),
            pseudo_locale: false,
            backup_folders: Arc::default(),
            texts: Arc::default(),
            identity: Arc::default(),
            outside_links: OutsideLinks::default(),
        }
    }

    /// The same with the pseudo-locale, or without it.
    #[must_use]
    pub fn with_pseudo_locale(self, pseudo_locale: bool) -> Self {
        Self {
            pseudo_locale,
            ..self
        }
    }

    /// The same with folders for backups: pages name the backups in them that may hold removed texts.
    #[must_use]
    pub fn with_backup_folders(mut self, folders: Vec<PathBuf>) -> Self {
        self.backup_folders = folders.into();
        self
    }

    /// The same with its operator's texts.
    #[must_use]
    pub fn with_texts(mut self, texts: SiteTexts) -> Self {
        self.texts = Arc::new(texts);
        self
    }

    /// The same run as another account sees it.
    #[must_use]
    pub fn with_identity(mut self, identity: Identity) -> Self {
        self.identity = Arc::new(identity);
        self
    }

    /// The same with addresses of other hosts shown in this way.
    #[must_use]
    pub fn with_outside_links(self, outside_links: OutsideLinks) -> Self {
        Self {
            outside_links,
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Identity;

    #[test]
    fn an_identity_has_short_visible_texts() {
        let known = Identity::new(Some(" Monitor "), Some(""), None);
        let name = known.map(|known| (known.name, known.organisation));
        assert_eq!(name, Ok((Some("Monitor".to_owned()), None)));
        for unfit in ["x".repeat(201), "a\u{202e}b".to_owned(), "a\nb".to_owned()] {
            let refused = Identity::new(None, None, Some(&unfit)).unwrap_err();
            assert_eq!(refused.key, "site-identity-unfit");
        }
    }
}
