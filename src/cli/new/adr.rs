//! A new decision: in the repository's log, with its next number, in the style of its latest records.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::Failure;
use super::style::{Style, around_number};
use super::supersession::{both_sides, find_decision};
use super::{Draft, slug};
use crate::graph::{Fact, Node};
use crate::pipeline::Analysis;
use crate::source::{Files, RepoPath, SourceFile, Sources};

/// How many of the latest records say what a record looks like.
const MODELS: usize = 5;

/// Where logs stand, the likeliest first: adr-tools begins with the like of the first.
const USUAL: [&str; 5] = ["docs/adr", "doc/adr", "adr", "docs/decisions", "docs/architecture/decisions"];

/// A folder of records.
struct Log<'a> {
    folder: RepoPath,
    /// The latest first: by number, date and path.
    records: Vec<(Option<i64>, &'a Node)>,
}

pub(super) fn draft(analysis: &Analysis, title: &str, date: &str, supersedes: &[String]) -> Result<Draft, Failure> {
    let mut old: Vec<&Node> = Vec::new();
    for wanted in supersedes {
        let node = find_decision(analysis, wanted)?;
        if !old.iter().any(|known| known.id == node.id) {
            old.push(node);
        }
    }
    let log = log_of(analysis, old.first().copied());
    let latest: Vec<Arc<SourceFile>> =
        log.records.iter().take(MODELS).filter_map(|(_, node)| analysis.tree.source(node.span.file)).collect();
    let last_number = log.records.first().and_then(|(number, _)| *number);
    let number = match (last_number, latest.is_empty()) {
        (Some(last), _) => Some(last.saturating_add(1)),
        (None, true) => Some(1),
        // A log without numbers goes on without them.
        (None, false) => None,
    };
    let style = Style::of(last_number, &latest);
    let path = match latest.first() {
        Some(model) => path_like(model.path(), log.folder, last_number.zip(number), title),
        None => log.folder.join(&format!("0001-{}.md", slug(title, '-'))).unwrap_or(log.folder),
    };
    let mut text = style.compose(number, title, date);
    let mut changed = Vec::new();
    let named = number.map_or_else(|| title.to_owned(), |number| format!("{number}. {title}"));
    for node in old {
        let (new, old) = both_sides(analysis, path, &text, &named, node)?;
        text = new;
        changed.push(old);
    }
    Ok(Draft { path, text, changed, remark: String::new() })
}

/// The log of `old`; without that the one with the most records; without any an empty one where logs usually stand.
fn log_of<'a>(analysis: &'a Analysis, old: Option<&Node>) -> Log<'a> {
    let mut logs: BTreeMap<RepoPath, Vec<(Option<i64>, &Node)>> = BTreeMap::new();
    for node in analysis.resolved.graph.nodes().filter(|node| node.kind.name == "adr") {
        let folder = match node.facts.get("log") {
            Some(Fact::Text(folder)) => RepoPath::new(folder).unwrap_or_else(RepoPath::root),
            _ => node.span.file.parent(),
        };
        let number = match node.facts.get("number") {
            Some(Fact::Number(number)) => Some(*number),
            _ => None,
        };
        logs.entry(folder).or_default().push((number, node));
    }
    let holds =
        |records: &[(Option<i64>, &Node)]| old.is_some_and(|old| records.iter().any(|(_, node)| node.id == old.id));
    let largest = logs.into_iter().max_by_key(|(folder, records)| (holds(records), records.len(), Reverse(*folder)));
    if let Some((folder, mut records)) = largest {
        let numbered = records.iter().filter(|(number, _)| number.is_some()).count();
        // A few records without a number in a numbered log are no reason to stop counting, and the other way round.
        let counts = 2 * numbered >= records.len();
        records.retain(|(number, _)| number.is_some() == counts);
        let date = |node: &Node| match node.facts.get("date") {
            Some(Fact::Text(date)) => Some(date.clone()),
            _ => None,
        };
        records.sort_by_key(|(number, node)| Reverse((*number, date(node), node.span.file)));
        return Log { folder, records };
    }
    let usual: Vec<RepoPath> = USUAL.into_iter().filter_map(RepoPath::new).collect();
    let there = usual.iter().copied().find(|folder| analysis.tree.is_folder(*folder));
    Log { folder: there.unwrap_or(usual.first().copied().unwrap_or_else(RepoPath::root)), records: Vec::new() }
}

/// A path like that of `model`: the part of it that bears the number `from` bears the number `to` and the new title.
/// `0007-x.md`, `adr-007-x.md` and `007-x/README.md` each go on as they are.
fn path_like(model: RepoPath, log: RepoPath, numbers: Option<(i64, i64)>, title: &str) -> RepoPath {
    let mut parts: Vec<String> =
        model.strip_folder(log).unwrap_or(model.file_name()).split('/').map(str::to_owned).collect();
    let bearer = parts.iter().rposition(|part| numbers.is_some_and(|(from, _)| around_number(part, from).is_some()));
    let place = bearer.unwrap_or(parts.len().saturating_sub(1));
    let Some(part) = parts.get_mut(place) else { return log };
    let extension = part.rsplit_once('.').filter(|_| part.ends_with(model.file_name())).map(|(_, extension)| extension);
    let extension = extension.map(|extension| format!(".{extension}")).unwrap_or_default();
    let separator = if part.contains('_') && !part.contains('-') { '_' } else { '-' };
    let words = slug(title, separator);
    *part = match numbers.and_then(|(from, to)| Some((around_number(part, from)?, to))) {
        Some(((before, digits, rest), to)) => {
            let between = rest.chars().next().filter(|first| "-_ ".contains(*first)).unwrap_or('-');
            format!("{before}{to:0width$}{between}{words}{extension}", width = digits.len())
        }
        None => format!("{words}{extension}"),
    };
    log.join(&parts.join("/")).unwrap_or(log)
}

#[cfg(test)]
mod tests {
    use super::{RepoPath, path_like};

    #[test]
    fn new_records_stand_as_the_old_ones_do() {
        let path = |text: &str| RepoPath::new(text).unwrap_or_else(RepoPath::root);
        let cases = [
            ("adr/0007-x.md", Some((7, 8)), "adr/0008-use-sql.md"),
            ("adr/adr_099_x.md", Some((99, 100)), "adr/adr_100_use_sql.md"),
            ("adr/7.md", Some((7, 8)), "adr/8-use-sql.md"),
            ("adr/007-x/README.md", Some((7, 8)), "adr/008-use-sql/README.md"),
            ("adr/group/0012-x/README.md", Some((12, 13)), "adr/group/0013-use-sql/README.md"),
            ("adr/use-go.mdx", None, "adr/use-sql.mdx"),
            ("elsewhere/0007-x.md", Some((7, 8)), "adr/0008-use-sql.md"),
        ];
        for (model, numbers, expected) in cases {
            assert_eq!(path_like(path(model), path("adr"), numbers, "Use SQL").as_str(), expected);
        }
    }
}
