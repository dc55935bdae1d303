//! The page of a specification as a whole: what it is, where it is served, who may call, and every call by its tag.

use std::collections::BTreeSet;

use super::call::Call;
use super::document::Version;
use super::grouping::Grouping;
use super::kind::API;
use super::operation::more;
use super::page::{Context, Page};
use super::{directory, security, server};
use crate::data::Value;
use crate::graph::{Fact, Fragment, Home, Node, Prose};
use crate::source::Interned;

/// Up to so many calls are listed on the overview; more are listed on the pages of their tags.
const MOST_LISTED: usize = 60;

/// Adds the node of the whole specification to `fragment`. Gives the places of its page.
pub(super) fn add<'d>(
    context: &'d Context<'d>,
    grouping: &Grouping<'d>,
    calls: &[Call<'d>],
    fragment: &mut Fragment,
) -> BTreeSet<String> {
    let document = context.document;
    let root = document.root;
    let info = |key: &str| root.get("info").and_then(|info| info.get(key));
    let title = info("title").and_then(Value::to_text).map(|title| title.trim().to_owned());
    let title = title.filter(|title| !title.is_empty()).unwrap_or_else(|| document.name.to_owned());
    let id = document.id();
    let span = root.entries().first().map_or(root.span, |first| first.key_span);
    let mut node = Node::new(id, &API, title, span, Home::page(format!("api/{}/", document.name)));
    node.names = vec![Interned::new(&node.title)];
    let format = if document.version == Version::Swagger { "swagger" } else { "openapi" };
    node.facts.insert("format", Fact::from(format));
    let stated = root.get("openapi").or_else(|| root.get("swagger"));
    if let Some(version) = stated.and_then(Value::to_text) {
        node.facts.insert("spec_version", Fact::from(version));
    }
    if let Some(version) = info("version").and_then(Value::to_text) {
        node.facts.insert("version", Fact::from(version));
    }
    let servers = server::addresses(document);
    if !servers.is_empty() {
        node.facts.insert("servers", Fact::from(servers));
    }

    let mut page = Page::new(context, id);
    about(&mut page);
    node.summary = page.markdown(info("description"), 2);
    if let Some(summary) = info("summary").and_then(Value::as_str) {
        summary.trim().clone_into(&mut node.summary);
    }
    more(&mut page, root);
    downloads(&mut page);
    server::show_all(&mut page);
    security::show_schemes(&mut page);
    list_calls(&mut page, grouping, calls);
    if !document.schemas.is_empty() {
        page.heading(2, "Schemas");
        directory::of_schemas(&mut page);
    }
    page.finish(node, fragment)
}

/// Licence and whom to ask, in a line.
fn about(page: &mut Page<'_>) {
    let Some(info) = page.document().root.get("info") else { return };
    let mut parts: Vec<Prose> = Vec::new();
    for (key, words) in [("license", "Licence"), ("contact", "Contact")] {
        let Some(value) = info.get(key) else { continue };
        let text = |key: &str| value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        let Some(name) = text("name").or_else(|| text("identifier")).or_else(|| text("email")).or_else(|| text("url"))
        else {
            continue;
        };
        let mut prose = Prose::text(&format!("{words}: "));
        match value.get("url") {
            Some(url) => page.push_web(&mut prose, url, name),
            None => prose.push_text(name),
        }
        parts.push(prose);
    }
    if let Some(terms) = info.get("termsOfService") {
        let mut prose = Prose::default();
        page.push_web(&mut prose, terms, "Terms of service");
        parts.push(prose);
    }
    let Some(mut line) = (!parts.is_empty()).then(|| Prose::html("<p>")) else { return };
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            line.html.push_str(" · ");
        }
        line.append(part);
    }
    line.html.push_str("</p>");
    page.prose(line);
}

/// The files of the specification as they are written. Those that refer to each other stand side by side in the site as
/// they do in the repository, so that programs can read the copy as well.
fn downloads(page: &mut Page<'_>) {
    let document = page.document();
    let file = document.file.path();
    let mut line = Prose::html("<p>Download: ");
    page.push_file(&mut line, file, file.file_name());
    line.html.push_str("</p>");
    page.prose(line);
    let mut parts = Prose::html("<details><summary>Its parts</summary><ul>");
    let empty = parts.html.len();
    for part in document.parts() {
        parts.html.push_str("<li>");
        page.push_file(&mut parts, part, part.as_str());
        parts.html.push_str("</li>");
    }
    if parts.html.len() > empty {
        parts.html.push_str("</ul></details>");
        page.prose(parts);
    }
}

fn list_calls<'d>(page: &mut Page<'d>, grouping: &Grouping<'d>, calls: &[Call<'d>]) {
    if grouping.has_pages() {
        list_tags(page, grouping, calls);
    } else {
        for (place, tag) in grouping.tags.iter().enumerate() {
            page.heading(2, &tag.label);
            if let Some(declared) = tag.declared {
                page.markdown(declared.get("description"), 3);
                more(page, declared);
            }
            directory::of_calls(page, grouping.at_home(place).map(|call| &calls[call]), Some(tag.name), false);
        }
    }
    let [operations, webhooks] = &grouping.without;
    for (places, heading) in [(operations, grouping.without_tag()), (webhooks, "Webhooks")] {
        if !places.is_empty() {
            page.heading(2, heading);
            directory::of_calls(page, places.iter().map(|&call| &calls[call]), None, false);
        }
    }
}

/// The tags that have pages, with the calls under them where those are few.
fn list_tags<'d>(page: &mut Page<'d>, grouping: &Grouping<'d>, calls: &[Call<'d>]) {
    let has_groups = grouping.has_groups();
    let is_long = calls.len() > MOST_LISTED;
    let heads: Vec<usize> = (0..grouping.tags.len()).filter(|&place| grouping.tags[place].above.is_none()).collect();
    for (index, &head) in heads.iter().enumerate() {
        let group = &grouping.tags[head].group;
        let is_first = index == 0 || grouping.tags[heads[index - 1]].group != *group;
        let end = heads.get(index + 1).copied().unwrap_or(grouping.tags.len());
        if is_first && (has_groups || is_long) {
            page.heading(2, if has_groups { group } else { "Operations" });
        }
        if is_long {
            // One table for all tags of a group.
            if is_first {
                let same = |head: &&usize| grouping.tags[**head].group == *group;
                let last = heads[index..].iter().take_while(same).count() + index;
                let end = heads.get(last).copied().unwrap_or(grouping.tags.len());
                directory::of_tags(page, grouping, &(head..end).collect::<Vec<_>>());
            }
            continue;
        }
        for place in head..end {
            let tag = &grouping.tags[place];
            let level = 2 + u8::from(has_groups) + u8::try_from(grouping.depth(place)).unwrap_or(2).min(2);
            let mut words = Prose::default();
            words.push_way(tag.id, &tag.label);
            page.heading_of(level, &tag.label, words);
            let about = page.first_words(tag.declared.and_then(|tag| tag.get("description")));
            directory::about(page, tag.name, &about);
            directory::of_calls(page, grouping.at_home(place).map(|call| &calls[call]), Some(tag.name), false);
        }
    }
}
