//! Experiments: many seeded runs of one scenario or of several arms that meet the same luck.

pub mod calibrate;
pub mod cells;
mod ensemble;
pub mod failures;
pub mod field;
pub mod plan;
pub mod principles;
pub mod replicate;
mod runs;
pub mod sensitivity;
pub mod stress;
mod summary;
pub mod sweep;
pub mod target;
pub mod vary;

pub use ensemble::{Ensemble, LEVEL, Options, Sink, Watcher, run};
pub use runs::{Chance, Difference, Measured, Outcomes, Runs, Series, compare};
pub use summary::{Cell, Summary, contrast_interval, difference_interval, mean_interval};

use crate::model::benchmark::Benchmark;
use crate::model::english;
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use crate::scenario::file::Time;
use rayon::prelude::*;

/// How long runs are, in words: "60 seasons (1 a year)".
pub fn calendar(time: &Time) -> String {
    let unit = english::Time::new(&time.unit);
    format!("{} ({} a year)", unit.count(f64::from(time.steps)), english::number(time.steps_per_year))
}

/// Finds what the runs of each arm are measured against: the planner's best, and what a unit of stock is worth.
pub fn benchmark(arms: &mut [Scenario]) {
    arms.par_iter_mut().for_each(|arm| {
        arm.setup = Benchmark::measured(&arm.setup, InstructionSet::best());
    });
}
