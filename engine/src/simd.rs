//! The choice of instruction set at run time: the same work is compiled for the baseline of the
//! platform, for AVX2 and for AVX-512.
//!
//! The bits of a result do not depend on the choice (see [`crate::lanes`]), only the time
//! does.

use pulp::{Simd, WithSimd};

/// A piece of work that is worth compiling for each instruction set.
///
/// `run` and everything it calls in a hot loop must be `#[inline(always)]`: what is not inlined
/// keeps the baseline.
pub trait Work {
    /// What the work results in.
    type Output;

    /// Does the work.
    fn run(self) -> Self::Output;
}

/// A set of vector instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InstructionSet {
    /// What every processor of the platform has: SSE2 on x86-64, NEON on 64-bit ARM.
    Baseline,
    /// x86-64-v3, with vectors of four numbers.
    Avx2,
    /// x86-64-v4, with vectors of eight numbers.
    Avx512,
}

impl InstructionSet {
    /// The widest instruction set of this processor.
    pub fn best() -> Self {
        [Self::Avx512, Self::Avx2].into_iter().find(|set| set.is_available()).unwrap_or(Self::Baseline)
    }

    /// The instruction sets of this processor, from the narrowest to the widest.
    pub fn available() -> Vec<Self> {
        let mut sets = vec![Self::Baseline, Self::Avx2, Self::Avx512];
        sets.retain(|set| set.is_available());
        sets
    }

    /// Whether this processor has the instruction set.
    #[cfg(target_arch = "x86_64")]
    fn is_available(self) -> bool {
        match self {
            Self::Baseline => true,
            Self::Avx2 => pulp::x86::V3::is_available(),
            Self::Avx512 => pulp::x86::V4::is_available(),
        }
    }

    /// Whether this processor has the instruction set.
    #[cfg(not(target_arch = "x86_64"))]
    fn is_available(self) -> bool {
        self == Self::Baseline
    }
}

/// Does the work with an instruction set; with the baseline if this processor lacks it.
pub fn run_on<T: Work>(set: InstructionSet, work: T) -> T::Output {
    match set {
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx512 if let Some(avx512) = pulp::x86::V4::try_new() => Simd::vectorize(avx512, Inlined(work)),
        #[cfg(target_arch = "x86_64")]
        InstructionSet::Avx2 if let Some(avx2) = pulp::x86::V3::try_new() => Simd::vectorize(avx2, Inlined(work)),
        _ => Simd::vectorize(pulp::Scalar, Inlined(work)),
    }
}

/// The same for the parts of a step, of which each is a great deal of code.
#[cfg(not(test))]
pub(crate) use run_on as run_part;

/// The parts of a step are compiled for the baseline alone where the engine tests itself, which takes a third of the time. That they have
/// the same bits with any set is a law, held by `tests/it/laws.rs` against the engine as it is used.
#[cfg(test)]
pub(crate) fn run_part<T: Work>(_: InstructionSet, work: T) -> T::Output {
    Simd::vectorize(pulp::Scalar, Inlined(work))
}

/// Hands the work to `pulp`. A struct, since a closure would not be inlined into the vector code.
struct Inlined<T>(T);

impl<T: Work> WithSimd for Inlined<T> {
    type Output = T::Output;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> T::Output {
        self.0.run()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::{Dice, Luck, Purpose};
    use crate::lanes::{LANES, Lanes, keep_lanes_together, select};
    use crate::rows::Packing;

    /// A little of everything the model does: draws, elementary functions, comparison and choice.
    struct Everything {
        runs: [u64; LANES],
    }

    impl Work for Everything {
        type Output = Vec<[u64; LANES]>;

        #[inline(always)]
        fn run(self) -> Self::Output {
            let (dice, luck) = (Dice::new(&Packing::Runs(self.runs)), Luck::of_place(42));
            let mut kept = vec![[0; LANES]; 10 * 16];
            let mut total = Lanes::ZERO;
            let mut bits = Vec::new();
            for step in 0..25 {
                for row in 0..40 {
                    let draw = dice.block(&luck, Purpose::Need, step, row / 4, &mut kept).of(row);
                    let strength = draw.standard_normal_quantile();
                    let stock = (0.3 * strength).exp();
                    let yielded = stock.pow(0.4 + draw) - 0.1 * stock.ln() / (1.0 + draw).sqrt();
                    let plenty = yielded.greater(1.0) & !draw.at_most(0.2);
                    total = total * 0.9 + select(plenty, yielded.clamp(0.5, 1.5), -yielded.abs());
                    keep_lanes_together();
                }
                bits.push(total.to_array().map(f64::to_bits));
            }
            bits
        }
    }

    fn every_instruction_set_agrees_on(runs: [u64; LANES]) {
        let expected = run_on(InstructionSet::Baseline, Everything { runs });
        for set in InstructionSet::available() {
            assert_eq!(run_on(set, Everything { runs }), expected, "{set:?}");
        }
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits() {
        every_instruction_set_agrees_on(std::array::from_fn(|lane| lane as u64));
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits_where_lanes_share_a_run() {
        every_instruction_set_agrees_on([3; LANES]);
    }

    #[test]
    fn a_run_has_the_same_bits_in_whatever_company() {
        let set = InstructionSet::best();
        let in_order = run_on(set, Everything { runs: std::array::from_fn(|lane| lane as u64) });
        let reversed = run_on(set, Everything { runs: std::array::from_fn(|lane| (LANES - 1 - lane) as u64) });
        let alone = run_on(set, Everything { runs: [5; LANES] });
        for ((in_order, reversed), alone) in in_order.iter().zip(&reversed).zip(&alone) {
            assert_eq!(in_order[5], reversed[LANES - 1 - 5]);
            assert_eq!(in_order[5], alone[9]);
        }
    }

    #[test]
    fn the_best_instruction_set_is_the_widest_available() {
        let available = InstructionSet::available();
        assert_eq!(available.first(), Some(&InstructionSet::Baseline));
        assert_eq!(available.last(), Some(&InstructionSet::best()));
        assert!(available.is_sorted());
    }
}
