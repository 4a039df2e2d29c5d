//! The fortress index of a run: taken at some of its steps, since each taking costs as much as a good part of a step.

use super::fortress::Index;
use super::lanes::Lanes;
use super::pool::PoolState;
use super::setup::Setup;
use super::simd::{self, InstructionSet};
use super::world::World;

/// The most steps of a run at which the index is taken.
const MOST: u32 = 24;

/// Takes the index while runs go on.
#[derive(Clone, Debug)]
pub(super) struct Weighing {
    /// Steps from one taking to the next.
    stride: u32,
    sum: Lanes,
    count: u32,
    /// The pools as they were before the step, where the index is to be taken.
    before: Vec<PoolState>,
}

impl Weighing {
    pub(super) fn new(setup: &Setup) -> Self {
        let stride = setup.steps.div_ceil(MOST).max(1);
        Self { stride, sum: Lanes::ZERO, count: 0, before: Vec::new() }
    }

    /// Takes note of the pools before a step.
    pub(super) fn prepare(&mut self, setup: &Setup, world: &World, step: u32) {
        if self.is_due(setup, step) {
            self.before.clone_from(&world.pools);
        }
    }

    /// Takes the index of a step that has just ended, if it is due.
    pub(super) fn weigh(&mut self, setup: &Setup, world: &World, step: u32, instructions: InstructionSet) {
        let Some(benchmark) = &setup.benchmark else { return };
        if self.is_due(setup, step) {
            let index = Index { setup, world, before: &self.before, shadow: &benchmark.shadow };
            self.sum += simd::run_on(instructions, index);
            self.count += 1;
        }
    }

    /// The mean of what has been taken.
    pub(super) fn mean(&self) -> Lanes {
        self.sum * (1.0 / f64::from(self.count.max(1)))
    }

    /// Whether the index is taken at a step; it is at the last.
    fn is_due(&self, setup: &Setup, step: u32) -> bool {
        (setup.steps - 1 - step).is_multiple_of(self.stride)
    }
}
