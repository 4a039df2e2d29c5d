//! Counts of values in bins that cover the whole line, finer near zero.

use serde::{Deserialize, Serialize};

use super::extremes::Extremes;
use super::read;

/// Bins on each side of zero.
const HALF: usize = 512;
/// All bins.
const BINS: usize = 2 * HALF;

/// Counts of values in 1,024 bins of equal width in s = x / (unit + |x|), which maps the line to
/// (−1, 1).
///
/// Zero and the unit lie on edges; values that are exactly one of the two are counted apart. The
/// bin that holds x is (unit + |x|)² / (512 unit) wide, as far as the bins are small against unit +
/// |x|; the first and the last bin have no outer edge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub(super) struct Bins {
    unit: f64,
    zeros: u64,
    units: u64,
    /// One a bin; none as long as all bins are empty, as they are of a yes or no.
    counts: Box<[u32]>,
}

impl Bins {
    /// The bin that begins at zero.
    const ZERO: usize = HALF;
    /// The bin that begins at the unit, where s is a half.
    const UNIT: usize = HALF + HALF / 2;

    /// Empty bins, finest near zero and with half of those above zero between zero and `unit`. A
    /// unit that is not a positive finite number is read as 1.
    pub(super) fn new(unit: f64) -> Self {
        let unit = if unit.is_finite() && unit > 0.0 { unit } else { 1.0 };
        Self { unit, zeros: 0, units: 0, counts: Box::default() }
    }

    /// The value at which s is a half.
    pub(super) fn unit(&self) -> f64 {
        self.unit
    }

    /// Counts those of the values that are finite: first finds the bins of a few and then adds to all of them, so that the
    /// memory of one need not wait for that of another.
    #[inline(always)]
    pub(super) fn push_finite(&mut self, values: &[f64]) {
        const FEW: usize = 16;
        for values in values.chunks(FEW) {
            let mut bins = [0; FEW];
            for (bin, value) in bins.iter_mut().zip(values) {
                *bin = self.holding(*value);
            }
            for (bin, value) in bins.iter().zip(values) {
                if value.is_finite() {
                    self.add(*value, *bin);
                }
            }
        }
    }

    /// Counts a finite value, which that bin holds. A bin counts up to 2³² − 1 and stays there.
    #[inline]
    fn add(&mut self, value: f64, bin: usize) {
        if value == 0.0 {
            self.zeros += 1;
            return;
        }
        if value.to_bits() == self.unit.to_bits() {
            self.units += 1;
            return;
        }
        let count = self.count(bin);
        *count = count.saturating_add(1);
    }

    /// The count of a bin.
    #[inline]
    fn count(&mut self, bin: usize) -> &mut u32 {
        if self.counts.is_empty() {
            self.counts = vec![0; BINS].into_boxed_slice();
        }
        &mut self.counts[bin]
    }

    /// Adds the counts of `other`, whose unit must be the same.
    pub(super) fn merge(&mut self, other: &Self) {
        self.zeros += other.zeros;
        self.units += other.units;
        for (bin, more) in other.counts.iter().enumerate() {
            let count = self.count(bin);
            *count = count.saturating_add(*more);
        }
    }

    /// The value with `rank` values below it, from 0, when all lie between `extremes`: the values
    /// of a bin are taken to lie evenly in it, those that are exactly zero or the unit where they
    /// are.
    pub(super) fn order_statistic(&self, rank: u64, extremes: &Extremes) -> f64 {
        let mut above = rank;
        for bin in 0..BINS {
            let at_edge = match bin {
                Self::ZERO => self.zeros,
                Self::UNIT => self.units,
                _ => 0,
            };
            let count = self.counts.get(bin).map_or(0, |count| u64::from(*count));
            if above >= at_edge + count {
                above -= at_edge + count;
                continue;
            }
            let (low, high) = self.edges(bin);
            if above < at_edge {
                return low;
            }
            let (low, high) = (low.max(extremes.minimum), high.min(extremes.maximum));
            return low + (high - low) * (((above - at_edge) as f64 + 0.5) / count as f64);
        }
        extremes.maximum
    }

    /// The bin that holds a finite value.
    #[inline(always)]
    pub(super) fn holding(&self, value: f64) -> usize {
        let size = value.abs();
        let from_zero = ((size / (self.unit + size) * HALF as f64) as i32 as usize).min(HALF - 1);
        if value < 0.0 { HALF - 1 - from_zero } else { HALF + from_zero }
    }

    /// Where a bin begins and ends; infinite at the ends of the line.
    pub(super) fn edges(&self, bin: usize) -> (f64, f64) {
        (self.edge(bin), self.edge(bin + 1))
    }

    /// The value where a bin begins: x = unit s / (1 − |s|).
    fn edge(&self, bin: usize) -> f64 {
        let from_zero = bin as f64 - HALF as f64;
        self.unit * from_zero / (HALF as f64 - from_zero.abs())
    }
}

/// How bins are written to a file: those that are not empty, as pairs of number and count.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    unit: f64,
    #[serde(deserialize_with = "read::count")]
    zeros: u64,
    #[serde(deserialize_with = "read::count")]
    units: u64,
    counts: Vec<(usize, u32)>,
}

impl From<Bins> for Written {
    fn from(bins: Bins) -> Self {
        let counts = bins.counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        Self { unit: bins.unit, zeros: bins.zeros, units: bins.units, counts }
    }
}

impl TryFrom<Written> for Bins {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let mut bins = Self { zeros: written.zeros, units: written.units, ..Self::new(written.unit) };
        for (bin, count) in written.counts {
            if bin >= BINS {
                return Err(format!("there is no bin {bin}; the last is {}", BINS - 1));
            }
            *bins.count(bin) = count;
        }
        Ok(bins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_lies_between_the_edges_of_its_bin() {
        for unit in [0.01, 1.0, 2_500.0] {
            let bins = Bins::new(unit);
            for step in -40_000..40_000 {
                let value = f64::from(step) * 0.000_731 * unit;
                let (low, high) = bins.edges(bins.holding(value));
                let rounding = 1e-12 * (unit + value.abs());
                assert!(low - rounding <= value && value <= high + rounding, "{value} in {low} to {high}");
            }
        }
    }

    #[test]
    fn zero_and_the_unit_begin_a_bin() {
        let bins = Bins::new(3.0);
        assert_eq!((bins.holding(0.0), bins.edges(Bins::ZERO).0), (Bins::ZERO, 0.0));
        assert_eq!((bins.holding(3.0), bins.edges(Bins::UNIT).0), (Bins::UNIT, 3.0));
        assert_eq!(bins.holding(3.0_f64.next_down()), Bins::UNIT - 1);
        assert_eq!(bins.holding(-f64::MIN_POSITIVE), Bins::ZERO - 1);
    }

    #[test]
    fn the_largest_numbers_fall_into_the_outer_bins() {
        let bins = Bins::new(1.0);
        assert_eq!((bins.holding(f64::MAX), bins.holding(f64::MIN)), (1_023, 0));
        assert_eq!((bins.edges(1_023).1, bins.edges(0).0), (f64::INFINITY, f64::NEG_INFINITY));
    }

    #[test]
    fn a_bin_out_of_range_in_a_file_is_refused() {
        let fault = serde_json::from_str::<Bins>(r#"{"unit": 1.0, "zeros": 0, "units": 0, "counts": [[1024, 3]]}"#)
            .unwrap_err();
        assert!(fault.to_string().contains("there is no bin 1024"), "{fault}");
    }
}
