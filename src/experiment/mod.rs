//! Experiments: many seeded runs of one scenario or of several arms that meet the same luck.

pub mod calibrate;
pub mod cells;
mod ensemble;
pub mod failures;
pub mod field;
mod formula;
mod level;
pub mod matching;
pub mod measured;
pub mod plan;
pub mod principles;
pub mod recording;
pub mod replicate;
pub mod rounds;
mod runs;
pub mod sensitivity;
pub mod stress;
mod summary;
pub mod sweep;
pub mod target;
mod trial;
pub mod vary;
mod width;
mod workspaces;

pub use ensemble::{Ensemble, FIRST_LOOK, Options, Sink, Watcher, run, run_until};
pub use level::Level;
pub use runs::{Chance, Difference, Measured, Outcomes, Runs, Series, compare};
pub use summary::{Cell, Summary, contrast_interval, difference_interval, mean_interval};
pub use width::{Reached, Width};

use crate::model::benchmark::{Benchmark, Planned};
use crate::model::english;
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use crate::scenario::file::Time;
use rayon::prelude::*;
use std::sync::Arc;

/// How long runs are, in words: "60 seasons (1 a year)", "60 seasons (1 a year), of which means leave out the first 20".
pub fn calendar(time: &Time) -> String {
    let unit = english::Time::new(&time.unit);
    let all = format!("{} ({} a year)", unit.count(f64::from(time.steps)), english::number(time.steps_per_year));
    match time.warm_up {
        0 => all,
        left_out => format!("{all}, of which means leave out the first {left_out}"),
    }
}

/// Whether arms can be held against each other: they must share their calendar, and differ in something else.
///
/// # Errors
/// They cannot; the words say which and why.
pub fn check_arms(arms: &[Scenario]) -> Result<(), String> {
    for (position, arm) in arms.iter().enumerate() {
        if let Some(twin) = arms[..position].iter().find(|other| other.file == arm.file) {
            let (one, other) = (&twin.name, &arm.name);
            let what = if one == other {
                format!("`{one}` is given twice")
            } else {
                format!("`{one}` and `{other}` say the same")
            };
            return Err(format!("{what}; give scenarios that differ, as their results would not"));
        }
    }
    match arms.iter().find(|arm| arm.file.time != arms[0].file.time) {
        Some(other) => Err(format!(
            "arms must have the same `time`: `{}` has {}, `{}` has {}",
            arms[0].name,
            calendar(&arms[0].file.time),
            other.name,
            calendar(&other.file.time)
        )),
        None => Ok(()),
    }
}

/// Finds what the runs of each arm are measured against: the planner's best, and what a unit of stock is worth. Arms in which a planner would do
/// the same, such as differ by rules only, have it found once.
pub fn benchmark(arms: &mut [Scenario]) {
    let places: Vec<Planned> = arms.iter().map(|arm| Planned::new(&arm.setup, InstructionSet::best())).collect();
    let mut distinct: Vec<&Planned> = Vec::new();
    let mut which = |place| {
        distinct.iter().position(|known| *known == place).unwrap_or_else(|| {
            distinct.push(place);
            distinct.len() - 1
        })
    };
    let which: Vec<usize> = places.iter().map(&mut which).collect();
    let found: Vec<Arc<Benchmark>> = distinct.par_iter().map(|place| Arc::new(place.benchmark())).collect();
    for (arm, at) in arms.iter_mut().zip(which) {
        arm.setup = arm.setup.with_benchmark(Arc::clone(&found[at]));
    }
}
