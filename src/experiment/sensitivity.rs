//! Sensitivity: which of the varied numbers drive an outcome, and how much of what is seen is luck.

use super::cells::{Cells, check_count};
use super::field::{Field, Work};
use super::sweep::between;
use super::target::Outcome;
use super::vary::{Parameter, Values, Vary, parameters};
use super::{LEVEL, Options, Watcher};
use crate::scenario::Scenario;
use crate::scenario::text::{Fault, Faults, Store};
use crate::statistics::design::{MOST_SOBOL_DIMENSIONS, MOST_SOBOL_POINTS};
use crate::statistics::{
    Components, ElementaryEffects, SobolIndices, Tally, elementary_effects, saltelli_design, sobol_indices,
    trajectories, variance_components,
};
use serde::{Deserialize, Serialize};

/// How sensitivity is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Elementary effects on so many trajectories over a grid of so many levels.
    Morris {
        /// Number of trajectories.
        trajectories: usize,
        /// Levels of the grid, an even number.
        levels: usize,
    },
    /// First-order and total indices from so many rows of Saltelli's design.
    Sobol {
        /// Number of rows.
        base: usize,
    },
}

/// A sensitivity analysis after all runs.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// How it was measured.
    pub method: Method,
    /// The points of the unit cube behind the cells.
    pub unit: Vec<Vec<f64>>,
    /// The cells.
    pub cells: Cells,
    /// What was looked at; findings lead with the first.
    pub outcomes: Vec<Outcome>,
    /// What the runs came to.
    pub field: Field,
}

/// Bootstrap samples behind each interval.
const RESAMPLES: usize = 1000;

/// The points of the unit cube and the cells they stand for.
///
/// # Errors
/// Every fault of what is varied; too many cells; cells that are impossible.
pub fn cells(
    scenario: &Scenario,
    store: &(dyn Store + Sync),
    varied: &[Vary],
    method: Method,
    seed: u64,
) -> Result<(Vec<Vec<f64>>, Cells), Faults> {
    let list = |vary: &&Vary| matches!(vary.values, Values::Each(_));
    let problem = "sensitivity is measured over a range; write 0..1 without a number of values";
    let fault = |vary: &Vary| Fault { place: vary.pointer.clone(), problem: problem.to_owned(), position: None };
    let faults: Vec<Fault> = varied.iter().filter(list).map(fault).collect();
    if !faults.is_empty() {
        let known = parameters(scenario, varied).err().map_or_else(Vec::new, |faults| faults.faults);
        return Err(scenario.document().faults(known.into_iter().chain(faults).collect()));
    }
    let parameters = parameters(scenario, varied)?;
    let unit = design(scenario, &parameters, method, seed)?;
    let points = between(&parameters, &unit);
    Ok((unit, Cells::new(scenario, store, parameters, points)?))
}

fn design(scenario: &Scenario, parameters: &[Parameter], method: Method, seed: u64) -> Result<Vec<Vec<f64>>, Faults> {
    let inputs = parameters.len();
    match method {
        Method::Morris { trajectories: count, levels } => {
            check_count(scenario, count.checked_mul(inputs + 1), "lower --trajectories or vary less")?;
            Ok(trajectories(count, inputs, levels, seed))
        }
        Method::Sobol { base } => {
            let fits = base <= MOST_SOBOL_POINTS && 2 * inputs <= MOST_SOBOL_DIMENSIONS;
            let count = base.checked_mul(inputs + 2).filter(|_| fits);
            check_count(scenario, count, "lower --base or vary less; find what matters with --method morris first")?;
            Ok(saltelli_design(base, inputs, seed))
        }
    }
}

/// Runs every cell.
pub fn sensitivity(
    (unit, cells): (Vec<Vec<f64>>, Cells),
    method: Method,
    outcomes: Vec<Outcome>,
    options: Options,
    watcher: &dyn Watcher,
) -> Sensitivity {
    let field = Work { cells: &cells, outcomes: &outcomes, options }.run(&[], watcher);
    Sensitivity { method, unit, cells, outcomes, field }
}

impl Sensitivity {
    /// The mean of an outcome in every cell; NaN where no run has a value.
    pub fn means(&self, outcome: usize) -> Vec<f64> {
        let mean = |cell: &Vec<super::Cell>| cell.get(outcome).and_then(|cell| cell.tally.mean()).unwrap_or(f64::NAN);
        self.field.cells.iter().map(mean).collect()
    }

    /// Elementary effects of each parameter; `None` for another method, and where a cell has no value.
    pub fn effects(&self, outcome: usize) -> Option<Vec<ElementaryEffects>> {
        let Method::Morris { .. } = self.method else { return None };
        elementary_effects(&self.unit, &self.means(outcome), RESAMPLES, LEVEL, self.field.seed)
    }

    /// Indices of each parameter; `None` for another method, where a cell has no value, and where nothing varies.
    pub fn indices(&self, outcome: usize) -> Option<Vec<SobolIndices>> {
        let Method::Sobol { .. } = self.method else { return None };
        sobol_indices(&self.means(outcome), self.cells.parameters.len(), RESAMPLES, LEVEL, self.field.seed)
    }

    /// How much of the variance of single runs the parameters make, how much luck, and how much both together.
    pub fn components(&self, outcome: usize) -> Option<Components> {
        let cells = self.field.cells.iter().map(|cell| cell.get(outcome).map(|cell| &cell.tally));
        let cells: Vec<_> = cells.collect::<Option<_>>()?;
        let luck = self.field.mean_of_cells.get(outcome)?;
        let is_whole = |tally: &Tally| tally.missing() == 0 && tally.failed() == 0;
        if !is_whole(luck) || !cells.iter().all(|tally| is_whole(tally)) {
            return None;
        }
        let variances: Vec<f64> = cells.iter().map(|tally| tally.variance()).collect::<Option<_>>()?;
        variance_components(&self.means(outcome), &variances, luck.variance()?, self.field.runs)
    }
}
