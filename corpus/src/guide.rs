//! An index -> a page of Markdown of about 5 KB.

use std::fmt::Write;

use crate::prose::Writer;
use crate::random::Random;
use crate::vocabulary::Vocabulary;

/// A page, in the parts of which each generator wants its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it stands in the folder of all pages: `003/page-00342.md`.
    pub path: String,
    /// What its first heading says.
    pub title: String,
    /// One line of YAML a fact, without the fences; empty for none.
    pub front_matter: String,
    /// The Markdown, beginning with the first heading.
    pub body: String,
}

impl Page {
    /// The whole file, with its front matter in YAML if it has some.
    pub fn text(&self) -> String {
        if self.front_matter.is_empty() {
            self.body.clone()
        } else {
            format!("---\n{}---\n\n{}", self.front_matter, self.body)
        }
    }
}

/// The row of numbers that titles and headings are made from, and that of all else.
const OUTLINE: u64 = 2;
const TEXT: u64 = 3;

/// Pages that refer to each other.
pub struct Guides {
    vocabulary: Vocabulary,
    count: usize,
}

/// What other pages need to know of a page.
struct Outline {
    title: String,
    sections: Vec<String>,
}

impl Guides {
    /// `count` of them.
    pub fn new(count: usize) -> Self {
        Self { vocabulary: Vocabulary::new(), count }
    }

    /// The page at `index`, which depends on nothing else but how many there are.
    pub fn page(&self, index: usize) -> Page {
        let Outline { title, sections } = self.outline(index);
        let mut writer = self.writer(TEXT, index);
        let mut body = format!("# {title}\n\n{}\n", writer.paragraph());
        for (place, section) in sections.iter().enumerate() {
            let level = if place > 0 && place % 3 == 2 { "###" } else { "##" };
            // Writing to a string does not fail.
            let _ = write!(body, "\n{level} {section}\n\n");
            self.section(&mut writer, &mut body);
        }
        let described = writer.random.chance(30.0);
        let front_matter = format!("title: {title}\ndescription: {}\n", writer.words(6, 14));
        Page { path: path(index), title, front_matter: if described { front_matter } else { String::new() }, body }
    }

    fn writer(&self, topic: u64, index: usize) -> Writer<'_> {
        Writer { vocabulary: &self.vocabulary, random: Random::of(topic, index) }
    }

    fn outline(&self, index: usize) -> Outline {
        let mut writer = self.writer(OUTLINE, index);
        let words = writer.random.between(3, 5);
        let title = writer.title(words);
        let sections = (0..writer.random.between(4, 6)).map(|_| {
            let words = writer.random.between(2, 4);
            writer.title(words)
        });
        Outline { title, sections: sections.collect() }
    }

    /// Paragraphs, the last of them with a link to another page, and what else stands in a section.
    fn section(&self, writer: &mut Writer<'_>, body: &mut String) {
        for _ in 0..writer.random.between(1, 2) {
            let _ = write!(body, "{}\n\n", writer.paragraph());
        }
        if writer.random.chance(75.0) {
            let _ = write!(body, "{} See {}.\n\n", writer.sentence(), self.link(writer));
        }
        if writer.random.chance(26.0) {
            let _ = writeln!(body, "{}", writer.list());
        }
        if writer.random.chance(6.0) {
            let _ = writeln!(body, "{}", writer.table());
        }
        if writer.random.chance(45.0) {
            let _ = writeln!(body, "{}", writer.listing());
        }
        if writer.random.chance(5.0) {
            let _ = write!(body, "> **Note:** {}\n\n", writer.sentence());
        }
    }

    /// A link to some other page, or to a section of it.
    fn link(&self, writer: &mut Writer<'_>) -> String {
        let other = writer.random.between(0, self.count.saturating_sub(1));
        let outline = self.outline(other);
        let path = path(other);
        match outline.sections.first() {
            Some(section) if writer.random.chance(25.0) => {
                format!("[{section}](../{path}#{})", section.to_lowercase().replace(' ', "-"))
            }
            _ => format!("[{}](../{path})", outline.title),
        }
    }
}

/// A hundred pages a folder.
pub(crate) fn path(index: usize) -> String {
    format!("{:03}/page-{index:05}.md", index / 100)
}
