//! Implementations -> the rows of a list: the head of each, what it sets, and where it is written.

use super::page::as_code;
use super::{Publication, anchors};
use crate::extract::rust::resolve::{ImplementationSite, items_within};
use crate::extract::rust::scan::Signature;
use crate::graph::{Hole, Prose, push_escaped};

/// More rows than these are closed at first.
const SHOWN_AT_ONCE: usize = 12;

/// A list in the making.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
}

struct Row {
    /// The id of its place, by which rows are sorted.
    id: String,
    /// Whether it is one that others can lead to.
    is_place: bool,
    content: Prose,
}

impl Rows {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the implementation at `site`; `link` makes the names in a signature links.
    pub(super) fn push(
        &mut self,
        publication: &Publication<'_>,
        site: &ImplementationSite<'_>,
        link: &mut dyn FnMut(&Signature) -> Prose,
    ) {
        let head = &site.item.signature;
        let mut content = Prose::default();
        if let Some(file) = publication.files.get(&site.file) {
            content.push_hole(Hole::Line { file: site.file, line: file.line(site.item.place.start) });
        }
        content.append(as_code(link(head)));
        let set = items_within(site.item, &publication.krate.source.environment);
        if !set.is_empty() {
            content.html.push_str("<ul>");
            for item in set {
                content.html.push_str("<li>");
                content.append(as_code(link(&item.signature)));
                content.html.push_str("</li>");
            }
            content.html.push_str("</ul>");
        }
        self.rows.push(Row { id: anchors::of_implementation(&head.text), is_place: true, content });
    }

    /// Adds an implementation that nobody wrote out, with its head as text and as `line`.
    pub(super) fn push_head(&mut self, head: &str, line: Prose) {
        self.rows.push(Row { id: anchors::of_implementation(head), is_place: true, content: as_code(line) });
    }

    /// Adds what the derive macro at `path` implements, which nobody knows.
    pub(super) fn push_macro(&mut self, path: &str, line: Prose) {
        self.rows.push(Row { id: format!("impl-{path}"), is_place: false, content: as_code(line) });
    }

    /// The list, sorted, behind `note`, which says what is not in it. Many rows are closed until a reader opens them.
    pub(super) fn into_list(mut self, note: &str) -> Prose {
        self.rows.sort_by(|one, other| one.id.cmp(&other.id));
        let count = self.rows.len();
        let is_long = count > SHOWN_AT_ONCE;
        let mut list = Prose::html("<p>");
        list.push_hole(Hole::Remark(note.to_owned()));
        list.html.push_str("</p>");
        if is_long {
            list.html.push_str("<details><summary>");
            list.push_hole(Hole::Remark(format!("{count} implementations")));
            list.html.push_str("</summary>");
        }
        list.html.push_str("<ul class=\"implementations\">");
        let (mut last, mut repeated) = (String::new(), 0);
        for Row { id, is_place, content } in self.rows {
            repeated = if id == last { repeated + 1 } else { 0 };
            let anchor = if repeated == 0 { id.clone() } else { format!("{id}-{repeated}") };
            last = id;
            if is_place {
                list.html.push_str("<li id=\"");
                push_escaped(&mut list.html, &anchor);
                list.html.push_str("\">");
                list.anchors.push(anchor);
            } else {
                list.html.push_str("<li>");
            }
            list.append(content);
            list.html.push_str("</li>");
        }
        list.html.push_str(if is_long { "</ul></details>" } else { "</ul>" });
        list
    }
}
