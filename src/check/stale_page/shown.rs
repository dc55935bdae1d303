//! A page and two states of a file that it refers to -> what it shows of the file that stands there no longer.
//!
//! A page shows what it has between backticks, in its listings, and by the number of a line (`deploy.sh#L12`). That a file changed
//! elsewhere says nothing about a page that only points to it.

use std::sync::LazyLock;

use regex::Regex;

use crate::check::word::has_word;

/// Shorter names stand in many files for many things.
const SHORTEST_NAME: usize = 4;

/// Shorter lines do as well.
const SHORTEST_LINE: usize = 12;

/// What `page` shows of a file that was in `before` and is not in `now`: the first of several. `anchor` is the place that the page
/// refers to, as in `#L12`.
pub(super) fn gone(page: &str, anchor: &str, before: &str, now: &str) -> Option<String> {
    by_line(anchor, before, now).or_else(|| {
        let is_gone = |shown: &&str| has_word(before.as_bytes(), shown) && !has_word(now.as_bytes(), shown);
        names(page).find(is_gone).or_else(|| listed(page).find(is_gone)).map(str::to_owned)
    })
}

/// The text of the line that `anchor` numbers, when another stands there now.
fn by_line(anchor: &str, before: &str, now: &str) -> Option<String> {
    let digits = anchor.trim_start_matches(['#', 'L']);
    let digits = &digits[..digits.find(|end: char| !end.is_ascii_digit()).unwrap_or(digits.len())];
    let line = digits.parse::<usize>().ok()?.checked_sub(1)?;
    let (before, now) = (before.lines().nth(line)?.trim(), now.lines().nth(line).unwrap_or_default().trim());
    (!before.is_empty() && before != now).then(|| before.to_owned())
}

/// What stands between backticks.
fn names(page: &str) -> impl Iterator<Item = &str> {
    static SPAN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"`([^`\n]{1,80})`").ok());
    let spans = SPAN.iter().flat_map(move |span| span.captures_iter(page));
    let spans = spans.filter_map(|found| Some(found.get(1)?.as_str().trim()));
    // Plain words stand in comments as well.
    let is_name = |name: &&str| name.len() >= SHORTEST_NAME && !name.bytes().all(|byte| byte.is_ascii_lowercase());
    spans.filter(is_name)
}

/// The lines of listings.
fn listed(page: &str) -> impl Iterator<Item = &str> {
    let mut is_listing = false;
    page.lines().filter_map(move |line| {
        let line = line.trim();
        let is_fence = line.starts_with("```") || line.starts_with("~~~");
        is_listing ^= is_fence;
        (is_listing && !is_fence && line.len() >= SHORTEST_LINE).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::gone;

    #[test]
    fn what_a_page_shows_that_is_gone() {
        let before = "#!/bin/sh\nexec docker-compose up --detach\nexport STAGE=test\n";
        let now = "#!/bin/sh\nexec kubectl apply -f shop.yaml\n";
        let cases = [
            ("Run [it](deploy.sh).", "", None),
            ("It calls `docker-compose`.", "", Some("docker-compose")),
            ("It calls `sh` and `kubectl`.", "", None),
            ("It goes `up`, `exec` and `detach`.", "", None),
            ("```sh\nexec docker-compose up --detach\n```", "", Some("exec docker-compose up --detach")),
            ("exec docker-compose up --detach", "", None),
            ("See [it](deploy.sh#L2).", "L2", Some("exec docker-compose up --detach")),
            ("See [it](deploy.sh#L1).", "#L1-L3", None),
            ("See [it](deploy.sh#L9).", "L9", None),
        ];
        for (page, anchor, expected) in cases {
            assert_eq!(gone(page, anchor, before, now).as_deref(), expected, "{page}");
        }
    }
}
