//! The project's own theme files, laid over the built-in ones; and the manual's page about them.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod sandbox;

use std::fs;
use std::path::Path;

use sandbox::Sandbox;

const DECISION: (&str, &str) =
    ("docs/adr/0001-be-careful.md", "# 1. Be `<script>alert(1)</script>` & \"careful\"\n\n## Status\n\nAccepted\n");
const PAGE: &str = "site/adr/0001-be-careful/index.html";

/// The page of the decision in a repository with `files`, and what was said about them.
fn built(files: &[(&str, &str)]) -> (Sandbox, String, String) {
    let sandbox = Sandbox::with(files);
    sandbox.write(DECISION.0, DECISION.1);
    let run = sandbox.livedoc(&["build", "--color", "never"]);
    let page = sandbox.read(PAGE);
    (sandbox, page, run.stderr)
}

#[test]
fn titles_are_text_wherever_they_stand() {
    let (sandbox, page, _) = built(&[]);
    for html in [page, sandbox.read("site/index.html"), sandbox.read("site/adr/index.html")] {
        assert!(html.contains("alert(1)") && !html.contains("<script>alert"), "{html}");
    }
}

#[test]
fn a_template_of_the_project_replaces_the_built_in_one() {
    let template = "{% extends \"base.html\" %}{% block main %}<p>Mine: {{ node.id }}</p>{{ <Mark text=\"x\" /> }}{% endblock main %}";
    let part = "{% component Mark(text) %}<b>{{ text }}</b>{% endcomponent Mark %}";
    let (_, page, said) = built(&[("theme/templates/node.html", template), ("theme/templates/marks/mark.html", part)]);
    assert!(page.contains("<p>Mine: adr:0001</p><b>x</b>"), "{page}{said}");
    assert!(page.contains("<header class=\"top\">"), "the rest is built in");
}

#[test]
fn a_template_that_does_not_fit_is_reported_at_its_place_and_costs_nothing() {
    let cases = [
        ("{% block main %}\n  {% if node %}\n", "node.html:2:15"),
        (
            "{% extends \"base.html\" %}\n{% block main %}{{ node.title | nothing }}{% endblock main %}",
            "node.html:2:33",
        ),
        ("{% extends \"base.html\" %}\n{% block main %}<p>{{ node.nothing }}</p>{% endblock main %}", "node.html:2:28"),
        ("{% extends \"absent.html\" %}", "node.html:1:1"),
        ("{{ asset(name=\"absent.css\") }}", "absent.css"),
    ];
    for (template, place) in cases {
        let (_, page, said) = built(&[("theme/templates/node.html", template)]);
        assert!(said.contains("[invalid-theme]") && said.contains(place), "{template}: {said}");
        assert_eq!(said.matches("[invalid-theme]").count(), 1, "{template}: {said}");
        assert!(page.contains("<article class=\"kind-adr\">"), "the built-in template shows the page: {page}");
    }
}

#[test]
fn styles_and_files_of_the_project_are_published() {
    let (sandbox, page, _) = built(&[
        ("theme/styles/10-variables.css", ":root { --accent: red }"),
        ("theme/styles/90-own.css", ".own {}"),
        ("theme/static/fonts/own.woff2", "font"),
        ("theme/static/icons.svg", "<svg><symbol id=\"page\"/></svg>"),
        ("theme/scripts/40-copy-code.js", "// None."),
        ("theme/scripts/90-own.js", "console.log(assets[\"search.js\"]);"),
    ]);
    let sheet = sandbox.read("site/assets/theme.css");
    assert!(sheet.starts_with(":root { --accent: red }\n") && sheet.ends_with(".own {}\n"));
    assert!(!sheet.contains("--background:"), "a sheet of the same name is replaced");
    assert_eq!(sandbox.read("site/assets/fonts/own.woff2"), "font");
    let script = sandbox.read("site/assets/theme.js");
    assert!(script.contains("// None.") && script.ends_with("{\nconsole.log(assets[\"search.js\"]);\n}\n"), "{script}");
    assert!(!script.contains("navigator.clipboard"), "a script of the same name is replaced");
    assert_eq!(page.matches("<script").count(), 1, "{page}");
    let front = sandbox.read("site/index.html");
    assert!(
        front.contains("icons.svg?v=") && front.contains("#page\""),
        "an icon that is missing has a substitute: {front}"
    );
}

const SPECIFICATION: &str = r#"{
  "openapi": "3.1.0", "info": { "title": "T", "version": "1" }, "paths": { "/a": { "get": {
    "parameters": [{ "name": "q", "in": "query", "example": "</script><script>alert(1)</script><!--" }],
    "responses": { "200": { "description": "All" } } } } }
}"#;

#[test]
fn requests_can_be_sent_from_pages_unless_that_is_turned_off() {
    let page = "site/api/t/get/a/index.html";
    let (on, _, _) = built(&[("t.json", SPECIFICATION)]);
    let html = on.read(page);
    let (_, form) = html.split_once("<script type=\"application/json\" class=\"request-form\">").unwrap();
    let form: serde_json::Value = serde_json::from_str(form.split_once("</script>").unwrap().0).unwrap();
    assert_eq!(form["inputs"][0]["value"], "</script><script>alert(1)</script><!--");
    assert!(!html.contains("<script>alert") && !html.contains("<!--"), "{html}");
    assert!(!html.contains("try-it"), "the page itself fetches nothing of it: {html}");
    let panel = on.read("site/assets/try-it/panel.js");
    assert!(panel.contains("from \"./element.js?v="), "{panel}");
    assert!(on.read("site/assets/theme.js").contains("\"try-it/panel.js\":\"try-it/panel.js?v="));

    let (off, _, said) = built(&[("t.json", SPECIFICATION), ("livedoc.toml", "[extract.api]\ntry-it = false\n")]);
    assert!(!off.read(page).contains("request-form"), "{said}");
    assert!(!off.path("site/assets/try-it").exists());
    for file in ["site/assets/theme.js", "site/assets/theme.css"] {
        assert!(!off.read(file).contains("try-it"), "{file}");
    }
}

/// The types in `src/render/view/` as tables: name, type and meaning of every field.
fn view_tables() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/view");
    let source: String =
        ["mod.rs", "lists.rs"].iter().map(|name| fs::read_to_string(folder.join(name)).unwrap()).collect();
    let mut tables = String::new();
    let (mut meaning, mut inside) = (Vec::new(), false);
    for line in source.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("/// ") {
            meaning.push(words);
            continue;
        }
        if let Some(name) = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {")) {
            let name = name.trim_end_matches("<'a>");
            inside = name.ends_with("View");
            if inside {
                tables
                    .push_str(&format!("### `{name}`\n\n{}\n\n| field | type | |\n|---|---|---|\n", meaning.join(" ")));
            }
        } else if let Some((name, kind)) = line.strip_prefix("pub ").and_then(|field| field.split_once(": "))
            && inside
        {
            let kind = kind.trim_end_matches(',').replace("Shared<", "").replace("<'a>", "").replace("<'static>", "");
            let text = ["&'static str", "&'a str", "Cow<'static, str>", "Cow<'a, str>", "Href", "Way"];
            let kind = text.iter().fold(kind, |kind, text| kind.replace(text, "String"));
            let closing = kind.matches('>').count() - kind.matches('<').count();
            let kind = &kind[..kind.len() - closing];
            tables.push_str(&format!("| `{name}` | `{kind}` | {} |\n", meaning.join(" ")));
        } else if line == "}" {
            tables.push_str(if inside { "\n" } else { "" });
            inside = false;
        }
        if !line.starts_with("#[") {
            meaning.clear();
        }
    }
    tables
}

/// The variables of the built-in styles, with their values.
fn variables() -> String {
    let styles = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/styles/10-variables.css");
    let styles = fs::read_to_string(styles).unwrap().replace(",\n    ", ", ");
    let declared =
        styles.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "));
    let rows = declared.map(|(name, value)| format!("| `--{name}` | `{value}` |\n"));
    format!("| variable | value |\n|---|---|\n{}\n", rows.collect::<String>())
}

/// The files of the built-in theme, by folder.
fn files() -> String {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let mut list = String::new();
    for folder in ["templates", "styles", "scripts", "static"] {
        let mut names = Vec::new();
        let mut waiting = vec![theme.join(folder)];
        while let Some(inner) = waiting.pop() {
            for path in fs::read_dir(inner).unwrap().map(|entry| entry.unwrap().path()) {
                match path.is_dir() {
                    true => waiting.push(path),
                    false => names.push(format!("`{}`", path.strip_prefix(theme.join(folder)).unwrap().display())),
                }
            }
        }
        names.sort();
        list.push_str(&format!("- `{folder}/`: {}\n", names.join(", ")));
    }
    list + "\n"
}

#[test]
fn the_manual_lists_every_view_variable_and_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("book/src/theming.md");
    let mut page = fs::read_to_string(&path).unwrap();
    let before = page.clone();
    for (name, text) in [("files", files()), ("variables", variables()), ("views", view_tables())] {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let start = page.find(&open).unwrap() + open.len();
        let end = page.find(&close).unwrap();
        page.replace_range(start..end, &format!("\n{text}"));
    }
    if std::env::var_os("LIVEDOC_BLESS").is_some() {
        fs::write(&path, page).unwrap();
    } else {
        assert_eq!(before, page, "run this test with LIVEDOC_BLESS=1");
    }
}
