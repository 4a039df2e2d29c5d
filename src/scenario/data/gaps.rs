//! What becomes of values that are missing: nothing is filled in unless the scenario says how.

use crate::scenario::file::Missing;
use crate::scenario::text::counted;

/// The values with every gap filled, and how many there were.
///
/// # Errors
/// There is nothing to fill a gap from.
pub(super) fn filled(values: &[Option<f64>], how: Missing, year: usize) -> Result<(Vec<f64>, usize), String> {
    let gaps = values.iter().filter(|value| value.is_none()).count();
    let filled: Option<Vec<f64>> =
        (0..values.len()).map(|at| values[at].or_else(|| fill(values, at, how, year))).collect();
    filled.map(|filled| (filled, gaps)).ok_or_else(|| nothing_to_fill_from(how, year))
}

fn fill(values: &[Option<f64>], at: usize, how: Missing, year: usize) -> Option<f64> {
    let before = || (0..at).rev().find_map(|near| Some((near, values[near]?)));
    let after = || (at + 1..values.len()).find_map(|near| Some((near, values[near]?)));
    match how {
        Missing::Carry => before().map(|(_, value)| value),
        Missing::Interpolate => {
            let ((left, low), (right, high)) = (before()?, after()?);
            Some(low + (high - low) * (at - left) as f64 / (right - left) as f64)
        }
        Missing::Season => {
            let same: Vec<f64> = (at % year..values.len()).step_by(year).filter_map(|near| values[near]).collect();
            (!same.is_empty()).then(|| same.iter().sum::<f64>() / same.len() as f64)
        }
    }
}

fn nothing_to_fill_from(how: Missing, year: usize) -> String {
    match how {
        Missing::Carry => "the first value is missing and nothing stands before it to carry on".to_owned(),
        Missing::Interpolate => {
            "a value at the beginning or the end is missing, and a line needs one on either side".to_owned()
        }
        Missing::Season => {
            format!("a value is missing in every year ({} a year)", counted(year as u64, "step"))
        }
    }
}

/// How gaps were filled, for people.
pub(super) fn told(gaps: usize, of: usize, how: Missing) -> String {
    let how = match how {
        Missing::Carry => "the value before",
        Missing::Interpolate => "a line between their neighbours",
        Missing::Season => "the mean of other years",
    };
    format!("{gaps} of {} missing and filled with {how}", counted(of as u64, "value"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_as_asked() {
        let values = [Some(1.0), None, None, Some(4.0), Some(3.0), Some(6.0)];
        assert_eq!(filled(&values, Missing::Carry, 3), Ok((vec![1.0, 1.0, 1.0, 4.0, 3.0, 6.0], 2)));
        assert_eq!(filled(&values, Missing::Interpolate, 3), Ok((vec![1.0, 2.0, 3.0, 4.0, 3.0, 6.0], 2)));
        assert_eq!(filled(&values, Missing::Season, 3), Ok((vec![1.0, 3.0, 6.0, 4.0, 3.0, 6.0], 2)));
    }

    #[test]
    fn a_gap_with_nothing_to_fill_it_from_is_a_fault() {
        let values = [None, Some(2.0)];
        for how in [Missing::Carry, Missing::Interpolate, Missing::Season] {
            assert!(filled(&values, how, 2).is_err(), "{how:?}");
        }
        assert_eq!(told(2, 12, Missing::Carry), "2 of 12 values missing and filled with the value before");
    }
}
