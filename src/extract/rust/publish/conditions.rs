//! Conditions of compilation -> what a user must do or have to get an item, in words.

use super::Publication;
use crate::extract::rust::resolve::DefinitionId;
use crate::extract::rust::scan::{Attributes, Cfg};

/// What `id` asks for, and the modules that it is written in. `None` when that is nothing.
pub(super) fn of_definition(publication: &Publication<'_>, id: DefinitionId) -> Option<String> {
    let mut conditions: Vec<&Cfg> = Vec::new();
    let mut here = id;
    loop {
        let definition = publication.definition(here);
        conditions.splice(0..0, definition.conditions.iter().copied());
        let above = publication.krate.modules[definition.within.0 as usize].definition;
        // Ends: a module stands behind the one that it is in.
        if above >= here {
            break;
        }
        here = above;
    }
    words(conditions.into_iter())
}

/// What a member asks for beside its type: its own conditions, and those of the `impl` that it stands in.
pub(super) fn of_member(of: &[&Attributes]) -> Option<String> {
    words(of.iter().flat_map(|attributes| attributes.conditions()))
}

fn words<'c>(conditions: impl Iterator<Item = &'c Cfg>) -> Option<String> {
    let mut told: Vec<String> = Vec::new();
    for words in conditions.filter_map(Cfg::words) {
        if !told.contains(&words) {
            told.push(words);
        }
    }
    if told.len() > 1 {
        // What offers a choice is told apart from what is needed too.
        for words in told.iter_mut().filter(|words| words.contains(" or ") && !words.starts_with("not (")) {
            *words = format!("({words})");
        }
    }
    (!told.is_empty()).then(|| told.join(" and "))
}
