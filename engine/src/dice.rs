//! Chance with an address: every draw is a function of seed, purpose, name of the kind, run, step and number within the kind,
//! and nothing is drawn "next".
//!
//! One more draw in one place therefore shifts no other: arms of an experiment meet the same luck, a kind or a provider that
//! joins moves no draw of the others, and any packing of runs into lanes, any order and any number of threads give the same
//! bits.
//!
//! The numbers are those of [`rand_chacha::ChaCha8Rng`] at a place in its public layout: key as expanded by
//! `seed_from_u64(seed ^ hash(name))`, stream `purpose · 2^56 + run`, block `(step / 4) · 2^20 + number / 4`, and in it word
//! `4 (step mod 4) + number mod 4`. A block of sixteen words thus serves four members for four steps, so that kinds of three
//! members and kinds of a thousand both waste little; what is not yet needed is kept.

mod chacha;

use crate::lanes::{LANES, Lanes};
use crate::rows::{BLOCK, Packing};
use chacha::{Block, Key};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// What a draw is for; draws for different purposes are independent. The numbers are part of every result: never change one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
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
    /// Which option is decided where that is left to the draw.
    Lot = 15,
    /// Whether a provider reviews its plan.
    Review = 16,
    /// By how much a place differs from others, and its years from each other.
    Spread = 17,
}

/// Whose luck it is: that of a kind or a shock by its name, or of the place as a whole.
#[derive(Clone, Copy, Debug)]
pub struct Luck(Key);

/// The words that a kind has drawn for one purpose and not yet needed: a block of the generator for each block of rows.
pub type Kept = Vec<[u32; LANES]>;

/// The chance of what rides in the lanes.
#[derive(Clone, Debug)]
pub struct Dice {
    /// Low and high words of the run in each lane.
    runs: [[u32; LANES]; 2],
    /// How many blocks of the generator each lane is ahead of the first.
    ahead: [u32; LANES],
    in_lanes: bool,
}

/// The draws of a block of rows.
#[derive(Clone, Copy)]
pub struct Draws([[u32; LANES]; BLOCK]);

/// Only so many bits of a run number count.
const RUN_BITS: u64 = (1 << 56) - 1;
/// Bits of a block's number that are left for members: up to four million a kind.
const MEMBER_BITS: u32 = 20;
/// Words of a block of the generator.
const WORDS: usize = chacha::WORDS;

impl Luck {
    /// The luck of a kind or a shock of this name under a seed.
    pub fn of(seed: u64, name: &str) -> Self {
        Self(chacha::key(ChaCha8Rng::seed_from_u64(seed ^ hash(name)).get_seed()))
    }

    /// The luck of the place as a whole.
    pub fn of_place(seed: u64) -> Self {
        Self::of(seed, "")
    }
}

/// FNV-1a, shifted so that no name at all has the hash nought.
fn hash(name: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    name.bytes().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)) ^ OFFSET
}

impl Dice {
    /// The chance of the runs that ride in the lanes.
    pub fn new(packing: &Packing) -> Self {
        let (runs, ahead, in_lanes) = match packing {
            Packing::Runs(runs) => (*runs, [0; LANES], false),
            Packing::Members(run) => ([*run; LANES], std::array::from_fn(|lane| lane as u32), true),
        };
        let runs = runs.map(|run| run & RUN_BITS);
        Self { runs: [runs.map(|run| run as u32), runs.map(|run| (run >> 32) as u32)], ahead, in_lanes }
    }

    /// One uniform number in (0, 1) for each of a block of rows. `kept` holds what was drawn for four steps at once.
    #[inline(always)]
    pub fn block(&self, luck: &Luck, purpose: Purpose, step: u32, block: usize, kept: &mut [[u32; LANES]]) -> Draws {
        let own = &mut kept[block * WORDS..][..WORDS];
        if step.is_multiple_of(BLOCK as u32) {
            let first = if self.in_lanes { block * LANES } else { block };
            own.copy_from_slice(&self.words(luck, purpose, step, first, &self.ahead));
        }
        let at = step as usize % BLOCK * BLOCK;
        Draws([own[at], own[at + 1], own[at + 2], own[at + 3]])
    }

    /// One uniform number in (0, 1) for one member of a kind, or for whatever has that number, in each lane's run.
    ///
    /// It costs as much as a block of sixteen: for draws that are seldom needed, and therefore kept out of the step's own code.
    #[inline(never)]
    pub fn uniform(&self, luck: &Luck, purpose: Purpose, step: u32, number: usize) -> Lanes {
        let words = self.words(luck, purpose, step, number / BLOCK, &[0; LANES]);
        unit_interval(&words[step as usize % BLOCK * BLOCK + number % BLOCK])
    }

    /// The draws of the first members of a kind, one by one: for tests, and for whoever wants to see them.
    pub fn each(&self, luck: &Luck, purpose: Purpose, step: u32, members: usize) -> Vec<Lanes> {
        (0..members).map(|member| self.uniform(luck, purpose, step, member)).collect()
    }

    #[inline(always)]
    fn words(&self, luck: &Luck, purpose: Purpose, step: u32, block: usize, ahead: &[u32; LANES]) -> Block {
        let step = step / BLOCK as u32;
        let (mut low, mut high) = (*ahead, self.runs[1]);
        for lane in 0..LANES {
            low[lane] += (step << MEMBER_BITS) + block as u32;
            high[lane] |= (purpose as u32) << 24;
        }
        chacha::blocks(&luck.0, &[low, [step >> (32 - MEMBER_BITS); LANES], self.runs[0], high])
    }
}

impl Draws {
    /// The draw of a row.
    #[inline(always)]
    pub fn of(&self, row: usize) -> Lanes {
        unit_interval(&self.0[row % BLOCK])
    }
}

/// `(word + ½) / 2^32`, exactly: the word becomes the lowest bits of a number above 2^20, from which the rest is taken away.
/// The smallest is 2^−33 and the largest 1 − 2^−33.
#[inline(always)]
fn unit_interval(words: &[u32; LANES]) -> Lanes {
    const TWO_TO_20: u64 = 0x4130_0000_0000_0000;
    const HALF_A_STEP: f64 = 0.5 / 4_294_967_296.0;
    Lanes::from_fn(|lane| f64::from_bits(TWO_TO_20 | u64::from(words[lane])) - (1_048_576.0 - HALF_A_STEP))
}

#[cfg(test)]
mod tests;
