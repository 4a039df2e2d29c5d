//! The interval of a proportion.

use super::distribution::normal_quantile;
use super::interval::{Interval, upper_probability};

/// Wilson's score interval of the chance behind `successes` out of `trials`, at a confidence
/// `level` such as 0.95.
///
/// It stays within 0 and 1 and keeps its coverage near both ends, where `p ± z √(p(1−p)/n)` fails
/// (Wilson 1927; Newcombe 1998, method 3). `None` without a trial; more successes than trials count
/// as all.
pub fn wilson_interval(successes: u64, trials: u64, level: f64) -> Option<Interval> {
    if trials == 0 {
        return None;
    }
    let trials_number = trials as f64;
    let share = successes.min(trials) as f64 / trials_number;
    let quantile = normal_quantile(upper_probability(level));
    let weight = quantile * quantile / trials_number;
    let centre = (share + weight / 2.0) / (1.0 + weight);
    let spread = share * (1.0 - share) / trials_number + weight / (4.0 * trials_number);
    let reach = quantile * spread.sqrt() / (1.0 + weight);
    let interval = Interval::around(centre, reach);
    // At no success and at all of them the end is exactly 0 or 1, which rounding would miss.
    Some(Interval {
        low: if successes == 0 { 0.0 } else { interval.low },
        high: if successes >= trials { 1.0 } else { interval.high },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Newcombe 1998, Table I, method 3, printed to four digits.
    #[test]
    fn the_interval_is_that_of_newcombes_table() {
        let table =
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)];
        for (successes, trials, low, high) in table {
            let found = wilson_interval(successes, trials, 0.95).unwrap();
            assert!((found.low - low).abs() < 5e-5, "{successes} of {trials}: {found:?}");
            assert!((found.high - high).abs() < 5e-5, "{successes} of {trials}: {found:?}");
        }
    }

    #[test]
    fn all_successes_mirror_no_success() {
        let none = wilson_interval(0, 12, 0.9).unwrap();
        let all = wilson_interval(12, 12, 0.9).unwrap();
        assert!((none.high - (1.0 - all.low)).abs() < 1e-15);
        assert!(none.low.to_bits() == 0.0_f64.to_bits() && all.high.to_bits() == 1.0_f64.to_bits());
    }

    #[test]
    fn no_trial_has_no_interval() {
        assert_eq!(wilson_interval(0, 0, 0.95), None);
    }
}
