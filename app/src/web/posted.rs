//! A form as it was sent.

/// The address of the form that changes a password. What it sends is never kept.
pub(crate) const CHANGE_PASSWORD: &str = "/api/change-password";

/// A form as it was sent. Where nobody is signed in any more, it goes through the sign-in page, so that
/// what was typed is sent once more by whoever signs in.
#[derive(Clone, Default)]
pub(crate) struct Posted {
    /// The address of its action.
    pub(crate) action: String,
    /// Its fields, as a browser encodes them.
    pub(crate) body: String,
}

impl Posted {
    /// The fields of the sign-in form that carry it.
    pub(crate) const FIELDS: [&str; 2] = ["carried_action", "carried"];

    /// Itself as the fields of the sign-in form; nothing of a form that holds a password.
    pub(crate) fn typed(self) -> Vec<(String, String)> {
        // Passwords are typed once more, and never travel in a cookie or stand on a page.
        if self.action == CHANGE_PASSWORD {
            return Vec::new();
        }
        let names = Self::FIELDS.map(str::to_owned);
        names.into_iter().zip([self.action, self.body]).collect()
    }
}
