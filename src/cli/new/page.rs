//! A new runbook or guide: where its like stand.

use std::collections::BTreeMap;

use super::{Draft, slug};
use crate::pipeline::Analysis;
use crate::source::{Files, RepoPath};

pub(super) fn runbook(analysis: &Analysis, title: &str) -> Draft {
    let usual = ["docs/runbooks", "runbooks", "doc/runbooks", "docs/runbook"];
    let folder = usual_folder(analysis, "runbook", &usual);
    // Where runbooks are called after their alerts, this one is too.
    let single = !title.contains(' ') && title.chars().all(char::is_alphanumeric);
    let after_alerts = single && files_of(analysis, "runbook").any(|path| path.stem().contains(char::is_uppercase));
    let name = if after_alerts { title.to_owned() } else { slug(title, '-') };
    let text = format!(
        "# {title}\n\n\
         ## Meaning\n\n<!-- What the alert says, and when it fires -->\n\n\
         ## Impact\n\n<!-- Who notices, and how badly -->\n\n\
         ## Diagnosis\n\n<!-- Where to look, with the commands to copy -->\n\n\
         ## Mitigation\n\n<!-- What to do, step by step, and how to tell that it worked -->\n"
    );
    Draft { path: folder.join(&format!("{name}.md")).unwrap_or(folder), text, remark: String::new() }
}

pub(super) fn guide(analysis: &Analysis, title: &str) -> Draft {
    let usual = ["docs/guides", "guides", "docs/src", "docs", "book/src", "doc"];
    let usual: Vec<RepoPath> = usual.into_iter().filter_map(RepoPath::new).collect();
    let there = usual.iter().copied().find(|folder| analysis.tree.is_folder(*folder));
    let folder = there.or_else(|| RepoPath::new("docs")).unwrap_or_else(RepoPath::root);
    let name = format!("{}.md", slug(title, '-'));
    let path = folder.join(&name).unwrap_or(folder);
    let summary = folder.join("SUMMARY.md").filter(|summary| analysis.tree.contains(*summary));
    let remark = summary.map_or_else(String::new, |summary| format!("list it in {summary} to give it its place"));
    Draft { path, text: format!("# {title}\n\n<!-- What the reader can do after reading this -->\n"), remark }
}

/// The folder with the most pages of `kind`; else the first usual one that exists; else the first usual one.
fn usual_folder(analysis: &Analysis, kind: &str, usual: &[&str]) -> RepoPath {
    let mut folders: BTreeMap<RepoPath, usize> = BTreeMap::new();
    for path in files_of(analysis, kind) {
        *folders.entry(path.parent()).or_default() += 1;
    }
    let fullest = folders.into_iter().max_by_key(|(folder, count)| (*count, std::cmp::Reverse(*folder)));
    let usual = usual.iter().filter_map(|folder| RepoPath::new(folder));
    let there = || usual.clone().find(|folder| analysis.tree.is_folder(*folder)).or_else(|| usual.clone().next());
    fullest.map(|(folder, _)| folder).or_else(there).unwrap_or_else(RepoPath::root)
}

fn files_of<'a>(analysis: &'a Analysis, kind: &'a str) -> impl Iterator<Item = RepoPath> + 'a {
    let nodes = analysis.resolved.graph.nodes();
    nodes.filter(move |node| node.kind.name == kind).map(|node| node.span.file)
}
