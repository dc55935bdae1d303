//! An address below the site's root.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::source::Interned;

/// Characters that stand for themselves in the path of an address and in every file system.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/')
    .remove(b'@')
    .remove(b'+')
    .remove(b',');

/// An address without a leading slash, as people read it: `adr/0007-use-postgresql/`, `rust/shop/fn.run.html`; empty
/// for the front page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Interned);

impl Route {
    /// The route `text`, whatever slashes stand around it. Parts that would climb out of the site are dropped. What ends
    /// in neither a slash nor an ending is a folder.
    pub fn new(text: &str) -> Self {
        let parts: Vec<&str> = text.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect();
        let mut route = parts.join("/");
        let is_file = parts.last().is_some_and(|last| last.contains('.') && !text.ends_with('/'));
        if !route.is_empty() && !is_file {
            route.push('/');
        }
        Self(Interned::new(&route))
    }

    /// The route of the file at `path`, whose name may have no ending: `files/LICENSE`.
    pub fn of_file(path: &str) -> Self {
        let folder = Self::new(path);
        Self(Interned::new(folder.as_str().trim_end_matches('/')))
    }

    /// As people read it.
    pub fn as_str(self) -> &'static str {
        self.0.as_str()
    }

    /// As it stands in an address, with special characters percent-encoded.
    pub fn encoded(self) -> String {
        utf8_percent_encode(self.0.as_str(), KEPT).to_string()
    }

    /// The file that a server answers with: `adr/0007-use-postgresql/index.html`.
    pub fn file(self) -> String {
        let route = self.0.as_str();
        if route.is_empty() || route.ends_with('/') { format!("{route}index.html") } else { route.to_owned() }
    }

    /// What leads from this page to the site's root: `../../`; `./` for pages at the root.
    pub fn to_root(self) -> String {
        match self.0.as_str().matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn routes() {
        let cases = [
            ("", "", "index.html", "./"),
            ("/adr/0007/", "adr/0007/", "adr/0007/index.html", "../../"),
            ("adr", "adr/", "adr/index.html", "../"),
            ("rust/a/fn.b.html", "rust/a/fn.b.html", "rust/a/fn.b.html", "../../"),
            ("a/../../b/", "a/b/", "a/b/index.html", "../../"),
            ("404.html", "404.html", "404.html", "./"),
            ("release-1.2/", "release-1.2/", "release-1.2/index.html", "../"),
        ];
        for (text, route, file, root) in cases {
            let made = Route::new(text);
            assert_eq!((made.as_str(), made.file().as_str(), made.to_root().as_str()), (route, file, root), "{text}");
        }
        assert_eq!(Route::of_file("files/LICENSE").file(), "files/LICENSE");
        assert_eq!(Route::new("a b/ü#?/").encoded(), "a%20b/%C3%BC%23%3F/");
    }
}
