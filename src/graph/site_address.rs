//! An address on the site, as pages write it from the root, `/guides/orders/` -> the node that has it.

use super::NodeId;
use super::lookup::Found;
use super::paths::decode;
use super::resolve::Resolver;
use crate::source::RepoPath;

/// A path from the root of a published site, `/guides/first-day/`: the one page whose source path ends like it.
pub(super) fn site_route(resolver: &Resolver<'_>, written: &str) -> Option<NodeId> {
    let written = decode(written.strip_prefix('/')?);
    let wanted = written.trim_end_matches('/').trim_end_matches(".html").to_lowercase();
    if wanted.is_empty() {
        None
    } else {
        resolver.lookup.by_end_of_path(&wanted).or_else(|| numbered_record(resolver, &wanted))
    }
}

/// The decision at `adr/33`, its address on a site: the folder of its log, and its number.
fn numbered_record(resolver: &Resolver<'_>, address: &str) -> Option<NodeId> {
    let (folder, number) = address.rsplit_once('/')?;
    let folder = folder.rsplit('/').next()?;
    let number: u32 = number.parse().ok()?;
    let Found::One(id) = resolver.lookup.find("adr", &number.to_string(), RepoPath::root()) else { return None };
    let file = resolver.graph.node(id)?.span.file;
    file.parent().file_name().eq_ignore_ascii_case(folder).then_some(id)
}
