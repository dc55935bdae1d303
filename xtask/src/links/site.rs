//! The files of a built site, and what their links say about each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use super::address::{Address, address};
use super::html::{self, Page};

/// What was seen.
pub(super) struct Report {
    pub(super) pages: usize,
    pub(super) links: usize,
    /// `path:line: what is wrong`, by path and line.
    pub(super) findings: Vec<String>,
}

/// Reads the site in `folder` and follows its links.
///
/// # Errors
/// The folder cannot be read, or has no page.
pub(super) fn check(folder: &Path) -> io::Result<Report> {
    let mut paths = BTreeSet::new();
    walk(folder, "", &mut paths)?;
    let mut pages = BTreeMap::new();
    for path in paths.iter().filter(|path| path.ends_with(".html") || path.ends_with(".css")) {
        let text = String::from_utf8_lossy(&fs::read(folder.join(path))?).into_owned();
        let page = if path.ends_with(".css") {
            Page { ids: Vec::new(), references: html::style(&text) }
        } else {
            html::page(&text)
        };
        pages.insert(path.as_str(), page);
    }
    let count = pages.keys().filter(|path| path.ends_with(".html")).count();
    if count == 0 {
        return Err(io::Error::new(io::ErrorKind::NotFound, "there is no page"));
    }
    Ok(follow(&paths, &pages, count))
}

fn follow(paths: &BTreeSet<String>, pages: &BTreeMap<&str, Page>, count: usize) -> Report {
    let mut report = Report { pages: count, links: 0, findings: Vec::new() };
    let ids: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(path, page)| (*path, page.ids.iter().map(String::as_str).collect())).collect();
    for (from, page) in pages {
        let mut seen = BTreeSet::new();
        let twice = page.ids.iter().filter(|id| !seen.insert(id.as_str()));
        report.findings.extend(twice.map(|id| format!("{from}: the id `{id}` is there twice")));
        for (line, reference) in &page.references {
            let found = match address(from, reference) {
                Address::Elsewhere => continue,
                Address::AboveRoot => Err("it leads out of the site".to_owned()),
                Address::Inside { path, fragment } => found(paths, &ids, &path, fragment.as_deref()),
            };
            report.links += 1;
            if let Err(reason) = found {
                report.findings.push(format!("{from}:{line}: `{reference}`: {reason}"));
            }
        }
    }
    report
}

fn found(
    paths: &BTreeSet<String>,
    ids: &BTreeMap<&str, BTreeSet<&str>>,
    path: &str,
    fragment: Option<&str>,
) -> Result<(), String> {
    if !paths.contains(path) {
        let folder = format!("{path}/index.html");
        // A server would redirect, a file system does not.
        let reason = if paths.contains(&folder) { "a folder without its final slash" } else { "there is no such file" };
        return Err(format!("{reason}: {path}"));
    }
    match (fragment, ids.get(path)) {
        (Some(fragment), Some(ids)) if !ids.contains(fragment) => Err(format!("{path} has no id `{fragment}`")),
        _ => Ok(()),
    }
}

/// Every file below `folder`, by its path from there.
fn walk(folder: &Path, prefix: &str, paths: &mut BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &path, paths)?;
        } else {
            paths.insert(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_broken_link_is_found_and_no_other() {
        let page = |text: &str| html::page(text);
        let pages = BTreeMap::from([
            ("index.html", page("<a href=a/>1</a>\n<a href=a/#here>2</a><a href=a/#gone>3</a><a href=b/>4</a>")),
            (
                "a/index.html",
                page("<b id=here><b id=here><a href=../s.svg#x>5</a><a href=../../x>6</a><a href=../a>7</a>"),
            ),
        ]);
        let paths = ["index.html", "a/index.html", "s.svg"].map(str::to_owned).into_iter().collect();
        let report = follow(&paths, &pages, 2);
        assert_eq!(report.links, 7);
        assert_eq!(
            report.findings,
            [
                "a/index.html: the id `here` is there twice",
                "a/index.html:1: `../../x`: it leads out of the site",
                "a/index.html:1: `../a`: a folder without its final slash: a",
                "index.html:2: `a/#gone`: a/index.html has no id `gone`",
                "index.html:2: `b/`: there is no such file: b/index.html",
            ]
        );
    }
}
