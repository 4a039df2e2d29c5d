//! Chance for proposals, from a seed and a number: the same in years to come.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A stream of chance.
pub(super) struct Chance(ChaCha8Rng);

/// 2⁻⁵³, the distance between the numbers drawn.
const SPACING: f64 = 1.0 / 9_007_199_254_740_992.0;

impl Chance {
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Self(generator)
    }

    /// A number from 0 up to, but not, 1.
    pub(super) fn number(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * SPACING
    }
}
