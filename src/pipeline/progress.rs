//! What is going on, for whoever wants to know.

/// The stages, as progress names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Walking the repository.
    Discover,
    /// Reading sources.
    Extract,
    /// Joining what was read.
    Assemble,
    /// Following links.
    Resolve,
    /// Laying out pages.
    Plan,
    /// Applying the rules.
    Check,
    /// Making pages.
    Render,
    /// Making the search index.
    Index,
    /// Writing the site.
    Write,
}

impl Stage {
    /// What is going on, for a progress line: "reading sources".
    pub fn activity(self) -> &'static str {
        match self {
            Stage::Discover => "walking the repository",
            Stage::Extract => "reading sources",
            Stage::Assemble => "joining what was read",
            Stage::Resolve => "following links",
            Stage::Plan => "laying out pages",
            Stage::Check => "applying rules",
            Stage::Render => "rendering pages",
            Stage::Index => "indexing for search",
            Stage::Write => "writing the site",
        }
    }
}

/// Whoever wants to know what is going on.
pub trait Progress: Sync {
    /// `stage` begins.
    fn begin(&self, stage: Stage);
}

/// Tells nobody.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: Stage) {}
}
