//! What stands in what -> the prefixes under which routes are served.

/// A place where the routes of a function are put: a scope of the body of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mount {
    pub(super) site: usize,
    pub(super) scope: usize,
}

/// Where everything stands.
pub(super) struct Mounts {
    sites: Vec<Site>,
}

#[derive(Clone, Default)]
struct Site {
    /// For each scope its prefix, if that is known, and the scopes around it.
    scopes: Vec<(Option<String>, Vec<usize>)>,
    mounts: Vec<Mount>,
}

/// More steps are not taken: functions may call each other in a circle.
const STEPS: usize = 2_000;

/// More prefixes of one route are left out.
const MOST: usize = 8;

impl Mounts {
    pub(super) fn new(sites: usize) -> Self {
        Self { sites: vec![Site::default(); sites] }
    }

    /// The next scope of the function `site`, with its prefix, if that is known, and the scopes around it.
    pub(super) fn add_scope(&mut self, site: usize, prefix: Option<String>, parents: Vec<usize>) {
        self.sites[site].scopes.push((prefix, parents));
    }

    /// Says that the routes of `site` are put there.
    pub(super) fn mount(&mut self, site: usize, mount: Mount) {
        if !self.sites[site].mounts.contains(&mount) {
            self.sites[site].mounts.push(mount);
        }
    }

    /// The prefixes of what the function `site` has; what is put nowhere has none.
    pub(super) fn of_site(&self, site: usize) -> Vec<String> {
        self.follow(self.sites[site].mounts.clone())
    }

    /// The prefixes of a scope of the function `site`.
    pub(super) fn of_scope(&self, site: usize, scope: usize) -> Vec<String> {
        self.follow(vec![Mount { site, scope }])
    }

    /// Goes from each of `places` outwards. A prefix that is not known ends the way: what stands before it is not known either.
    fn follow(&self, places: Vec<Mount>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let add = |found: &mut Vec<String>, prefix: String| {
            if !found.contains(&prefix) && found.len() < MOST {
                found.push(prefix);
            }
        };
        if places.is_empty() {
            add(&mut found, String::new());
        }
        let mut waiting: Vec<(Mount, String)> = places.into_iter().rev().map(|place| (place, String::new())).collect();
        let mut steps = 0;
        while let Some((place, behind)) = waiting.pop() {
            steps += 1;
            let Some((prefix, parents)) = self.sites[place.site].scopes.get(place.scope).filter(|_| steps < STEPS)
            else {
                add(&mut found, behind);
                continue;
            };
            let Some(prefix) = prefix else {
                add(&mut found, behind);
                continue;
            };
            let prefix = prefix.trim_matches('/');
            let whole = if prefix.is_empty() { behind } else { format!("/{prefix}{behind}") };
            let outer: Vec<Mount> = match parents.as_slice() {
                [] => self.sites[place.site].mounts.clone(),
                parents => parents.iter().map(|&scope| Mount { site: place.site, scope }).collect(),
            };
            if outer.is_empty() {
                add(&mut found, whole);
            } else {
                waiting.extend(outer.into_iter().rev().map(|outer| (outer, whole.clone())));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Mount, Mounts};

    #[test]
    fn prefixes_add_up_from_the_outside() {
        let mut mounts = Mounts::new(3);
        mounts.add_scope(0, Some(String::new()), Vec::new());
        mounts.add_scope(0, Some("/api/".to_owned()), vec![0]);
        mounts.add_scope(0, None, vec![1]);
        mounts.add_scope(1, Some(String::new()), Vec::new());
        mounts.add_scope(1, Some("v1".to_owned()), vec![0]);
        mounts.mount(1, Mount { site: 0, scope: 1 });
        mounts.mount(2, Mount { site: 1, scope: 1 });
        mounts.mount(2, Mount { site: 0, scope: 2 });
        assert_eq!(mounts.of_site(0), [""]);
        assert_eq!(mounts.of_scope(1, 1), ["/api/v1"]);
        assert_eq!(mounts.of_site(2), ["/api/v1", ""]);
    }

    #[test]
    fn circles_end() {
        let mut mounts = Mounts::new(2);
        for (site, other) in [(0, 1), (1, 0)] {
            mounts.add_scope(site, Some("/a".to_owned()), Vec::new());
            mounts.mount(site, Mount { site: other, scope: 0 });
        }
        assert_eq!(mounts.of_site(0).len(), 1);
    }
}
