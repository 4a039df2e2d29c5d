//! Quantiles of a stream of values in bounded memory, exact under any order and any split.

use serde::{Deserialize, Serialize};

use super::bins::Bins;
use super::distribution::binomial_quantile;
use super::extremes::Extremes;
use super::interval::{Interval, upper_probability};
use super::read;

/// The distribution of a stream of values, in at most 4 kB: counts in 1,024 bins with the exact smallest
/// and largest value.
///
/// A sketch has a *unit*, the size that its values are expected to have: 1 for shares, the capacity
/// for a stock. The values that are exactly 0 and exactly the unit, where shares like to sit, are
/// counted apart and come back exact. Any other order statistic comes back within the bin of the
/// true one, so with an error below [`Sketch::resolution`]: (unit + |x|)² / (512 unit), which is
/// 0.002 near 0 and 0.008 near 1 for a unit of 1. Choose the unit well: beyond 511 units there is
/// but one bin.
///
/// A sketch made with [`Sketch::exact_up_to`] keeps the values themselves as long as they are few.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sketch {
    #[serde(deserialize_with = "read::count")]
    count: u64,
    #[serde(deserialize_with = "read::count")]
    missing: u64,
    extremes: Extremes,
    bins: Bins,
    /// Up to how many values the values themselves are kept.
    exact_limit: usize,
    /// All values but those missing, in ascending order, as long as there are no more than the
    /// limit; then none.
    exact: Vec<f64>,
}

impl Default for Sketch {
    fn default() -> Self {
        Self::new(1.0)
    }
}

impl Sketch {
    /// An empty sketch for values about the size of `unit`; one that is not positive and finite is
    /// read as 1.
    pub fn new(unit: f64) -> Self {
        Self {
            count: 0,
            missing: 0,
            extremes: Extremes::default(),
            bins: Bins::new(unit),
            exact_limit: 0,
            exact: Vec::new(),
        }
    }

    /// An empty sketch that keeps all values, and gives exact quantiles, up to a count of `limit`.
    /// Whether it does hangs on the final count alone, not on the order or the split.
    pub fn exact_up_to(limit: usize, unit: f64) -> Self {
        Self { exact_limit: limit, ..Self::new(unit) }
    }

    /// Takes in one value.
    #[inline]
    pub fn push(&mut self, value: f64) {
        self.push_lanes(&[value]);
    }

    /// Takes in every value of `values`: one for each run that is simulated side by side.
    #[inline(always)]
    pub fn push_lanes(&mut self, values: &[f64]) {
        // A negative zero becomes positive.
        let finite = || values.iter().filter(|value| value.is_finite()).map(|value| value + 0.0);
        let mut extremes = self.extremes;
        finite().for_each(|value| extremes.push(value));
        self.extremes = extremes;
        let count = finite().count();
        self.count += count as u64;
        self.missing += (values.len() - count) as u64;
        self.bins.push_finite(values);
        if self.exact_limit > 0 {
            self.keep(finite());
        }
    }

    /// Takes in all that `other` has seen.
    ///
    /// Both must have the same unit ([`Sketch::same_unit`]). Values of another unit cannot be
    /// placed in these bins: they are counted as missing. Of two limits for exact values the
    /// smaller holds.
    pub fn merge(&mut self, other: &Self) {
        self.missing += other.missing;
        if !self.same_unit(other) {
            self.missing += other.count;
            return;
        }
        self.count += other.count;
        self.extremes.merge(&other.extremes);
        self.bins.merge(&other.bins);
        self.exact_limit = self.exact_limit.min(other.exact_limit);
        self.keep(other.exact.iter().copied());
    }

    /// Whether `other` has the same unit, so that the two can be merged.
    pub fn same_unit(&self, other: &Self) -> bool {
        self.bins.unit().to_bits() == other.bins.unit().to_bits()
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

    /// The width of the bin that holds a finite `value`: what an order statistic near it may be off
    /// at most, once the values themselves are no longer kept. Infinite beyond 511 units.
    pub fn resolution(&self, value: f64) -> f64 {
        let (low, high) = self.bins.edges(self.bins.holding(value));
        high - low
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

#[cfg(test)]
mod tests;
