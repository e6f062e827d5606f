//! The address of a database, as it is typed.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The address of a database of one of the two kinds that are supported.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The address as it was typed, password included: for the driver, never for a log.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file of an embedded database.
    pub fn sqlite_file(&self) -> Option<&Path> {
        let rest = self.0.strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        Some(Path::new(rest.split('?').next().unwrap_or(rest)))
    }

    /// The folder of an embedded file; the current folder for a server.
    pub fn folder(&self) -> PathBuf {
        let file = data::store::database_file(&self.0);
        let folder = file.as_deref().and_then(Path::parent);
        match folder.filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => folder.to_owned(),
            None => PathBuf::from("."),
        }
    }

    /// What it is called, for the names of files that belong to it.
    pub fn name(&self) -> String {
        let name = if let Some(file) = data::store::database_file(&self.0) {
            let stem = file.file_stem().unwrap_or_default();
            stem.to_string_lossy().into_owned()
        } else {
            let address = self.0.split('?').next().unwrap_or_default();
            let name = address.rsplit('/').next().unwrap_or_default();
            let plain = |c: &char| c.is_ascii_alphanumeric() || "-_".contains(*c);
            name.chars().filter(plain).collect()
        };
        if name.is_empty() {
            "upr-tracker".to_owned()
        } else {
            name
        }
    }

    /// Whether it is an embedded file rather than a server.
    pub fn is_sqlite(&self) -> bool {
        self.0.starts_with("sqlite:")
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let known = ["sqlite:", "postgres://", "postgresql://"];
        if known.iter().any(|scheme| typed.starts_with(scheme)) {
            Ok(Self(typed.to_owned()))
        } else {
            Err("expected an address that begins with sqlite: or postgres://".to_owned())
        }
    }
}

/// Shows the kind only: an address may hold a password.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_sqlite() {
            "sqlite:…"
        } else {
            "postgres:…"
        })
    }
}
