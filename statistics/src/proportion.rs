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

/// Newcombe's interval of the difference of two chances, second less first, of pairs that each say yes or no twice, at a
/// confidence `level`: how many pairs say yes only the second time, only the first, both times, of all.
///
/// It puts Wilson's intervals of the two chances together by how far the answers of a pair go together, and so stays within −1
/// and 1 and has a width where all pairs are alike, unlike Student's (Newcombe 1998, *Improved confidence intervals for the
/// difference between binomial proportions based on paired data*, method 10). `None` without a pair.
pub fn paired_chances_interval(pairs: PairedChances, level: f64) -> Option<Interval> {
    let PairedChances { second_only, first_only, both, all } = pairs;
    let yes = [both + first_only, both + second_only];
    let (first, second) = (wilson_interval(yes[0], all, level)?, wilson_interval(yes[1], all, level)?);
    let [from, to] = yes.map(|yes| yes.min(all) as f64 / all as f64);
    let together = correlation(pairs);
    // How far an end lies off where one chance is at one end of its interval and the other at the opposite end of its own.
    let reach = |one: f64, other: f64| (one * one - 2.0 * together * one * other + other * other).max(0.0).sqrt();
    let down = reach(to - second.low, first.high - from);
    let up = reach(second.high - to, from - first.low);
    Some(Interval { low: (to - from - down).max(-1.0), high: (to - from + up).min(1.0) })
}

/// Pairs that say yes or no twice, by what they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairedChances {
    /// Yes only the second time.
    pub second_only: u64,
    /// Yes only the first time.
    pub first_only: u64,
    /// Yes both times.
    pub both: u64,
    /// All pairs.
    pub all: u64,
}

/// How far both answers of a pair go together, with Newcombe's correction where they do; nought where either answer is always
/// the same.
fn correlation(pairs: PairedChances) -> f64 {
    let [both, second_only, first_only, all] =
        [pairs.both, pairs.second_only, pairs.first_only, pairs.all].map(|count| count as f64);
    let neither = all - both - second_only - first_only;
    let margins = (both + first_only) * (second_only + neither) * (both + second_only) * (first_only + neither);
    if margins <= 0.0 {
        return 0.0;
    }
    let product = both * neither - second_only * first_only;
    let corrected = if product > 0.0 { (product - all / 2.0).max(0.0) } else { product };
    corrected / margins.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first two are Newcombe's own (1998, method 10, printed to four digits); the others were worked out apart.
    #[test]
    fn the_difference_of_paired_chances_is_that_of_newcombes_table() {
        let table = [
            ((36, 12, 2, 0), 0.0569, 0.3404),
            ((20, 12, 2, 16), 0.0562, 0.3292),
            ((18, 14, 0, 18), 0.1441, 0.3963),
            ((50, 0, 0, 0), -0.0713, 0.0713),
            ((0, 0, 0, 50), -0.0713, 0.0713),
            ((43, 0, 7, 0), -0.2619, -0.0397),
            ((0, 50, 0, 0), 0.8991, 1.0),
        ];
        for ((both, second_only, first_only, neither), low, high) in table {
            let all = both + second_only + first_only + neither;
            let pairs = PairedChances { second_only, first_only, both, all };
            let found = paired_chances_interval(pairs, 0.95).unwrap();
            assert!((found.low - low).abs() < 6e-5 && (found.high - high).abs() < 6e-5, "{pairs:?}: {found:?}");
        }
        let none = PairedChances { second_only: 0, first_only: 0, both: 0, all: 0 };
        assert_eq!(paired_chances_interval(none, 0.95), None);
    }

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
