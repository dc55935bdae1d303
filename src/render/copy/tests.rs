//! Blocks in, Markdown out.

#![allow(clippy::panic, reason = "a failing test may panic")]

use super::{CopyPlace, Writer};
use crate::graph::{Block, Code, Field, Hole, Link, LinkIndex, Need, NodeId, Prose};
use crate::render::copy::lines::Lines;
use crate::render::fixture::{link, made};

/// The Markdown of `blocks` and its places; what is within the page aside.
fn copied(blocks: Vec<Block>, links: Vec<Link>) -> (String, Vec<CopyPlace>) {
    made(blocks, links, |text| {
        let mut writer = Writer { lines: Lines::default(), text, open: None, places: Vec::new() };
        writer.text();
        (writer.lines.finish(), writer.places)
    })
}

fn of_html(html: &str) -> String {
    let mut blocks = vec![Block::Prose(Prose::html(html))];
    // Where what is within the page goes.
    blocks.push(Block::Heading { level: 2, anchor: "part".into(), content: Prose::html("Part") });
    let (text, _) = copied(blocks, Vec::new());
    text.strip_suffix("## Part\n\nof it\n").map_or(text.clone(), |text| text.trim_end().to_owned())
}

#[test]
fn html_becomes_markdown() {
    let cases = [
        ("<p>One <em>two</em> <strong>three</strong>\n four.</p>\n<p>Five</p>", "One *two* **three**\nfour.\n\nFive"),
        ("<p>a<em> b </em>c</p>", "a* b* c"),
        ("<p>1 &lt; 2 &amp;&amp; <code>a`b</code> &quot;x&quot;</p>", "1 < 2 && ``a`b`` \"x\""),
        ("<ul>\n<li>a</li>\n<li>b<ul>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>", "- a\n- b\n  - c\n- d"),
        ("<ol start=\"9\">\n<li><p>a</p>\n<p>b</p>\n</li>\n<li><p>c</p>\n</li>\n</ol>", "9. a\n\n   b\n\n10. c"),
        ("<blockquote>\n<p>a\nb</p>\n<ul><li>c</li></ul></blockquote><p>d</p>", "> a\n> b\n>\n> - c\n\nd"),
        (
            "<div class=\"alert alert-note\"><p class=\"alert-label\">Note</p>\n<p>a</p>\n<p>b</p></div>",
            "> [!NOTE]\n> a\n>\n> b",
        ),
        (
            "<div class=\"table-scroll\"><table>\n<thead><tr><th>a</th><th align=\"right\">b</th></tr></thead>\n<tbody>\n\
             <tr><td>1|2</td><td><code>x|y</code></td></tr>\n<tr><td></td><td><p>p</p><p>q</p></td></tr>\n</tbody></table></div>",
            "| a | b |\n|---|--:|\n| 1\\|2 | `x\\|y` |\n| | p q |",
        ),
        ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", "| | |\n|---|---|\n| a | b |"),
        ("<p>a<br>\nb</p><hr><p>c</p>", "a\\\nb\n\n---\n\nc"),
        ("<ul><li><input type=\"checkbox\" disabled=\"\" checked=\"\"> done</li></ul>", "- [x] done"),
        ("<details><summary>More</summary><p>a</p></details>", "**More**\n\na"),
        ("<pre>a &lt;\n  b\n</pre>", "```\na <\n  b\n```"),
        (
            "<h3>x</h3><p># y\n- z\n1. w\n2024 a_b *c* [d] &lt;e&gt; &amp;lt;</p>",
            "### x\n\n\\# y\n\\- z\n1\\. w\n2024 a_b \\*c\\* \\[d] \\<e> \\&lt;",
        ),
        (
            "<p>a<sup class=\"footnote-mention\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup></p><section class=\"footnotes\"><ol>\n\
             <li id=\"fn-1\"><p>Note. <a class=\"footnote-back\" aria-label=\"Back\" href=\"#fnref-1\">↩</a></p></li>\n</ol></section>",
            "a[^1]\n\n[^1]: Note.",
        ),
        (
            "<p>See <a href=\"https://a.example/(b)\">c</a> and <a href=\"https://a.example/\">https://a.example/</a>.</p>",
            "See [c](<https://a.example/(b)>) and <https://a.example/>.",
        ),
        ("<p><img src=\"https://a.example/b.png\" alt=\"c [d]\"></p>", "![c  d ](https://a.example/b.png)"),
        ("<p>x<sub>2</sub><span class=\"y\">z</span></p>", "x<sub>2</sub>z"),
        ("<p></p>", ""),
    ];
    for (html, expected) in cases {
        assert_eq!(of_html(html), expected, "{html}");
    }
}

#[test]
fn links_lead_to_copies() {
    let mut prose = Prose::html("<p>");
    for index in 0..5 {
        prose.push_link(LinkIndex(index), "x");
        prose.html.push(' ');
    }
    prose.html.push_str("<a");
    prose.push_hole(Hole::Href(LinkIndex(0)));
    prose.html.push('>');
    prose.push_hole(Hole::Title(LinkIndex(0)));
    prose.html.push_str("</a></p>");
    let links = vec![
        link("thing", "other", Need::Must),
        link("thing", "part", Need::Must),
        link("https", "https://a.example/", Need::Must),
        link("thing", "nothing", Need::Must),
        link("image", "a%20b.png", Need::Must),
    ];
    let (text, _) = copied(vec![Block::Prose(prose)], links);
    let expected = "[x](../other/index.md) [x](#part) [x](https://a.example/) x [x](../../files/docs/a%20b.png) \
                    [Other \\<b>](../other/index.md)";
    assert_eq!(text.lines().next(), Some(expected));
}

#[test]
fn blocks() {
    let code = Code { language: "rust,no_run".into(), text: "let a = \"```\";\n".into(), title: "a.rs".into() };
    let inner = Field { name: "c".into(), description: Prose::html("<p>e</p>"), ..Field::default() };
    let field = Field {
        name: "a".into(),
        kind: Prose::html("<i>T</i>"),
        marks: vec!["required".into()],
        notes: vec![("default".into(), "1".into()), ("maximum".into(), "2".into())],
        description: Prose::html("<p>d</p><ul><li>f</li></ul>"),
        children: vec![inner],
        ..Field::default()
    };
    let cases = [
        (Block::Code(code), "a.rs\n\n````rust\nlet a = \"```\";\n\n````\n"),
        (Block::Signature(Prose::text("fn a<T>()\n")), "```\nfn a<T>()\n\n```\n"),
        (
            Block::Operation { method: "GET".into(), path: "/a/{b}".into(), deprecated: true },
            "`GET /a/{b}` (deprecated)\n",
        ),
        (
            Block::Fields(vec![field]),
            "- `a` *T* (required)\n  d\n\n  - f\n\n  default: `1`, maximum: `2`\n  - `c`\n    e\n",
        ),
    ];
    for (block, expected) in cases {
        let (text, _) = copied(vec![block], Vec::new());
        assert_eq!(text.split("\n## A part").next(), Some(expected));
    }
}

#[test]
fn places_hold_the_text_of_their_section() {
    let heading = |anchor: &str| Block::Heading { level: 2, anchor: anchor.to_owned(), content: Prose::html(anchor) };
    let prose = |html: &str| Block::Prose(Prose::html(html));
    let blocks =
        vec![prose("<p>first</p>"), heading("a"), prose("<p>in a</p>"), heading("part"), prose("<p>after</p>")];
    let (text, places) = copied(blocks, Vec::new());
    assert_eq!(text, "first\n\n## a\n\nin a\n\n## part\n\nof it\n\nafter\n");
    let told = |place: &CopyPlace| {
        let words = &text[place.range.start as usize..place.range.end as usize];
        format!("{}#{}: {words}", place.node, place.anchor)
    };
    let told: Vec<String> = places.iter().map(told).collect();
    assert_eq!(
        told,
        [
            "thing:page#: first",
            "thing:page#a: in a",
            "thing:page#part: ",
            "thing:part#: of it",
            "thing:page#part: after"
        ]
    );
    let (text, places) = copied(Vec::new(), Vec::new());
    assert_eq!(text, "## A part\n\nof it\n");
    let [place] = places.as_slice() else { panic!("{places:?}") };
    assert_eq!((place.node, place.range.clone()), (NodeId::new("thing", "part"), 11..16));
}

#[test]
fn nothing_is_too_deep() {
    let html = format!("{}x{}", "<ul><li>".repeat(5_000), "</li></ul>".repeat(5_000));
    assert!(of_html(&html).ends_with('x'));
    let mut field = Field::default();
    for _ in 0..5_000 {
        field = Field { name: "a".into(), children: vec![field], ..Field::default() };
    }
    let (text, _) = copied(vec![Block::Fields(vec![field])], Vec::new());
    assert_eq!(text.matches("`a`").count(), 64);
}
