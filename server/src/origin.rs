//! The origin of this installation, as browsers write it.

/// Reads an origin as browsers write it: scheme, host and, unless it is the scheme's own, port; no path.
pub fn parse(text: &str) -> Result<String, String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:[]".contains(c);
    for (scheme, usual_port) in [("https://", ":443"), ("http://", ":80")] {
        let Some(host) = text.trim_end_matches('/').strip_prefix(scheme) else {
            continue;
        };
        let host = host.strip_suffix(usual_port).unwrap_or(host);
        if !host.is_empty() && host.chars().all(plain) {
            return Ok(format!("{scheme}{host}"));
        }
    }
    Err("an origin is http:// or https:// and a host, such as https://upr.example".into())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_origin_is_read_as_browsers_write_it() {
        for (text, expected) in [
            ("https://upr.example", Some("https://upr.example")),
            ("https://upr.example:443/", Some("https://upr.example")),
            ("https://upr.example:8443", Some("https://upr.example:8443")),
            ("http://upr.example:443", Some("http://upr.example:443")),
            ("http://[::1]:80", Some("http://[::1]")),
            ("upr.example", None),
            ("https://", None),
            ("https://upr.example/pages", None),
        ] {
            assert_eq!(parse(text).ok().as_deref(), expected, "{text}");
        }
    }
}
