//! What a link says it leads to -> a target to be looked up.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::{Dialect, Options};
use crate::graph::{Need, Target};
use crate::source::Interned;

/// What a destination is.
pub(super) enum Destination {
    /// Something to be looked up, or an address elsewhere.
    Target(Target, Need),
    /// A scheme whose name is the words of the link: `[GET /orders](api:)`.
    NameIsText(&'static str),
    /// A place that needs no looking up: an `href` or `src` as it stands.
    Literal(String),
    /// Nothing that may be followed: an empty destination, or a script.
    Nothing,
}

/// What the destination of a link is.
pub(super) fn of_link(written: &str, options: &Options<'_>) -> Destination {
    let written = without_control_characters(written);
    // rustdoc takes them out as well.
    let written = if options.dialect == Dialect::RustDoc && written.contains('`') {
        written.replace('`', "").into()
    } else {
        written
    };
    let written = written.as_ref();
    if written.is_empty() {
        return Destination::Nothing;
    }
    if let Some(anchor) = written.strip_prefix('#') {
        // `#` and `#top` are the top of any page (HTML, "indicated part of the document").
        return match anchor {
            "" | "top" => Destination::Literal(written.to_owned()),
            _ => named("anchor", decoded(anchor), Need::Must),
        };
    }
    if let Some((scheme, name)) = split_scheme(written) {
        // Two colons are of a path in code.
        if let Some(known) = options.schemes.find(&scheme).filter(|_| !name.starts_with(':')) {
            return if name.is_empty() {
                Destination::NameIsText(known)
            } else {
                named(known, decoded(name), Need::Must)
            };
        }
        let is_left_over = matches!(&*scheme, "todo" | "tbd" | "fixme") && !name.starts_with("//");
        if !name.starts_with(':') && !is_left_over {
            return match &*scheme {
                "javascript" | "vbscript" | "data" | "blob" | "filesystem" | "view-source" => Destination::Nothing,
                scheme => named(scheme, written.to_owned(), Need::Must),
            };
        }
    }
    if written.starts_with("//") {
        return named("https", format!("https:{written}"), Need::Must);
    }
    if written.contains("::") && !written.contains('/') {
        return named("code", decoded(written), Need::Must);
    }
    if options.dialect == Dialect::RustDoc {
        if is_code_path(written) {
            return named("code", decoded(written), Need::May);
        }
        // Pages of rustdoc's own layout (`struct.Order.html`): no files of the repository.
        let path = written.split(['#', '?']).next().unwrap_or_default();
        if path.ends_with(".html") {
            return named("path", written.to_owned(), Need::May);
        }
    }
    named("path", written.to_owned(), Need::Must)
}

/// What the source of an image is.
pub(super) fn of_image(written: &str) -> Destination {
    let written = without_control_characters(written);
    let written = written.as_ref();
    if written.is_empty() {
        return Destination::Nothing;
    }
    if written.starts_with("//") {
        return named("https", format!("https:{written}"), Need::Must);
    }
    match split_scheme(written) {
        // Scripts in a picture do not run when it is shown by `<img>`.
        Some((scheme, data)) if scheme == "data" => {
            let is_picture = data.get(..6).is_some_and(|kind| kind.eq_ignore_ascii_case("image/"));
            if is_picture { Destination::Literal(written.to_owned()) } else { Destination::Nothing }
        }
        Some((scheme, _)) if scheme == "http" || scheme == "https" => named(&scheme, written.to_owned(), Need::Must),
        Some(_) => Destination::Nothing,
        None => named("image", written.to_owned(), Need::Must),
    }
}

/// What stands between `<` and `>`.
pub(super) fn of_angles(written: &str, options: &Options<'_>) -> Destination {
    match of_link(written, options) {
        Destination::Target(Target::Named { scheme, text }, _) if options.schemes.find(scheme.as_str()).is_some() => {
            let need = options.schemes.need_in_brackets(scheme.as_str());
            Destination::Target(Target::Named { scheme, text }, need)
        }
        other => other,
    }
}

/// What brackets without a destination name, when they are a reference and not ordinary text. `explicit` when the words
/// of the link stand in brackets of their own.
pub(super) fn of_brackets(reference: &str, explicit: bool, options: &Options<'_>) -> Option<Destination> {
    if let Some((scheme, name)) = reference.split_once(':')
        && let Some(known) = options.schemes.find(scheme)
        && !name.is_empty()
        && !name.starts_with(':')
        && !name.starts_with(char::is_whitespace)
    {
        let need = if explicit { Need::Must } else { options.schemes.need_in_brackets(known) };
        return Some(named(known, name.to_owned(), need));
    }
    let code = reference.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    let path = code.unwrap_or(reference);
    let is_reference = match options.dialect {
        Dialect::RustDoc => is_code_path(path),
        Dialect::Page | Dialect::Description => code.is_some() && is_code_path(path) && looks_like_rust(path),
    };
    let need = if explicit && options.dialect != Dialect::RustDoc { Need::Must } else { Need::May };
    is_reference.then(|| named("code", path.trim().to_owned(), need))
}

/// Whether a destination is a path in code.
pub(super) fn is_code(destination: &Destination) -> bool {
    matches!(destination, Destination::Target(Target::Named { scheme, .. }, _) if scheme.as_str() == "code")
}

fn named(scheme: &str, text: String, need: Need) -> Destination {
    Destination::Target(Target::Named { scheme: Interned::new(scheme), text }, need)
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), |text| text.into_owned())
}

/// Browsers drop line ends and tabs from addresses, and blanks around them, before they look for `javascript:`
/// (WHATWG URL, basic URL parser): so must whoever looks first.
fn without_control_characters(written: &str) -> Cow<'_, str> {
    if !written.bytes().fold(false, |found, byte| found | byte.is_ascii_control()) {
        return written.trim_matches(' ').into();
    }
    let trimmed = written.trim_matches(|character: char| character.is_ascii_control() || character == ' ');
    trimmed.chars().filter(|character| !character.is_ascii_control()).collect()
}

/// The scheme in lower case and what follows the colon (RFC 3986, section 3.1). One letter is a drive, not a scheme.
fn split_scheme(written: &str) -> Option<(Cow<'_, str>, &str)> {
    let (scheme, rest) = written.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'));
    let has_capitals = scheme.bytes().any(|byte| byte.is_ascii_uppercase());
    let lower = || if has_capitals { scheme.to_ascii_lowercase().into() } else { scheme.into() };
    is_scheme.then(|| (lower(), rest))
}

/// Whether `text` may be a path in code, by the characters that rustdoc takes for one (`preprocess_link` in
/// `rustdoc::passes::collect_intra_doc_links`): names, `::`, a disambiguator, generics, `()`, `!`, an anchor.
fn is_code_path(text: &str) -> bool {
    let path = text.split('#').next().unwrap_or_default();
    let path = path.rsplit_once('@').map_or(path, |(_, path)| path).trim();
    let begins = path
        .starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | ':' | '<' | '&' | '*' | '!' | '('));
    begins
        && path.contains(|character: char| character.is_alphabetic() || character == '_' || character == '!')
        && path.chars().all(|character| character.is_alphanumeric() || ":_<>, !*&;()".contains(character))
}

/// Whether a code span in brackets is surely meant as a path: several names, or one that is written as types,
/// functions and macros are.
fn looks_like_rust(path: &str) -> bool {
    let mixed = path.contains(char::is_uppercase) && path.contains(char::is_lowercase) && !path.contains(' ');
    path.contains("::") || path.ends_with("()") || path.ends_with('!') || mixed
}
