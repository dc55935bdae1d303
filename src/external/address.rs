//! The text of a link -> an address that a machine elsewhere would answer to, or nothing.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

/// Endings of names that no public server has (RFC 2606, 6761, 6762, 7686, 8375, 9476, and what is used like them).
#[rustfmt::skip]
const OF_NOBODY: &[&str] = &[
    "test", "example", "invalid", "localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "onion", "alt", "arpa",
    "localdomain", "cluster", "svc", "example.com", "example.net", "example.org", "example.edu",
];

/// What is in addresses that readers are to fill in.
const PLACEHOLDERS: &[char] = &['{', '}', '<', '>', '$', '*', '[', ']', '…', '|', '`', '\\'];

/// The address of something at another site, without a place on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    pub(super) url: String,
    pub(super) host: String,
}

impl Address {
    /// The address that `written` is, when it can be the address of something public.
    pub fn of(written: &str) -> Option<Self> {
        let is_filled_in = !written.contains(PLACEHOLDERS) && !written.contains("...") && !names_nobody(written);
        let mut url =
            Url::parse(written).ok().filter(|url| is_filled_in && matches!(url.scheme(), "http" | "https"))?;
        // Whoever writes a password into a link does not want it sent by machines.
        let is_open = url.username().is_empty() && url.password().is_none();
        if !is_open || !url.host().is_some_and(|host| is_public(&host)) {
            return None;
        }
        url.set_fragment(None);
        let host = url.host_str()?.to_owned();
        Some(Self { url: url.into(), host })
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The host, in small letters.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.url)
    }
}

/// Whether a part of the address stands for a name that readers have: `https://github.com/your-organisation/shop`.
fn names_nobody(written: &str) -> bool {
    let mut parts = written.split(['/', '?', '&', '=', '.', ':', '#']);
    parts.any(|part| {
        let part = part.to_ascii_lowercase();
        part.starts_with("your-") || part.starts_with("your_") || part.starts_with("xxx") || part == "yourname"
    })
}

fn is_public(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let is_of_nobody = |ending: &&str| {
                name.strip_suffix(*ending).is_some_and(|before| before.is_empty() || before.ends_with('.'))
            };
            name.contains('.') && !OF_NOBODY.iter().any(is_of_nobody)
        }
        Host::Ipv4(address) => is_global(IpAddr::V4(*address)),
        Host::Ipv6(address) => is_global(IpAddr::V6(*address)),
    }
}

/// Whether machines elsewhere can have the address (RFC 6890).
fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            let is_shared = first == 100 && (64..128).contains(&second);
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_documentation()
                || address.is_unspecified()
                || address.is_broadcast()
                || address.is_multicast()
                || is_shared)
        }
        IpAddr::V6(address) => {
            let first = address.segments()[0];
            // Global unicast but for documentation.
            (first & 0xe000) == 0x2000 && !(first == 0x2001 && address.segments()[1] == 0xdb8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn what_can_be_asked() {
        let cases = [
            ("https://Docs.rs/tokio#x", Some("https://docs.rs/tokio")),
            ("http://a.de", Some("http://a.de/")),
            ("https://a.de/Grüße und", Some("https://a.de/Gr%C3%BC%C3%9Fe%20und")),
            ("https://bücher.de/", Some("https://xn--bcher-kva.de/")),
            ("https://8.8.8.8/x", Some("https://8.8.8.8/x")),
            ("https://[2606:4700::1111]/", None),
            ("https://example.com/x", None),
            ("https://api.example.org", None),
            ("https://counterexample.com", Some("https://counterexample.com/")),
            ("http://localhost:3000", None),
            ("http://prometheus:9090/graph", None),
            ("http://shop.default.svc.cluster.local", None),
            ("http://127.0.0.1:80", None),
            ("http://10.0.0.1", None),
            ("http://[::1]/", None),
            ("https://{host}/x", None),
            ("https://a.de/<id>", None),
            ("https://a.de/$X", None),
            ("https://a.de/...", None),
            ("https://github.com/your-organisation/x", None),
            ("https://a.de/in-your-hands", Some("https://a.de/in-your-hands")),
            ("https://me:secret@a.de/", None),
            ("ftp://a.de/", None),
            ("https://", None),
            ("", None),
        ];
        for (written, expected) in cases {
            assert_eq!(Address::of(written).as_ref().map(Address::as_str), expected, "{written}");
        }
    }
}
