//! Search: documents -> an inverted index in small files, of which a browser reads only those that a query needs.
//!
//! Enters: what is published, as [`Document`]s, which [`describe`] makes of the graph's nodes and a [`Gathering`] takes as they
//! come. Leaves: an [`Index`], whose files belong into the site's `search/` folder and which the next index of the same site
//! is made from. The client that reads the files is the theme's `search.js`. Whoever changes what stands in a file changes
//! it in both.
//!
//! | file | what it holds | read |
//! |---|---|---|
//! | `manifest.bin` | the kinds, and where everything else is | when the reader begins to search |
//! | `words/….bin` | words in alphabetical order with their postings | one or two for each word of a query |
//! | `beginnings/….bin` | short beginnings that very many words share | while somebody types |
//! | `documents/….bin` | a few documents as results show them | one for each result |
//!
//! No text is stored: excerpts are read from the Markdown copies of the pages. All files are packed with DEFLATE. All but the
//! manifest are called by a hash of what is in them, so a file that a browser has is never out of date, files of two builds
//! are never joined, and an edit renames few of them; where a file ends depends on few words or documents around that place.
//!
//! The way of a document: [`words`] splits its text, a [`reader`] writes down what each word means in it, [`invert`] turns that
//! round, [`inverted`] joins it with what the index before knew, [`shards`], [`beginnings`] and [`stored`] cut it into files.
//!
//! Architecture invariant: the files depend on the documents and their order alone, not on how threads were timed, nor on
//! what was known before.

mod beginnings;
mod bytes;
mod classes;
mod deflate;
mod documents;
mod fold;
mod gathering;
mod index;
mod invert;
mod inverted;
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

pub use documents::{PageCopy, describe, found_in};
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
    /// Its plain text, for finding it; it is not stored.
    pub text: String,
    /// Which bytes of the copy are its text, for showing it; none when they are not known.
    pub range: Range<u32>,
}
