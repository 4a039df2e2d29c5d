//! Where a chance tips: the place along an axis at which it crosses one half.

use super::interval::Interval;

/// A place at which a chance crosses one half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Where the straight lines between the shares cross one half.
    pub at: f64,
    /// Between which places the crossing may lie: where the lines between the ends of the shares' intervals cross one half,
    /// no further than the first and the last place tried.
    pub interval: Interval,
    /// The nearest places tried whose own interval lies wholly on either side of one half; the first and the last place where there
    /// is none. It holds even if the chance is not straight in between, as long as it does not turn back.
    pub cells: Interval,
    /// Whether the chance grows along the axis.
    pub rises: bool,
}

/// Every place at which a chance crosses one half, along ascending places `x` with its share and the interval of it at each.
///
/// The interval of a crossing is a test turned round: it holds the places next to the crossing at which the share's own
/// interval holds one half. At a level of 95% it misses the true place in one of twenty experiments, as far as the chance is
/// straight between the places tried. Where a share is missing the line is broken.
pub fn crossings(x: &[f64], shares: &[f64], intervals: &[Option<Interval>]) -> Vec<Crossing> {
    let end = |pick: fn(&Interval) -> f64| -> Vec<f64> {
        intervals.iter().map(|interval| interval.as_ref().map_or(f64::NAN, pick) - HALF).collect()
    };
    let (lows, highs) = (end(|interval| interval.low), end(|interval| interval.high));
    let shares: Vec<f64> = shares.iter().map(|share| share - HALF).collect();
    let count = x.len().min(shares.len()).min(lows.len());
    let mut found = Vec::new();
    for left in 0..count.saturating_sub(1) {
        let (before, after) = (shares[left], shares[left + 1]);
        let rises = before < 0.0 && after >= 0.0;
        let falls = before >= 0.0 && after < 0.0;
        if !(rises || falls) {
            continue;
        }
        // Rising, the crossing may come as soon as the upper ends pass one half, and no later than the lower ends do.
        let (early, late) = if rises { (&highs, &lows) } else { (&lows, &highs) };
        let interval = Interval { low: back(x, early, left), high: on(x, late, left) };
        let at = between(x[left], x[left + 1], before, after);
        let settled = |place: &usize, above: bool| if above { lows[*place] > 0.0 } else { highs[*place] < 0.0 };
        let cells = Interval {
            low: (0..=left).rev().find(|place| settled(place, !rises)).map_or(x[0], |place| x[place]),
            high: (left + 1..count).find(|place| settled(place, rises)).map_or(x[count - 1], |place| x[place]),
        };
        let interval = Interval { low: interval.low.min(at), high: interval.high.max(at) };
        found.push(Crossing { at, interval, cells, rises });
    }
    found
}

const HALF: f64 = 0.5;

/// From the right of a crossing to the left, the first place at which `values` change their sign; the first place if they do not.
fn back(x: &[f64], values: &[f64], left: usize) -> f64 {
    (0..=left)
        .rev()
        .find(|at| changes(values[*at], values[at + 1]))
        .map_or(x[0], |at| between(x[at], x[at + 1], values[at], values[at + 1]))
}

/// The same from the left to the right.
fn on(x: &[f64], values: &[f64], left: usize) -> f64 {
    (left..values.len() - 1)
        .find(|at| changes(values[*at], values[at + 1]))
        .map_or(x[x.len() - 1], |at| between(x[at], x[at + 1], values[at], values[at + 1]))
}

fn changes(before: f64, after: f64) -> bool {
    (before < 0.0) != (after < 0.0)
}

/// Where the line from one value to the other is zero.
fn between(left: f64, right: f64, before: f64, after: f64) -> f64 {
    left + (right - left) * (before / (before - after)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(shares: &[f64], reach: f64) -> Vec<Option<Interval>> {
        shares.iter().map(|share| Some(Interval { low: share - reach, high: share + reach })).collect()
    }

    /// From 0 to 1 over 0 to 10: one half at 5. With ±0.1 the upper ends pass it at 4, the lower at 6.
    #[test]
    fn the_interval_is_where_the_ends_cross_one_half() {
        let shares = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];
        let found = crossings(&[0.0, 2.0, 4.0, 6.0, 8.0, 10.0], &shares, &around(&shares, 0.1));
        assert_eq!(found.len(), 1);
        let Crossing { at, interval, cells, rises } = found[0];
        assert!(rises && (at - 5.0).abs() < 1e-12, "{found:?}");
        assert_eq!(cells, Interval { low: 2.0, high: 8.0 });
        assert!((interval.low - 4.0).abs() < 1e-12 && (interval.high - 6.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn a_chance_that_falls_and_rises_again_tips_twice() {
        let shares = [1.0, 0.0, 1.0];
        let found = crossings(&[0.0, 1.0, 2.0], &shares, &around(&shares, 0.25));
        let places: Vec<(f64, bool)> = found.iter().map(|crossing| (crossing.at, crossing.rises)).collect();
        assert_eq!(places, [(0.5, false), (1.5, true)]);
        assert_eq!(found[0].interval, Interval { low: 0.25, high: 0.75 });
        assert_eq!(found[1].interval, Interval { low: 1.25, high: 1.75 });
    }

    #[test]
    fn an_interval_reaches_to_the_end_of_the_axis_where_nothing_is_certain() {
        let shares = [0.4, 0.6];
        let found = crossings(&[0.0, 1.0], &shares, &around(&shares, 0.3));
        assert_eq!(found[0].interval, Interval { low: 0.0, high: 1.0 });
    }

    #[test]
    fn a_chance_that_stays_on_one_side_or_is_missing_does_not_tip() {
        let shares = [0.1, 0.2];
        assert!(crossings(&[0.0, 1.0], &shares, &around(&shares, 0.1)).is_empty());
        assert!(crossings(&[0.0, 1.0], &[0.1, f64::NAN], &[None, None]).is_empty());
        assert!(crossings(&[], &[], &[]).is_empty());
    }
}
