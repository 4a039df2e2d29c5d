//! Runs from the first step to the last.

use crate::clocks::Clocks;
use crate::failure;
use crate::lanes::LANES;
use crate::record::{Record, Recorder};
use crate::rows::{Packing, Rows};
use crate::setup::Setup;
use crate::simd::{self, InstructionSet, Work};
use crate::stage::stages;
use crate::step::{Moment, OwnRule, Stage};
use crate::world::World;

/// Runs the scenario for the sixteen run numbers given. The result depends on setup, seed and run numbers alone.
///
/// Of a run that failed nothing is left but [`FAILED`](super::failure::FAILED).
pub fn run(setup: &Setup, seed: u64, runs: [u64; LANES], instructions: InstructionSet) -> Record {
    Workspace::new(setup, seed).run(setup, runs, instructions)
}

/// The same under a rule of one's own besides those of the scenario ([`OwnRule`]).
///
/// ```
/// # use commonground_engine::{lanes::Lanes, record::Record, run::run_under, setup::Setup, simd::InstructionSet};
/// /// Nobody is ever fined.
/// fn amnesty(setup: &Setup) -> Record {
///     let runs = std::array::from_fn(|lane| lane as u64);
///     run_under(setup, 1, runs, InstructionSet::best(), &mut |_, stage, place| {
///         if stage == "inform" {
///             place.fine = Lanes::ZERO;
///         }
///     })
/// }
/// ```
pub fn run_under(
    setup: &Setup,
    seed: u64,
    runs: [u64; LANES],
    instructions: InstructionSet,
    rule: OwnRule<'_>,
) -> Record {
    let mut workspace = Workspace::new(setup, seed);
    let mut pass = |moment: &Moment<'_>, stages: &[Stage], world: &mut World| moment.pass_under(rule, stages, world);
    let mut record = workspace.unmarked_by(setup, runs, instructions, &mut pass);
    failure::mark(&mut record);
    record
}

/// Providers from which on it pays to let them ride in the lanes: the columns of sixteen runs of fewer stay in the cache of a core.
const MANY: usize = 2048;

/// The memory of one thread for one setup and seed, which serves all its batches: a run allocates its record and nothing else.
#[derive(Clone, Debug)]
pub struct Workspace {
    stages: Vec<Stage>,
    clocks: Clocks,
    world: World,
    recorder: Recorder,
    /// Whether members of a kind ride in the lanes, and runs follow each other.
    by_member: bool,
}

impl Workspace {
    /// Memory for a setup and a seed.
    pub fn new(setup: &Setup, seed: u64) -> Self {
        Self::packed(setup, seed, are_many(setup))
    }

    /// Memory in which members ride in the lanes, if asked to and where every kind behaves in one way, or else runs. No number
    /// depends on it.
    pub fn packed(setup: &Setup, seed: u64, by_member: bool) -> Self {
        let by_member = by_member && setup.kinds.iter().all(|kind| kind.segments.len() == 1);
        let packing = if by_member { Packing::Members(0) } else { Packing::Runs([0; LANES]) };
        let world = World::begin(setup, seed, &packing);
        let recorder = Recorder::new(setup, world.rows());
        Self { stages: stages(setup), clocks: Clocks::new(setup), world, recorder, by_member }
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
        self.unmarked_by(setup, runs, instructions, &mut |moment, stages, world| moment.pass(stages, world))
    }

    /// The same with each step passed as `pass` does it.
    fn unmarked_by(
        &mut self,
        setup: &Setup,
        runs: [u64; LANES],
        instructions: InstructionSet,
        pass: Pass<'_>,
    ) -> Record {
        if !self.by_member {
            self.ride(setup, &Packing::Runs(runs), instructions, pass);
            return self.recorder.hand_over();
        }
        self.ride(setup, &Packing::Members(runs[0]), instructions, pass);
        let mut record = self.recorder.record.clone();
        for (lane, run) in runs.into_iter().enumerate().skip(1) {
            self.ride(setup, &Packing::Members(run), instructions, pass);
            record.put(lane, &self.recorder.record);
        }
        record
    }

    /// Goes through all steps; what the runs leave behind is then in the recorder.
    fn ride(&mut self, setup: &Setup, packing: &Packing, instructions: InstructionSet, pass: Pass<'_>) {
        let Self { stages, clocks, world, recorder, .. } = self;
        clocks.begin_again();
        world.begin_again(setup, packing);
        recorder.begin_again(setup);
        for step in 0..setup.steps {
            if let Some(weighing) = &mut recorder.sums.fortress {
                weighing.prepare(setup, world, step);
            }
            let setup = clocks.set(setup, world, step);
            pass(&Moment { setup, step, instructions }, stages, world);
            simd::run_on(instructions, Observation { setup, world, step, recorder });
            if let Some(weighing) = &mut recorder.sums.fortress {
                weighing.weigh(setup, world, step, instructions);
            }
            if step + 1 == setup.warm_up {
                world.forget_so_far();
                recorder.forget_so_far();
            }
        }
        recorder.finish(setup, world);
    }
}

/// What does one step.
type Pass<'a> = &'a mut dyn FnMut(&Moment<'_>, &[Stage], &mut World);

/// Whether members of a kind are so many that they had better ride in the lanes, with few of them left empty.
fn are_many(setup: &Setup) -> bool {
    let rows: usize = setup.kinds.iter().map(|kind| Rows::new(kind.count, &Packing::Members(0)).count()).sum();
    let providers = setup.providers();
    providers >= MANY && rows * LANES <= providers + providers / 4
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
