//! A set of flags in a macro call, `pub struct Name: u8 { const A = 1; }` (<https://docs.rs/bitflags>) -> the items that it
//! stands for: a struct and an implementation with the flags as constants.

use super::attributes::short;
use super::item::{Call, Implementation, Item, ItemKind, Visibility};
use super::reader::{Parsed, Reader};
use super::{Attributes, Signature, imports};
use crate::extract::rust::syntax::{Chunk, Head, Lexer, Token, TokenKind, outline};
use crate::source::Interned;

/// How a set of flags begins.
pub(super) struct Flags {
    name: Token,
    colon: Token,
    /// Whether the struct stands elsewhere: `impl Name: u8 { … }`.
    is_implementation: bool,
}

/// How `chunk` begins, if it is a set of flags.
pub(super) fn flags(text: &str, chunk: &Chunk) -> Option<Flags> {
    let keyword = match chunk.head? {
        Head::Struct => "struct",
        Head::Implementation => "impl",
        _ => return None,
    };
    let mut lexer = Lexer::new(text, chunk.keywords..chunk.body);
    let _ = lexer.by_ref().find(|token| &text[token.range()] == keyword)?;
    let name = lexer.next().filter(|name| name.kind == TokenKind::Word)?;
    let colon = lexer.next().filter(|colon| &text[colon.range()] == ":")?;
    Some(Flags { name, colon, is_implementation: keyword == "impl" })
}

impl Reader<'_> {
    /// The items of the set of flags in `chunk`.
    pub(super) fn flags(&mut self, chunk: &Chunk, flags: &Flags) -> Vec<Item> {
        let name = self.text.get(flags.name.range()).unwrap_or_default().trim_start_matches("r#");
        let nameless = |kind| Item {
            kind,
            name: Interned::new(""),
            place: short(flags.name.range()),
            visibility: Visibility::Inherited,
            attributes: Attributes::default(),
            signature: Signature::default(),
            parameters: Vec::new(),
            children: Vec::new(),
        };
        // What the macro adds to the type, methods above all, is not known.
        let mut call = nameless(ItemKind::MacroCall(Call::Opaque));
        call.name = self.caller;
        let (constants, _) = outline(self.text, chunk.content.clone());
        call.children = constants.chunks.iter().filter_map(|chunk| self.flag(chunk)).collect();
        let implementation = Implementation { of: name.to_owned(), of_trait: None, negative: false };
        let mut of_type = nameless(ItemKind::Implementation(Box::new(implementation)));
        of_type.signature.push_str(&format!("impl {name}"));
        of_type.children.push(call);
        if flags.is_implementation {
            return vec![of_type];
        }
        let Some(structure) = self.flags_struct(chunk, flags) else { return Vec::new() };
        of_type.attributes.cfg.clone_from(&structure.attributes.cfg);
        vec![structure, of_type]
    }

    /// The struct, which has one field that nobody sees.
    fn flags_struct(&mut self, chunk: &Chunk, flags: &Flags) -> Option<Item> {
        let declared = flags.colon.start;
        let parse = <syn::ItemStruct as syn::parse::Parse>::parse;
        let Parsed { tree, origin } = self.parse_with(chunk.attributes, declared, ";", parse)?;
        let mut item = self.make_bare(chunk, ItemKind::Struct, &tree.ident, origin, &tree.vis, &tree.attrs);
        item.signature = Signature::line(self.text, chunk.keywords..declared);
        item.children.push(Item {
            kind: ItemKind::Field,
            name: Interned::new("0"),
            place: item.place.clone(),
            visibility: Visibility::Inherited,
            attributes: Attributes::default(),
            signature: Signature::line(self.text, flags.colon.end..chunk.body),
            parameters: Vec::new(),
            children: Vec::new(),
        });
        Some(item)
    }

    /// One flag.
    fn flag(&mut self, chunk: &Chunk) -> Option<Item> {
        if chunk.head != Some(Head::Constant) {
            return None;
        }
        let Parsed { tree: (attributes, name), origin } =
            self.parse_with(chunk.attributes, chunk.body, "", |input: syn::parse::ParseStream<'_>| {
                let attributes = input.call(syn::Attribute::parse_outer)?;
                input.parse::<syn::Token![const]>()?;
                // The one without a name stands for all other bits.
                let name = input.parse::<Option<syn::Token![_]>>()?.is_none().then(|| input.parse::<syn::Ident>());
                let name = name.transpose()?;
                input.parse::<proc_macro2::TokenStream>()?;
                Ok((attributes, name))
            })?;
        let name = name?;
        let mut signature = Signature::default();
        signature.push_str(&format!("pub const {}: Self", imports::name(&name)));
        Some(Item {
            kind: ItemKind::AssociatedConstant { required: false },
            name: imports::name(&name),
            place: origin.place(name.span()),
            visibility: Visibility::Public,
            attributes: self.attributes(chunk, &attributes, origin),
            signature,
            parameters: Vec::new(),
            children: Vec::new(),
        })
    }
}
