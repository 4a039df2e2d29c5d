//! The exponential in single precision: half the work of the exact one, and close enough wherever a draw decides between
//! the results.

use super::{LANES, Lanes};

impl Lanes {
    /// e to this power, to a relative error of 2.5e-7 + 1.3e-7 · |power|: for the weights of a choice by lot, where even the
    /// finest draw tells no closer.
    ///
    /// The argument is first clamped to −80 to 80, beyond which a weight counts for nothing.
    #[inline(always)]
    #[must_use]
    pub fn exp_single(self) -> Self {
        let mut powers = [0.0_f32; LANES];
        for (power, value) in powers.iter_mut().zip(self.0) {
            *power = value as f32;
        }
        let mut results = [0.0_f32; LANES];
        for (result, power) in results.iter_mut().zip(powers) {
            *result = exp(power);
        }
        let mut values = [0.0; LANES];
        for (value, result) in values.iter_mut().zip(results) {
            *value = f64::from(result);
        }
        Self(values)
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

    /// The bound that the method states.
    fn most_error(power: f64) -> f64 {
        2.5e-7 + 1.3e-7 * power.abs()
    }

    #[test]
    fn it_is_as_close_as_it_says() {
        for step in -80_000..80_000 {
            let power = f64::from(step) * 0.000_999_7;
            let error = (Lanes::all(power).exp_single().lane(3) / power.exp() - 1.0).abs();
            assert!(error <= most_error(power), "exp({power}) is off by {error}");
        }
    }

    #[test]
    fn it_is_clamped_and_exact_where_it_should_be() {
        let of = |power: f64| Lanes::all(power).exp_single().lane(0).to_bits();
        assert_eq!(of(0.0), 1.0_f64.to_bits());
        assert_eq!(of(-1e300), of(-80.0));
        assert_eq!(of(f64::INFINITY), of(80.0));
        assert!(f64::from_bits(of(-80.0)) > 0.0);
    }

    #[test]
    fn the_bits_are_those_of_every_other_machine() {
        assert_eq!(Lanes::all(-12.3).exp_single().lane(7).to_bits(), 0x3ED3_1765_C000_0000);
    }
}
