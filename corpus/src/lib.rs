//! Repositories to measure with: a number of pages or of nodes enters, files leave.
//!
//! What is made here looks like documentation to a program that reads it: words are as rare as in a natural language,
//! pages have headings, lists, tables, links to each other and listings in several languages, most of which stand
//! nowhere else. The same number gives the same bytes on every machine, and a page depends on nothing but its index, so
//! that a corpus of any size can be written without being held. [`Cuttings`] does the same with the Markdown of a real
//! repository.
//!
//! Shared by the benches of the stages and by `cargo xtask bench`.

mod code;
mod cuttings;
mod file;
mod guide;
mod listing;
mod prose;
mod random;
mod specification;
mod vocabulary;

pub use code::{CODE_UNIT, crates};
pub use cuttings::Cuttings;
pub use file::{File, write};
pub use guide::{Guides, Page};
pub use specification::{SPECIFICATION_UNIT, specifications};

/// A repository of `pages` guides, with code and specifications of a tenth as many nodes each, but not under a hundred.
pub fn repository(pages: usize) -> impl Iterator<Item = File> {
    let others = (pages / 10).max(100);
    let guides = Guides::new(pages);
    let guides = (0..pages).map(move |index| {
        let page = guides.page(index);
        File { path: format!("docs/{}", page.path), text: page.text() }
    });
    guides.chain(crates(others)).chain(specifications(others))
}

#[cfg(test)]
mod tests;
