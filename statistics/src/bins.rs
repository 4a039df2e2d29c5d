//! Counts of values in bins that are as fine, against the size of a value, near zero as far out.

use serde::{Deserialize, Serialize};

use super::extremes::Extremes;
use super::read;

/// How many values are taken in at once.
const LANES: usize = 16;

/// Bits behind the leading one of a number that tell bins apart: 128 bins from each power of two to the next.
const BIN_BITS: u32 = 7;
/// The bits of a number that do not matter to the bin.
const SHIFT: u32 = 52 - BIN_BITS;
/// Bins from a power of two to the next.
const OCTAVE: usize = 1 << BIN_BITS;
/// The number of the first bin above the largest number.
const INFINITE: usize = 0x7ff << BIN_BITS;
/// The number of the bin that begins at 1.
const ONE: usize = 0x3ff << BIN_BITS;
/// Powers of two that are told apart, from that of the largest size downwards.
const OCTAVES: usize = 52;

/// Counts of values in bins whose width is at most a 128th of the values in them.
///
/// A bin is the first bits of a number, so that no arithmetic is in it. Values that are exactly 0, 1 or −1 are counted
/// besides. Sizes below 2⁻⁵¹ of the largest count as about that, whatever the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub(super) struct Bins {
    zeros: u64,
    /// Values above zero and below.
    sides: [Side; 2],
}

/// Values on one side of zero, by size.
#[derive(Clone, Debug, PartialEq)]
struct Side {
    /// How many are exactly 1; they are in their bin, too.
    ones: u64,
    /// Number of the first bin that is counted, at a power of two.
    first: usize,
    /// After one for values set aside, which is zero between batches, one a bin, from the power of two of the smallest size to
    /// that of the largest. A bin counts up to 2³² − 1 and stays there.
    counts: Vec<u32>,
}

/// The place of the count of values set aside.
const ASIDE: usize = 0;

impl Default for Side {
    fn default() -> Self {
        Self { ones: 0, first: 0, counts: vec![0] }
    }
}

impl Bins {
    /// Counts those of the values that are finite.
    #[inline(always)]
    pub(super) fn push_finite(&mut self, values: &[f64]) {
        let (batches, rest) = values.as_chunks::<LANES>();
        for batch in batches {
            self.push_batch(batch);
        }
        for value in rest {
            self.push(*value);
        }
    }

    /// Counts sixteen values: first finds their bins and then adds to all of them, so that the memory of one need not wait for
    /// that of another. What has no bin yet, as zero never has, is set aside without a branch.
    #[inline(always)]
    fn push_batch(&mut self, values: &[f64; LANES]) {
        const SIDE_BITS: u32 = BIN_BITS + 11;
        let bits = values.map(f64::to_bits);
        let count = |of: f64| bits.iter().fold(0, |count, bits| count + u64::from(*bits == of.to_bits()));
        let zeros = count(0.0) + count(-0.0);
        self.zeros += zeros;
        if zeros == LANES as u64 {
            return;
        }
        self.sides[0].ones += count(1.0);
        self.sides[1].ones += count(-1.0);
        for bin in bits.map(|bits| (bits >> SHIFT) as usize) {
            let side = &mut self.sides[bin >> SIDE_BITS];
            let position = (bin % (1 << SIDE_BITS)).wrapping_sub(side.first).wrapping_add(1);
            let position = if position < side.counts.len() { position } else { ASIDE };
            side.counts[position] = side.counts[position].saturating_add(1);
        }
        let aside = self.sides.iter_mut().fold(0, |sum, side| sum + u64::from(std::mem::take(&mut side.counts[ASIDE])));
        if aside != zeros {
            self.push_new(values);
        }
    }

    /// Counts those values of a batch that have been set aside for want of a bin.
    #[inline(never)]
    fn push_new(&mut self, values: &[f64; LANES]) {
        let has_none = |value: &f64| {
            let side = &self.sides[usize::from(*value < 0.0)];
            let bin = (value.abs().to_bits() >> SHIFT) as usize;
            *value != 0.0 && value.is_finite() && !(side.first..side.end()).contains(&bin)
        };
        // All are found before any makes room for others.
        let new = values.map(|value| if has_none(&value) { value } else { 0.0 });
        for value in new.iter().filter(|value| **value != 0.0) {
            self.add(usize::from(*value < 0.0), holding(*value), 1);
        }
    }

    /// Counts a value, if it is finite.
    #[inline]
    fn push(&mut self, value: f64) {
        self.sides[usize::from(value < 0.0)].ones += u64::from(value.abs().to_bits() == 1.0_f64.to_bits());
        if value == 0.0 {
            self.zeros += 1;
        } else if value.is_finite() {
            self.add(usize::from(value < 0.0), holding(value), 1);
        }
    }

    /// Adds the counts of `other`.
    pub(super) fn merge(&mut self, other: &Self) {
        self.zeros += other.zeros;
        for (number, side) in other.sides.iter().enumerate() {
            self.sides[number].ones += side.ones;
            for (bin, count) in side.bins().filter(|(_, count)| *count > 0) {
                self.add(number, bin, count);
            }
        }
    }

    /// Adds to a bin of a side, and makes room for it.
    fn add(&mut self, side: usize, bin: usize, count: u32) {
        let end = self.sides.iter().map(Side::end).fold(octave(bin) + OCTAVE, usize::max);
        let lowest = end.saturating_sub(OCTAVES * OCTAVE).max(OCTAVE);
        self.sides.iter_mut().for_each(|side| side.forget_below(lowest));
        let bin = bin.max(lowest);
        self.sides[side].make_room(octave(bin));
        let side = &mut self.sides[side];
        if let Some(own) = side.counts.get_mut(bin - side.first + 1) {
            *own = own.saturating_add(count);
        }
    }

    /// The value with `rank` values below it, from 0, when all lie between `extremes`: the values
    /// of a bin are taken to lie evenly in it, those that are exactly 0, 1 or −1 where they are.
    pub(super) fn order_statistic(&self, rank: u64, extremes: &Extremes) -> f64 {
        let [above, below] = &self.sides;
        let negative = below.total();
        if rank < negative {
            return -below.size(negative - 1 - rank, -extremes.maximum, -extremes.minimum);
        }
        if rank < negative + self.zeros {
            return 0.0;
        }
        above.size(rank - negative - self.zeros, extremes.minimum, extremes.maximum)
    }
}

impl Side {
    /// Bins and their counts.
    fn bins(&self) -> impl Iterator<Item = (usize, u32)> {
        (self.first..).zip(self.counts.iter().skip(1).copied())
    }

    /// The end of the power of two of the largest size; 0 without values.
    fn end(&self) -> usize {
        self.first + self.counts.len() - 1
    }

    /// Sees to it that an octave can be counted.
    fn make_room(&mut self, octave: usize) {
        if self.counts.len() == 1 {
            self.first = octave;
        }
        if octave < self.first {
            self.counts.splice(1..1, std::iter::repeat_n(0, self.first - octave));
            self.first = octave;
        }
        if octave + OCTAVE > self.end() {
            self.counts.resize(octave + OCTAVE - self.first + 1, 0);
        }
    }

    /// Counts what lies below a bin, the first of an octave, in that bin.
    fn forget_below(&mut self, lowest: usize) {
        if self.counts.len() == 1 || self.first >= lowest {
            return;
        }
        let gone = (lowest - self.first).min(self.counts.len() - 1);
        let small = self.counts.drain(1..=gone).fold(0_u32, u32::saturating_add);
        self.first = lowest;
        self.make_room(lowest);
        self.counts[1] = self.counts[1].saturating_add(small);
    }

    fn total(&self) -> u64 {
        self.bins().map(|(_, count)| u64::from(count)).sum()
    }

    /// The size with `rank` sizes below it on this side, between the smallest and the largest there may be.
    fn size(&self, rank: u64, smallest: f64, largest: f64) -> f64 {
        let mut above = rank;
        for (bin, count) in self.bins() {
            let count = u64::from(count);
            if above >= count {
                above -= count;
                continue;
            }
            let (low, high) = edges(bin);
            let ones = if bin == ONE { self.ones.min(count) } else { 0 };
            if above < ones {
                return 1.0;
            }
            let (low, high) = (low.max(smallest), high.min(largest));
            return low + (high - low) * (((above - ones) as f64 + 0.5) / (count - ones) as f64);
        }
        largest
    }
}

/// The bin that holds the size of a finite value; that of the smallest numbers, with fewer bits, is the first of all others.
pub(super) fn holding(value: f64) -> usize {
    ((value.abs().to_bits() >> SHIFT) as usize).max(OCTAVE)
}

/// The smallest size in a bin, and the smallest in the next.
pub(super) fn edges(bin: usize) -> (f64, f64) {
    let edge = |bin: usize| f64::from_bits((bin as u64) << SHIFT);
    (if bin <= OCTAVE { 0.0 } else { edge(bin) }, edge(bin + 1))
}

/// The first bin of the octave in which a bin is.
fn octave(bin: usize) -> usize {
    bin / OCTAVE * OCTAVE
}

/// How bins are written to a file: those that are not empty, as pairs of number and count.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(deserialize_with = "read::count")]
    zeros: u64,
    above: WrittenSide,
    below: WrittenSide,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSide {
    #[serde(deserialize_with = "read::count")]
    ones: u64,
    counts: Vec<(usize, u32)>,
}

impl From<Bins> for Written {
    fn from(bins: Bins) -> Self {
        let [above, below] = bins
            .sides
            .map(|side| WrittenSide { ones: side.ones, counts: side.bins().filter(|(_, count)| *count > 0).collect() });
        Self { zeros: bins.zeros, above, below }
    }
}

impl TryFrom<Written> for Bins {
    type Error = String;

    /// Refuses bins that there are not, so that a damaged file cannot ask for room without end.
    fn try_from(written: Written) -> Result<Self, String> {
        let mut bins = Self { zeros: written.zeros, ..Self::default() };
        for (number, side) in [written.above, written.below].into_iter().enumerate() {
            bins.sides[number].ones = side.ones;
            for (bin, count) in side.counts {
                if !(OCTAVE..INFINITE).contains(&bin) || count == 0 {
                    return Err(format!("there is no bin {bin} with {count} values"));
                }
                bins.add(number, bin, count);
            }
        }
        Ok(bins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(values: &[f64]) -> Bins {
        let mut bins = Bins::default();
        bins.push_finite(values);
        bins
    }

    #[test]
    fn every_size_lies_between_the_edges_of_its_bin_which_is_narrow() {
        let mut size = 2.3e-308;
        while size < 1e308 {
            let (low, high) = edges(holding(size));
            assert!(low <= size && size < high && high - low <= size / 128.0, "{size} in {low} to {high}");
            size *= 1.001_7;
        }
    }

    #[test]
    fn the_smallest_and_the_largest_numbers_have_a_bin() {
        assert_eq!(edges(holding(5e-324)).0.to_bits(), 0);
        assert_eq!(holding(f64::MAX), INFINITE - 1);
    }

    /// The smallest numbers, in company for which there is room already, and those just beside it.
    #[test]
    fn every_value_is_counted_once_one_by_one_and_sixteen_at_once() {
        let values = [2.3e-308, 5e-324, -1e-310, 4.5e-308, 2.2e-308, 1.0, 0.0, 0.999, f64::NAN, 2.0, -2.5e-308, 1e-300];
        for values in [values.repeat(8), [1.0, 0.999, 1.999, 2.0, 0.5, 0.4999].repeat(16)] {
            let mut single = Bins::default();
            for value in &values {
                single.push(*value);
            }
            let bins = filled(&values);
            assert_eq!(bins, single);
            let finite = values.iter().filter(|value| value.is_finite()).count() as u64;
            assert_eq!(bins.zeros + bins.sides[0].total() + bins.sides[1].total(), finite);
        }
    }

    #[test]
    fn room_is_made_where_values_are_and_nowhere_else() {
        let bins = filled(&[0.3, 1e-5, 700.0]);
        assert_eq!((bins.sides[0].end() - bins.sides[0].first) / OCTAVE, 27, "from 2⁻¹⁷ to 2¹⁰");
        assert_eq!(bins.sides[1], Side::default());
    }

    #[test]
    fn sizes_that_are_nothing_against_the_largest_count_as_small_in_any_order() {
        let values = [1e-300, -1e-200, 5e-324, 1.0, 1e200, -3.0, 0.0, 1e190];
        let bins = filled(&values);
        assert!(bins.sides.iter().all(|side| side.counts.len() <= OCTAVES * OCTAVE + 1));
        let mut backwards = values;
        backwards.reverse();
        assert_eq!(filled(&backwards), bins);
        let mut four = bins.clone();
        (0..3).for_each(|_| four.merge(&bins));
        assert_eq!(filled(&values.repeat(4)), four, "also of sixteen at once");
    }

    #[test]
    fn a_bin_out_of_range_in_a_file_is_refused() {
        for bin in [3, 262_016, usize::MAX] {
            let text = format!(
                r#"{{"zeros": 0, "above": {{"ones": 0, "counts": [[{bin}, 3]]}}, "below": {{"ones": 0, "counts": []}}}}"#
            );
            let fault = serde_json::from_str::<Bins>(&text).unwrap_err();
            assert!(fault.to_string().contains(&format!("there is no bin {bin}")), "{fault}");
        }
    }
}
