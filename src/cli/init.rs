//! `livedoc init [DIR]`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::arguments::{Everywhere, Init};
use super::check::page_count;
use super::new::write_new;
use super::progress::progress;
use super::report::{remark, say};
use super::start::{remark_claims, request};
use super::{Exit, Failure};
use crate::config::{FILE_NAME, Project, load};
use crate::diagnostic::print::summary;
use crate::extract::{Claim, REGISTRY};
use crate::pipeline::{Analysis, Earlier, analyse};

/// How many files are named as examples of what was found.
const EXAMPLES: usize = 3;

/// Folders that a repository without such documents is given, with what stands in them at first.
const STARTERS: &[(&str, &str, &str)] = &[
    (
        "guides",
        "docs/README.md",
        "# Documentation\n\nGuides stand in this folder. `livedoc new guide \"First day\"` starts one.\n",
    ),
    (
        "adr",
        "docs/adr/README.md",
        "# Decisions\n\nArchitecture decision records stand in this folder, one a file.\n\
         `livedoc new adr \"Use PostgreSQL\"` starts the next one.\n",
    ),
    (
        "runbooks",
        "docs/runbooks/README.md",
        "# Runbooks\n\nWhat to do when something fails stands in this folder.\n\
         `livedoc new runbook \"High error rate\"` starts one.\n",
    ),
];

pub(super) fn run(command: &Init, everywhere: &Everywhere) -> Result<Exit, Failure> {
    let root = root(command, everywhere)?;
    let mut project = Project::unconfigured(root.clone());
    if root.join(FILE_NAME).is_file() {
        project = load(&request(&root, everywhere, Vec::new()))?.project;
    }
    let analysis = {
        let progress = progress(everywhere.quiet);
        analyse(&project.without_history(), Earlier::NOTHING, progress.as_ref())
    };
    if everywhere.verbose {
        remark_claims(&analysis.claims);
    }
    let found = by_extractor(&analysis.claims);
    say(|out| {
        writeln!(out, "In {}:", root.display())?;
        for extractor in REGISTRY {
            let name = extractor.spec().name;
            writeln!(out, "{}", describe(name, found.get(name).map_or(&[], Vec::as_slice)))?;
        }
        writeln!(out, "{}", counts(&analysis))?;
        writeln!(out)
    })?;
    let mut written = Vec::new();
    let configuration = root.join(FILE_NAME);
    if !configuration.exists() {
        write_new(&configuration, &configuration_text(&project, &found))?;
        written.push(configuration);
    }
    for (extractor, path, text) in STARTERS {
        let path = root.join(path);
        let folder_exists = path.parent().is_some_and(Path::exists);
        if !found.contains_key(extractor) && !folder_exists {
            write_new(&path, text)?;
            written.push(path);
        }
    }
    say(|out| {
        for path in &written {
            writeln!(out, "wrote {}", path.strip_prefix(&root).unwrap_or(path).display())?;
        }
        if written.is_empty() {
            writeln!(out, "nothing to write: all is there")?;
        }
        writeln!(out, "next: `livedoc serve` shows the site, `livedoc check` what is wrong with it")
    })?;
    let site = project.site.output_dir.strip_prefix(&root);
    if let (Ok(site), false, false) = (site, everywhere.quiet, is_ignored(&root, "site")) {
        remark(&format!("`livedoc build` writes to {0}: add /{0}/ to .gitignore", site.display()));
    }
    Ok(Exit::Clean)
}

/// The folder that was given, else the root that is found from here.
fn root(command: &Init, everywhere: &Everywhere) -> Result<PathBuf, Failure> {
    match &command.dir {
        None => Ok(load(&request(Path::new("."), everywhere, Vec::new()))?.project.root),
        Some(dir) => std::fs::create_dir_all(dir)
            .and_then(|()| dir.canonicalize())
            .map_err(|error| Failure::machine(format!("`{}` cannot be used: {error}", dir.display()))),
    }
}

fn by_extractor(claims: &[Claim]) -> BTreeMap<&'static str, Vec<Claim>> {
    let mut found: BTreeMap<&'static str, Vec<Claim>> = BTreeMap::new();
    for claim in claims {
        found.entry(claim.extractor).or_default().push(*claim);
    }
    found
}

/// "adr: 6 files, such as docs/adr/0001-x.md (in a folder named adr)", with a line for each reason.
fn describe(name: &str, claims: &[Claim]) -> String {
    let count = match claims.len() {
        0 => "nothing".to_owned(),
        1 => "1 file".to_owned(),
        many => format!("{many} files"),
    };
    let mut text = format!("  {name}: {count}");
    let mut reasons: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        reasons.entry(claim.reason).or_default().push(claim);
    }
    for (reason, claims) in reasons {
        let examples: Vec<&str> = claims.iter().take(EXAMPLES).map(|claim| claim.file.as_str()).collect();
        let more =
            if claims.len() > EXAMPLES { format!(" and {} more", claims.len() - EXAMPLES) } else { String::new() };
        text.push_str(&format!("\n    {reason}: {}{more}", examples.join(", ")));
    }
    text
}

/// "That makes 12 pages and 9 source files of 34 nodes; 3 errors, 1 warning."
fn counts(analysis: &Analysis) -> String {
    let pages = page_count(&analysis.plan);
    let nodes = analysis.resolved.graph.nodes().len();
    format!("That makes {pages} of {nodes} nodes; {}.", summary(&analysis.diagnostics))
}

/// A configuration in which nothing is set but the title, and all that is often set stands ready.
fn configuration_text(project: &Project, found: &BTreeMap<&'static str, Vec<Claim>>) -> String {
    // JSON's strings are TOML's.
    let title = serde_json::Value::from(project.site.title.as_str());
    let mut text = format!(
        "# livedoc finds its sources by itself; what stands here changes that. Every key is in the manual,\n\
         # under \u{201c}Configuration\u{201d}.\n\n\
         [site]\ntitle = {title}\n# description = \"One sentence for search engines.\"\n\
         # base-url = \"https://docs.example.org/\"\n\n\
         [source]\n# exclude = [\"docs/archive/**\"]\n\n"
    );
    for extractor in REGISTRY {
        let name = extractor.spec().name;
        let files = found.get(name).map_or(0, Vec::len);
        text.push_str(&format!(
            "# {files} file{} found by `{name}`.\n# [extract.{name}]\n# enabled = false\n# paths = [\"…\"]\n\n",
            if files == 1 { "" } else { "s" }
        ));
    }
    text + "[rules]\n# broken-link = \"warn\"\n"
}

/// Whether the `.gitignore` at the root names the folder `name`.
fn is_ignored(root: &Path, name: &str) -> bool {
    let text = std::fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
    text.lines().any(|line| line.trim().trim_matches('/') == name)
}
