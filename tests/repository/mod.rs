//! A repository that is edited at random, from a fixed sequence: guides, decisions, runbooks, alerts, code, specifications,
//! templates and the configuration are added, changed, renamed and deleted.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use livedoc::cache::Store;
use livedoc::config::{Project, Request, load};
use livedoc::diagnostic::Diagnostics;
use livedoc::discover::Changes;
use livedoc::extract::REGISTRY;
use livedoc::pipeline::{CACHE_FOLDER, Delivered, Silent, check_site, deliver};

use crate::sandbox::Sandbox;

/// A fixed sequence of numbers (xorshift).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
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
pub(crate) struct Repository {
    pub(crate) sandbox: Sandbox,
    pub(crate) dice: Dice,
    files: BTreeMap<String, &'static Kind>,
    /// Counts the edits, so that texts differ.
    edit: usize,
    /// What was edited since somebody looked.
    touched: BTreeSet<PathBuf>,
}

/// A kind of file: where new ones go, and what is in them.
pub(crate) struct Kind {
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
    Kind { place: |_| ".github/CODEOWNERS".to_owned(), text: code_owners, most: 1 },
    Kind { place: |_| "catalog-info.yaml".to_owned(), text: catalog, most: 1 },
    Kind { place: |number| format!("ops/data-{}.yaml", number % 2), text: any_data, most: 2 },
    Kind { place: |_| "ops/data.json".to_owned(), text: any_json, most: 1 },
    Kind { place: |_| "README.md".to_owned(), text: guide, most: 1 },
    Kind { place: |_| "docs/picture.svg".to_owned(), text: picture, most: 1 },
];

/// Something that a text may refer to, existing or not.
fn target(repository: &mut Repository) -> String {
    let files: Vec<String> = repository.files.keys().cloned().collect();
    match repository.dice.below(9) {
        0 => "[adr:2]".to_owned(),
        1 => "[runbook:Alert1]".to_owned(),
        2 => "[GET /things/{id}](api:)".to_owned(),
        3 => "[`shop::part_1::Thing`]".to_owned(),
        4 => format!("[perhaps](guide-{}.md#more)", repository.dice.below(9)),
        5 => "![A picture](/docs/picture.svg)".to_owned(),
        6 => "`shop::part_0::Other`".to_owned(),
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
    let known = repository.dice.one_of(&["", "", "<!-- livedoc-ignore broken-link, broken-anchor: known -->\n"]);
    format!(
        "{head}# {title}\n\n{known}Edit {edit}: {first}.\n\n## More\n\nSee {second}.\n\n```rust\nlet edit = {edit};\n```\n"
    )
}

fn decision(repository: &mut Repository) -> String {
    let (edit, target) = (repository.edit, target(repository));
    let status = repository.dice.one_of(&["Accepted", "Proposed", "Superseded by [2](0002-decision.md)"]);
    format!("# Decide {edit}\n\nDate: 2024-03-0{}\n\n## Status\n\n{status}\n\n## Context\n\n{target}\n", 1 + edit % 9)
}

fn code_owners(repository: &mut Repository) -> String {
    let pattern = repository.dice.one_of(&["*", "/docs/", "docs/adr/*", "*.rs", "/nothing/"]);
    let owner = repository.dice.one_of(&["@shop/core", "@shop/docs", "@alice", "nobody"]);
    format!("/docs/ @shop/docs\n{pattern} {owner} # {}\n", repository.edit)
}

fn catalog(repository: &mut Repository) -> String {
    let owner = repository.dice.one_of(&["core", "user:alice", "sellers"]);
    let edit = repository.edit;
    format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {{ name: shop, description: Edit {edit}. }}\nspec: {{ type: service, owner: {owner} }}\n"
    )
}

fn runbook(repository: &mut Repository) -> String {
    let (edit, target) = (repository.edit, target(repository));
    let owner = repository.dice.one_of(&["", "---\nowner: core\n---\n", "---\nowner: alice\n---\n"]);
    format!("{owner}# When it fails\n\n## Meaning\n\nEdit {edit}.\n\n## Mitigation\n\n{target}\n")
}

fn rules(repository: &mut Repository) -> String {
    let rule = |number: usize, edit: usize| {
        format!(
            "  - alert: Alert{number}\n    expr: shop_sold_{}_total > {edit}\n    annotations:\n      runbook_url: docs/runbooks/Alert{number}.md\n",
            edit % 2
        )
    };
    let edit = repository.edit;
    format!("groups:\n- name: shop\n  rules:\n{}{}", rule(edit % 4, edit), rule((edit + 1) % 4, edit))
}

fn code(repository: &mut Repository) -> String {
    let (edit, target) = (repository.edit, target(repository));
    let name = repository.dice.one_of(&["Thing", "Other"]);
    format!(
        "//! Part {edit}.\n\n/// A thing: {target}\npub struct {name} {{\n    /// Its edit.\n    pub edit: u8,\n}}\n\n/// Counts.\npub fn count() {{\n    metrics::counter!(\"shop_sold_{}_total\").increment(1);\n}}\n",
        edit % 2
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

/// A file that is of another kind after an edit, which only its content tells.
fn any_data(repository: &mut Repository) -> String {
    match repository.dice.below(4) {
        0 => specification(repository).replace("Shop", "Data"),
        1 => rules(repository),
        2 => catalog(repository).replace("name: shop", "name: data"),
        _ => format!("settings:\n  edit: {}\n", repository.edit),
    }
}

fn any_json(repository: &mut Repository) -> String {
    let edit = repository.edit;
    match repository.dice.below(3) {
        0 => format!(r#"{{"openapi": "3.0.3", "info": {{"title": "Edit {edit}", "version": "1"}}, "paths": {{}}}}"#),
        1 => format!(
            r#"{{"panels": [{{"title": "Load", "targets": [{{"expr": "load_{edit}"}}]}}], "schemaVersion": 39, "title": "Edit {edit}"}}"#
        ),
        _ => format!(r#"{{"edit": {edit}}}"#),
    }
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
    pub(crate) fn new() -> Self {
        let sandbox = Sandbox::with(&[(
            "Cargo.toml",
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nmetrics = \"0.24\"\n",
        )]);
        fs::create_dir(sandbox.path(".git")).unwrap();
        let mut repository = Self {
            sandbox,
            dice: Dice(0x9E37_79B9_7F4A_7C15),
            files: BTreeMap::new(),
            edit: 0,
            touched: BTreeSet::new(),
        };
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
        self.write(&place, &text);
        self.files.insert(place, kind);
    }

    /// One random edit, and what it was.
    pub(crate) fn edit(&mut self) -> String {
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
                fs::remove_file(self.touch(&path)).unwrap();
                self.files.remove(&path);
                format!("delete {path}")
            }
            3 if path.ends_with(".md") => {
                let moved = format!("{}-{}.md", path.trim_end_matches(".md"), self.edit);
                fs::rename(self.touch(&path), self.touch(&moved)).unwrap();
                let kind = self.files.remove(&path).unwrap();
                self.files.insert(moved.clone(), kind);
                format!("rename {path} to {moved}")
            }
            _ => {
                let text = (self.files[&path].text)(self);
                self.write(&path, &text);
                format!("change {path}")
            }
        }
    }

    /// An edit within the text of a random file, and what it was: other words, one more link, another heading, or
    /// nothing at all.
    pub(crate) fn touch_up(&mut self) -> String {
        self.edit += 1;
        let target = target(self);
        let is_heading = self.dice.below(3) == 0;
        let is_wanted = |path: &&String| if is_heading { path.contains("guide-") } else { !path.ends_with(".toml") };
        let paths: Vec<&String> = self.files.keys().filter(is_wanted).collect();
        if paths.is_empty() {
            return "touch up nothing".to_owned();
        }
        let path = paths[self.dice.below(paths.len())].clone();
        let text = fs::read_to_string(self.sandbox.path(&path)).unwrap();
        let text = match self.dice.below(5) {
            0 if is_heading => text.replacen("# ", "# A ", 1),
            _ if is_heading && text.contains("## More") => text.replace("## More", "## Even less"),
            _ if is_heading => text.replace("## Even less", "## More"),
            0 => text,
            1 if path.ends_with(".md") => format!("{text}\nMore: {target}.\n"),
            2 if path.ends_with(".md") => format!("{text}\n{{{{< a shortcode >}}}}\n"),
            3 if text.contains("sold_0") => text.replace("sold_0", "sold_1"),
            3 if text.contains("sold_1") => text.replace("sold_1", "sold_0"),
            _ => text.replace("dit", &format!("dit {}, edit", self.edit)),
        };
        self.write(&path, &text);
        format!("touch up {path}")
    }

    fn write(&mut self, path: &str, text: &str) {
        self.sandbox.write(path, text);
        self.touch(path);
    }

    fn touch(&mut self, path: &str) -> PathBuf {
        let path = self.sandbox.path(path);
        self.touched.insert(path.clone());
        path
    }

    /// What a watcher would tell of the edits since the last time.
    pub(crate) fn changes(&mut self) -> Changes {
        let touched = std::mem::take(&mut self.touched);
        let decides = touched.iter().any(|path| path.ends_with("livedoc.toml"));
        if decides { Changes::Everything } else { Changes::Paths(touched) }
    }

    pub(crate) fn project(&self) -> Project {
        let request = Request {
            folder: self.sandbox.root().to_path_buf(),
            configuration: None,
            variables: Vec::new(),
            flags: Vec::new(),
            extractors: REGISTRY.iter().map(|extractor| extractor.spec().name).collect(),
        };
        load(&request).unwrap().project
    }

    /// What a new process finds that makes no site and leaves what it knew to the next one.
    pub(crate) fn check(&self) -> Diagnostics {
        let project = self.project();
        let store = Store::open(&project.root.join(CACHE_FOLDER)).unwrap();
        check_site(&project, Some(&store), &Silent).diagnostics
    }

    /// What a new process makes of the repository, knowing what the last one left.
    pub(crate) fn deliver(&self) -> Delivered {
        let project = self.project();
        let store = Store::open(&project.root.join(CACHE_FOLDER)).unwrap();
        deliver(&project, Some(&store), &Silent).unwrap()
    }
}
