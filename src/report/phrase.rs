//! Numbers and names as one would read them aloud.

use crate::experiment::Level;
pub(super) use crate::model::english::{capital as capitalised, grouped, list, plural};
use crate::model::measure::{Measure, Unit, words};
use crate::statistics::Interval;

use super::power;

/// Writes numbers of one unit with as many decimals as their interval gives reason to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numerals<'a> {
    unit: Unit,
    time: &'a str,
    decimals: usize,
}

/// The most decimals of a number that is not too small for them.
const MOST_DECIMALS: usize = 3;
/// The most decimals of a number that would otherwise be read as zero.
const FINEST_DECIMALS: usize = 6;
/// Digits of a number that is too large to be written out.
const LARGE_DIGITS: usize = 4;

impl<'a> Numerals<'a> {
    /// For `value` and the interval around it. `time` is what a step is.
    pub(super) fn new(unit: Unit, time: &'a str, value: f64, interval: Option<Interval>) -> Self {
        let factor = factor(unit);
        let width = interval.map_or(0.0, |interval| interval.width() * factor);
        let mut decimals = match unit {
            _ if width >= 1e-9 => (-(width / 3.0).log10().floor()).clamp(0.0, MOST_DECIMALS as f64) as usize,
            Unit::Number | Unit::StepsOfNeed => 2,
            Unit::Share | Unit::Steps | Unit::Duration => 1,
        };
        if width < 1e-9 && is_zero(value * factor - (value * factor).round(), 6) {
            decimals = 0;
        }
        let nearest_zero = match interval {
            Some(Interval { low, .. }) if low > 0.0 => low,
            Some(Interval { high, .. }) if high < 0.0 => high,
            Some(_) => 0.0,
            None => value,
        };
        while !is_zero(nearest_zero * factor, FINEST_DECIMALS)
            && is_zero(nearest_zero * factor, decimals)
            && decimals < FINEST_DECIMALS
        {
            decimals += 1;
        }
        if unit == Unit::Share && interval.is_some_and(|interval| reads_as_certain(interval, decimals)) {
            decimals += 1;
        }
        Self { unit, time, decimals }
    }

    /// A level with its unit: "62.3%", "1.2 months of need", "season 8".
    pub(super) fn level(&self, value: f64) -> String {
        let number = self.bare(value);
        match self.unit {
            Unit::Share => format!("{number}%"),
            Unit::StepsOfNeed => format!("{number} {} of need", plural(self.time)),
            Unit::Steps => format!("{} {number}", self.time),
            Unit::Duration if number == "1" => format!("1 {}", self.time),
            Unit::Duration => format!("{number} {}", plural(self.time)),
            Unit::Number => number,
        }
    }

    /// A level in a table, where the unit stands beside it: "62.3%", "1.2".
    pub(super) fn short(&self, value: f64) -> String {
        let number = self.bare(value);
        if self.unit == Unit::Share { number + "%" } else { number }
    }

    /// The size of a difference with its unit: "3.1 points", "2 seasons".
    pub(super) fn size(&self, difference: f64) -> String {
        let number = self.bare(difference);
        let noun = |word: &str| if number == "1" { word.to_owned() } else { plural(word) };
        match self.unit {
            Unit::Share => format!("{number} {}", noun("point")),
            Unit::StepsOfNeed => format!("{number} {} of need", noun(self.time)),
            Unit::Steps | Unit::Duration => format!("{number} {}", noun(self.time)),
            Unit::Number => number,
        }
    }

    /// The number alone, shares as per cent: "62.3".
    pub(super) fn bare(&self, value: f64) -> String {
        let scaled = value * factor(self.unit);
        let large = match self.unit {
            Unit::Share => power::of_percent(scaled, LARGE_DIGITS),
            _ => power::of_ten(scaled, LARGE_DIGITS).filter(|_| scaled.abs() > 1.0),
        };
        if let Some(text) = large {
            return text;
        }
        let exact = self.unit == Unit::Share && (value == 0.0 || value.to_bits() == 1.0_f64.to_bits());
        let digits = format!("{:.*}", if exact { 0 } else { self.decimals }, scaled.abs());
        let sign = if scaled < 0.0 && !is_zero(scaled, self.decimals) { "−" } else { "" };
        format!("{sign}{}", grouped(&digits))
    }

    /// The number alone with a sign before gains and losses: "+3.1".
    pub(super) fn signed(&self, value: f64) -> String {
        let number = self.bare(value);
        let gain = value > 0.0 && !is_zero(value * factor(self.unit), self.decimals);
        if gain { format!("+{number}") } else { number }
    }

    /// Both ends of an interval of levels: "61.9% to 62.7%".
    pub(super) fn range(&self, interval: Interval) -> String {
        format!("{} to {}", self.short(interval.low), self.short(interval.high))
    }
}

fn factor(unit: Unit) -> f64 {
    if unit == Unit::Share { 100.0 } else { 1.0 }
}

/// Whether a written number reads as nothing: it has no digit but noughts.
pub(super) fn is_nothing(number: &str) -> bool {
    !number.bytes().any(|digit| (b'1'..=b'9').contains(&digit))
}

/// Whether a number is read as zero at so many decimals.
fn is_zero(scaled: f64, decimals: usize) -> bool {
    scaled.abs() * (0..decimals).fold(1.0, |power, _| power * 10.0) < 0.5
}

/// Whether an end of an interval of shares would be read as 100% although it is less.
fn reads_as_certain(interval: Interval, decimals: usize) -> bool {
    let doubt = 100.0 * (1.0 - interval.high);
    doubt > 0.0 && interval.low >= 0.0 && is_zero(doubt, decimals)
}

/// A number with the three digits that are read: "0.25", "1,230", "0.00333"; a dash for none.
pub(super) fn significant(value: f64) -> String {
    const DIGITS: i32 = 3;
    if !value.is_finite() {
        return "–".to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    if let Some(text) = power::of_ten(value, DIGITS as usize) {
        return text;
    }
    let places = (DIGITS - 1 - libm::floor(libm::log10(value.abs())) as i32).clamp(0, 12) as usize;
    let text = format!("{:.places$}", value.abs());
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let sign = if value < 0.0 { "−" } else { "" };
    format!("{sign}{}", grouped(text))
}

/// A count: "1,000".
pub(super) fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// A count of something: "1 run", "1,000 runs".
pub(super) fn counted(number: u64, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {}", count(number), plural(noun)) }
}

/// So many of all runs: "all 1,000 runs", "97% of 1,000 runs", "7 of 16 runs".
pub(super) fn of_runs(some: u64, all: u64) -> String {
    match some {
        _ if all == 1 => if some == 0 { "none of 1 run" } else { "the only run" }.to_owned(),
        0 => format!("none of {} runs", count(all)),
        some if some >= all => format!("all {} runs", count(all)),
        some if all < 100 => format!("{some} of {all} runs"),
        some => format!("{} of {} runs", percent(some, all), count(all)),
    }
}

/// So many of all in per cent. What is not quite none or all is not called so.
pub(super) fn percent(some: u64, all: u64) -> String {
    let share = some as f64 / all.max(1) as f64 * 100.0;
    match share.round() {
        0.0 if some > 0 => "less than 1%".to_owned(),
        100.0 if some < all => "more than 99%".to_owned(),
        rounded => format!("{rounded}%"),
    }
}

/// What many intervals beside each other are not: sure all together.
pub(super) fn each_by_itself(level: Level) -> String {
    let some = if level.is_usual() {
        "of twenty, one misses".to_owned()
    } else {
        format!("{}% miss", significant((1.0 - level.share()) * 100.0))
    };
    format!("Each interval stands by itself: {some} by chance.")
}

/// A title in quotation marks.
pub(super) fn quoted(title: &str) -> String {
    format!("“{title}”")
}

/// A measure as the subject of a sentence.
pub(super) fn subject(measure: &Measure) -> String {
    let fixed = match measure.key.as_str() {
        "stock_end" => "the stock at the end",
        "stock_mean" => "the stock on average over the run",
        "collapsed" => "the share of runs in which the pool collapsed",
        "collapse_step" => "the time to collapse",
        "compliance" => "the share of providers that keep within their share",
        "spilled" => "the share of need that fell on others",
        "lost" => "the share of need that was lost",
        "margin" => "the margin of all providers",
        "in_deficit" => "the share of paid providers in deficit",
        "governance" => "the cost of governance",
        "recovery_steps" => "the recovery time after the shock",
        _ => return measure.label.clone(),
    };
    fixed.to_owned()
}

/// The label of a measure of a kind without the kind: "need met, acute" → "need met".
pub(super) fn without_kind(measure: &Measure) -> String {
    let kind = measure.kind.as_deref().map(words).unwrap_or_default();
    measure.label.strip_suffix(&format!(", {kind}")).unwrap_or(&measure.label).to_owned()
}

/// What a share is a share of, where the subject does not say it.
pub(super) fn whole(measure: &Measure) -> &'static str {
    let key = measure.key.split('.').next().unwrap_or_default();
    match key {
        "margin" | "governance" => " of income",
        "stock_end" | "stock_mean" => " of capacity",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numerals(value: f64, low: f64, high: f64) -> Numerals<'static> {
        Numerals::new(Unit::Share, "month", value, Some(Interval { low, high }))
    }

    #[test]
    fn decimals_follow_the_width_of_the_interval() {
        assert_eq!(numerals(0.031, 0.028, 0.034).size(0.031), "3.1 points");
        assert_eq!(numerals(0.23, 0.18, 0.29).size(0.23), "23 points");
        assert_eq!(numerals(0.62, 0.619, 0.627).range(Interval { low: 0.619, high: 0.627 }), "61.9% to 62.7%");
    }

    #[test]
    fn an_interval_beside_zero_is_never_written_as_zero() {
        assert_eq!(numerals(0.2, 0.000_2, 0.4).bare(0.000_2), "0.02");
        assert_eq!(numerals(0.0, -0.1, 0.1).bare(-0.000_2), "0");
    }

    #[test]
    fn a_number_without_width_is_as_short_as_it_is_round() {
        let alike = |value: f64| Numerals::new(Unit::Share, "month", value, Some(Interval { low: value, high: value }));
        assert_eq!(alike(1.0).level(1.0), "100%");
        assert_eq!(alike(0.256).level(0.256), "25.6%");
    }

    #[test]
    fn none_and_all_are_exact_however_wide_the_interval() {
        let none = Interval { low: 0.0, high: 0.018 };
        assert_eq!(Numerals::new(Unit::Share, "", 0.0, Some(none)).range(none), "0% to 1.8%");
    }

    #[test]
    fn what_is_not_quite_all_is_not_called_all() {
        assert_eq!(of_runs(1000, 1000), "all 1,000 runs");
        assert_eq!(of_runs(999, 1000), "more than 99% of 1,000 runs");
        assert_eq!(of_runs(1, 1000), "less than 1% of 1,000 runs");
        assert_eq!(of_runs(0, 1000), "none of 1,000 runs");
        assert_eq!(of_runs(7, 16), "7 of 16 runs");
    }

    #[test]
    fn a_negative_number_has_a_true_minus() {
        assert_eq!(numerals(-0.021, -0.03, -0.01).level(-0.021), "−2.1%");
        assert_eq!(Numerals::new(Unit::Number, "month", -1234.5, None).bare(-1234.5), "−1,234.50");
    }
}
