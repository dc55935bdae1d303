//! What texts become: each row is a text and a picture of the blocks and links that it gives.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::{Dialect, Document, FirstHeading, Options, Schemes, read};
use crate::graph::{Block, Hole, Need, Prose, Target};
use crate::source::{MappedText, RepoPath, SourceFile};

fn schemes() -> Schemes {
    Schemes::new(["adr", "api", "guide", "rust", "user"], ["user"])
}

fn read_as(text: &str, dialect: Dialect) -> Document {
    read_with(text, dialect, "", 0)
}

fn read_with(text: &str, dialect: Dialect, anchor_prefix: &str, first_link: u32) -> Document {
    let schemes = schemes();
    let first_heading = FirstHeading::IsTitle;
    let options = Options { schemes: &schemes, dialect, first_heading, top_level: 2, anchor_prefix, first_link };
    let file = SourceFile::new(RepoPath::new("docs/a.md").unwrap(), text.to_owned());
    read(&MappedText::of_file(&file), &options)
}

/// The blocks on one line, holes as `{…}`.
fn picture(document: &Document) -> String {
    let blocks = document.body.iter().map(|block| match block {
        Block::Heading { level, anchor, content } => format!("[h{level} {anchor}: {}]", prose(content)),
        Block::Prose(text) => prose(text),
        other => format!("{other:?}"),
    });
    blocks.collect::<Vec<_>>().join("").replace('\n', "")
}

fn prose(prose: &Prose) -> String {
    let mut text = String::new();
    let mut from = 0;
    for slot in &prose.slots {
        text.push_str(&prose.html[from..slot.at as usize]);
        from = slot.at as usize;
        text.push_str(&match &slot.hole {
            Hole::Href(index) => format!("{{{}}}", index.0),
            Hole::Page(id) => format!("{{{id}}}"),
            Hole::Source(index) => format!("{{src {}}}", index.0),
            Hole::Title(index) => format!("{{title {}}}", index.0),
            Hole::Code(code) => format!("{{{}|{}}}", code.language, code.text),
            Hole::Remark(_) | Hole::Line { .. } => unreachable!("Markdown makes none"),
        });
    }
    text + &prose.html[from..]
}

/// The links as `scheme|text` with a `?` for those that may lead nowhere, each with the text that is underlined.
fn links(text: &str, document: &Document) -> Vec<String> {
    let describe = |link: &super::WrittenLink| {
        let need = if link.need == Need::May { "?" } else { "" };
        let Target::Named { scheme, text: name } = &link.target else { return "known".to_owned() };
        format!("{scheme}|{name}{need} at {}", &text[link.span.range()])
    };
    document.links.iter().map(describe).collect()
}

#[test]
fn texts_become_blocks() {
    let cases = [
        ("# Title\n\nWords *and* `code`.", r#"<a id="title"></a><p>Words <em>and</em> <code>code</code>.</p>"#),
        ("## One\n### Two\n## One", "[h2 one: One][h3 two: Two][h2 one-1: One]"),
        (
            "intro\n# One {#first}\n> ## Quoted",
            r#"<p>intro</p>[h2 first: One]<blockquote><h3 id="quoted">Quoted</h3></blockquote>"#,
        ),
        ("intro\n# One {id=\"first\" .x}", "<p>intro</p>[h2 first: One]"),
        (
            "- [x] a\n- [ ] b",
            r#"<ul><li><input type="checkbox" disabled="" checked=""> a</li><li><input type="checkbox" disabled=""> b</li></ul>"#,
        ),
        (
            "> [!WARNING]\n> hot",
            r#"<div class="alert alert-warning"><p class="alert-label">Warning</p><p>hot</p></div>"#,
        ),
        (
            "|a|b|\n|-|-:|\n|1|2|",
            r#"<div class="table-scroll"><table><thead><tr><th>a</th><th align="right">b</th></tr></thead><tbody><tr><td>1</td><td align="right">2</td></tr></tbody></table></div>"#,
        ),
        ("- x\n\n  ```sh\n  ls\n  ```", "<ul><li><p>x</p>{sh|ls}</li></ul>"),
        ("```mermaid\na-->b\n```", "{mermaid|a-->b}"),
        ("term\n: meaning", "<dl><dt>term</dt><dd>meaning</dd></dl>"),
        (
            "a[^x] b[^x]\n\n[^x]: note",
            r##"<p>a<sup class="footnote-mention"><a href="#fn-1" id="fnref-1">1</a></sup> b<sup class="footnote-mention"><a href="#fn-1" id="fnref-1-2">1</a></sup></p><section class="footnotes"><ol><li id="fn-1"><p>note <a class="footnote-back" aria-label="Back to the text" href="#fnref-1">↩</a></p></li></ol></section>"##,
        ),
        ("~~no~~ <!-- gone --> a<br/>b", "<p><del>no</del>  a<br>b</p>"),
        (
            "so $x^2$ <b>is</b>",
            r#"<p>so <math display="inline"><msup><mi>x</mi><mn>2</mn></msup></math> <b>is</b></p>"#,
        ),
        ("$$\n\\oops\n$$", r#"<p><code class="math math-display">\oops</code></p>"#),
        ("costs $FOO/$BAR", "<p>costs $FOO/$BAR</p>"),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(picture(&read_as(text, Dialect::Page)), expected, "{text}");
    }
}

#[test]
fn links_say_what_they_name_and_where() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("[x](adr:7#why)", "<p><a{0}>x</a></p>", &["adr|7#why at adr:7#why"]),
        (
            "[adr:7], <adr:7>",
            "<p><a{0}>{title 0}</a>, <a{1}>{title 1}</a></p>",
            &["adr|7 at [adr:7]", "adr|7 at adr:7"],
        ),
        // Code that names something, unless it is the words of a link.
        (
            "`src/a.rs:3` `a::b()` `c` [`d/e.rs`](f.md)",
            "<p><a{0}><code>src/a.rs:3</code></a> <a{1}><code>a::b()</code></a> <code>c</code> <a{2}><code>d/e.rs</code></a></p>",
            &["file-name|src/a.rs:3? at `src/a.rs:3`", "code|a::b()? at `a::b()`", "path|f.md at f.md"],
        ),
        // What is an ordinary word as well need not be one.
        (
            "[user:a] <user:b> [c](user:d) [e][user:f]",
            "<p><a{0}>{title 0}</a> <a{1}>{title 1}</a> <a{2}>c</a> <a{3}>e</a></p>",
            &["user|a? at [user:a]", "user|b? at user:b", "user|d at user:d", "user|f at [e][user:f]"],
        ),
        ("[it][adr:7] [no] [no:7] [adr: no]", "<p><a{0}>it</a> [no] [no:7] [adr: no]</p>", &["adr|7 at [it][adr:7]"]),
        (
            "[`GET /a/{id}`](api:)",
            "<p><a{0}><code>GET /a/{id}</code></a></p>",
            &["api|GET /a/{id} at [`GET /a/{id}`](api:)"],
        ),
        (
            "[a](<../b c.md> \"t\") [d](x%20y.md#z)",
            r#"<p><a{0} title="t">a</a> <a{1}>d</a></p>"#,
            &["path|../b c.md at ../b c.md", "path|x%20y.md#z at x%20y.md#z"],
        ),
        ("[a](#caf%C3%A9) [t](#top)", r##"<p><a{0}>a</a> <a href="#top">t</a></p>"##, &["anchor|café at #caf%C3%A9"]),
        ("![alt *x*](a.png)", r#"<p><img{src 0} alt="alt x"></p>"#, &["image|a.png at a.png"]),
        (
            "[![b](https://b.example/x.svg)](c.md)",
            r#"<p><a{0}><img{src 1} alt="b"></a></p>"#,
            &["path|c.md at c.md", "https|https://b.example/x.svg at https://b.example/x.svg"],
        ),
        (
            "see https://x.example/a_b_c.",
            "<p>see <a{0}>https://x.example/a_b_c</a>.</p>",
            &["https|https://x.example/a_b_c at https://x.example/a_b_c"],
        ),
        ("[r]\n\n[r]: b.md", "<p><a{0}>r</a></p>", &["path|b.md at b.md"]),
        (
            "[`shop::Order`] [`word`] [`Order`]",
            "<p><a{0}><code>shop::Order</code></a> [<code>word</code>] <a{1}><code>Order</code></a></p>",
            &["code|shop::Order? at [`shop::Order`]", "code|Order? at [`Order`]"],
        ),
        ("[x](javascript:alert(1)) [y](java&#9;script:a) [z](DATA:text/html,x) [e]()", "<p>x y z e</p>", &[]),
        (
            "<mailto:a@b.example> <a@b.example>",
            "<p><a{0}>mailto:a@b.example</a> <a{1}>a@b.example</a></p>",
            &["mailto|mailto:a@b.example at mailto:a@b.example", "mailto|mailto:a@b.example at <a@b.example>"],
        ),
    ];
    for (text, expected, expected_links) in cases {
        let document = read_as(text, Dialect::Page);
        assert_eq!(&picture(&document), expected, "{text}");
        assert_eq!(&links(text, &document), expected_links, "{text}");
    }
}

#[test]
fn rust_docs_name_items_in_brackets() {
    let cases: &[(&str, &[&str])] = &[
        (
            "[Order] [`Order::new()`] [o](Order) [p](crate::Order#x)",
            &[
                "code|Order? at [Order]",
                "code|Order::new()? at [`Order::new()`]",
                "code|Order? at Order",
                "code|crate::Order#x at crate::Order#x",
            ],
        ),
        (
            "[o][Order] [struct@Order] [0] [a b/c] [x](struct.A.html)",
            &[
                "code|Order? at [o][Order]",
                "code|struct@Order? at [struct@Order]",
                "path|struct.A.html? at struct.A.html",
            ],
        ),
    ];
    let unused = "[a] b\n\n[a]: Order\n[c]: crate::Gone\n[d]: https://example.org\n";
    let expected = ["code|Order? at Order", "code|crate::Gone at crate::Gone"];
    assert_eq!(links(unused, &read_as(unused, Dialect::RustDoc)), expected, "also what no link uses");
    for (text, expected) in cases {
        assert_eq!(&links(text, &read_as(text, Dialect::RustDoc)), expected, "{text}");
    }
    assert_eq!(picture(&read_as("```\n# hidden\nlet x = 1;\n```", Dialect::RustDoc)), "{rust|let x = 1;}");
}

#[test]
fn raw_html_is_sanitised_and_its_links_are_links() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "<details><summary>More</summary>\n\n## In\n\n[x](b.md)\n\n```sh\nls\n```\n\n</details>",
            r#"<details><summary>More</summary><h2 id="in">In</h2><p><a{0}>x</a></p>{sh|ls}</details>"#,
            &["path|b.md at b.md"],
        ),
        (
            "<p align=\"center\"><img src='logo.png' onerror=x><a href=\"docs/a b.md\">go</a></p>\n\n# T",
            r#"<p align="center"><img{src 0}><a{1}>go</a></p><a id="t"></a>"#,
            &["image|logo.png at logo.png", "path|docs/a b.md at docs/a b.md"],
        ),
        (
            "a <script>alert(1)</script><a href=\"javascript:x\" onclick=y>b</a> <style>p{}</style>",
            "<p>a <a>b</a> </p>",
            &[],
        ),
        ("a\n\n<h3 name=\"old\">New</h3>\n", r#"<p>a</p>[h2 new: <a id="old"></a>New]"#, &[]),
        ("<b name=\"old\">New</b>\n", r#"<p><b id="old">New</b></p>"#, &[]),
        ("**a**{ #b .c }: d", r#"<p><strong>a</strong><a id="b"></a>: d</p>"#, &[]),
        ("a\n\n###B { #c/d.e }\n\n#f\n", "<p>a</p>[h2 c/d.e: B]<p>#f</p>", &[]),
        ("<div>a</div>\n###B { #c }\n", r#"<div>a</div><a id="c"></a>"#, &[]),
        ("`a`{: #b }", r#"<p><code>a</code><a id="b"></a></p>"#, &[]),
        ("a {#b} **c** {#d}", "<p>a {#b} <strong>c</strong> {#d}</p>", &[]),
        ("```sh\nx\n```\t\ny", "{sh|x}<p>y</p>", &[]),
        ("<a name=\"old\"></a>\n## New\n<b>x", r#"<p><a id="old"></a></p><a id="new"></a><p><b>x</b></p><b></b>"#, &[]),
        (
            "<h1 align=center>Big <em>name</em></h1>\n\n[adr:7]",
            r#"<a id="big-name"></a><p><a{0}>{title 0}</a></p>"#,
            &["adr|7 at [adr:7]"],
        ),
        (
            "<p>\n<pre data-livedoc-hole=\"9\">x</pre>\n<span data-livedoc-hole=\"0\"></span>",
            "<p></p><pre>x</pre><span></span>",
            &[],
        ),
        (
            "> # a\n\n<b>x</b><a id=\"a\"></a>",
            r#"<blockquote><h2 id="a">a</h2></blockquote><p><b>x</b><a></a></p>"#,
            &[],
        ),
        ("> <h2>raw</h2>\n\n<h2>raw</h2>", r#"<blockquote><h2 id="raw">raw</h2></blockquote>[h2 raw-1: raw]"#, &[]),
    ];
    for (text, expected, expected_links) in cases {
        let document = read_as(text, Dialect::Page);
        assert_eq!(&picture(&document), expected, "{text}");
        assert_eq!(&links(text, &document), expected_links, "{text}");
    }
}

#[test]
fn several_texts_share_a_page() {
    let text = "[down](#part) [away](#other)\n\n# Part\n\n<a id=\"x\"></a>";
    let document = read_with(text, Dialect::Description, "get-", 7);
    let expected = r#"<p><a{7}>down</a> <a{8}>away</a></p>[h2 get-part: Part]<p><a id="get-x"></a></p>"#;
    assert_eq!(picture(&document), expected);
    assert_eq!(links(text, &document), ["anchor|get-part at #part", "anchor|other at #other"]);
}

/// Whether every element that is opened is closed, innermost first.
fn is_balanced(prose: &Prose) -> bool {
    let mut open = Vec::new();
    for tag in prose.html.split('<').skip(1) {
        let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap();
        if tag.starts_with('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !super::raw_html::is_void(name) {
            open.push(name);
        }
    }
    open.is_empty()
}

#[test]
fn hostile_texts_end_soon_and_balanced() {
    let many = |text: &str| text.repeat(5000);
    let texts = [
        many("["),
        many("![") + &many("](b)"),
        many(">") + "a",
        many("- ") + "x",
        many("> - ") + "\n|a|\n|-|\n|b|",
        many("*a **b "),
        many("<b><p>"),
        many("<div>\n\n"),
        many("<a href=\"x\">\n\n# h\n\n"),
        many("[^a]\n\n[^a]: [^a]\n\n"),
        many(":::note\n"),
        many("http://("),
        many("$a$ `b` <adr:1> "),
        many("|a") + "|\n" + &many("|-") + "|\n|a|",
    ];
    for text in texts {
        let document = read_as(&text, Dialect::Page);
        for block in &document.body {
            let (Block::Prose(prose) | Block::Heading { content: prose, .. }) = block else { continue };
            assert!(is_balanced(prose), "{}", &text[..20]);
        }
    }
}

#[test]
fn titles_and_summaries() {
    let cases = [
        ("# A `b`\n\nFirst\nline.\n\nSecond.", Some("A b"), "First line."),
        ("[![badge](https://x.example/b.svg)](https://x.example)\n\n# T\n\nWords [adr:7].", Some("T"), "Words adr:7."),
        ("Words\n\n# Not the title", None, "Words"),
        ("## Second level\n\n### Third", Some("Second level"), ""),
        ("## 1.1.0\n\n## 1.0.0", None, ""),
        ("# One\n\n# Two", Some("One"), ""),
        ("# [v1.2] (May)\n\n# 1.1", None, ""),
        ("# [Unreleased]\n\n# 1.1", None, ""),
        ("# 2024 in review", Some("2024 in review"), ""),
        ("<div align=center>\n<h1>Raw</h1>\n</div>\n\nText", Some("Raw"), "Text"),
        ("<h1><img src=logo.png></h1>\n\nText", None, "Text"),
    ];
    for (text, title, summary) in cases {
        let document = read_as(text, Dialect::Page);
        assert_eq!(document.title.as_ref().map(|(title, _)| title.as_str()), title, "{text}");
        assert_eq!(document.summary, summary, "{text}");
    }
}
