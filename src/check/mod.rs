//! Rules over the finished graph and plan. They change nothing.
//!
//! Enters: the [`ResolvedGraph`] and the [`SitePlan`]. Leaves: diagnostics. What a single source gets wrong is found by
//! its extractor, what a link gets wrong by the resolver; a rule is what can only be said of the whole. One rule a file.

mod alert_without_runbook;
mod supersession_mismatch;
mod undocumented_public_item;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::graph::ResolvedGraph;
use crate::plan::SitePlan;

/// What a rule may look at.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The graph.
    pub resolved: &'a ResolvedGraph,
    /// The pages.
    pub plan: &'a SitePlan,
}

/// Every rule.
const RULES: &[fn(Subject<'_>) -> Diagnostics] =
    &[alert_without_runbook::check, supersession_mismatch::check, undocumented_public_item::check];

/// What the rules find, by rule.
pub fn check(resolved: &ResolvedGraph, plan: &SitePlan) -> Diagnostics {
    RULES.par_iter().flat_map(|rule| rule(Subject { resolved, plan })).collect()
}
