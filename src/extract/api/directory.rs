//! What a page leads to, as tables and lists: calls, tags, schemas.
//!
//! Each entry has the id that Redoc gives it on its one page, so that old addresses lead near.

use super::call::Call;
use super::document::Named;
use super::grouping::Grouping;
use super::kind::OPERATION;
use super::page::Page;
use crate::data::Value;
use crate::graph::{Prose, escape};

/// A list of `calls`. `within`: the name of the tag above it. `words`: whether it also says the first words of
/// descriptions.
pub(super) fn of_calls<'c, 'd: 'c>(
    page: &mut Page<'d>,
    calls: impl Iterator<Item = &'c Call<'d>>,
    within: Option<&str>,
    words: bool,
) {
    let mut list = Prose::html("<ul class=\"calls\"");
    push_id(page, &mut list, within.map(tag_id));
    list.html.push('>');
    let empty = list.html.len();
    for call in calls {
        let id = call.operation_id.filter(|_| std::ptr::eq(call.kind, &OPERATION));
        list.html.push_str("<li");
        push_id(page, &mut list, id.map(|id| format!("operation/{id}")));
        list.html.push_str("><span class=\"method method-");
        list.html
            .extend(call.method.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()));
        list.html.push('"');
        let below = id.zip(within).map(|(id, tag)| format!("{}/operation/{id}", tag_id(tag)));
        push_id(page, &mut list, below);
        list.html.push('>');
        list.push_text(&call.method);
        list.html.push_str("</span> <code>");
        list.push_way(call.id, call.path);
        list.html.push_str("</code>");
        if call.deprecated() == Some(true) {
            list.html.push_str(" <span class=\"badge tone-bad\">deprecated</span>");
        }
        let summary = call.value.get("summary").and_then(Value::as_str).unwrap_or_default().trim();
        let more = if words { first_sentence(&page.first_words(call.value.get("description"))) } else { String::new() };
        let is_new = !more.is_empty() && more.trim_end_matches('.') != summary.trim_end_matches('.');
        for (text, element) in [(summary, "p"), (more.as_str(), "small")] {
            if !text.is_empty() && (element == "p" || is_new) {
                list.html.extend(["<", element, ">"]);
                list.push_text(text);
                list.html.extend(["</", element, ">"]);
            }
        }
        list.html.push_str("</li>");
    }
    if list.html.len() > empty {
        list.html.push_str("</ul>");
        page.prose(list);
    }
}

/// What the tag `name` is about, below its heading.
pub(super) fn about(page: &mut Page<'_>, name: &str, words: &str) {
    let mut paragraph = Prose::html("<p");
    push_id(page, &mut paragraph, Some(tag_id(name)).filter(|_| !words.is_empty()));
    paragraph.html.push('>');
    paragraph.push_text(words);
    paragraph.html.push_str("</p>");
    page.prose(if words.is_empty() { Prose::default() } else { paragraph });
}

/// A table of the tags at `places`.
pub(super) fn of_tags<'d>(page: &mut Page<'d>, grouping: &Grouping<'d>, places: &[usize]) {
    let mut table = opened(&["Tag", "Operations", "What it is about"]);
    let first = places.iter().map(|&place| grouping.depth(place)).min().unwrap_or(0);
    for &place in places {
        let tag = &grouping.tags[place];
        table.html.push_str("<tr");
        push_id(page, &mut table, Some(tag_id(tag.name)));
        table.html.push_str("><td>");
        table.push_text(&"– ".repeat(grouping.depth(place) - first));
        table.push_way(tag.id, &tag.label);
        table.html.push_str(&format!("</td><td>{}</td><td>", tag.calls.len()));
        let words = page.first_words(tag.declared.and_then(|tag| tag.get("description")));
        table.push_text(&first_sentence(&words));
        table.html.push_str("</td></tr>");
    }
    close(page, table);
}

/// Every named schema, by name.
pub(super) fn of_schemas(page: &mut Page<'_>) {
    let document = page.document();
    let mut names: Vec<(usize, &str)> =
        document.schemas.iter().enumerate().map(|(index, entry)| (index, &*entry.key)).collect();
    names.sort_by_key(|(index, name)| (name.to_lowercase(), *index));
    let mut list = Prose::html("<ul>");
    for (index, name) in names {
        list.html.push_str("<li");
        push_id(page, &mut list, Some(format!("schema/{name}")));
        list.html.push('>');
        list.push_way(document.schema_id(Named::Own(index)), name);
        list.html.push_str("</li>");
    }
    list.html.push_str("</ul>");
    page.prose(list);
}

fn opened(columns: &[&str]) -> Prose {
    let mut table = Prose::html("<div class=\"table-scroll\"><table><thead><tr>");
    for column in columns {
        table.html.push_str("<th>");
        table.push_text(column);
        table.html.push_str("</th>");
    }
    table.html.push_str("</tr></thead><tbody>");
    table
}

fn close(page: &mut Page<'_>, mut table: Prose) {
    table.html.push_str("</tbody></table></div>");
    page.prose(table);
}

/// Puts the id `wish`, if nothing else on the page has it, into the tag that `prose` ends in.
fn push_id(page: &mut Page<'_>, prose: &mut Prose, wish: Option<String>) {
    let Some(id) = wish.filter(|wish| page.take_anchor(wish)) else { return };
    prose.html.push_str(" id=\"");
    prose.html.push_str(&escape(&id));
    prose.html.push('"');
    prose.anchors.push(id);
}

/// The id that Redoc gives a tag: `tag/Order-management`.
pub(super) fn tag_id(name: &str) -> String {
    let kept = |character: &char| {
        character.is_alphanumeric() || character.is_whitespace() || "$*_+~.()!-:@".contains(*character)
    };
    let name: String = name.chars().filter(kept).collect();
    format!("tag/{}", name.split_whitespace().collect::<Vec<_>>().join("-"))
}

/// `words` up to the end of their first sentence.
fn first_sentence(words: &str) -> String {
    words.find(". ").map_or(words, |end| &words[..=end]).to_owned()
}
