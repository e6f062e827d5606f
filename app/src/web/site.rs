//! What every request can rely on.

use crate::text::site_texts::SiteTexts;
use crate::web::round_events::Live;
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
}
