//! An address below the site's root.

use std::borrow::Cow;
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
    pub fn encoded(self) -> Cow<'static, str> {
        utf8_percent_encode(self.0.as_str(), KEPT).into()
    }

    /// The file that a server answers with: `adr/0007-use-postgresql/index.html`.
    pub fn file(self) -> String {
        let route = self.0.as_str();
        if route.is_empty() || route.ends_with('/') { format!("{route}index.html") } else { route.to_owned() }
    }

    /// The file with the page's copy in Markdown: `adr/0007-use-postgresql/index.md`, `rust/shop/fn.run.md`.
    pub fn copy(self) -> String {
        let file = self.file();
        format!("{}.md", file.strip_suffix(".html").unwrap_or(&file))
    }

    /// The address of that file, with special characters percent-encoded.
    pub fn encoded_copy(self) -> String {
        utf8_percent_encode(&self.copy(), KEPT).to_string()
    }

    /// What leads from the page to its copy, which stands beside it.
    pub fn way_to_copy(self) -> String {
        let copy = self.encoded_copy();
        copy.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// The address of the page `number` of what begins at this one: `guides/page-2/`, `rust/shop/fn.run.page-2.html`.
    pub(super) fn continued(self, number: usize) -> Self {
        let route = self.as_str();
        match route.strip_suffix("index.html").or_else(|| route.strip_suffix(".html").map(|_| route)) {
            Some(stem) if stem.len() < route.len() => Self::new(&format!("{stem}page-{number}.html")),
            Some(stem) => Self::new(&format!("{}.page-{number}.html", stem.trim_end_matches(".html"))),
            None => Self::new(&format!("{route}page-{number}/")),
        }
    }

    /// What leads from this page to `target`, encoded: `../page-2/`; `./` when that is the folder of this page.
    pub fn way_to(self, target: Self) -> String {
        let (from, to) = (self.encoded(), target.encoded());
        let same = from.bytes().zip(to.bytes()).take_while(|(one, other)| one == other).count();
        let shared = from[..same].rfind('/').map_or(0, |slash| slash + 1);
        let up = from[shared..].matches('/').count();
        let mut way = "../".repeat(up);
        way.push_str(&to[shared..]);
        if way.is_empty() {
            way.push_str("./");
        }
        way
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
        let ways = [
            ("a/b/", "a/c/", "../c/"),
            ("a/b/", "a/b/c/", "c/"),
            ("a/b/", "a/", "../"),
            ("a/b/", "a/b/", "./"),
            ("a/b/", "", "../../"),
            ("", "a/ü/", "a/%C3%BC/"),
            ("rust/a/struct.B.html", "rust/a/struct.C.html", "struct.C.html"),
            ("rust/a/struct.B.html", "rust/a/", "./"),
            ("rust/a/struct.B.html", "rust/ab/", "../ab/"),
        ];
        for (from, to, way) in ways {
            assert_eq!(Route::new(from).way_to(Route::new(to)), way, "{from} {to}");
        }
        let pages = [
            ("a/", "a/index.md", "a/page-2/"),
            ("", "index.md", "page-2/"),
            ("a/index.html", "a/index.md", "a/page-2.html"),
            ("a/fn.b.html", "a/fn.b.md", "a/fn.b.page-2.html"),
        ];
        for (route, copy, second) in pages {
            let made = Route::new(route);
            assert_eq!((made.copy().as_str(), made.continued(2).as_str()), (copy, second));
            assert_eq!(made.way_to_copy(), made.way_to(Route::of_file(copy)));
        }
        assert_eq!(Route::of_file("files/LICENSE").file(), "files/LICENSE");
        assert_eq!(Route::new("a b/ü#?/").encoded(), "a%20b/%C3%BC%23%3F/");
    }
}
