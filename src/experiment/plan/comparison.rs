//! `run` and `compare` in parts: a piece of an ensemble is a shard.
//!
//! What is kept of a run is its outcomes, a row that `runs.csv` will want; what is kept of its series, thousands of numbers a
//! run, is the shard's part of the ensemble, whose counts in integers come to the same however they are cut. So a shard of
//! any number of runs adds a few megabytes of summary, and a run of a place with two arms about half a kilobyte.

use super::{Experiment, Part, PlanError, Rows};
use crate::experiment::{Ensemble, Level, Options, Sink, Watcher, Width, benchmark, ensemble};
use crate::model::lanes::LANES;
use crate::model::measure::outcome_measures;
use crate::model::record::Record;
use crate::model::run;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use crate::scenario::text::{Faults, Store};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io;
use std::ops::Range;

/// Arms, run by run on the same draws; one arm is a plain `run`. An item is a batch of sixteen runs of every arm, and leaves
/// a row for each run: the outcomes of the first arm, of the second, and so on.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The arms; the first is the one that others are compared with.
    pub arms: Vec<Scenario>,
    /// Seed, number of runs, and the width of the interval of the main measure at which it stops.
    pub options: Options,
    /// Widths of the intervals of other measures at which it stops, all of them and that one.
    pub widths: Vec<Width>,
    /// Whether the runs are measured against what a planner would reach.
    pub planner: bool,
}

/// How a comparison is written in a plan.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    seed: u64,
    runs: u64,
    precision: Option<f64>,
    #[serde(default, skip_serializing_if = "Level::is_usual")]
    level: Level,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    widths: Vec<Width>,
    planner: bool,
    arms: Vec<Arm>,
}

/// A scenario as a plan holds it: by itself, needing no other file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Arm {
    name: String,
    scenario: Value,
}

impl Arm {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let resolved = serde_json::from_str(&scenario.resolved()).unwrap_or_default();
        Self { name: scenario.name.clone(), scenario: resolved }
    }

    pub(super) fn load(&self, store: &dyn Store) -> Result<Scenario, Faults> {
        Scenario::from_text(store, &self.name, &format!("{:#}\n", self.scenario))
    }
}

impl Comparison {
    /// The name of such experiments in plans.
    pub const KIND: &'static str = "compare";

    /// A comparison of arms; with a planner it finds what they are measured against.
    pub fn new(mut arms: Vec<Scenario>, options: Options, planner: bool) -> Self {
        if planner {
            benchmark(&mut arms);
        }
        Self { arms, options, widths: Vec::new(), planner }
    }

    /// The same, which goes on until these intervals too are narrow enough.
    #[must_use]
    pub fn until(self, widths: Vec<Width>) -> Self {
        Self { widths, ..self }
    }

    /// Makes a comparison again from a plan's parameters.
    ///
    /// # Errors
    /// They are not those of a comparison, or a scenario has faults, in words.
    pub fn from_parameters(store: &dyn Store, parameters: &Value) -> Result<Self, String> {
        let written = Written::deserialize(parameters).map_err(|error| error.to_string())?;
        let arms: Result<Vec<Scenario>, Faults> = written.arms.iter().map(|arm| arm.load(store)).collect();
        let arms = arms.map_err(|faults| faults.to_string())?;
        let Written { seed, runs, precision, level, widths, planner, .. } = written;
        let options = Options { seed, runs, precision, level, instructions: InstructionSet::best() };
        Ok(Self::new(arms, options, planner).until(widths))
    }

    /// What all parts together come to, the same as if all runs had been done in one go.
    ///
    /// # Errors
    /// A part cannot be read, or is not of this comparison.
    pub fn merge(&self, parts: &[Part]) -> Result<Ensemble, PlanError> {
        let mut whole = Ensemble::new(&self.setups(), self.options).until(&self.widths);
        for part in parts {
            let piece = serde_json::from_str(&part.summary()?).map_err(|error| part.damaged(error.to_string()))?;
            if !whole.merge(&piece) {
                return Err(part.damaged("its measures are not those of the scenarios"));
            }
        }
        Ok(whole)
    }

    /// The outcomes of each arm in a row.
    pub fn outcomes<'a>(&self, row: &'a [f64]) -> Vec<&'a [f64]> {
        let mut rest = row;
        let cut = |setup: &&Setup| {
            let (outcomes, others) = rest.split_at_checked(outcome_measures(setup).len())?;
            rest = others;
            Some(outcomes)
        };
        self.setups().iter().map_while(cut).collect()
    }

    fn setups(&self) -> Vec<&Setup> {
        self.arms.iter().map(|arm| &arm.setup).collect()
    }

    fn has_precision(&self) -> bool {
        self.options.precision.is_some() || !self.widths.is_empty()
    }

    /// The run numbers of items.
    fn runs_of(&self, items: Range<u64>) -> Range<u64> {
        let first = |item: u64| item.saturating_mul(LANES as u64).min(self.options.runs);
        first(items.start)..first(items.end)
    }
}

impl Experiment for Comparison {
    fn kind(&self) -> &'static str {
        Self::KIND
    }

    fn parameters(&self) -> Value {
        let arms = self.arms.iter().map(Arm::of).collect();
        let Options { seed, runs, precision, level, .. } = self.options;
        let (widths, planner) = (self.widths.clone(), self.planner);
        let written = Written { seed, runs, precision, level, widths, planner, arms };
        serde_json::to_value(written).unwrap_or_default()
    }

    fn columns(&self) -> Vec<String> {
        let arms = self.arms.iter().enumerate();
        arms.flat_map(|(position, arm)| {
            let measures = outcome_measures(&arm.setup);
            measures.into_iter().map(move |measure| format!("{}.{}", position + 1, measure.key))
        })
        .collect()
    }

    fn items(&self) -> u64 {
        self.options.runs.div_ceil(LANES as u64)
    }

    fn perform(&self, item: u64) -> Result<Vec<f64>, String> {
        let runs = self.runs_of(item..item.saturating_add(1));
        let numbers = std::array::from_fn(|lane| runs.start + lane as u64);
        let of = |setup: &Setup| run::run(setup, self.options.seed, numbers, InstructionSet::best());
        let records: Vec<Record> = self.arms.iter().map(|arm| of(&arm.setup)).collect();
        Ok(rows(&records, (runs.end - runs.start) as usize))
    }

    fn shard(&self, items: Range<u64>, rows: &mut dyn Rows, watcher: &dyn Watcher) -> io::Result<Option<String>> {
        let runs = self.runs_of(items);
        let mut sink = Outcomes { rows };
        let counted = InItems(watcher);
        let piece = ensemble::run_piece(&self.setups(), self.options, runs, &mut sink, &counted)?;
        if piece.interrupted {
            return Ok(None);
        }
        Ok(Some(serde_json::to_string(&piece)?))
    }

    fn looks(&self) -> Vec<u64> {
        ensemble::looks_of(self.options.runs, self.has_precision())
            .into_iter()
            .map(|runs| runs.div_ceil(LANES as u64))
            .collect()
    }

    fn is_enough(&self, parts: &[Part]) -> Result<bool, PlanError> {
        Ok(self.has_precision() && self.merge(parts)?.is_precise(self.options.precision))
    }
}

/// A row for each of the first `lanes` runs of a batch: all outcomes of all arms.
fn rows(arms: &[Record], lanes: usize) -> Vec<f64> {
    (0..lanes)
        .flat_map(|lane| arms.iter().flat_map(|arm| &arm.outcomes).map(move |outcome| outcome.lane(lane)))
        .collect()
}

/// Hands the outcomes of each batch on as the rows of an item.
struct Outcomes<'a> {
    rows: &'a mut dyn Rows,
}

impl Sink for Outcomes<'_> {
    fn batch(&mut self, first: u64, arms: &[Record], lanes: usize) -> io::Result<()> {
        self.rows.take(first / LANES as u64, Ok(&rows(arms, lanes)))
    }
}

/// Counts items where an ensemble counts runs.
struct InItems<'a>(&'a dyn Watcher);

impl Watcher for InItems<'_> {
    fn done(&self, runs: u64) {
        self.0.done(runs.div_ceil(LANES as u64));
    }

    fn stop(&self) -> bool {
        self.0.stop()
    }
}
