//! A path in backticks and where its file is now -> the words that name it there, where that is certain.

use super::Subject;
use super::citation::{block_around, is_about_the_past};
use super::document::is_of_one_time;
use crate::diagnostic::Edit;
use crate::graph::{Link, Node};
use crate::markdown::way_to;
use crate::source::{RepoPath, Sources};

/// What names the file that was moved from one path to another in the place of `text`, the words of `link`. `None` where somebody may
/// mean what was, in a document of one time, in words about the past and beside the new path; and where a path may be anybody's.
pub(super) fn name_anew(
    subject: Subject<'_>,
    link: &Link,
    text: &str,
    (path, now): (RepoPath, RepoPath),
) -> Option<Edit> {
    let from = subject.resolved.graph.node(link.from)?;
    let file = subject.tree.source(link.span.file)?;
    let code = file.text().get(link.span.range())?;
    let marks = code.len() - code.trim_start_matches('`').len();
    let range = link.span.range().start + marks..link.span.range().end.saturating_sub(marks);
    let (name, line) = text.split_at(text.find(':').unwrap_or(text.len()));
    let way = way(from, name, path, now);
    let around = &file.text()[block_around(file.text(), &link.span.range())];
    // What is hidden in this repository is so in most others: `.cargo/config` may be anybody's.
    let is_hidden = name.split('/').any(|part| part.starts_with('.') && !part.trim_matches('.').is_empty());
    let is_of_then = is_of_one_time(file.path()) || around.contains(&way) || is_about_the_past(file.text(), &range);
    let is_whole = file.text().get(range.clone()) == Some(text);
    (is_whole && !is_hidden && !is_of_then).then(|| Edit::new(file.span(range), way + line))
}

/// How `now` is named where `name` meant `path`: from the root, or from the folder of the page.
fn way(from: &Node, name: &str, path: RepoPath, now: RepoPath) -> String {
    let way = match RepoPath::new(name) == Some(path) {
        true => now.to_string(),
        false => way_to(from.span.file.parent(), now),
    };
    if name.starts_with("./") && !way.starts_with("..") { format!("./{way}") } else { way }
}
