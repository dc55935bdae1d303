//! Addresses under which a repository is published by other tools, as its own files say.
//!
//! Enters: the repository's files and its forge. Leaves: the beginnings of addresses that are its own: of its pages on GitHub or
//! GitLab, and what `CNAME`, Hugo (<https://gohugo.io/configuration/all/>), MkDocs and Jekyll are told.

use super::resolve::Resolver;
use crate::source::RepoPath;

/// Files that say where the site of a repository stands, and the key behind which they do; none for the whole file.
const STATED_IN: &[(&str, &str)] = &[
    ("CNAME", ""),
    ("docs/CNAME", ""),
    ("static/CNAME", ""),
    ("_config.yml", "url"),
    ("config.toml", "baseURL"),
    ("config.yaml", "baseURL"),
    ("config.yml", "baseURL"),
    ("docs/mkdocs.yml", "site_url"),
    ("hugo.toml", "baseURL"),
    ("hugo.yaml", "baseURL"),
    ("mkdocs.yaml", "site_url"),
    ("mkdocs.yml", "site_url"),
    ("website/config.toml", "baseURL"),
    ("website/hugo.toml", "baseURL"),
];

/// The addresses, without a final slash; the longest first.
pub(super) fn own_addresses(resolver: &Resolver<'_>) -> Vec<String> {
    let stated = STATED_IN.iter().filter_map(|(path, key)| {
        let path = RepoPath::new(path).filter(|path| resolver.files.contains(*path))?;
        let file = resolver.files.source(path)?;
        let written = match *key {
            "" => file.text().lines().next().map(|host| format!("https://{}", host.trim())),
            key => file.text().lines().find_map(|line| value_of(line, key)),
        };
        written.and_then(|address| usable(&address))
    });
    let mut own: Vec<String> = stated.chain(resolver.forge.and_then(|forge| pages_of(&forge.url))).collect();
    own.sort_by_key(|address| std::cmp::Reverse(address.len()));
    own.dedup();
    own
}

/// The value of `key` on a line of YAML or TOML at the top level.
fn value_of(line: &str, key: &str) -> Option<String> {
    let start = line.get(..key.len()).filter(|start| start.eq_ignore_ascii_case(key))?;
    let value = line[start.len()..].trim_start().strip_prefix([':', '='])?;
    let value = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
    Some(value.to_owned())
}

/// An address of a host on the web that is not a placeholder.
fn usable(address: &str) -> Option<String> {
    let address = address.trim().trim_end_matches('/');
    let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?.split('/').next()?;
    let is_host = host.contains('.') && !host.ends_with("example.org") && !host.ends_with("example.com");
    (is_host && !address.chars().any(char::is_whitespace)).then(|| address.to_owned())
}

/// Where the pages of a repository on GitHub or GitLab stand.
fn pages_of(forge: &str) -> Option<String> {
    let rest = forge.strip_prefix("https://")?;
    let (host, path) = rest.split_once('/')?;
    let (owner, name) = path.split_once('/')?;
    let domain = match host {
        "github.com" => "github.io",
        "gitlab.com" => "gitlab.io",
        _ => return None,
    };
    let owner = owner.to_lowercase();
    let own = format!("{owner}.{domain}");
    Some(if name.eq_ignore_ascii_case(&own) { format!("https://{own}") } else { format!("https://{own}/{name}") })
}

#[cfg(test)]
mod tests {
    use super::{pages_of, usable, value_of};

    #[test]
    fn addresses() {
        let forges = [
            ("https://github.com/Acme/shop", Some("https://acme.github.io/shop")),
            ("https://github.com/acme/acme.github.io", Some("https://acme.github.io")),
            ("https://gitlab.com/acme/ops/shop", Some("https://acme.gitlab.io/ops/shop")),
            ("https://git.example.org/acme/shop", None),
        ];
        for (forge, expected) in forges {
            assert_eq!(pages_of(forge).as_deref(), expected, "{forge}");
        }
        let lines = [
            ("baseURL: \"https://runbooks.acme.dev/\" # here", "baseURL", Some("https://runbooks.acme.dev")),
            ("baseurl = 'https://acme.dev/x'", "baseURL", Some("https://acme.dev/x")),
            ("  baseURL: https://acme.dev", "baseURL", None),
            ("baseURL: https://example.org/", "baseURL", None),
            ("baseURL: /", "baseURL", None),
        ];
        for (line, key, expected) in lines {
            assert_eq!(value_of(line, key).and_then(|value| usable(&value)).as_deref(), expected, "{line}");
        }
    }
}
