//! Reverse proxies whose word on where a request comes from is believed.
//!
//! Anybody can write `X-Forwarded-For`. It is read only where the connection itself comes from a
//! proxy that the operator named, and from its end: each hop appends the address that it sees, so the
//! last one that is no trusted proxy is the last that somebody trusted has seen.

use std::net::IpAddr;
use std::str::FromStr;

use http::HeaderMap;
use http::header::{FORWARDED, HeaderName};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// An address, or a network of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Whether an address is in the network.
    pub fn contains(&self, address: IpAddr) -> bool {
        // The upper `prefix` bits agree.
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let differing = own.to_bits() ^ other.to_bits();
                differing.leading_zeros() >= u32::from(self.prefix)
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let differing = own.to_bits() ^ other.to_bits();
                differing.leading_zeros() >= u32::from(self.prefix)
            }
            _ => false,
        }
    }
}

impl FromStr for Network {
    type Err = String;

    /// Parses `192.0.2.1`, `192.0.2.0/24`, `2001:db8::/32`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let wrong = || "not an address or network such as 192.0.2.1 or 2001:db8::/32".to_owned();
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let address = address.to_canonical();
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            Some(prefix) => prefix.trim().parse().map_err(|_| wrong())?,
            None => longest,
        };
        if prefix > longest {
            return Err(wrong());
        }
        Ok(Self { address, prefix })
    }
}

/// The peer that a request counts for, where its connection comes from `peer`: the last hop that is
/// not trusted. `None` if the connection does not come from a trusted proxy, whose headers are
/// ignored then.
///
/// Where the headers name nobody, or `X-Forwarded-For` and `Forwarded` name different peers (a proxy
/// writes one of them and passes the other on as the client wrote it), the proxy itself is the peer.
pub(super) fn forwarded_peer(
    peer: IpAddr,
    headers: &HeaderMap,
    trusted: &[Network],
) -> Option<IpAddr> {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return None;
    }
    // A hop that hides its address ends what is known.
    let last_untrusted = |hops: Vec<Option<IpAddr>>| {
        let mut hops = hops.into_iter().rev();
        hops.find(|hop| !hop.is_some_and(is_trusted)).flatten()
    };
    let x_forwarded_for = last_untrusted(hops(headers, &X_FORWARDED_FOR, address));
    let forwarded = last_untrusted(hops(headers, &FORWARDED, forwarded_for));
    let named = match (x_forwarded_for, forwarded) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    };
    Some(named.unwrap_or(peer))
}

/// The hops that a header lists, the nearest last. Several headers of one name are one list.
fn hops(
    headers: &HeaderMap,
    name: &HeaderName,
    parse: fn(&str) -> Option<IpAddr>,
) -> Vec<Option<IpAddr>> {
    let values = headers.get_all(name).iter();
    values
        .flat_map(|value| value.to_str().unwrap_or_default().split(','))
        .map(parse)
        .collect()
}

/// The `for` of one element of `Forwarded` (RFC 7239).
fn forwarded_for(element: &str) -> Option<IpAddr> {
    let mut pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, node) = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
    address(node.trim().trim_matches('"'))
}

/// An address with or without a port, the latter of IPv6 in brackets.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('[') {
        return rest.split_once(']')?.0.parse().ok();
    }
    text.parse()
        .ok()
        .or_else(|| text.rsplit_once(':')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn peer(from: &str, headers: &[(HeaderName, &'static str)]) -> Option<String> {
        let trusted: Vec<Network> = ["127.0.0.0/8", "2001:db8::/32"]
            .map(|network| network.parse().unwrap())
            .into();
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(name, HeaderValue::from_static(value));
        }
        let peer = forwarded_peer(from.parse().unwrap(), &map, &trusted)?;
        Some(peer.to_string())
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_as_far_as_it_sees() {
        let x = |value| [(X_FORWARDED_FOR, value)];
        let f = |value| [(FORWARDED, value)];
        let proxy = "127.0.0.1";
        let forged = x("203.0.113.9");
        assert_eq!(peer("198.51.100.7", &forged), None);
        for (headers, expected) in [
            (x("203.0.113.9, 198.51.100.7"), "198.51.100.7"),
            (x("203.0.113.9, 198.51.100.7, 127.0.0.2"), "198.51.100.7"),
            (x("203.0.113.9, [2001:db8::5]:443"), "203.0.113.9"),
            (x("198.51.100.7:1234"), "198.51.100.7"),
            (x("203.0.113.9, unknown"), "127.0.0.1"),
            (x(""), "127.0.0.1"),
            (
                f("for=203.0.113.9, for=198.51.100.7;proto=https"),
                "198.51.100.7",
            ),
            (f("proto=https;For=\"[2a00:1::5]:4711\""), "2a00:1::5"),
            (f("for=_hidden"), "127.0.0.1"),
        ] {
            assert_eq!(
                peer(proxy, &headers).as_deref(),
                Some(expected),
                "{headers:?}"
            );
        }
        let both = [
            (X_FORWARDED_FOR, "203.0.113.9"),
            (FORWARDED, "for=198.51.100.7"),
        ];
        assert_eq!(peer(proxy, &both).as_deref(), Some("127.0.0.1"));
        let two = [
            (X_FORWARDED_FOR, "203.0.113.9"),
            (X_FORWARDED_FOR, "198.51.100.7"),
        ];
        assert_eq!(peer(proxy, &two).as_deref(), Some("198.51.100.7"));
        assert_eq!(
            peer("::ffff:127.0.0.1", &two).as_deref(),
            Some("198.51.100.7")
        );
    }

    #[test]
    fn networks_are_read_and_nonsense_is_refused() {
        let network = |text: &str| text.parse::<Network>();
        let contains =
            |text: &str, other: &str| network(text).unwrap().contains(other.parse().unwrap());
        assert!(contains("192.0.2.1", "192.0.2.1") && !contains("192.0.2.1", "192.0.2.2"));
        assert!(contains("192.0.2.0/24", "192.0.2.200") && !contains("192.0.2.0/24", "192.0.3.1"));
        assert!(contains("0.0.0.0/0", "203.0.113.9") && !contains("0.0.0.0/0", "2001:db8::1"));
        assert!(contains("2001:db8::/33", "2001:db8:7fff::1"));
        assert!(!contains("2001:db8::/33", "2001:db8:8000::1"));
        for wrong in [
            "",
            "proxy",
            "192.0.2.0/33",
            "192.0.2.0/x",
            "::/129",
            "192.0.2",
        ] {
            assert!(network(wrong).is_err(), "{wrong}");
        }
    }
}
