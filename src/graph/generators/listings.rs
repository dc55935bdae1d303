//! Listings of Markdown in which others stand, as they are meant: to Markdown itself the first one inside ends the outer one, where both have
//! as many signs.

use std::ops::Range;

use crate::source::SourceFile;

/// Where a text has such listings.
#[derive(Debug, PartialEq)]
struct Listings(Vec<Range<usize>>);

/// Whether the place `at` of `file` is in a listing of Markdown as its writer saw it.
pub(super) fn is_in_listing(file: &SourceFile, at: usize) -> bool {
    // A page may have thousands of links that lead nowhere.
    file.told(|file| Listings(listings(file.text()))).0.iter().any(|listing| listing.contains(&at))
}

/// The listings of Markdown in `text`, each to the fence that ends as many as began. One that nothing ends is none.
fn listings(text: &str) -> Vec<Range<usize>> {
    let mut fences = fences(text).into_iter().peekable();
    let mut found = Vec::new();
    while let Some(fence) = fences.next() {
        if !matches!(fence.info.to_lowercase().as_str(), "markdown" | "md") {
            // Any other listing ends with the next fence of its kind.
            while fences.next_if(|next| !next.closes(&fence)).is_some() {}
            fences.next();
            continue;
        }
        let mut depth = 1_usize;
        let end = fences.clone().find(|next| {
            if next.signs == fence.signs {
                depth = if next.info.is_empty() { depth - 1 } else { depth + 1 };
            }
            depth == 0
        });
        let Some(end) = end else { continue };
        while fences.next_if(|next| next.start <= end.start).is_some() {}
        found.push(fence.start..end.start);
    }
    found
}

/// A line with which a listing begins or ends.
#[derive(Clone)]
struct Fence<'t> {
    start: usize,
    signs: usize,
    info: &'t str,
}

impl Fence<'_> {
    fn closes(&self, open: &Fence<'_>) -> bool {
        self.info.is_empty() && self.signs >= open.signs
    }
}

fn fences(text: &str) -> Vec<Fence<'_>> {
    let mut start = 0;
    let read = |line: &'_ str| {
        let words = line.trim();
        let info = words.trim_start_matches('`');
        let signs = words.len() - info.len();
        (signs >= 3 && !info.contains('`')).then_some((signs, info.len()))
    };
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some((signs, length)) = read(line) {
            let end = start + line.trim_end().len();
            found.push(Fence { start, signs, info: text[end - length..end].trim() });
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::listings;

    #[test]
    fn listings_in_listings() {
        let cases = [
            ("```markdown\n```sh\nmake\n```\nX\n```\n", true),
            ("```markdown\n```sh\nmake\n```\n```\nX\n", false),
            ("```markdown\nX\n```\n", true),
            ("```markdown\n```\nX\n", false),
            ("```sh\nmake\n```\nX\n", false),
            ("```sh\n```markdown\n```\nX\n", false),
            ("````markdown\n```sh\n```\nX\n````\n", true),
            ("```markdown\nX\n", false),
            ("X", false),
        ];
        for (text, expected) in cases {
            let at = text.find('X').unwrap_or_default();
            assert_eq!(listings(text).iter().any(|listing| listing.contains(&at)), expected, "{text}");
        }
    }
}
