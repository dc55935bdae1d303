//! A page's key changes with whatever the page shows: after each of these edits, a page of the same key has the same bytes,
//! and few pages have another one.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod sandbox;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use livedoc::config::Project;
use livedoc::pipeline::{Silent, build_in_memory};
use livedoc::render::{Pages, SiteFile, prepare};
use livedoc::source::ContentHash;
use sandbox::Sandbox;

/// What each page is made of, by its address: its key and its files.
fn pages(root: &Path) -> BTreeMap<String, (ContentHash, Vec<SiteFile>)> {
    let mut project = Project::unconfigured(root.to_path_buf());
    project.site.title = "Shop".to_owned();
    let (analysis, _) = build_in_memory(&project, &Silent);
    let common = prepare(&analysis.resolved, &analysis.plan, &project);
    let (resolved, plan, theme, sources) = (&analysis.resolved, &analysis.plan, &analysis.theme, &analysis.tree);
    let pages = Pages { resolved, plan, project: &project, theme, sources, history: None, common: &common };
    let body = |id| ContentHash::of(format!("{:?}", resolved.graph.node(id)).as_bytes());
    let made = pages.all().map(|page| {
        let made = pages.make(page);
        assert!(made.problem.is_none(), "{:?}", made.problem);
        let announced: Vec<String> = [Some(page.file()), page.copy()].into_iter().flatten().collect();
        assert_eq!(made.files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>(), announced);
        (page.file(), (pages.sheet(page).key(&body), made.files))
    });
    made.collect()
}

/// A file, what is replaced in it, and how many pages may change at most.
type Edit = (&'static str, &'static str, &'static str, usize);

const EDITS: &[Edit] = &[
    ("docs/architecture.md", "This page is the map", "This page is a map", 2),
    ("docs/onboarding/first-day.md", "title: First day", "title: The very first day", 25),
    ("docs/adr/0005-idempotency-keys.md", "ccepted", "ccepted in part", 12),
    (
        "src/orders.rs",
        "fn can_become(self, next: Self) -> bool {\n",
        "fn can_become(self, next: Self) -> bool {\n\n",
        8,
    ),
    ("src/orders.rs", "{Cancelled, Expired", "{Expired, Cancelled", 2),
    ("theme/templates/list.html", "", "{{ page.title }}", usize::MAX),
];

#[test]
fn pages_of_one_key_are_the_same() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("example-project");
    let sandbox = Sandbox::of(&example, &[]);
    let mut before = pages(sandbox.root());
    assert!(before.len() > 50, "the example has pages");
    for &(file, from, to, most) in EDITS {
        let text = fs::read_to_string(sandbox.root().join(file)).unwrap_or_default();
        assert!(text.contains(from), "{file} has {from}");
        sandbox.write(file, &text.replacen(from, to, 1));
        let after = pages(sandbox.root());
        let mut changed = 0;
        for (path, (key, files)) in &after {
            let same = before.get(path).is_some_and(|(before, _)| before == key);
            assert!(!same || before[path].1 == *files, "{file}: {path} has another text and the same key");
            changed += usize::from(!same);
        }
        assert!((1..=most).contains(&changed), "{file}: {changed} pages have another key");
        before = after;
    }
}
