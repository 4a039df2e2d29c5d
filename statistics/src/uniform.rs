//! Chance for designs and resampling: ChaCha8 read as numbers.
//!
//! Uniform numbers and the order of a shuffle are made here and not by `rand`, which may change how it makes them: the same
//! seed must give the same design in years to come.

use super::distribution::normal_quantile;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of chance that depends on its seed alone.
#[derive(Debug)]
pub struct Uniform(ChaCha8Rng);

/// 2⁻⁵³, the distance between the numbers drawn.
const SPACING: f64 = 1.0 / 9_007_199_254_740_992.0;

impl Uniform {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// One of the many streams of a seed, none of which meets another.
    pub fn stream(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// A number from 0 up to, but not, 1.
    pub fn number(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * SPACING
    }

    /// A number from the standard normal distribution.
    pub(super) fn normal(&mut self) -> f64 {
        normal_quantile(self.number().max(SPACING))
    }

    /// A whole number below `limit`; 0 for no limit at all. One is favoured over another by less than 2⁻⁴⁰ as long as the
    /// limit is below 2¹³ and by too little to matter for any list that fits in memory.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.number() * limit as f64) as usize
    }

    /// The numbers below `count` in an order that any other order is as likely as (Fisher and Yates).
    pub(super) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for last in (1..count).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_order_and_every_number_once() {
        let order = Uniform::new(7).order(50);
        assert_eq!(order, Uniform::new(7).order(50));
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>());
        assert_ne!(order, sorted);
    }

    /// Of 60,000 throws of a die each face is expected 10,000 times, with a standard deviation of 91.
    #[test]
    fn a_die_has_no_favourite() {
        let mut uniform = Uniform::new(1);
        let mut faces = [0_u32; 6];
        (0..60_000).for_each(|_| faces[uniform.below(6)] += 1);
        assert!(faces.iter().all(|count| count.abs_diff(10_000) < 400), "{faces:?}");
    }
}
