//! Experiments: many seeded runs of one scenario or of several arms that meet the same luck.

pub mod calibrate;
pub mod cells;
mod ensemble;
pub mod failures;
pub mod field;
pub mod plan;
pub mod principles;
pub mod replicate;
pub mod sensitivity;
pub mod stress;
mod summary;
pub mod sweep;
pub mod target;
pub mod vary;
mod workspaces;

pub use ensemble::{Ensemble, LEVEL, Options, Sink, Watcher, run};
pub use summary::{Cell, Summary, difference_interval, mean_interval};

use crate::model::benchmark::Benchmark;
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use rayon::prelude::*;

/// Finds what the runs of each arm are measured against: the planner's best, and what a unit of stock is worth.
pub fn benchmark(arms: &mut [Scenario]) {
    arms.par_iter_mut().for_each(|arm| {
        arm.setup = Benchmark::measured(&arm.setup, InstructionSet::best());
    });
}
