//! Two sets of types or bounds -> what the difference does to the values that there may be.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Effect, Event};

/// Bounds from above: a larger one admits more.
const UPPER: &[&str] = &["exclusiveMaximum", "maxItems", "maxLength", "maxProperties", "maximum"];

/// Bounds from below: a smaller one admits more.
const LOWER: &[&str] = &["exclusiveMinimum", "minItems", "minLength", "minProperties", "minimum"];

/// Formats of which the second admits all that the first does.
const WIDER_FORMATS: &[(&str, &str)] = &[("\"int32\"", "\"int64\""), ("\"float\"", "\"double\"")];

/// What a change of types does, and whether the two still have something in common. `None` when they are the same.
pub(super) fn compare_types(old: &BTreeSet<&str>, new: &BTreeSet<&str>) -> Option<(Effect, bool)> {
    if old == new {
        return None;
    }
    let admits = |types: &BTreeSet<&str>, name: &str| {
        types.is_empty() || types.contains(name) || name == "integer" && types.contains("number")
    };
    let widens = !old.is_empty() && old.iter().all(|name| admits(new, name)) || new.is_empty();
    let narrows = !new.is_empty() && new.iter().all(|name| admits(old, name)) || old.is_empty();
    let is_related = widens || narrows || old.iter().any(|name| new.contains(name));
    let effect = match (narrows, widens) {
        (_, true) => Effect::Widens,
        (true, false) => Effect::Narrows,
        (false, false) => Effect::Alters,
    };
    Some((effect, is_related))
}

/// The bounds that differ, by keyword.
pub(super) fn compare_bounds<'a>(
    old: &BTreeMap<&'a str, &'a str>,
    new: &BTreeMap<&'a str, &'a str>,
) -> Vec<(&'a str, Event, Effect)> {
    let keywords: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let compare = |keyword: &'a str| {
        // It tells alternatives apart; there are no other values for it.
        let tells = keyword == "discriminator";
        let (event, effect) = match (old.get(keyword), new.get(keyword)) {
            (Some(old), Some(new)) if old == new => return None,
            (Some(old), Some(new)) => (Event::BoundChanged, effect(keyword, old, new)),
            (None, Some(&new)) if bounds_nothing(keyword, new) => return None,
            (Some(&old), None) if bounds_nothing(keyword, old) => return None,
            (None, _) => (Event::BoundAdded, if tells { Effect::Keeps } else { Effect::Narrows }),
            (_, None) => (Event::BoundRemoved, if tells { Effect::Keeps } else { Effect::Widens }),
        };
        Some((keyword, event, effect))
    };
    keywords.into_iter().filter_map(compare).collect()
}

fn bounds_nothing(keyword: &str, value: &str) -> bool {
    value == "0" && matches!(keyword, "minItems" | "minLength" | "minProperties")
}

fn effect(keyword: &str, old: &str, new: &str) -> Effect {
    if keyword == "format" {
        return match (WIDER_FORMATS.contains(&(old, new)), WIDER_FORMATS.contains(&(new, old))) {
            (true, _) => Effect::Widens,
            (_, true) => Effect::Narrows,
            _ => Effect::Alters,
        };
    }
    let is_larger = match (old.parse::<f64>(), new.parse::<f64>()) {
        (Ok(old), Ok(new)) => new > old,
        _ => return Effect::Alters,
    };
    match (UPPER.contains(&keyword), LOWER.contains(&keyword)) {
        (true, _) => {
            if is_larger {
                Effect::Widens
            } else {
                Effect::Narrows
            }
        }
        (_, true) => {
            if is_larger {
                Effect::Narrows
            } else {
                Effect::Widens
            }
        }
        _ => Effect::Alters,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{compare_bounds, compare_types};

    #[test]
    fn types() {
        let cases = [
            ("string", "string", "None"),
            ("integer", "number", "Some((Widens, true))"),
            ("number", "integer", "Some((Narrows, true))"),
            ("string", "integer string", "Some((Widens, true))"),
            ("integer string", "string", "Some((Narrows, true))"),
            ("string", "", "Some((Widens, true))"),
            ("", "string", "Some((Narrows, true))"),
            ("string", "object", "Some((Alters, false))"),
            ("string boolean", "string array", "Some((Alters, true))"),
        ];
        for (old, new, expected) in cases {
            let set = |text: &'static str| text.split_whitespace().collect::<BTreeSet<&str>>();
            assert_eq!(format!("{:?}", compare_types(&set(old), &set(new))), expected, "{old} -> {new}");
        }
    }

    #[test]
    fn bounds() {
        let cases = [
            ("maximum", "10", "20", "BoundChanged Widens"),
            ("maxLength", "20", "9", "BoundChanged Narrows"),
            ("minimum", "1", "2.5", "BoundChanged Narrows"),
            ("minItems", "2", "1", "BoundChanged Widens"),
            ("minLength", "", "0", ""),
            ("minLength", "", "1", "BoundAdded Narrows"),
            ("pattern", "\"a\"", "", "BoundRemoved Widens"),
            ("pattern", "\"a\"", "\"b\"", "BoundChanged Alters"),
            ("multipleOf", "2", "4", "BoundChanged Alters"),
            ("format", "\"int32\"", "\"int64\"", "BoundChanged Widens"),
            ("format", "\"double\"", "\"float\"", "BoundChanged Narrows"),
            ("format", "\"date\"", "\"date-time\"", "BoundChanged Alters"),
            ("discriminator", "", "kind", "BoundAdded Keeps"),
            ("discriminator", "type", "kind", "BoundChanged Alters"),
        ];
        for (keyword, old, new, expected) in cases {
            let bound = |value: &'static str| BTreeMap::from_iter(Some((keyword, value)).filter(|_| !value.is_empty()));
            let found = compare_bounds(&bound(old), &bound(new));
            let found: Vec<String> = found.iter().map(|(_, event, effect)| format!("{event:?} {effect:?}")).collect();
            assert_eq!(found.join(" "), expected, "{keyword}: {old} -> {new}");
        }
    }
}
