//! Paths as Markdown writes them -> files and pages.

use percent_encoding::percent_decode_str;

use super::followed::End;
use super::generators;
use super::resolve::{Followed, Resolver, split_anchor};
use super::rustdoc;
use super::site_address::site_route;
use super::slips;
use super::{Link, Node, NodeId, Relation};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::source::RepoPath;

/// The file that a path of Markdown names, seen from the file of `from`: whether there is one or not, and without its anchor. `None`
/// for what leads out of the repository, and for places on the same page.
pub fn path_named(from: &Node, text: &str) -> Option<RepoPath> {
    let (written, _) = split_anchor(text);
    let relative = decode(written.split('?').next().unwrap_or(written));
    if relative.is_empty() { None } else { from.span.file.parent().join(&relative) }
}

/// `[text](../adr/0007-use-postgres.md#context)`.
pub(super) fn follow_path(resolver: &Resolver<'_>, from: &Node, link: &Link, text: &str) -> Followed {
    let followed = follow_first(resolver, from, link, text);
    let is_elsewhere = followed.1.as_ref().is_some_and(|problem| problem.code == Code::BrokenAnchor);
    let (written, anchor) = split_anchor(text);
    let other = || generators::page_with_place(resolver, from, &decode(written), &decode(anchor?));
    match if is_elsewhere { other().zip(anchor) } else { None } {
        Some((id, anchor)) => resolver.follow_anchor(id, link, anchor),
        None => followed,
    }
}

/// Where it leads when the first file or page that it may mean is meant.
fn follow_first(resolver: &Resolver<'_>, from: &Node, link: &Link, text: &str) -> Followed {
    let Some(text) = generators::without_expression(text) else { return (End::Nowhere, None) };
    let (written, anchor) = split_anchor(text);
    let written = written.split('?').next().unwrap_or(written);
    let relative = decode(written);
    if relative.is_empty() {
        return match anchor {
            Some(anchor) => resolver.follow_anchor(from.id, link, anchor),
            None => (End::Node { id: from.id, anchor: None }, None),
        };
    }
    let folder = from.span.file.parent();
    let follow = |candidate| follow_file(resolver, link, candidate, anchor);
    let served = || generators::served(resolver, from, &relative).into_iter().flat_map(candidates);
    let Some(path) = folder.join(&relative) else {
        return served().find_map(follow).unwrap_or_else(|| leave_repository(resolver, from, link, written));
    };
    // What data states, no browser follows: it may start at the root.
    let from_root = || RepoPath::new(&relative).filter(|_| link.relation != Relation::Mentions).and_then(follow);
    // The front page of a site is not what the repository says of itself.
    if anchor.is_some() && relative == "/" && generators::is_on_site(resolver, from) {
        return (End::Nowhere, None);
    }
    let beside_text = || beside_text(from, link, &relative).into_iter().flat_map(candidates);
    let of_rustdoc = rustdoc::beside_own_page(resolver, from, &relative);
    let is_written_as_page = of_rustdoc.is_some() && relative.ends_with(".html");
    if let Some(end) = candidates(path).chain(beside_text()).find_map(follow).filter(|_| !is_written_as_page) {
        return end;
    }
    // Nobody knows the places of a page that is made.
    if anchor.is_some() && path.has_extension(&["md", "mdx"]) && resolver.files.is_ignored(path) {
        return (End::Nowhere, None);
    }
    if let Some(end) = served().find_map(follow).or_else(from_root).filter(|_| !is_written_as_page) {
        return end;
    }
    if let Some(id) = of_rustdoc
        .filter(|_| is_written_as_page)
        .or_else(|| resolver.lookup.by_route(path.as_str()))
        .or_else(|| site_route(resolver, written))
        .or_else(|| rustdoc::page_beside_manual(resolver, path))
        .or(of_rustdoc)
        .or_else(|| rustdoc::item_of_readme(resolver, from, written))
        .or_else(|| behind_placeholder(resolver, &relative))
        .or_else(|| generators::page_at_address(resolver, from, path, &relative))
    {
        return match anchor {
            Some(anchor) => resolver.follow_anchor(id, link, anchor),
            None => (End::Node { id, anchor: None }, None),
        };
    }
    if generators::is_unknown(resolver, from, &relative, path)
        || generators::is_no_link(resolver, from, link)
        || is_of_its_forge(&relative)
        || rustdoc::may_be_item_of_readme(resolver, from, written)
    {
        return (End::Nowhere, None);
    }
    if let Some(hint) = slips::instead(resolver, from, written) {
        let message = format!("`{written}` is no file of the repository");
        return (End::Nowhere, Some(Diagnostic::new(Code::BrokenLink, message, link.span).hint(hint)));
    }
    let message = format!("there is no `{path}` in the repository");
    let mut near = resolver.near_paths(link, path);
    if generators::is_address_of_site(resolver, from, path) {
        near.retain(|near| generators::is_page_of_site(resolver, from, near));
        if near.is_empty() {
            near.extend(generators::misspelt(resolver, from, path).map(RepoPath::as_str));
        }
        if near.is_empty() {
            return (End::Nowhere, None);
        }
    }
    let hint = match near.as_slice() {
        [] => "mend the path, or remove the link".to_owned(),
        near => did_you_mean(near),
    };
    (End::Nowhere, Some(Diagnostic::new(Code::BrokenLink, message, link.span).hint(hint)))
}

/// What `relative` means in a text that the page includes, from where that is written: no program of books rewrites it, but that is
/// where its writer reads it.
fn beside_text(from: &Node, link: &Link, relative: &str) -> Option<RepoPath> {
    let written = link.span.file;
    if written == from.span.file || relative.starts_with('/') { None } else { written.parent().join(relative) }
}

/// The files and folders that a path in backticks may mean, nearest first: seen from the file of `from`, and from the root.
pub fn files_meant(from: &Node, text: &str) -> Vec<RepoPath> {
    let folders = [from.span.file.parent(), RepoPath::root()];
    let mut meant: Vec<RepoPath> = folders.iter().filter_map(|folder| folder.join(path_in(text))).collect();
    meant.dedup();
    meant
}

/// The path of `src/orders.rs:12`.
fn path_in(text: &str) -> &str {
    text.split_once(':').map_or(text, |(path, _)| path).trim_end_matches('/')
}

/// `src/orders.rs` between backticks: a link when there is such a file, else just code.
pub(super) fn follow_file_name(resolver: &Resolver<'_>, from: &Node, link: &Link, text: &str) -> End {
    let line = text.split_once(':').map(|(_, line)| format!("L{line}"));
    let written = path_in(text);
    let folders = [from.span.file.parent(), RepoPath::root()].into_iter();
    let mut meant = folders.filter_map(|folder| resolver.files.find(folder, written));
    let own = from.span.file;
    let found = meant.find_map(|path| follow_file(resolver, link, path, line.as_deref()).filter(|_| path != own));
    match found {
        // What is only mentioned is not copied into the site.
        None | Some((End::Asset(_), _)) => End::Nowhere,
        Some((end, _)) => end,
    }
}

/// `![text](img/flow.png)`.
pub(super) fn follow_image(resolver: &Resolver<'_>, from: &Node, link: &Link, text: &str) -> Followed {
    let Some(text) = generators::without_expression(text) else { return (End::Nowhere, None) };
    let written = text.split(['#', '?']).next().unwrap_or(text);
    let relative = decode(written);
    let path = from.span.file.parent().join(&relative);
    let beside_text = beside_text(from, link, &relative);
    // No browser climbs above the root of a site.
    let from_root = path.is_none() && generators::is_on_site(resolver, from);
    let sought = if from_root { format!("/{}", relative.trim_start_matches("../")) } else { relative.clone() };
    let beside = path.into_iter().chain(beside_text);
    let asset = |file| (End::Asset(resolver.files.follow(file)), None);
    if let Some(file) = beside.clone().find(|path| is_file(resolver, *path)) {
        return asset(file);
    }
    let meant: Vec<RepoPath> = beside.chain(generators::served(resolver, from, &sought)).collect();
    if let Some(file) = meant.iter().find(|path| is_file(resolver, **path)) {
        return asset(*file);
    }
    if let Some(image) = generators::image_meant(resolver, from.span.file, &relative) {
        return (End::Asset(resolver.files.follow(image)), None);
    }
    // `src="x"` is no picture that anybody has.
    let is_word = !written.contains(['.', '/']);
    let is_there = |path: &RepoPath| {
        resolver.files.is_absent(*path) || generators::is_in_other_case(resolver, from.span.file, *path)
    };
    if is_word
        || meant.iter().any(is_there)
        || generators::is_no_link(resolver, from, link)
        || is_of_its_forge(&relative)
        || path.is_none() && is_on_another_branch(resolver, from, &relative)
        || path.is_some_and(|path| generators::is_unknown(resolver, from, &relative, path))
    {
        return (End::Nowhere, None);
    }
    let message = match path {
        Some(path) => format!("there is no image `{path}` in the repository"),
        None => format!("the image `{written}` is outside of the repository"),
    };
    let hint = match path.map(|path| resolver.near_paths(link, path)).unwrap_or_default().as_slice() {
        [] => "mend the path, or remove the image".to_owned(),
        near => did_you_mean(near),
    };
    (End::Nowhere, Some(Diagnostic::new(Code::BrokenImage, message, link.span).hint(hint)))
}

/// A file that a page offers as it is.
pub(super) fn follow_copy(resolver: &Resolver<'_>, path: &str) -> End {
    let path = RepoPath::new(path).filter(|path| is_file(resolver, *path));
    path.map_or(End::Nowhere, |path| End::Asset(resolver.files.follow(path)))
}

/// Whether there is a file at `path` that a page can offer.
fn is_file(resolver: &Resolver<'_>, path: RepoPath) -> bool {
    let files = resolver.files;
    files.contains(path) && !files.is_folder(path) && !files.is_absent(path)
}

/// What of the repository a path may mean: itself, or as site generators let people write it, without an ending or with `.html`.
fn candidates(path: RepoPath) -> impl Iterator<Item = RepoPath> {
    let text = path.as_str();
    let stem = text.strip_suffix(".html").unwrap_or(text);
    let variants = [
        Some(text.to_owned()),
        Some(format!("{stem}.md")),
        Some(format!("{stem}.mdx")),
        Some(format!("{stem}.html.md")),
        Some(format!("{stem}.html.md.erb")),
        // What a site's program takes for the same.
        Some(format!("{stem}.rst")),
        text.strip_suffix(".md").map(|stem| format!("{stem}.mdx")),
        stem.strip_suffix("index").map(|folder| format!("{folder}README.md")),
    ];
    variants.into_iter().flatten().filter_map(|variant| RepoPath::named(&variant))
}

/// Where a link to the file or folder `path` leads, when there is one.
fn follow_file(resolver: &Resolver<'_>, link: &Link, path: RepoPath, anchor: Option<&str>) -> Option<Followed> {
    if !resolver.files.contains(path) {
        return None;
    }
    let path = resolver.files.follow(path);
    if resolver.files.is_folder(path) {
        return Some(follow_folder(resolver, link, path, anchor));
    }
    let page = resolver.lookup.by_file(path).filter(|_| !anchor.is_some_and(is_line_anchor));
    Some(match (page, anchor) {
        (Some(id), Some(anchor)) => resolver.follow_anchor(id, link, anchor),
        (Some(id), None) => (End::Node { id, anchor: None }, None),
        (None, anchor) => match resolver.forge {
            Some(forge) => (End::Web(forge.address(path, false, anchor)), None),
            None if resolver.files.is_absent(path) => (End::Nowhere, None),
            None => (End::Asset(path), None),
        },
    })
}

fn follow_folder(resolver: &Resolver<'_>, link: &Link, folder: RepoPath, anchor: Option<&str>) -> Followed {
    let indexes = ["README.md", "readme.md", "index.md", "_index.md", "index.mdx", "Readme.md"];
    let pages = || indexes.iter().filter_map(|name| resolver.lookup.by_file(folder.join(name)?));
    // Of a README and the page of a site the one with the place.
    let has_place = |id: &NodeId| anchor.is_some_and(|anchor| resolver.anchors.find(*id, &decode(anchor)).is_some());
    if let Some(id) = pages().find(has_place).or_else(|| pages().next()) {
        return match anchor {
            Some(anchor) => resolver.follow_anchor(id, link, anchor),
            None => (End::Node { id, anchor: None }, None),
        };
    }
    if let Some(section) = section_of_folder(resolver, folder) {
        return (End::Section(section), None);
    }
    match resolver.forge {
        Some(forge) => (End::Web(forge.address(folder, true, anchor)), None),
        None => (End::Nowhere, None),
    }
}

/// The section that lists what stands in `folder`, when all of it is of one listed kind.
fn section_of_folder(resolver: &Resolver<'_>, folder: RepoPath) -> Option<&'static str> {
    let kind = resolver.lookup.kind_in_folder(folder).filter(|_| folder != RepoPath::root())?;
    Some(kind.section.slug)
}

/// The one page whose path ends like what stands behind a placeholder; a name alone may be anybody's.
fn behind_placeholder(resolver: &Resolver<'_>, written: &str) -> Option<NodeId> {
    let end = generators::behind_placeholder(written).filter(|end| end.contains('/'))?;
    resolver.lookup.by_end_of_path(&end.trim_end_matches(".html").to_lowercase())
}

/// What forges have beside the files of a repository.
const OF_FORGES: &[&str] = &[
    "actions",
    "blob",
    "commit",
    "commits",
    "branches",
    "compare",
    "contributors",
    "discussions",
    "graphs",
    "issues",
    "labels",
    "milestones",
    "network",
    "projects",
    "pull",
    "pulls",
    "raw",
    "releases",
    "security",
    "tags",
    "tree",
    "wiki",
    "-",
];

/// Whether a file that was copied from the root of another repository leads to that one's pages: `../../issues/12`.
fn is_of_its_forge(written: &str) -> bool {
    let below = written.strip_prefix("../../").and_then(|beyond| beyond.split_once('/'));
    below.is_some_and(|(first, rest)| OF_FORGES.contains(&first) && !rest.is_empty() && !rest.contains(".md"))
}

/// On a forge, `../../issues` in a file at the root leads to the repository's own pages.
fn leave_repository(resolver: &Resolver<'_>, from: &Node, link: &Link, written: &str) -> Followed {
    if let Some(forge) = resolver.forge {
        // A path from the root starts at that of the branch.
        let folders = from.span.file.folders().filter(|_| !written.starts_with('/'));
        let mut parts: Vec<&str> = ["blob", "HEAD"].into_iter().chain(forge.folder.parts()).chain(folders).collect();
        let mut inside = true;
        for part in written.split('/') {
            match part {
                "" | "." => {}
                ".." => inside &= parts.pop().is_some(),
                name => parts.push(name),
            }
        }
        if inside {
            return (End::Web(format!("{}/{}", forge.url, parts.join("/"))), None);
        }
    }
    // From the root a forge starts at that of the branch: `/../main/src/orders.rs`.
    let on_branch = written.strip_prefix("/../").and_then(|rest| rest.split_once('/'));
    if let Some((_, rest)) = on_branch.filter(|(branch, _)| matches!(*branch, "main" | "master" | "HEAD"))
        && let Some(found) = RepoPath::new(&decode(rest)).and_then(|path| follow_file(resolver, link, path, None))
    {
        return found;
    }
    // As forges have it beside the files: `../../pull/12`.
    let beyond =
        written.trim_start_matches('/').trim_start_matches("../").split(['/', '#', '?']).next().unwrap_or_default();
    if OF_FORGES.contains(&beyond) || generators::is_template(from.span.file) {
        return (End::Nowhere, None);
    }
    if is_on_another_branch(resolver, from, &decode(written)) {
        return (End::Nowhere, None);
    }
    // A manual in a folder of its own may refer to the code beside it, which has no page then.
    if resolver.files.is_beside(from.span.file.parent(), &decode(written)) {
        return (End::Nowhere, None);
    }
    // No browser climbs above the root of a site (URL, "shorten a URL's path").
    if generators::is_on_site(resolver, from) && !written.starts_with('/') {
        let from_root = format!("/{}", written.trim_start_matches("../"));
        let (end, problem) = follow_path(resolver, from, link, &from_root);
        if problem.is_none() {
            return (end, None);
        }
    }
    let message = format!("`{written}` leads out of the repository");
    let problem = Diagnostic::new(Code::LinkLeavesRepository, message, link.span)
        .hint("link to a file of this repository, or write the whole address");
    (End::Nowhere, Some(problem))
}

/// Whether `written` leads to a picture on another branch, from where a forge shows the file of `from`: `../assets/flow.png` from the root,
/// where there is no `assets`.
fn is_on_another_branch(resolver: &Resolver<'_>, from: &Node, written: &str) -> bool {
    const PICTURES: &[&str] = &["gif", "jpeg", "jpg", "mp4", "png", "svg", "webp"];
    let is_picture = written.rsplit_once('.').is_some_and(|(_, ending)| PICTURES.contains(&ending));
    let climbs = "../".repeat(from.span.file.folders().count() + 1);
    let below = written.strip_prefix(&climbs).and_then(|rest| rest.split_once('/'));
    is_picture
        && below.is_some_and(|(branch, file)| {
            !matches!(branch, "" | "." | "..")
                && !file.is_empty()
                && resolver.files.find(RepoPath::root(), branch).is_none()
        })
}

/// `L10`, `L10-L20`, `L10C3`: a line of the source, which only a forge shows.
pub(super) fn is_line_anchor(anchor: &str) -> bool {
    anchor.strip_prefix('L').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().all(|c| c.is_ascii_digit() || "LC-".contains(c))
    })
}

/// `text` with its percent-encoded bytes put back.
pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
