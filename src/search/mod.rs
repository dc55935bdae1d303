//! Search: documents -> an inverted index in small files, of which a browser reads only those that a query needs.
//!
//! Enters: what is published, as [`Document`]s, which [`describe`] makes of the graph's nodes. Leaves: files for the site's `search/` folder; the client that reads
//! them is the theme's `search.js`. Whoever changes what stands in a file changes it in both.
//!
//! | file | what it holds | read |
//! |---|---|---|
//! | `manifest.bin` | the kinds, and where everything else is | once |
//! | `words/N.bin` | words in alphabetical order with their postings | one or two for each word of a query |
//! | `beginnings/N.bin` | short beginnings that very many words share | while somebody types |
//! | `documents/N.bin` | a few documents as results show them | one for each result |
//!
//! Architecture invariant: the files depend on the documents and their order alone, not on how threads were timed.

mod beginnings;
mod bytes;
mod classes;
mod deflate;
mod documents;
mod fold;
mod gathering;
mod index;
mod inverted;
mod invert;
mod manifest;
mod packed;
mod postings;
mod reader;
mod renumbering;
mod shards;
mod state;
mod stored;
#[cfg(test)]
mod tests;
mod vocabulary;
mod word;
mod words;

use std::ops::Range;

pub use documents::{describe, found_in};
pub use gathering::Gathering;
pub use index::Index;

/// Something that search finds: a page, or a thing that has a place on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Its address, relative to the site's root; with an `#anchor` when it is a place on a page.
    pub url: String,
    /// What results show first.
    pub title: String,
    /// What results show beside the title, to tell things of one title apart: `shop::orders`, "Shop API". Not searched.
    pub context: String,
    /// The address of the Markdown copy of its page, relative to the site's root; empty when there is none.
    pub copy: String,
    /// Further names: `ADR-7`, `getOrder`, `GET /orders/{id}`, `shop::orders::Order`.
    pub names: Vec<String>,
    /// Its text. The first section is what stands before the first heading, and has none.
    pub sections: Vec<Section>,
}

/// A part of a document, to which results lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The id of its heading on the page; empty for the beginning.
    pub anchor: String,
    /// The words of its heading.
    pub heading: String,
    /// Its plain text.
    pub text: String,
    /// Which bytes of the copy are its text.
    pub range: Range<u32>,
}

