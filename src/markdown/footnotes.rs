//! Footnotes: numbered in the order in which the text mentions them, and put at its end.

use std::collections::HashMap;

use super::draft::Draft;

/// The footnotes of one text.
#[derive(Default)]
pub(super) struct Footnotes {
    numbers: HashMap<String, usize>,
    /// How often each is mentioned, by number from 1.
    mentions: Vec<usize>,
    definitions: HashMap<String, Draft>,
}

impl Footnotes {
    /// Writes a mention of the footnote `name`.
    pub(super) fn mention(&mut self, name: &str, prefix: &str, draft: &mut Draft) {
        let next = self.mentions.len() + 1;
        let number = *self.numbers.entry(name.to_owned()).or_insert(next);
        if number == next {
            self.mentions.push(0);
        }
        let count = &mut self.mentions[number - 1];
        *count += 1;
        let anchor = match *count {
            1 => format!("{prefix}fnref-{number}"),
            count => format!("{prefix}fnref-{number}-{count}"),
        };
        draft.push("<sup class=\"footnote-mention\"><a");
        draft.push_attribute("href", &format!("#{prefix}fn-{number}"));
        draft.push_anchor(anchor);
        draft.push(&format!(">{number}</a></sup>"));
    }

    /// Keeps the text of the footnote `name`; the first of several.
    pub(super) fn define(&mut self, name: String, text: Draft) {
        self.definitions.entry(name).or_insert(text);
    }

    /// Writes the footnotes that the text mentions.
    pub(super) fn write(mut self, prefix: &str, draft: &mut Draft) {
        let mut names: Vec<(usize, String)> = self.numbers.into_iter().map(|(name, number)| (number, name)).collect();
        names.sort_unstable();
        names.retain(|(_, name)| self.definitions.contains_key(name));
        if names.is_empty() {
            return;
        }
        draft.push("<section class=\"footnotes\"><ol>\n");
        for (number, name) in names {
            let Some(text) = self.definitions.remove(&name) else { continue };
            draft.push("<li");
            draft.push_anchor(format!("{prefix}fn-{number}"));
            draft.push(">");
            draft.append(text);
            let in_paragraph = draft.drop_end("</p>\n");
            draft.push(" <a class=\"footnote-back\" aria-label=\"Back to the text\"");
            draft.push_attribute("href", &format!("#{prefix}fnref-{number}"));
            draft.push(">↩</a>");
            draft.push(if in_paragraph { "</p></li>\n" } else { "</li>\n" });
        }
        draft.push("</ol></section>\n");
    }
}
