//! The events that the server sends to open pages of the workbench. Both halves use this one type, so neither can
//! name a field that the other does not know. A page that was opened before an upgrade ignores events that it
//! cannot read.

use serde::{Deserialize, Serialize};

/// A change in a round.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RoundEvent {
    /// Somebody saved an assessment.
    Saved {
        /// The paragraph of the recommendation.
        paragraph: String,
        /// Names who saved it, and with which status.
        sentence: String,
        /// The code of the status.
        status: String,
    },
    /// The progress of the round.
    Progress {
        /// The number of assessed recommendations.
        done: u32,
        /// The same in words.
        sentence: String,
    },
    /// The number of recommendations in each stage of the queue.
    Stages(Vec<Words>),
    /// The people who have forms open: every paragraph whose form somebody else has open.
    Present(Vec<Words>),
}

/// Words for one part of the page.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Words {
    /// The code of a stage, or a paragraph.
    pub(crate) of: String,
    /// The words.
    pub(crate) words: String,
}

impl RoundEvent {
    /// Writes the event as JSON on one line.
    #[cfg(feature = "ssr")]
    pub(crate) fn encode(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// Reads an event; `None` if it is not one.
    #[cfg(any(feature = "hydrate", test))]
    pub(crate) fn parse(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    #![allow(clippy::unwrap_used)] // A test that cannot be set up has failed.

    use super::*;

    #[test]
    fn every_event_is_read_as_it_was_written() {
        let text = || "138.1 \t\r\n\u{2028} <b>\"é\\".to_owned();
        let words = || {
            vec![Words {
                of: text(),
                words: text(),
            }]
        };
        for event in [
            RoundEvent::Saved {
                paragraph: text(),
                sentence: text(),
                status: text(),
            },
            RoundEvent::Progress {
                done: u32::MAX,
                sentence: text(),
            },
            RoundEvent::Stages(words()),
            RoundEvent::Present(Vec::new()),
        ] {
            let json = event.encode().unwrap();
            // A line end would end the field of the stream.
            assert!(!json.contains(['\r', '\n']), "{json}");
            assert_eq!(RoundEvent::parse(&json), Some(event));
        }
    }

    #[test]
    fn what_is_no_event_is_ignored() {
        for json in [
            "",
            "{}",
            "138.1\tsaved",
            "{\"saved\":{\"paragraph\":\"138.1\"}}",
        ] {
            assert_eq!(RoundEvent::parse(json), None, "{json}");
        }
    }
}
