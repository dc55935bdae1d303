//! What was and what is written about a thing -> what of it is gone, and whether its users see that.

use std::collections::BTreeSet;

use super::stated::values;
use super::written::{Written, names};

/// What is otherwise than it was.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Change {
    /// Names that it has no more.
    pub(super) names: BTreeSet<String>,
    /// Numbers, durations and texts that it has no more.
    pub(super) values: BTreeSet<String>,
    /// Whether something is another that its users see, or is there no more. What is new only is none.
    pub(super) is_seen: bool,
    /// Whether nobody may use it any more, or nobody should.
    pub(super) is_out_of_use: bool,
}

impl Change {
    /// How `now` differs from `then`; `file` is all of the file in which it stands now. `None` when its users see the same.
    pub(super) fn between(then: &Written, now: &Written, file: &str) -> Option<Self> {
        let whole = |written: &Written| written.parts.concat().replace(char::is_whitespace, "");
        let is_same = whole(then) == whole(now);
        let gone = if is_same { Vec::new() } else { without(&then.parts, &now.parts) };
        let new = if is_same { Vec::new() } else { without(&now.parts, &then.parts) };
        let kept = now.names();
        let lost = gone.iter().flat_map(|part| names(part)).filter(|name| !kept.contains(name));
        let names_gone: BTreeSet<String> = lost.map(str::to_owned).collect();
        let of = |parts: &[&String]| -> BTreeSet<String> {
            parts.iter().flat_map(|part| values(part)).map(str::to_owned).collect()
        };
        let mut values_gone: BTreeSet<String> = of(&gone).difference(&of(&new)).cloned().collect();
        values_gone.extend(values_of_inside(then, now, file));
        let is_required = |part: &&String| part.contains("required") && !part.ends_with("false");
        let is_called_otherwise = then.call.is_some() && !new.is_empty();
        // Of a function nothing is as it was.
        let is_rewritten = !then.inside.is_empty()
            && !now.inside.is_empty()
            && (then.is_value && then.inside != now.inside
                || then.call.is_some() && !now.inside.iter().any(|line| then.inside.contains(line)));
        let change = Self {
            is_seen: !gone.is_empty()
                || is_called_otherwise
                || is_rewritten
                || then.call.is_none() && new.iter().any(is_required),
            is_out_of_use: now.is_out_of_use && !then.is_out_of_use,
            names: names_gone,
            values: values_gone,
        };
        (change != Self::default()).then_some(change)
    }
}

/// Those of `parts` that `others` have not, or not as often.
fn without<'p>(parts: &'p [String], others: &[String]) -> Vec<&'p String> {
    let mut others: Vec<&String> = others.iter().collect();
    let is_other = |part: &&String| match others.iter().position(|other| other == part) {
        Some(same) => {
            others.swap_remove(same);
            false
        }
        None => true,
    };
    parts.iter().filter(is_other).collect()
}

/// The values of lines inside that are as they were but for these, and of those that `file` has nowhere any more.
fn values_of_inside(then: &Written, now: &Written, file: &str) -> BTreeSet<String> {
    let is_in = |lines: &[String], line: &String| lines.contains(line);
    let new: Vec<&String> = now.inside.iter().filter(|line| !is_in(&then.inside, line)).collect();
    let kept: BTreeSet<&str> = new.iter().flat_map(|line| values(line)).collect();
    let mut gone = BTreeSet::new();
    for line in then.inside.iter().filter(|line| !is_in(&now.inside, line)) {
        let form = form(line);
        let has_form = now.is_value || new.iter().any(|line| self::form(line) == form);
        let is_gone = |value: &&str| !kept.contains(value) && (has_form || !file.contains(*value));
        gone.extend(values(line).filter(is_gone).map(str::to_owned));
    }
    gone
}

/// A line with nothing for its values.
pub(super) fn form(line: &str) -> String {
    let mut form = line.to_owned();
    for value in values(line) {
        form = form.replacen(value, "", 1);
    }
    form
}
