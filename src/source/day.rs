//! Days of the calendar: ISO 8601 <-> a number to count with.

use std::fmt;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

impl Day {
    /// The day, in UTC, so many seconds after 1970-01-01.
    pub fn of_seconds(seconds: u64) -> Self {
        Self(i64::try_from(seconds / 86_400).unwrap_or(i64::MAX))
    }

    /// The last day that `text` may mean: `2024-03-01`, `2024-03` or `2024`. `None` for what is no date.
    pub fn last_of(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year: i64 = parts.next()?.parse().ok().filter(|year| (0..10_000).contains(year))?;
        let month = parts.next().map(|month| month.parse::<i64>().ok().filter(|month| (1..=12).contains(month)));
        let day = parts.next().map(|day| day.parse::<i64>().ok().filter(|day| (1..=31).contains(day)));
        match (month, day, parts.next()) {
            (None, _, _) => Some(Self(days_before(year + 1, 1) - 1)),
            (Some(month), None, _) => Some(Self(days_before(year, month? + 1) - 1)),
            (Some(month), Some(day), None) => Some(Self(days_before(year, month?) + day? - 1)),
            _ => None,
        }
    }

    /// So many days later.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// How many days lie between 1970-01-01 and the first of a month; the thirteenth month is the first of the next year. By Howard
/// Hinnant's `days_from_civil`: <https://howardhinnant.github.io/date_algorithms.html>.
fn days_before(year: i64, month: i64) -> i64 {
    let (year, month) = if month > 12 { (year + 1, month - 12) } else { (year, month) };
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// As ISO 8601 has it, by Howard Hinnant's `civil_from_days`.
impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.0.saturating_add(719_468);
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        write!(formatter, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_are_counted() {
        let cases = [(0, "1970-01-01"), (11_016, "2000-02-29"), (19_782, "2024-02-29"), (20_819, "2027-01-01")];
        for (days, text) in cases {
            assert_eq!(Day::of_seconds(days * 86_400 + 86_399).to_string(), text);
            assert_eq!(Day::last_of(text).map(|day| day.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_stated_in_part_is_its_last_day() {
        let cases = [
            ("2024-02", Some("2024-02-29")),
            ("2023-12", Some("2023-12-31")),
            ("2024", Some("2024-12-31")),
            ("2024-13-01", None),
            ("2024-01-01-01", None),
            ("soon", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Day::last_of(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
        assert_eq!(Day::last_of("2024-02-28").map(|day| day.plus(2).to_string()).as_deref(), Some("2024-03-01"));
    }
}
