//! Why a command did not do what was asked for, in words for the person who typed it.

use std::error::Error;
use std::fmt;

/// A refusal or a failure: one line on standard error, and exit code 1.
#[derive(Debug)]
pub struct Failure(pub(super) String);

impl Failure {
    /// A failure in the program's own words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// What the store refused or failed at, refusals in the words that pages use.
    pub fn of_store(error: &data::store::Error) -> Self {
        match error.message() {
            Some(message) => Self::of_message(&message),
            None => Self(with_causes(error)),
        }
    }

    /// A refusal in the words that pages use.
    pub fn of_message(message: &data::domain::Message) -> Self {
        Self(app::text::translations::message(message))
    }

    /// Several refusals, a line each.
    pub fn of_messages(messages: &[data::domain::Message]) -> Self {
        let lines = messages.iter().map(app::text::translations::message);
        Self(lines.collect::<Vec<_>>().join("\n"))
    }

    /// Says what was being done when `error` came up: "cannot read x.csv: permission denied".
    pub fn while_doing<E: Error>(doing: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("{doing}: {}", with_causes(&error)))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

// `Failure` is no `Error` itself, because then this would collide with `From<T> for T`.
impl<E: Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(with_causes(&error))
    }
}

/// An error and what it was caused by, each said once.
fn with_causes(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !words.contains(&said) {
            words = format!("{words}: {said}");
        }
        cause = error.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_was_being_done() {
        let error = std::io::Error::other("the disk is full");
        let failure = Failure::while_doing("cannot write out.csv")(error);
        assert_eq!(
            failure.to_string(),
            "cannot write out.csv: the disk is full"
        );
        let failure: Failure = std::fmt::Error.into();
        assert!(!failure.to_string().is_empty());
    }
}
