//! `livedoc review PAGE…`: says that pages were read and hold, by today's date as `last_reviewed` in their front matter.

use std::fs;
use std::path::Path;

use super::arguments::Review;
use super::report::say;
use super::today::today;
use super::{Exit, Failure};
use crate::mend::replace;

/// What the date is called.
const NAME: &str = "last_reviewed";

pub(super) fn run(command: &Review) -> Result<Exit, Failure> {
    let day = today().to_string();
    // Nothing is written before everything can be.
    let stamped: Result<Vec<(&Path, String)>, Failure> = command.pages.iter().map(|page| stamp(page, &day)).collect();
    for (page, text) in stamped? {
        replace(page, &text)
            .map_err(|error| Failure::machine(format!("`{}` cannot be written: {error}", page.display())))?;
        say(|out| writeln!(out, "{}", page.display()))?;
    }
    Ok(Exit::Clean)
}

fn stamp<'p>(page: &'p Path, day: &str) -> Result<(&'p Path, String), Failure> {
    let is_document = page.extension().and_then(|extension| extension.to_str());
    if !is_document.is_some_and(|extension| ["md", "markdown", "mdx"].contains(&extension)) {
        return Err(Failure::usage(format!("`{}` is no Markdown file", page.display())));
    }
    let bytes =
        fs::read(page).map_err(|error| Failure::usage(format!("`{}` cannot be read: {error}", page.display())))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::usage(format!("`{}` is not UTF-8", page.display())))?;
    Ok((page, reviewed(&text, day)))
}

/// `text` with `day` as its `last_reviewed`: in the line that says it, in the front matter that there is, or in a new one.
fn reviewed(text: &str, day: &str) -> String {
    let line_end = if text.lines().next().is_some_and(|_| text.contains("\r\n")) { "\r\n" } else { "\n" };
    let fence = text.lines().next().unwrap_or_default().trim_start_matches('\u{feff}').trim_end();
    let stated = if fence == "+++" { format!("{NAME} = {day}") } else { format!("{NAME}: {day}") };
    let closed = text.lines().skip(1).position(|line| line.trim_end() == fence).map(|place| place + 1);
    let Some(end) = closed.filter(|_| matches!(fence, "---" | "+++")) else {
        return format!("---{line_end}{stated}{line_end}---{line_end}{line_end}{text}");
    };
    let is_stated = |line: &str| {
        let rest = line.strip_prefix(NAME).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with([':', '=']))
    };
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let written = format!("{stated}{line_end}");
    let known = lines[..end].iter().position(|line| is_stated(line));
    // In TOML a name behind a table's header would be that table's.
    let table = lines[..end].iter().position(|line| fence == "+++" && line.starts_with('['));
    match known {
        Some(place) => lines[place] = &written,
        None => lines.insert(table.unwrap_or(end), &written),
    }
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::reviewed;

    #[test]
    fn the_day_goes_where_it_belongs() {
        let cases = [
            ("# A\n", "---\nlast_reviewed: 2026-01-02\n---\n\n# A\n"),
            ("", "---\nlast_reviewed: 2026-01-02\n---\n\n"),
            ("---\ntitle: A\n---\n# A\n", "---\ntitle: A\nlast_reviewed: 2026-01-02\n---\n# A\n"),
            ("---\nlast_reviewed: 2020-01-01 # x\na: b\n---\n", "---\nlast_reviewed: 2026-01-02\na: b\n---\n"),
            ("---\r\na: b\r\n---\r\n# A\r\n", "---\r\na: b\r\nlast_reviewed: 2026-01-02\r\n---\r\n# A\r\n"),
            ("+++\na = 1\n[x]\nb = 2\n+++\n", "+++\na = 1\nlast_reviewed = 2026-01-02\n[x]\nb = 2\n+++\n"),
            ("---\n# never closed\n", "---\nlast_reviewed: 2026-01-02\n---\n\n---\n# never closed\n"),
        ];
        for (text, expected) in cases {
            assert_eq!(reviewed(text, "2026-01-02"), expected, "{text}");
        }
    }
}
