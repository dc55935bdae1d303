//! Makefiles (<https://www.gnu.org/software/make/manual/make.html>), as far as they say what can be made.

use std::collections::{BTreeMap, BTreeSet};

use super::declarations::Declarations;
use super::snapshot::Snapshot;
use crate::graph::Thing;
use crate::source::RepoPath;

/// The names of files that make goes by.
const HEADS: &[&str] = &["GNUmakefile", "makefile", "Makefile"];

/// A variable stands in another one, and so on: so often.
const DEEPEST: usize = 8;

/// Targets that CMake makes, or most `CMakeLists.txt` have it make.
const OF_CMAKE: &[&str] = &["all", "clean", "doc", "docs", "edit_cache", "install", "package", "rebuild_cache", "test"];

/// Targets that a `Makefile.am` need not name.
#[rustfmt::skip]
const OF_AUTOMAKE: &[&str] = &[
    "all", "check", "clean", "dist", "distcheck", "distclean", "install", "install-strip", "installcheck", "maintainer-clean",
    "mostlyclean", "uninstall",
];

/// Longer values are not put in.
const LONGEST: usize = 4_000;

/// Targets.
pub(super) fn read(snapshot: &Snapshot<'_>) -> Declarations {
    let mut declarations = Declarations::default();
    let mut makefiles: BTreeMap<RepoPath, Makefile> = BTreeMap::new();
    for path in snapshot.paths.iter().filter(|path| is_read(**path)) {
        let bytes = (snapshot.bytes)(*path).unwrap_or_default();
        makefiles.insert(*path, Makefile::read(&String::from_utf8_lossy(&bytes)));
    }
    for (path, makefile) in &makefiles {
        for target in &makefile.targets {
            match target.contains('*') {
                true => declarations.declare_pattern(target.clone()),
                false => declarations.declare(Thing::Target, target, *path),
            }
        }
    }
    // automake makes these of itself (its manual, "Standard Targets").
    for path in snapshot.paths.iter().filter(|path| path.file_name() == "Makefile.am") {
        OF_AUTOMAKE.iter().for_each(|target| declarations.declare(Thing::Target, target, *path));
    }
    // CMake makes these, in a folder of its own.
    for path in snapshot.paths.iter().filter(|path| path.file_name() == "CMakeLists.txt") {
        OF_CMAKE.iter().for_each(|target| declarations.declare(Thing::Target, target, *path));
    }
    for path in makefiles.keys().filter(|path| HEADS.contains(&path.file_name())) {
        declarations.add_head(*path, is_open(*path, path.parent(), &makefiles, &mut BTreeSet::new()));
    }
    declarations
}

/// Whether the file at `path` is read for what it declares.
pub(super) fn is_read(path: RepoPath) -> bool {
    let name = path.file_name();
    HEADS.contains(&name)
        || path.stem() == "Makefile"
        || name.starts_with("Makefile")
        || path.has_extension(&["mk", "mak", "make"])
}

/// Whether the file at `path`, which is made in `folder`, or one that belongs to it, may make more than it names.
fn is_open(
    path: RepoPath,
    folder: RepoPath,
    makefiles: &BTreeMap<RepoPath, Makefile>,
    seen: &mut BTreeSet<RepoPath>,
) -> bool {
    let Some(makefile) = makefiles.get(&path) else { return true };
    if !seen.insert(path) {
        return false;
    }
    let included = |written: &String| {
        let found = [folder, path.parent()].into_iter().filter_map(|folder| folder.join(written));
        found.into_iter().find(|file| makefiles.contains_key(file))
    };
    makefile.is_open
        || makefile.included.iter().any(|written| match included(written) {
            Some(file) => is_open(file, folder, makefiles, seen),
            None => true,
        })
}

/// What one file says.
#[derive(Debug, Default)]
struct Makefile {
    /// With `*` for what is not known.
    targets: BTreeSet<String>,
    included: Vec<String>,
    /// Whether it makes what it does not name.
    is_open: bool,
}

impl Makefile {
    fn read(text: &str) -> Self {
        let mut makefile = Self::default();
        let mut variables: BTreeMap<String, String> = BTreeMap::new();
        let lines = joined(text);
        let mut defined: Option<&str> = None;
        for line in lines.iter().filter(|line| !line.starts_with('\t')) {
            let given = match line.trim().strip_prefix("define ") {
                Some(name) => {
                    defined = Some(name.trim_end_matches(['=', ':', ' ']));
                    continue;
                }
                None if line.trim() == "endef" => {
                    defined = None;
                    continue;
                }
                None => defined.map(|name| (name, line.as_str())).or_else(|| assignment(line)),
            };
            if let Some((name, value)) = given {
                let known = variables.entry(name.to_owned()).or_default();
                known.push(' ');
                known.push_str(value);
            }
        }
        for line in lines.iter().filter(|line| !line.starts_with('\t')) {
            makefile.line(line.trim(), &variables);
        }
        makefile
    }

    fn line(&mut self, line: &str, variables: &BTreeMap<String, String>) {
        let (word, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        match word {
            "include" | "-include" | "sinclude" => {
                let files = expanded(rest, variables, 0);
                // What a compiler notes of its sources has targets of no interest.
                let files = files.split_whitespace().filter(|file| !file.ends_with(".d") && !file.ends_with(".env"));
                self.included.extend(files.map(str::to_owned));
                return;
            }
            "define" | "endef" | "ifeq" | "ifneq" | "ifdef" | "ifndef" | "else" | "endif" | "export" | "unexport"
            | "vpath" => return,
            _ => {}
        }
        // Of rules that are made up, those are known that stand between `define` and `endef`.
        if line.starts_with("$(eval") && !line.contains("$(call") {
            self.is_open = true;
        }
        if assignment(line).is_some() {
            return;
        }
        let Some(colon) = colon_in(line) else { return };
        let targets = expanded(&line[..colon], variables, 0);
        let prerequisites = line[colon..].trim_start_matches(':');
        let named = targets.split_whitespace();
        for target in named {
            if target == ".PHONY" {
                let phony = expanded(prerequisites, variables, 0);
                self.targets.extend(phony.split_whitespace().filter(|name| !name.contains('*')).map(str::to_owned));
            }
            let pattern = target.replace('%', "*");
            self.is_open |= target == ".DEFAULT" || pattern.bytes().all(|byte| byte == b'*');
            self.targets.insert(pattern);
        }
    }
}

/// The lines of `text`, with those that go on joined, and without comments.
fn joined(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let is_recipe = line.starts_with('\t');
        let code = if is_recipe { line } else { line.split('#').next().unwrap_or_default() };
        let (code, next) = match line.strip_suffix('\\') {
            Some(_) => (code.trim_end_matches('\\'), true),
            None => (code, false),
        };
        match lines.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.push(' ');
                last.push_str(code.trim_start());
            }
            None => lines.push(code.to_owned()),
        }
        goes_on = next;
    }
    lines
}

/// The name and value that a line gives to a variable.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let line = ["export ", "override "].iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end_matches([':', '?', '+', '!']).trim();
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    is_name.then_some((name, value))
}

/// The colon behind the targets of a line, outside of what is put in.
fn colon_in(line: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'(' | b'{' => depth += 1,
            b')' | b'}' => depth = depth.saturating_sub(1),
            b':' if depth == 0 => return Some(at),
            b'=' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// `text` with what is known of its variables put in, and `*` for what is not.
fn expanded(text: &str, variables: &BTreeMap<String, String>, depth: usize) -> String {
    let mut found = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        found.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(open) = rest.chars().next() else { break };
        let inside = match open {
            '(' | '{' => closed(rest),
            _ => None,
        };
        let Some(inside) = inside else {
            // `$@`, or a bracket that is never closed.
            found.push('*');
            rest = &rest[open.len_utf8()..];
            continue;
        };
        rest = &rest[inside.len() + 2..];
        found.push_str(&put_in(inside, variables, depth));
        if found.len() > LONGEST {
            return "*".to_owned();
        }
    }
    found.push_str(rest);
    found
}

/// What stands between the bracket with which `text` begins and its partner.
fn closed(text: &str) -> Option<&str> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'{' => depth += 1,
            b')' | b'}' if depth == 1 => return text.get(1..at),
            b')' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// What `$(inside)` stands for.
fn put_in(inside: &str, variables: &BTreeMap<String, String>, depth: usize) -> String {
    if depth > DEEPEST {
        return "*".to_owned();
    }
    let arguments = |text: &str| -> Vec<String> { text.split(',').map(|part| part.trim().to_owned()).collect() };
    if let Some((function, rest)) = inside.split_once([' ', '\t']) {
        return match (function, arguments(rest).as_slice()) {
            ("addprefix", [prefix, ..]) => format!("{}*", expanded(prefix, variables, depth + 1)),
            ("addsuffix", [suffix, ..]) => format!("*{}", expanded(suffix, variables, depth + 1)),
            ("call", [name, ..]) => {
                variables.get(name).map_or_else(|| "*".to_owned(), |text| expanded(text, variables, depth + 1))
            }
            ("foreach", [_, _, text @ ..]) => expanded(&text.join(","), variables, depth + 1),
            ("patsubst", [_, to, ..]) => expanded(to, variables, depth + 1).replace('%', "*"),
            _ => "*".to_owned(),
        };
    }
    if let Some((_, to)) = inside.split_once(':').and_then(|(_, change)| change.split_once('=')) {
        return if to.contains('%') { expanded(to, variables, depth + 1).replace('%', "*") } else { format!("*{to}") };
    }
    match variables.get(inside) {
        Some(value) => expanded(value, variables, depth + 1),
        None => "*".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::Makefile;

    #[test]
    fn targets() {
        let cases = [
            (".PHONY: a b\na: c\n\tmake x: y\nb:: d\n", ".PHONY a b"),
            ("A = b c \\\n  d\n$(A): x\n", "b c d"),
            ("A := a:b\nB ?= $(A)\nx: A = 1\n", "x"),
            ("test-%: x\nbin/$(X): y\n", "bin/* test-*"),
            ("$(addprefix a-,$(X)) $(X:%=b-%): y\n", "a-* b-*"),
            ("$(foreach x,$(X),c-$(x)): y\n", "c-*"),
            ("N = c-$(1)\n$(call N,x): y\n", "c-*"),
            ("define N\nc-$(1)\nendef\n$(call N,x): y\n", "c-*"),
            ("# a: b\na: # c: d\n", "a"),
            ("include a.mk $(X).mk\n-include x.d\n", "<a.mk *.mk>"),
            ("%:\n", "* open"),
            ("$(X):\n", "* open"),
            (".DEFAULT:\n", ".DEFAULT open"),
            ("define T\nx-$(1): y\nendef\n$(eval $(call T,a))\n", "x-*"),
            ("$(eval $(X))\n", " open"),
            ("$(", ""),
            ("A = $(A)\n$(A): b", "* open"),
        ];
        for (text, expected) in cases {
            let Makefile { targets, included, is_open } = Makefile::read(text);
            let mut found = targets.into_iter().collect::<Vec<_>>().join(" ");
            if !included.is_empty() {
                found.push_str(&format!("<{}>", included.join(" ")));
            }
            found.push_str(if is_open { " open" } else { "" });
            assert_eq!(found, expected, "{text}");
        }
    }
}
