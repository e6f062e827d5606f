//! The line ends of texts that come with a form.

/// A text from a form with the line ends that are stored: browsers send every line end as CR LF.
pub(crate) fn with_stored_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A text from a form that was filled with `stored`: exactly that if nothing but line ends differs, since
/// browsers do not keep those. Imported texts may hold CR LF.
pub(crate) fn with_line_ends_of(stored: &str, text: &str) -> String {
    let text = with_stored_line_ends(text);
    if stored.contains('\r') && with_stored_line_ends(stored) == text {
        stored.to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_nobody_changed_keeps_its_line_ends() {
        assert_eq!(with_line_ends_of("a\r\nb", "a\r\nb"), "a\r\nb");
        assert_eq!(with_line_ends_of("a\rb\nc", "a\r\nb\r\nc"), "a\rb\nc");
        assert_eq!(with_line_ends_of("a\nb", "a\r\nb"), "a\nb");
        assert_eq!(with_line_ends_of("a\r\nb", "a\r\nc"), "a\nc");
    }
}
