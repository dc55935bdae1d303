//! Words -> names, sentences, paragraphs, lists, tables, all in Markdown.

use std::fmt::Write;

use crate::random::Random;
use crate::vocabulary::Vocabulary;

/// Somebody who writes: the words and the chances that choose among them.
pub(crate) struct Writer<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) random: Random,
}

impl Writer<'_> {
    /// `retry_budget`; one of thirty has a number that makes it unlike all others.
    pub(crate) fn name(&mut self) -> String {
        let name = self.vocabulary.name(&mut self.random);
        if self.random.chance(3.0) { format!("{name}_{}", self.random.between(10, 99_999)) } else { name }
    }

    /// `RetryBudget`
    pub(crate) fn type_name(&mut self) -> String {
        self.name().split('_').map(capitalised).collect()
    }

    /// `words` words that say what something is about, the first with a capital.
    pub(crate) fn title(&mut self, words: usize) -> String {
        let words: Vec<&str> = (0..words).map(|_| self.vocabulary.topic(&mut self.random)).collect();
        capitalised(&words.join(" "))
    }

    /// Words without marks.
    pub(crate) fn words(&mut self, least: usize, most: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.random.between(least, most) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(self.vocabulary.word(&mut self.random));
        }
        text
    }

    /// A sentence with its full stop, some of its words names in backticks or stressed.
    pub(crate) fn sentence(&mut self) -> String {
        let mut sentence = String::new();
        for place in 0..self.random.between(8, 24) {
            match place {
                0 => {}
                _ if self.random.chance(6.0) => sentence.push_str(", "),
                _ => sentence.push(' '),
            }
            if self.random.chance(3.2) {
                let name = self.name();
                // Writing to a string does not fail.
                let _ = write!(sentence, "`{name}`");
            } else if self.random.chance(0.6) {
                let _ = write!(sentence, "*{}*", self.vocabulary.word(&mut self.random));
            } else {
                sentence.push_str(self.vocabulary.word(&mut self.random));
            }
        }
        format!("{}.", capitalised(&sentence))
    }

    /// Some sentences on one line.
    pub(crate) fn paragraph(&mut self) -> String {
        let sentences: Vec<String> = (0..self.random.between(2, 4)).map(|_| self.sentence()).collect();
        sentences.join(" ")
    }

    /// A list of some points, with bullets or numbers.
    pub(crate) fn list(&mut self) -> String {
        let numbered = self.random.chance(30.0);
        let mut list = String::new();
        for number in 1..=self.random.between(3, 7) {
            let words = self.words(4, 16);
            let _ = if numbered { writeln!(list, "{number}. {words}") } else { writeln!(list, "- {words}") };
        }
        list
    }

    /// A table of some rows and three columns.
    pub(crate) fn table(&mut self) -> String {
        let mut table = format!("| {} | {} | {} |\n", self.words(1, 2), self.words(1, 2), self.words(1, 3));
        table.push_str("|---|---|---|\n");
        for _ in 0..self.random.between(3, 8) {
            let (name, number) = (self.name(), self.random.between(1, 999));
            let _ = writeln!(table, "| `{name}` | {number} | {} |", self.words(3, 9));
        }
        table
    }
}

/// `text` with its first letter as a capital.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
