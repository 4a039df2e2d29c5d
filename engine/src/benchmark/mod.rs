//! What runs are measured against: the best constant plan that a planner could fix, and what a unit of stock is worth.
//!
//! Both are reckoned with the stages of the engine itself, in a place that is planned: no rules, no chance, everybody bound.

mod plan;
mod planned;
mod shadow;

pub use crate::yardstick::{Benchmark, Plan, ShadowPrice};
pub use planned::Planned;

use crate::setup::Setup;
use crate::simd::InstructionSet;
use std::sync::Arc;

impl Benchmark {
    /// Finds the plan and the prices of a scenario ([`Planned::benchmark`]).
    pub fn of(setup: &Setup, instructions: InstructionSet) -> Self {
        Planned::new(setup, instructions).benchmark()
    }

    /// The setup, held against its benchmark.
    #[must_use]
    pub fn measured(setup: &Setup, instructions: InstructionSet) -> Setup {
        setup.with_benchmark(Arc::new(Self::of(setup, instructions)))
    }
}
