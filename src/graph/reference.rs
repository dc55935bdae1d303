//! A reference by name, `adr:7#context` -> the node that it means. Of several the words behind it may tell which: "ADR 6 (Process
//! discipline)".

use std::collections::BTreeSet;

use super::followed::End;
use super::lookup::Found;
use super::resolve::{Followed, Resolver, split_anchor};
use super::{Graph, Link, Need, Node, NodeId, Relation};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::{RepoPath, Sources};

impl Resolver<'_> {
    /// `[adr:7#context]`.
    pub(super) fn follow_reference(&self, from: &Node, link: &Link, scheme: &str, text: &str) -> Followed {
        let (name, anchor) = split_anchor(text);
        let found = match self.lookup.find(scheme, name, from.span.file) {
            Found::Several(ids) => {
                told_apart(self.graph, self.files, link, &ids).map_or(Found::Several(ids), Found::One)
            }
            Found::None => self.beside_folder(scheme, name, from).map_or(Found::None, Found::One),
            Found::One(id) => Found::One(id),
        };
        match found {
            Found::One(id) => match anchor {
                Some(anchor) => self.follow_anchor(id, link, anchor),
                None => (End::Node { id, anchor: None }, None),
            },
            // What nobody wrote as a reference is not guessed at.
            Found::Several(_) if link.need == Need::May => (End::Nowhere, None),
            Found::Several(ids) => {
                let names: Vec<String> = ids.iter().take(5).map(|id| format!("`{id}`")).collect();
                let message = format!("`{scheme}:{name}` may be any of {}", names.join(", "));
                let problem = Diagnostic::new(Code::AmbiguousReference, message, link.span)
                    .hint("write enough of the name to tell them apart");
                // What is said of one of them is not said of another.
                match link.relation {
                    Relation::Mentions => {
                        let problem = problem.label(format!("taken to be `{}`", ids[0]));
                        (End::Node { id: ids[0], anchor: None }, Some(problem))
                    }
                    _ => (End::Nowhere, Some(problem)),
                }
            }
            Found::None => {
                let message = format!("nothing is called `{scheme}:{name}`");
                let hint = match self.lookup.near(scheme, name).as_slice() {
                    [] if self.lookup.is_empty(scheme) => format!("this repository has nothing of the kind `{scheme}`"),
                    [] => "`livedoc graph` lists every name".to_owned(),
                    near => did_you_mean(near),
                };
                (End::Nowhere, Some(Diagnostic::new(Code::BrokenReference, message, link.span).hint(hint)))
            }
        }
    }

    /// The one thing that `name`, `docs/adr/35`, means in a folder beside the one that it names and called alike, `docs/adrs`: some logs go
    /// on in another.
    fn beside_folder(&self, scheme: &str, name: &str, from: &Node) -> Option<NodeId> {
        let (folder, name) = name.rsplit_once('/')?;
        let Found::One(id) = self.lookup.find(scheme, name, from.span.file) else { return None };
        let file = self.graph.node(id)?.span.file;
        let (own, other) = (RepoPath::new(folder)?, file.parent());
        let (left, right) = (own.file_name(), other.file_name());
        let is_alike = left.starts_with(right) || right.starts_with(left);
        (is_alike && own.parent() == other.parent() && other != RepoPath::root()).then_some(id)
    }
}

/// So many characters behind a name may tell which of its things is meant.
const REACH: usize = 120;

/// The one of `ids` whose title or id has more of the words behind `link` than any other. They stand in brackets, or behind a dash or a
/// colon.
fn told_apart(graph: &Graph, files: &dyn Sources, link: &Link, ids: &[NodeId]) -> Option<NodeId> {
    const LEADS: &[char] = &['(', ':', '-', '\u{2013}', '\u{2014}'];
    let file = files.source(link.span.file)?;
    let behind = file.text().get(link.span.range().end..)?.lines().next()?;
    let behind = behind.trim_start_matches(['`', ']', ' ']);
    let said = behind.strip_prefix(LEADS).map(|said| said.chars().take(REACH).collect::<String>())?;
    let said = if behind.starts_with('(') { said.split(')').next().unwrap_or_default() } else { &said };
    let wanted = words(said);
    let mut alike: Vec<(usize, NodeId)> = ids
        .iter()
        .filter_map(|id| {
            let node = graph.node(*id)?;
            let own = words(&format!("{} {}", node.title, node.span.file.stem()));
            Some((wanted.intersection(&own).count(), *id))
        })
        .collect();
    alike.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match alike.as_slice() {
        [(most, id), (next, _), ..] if most > next => Some(*id),
        _ => None,
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|one: char| !one.is_alphanumeric());
    // "of" and "the" tell nothing.
    let tells = |part: &&str| part.chars().count() > 3 || part.contains(|one: char| one.is_ascii_digit());
    parts.filter(tells).map(str::to_lowercase).collect()
}
