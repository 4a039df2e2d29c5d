//! Count, mean and variance of a stream of values, exact under any order and any split.

use serde::{Deserialize, Serialize};

use super::distribution::student_t_quantile;
use super::extremes::Extremes;
use super::interval::{Interval, upper_probability};
use super::read;

/// Count, sum and sum of squares of a stream of values, with the smallest and the largest.
///
/// A value is rounded to a whole number of [`Tally::STEP`] and summed as an integer, so the sums
/// are exact whatever the order. Rounding moves a value, and so the mean, by at most one step; the
/// variance is the exact variance of the rounded values, even where their mean is large against
/// their spread. A value beyond ±[`Tally::LIMIT`] is summed as the limit (the smallest and the
/// largest value are kept as they are).
///
/// **Nothing overflows** up to 2⁴⁰ values. In steps a value is below 10⁹ · 2³³ < 2⁶³, so the sum is
/// below 2¹⁰³ < 2¹²⁷. A square is below 2¹²⁶; its upper 62 bits and its lower 64 bits are summed
/// apart, to less than 2¹⁰² and 2¹⁰⁴.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Tally {
    count: u64,
    missing: u64,
    sum: i128,
    squares_upper: i128,
    squares_lower: i128,
    extremes: Extremes,
}

impl Tally {
    /// The largest size at which a value is summed as it is.
    pub const LIMIT: f64 = 1e9;

    /// What a value is rounded to a multiple of: 2⁻³³, about 10⁻¹⁰.
    pub const STEP: f64 = 1.0 / STEPS;

    /// Takes in one value.
    #[inline(always)]
    pub fn push(&mut self, value: f64) {
        if !value.is_finite() {
            self.missing += 1;
            return;
        }
        let value = value + 0.0; // a negative zero becomes positive
        let steps = in_steps(value);
        let square = i128::from(steps) * i128::from(steps);
        self.count += 1;
        self.sum += i128::from(steps);
        self.squares_upper += square >> 64;
        self.squares_lower += i128::from(square as u64);
        self.extremes.push(value);
    }

    /// Takes in every value of `values`: one for each run that is simulated side by side.
    #[inline(always)]
    pub fn push_lanes(&mut self, values: &[f64]) {
        let mut sums = self.clone(); // held in registers meanwhile
        for &value in values {
            sums.push(value);
        }
        *self = sums;
    }

    /// Takes in all that `other` has seen.
    pub fn merge(&mut self, other: &Self) {
        self.count += other.count;
        self.missing += other.missing;
        self.sum += other.sum;
        self.squares_upper += other.squares_upper;
        self.squares_lower += other.squares_lower;
        self.extremes.merge(&other.extremes);
    }

    /// How many finite values were seen.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many values were not finite; they are in no other figure.
    pub fn missing(&self) -> u64 {
        self.missing
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
        (self.count > 0).then(|| self.sum as f64 / self.count as f64 / STEPS)
    }

    /// The sample variance, with n − 1 below the line; `None` below two values.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| self.squared_deviations() / (self.count - 1) as f64 / (STEPS * STEPS))
    }

    /// The standard error of the mean; `None` below two values.
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(|variance| (variance / self.count as f64).sqrt())
    }

    /// Student's t interval of the mean at a confidence `level` such as 0.95; `None` below two
    /// values.
    pub fn mean_interval(&self, level: f64) -> Option<Interval> {
        let quantile = student_t_quantile(upper_probability(level), self.count.saturating_sub(1));
        Some(Interval::around(self.mean()?, quantile * self.standard_error()?))
    }

    /// The sum of squared deviations from the mean, in squared steps.
    ///
    /// With the sum split into count · centre + rest, it is Σq² − count · centre² − 2 · centre ·
    /// rest − rest² / count, of which all but the last small part is done in integers, the upper
    /// and the lower half of the squares apart.
    fn squared_deviations(&self) -> f64 {
        let count = i128::from(self.count);
        let centre = self.sum.div_euclid(count);
        let rest = self.sum.rem_euclid(count);
        let square = centre * centre;
        let upper = self.squares_upper - count * (square >> 64);
        let lower = self.squares_lower - count * i128::from(square as u64) - 2 * centre * rest;
        // What the lower half has too much or too little is carried to the upper, so that nothing
        // cancels below.
        let upper = upper + (lower >> 64);
        let whole = upper as f64 * TWO_TO_64 + (lower as u64) as f64;
        (whole - rest as f64 * (rest as f64 / count as f64)).max(0.0)
    }
}

/// Steps in a unit: 2³³.
const STEPS: f64 = 8_589_934_592.0;

/// 2⁶⁴.
const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;

/// A finite value as the nearest whole number of steps, at most [`Tally::LIMIT`] from zero.
#[inline(always)]
fn in_steps(value: f64) -> i64 {
    let scaled = value.clamp(-Tally::LIMIT, Tally::LIMIT) * STEPS;
    (scaled + 0.5_f64.copysign(scaled)) as i64
}

/// A tally as it is written to a file, not yet checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(deserialize_with = "read::count")]
    count: u64,
    #[serde(deserialize_with = "read::count")]
    missing: u64,
    sum: i128,
    squares_upper: i128,
    squares_lower: i128,
    extremes: Extremes,
}

impl TryFrom<Written> for Tally {
    type Error = &'static str;

    /// Refuses sums that so many values cannot have, which might overflow.
    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let count = i128::from(written.count);
        let possible = written.sum.unsigned_abs() <= (count << 63).unsigned_abs()
            && (0..=count << 62).contains(&written.squares_upper)
            && (0..=count << 64).contains(&written.squares_lower);
        if !possible {
            return Err("the sums of a tally are beyond what its count of values can reach");
        }
        Ok(Self {
            count: written.count,
            missing: written.missing,
            sum: written.sum,
            squares_upper: written.squares_upper,
            squares_lower: written.squares_lower,
            extremes: written.extremes,
        })
    }
}

#[cfg(test)]
mod tests;
