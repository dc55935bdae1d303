//! Which files there are.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{WalkBuilder, WalkState};

use super::Changes;
use super::absent::absent;
use super::entries::{Entries, Entry};
use super::git::git;
use super::skip::{IGNORE_FILE, is_skipped, reason_to_skip};
use super::tree::{Rediscovered, Scope, SourceTree};
use crate::config::Project;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{RepoPath, Span};

/// Walks the repository. What `.gitignore` names does not exist for it; what `.livedocignore`, the configuration or
/// [`reason_to_skip`] names exists but is not read. Settings of the machine's user (a global ignore file) have no
/// say, so that everybody sees the same tree.
pub fn discover(project: &Project) -> SourceTree {
    let mut diagnostics = Diagnostics::new();
    let (mut found, tracked, absent) = std::thread::scope(|scope| {
        let tracked = scope.spawn(|| tracked_although_ignored(&project.root));
        let found = walk(&project.root, project.own_output());
        let absent = absent(&project.root);
        (found, tracked.join().unwrap_or_default(), absent)
    });
    if !tracked.is_empty() {
        let known: BTreeSet<RepoPath> = found.iter().map(|found| found.path).collect();
        let is_there = |path: &RepoPath| !known.contains(path) && path.under(&project.root).is_file();
        found.extend(tracked.into_iter().filter(is_there).map(|path| Found { path, link: None }));
        found.sort_by_key(|found| found.path);
    }
    let ignores: Vec<(RepoPath, Gitignore)> = found
        .iter()
        .filter(|found| found.path.file_name() == IGNORE_FILE)
        .map(|found| (found.path.parent(), ignore_rules(&project.root, found.path)))
        .collect();
    let unpacked: BTreeSet<RepoPath> = found.iter().filter_map(|found| unpacked_package(found.path)).collect();
    let mut entries = Vec::new();
    let mut linked_folders = Vec::new();
    for Found { path, link } in found {
        let ignored = ignores.iter().any(|(folder, rules)| {
            path.strip_folder(*folder)
                .is_some_and(|rest| !rest.is_empty() && rules.matched_path_or_any_parents(rest, false).is_ignore())
        });
        let skipped = path.as_str().split('/').any(|name| reason_to_skip(name).is_some());
        let is_of_others = !unpacked.is_empty() && path.above().any(|folder| unpacked.contains(&folder));
        let readable = !ignored && !skipped && !is_of_others && !project.exclude.matches(path);
        let stands_for = match link {
            None => None,
            Some(Leads::ToFile(target)) => Some(target),
            Some(Leads::ToFolder(target)) => {
                linked_folders.push((path, target));
                continue;
            }
            Some(Leads::Out) => {
                // Of others nobody expects a page.
                let is_document = path.has_extension(&["adoc", "json", "md", "mdx", "rs", "yaml", "yml"]);
                let target = target_of(&project.root, path);
                let is_kept_out = target.is_some_and(|target| is_ignored_by_git(&project.root, target));
                let is_absent = target.is_some_and(|target| {
                    absent.files.contains(&target) || absent.modules.iter().any(|module| target.is_below(*module))
                });
                if readable && is_document && !is_kept_out && !is_absent {
                    let message = format!("`{path}` is a symbolic link to no file of the repository and was left out");
                    let span = Span::start_of(path);
                    diagnostics.push(Diagnostic::new(Code::LinkLeavesRepository, message, span));
                }
                continue;
            }
        };
        let readable = readable && stands_for.is_none();
        entries.push((path, Entry { readable, stands_for, ..Entry::default() }));
    }
    if !absent.files.is_empty() {
        let known: BTreeSet<RepoPath> = entries.iter().map(|(path, _)| *path).collect();
        let left_out = absent.files.into_iter().filter(|path| !known.contains(path));
        entries.extend(left_out.map(|path| (path, Entry { is_absent: true, ..Entry::default() })));
        entries.sort_by_key(|(path, _)| *path);
    }
    let through = through_links(&entries, &linked_folders);
    if !through.is_empty() {
        entries.extend(through);
        entries.sort_by_key(|(path, _)| *path);
    }
    let named = named(project);
    if !named.is_empty() {
        entries.retain(|(path, _)| !named.contains(path));
        entries.extend(named.into_iter().map(|path| (path, Entry { readable: true, ..Entry::default() })));
        entries.sort_by_key(|(path, _)| *path);
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    SourceTree::new(Scope::of(project), Entries::new(entries), absent.modules, diagnostics)
}

/// The folder of a package of somebody else's that `path` tells of, from where cargo unpacked it: it leaves a `Cargo.toml.orig` there, and
/// calls the folder `name-1.2.3`.
fn unpacked_package(path: RepoPath) -> Option<RepoPath> {
    let folder = path.parent();
    let is_versioned = || {
        let version = folder.file_name().rsplit_once('-').map_or("", |(_, version)| version);
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        version.split('.').count() == 3 && version.split('.').all(is_number)
    };
    let is_told = match path.file_name() {
        "Cargo.toml.orig" => true,
        "Cargo.toml" => is_versioned(),
        _ => false,
    };
    (is_told && folder != RepoPath::root()).then_some(folder)
}

/// So many files are known by further names at most.
const MOST_NAMES: usize = 50_000;

/// The files that have further names because a symbolic link leads to a folder above them: links as they stand, and the folders.
fn through_links(entries: &[(RepoPath, Entry)], links: &[(RepoPath, RepoPath)]) -> Vec<(RepoPath, Entry)> {
    // One that leads to a folder around itself would have no end.
    let ends = |(link, folder): &&(RepoPath, RepoPath)| !link.is_below(*folder) && *folder != RepoPath::root();
    let files = links.iter().filter(ends).flat_map(|(link, folder)| {
        let beginning = format!("{folder}/");
        let start = entries.partition_point(|(path, _)| path.as_str() < beginning.as_str());
        let within = entries[start..].iter().map(|(path, _)| *path).take_while(|path| path.is_below(*folder));
        within.filter_map(|path| Some((link.join(path.strip_folder(*folder)?)?, path)))
    });
    let known = |path: &RepoPath| entries.binary_search_by_key(path, |(path, _)| *path).is_ok();
    let files = files.filter(|(path, _)| !known(path)).take(MOST_NAMES);
    files.map(|(path, file)| (path, Entry { stands_for: Some(file), ..Entry::default() })).collect()
}

/// Files that git knows although a `.gitignore` names them: that is about those that are not there yet. None without git.
fn tracked_although_ignored(root: &Path) -> Vec<RepoPath> {
    if !root.ancestors().any(|folder| folder.join(".git").exists()) {
        return Vec::new();
    }
    let arguments = ["ls-files", "--cached", "--ignored", "--exclude-standard", "-z"];
    let output = git(root, arguments).ok().filter(|output| output.status.success());
    let names = output.map(|output| output.stdout).unwrap_or_default();
    let names = names.split(|byte| *byte == 0).filter_map(|name| std::str::from_utf8(name).ok());
    names.filter(|name| !name.is_empty()).filter_map(RepoPath::new).collect()
}

/// The files that the configuration names, those in named folders among them.
fn named(project: &Project) -> BTreeSet<RepoPath> {
    let mut found = BTreeSet::new();
    for place in project.named() {
        let path = place.under(&project.root);
        if path.is_file() {
            found.insert(place);
        }
        let inside = std::fs::read_dir(&path).into_iter().flatten().flatten();
        let files = inside.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        found.extend(files.filter_map(|entry| place.join(&entry.file_name().to_string_lossy())));
    }
    found
}

/// The tree as it is now, with everything that was read of `before` and that `changes` did not touch.
pub fn rediscover(project: &Project, before: &SourceTree, changes: &Changes) -> Rediscovered {
    before.reread(&Scope::of(project), changes).unwrap_or_else(|| {
        let tree = discover(project).take_over(before, changes);
        Rediscovered { tree, written: None }
    })
}

/// The folders at and below `from` (absolute, below the root) that the walk enters and reads something in, sorted. What
/// keeps files from being read keeps folders out, but for those that the configuration names and those around them.
pub fn folders(project: &Project, from: &Path) -> Vec<PathBuf> {
    let (root, exclude, end) = (project.root.clone(), project.exclude.clone(), from.to_path_buf());
    let mut builder = walker(&project.root, project.own_output(), move |entry| {
        let path = entry.path();
        let is_read = || {
            RepoPath::below(&root, path).is_none_or(|inside| !exclude.matches(inside))
                && (path == root || !is_skipped(&entry.file_name().to_string_lossy()))
        };
        let leads_there = path.starts_with(&end) || end.starts_with(path);
        leads_there && entry.file_type().is_some_and(|kind| kind.is_dir()) && is_read()
    });
    builder.add_custom_ignore_filename(IGNORE_FILE);
    let entries = builder.build().flatten().map(ignore::DirEntry::into_path);
    let named = project.named().into_iter().map(|path| path.under(&project.root));
    let named = named.flat_map(|path| path.parent().map(Path::to_path_buf).into_iter().chain([path]));
    let mut folders: Vec<PathBuf> =
        entries.chain(named.filter(|path| path.is_dir())).filter(|path| path.starts_with(from)).collect();
    folders.sort();
    folders.dedup();
    folders
}

struct Found {
    path: RepoPath,
    /// For a symbolic link: where it leads.
    link: Option<Leads>,
}

/// Where a symbolic link leads.
enum Leads {
    ToFile(RepoPath),
    ToFolder(RepoPath),
    /// To nothing inside the repository.
    Out,
}

/// A walk that enters what git knows and `admits`, and never what livedoc wrote.
fn walker(
    root: &Path,
    output_dir: Option<&Path>,
    admits: impl Fn(&ignore::DirEntry) -> bool + Send + Sync + 'static,
) -> WalkBuilder {
    let inside_git = root.ancestors().any(|folder| folder.join(".git").exists());
    let mut builder = WalkBuilder::new(root);
    builder
        .hidden(false)
        .parents(inside_git)
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .follow_links(false);
    let output_dir = output_dir.map(Path::to_path_buf);
    builder.filter_entry(move |entry| {
        let is_ours = [".git", ".livedoc"].map(OsStr::new).contains(&entry.file_name());
        !is_ours && Some(entry.path()) != output_dir.as_deref() && admits(entry)
    });
    builder
}

fn walk(root: &Path, output_dir: Option<&Path>) -> Vec<Found> {
    let builder = walker(root, output_dir, |_| true);
    let (sender, receiver) = std::sync::mpsc::channel();
    builder.build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            // What the walk cannot enter (permissions, a folder that vanished) has no documentation to offer.
            if let Ok(entry) = entry
                && let Some(found) = inspect(root, &entry)
            {
                // The receiver outlives the walk.
                let _ = sender.send(found);
            }
            WalkState::Continue
        })
    });
    drop(sender);
    let mut found: Vec<Found> = receiver.into_iter().collect();
    found.sort_by_key(|found| found.path);
    found
}

fn inspect(root: &Path, entry: &ignore::DirEntry) -> Option<Found> {
    let path = RepoPath::below(root, entry.path())?;
    let kind = entry.file_type()?;
    if kind.is_file() {
        return Some(Found { path, link: None });
    }
    if kind.is_symlink() {
        let target = entry.path().canonicalize().ok();
        let root = root.canonicalize().ok()?;
        let inside = target.as_ref().and_then(|target| RepoPath::below(&root, target));
        let link = match (target.as_deref().is_some_and(Path::is_dir), inside) {
            (true, Some(folder)) => Leads::ToFolder(folder),
            (true, None) => return None,
            (false, Some(file)) if target.is_some_and(|target| target.is_file()) => Leads::ToFile(file),
            (false, _) => Leads::Out,
        };
        return Some(Found { path, link: Some(link) });
    }
    None
}

/// Where the symbolic link at `path` says that it leads, in the repository.
fn target_of(root: &Path, path: RepoPath) -> Option<RepoPath> {
    let target = std::fs::read_link(path.under(root)).ok()?;
    path.parent().join(target.to_str()?)
}

/// Whether a `.gitignore` in one of the folders above `path` names it.
pub(super) fn is_ignored_by_git(root: &Path, path: RepoPath) -> bool {
    let mut above = path.above();
    let found = above.find_map(|folder| {
        let rules = ignore_rules(root, folder.join(".gitignore")?);
        let rest = path.strip_folder(folder).filter(|rest| !rest.is_empty())?;
        // Nobody knows whether it is to be a folder.
        let told = [false, true].map(|is_folder| rules.matched_path_or_any_parents(rest, is_folder).map(|_| ()));
        told.into_iter().find(|told| !told.is_none())
    });
    found.is_some_and(|told| told.is_ignore())
}

fn ignore_rules(root: &Path, path: RepoPath) -> Gitignore {
    let mut builder = GitignoreBuilder::new("");
    // A line that is no pattern is passed over, as git does.
    if let Ok(text) = std::fs::read_to_string(path.under(root)) {
        for line in text.lines() {
            let _ = builder.add_line(None, line);
        }
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a failing test may panic")]
mod tests {
    use std::fs;

    use super::{discover, unpacked_package};
    use crate::config::Project;
    use crate::discover::git::git;
    use crate::source::Files;
    use crate::source::RepoPath;

    #[cfg(unix)]
    #[test]
    fn files_have_a_name_for_each_link_to_a_folder_above_them() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("data/deep")).unwrap();
        fs::create_dir_all(root.join("docs")).unwrap();
        for path in ["data/deep/a.md", "data/b.md", "data-c.md"] {
            fs::write(root.join(path), "# A\n").unwrap();
        }
        for (link, target) in [("docs/shown", "../data"), ("data/deep/round", ".."), ("docs/out", "/")] {
            std::os::unix::fs::symlink(target, root.join(link)).unwrap();
        }
        let tree = discover(&Project::unconfigured(root));
        let files = tree.paths().filter(|path| !tree.is_folder(*path));
        let paths: Vec<_> = files.map(|path| (path.as_str(), tree.follow(path).as_str())).collect();
        let expected = [
            ("data-c.md", "data-c.md"),
            ("data/b.md", "data/b.md"),
            ("data/deep/a.md", "data/deep/a.md"),
            ("docs/shown/b.md", "data/b.md"),
            ("docs/shown/deep/a.md", "data/deep/a.md"),
        ];
        assert_eq!(paths, expected);
        assert_eq!(tree.files().count(), 3);
    }

    #[test]
    fn what_git_keeps_is_there_whatever_an_ignore_file_says() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir_all(root.join("src/cache")).unwrap();
        for (path, text) in
            [(".gitignore", "cache\n"), ("src/cache/kept.rs", ""), ("src/cache/made.rs", ""), ("a.md", "")]
        {
            fs::write(root.join(path), text).unwrap();
        }
        let files = || {
            let tree = discover(&Project::unconfigured(root.clone()));
            tree.files().map(|path| path.to_string()).collect::<Vec<_>>().join(" ")
        };
        git(&root, ["init", "--quiet"]).unwrap();
        assert_eq!(files(), "a.md");
        git(&root, ["add", "--force", "src/cache/kept.rs"]).unwrap();
        assert_eq!(files(), "a.md src/cache/kept.rs");
        fs::remove_file(root.join("src/cache/kept.rs")).unwrap();
        assert_eq!(files(), "a.md");
    }

    #[test]
    fn packages_of_others() {
        let cases = [
            ("bench/eza-0.21.2/Cargo.toml", Some("bench/eza-0.21.2")),
            ("bench/regex/Cargo.toml.orig", Some("bench/regex")),
            ("bench/regex/Cargo.toml", None),
            ("bench/eza-0.21/Cargo.toml", None),
            ("Cargo.toml.orig", None),
        ];
        for (path, expected) in cases {
            let found = unpacked_package(RepoPath::new(path).unwrap());
            assert_eq!(found.map(|folder| folder.to_string()).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn a_folder_that_is_called_as_the_output_is_and_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir(root.join("site")).unwrap();
        fs::write(root.join("site/a.md"), "").unwrap();
        let count = || discover(&Project::unconfigured(root.clone())).len();
        assert_eq!(count(), 1);
        fs::write(root.join("site").join(crate::config::MANIFEST), "").unwrap();
        assert_eq!(count(), 0);
    }
}
