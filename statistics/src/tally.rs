//! Count, mean and spread of a stream of values, exact under any order and any split, and at any size of number.

use serde::{Deserialize, Serialize};

use super::block::{self, Block, Mixed};
use super::distribution::student_t_quantile;
use super::exact::{Exact, Scaled};
use super::extremes::Extremes;
use super::interval::{Interval, upper_probability};
use super::read;

/// Count, sum and sum of squares of a stream of values, with the smallest and the largest.
///
/// **Error**: none until a figure is asked for. The sums are whole numbers, whatever the size of the values, from the smallest
/// number there is to the largest, and together. A mean is the mean of exact arithmetic, rounded once (half a unit in the last
/// place, more only below 10⁻³⁰⁷); a variance, a standard deviation and a standard error are within one unit in the last place
/// of it, also where the spread is small against the mean.
///
/// **Memory**: a block for each eight powers of two in which there are values: one or two for most measures, at most 256.
///
/// **Nothing overflows** up to 2⁴⁰ values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Tally {
    count: u64,
    missing: u64,
    failed: u64,
    extremes: Extremes,
    /// The sums, by ascending size of the values. Zeros are in none.
    blocks: Vec<Block>,
}

impl Tally {
    /// Takes in one value.
    #[inline]
    pub fn push(&mut self, value: f64) {
        if !value.is_finite() {
            self.missing += u64::from(value.is_nan());
            self.failed += u64::from(value.is_infinite());
            return;
        }
        self.count += 1;
        self.extremes.push(value + 0.0); // a negative zero becomes positive
        if value != 0.0 {
            let (number, steps) = block::in_steps(value);
            self.block(number).add(steps);
        }
    }

    /// Takes in every value of `values`: one for each run that is simulated side by side.
    #[inline(always)]
    pub fn push_lanes(&mut self, values: &[f64]) {
        let (batches, rest) = values.as_chunks::<{ block::LANES }>();
        for batch in batches {
            self.push_batch(batch);
        }
        for value in rest {
            self.push(*value);
        }
    }

    /// Takes in sixteen values, at once where one block has them all.
    #[inline(always)]
    fn push_batch(&mut self, values: &[f64; block::LANES]) {
        let Some(sums) = block::sums_of(values) else {
            self.push_mixed(values);
            return;
        };
        self.count += block::LANES as u64;
        self.extremes.push_lanes(values);
        if sums.squares != 0 {
            self.block(sums.number).add_sums(&sums);
        }
    }

    /// Takes in sixteen values of any size, those of a block together.
    #[inline(always)]
    fn push_mixed(&mut self, values: &[f64; block::LANES]) {
        let mixed = Mixed::new(values);
        if !mixed.is_plain() {
            for value in values {
                self.push(*value);
            }
            return;
        }
        self.count += block::LANES as u64;
        self.extremes.push_lanes(values);
        for sums in mixed {
            self.block(sums.number).add_sums(&sums);
        }
    }

    /// Takes in all that `other` has seen.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.missing += other.missing;
        self.failed += other.failed;
        self.extremes.merge(&other.extremes);
        for more in &other.blocks {
            self.block(more.number).merge(more);
        }
    }

    /// How many finite values were seen.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many values were no number, as of what a run does not have; they are in no other figure.
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// How many values were infinite, as all are of a run that failed; they are in no other figure.
    pub fn failed(&self) -> u64 {
        self.failed
    }

    /// The smallest value; `None` without one.
    pub fn minimum(&self) -> Option<f64> {
        (self.count > 0).then_some(self.extremes.minimum)
    }

    /// The largest value; `None` without one.
    pub fn maximum(&self) -> Option<f64> {
        (self.count > 0).then_some(self.extremes.maximum)
    }

    /// The mean; `None` without a value.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| Exact::of(&self.blocks).mean(self.count).value())
    }

    /// The sample variance, with n − 1 below the line; `None` below two values. Infinite where it is beyond the largest number,
    /// as that of values beyond 10¹⁵⁴ may be.
    pub fn variance(&self) -> Option<f64> {
        Some(self.spread(self.count)?.value())
    }

    /// The sample standard deviation; `None` below two values.
    pub fn standard_deviation(&self) -> Option<f64> {
        Some(self.spread(self.count)?.root())
    }

    /// The standard error of the mean; `None` below two values.
    pub fn standard_error(&self) -> Option<f64> {
        let count = u128::from(self.count);
        Some(self.spread(count * count)?.root())
    }

    /// Student's t interval of the mean at a confidence `level` such as 0.95; `None` below two
    /// values.
    pub fn mean_interval(&self, level: f64) -> Option<Interval> {
        let quantile = student_t_quantile(upper_probability(level), self.count.saturating_sub(1));
        Some(Interval::around(self.mean()?, quantile * self.standard_error()?))
    }

    /// n · Σx² − (Σx)² over n − 1 and over `divisor`: the sample variance for a divisor of n. `None` below two values.
    fn spread(&self, divisor: impl Into<u128>) -> Option<Scaled> {
        (self.count > 1).then(|| Exact::of(&self.blocks).spread(self.count, divisor.into()))
    }

    /// The block with that number, which may be empty yet.
    #[inline(always)]
    fn block(&mut self, number: u8) -> &mut Block {
        // Most tallies have but one block: it is looked at before others are searched.
        let position = match self.blocks.first() {
            Some(first) if first.number == number => 0,
            _ => self.search(number),
        };
        &mut self.blocks[position]
    }

    #[inline(never)]
    fn search(&mut self, number: u8) -> usize {
        let position = self.blocks.partition_point(|block| block.number < number);
        if self.blocks.get(position).is_none_or(|block| block.number != number) {
            self.blocks.insert(position, Block::empty(number));
        }
        position
    }
}

/// A tally as it is written to a file, not yet checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(deserialize_with = "read::count")]
    count: u64,
    #[serde(deserialize_with = "read::count")]
    missing: u64,
    #[serde(deserialize_with = "read::count")]
    failed: u64,
    extremes: Extremes,
    blocks: Vec<Block>,
}

impl TryFrom<Written> for Tally {
    type Error = &'static str;

    /// Refuses what no values can come to, which might overflow.
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let Written { count, missing, failed, extremes, blocks } = written;
        if !extremes.are_possible(count) {
            return Err("a tally has a smallest and a largest value if it has any, the first at most the second");
        }
        if !blocks.is_sorted_by(|below, above| below.number < above.number) {
            return Err("the blocks of a tally are not in order");
        }
        if !blocks.iter().all(|block| block.is_possible(count)) {
            return Err("the sums of a tally are beyond what its count of values can reach");
        }
        Ok(Self { count, missing, failed, extremes, blocks })
    }
}

#[cfg(test)]
mod tests;
