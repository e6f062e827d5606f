//! The version of a thing that a person saw when they decided to change it.

use super::Paragraph;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of a thing that a person saw when they decided to change it. A form carries it as text. If the thing has
/// another version by the time that the form arrives, the change is a conflict.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Seen {
    /// The number of its version; 0 if there was none yet.
    Version(i64),
    /// The hash of its content.
    Content(String),
    /// Several recommendations, each with the version of its assessment.
    Each(Vec<(Paragraph, i64)>),
}

impl Seen {
    /// The number of the version, if it is one.
    pub fn version(&self) -> Option<i64> {
        match self {
            Self::Version(version) => Some(*version),
            Self::Content(_) | Self::Each(_) => None,
        }
    }

    /// The recommendations with their versions; none if it is of something else.
    pub fn each(&self) -> &[(Paragraph, i64)] {
        match self {
            Self::Each(each) => each,
            Self::Version(_) | Self::Content(_) => &[],
        }
    }
}

impl Default for Seen {
    fn default() -> Self {
        Self::Version(0)
    }
}

impl From<String> for Seen {
    fn from(text: String) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        if let Ok(version) = text.parse() {
            return Self::Version(version);
        }
        let each = text.split_whitespace().map(|pair| {
            let (paragraph, version) = pair.rsplit_once('=')?;
            Some((Paragraph::parse(paragraph).ok()?, version.parse().ok()?))
        });
        match each.collect() {
            Some(each) => Self::Each(each),
            None => Self::Content(text),
        }
    }
}

impl From<Seen> for String {
    fn from(seen: Seen) -> Self {
        seen.to_string()
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version(version) => version.fmt(formatter),
            Self::Content(hash) => formatter.write_str(hash),
            Self::Each(each) => {
                for (place, (paragraph, version)) in each.iter().enumerate() {
                    let blank = if place == 0 { "" } else { " " };
                    write!(formatter, "{blank}{paragraph}={version}")?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_from_a_form() {
        let each = |texts: &[(&str, i64)]| {
            let each = texts.iter();
            let each = each.map(|(text, version)| (Paragraph::parse(text).unwrap(), *version));
            Seen::Each(each.collect())
        };
        for (text, seen) in [
            ("0", Seen::Version(0)),
            ("7", Seen::Version(7)),
            ("138.1=7", each(&[("138.1", 7)])),
            ("138.1=7 138.2=0", each(&[("138.1", 7), ("138.2", 0)])),
            ("5f0c9a", Seen::Content("5f0c9a".to_owned())),
            ("138.1=x", Seen::Content("138.1=x".to_owned())),
        ] {
            assert_eq!(Seen::from(text.to_owned()), seen);
            assert_eq!(seen.to_string(), text);
        }
        assert_eq!(Seen::from(String::new()), Seen::Version(0));
    }
}
