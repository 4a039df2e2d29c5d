//! `principles` in parts: an item is a run, or a few, under all combinations of rules that are asked about.

use super::comparison::Arm;
use super::{Experiment, Part, PlanError};
use crate::experiment::principles::{Principles, Question, Trial, Unfit};
use crate::experiment::{Level, Options, ensemble};
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use crate::scenario::text::Store;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The rules of a scenario, told apart by runs of their combinations. A row is what [`Trial::perform`] makes of a run.
#[derive(Clone, Debug)]
pub struct RuleTrials {
    /// The scenario.
    pub scenario: Scenario,
    /// Seed, number of runs, and the width of the intervals at which it stops.
    pub options: Options,
    measures: Vec<String>,
    permutations: Option<u32>,
    question: Question,
    trial: Trial,
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
    measures: Vec<String>,
    permutations: Option<u32>,
    scenario: Arm,
}

impl RuleTrials {
    /// The name of such experiments in plans.
    pub const KIND: &'static str = "principles";

    /// Asks what [`Question::new`] asks.
    ///
    /// # Errors
    /// As for [`Question::new`].
    pub fn new(
        scenario: Scenario,
        measures: Vec<String>,
        permutations: Option<u32>,
        options: Options,
    ) -> Result<Self, Unfit> {
        let question = Question::new(&scenario.setup, &measures, permutations)?;
        let trial = Trial::new(&scenario.setup, &question, options);
        Ok(Self { scenario, options, measures, permutations, question, trial })
    }

    /// Makes it again from a plan's parameters.
    ///
    /// # Errors
    /// They are not those of such an experiment, or the scenario has faults, in words.
    pub fn from_parameters(store: &dyn Store, parameters: &Value) -> Result<Self, String> {
        let written = Written::deserialize(parameters).map_err(|error| error.to_string())?;
        let scenario = written.scenario.load(store).map_err(|faults| faults.to_string())?;
        let Written { seed, runs, precision, level, measures, permutations, .. } = written;
        let options = Options { seed, runs, precision, level, instructions: InstructionSet::best() };
        Self::new(scenario, measures, permutations, options).map_err(|unfit| unfit.to_string())
    }

    /// What all parts together come to, the same as if all runs had been done in one go.
    ///
    /// # Errors
    /// A part cannot be read.
    pub fn merge(&self, parts: &[Part]) -> Result<Principles, PlanError> {
        let mut principles = Principles::new(&self.question, self.options);
        for part in parts {
            part.rows(|row| {
                principles.take(&row.values, self.options.runs);
                Ok(())
            })?;
        }
        Ok(principles)
    }
}

impl Experiment for RuleTrials {
    fn kind(&self) -> &'static str {
        Self::KIND
    }

    fn parameters(&self) -> Value {
        let Options { seed, runs, precision, level, .. } = self.options;
        let (measures, permutations) = (self.measures.clone(), self.permutations);
        let written =
            Written { seed, runs, precision, level, measures, permutations, scenario: Arm::of(&self.scenario) };
        serde_json::to_value(written).unwrap_or_default()
    }

    fn columns(&self) -> Vec<String> {
        let numbers = self.question.design.numbers();
        let keys = self.question.measures().map(|measure| measure.key.as_str());
        keys.flat_map(|key| (0..numbers).map(move |number| format!("{key}.{number}"))).collect()
    }

    fn items(&self) -> u64 {
        self.options.runs.div_ceil(self.trial.runs_at_once())
    }

    fn perform(&self, item: u64) -> Result<Vec<f64>, String> {
        Ok(self.trial.perform(item))
    }

    fn looks(&self) -> Vec<u64> {
        let looks = ensemble::looks(self.options).into_iter();
        looks.map(|runs| runs.div_ceil(self.trial.runs_at_once())).collect()
    }

    fn is_enough(&self, parts: &[Part]) -> Result<bool, PlanError> {
        Ok(self.options.precision.is_some() && self.merge(parts)?.is_precise(self.options.precision))
    }
}
