//! Numbers of JSON as they are written: `104.10` is another paragraph than `104.1`, and a parser makes one number of both.

use std::borrow::Cow;

/// The same JSON with a text in place of every number outside a text: `"104.10"` for `104.10`. What is no number of
/// JSON stays as it is, for the parser to refuse.
pub(crate) fn with_written_numbers(bytes: &[u8]) -> Cow<'_, [u8]> {
    let begins = |byte: &u8| byte.is_ascii_digit() || *byte == b'-';
    if !bytes.iter().any(begins) {
        return Cow::Borrowed(bytes);
    }
    let mut written = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    let mut rest = bytes;
    while let Some(first) = rest.first() {
        let end = match first {
            b'"' => end_of_text(rest),
            byte if begins(byte) => rest
                .iter()
                .position(|byte| !(byte.is_ascii_alphanumeric() || b"+-.".contains(byte)))
                .unwrap_or(rest.len()),
            _ => rest
                .iter()
                .position(|byte| *byte == b'"' || begins(byte))
                .unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at(end.max(1));
        let is_number =
            begins(first) && serde_json::from_slice::<serde_json::Number>(token).is_ok();
        if is_number {
            written.push(b'"');
            written.extend(token);
            written.push(b'"');
        } else {
            written.extend(token);
        }
        rest = behind;
    }
    Cow::Owned(written)
}

/// Where a text ends that begins with its quotation mark.
fn end_of_text(bytes: &[u8]) -> usize {
    let mut is_escaped = false;
    for (at, byte) in bytes.iter().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::with_written_numbers;

    #[test]
    fn numbers_become_texts_and_texts_stay() {
        for (json, expected) in [
            (r#"{"a":104.10}"#, r#"{"a":"104.10"}"#),
            ("[1, -2.50,3e5 ,true]", r#"["1", "-2.50","3e5" ,true]"#),
            (
                r#"{"a 1":"b \" 2 \\","c":0}"#,
                r#"{"a 1":"b \" 2 \\","c":"0"}"#,
            ),
            ("[01, 1.2.3, .5]", "[01, 1.2.3, .\"5\"]"),
            ("12", "\"12\""),
            (r#"{"a":"open 1"#, r#"{"a":"open 1"#),
        ] {
            let written = with_written_numbers(json.as_bytes());
            assert_eq!(String::from_utf8_lossy(&written), expected, "{json}");
        }
    }
}
