//! What each sort of declaration says.

use syn::parse::Parse;
use syn::{Attribute, GenericParam, Generics};

use super::attributes::{Procedural, path_text, short};
use super::expanded;
use super::item::{Call, Implementation, Item, ItemKind, MacroKind, Visibility};
use super::reader::{Parsed, Reader, Within, read_visibility};
use super::{Attributes, Cfg, DEEPEST_CALLS, Signature, fields, imports, macros};
use crate::extract::rust::syntax::{Chunk, Head, Lexer, outline};
use crate::source::Interned;

impl Reader<'_> {
    pub(super) fn function(&mut self, chunk: &Chunk, within: Within) -> Option<Item> {
        let required = self.text.as_bytes().get(chunk.body) != Some(&b'{');
        let kind = || match within {
            Within::Module | Within::ForeignBlock => ItemKind::Function,
            Within::Trait | Within::Implementation => ItemKind::Method { required },
        };
        if matches!(within, Within::Module | Within::Implementation)
            && let Some(item) = self.private_function(chunk, kind())
        {
            return Some(item);
        }
        let Parsed { tree, origin } = self.parse::<syn::ImplItemFn>(chunk, "{}")?;
        let mut item = self.make_bare(chunk, kind(), &tree.sig.ident, origin, &tree.vis, &tree.attrs);
        item.signature = Signature::function(self.text, chunk.keywords..chunk.body);
        item.parameters = parameters(&tree.sig.generics);
        if let Some(procedural) = item.attributes.procedural.clone() {
            procedural_macro(&mut item, procedural);
        }
        Some(item)
    }

    pub(super) fn constant(&mut self, chunk: &Chunk, within: Within) -> Option<Item> {
        let Parsed { tree, origin } = self.parse::<syn::ItemConst>(chunk, "=();")?;
        let kind = match within {
            Within::Trait | Within::Implementation => {
                ItemKind::AssociatedConstant { required: chunk.content.is_empty() }
            }
            Within::Module | Within::ForeignBlock => ItemKind::Constant,
        };
        let mut item = self.make(chunk, kind, &tree.ident, origin, &tree.vis, &tree.attrs);
        self.push_value(chunk, &mut item.signature);
        Some(item)
    }

    /// Adds the value of a constant when it says something at a glance.
    fn push_value(&self, chunk: &Chunk, signature: &mut Signature) {
        let value = self.text.get(chunk.content.clone()).unwrap_or_default().trim();
        let is_plain = Lexer::new(self.text, chunk.content.clone()).take(3).count() < 3;
        if !value.is_empty() && is_plain && value.len() <= 80 {
            signature.push_str(&format!(" = {value}"));
        }
    }

    pub(super) fn statics(&mut self, chunk: &Chunk, within: Within) -> Option<Item> {
        if within == Within::Implementation || within == Within::Trait {
            return None;
        }
        let Parsed { tree, origin } =
            self.parse_with(chunk.attributes, chunk.body, "=();", |input: syn::parse::ParseStream<'_>| {
                // `safe static` and `unsafe static` stand in foreign blocks.
                let attrs = input.call(Attribute::parse_outer)?;
                let vis: syn::Visibility = input.parse()?;
                while input.peek(syn::Ident) || input.peek(syn::Token![unsafe]) {
                    input.parse::<proc_macro2::TokenTree>()?;
                }
                let tree: syn::ItemStatic = input.parse()?;
                Ok((attrs, vis, tree))
            })?;
        let (attributes, visibility, tree) = tree;
        Some(self.make(chunk, ItemKind::Static, &tree.ident, origin, &visibility, &attributes))
    }

    pub(super) fn type_alias(&mut self, chunk: &Chunk, within: Within) -> Option<Item> {
        let Parsed { tree, origin } =
            self.parse_with(chunk.attributes, chunk.body, "", |input: syn::parse::ParseStream<'_>| {
                let attributes = input.call(Attribute::parse_outer)?;
                let visibility: syn::Visibility = input.parse()?;
                if !input.peek(syn::Token![type]) {
                    // `default type`.
                    input.parse::<syn::Ident>()?;
                }
                input.parse::<syn::Token![type]>()?;
                let name: syn::Ident = input.parse()?;
                let generics: Generics = input.parse()?;
                input.parse::<proc_macro2::TokenStream>()?;
                Ok((attributes, visibility, name, generics))
            })?;
        let (attributes, visibility, name, generics) = tree;
        let kind = match within {
            Within::Trait | Within::Implementation => {
                ItemKind::AssociatedType { required: !self.text[chunk.keywords..chunk.body].contains('=') }
            }
            Within::Module | Within::ForeignBlock => ItemKind::TypeAlias,
        };
        let mut item = self.make(chunk, kind, &name, origin, &visibility, &attributes);
        item.parameters = parameters(&generics);
        Some(item)
    }

    pub(super) fn structure(&mut self, chunk: &Chunk) -> Option<Item> {
        let Parsed { tree, origin } = self.parse_with(chunk.attributes, chunk.end, "", syn::ItemStruct::parse)?;
        let mut item = self.make_bare(chunk, ItemKind::Struct, &tree.ident, origin, &tree.vis, &tree.attrs);
        item.signature = fields::header(&tree.fields, origin, chunk);
        item.parameters = parameters(&tree.generics);
        item.children = fields::read(&tree.fields, origin);
        Some(item)
    }

    pub(super) fn union(&mut self, chunk: &Chunk) -> Option<Item> {
        let Parsed { tree, origin } = self.parse_with(chunk.attributes, chunk.end, "", syn::ItemUnion::parse)?;
        let mut item = self.make(chunk, ItemKind::Union, &tree.ident, origin, &tree.vis, &tree.attrs);
        let fields = syn::Fields::Named(tree.fields);
        item.parameters = parameters(&tree.generics);
        item.children = fields::read(&fields, origin);
        Some(item)
    }

    pub(super) fn enumeration(&mut self, chunk: &Chunk) -> Option<Item> {
        let Parsed { tree, origin } = self.parse_with(chunk.attributes, chunk.end, "", syn::ItemEnum::parse)?;
        let mut item = self.make(chunk, ItemKind::Enum, &tree.ident, origin, &tree.vis, &tree.attrs);
        item.parameters = parameters(&tree.generics);
        item.children = fields::variants(&tree, origin);
        Some(item)
    }

    pub(super) fn interface(&mut self, chunk: &Chunk) -> Option<Item> {
        let has_body = self.text.as_bytes().get(chunk.body) == Some(&b'{');
        if !has_body {
            let Parsed { tree, origin } = self.parse::<syn::ItemTraitAlias>(chunk, ";")?;
            let mut item = self.make(chunk, ItemKind::TraitAlias, &tree.ident, origin, &tree.vis, &tree.attrs);
            item.parameters = parameters(&tree.generics);
            return Some(item);
        }
        let Parsed { tree, origin } = self.parse::<syn::ItemTrait>(chunk, "{}")?;
        let mut item = self.make(chunk, ItemKind::Trait, &tree.ident, origin, &tree.vis, &tree.attrs);
        item.parameters = parameters(&tree.generics);
        item.children = self.all_below(&tree.attrs, &chunk.items, Within::Trait);
        Some(item)
    }

    pub(super) fn implementation(&mut self, chunk: &Chunk) -> Option<Item> {
        let Parsed { tree, origin } = self.parse::<syn::ItemImpl>(chunk, "{}")?;
        let implementation = Implementation {
            of: type_path(&tree.self_ty),
            of_trait: tree.trait_.as_ref().map(|(path, _)| path_text(path)),
            negative: tree.modifiers.polarity.is_some(),
        };
        let kind = ItemKind::Implementation(Box::new(implementation));
        let mut item = self.make_nameless(chunk, kind, origin, &tree.attrs);
        item.signature = Signature::line(self.text, chunk.keywords..chunk.body);
        item.parameters = parameters(&tree.generics);
        // The items of a trait are explained where the trait is; what is new is what it is set to.
        if tree.trait_.is_none() {
            let inner = self.inner_attributes(&chunk.items);
            item.attributes.docs.extend(inner.docs);
            item.children = self.all_below(&tree.attrs, &chunk.items, Within::Implementation);
        } else {
            item.children = chunk.items.chunks.iter().filter_map(|chunk| self.setting(chunk)).collect();
        }
        Some(item)
    }

    /// The type or constant that an implementation of a trait sets. Without attributes nothing of it needs to be parsed.
    fn setting(&mut self, chunk: &Chunk) -> Option<Item> {
        let (kind, keyword) = match chunk.head? {
            Head::TypeAlias => (ItemKind::AssociatedType { required: false }, "type"),
            Head::Constant => (ItemKind::AssociatedConstant { required: false }, "const"),
            _ => return None,
        };
        if chunk.attributes < chunk.keywords {
            return self.item(chunk, Within::Implementation);
        }
        let mut item = self.named_behind(chunk, kind, keyword)?;
        item.signature = Signature::line(self.text, chunk.keywords..chunk.body);
        if keyword == "const" {
            self.push_value(chunk, &mut item.signature);
        }
        Some(item)
    }

    pub(super) fn module(&mut self, chunk: &Chunk) -> Option<Item> {
        let elsewhere = self.text.as_bytes().get(chunk.body) != Some(&b'{');
        let Parsed { tree, origin } = self.parse::<syn::ItemMod>(chunk, ";")?;
        let kind = ItemKind::Module { elsewhere, path: None, possible_paths: Vec::new() };
        let mut item = self.make(chunk, kind, &tree.ident, origin, &tree.vis, &tree.attrs);
        let attributes = &mut item.attributes;
        let (path, possible_paths) = (attributes.path.take(), std::mem::take(&mut attributes.possible_paths));
        item.kind = ItemKind::Module { elsewhere, path, possible_paths };
        if !elsewhere && item.attributes.is_present(self.context.environment) {
            let inner = self.inner_attributes(&chunk.items);
            item.attributes.inner_docs = inner.docs.len();
            item.attributes.docs.extend(inner.docs);
            item.attributes.cfg.extend(inner.cfg);
            item.attributes.hidden |= inner.hidden;
            item.attributes.lints = inner.lints.within(item.attributes.lints);
            item.children = self.all_below(&tree.attrs, &chunk.items, Within::Module);
        }
        Some(item)
    }

    pub(super) fn import(&mut self, chunk: &Chunk) -> Option<Item> {
        let Parsed { tree, origin } = self.parse::<syn::ItemUse>(chunk, ";")?;
        let kind = ItemKind::Use(imports::flatten(&tree.tree, tree.leading_colon.is_some(), origin));
        let mut item = self.make_nameless(chunk, kind, origin, &tree.attrs);
        item.visibility = read_visibility(&tree.vis);
        Some(item)
    }

    pub(super) fn extern_crate(&mut self, chunk: &Chunk) -> Option<Item> {
        let Parsed { tree, origin } = self.parse::<syn::ItemExternCrate>(chunk, ";")?;
        let kind = ItemKind::ExternCrate { original: imports::name(&tree.ident) };
        let name = tree.rename.as_ref().map_or(&tree.ident, |(_, name)| name);
        Some(self.make(chunk, kind, name, origin, &tree.vis, &tree.attrs))
    }

    pub(super) fn macro_rules(&mut self, chunk: &Chunk) -> Option<Item> {
        let Parsed { tree, origin } = self.parse::<syn::ItemMacro>(chunk, "{}")?;
        let name = tree.ident?;
        let rules = short(chunk.content.clone());
        let kind = MacroKind::ByExample { gives: None, rules: rules.clone() };
        let visibility = syn::Visibility::Inherited;
        let mut item = self.make_bare(chunk, ItemKind::Macro(kind), &name, origin, &visibility, &tree.attrs);
        if item.attributes.macro_export {
            item.visibility = Visibility::Public;
        }
        let arms = macros::matchers(self.text, &chunk.content);
        let arms: Vec<String> = arms.iter().map(|arm| format!("    {arm} => {{ ... }};\n")).collect();
        let text = format!("macro_rules! {} {{\n{}}}", item.name, arms.concat());
        item.signature = Signature { text, paths: Vec::new() };
        let gives = self.given_attributes(chunk).map(Box::new);
        item.kind = ItemKind::Macro(MacroKind::ByExample { gives, rules });
        Some(item)
    }

    /// The attributes that a macro gives to the items it passes on, if that is all it does.
    fn given_attributes(&mut self, chunk: &Chunk) -> Option<Attributes> {
        let range = macros::given_attributes(self.text, &chunk.content)?;
        // What cannot be parsed makes it another sort of macro, and is no problem of the file.
        self.calls += 1;
        let parsed = self.parse_with(range.start, range.end, "", |input: syn::parse::ParseStream<'_>| {
            input.call(Attribute::parse_outer)
        });
        self.calls -= 1;
        let Parsed { tree, origin } = parsed?;
        let mut given = Attributes::default();
        given.read(&tree, origin);
        Some(given)
    }

    /// `pub macro name($a:ty) { … }`, as the standard library and unstable crates write it.
    pub(super) fn declarative_macro(&mut self, chunk: &Chunk) -> Option<Item> {
        let Parsed { tree, origin } =
            self.parse_with(chunk.attributes, chunk.body, "", |input: syn::parse::ParseStream<'_>| {
                let attributes = input.call(Attribute::parse_outer)?;
                let visibility: syn::Visibility = input.parse()?;
                input.parse::<syn::Token![macro]>()?;
                let name: syn::Ident = input.parse()?;
                input.parse::<proc_macro2::TokenStream>()?;
                Ok((attributes, visibility, name))
            })?;
        let (attributes, visibility, name) = tree;
        let kind = ItemKind::Macro(MacroKind::ByExample { gives: None, rules: 0..0 });
        Some(self.make(chunk, kind, &name, origin, &visibility, &attributes))
    }

    /// A call of a macro of the crate is what that makes of it. Of any other, content that reads as items throughout is
    /// taken to be what it makes; else it is only known that it is there.
    pub(super) fn macro_call(&mut self, chunk: &Chunk, within: Within) -> Option<Item> {
        let Parsed { tree, origin } = self.parse::<syn::ItemMacro>(chunk, "{}")?;
        let mut item = self.make_nameless(chunk, ItemKind::MacroCall(Call::Opaque), origin, &tree.attrs);
        item.name = imports::name(&tree.mac.path.segments.last()?.ident);
        if self.calls >= DEEPEST_CALLS {
            return Some(item);
        }
        if let Some(branches) = macros::branches(self.text, &chunk.content) {
            self.calls += 1;
            item.kind = ItemKind::MacroCall(Call::Choice);
            item.children = branches.iter().flat_map(|branch| self.branch(branch, within)).collect();
            self.calls -= 1;
        } else if is_of_crate(&tree.mac.path)
            && let Some(items) = expanded::items(self, chunk, item.name, &item.place, within)
        {
            item.kind = ItemKind::MacroCall(Call::Expanded);
            item.children = items;
        } else if item.name.as_str() == "include" {
            let path = syn::parse_str::<syn::LitStr>(self.text.get(chunk.content.clone())?);
            item.kind = path.map_or(item.kind, |path| ItemKind::MacroCall(Call::Include(path.value())));
        } else if macros::may_hold_items(self.text, &chunk.content) {
            self.caller = item.name;
            item.children = self.literal_items(chunk.content.clone(), within).unwrap_or_default();
        }
        Some(item)
    }

    /// The items that stand in `range`; of what is not all items those that are public.
    fn literal_items(&mut self, range: std::ops::Range<usize>, within: Within) -> Option<Vec<Item>> {
        let (outline, broken) = outline(self.text, range);
        if broken.is_some() {
            return None;
        }
        self.calls += 1;
        let failures = std::mem::take(&mut self.failures);
        let mut items = self.all(&outline, within);
        // Beside words of its own a macro takes whole declarations; others may be parts of something.
        if self.failures > 0 {
            items.retain(|item| item.visibility == Visibility::Public);
        }
        self.failures = failures;
        self.calls -= 1;
        Some(items)
    }

    /// The items of a branch of `if #[cfg(…)] { … } else { … }`.
    fn branch(&mut self, branch: &macros::Branch, within: Within) -> Vec<Item> {
        let conditions: Option<Vec<Cfg>> = branch
            .conditions
            .iter()
            .map(|(condition, holds)| {
                let condition = syn::parse_str::<Cfg>(self.text.get(condition.clone())?).ok()?;
                Some(if *holds { condition } else { Cfg::Not(Box::new(condition)) })
            })
            .collect();
        let mut items = self.literal_items(branch.content.clone(), within).unwrap_or_default();
        for item in &mut items {
            item.attributes.cfg.extend(conditions.clone().unwrap_or_else(|| vec![Cfg::Unknown]));
        }
        items
    }

    pub(super) fn foreign_block(&mut self, chunk: &Chunk) -> Vec<Item> {
        let Some(Parsed { tree, origin }) = self.parse::<syn::ItemForeignMod>(chunk, "{}") else { return Vec::new() };
        let block = self.attributes(chunk, &tree.attrs, origin);
        let mut items = self.all_below(&tree.attrs, &chunk.items, Within::ForeignBlock);
        for item in &mut items {
            item.attributes.cfg.extend(block.cfg.iter().cloned());
        }
        items
    }
}

/// Whether the macro at `path` may be one of the crate: `diesel::table!` is none, whatever the crate calls its own.
fn is_of_crate(path: &syn::Path) -> bool {
    let first = path.segments.first().map(|segment| segment.ident.to_string()).unwrap_or_default();
    path.segments.len() == 1 || matches!(first.as_str(), "crate" | "self" | "super")
}

fn parameters(generics: &Generics) -> Vec<Interned> {
    let names = generics.params.iter().filter_map(|parameter| match parameter {
        GenericParam::Type(parameter) => Some(imports::name(&parameter.ident)),
        GenericParam::Const(parameter) => Some(imports::name(&parameter.ident)),
        GenericParam::Lifetime(_) => None,
    });
    names.collect()
}

/// The path of a type, references and parentheses aside; empty when it is none.
fn type_path(mut tree: &syn::Type) -> String {
    loop {
        match tree {
            syn::Type::Reference(reference) => tree = &reference.elem,
            syn::Type::Paren(inner) => tree = &inner.elem,
            syn::Type::Group(inner) => tree = &inner.elem,
            syn::Type::Path(path) if path.qself.is_none() => return path_text(&path.path),
            _ => return String::new(),
        }
    }
}

fn procedural_macro(item: &mut Item, procedural: Procedural) {
    match procedural {
        Procedural::Function => {
            item.kind = ItemKind::Macro(MacroKind::Function);
            item.signature =
                Signature { text: format!("{}!() {{ /* procedural macro */ }}", item.name), paths: Vec::new() };
        }
        Procedural::Attribute => {
            item.kind = ItemKind::Macro(MacroKind::Attribute);
            item.signature = Signature { text: format!("#[{}]", item.name), paths: Vec::new() };
        }
        Procedural::Derive(name, helpers) => {
            item.kind = ItemKind::Macro(MacroKind::Derive { function: item.name });
            item.name = Interned::new(&name);
            let mut text = format!("#[derive({name})]");
            if !helpers.is_empty() {
                let helpers: Vec<String> = helpers.iter().map(|helper| format!("    #[{helper}]\n")).collect();
                text.push_str(&format!("\n{{\n    // Attributes available to this derive:\n{}}}", helpers.concat()));
            }
            item.signature = Signature { text, paths: Vec::new() };
        }
    }
}
