//! The numbered lists of a runbook -> steps: each has a place of its own, so that people can send each other to it, and a class
//! by which the theme lets them tick it off.

use std::collections::BTreeSet;

use crate::graph::{Block, Prose};

/// Makes steps of the numbered lists in `body`: `#mitigation-step-2`.
pub(super) fn mark_steps(body: &mut [Block]) {
    let mut taken = BTreeSet::new();
    for block in body.iter() {
        match block {
            Block::Heading { anchor, .. } => drop(taken.insert(anchor.clone())),
            Block::Prose(prose) => taken.extend(prose.anchors.iter().cloned()),
            _ => {}
        }
    }
    let (mut section, mut count) = (String::new(), 0);
    for block in body {
        match block {
            Block::Heading { anchor, .. } => {
                section.clone_from(anchor);
                count = 0;
            }
            Block::Prose(prose) if prose.html.contains("<ol") => {
                let mut name = || loop {
                    count += 1;
                    let name =
                        if section.is_empty() { format!("step-{count}") } else { format!("{section}-step-{count}") };
                    if taken.insert(name.clone()) {
                        return name;
                    }
                };
                mark(prose, &mut name);
            }
            _ => {}
        }
    }
}

/// Marks the outermost numbered lists of `prose`, and gives their items places.
fn mark(prose: &mut Prose, name: &mut impl FnMut() -> String) {
    let html = std::mem::take(&mut prose.html);
    let mut marked = String::with_capacity(html.len() + 256);
    // Where something is added to the text as it was, and how much.
    let mut added: Vec<(usize, usize)> = Vec::new();
    // The lists that are open: whether each is one whose items are steps.
    let mut lists: Vec<bool> = Vec::new();
    let mut rest = 0;
    for (at, _) in html.match_indices('<') {
        let tag = &html[at..];
        let is = |name: &str| tag.strip_prefix(name).is_some_and(|behind| behind.starts_with(['>', ' ']));
        let addition = match () {
            () if is("<ol") => {
                let is_outermost = !lists.contains(&true);
                lists.push(is_outermost);
                is_outermost.then(|| (3, " class=\"steps\"".to_owned()))
            }
            () if is("<ul") => {
                lists.push(false);
                None
            }
            () if tag.starts_with("</ol>") || tag.starts_with("</ul>") => {
                lists.pop();
                None
            }
            () if is("<li") && lists.last() == Some(&true) => {
                let name = name();
                let attribute = format!(" id=\"{name}\"");
                prose.anchors.push(name);
                Some((3, attribute))
            }
            () => None,
        };
        if let Some((behind, text)) = addition {
            marked.push_str(&html[rest..at + behind]);
            marked.push_str(&text);
            rest = at + behind;
            added.push((rest, text.len()));
        }
    }
    marked.push_str(&html[rest..]);
    prose.html = marked;
    for slot in &mut prose.slots {
        let before =
            added.iter().take_while(|(at, _)| *at <= slot.at as usize).map(|(_, length)| length).sum::<usize>();
        slot.at = slot.at.saturating_add(u32::try_from(before).unwrap_or(0));
    }
}

#[cfg(test)]
mod tests {
    use super::mark;
    use crate::graph::{LinkIndex, Prose};

    #[test]
    fn outermost_lists_are_steps_and_links_stay_where_they_are() {
        let mut prose = Prose::html("<ul><li>no</li></ul><ol start=\"2\"><li>one <ol><li>inner</li></ol> ");
        prose.push_link(LinkIndex(0), "x");
        prose.append(Prose::html("</li><li>two</li></ol>"));
        let before = prose.html.clone();
        let at = prose.slots[0].at as usize;
        let mut count = 0;
        mark(&mut prose, &mut || {
            count += 1;
            format!("s-{count}")
        });
        let expected = before
            .replace("<ol start=\"2\"><li>one", "<ol class=\"steps\" start=\"2\"><li id=\"s-1\">one")
            .replace("<li>two", "<li id=\"s-2\">two");
        assert_eq!(prose.html, expected);
        assert_eq!(prose.anchors, ["s-1", "s-2"]);
        assert_eq!(&prose.html[prose.slots[0].at as usize - 2..][..4], &before[at - 2..][..4]);
    }
}
