//! Indexes for the client's tests in `tests/browser/search*.test.mjs`, and what can be said about them without it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use livedoc::graph::{Column, Kind, Section as SiteSection};
use livedoc::search::{Document, Gathering, Index, Section};
use livedoc::source::ContentHash;
use rayon::prelude::*;

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

type Published = (&'static Kind, Document);

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

fn rows() -> Vec<Published> {
    let rows: Vec<Row> = serde_json::from_str(include_str!("search/documents.json")).unwrap();
    let rows = rows.into_iter().map(|Row { kind, url, title, context, names, sections }| {
        let kind = KINDS.iter().find(|known| known.name == kind).unwrap();
        let section = |(anchor, heading, text)| Section { anchor, heading, text, range: 0..0 };
        let sections = sections.into_iter().map(section).collect();
        (kind, Document { url, title, context, copy: String::new(), names, sections })
    });
    rows.collect()
}

/// The Markdown copies of the pages of `documents`, which learn where in them their texts are.
fn copies(documents: &mut [Published]) -> BTreeMap<String, String> {
    let mut copies: BTreeMap<String, String> = BTreeMap::new();
    for (_, document) in documents {
        let page = document.url.split('#').next().unwrap_or_default();
        document.copy = match page.strip_suffix(".html") {
            Some(stem) => format!("{stem}.md"),
            None => format!("{page}index.md"),
        };
        let copy = copies.entry(document.copy.clone()).or_default();
        copy.push_str(&format!("# {}\n\n", document.title));
        for Section { heading, text, range, .. } in &mut document.sections {
            if !heading.is_empty() {
                copy.push_str(&format!("## {heading}\n\n"));
            }
            let start = copy.len() as u32;
            copy.push_str(text);
            *range = start..copy.len() as u32;
            copy.push_str("\n\n");
        }
    }
    copies
}

fn key(document: &Document) -> ContentHash {
    ContentHash::of(format!("{document:?}").as_bytes())
}

/// The index of `documents`; what `previous` knows is not told again.
fn index(documents: &[Published], previous: Option<&Index>) -> Index {
    let (kinds, keys) = kinds_and_keys(documents);
    let gathering = Gathering::new(&kinds, previous.map(|index| (index, keys.as_slice())));
    documents.par_iter().enumerate().filter(|(item, _)| gathering.needs(*item)).for_each(|(item, (_, document))| {
        gathering.add(item, document);
    });
    gathering.finish(&keys)
}

fn kinds_and_keys(documents: &[Published]) -> (Vec<&'static Kind>, Vec<ContentHash>) {
    documents.iter().map(|(kind, document)| (*kind, key(document))).unzip()
}

type Files = BTreeMap<String, Arc<[u8]>>;

fn files(index: &Index) -> Files {
    let files: Files = index.files().collect();
    assert_eq!(files.len(), index.files().count(), "each file once");
    files
}

/// Writes `documents` where the client's tests look for them: `search/` and the copies, as in a site.
fn write(name: &str, mut documents: Vec<Published>) -> Files {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("search").join(name);
    let _ = fs::remove_dir_all(&folder);
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    for (path, copy) in copies(&mut documents) {
        write(&path, copy.as_bytes());
    }
    let files = files(&index(&documents, None));
    for (path, bytes) in &files {
        write(&format!("search/{path}"), bytes);
    }
    files
}

/// How many files each folder has.
fn folders(files: &Files) -> BTreeMap<&str, usize> {
    let mut folders = BTreeMap::new();
    for path in files.keys() {
        *folders.entry(path.split('/').next().unwrap_or_default()).or_default() += 1;
    }
    folders
}

#[test]
fn small() {
    let files = write("small", rows());
    let expected = BTreeMap::from([("manifest.bin", 1), ("words", 1), ("documents", 1)]);
    assert_eq!(folders(&files), expected, "one file of each kind is enough");
}

#[test]
fn empty() {
    let files = write("empty", Vec::new());
    assert_eq!(files.len(), 1, "only the manifest");
}

/// Ten thousand pages of made-up words that are as unequal in use as real ones are.
#[test]
fn large() {
    write("large", (0..10_000).map(|number| (&KINDS[0], page(number))).collect());
    let sample: Vec<Document> = (0..10_000).step_by(211).map(page).collect();
    let queries: Vec<String> = sample.iter().enumerate().map(|(number, page)| query(page, number)).collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search/queries.json");
    fs::write(path, serde_json::to_string(&queries).unwrap()).unwrap();
}

#[test]
fn the_same_bytes_however_many_threads_and_in_whatever_order() {
    let documents: Vec<Published> = (0..1_500).map(|number| (&KINDS[(number % 3) as usize], page(number))).collect();
    let files = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| files(&index(&documents, None)))
    };
    let expected = files(1);
    assert!(files(4) == expected);
    let (kinds, keys) = kinds_and_keys(&documents);
    let gathering = Gathering::new(&kinds, None);
    (0..documents.len()).rev().for_each(|item| gathering.add(item, &documents[item].1));
    assert!(gathering.finish(&keys).files().collect::<Files>() == expected);
}

#[test]
fn an_index_that_knows_what_stayed_is_that_of_one_that_knows_nothing() {
    let mut random = Random(7);
    let mut documents: Vec<Published> = (0..400).map(|number| (&KINDS[(number % 3) as usize], page(number))).collect();
    let mut known = index(&documents, None);
    for edit in 0..60 {
        for _ in 0..=random.below(4) {
            change(&mut documents, &mut random, edit);
        }
        let clean = index(&documents, None);
        // Now and then it comes from disk.
        let previous = if edit % 3 == 0 { Index::from_bytes(&known.to_bytes()).unwrap() } else { known };
        known = index(&documents, Some(&previous));
        assert!(files(&known) == files(&clean), "after edit {edit}");
        assert!(known.to_bytes() == clean.to_bytes(), "after edit {edit}");
    }
}

/// Adds, changes, moves or removes something.
fn change(documents: &mut Vec<Published>, random: &mut Random, edit: u64) {
    let length = documents.len() as u64;
    let place = random.below(length.max(1)) as usize;
    match random.below(9) {
        0 => documents.insert(place, (&KINDS[random.below(7) as usize], page(1_000 + edit))),
        _ if documents.is_empty() => {}
        1 => drop(documents.remove(place)),
        2 => documents[place].1.url = format!("renamed/{edit}/"),
        3 => documents[place].1.title = random.words(3),
        4 => documents[place].1.sections[1].text.push_str(" another word"),
        5 => drop(documents[place].1.sections.pop()),
        6 => documents[place].0 = &KINDS[random.below(7) as usize],
        7 => documents.swap(place, random.below(length) as usize),
        // The same twice, which no site has.
        _ => documents.push(documents[place].clone()),
    }
    // So that there are never none, and a change never meets too few sections.
    documents.retain(|(_, document)| document.sections.len() > 1);
}

/// Documents that are numbered as before, and shards far from what changed, have the files that they had.
#[test]
fn an_edit_changes_few_files() {
    let mut documents: Vec<Published> = (0..2_000).map(|number| (&KINDS[0], page(number))).collect();
    let before = files(&index(&documents, None));
    documents[1_234].1.sections[1].text.push_str(" somethingelse");
    let after = files(&index(&documents, None));
    let changed: Vec<&String> = after.keys().filter(|path| before.get(*path) != after.get(*path)).collect();
    assert!(before.len() > 100 && changed.len() <= 4, "{changed:?}");
}

#[test]
fn damaged_bytes_are_no_index() {
    let documents: Vec<Published> = (0..50).map(|number| (&KINDS[0], page(number))).collect();
    let bytes = index(&documents, None).to_bytes();
    assert!(Index::from_bytes(&bytes).is_some_and(|index| index.to_bytes() == bytes));
    let mut random = Random(3);
    for _ in 0..300 {
        let mut damaged = bytes.clone();
        let place = random.below(damaged.len() as u64) as usize;
        damaged[place] ^= 1 + random.below(255) as u8;
        assert!(Index::from_bytes(&damaged).is_none(), "byte {place} differs");
        assert!(Index::from_bytes(&bytes[..place]).is_none(), "{place} of {} bytes", bytes.len());
    }
    for foreign in [&b""[..], b"livedoc", &[0; 100], &[255; 4_000]] {
        assert!(Index::from_bytes(foreign).is_none());
    }
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
        range: 0..0,
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
