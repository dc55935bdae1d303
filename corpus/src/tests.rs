//! What is made is the same everywhere, and is like documentation.

use std::collections::HashSet;

use crate::{CODE_UNIT, File, Guides, SPECIFICATION_UNIT, crates, repository, specifications};

/// FNV-1a, of which no release can be another one.
fn fingerprint(files: impl Iterator<Item = File>) -> u64 {
    let bytes = files.flat_map(|file| format!("{}\0{}\0", file.path, file.text).into_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Figures of different days can be compared only while this holds.
#[test]
fn the_same_number_gives_the_same_bytes() {
    assert_eq!(format!("{:016x}", fingerprint(repository(120))), "e8481f7ff0092641");
}

#[test]
fn a_page_depends_on_its_index_alone() {
    let guides = Guides::new(500);
    let later = guides.page(321);
    let _ = guides.page(0);
    assert_eq!(guides.page(321), later);
    assert_ne!(guides.page(322).body, later.body);
}

#[test]
fn pages_are_as_long_and_as_rich_as_real_ones() {
    const PAGES: usize = 1_000;
    let guides = Guides::new(PAGES);
    let pages: Vec<_> = (0..PAGES).map(|index| guides.page(index)).collect();
    let each = |count: usize| count as f64 / PAGES as f64;
    let count = |mark: &str| each(pages.iter().map(|page| page.body.matches(mark).count()).sum());
    assert!((4_500.0..5_500.0).contains(&each(pages.iter().map(|page| page.text().len()).sum())));
    for (what, mark, range) in [
        ("headings", "\n##", 4.0..7.0),
        ("links", "](../", 3.0..5.0),
        ("listings", "\n```\n", 1.8..2.8),
        ("tables", "\n|---|", 0.1..0.5),
        ("points", "\n- ", 3.0..8.0),
    ] {
        assert!(range.contains(&count(mark)), "{what}: {}", count(mark));
    }
    assert!((0.2..0.4).contains(&each(pages.iter().filter(|page| !page.front_matter.is_empty()).count())));
    let titles: HashSet<&str> = pages.iter().map(|page| page.title.as_str()).collect();
    assert!(titles.len() > PAGES * 99 / 100);
    let listings: Vec<&str> = pages.iter().flat_map(|page| page.body.split("```").skip(1).step_by(2)).collect();
    let distinct: HashSet<&str> = listings.iter().copied().collect();
    let share = distinct.len() as f64 / listings.len() as f64;
    assert!((0.7..0.9).contains(&share), "{share} of the listings stand nowhere else");
}

#[test]
fn links_lead_to_pages_and_sections() {
    const PAGES: usize = 60;
    let guides = Guides::new(PAGES);
    let pages: Vec<_> = (0..PAGES).map(|index| guides.page(index)).collect();
    for page in &pages {
        for link in page.body.split("](../").skip(1) {
            let address = link.split(')').next().unwrap_or_default();
            let (path, section) = address.split_once('#').unwrap_or((address, ""));
            let target = pages.iter().find(|page| page.path == path);
            let Some(target) = target else { panic!("{path} is no page") };
            let known = |line: &str| line.trim_start_matches(['#', ' ']).to_lowercase().replace(' ', "-") == section;
            let leads = section.is_empty() || target.body.lines().any(|line| line.starts_with('#') && known(line));
            assert!(leads, "{address}");
        }
    }
}

#[test]
fn code_and_specifications_have_as_many_nodes_as_asked_for() {
    let code: String = crates(1_000).filter(|file| file.path.ends_with(".rs")).map(|file| file.text).collect();
    let units = code.matches("pub struct").count();
    assert_eq!(units * CODE_UNIT, 1_000);
    let items = [
        "pub struct",
        "pub fn",
        "pub enum",
        "    pub first_",
        "    pub second_",
        "    First,",
        "    Second,",
        "    Third,",
    ];
    assert_eq!(items.iter().map(|item| code.matches(item).count()).sum::<usize>(), 1_000);
    let documents: String = specifications(1_000).map(|file| file.text).collect();
    assert_eq!(documents.matches("operationId").count() * SPECIFICATION_UNIT, 1_000);
}
