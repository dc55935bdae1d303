//! A corpus and a number of pages -> the pages.

use std::io;

use corpus::{Cuttings, Guides, Page};

use super::arguments::Corpus;
use super::spread::{grouped, megabytes};

/// Pages that can be had one by one, as often as they are needed.
pub(crate) struct Text {
    source: Source,
    count: usize,
    label: String,
}

enum Source {
    Made(Guides),
    Cut(Cuttings),
}

impl Text {
    /// `count` pages of `corpus`.
    ///
    /// # Errors
    /// Its folder cannot be read, or has no Markdown.
    pub(crate) fn open(corpus: &Corpus, count: usize) -> io::Result<Self> {
        let pages = grouped(count as u64);
        let (source, label) = match corpus {
            Corpus::Made => (Source::Made(Guides::new(count)), format!("{pages} pages made for it")),
            Corpus::Cut(folder) => {
                let cuttings = Cuttings::of(folder)?;
                let (files, bytes) = cuttings.files();
                // Only its name: where it stands on a machine is nobody's business.
                let name = folder.canonicalize()?.file_name().map(|name| name.to_string_lossy().into_owned());
                let name = name.unwrap_or_default();
                let files = grouped(files as u64);
                let pieces = grouped(cuttings.pieces() as u64);
                let label = format!(
                    "{pages} pages from the {pieces} pieces of `{name}`, {files} files with {}",
                    megabytes(bytes as f64)
                );
                (Source::Cut(cuttings), label)
            }
        };
        Ok(Self { source, count, label })
    }

    /// All pages, each when it is asked for.
    pub(crate) fn pages(&self) -> impl Iterator<Item = io::Result<Page>> {
        (0..self.count).map(|index| match &self.source {
            Source::Made(guides) => Ok(guides.page(index)),
            Source::Cut(cuttings) => cuttings.page(index, self.count),
        })
    }

    /// What it is, for a table.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }
}
