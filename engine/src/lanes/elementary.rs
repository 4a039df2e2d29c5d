//! Exponential, logarithm and power of [`Lanes`], without branches and with the same bits on every
//! machine, which those of the standard library have not.

use super::{Lanes, select};

impl Lanes {
    /// e to this power, correct to 2 units in the last place.
    ///
    /// The argument is first clamped to −700 to 700, so that the result is always a normal number.
    #[inline(always)]
    #[must_use]
    pub fn exp(self) -> Self {
        self.map(exp)
    }

    /// The natural logarithm, correct to 2 units in the last place.
    ///
    /// The argument is first clamped to the positive normal numbers, so that zero and less give
    /// −708.4.
    #[inline(always)]
    #[must_use]
    pub fn ln(self) -> Self {
        self.map(ln)
    }

    /// This number to the given power, as `exp(power · ln(self))`.
    ///
    /// The relative error is at most `(2 + |power · ln(self)|) · 2.3e-16`, as long as the result lies
    /// between e^−700 and e^700, to which it is clamped. Zero to a positive power is zero, and a
    /// number below zero is taken for zero. Anything to the power of zero is one. Zero to a negative
    /// power is as large as the clamp lets it be.
    #[inline(always)]
    #[must_use]
    pub fn pow(self, power: impl Into<Self>) -> Self {
        let power = power.into();
        let vanishes = self.at_most(0.0) & power.greater(0.0);
        select(vanishes, 0.0, (power * self.ln()).exp())
    }
}

/// ln 2 in two parts, the first with 21 trailing zero bits, so that its product with the exponent
/// of a number is exact (fdlibm, `e_exp.c`).
const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
/// The rest of ln 2.
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Bits to the right of the exponent in an `f64`.
const MANTISSA_BITS: u32 = f64::MANTISSA_DIGITS - 1;

/// What is added to the exponent in the bits of an `f64`.
const EXPONENT_BIAS: u64 = 1023;

/// 2^52, from which on an `f64` is a whole number and shows it in its low bits.
const TWO_TO_52: f64 = 4_503_599_627_370_496.0;

/// The exponential of one number: 2^k · e^r with |r| ≤ ln 2 / 2.
///
/// e^r is 1 + r + r² Q(r), where Q interpolates at the Chebyshev nodes (relative error of e^r 2^−55)
/// and is split into its even and odd terms, which are computed side by side.
#[inline(always)]
fn exp(x: f64) -> f64 {
    /// Added to a number of either sign, rounds it to a whole one.
    const ROUND: f64 = 1.5 * TWO_TO_52;
    let x = if x > -700.0 { x } else { -700.0 };
    let x = if x < 700.0 { x } else { 700.0 };

    let rounded = x * std::f64::consts::LOG2_E + ROUND;
    let k = rounded - ROUND;
    let two_to_k = f64::from_bits(rounded.to_bits().wrapping_add(EXPONENT_BIAS) << MANTISSA_BITS);

    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let square = r * r;
    let even = 0.500_000_000_000_000_1
        + square
            * (4.166_666_666_662_413e-2
                + square
                    * (1.388_888_891_721_371_7e-3
                        + square * (2.480_152_129_595_437_6e-5 + square * 2.762_008_844_540_974_6e-7)));
    let odd = 1.666_666_666_666_666_9e-1
        + square
            * (8.333_333_333_330_062e-3
                + square
                    * (1.984_126_986_305_361_8e-4
                        + square * (2.755_726_845_999_706_4e-6 + square * 2.510_038_549_551_032e-8)));
    two_to_k * (1.0 + (r + square * (even + r * odd)))
}

/// The logarithm of one number: k ln 2 + ln (1 + f), with 1 + f between √½ and √2.
///
/// Source: Sun Microsystems fdlibm, `e_log.c`, with its reduction, coefficients and order of terms.
#[inline(always)]
fn ln(x: f64) -> f64 {
    const ONE: u64 = 1.0_f64.to_bits();
    const ROOT_OF_HALF: u64 = std::f64::consts::FRAC_1_SQRT_2.to_bits();
    const MANTISSA: u64 = (1 << MANTISSA_BITS) - 1;
    const BIAS: f64 = TWO_TO_52 + EXPONENT_BIAS as f64;
    let x = if x > f64::MIN_POSITIVE { x } else { f64::MIN_POSITIVE };
    let x = if x < f64::MAX { x } else { f64::MAX };

    let shifted = x.to_bits() + (ONE - ROOT_OF_HALF);
    let k = f64::from_bits(TWO_TO_52.to_bits() | (shifted >> MANTISSA_BITS)) - BIAS;
    let f = f64::from_bits((shifted & MANTISSA) + ROOT_OF_HALF) - 1.0;

    let s = f / (2.0 + f);
    let square = s * s;
    let fourth = square * square;
    let odd = 3.999_999_999_940_942e-1 + fourth * (2.222_219_843_214_978_4e-1 + fourth * 1.531_383_769_920_937_3e-1);
    let even = 6.666_666_666_666_735e-1
        + fourth
            * (2.857_142_874_366_239e-1 + fourth * (1.818_357_216_161_805e-1 + fourth * 1.479_819_860_511_658_6e-1));
    let series = fourth * odd + square * even;
    let half = 0.5 * f * f;
    k * LN_2_HIGH - ((half - (s * (half + series) + k * LN_2_LOW)) - f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, Luck, Purpose};
    use crate::rows::Packing;

    /// Uniform numbers between two bounds, the same ones every time.
    fn scattered(low: f64, high: f64) -> impl Iterator<Item = f64> {
        let dice = Dice::new(&Packing::Runs(std::array::from_fn(|lane| lane as u64)));
        let draws = dice.each(&Luck::of_place(1), Purpose::Need, 0, 4000);
        draws.into_iter().flat_map(Lanes::to_array).map(move |draw| low + (high - low) * draw)
    }

    /// Distance in units in the last place of the expected number.
    fn units_apart(value: f64, expected: f64) -> u64 {
        value.to_bits().abs_diff(expected.to_bits())
    }

    fn exp_of(x: f64) -> f64 {
        Lanes::all(x).exp().lane(7)
    }

    fn ln_of(x: f64) -> f64 {
        Lanes::all(x).ln().lane(7)
    }

    fn pow_of(base: f64, power: f64) -> f64 {
        Lanes::all(base).pow(power).lane(7)
    }

    #[test]
    fn exp_is_correct_to_two_units_in_the_last_place() {
        for bound in [700.0, 20.0, 1.0, 1e-3] {
            for x in scattered(-bound, bound) {
                assert!(units_apart(exp_of(x), x.exp()) <= 2, "exp({x})");
            }
        }
    }

    #[test]
    fn exp_is_clamped_to_normal_numbers() {
        assert_eq!(exp_of(-1e9).to_bits(), exp_of(-700.0).to_bits());
        assert_eq!(exp_of(f64::INFINITY).to_bits(), exp_of(700.0).to_bits());
        assert!(exp_of(-700.0).is_normal() && exp_of(700.0).is_normal());
        assert_eq!(exp_of(0.0).to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn ln_is_correct_to_two_units_in_the_last_place() {
        for bound in [700.0, 5.0, 0.1, 1e-6] {
            for x in scattered(-bound, bound).map(f64::exp) {
                assert!(units_apart(ln_of(x), x.ln()) <= 2, "ln({x})");
            }
        }
    }

    #[test]
    fn ln_is_clamped_to_normal_numbers() {
        for x in [0.0, -0.0, -3.0, f64::MIN_POSITIVE / 2.0] {
            assert_eq!(ln_of(x).to_bits(), ln_of(f64::MIN_POSITIVE).to_bits());
        }
        assert!((ln_of(0.0) + 708.396_418_532_264_1).abs() < 1e-12);
        assert_eq!(ln_of(f64::INFINITY).to_bits(), ln_of(f64::MAX).to_bits());
        assert_eq!(ln_of(1.0).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn pow_keeps_its_relative_error_bound() {
        for (base, power) in scattered(-20.0, 20.0).map(f64::exp).zip(scattered(-30.0, 30.0).skip(5)) {
            let exponent = (power * base.ln()).abs();
            let (value, expected) = (pow_of(base, power), base.powf(power));
            assert!((value / expected - 1.0).abs() <= (2.0 + exponent) * 2.3e-16, "{base} to the power of {power}");
        }
    }

    #[test]
    fn pow_of_nothing_is_nothing_and_the_power_of_zero_is_one() {
        assert_eq!(pow_of(0.0, 0.01).to_bits(), 0.0_f64.to_bits());
        assert_eq!(pow_of(-2.0, 2.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(pow_of(0.0, 0.0).to_bits(), 1.0_f64.to_bits());
        assert_eq!(pow_of(3.0, 0.0).to_bits(), 1.0_f64.to_bits());
        assert_eq!(pow_of(1.0, 123.0).to_bits(), 1.0_f64.to_bits());
    }

    #[test]
    fn the_bits_are_those_of_every_other_machine() {
        assert_eq!(exp_of(-12.3).to_bits(), 0x3ED3_1765_FDAF_4F38);
        assert_eq!(ln_of(0.3).to_bits(), 0xBFF3_4378_FCBD_A721);
        assert_eq!(pow_of(0.3, 0.7).to_bits(), 0x3FDB_8D80_9C61_5F41);
    }
}
