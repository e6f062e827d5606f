//! Web addresses: what is one, and when two lead to the same page.

/// Whether a text is nothing but an `http` or `https` address. Whatever else it is - a citation, or a
/// scheme that would run something - stays text.
pub fn is_web_address(text: &str) -> bool {
    after_scheme(text).is_some_and(|rest| {
        rest.starts_with(char::is_alphanumeric)
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

/// A web address without what makes no difference to the page: scheme, `www.`, the case of the host,
/// usual ports, trailing slashes, the fragment, and parameters that only say where a visitor came
/// from. None for what is no web address.
pub fn normalised_address(text: &str) -> Option<String> {
    let text = text.trim();
    if !is_web_address(text) {
        return None;
    }
    let rest = after_scheme(text)?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (page, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = page.split_once('/').unwrap_or((page, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let host = host
        .strip_suffix(":443")
        .or_else(|| host.strip_suffix(":80"))
        .unwrap_or(host);
    let mut address = host.to_owned();
    let path = path.trim_end_matches('/');
    if !path.is_empty() {
        address.push('/');
        address.push_str(path);
    }
    let mut parameters: Vec<&str> = query
        .split('&')
        .filter(|parameter| {
            let name = parameter.split('=').next().unwrap_or_default();
            !name.is_empty()
                && !name.starts_with("utm_")
                && !["fbclid", "gclid", "yclid"].contains(&name)
        })
        .collect();
    parameters.sort_unstable();
    if !parameters.is_empty() {
        address.push('?');
        address.push_str(&parameters.join("&"));
    }
    Some(address)
}

fn after_scheme(text: &str) -> Option<&str> {
    ["https://", "http://"].into_iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start
            .eq_ignore_ascii_case(scheme)
            .then(|| &text[scheme.len()..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_taken_for_such() {
        for text in [
            "https://example.org/a?b=c#d",
            "HTTP://example.org",
            "https://пример.рф/",
        ] {
            assert!(is_web_address(text), "{text}");
        }
        for text in [
            "javascript:alert(1)",
            "data:text/html,x",
            "https:",
            "https:///x",
            "https://example.org and more",
            "example.org",
            "Annual report, 2023",
            "ftp://example.org",
            "é",
            "",
        ] {
            assert!(!is_web_address(text), "{text}");
        }
    }

    #[test]
    fn what_leads_to_the_same_page_is_the_same() {
        let same = [
            "https://example.org/law?b=2&a=1",
            "http://www.Example.org/law/?a=1&b=2#article-5",
            " https://example.org:443/law?utm_source=x&a=1&b=2&fbclid=9 ",
        ];
        for address in same {
            let normalised = normalised_address(address);
            assert_eq!(normalised.as_deref(), Some("example.org/law?a=1&b=2"));
        }
        assert_ne!(
            normalised_address("https://example.org/Law"),
            normalised_address("https://example.org/law")
        );
        assert_eq!(
            normalised_address("https://example.org").as_deref(),
            Some("example.org")
        );
        assert_eq!(normalised_address("Annual report, 2023"), None);
    }
}
