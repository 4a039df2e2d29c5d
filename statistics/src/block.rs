//! Exact sums of values of about the same size, as whole numbers.

use serde::{Deserialize, Serialize};

use super::read;

/// How many values are taken in at once.
pub(super) const LANES: usize = 16;

/// Bits of an `f64` behind its leading one.
const MANTISSA_BITS: u32 = 52;
const MANTISSA: u64 = (1 << MANTISSA_BITS) - 1;
/// All bits but the sign.
const SIZE: u64 = u64::MAX >> 1;
/// The size of the first number that is none.
const INFINITE: u64 = 0x7ff << MANTISSA_BITS;
/// A block holds eight powers of two: three bits of the exponent tell a value's place in its block, the rest the block.
const BLOCK_SHIFT: u32 = MANTISSA_BITS + 3;

/// The sum and the sum of squares of the values whose exponent, but for its last three bits, is the number of the block.
///
/// A value with the exponent e is m · 2^(e − 1075) with a whole number m below 2⁵³, so in steps of 2^(8 · number − 1075) it is a
/// whole number below 2⁶⁰, and its square one below 2¹²⁰. Of 2⁴⁰ values the sum stays below 2¹⁰⁰ and that of the squares below
/// 2¹⁶⁰; the first has room to 2¹²⁷, the second to 2¹⁹².
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Block {
    pub(super) number: u8,
    pub(super) sum: i128,
    /// The sum of squares but for its last 64 bits.
    pub(super) squares_upper: u128,
    /// Its last 64 bits.
    pub(super) squares_lower: u64,
}

/// What values of one block come to, sixteen at most.
pub(super) struct Sums {
    pub(super) number: u8,
    sum: i128,
    pub(super) squares: u128,
}

impl Block {
    pub(super) const fn empty(number: u8) -> Self {
        Self { number, sum: 0, squares_upper: 0, squares_lower: 0 }
    }

    /// Power of two of a step of the sum; a step of the squares has twice that.
    pub(super) fn step(&self) -> i32 {
        8 * i32::from(self.number) - 1075
    }

    /// Adds a value.
    #[inline]
    pub(super) fn add(&mut self, steps: i64) {
        let size = u128::from(steps.unsigned_abs());
        self.sum += i128::from(steps);
        self.add_squares(size * size);
    }

    /// Adds what some values come to.
    #[inline(always)]
    pub(super) fn add_sums(&mut self, sums: &Sums) {
        self.sum += sums.sum;
        self.add_squares(sums.squares);
    }

    /// Adds all that `other` has, whose number must be the same.
    pub(super) fn merge(&mut self, other: &Self) {
        self.sum += other.sum;
        self.add_squares(u128::from(other.squares_lower));
        self.squares_upper += other.squares_upper;
    }

    #[inline(always)]
    fn add_squares(&mut self, squares: u128) {
        let (lower, carried) = self.squares_lower.overflowing_add(squares as u64);
        self.squares_lower = lower;
        self.squares_upper += (squares >> 64) + u128::from(carried);
    }

    /// Whether so many values can come to these sums.
    pub(super) fn is_possible(&self, count: u64) -> bool {
        let count = u128::from(count.min(read::LARGEST_COUNT));
        let some = self.squares_upper > 0 || self.squares_lower > 0;
        some && self.sum.unsigned_abs() < count << 60 && self.squares_upper < count << 56
    }
}

/// The block of a finite value that is not zero, and its number of steps there.
#[inline]
pub(super) fn in_steps(value: f64) -> (u8, i64) {
    let size = value.to_bits() & SIZE;
    let exponent = size >> MANTISSA_BITS;
    let number = exponent >> 3;
    let leading = u64::from(exponent > 0) << MANTISSA_BITS;
    // The smallest numbers, which have no leading one, are written with the exponent 0 and mean 1.
    let steps = ((size & MANTISSA) | leading) << (exponent.max(1) - 8 * number);
    (number as u8, if value < 0.0 { -steps.cast_signed() } else { steps.cast_signed() })
}

/// The sums of sixteen values, if all but zeros are finite and in one block other than the lowest; without any but zeros those
/// of the lowest, which are zero.
#[inline(always)]
pub(super) fn sums_of(values: &[f64; LANES]) -> Option<Sums> {
    let bits = values.map(f64::to_bits);
    let sizes = bits.map(|bits| bits & SIZE);
    // If all are in one block this is in it, too; if not, some value is in another.
    let all = sizes.iter().fold(0, |all, size| all | size);
    let number = all >> BLOCK_SHIFT;
    // Without a branch for each, which is what makes it fast.
    let strays =
        sizes.iter().map(|size| u32::from(*size >> BLOCK_SHIFT != number) & u32::from(*size != 0)).sum::<u32>() > 0;
    if strays || number == 0 || all >= INFINITE {
        // Often all are zero.
        return (all == 0).then_some(Sums { number: 0, sum: 0, squares: 0 });
    }
    Some(sums_in(bits, sizes, number))
}

/// The sums of sixteen values that are zero or in that block, which is not the lowest.
#[inline(always)]
fn sums_in(bits: [u64; LANES], sizes: [u64; LANES], number: u64) -> Sums {
    let mut steps = [0_u64; LANES];
    for (steps, size) in steps.iter_mut().zip(sizes) {
        let leading = u64::from(size != 0) << MANTISSA_BITS;
        *steps = ((size & MANTISSA) | leading) << ((size >> MANTISSA_BITS) & 7);
    }
    let mut signed = [0_i64; LANES];
    for ((signed, steps), bits) in signed.iter_mut().zip(steps).zip(bits) {
        let negative = bits.cast_signed() >> 63;
        *signed = (steps.cast_signed() ^ negative) - negative;
    }
    // Eight values of less than 2⁶⁰ come to less than 2⁶³.
    let half = |from: usize| i128::from(signed[from..from + LANES / 2].iter().sum::<i64>());
    let squares = steps.iter().fold(0_u128, |sum, steps| sum + u128::from(*steps) * u128::from(*steps));
    Sums { number: number as u8, sum: half(0) + half(LANES / 2), squares }
}

/// The sums of sixteen values of several blocks, one after the other from the one with the largest. Zeros are in none.
pub(super) struct Mixed {
    left: [u64; LANES],
}

impl Mixed {
    pub(super) fn new(values: &[f64; LANES]) -> Self {
        Self { left: values.map(f64::to_bits) }
    }

    /// Whether each value is zero or in some block other than the lowest.
    pub(super) fn is_plain(&self) -> bool {
        self.left.iter().map(|bits| bits & SIZE).all(|size| size == 0 || (size < INFINITE && size >> BLOCK_SHIFT > 0))
    }
}

impl Iterator for Mixed {
    type Item = Sums;

    #[inline]
    fn next(&mut self) -> Option<Sums> {
        let largest = self.left.iter().fold(0, |largest, bits| largest.max(bits & SIZE));
        if largest == 0 {
            return None;
        }
        let number = largest >> BLOCK_SHIFT;
        let mut here = [0; LANES];
        for (left, here) in self.left.iter_mut().zip(&mut here) {
            (*left, *here) = if (*left & SIZE) >> BLOCK_SHIFT == number { (0, *left) } else { (*left, 0) };
        }
        Some(sums_in(here, here.map(|bits| bits & SIZE), number))
    }
}
