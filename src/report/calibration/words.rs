//! Parameters, their values and errors in words.

use crate::experiment::calibrate::Parameter;
use crate::experiment::calibrate::file::Prior;
use crate::model::measure::words;

/// Digits of a number that are read.
const DIGITS: i32 = 3;

/// A number with three digits that count: "0.25", "1230", "0.00333".
pub(super) fn value(value: f64) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let places = (DIGITS - 1 - libm::floor(libm::log10(value.abs())) as i32).clamp(0, 12) as usize;
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('-', "−")
}

/// A value with its unit.
pub(super) fn with_unit(number: f64, unit: &str) -> String {
    if unit.is_empty() { value(number) } else { format!("{} {unit}", value(number)) }
}

/// The name of a parameter for people.
pub(super) fn name(parameter: &Parameter) -> String {
    words(&parameter.name)
}

/// "even from 0 to 10", "even in ratios from 0.1 to 10"
pub(super) fn prior(prior: &Prior) -> String {
    let range = prior.range();
    let form = match prior {
        Prior::Uniform(_) => "even",
        Prior::LogUniform(_) => "even in ratios",
    };
    format!("{form} from {} to {}", value(range.from), value(range.to))
}

/// How often the data's errors a distance is: "0.8 standard errors".
pub(super) fn in_errors(number: f64) -> String {
    format!("{} standard errors", value(number))
}
