//! Figures from exact sums, in whole numbers as long as they need to be, rounded once.

use num_bigint::{BigInt, BigUint, Sign};

use super::block::Block;

/// The sums of all blocks of a tally.
pub(super) struct Exact {
    sum: BigInt,
    squares: BigUint,
    /// Power of two of a step of the sum.
    step: i32,
}

/// A number as `mantissa` · 2^`exponent`, which may be beyond those that an `f64` holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scaled {
    mantissa: f64,
    exponent: i32,
}

impl Exact {
    /// The sums, in steps of the lowest block.
    pub(super) fn of(blocks: &[Block]) -> Self {
        let step = blocks.first().map_or(0, Block::step);
        let (mut sum, mut squares) = (BigInt::ZERO, BigUint::ZERO);
        for block in blocks {
            let shift = block.step() - step;
            sum += BigInt::from(block.sum) << shift;
            squares += ((BigUint::from(block.squares_upper) << 64_u32) + block.squares_lower) << (2 * shift);
        }
        Self { sum, squares, step }
    }

    /// The sum over a count above zero.
    pub(super) fn mean(&self, count: u64) -> Scaled {
        let size = quotient(self.sum.magnitude(), &BigUint::from(count), self.step);
        if self.sum.sign() == Sign::Minus { Scaled { mantissa: -size.mantissa, ..size } } else { size }
    }

    /// n · Σx² − (Σx)² over n − 1 and over `divisor`, for a count n above 1.
    pub(super) fn spread(&self, count: u64, divisor: u128) -> Scaled {
        let above = BigInt::from(&self.squares * count) - &self.sum * &self.sum;
        // Below zero only for sums that no values have, as in a forged file.
        let above = if above.sign() == Sign::Minus { BigInt::ZERO } else { above };
        quotient(above.magnitude(), &(BigUint::from(count - 1) * divisor), 2 * self.step)
    }
}

/// The quotient of two whole numbers, of which the second is not zero, times 2^`exponent`: rounded to the nearest.
fn quotient(above: &BigUint, below: &BigUint, exponent: i32) -> Scaled {
    /// Bits that a quotient is cut to: more than the 53 of an `f64` by enough for the last to tell whether any follow.
    const KEPT: u64 = 64;
    let shift = (below.bits() + KEPT).saturating_sub(above.bits());
    let shifted = above << shift;
    let whole = &shifted / below;
    let more = whole.bits().saturating_sub(KEPT);
    let kept = &whole >> more;
    let is_cut = (&kept << more) * below != shifted;
    let kept = kept.iter_u64_digits().next().unwrap_or(0) | u64::from(is_cut);
    Scaled { mantissa: kept as f64, exponent: exponent - shift as i32 + more as i32 }
}

impl Scaled {
    /// As a plain number: infinite where it is beyond the largest.
    pub(super) fn value(self) -> f64 {
        libm::scalbn(self.mantissa, self.exponent)
    }

    /// The square root, which is a plain number even where the number itself is none.
    pub(super) fn root(self) -> f64 {
        let odd = self.exponent.rem_euclid(2);
        libm::scalbn(libm::scalbn(self.mantissa, odd).sqrt(), (self.exponent - odd) / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotient_is_rounded_once_and_to_the_nearest() {
        let of = |above: u64, below: u64| quotient(&above.into(), &below.into(), 0).value();
        for (above, below) in [(1, 3), (2, 3), (10, 7), (9_007_199_254_740_993, 1), (1 << 60, 3), (7, 1 << 60), (0, 5)]
        {
            let expected = above as f64 / below as f64; // both are exact, but for the one above 2⁵³
            assert!((of(above, below) - expected).abs() <= 0.0, "{above} / {below}");
        }
    }

    #[test]
    fn a_root_of_a_number_beyond_the_largest_is_a_number() {
        let square = Scaled { mantissa: 1.0, exponent: 2_001 };
        assert!(square.value().is_infinite());
        let root = square.root();
        assert!((root / libm::scalbn(1.0, 1_000) - 2.0_f64.sqrt()).abs() < 1e-15);
    }
}
