//! A new guide: where its like stand.

use super::{Draft, slug};
use crate::pipeline::Analysis;
use crate::source::{Files, RepoPath};

pub(super) fn guide(analysis: &Analysis, title: &str) -> Draft {
    let usual = ["docs/guides", "guides", "docs/src", "docs", "book/src", "doc"];
    let usual: Vec<RepoPath> = usual.into_iter().filter_map(RepoPath::new).collect();
    let there = usual.iter().copied().find(|folder| analysis.tree.is_folder(*folder));
    let folder = there.or_else(|| RepoPath::new("docs")).unwrap_or_else(RepoPath::root);
    let name = format!("{}.md", slug(title, '-'));
    let path = folder.join(&name).unwrap_or(folder);
    let summary = folder.join("SUMMARY.md").filter(|summary| analysis.tree.contains(*summary));
    let remark = summary.map_or_else(String::new, |summary| format!("list it in {summary} to give it its place"));
    Draft {
        path,
        text: format!("# {title}\n\n<!-- What the reader can do after reading this -->\n"),
        changed: Vec::new(),
        remark,
    }
}
