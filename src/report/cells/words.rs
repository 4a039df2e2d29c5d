//! Parameters and their values in words.

use crate::experiment::target::Outcome;
use crate::experiment::vary::Parameter;
use crate::statistics::Interval;

use super::super::phrase::{Numerals, capitalised, list, subject};
use super::super::power;

/// Digits of a parameter that are read.
const DIGITS: i32 = 4;

/// A value of a parameter with as many digits as one reads: "0.25", "1234", "0.003333", "1×10⁹⁹".
pub(in crate::report) fn value(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if let Some(text) = power::of_ten(value, DIGITS as usize) {
        return text;
    }
    let places = (DIGITS - 1 - value.abs().log10().floor() as i32).clamp(0, 12) as usize;
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('-', "−")
}

/// "tariff price 0.5 and norm weight 0.2"
pub(super) fn cell(parameters: &[Parameter], point: &[f64]) -> String {
    let parts: Vec<String> =
        parameters.iter().zip(point).map(|(parameter, at)| format!("{} {}", parameter.name, value(*at))).collect();
    list(&parts)
}

/// "Tariff price (/providers/herder/payment/tariff/price)"
pub(super) fn axis(parameter: &Parameter) -> String {
    format!("{} ({})", capitalised(&parameter.name), parameter.pointer)
}

/// An outcome as the subject of a sentence.
pub(super) fn outcome(outcome: &Outcome) -> String {
    match (&outcome.limit, outcome.measure.key.as_str()) {
        (Some(_), _) => format!("the share of {}", outcome.measure.label),
        (None, "collapsed") => "the chance of collapse".to_owned(),
        (None, _) => subject(&outcome.measure),
    }
}

/// The same in as few words as say it: "stock on average", "chance of collapse".
pub(super) fn short(outcome: &Outcome) -> String {
    match (&outcome.limit, outcome.measure.key.as_str()) {
        (Some(_), _) => format!("share of {}", outcome.measure.label),
        (None, "collapsed") => "chance of collapse".to_owned(),
        (None, _) => outcome.measure.label.clone(),
    }
}

/// A number of an outcome with its interval: "62.3% (95% interval 61.9% to 62.7%)".
pub(super) fn estimate(outcome: &Outcome, time: &str, mean: f64, interval: Option<Interval>) -> String {
    let numerals = Numerals::new(outcome.measure.unit, time, mean, interval);
    match interval {
        Some(interval) if interval.width() > 0.0 => {
            format!("{} (95% interval {})", numerals.level(mean), numerals.range(interval))
        }
        _ => numerals.level(mean),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_as_many_digits_as_one_reads() {
        assert_eq!(
            [0.25, 1234.0, 1.0 / 300.0, -2.0, 0.0, 123_456.7].map(value),
            ["0.25", "1234", "0.003333", "−2", "0", "123457"]
        );
    }
}
