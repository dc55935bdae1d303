//! Numbers by which files are ordered, and which are no part of an address.

/// `path` without the numbers with which its parts begin: `20-core/10-routing` is `core/routing` to Docusaurus and others.
pub(in crate::graph) fn without_numbers(path: &str) -> String {
    let named = |part: &str| {
        let rest = part.trim_start_matches(|digit: char| digit.is_ascii_digit());
        let name = rest.strip_prefix(['-', '_', '.']).map_or("", |name| name.trim_start_matches(['-', '_', '.', ' ']));
        // Dates and versions are no order.
        let is_ordered =
            (1..4).contains(&(part.len() - rest.len())) && name.starts_with(|first: char| !first.is_ascii_digit());
        if is_ordered && !name.is_empty() { name.to_owned() } else { part.to_owned() }
    };
    path.split('/').map(named).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::without_numbers;

    #[test]
    fn what_orders_files() {
        let cases = [
            ("20-core/10-routing", "core/routing"),
            ("01_intro", "intro"),
            ("3. Query Lanes", "Query Lanes"),
            ("2024-05-01-x", "2024-05-01-x"),
            ("1.2", "1.2"),
            ("0007-use-sql", "0007-use-sql"),
            ("7", "7"),
        ];
        for (path, expected) in cases {
            assert_eq!(without_numbers(path), expected, "{path}");
        }
    }
}
