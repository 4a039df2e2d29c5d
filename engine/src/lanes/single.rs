//! Numbers in single precision: half the work, and close enough wherever a draw decides between them.

use std::ops::{Add, AddAssign, Mul};

use super::{LANES, Lanes, Mask};

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

    /// Two to this power, to a relative error of 2e-7.
    ///
    /// The argument is first clamped to −120 to 120, beyond which the weight of a choice counts for nothing.
    #[inline(always)]
    #[must_use]
    pub fn exp2(self) -> Self {
        let mut results = [0.0; LANES];
        for (result, power) in results.iter_mut().zip(self.0) {
            *result = exp2(power);
        }
        Self(results)
    }

    /// True where this number is `<` the other.
    #[inline(always)]
    pub fn less(self, other: Self) -> Mask {
        Mask::from_fn(|lane| self.0[lane] < other.0[lane])
    }

    /// True where the two numbers are the same: for codes such as positions in a list.
    #[inline(always)]
    #[expect(clippy::float_cmp, reason = "exact equality is what the name says")]
    pub fn equals(self, other: Self) -> Mask {
        Mask::from_fn(|lane| self.0[lane] == other.0[lane])
    }
}

impl Add for Singles {
    type Output = Self;

    #[inline(always)]
    fn add(self, right: Self) -> Self {
        let mut sums = [0.0; LANES];
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum = self.0[lane] + right.0[lane];
        }
        Self(sums)
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
        let mut products = [0.0; LANES];
        for (lane, product) in products.iter_mut().enumerate() {
            *product = self.0[lane] * right.0[lane];
        }
        Self(products)
    }
}

/// Bits to the right of the exponent in an `f32`.
const MANTISSA_BITS: u32 = f32::MANTISSA_DIGITS - 1;

/// What is added to the exponent in the bits of an `f32`.
const EXPONENT_BIAS: u32 = 127;

/// Two to the power of one number: 2^k · 2^r with |r| ≤ ½.
///
/// Source: Cephes `exp2f.c` (Moshier), with its coefficients, split into even and odd terms.
#[inline(always)]
fn exp2(x: f32) -> f32 {
    /// Added to a number of either sign, rounds it to a whole one: 1.5 · 2^23.
    const ROUND: f32 = 12_582_912.0;
    let x = if x > -120.0 { x } else { -120.0 };
    let x = if x < 120.0 { x } else { 120.0 };

    let rounded = x + ROUND;
    let r = x - (rounded - ROUND);
    let two_to_k = f32::from_bits(rounded.to_bits().wrapping_add(EXPONENT_BIAS) << MANTISSA_BITS);

    let square = r * r;
    let odd = 6.931_472e-1 + square * (5.550_332_5e-2 + square * 1.339_887_4e-3);
    let even = 2.402_264_8e-1 + square * (9.618_437e-3 + square * 1.535_336_2e-4);
    two_to_k * (1.0 + (r * odd + square * even))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exp2_of(power: f64) -> f64 {
        f64::from(Lanes::all(power).single().exp2().0[7])
    }

    #[test]
    fn it_is_as_close_as_it_says() {
        for step in -120_000..120_000 {
            let power = f64::from(step as f32 * 0.000_999_7);
            let error = (exp2_of(power) / power.exp2() - 1.0).abs();
            assert!(error <= 2e-7, "2^{power} is off by {error}");
        }
    }

    #[test]
    fn it_is_clamped_and_exact_where_it_should_be() {
        let of = |power: f64| exp2_of(power).to_bits();
        assert_eq!(of(0.0), 1.0_f64.to_bits());
        assert_eq!(of(-7.0), 0.007_812_5_f64.to_bits());
        assert_eq!(of(-1e300), of(-120.0));
        assert_eq!(of(f64::INFINITY), of(120.0));
        assert!(f64::from_bits(of(-120.0)) > 0.0);
    }

    #[test]
    fn the_bits_are_those_of_every_other_machine() {
        assert_eq!(exp2_of(-12.3).to_bits(), 0x3F29_FDF8_8000_0000);
    }
}
