//! Dates as people write them -> ISO 8601, as far as they say.
//!
//! Enters: a few words. Leaves: `2024-03-01`, `2024-03` or `2024`.

use std::sync::LazyLock;

use regex::Regex;

use super::wording::regex;
use crate::source::stored;

/// How a log writes dates of numbers with slashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slashes {
    /// 31/12/2024.
    DayFirst,
    /// 12/31/2024.
    MonthFirst,
    /// No date of the log tells.
    Unknown,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

static ISO: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\b|T|_)"));
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| regex(r"\b(\d{1,2})([/.-])(\d{1,2})([/.-])(\d{4}|\d{2})\b"));
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let month = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    regex(&format!(
        r"(?i)\b(?:(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of\s+|[-\s]+))?{month}\b\.?(?:[-\s]+(\d{{1,2}})(?:st|nd|rd|th)?\b)?,?[-\s]*(\d{{4}})\b"
    ))
});
static YEAR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^\W*(\d{4})[\s,.-]+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?:[\s-]+(\d{1,2})(?:st|nd|rd|th)?\b)?",
    )
});
static MONTH: LazyLock<Regex> = LazyLock::new(|| regex(r"^\W*(\d{4})-(\d{1,2})\b"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| regex(r"^\W*((?:19|20)\d{2})\b"));

/// The first date in `text`: `2024-03-01`, `2024-03` or `2024`.
pub(crate) fn read_date(text: &str, slashes: Slashes) -> Option<String> {
    if let Some(found) = ISO.captures(text).filter(|found| !begins_with_month(text, found)) {
        // A day or month that there is not leaves what is certain.
        let month = || iso(&found[1], &found[2], "1").map(|day| day[..7].to_owned());
        // "2020-28-07" can only be read with the day first.
        let swapped = || iso(&found[1], &found[3], &found[2]);
        return iso(&found[1], &found[2], &found[3]).or_else(swapped).or_else(month).or_else(|| year(&found[1]));
    }
    if let Some(found) = NUMBERS.captures(text).filter(|found| found[2] == found[4]) {
        let year = if found[5].len() == 2 { format!("20{}", &found[5]) } else { found[5].to_owned() };
        let order = match order_of(&found[1], &found[3], &found[2]) {
            Slashes::Unknown => slashes,
            told => told,
        };
        return match order {
            Slashes::DayFirst => iso(&year, &found[3], &found[1]),
            Slashes::MonthFirst => iso(&year, &found[1], &found[3]),
            Slashes::Unknown if found[1] == found[3] => iso(&year, &found[1], &found[3]),
            Slashes::Unknown => Some(year),
        };
    }
    if let Some(found) = YEAR_FIRST.captures(text) {
        let month = month_of_name(&found[2])?;
        let day = found.get(3).and_then(|day| iso(&found[1], &month, day.as_str()));
        return Some(day.unwrap_or_else(|| format!("{}-{month:0>2}", &found[1])));
    }
    if let Some(found) = WORDS.captures(text) {
        // "DEC-0007" is a record.
        let (month, _) = (month_of_name(&found[2])?, year(&found[4])?);
        return match found.get(1).or(found.get(3)) {
            Some(day) => iso(&found[4], &month, day.as_str()),
            None => Some(format!("{}-{month:0>2}", &found[4])),
        };
    }
    if let Some(found) = MONTH.captures(text) {
        let month: u8 = found[2].parse().ok()?;
        return (1..=12).contains(&month).then(|| format!("{}-{month:02}", &found[1]));
    }
    YEAR.captures(text).map(|found| found[1].to_owned())
}

/// Whether a month stands before the day that was `found`: "2024-03 (written down 2024-05-06)".
fn begins_with_month(text: &str, found: &regex::Captures<'_>) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\W*\d{4}-\d{1,2}\s*\("));
    found.get(0).is_some_and(|day| BEFORE.is_match(&text[..day.start()]))
}

/// The number of a month by the first letters of its name.
fn month_of_name(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    MONTHS.iter().position(|month| *month == name).map(|index| (index + 1).to_string())
}

/// A year in which somebody may have decided something.
fn year(year: &str) -> Option<String> {
    year.parse().is_ok_and(|year: u16| (1900..2200).contains(&year)).then(|| year.to_owned())
}

/// Which orders of day and month dates with slashes show.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Orders {
    day_first: bool,
    month_first: bool,
}

stored! { struct Orders { day_first, month_first } }

impl Orders {
    /// What the dates in `texts` show, of each text the first.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut orders = Self::default();
        for found in texts.filter_map(|text| NUMBERS.captures(text)) {
            let order = order_of(&found[1], &found[3], &found[2]);
            orders.day_first |= order == Slashes::DayFirst;
            orders.month_first |= order == Slashes::MonthFirst;
        }
        orders
    }

    /// What these dates and those show.
    pub(crate) fn and(self, other: Self) -> Self {
        Self { day_first: self.day_first || other.day_first, month_first: self.month_first || other.month_first }
    }

    /// The order of all. Dates that contradict each other tell nothing.
    pub(crate) fn slashes(self) -> Slashes {
        match (self.day_first, self.month_first) {
            (true, false) => Slashes::DayFirst,
            (false, true) => Slashes::MonthFirst,
            _ => Slashes::Unknown,
        }
    }
}

fn order_of(first: &str, second: &str, separator: &str) -> Slashes {
    let above_twelve = |text: &str| text.parse::<u8>().is_ok_and(|number| number > 12);
    match (above_twelve(first), above_twelve(second)) {
        (true, false) => Slashes::DayFirst,
        (false, true) => Slashes::MonthFirst,
        // Nobody who separates with dots puts the month first.
        (false, false) if separator == "." => Slashes::DayFirst,
        _ => Slashes::Unknown,
    }
}

/// The day as ISO 8601, if there is such a day in some year.
pub(crate) fn iso(year: &str, month: &str, day: &str) -> Option<String> {
    let (month, day): (u8, u8) = (month.parse().ok()?, day.parse().ok()?);
    let (1900..2200) = year.parse::<u16>().ok()? else { return None };
    let days = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days).contains(&day).then(|| format!("{year}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::{Orders, Slashes, read_date};

    #[test]
    fn dates() {
        let cases = [
            ("2018-09-11", "2018-09-11"),
            ("2018-10-31T00:00:00.000Z", "2018-10-31"),
            ("2018/9/1", "2018-09-01"),
            ("20/01/2018", "2018-01-20"),
            ("01/20/2018", "2018-01-20"),
            ("03/05/2018", "2018"),
            ("05/05/2018", "2018-05-05"),
            ("03.05.2018", "2018-05-03"),
            ("27/06/24", "2024-06-27"),
            ("11 September 2018", "2018-09-11"),
            ("September 11th, 2018", "2018-09-11"),
            ("Mon, 3 Sept 2018", "2018-09-03"),
            ("11th of Sep 2018", "2018-09-11"),
            ("14-Mar-2019", "2019-03-14"),
            ("2019 Oct 22: Initial draft", "2019-10-22"),
            ("2019 October", "2019-10"),
            ("May 2019", "2019-05"),
            ("2019-05", "2019-05"),
            ("2019", "2019"),
            ("[2019-01-02](x)", "2019-01-02"),
            ("2019-13-02", "2019-02-13"),
            ("2019-13-32", "2019"),
            ("08.03.23", "2023-03-08"),
            ("2019-02-30", "2019-02"),
            ("YYYY-MM-DD", ""),
            ("some day in 2019", ""),
            ("PR 12345", ""),
            ("Superseded by DEC-0007", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(read_date(text, Slashes::Unknown).unwrap_or_default(), expected, "{text}");
        }
        assert_eq!(read_date("03/05/2018", Slashes::DayFirst).as_deref(), Some("2018-05-03"));
    }

    #[test]
    fn a_log_tells_its_order() {
        let cases: [(&[&str], Slashes); 4] = [
            (&["03/05/2018", "25/05/2018"], Slashes::DayFirst),
            (&["03/05/2018", "05/25/2018"], Slashes::MonthFirst),
            (&["25/05/2018", "05/25/2018"], Slashes::Unknown),
            (&["03/05/2018"], Slashes::Unknown),
        ];
        for (texts, expected) in cases {
            assert_eq!(Orders::of(texts.iter().copied()).slashes(), expected, "{texts:?}");
        }
    }
}
