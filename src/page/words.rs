//! Numbers and counts in the words of the page.

use crate::model::english::{grouped, in_letters};
use crate::model::measure::{Measure, Unit};

/// A small number in letters, a larger one in digits.
pub(super) fn counted(count: usize) -> String {
    in_letters(count).map_or_else(|| grouped(&count.to_string()), str::to_owned)
}

/// A number with so many decimals, with a true minus.
pub(super) fn fixed(value: f64, decimals: usize) -> String {
    let size = format!("{:.decimals$}", value.abs());
    let is_nothing = size.bytes().all(|letter| matches!(letter, b'0' | b'.'));
    let sign = if value < 0.0 && !is_nothing { "−" } else { "" };
    format!("{sign}{}", grouped(&size))
}

/// A number with its sign: "+3.1", "−0.4".
pub(super) fn signed(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if value > 0.0 && text.bytes().any(|letter| (b'1'..=b'9').contains(&letter)) { format!("+{text}") } else { text }
}

/// A share as per cent.
pub(super) fn share(value: f64) -> String {
    format!("{}%", fixed(value * 100.0, 0))
}

/// "in all 200 runs", "in 12 of 200 runs", "in none of 200 runs".
pub(super) fn in_runs(some: usize, all: usize) -> String {
    match some {
        0 => format!("in none of {all} runs"),
        some if some == all => format!("in all {all} runs"),
        some => format!("in {some} of {all} runs"),
    }
}

/// A level of a measure: "82.3%", "1.2", "0.4 months of need".
pub(super) fn level(measure: &Measure, value: f64, unit: &str) -> String {
    match measure.unit {
        Unit::Share => format!("{}%", fixed(value * 100.0, 1)),
        Unit::StepsOfNeed => format!("{} {unit} of need", fixed(value, 2)),
        Unit::Steps | Unit::Duration => format!("{} {unit}", fixed(value, 1)),
        Unit::Number => fixed(value, 2),
    }
}

/// A difference of a measure: "+3.1 points".
pub(super) fn difference(measure: &Measure, value: f64, unit: &str) -> String {
    match measure.unit {
        Unit::Share => format!("{} points", signed(value * 100.0, 1)),
        Unit::StepsOfNeed => format!("{} {unit} of need", signed(value, 2)),
        Unit::Steps | Unit::Duration => format!("{} {unit}", signed(value, 1)),
        Unit::Number => signed(value, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_true_signs_and_nothing_has_none() {
        assert_eq!([fixed(-0.04, 1), fixed(-1234.5, 1), fixed(2.0, 0)], ["0.0", "−1,234.5", "2"]);
        assert_eq!([signed(3.12, 1), signed(-3.12, 1), signed(0.01, 1)], ["+3.1", "−3.1", "0.0"]);
        assert_eq!([counted(6), counted(24), counted(1200)], ["six", "24", "1,200"]);
        assert_eq!(share(0.724), "72%");
    }

    #[test]
    fn counts_of_runs_say_all_and_none() {
        assert_eq!(
            [0, 12, 200].map(|some| in_runs(some, 200)),
            ["in none of 200 runs", "in 12 of 200 runs", "in all 200 runs"]
        );
    }
}
