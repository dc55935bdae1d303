//! A page's place and what it says of itself -> its addresses, and the names by which it is referred to.

use super::arrange::Place;
use super::meta::Meta;
use super::{SECTION, words};
use crate::graph::is_language;
use crate::source::{Interned, RepoPath};

/// The page's address: where its file puts it, or what its `slug` says: from the root of the section, or of its version of it, when
/// it begins with a slash, else beside its siblings. In a section of Hugo or Zola it is a name only, and that of the section has none.
pub(super) fn route(place: &Place, slug: &str) -> String {
    let slug = if place.is_in_section && place.folder.is_some() { "" } else { slug };
    let mut parts: Vec<String> = slug.split('/').filter(|part| !matches!(*part, "" | ".")).map(words::slug).collect();
    if parts.is_empty() {
        return if place.is_front { String::new() } else { format!("{}/{}/", SECTION.slug, place.name) };
    }
    // `deploy.fr.md` has the slug of `deploy.md` in another language.
    if let Some((_, language)) = place.name.rsplit_once('.').filter(|(_, language)| is_language(language)) {
        parts.insert(0, language.to_owned());
    }
    // A page that speaks for a folder stands in it.
    let above = || place.name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own = if place.folder.is_some() { place.name.as_str() } else { above() };
    let folder = if slug.starts_with('/') && !place.is_in_section { words::root_of_version(own) } else { own };
    let folders = [SECTION.slug, folder].into_iter().filter(|part| !part.is_empty()).map(str::to_owned);
    folders.chain(parts).collect::<Vec<_>>().join("/") + "/"
}

/// The further address that a page gives itself; one that begins with a dot, or to Hugo without a slash, starts beside the page (Hugo,
/// "aliases").
pub(super) fn alias(place: &Place, written: &str, is_of_hugo: bool) -> String {
    if written.starts_with('/') || !written.starts_with('.') && !is_of_hugo {
        return written.to_owned();
    }
    let mut parts: Vec<&str> = place.name.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    format!("/{}/", parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
}

/// What else references may call the page: its path with and without ending, the folder that it speaks for, the name
/// that it gives itself. A reference that ends like one of them finds it as long as no other does.
pub(super) fn names(path: RepoPath, place: &Place, meta: &Meta) -> Vec<Interned> {
    let whole = path.as_str();
    let stem = whole.strip_suffix(path.extension()).map_or(whole, |stem| stem.trim_end_matches('.'));
    let slug = meta.slug.trim_matches('/').to_owned();
    let mut names = vec![stem.to_owned(), whole.to_owned(), slug, meta.id.clone()];
    names.extend(place.folder.map(|folder| folder.as_str().to_owned()));
    let permalink = meta.permalink.trim_matches('/').trim_end_matches(".html");
    // By the slash those who look for addresses know it.
    names.extend(Some(format!("/{permalink}")).filter(|_| !permalink.is_empty()));
    names.retain(|name| !name.is_empty() && *name != *place.name);
    names.sort_unstable();
    names.dedup();
    names.iter().map(|name| Interned::new(name)).collect()
}
