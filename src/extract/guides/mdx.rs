//! MDX -> the ranges of it that are Markdown.
//!
//! What only a JavaScript program could make sense of is left out: modules' `import` and `export` blocks and comments in
//! braces. Components are raw HTML to Markdown, of which sanitising keeps the words.

use std::ops::Range;

/// The parts of `range` of `text` that are Markdown.
pub(super) fn markdown(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut in_module = false;
    let mut after_blank = true;
    let mut at = range.start;
    for line in text[range].split_inclusive('\n') {
        let code = line.trim();
        let marks = &code[..code.len() - code.trim_start_matches(['`', '~']).len()];
        match fence {
            Some(open) if marks.starts_with(open) && marks.len() == code.len() => fence = None,
            None if marks.starts_with("```") || marks.starts_with("~~~") => fence = Some(marks),
            _ => {}
        }
        let begins_module = after_blank && (line.starts_with("import ") || line.starts_with("export "));
        in_module = fence.is_none() && !code.is_empty() && (in_module || begins_module);
        let is_comment = fence.is_none() && code.starts_with("{/*") && code.ends_with("*/}");
        let end = at + line.len();
        if !in_module && !is_comment {
            match parts.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => parts.push(at..end),
            }
        }
        after_blank = code.is_empty() || in_module;
        at = end;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn modules_and_comments_are_left_out() {
        let text = "import A from 'a'\nimport B from 'b'\n\n# T\n\nexport const x = {\n  y: 1,\n}\n\n{/* no */}\nimport taxes\n\n\
                    ```js\n\nimport c\n```\nend";
        let parts: String = markdown(text, 0..text.len()).into_iter().map(|range| &text[range]).collect();
        assert_eq!(parts, "\n# T\n\n\nimport taxes\n\n```js\n\nimport c\n```\nend");
    }
}
