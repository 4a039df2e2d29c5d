//! The quantile of the standard normal distribution, for chance that is not uniform.

use super::{Lanes, select};

impl Lanes {
    /// The number below which a standard normal variable falls with this probability, correct to
    /// 1e-6.
    ///
    /// The probability is first clamped to 2^−33 to 1 − 2^−33, the range of
    /// [`Dice`](crate::dice::Dice); so the result lies between −6.35 and 6.35. It is
    /// antisymmetric: exchanging `u` and `1 − u` changes the sign and nothing else.
    ///
    /// Source: Wichura, M. J. (1988). Algorithm AS 241: The percentage points of the normal
    /// distribution. *Journal of the Royal Statistical Society C* 37(3), 477–484, routine PPND7.
    #[inline(always)]
    #[must_use]
    pub fn standard_normal_quantile(self) -> Self {
        let probability = self.clamp(SMALLEST_DRAW, 1.0 - SMALLEST_DRAW);
        let distance = probability - 0.5;
        let is_near = distance.abs().at_most(0.425);
        let (near, far) = (near_the_middle(distance), in_the_tail(probability.min(1.0 - probability)));
        let far = (select(distance.less(0.0), -far.0, far.0), far.1);
        select(is_near, near.0, far.0) / select(is_near, near.1, far.1)
    }
}

/// Half a step of a 32-bit draw, 2^−33: the smallest uniform number that is ever drawn.
const SMALLEST_DRAW: f64 = 0.5 / 4_294_967_296.0;

/// The quantile of the probability at this distance from a half, at most 0.425, as a fraction.
#[inline(always)]
fn near_the_middle(distance: Lanes) -> (Lanes, Lanes) {
    let x = 0.180_625 - distance * distance;
    let above = ((59.109_374_720 * x + 159.291_132_02) * x + 50.434_271_938) * x + 3.387_132_717_9;
    let below = ((67.187_563_600 * x + 78.757_757_664) * x + 17.895_169_469) * x + 1.0;
    (distance * above, below)
}

/// The size of the quantile where this much probability, at most 0.075, is left beyond it, as a fraction.
#[inline(always)]
fn in_the_tail(tail: Lanes) -> (Lanes, Lanes) {
    let x = (-tail.ln()).sqrt() - 1.6;
    let above = ((0.170_238_211_03 * x + 1.306_728_481_6) * x + 2.756_815_390_0) * x + 1.423_437_277_7;
    let below = (0.120_211_329_75 * x + 0.737_001_642_50) * x + 1.0;
    (above, below)
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

    fn quantile(probability: f64) -> f64 {
        Lanes::all(probability).standard_normal_quantile().lane(7)
    }

    /// The probability that a standard normal variable falls below `z ≤ 0`: for small sizes by the
    /// series of Marsaglia (2004), in the tail by the continued fraction of Laplace.
    fn normal_probability(z: f64) -> f64 {
        let density = normal_density(z);
        if z > -2.0 {
            let (mut sum, mut term, mut odd) = (z, z, 1.0);
            while term.abs() > 1e-18 {
                odd += 2.0;
                term *= z * z / odd;
                sum += term;
            }
            return 0.5 + density * sum;
        }
        density / (1..=200).rev().fold(-z, |below, k| -z + f64::from(k) / below)
    }

    fn normal_density(z: f64) -> f64 {
        (-0.5 * z * z).exp() / std::f64::consts::TAU.sqrt()
    }

    #[test]
    fn the_normal_quantile_is_correct_to_one_in_a_million() {
        const TOLERANCE: f64 = 1e-6;
        let everywhere = scattered(SMALLEST_DRAW, 0.5);
        let tail = scattered(SMALLEST_DRAW.ln(), 0.5_f64.ln()).map(f64::exp);
        for probability in everywhere.chain(tail).chain([SMALLEST_DRAW, 0.075, 0.5]) {
            let z = quantile(probability);
            let error = (normal_probability(z) - probability) / normal_density(z);
            assert!(error.abs() < TOLERANCE, "quantile({probability}) = {z} is off by {error}");
        }
    }

    #[test]
    fn the_normal_quantile_meets_the_tables() {
        for (probability, expected) in [(0.5, 0.0), (0.841_344_746_068_543, 1.0), (0.975, 1.959_963_984_540_054)] {
            assert!((quantile(probability) - expected).abs() < 1e-6);
        }
    }

    #[test]
    fn the_normal_quantile_is_antisymmetric_and_bounded() {
        for probability in scattered(0.0, 0.5).map(|draw| (draw * 65_536.0).round() / 65_536.0) {
            assert!((quantile(probability) + quantile(1.0 - probability)).abs() <= 0.0, "{probability}");
        }
        assert_eq!(quantile(-1.0).to_bits(), quantile(SMALLEST_DRAW).to_bits());
        assert!(quantile(0.0) > -6.35 && quantile(1.0) < 6.35);
    }

    #[test]
    fn the_bits_are_those_of_every_other_machine() {
        assert_eq!(quantile(0.01).to_bits(), 0xC002_9C5C_5AF0_4CE2);
        assert_eq!(quantile(0.7).to_bits(), 0x3FE0_C7E3_9CE2_490C);
    }
}
