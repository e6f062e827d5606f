//! What every request can rely on.

use crate::live::Live;
use data::store::Store;
use std::sync::{Arc, OnceLock};

/// Addresses of the browser's files, each with its content's hash in its name.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The stylesheet.
    pub stylesheet: String,
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
    /// Whether cookies are for HTTPS only. Off only where the server listens for this machine alone.
    pub secure_cookies: bool,
    /// Who is told what happens, as it happens.
    pub live: Arc<Live>,
}

/// Put into a response whose page has islands: the nonce that its scripts carry. Responses without it
/// allow no script at all.
#[derive(Clone, Debug)]
pub struct ScriptNonce(pub String);

static ASSETS: OnceLock<Arc<Assets>> = OnceLock::new();

impl Site {
    /// An installation over an open database.
    pub fn new(store: Arc<Store>, assets: Assets, secure_cookies: bool) -> Self {
        // The page that says that something failed has no request to ask, and the files are the same
        // for the whole program.
        let assets = Arc::clone(ASSETS.get_or_init(|| Arc::new(assets)));
        Self {
            store,
            assets,
            secure_cookies,
            live: Arc::default(),
        }
    }
}

/// The browser's files, once there is an installation.
pub(crate) fn assets() -> Option<&'static Assets> {
    ASSETS.get().map(AsRef::as_ref)
}
