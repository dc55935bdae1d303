//! HTML and CSS -> the ids and references in them. Enough of the HTML standard's tokenizer (13.2.5) for whole pages.

/// What a page says about links.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// Every `id`, in their order, and every `name` of an `a`.
    pub(super) ids: Vec<String>,
    /// Every reference, with its line.
    pub(super) references: Vec<(usize, String)>,
}

/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Reads a page.
pub(super) fn page(text: &str) -> Page {
    let mut page = Page::default();
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut at = 0;
    while let Some(start) = find(text, at, "<") {
        let rest = &text[start..];
        if rest.starts_with("<!--") {
            at = find(text, start + 4, "-->").map_or(text.len(), |end| end + 3);
        } else if rest[1..].starts_with(|next: char| next.is_ascii_alphabetic()) {
            let (tag, end) = tag(text, start + 1);
            collect(&tag, lines.of(start), &mut page);
            at = end;
            if RAW.contains(&tag.name.as_str()) {
                let close = format!("</{}", tag.name);
                let end = find_ignoring_case(text, at, &close).unwrap_or(text.len());
                if tag.name == "style" {
                    let line = lines.of(at);
                    page.references.extend(style(&text[at..end]).into_iter().map(|(_, url)| (line, url)));
                }
                at = end;
            }
        } else {
            at = start + 1;
        }
    }
    page
}

/// The addresses in `url(…)` of a style sheet, with their lines.
pub(super) fn style(text: &str) -> Vec<(usize, String)> {
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut urls = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, at, "url(") {
        at = find(text, start, ")").unwrap_or(text.len());
        let url = text[start + 4..at].trim().trim_matches(['"', '\'']);
        urls.push((lines.of(start), url.to_owned()));
    }
    urls
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

fn collect(tag: &Tag, line: usize, page: &mut Page) {
    page.ids.extend(tag.get("id").map(str::to_owned));
    if tag.name == "a" {
        page.ids.extend(tag.get("name").filter(|name| tag.get("id") != Some(*name)).map(str::to_owned));
    }
    for name in ["href", "src", "poster", "data", "action"] {
        // `data` is an address on objects only; `src` of nothing else is text.
        if name != "data" || tag.name == "object" {
            page.references.extend(tag.get(name).map(|value| (line, value.to_owned())));
        }
    }
    let candidates = tag.get("srcset").into_iter().flat_map(|set| set.split(", "));
    page.references.extend(candidates.filter_map(|one| Some((line, one.split_whitespace().next()?.to_owned()))));
    if tag.name == "meta" && tag.get("http-equiv").is_some_and(|value| value.eq_ignore_ascii_case("refresh")) {
        let content = tag.get("content").unwrap_or_default();
        let url = content.split_once(';').map(|(_, rest)| rest.trim()).unwrap_or_default();
        let url = url.strip_prefix("url=").or_else(|| url.strip_prefix("URL=")).unwrap_or_default();
        page.references.push((line, url.trim_matches(['"', '\'']).to_owned()));
    }
}

/// The tag whose name begins at `start`, and where it ends.
fn tag(text: &str, start: usize) -> (Tag, usize) {
    let bytes = text.as_bytes();
    let mut at = start;
    let until = |at: &mut usize, stop: &dyn Fn(u8) -> bool| {
        let from = *at;
        while *at < bytes.len() && !stop(bytes[*at]) {
            *at += 1;
        }
        &text[from..*at]
    };
    let name = until(&mut at, &|byte| byte.is_ascii_whitespace() || byte == b'/' || byte == b'>').to_ascii_lowercase();
    let mut attributes = Vec::new();
    loop {
        until(&mut at, &|byte| !(byte.is_ascii_whitespace() || byte == b'/'));
        if at >= bytes.len() || bytes[at] == b'>' {
            return (Tag { name, attributes }, at + 1);
        }
        // The first character belongs to the name, even a `=`.
        let from = at;
        at += text[at..].chars().next().map_or(1, char::len_utf8);
        until(&mut at, &|byte| byte.is_ascii_whitespace() || b"/>=".contains(&byte));
        let key = text[from..at].to_ascii_lowercase();
        until(&mut at, &|byte| !byte.is_ascii_whitespace());
        let mut value = "";
        if bytes.get(at) == Some(&b'=') {
            at += 1;
            until(&mut at, &|byte| !byte.is_ascii_whitespace());
            value = match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    at += 1;
                    let value = until(&mut at, &|byte| byte == *quote);
                    at += 1;
                    value
                }
                _ => until(&mut at, &|byte| byte.is_ascii_whitespace() || byte == b'>'),
            };
        }
        attributes.push((key, unescaped(value)));
    }
}

/// Character references undone, as far as they occur in addresses and ids.
fn unescaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        result.push_str(before);
        let decoded = after.split_once(';').and_then(|(name, behind)| Some((character(name)?, behind)));
        rest = match decoded {
            Some((character, behind)) => {
                result.push(character);
                behind
            }
            None => {
                result.push('&');
                after
            }
        };
    }
    result + rest
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

fn find(text: &str, from: usize, what: &str) -> Option<usize> {
    text.get(from..)?.find(what).map(|at| from + at)
}

fn find_ignoring_case(text: &str, from: usize, what: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(from..)?;
    bytes.windows(what.len()).position(|window| window.eq_ignore_ascii_case(what.as_bytes())).map(|at| from + at)
}

/// Line numbers of rising places, in one pass over the text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, place: usize) -> usize {
        self.line += self.text.as_bytes()[self.at..place].iter().filter(|byte| **byte == b'\n').count();
        self.at = place;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, page, style};

    /// A page, its ids, its references with their lines.
    type Case = (&'static str, &'static [&'static str], &'static [(usize, &'static str)]);

    #[test]
    fn ids_and_references_are_found_and_nothing_else() {
        let cases: [Case; 12] = [
            ("<p id=a><a\nhref='b' id=\"c\">x</a>", &["a", "c"], &[(1, "b")]),
            ("<a name=n></a>\n<A HREF=x.html>", &["n"], &[(2, "x.html")]),
            ("<!-- <a href=no> --><img src=i.png alt=\"a > b\">", &[], &[(1, "i.png")]),
            ("<script>let a = '<a href=no>';</script ><a href=yes>", &[], &[(1, "yes")]),
            ("<script src=s.js></SCRIPT><title><b id=no></title>", &[], &[(1, "s.js")]),
            ("<a href=\"?a=1&amp;b=&#x32;&#51;&c&nbsp\">", &[], &[(1, "?a=1&b=23&c&nbsp")]),
            ("<img srcset=\"a.png 1x, b.png 2x\">", &[], &[(1, "a.png"), (1, "b.png")]),
            ("<meta http-equiv=Refresh content=\"0; url=../new/\">", &[], &[(1, "../new/")]),
            ("<style>a { background: url('x.svg') }</style>", &[], &[(1, "x.svg")]),
            ("1 < 2 <= 3 </a href=no> <a = href=x>", &[], &[(1, "x")]),
            ("<a href", &[], &[(1, "")]),
            ("<object data=o.svg data-href=no><b data=no>", &[], &[(1, "o.svg")]),
        ];
        for (text, ids, references) in cases {
            let expected = Page {
                ids: ids.iter().map(|id| (*id).to_owned()).collect(),
                references: references.iter().map(|(line, url)| (*line, (*url).to_owned())).collect(),
            };
            assert_eq!(page(text), expected, "{text}");
        }
        assert_eq!(
            style("a{}\nb{background:url( \"f.woff2\" )} url("),
            [(2, "f.woff2".to_owned()), (2, String::new())]
        );
    }
}
