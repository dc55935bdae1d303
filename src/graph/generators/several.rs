//! Several pages at one address -> the one that is meant.

use super::languages::suffixed;
use crate::graph::resolve::Resolver;
use crate::graph::{Node, NodeId};

/// The page that has the place `anchor`, of those on which the address `written` may end on a site: of versions, of languages, or of a
/// folder of the repository that is called like a page. The nearest to that of `from`.
pub(in crate::graph) fn page_with_place(
    resolver: &Resolver<'_>,
    from: &Node,
    written: &str,
    anchor: &str,
) -> Option<NodeId> {
    let name = written.rsplit('/').next()?;
    let has_place = |id: &NodeId| resolver.anchors.find(*id, anchor).is_some();
    // From the folder that the page has to itself, unless a template makes something else of links.
    let own =
        super::from_own_folder(from.span.file, written).filter(|_| !written.starts_with('/') && !name.contains('.'));
    let own = own.and_then(|own| resolver.lookup.by_end_of_path(&own.as_str().to_lowercase()));
    let is_plain =
        || super::is_on_site(resolver, from) && !resolver.sites().have_link_hook(resolver.files, from.span.file);
    if let Some(id) = own.filter(|id| has_place(id) && is_plain()) {
        return Some(id);
    }
    // In the language of the page, which its name ends with.
    let beside = from.span.file.parent().join(written).filter(|path| path.has_extension(&["md"]));
    let in_language = beside.into_iter().flat_map(|path| suffixed(from.span.file, path));
    let in_language = in_language.filter_map(|path| resolver.lookup.by_file(path)).find(has_place);
    if in_language.is_some() {
        return in_language;
    }
    let address = written.strip_prefix('/').filter(|_| !name.contains('.') || name.ends_with(".html"))?;
    let address = address.trim_end_matches('/').trim_end_matches(".html").to_lowercase();
    // Versions of a site have folders of other names, `docs` and `versioned_docs/version-2`.
    let below = address.match_indices('/').map(|(slash, _)| &address[slash + 1..]).filter(|below| below.contains('/'));
    let mut ends = std::iter::once(address.as_str()).chain(below).filter(|_| super::is_on_site(resolver, from));
    ends.find_map(|end| resolver.lookup.nearest_by_end_that(end, from.span.file, has_place))
}
