//! The cells of an experiment: one setup for each combination of values that is tried.

mod grounds;

pub(super) use grounds::Grounds;

use super::vary::Parameter;
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::text::{Fault, Faults, Store};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The most cells of one experiment.
pub const MOST_CELLS: usize = 100_000;

/// Cells with the values of their parameters and what the model runs for each.
#[derive(Clone, Debug)]
pub struct Cells {
    /// What is varied.
    pub parameters: Vec<Parameter>,
    /// A value for each parameter, a list for each cell.
    pub points: Vec<Vec<f64>>,
    /// One for each cell.
    pub setups: Vec<Setup>,
    /// The conditions that every cell meets, as they were written.
    pub conditions: Vec<String>,
    /// Combinations that were left out as they do not meet them.
    pub left_out: usize,
    /// Lists of shares that are scaled so that they add up to one, by their pointers.
    pub scaled: Vec<String>,
}

/// Faults of cells that are told before the rest is only counted.
const TOLD: usize = 10;

impl Cells {
    /// Sets every cell up that meets the conditions.
    ///
    /// # Errors
    /// There are none, or what is impossible in some of them, with the values of the cell.
    pub(super) fn new(
        scenario: &Scenario,
        store: &(dyn Store + Sync),
        grounds: Grounds<'_>,
        points: Vec<Vec<f64>>,
    ) -> Result<Self, Faults> {
        let all = points.len();
        let points: Vec<Vec<f64>> = points.into_iter().filter(|point| grounds.meets(point)).collect();
        if points.is_empty() {
            let problem =
                format!("none of the {all} combinations meets every condition; widen the values or loosen one");
            let fault = Fault { place: "--where".to_owned(), problem, position: None };
            return Err(scenario.document().faults(vec![fault]));
        }
        let built: Vec<Result<Setup, Faults>> =
            points.par_iter().map(|point| setup(scenario, store, &grounds, point)).collect();
        let mut faults: Vec<Fault> = Vec::new();
        let mut setups = Vec::with_capacity(points.len());
        for (built, point) in built.into_iter().zip(&points) {
            match built {
                Ok(setup) => setups.push(setup),
                Err(found) => {
                    faults.extend(found.faults.into_iter().map(|fault| in_cell(fault, &grounds.parameters, point)));
                }
            }
        }
        if !faults.is_empty() {
            return Err(told(scenario, faults));
        }
        let left_out = all - points.len();
        let conditions = grounds.conditions.iter().map(ToString::to_string).collect();
        let (scaled, mut parameters) = (grounds.scaled(), grounds.parameters);
        if left_out > 0 {
            keep_values(&mut parameters, &points);
        }
        Ok(Self { parameters, points, setups, conditions, left_out, scaled })
    }

    /// The cell of a grid with these values; `None` where that was left out.
    pub fn find(&self, values: &[f64]) -> Option<usize> {
        let order = |point: &Vec<f64>| {
            let pairs = point.iter().zip(values).map(|(one, other)| one.total_cmp(other));
            pairs.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
        };
        self.points.binary_search_by(order).ok()
    }
}

/// What the model runs in the cell at a point.
fn setup(
    scenario: &Scenario,
    store: &(dyn Store + Sync),
    grounds: &Grounds<'_>,
    point: &[f64],
) -> Result<Setup, Faults> {
    let changes = grounds.changes(point).map_err(|fault| scenario.document().faults(vec![fault]))?;
    let changes = changes.iter().map(|(pointer, value)| (pointer.as_str(), value.clone()));
    let mut setup = grounds.of(point).scenario.with_all(store, changes)?.setup;
    setup.share_lists_with(&scenario.setup);
    Ok(setup)
}

/// Leaves out the values of which no cell is left, where cells have no others.
fn keep_values(parameters: &mut [Parameter], points: &[Vec<f64>]) {
    for (number, parameter) in parameters.iter_mut().enumerate() {
        let left: BTreeSet<u64> = points.iter().map(|point| point[number].to_bits()).collect();
        let known: BTreeSet<u64> = parameter.values.iter().map(|value| value.to_bits()).collect();
        if left.is_subset(&known) {
            parameter.values.retain(|value| left.contains(&value.to_bits()));
        }
    }
}

/// The fault with the values of the cell it is in.
fn in_cell(fault: Fault, parameters: &[Parameter], point: &[f64]) -> Fault {
    let values: Vec<String> = parameters
        .iter()
        .zip(point)
        .map(|(parameter, value)| format!("{}={}", parameter.pointer, parameter.written(*value)))
        .collect();
    Fault { problem: format!("{} (with {})", fault.problem, values.join(", ")), ..fault }
}

/// The first faults, and how many more there are.
fn told(scenario: &Scenario, mut faults: Vec<Fault>) -> Faults {
    let more = faults.len().saturating_sub(TOLD);
    faults.truncate(TOLD);
    if more > 0 {
        let problem = format!("there are {more} more faults like these in other cells");
        faults.push(Fault { place: String::new(), problem, position: None });
    }
    scenario.document().faults(faults)
}

/// Refuses more cells than can be held, before they are made.
///
/// # Errors
/// There are more than [`MOST_CELLS`].
pub(super) fn check_count(scenario: &Scenario, count: Option<usize>, way_out: &str) -> Result<usize, Faults> {
    match count {
        Some(count) if count <= MOST_CELLS => Ok(count),
        _ => {
            let count =
                count.map_or_else(|| "more cells than can be counted".to_owned(), |count| format!("{count} cells"));
            let problem = format!("{count} are too many; {MOST_CELLS} are the most; {way_out}");
            Err(scenario.document().faults(vec![Fault { place: "--vary".to_owned(), problem, position: None }]))
        }
    }
}
