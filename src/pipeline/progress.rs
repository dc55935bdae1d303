//! What is going on, for whoever wants to know, and what it costs.
//!
//! A stage is a span of `tracing` at the level `INFO`, a piece of one that threads share at `DEBUG`. Without a subscriber
//! both cost next to nothing; `--timings` and `--trace` subscribe.

use tracing::Span;

/// The stages, as progress names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading what earlier runs left.
    Recall,
    /// Walking the repository.
    Discover,
    /// Telling which files are what.
    Claim,
    /// Reading sources.
    Extract,
    /// Joining what was read.
    Assemble,
    /// Following links.
    Resolve,
    /// Laying out pages.
    Plan,
    /// Asking other sites.
    Ask,
    /// Applying the rules.
    Check,
    /// Telling which pages are the same as last time.
    Compare,
    /// Making pages.
    Render,
    /// Making the search index, and the files beside the pages.
    Index,
    /// Putting the site in its place, and keeping what the next run can use.
    Write,
}

impl Stage {
    /// What is going on, for a progress line: "reading sources".
    pub fn activity(self) -> &'static str {
        match self {
            Stage::Recall => "recalling the last run",
            Stage::Discover => "walking the repository",
            Stage::Claim => "looking for sources",
            Stage::Extract => "reading sources",
            Stage::Assemble => "joining what was read",
            Stage::Resolve => "following links",
            Stage::Plan => "laying out pages",
            Stage::Ask => "asking other sites",
            Stage::Check => "applying rules",
            Stage::Compare => "comparing with the last build",
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

/// How much a stage had to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Files, fragments, links, pages: what the stage counts.
    pub items: usize,
    /// Bytes that it read or made; 0 when it counts none.
    pub bytes: u64,
}

impl Amount {
    /// So many things.
    pub fn items(items: usize) -> Self {
        Self { items, bytes: 0 }
    }

    /// Of so many bytes in all.
    #[must_use]
    pub fn of_bytes(self, bytes: u64) -> Self {
        Self { bytes, ..self }
    }

    /// Notes it at `span`.
    pub fn record(self, span: &Span) {
        span.record("items", self.items as u64);
        span.record("bytes", self.bytes);
    }
}

/// Runs an expression as a stage, tells `progress`, and counts what came of it.
macro_rules! stage {
    ($progress:expr, $stage:ident, $work:expr, |$made:pat_param| $amount:expr) => {{
        $progress.begin($crate::pipeline::Stage::$stage);
        let span =
            ::tracing::info_span!(stringify!($stage), items = ::tracing::field::Empty, bytes = ::tracing::field::Empty);
        let made = span.in_scope(|| $work);
        if !span.is_disabled() {
            let $made = &made;
            $crate::pipeline::Amount::record($amount, &span);
        }
        made
    }};
}

/// Runs an expression as a piece of a stage that several threads share.
macro_rules! piece {
    ($name:literal, $work:expr) => {{
        let _entered = ::tracing::debug_span!($name).entered();
        $work
    }};
}

pub(super) use {piece, stage};
