//! Numbers in single precision: half the work, and close enough wherever a draw decides between them.

use std::ops::{Add, AddAssign, Mul};

use super::{LANES, Lanes, Mask, each_lane};

/// One `f32` for each of [`LANES`] runs: for a choice by lot, where even the finest draw tells no closer.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub struct Singles([f32; LANES]);

impl Lanes {
    /// The nearest numbers in single precision.
    #[inline(always)]
    pub fn single(self) -> Singles {
        let mut singles = [0.0; LANES];
        for (single, value) in singles.iter_mut().zip(self.0) {
            *single = value as f32;
        }
        Singles(singles)
    }
}

impl Singles {
    /// Zero in every run.
    pub const ZERO: Self = Self([0.0; LANES]);

    /// The same `value` in every run.
    #[inline(always)]
    pub const fn all(value: f32) -> Self {
        Self([value; LANES])
    }

    /// e to this power, to a relative error of 2.5e-7 + 1.3e-7 · |power|.
    ///
    /// The argument is first clamped to −80 to 80, beyond which the weight of a choice counts for nothing.
    #[inline(always)]
    #[must_use]
    pub fn exp(self) -> Self {
        let mut results = [0.0; LANES];
        for (result, power) in results.iter_mut().zip(self.0) {
            *result = exp(power);
        }
        Self(results)
    }

    /// True where this number is `<` the other.
    #[inline(always)]
    pub fn less(self, other: Self) -> Mask {
        Mask::from_fn(|lane| self.0[lane] < other.0[lane])
    }
}

impl Add for Singles {
    type Output = Self;

    #[inline(always)]
    fn add(self, right: Self) -> Self {
        let sum = |lane: usize| self.0[lane] + right.0[lane];
        Self(each_lane!(sum))
    }
}

impl AddAssign for Singles {
    #[inline(always)]
    fn add_assign(&mut self, right: Self) {
        *self = *self + right;
    }
}

impl Mul for Singles {
    type Output = Self;

    #[inline(always)]
    fn mul(self, right: Self) -> Self {
        let product = |lane: usize| self.0[lane] * right.0[lane];
        Self(each_lane!(product))
    }
}

/// ln 2 in two parts, the first with 15 trailing zero bits, so that its product with the exponent of a number is exact
/// (Cephes, `expf.c`).
const LN_2_HIGH: f32 = 0.693_359_4;
/// The rest of ln 2.
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// Bits to the right of the exponent in an `f32`.
const MANTISSA_BITS: u32 = f32::MANTISSA_DIGITS - 1;

/// What is added to the exponent in the bits of an `f32`.
const EXPONENT_BIAS: u32 = 127;

/// The exponential of one number: 2^k · e^r with |r| ≤ ln 2 / 2 and e^r = 1 + r + r² P(r).
///
/// Source: Cephes `expf.c` (Moshier), with its reduction and coefficients.
#[inline(always)]
fn exp(x: f32) -> f32 {
    /// Added to a number of either sign, rounds it to a whole one: 1.5 · 2^23.
    const ROUND: f32 = 12_582_912.0;
    let x = if x > -80.0 { x } else { -80.0 };
    let x = if x < 80.0 { x } else { 80.0 };

    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    let two_to_k = f32::from_bits(rounded.to_bits().wrapping_add(EXPONENT_BIAS) << MANTISSA_BITS);

    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let square = r * r;
    let first = 0.5 + r * 0.166_666_65;
    let second = 4.166_579_6e-2 + r * 8.333_452e-3;
    let third = 1.398_2e-3 + r * 1.987_569_1e-4;
    two_to_k * (1.0 + (r + square * (first + square * (second + square * third))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exp_of(power: f64) -> f64 {
        f64::from(Lanes::all(power).single().exp().0[7])
    }

    /// The bound that the method states.
    fn most_error(power: f64) -> f64 {
        2.5e-7 + 1.3e-7 * power.abs()
    }

    #[test]
    fn it_is_as_close_as_it_says() {
        for step in -80_000..80_000 {
            let power = f64::from(step) * 0.000_999_7;
            let error = (exp_of(power) / power.exp() - 1.0).abs();
            assert!(error <= most_error(power), "exp({power}) is off by {error}");
        }
    }

    #[test]
    fn it_is_clamped_and_exact_where_it_should_be() {
        let of = |power: f64| exp_of(power).to_bits();
        assert_eq!(of(0.0), 1.0_f64.to_bits());
        assert_eq!(of(-1e300), of(-80.0));
        assert_eq!(of(f64::INFINITY), of(80.0));
        assert!(f64::from_bits(of(-80.0)) > 0.0);
    }

    #[test]
    fn the_bits_are_those_of_every_other_machine() {
        assert_eq!(exp_of(-12.3).to_bits(), 0x3ED3_1765_C000_0000);
    }
}
