//! Sensitivity: which of the things that vary drive an outcome, and how much of what is seen is luck.

use super::cells::{Cells, Grounds, check_count};
use super::field::{Field, Work};
use super::sweep::between;
use super::target::Outcome;
use super::vary::{Condition, Parameter, Values, Vary, checked};
use super::{Options, Watcher};
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

/// The points of the unit cube and the cells they stand for. Of levels a point of Morris's design is 0 or 1: the earlier or the later
/// of the two that the trajectory compares.
///
/// # Errors
/// Every fault of what is varied; too many cells; cells that are impossible; conditions where indices are not defined.
pub fn cells(
    scenario: &Scenario,
    store: &(dyn Store + Sync),
    (varied, conditions): (&[Vary], &[Condition]),
    method: Method,
    seed: u64,
) -> Result<(Vec<Vec<f64>>, Cells), Faults> {
    let mut faults: Vec<Fault> = varied.iter().filter_map(wrong_form).collect();
    if !conditions.is_empty() && matches!(method, Method::Sobol { .. }) {
        let problem = "Sobol's indices are defined for numbers that vary freely of each other, which a condition forbids; take \
                       --method morris, or vary one of them as a factor, as /pointer=*0.5..1";
        faults.push(Fault { place: "--where".to_owned(), problem: problem.to_owned(), position: None });
    }
    let parameters = checked(scenario, varied, conditions, faults)?;
    let of_each = parameters.len() + 1;
    let (mut unit, mut points) = match method {
        Method::Morris { trajectories: count, levels } => {
            check_count(scenario, count.checked_mul(of_each), "lower --trajectories or vary less")?;
            // With conditions some trajectories lead through cells that are left out; others take their place.
            let tried = if conditions.is_empty() { count } else { count.saturating_mul(SPARE) };
            morris(&parameters, tried, levels, seed)
        }
        Method::Sobol { base } => {
            let inputs = parameters.len();
            let fits = base <= MOST_SOBOL_POINTS && 2 * inputs <= MOST_SOBOL_DIMENSIONS;
            let count = base.checked_mul(inputs + 2).filter(|_| fits);
            check_count(scenario, count, "lower --base or vary less; find what matters with --method morris first")?;
            let unit = saltelli_design(base, inputs, seed);
            let points = between(&parameters, &unit);
            (unit, points)
        }
    };
    let grounds = Grounds::new(scenario, store, (parameters, conditions), &points)?;
    if let (Method::Morris { trajectories: count, .. }, false) = (method, conditions.is_empty()) {
        let rows = whole(&grounds, &points, (count, of_each)).map_err(|problem| {
            scenario.document().faults(vec![Fault { place: "--where".to_owned(), problem, position: None }])
        })?;
        let pick = |list: &[Vec<f64>]| rows.iter().map(|row| list[*row].clone()).collect::<Vec<_>>();
        (unit, points) = (pick(&unit), pick(&points));
    }
    Ok((unit, Cells::new(scenario, store, grounds, points)?))
}

/// The rows of the first `count` trajectories, of `of_each` points, that lead through cells alone that meet every condition.
fn whole(grounds: &Grounds<'_>, points: &[Vec<f64>], (count, of_each): (usize, usize)) -> Result<Vec<usize>, String> {
    let tried = points.len() / of_each;
    let rows = |trajectory: usize| trajectory * of_each..(trajectory + 1) * of_each;
    let meets = |trajectory: &usize| points[rows(*trajectory)].iter().all(|point| grounds.meets(point));
    let found: Vec<usize> = (0..tried).filter(meets).take(count).collect();
    if found.len() < count {
        return Err(format!(
            "of {tried} trajectories {} lead through cells that meet every condition, and {count} are needed; narrow the ranges",
            found.len()
        ));
    }
    Ok(found.into_iter().flat_map(rows).collect())
}

/// Trajectories that are tried for each that is needed, where conditions leave some out.
const SPARE: usize = 16;

/// What is wrong with values that are no range: a list of numbers, or a single level.
fn wrong_form(vary: &Vary) -> Option<Fault> {
    let problem = match &vary.values {
        Values::Each(_) => "sensitivity is measured over a range; write 0..1 without a number of values",
        Values::Levels(levels) if levels.len() < 2 => "sensitivity compares levels; list two or more",
        Values::Levels(_) | Values::Between(..) => return None,
    };
    Some(Fault { place: vary.pointer.clone(), problem: problem.to_owned(), position: None })
}

/// Points of the unit cube on trajectories, and what they stand for. Along a trajectory levels change once from one to another; over
/// the trajectories all ordered pairs of them take turns.
fn morris(parameters: &[Parameter], count: usize, levels: usize, seed: u64) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let mut unit = trajectories(count, parameters.len(), levels, seed);
    let mut points = between(parameters, &unit);
    let of_each = parameters.len() + 1;
    for (number, parameter) in parameters.iter().enumerate().filter(|(_, parameter)| parameter.is_levels()) {
        let levels = parameter.values.len();
        let steps = unit.chunks_mut(of_each).zip(points.chunks_mut(of_each)).enumerate();
        for (trajectory, (unit, points)) in steps {
            let pair = (trajectory + number) % (levels * (levels - 1));
            let from = pair / (levels - 1);
            let to = pair % (levels - 1);
            let to = if to >= from { to + 1 } else { to };
            let start = unit[0][number];
            for (unit, point) in unit.iter_mut().zip(points) {
                let level = if unit[number].to_bits() == start.to_bits() { from } else { to };
                unit[number] = f64::from(u8::from(level == from.max(to)));
                point[number] = level as f64;
            }
        }
    }
    (unit, points)
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
        elementary_effects(&self.unit, &self.means(outcome), RESAMPLES, self.field.level.share(), self.field.seed)
    }

    /// Indices of each parameter; `None` for another method, where a cell has no value, and where nothing varies.
    pub fn indices(&self, outcome: usize) -> Option<Vec<SobolIndices>> {
        let Method::Sobol { .. } = self.method else { return None };
        sobol_indices(
            &self.means(outcome),
            self.cells.parameters.len(),
            RESAMPLES,
            self.field.level.share(),
            self.field.seed,
        )
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Three levels have six ordered pairs: over six trajectories each is compared once, and every step has the size of one.
    #[test]
    fn trajectories_compare_every_pair_of_levels_alike() {
        let scenario = Scenario::bundled("pasture-fortress").unwrap();
        let varied = [r#"/society/trust={"low":0.1,"some":0.5,"high":0.9}"#, "/society/noise=0..1"]
            .map(|text| text.parse().unwrap());
        let parameters = checked(&scenario, &varied, &[], Vec::new()).unwrap();
        let (unit, points) = morris(&parameters, 6, 4, 1);
        let mut pairs: Vec<(f64, f64)> = points.chunks(3).map(|steps| (steps[0][0], steps[2][0])).collect();
        pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        assert_eq!(pairs, [(0.0, 1.0), (0.0, 2.0), (1.0, 0.0), (1.0, 2.0), (2.0, 0.0), (2.0, 1.0)]);
        let outputs: Vec<f64> = points.iter().map(|point| [0.0, 1.0, 3.0][point[0] as usize]).collect();
        let effects = elementary_effects(&unit, &outputs, 10, 0.95, 1).unwrap();
        assert!(
            (effects[0].size - 2.0).abs() < 1e-12 && (effects[0].mean - 2.0).abs() < 1e-12 && effects[1].size < 1e-12
        );
    }
}
