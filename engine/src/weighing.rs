//! The fortress index of a run: taken at some of its steps, since each taking costs as much as a good part of a step.

use crate::fortress::{Index, Scratch};
use crate::lanes::Lanes;
use crate::pool::PoolState;
use crate::setup::Setup;
use crate::simd::{self, InstructionSet};
use crate::world::World;

/// The most steps of a run at which the index is taken.
const MOST: u32 = 24;

/// Takes the index while runs go on.
#[derive(Clone, Debug)]
pub(crate) struct Weighing {
    /// Steps from one taking to the next.
    stride: u32,
    sum: Lanes,
    count: u32,
    /// The pools as they were before the step, where the index is to be taken.
    before: Vec<PoolState>,
    scratch: Scratch,
}

impl Weighing {
    /// For a world of so many rows.
    pub(crate) fn new(setup: &Setup, rows: usize) -> Self {
        Self {
            stride: setup.steps.div_ceil(MOST).max(1),
            sum: Lanes::ZERO,
            count: 0,
            before: Vec::with_capacity(setup.pools.len()),
            scratch: Scratch::new(setup, rows),
        }
    }

    /// Back to before the first step, with the same room to work in.
    pub(crate) fn begin_again(&mut self) {
        (self.sum, self.count) = (Lanes::ZERO, 0);
    }

    /// Takes note of the pools before a step.
    pub(crate) fn prepare(&mut self, setup: &Setup, world: &World, step: u32) {
        if self.is_due(setup, step) {
            self.before.clone_from(&world.pools);
        }
    }

    /// Takes the index of a step that has just ended, if it is due.
    pub(crate) fn weigh(&mut self, setup: &Setup, world: &World, step: u32, instructions: InstructionSet) {
        let Some(benchmark) = &setup.benchmark else { return };
        if self.is_due(setup, step) {
            let Self { before, scratch, .. } = self;
            let index = Index { setup, world, before, shadow: &benchmark.shadow, scratch };
            self.sum += simd::run_on(instructions, index);
            self.count += 1;
        }
    }

    /// The mean of what has been taken.
    pub(crate) fn mean(&self) -> Lanes {
        self.sum * (1.0 / f64::from(self.count.max(1)))
    }

    /// Whether the index is taken at a step; it is at the last.
    fn is_due(&self, setup: &Setup, step: u32) -> bool {
        (setup.steps - 1 - step).is_multiple_of(self.stride)
    }
}
