//! MDX -> the ranges of it that are Markdown.
//!
//! What only a JavaScript program could make sense of is left out: modules' `import` and `export` blocks, comments in braces, and the
//! tags of components (`<Tabs items={["a"]}>`, `<Icon />`), of which no reader sees anything. What stands between them is Markdown
//! (<https://mdxjs.com/docs/what-is-mdx/>), as far to the left as the component is: MDX knows no listings by indentation.

use std::ops::Range;

/// Longer tags are none.
const LONGEST_TAG: usize = 20_000;

/// Elements that have their content as text to HTML, whatever it is, and no content when they end with `/>` in JSX.
const SWALLOWING: &[&str] = &[
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "style",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// Whether `text` of a file that does not say so by its name is MDX all the same, as Docusaurus takes it: it imports something, or has a
/// comment in braces.
pub(super) fn is_mdx(text: &str) -> bool {
    let imports = |line: &str| {
        line.starts_with("import ") && line.contains(" from ") && line.trim_end().ends_with(['\'', '"', ';'])
    };
    let mut is_code = false;
    text.lines().any(|line| {
        is_code ^= line.starts_with("```") || line.starts_with("~~~");
        !is_code && (imports(line) || line.starts_with("{/*"))
    })
}

/// The parts of `range` of `text` that are Markdown.
pub(super) fn markdown(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut reader = Reader { text, parts: Vec::new(), open: Vec::new(), behind: range.start, coded: range.start };
    let mut fence: Option<&str> = None;
    let mut in_module = false;
    let mut after_blank = true;
    let mut at = range.start;
    for line in text[range.clone()].split_inclusive('\n') {
        let end = at + line.len();
        if reader.behind >= end {
            // Within a tag.
            at = end;
            continue;
        }
        let code = line.trim();
        let marks = &code[..code.len() - code.trim_start_matches(['`', '~']).len()];
        let was_code = fence.is_some();
        match fence {
            Some(open) if marks.starts_with(open) && marks.len() == code.len() => fence = None,
            None if marks.starts_with("```") || marks.starts_with("~~~") => fence = Some(marks),
            _ => {}
        }
        let is_code = was_code || fence.is_some();
        let begins_module = after_blank && (line.starts_with("import ") || line.starts_with("export "));
        in_module = !is_code && !code.is_empty() && (in_module || begins_module);
        let comment = if is_code { 0 } else { comment(&text[at..range.end]) };
        if comment > 0 {
            reader.behind = at + comment;
        } else if !in_module {
            reader.line(at..end, is_code, range.end);
        }
        after_blank = code.is_empty() || in_module;
        at = end;
    }
    reader.parts
}

struct Reader<'t> {
    text: &'t str,
    parts: Vec<Range<usize>>,
    /// Components that begin a line and are not closed.
    open: Vec<Component>,
    /// Where the last tag ends.
    behind: usize,
    /// Where the last code span ends.
    coded: usize,
}

struct Component {
    indent: usize,
    /// How much more its content is indented; not known before there is some.
    more: Option<usize>,
}

impl Reader<'_> {
    /// Takes a line; `end` is where the text ends.
    fn line(&mut self, line: Range<usize>, is_code: bool, end: usize) {
        let start = line.start.max(self.behind);
        let text = &self.text[start..line.end];
        let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
        let is_blank = text.trim().is_empty();
        if is_code || !text.contains('<') {
            let cut = if is_blank { 0 } else { self.outdent(indent) };
            self.push(start + cut..line.end);
            return;
        }
        let is_end = text.trim_start().starts_with("</");
        let mut from = start;
        // The end of a component stands as far to the left as its beginning.
        if !is_blank && !is_end && start == line.start {
            from += self.outdent(indent);
        }
        let mut at = self.coded.max(start + indent);
        while at < line.end {
            let rest = &self.text[at..end];
            match rest.as_bytes()[0] {
                b'`' => {
                    at += code_span(rest);
                    self.coded = at;
                }
                b'<' => match tag(rest) {
                    Some(tag) => {
                        self.push(from..at);
                        let begins_line = at == line.start + indent;
                        match tag.kind {
                            Kind::Opens if begins_line && !self.is_closed_in(at + tag.length..line.end) => {
                                self.open.push(Component { indent, more: None });
                            }
                            Kind::Closes if begins_line => drop(self.open.pop()),
                            _ => {}
                        }
                        at += tag.length;
                        (from, self.behind) = (at, at);
                    }
                    None => at += 1,
                },
                _ => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
        self.push(from..line.end);
    }

    /// Whether a component that opens before `rest` of a line is closed in it.
    fn is_closed_in(&self, rest: Range<usize>) -> bool {
        self.text.get(rest).is_some_and(|rest| rest.contains("</"))
    }

    /// How much of the indentation of a line within components is theirs.
    fn outdent(&mut self, indent: usize) -> usize {
        let outer: usize = self.open.iter().filter_map(|open| open.more).sum();
        if let Some(open) = self.open.last_mut()
            && open.more.is_none()
        {
            open.more = Some(indent.saturating_sub(open.indent));
            return (outer + indent.saturating_sub(open.indent)).min(indent);
        }
        outer.min(indent)
    }

    fn push(&mut self, part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        match self.parts.last_mut() {
            Some(last) if last.end == part.start => last.end = part.end,
            _ => self.parts.push(part),
        }
    }
}

/// The length of the comment that is all of the line with which `text` begins, or of several; else nothing.
fn comment(text: &str) -> usize {
    let is_begun = text.trim_start_matches([' ', '\t']).starts_with("{/*");
    let length = if is_begun { text.find("*/}").map_or(0, |end| end + "*/}".len()) } else { 0 };
    let line = text[length..].split_inclusive('\n').next().unwrap_or_default();
    if line.trim().is_empty() && length > 0 { length + line.len() } else { 0 }
}

/// The length of the code span with which `text` begins; of its backticks, when it does not end in its paragraph.
fn code_span(text: &str) -> usize {
    let marks = text.len() - text.trim_start_matches('`').len();
    let paragraph = text.find("\n\n").map_or(text, |end| &text[..end]);
    let mut at = marks;
    while let Some(start) = paragraph[at..].find('`').map(|start| at + start) {
        let length = paragraph[start..].len() - paragraph[start..].trim_start_matches('`').len();
        at = start + length;
        if length == marks {
            return at;
        }
    }
    marks
}

/// The tag of a component.
struct Tag {
    length: usize,
    kind: Kind,
}

enum Kind {
    Opens,
    Closes,
    Stands,
}

/// The tag with which `text` begins, when it is one of a component: with a capital letter, or without a name.
fn tag(text: &str) -> Option<Tag> {
    let closes = text.starts_with("</");
    let name = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    if let Some(rest) = name.strip_prefix('>') {
        return Some(Tag { length: text.len() - rest.len(), kind: if closes { Kind::Closes } else { Kind::Opens } });
    }
    let length =
        name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | ':'))).unwrap_or(name.len());
    let is_component = name.starts_with(|first: char| first.is_ascii_uppercase());
    let is_swallowing = SWALLOWING.contains(&&name[..length]);
    if !is_component && !is_swallowing {
        return None;
    }
    let start = text.len() - name.len() + length;
    let end = attributes_end(text, start)?;
    let kind = match () {
        () if closes => Kind::Closes,
        () if text[..end].ends_with("/>") => Kind::Stands,
        () => Kind::Opens,
    };
    // An element with content is left to who reads HTML.
    (is_component || matches!(kind, Kind::Stands)).then_some(Tag { length: end, kind })
}

/// Where the tag ends whose attributes begin at `start`: behind the `>` outside of quotes and braces.
fn attributes_end(text: &str, start: usize) -> Option<usize> {
    let mut braces = 0_usize;
    let mut quote = None;
    for (offset, byte) in text.as_bytes()[start..].iter().enumerate().take(LONGEST_TAG) {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'' | b'`') => quote = Some(*byte),
            (None, b'{') => braces += 1,
            (None, b'}') => braces = braces.saturating_sub(1),
            (None, b'>') if braces == 0 => return Some(start + offset + 1),
            // No attribute has this.
            (None, b'<') if braces == 0 => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{is_mdx, markdown};

    #[test]
    fn what_is_markdown() {
        let cases = [
            (
                "import A from 'a'\nimport B from 'b'\n\n# T\n\nexport const x = {\n  y: 1,\n}\n\n{/* no */}\nimport taxes\n\n\
                 ```js\n\nimport c\n```\nend",
                "\n# T\n\n\nimport taxes\n\n```js\n\nimport c\n```\nend",
            ),
            // Components and what is between them.
            (
                "<Tabs>\n  <Tab slot=\"a\">\n  ```sh\n  # one\n\n  x\n  ```\n  </Tab>\n</Tabs>\n\n## After\n",
                "\n\n```sh\n# one\n\nx\n```\n  \n\n\n## After\n",
            ),
            ("<Steps>\n1. Add a `<script>` or `<Tab>`\n</Steps>\n", "\n1. Add a `<script>` or `<Tab>`\n\n"),
            ("See <Badge text=\"a > b\" on={() => <b>x</b>}/> here\n", "See  here\n"),
            ("<Card\n  title=\"x\"\n  icon={{a: 1}}\n/>\n# T\n", "\n# T\n"),
            (
                "1. One\n\n   <Tab>\n     text\n\n     more\n   </Tab>\n2. Two\n",
                "1. One\n\n   \n   text\n\n   more\n   \n2. Two\n",
            ),
            ("<Tab>\n\n    deep\n      deeper\n</Tab>\n", "\n\ndeep\n  deeper\n\n"),
            ("<>\n# T\n</>\n", "\n# T\n\n"),
            ("<iframe src=\"x\" />\n\n## After\n", "\n\n## After\n"),
            ("<style>\nx\n</style>\n", "<style>\nx\n</style>\n"),
            ("# A\n{/* no\n[x](TODO)\n```\n*/}\n# T\n", "# A\n# T\n"),
            ("{/* no */} yes\n{/* never ends\n", "{/* no */} yes\n{/* never ends\n"),
            // What is none.
            ("a < B and <b>c</b> `<T>` Vec<B\n", "a < B and <b>c</b> `<T>` Vec<B\n"),
            ("``a ` <T>`` b\n", "``a ` <T>`` b\n"),
            ("```\n<Tab>\n```\n", "```\n<Tab>\n```\n"),
            ("<Tab ünd=\"ß\">ü</Tab>\n", "ü\n"),
        ];
        for (text, expected) in cases {
            let parts: String = markdown(text, 0..text.len()).into_iter().map(|range| &text[range]).collect();
            assert_eq!(parts, expected, "{text}");
        }
    }

    #[test]
    fn who_imports_is_mdx() {
        let cases = [
            ("---\n---\n\nimport Tabs from '@theme/Tabs';\n", true),
            ("import {A} from \"a\"\n", true),
            ("# T\n\n{/* no */}\n", true),
            ("import taxes from abroad\n", false),
            ("```js\nimport a from 'b'\n```\n", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_mdx(text), expected, "{text}");
        }
    }
}
