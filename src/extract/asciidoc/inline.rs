//! The text of an AsciiDoc paragraph: emphasis, code, links, references, attributes.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::extract::wording::regex;

/// Markdown and the stretch of the source that it stands for.
pub(super) type Pieces = Vec<(String, Range<usize>)>;

/// What references may mean.
pub(super) struct Names {
    /// Attributes by name.
    pub(super) attributes: HashMap<String, String>,
    /// The words and ids of headings, by id and by their words in lower case.
    pub(super) headings: HashMap<String, (String, String)>,
}

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x)
        (?P<code>``[^`]+``|`[^`\n]+`)
        |<<(?P<reference>[^<>\s][^<>]*)>>
        |\b(?P<macro>link|xref|mailto|image|footnote|kbd|btn|menu|pass|stem|latexmath|anchor|icon):
            (?P<target>[^\s\[\]:][^\[\]\n]*|)\[(?P<words>[^\]]*)\]
        |(?P<url>\bhttps?://[^\s\[\]<>]+)\[(?P<label>[^\]]*)\]
        |(?P<bare><?\bhttps?://[^\s\[\]<>]+>?)
        |\[\[(?P<anchor>[\w:.-]+)(?:,[^\]]*)?\]\]
        |\[(?P<role>[\#.%][^\]\s]*)\]\#{1,2}(?P<marked>[^\#\n]+)\#{1,2}
        |\{(?P<attribute>[\w-]+)\}
        |\*\*(?P<wide>[^*\n]+)\*\*
        |\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*
        |(?P<literal>\+[^\s+](?:[^+\n]*[^\s+])?\+)
        |\(\(\(?(?P<index>[^()\n]*)\)?\)\)
        |(?P<hard>\x20\+(?:\n|$))
        |(?P<less><)",
    )
});

/// The Markdown of `text`, which begins at `start` of its file.
pub(super) fn convert(text: &str, start: usize, names: &Names) -> Pieces {
    let mut pieces = Pieces::new();
    let (mut at, mut from) = (0, 0);
    while let Some(found) = TOKEN.captures_at(text, from) {
        let Some(all) = found.get(0) else { break };
        let markdown = match read_token(text, &found, names) {
            Some(markdown) => markdown,
            None => {
                from = all.start() + text[all.start()..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
        };
        if at < all.start() {
            pieces.push((text[at..all.start()].to_owned(), start + at..start + all.start()));
        }
        pieces.push((markdown, start + all.start()..start + all.end()));
        (at, from) = (all.end(), all.end());
    }
    if at < text.len() {
        pieces.push((text[at..].to_owned(), start + at..start + text.len()));
    }
    pieces
}

/// The Markdown of one token; `None` where it is only text.
fn read_token(text: &str, found: &Captures<'_>, names: &Names) -> Option<String> {
    let all = found.get(0)?;
    let group = |name: &str| found.name(name).map(|group| group.as_str());
    let before = text[..all.start()].chars().next_back();
    if before == Some('\\') {
        return None;
    }
    let within_word = || {
        let after = text[all.end()..].chars().next();
        [before, after].into_iter().flatten().any(|beside| beside.is_alphanumeric() || beside == '_')
    };
    if let Some(code) = group("code") {
        let code = code.trim_matches('`');
        let code = code.strip_prefix('+').and_then(|code| code.strip_suffix('+')).unwrap_or(code);
        return Some(format!("`{}`", code.replace('\n', " ")));
    }
    if let Some(reference) = group("reference") {
        let (id, words) = reference.split_once(',').unwrap_or((reference, ""));
        return Some(reference_to(id.trim(), words.trim(), names));
    }
    if let Some(name) = group("macro") {
        return macro_call(name, group("target")?, group("words")?, names);
    }
    if let Some(url) = group("url") {
        return Some(link(url, &label(group("label")?, url, names)));
    }
    if let Some(anchor) = group("anchor") {
        return Some(format!("<a id=\"{anchor}\"></a>"));
    }
    if let Some(marked) = group("marked") {
        return Some(marked.to_owned());
    }
    if let Some(name) = group("attribute") {
        return attribute(name, names);
    }
    if let Some(bold) = group("wide") {
        return Some(format!("**{}**", inner(bold.trim(), names)));
    }
    if let Some(bold) = group("bold") {
        return (!within_word()).then(|| format!("**{}**", inner(bold, names)));
    }
    if let Some(literal) = group("literal") {
        return (!within_word()).then(|| format!("`{}`", literal.trim_matches('+')));
    }
    if let Some(term) = group("index") {
        return Some(if all.as_str().starts_with("(((") { String::new() } else { term.to_owned() });
    }
    if let Some(hard) = group("hard") {
        return Some(if hard.ends_with('\n') { "\\\n" } else { "" }.to_owned());
    }
    if group("bare").is_some() {
        return Some(all.as_str().to_owned());
    }
    Some("&lt;".to_owned())
}

fn macro_call(name: &str, target: &str, words: &str, names: &Names) -> Option<String> {
    let target = substituted(target, names);
    Some(match name {
        "xref" => match target.strip_prefix('#') {
            Some(id) => reference_to(id, words, names),
            None => reference_to(&target, words, names),
        },
        "link" => link(&target, &label(words, &target, names)),
        "mailto" => link(&format!("mailto:{target}"), &label(words, &target, names)),
        "image" => image(&target, words, names),
        "footnote" => format!(" ({})", inner(words, names)),
        "kbd" | "btn" | "stem" | "latexmath" => format!("`{words}`"),
        "menu" => format!("**{target}** {words}"),
        "pass" => words.to_owned(),
        "anchor" => format!("<a id=\"{target}\"></a>"),
        _ => String::new(),
    })
}

/// An image, whose first positional attribute is its text.
pub(super) fn image(target: &str, attributes: &str, names: &Names) -> String {
    let words = attributes.split(',').next().unwrap_or_default().trim().trim_matches('"');
    let words = if words.contains('=') { "" } else { words };
    let folder = names.attributes.get("imagesdir").filter(|_| !target.contains("://") && !target.starts_with('/'));
    let path = folder.map_or_else(|| target.to_owned(), |folder| format!("{}/{target}", folder.trim_end_matches('/')));
    format!("![{words}]({})", address(&path))
}

/// A reference: to another document, or to a place in this one.
fn reference_to(id: &str, words: &str, names: &Names) -> String {
    let id = substituted(id, names);
    let (path, anchor) = id.split_once('#').unwrap_or((&id, ""));
    let is_path = id.contains('#') || [".adoc", ".asciidoc", ".md"].iter().any(|end| path.ends_with(end));
    if is_path && !path.is_empty() {
        // The modules and families of Antora are known to it alone.
        let path = if path.contains('.') { path.to_owned() } else { format!("{path}.adoc") };
        let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
        let words = if words.is_empty() { stem.to_owned() } else { inner(words, names) };
        if path.contains([':', '$', '{']) {
            return words;
        }
        // Ids that are made from headings are made differently here.
        let explicit = !anchor.is_empty() && !anchor.starts_with('_');
        let target = if explicit { format!("{path}#{anchor}") } else { path };
        return link(&target, &words);
    }
    let id = if is_path { anchor } else { &id };
    let known = names.headings.get(id).or_else(|| names.headings.get(&id.to_lowercase()));
    match known {
        Some((title, id)) if words.is_empty() => link(&format!("#{id}"), title),
        Some((_, id)) => link(&format!("#{id}"), &inner(words, names)),
        None if words.is_empty() => id.to_owned(),
        None => inner(words, names),
    }
}

/// `{name}`: what the document or the language gives it. `None` for what is given elsewhere.
fn attribute(name: &str, names: &Names) -> Option<String> {
    let built_in = match name {
        "empty" | "zwsp" | "wj" | "blank" => "",
        "nbsp" | "sp" => " ",
        "plus" => "+",
        "asterisk" => "\\*",
        "backtick" => "\\`",
        "vbar" => "\\|",
        "lt" => "&lt;",
        "gt" => "&gt;",
        "amp" => "&amp;",
        "startsb" => "\\[",
        "endsb" => "\\]",
        _ => return names.attributes.get(name).map(|value| value.replace('<', "&lt;")),
    };
    Some(built_in.to_owned())
}

fn substituted(text: &str, names: &Names) -> String {
    static NAME: LazyLock<Regex> = LazyLock::new(|| regex(r"\{([\w-]+)\}"));
    let value = |found: &Captures<'_>| names.attributes.get(&found[1]).cloned().unwrap_or_else(|| found[0].to_owned());
    NAME.replace_all(text, value).into_owned()
}

fn inner(text: &str, names: &Names) -> String {
    convert(text, 0, names).into_iter().map(|(markdown, _)| markdown).collect()
}

/// The words of a link, without what says how it opens.
fn label(words: &str, target: &str, names: &Names) -> String {
    let words = words.split(",window=").next().unwrap_or_default().split(",role=").next().unwrap_or_default();
    let words = words.trim().trim_end_matches('^').trim_matches('"');
    if words.is_empty() { target.to_owned() } else { inner(&words.replace('\n', " "), names) }
}

fn link(target: &str, words: &str) -> String {
    if target.contains('{') {
        return words.to_owned();
    }
    format!("[{}]({})", words.replace('[', "\\[").replace(']', "\\]"), address(target))
}

fn address(target: &str) -> String {
    if target.contains([' ', '(', ')']) { format!("<{target}>") } else { target.to_owned() }
}
