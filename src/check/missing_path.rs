//! A path in backticks that names what is no more.

use super::Subject;
use super::document::tells_of_now;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::discover::History;
use crate::graph::{End, Link, Node, Target, files_meant};
use crate::source::{Files, RepoPath};

/// Folders of what is made, which may have been committed once.
const OUTPUT: &[&str] = &["target", "build", "dist", "out", "node_modules", "vendor", "bin", "obj", "coverage", "tmp"];

/// What is made, too, and has no text that somebody would look for.
const BINARY: &[&str] =
    &["wasm", "so", "dylib", "dll", "exe", "a", "bin", "jar", "zip", "gz", "tgz", "png", "jpg", "svg", "pdf", "gif"];

/// Paths of files and folders that a commit took away. That there never was one proves nothing: it may be an example.
pub(super) fn check(subject: Subject<'_>) -> Diagnostics {
    let Ok(history) = subject.history else { return Diagnostics::new() };
    let graph = &subject.resolved.graph;
    let lost = subject.resolved.links().filter_map(|(link, end)| {
        let Target::Named { scheme, text } = &link.target else { return None };
        let from = graph.node(link.from).filter(|_| scheme.as_str() == "file-name" && *end == End::Nowhere)?;
        tells_of_now(from).then_some((link, from, text.as_str()))
    });
    lost.filter_map(|(link, from, text)| finding(subject, history, link, from, text)).collect()
}

fn finding(subject: Subject<'_>, history: &History, link: &Link, from: &Node, text: &str) -> Option<Diagnostic> {
    let name = text.split_once(':').map_or(text, |(path, _)| path);
    let is_made = name.split('/').any(|part| OUTPUT.contains(&part.to_lowercase().as_str()));
    let meant = files_meant(from, text);
    let is_made = is_made || meant.iter().any(|path| path.has_extension(BINARY));
    let is_there = |path: &RepoPath| subject.tree.contains(*path);
    if is_made || meant.iter().any(is_there) || ends_some_path(subject, name) {
        return None;
    }
    let path = *meant.iter().find(|path| history.gone(**path).is_some() || history.had_folder(**path))?;
    let message = format!("`{}` is no more", name.trim_end_matches('/'));
    let diagnostic = Diagnostic::new(Code::MissingPath, message, link.span);
    let Some((commit, now)) = history.gone(path) else {
        return Some(diagnostic.hint("name the folder that has its files now, or take the sentence out"));
    };
    let of = format!("{:.9} of {}: {}", commit.id, commit.day, commit.subject);
    Some(match now {
        Some(now) => diagnostic.label(format!("moved in {of}")).hint(format!("it is `{now}` now")),
        None => {
            diagnostic.label(format!("taken away in {of}")).hint("name what took its place, or take the sentence out")
        }
    })
}

/// Whether something in the repository has a path that ends like `name`: documents name files from where their readers are.
fn ends_some_path(subject: Subject<'_>, name: &str) -> bool {
    let name = name.trim_start_matches("./").trim_start_matches("../").trim_end_matches('/');
    let ends = |path: RepoPath| {
        path.as_str().strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    subject.tree.paths().any(ends)
}
