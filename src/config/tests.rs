//! What files, variables and flags make of a project, and what is said about those that are wrong.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::fs;
use std::path::Path;

use super::{Flag, FoundBy, KEYS, Loaded, Request, load};
use crate::diagnostic::Level;
use crate::source::Sources;

fn request(folder: &Path) -> Request<'static> {
    Request {
        folder: folder.to_path_buf(),
        configuration: None,
        variables: Vec::new(),
        flags: Vec::new(),
        extractors: vec!["adr", "guides"],
    }
}

/// Each finding as `line:column message | hint`.
fn findings(loaded: &Loaded) -> Vec<String> {
    let describe = |finding: &crate::diagnostic::Diagnostic| {
        assert_eq!(finding.level, Level::Error);
        let place = finding.span.map_or_else(String::new, |span| {
            let position = loaded.source(span.file).unwrap().position(span.start);
            format!("{}:{} ", position.line, position.column)
        });
        format!("{place}{} | {}", finding.message, finding.hint)
    };
    loaded.diagnostics.iter().map(describe).collect()
}

fn read(text: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("livedoc.toml"), text).unwrap();
    load(&request(folder.path())).unwrap()
}

#[test]
fn everything_that_can_be_set() {
    let loaded = read(
        r#"
        [site]
        title = "Shop"
        description = "All of it"
        base-url = "https://docs.example.org/shop"
        language = "de"
        output-dir = "../out"
        [source]
        exclude = ["old"]
        repository = "git@github.com:example/shop.git"
        revision = "v1"
        [extract.adr]
        paths = ["records/*.md"]
        exclude = ["records/README.md"]
        [extract]
        guides.enabled = false
        rust.source-pages = false
        rust.rustdoc-json = ["target/doc", "./json/shop.json"]
        [rules]
        broken-link = "off"
        [serve]
        port = 0
        interface = "::1"
        open = true
        "#,
    );
    assert_eq!(findings(&loaded), [""; 0]);
    let text = format!("{:?}", loaded.project);
    for part in [
        "title: \"Shop\"",
        "description: \"All of it\"",
        "base_url: Some(\"https://docs.example.org/shop/\")",
        "language: \"de\"",
        "url: \"https://github.com/example/shop\", revision: \"v1\"",
        "levels: {BrokenLink: Off}",
        "port: 0, interface: \"::1\", open: true",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let outside = loaded.project.root.parent().unwrap().join("out");
    assert_eq!(loaded.project.site.output_dir, outside);
    assert!(!loaded.project.extractor("guides").enabled);
    let named: Vec<&str> = loaded.project.named().iter().map(|path| path.as_str()).collect();
    assert_eq!(named, ["target/doc", "json/shop.json"]);
    assert!(!loaded.project.extractor("rust").source_pages && loaded.project.extractor("adr").source_pages);
    let path = |text: &str| crate::source::RepoPath::new(text).unwrap();
    assert!(loaded.project.extractor("adr").admits(path("records/1.md"), || false));
    assert!(!loaded.project.extractor("adr").admits(path("records/README.md"), || true));
    assert!(loaded.project.exclude.matches(path("old/a/b.md")));
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    let cases: [(&str, &[&str]); 20] = [
        ("[site]\ntitel = 'x'", &["2:1 no key is called `titel` in [site] | did you mean `title`?"]),
        ("[sites]\ntitle = 'x'", &["1:2 no key or table is called `sites` in livedoc.toml | did you mean `site`?"]),
        ("title = 'x'", &["1:1 no key or table is called `title` in livedoc.toml | it is called `site.title`"]),
        (
            "[serve]\nhost = 'x'",
            &["2:1 no key is called `host` in [serve] | known are `port`, `interface`, `open`, `navigate`"],
        ),
        ("[extract.adrs]\nenabled = true", &["1:10 no extractor is called `adrs` in [extract] | did you mean `adr`?"]),
        ("[extract.adr]\npath = []", &["2:1 no key is called `path` in [extract.adr] | did you mean `paths`?"]),
        (
            "[rules]\nbroken_link = 'off'",
            &["2:1 no rule is called `broken_link` in [rules] | did you mean `broken-link`?"],
        ),
        ("[rules]\nxyzzy = 'off'", &["2:1 no rule is called `xyzzy` in [rules] | `livedoc explain` lists the rules"]),
        (
            "[rules]\nbroken-link = 'warning'",
            &["2:15 `rules.broken-link`: `warning` is no level: `off`, `note`, `warn` and `error` are | "],
        ),
        (
            "[rules]\ninvalid-configuration = 'off'",
            &["2:25 `rules.invalid-configuration`: a configuration that cannot be understood is always an error | "],
        ),
        ("site = 3", &["1:8 `site` is a table | write `[site]` on a line of its own"]),
        ("[site]\ntitle = 3", &["2:9 `site.title`: text is needed here, not a number | "]),
        ("[serve]\nport = 70000", &["2:8 `serve.port`: 70000 is no port: 0 to 65535 are | "]),
        ("[serve]\nopen = 'yes'", &["2:8 `serve.open`: true or false is needed here, not text | "]),
        ("[source]\nexclude = ['a', 3]", &["2:17 `source.exclude`: a glob is needed here, not a number | "]),
        (
            "[source]\nexclude = ['a', 'b[']",
            &["2:17 `source.exclude`: `b[` is no glob: unclosed character class; missing ']' | "],
        ),
        (
            "[extract]\nrust.rustdoc-json = ['target', '../x']",
            &["2:32 `extract.rust.rustdoc-json`: `../x` leads out of the repository | "],
        ),
        ("[site]\ntheme = '../x'", &["2:9 `site.theme`: `../x` leads out of the repository | "]),
        (
            "[site]\noutput-dir = '.'",
            &["2:14 `site.output-dir`: the site cannot be written to `.`: the repository is in there | "],
        ),
        (
            "[source]\nrepository = 'https://u:secret@x'",
            &["2:14 `source.repository`: the address of a page on a forge is needed here | "],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(findings(&read(text)), expected, "{text}");
    }
}

#[test]
fn a_file_that_is_no_toml_keeps_what_can_be_read() {
    let loaded = read("[site]\ntitle = \"Shop\"\ndescription = \n[serve]\nport = 1\n");
    assert_eq!(loaded.diagnostics.len(), 1, "{:?}", findings(&loaded));
    assert!(findings(&loaded)[0].starts_with("3:"), "{:?}", findings(&loaded));
    assert_eq!((loaded.project.site.title.as_str(), loaded.project.serve.port), ("Shop", 1));
}

#[test]
fn variables_stand_over_the_file_and_flags_over_both() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("livedoc.toml"), "[serve]\nport = 1\n[site]\ntitle = 'file'").unwrap();
    let variables = [
        ("LIVEDOC_SERVE_PORT", "2"),
        ("LIVEDOC_SITE_TITLE", "variable"),
        ("LIVEDOC_SOURCE_EXCLUDE", "a/{b,c}.md, d"),
        ("LIVEDOC_RULES_BROKEN_LINK", "note"),
        ("LIVEDOC_EXTRACT_ADR_ENABLED", "false"),
        ("LIVEDOC_BUILD_NUMBER", "is somebody else's"),
        ("LIVEDOC_SITE_TITEL", "x"),
        ("LIVEDOC_SERVE_OPEN", "maybe"),
    ];
    let mut request = request(folder.path());
    request.variables = variables.map(|(name, value)| (name.to_owned(), value.into())).to_vec();
    request.flags = vec![
        Flag { key: "serve.port", flag: "--port", text: "3".to_owned() },
        Flag { key: "site.base-url", flag: "--base-url", text: "example".to_owned() },
    ];
    let loaded = load(&request).unwrap();
    assert_eq!(
        findings(&loaded),
        [
            "the variable `LIVEDOC_SITE_TITEL`: no key is called so | did you mean `LIVEDOC_SITE_TITLE`?",
            "the variable `LIVEDOC_SERVE_OPEN`: true or false is needed here, not text | ",
            "the flag `--base-url`: an address such as `https://docs.example.org/shop/` is needed here | ",
        ]
    );
    let project = &loaded.project;
    assert_eq!((project.serve.port, project.site.title.as_str()), (3, "variable"));
    assert!(!project.extractor("adr").enabled);
    let path = |text: &str| crate::source::RepoPath::new(text).unwrap();
    assert!(project.exclude.matches(path("a/c.md")) && project.exclude.matches(path("d/e")));
}

#[test]
fn the_root_is_found_upwards() {
    let folder = tempfile::tempdir().unwrap();
    let top = folder.path().canonicalize().unwrap();
    for path in ["repo/.git", "repo/docs/deep", "repo/shop/docs", "loose/docs"] {
        fs::create_dir_all(top.join(path)).unwrap();
    }
    fs::write(top.join("repo/shop/livedoc.toml"), "").unwrap();
    let cases = [
        ("repo/docs/deep", "repo", FoundBy::Git),
        ("repo/shop/docs", "repo/shop", FoundBy::Configuration),
        ("repo/docs/../shop", "repo/shop", FoundBy::Configuration),
        ("loose/docs", "loose/docs", FoundBy::Itself),
    ];
    for (given, root, found_by) in cases {
        let loaded = load(&request(&top.join(given))).unwrap();
        assert_eq!((loaded.project.root, loaded.found_by), (top.join(root), found_by), "{given}");
    }
    for missing in ["nowhere", "repo/shop/livedoc.toml"] {
        let error = load(&request(&top.join(missing))).err().unwrap().to_string();
        assert!(error.starts_with("there is no folder"), "{error}");
    }
}

#[test]
fn every_key_has_all_that_the_manual_needs() {
    for key in KEYS {
        assert!(!key.default.is_empty() && key.meaning.ends_with('.'), "{}", key.name);
    }
}
