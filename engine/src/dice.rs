//! Chance with an address: every draw is a function of seed, run, purpose, step and provider, and
//! nothing is drawn "next".
//!
//! One more draw in one place therefore shifts no other, arms of an experiment meet the same luck,
//! and any packing of runs into lanes, any order and any number of threads give the same bits.
//!
//! The numbers are those of [`rand_chacha::ChaCha8Rng`] at a place in its public layout: key as
//! expanded by `seed_from_u64(seed)`, stream `purpose · 2^56 + run`, word `step · 2^20 + provider`.

mod chacha;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::lanes::{LANES, Lanes, keep_lanes_together};
use chacha::{Block, Key, WORDS};

/// What a draw is for; draws for different purposes are independent. The numbers are part of every
/// result: never change one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Stream {
    /// How much a provider needs in this step.
    Need = 1,
    /// Which of its options a provider takes.
    Choice = 2,
    /// Whether a provider is inspected.
    Audit = 3,
    /// Whom a provider compares itself with.
    Peer = 5,
    /// Whether a provider tries something at random.
    Mutation = 6,
    /// Whether a shock strikes.
    Shock = 7,
    /// How wrong members are about the pool when they vote.
    Vote = 8,
    /// How wrong the authority is that sets a quota.
    Quota = 9,
    /// What a provider learns about the others' conduct.
    Trust = 10,
    /// Whether a provider looks at a peer in this step.
    Revision = 11,
    /// Whether a provider that compares itself with another does as that one does.
    Copy = 12,
    /// Whether a leader leaves.
    Leader = 13,
    /// Whether the national level intervenes.
    Authority = 14,
}

/// The chance of the sixteen runs that ride in the lanes.
#[derive(Clone, Debug)]
pub struct Dice {
    key: Key,
    runs: [u64; LANES],
    /// The same run rides in every lane, so that one set of draws serves them all.
    shared: bool,
}

impl Dice {
    /// Chance from a seed for the runs with these numbers, one a lane.
    ///
    /// Only the low 56 bits of a run number count. Lanes with the same number get the same draws;
    /// where all sixteen are equal (arms or variants of one run), the draws are computed once.
    pub fn new(seed: u64, runs: [u64; LANES]) -> Self {
        const RUN_BITS: u64 = (1 << 56) - 1;
        let runs = runs.map(|run| run & RUN_BITS);
        Self {
            key: chacha::key(ChaCha8Rng::seed_from_u64(seed).get_seed()),
            runs,
            shared: runs.iter().all(|run| *run == runs[0]),
        }
    }

    /// One uniform number in (0, 1) for each provider: provider `i` at `draws[i]`.
    ///
    /// A draw is `(word + ½) / 2^32`, so the smallest is 2^−33 and the largest 1 − 2^−33. Beyond
    /// 2^20 providers the addresses run into those of the next step, so keep below.
    #[inline(always)]
    pub fn fill(&self, stream: Stream, step: u32, draws: &mut [Lanes]) {
        let providers_at_once = if self.shared { WORDS * LANES } else { WORDS };
        for (batch, providers) in draws.chunks_mut(providers_at_once).enumerate() {
            let words = self.blocks(stream, step, batch);
            for (provider, draw) in providers.iter_mut().enumerate() {
                *draw = if self.shared {
                    unit_interval(&[words[provider % WORDS][provider / WORDS]; LANES])
                } else {
                    unit_interval(&words[provider])
                };
                keep_lanes_together();
            }
        }
    }

    /// One uniform number in (0, 1) for one provider, the same as [`fill`](Self::fill) gives it.
    ///
    /// It costs as much as sixteen providers in one go: for draws that are seldom needed, and therefore kept out of the
    /// step's own code.
    #[inline(never)]
    pub fn uniform(&self, stream: Stream, step: u32, provider: u32) -> Lanes {
        let provider = provider as usize;
        let counter = first_block(step) + (provider / WORDS) as u64;
        let words = chacha::blocks(&self.key, |_| counter, |lane| nonce(stream, self.runs[lane]));
        unit_interval(&words[provider % WORDS])
    }

    /// The next words of a stream. Where each lane carries its own run: sixteen neighbouring providers of each. Where the
    /// same run rides in all: sixteen blocks of it, that is 256 providers.
    #[inline(always)]
    fn blocks(&self, stream: Stream, step: u32, batch: usize) -> Block {
        let (first, stride) = if self.shared { (batch * LANES, 1) } else { (batch, 0) };
        let first = first_block(step) + first as u64;
        chacha::blocks(&self.key, |lane| first + lane as u64 * stride, |lane| nonce(stream, self.runs[lane]))
    }
}

/// The number of the block that holds the draws of the first sixteen providers in a step.
#[inline(always)]
fn first_block(step: u32) -> u64 {
    u64::from(step) << 16
}

/// The stream of the generator for a purpose and a run.
#[inline(always)]
fn nonce(stream: Stream, run: u64) -> u64 {
    ((stream as u64) << 56) | run
}

/// `(word + ½) / 2^32`, exactly: the word becomes the lowest bits of a number above 2^20, from
/// which the rest is taken away.
#[inline(always)]
fn unit_interval(words: &[u32; LANES]) -> Lanes {
    const TWO_TO_20: u64 = 0x4130_0000_0000_0000;
    const HALF_A_STEP: f64 = 0.5 / 4_294_967_296.0;
    Lanes::from_fn(|lane| f64::from_bits(TWO_TO_20 | u64::from(words[lane])) - (1_048_576.0 - HALF_A_STEP))
}

#[cfg(test)]
mod tests;
