//! What was read -> an analysis: joined, resolved, planned and checked.
//!
//! After an edit that changes nothing but texts, most of the last analysis still holds: [`reconnect`] takes that over and
//! makes the rest. Both come to the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::{Subject, check, is_looked_for, tell_moves};
use crate::config::Project;
use crate::diagnostic::{Diagnostic, Diagnostics, is_filled_in, is_on_purpose, suppress};
use crate::discover::{History, NoHistory, SourceTree};
use crate::external::{self, Answers, written_links};
use crate::extract::Claim;
use crate::graph::{End, Fragment, Reassembled, ResolvedGraph, are_of_one_site, assemble, resolve, resolve_again};
use crate::plan::{self, SitePlan};
use crate::source::{RepoPath, Sources};
use crate::theme::{self, Theme};

use super::known::{Basis, LastGraph, Reach};
use super::progress::stage;
use super::{Amount, Analysis, Progress, report};

/// What the files say.
pub(super) struct Read {
    pub(super) tree: SourceTree,
    pub(super) claims: Vec<Claim>,
    pub(super) fragments: Vec<Arc<Fragment>>,
    pub(super) history: Result<History, NoHistory>,
    /// What this is, where the next run may want to know.
    pub(super) basis: Option<Basis>,
}

/// What was found by stages whose work an edit may leave as it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    assembled: Diagnostics,
    planned: Diagnostics,
    theme: Diagnostics,
}

/// The last analysis, and what is different from what it was made from.
pub(super) struct Before<'a> {
    pub(super) analysis: &'a Analysis,
    /// Fragments that were joined then, and what they are now.
    pub(super) rewritten: &'a [(&'a Arc<Fragment>, &'a Arc<Fragment>)],
    /// Whether the theme may be another one.
    pub(super) is_theme_touched: bool,
    /// What git knows.
    pub(super) history: &'a Result<History, NoHistory>,
}

/// Joins and checks what was read. Links that lead where they did in `last`, if that is known, are not followed again. Other sites
/// are asked about what they did not answer in `answers`, if that is anything.
pub(super) fn connect(
    project: &Project,
    read: Read,
    last: Option<LastGraph>,
    answers: Option<&Answers>,
    progress: &dyn Progress,
) -> Analysis {
    let Read { tree, claims, fragments, history, basis } = read;
    let followed = last.and_then(|last| follow_since(last, &tree, project, progress));
    let (resolved, assembled, reach) = followed.unwrap_or_else(|| {
        let (graph, assembled) =
            stage!(progress, Assemble, assemble(fragments), |(graph, _)| Amount::items(graph.nodes().len()));
        (stage!(progress, Resolve, resolve(graph, &tree, project), |resolved| amount(resolved)), assembled, None)
    });
    let (plan, planned) =
        stage!(progress, Plan, plan_site(&resolved, &tree, project), |(plan, _)| Amount::items(plan.pages.len()));
    let (theme, loaded) = theme::load(project, &tree);
    let ask = |known| {
        let links = written_links(&resolved, &tree, &project.external);
        stage!(progress, Ask, external::ask(links.map(|(_, address)| address), known), |answers| {
            Amount::items(answers.len())
        })
    };
    let answers = answers.map(ask);
    let found = Found { assembled, planned, theme: loaded };
    let made = Made { resolved, plan: Arc::new(plan), theme: Arc::new(theme), history, answers, found, basis, reach };
    conclude(project, tree, claims, made, progress)
}

/// The graph of what is read now, what is wrong with its identities, and where it differs from `last`. `None` when an edit reaches
/// further than the texts that it changes.
fn follow_since(
    last: LastGraph,
    tree: &SourceTree,
    project: &Project,
    progress: &dyn Progress,
) -> Option<(ResolvedGraph, Diagnostics, Option<Reach>)> {
    let rewritten: Vec<_> = last.rewritten.iter().map(|(old, new)| (old, new)).collect();
    let reassembled = reassemble(&last.resolved, &rewritten, &last.assembled, progress)?;
    let resolve = || resolve_again(&last.resolved, reassembled, tree, project);
    let resolved = stage!(progress, Resolve, resolve(), |resolved| amount(resolved));
    let reach = last.reach(&resolved);
    Some((resolved, last.assembled, reach))
}

/// `old` with what is `rewritten`. `None` when that changes more than texts, or may move what is named in `found`, which holds as long
/// as it does not.
fn reassemble<'f>(
    old: &ResolvedGraph,
    rewritten: &[(&Arc<Fragment>, &Arc<Fragment>)],
    found: impl IntoIterator<Item = &'f Diagnostic>,
    progress: &dyn Progress,
) -> Option<Reassembled> {
    let reassembled = stage!(progress, Assemble, old.graph.reassemble(rewritten), |_| Amount::items(rewritten.len()))?;
    let texts = rewritten.iter().flat_map(|(old, new)| old.nodes.iter().chain(&new.nodes));
    let files: BTreeSet<RepoPath> = texts.map(|node| node.span.file).collect();
    (!found.into_iter().any(|found| names_one_of(found, &files))).then_some(reassembled)
}

/// Joins and checks what was read of the same files under the same settings as `before`. `None` when an edit reaches further
/// than the texts that it changes.
pub(super) fn reconnect(
    project: &Project,
    tree: &SourceTree,
    claims: &[Claim],
    before: &Before<'_>,
    progress: &dyn Progress,
) -> Option<Analysis> {
    let Analysis { resolved: old, plan, theme, found, .. } = before.analysis;
    let reassembled = reassemble(old, before.rewritten, found.assembled.iter().chain(&found.planned), progress)?;
    let replaced = reassembled.replaced.clone();
    let resolve = || resolve_again(old, reassembled, tree, project);
    let resolved = stage!(progress, Resolve, resolve(), |resolved| amount(resolved));
    let shown = |resolved: &ResolvedGraph| -> BTreeSet<RepoPath> {
        let ends = replaced.iter().flat_map(|number| resolved.ends_of(*number));
        ends.filter_map(|end| if let End::Asset(path) = end { Some(*path) } else { None }).collect()
    };
    let mut found = found.clone();
    let plan = if shown(old) == shown(&resolved) {
        Arc::clone(plan)
    } else {
        let (plan, planned) =
            stage!(progress, Plan, plan_site(&resolved, tree, project), |(plan, _)| Amount::items(plan.pages.len()));
        found.planned = planned;
        Arc::new(plan)
    };
    let theme = if before.is_theme_touched {
        let (theme, loaded) = theme::load(project, tree);
        found.theme = loaded;
        Arc::new(theme)
    } else {
        Arc::clone(theme)
    };
    let history = before.history.clone();
    let made = Made { resolved, plan, theme, history, answers: None, found, basis: None, reach: None };
    Some(conclude(project, tree.clone(), claims.to_vec(), made, progress))
}

fn names_one_of(found: &Diagnostic, files: &BTreeSet<RepoPath>) -> bool {
    let spans = found.span.iter().chain(found.related.iter().map(|(span, _)| span));
    spans.into_iter().any(|span| files.contains(&span.file))
}

fn amount(resolved: &ResolvedGraph) -> Amount {
    Amount::items(resolved.graph.links().len())
}

struct Made {
    resolved: ResolvedGraph,
    plan: Arc<SitePlan>,
    theme: Arc<Theme>,
    history: Result<History, NoHistory>,
    answers: Option<Answers>,
    found: Found,
    basis: Option<Basis>,
    reach: Option<Reach>,
}

/// The site of `resolved`. Without settings of livedoc's it is made of what others make several of.
fn plan_site(resolved: &ResolvedGraph, tree: &SourceTree, project: &Project) -> (SitePlan, Diagnostics) {
    let is_one = project.configuration.is_some();
    plan::plan(resolved, &|left, right| is_one || are_of_one_site(tree, left, right))
}

/// Applies the rules.
fn conclude(project: &Project, tree: SourceTree, claims: Vec<Claim>, made: Made, progress: &dyn Progress) -> Analysis {
    let Made { resolved, plan, theme, history, answers, found, basis, reach } = made;
    let subject = Subject {
        project,
        resolved: &resolved,
        plan: &plan,
        tree: &tree,
        history: &history,
        answers: answers.as_ref(),
    };
    let checked = stage!(progress, Check, check(subject), |found| Amount::items(found.len()));
    let read = resolved.graph.fragments().iter().flat_map(|fragment| &fragment.diagnostics);
    let read = read.filter(|found| !is_on_purpose(found) && !is_filled_in(found, &tree));
    let kept = [&found.assembled, &found.planned, &found.theme].into_iter().flatten();
    let kept = kept.filter(|found| !is_on_purpose(found));
    let of_links = tell_moves(subject, resolved.problems().cloned().collect());
    let all = read.chain(kept).cloned().chain(of_links).chain(tree.diagnostics()).chain(checked);
    let claimed: BTreeSet<RepoPath> = claims.iter().map(|claim| claim.file).collect();
    let files = claimed.into_iter().chain(project.configuration).filter_map(|path| tree.source(path));
    let all = suppress(all.collect(), files, |code, path| is_looked_for(subject, code, path));
    let diagnostics = report(project, all);
    Analysis { tree, claims, resolved, plan, theme, history, answers, diagnostics, found, basis, reach }
}
