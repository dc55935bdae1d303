//! What two tools publish of one crate -> figures, and the differences behind them.

use std::collections::BTreeSet;
use std::fmt;

use super::item::{Item, Published};

/// How far two tools agree, as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// What rustdoc publishes and somebody wrote down.
    pub(crate) theirs: usize,
    /// How many of those livedoc publishes too.
    found: usize,
    /// What livedoc publishes.
    ours: usize,
    /// How many of those rustdoc publishes too.
    right: usize,
    /// How many of those found are documented to both, or to neither.
    agreed: usize,
    /// The links within the crate, by the page that they stand on.
    pub(crate) links: usize,
    /// How many of those livedoc has too.
    followed: usize,
    /// The links that livedoc has.
    our_links: usize,
    /// How many of those rustdoc does not have.
    astray: usize,
}

impl Score {
    pub(crate) fn plus(self, other: &Self) -> Self {
        Self {
            theirs: self.theirs + other.theirs,
            found: self.found + other.found,
            ours: self.ours + other.ours,
            right: self.right + other.right,
            agreed: self.agreed + other.agreed,
            links: self.links + other.links,
            followed: self.followed + other.followed,
            our_links: self.our_links + other.our_links,
            astray: self.astray + other.astray,
        }
    }

    /// Of what rustdoc publishes, the share that livedoc publishes.
    pub(crate) fn recall(&self) -> f64 {
        share(self.found, self.theirs)
    }

    /// Of what livedoc publishes, the share that rustdoc publishes.
    pub(crate) fn precision(&self) -> f64 {
        share(self.right, self.ours)
    }

    /// Of what both publish, the share that is documented to both or to neither.
    pub(crate) fn documented(&self) -> f64 {
        share(self.agreed, self.found)
    }

    /// Of rustdoc's links, the share that livedoc has.
    pub(crate) fn resolved(&self) -> f64 {
        share(self.followed, self.links)
    }

    /// Of livedoc's links, the share that rustdoc does not have.
    pub(crate) fn wrong(&self) -> f64 {
        if self.our_links == 0 { 0.0 } else { share(self.astray, self.our_links) }
    }
}

/// All of nothing is all.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl fmt::Display for Score {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Score { theirs, found, ours, right, agreed, links, followed, our_links, astray } = self;
        write!(
            formatter,
            "{found} of {theirs} found, {right} of {ours} right, {agreed} of {found} documented alike, \
             {followed} of {links} links found, {astray} of {our_links} astray"
        )
    }
}

/// How far `ours` agrees with `theirs`, and each difference in a line of words.
pub(crate) fn compare(theirs: &Published, ours: &Published) -> (Score, Vec<String>) {
    let mut score = Score::default();
    let mut differences = Vec::new();
    let find = |item: &Item, among: &Published| item.paths.iter().find_map(|path| among.find(path, item.kind));
    for item in theirs.items.iter().filter(|item| item.in_source) {
        score.theirs += 1;
        let Some(own) = find(item, ours).map(|place| &ours.items[place]) else {
            differences.push(format!("missing {}", name(item)));
            continue;
        };
        score.found += 1;
        if own.documented == item.documented {
            score.agreed += 1;
        } else {
            let said = if item.documented { "without documentation" } else { "with documentation" };
            differences.push(format!("{said} {}", name(item)));
        }
    }
    // What rustdoc may publish without saying more about it says nothing against us.
    let is_known = |item: &&Item| find(item, theirs).is_some() || !item.paths.iter().any(|path| theirs.is_opaque(path));
    for item in ours.items.iter().filter(is_known) {
        score.ours += 1;
        match find(item, theirs) {
            Some(_) => score.right += 1,
            None => differences.push(format!("surplus {}", name(item))),
        }
    }
    let (their_links, our_links) = (theirs.links_by_page(), ours.links_by_page());
    for (page, targets) in their_links {
        let Some(own_page) = find(&theirs.items[page], ours) else { continue };
        // In rustdoc's numbers; what it does not publish has none.
        let own: BTreeSet<Option<usize>> =
            our_links.get(&own_page).into_iter().flatten().map(|target| find(&ours.items[*target], theirs)).collect();
        for target in &targets {
            // A link to what has no page here is counted where that is missing.
            if find(&theirs.items[*target], ours).is_none() {
                continue;
            }
            score.links += 1;
            if own.contains(&Some(*target)) {
                score.followed += 1;
            } else {
                differences.push(format!(
                    "no link from {} to {}",
                    name(&theirs.items[page]),
                    name(&theirs.items[*target])
                ));
            }
        }
        score.our_links += own.len();
        for target in own.iter().filter(|target| target.is_none_or(|target| !targets.contains(&target))) {
            score.astray += 1;
            let target =
                target.map_or_else(|| "what rustdoc does not publish".to_owned(), |place| name(&theirs.items[place]));
            differences.push(format!("astray from {} to {target}", name(&theirs.items[page])));
        }
    }
    differences.sort();
    (score, differences)
}

fn name(item: &Item) -> String {
    format!("{} {}", item.kind, item.paths.first().map_or("", String::as_str))
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::parity::item::Published;

    #[test]
    fn what_differs_is_counted_and_named() {
        let mut theirs = Published::default();
        let (a, b) = (theirs.add(None, "x::A".into(), "struct", None), theirs.add(None, "x::b".into(), "fn", None));
        theirs.add(Some(a), "x::other::A".into(), "struct", None);
        let made = theirs.add(None, "x::Made".into(), "enum", None);
        theirs.items[made].in_source = false;
        theirs.items[a].documented = true;
        theirs.items[a].links.extend([b, a]);
        let mut ours = Published::default();
        let own = ours.add(None, "x::other::A".into(), "struct", None);
        let more = ours.add(None, "x::C".into(), "fn", None);
        ours.items[own].links.insert(more);
        let (score, differences) = compare(&theirs, &ours);
        assert_eq!((score.recall(), score.precision(), score.documented()), (0.5, 0.5, 0.0));
        assert_eq!((score.links, score.wrong()), (0, 1.0), "the target has no page here");
        let expected = [
            "astray from struct x::A to what rustdoc does not publish",
            "missing fn x::b",
            "surplus fn x::C",
            "without documentation struct x::A",
        ];
        assert_eq!(differences, expected);
    }
}
