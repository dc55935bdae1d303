//! What a file tells those who follow the links of others by it -> a hash, so that two states of the file can be compared.

use std::fmt::{Debug, Write};

use super::{
    Traces, WRITTEN, book, builds, contributors, docs_builder, docusaurus, doxygen, ex_doc, places, sphinx, unknown,
};
use crate::graph::rustdoc;
use crate::source::{ContentHash, ContentHasher, Note, SourceFile, stored};

/// All that a file tells those who follow the links of others by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directions {
    hash: ContentHash,
}

stored! { struct Directions { hash } }

impl Directions {
    /// Whether what `file` tells is kept from one run to the next: what pages tell is.
    pub fn are_kept(file: &SourceFile) -> bool {
        file.path().has_extension(WRITTEN)
    }
}

impl Note for Directions {
    const NAME: &'static str = "directions";

    fn of(file: &SourceFile) -> Self {
        let mut hasher = ContentHasher::default();
        let mut tell = |told: &dyn Debug| {
            // A hasher takes whatever is printed.
            let _ = write!(hasher, "{told:?}");
        };
        tell(&Traces::of(file));
        if file.path().has_extension(WRITTEN) {
            tell(&book::read_terms(file));
            tell(&sphinx::read_targets(file));
            tell(&contributors::read_list(file));
            tell(&docs_builder::read_places(file));
        }
        if builds::is_workflow(file.path()) {
            tell(&builds::read_outputs(file));
        }
        if places::is_about_redirects(file.path().file_name()) {
            tell(&places::read_redirects(file));
        }
        match file.path().file_name() {
            "book.toml" => tell(&book::read_preprocessors(file)),
            name if places::OF_HUGO.contains(&name) => tell(&places::read_languages(file)),
            name if places::is_about_navigation(name) || name.ends_with(".json") => {
                tell(&docusaurus::read_addresses(file));
            }
            "lib.rs" => tell(&rustdoc::has_features_from_macro(file)),
            "_toc.yml" | "conf.py" | "myst.yml" => tell(&sphinx::read_settings(file)),
            name if name.ends_with(".py") => tell(&unknown::read_script(file)),
            name if builds::is_build(name) => tell(&builds::read_made(file)),
            name if doxygen::is_settings(name) => tell(&doxygen::read_settings(file)),
            name if ex_doc::is_about_pages(name) => tell(&ex_doc::read_settings(file)),
            _ => {}
        }
        Self { hash: hasher.content_hash() }
    }
}
