//! One number for each of sixteen runs: the number type of the model.
//!
//! A formula of the model is written once, as if for a single run, and holds for all sixteen, which
//! ride side by side in the vector registers. What differs between runs is decided by comparison to
//! a [`Mask`] and [`select`], never by a branch.
//!
//! Only correctly rounded operations occur (`+ - * /`, square root, comparison, bit shifts), in a
//! fixed order and never fused. A lane therefore has the same bits on every instruction set and
//! whatever rides in the other lanes.
//!
//! Everything here must be inlined into a caller compiled for the instruction set at hand (see
//! [`crate::simd`]); hence `#[inline(always)]` on every function, and loops over arrays of
//! fixed length that the compiler turns into vector code.

mod elementary;
mod mask;
mod normal;
mod operators;
mod single;

pub use mask::{Mask, select};
pub use single::Singles;

/// Number of runs that are computed side by side.
pub const LANES: usize = 16;

/// Put at the end of a loop over providers, keeps the lanes of each provider together in the
/// registers.
///
/// Without it the compiler may go through a short loop with one register for each lane and eight
/// providers side by side, which scatters them over memory and took up to six times as long. It
/// changes no number.
#[inline(always)]
pub fn keep_lanes_together() {
    std::hint::black_box(());
}

/// An array of what a function says of each lane, written out. As a loop it would be the same to the processor, but a step
/// has thousands of them, and the compiler took minutes to unroll them all.
macro_rules! each_lane {
    ($of:expr) => {
        [
            $of(0),
            $of(1),
            $of(2),
            $of(3),
            $of(4),
            $of(5),
            $of(6),
            $of(7), //
            $of(8),
            $of(9),
            $of(10),
            $of(11),
            $of(12),
            $of(13),
            $of(14),
            $of(15),
        ]
    };
}
use each_lane;

/// One `f64` for each of [`LANES`] runs.
///
/// Where a method or operator takes `impl Into<Lanes>` or `f64`, a plain number stands for the same
/// value in every run. Nothing here is meant to be computed with a NaN, which stands only for a
/// number that does not exist: `min` and `max` may drop it, and comparisons with it are false.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(align(64))]
pub struct Lanes([f64; LANES]);

impl Lanes {
    /// Zero in every run.
    pub const ZERO: Self = Self::all(0.0);

    /// One in every run.
    pub const ONE: Self = Self::all(1.0);

    /// The same `value` in every run.
    #[inline(always)]
    pub const fn all(value: f64) -> Self {
        Self([value; LANES])
    }

    /// The values of the runs, in the order of the lanes.
    #[inline(always)]
    pub const fn from_array(values: [f64; LANES]) -> Self {
        Self(values)
    }

    /// The values of the runs, in the order of the lanes.
    #[inline(always)]
    pub const fn to_array(self) -> [f64; LANES] {
        self.0
    }

    /// Asks `value` for the number of each lane, from 0 to 15.
    #[inline(always)]
    pub fn from_fn(mut value: impl FnMut(usize) -> f64) -> Self {
        Self(each_lane!(value))
    }

    /// The value of one run; `lane` counts from 0 and is taken modulo [`LANES`].
    #[inline(always)]
    pub const fn lane(self, lane: usize) -> f64 {
        self.0[lane % LANES]
    }

    /// Changes the value of one run; `lane` counts from 0 and is taken modulo [`LANES`].
    #[inline(always)]
    pub const fn set_lane(&mut self, lane: usize, value: f64) {
        self.0[lane % LANES] = value;
    }

    /// The smaller of two numbers, run by run.
    #[inline(always)]
    #[must_use]
    pub fn min(self, other: impl Into<Self>) -> Self {
        self.zip(other.into(), |left, right| if left < right { left } else { right })
    }

    /// The larger of two numbers, run by run.
    #[inline(always)]
    #[must_use]
    pub fn max(self, other: impl Into<Self>) -> Self {
        self.zip(other.into(), |left, right| if left > right { left } else { right })
    }

    /// The nearest number in the closed range from `low` to `high`; `high` where the range is
    /// empty.
    #[inline(always)]
    #[must_use]
    pub fn clamp(self, low: impl Into<Self>, high: impl Into<Self>) -> Self {
        self.max(low).min(high)
    }

    /// The size without the sign.
    #[inline(always)]
    #[must_use]
    pub fn abs(self) -> Self {
        self.map(f64::abs)
    }

    /// The square root; NaN below zero.
    #[inline(always)]
    #[must_use]
    pub fn sqrt(self) -> Self {
        self.map(f64::sqrt)
    }

    /// True where this number is `<` the other.
    #[inline(always)]
    pub fn less(self, other: impl Into<Self>) -> Mask {
        self.compare(other.into(), |left, right| left < right)
    }

    /// True where this number is `<=` the other.
    #[inline(always)]
    pub fn at_most(self, other: impl Into<Self>) -> Mask {
        self.compare(other.into(), |left, right| left <= right)
    }

    /// True where this number is `>` the other.
    #[inline(always)]
    pub fn greater(self, other: impl Into<Self>) -> Mask {
        self.compare(other.into(), |left, right| left > right)
    }

    /// True where this number is `>=` the other.
    #[inline(always)]
    pub fn at_least(self, other: impl Into<Self>) -> Mask {
        self.compare(other.into(), |left, right| left >= right)
    }

    /// True where the two numbers are the same, to the last bit but for the sign of zero.
    #[inline(always)]
    #[expect(clippy::float_cmp, reason = "exact equality is what the name says; codes such as 0 and 1 are compared")]
    pub fn equals(self, other: impl Into<Self>) -> Mask {
        self.compare(other.into(), |left, right| left == right)
    }

    /// The function of each run's number: a loop, since what is long is vectorised best as one.
    #[inline(always)]
    fn map(self, function: impl Fn(f64) -> f64) -> Self {
        let mut values = [0.0; LANES];
        for (place, value) in values.iter_mut().zip(self.0) {
            *place = function(value);
        }
        Self(values)
    }

    /// The function of each run's pair of numbers.
    #[inline(always)]
    fn zip(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        Self::from_fn(|lane| function(self.0[lane], other.0[lane]))
    }

    /// The mask of the runs in which the relation holds.
    #[inline(always)]
    fn compare(self, other: Self, relation: impl Fn(f64, f64) -> bool) -> Mask {
        Mask::from_fn(|lane| relation(self.0[lane], other.0[lane]))
    }
}

impl From<f64> for Lanes {
    #[inline(always)]
    fn from(value: f64) -> Self {
        Self::all(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minus eight to plus seven, one for each lane.
    fn ramp() -> Lanes {
        Lanes::from_fn(|lane| lane as f64 - 8.0)
    }

    #[test]
    fn every_lane_keeps_its_own_value() {
        let mut values = ramp();
        values.set_lane(3, 0.5);
        assert_eq!(values.lane(2).to_bits(), (-6.0_f64).to_bits());
        assert_eq!(values.lane(3).to_bits(), 0.5_f64.to_bits());
        assert_eq!(values.to_array()[15].to_bits(), 7.0_f64.to_bits());
        assert_eq!(Lanes::from_array(values.to_array()), values);
    }

    #[test]
    fn smaller_and_larger_are_chosen_lane_by_lane() {
        let clamped = ramp().clamp(-1.0, 2.0);
        assert_eq!(clamped.lane(0).to_bits(), (-1.0_f64).to_bits());
        assert_eq!(clamped.lane(9).to_bits(), 1.0_f64.to_bits());
        assert_eq!(clamped.lane(15).to_bits(), 2.0_f64.to_bits());
    }

    #[test]
    fn an_empty_range_clamps_to_its_upper_end() {
        assert_eq!(Lanes::ZERO.clamp(3.0, 1.0), Lanes::ONE);
    }

    #[test]
    fn comparisons_agree_with_those_of_plain_numbers() {
        let values = ramp();
        for lane in 0..LANES {
            let value = lane as f64 - 8.0;
            assert_eq!(values.less(0.0).lane(lane), value < 0.0);
            assert_eq!(values.at_most(0.0).lane(lane), value <= 0.0);
            assert_eq!(values.greater(0.0).lane(lane), value > 0.0);
            assert_eq!(values.at_least(0.0).lane(lane), value >= 0.0);
            assert_eq!(values.equals(0.0).lane(lane), lane == 8);
        }
    }

    #[test]
    fn roots_and_sizes_are_exact() {
        assert_eq!(Lanes::all(-9.0).abs().sqrt(), Lanes::all(3.0));
        assert!(Lanes::all(-9.0).sqrt().lane(0).is_nan());
    }
}
