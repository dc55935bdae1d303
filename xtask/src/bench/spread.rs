//! Figures of several runs -> the one in the middle and how far they lie apart.

use std::time::Duration;

/// The median of some figures, with the least and the most.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Spread {
    /// That of `figures`; `None` when there are none.
    pub(crate) fn of(figures: impl IntoIterator<Item = f64>) -> Option<Self> {
        let sorted = sorted(figures);
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        let middle = sorted.len() / 2;
        let median =
            if sorted.len() % 2 == 1 { sorted[middle] } else { f64::midpoint(sorted[middle - 1], sorted[middle]) };
        Some(Self { median, least, most })
    }

    /// That of `times`, in seconds.
    pub(crate) fn of_times(times: impl IntoIterator<Item = Duration>) -> Option<Self> {
        Self::of(times.into_iter().map(|time| time.as_secs_f64()))
    }

    /// `3.1 (3.0–3.4)`; the median alone when nothing lies apart.
    pub(crate) fn shown(self, figure: impl Fn(f64) -> String) -> String {
        let (median, least, most) = (figure(self.median), figure(self.least), figure(self.most));
        if least == most { median } else { format!("{median} ({least}–{most})") }
    }
}

/// The figure that nine of ten figures do not exceed.
pub(crate) fn ninth_decile(figures: impl IntoIterator<Item = f64>) -> Option<f64> {
    let sorted = sorted(figures);
    let place = (sorted.len() * 9).div_ceil(10);
    sorted.get(place.saturating_sub(1)).copied()
}

fn sorted(figures: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut sorted: Vec<f64> = figures.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// Three digits that matter: `0.123`, `1.23`, `12.3`, `1,234`.
pub(crate) fn number(figure: f64) -> String {
    match figure.abs() {
        small if small < 0.095 => format!("{figure:.3}"),
        small if small < 9.95 => format!("{figure:.2}"),
        medium if medium < 99.5 => format!("{figure:.1}"),
        _ => grouped(figure.round() as u64),
    }
}

/// `12,345`
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Bytes in millions: `12.3 MB`.
pub(crate) fn megabytes(bytes: f64) -> String {
    format!("{} MB", number(bytes / 1e6))
}

#[cfg(test)]
mod tests {
    use super::{Spread, grouped, ninth_decile, number};

    #[test]
    fn the_middle_counts() {
        let shown = |figures: &[f64]| Spread::of(figures.iter().copied()).map(|spread| spread.shown(number));
        for (figures, expected) in [
            (&[][..], None),
            (&[3.1][..], Some("3.10")),
            (&[9.0, 1.0, 2.0][..], Some("2.00 (1.00–9.00)")),
            (&[4.0, 2.0][..], Some("3.00 (2.00–4.00)")),
            (&[2.0, 2.001][..], Some("2.00")),
        ] {
            assert_eq!(shown(figures).as_deref(), expected);
        }
        assert_eq!(ninth_decile((1..=20).map(f64::from)), Some(18.0));
        assert_eq!(ninth_decile([7.0]), Some(7.0));
        assert_eq!(ninth_decile([]), None);
    }

    #[test]
    fn numbers_have_three_digits_that_matter() {
        let shown: Vec<String> = [0.0123, 0.5, 1.234, 12.34, 123.4, 12_345.6].map(number).to_vec();
        assert_eq!(shown, ["0.012", "0.50", "1.23", "12.3", "123", "12,346"]);
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }
}
