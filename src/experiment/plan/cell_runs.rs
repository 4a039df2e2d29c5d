//! `sweep` and `sensitivity` in parts: an item is sixteen runs of one cell.

use super::comparison::Arm;
use super::{Experiment, Part, PlanError};
use crate::experiment::cells::Cells;
use crate::experiment::field::{Field, Item, Work};
use crate::experiment::sensitivity::{self, Method, Sensitivity};
use crate::experiment::sweep::{self, Design, Sweep};
use crate::experiment::target::{Outcome, Target};
use crate::experiment::vary::{Condition, Vary};
use crate::experiment::{Level, Options, ensemble};
use crate::model::lanes::LANES;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use crate::scenario::text::Store;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the cells are for, and so how they are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A sweep over such a design.
    Sweep(Design),
    /// A sensitivity analysis by such a method.
    Sensitivity(Method),
}

/// Runs of many cells on the same luck. A row has sixteen runs of the first outcome, of the second, and so on.
#[derive(Clone, Debug)]
pub struct CellRuns {
    /// The scenario before anything is varied.
    pub scenario: Scenario,
    /// What the cells are for.
    pub purpose: Purpose,
    /// Seed, runs of each cell, and the width of the intervals at which it stops.
    pub options: Options,
    varied: Vec<Vary>,
    conditions: Vec<Condition>,
    targets: Vec<Target>,
    /// Points of the unit cube behind the cells; of a sensitivity analysis alone.
    unit: Vec<Vec<f64>>,
    cells: Cells,
    outcomes: Vec<Outcome>,
}

/// What cells came to.
#[derive(Clone, Debug)]
pub enum Found {
    /// A sweep over them.
    Sweep(Sweep),
    /// A sensitivity analysis of them.
    Sensitivity(Sensitivity),
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
    purpose: Purpose,
    varied: Vec<Vary>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<Condition>,
    targets: Vec<Target>,
    scenario: Arm,
}

impl CellRuns {
    /// The names of such experiments in plans.
    pub const KINDS: [&'static str; 2] = ["sweep", "sensitivity"];

    /// Sets the cells up; `targets` says, once their setups are there, what is looked at.
    ///
    /// # Errors
    /// Every fault of what is varied, impossible cells, or measures that there are not, in words.
    pub fn new(
        store: &(dyn Store + Sync),
        scenario: Scenario,
        purpose: Purpose,
        (varied, conditions): (Vec<Vary>, Vec<Condition>),
        targets: impl FnOnce(&[Setup]) -> Vec<Target>,
        options: Options,
    ) -> Result<Self, String> {
        let asked = (varied.as_slice(), conditions.as_slice());
        let cells = match purpose {
            Purpose::Sweep(design) => {
                sweep::cells(&scenario, store, asked, design, options.seed).map(|cells| (Vec::new(), cells))
            }
            Purpose::Sensitivity(method) => sensitivity::cells(&scenario, store, asked, method, options.seed),
        };
        let (unit, cells) = cells.map_err(|faults| faults.to_string())?;
        let targets = targets(&cells.setups);
        let outcomes = Outcome::find(&targets, &cells.setups).map_err(|faults| faults.join("\n"))?;
        Ok(Self { scenario, purpose, options, varied, conditions, targets, unit, cells, outcomes })
    }

    /// Makes it again from a plan's parameters.
    ///
    /// # Errors
    /// They are not those of such an experiment, or as for [`CellRuns::new`].
    pub fn from_parameters(store: &(dyn Store + Sync), parameters: &Value) -> Result<Self, String> {
        let written = Written::deserialize(parameters).map_err(|error| error.to_string())?;
        let scenario = written.scenario.load(store).map_err(|faults| faults.to_string())?;
        let Written { seed, runs, precision, level, purpose, varied, conditions, targets, .. } = written;
        let options = Options { seed, runs, precision, level, instructions: InstructionSet::best() };
        Self::new(store, scenario, purpose, (varied, conditions), |_| targets, options)
    }

    /// What all parts together come to, the same as in one go.
    ///
    /// # Errors
    /// A part cannot be read.
    pub fn found(self, parts: &[Part]) -> Result<Found, PlanError> {
        let field = self.merge(parts)?;
        let Self { purpose, unit, cells, outcomes, .. } = self;
        Ok(match purpose {
            Purpose::Sweep(design) => Found::Sweep(Sweep { design, cells, outcomes, field }),
            Purpose::Sensitivity(method) => Found::Sensitivity(Sensitivity { method, unit, cells, outcomes, field }),
        })
    }

    fn merge(&self, parts: &[Part]) -> Result<Field, PlanError> {
        let contrasts = match self.purpose {
            Purpose::Sweep(design) => sweep::contrasts(&self.cells, design),
            Purpose::Sensitivity(_) => Vec::new(),
        };
        let mut gathering = self.work().gather(&contrasts);
        for part in parts {
            part.rows(|row| {
                gathering.take(row.values.as_chunks::<LANES>().0.to_vec());
                Ok(())
            })?;
        }
        Ok(gathering.end())
    }

    fn work(&self) -> Work<'_> {
        Work { cells: &self.cells, outcomes: &self.outcomes, options: self.options }
    }

    fn count(&self) -> u64 {
        self.cells.setups.len() as u64
    }
}

impl Experiment for CellRuns {
    fn kind(&self) -> &'static str {
        Self::KINDS[usize::from(matches!(self.purpose, Purpose::Sensitivity(_)))]
    }

    fn parameters(&self) -> Value {
        let Options { seed, runs, precision, level, .. } = self.options;
        let written = Written {
            seed,
            runs,
            precision,
            level,
            purpose: self.purpose,
            varied: self.varied.clone(),
            conditions: self.conditions.clone(),
            targets: self.targets.clone(),
            scenario: Arm::of(&self.scenario),
        };
        serde_json::to_value(written).unwrap_or_default()
    }

    fn columns(&self) -> Vec<String> {
        let keys = self.outcomes.iter().map(|outcome| outcome.key.as_str());
        keys.flat_map(|key| (0..LANES).map(move |run| format!("{key}.{run}"))).collect()
    }

    fn items(&self) -> u64 {
        self.work().items()
    }

    fn perform(&self, item: u64) -> Result<Vec<f64>, String> {
        let item = Item { cell: (item % self.count()) as usize, block: item / self.count() };
        Ok(self.work().perform(item).into_iter().flatten().collect())
    }

    fn looks(&self) -> Vec<u64> {
        let blocks = ensemble::looks(self.options).into_iter().map(|runs| runs.div_ceil(LANES as u64));
        blocks.map(|blocks| blocks * self.count()).collect()
    }

    fn is_enough(&self, parts: &[Part]) -> Result<bool, PlanError> {
        let Some(width) = self.options.precision else { return Ok(false) };
        Ok(self.merge(parts)?.is_precise(&self.outcomes, width))
    }
}
