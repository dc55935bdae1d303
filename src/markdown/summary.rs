//! The first paragraph of a text, shortened.

/// Longer summaries are cut at a word.
const LENGTH: usize = 200;

/// Collects the first paragraph that has words.
#[derive(Default)]
pub(super) struct Summary {
    text: String,
    state: State,
}

#[derive(Default, PartialEq)]
enum State {
    #[default]
    Waiting,
    Open,
    Done,
}

impl Summary {
    /// A paragraph begins.
    pub(super) fn open(&mut self) {
        if self.state == State::Waiting {
            self.state = State::Open;
        }
    }

    /// Words of whatever is open.
    pub(super) fn push(&mut self, text: &str) {
        if self.state == State::Open && self.text.len() <= 8 * LENGTH {
            let end = text.char_indices().nth(8 * LENGTH).map_or(text.len(), |(end, _)| end);
            self.text.push_str(&text[..end]);
        }
    }

    /// The paragraph ends; the next one is waited for when this one had no words.
    pub(super) fn close(&mut self) {
        if self.state == State::Open {
            self.state = if self.text.trim().is_empty() { State::Waiting } else { State::Done };
        }
    }

    /// The paragraph, on one line.
    pub(super) fn finish(self) -> String {
        shorten(&self.text)
    }
}

/// The words of `text` on one line, cut behind a word when there are many.
fn shorten(text: &str) -> String {
    let mut short = String::new();
    // In characters.
    let mut length = 0;
    for word in text.split_whitespace() {
        let word_length = word.chars().count();
        if length + word_length > LENGTH {
            if short.is_empty() {
                short.extend(word.chars().take(LENGTH));
            }
            let kept = short.trim_end_matches([',', ';', ':', '-', '(']).trim_end().len();
            short.truncate(kept);
            short.push('…');
            return short;
        }
        if !short.is_empty() {
            short.push(' ');
            length += 1;
        }
        short.push_str(word);
        length += word_length;
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, shorten};

    #[test]
    fn long_text_is_cut_at_a_word() {
        assert_eq!(shorten(" one\n two "), "one two");
        let words = shorten(&"word, ".repeat(60));
        assert!(words.ends_with("word…") && words.chars().count() <= LENGTH + 1, "{words}");
        assert_eq!(shorten(&"é".repeat(900)).chars().count(), LENGTH + 1);
    }
}
