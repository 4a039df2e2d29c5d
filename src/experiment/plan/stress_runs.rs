//! `stress` in parts: an item is sixteen runs of one design in one future.

use super::comparison::Arm;
use super::{Experiment, Part, PlanError};
use crate::experiment::stress::{Futures, Shocks, Stress};
use crate::experiment::{Level, Options, ensemble};
use crate::model::lanes::LANES;
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use crate::scenario::text::{Faults, Store};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Designs that meet the futures of a study. A row has sixteen runs of what decides the first goal, of the second, and so on,
/// then of the score, of whether it recovered, and of the steps that this took.
#[derive(Clone, Debug)]
pub struct StressRuns {
    /// The designs and their futures.
    pub futures: Futures,
    /// Seed, runs of each design in each future, and the share of open futures at which it stops.
    pub options: Options,
}

/// How it is written in a plan.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    seed: u64,
    runs: u64,
    precision: Option<f64>,
    #[serde(default, skip_serializing_if = "Level::is_usual")]
    level: Level,
    shocks: String,
    study: Value,
    designs: Vec<Arm>,
}

impl StressRuns {
    /// The name of such experiments in plans.
    pub const KIND: &'static str = "stress";

    /// Lets designs meet a study.
    ///
    /// # Errors
    /// As for [`Futures::new`].
    pub fn new(
        store: &(dyn Store + Sync),
        shocks: Shocks,
        designs: Vec<Scenario>,
        options: Options,
    ) -> Result<Self, Faults> {
        Ok(Self { futures: Futures::new(store, shocks, designs, options.seed)?, options })
    }

    /// Makes it again from a plan's parameters.
    ///
    /// # Errors
    /// They are not those of such an experiment, or the study or a design has faults, in words.
    pub fn from_parameters(store: &(dyn Store + Sync), parameters: &Value) -> Result<Self, String> {
        let written = Written::deserialize(parameters).map_err(|error| error.to_string())?;
        let Written { seed, runs, precision, level, shocks, study, designs } = written;
        let words = |faults: Faults| faults.to_string();
        let designs: Result<Vec<Scenario>, Faults> = designs.iter().map(|design| design.load(store)).collect();
        let shocks = Shocks::from_text(store, &shocks, &format!("{study:#}\n")).map_err(words)?;
        let options = Options { seed, runs, precision, level, instructions: InstructionSet::best() };
        Self::new(store, shocks, designs.map_err(words)?, options).map_err(words)
    }

    /// What all parts together come to, the same as if all runs had been done in one go. Runs that failed are counted as such.
    ///
    /// # Errors
    /// A part cannot be read.
    pub fn merge(&self, parts: &[Part]) -> Result<Stress, PlanError> {
        let mut stress = self.futures.begin(self.options);
        for part in parts {
            part.rows(|row| {
                let values = row.failure.as_deref().map_or(Ok(row.values.as_slice()), Err);
                self.futures.take(&mut stress, row.item, values, self.options);
                Ok(())
            })?;
        }
        Ok(stress)
    }
}

impl Experiment for StressRuns {
    fn kind(&self) -> &'static str {
        Self::KIND
    }

    fn parameters(&self) -> Value {
        let shocks = &self.futures.shocks;
        let written = Written {
            seed: self.options.seed,
            runs: self.options.runs,
            precision: self.options.precision,
            level: self.options.level,
            shocks: shocks.name.clone(),
            study: serde_json::from_str(&shocks.resolved()).unwrap_or_default(),
            designs: self.futures.designs.iter().map(Arm::of).collect(),
        };
        serde_json::to_value(written).unwrap_or_default()
    }

    fn columns(&self) -> Vec<String> {
        let goals = self.futures.shocks.file.goals.keys().map(|key| format!("goal.{key}"));
        let names = goals.chain(["score", "recovered", "recovery_steps"].map(str::to_owned));
        names.flat_map(|name| (0..LANES).map(move |run| format!("{name}.{run}"))).collect()
    }

    fn items(&self) -> u64 {
        self.futures.items(self.options.runs)
    }

    fn perform(&self, item: u64) -> Result<Vec<f64>, String> {
        Ok(self.futures.perform(item, self.options))
    }

    fn looks(&self) -> Vec<u64> {
        ensemble::looks(self.options).into_iter().map(|runs| self.futures.items(runs)).collect()
    }

    fn is_enough(&self, parts: &[Part]) -> Result<bool, PlanError> {
        let precision = self.options.precision;
        Ok(precision.is_some() && self.futures.is_precise(&self.merge(parts)?, precision))
    }
}
