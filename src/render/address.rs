//! Where a link leads, as its two addresses: from the site's root, and from the page that it stands on.
//!
//! Both are made into text when a template is about to see them: a page that is compared and not made has no use for it.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::{Serialize, Serializer};

use crate::plan::{Place, Route};

/// Characters that cannot stand in a fragment.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'#');

/// Where something is, from the site's root; empty for nowhere and for the front page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Href(Option<Place>);

/// Where something is, from a page; empty for nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way<'a> {
    start: Start<'a>,
    to: Option<Place>,
}

/// Where a way starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start<'a> {
    Page(Route),
    /// A page that a server shows at any address: what leads to the site's root from there.
    Anywhere(&'a str),
}

/// Both addresses of one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Addresses<'a> {
    pub(super) href: Href,
    pub(super) to: Way<'a>,
}

impl<'a> Addresses<'a> {
    /// Those of nothing.
    pub(super) const NOWHERE: Self = Self { href: Href(None), to: Way { start: Start::Anywhere(""), to: None } };

    /// Those of `place` on the page at `from`; `root` is what leads to the site's root when nobody knows where that page is.
    pub(super) fn new(from: Route, root: Option<&'a str>, place: Place) -> Self {
        let start = root.map_or(Start::Page(from), Start::Anywhere);
        Self { href: Href(Some(place)), to: Way { start, to: Some(place) } }
    }
}

impl Href {
    /// Whether it is empty.
    pub fn is_empty(self) -> bool {
        self.0.is_none_or(|place| place.route.as_str().is_empty() && place.anchor.is_none())
    }

    /// The address, encoded.
    pub fn text(self) -> Cow<'static, str> {
        self.0.map_or(Cow::Borrowed(""), href)
    }
}

impl Way<'static> {
    /// What leads from the page at `from` to `place`.
    pub(super) fn new(from: Route, place: Place) -> Self {
        Self { start: Start::Page(from), to: Some(place) }
    }
}

impl Way<'_> {
    /// The address, encoded.
    pub fn text(self) -> String {
        let Some(Place { route, anchor }) = self.to else { return String::new() };
        let page = match self.start {
            Start::Page(from) if from == route && anchor.is_some() => String::new(),
            Start::Page(from) => from.way_to(route),
            Start::Anywhere(root) => format!("{root}{}", route.encoded()),
        };
        with_anchor(page, anchor.as_deref())
    }
}

impl Hash for Href {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // By what they say, which is the same in every run.
        self.0.map(|place| (place.route.as_str(), place.anchor.map(|anchor| anchor.as_str()))).hash(state);
    }
}

impl Hash for Way<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.start {
            Start::Page(from) => (0_u8, from.as_str()).hash(state),
            Start::Anywhere(root) => (1_u8, root).hash(state),
        }
        Href(self.to).hash(state);
    }
}

impl Serialize for Href {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl Serialize for Way<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

/// The address of `place` from the site's root.
fn href(place: Place) -> Cow<'static, str> {
    match place.anchor {
        None => place.route.encoded(),
        Some(anchor) => with_anchor(place.route.encoded().into_owned(), Some(anchor.as_str())).into(),
    }
}

/// `href` with `anchor` behind it.
fn with_anchor(mut href: String, anchor: Option<&str>) -> String {
    if let Some(anchor) = anchor {
        href.push('#');
        href.extend(utf8_percent_encode(anchor, FRAGMENT));
    }
    href
}
