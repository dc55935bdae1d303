//! The test that every extractor shares: each folder under `extract/<name>/cases/` is a small repository, and its
//! `expected.json` says what the extractor makes of it.
//!
//! `LIVEDOC_BLESS=1 cargo test` writes what was made instead of comparing; read the difference before you commit it.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{RegisteredExtractor, Unit};
use crate::config::{Forge, Patterns, Project, Request, load};
use crate::diagnostic::Diagnostic;
use crate::discover::{SourceTree, discover};
use crate::graph::{Block, Bodies, Code, Context, Field, Fragment, Hole, Home, Node, Prose, Target};
use crate::source::{ContentHash, RepoPath, Sources, Span};

/// Runs `extractor` over every case below `folder` (`env!("CARGO_MANIFEST_DIR")` + the extractor's folder + `cases`).
pub(crate) fn check_cases(extractor: &'static dyn RegisteredExtractor) {
    let name = extractor.spec().name;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract").join(name).join("cases");
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "{} has no case", folder.display());
    let mut failures = Vec::new();
    for case in cases.into_iter().filter(|case| case.is_dir()) {
        let expected_path = case.join("expected.json");
        let actual = serde_json::to_string_pretty(&describe(extractor, &case)).unwrap() + "\n";
        if std::env::var_os("LIVEDOC_BLESS").is_some() {
            fs::write(&expected_path, &actual).unwrap();
        } else if fs::read_to_string(&expected_path).unwrap_or_default() != actual {
            failures.push(format!("{}:\n{actual}", case.display()));
        }
    }
    assert!(failures.is_empty(), "differs from expected.json:\n{}", failures.join("\n"));
}

fn describe(extractor: &'static dyn RegisteredExtractor, case: &Path) -> Value {
    let mut project = configured(case, extractor.spec().name);
    project.exclude = Patterns::new(["expected.json"]).unwrap();
    let tree = discover(&project);
    let (units, claims) = extractor.units(&tree, &project.extractor(extractor.spec().name));
    let fragments: Vec<Fragment> = units.iter().map(Unit::read).collect();
    let claims: Vec<_> = claims.iter().map(|claim| format!("{}: {}", claim.file, claim.reason)).collect();
    for fragment in &fragments {
        let kept: HashMap<ContentHash, Vec<u8>> = fragment.nodes.iter().map(|node| node.body.to_bytes()).collect();
        let bodies: Arc<dyn Bodies> = Arc::new(kept);
        let context = Context { kinds: crate::extract::kinds(), bodies: &bodies };
        let kept = Fragment::from_bytes(&fragment.to_bytes(), context);
        assert_eq!(kept.as_ref(), Some(fragment), "{}: a fragment changes when it is kept", case.display());
    }
    let fragments: Vec<_> = fragments.iter().map(|fragment| describe_fragment(&tree, fragment)).collect();
    let read: Vec<_> = tree.diagnostics().iter().map(|diagnostic| describe_diagnostic(&tree, diagnostic)).collect();
    json!({ "claims": claims, "fragments": fragments, "discovery": read })
}

/// What the case's `livedoc.toml` says, if it has one.
fn configured(case: &Path, name: &str) -> Project {
    let unconfigured = Project::unconfigured(case.to_path_buf());
    if !case.join("livedoc.toml").is_file() {
        return unconfigured;
    }
    let request = Request {
        folder: case.to_path_buf(),
        configuration: None,
        variables: Vec::new(),
        flags: Vec::new(),
        extractors: vec![name],
    };
    let loaded = load(&request).unwrap();
    assert!(loaded.diagnostics.is_empty(), "{}: {:?}", case.display(), loaded.diagnostics);
    let Project { extractors, forge, .. } = loaded.project;
    // The case is a repository of its own.
    let forge = forge.map(|forge| Forge { folder: RepoPath::root(), ..forge });
    Project { extractors, forge, ..unconfigured }
}

fn describe_fragment(tree: &SourceTree, fragment: &Fragment) -> Value {
    let links = fragment.links.iter().map(|link| {
        let target = match &link.target {
            Target::Known(id) => id.to_string(),
            Target::Named { scheme, text } => format!("{scheme}|{text}"),
        };
        let place = place(tree, link.span);
        let (tail, head) = if link.flipped { ("<-", "-") } else { ("-", "->") };
        format!("{} {tail}[{}]{head} {target} ({:?}) at {place}", link.from, link.relation, link.need)
    });
    let owned = fragment.owned.iter().map(|owned| {
        let place = place(tree, owned.span);
        let owner = owned.owner.map_or_else(|| "nobody".to_owned(), |owner| owner.to_string());
        format!("{owner} -> {} at {place}", owned.path)
    });
    let mut described = json!({
        "nodes": fragment.nodes.iter().map(|node| describe_node(tree, node)).collect::<Vec<_>>(),
        "links": links.collect::<Vec<_>>(),
        "diagnostics": fragment.diagnostics.iter().map(|found| describe_diagnostic(tree, found)).collect::<Vec<_>>(),
    });
    if !fragment.owned.is_empty() {
        described["owned"] = owned.collect();
    }
    described
}

/// The place and the text that is underlined.
fn place(tree: &SourceTree, span: Span) -> String {
    let Some(file) = tree.source(span.file) else { return format!("{} (unread)", span.file) };
    let position = file.position(span.start);
    let marked: String = file.text().get(span.range()).unwrap_or("(outside)").chars().take(60).collect();
    format!("{}:{}:{} `{marked}`", span.file, position.line, position.column)
}

fn describe_diagnostic(tree: &SourceTree, diagnostic: &Diagnostic) -> Value {
    let at = diagnostic.span.map_or_else(String::new, |span| place(tree, span));
    let mut text = format!("{}: {} at {at}", diagnostic.code, diagnostic.message);
    for (name, value) in [("label", &diagnostic.label), ("hint", &diagnostic.hint)] {
        if !value.is_empty() {
            text.push_str(&format!(" | {name}: {value}"));
        }
    }
    for (span, words) in &diagnostic.related {
        text.push_str(&format!(" | {words}: {}", place(tree, *span)));
    }
    Value::String(text)
}

fn describe_node(tree: &SourceTree, node: &Node) -> Value {
    let home = match &node.home {
        Home::Page { route, aliases } if aliases.is_empty() => format!("/{route}"),
        Home::Page { route, aliases } => format!("/{route} also {}", aliases.join(" ")),
        Home::Within { node, anchor } => format!("{node}#{anchor}"),
    };
    let mut described = json!({
        "id": node.id, "kind": node.kind.name, "title": node.title, "at": place(tree, node.span), "home": home,
        "facts": node.facts, "body": node.body.iter().flat_map(describe_block).collect::<Vec<_>>(),
    });
    let optional = [
        ("summary", json!(node.summary), node.summary.is_empty()),
        ("parent", json!(node.parent), node.parent.is_none()),
        ("group", json!(node.group), node.group.is_empty()),
        ("order", json!(node.order), node.order.is_none()),
        ("names", json!(node.names), node.names.is_empty()),
    ];
    for (name, value, absent) in optional {
        if !absent {
            described[name] = value;
        }
    }
    described
}

fn describe_block(block: &Block) -> Vec<String> {
    match block {
        Block::Heading { level, anchor, content } => vec![format!("h{level} #{anchor} {}", describe_prose(content))],
        Block::Prose(prose) => describe_prose(prose).lines().map(str::to_owned).collect(),
        Block::Code(code) => vec![format!("code {code:?}")],
        Block::Samples(samples) => {
            let lines = |code: &Code| {
                let title = format!("sample {} ({})", code.title, code.language);
                std::iter::once(title).chain(code.text.lines().map(str::to_owned)).collect::<Vec<_>>()
            };
            samples.iter().flat_map(lines).collect()
        }
        Block::RequestForm(form) => vec![format!("form {}", serde_json::to_string(form).unwrap())],
        Block::Signature(prose) => {
            std::iter::once("signature".to_owned()).chain(describe_prose(prose).lines().map(str::to_owned)).collect()
        }
        Block::Operation { method, path, deprecated } => {
            vec![format!("operation {method} {path} deprecated={deprecated}")]
        }
        Block::Fields(fields) => fields.iter().flat_map(|field| describe_field(field, 0)).collect(),
    }
}

fn describe_field(field: &Field, depth: usize) -> Vec<String> {
    let indent = "  ".repeat(depth);
    let notes: Vec<_> = field.notes.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let line = format!(
        "{indent}field {} #{} : {} [{}] [{}] {}",
        field.name,
        field.anchor,
        describe_prose(&field.kind),
        field.marks.join(", "),
        notes.join(", "),
        describe_prose(&field.description)
    );
    std::iter::once(line).chain(field.children.iter().flat_map(|child| describe_field(child, depth + 1))).collect()
}

/// The HTML with each hole written as `{…}`.
fn describe_prose(prose: &Prose) -> String {
    let mut text = String::new();
    let mut from = 0;
    for slot in &prose.slots {
        text.push_str(&prose.html[from..slot.at as usize]);
        from = slot.at as usize;
        text.push_str(&match &slot.hole {
            Hole::Href(index) => format!("{{href {}}}", index.0),
            Hole::Page(id) => format!("{{page {id}}}"),
            Hole::Source(index) => format!("{{src {}}}", index.0),
            Hole::Title(index) => format!("{{title {}}}", index.0),
            Hole::Remark(words) => format!("{{remark {words}}}"),
            Hole::Line { file, line } => format!("{{line {file}:{line}}}"),
            Hole::Code(code) => format!("{{code {:?} {:?} {:?}}}", code.language, code.title, code.text),
        });
    }
    text + &prose.html[from..]
}
