//! Numbers and days by which files are ordered, and which are no part of an address.

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

/// `path` without the day with which its last part begins, `blog/2024-05-01-plugins`: Zola and Jekyll leave it out of the address. `None`
/// when there is none.
pub(in crate::graph) fn without_date(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (day, rest) = name.split_at_checked("2024-05-01".len())?;
    let is_day = day.char_indices().all(|(at, character)| match at {
        4 | 7 => character == '-',
        _ => character.is_ascii_digit(),
    });
    let rest = rest.strip_prefix(['-', '_']).filter(|rest| is_day && !rest.is_empty())?;
    Some(format!("{}{rest}", &path[..path.len() - name.len()]))
}

#[cfg(test)]
mod tests {
    use super::{without_date, without_numbers};

    #[test]
    fn days_of_posts() {
        let cases = [
            ("blog/2024-05-01-plugins", Some("blog/plugins")),
            ("2024-05-01_plugins", Some("plugins")),
            ("2024-05-01", None),
            ("2024-x5-01-plugins", None),
            ("blog/größe-und-mehr", None),
        ];
        for (path, expected) in cases {
            assert_eq!(without_date(path).as_deref(), expected, "{path}");
        }
    }

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
