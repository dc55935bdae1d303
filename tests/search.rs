//! Indexes for the client's tests in `tests/browser/search*.test.mjs`, and what can be said about them without it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use livedoc::graph::{Column, Kind, Section as SiteSection};
use livedoc::search::{Document, Section, index};

static SECTION: SiteSection = SiteSection { slug: "all", label: "All", icon: "page", order: 1 };

const fn kind(name: &'static str, label: &'static str, facet: &'static str, scheme: &'static str, order: u16) -> Kind {
    let list: Option<&'static [Column]> = if order < 5 { Some(&[]) } else { None };
    Kind { name, label, plural: facet, section: &SECTION, order, scheme, list, facet }
}

static KINDS: [Kind; 7] = [
    kind("guide", "Guide", "Guides", "guide", 1),
    kind("adr", "Decision", "Decisions", "adr", 2),
    kind("runbook", "Runbook", "Runbooks", "runbook", 3),
    kind("alert", "Alert", "Alerts", "alert", 4),
    kind("operation", "Operation", "Operations", "api", 5),
    kind("struct", "Struct", "Code", "rust", 6),
    kind("fn", "Function", "Code", "rust", 7),
];

#[derive(serde::Deserialize)]
struct Row {
    kind: String,
    url: String,
    title: String,
    #[serde(default)]
    context: String,
    #[serde(default)]
    names: Vec<String>,
    sections: Vec<(String, String, String)>,
}

type Files = Vec<(String, Vec<u8>)>;

fn rows() -> Vec<(&'static Kind, Document)> {
    let rows: Vec<Row> = serde_json::from_str(include_str!("search/documents.json")).unwrap();
    let rows = rows.into_iter().map(|Row { kind, url, title, context, names, sections }| {
        let kind = KINDS.iter().find(|known| known.name == kind).unwrap();
        let sections = sections.into_iter().map(|(anchor, heading, text)| Section { anchor, heading, text });
        (kind, Document { url, title, context, names, sections: sections.collect() })
    });
    rows.collect()
}

/// Writes `files` where the client's tests look for them.
fn write(name: &str, files: &Files) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("search").join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

#[test]
fn small() {
    let files = index(&rows(), Document::clone);
    write("small", &files);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["manifest.bin", "words/0.bin", "documents/0.bin"], "one file of each kind is enough");
}

#[test]
fn empty() {
    let none: [(&Kind, Document); 0] = [];
    let files = index(&none, Document::clone);
    write("empty", &files);
    assert_eq!(files.len(), 1, "only the manifest");
}

/// Ten thousand pages of made-up words that are as unequal in use as real ones are.
#[test]
fn large() {
    let pages: Vec<(&Kind, u64)> = (0..10_000).map(|number| (&KINDS[0], number)).collect();
    let files = index(&pages, |&number| page(number));
    write("large", &files);
    let sample: Vec<Document> = (0..10_000).step_by(211).map(page).collect();
    let queries: Vec<String> = sample.iter().enumerate().map(|(number, page)| query(page, number)).collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search/queries.json");
    fs::write(path, serde_json::to_string(&queries).unwrap()).unwrap();
}

#[test]
fn the_same_bytes_however_many_threads() {
    let pages: Vec<(&Kind, u64)> = (0..1_500).map(|number| (&KINDS[(number % 3) as usize], number)).collect();
    let files = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| index(&pages, |&number| page(number)))
    };
    assert!(files(1) == files(4));
}

/// What somebody might type who looks for `page`: one to four words in a row of its text, or its title.
fn query(page: &Document, number: usize) -> String {
    let words: Vec<&str> = page.sections[number % 3].text.split(' ').collect();
    match number % 5 {
        0 => page.title.clone(),
        length => words[number % 20..][..length].join(" "),
    }
}

fn page(number: u64) -> Document {
    let mut random = Random(number * 0x9e37_79b9 + 1);
    let sections = (0..3).map(|section| Section {
        anchor: if section == 0 { String::new() } else { format!("section-{section}") },
        heading: if section == 0 { String::new() } else { random.words(3) },
        text: random.words(90),
    });
    let sections = sections.collect();
    Document { url: format!("pages/{number}/"), title: random.words(4), sections, ..Document::default() }
}

struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// Words of which the thousandth is a thousand times as rare as the first (Zipf's law), out of about 60,000.
    fn words(&mut self, count: usize) -> String {
        let words = (0..count).map(|_| {
            let rank = 1_u64 << self.below(16);
            word(rank + self.below(rank))
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// A word of two to five syllables.
fn word(mut rank: u64) -> String {
    let mut word = String::new();
    loop {
        word.push(char::from(b"bdfgklmnprstvz"[(rank % 14) as usize]));
        word.push(char::from(b"aeiou"[(rank / 14 % 5) as usize]));
        rank /= 70;
        if rank == 0 {
            return word + "s";
        }
    }
}
