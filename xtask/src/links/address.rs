//! Where a link leads within a site.

/// What an `href` or `src` leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address {
    /// Something outside of the site, or nothing that is fetched at all (`data:`, `mailto:`).
    Elsewhere,
    /// A path above the site's root.
    AboveRoot,
    /// A file of the site, `/`-separated, decoded; and a place in it. A folder stands for its `index.html`.
    Inside { path: String, fragment: Option<String> },
}

/// Where `reference` leads that stands in the file `from`. Relative references are resolved as in RFC 3986, section 5.2.
pub(super) fn address(from: &str, reference: &str) -> Address {
    let reference = reference.trim();
    if has_scheme(reference) || reference.starts_with("//") {
        return Address::Elsewhere;
    }
    let (rest, fragment) = match reference.split_once('#') {
        Some((rest, fragment)) => (rest, Some(decoded(fragment)).filter(|fragment| !fragment.is_empty())),
        None => (reference, None),
    };
    let path = rest.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return Address::Inside { path: from.to_owned(), fragment };
    }
    let mut parts: Vec<String> = match path.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => {
            from.rsplit_once('/').map_or_else(Vec::new, |(folder, _)| folder.split('/').map(str::to_owned).collect())
        }
    };
    for part in path.trim_start_matches('/').split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return Address::AboveRoot;
                }
            }
            name => parts.push(decoded(name)),
        }
    }
    if path.ends_with('/') || path.ends_with("/.") || path.ends_with("..") || path == "." {
        parts.push("index.html".to_owned());
    }
    Address::Inside { path: parts.join("/"), fragment }
}

fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Percent-encoding undone. What is no valid encoding stays as it is, as in browsers.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut result = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let digits = (bytes[index] == b'%').then(|| text.get(index + 1..index + 3)).flatten();
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                result.push(byte);
                index += 3;
            }
            None => {
                result.push(bytes[index]);
                index += 1;
            }
        }
    }
    String::from_utf8_lossy(&result).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Address, address};

    #[test]
    fn references_lead_where_a_browser_would_go() {
        let inside = |path: &str, fragment: &str| Address::Inside {
            path: path.to_owned(),
            fragment: Some(fragment.to_owned()).filter(|fragment| !fragment.is_empty()),
        };
        let cases = [
            ("../", inside("a/index.html", "")),
            ("..", inside("a/index.html", "")),
            (".", inside("a/b/index.html", "")),
            ("./c.html", inside("a/b/c.html", "")),
            ("c%20d.html?v=1#e%2Ff", inside("a/b/c d.html", "e/f")),
            ("/x/y/", inside("x/y/index.html", "")),
            ("/", inside("index.html", "")),
            ("#top", inside("a/b/index.html", "top")),
            ("#", inside("a/b/index.html", "")),
            ("", inside("a/b/index.html", "")),
            ("?q", inside("a/b/index.html", "")),
            ("100%.html", inside("a/b/100%.html", "")),
            ("%é", inside("a/b/%é", "")),
            ("a:b/c", Address::Elsewhere),
            ("./a:b", inside("a/b/a:b", "")),
            ("../../../x", Address::AboveRoot),
            ("//host/x", Address::Elsewhere),
            ("mailto:a@b", Address::Elsewhere),
        ];
        for (reference, expected) in cases {
            assert_eq!(address("a/b/index.html", reference), expected, "{reference}");
        }
    }
}
