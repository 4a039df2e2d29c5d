//! Parameters and their values in words.

use crate::experiment::Level;
use crate::experiment::target::Outcome;
use crate::experiment::vary::Parameter;
use crate::model::english::either;
use crate::model::measure::words as spaced;
use crate::statistics::Interval;

use super::super::figure::{Axis, AxisScale};
use super::super::phrase::{Numerals, capitalised, list, significant, subject};
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

/// A value of what is varied: "0.25", "×0.5" of a factor, "by size" of a level.
pub(super) fn at(parameter: &Parameter, at: f64) -> String {
    written(parameter, at, value)
}

/// The same to three digits, for a place that is known to no more.
pub(super) fn about(parameter: &Parameter, at: f64) -> String {
    written(parameter, at, significant)
}

fn written(parameter: &Parameter, at: f64, number: fn(f64) -> String) -> String {
    match parameter.level(at) {
        Some(level) => spaced(level),
        None if parameter.times => format!("×{}", number(at)),
        None => number(at),
    }
}

/// What something varies from and to: its ends, or the first and the last level.
pub(super) fn ends(parameter: &Parameter) -> [String; 2] {
    let (from, to) = parameter.ends();
    [at(parameter, from), at(parameter, to)]
}

/// "from 0.2 to 1", "equal or by size"
pub(super) fn range(parameter: &Parameter) -> String {
    if parameter.is_levels() {
        return either(&levels(parameter));
    }
    let [from, to] = ends(parameter);
    format!("from {from} to {to}")
}

/// The names of the levels that are tried.
pub(super) fn levels(parameter: &Parameter) -> Vec<String> {
    parameter.values.iter().map(|value| at(parameter, *value)).collect()
}

/// "tariff price 0.5 and norm weight 0.2"
pub(super) fn cell(parameters: &[Parameter], point: &[f64]) -> String {
    let parts: Vec<String> = parameters
        .iter()
        .zip(point)
        .map(|(parameter, at)| format!("{} {}", parameter.name, self::at(parameter, *at)))
        .collect();
    list(&parts)
}

/// "Tariff price (/providers/herder/payment/tariff/price)"
pub(super) fn axis(parameter: &Parameter) -> Axis {
    let about = match (parameter.times, parameter.pointer == parameter.name) {
        (true, _) => format!("times what the scenario says; {}", parameter.pointer),
        (false, true) => return scaled(parameter, capitalised(&parameter.name)),
        (false, false) => parameter.pointer.clone(),
    };
    scaled(parameter, format!("{} ({about})", capitalised(&parameter.name)))
}

/// An axis of what is varied: levels by their names, orders of magnitude evenly spaced.
pub(super) fn scaled(parameter: &Parameter, title: String) -> Axis {
    let scale = if parameter.is_levels() {
        // A level of which conditions have left no cell has no name on the axis.
        let name = |(number, level): (usize, &String)| {
            if parameter.values.contains(&(number as f64)) { spaced(level) } else { String::new() }
        };
        AxisScale::Names(parameter.levels.iter().enumerate().map(name).collect())
    } else if parameter.log {
        AxisScale::Log
    } else {
        AxisScale::Even
    };
    Axis { scale, ..Axis::number(title) }
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
pub(super) fn estimate(
    outcome: &Outcome,
    time: &str,
    mean: f64,
    (interval, level): (Option<Interval>, Level),
) -> String {
    let numerals = Numerals::new(outcome.measure.unit, time, mean, interval);
    match interval {
        Some(interval) if interval.width() > 0.0 => {
            format!("{} ({level} interval {})", numerals.level(mean), numerals.range(interval))
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
