//! What one point comes to: every arm with its values, run, and every target read off the runs.

use super::problem::Problem;
use super::target::{Aim, Foretold};
use crate::experiment::trial::each_batch;
use crate::model::benchmark::Benchmark;
use crate::model::record::Record;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::scenario::bundled::BUNDLED;
use crate::scenario::text::Faults;
use serde_json::Value;
use std::ops::ControlFlow;

/// Something with numbers that nobody knows, which can be tried.
pub trait Model: Sync {
    /// Number of open numbers.
    fn dimensions(&self) -> usize;
    /// What they are held against.
    fn aims(&self) -> &[Aim];
    /// What so many runs foretell of each target at a point of the unit cube; no entry where a run failed, `None` where the values
    /// are impossible together. The same point and runs give the same answer.
    fn foretell(&self, point: &[f64], runs: u32) -> Option<Vec<Foretold>>;
}

impl Model for Problem {
    fn dimensions(&self) -> usize {
        self.file.numbers.len()
    }

    fn aims(&self) -> &[Aim] {
        &self.aims
    }

    fn foretell(&self, point: &[f64], runs: u32) -> Option<Vec<Foretold>> {
        let quantities = self.quantities(&self.values(point));
        let mut readings: Vec<Vec<f64>> = vec![Vec::new(); self.readings.len()];
        for arm in 0..self.arms.len() {
            let setup = self.setup(arm, &quantities).ok()?;
            if !self.run(arm, &setup, runs, &mut readings) {
                return Some(Vec::new());
            }
        }
        Some(self.aims.iter().map(|aim| aim.foretell(&readings)).collect())
    }
}

impl Problem {
    /// An arm with these quantities in it.
    fn setup(&self, arm: usize, quantities: &[f64]) -> Result<Setup, Faults> {
        let changes = self.places[arm].iter().zip(quantities).flat_map(|(places, value)| {
            places.iter().map(|place| (place.pointer.as_str(), place.json(*value))).collect::<Vec<(&str, Value)>>()
        });
        self.setup_with(arm, changes)
    }

    /// An arm with these values at these pointers.
    pub(super) fn setup_with<'a>(
        &self,
        arm: usize,
        changes: impl IntoIterator<Item = (&'a str, Value)>,
    ) -> Result<Setup, Faults> {
        let (_, scenario) = &self.arms[arm];
        let mut setup = scenario.setup_with(&BUNDLED, changes)?;
        if scenario.setup.benchmark().is_some() {
            setup = Benchmark::measured(&setup, InstructionSet::best());
        }
        Ok(setup)
    }

    /// Runs an arm and reads it; `false` if a run failed.
    pub(super) fn run(&self, arm: usize, setup: &Setup, runs: u32, readings: &mut [Vec<f64>]) -> bool {
        let take = |record: &Record, lanes: usize| {
            for ((of, reading), values) in self.readings.iter().zip(readings.iter_mut()) {
                if *of == arm {
                    values.extend_from_slice(&reading.of(record)[..lanes]);
                }
            }
            let failed = record.failed();
            if (0..lanes).any(|lane| failed.lane(lane)) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        each_batch(setup, self.file.method.seed, 0..u64::from(runs), InstructionSet::best(), take).is_continue()
    }
}
