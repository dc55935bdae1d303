//! What a page says of itself in its front matter, under the names that site generators gave it.

use std::ops::Range;

use crate::data::{Data, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::front_matter;
use crate::extract::review::{INTERVAL, REVIEWED};
use crate::source::SourceFile;

/// What a page says of itself. Empty for what it does not say.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) slug: String,
    pub(super) id: String,
    pub(super) order: Option<i64>,
    /// The address that it has on a site of Jekyll, where it states one.
    pub(super) permalink: String,
    pub(super) aliases: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) owner: String,
    pub(super) roles: Vec<String>,
    pub(super) path: String,
    /// The day on which somebody said that it holds, as written.
    pub(super) last_reviewed: String,
    /// For how long that counts, as written.
    pub(super) review_in: String,
    /// Where the text begins.
    pub(super) end: usize,
    pub(super) diagnostics: Diagnostics,
}

/// Names of the page's place: livedoc's own, Docusaurus', Hugo's, Just the Docs'.
const ORDER: [&str; 4] = ["order", "sidebar_position", "weight", "nav_order"];

/// Old addresses: Hugo's and Zola's name, Jekyll's and mkdocs-redirects'.
const ALIASES: [&str; 2] = ["aliases", "redirect_from"];

/// Whether the page is unfinished: it says `draft: true`. Judged by its lines alone.
pub(super) fn is_draft(file: &SourceFile) -> bool {
    let end = front_matter::end(file.text());
    end > 0 && lines(file.text(), 0..end).any(|(key, value)| key == "draft" && value == "true")
}

/// What `file` says of itself. Where its data cannot be read as such, simple lines of it still are.
pub(super) fn read(file: &SourceFile) -> Meta {
    let front = front_matter::read(file);
    let mut meta = Meta { end: front.end, ..Meta::default() };
    if front.values.is_none() {
        meta.take_lines(file.text(), front.lines);
    }
    if let Some(values) = &front.values {
        meta.take(values);
    }
    meta.diagnostics = front.diagnostics;
    if front.end == 0
        && let Some((lines, diagnostic)) = never_closed(file)
    {
        meta.end = lines.end;
        meta.take_lines(file.text(), lines);
        meta.diagnostics.push(diagnostic);
    }
    meta
}

impl Meta {
    /// Fills what is empty from `values`.
    fn take(&mut self, values: &Value) {
        let list = |keys: &[&str]| keys.iter().filter_map(|key| values.get(key)).flat_map(texts).collect::<Vec<_>>();
        let slots = [
            ("title", &mut self.title),
            ("description", &mut self.description),
            ("slug", &mut self.slug),
            ("id", &mut self.id),
            ("owner", &mut self.owner),
            ("path", &mut self.path),
        ];
        for (key, slot) in slots {
            if slot.is_empty() {
                *slot = values.get(key).and_then(Value::to_text).unwrap_or_default().trim().to_owned();
            }
        }
        // Jekyll's word for a whole address, beside which a slug says nothing. A colon begins what is filled in.
        if let Some(permalink) = values.get("permalink") {
            self.slug.clear();
            self.permalink = permalink.to_text().filter(|address| !address.contains(':')).unwrap_or_default();
        }
        let first = |names: &[&str]| names.iter().find_map(|name| values.get(name).and_then(Value::to_text));
        for (names, slot) in [(REVIEWED, &mut self.last_reviewed), (INTERVAL, &mut self.review_in)] {
            if slot.is_empty() {
                *slot = first(names).unwrap_or_default();
            }
        }
        self.order = self.order.or_else(|| ORDER.iter().find_map(|key| values.get(key).and_then(whole_number)));
        // What has no page has no further address either (Hugo, "headless").
        let is_headless = values.get("headless").and_then(Value::to_text).is_some_and(|text| text == "true");
        self.aliases = if is_headless { Vec::new() } else { list(&ALIASES) };
        self.roles = list(&["roles"]);
        self.tags = list(&["tags"]);
        // Zola keeps tags in a table of its own.
        if let Some(tags) = values.get("taxonomies").and_then(|taxonomies| taxonomies.get("tags")) {
            self.tags.extend(texts(tags));
        }
    }

    /// Takes what lines like `title: First day` say, unless the value goes on in the lines below.
    fn take_lines(&mut self, text: &str, range: Range<usize>) {
        for (key, value) in lines(text, range).filter(|(_, value)| !value.starts_with(['|', '>', '[', '{', '&', '*'])) {
            match key {
                "title" => self.title = value.to_owned(),
                "description" => self.description = value.to_owned(),
                "slug" => self.slug = value.to_owned(),
                "owner" => self.owner = value.to_owned(),
                "path" => self.path = value.to_owned(),
                key if REVIEWED.contains(&key) => self.last_reviewed = value.to_owned(),
                key if INTERVAL.contains(&key) => self.review_in = value.to_owned(),
                key if ORDER.contains(&key) => self.order = value.parse().ok(),
                _ => {}
            }
        }
    }
}

/// Lines of the form `key: value` or `key = value`, without quotes around the value.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = (&str, &str)> {
    text.get(range).unwrap_or_default().lines().filter_map(|line| {
        let (key, value) = line.split_once([':', '='])?;
        let value = value.split(" #").next().unwrap_or_default().trim();
        let unquoted = ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
        let is_key = !key.starts_with([' ', '\t', '-', '#']);
        is_key.then(|| (key.trim_end(), unquoted.unwrap_or(value)))
    })
}

/// One text, several in a list, or several between commas.
fn texts(value: &Value) -> Vec<String> {
    let several = match &value.data {
        Data::List(items) => items.iter().filter_map(Value::to_text).collect(),
        Data::String(text) => text.split(',').map(str::to_owned).collect(),
        _ => value.to_text().into_iter().collect::<Vec<_>>(),
    };
    several.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// A whole number; of a fraction, which some write to squeeze a page between two others, its floor.
fn whole_number(value: &Value) -> Option<i64> {
    value.as_integer().or_else(|| {
        let number: f64 = value.to_text()?.parse().ok()?;
        #[allow(clippy::cast_possible_truncation, reason = "the bounds are checked")]
        (number.abs() < 1e9).then(|| number.floor() as i64)
    })
}

/// A first line `---` with data behind it and no line that ends the data: the lines that are data, and the finding.
fn never_closed(file: &SourceFile) -> Option<(Range<usize>, Diagnostic)> {
    let text = file.text();
    let behind = text.strip_prefix("---\n").or_else(|| text.strip_prefix("+++\n"))?;
    let known = ["title", "description", "slug", "draft", "order", "tags", "owner", "layout", "weight"];
    let is_data = |line: &&str| line.contains([':', '=']) || line.starts_with([' ', '-', '#']);
    let length: usize = behind.split_inclusive('\n').take_while(is_data).map(str::len).sum();
    let (key, _) = behind.split_once([':', '='])?;
    if !known.contains(&key.trim()) {
        return None;
    }
    let diagnostic = Diagnostic::new(Code::InvalidFrontMatter, "the front matter does not end", file.line_span(1))
        .label("opened here")
        .hint(format!("write another line `{}` behind the last value", &text[..3]));
    Some((4..4 + length, diagnostic))
}
