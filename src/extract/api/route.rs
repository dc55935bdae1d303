//! The addresses of a specification's pages: `api/shop/getOrder/`, `api/shop/schemas/Order/`.
//!
//! Addresses that differ only in case are one on many file systems, so the second of them gets a number.

use std::collections::HashMap;

/// How long one part of an address may be; file systems end at 255 bytes.
const LONGEST_PART: usize = 100;

/// The addresses given away so far, all below one folder.
pub(super) struct Routes {
    folder: String,
    /// By lower-case address: the last number put behind it.
    taken: HashMap<String, u32>,
}

impl Routes {
    /// The addresses below `folder`, which itself is taken.
    pub(super) fn below(folder: String) -> Self {
        let taken = HashMap::from([(folder.to_lowercase(), 1)]);
        Self { folder, taken }
    }

    /// The address for `name`, whose `/` separate folders.
    pub(super) fn take(&mut self, name: &str) -> String {
        let parts: Vec<String> = name.split('/').map(part).filter(|part| !part.is_empty()).collect();
        let path = if parts.is_empty() { "unnamed".to_owned() } else { parts.join("/") };
        let wish = format!("{}{path}", self.folder);
        let mut route = format!("{wish}/");
        while self.taken.contains_key(&route.to_lowercase()) {
            let number = self.taken.entry(format!("{wish}/").to_lowercase()).or_insert(1);
            *number += 1;
            route = format!("{wish}-{number}/");
        }
        self.taken.insert(route.to_lowercase(), 1);
        route
    }
}

/// `name` as one part of an address: letters and digits as they are, all else as `-`.
fn part(name: &str) -> String {
    let mut part = String::new();
    for character in name.chars() {
        if character.is_alphanumeric() || matches!(character, '_' | '.') {
            part.push(character);
        } else if !part.is_empty() && !part.ends_with('-') {
            part.push('-');
        }
        if part.len() >= LONGEST_PART {
            break;
        }
    }
    part.trim_matches(['-', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::Routes;

    #[test]
    fn addresses_are_readable_and_differ_in_more_than_case() {
        let mut routes = Routes::below("api/shop/".to_owned());
        let cases = [
            ("/getOrder", "api/shop/getOrder/"),
            ("/getorder", "api/shop/getorder-2/"),
            ("/GETORDER", "api/shop/GETORDER-3/"),
            ("/get/orders/{id}", "api/shop/get/orders/id/"),
            ("/getOrder-4", "api/shop/getOrder-4/"),
            ("/getOrder", "api/shop/getOrder-5/"),
            ("/repos/get", "api/shop/repos/get/"),
            ("/../..", "api/shop/unnamed/"),
            ("/%", "api/shop/unnamed-2/"),
        ];
        for (name, expected) in cases {
            assert_eq!(routes.take(name), expected, "{name}");
        }
    }
}
