//! The cells of an experiment: one setup for each combination of values that is tried.

use super::vary::Parameter;
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::text::{Fault, Faults, Store};
use rayon::prelude::*;

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
}

/// Faults of cells that are told before the rest is only counted.
const TOLD: usize = 10;

impl Cells {
    /// Sets every cell up.
    ///
    /// # Errors
    /// There are too many cells, or what is impossible in some of them, each fault once, with the first cell that has it.
    pub fn new(
        scenario: &Scenario,
        store: &(dyn Store + Sync),
        parameters: Vec<Parameter>,
        points: Vec<Vec<f64>>,
    ) -> Result<Self, Faults> {
        let built: Vec<Result<Setup, Faults>> = points
            .par_iter()
            .map(|point| {
                let changes = parameters.iter().zip(point);
                let changes = changes.map(|(parameter, value)| (parameter.pointer.as_str(), Parameter::json(*value)));
                scenario.with_all(store, changes).map(|changed| {
                    let mut setup = changed.setup;
                    setup.share_lists_with(&scenario.setup);
                    setup
                })
            })
            .collect();
        let mut faults: Vec<Fault> = Vec::new();
        let mut setups = Vec::with_capacity(points.len());
        for (built, point) in built.into_iter().zip(&points) {
            match built {
                Ok(setup) => setups.push(setup),
                Err(found) => faults.extend(found.faults.into_iter().map(|fault| in_cell(fault, &parameters, point))),
            }
        }
        if faults.is_empty() { Ok(Self { parameters, points, setups }) } else { Err(told(scenario, faults)) }
    }
}

/// The fault with the values of the cell it is in.
fn in_cell(fault: Fault, parameters: &[Parameter], point: &[f64]) -> Fault {
    let values: Vec<String> =
        parameters.iter().zip(point).map(|(parameter, value)| format!("{}={value}", parameter.pointer)).collect();
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
