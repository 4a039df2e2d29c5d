//! Sixteen runs from the first step to the last.

use super::dice::Dice;
use super::failure;
use super::lanes::LANES;
use super::record::{Record, Recorder};
use super::setup::Setup;
use super::simd::{self, InstructionSet, Work};
use super::step::Moment;
use super::world::World;

/// Runs the scenario for the sixteen run numbers given. The result depends on setup, seed and run numbers alone.
///
/// Of a run that failed nothing is left but [`FAILED`](super::failure::FAILED).
pub fn run(setup: &Setup, seed: u64, runs: [u64; LANES], instructions: InstructionSet) -> Record {
    let mut record = unmarked(setup, seed, runs, instructions);
    failure::mark(&mut record);
    record
}

/// The same with all that failed runs have come to.
pub(super) fn unmarked(setup: &Setup, seed: u64, runs: [u64; LANES], instructions: InstructionSet) -> Record {
    let dice = Dice::new(seed, runs);
    let mut world = World::begin(setup);
    let mut recorder = Recorder::new(setup);
    for step in 0..setup.steps {
        if let Some(weighing) = &mut recorder.fortress {
            weighing.prepare(setup, &world, step);
        }
        Moment { setup, dice: &dice, step, instructions }.pass(&mut world);
        simd::run_on(instructions, Observation { setup, world: &world, step, recorder: &mut recorder });
        if let Some(weighing) = &mut recorder.fortress {
            weighing.weigh(setup, &world, step, instructions);
        }
    }
    recorder.finish(setup, &world)
}

struct Observation<'a> {
    setup: &'a Setup,
    world: &'a World,
    step: u32,
    recorder: &'a mut Recorder,
}

impl Work for Observation<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.recorder.observe(self.setup, self.world, self.step);
    }
}
