//! YAML whose flow collections are indented with tabs -> the same with blanks in their place.
//!
//! YAML 1.2.2, 6.1 and 7.4, lets them stand there, as libyaml does; granit-parser does not. Columns stay as they are.

use std::borrow::Cow;

/// `text` with blanks for the tabs at the beginnings of lines between brackets and braces.
pub(super) fn without_tabs_in_flow(text: &str) -> Cow<'_, str> {
    if !text.contains("\n\t") {
        return Cow::Borrowed(text);
    }
    let mut blank = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start_matches([' ', '\t']);
        let indent = &line[..line.len() - rest.len()];
        // What stands at the margin is no part of a collection but its end: a bracket in a text was none.
        if indent.is_empty() && rest.starts_with(|first: char| first.is_alphanumeric()) {
            depth = 0;
        }
        blank.push_str(&if depth > 0 { indent.replace('\t', " ") } else { indent.to_owned() });
        blank.push_str(rest);
        depth = depth_after(rest, depth);
    }
    Cow::Owned(blank)
}

/// How many collections are open behind `line`, when `depth` are before it. A bracket opens one where a value may begin.
fn depth_after(line: &str, mut depth: usize) -> usize {
    let mut quote = None;
    let mut before = ' ';
    for character in line.chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if matches!(before, ' ' | '\t' | '[' | '{' | ',') => quote = Some(character),
            (None, '#') if matches!(before, ' ' | '\t') => return depth,
            (None, '[' | '{') if depth > 0 || matches!(before, ' ' | '\t') => depth += 1,
            (None, ']' | '}') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
        before = character;
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::without_tabs_in_flow;

    #[test]
    fn only_between_brackets() {
        let cases = [
            ("a: [\n\t1,\n\t\t2\n]\nb: 1\n", "a: [\n 1,\n  2\n]\nb: 1\n"),
            ("a: {\n\tb: [\n\t1]\n\t}\nc: |\n\tx\n", "a: {\n b: [\n 1]\n }\nc: |\n\tx\n"),
            ("a: \"[\"\nb: |\n\tx\n", "a: \"[\"\nb: |\n\tx\n"),
            ("a: x[1\n\tb\n", "a: x[1\n\tb\n"),
            ("a: 1 # [\n\tb\n", "a: 1 # [\n\tb\n"),
            ("a: |\n  see [x\nb:\n\tc: 1\n", "a: |\n  see [x\nb:\n\tc: 1\n"),
            ("a: 1\n", "a: 1\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(without_tabs_in_flow(text), expected, "{text:?}");
        }
    }
}
