//! A build that knows what the last one left gives the same bytes as one that knows nothing, whatever was edited.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod repository;
mod sandbox;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use livedoc::cache::Store;
use livedoc::config::Project;
use livedoc::discover::Changes;
use livedoc::output::SitePath;
use livedoc::pipeline::{
    CACHE_FOLDER, Delivered, Earlier, Edited, Session, Silent, analyse, build_in_memory, check_site, deliver,
};
use repository::Repository;
use sandbox::Sandbox;

const EDITS: usize = 200;

/// The files below `folder` but livedoc's own list of them.
fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(place) = waiting.pop() {
        for entry in fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.file_name().unwrap() != ".livedoc-manifest" {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn random_edits_give_the_same_site_as_a_clean_build() {
    let mut repository = Repository::new();
    let mut history = Vec::new();
    repository.deliver();
    for round in 0..2 * EDITS {
        let several = if repository.dice.below(10) == 0 { 5 } else { 1 };
        let is_edit = round % 2 == 0;
        history.extend((0..several).map(|_| if is_edit { repository.edit() } else { repository.touch_up() }));
        // Now and then somebody checks before.
        let checked = (repository.dice.below(4) == 0).then(|| repository.check());
        let Delivered { analysis, .. } = repository.deliver();
        let project = repository.project();
        let (clean, expected) = build_in_memory(&project, &Silent);
        let recent = history[history.len().saturating_sub(5)..].join("\n");
        assert_eq!(analysis.diagnostics, clean.diagnostics, "findings differ after\n{recent}");
        assert!(
            checked.is_none_or(|checked| checked == clean.diagnostics),
            "a check finds something else after\n{recent}"
        );
        let actual = files_below(&project.site.output_dir);
        let names: Vec<&str> = expected.files().map(|(path, _)| path.as_str()).collect();
        assert_eq!(actual.keys().collect::<Vec<_>>(), names, "other files after\n{recent}");
        for (path, bytes) in expected.files() {
            if actual[path.as_str()] != **bytes {
                let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                panic!(
                    "{path} differs after\n{recent}\nclean:\n{}\nincremental:\n{}",
                    text(bytes),
                    text(&actual[path.as_str()])
                );
            }
        }
    }
}

#[test]
fn a_session_shows_the_same_site_as_a_clean_build() {
    let mut repository = Repository::new();
    let mut session = Session::default();
    let mut latest = None;
    let mut history = Vec::new();
    let mut same = 0;
    for round in 0..EDITS {
        for _ in 0..[1, 1, 1, 3][repository.dice.below(4)] {
            let edit = if repository.dice.below(3) == 0 { repository.edit() } else { repository.touch_up() };
            history.push(edit);
        }
        let changes = if round == 0 { Changes::Everything } else { repository.changes() };
        // Now and then an edit is given up for the next.
        let gives_up = repository.dice.below(8) == 0 && round > 0;
        if gives_up {
            let overtaken = session.edit(repository.project(), &changes, &|| true, &Silent);
            assert!(matches!(overtaken, Edited::Overtaken));
            history.push(repository.touch_up());
        }
        let mut all = changes;
        all.add(repository.changes());
        match session.edit(repository.project(), &all, &|| false, &Silent) {
            Edited::Issue(issue) => latest = Some(issue),
            Edited::Same => same += 1,
            Edited::Overtaken => panic!("nobody overtakes"),
        }
        let issue = latest.clone().unwrap();
        let project = repository.project();
        let recent = history[history.len().saturating_sub(5)..].join("\n");
        let clean = analyse(&project, Earlier::NOTHING, &Silent);
        assert_eq!(issue.publication.analysis.diagnostics, clean.diagnostics, "findings differ after\n{recent}");
        let (_, expected) = build_in_memory(&project, &Silent);
        let names: Vec<&SitePath> = expected.files().map(|(path, _)| path).collect();
        assert_eq!(issue.files().iter().collect::<Vec<_>>(), names, "other files after\n{recent}");
        for (path, bytes) in expected.files() {
            let actual = issue.file(path).unwrap_or_default();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert_eq!(text(&actual), text(bytes), "{path} differs after\n{recent}");
        }
    }
    assert!(same > 5, "edits that change nothing make no issue: {same}");
}

type Files = &'static [(&'static str, &'static str)];

/// What is told, the files with one finding, and the one that is written so that there is none.
const TOLD: &[(&str, Files, &str, &str)] = &[
    (
        "a workflow writes the page",
        &[("docs/a.md", "# A\n\n[there](b.md)\n"), (".github/workflows/docs.yml", "run: x\n")],
        ".github/workflows/docs.yml",
        "run: shop help > docs/b.md\n",
    ),
    (
        "the source of a dependency is found",
        &[
            ("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n\n[dependencies]\nhttp = \"1.0.0\"\n"),
            ("src/lib.rs", "//! A shop.\npub use http::Code;\n"),
            ("third_party/http/Cargo.toml", "[package]\nname = \"http\"\nversion = \"1.0.0\"\n"),
            ("third_party/http/src/lib.rs", "pub struct Code;\n"),
            ("README.md", "# Shop\n\n[the code](rust:shop::Code)\n"),
        ],
        ".cargo/config.toml",
        "[source.others]\ndirectory = \"third_party\"\n",
    ),
    (
        "a build script gives a flag",
        &[
            ("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\n"),
            ("src/lib.rs", "//! A shop.\n\n/// [`crate::Kept::no`]\n#[cfg(kept)]\npub struct Kept;\n"),
        ],
        "build.rs",
        "fn main() { cfg_aliases! { kept: { windows } } }\n",
    ),
    (
        "a build makes the page",
        &[("docs/a.md", "# A\n\n[there](b.md)\n")],
        "docs/meson.build",
        "custom_target(output : 'b.md')\n",
    ),
    (
        "Doxygen finds the place",
        &[("Doxyfile", "INPUT = docs\n"), ("docs/a.md", "# A\n\n[there](#its-name)\n")],
        "docs/b.md",
        "# B {#its-name}\n\nText.\n",
    ),
    (
        "a shortcode may make the place",
        &[("docs/a.md", "# A\n\n[there](b.md#made)\n")],
        "docs/b.md",
        "# B\n\nText {{< made >}}.\n",
    ),
    (
        "a redirect answers",
        &[
            ("hugo.toml", ""),
            ("content/docs/a.md", "# A\n\n[there](/docs/former/)\n"),
            ("content/docs/formers.md", "# B\n"),
        ],
        "static/_redirects",
        "/docs/former /docs/a\n",
    ),
    (
        "a book redirects",
        &[("src/SUMMARY.md", "- [A](a.md)\n"), ("src/a.md", "# A\n\n[there](former/rules.md)\n")],
        "book.toml",
        "[output.html.redirect]\n\"/former/rules.html\" = \"../rules.html\"\n",
    ),
    (
        "a build puts the book together",
        &[("SUMMARY.md", "- [A](a.md)\n"), ("a.md", "# A\n\n[there](former/rules.md)\n")],
        "book.toml",
        "[book]\ntitle = \"@TITLE@\"\n",
    ),
    (
        "a client redirects",
        &[("docs/a.md", "# A\n\n[there](/shop/former.md)\n"), ("docs/shop/b.md", "# B\n")],
        "docusaurus.config.js",
        "{ from: '/shop/former.md', to: '/shop' }\n",
    ),
    (
        "data of Jekyll redirect",
        &[("_config.yml", ""), ("docs/a.md", "# A\n\n[there](former.html)\n")],
        "_data/redirects.yml",
        "\"docs/former.html\": \"docs/a.html\"\n",
    ),
    (
        "the settings of Sphinx make pages",
        &[("docs/a.md", "# A\n\n[there](shop_launch.md)\n")],
        "docs/conf.py",
        "subprocess.run([\"shop\", \"manpage\", \"--format=md\"])\n",
    ),
    (
        "a preprocessor makes the link",
        &[("src/SUMMARY.md", "- [A](a.md)\n"), ("src/a.md", "# A\n\n[rule](order.total)\n")],
        "book.toml",
        "[book]\ntitle = \"B\"\n\n[preprocessor.spec]\n",
    ),
    (
        "a term is a place",
        &[
            ("book.toml", "[book]\n"),
            ("src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n"),
            ("src/a.md", "# A\n\n[term](b.md#smart-order)\n"),
        ],
        "src/b.md",
        "# B\n\nSmart order\n  : It thinks.\n",
    ),
    (
        "a target is a place",
        &[("docs/conf.py", ""), ("docs/a.md", "# A\n\n[there](b.md#limits)\n")],
        "docs/b.md",
        "# B\n\n(limits)=\nText.\n",
    ),
    (
        "a target of any page is a place",
        &[("docs/conf.py", "extensions = ['myst_parser']\n"), ("docs/a.md", "# A\n\n[there](#limits)\n")],
        "docs/b.md",
        "# B\n\n(limits)=\nText.\n",
    ),
    (
        "MyST looks for a name",
        &[("docs/a.md", "# A\n\n[there](limits)\n"), ("docs/limit.md", "# B\n")],
        "docs/conf.py",
        "# myst_parser\n",
    ),
    (
        "an attribute names a place",
        &[("docs/a.md", "# A\n\n[there](b.md#limits)\n")],
        "docs/b.md",
        "# B\n\n{#limits}\n\nText.\n",
    ),
    (
        "a heading says its place in brackets",
        &[("docs/docset.yml", ""), ("docs/a.md", "# A\n\n[there](b.md#limits)\n")],
        "docs/b.md",
        "# B\n\n## Most [limits]\n",
    ),
    (
        "a category has a page",
        &[("docusaurus.config.js", ""), ("docs/a.md", "# A\n\n[there](./examples)\n"), ("docs/example.md", "# B\n")],
        "sidebars.js",
        "x = {\n  type: 'generated-index',\n  slug: '/examples',\n}\n",
    ),
    (
        "pages are in one folder",
        &[("pages/a/first.md", "# A\n\n[there](second.html)\n"), ("pages/b/second.md", "# B\n")],
        "mix.exs",
        "[extras: []]\n",
    ),
];

#[test]
fn what_a_file_tells_of_generators_reaches_those_who_link() {
    for &(name, files, path, written) in TOLD {
        let sandbox = Sandbox::with(files);
        sandbox.write(path, if path.ends_with(".md") { "# B\n\nText.\n" } else { "" });
        let mut session = Session::default();
        let mut found = |changes: &Changes| {
            let project = Project::unconfigured(sandbox.root().to_path_buf());
            match session.edit(project, changes, &|| false, &Silent) {
                Edited::Issue(issue) => issue.publication.analysis.diagnostics.len(),
                Edited::Same => panic!("{name}: nothing is said to be new"),
                Edited::Overtaken => panic!("nobody overtakes"),
            }
        };
        let project = Project::unconfigured(sandbox.root().to_path_buf());
        let store = || Store::open(&sandbox.path(CACHE_FOLDER)).unwrap();
        let kept = || deliver(&project, Some(&store()), &Silent).unwrap().analysis.diagnostics.len();
        assert_eq!((found(&Changes::Everything), kept()), (1, 1), "{name}");
        sandbox.write(path, written);
        let checked = check_site(&project, Some(&store()), &Silent).diagnostics.len();
        // What a run has found out with another file holds in the next one.
        let all = (found(&Changes::Paths([sandbox.path(path)].into())), checked, kept(), kept());
        assert_eq!(all, (0, 0, 0, 0), "{name}");
        let (_, expected) = build_in_memory(&project, &Silent);
        let actual = files_below(&project.site.output_dir);
        assert!(expected.files().all(|(path, bytes)| actual[path.as_str()] == **bytes), "{name}: the pages are others");
    }
}

#[test]
fn with_nothing_changed_nothing_is_written() {
    let repository = Repository::new();
    repository.deliver();
    let stamps = |folder: &Path| {
        let names = files_below(folder).into_keys();
        names.map(|name| (fs::metadata(folder.join(&name)).unwrap().modified().unwrap(), name)).collect::<Vec<_>>()
    };
    let before = stamps(repository.sandbox.root());
    let written = repository.deliver().written;
    assert_eq!((written.changed, written.removed), (0, 0));
    assert_eq!(stamps(repository.sandbox.root()), before);
}

#[test]
fn a_damaged_cache_costs_time_only() {
    let repository = Repository::new();
    repository.deliver();
    let folder = repository.sandbox.path(CACHE_FOLDER);
    let expected = files_below(&repository.project().site.output_dir);
    for name in files_below(&folder).into_keys() {
        let mut bytes = fs::read(folder.join(&name)).unwrap();
        let half = bytes.len() / 2;
        bytes.iter_mut().skip(half).step_by(7).for_each(|byte| *byte ^= 0x55);
        fs::write(folder.join(&name), bytes).unwrap();
    }
    let written = repository.deliver().written;
    assert_eq!((written.changed, written.removed), (0, 0));
    assert_eq!(files_below(&repository.project().site.output_dir), expected);
    fs::remove_dir_all(&folder).unwrap();
    fs::remove_dir_all(repository.project().site.output_dir).unwrap();
    repository.deliver();
    assert_eq!(files_below(&repository.project().site.output_dir), expected);
}

#[test]
fn a_damaged_piece_is_found_out_when_it_is_needed() {
    let repository = Repository::new();
    let folder = repository.sandbox.path(CACHE_FOLDER);
    for (round, name) in ["bodies", "fragments", "files", "search"].into_iter().cycle().take(12).enumerate() {
        repository.deliver();
        let mut bytes = fs::read(folder.join(name)).unwrap();
        let place = bytes.len() * (round + 1) / 13;
        bytes[place] ^= 0x55;
        fs::write(folder.join(name), bytes).unwrap();
        // Every page is made anew, from bodies that are kept.
        repository.sandbox.write("livedoc.toml", &format!("[site]\ntitle = \"Round {round}\"\n"));
        let found = repository.deliver().analysis.diagnostics;
        let (clean, expected) = build_in_memory(&repository.project(), &Silent);
        let actual = files_below(&repository.project().site.output_dir);
        assert_eq!(found, clean.diagnostics, "{name}, byte {place}");
        for (path, bytes) in expected.files() {
            assert!(actual[path.as_str()] == **bytes, "{path} differs with {name} damaged at byte {place}");
        }
    }
}
