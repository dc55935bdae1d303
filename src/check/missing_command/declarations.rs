//! What the files of one tool declare, and whether that is all there is.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::NearestNames;
use crate::graph::Thing;
use crate::source::{RepoPath, fits};

/// What manifests, Makefiles and the like declare.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    /// The files that declare a name, in order.
    names: BTreeMap<Thing, BTreeMap<String, Vec<RepoPath>>>,
    /// The packages of the repository itself.
    own_packages: BTreeSet<String>,
    /// Names of which only parts are known, with `*` for the others.
    patterns: Vec<String>,
    /// The files that the tool goes by when it is called in their folders.
    heads: BTreeSet<RepoPath>,
    /// Those of which nobody can tell what they declare.
    open: BTreeSet<RepoPath>,
}

impl Declarations {
    /// Notes that `file` declares `name`.
    pub(super) fn declare(&mut self, thing: Thing, name: &str, file: RepoPath) {
        self.names.entry(thing).or_default().entry(name.to_owned()).or_default().push(file);
    }

    /// Notes that `name` is a package of the repository itself.
    pub(super) fn add_own_package(&mut self, name: &str) {
        self.own_packages.insert(name.to_owned());
    }

    /// Whether `name` is a package of the repository itself.
    pub(super) fn is_own_package(&self, name: &str) -> bool {
        self.own_packages.contains(name)
    }

    /// Notes a name of which only parts are known.
    pub(super) fn declare_pattern(&mut self, pattern: String) {
        self.patterns.push(pattern);
    }

    /// Notes a file that the tool goes by; with `is_open`, nobody can tell what it declares.
    pub(super) fn add_head(&mut self, file: RepoPath, is_open: bool) {
        self.heads.insert(file);
        if is_open {
            self.open.insert(file);
        }
    }

    /// Whether something declares `name`.
    pub(super) fn have(&self, thing: Thing, name: &str) -> bool {
        self.names.get(&thing).is_some_and(|names| names.contains_key(name))
    }

    /// Whether it is certain that nothing declares `name`, which `page` says to be there; in `folder`, as it is written, or in those
    /// above the page. Where the tool has no file there, somebody else's is meant.
    pub(super) fn lack(&self, thing: Thing, name: &str, page: RepoPath, folder: Option<&str>) -> bool {
        let is_meant = |head: &&RepoPath| match folder {
            Some(folder) => ends_with(head.parent(), folder),
            None => head.parent() == RepoPath::root() || page.is_below(head.parent()),
        };
        let mut meant: Vec<&RepoPath> = self.heads.iter().filter(is_meant).collect();
        if meant.is_empty() && folder.is_none() && thing == Thing::Package {
            // The workspace may be in a folder of its own. Who names a package of somebody else says so.
            meant = self.heads.iter().filter(|head| head.parent().parent() == RepoPath::root()).collect();
        }
        !meant.is_empty() && !meant.iter().any(|head| self.open.contains(head)) && !self.may_have(thing, name)
    }

    /// Whether something declares `name`, or may.
    pub(super) fn may_have(&self, thing: Thing, name: &str) -> bool {
        // A feature of a package that is not of this repository is another's.
        if let Some((package, feature)) = name.split_once('/').filter(|_| thing == Thing::Feature) {
            return !self.have(Thing::Program, package) || self.have(thing, feature);
        }
        // A recipe of a module: `web::build`.
        let name = name.rsplit("::").next().unwrap_or(name);
        self.have(thing, name) || self.patterns.iter().any(|pattern| fits(pattern, name))
    }

    /// What `page` meant by `name`, which nothing declares.
    pub(super) fn hint(&self, thing: Thing, name: &str, page: RepoPath) -> String {
        let nearest = |files: &[RepoPath]| -> Option<RepoPath> {
            let above = files.iter().filter(|file| page.is_below(file.parent()));
            above.max_by_key(|file| file.parent().as_str().len()).or(files.first()).copied()
        };
        let other = self.names.iter().find_map(|(other, names)| Some((*other, nearest(names.get(name)?)?)));
        if let Some((other, file)) = other {
            return format!("`{file}` declares {} of that name", other.words());
        }
        let Some(names) = self.names.get(&thing) else { return NO_HINT.to_owned() };
        let near = NearestNames::new(names.keys().map(String::as_str)).find(name);
        let near = near.iter().filter_map(|near| Some(format!("`{near}` of `{}`", nearest(names.get(*near)?)?)));
        let near: Vec<String> = near.collect();
        match near.split_last() {
            None => NO_HINT.to_owned(),
            Some((only, [])) => format!("did you mean {only}?"),
            Some((last, first)) => format!("did you mean {} or {last}?", first.join(", ")),
        }
    }

    /// Whether something is called so, or nearly.
    pub(super) fn resembles(&self, thing: Thing, name: &str, page: RepoPath) -> bool {
        self.hint(thing, name, page) != NO_HINT
    }
}

const NO_HINT: &str = "name what took its place, or take the sentence out";

/// Whether the path of `folder` is `end`, or ends with it.
pub(super) fn ends_with(folder: RepoPath, end: &str) -> bool {
    folder.as_str().strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}
