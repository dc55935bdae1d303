//! Which files of the tree are specifications, and which further files each of them is made of.
//!
//! A specification is told by its content: a top-level key `openapi` or `swagger` with a version, and at least one of
//! the keys that a specification cannot do without. Only the beginning of a file is read, unless that beginning speaks
//! the language of specifications.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;

use super::copies::without_copies;
use super::name::names;
use crate::config::ExtractorOptions;
use crate::diagnostic::{NearestNames, did_you_mean};
use crate::discover::{Outset, SourceTree};
use crate::extract::Input;
use crate::graph::is_template;
use crate::source::{Files, Note, RepoPath, SourceFile, Sources, stored};

/// A root document, and why it is one.
type Root = (Arc<SourceFile>, &'static str);

/// What the tree tells about a specification.
#[derive(Clone, Debug)]
pub(crate) struct About {
    /// What it is called in ids and addresses.
    pub(super) name: String,
    /// The names of the other specifications among its files.
    pub(super) others: Vec<(RepoPath, String)>,
    /// Files that it refers to and that do not exist, each with a hint.
    pub(super) missing: BTreeMap<RepoPath, String>,
    /// Whether readers may send requests from its pages.
    pub(super) try_it: bool,
    /// Whether a program wrote it, whose examples are nobody's.
    pub(super) is_generated: bool,
    /// Whether the whole is another: one of its name stands in a folder above, made of this one and of what it lacks.
    pub(super) is_part: bool,
    /// Whether a program puts the whole together from it: it is called a template.
    pub(super) is_template: bool,
}

/// The reason for a file that the configuration names and whose content was not asked.
const CONFIGURED: &str = "named in the configuration";

/// More files than this no specification is made of; a bound against references that breed.
const MOST_FILES: usize = 20_000;

/// Every specification in `tree` with its files, the root document first.
pub(super) fn claim(tree: &SourceTree, options: &ExtractorOptions) -> Vec<Input<About>> {
    let candidates: Vec<RepoPath> = tree.files().filter(|path| is_data(*path)).collect();
    let roots: Vec<Root> = candidates
        .into_par_iter()
        .filter_map(|path| {
            let mut reason = CONFIGURED;
            let fits = || recognise(tree, path).inspect(|found| reason = found).is_some();
            let admitted = options.admits(path, fits);
            admitted.then(|| tree.source(path)).flatten().map(|file| (file, reason))
        })
        .collect();
    let roots = without_parts(tree, without_copies(roots));
    let files: Vec<&SourceFile> = roots.iter().map(|(file, _)| &**file).collect();
    let names: BTreeMap<RepoPath, String> = files.iter().map(|file| file.path()).zip(names(&files)).collect();
    let mut near = None;
    let inputs = roots.into_iter().map(|(root, reason)| {
        let name = names.get(&root.path()).cloned().unwrap_or_default();
        let is_generated = is_generated(tree, root.path());
        let is_part = root.path().above().skip(1).filter_map(|folder| folder.join(root.path().file_name()));
        let is_template = is_template(root.path());
        let is_part = is_template || is_part.into_iter().any(|whole| names.contains_key(&whole));
        let (files, missing) = gather(tree, root);
        let missing = missing.into_iter().map(|path| {
            let near = near.get_or_insert_with(|| NearestNames::new(tree.paths().map(RepoPath::as_str)));
            (path, did_you_mean(&near.find(path.as_str())))
        });
        let missing = missing.collect();
        let others = files[1..].iter().map(|file| file.path());
        let others = others.filter_map(|path| Some((path, names.get(&path)?.clone()))).collect();
        Input {
            files,
            reason,
            about: About { name, others, missing, try_it: options.try_it, is_generated, is_part, is_template },
        }
    });
    inputs.collect()
}

/// Whether the specification at `path` is what a generator of clients wrote beside its code, in the folder that says so or one below.
fn is_generated(tree: &SourceTree, path: RepoPath) -> bool {
    let signs = [".openapi-generator-ignore", ".openapi-generator/FILES", ".swagger-codegen-ignore"];
    let folders = [path.parent(), path.parent().parent()];
    folders.iter().any(|folder| signs.iter().any(|sign| folder.join(sign).is_some_and(|sign| tree.contains(sign))))
}

/// `roots` without those that only the configuration makes specifications, and that others refer to: they are parts.
fn without_parts(tree: &SourceTree, mut roots: Vec<Root>) -> Vec<Root> {
    if roots.iter().all(|(_, reason)| *reason != CONFIGURED) {
        return roots;
    }
    let mut parts = BTreeSet::new();
    for (root, _) in &roots {
        parts.extend(gather(tree, Arc::clone(root)).0[1..].iter().map(|file| file.path()));
    }
    roots.retain(|(file, _)| !parts.contains(&file.path()) || recognise(tree, file.path()).is_some());
    roots
}

/// Whether `path` can hold a specification or a part of one.
pub(super) fn is_data(path: RepoPath) -> bool {
    path.has_extension(&["yaml", "yml", "json"])
}

/// Why the file is a specification, if it is.
fn recognise(tree: &SourceTree, path: RepoPath) -> Option<&'static str> {
    let Head { marks, is_cut } = *tree.of_head::<Head>(path)?;
    let promising = marks.version.is_some() || marks.speaks || !marks.any;
    let marks =
        if !marks.is_specification() && promising && is_cut { *tree.source(path)?.noted::<Marks>() } else { marks };
    marks.is_specification().then_some(marks.version).flatten()
}

/// What the beginning of a file tells.
#[derive(Clone, Copy, PartialEq)]
struct Head {
    marks: Marks,
    /// Whether more stands behind it.
    is_cut: bool,
}

impl Outset for Head {
    const LENGTH: usize = 8 * 1024;

    fn of(head: &str) -> Self {
        Self { marks: Marks::of_text(head), is_cut: head.len() + 3 >= Self::LENGTH }
    }
}

/// What the top-level keys of a text tell.
#[derive(Clone, Copy, Default, PartialEq)]
struct Marks {
    /// It states a version; why it is a specification, then.
    version: Option<&'static str>,
    /// It has a key without which there is no specification.
    body: bool,
    /// It has a key that specifications have, and few other files.
    speaks: bool,
    /// It has any key.
    any: bool,
}

stored! { struct Marks { version, body, speaks, any } }

impl Note for Marks {
    const NAME: &'static str = "marks of a specification";

    fn of(file: &SourceFile) -> Self {
        Self::of_text(file.text())
    }
}

impl Marks {
    fn of_text(text: &str) -> Self {
        let mut marks = Self::default();
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('{') {
            json_keys(text, |key, value| marks.see(key, value));
        } else {
            // Keys of the outermost map are indented like the first one, mostly not at all.
            let mut outermost = None;
            for line in text.lines() {
                let key = line.trim_start_matches(' ');
                // What a template makes of it is a specification.
                if key.starts_with("#@") || key.starts_with("{{") || key.starts_with("{%") {
                    return Self { any: true, ..Self::default() };
                }
                let indentation = line.len() - key.len();
                if key.is_empty() || key.starts_with(['#', '-', '%', '\t']) {
                    continue;
                }
                if *outermost.get_or_insert(indentation) == indentation
                    && let Some((key, value)) = key.split_once(':')
                {
                    marks.see(key.trim_end().trim_matches(['"', '\'']), value);
                }
            }
        }
        marks
    }

    fn see(&mut self, key: &str, value: &str) {
        self.any = true;
        let states_version = || {
            let value = value.trim_start_matches([' ', '\t', '"', '\'']);
            value.starts_with(|first: char| first.is_ascii_digit())
        };
        match key {
            "openapi" if states_version() => {
                self.version = Some("a specification with an `openapi` key, and its parts")
            }
            "swagger" if states_version() => self.version = Some("a specification with a `swagger` key, and its parts"),
            "info" | "paths" | "components" | "webhooks" | "definitions" => {
                self.body = true;
                self.speaks = true;
            }
            "externalDocs" | "basePath" | "consumes" | "produces" | "host" | "schemes" | "servers" => {
                self.speaks = true;
            }
            _ => {}
        }
    }

    fn is_specification(&self) -> bool {
        self.version.is_some() && self.body
    }
}

/// Calls `see` with each key of the outermost object of `text` and with what follows its colon. Knows strings and
/// brackets, nothing more, and needs no end.
fn json_keys(text: &str, mut see: impl FnMut(&str, &str)) {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0_usize, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at + 1;
                at = start;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                if depth == 1
                    && let (Some(key), Some(rest)) = (text.get(start..at), text.get(at + 1..))
                    && let Some(value) = rest.trim_start().strip_prefix(':')
                {
                    see(key, value.trim_start());
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// `root` and every file of the tree that it refers to, directly or not; and the files that are missing.
fn gather(tree: &SourceTree, root: Arc<SourceFile>) -> (Vec<Arc<SourceFile>>, BTreeSet<RepoPath>) {
    let mut seen = BTreeSet::from([root.path()]);
    let mut missing = BTreeSet::new();
    let mut files = vec![root];
    let mut next = 0;
    while let Some(file) = files.get(next).cloned() {
        next += 1;
        for &path in &file.noted::<Targets>().files {
            if files.len() >= MOST_FILES || !seen.insert(path) {
                continue;
            }
            match is_data(path).then(|| tree.source(path)).flatten() {
                Some(found) => files.push(found),
                None if !tree.contains(path) && !tree.is_absent(path) => drop(missing.insert(path)),
                None => {}
            }
        }
    }
    files[1..].sort_by_key(|file| file.path());
    (files, missing)
}

/// The files that a file refers to, each once.
#[derive(PartialEq)]
struct Targets {
    files: Vec<RepoPath>,
}

stored! { struct Targets { files } }

impl Note for Targets {
    const NAME: &'static str = "targets of a specification";

    fn of(file: &SourceFile) -> Self {
        let mut seen = HashSet::new();
        let targets = references(file.text()).filter_map(|reference| target_file(file.path(), reference));
        Self { files: targets.filter(|path| seen.insert(*path)).collect() }
    }
}

/// The file that `reference`, written in `from`, names. `None` for one into `from` itself, to the web, or out of the
/// repository.
pub(super) fn target_file(from: RepoPath, reference: &str) -> Option<RepoPath> {
    let path = reference.split('#').next().unwrap_or_default();
    if path.is_empty() || is_web(path) {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8_lossy();
    from.parent().join(&path)
}

/// Whether `reference` has a scheme, or names a host.
pub(super) fn is_web(reference: &str) -> bool {
    let scheme = reference.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme =
        scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme || reference.starts_with("//")
}

/// What stands behind each `$ref` of a text, JSON or YAML, without reading more of it.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("$ref").filter_map(|(at, found)| {
        let rest = text[at + found.len()..].trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
        let value = rest.strip_prefix(':')?.trim_start();
        let (value, end): (&str, &[char]) = match value.chars().next()? {
            '"' => (&value[1..], &['"', '\n']),
            '\'' => (&value[1..], &['\'', '\n']),
            _ => (value, &['\n', ',', '}', ' ']),
        };
        let value = value.split(end).next()?.trim();
        (!value.is_empty() && !value.starts_with('#')).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::{Marks, references};

    #[test]
    fn specifications_are_told_by_their_content() {
        let cases = [
            ("openapi: 3.0.3\ninfo:\n", true),
            ("# licence\n---\n'swagger': \"2.0\"\npaths: {}\n", true),
            (r#"{"components": {"openapi": "3"}, "info": {}, "openapi" : "3.1.0"}"#, true),
            (r#"{"swagger": "2.0", "info": {"title": "a } \" {"#, true),
            ("---\n  swagger: '2.0'\n  info:\n    openapi: 3\n", true),
            ("openapi: true\ninfo: x\n", false),
            ("openapi: 3.0.3\n", false),
            ("spec:\n  openapi: 3.0.3\n  info: {}\n", false),
            (r#"{"a": {"openapi": "3.0.0", "info": {}}}"#, false),
            ("asyncapi: 2.0.0\ninfo: {}\n", false),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(Marks::of_text(text).is_specification(), expected, "{text}");
        }
    }

    #[test]
    fn references_to_other_files() {
        let cases: [(&str, &[&str]); 4] = [
            (r##"{"$ref": "#/a"}, {"$ref" : "b.json#/c"}"##, &["b.json#/c"]),
            ("$ref: x.yaml\n", &["x.yaml"]),
            ("- { $ref: 'y z.yaml#/a' }\n- $ref: ../q.yml # why\n", &["y z.yaml#/a", "../q.yml"]),
            ("$ref", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(references(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
