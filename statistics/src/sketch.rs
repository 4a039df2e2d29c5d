//! Quantiles of a stream of values in bounded memory, exact under any order and any split.

use serde::{Deserialize, Serialize};

use super::bins::Bins;
use super::distribution::binomial_quantile;
use super::extremes::Extremes;
use super::interval::{Interval, upper_probability};
use super::read;

/// How many values are taken in at once.
const LANES: usize = 16;

/// The distribution of a stream of values, in bounded memory: counts in bins with the exact smallest and largest value.
///
/// **Error**: an order statistic comes back within [`Sketch::RELATIVE_ERROR`] of the true one, at any size and on either side
/// of zero; those that are exactly 0, 1 or −1, where shares and chances like to sit, and the smallest and the largest come back
/// exact. Sizes below 2⁻⁵¹ of the largest come back as about that.
///
/// **Memory**: half a kB for each power of two in which there are values, at most 52 of them on each side of zero.
///
/// A sketch made with [`Sketch::exact_up_to`] keeps the values themselves as long as they are few.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Sketch {
    count: u64,
    missing: u64,
    extremes: Extremes,
    bins: Bins,
    /// Up to how many values the values themselves are kept.
    exact_limit: usize,
    /// All values but those missing, in ascending order, as long as there are no more than the
    /// limit; then none.
    exact: Vec<f64>,
}

impl Sketch {
    /// By how much an order statistic may be off at most, as a share of its size: 2⁻⁷.
    pub const RELATIVE_ERROR: f64 = 1.0 / 128.0;

    /// An empty sketch that keeps all values, and gives exact quantiles, up to a count of `limit`.
    /// Whether it does depends on the final count alone, not on the order or the split.
    pub fn exact_up_to(limit: usize) -> Self {
        Self { exact_limit: limit, ..Self::default() }
    }

    /// Takes in one value.
    #[inline]
    pub fn push(&mut self, value: f64) {
        self.push_lanes(&[value]);
    }

    /// Takes in every value of `values`: one for each run that is simulated side by side.
    #[inline(always)]
    pub fn push_lanes(&mut self, values: &[f64]) {
        let (batches, rest) = values.as_chunks::<LANES>();
        for batch in batches {
            let finite = batch.iter().fold(0, |count, value| count + u64::from(value.is_finite()));
            if finite == LANES as u64 {
                self.extremes.push_lanes(batch);
                self.count += finite;
            } else {
                self.push_extremes(batch);
            }
        }
        self.push_extremes(rest);
        self.bins.push_finite(values);
        if self.exact_limit > 0 {
            // A negative zero becomes positive.
            self.keep(values.iter().filter(|value| value.is_finite()).map(|value| value + 0.0));
        }
    }

    /// Counts values, of which some may not be finite, and takes in their extremes.
    #[inline]
    fn push_extremes(&mut self, values: &[f64]) {
        for value in values {
            if value.is_finite() {
                self.count += 1;
                self.extremes.push(value + 0.0);
            } else {
                self.missing += 1;
            }
        }
    }

    /// Takes in all that `other` has seen. Of two limits for exact values the smaller holds.
    pub fn merge(&mut self, other: &Self) {
        self.missing += other.missing;
        self.count += other.count;
        self.extremes.merge(&other.extremes);
        self.bins.merge(&other.bins);
        self.exact_limit = self.exact_limit.min(other.exact_limit);
        self.keep(other.exact.iter().copied());
    }

    /// How many finite values were seen.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many values were not finite; they are in no other figure.
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// Whether the values themselves are known, so that quantiles are exact.
    pub fn is_exact(&self) -> bool {
        self.count == self.exact.len() as u64
    }

    /// The value below which a share of `probability` lies; `None` without a value or a
    /// probability.
    ///
    /// Between two order statistics it is interpolated as by R's type 7: position (n − 1) ·
    /// probability, from 0.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        if self.count == 0 || !(0.0..=1.0).contains(&probability) {
            return None;
        }
        let position = (self.count - 1) as f64 * probability;
        let below = position as u64;
        let fraction = position - below as f64;
        let low = self.order_statistic(below);
        if fraction <= 0.0 {
            return Some(low);
        }
        Some(low + fraction * (self.order_statistic(below + 1) - low))
    }

    /// An interval of the quantile, at a confidence `level` such as 0.95, that holds for any
    /// distribution.
    ///
    /// Its ends are order statistics, chosen by the binomial number of values below the true
    /// quantile (Conover 1999, section 3.2). Where too few values lie beyond, the end is the
    /// smallest or the largest value, and the confidence is less than the level. `None` as for
    /// [`Sketch::quantile`].
    pub fn quantile_interval(&self, probability: f64, level: f64) -> Option<Interval> {
        if self.count == 0 || !(0.0..=1.0).contains(&probability) {
            return None;
        }
        let upper = upper_probability(level);
        let first = binomial_quantile(1.0 - upper, self.count, probability).saturating_sub(1);
        let last = binomial_quantile(upper, self.count, probability);
        Some(Interval { low: self.order_statistic(first), high: self.order_statistic(last) })
    }

    /// Adds `values`, which are counted already, to those kept, or drops all when there are too many.
    fn keep(&mut self, values: impl Iterator<Item = f64>) {
        if self.count > self.exact_limit as u64 {
            self.exact = Vec::new();
            return;
        }
        let mut values: Vec<f64> = values.collect();
        values.sort_unstable_by(f64::total_cmp);
        let mut left = self.exact.len();
        self.exact.resize(left + values.len(), 0.0);
        // The largest first, each below those that are larger, which make room for it.
        for (smaller, value) in values.into_iter().enumerate().rev() {
            while left > 0 && self.exact[left - 1] > value {
                left -= 1;
                self.exact[left + smaller + 1] = self.exact[left];
            }
            self.exact[left + smaller] = value;
        }
    }

    /// The value with `rank` values below it, from 0; a rank beyond the last is read as the last.
    fn order_statistic(&self, rank: u64) -> f64 {
        if rank == 0 {
            return self.extremes.minimum;
        }
        if rank + 1 >= self.count {
            return self.extremes.maximum;
        }
        if self.is_exact() {
            return self.exact.get(rank as usize).copied().unwrap_or(self.extremes.maximum);
        }
        self.bins.order_statistic(rank, &self.extremes)
    }
}

/// A sketch as it is written to a file, not yet checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(deserialize_with = "read::count")]
    count: u64,
    #[serde(deserialize_with = "read::count")]
    missing: u64,
    extremes: Extremes,
    bins: Bins,
    exact_limit: usize,
    exact: Vec<f64>,
}

impl TryFrom<Written> for Sketch {
    type Error = &'static str;

    /// Refuses values that are told as kept and cannot be all.
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { count, missing, extremes, bins, exact_limit, exact } = written;
        let kept = exact.len() as u64;
        let is_whole = if count <= exact_limit as u64 { kept == count } else { kept == 0 };
        if !is_whole || !exact.is_sorted() || !extremes.are_possible(count) {
            return Err("a sketch does not hold the values that it counts");
        }
        Ok(Self { count, missing, extremes, bins, exact_limit, exact })
    }
}

#[cfg(test)]
mod tests;
