//! A node while its page is written: its body and its links.

use std::collections::HashMap;

use super::Publication;
use super::declaration::{Closed, Declaration};
use super::identity::Identity;
use super::links::{Scope, Way};
use super::reach::Place;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::extract::rust::resolve::{DefinitionId, Documented};
use crate::extract::rust::scan::{Attributes, Deprecation, DocPart, Item, Signature, Visibility, span_in};
use crate::extract::schemes;
use crate::graph::{
    Block, Fact, Fragment, Hole, Home, Link, LinkIndex, Need, Node, NodeId, Prose, Relation, Target, escape,
};
use crate::markdown::{self, Dialect, FirstHeading, Options};
use crate::source::{Interned, MappedText, RepoPath, Span};

/// A node, and what it states.
pub(super) struct Draft {
    pub(super) node: Node,
    links: Vec<Link>,
    /// The links of its signature, so that a name that stands twice is one link.
    signature_links: HashMap<String, LinkIndex>,
    diagnostics: Diagnostics,
}

/// Documentation, ready to be shown.
#[derive(Default)]
pub(super) struct Text {
    pub(super) blocks: Vec<Block>,
    pub(super) summary: String,
}

impl Draft {
    /// A page, or a member of the page `owner`.
    pub(super) fn new(identity: &Identity, title: String, span: Span, owner: Option<NodeId>) -> Self {
        let home = match owner {
            None => Home::Page { route: identity.place.clone(), aliases: identity.aliases.clone() },
            Some(node) => Home::Within { node, anchor: identity.place.clone() },
        };
        let mut node = Node::new(identity.id, identity.kind, title, span, home);
        node.facts.insert("path", identity.path.clone().into());
        Self { node, links: Vec::new(), signature_links: HashMap::new(), diagnostics: Diagnostics::new() }
    }

    pub(super) fn finish(self, fragment: &mut Fragment) {
        fragment.nodes.push(self.node);
        fragment.links.extend(self.links);
        fragment.diagnostics.extend(self.diagnostics);
    }

    fn next_link(&self) -> u32 {
        u32::try_from(self.links.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn link(&mut self, relation: Relation, target: Target, span: Span, need: Need) -> LinkIndex {
        let index = LinkIndex(self.next_link());
        self.links.push(Link { from: self.node.id, relation, target, span, need, flipped: false });
        index
    }

    /// States what `item` says of itself.
    pub(super) fn state(&mut self, item: &Item, signature: &str) {
        let facts = &mut self.node.facts;
        facts.insert("signature", signature.into());
        let visibility = match &item.visibility {
            Visibility::Public => "public".to_owned(),
            Visibility::Inherited => "private".to_owned(),
            Visibility::Within(path) if path == "self" => "private".to_owned(),
            Visibility::Within(path) => path.clone(),
        };
        facts.insert("visibility", visibility.into());
        if item.attributes.deprecated.is_some() {
            facts.insert("deprecated", Fact::Flag(true));
        }
        self.node.names.extend(item.attributes.aliases.iter().map(|alias| Interned::new(alias)));
    }

    /// A signature with the names in it as links.
    pub(super) fn signature(
        &mut self,
        publication: &Publication<'_>,
        signature: &Signature,
        scope: &Scope<'_>,
    ) -> Prose {
        let mut prose = Prose::default();
        let mut from = 0;
        for path in &signature.paths {
            let (start, end) = (path.start as usize, path.end as usize);
            let (Some(before), Some(name)) = (signature.text.get(from..start), signature.text.get(start..end)) else {
                continue;
            };
            prose.push_text(before);
            from = end;
            let index = match self.signature_links.get(name) {
                Some(index) => Some(*index),
                None => publication.signature_way(name, scope).map(|target| {
                    let index = self.link(Relation::RefersTo, target, self.node.span, Need::May);
                    self.signature_links.insert(name.to_owned(), index);
                    index
                }),
            };
            match index {
                Some(index) => prose.push_link(index, name),
                None => prose.push_text(name),
            }
        }
        prose.push_text(signature.text.get(from..).unwrap_or_default());
        prose
    }

    /// A declaration with the names in it as links, and a part that opens.
    pub(super) fn declaration(
        &mut self,
        publication: &Publication<'_>,
        declared: &Declaration,
        scope: &Scope<'_>,
    ) -> Prose {
        let Some(Closed { range, label }) = &declared.closed else {
            return self.signature(publication, &declared.whole, scope);
        };
        let mut part = |range| self.signature(publication, &declared.whole.part(range), scope);
        let mut prose = part(0..range.start);
        prose.html.push_str("<details><summary>");
        prose.push_hole(Hole::Remark(label.clone()));
        prose.html.push_str("</summary>");
        prose.append(part(range.clone()));
        prose.html.push_str("</details>");
        prose.append(part(range.end..declared.whole.text.len()));
        prose
    }

    /// A signature that stands on a page that its names were not declared for: nothing is remembered between calls.
    pub(super) fn foreign_signature(
        &mut self,
        publication: &Publication<'_>,
        signature: &Signature,
        scope: &Scope<'_>,
    ) -> Prose {
        let own = std::mem::take(&mut self.signature_links);
        let prose = self.signature(publication, signature, scope);
        self.signature_links = own;
        prose
    }

    /// The documentation in `documented`.
    pub(super) fn docs(
        &mut self,
        publication: &Publication<'_>,
        documented: &Documented<'_>,
        scope: &Scope<'_>,
        level: u8,
        prefix: &str,
    ) -> Text {
        let Some(file) = publication.files.get(&documented.file) else { return Text::default() };
        if documented.parts.is_empty() {
            return Text::default();
        }
        let text = super::docs::text(documented, file, publication.krate.source);
        self.markdown(publication, &text, scope, level, prefix)
    }

    /// `text` as a doc comment reads.
    fn markdown(
        &mut self,
        publication: &Publication<'_>,
        text: &MappedText,
        scope: &Scope<'_>,
        level: u8,
        prefix: &str,
    ) -> Text {
        let options = Options {
            schemes: schemes(),
            dialect: Dialect::RustDoc,
            first_heading: FirstHeading::IsHeading,
            top_level: level,
            anchor_prefix: prefix,
            first_link: self.next_link(),
        };
        let is_path = |written: &str| publication.doc_way(written, scope) != Way::Unknown;
        let document = markdown::read_code_comment(text, &options, &is_path);
        self.diagnostics.extend(document.diagnostics);
        for written in document.links {
            let (target, need) = self.written_target(publication, written.target, written.need, written.span, scope);
            self.link(Relation::Mentions, target, written.span, need);
        }
        Text { blocks: document.body, summary: document.summary }
    }

    fn written_target(
        &mut self,
        publication: &Publication<'_>,
        target: Target,
        need: Need,
        span: Span,
        scope: &Scope<'_>,
    ) -> (Target, Need) {
        let Target::Named { scheme, text } = &target else { return (target, need) };
        match scheme.as_str() {
            "code" => match publication.doc_way(text, scope) {
                Way::To(target) => (target, Need::May),
                Way::Unknown => (target, Need::May),
                Way::Nowhere(missing) => {
                    if !missing.is_allowed(publication.lints(scope)) {
                        let (message, hint) = missing.told();
                        self.diagnostics.push(Diagnostic::new(Code::BrokenDocLink, message, span).hint(hint));
                    }
                    (target, Need::May)
                }
            },
            // What an included file refers to starts from its own folder.
            "path" | "image" if span.file.parent() != self.node.span.file.parent() && !text.starts_with('/') => {
                let folder = span.file.parent();
                let text = if folder.as_str().is_empty() { format!("/{text}") } else { format!("/{folder}/{text}") };
                (Target::Named { scheme: *scheme, text }, need)
            }
            _ => (target, need),
        }
    }

    /// Says on the page that the item, which stands in `file`, should not be used any more, and what its author says to that, which is
    /// Markdown.
    pub(super) fn push_deprecation(
        &mut self,
        publication: &Publication<'_>,
        attributes: &Attributes,
        scope: &Scope<'_>,
        file: RepoPath,
    ) {
        let Some(Deprecation { since, note, place }) = &attributes.deprecated else { return };
        let since = if since.is_empty() { String::new() } else { format!(" since {}", as_plain_text(since)) };
        let colon = if note.is_empty() { "" } else { ": " };
        let mut text = MappedText::at(format!("**Deprecated{since}**{colon}"), span_in(file, place));
        if let Some(source) = publication.files.get(&file).filter(|_| !note.is_empty()) {
            let parts = [DocPart::Text(note.clone(), place.clone())];
            let documented = Documented { file, parts: &parts, scope: scope.module };
            let said = super::docs::text(&documented, source, publication.krate.source);
            text.push_part(&said, 0..said.text().len());
        }
        let said = self.markdown(publication, &text, scope, 6, "deprecated-");
        self.node.body.extend(said.blocks);
    }

    /// States what a user must do or have to get the item.
    pub(super) fn state_condition(&mut self, condition: Option<String>) {
        if let Some(condition) = condition {
            self.node.facts.insert("condition", condition.into());
        }
    }

    /// For what is shown here and comes from another crate: says what it is there, and of a dependency where its own pages are.
    pub(super) fn state_origin(&mut self, publication: &Publication<'_>, id: DefinitionId, place: &Place) {
        let Some((path, target)) = publication.origin(id, place.through, place.name) else { return };
        let source = publication.krate.source_of(publication.definition(id).within);
        let index = target.map(|target| self.link(Relation::ReExports, target, self.node.span, Need::May));
        if !source.is_documented {
            let mut line = Prose::html("<p>Shown from ");
            match index {
                Some(index) => line.push_link(index, &format!("{} {}", source.package, source.version)),
                None => line.push_text(&source.package),
            }
            line.html.push_str(".</p>");
            self.node.body.push(Block::Prose(line));
        }
        self.node.facts.insert("defined_as", path.into());
    }

    /// Says on the page of a type what a user must do or have to get this member of it.
    pub(super) fn push_condition(&mut self, condition: Option<String>) {
        if let Some(condition) = &condition {
            let html = format!("<p>Available with <strong>{}</strong> only.</p>", escape(condition));
            self.node.body.push(Block::Prose(Prose::html(html)));
        }
        self.state_condition(condition);
    }

    pub(super) fn push_heading(&mut self, level: u8, anchor: &str, content: Prose) {
        self.node.body.push(Block::Heading { level, anchor: anchor.to_owned(), content });
    }

    /// The documentation of the node itself, below its signature.
    pub(super) fn push_text(&mut self, text: Text) {
        if self.node.summary.is_empty() {
            self.node.summary = text.summary;
        }
        self.node.body.extend(text.blocks);
    }
}

/// Blocks as one run of prose, for where no block may stand: rows of fields.
pub(super) fn inline(blocks: Vec<Block>) -> Prose {
    let mut prose = Prose::default();
    for block in blocks {
        match block {
            Block::Prose(inner) | Block::Signature(inner) => prose.append(inner),
            Block::Heading { content, .. } => {
                prose.html.push_str("<p><strong>");
                prose.append(content);
                prose.html.push_str("</strong></p>");
            }
            Block::Code(code) => prose.push_hole(Hole::Code(code.into())),
            // Markdown makes none of them.
            Block::Samples(_) | Block::RequestForm(_) | Block::Operation { .. } | Block::Fields(_) => {}
        }
    }
    prose
}

/// Markdown that reads as `text`.
fn as_plain_text(text: &str) -> String {
    let escaped = |character: char| character.is_ascii_punctuation().then_some('\\').into_iter().chain([character]);
    text.chars().flat_map(escaped).collect()
}

/// `text` as code.
pub(super) fn code(text: &str) -> Prose {
    Prose::html(format!("<code>{}</code>", escape(text)))
}

/// `prose` as code.
pub(super) fn as_code(prose: Prose) -> Prose {
    let mut code = Prose::html("<code>");
    code.append(prose);
    code.html.push_str("</code>");
    code
}
