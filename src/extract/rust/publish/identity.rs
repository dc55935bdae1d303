//! What is published -> ids, addresses and anchors.

use std::collections::{BTreeMap, HashSet};

use super::reach::Published;
use crate::extract::rust::kinds;
use crate::extract::rust::package::TargetKind;
use crate::extract::rust::resolve::{Crate, DefinitionId, Members, implementation, items_within};
use crate::extract::rust::scan::{Item, ItemKind, Visibility};
use crate::graph::{Kind, NodeId};
use crate::source::NameMap;

/// How a node is called, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) id: NodeId,
    pub(super) kind: &'static Kind,
    /// As a user would write it: `shop::orders::Order::total`.
    pub(super) path: String,
    /// The address of its page; for a member its anchor on the page of what it belongs to.
    pub(super) place: String,
    /// Addresses at which rustdoc would show it once more.
    pub(super) aliases: Vec<String>,
}

/// The identities of everything that is published.
#[derive(Default)]
pub(super) struct Identities {
    pub(super) of_definition: NameMap<DefinitionId, Identity>,
    /// By what each belongs to and by address: the scans stay where they are while their crate is published, and a file may
    /// stand for several modules.
    of_member: NameMap<(DefinitionId, *const Item), Identity>,
    /// What the item at an address belongs to, the first when it stands for several.
    owners: NameMap<*const Item, DefinitionId>,
}

impl Identities {
    /// The member of `owner` that `item` declares.
    pub(super) fn member(&self, owner: DefinitionId, item: *const Item) -> Option<&Identity> {
        self.of_member.get(&(owner, item))
    }

    /// The member that `item` declares, of whatever it belongs to.
    pub(super) fn some_member(&self, item: *const Item) -> Option<&Identity> {
        self.member(*self.owners.get(&item)?, item)
    }

    fn insert(&mut self, owner: DefinitionId, item: &Item, identity: Identity) {
        self.owners.entry(item).or_insert(owner);
        self.of_member.insert((owner, item), identity);
    }
}

/// Names everything. Where several things have one path (a module and a function, a field and a method) the first in
/// Rust's order of tables keeps it, and the others are told apart as rustdoc's links do it: `fn@shop::orders`.
pub(super) fn identify(krate: &Crate<'_>, published: &Published, members: &Members) -> Identities {
    let mut identities = Identities::default();
    let mut taken = Taken::default();
    let mut by_rank: BTreeMap<u8, Vec<DefinitionId>> = BTreeMap::new();
    for &id in &published.order {
        by_rank.entry(rank(krate.definitions[id.0 as usize].item)).or_default().push(id);
    }
    for id in by_rank.into_values().flatten() {
        let Some(place) = published.places.get(&id) else { continue };
        let definition = &krate.definitions[id.0 as usize];
        let (kind, prefix) = definition.item.and_then(kinds::of_item).unwrap_or((&kinds::CRATE, "mod"));
        let Some(address) = address(&place.path, definition.module.is_some(), prefix) else { continue };
        let identity = Identity {
            id: taken.id(kind, &place.path),
            kind,
            path: place.path.clone(),
            place: taken.address(address),
            aliases: Vec::new(),
        };
        identities.of_definition.insert(id, identity);
    }
    for &id in &published.order {
        let definition = &krate.definitions[id.0 as usize];
        let (Some(place), Some(identity)) = (published.places.get(&id), identities.of_definition.get_mut(&id)) else {
            continue;
        };
        let prefix = definition.item.and_then(kinds::of_item).map_or("mod", |(_, prefix)| prefix);
        let aliases = place.also.iter().filter_map(|path| address(path, definition.module.is_some(), prefix));
        identity.aliases = aliases.filter(|address| taken.is_free(address)).collect();
    }
    for &id in &published.order {
        let Some(identity) = identities.of_definition.get(&id) else { continue };
        let (path, mut anchors) = (identity.path.clone(), HashSet::new());
        for (item, inherits) in shown_members(krate, id, members) {
            let Some((kind, prefix)) = kinds::of_item(item) else { continue };
            if !is_shown(krate, item, inherits) {
                continue;
            }
            let anchor = free(&mut anchors, format!("{prefix}.{}", item.name), |count| {
                format!("{prefix}.{}-{count}", item.name)
            });
            let path = format!("{path}::{}", item.name);
            for field in named_fields(krate, item) {
                let path = format!("{path}::{}", field.name);
                let place = format!("{anchor}.field.{}", field.name);
                let (own, kind) = (taken.id(&kinds::FIELD, &path), &kinds::FIELD);
                let identity = Identity { id: own, kind, path, place, aliases: Vec::new() };
                identities.insert(id, field, identity);
            }
            let identity = Identity { id: taken.id(kind, &path), kind, path, place: anchor, aliases: Vec::new() };
            identities.insert(id, item, identity);
        }
    }
    identities
}

/// rustdoc's address for what is at `path`.
fn address(path: &str, is_module: bool, prefix: &str) -> Option<String> {
    if is_module {
        return Some(format!("rust/{}/index.html", path.replace("::", "/")));
    }
    let (module, name) = path.rsplit_once("::")?;
    Some(format!("rust/{}/{prefix}.{name}.html", module.replace("::", "/")))
}

/// The members that the page of `id` shows, and whether they are as public as what they belong to.
fn shown_members<'a>(krate: &Crate<'a>, id: DefinitionId, members: &Members) -> Vec<(&'a Item, bool)> {
    let environment = &krate.source.environment;
    let Some(item) = krate.definitions[id.0 as usize].item else { return Vec::new() };
    let own: Vec<(&Item, bool)> = match item.kind {
        ItemKind::Enum | ItemKind::Trait => {
            items_within(item, environment).into_iter().map(|item| (item, true)).collect()
        }
        ItemKind::Struct | ItemKind::Union => {
            items_within(item, environment).into_iter().map(|item| (item, false)).collect()
        }
        _ => return Vec::new(),
    };
    let inherent = members.of_type(id).iter().map(|&index| &krate.implementations[index]);
    let inherent = inherent.filter(|site| implementation(site).is_some_and(|of| of.of_trait.is_none()));
    let methods =
        inherent.filter(|site| !site.item.attributes.hidden).flat_map(|site| items_within(site.item, environment));
    // Methods first: of a field and a method with one name the method keeps it.
    let (later, mut sorted): (Vec<_>, Vec<_>) = own
        .into_iter()
        .chain(methods.map(|item| (item, false)))
        .partition(|(item, _)| matches!(item.kind, ItemKind::Field));
    sorted.extend(later);
    sorted
}

/// The fields of a variant that have names, and so places of their own.
pub(super) fn named_fields<'a>(krate: &Crate<'_>, variant: &'a Item) -> Vec<&'a Item> {
    if !matches!(variant.kind, ItemKind::Variant) {
        return Vec::new();
    }
    let fields = items_within(variant, &krate.source.environment).into_iter();
    let is_named = |field: &&Item| !field.name.as_str().starts_with(|first: char| first.is_ascii_digit());
    fields.filter(|field| is_named(field) && is_shown(krate, field, true)).collect()
}

/// Whether a member has a place on its page.
pub(super) fn is_shown(krate: &Crate<'_>, item: &Item, inherits: bool) -> bool {
    let is_public = inherits || item.visibility == Visibility::Public || krate.source.target == TargetKind::Program;
    is_public && !item.attributes.hidden
}

fn rank(item: Option<&Item>) -> u8 {
    match item.map(|item| &item.kind) {
        Some(ItemKind::Function | ItemKind::Constant | ItemKind::Static) => 1,
        Some(ItemKind::Macro(_)) => 2,
        _ => 0,
    }
}

/// Names that are given away.
#[derive(Default)]
struct Taken {
    ids: HashSet<String>,
    /// In lower case: many file systems cannot tell others apart.
    addresses: HashSet<String>,
}

impl Taken {
    fn id(&mut self, kind: &Kind, path: &str) -> NodeId {
        if self.ids.insert(path.to_owned()) {
            return NodeId::new("rust", path);
        }
        let marked = format!("{}@{path}", kind.name);
        let name = free(&mut self.ids, marked.clone(), |count| format!("{marked}~{count}"));
        NodeId::new("rust", &name)
    }

    /// Takes the address if it is free.
    fn is_free(&mut self, address: &str) -> bool {
        self.addresses.insert(address.to_lowercase())
    }

    fn address(&mut self, address: String) -> String {
        let stem = address.trim_end_matches(".html").to_owned();
        let mut taken = address;
        let mut count = 1;
        while !self.addresses.insert(taken.to_lowercase()) {
            count += 1;
            taken = format!("{stem}-{count}.html");
        }
        taken
    }
}

/// `first`, or when that is given away the first numbered name that is not.
fn free(taken: &mut HashSet<String>, first: String, numbered: impl Fn(u32) -> String) -> String {
    let mut name = first;
    let mut count = 0;
    while !taken.insert(name.clone()) {
        count += 1;
        name = numbered(count);
    }
    name
}
