//! The plan's navigation -> the nested entries that templates show.

use super::address::Addresses;
use super::shelves;
use super::standpoint::Standpoint;
use super::values;
use super::view::{NavigationGroupView, NavigationItemView, NavigationRunView, NavigationView};
use crate::graph::{Node, NodeId};
use crate::plan::{NavigationGroup, NavigationItem, NavigationRun, Route, SectionPlan, navigation};

/// What stands beside the page of `current`, or beside a list of `section`.
pub(super) fn navigation_view<'a>(
    from: Standpoint<'a>,
    section: &'a SectionPlan,
    current: Option<&'a Node>,
) -> NavigationView<'a> {
    let run = navigation(from.plan(), section, current.map(|node| node.id));
    let tree = if section.is_shown_whole() { String::new() } else { shelves::address(section) };
    NavigationView { run: run_view(Beside { from, section, current }, &run), tree }
}

/// What the navigation stands beside.
#[derive(Clone, Copy)]
struct Beside<'a> {
    from: Standpoint<'a>,
    section: &'a SectionPlan,
    current: Option<&'a Node>,
}

fn run_view<'a>(beside: Beside<'a>, run: &NavigationRun<'a>) -> NavigationRunView<'a> {
    let Addresses { href, to } = beside.from.to(list_of(beside, run));
    let groups = run.groups.iter().map(|group| group_view(beside, group)).collect();
    let above = run.above.and_then(|id| beside.from.graph().node(id));
    let within = above.map_or(beside.section.section.label, |node| &node.title);
    NavigationRunView { groups, is_cut: run.is_cut, within, href, to }
}

/// Where all of `run` are listed: on the page above them, or on the page of the section's list where the current one
/// stands.
fn list_of(beside: Beside<'_>, run: &NavigationRun<'_>) -> Route {
    let place = |id: NodeId| beside.from.plan().place(id).map(|place| place.route);
    let listed = || {
        let rows = beside.from.rows(beside.section)?;
        let root = run.groups.iter().flat_map(|group| &group.items).find(|item| item.is_on_way)?;
        beside.section.list.get(rows.page_of(root.id)? - 1).copied()
    };
    match run.above {
        Some(above) => place(above),
        None if run.is_cut => listed(),
        None => None,
    }
    .unwrap_or(beside.section.route)
}

fn group_view<'a>(beside: Beside<'a>, group: &NavigationGroup<'a>) -> NavigationGroupView<'a> {
    let items = group.items.iter().filter_map(|item| item_view(beside, item)).collect();
    NavigationGroupView { label: group.group.label(beside.from.graph()), items }
}

fn item_view<'a>(beside: Beside<'a>, item: &NavigationItem<'a>) -> Option<NavigationItemView<'a>> {
    let node = beside.from.graph().node(item.id)?;
    let Addresses { href, to } = beside.from.to_node(item.id)?;
    Some(NavigationItemView {
        title: &node.title,
        href,
        to,
        mark: values::mark(node),
        current: beside.current.is_some_and(|current| current.id == item.id),
        open: item.is_on_way,
        below: (!item.below.groups.is_empty()).then(|| run_view(beside, &item.below)),
    })
}
