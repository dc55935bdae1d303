//! AsciiDoc -> Markdown that says the same, so that one reader serves both.
//!
//! Enters: a file. Leaves: its text as Markdown, each piece knowing where it is written, and the attributes of its header
//! as front matter. Read are headings, paragraphs, lists, tables, listings, quotes, admonitions, images, links and
//! references, by <https://docs.asciidoctor.org/asciidoc/latest/>; conditions are passed over, and what is unknown stays as
//! its text.

mod header;
mod inline;
mod line;
mod list;
mod prose;
mod reader;
mod table;
#[cfg(test)]
mod tests;
mod verbatim;

use self::reader::Reader;
use super::front_matter::FrontMatter;
use crate::source::{MappedText, SourceFile};

/// Whether a file of this name is AsciiDoc.
pub(crate) const EXTENSIONS: &[&str] = &["adoc", "asciidoc"];

/// The text of `file` as Markdown, and the attributes of its header.
pub(crate) fn read(file: &SourceFile) -> (MappedText, FrontMatter) {
    let mut out = MappedText::at("", file.span(0..0));
    let header = header::read(file);
    let mut front_matter = FrontMatter::default();
    if !header.attributes.is_empty() {
        out.push("---\n", file.span(0..0));
        let start = out.text().len();
        for attribute in &header.attributes {
            out.push(&format!("{}: ", attribute.name), file.span(attribute.place.clone()));
            out.push(&file.text()[attribute.value.clone()], file.span(attribute.value.clone()));
            out.push("\n", file.span(attribute.value.end..attribute.value.end));
        }
        front_matter.lines = start..out.text().len();
        out.push("---\n", file.span(0..0));
        front_matter.end = out.text().len();
    }
    let mut reader = Reader::new(file, header, out);
    reader.read();
    (reader.finish(), front_matter)
}
