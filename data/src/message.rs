//! What the program has to say to a person, before it has a language.
//!
//! `data` knows what went wrong and with which values; `app` knows the words. A [`Message`] carries
//! the one to the other, so that no sentence is written where it could not be translated.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A sentence to be looked up in the translations, with the values it mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The key in `app/locales/*/*.ftl`.
    pub key: Cow<'static, str>,
    /// The values, by the name the translation uses for them.
    pub values: Vec<(Cow<'static, str>, String)>,
}

impl Message {
    /// The longest value of an address or a form that a sentence repeats, in characters.
    pub const LONGEST_VALUE: usize = 60;

    /// The longest cell of a file that a sentence repeats, in characters.
    pub const LONGEST_CELL: usize = 200;

    /// A sentence without values.
    pub fn new(key: &'static str) -> Self {
        Self {
            key: Cow::Borrowed(key),
            values: Vec::new(),
        }
    }

    /// The same sentence with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((Cow::Borrowed(name), value.to_string()));
        self
    }
}

/// For logs and test failures only: the key and the *names* of its values, never the values, which
/// may be confidential.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        for (name, _) in &self.values {
            write!(f, " {name}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Message {}

/// Declares the reasons for which a module refuses something. A variant is one sentence of the translations, and
/// its fields are the values that the sentence mentions, by their names there.
macro_rules! refusals {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident $({ $($field:ident: $type:ty),* $(,)? })? => $key:literal, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub enum $name {
            $(
                $(#[$doc])*
                $variant $({
                    $(
                        #[doc = concat!("The value `", stringify!($field), "` of the sentence.")]
                        $field: $type,
                    )*
                })?,
            )*
        }

        impl $name {
            /// The sentence that tells a person why, and what would be accepted.
            pub fn message(&self) -> $crate::message::Message {
                match self {
                    $(
                        Self::$variant $({ $($field),* })? => $crate::message::Message::new($key)
                            $( $( .with(stringify!($field), $field) )* )?,
                    )*
                }
            }
        }
    };
}
pub(crate) use refusals;
