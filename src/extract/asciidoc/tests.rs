//! AsciiDoc and the Markdown that says the same.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::read;
use crate::source::{RepoPath, SourceFile};

fn markdown(text: &str) -> String {
    let (mapped, front_matter) = read(&SourceFile::new(RepoPath::new("a.adoc").unwrap(), text.to_owned()));
    let all = mapped.text();
    // Every piece leads back to where it is written.
    for (start, character) in all.char_indices() {
        let origin = mapped.span(start..start + character.len_utf8()).range();
        assert!(text.get(origin.clone()).is_some(), "{origin:?} of {text:?}");
    }
    let body = &all[front_matter.end..];
    let lines: Vec<&str> = body.lines().map(str::trim_end).collect();
    let text = lines.join("\n");
    format!("{}{}", &all[front_matter.lines], squeeze(text.trim()))
}

fn squeeze(text: &str) -> String {
    let mut squeezed = text.to_owned();
    while squeezed.contains("\n\n\n") {
        squeezed = squeezed.replace("\n\n\n", "\n\n");
    }
    squeezed
}

#[test]
fn blocks() {
    let cases = [
        ("= Title\n:status: accepted\n:toc:\n\nText\nmore\n", "status: accepted\n# Title\n\nText\nmore"),
        ("= Title\nAnn <a@b.c>\nv1.2, 2024-03-01\n\nText", "revdate: 2024-03-01\n# Title\n\nText"),
        ("== Status\n\nAccepted", "## Status\n\nAccepted"),
        ("Title\n=====\n\nPart\n----\n\nx", "# Title\n\n## Part\n\nx"),
        ("* a\n** b\n* c\n. d\n", "- a\n  - b\n- c\n  1. d"),
        ("* a\n+\nmore\n\nend", "- a\n\n  more\n\nend"),
        ("Status:: proposed\nDate::\n2024\n", "- **Status:** proposed\n- **Date:**\n  2024"),
        ("----\nlet x;\n----\n", "```\nlet x;\n```"),
        ("[source,rust]\n----\n*no*\n----\n", "```rust\n*no*\n```"),
        ("NOTE: Mind\nthis.\n", "> [!NOTE]\n> Mind\n> this."),
        ("[WARNING]\n====\nMind.\n\nTwo.\n====\n", "> [!WARNING]\n> Mind.\n>\n> Two."),
        ("|===\n| A | B\n\n| 1\n| 2\n|===\n", "|A|B|\n|---|---|\n|1|2|"),
        (
            "[cols=\"1h,1\"]\n|===\n| JEP\n| 14\n\n// no\n| Status\n| Active\n|===\n",
            "| | |\n|---|---|\n|JEP|14|\n|Status|Active|",
        ),
        ("// no\nifdef::x[]\ntext\nendif::[]\n////\nno\n////\n", "text"),
        ("image::a.png[An image]\n\ninclude::part.adoc[]\n", "![An image](a.png)\n\n[part.adoc](part.adoc)"),
        (".Title\ntext", "**Title**\n\ntext"),
        ("----\nnever closed", "```\nnever closed\n```"),
        ("====\nnever closed", "====\nnever closed"),
        ("'''\ntext", "***\n\ntext"),
        ("", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(markdown(text), expected, "{text}");
    }
}

#[test]
fn inline() {
    let cases = [
        ("*Status:* Proposed +\n*Date:* now", "**Status:** Proposed\\\n**Date:** now"),
        ("Superseded by xref:0002-b.adoc[ADR 2]", "Superseded by [ADR 2](0002-b.adoc)"),
        ("see xref:0002-b.adoc[] and link:x.pdf[the paper^]", "see [0002-b](0002-b.adoc) and [the paper](x.pdf)"),
        ("<<0002-b.adoc#,ADR 2>>", "[ADR 2](0002-b.adoc)"),
        ("[#ctx]\n== Context\n\nsee <<ctx>>", "<a id=\"ctx\"></a>\n\n## Context\n\nsee [Context](#ctx)"),
        ("== A b\n\nsee <<_a_b,that>>", "<a id=\"_a_b\"></a>\n\n## A b\n\nsee [that](#_a_b)"),
        ("https://example.com[words] https://example.com", "[words](https://example.com) https://example.com"),
        ("`a*b` and 2*3*4 and a < b", "`a*b` and 2*3*4 and a &lt; b"),
        (":name: value\n\n{name} {unknown} {empty}", "name: value\nvalue {unknown}"),
        ("a link:http://x.y[long\nwords] b", "a [long words](http://x.y) b"),
        ("xref:module:page.adoc[words]", "words"),
        ("footnote:[why] ((term))", "(why) term"),
    ];
    for (text, expected) in cases {
        assert_eq!(markdown(text), expected, "{text}");
    }
}
