//! Pages of Hugging Face's doc-builder: each package has its own below `/docs`.

use crate::graph::resolve::Resolver;
use crate::source::RepoPath;

/// The file that says which pages there are.
const CONTENTS: &str = "_toctree.yml";

/// The file of the page that `written`, `/docs/<package>/<page>`, may mean.
pub(super) fn pages_meant(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> Option<RepoPath> {
    let rest = behind_package(written)?;
    site_of(resolver, page)?.join(rest)
}

/// Whether `written` is the address of a page of some package.
pub(super) fn is_address(resolver: &Resolver<'_>, page: RepoPath, written: &str) -> bool {
    behind_package(written).is_some() && site_of(resolver, page).is_some()
}

fn behind_package(written: &str) -> Option<&str> {
    let (package, rest) = written.strip_prefix("/docs/")?.split_once('/')?;
    (!package.is_empty() && !rest.is_empty()).then_some(rest)
}

/// The folder of all pages that `page` stands among.
fn site_of(resolver: &Resolver<'_>, page: RepoPath) -> Option<RepoPath> {
    page.above().find(|folder| resolver.files.find(*folder, CONTENTS).is_some())
}
