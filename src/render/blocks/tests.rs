//! Blocks in, HTML out.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::{Heading, body};
use crate::graph::{Block, Code, Field, Hole, Link, LinkIndex, Need, NodeId, Prose};
use crate::render::fixture::{link, made};

fn shown(blocks: Vec<Block>, links: Vec<Link>) -> (String, Vec<Heading>) {
    made(blocks, links, |text| {
        let body = body(text);
        (body.html, body.headings)
    })
}

/// `<a` + the hole + `>x</a>`.
fn linked(scheme: &str, text: &str, need: Need) -> String {
    let mut prose = Prose::default();
    prose.push_link(LinkIndex(0), "x");
    let (html, _) = shown(vec![Block::Prose(prose)], vec![link(scheme, text, need)]);
    html.lines().next().unwrap().to_owned()
}

#[test]
fn links_become_attributes() {
    let cases = [
        ("thing", "other", Need::Must, "<a href=\"../other/\">x</a>"),
        ("thing", "part", Need::Must, "<a href=\"#part\">x</a>"),
        ("https", "https://a.example/?b&c", Need::Must, "<a href=\"https://a.example/?b&amp;c\">x</a>"),
        ("mailto", "mailto:a@b.example", Need::Must, "<a href=\"mailto:a@b.example\">x</a>"),
        ("javascript", "javascript:alert(1)", Need::Must, "<a>x</a>"),
        ("data", "data:text/html,<script>", Need::Must, "<a>x</a>"),
        ("image", "a%20b.png", Need::Must, "<a href=\"../../files/docs/a%20b.png\">x</a>"),
        ("thing", "<nothing>", Need::Must, "<a class=\"broken\" title=\"Nothing is found for: &lt;nothing&gt;\">x</a>"),
        ("thing", "nothing", Need::May, "<a>x</a>"),
    ];
    for (scheme, text, need, expected) in cases {
        assert_eq!(linked(scheme, text, need), expected, "{scheme} {text}");
    }
}

#[test]
fn holes_are_filled_in_order() {
    let mut prose = Prose::html("<p><img");
    prose.push_hole(Hole::Source(LinkIndex(0)));
    prose.html.push_str(" alt=\"\"> ");
    prose.push_link(LinkIndex(1), "see ");
    prose.push_hole(Hole::Title(LinkIndex(1)));
    prose.push_way(NodeId::new("thing", "other"), "<");
    prose.html.push_str("</p>");
    let links = vec![link("image", "a%20b.png", Need::Must), link("thing", "other", Need::Must)];
    let (html, _) = shown(vec![Block::Prose(prose)], links);
    assert_eq!(
        html.lines().next().unwrap(),
        "<p><img src=\"../../files/docs/a%20b.png\" loading=\"lazy\" alt=\"\"> <a href=\"../other/\">see </a>\
         Other &lt;b&gt;<a href=\"../other/\">&lt;</a></p>"
    );
}

#[test]
fn blocks() {
    let code = Code { language: "rust,no_run".into(), text: "let a = \"<\";".into(), title: "a<b.rs".into() };
    let deep = Field { name: "c".into(), anchor: "c".into(), ..Field::default() };
    let field = Field {
        name: "a<b".into(),
        kind: Prose::html("<i>T</i>"),
        marks: vec!["required".into()],
        notes: vec![("default".into(), "<1>".into())],
        description: Prose::html("<p>d</p>"),
        children: vec![deep],
        ..Field::default()
    };
    let cases = [
        (
            Block::Code(code),
            "<figure class=\"listing\"><figcaption>a&lt;b.rs</figcaption><pre>\
             <code class=\"language-rust\"><b>let </b>a \
             = <i class=s>\"&lt;\"</i>;</code></pre></figure>",
        ),
        (Block::Signature(Prose::text("fn a<T>()")), "<pre class=\"signature\"><code>fn a&lt;T&gt;()</code></pre>"),
        (
            Block::Operation { method: "GET".into(), path: "/a/{b<}".into(), deprecated: true },
            "<p class=\"operation\"><span class=\"method method-get\">GET</span> <code>/a/<var>{b&lt;}</var></code> \
             <span class=\"badge tone-bad\">deprecated</span></p>",
        ),
        (
            Block::Fields(vec![field]),
            "<ul class=\"fields\"><li><p class=\"field\"><code class=\"field-name\">a&lt;b</code> \
             <span class=\"field-type\"><i>T</i></span> <span class=\"badge tone-warn\">required</span> </p>\
             <div class=\"field-text\"><p>d</p></div><p class=\"field-notes\"><span>default: <code>&lt;1&gt;</code></span> </p>\
             <details open><summary>1 entry of <code>a&lt;b</code></summary><ul class=\"fields\"><li id=\"c\">\
             <p class=\"field\"><code class=\"field-name\">c</code> </p></li></ul>",
        ),
    ];
    for (block, expected) in cases {
        let (html, _) = shown(vec![block], Vec::new());
        assert_eq!(html.lines().next().unwrap(), expected);
    }
}

#[test]
fn what_is_within_a_page_stands_at_its_heading_or_behind_the_text() {
    let heading =
        |anchor: &str, words: &str| Block::Heading { level: 2, anchor: anchor.to_owned(), content: Prose::html(words) };
    let prose = |html: &str| Block::Prose(Prose::html(html));
    let order = |html: &str, words: &[&str]| words.iter().map(|word| html.find(word).unwrap()).is_sorted();

    let (html, headings) = shown(vec![heading("part", "The <a>part</a>"), prose("<p>after</p>")], Vec::new());
    assert!(order(&html, &["id=\"part\"", "of it", "after"]), "{html}");
    assert_eq!(headings, [Heading { level: 2, anchor: "part".into(), title: "The part".into() }]);

    let (html, headings) = shown(vec![heading("a", "A <code>b</code>"), prose("<p>before</p>")], Vec::new());
    assert!(order(&html, &["before", "id=\"part\"", "A part", "of it"]), "{html}");
    let titles: Vec<_> = headings.iter().map(|heading| heading.title.as_str()).collect();
    assert_eq!(titles, ["A <code>b</code>", "A part"]);
}

#[test]
fn fields_are_not_followed_for_ever() {
    let mut field = Field::default();
    for _ in 0..5_000 {
        field = Field { name: "a".into(), children: vec![field], ..Field::default() };
    }
    let (html, _) = shown(vec![Block::Fields(vec![field])], Vec::new());
    assert_eq!(html.matches("<details").count(), super::fields::DEEPEST);
}
