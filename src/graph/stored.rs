//! Fragments <-> bytes, for the cache. What nodes say is kept beside them: [`Bodies`].
//!
//! Kinds are written by name and found again in the [`Context`], because extractors declare them and the graph does not know
//! which there are.

use std::sync::Arc;

use super::request_form::{Content, Credential, Input, Payload, Place, Server, Shape, Style, Way};
use super::{
    Block, Bodies, Code, Fact, Field, Fragment, Hole, Home, Kind, Link, LinkIndex, Need, Node, NodeId, OwnedFile,
    Prose, Relation, RequestForm, ShownFile, Slot, Target,
};
use crate::source::{Interned, Stored, Unread, stored, write_text};

/// What reading a fragment needs to know.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// Every kind that it may hold.
    pub kinds: &'c [&'static Kind],
    /// Who has the bodies of its nodes.
    pub bodies: &'c Arc<dyn Bodies>,
}

impl Fragment {
    /// The fragment as bytes, without the bodies.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        Stored::<Context<'_>>::write(&self.nodes, &mut bytes);
        Stored::<()>::write(&self.links, &mut bytes);
        Stored::<()>::write(&self.files, &mut bytes);
        Stored::<()>::write(&self.owned, &mut bytes);
        Stored::<()>::write(&self.diagnostics, &mut bytes);
        bytes
    }

    /// The fragment that [`Fragment::to_bytes`] gave. `None` when it is none, of kinds that no longer exist, or without its
    /// bodies.
    pub fn from_bytes(bytes: &[u8], context: Context<'_>) -> Option<Self> {
        let mut unread = Unread::new(bytes, context);
        let nodes = Stored::read(&mut unread)?;
        let links = Stored::read(&mut unread)?;
        let files = Stored::read(&mut unread)?;
        let owned = Stored::read(&mut unread)?;
        let diagnostics = Stored::read(&mut unread)?;
        unread.is_empty().then_some(Self { nodes, links, files, owned, diagnostics })
    }
}

impl Stored<Context<'_>> for &'static Kind {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_text(self.name, bytes);
    }

    fn read(bytes: &mut Unread<'_, Context<'_>>) -> Option<Self> {
        let name = bytes.text()?;
        bytes.context.kinds.iter().copied().find(|kind| kind.name == name)
    }
}

impl<C> Stored<C> for NodeId {
    fn write(&self, bytes: &mut Vec<u8>) {
        write_text(self.as_str(), bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Some(Self::of(Interned::read(bytes)?))
    }
}

impl<C> Stored<C> for LinkIndex {
    fn write(&self, bytes: &mut Vec<u8>) {
        Stored::<C>::write(&self.0, bytes);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Stored::read(bytes).map(Self)
    }
}

impl<C> Stored<C> for Relation {
    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(*self as u8);
    }

    fn read(bytes: &mut Unread<'_, C>) -> Option<Self> {
        Self::ALL.get(usize::from(u8::read(bytes)?)).copied()
    }
}

stored! {
    Context<'_> => struct Node { id, kind, title, summary, facts, body, span, home, parent, group, order, names }
    struct ShownFile { path, route, of }
    struct OwnedFile { owner, path, span }
    struct Link { from, relation, target, span, need, flipped }
    struct Field { name, anchor, kind, marks, notes, description, children }
    struct Prose { html, slots, anchors }
    struct Slot { at, hole }
    struct Code { language, text, title }
    struct RequestForm { document, method, path, servers, inputs, bodies, needs_body, accepts, credentials }
    struct Server { url, about, variables }
    struct Input { place, name, required, value, choices, shape, style, explode }
    struct Content { types, payload }
    struct Credential { name, way }
    enum Place { 0 => Around, 1 => Path, 2 => Query, 3 => QueryString, 4 => Header, 5 => Cookie }
    enum Shape { 0 => Text, 1 => List, 2 => Json, 3 => File, 4 => Files }
    enum Style { 0 => Usual, 1 => Label, 2 => Matrix, 3 => Spaces, 4 => Pipes, 5 => Tabs, 6 => Deep, 7 => Json }
    enum Payload { 0 => Text(example), 1 => Fields(fields), 2 => File }
    enum Way {
        0 => Header(name),
        1 => Query(name),
        2 => Cookie(name),
        3 => Basic,
        4 => Bearer,
        5 => Token,
        6 => Scheme(name),
        7 => Certificate,
    }
    enum Block {
        0 => Heading { level, anchor, content },
        1 => Prose(prose),
        2 => Code(code),
        3 => Signature(prose),
        4 => Operation { method, path, deprecated },
        5 => Fields(fields),
        6 => Samples(listings),
        7 => RequestForm(form),
    }
    enum Hole {
        0 => Href(index),
        1 => Page(id),
        2 => Source(index),
        3 => Title(index),
        4 => Code(code),
        5 => Remark(words),
        6 => Line { file, line },
    }
    enum Home { 0 => Page { route, aliases }, 1 => Within { node, anchor } }
    enum Fact { 0 => Text(text), 1 => Number(number), 2 => Flag(flag), 3 => List(list), 4 => Map(map) }
    enum Target { 0 => Known(id), 1 => Named { scheme, text } }
    enum Need { 0 => Must, 1 => May }
}
