//! An independent look at a built site: whether every `href` and `src` that stays within it leads to a file, and every
//! fragment to an `id`.
//!
//! It knows nothing of how livedoc makes its links, asks no network, and reads only what a reader would be served.

mod address;
mod html;
mod site;

use std::path::Path;

/// How many findings are printed in full.
const SHOWN: usize = 50;

/// Looks at the site in `folder`, prints what is wrong with it, and says whether nothing is.
pub(crate) fn report(folder: &Path) -> bool {
    let report = match site::check(folder) {
        Ok(report) => report,
        Err(error) => {
            println!("{}: {error}", folder.display());
            return false;
        }
    };
    for finding in report.findings.iter().take(SHOWN) {
        println!("{finding}");
    }
    if let Some(more) = report.findings.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        println!("… and {more} more");
    }
    let (pages, links, findings) = (report.pages, report.links, report.findings.len());
    println!("{}: {pages} pages, {links} internal links, {findings} findings", folder.display());
    findings == 0
}
