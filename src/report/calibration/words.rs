//! Parameters, their values and errors in words.

use crate::experiment::calibrate::Parameter;
use crate::experiment::calibrate::file::Prior;
use crate::model::measure::words;
use crate::report::phrase::significant;

pub(super) use crate::report::phrase::significant as value;

/// A value with its unit.
pub(super) fn with_unit(number: f64, unit: &str) -> String {
    if unit.is_empty() { significant(number) } else { format!("{} {unit}", significant(number)) }
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
    format!("{form} from {} to {}", significant(range.from), significant(range.to))
}

/// How often the data's errors a distance is: "0.8 standard errors".
pub(super) fn in_errors(number: f64) -> String {
    format!("{} standard errors", significant(number))
}
