//! Runs from the first step to the last.

use crate::failure;
use crate::lanes::LANES;
use crate::record::{Record, Recorder};
use crate::rows::Packing;
use crate::setup::Setup;
use crate::simd::{self, InstructionSet, Work};
use crate::stage::stages;
use crate::step::{Moment, Stage};
use crate::world::World;

/// Runs the scenario for the sixteen run numbers given. The result depends on setup, seed and run numbers alone.
///
/// Of a run that failed nothing is left but [`FAILED`](super::failure::FAILED).
pub fn run(setup: &Setup, seed: u64, runs: [u64; LANES], instructions: InstructionSet) -> Record {
    Workspace::new(setup, seed).run(setup, runs, instructions)
}

/// The memory of one thread for one setup and seed, which serves all its batches.
#[derive(Clone, Debug)]
pub struct Workspace {
    stages: Vec<Stage>,
    world: World,
}

impl Workspace {
    /// Memory for a setup and a seed.
    pub fn new(setup: &Setup, seed: u64) -> Self {
        Self { stages: stages(setup), world: World::begin(setup, seed, &Packing::Runs([0; LANES])) }
    }

    /// Runs the setup that this memory was made for, for the sixteen run numbers given.
    ///
    /// Of a run that failed nothing is left but [`FAILED`](crate::limits::FAILED).
    pub fn run(&mut self, setup: &Setup, runs: [u64; LANES], instructions: InstructionSet) -> Record {
        let mut record = self.unmarked(setup, runs, instructions);
        failure::mark(&mut record);
        record
    }

    /// The same with all that failed runs have come to.
    pub(crate) fn unmarked(&mut self, setup: &Setup, runs: [u64; LANES], instructions: InstructionSet) -> Record {
        let Self { stages, world } = self;
        world.begin_again(setup, &Packing::Runs(runs));
        let mut recorder = Recorder::new(setup);
        for step in 0..setup.steps {
            if let Some(weighing) = &mut recorder.sums.fortress {
                weighing.prepare(setup, world, step);
            }
            Moment { setup, step, instructions }.pass(stages, world);
            simd::run_on(instructions, Observation { setup, world, step, recorder: &mut recorder });
            if let Some(weighing) = &mut recorder.sums.fortress {
                weighing.weigh(setup, world, step, instructions);
            }
        }
        recorder.finish(setup, world)
    }
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
