//! Numbers as an answer writes them: in a table one decimal, decimal points in line; in words whole numbers, unless that would
//! hide something. All are rounded from the full number.

use super::super::phrase::{grouped, significant};
use crate::model::english::in_letters;
use crate::model::measure::{Measure, Sort, Unit};
use crate::statistics::Interval;

/// How the numbers of a measure are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report) enum Style {
    /// A part of a whole, as per cent.
    Percent,
    /// Money in this unit: "£m".
    Money(String),
    /// Any other number.
    Plain,
}

/// From so much on a number is written with the digits that are read.
const LARGEST: f64 = 1e6;
/// Below so much a whole number would say too little.
const SMALL: f64 = 3.0;

impl Style {
    /// How a measure is written, money being counted in `money`.
    pub(in crate::report) fn of(measure: &Measure, money: &str) -> Self {
        match (measure.unit, measure.sort) {
            (Unit::Share, _) => Self::Percent,
            (_, Sort::Money) => Self::Money(money.to_owned()),
            _ => Self::Plain,
        }
    }

    /// A level in a table, with its unit: "90.6%", "£30.6m", "12.3".
    pub(in crate::report) fn cell(&self, value: f64) -> String {
        self.dressed(&self.bare(value))
    }

    /// A number in a table without its unit: "90.6", "−13.5".
    pub(in crate::report) fn bare(&self, value: f64) -> String {
        self.written(value, 1)
    }

    /// A change in a table: "−6.5", "+£0.8m".
    pub(in crate::report) fn change(&self, value: f64) -> String {
        let bare = self.bare(value);
        let text = if matches!(self, Self::Money(_)) { self.dressed(&bare) } else { bare.clone() };
        if value > 0.0 && says_something(&bare) { format!("+{text}") } else { text }
    }

    /// An end of the interval of a change: "+0.8".
    pub(in crate::report) fn end(&self, value: f64) -> String {
        let bare = self.bare(value);
        if value > 0.0 && says_something(&bare) { format!("+{bare}") } else { bare }
    }

    /// A change in a table with the interval behind it: "−7.1 (−7.5 to −6.6)".
    pub(in crate::report) fn within(&self, change: f64, interval: Option<Interval>) -> String {
        let change = self.end(change);
        let ends = interval.map(|Interval { low, high }| format!(" ({} to {})", self.end(low), self.end(high)));
        change + &ends.unwrap_or_default()
    }

    /// Two levels as words, with the same decimals: ("91%", "84%"), ("−13.5%", "+3.2%").
    pub(in crate::report) fn pair(&self, from: f64, to: f64) -> (String, String) {
        let decimals = self.decimals(&[from, to]);
        let sign = if from.min(to) < 0.0 && to > 0.0 { "+" } else { "" };
        let text = |value: f64| self.dressed(&self.written(value, decimals));
        (text(from), format!("{sign}{}", text(to)))
    }

    /// One level as words: "84%".
    pub(in crate::report) fn level(&self, value: f64) -> String {
        self.dressed(&self.written(value, self.decimals(&[value])))
    }

    /// The least and the most of some levels as words: "83–86%", or one number where they read alike.
    pub(in crate::report) fn range(&self, values: &[f64]) -> String {
        let (least, most) = ends(values);
        let decimals =
            if reads_alike(self, least, most, 0) { usize::from(needs_decimal(self.scaled(least))) } else { 0 };
        let (low, high) = (self.written(least, decimals), self.written(most, decimals));
        match self {
            _ if low == high => self.dressed(&high),
            Self::Percent => format!("{low}{}{high}%", if least < 0.0 { " to " } else { "–" }),
            _ => format!("{}{}{}", self.dressed(&low), if least < 0.0 { " to " } else { "–" }, self.dressed(&high)),
        }
    }

    /// The size of some changes as words: "1 to 2 points", "£25m", "about 3 points".
    pub(in crate::report) fn sizes(&self, changes: &[f64]) -> String {
        let sizes: Vec<f64> = changes.iter().map(|change| change.abs()).collect();
        let (least, most) = ends(&sizes);
        let decimals = usize::from(needs_decimal(self.scaled(least)) && self.scaled(most) < SMALL);
        let (low, high) = (self.written(least, decimals), self.written(most, decimals));
        let number = if low == high { high.clone() } else { format!("{low} to {high}") };
        match self {
            Self::Percent if number == "1" => "1 point".to_owned(),
            Self::Percent => format!("{number} points"),
            Self::Money(_) if low == high => self.dressed(&high),
            Self::Money(_) => format!("{} to {}", self.dressed(&low), self.dressed(&high)),
            Self::Plain => number,
        }
    }

    /// Decimals that some levels need in words.
    fn decimals(&self, values: &[f64]) -> usize {
        let whole_alike = values
            .windows(2)
            .any(|pair| pair[0].to_bits() != pair[1].to_bits() && reads_alike(self, pair[0], pair[1], 0));
        usize::from(whole_alike || values.iter().any(|value| needs_decimal(self.scaled(*value))))
    }

    fn scaled(&self, value: f64) -> f64 {
        if *self == Self::Percent { value * 100.0 } else { value }
    }

    fn written(&self, value: f64, decimals: usize) -> String {
        let scaled = self.scaled(value);
        if !scaled.is_finite() {
            return "–".to_owned();
        }
        // A plain number may be of any size: one decimal would hide a small one, and nobody counts the digits of a large one.
        let is_small = *self != Self::Percent && scaled != 0.0 && scaled.abs() < 1.0;
        if is_small || scaled.abs() >= LARGEST {
            return significant(scaled);
        }
        let digits = format!("{:.decimals$}", scaled.abs());
        let minus = if scaled < 0.0 && says_something(&digits) { "−" } else { "" };
        format!("{minus}{}", grouped(&digits))
    }

    /// A number with its unit.
    fn dressed(&self, number: &str) -> String {
        match self {
            Self::Percent => format!("{number}%"),
            Self::Money(unit) => money(number, unit),
            Self::Plain => number.to_owned(),
        }
    }
}

/// Money with its sign before and its size behind the number: "£30.6m", "−£2m"; other units stand behind it.
fn money(number: &str, unit: &str) -> String {
    let mut letters = unit.chars();
    let sign = letters.next().filter(|letter| "£$€¥".contains(*letter));
    match (sign, number.strip_prefix('−')) {
        (Some(sign), Some(size)) => format!("−{sign}{size}{}", letters.as_str()),
        (Some(sign), None) => format!("{sign}{number}{}", letters.as_str()),
        (None, _) if unit.is_empty() => number.to_owned(),
        (None, _) => format!("{number} {unit}"),
    }
}

/// Whether a whole number would say too little: of a small one, and where the table's decimal is a 5, which two readers might
/// round to two numbers.
fn needs_decimal(scaled: f64) -> bool {
    let tenth = (scaled.abs() * 10.0).round() as u64 % 10;
    (tenth != 0 && scaled.abs() < SMALL) || (tenth == 5 && scaled.abs() < 1000.0)
}

fn reads_alike(style: &Style, one: f64, other: f64, decimals: usize) -> bool {
    style.written(one, decimals) == style.written(other, decimals)
}

fn ends(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(*value), most.max(*value)))
}

fn says_something(digits: &str) -> bool {
    digits.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
}

/// A small count in words: "two", "eight"; digits from ten.
pub(in crate::report) fn counted_in_words(count: usize) -> String {
    in_letters(count).filter(|_| count < 10).map_or_else(|| count.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(from: f64, to: f64) -> String {
        let (from, to) = Style::Percent.pair(from, to);
        format!("{from} to {to}")
    }

    #[test]
    fn words_have_whole_numbers_unless_they_would_hide_something() {
        assert_eq!(pair(0.9062, 0.8414), "91% to 84%");
        assert_eq!(pair(-0.1352, 0.0611), "−13.5% to +6.1%");
        assert_eq!(pair(0.024, 0.0312), "2.4% to 3.1%");
        assert_eq!(pair(0.8321, 0.8341), "83.2% to 83.4%");
        assert_eq!(pair(0.0, 1.0), "0% to 100%");
    }

    #[test]
    fn a_number_is_rounded_from_the_full_number_and_nothing_has_no_sign() {
        assert_eq!(Style::Percent.cell(0.00449), "0.4%");
        assert_eq!(Style::Percent.level(0.8443), "84%");
        assert_eq!(Style::Percent.change(-0.0003), "0.0");
        assert_eq!(Style::Percent.change(0.0003), "0.0");
        assert_eq!(Style::Percent.change(0.331), "+33.1");
    }

    #[test]
    fn money_has_its_sign_before_and_its_size_behind() {
        let millions = Style::Money("£m".to_owned());
        assert_eq!(millions.cell(30.62), "£30.6m");
        assert_eq!(millions.change(-1.4), "−£1.4m");
        assert_eq!(millions.sizes(&[24.8]), "£25m");
        assert_eq!(Style::Money("cattle".to_owned()).cell(3.0), "3.0 cattle");
    }

    #[test]
    fn sizes_and_ranges_read_as_one_number_where_they_are() {
        assert_eq!(Style::Percent.sizes(&[0.011, -0.018]), "1.1 to 1.8 points");
        assert_eq!(Style::Percent.sizes(&[0.119, 0.131]), "12 to 13 points");
        assert_eq!(Style::Percent.sizes(&[0.01]), "1 point");
        assert_eq!(Style::Percent.range(&[0.833, 0.859]), "83–86%");
        assert_eq!(Style::Percent.range(&[0.833, 0.834]), "83%");
    }

    #[test]
    fn a_number_of_any_size_can_be_read() {
        assert_eq!(Style::Plain.bare(0.148), "0.148");
        assert_eq!(Style::Plain.bare(12_345.67), "12,345.7");
        assert!(Style::Plain.bare(3.2e21).contains("10"), "{}", Style::Plain.bare(3.2e21));
        assert_eq!(Style::Plain.bare(f64::NAN), "–");
    }
}
