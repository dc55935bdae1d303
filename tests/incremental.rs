//! A build that knows what the last one left gives the same bytes as one that knows nothing, whatever was edited.
//!
//! The edits are drawn from a fixed sequence: guides, decisions, runbooks, alerts, code, specifications, templates and the
//! configuration are added, changed, renamed and deleted, several at a time now and then.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod sandbox;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use livedoc::cache::Store;
use livedoc::config::{Project, Request, load};
use livedoc::extract::REGISTRY;
use livedoc::pipeline::{CACHE_FOLDER, Delivered, Silent, build_in_memory, deliver};
use sandbox::Sandbox;

const EDITS: usize = 200;

/// A fixed sequence of numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn one_of<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}

/// The files of a repository that is edited.
struct Repository {
    sandbox: Sandbox,
    dice: Dice,
    files: BTreeMap<String, &'static Kind>,
    /// Counts the edits, so that texts differ.
    edit: usize,
}

/// A kind of file: where new ones go, and what is in them.
struct Kind {
    place: fn(number: usize) -> String,
    text: fn(repository: &mut Repository) -> String,
    /// How many there may be; one, when its place is fixed.
    most: usize,
}

const KINDS: &[Kind] = &[
    Kind {
        place: |number| format!("docs/{}/guide-{number}.md", ["start", "deep", "deep/er"][number % 3]),
        text: guide,
        most: 9,
    },
    Kind { place: |number| format!("docs/adr/{number:04}-decision.md"), text: decision, most: 6 },
    Kind { place: |number| format!("docs/runbooks/Alert{}.md", number % 4), text: runbook, most: 4 },
    Kind { place: |number| format!("ops/rules-{}.yaml", number % 2), text: rules, most: 2 },
    Kind { place: |number| format!("src/part_{}.rs", number % 3), text: code, most: 3 },
    Kind { place: |_| "src/lib.rs".to_owned(), text: library, most: 1 },
    Kind { place: |_| "openapi.yaml".to_owned(), text: specification, most: 1 },
    Kind { place: |_| "theme/templates/not-found.html".to_owned(), text: template, most: 1 },
    Kind { place: |_| "theme/templates/components/extra.html".to_owned(), text: template, most: 1 },
    Kind { place: |_| "theme/styles/90-own.css".to_owned(), text: style, most: 1 },
    Kind { place: |_| "livedoc.toml".to_owned(), text: configuration, most: 1 },
    Kind { place: |_| "README.md".to_owned(), text: guide, most: 1 },
    Kind { place: |_| "docs/picture.svg".to_owned(), text: picture, most: 1 },
];

/// Something that a text may refer to, existing or not.
fn target(repository: &mut Repository) -> String {
    let files: Vec<String> = repository.files.keys().cloned().collect();
    match repository.dice.below(8) {
        0 => "[adr:2]".to_owned(),
        1 => "[runbook:Alert1]".to_owned(),
        2 => "[GET /things/{id}](api:)".to_owned(),
        3 => "[`shop::part_1::Thing`]".to_owned(),
        4 => format!("[nothing](guide-{}.md)", repository.dice.below(9)),
        5 => "![A picture](/docs/picture.svg)".to_owned(),
        _ => {
            let file = &files[repository.dice.below(files.len())];
            format!("[a file](/{file}{})", repository.dice.one_of(&["", "", "#more", "#nothing"]))
        }
    }
}

fn guide(repository: &mut Repository) -> String {
    let (edit, first, second) = (repository.edit, target(repository), target(repository));
    let title = repository.dice.one_of(&["Start here", "Deploy", "Zebra", "Another guide"]);
    let order = repository.dice.below(4);
    let head = if order == 0 { format!("---\norder: {}\n---\n", edit % 5) } else { String::new() };
    format!(
        "{head}# {title}\n\nEdit {edit}: {first}.\n\n## More\n\nSee {second}.\n\n```rust\nlet edit = {edit};\n```\n"
    )
}

fn decision(repository: &mut Repository) -> String {
    let (edit, target) = (repository.edit, target(repository));
    let status = repository.dice.one_of(&["Accepted", "Proposed", "Superseded by [2](0002-decision.md)"]);
    format!("# Decide {edit}\n\nDate: 2024-03-0{}\n\n## Status\n\n{status}\n\n## Context\n\n{target}\n", 1 + edit % 9)
}

fn runbook(repository: &mut Repository) -> String {
    let (edit, target) = (repository.edit, target(repository));
    format!("# When it fails\n\n## Meaning\n\nEdit {edit}.\n\n## Mitigation\n\n{target}\n")
}

fn rules(repository: &mut Repository) -> String {
    let rule = |number: usize, edit: usize| {
        format!(
            "  - alert: Alert{number}\n    expr: up == {edit}\n    annotations:\n      runbook_url: docs/runbooks/Alert{number}.md\n"
        )
    };
    let edit = repository.edit;
    format!("groups:\n- name: shop\n  rules:\n{}{}", rule(edit % 4, edit), rule((edit + 1) % 4, edit))
}

fn code(repository: &mut Repository) -> String {
    let (edit, target) = (repository.edit, target(repository));
    let name = repository.dice.one_of(&["Thing", "Other"]);
    format!(
        "//! Part {edit}.\n\n/// A thing: {target}\npub struct {name} {{\n    /// Its edit.\n    pub edit: u8,\n}}\n"
    )
}

fn library(repository: &mut Repository) -> String {
    format!("//! The shop, edit {}.\n\npub mod part_0;\npub mod part_1;\n", repository.edit)
}

fn specification(repository: &mut Repository) -> String {
    let (edit, target) = (repository.edit, target(repository));
    format!(
        "openapi: 3.0.3\ninfo: {{ title: Shop, version: '{edit}' }}\npaths:\n  /things/{{id}}:\n    get:\n      operationId: getThing\n      \
         description: \"{target}\"\n      responses: {{ '200': {{ description: Fine }} }}\n"
    )
}

fn template(repository: &mut Repository) -> String {
    repository.dice.one_of(&["<p>{{ page.title }}</p>", "{% if %}", "{{ nothing.at.all }}"]).to_owned()
}

fn style(repository: &mut Repository) -> String {
    format!("body {{ --edit: {}; }}\n", repository.edit)
}

fn configuration(repository: &mut Repository) -> String {
    let title = repository.dice.one_of(&["Shop", "The shop"]);
    let address = repository.dice.one_of(&["", "base-url = \"https://docs.example/\"\n"]);
    format!("[site]\ntitle = \"{title}\"\n{address}")
}

fn picture(repository: &mut Repository) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- {} --></svg>", repository.edit)
}

impl Repository {
    fn new() -> Self {
        let sandbox =
            Sandbox::with(&[("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")]);
        fs::create_dir(sandbox.path(".git")).unwrap();
        let mut repository = Self { sandbox, dice: Dice(0x9E37_79B9_7F4A_7C15), files: BTreeMap::new(), edit: 0 };
        repository.files.insert("Cargo.toml".to_owned(), &KINDS[0]);
        for kind in KINDS {
            for number in 0..kind.most.min(3) {
                repository.edit += 1;
                repository.add(kind, number);
            }
        }
        repository
    }

    fn add(&mut self, kind: &'static Kind, number: usize) {
        let text = (kind.text)(self);
        let place = (kind.place)(number);
        self.sandbox.write(&place, &text);
        self.files.insert(place, kind);
    }

    /// One random edit, and what it was.
    fn edit(&mut self) -> String {
        self.edit += 1;
        let kind = &KINDS[self.dice.below(KINDS.len())];
        let edited: Vec<String> = self.files.keys().filter(|path| *path != "Cargo.toml").cloned().collect();
        let path = edited[self.dice.below(edited.len())].clone();
        match self.dice.below(6) {
            0 | 1 => {
                let number = self.dice.below(kind.most * 2);
                self.add(kind, number);
                format!("add {}", (kind.place)(number))
            }
            2 => {
                fs::remove_file(self.sandbox.path(&path)).unwrap();
                self.files.remove(&path);
                format!("delete {path}")
            }
            3 if path.ends_with(".md") => {
                let moved = format!("{}-{}.md", path.trim_end_matches(".md"), self.edit);
                fs::rename(self.sandbox.path(&path), self.sandbox.path(&moved)).unwrap();
                let kind = self.files.remove(&path).unwrap();
                self.files.insert(moved.clone(), kind);
                format!("rename {path} to {moved}")
            }
            _ => {
                let text = (self.files[&path].text)(self);
                self.sandbox.write(&path, &text);
                format!("change {path}")
            }
        }
    }

    fn project(&self) -> Project {
        let request = Request {
            folder: self.sandbox.root().to_path_buf(),
            configuration: None,
            variables: Vec::new(),
            flags: Vec::new(),
            extractors: REGISTRY.iter().map(|extractor| extractor.spec().name).collect(),
        };
        load(&request).unwrap().project
    }

    /// What a new process makes of the repository, knowing what the last one left.
    fn deliver(&self) -> Delivered {
        let project = self.project();
        let store = Store::open(&project.root.join(CACHE_FOLDER)).unwrap();
        deliver(&project, Some(&store), &Silent).unwrap()
    }
}

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
    for _ in 0..EDITS {
        let several = if repository.dice.below(10) == 0 { 5 } else { 1 };
        history.extend((0..several).map(|_| repository.edit()));
        let Delivered { analysis, .. } = repository.deliver();
        let project = repository.project();
        let (clean, expected) = build_in_memory(&project, &Silent);
        let recent = history[history.len().saturating_sub(5)..].join("\n");
        assert_eq!(analysis.diagnostics, clean.diagnostics, "findings differ after\n{recent}");
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
