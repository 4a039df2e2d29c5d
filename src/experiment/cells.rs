//! The cells of an experiment: one setup for each combination of values that is tried.

use super::vary::{self, Condition, Parameter, mixtures};
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::file::File;
use crate::scenario::text::{Document, Fault, Faults, Store};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

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

/// Which combinations of values are wanted, and which of them are left out.
pub(super) struct Wanted<'a> {
    pub(super) parameters: Vec<Parameter>,
    pub(super) points: Vec<Vec<f64>>,
    pub(super) conditions: &'a [Condition],
}

/// Faults of cells that are told before the rest is only counted.
const TOLD: usize = 10;

/// Of each list of fragments what comes of the scenario with them laid over it.
type Grounds = BTreeMap<Vec<String>, Scenario>;

impl Cells {
    /// Sets every cell up that meets the conditions.
    ///
    /// # Errors
    /// There are none or too many cells, or what is impossible in some of them, each fault once, with the first cell that has it.
    pub(super) fn new(scenario: &Scenario, store: &(dyn Store + Sync), wanted: Wanted<'_>) -> Result<Self, Faults> {
        let Wanted { mut parameters, points, conditions } = wanted;
        let mixtures = mixtures(scenario.document(), &parameters);
        let grounds = grounds(scenario, store, &parameters, &points)?;
        let ground = |point: &[f64]| grounds.get(&owned(&vary::laid_over(&parameters, point))).unwrap_or(scenario);
        let all = points.len();
        let meets = |point: &Vec<f64>| vary::meets(conditions, ground(point), &parameters, &mixtures, point);
        let points: Vec<Vec<f64>> = points.into_iter().filter(meets).collect();
        if points.is_empty() {
            let problem =
                format!("none of the {all} combinations meets every condition; widen the values or loosen one");
            let fault = Fault { place: "--where".to_owned(), problem, position: None };
            return Err(scenario.document().faults(vec![fault]));
        }
        let built: Vec<Result<Setup, Faults>> = points
            .par_iter()
            .map(|point| {
                let changes = vary::changes(&parameters, &mixtures, point)
                    .map_err(|fault| scenario.document().faults(vec![fault]))?;
                let changes = changes.iter().map(|(pointer, value)| (pointer.as_str(), value.clone()));
                ground(point).with_all(store, changes).map(|changed| {
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
        if !faults.is_empty() {
            return Err(told(scenario, faults));
        }
        let left_out = all - points.len();
        if left_out > 0 {
            keep_values(&mut parameters, &points);
        }
        let conditions = conditions.iter().map(ToString::to_string).collect();
        let scaled = mixtures.iter().map(|mixture| mixture.place().to_owned()).collect();
        Ok(Self { parameters, points, setups, conditions, left_out, scaled })
    }

    /// Whether each combination meets the conditions.
    ///
    /// # Errors
    /// A fragment that cannot be laid over the scenario.
    pub(super) fn meeting(
        scenario: &Scenario,
        store: &dyn Store,
        parameters: &[Parameter],
        points: &[Vec<f64>],
        conditions: &[Condition],
    ) -> Result<Vec<bool>, Faults> {
        if conditions.is_empty() {
            return Ok(vec![true; points.len()]);
        }
        let mixtures = mixtures(scenario.document(), parameters);
        let grounds = grounds(scenario, store, parameters, points)?;
        let ground = |point: &[f64]| grounds.get(&owned(&vary::laid_over(parameters, point))).unwrap_or(scenario);
        Ok(points.iter().map(|point| vary::meets(conditions, ground(point), parameters, &mixtures, point)).collect())
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

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Lays the fragments of every cell over the scenario, each list of them once.
fn grounds(
    scenario: &Scenario,
    store: &dyn Store,
    parameters: &[Parameter],
    points: &[Vec<f64>],
) -> Result<Grounds, Faults> {
    let mut faults = Vec::new();
    let mut read = BTreeMap::new();
    for parameter in parameters {
        for name in
            parameter.fragments().filter(|name| !read.contains_key(*name)).map(str::to_owned).collect::<Vec<_>>()
        {
            match Document::read::<File>(store, &name) {
                Ok(document) => drop(read.insert(name, document.value().clone())),
                Err(found) => faults.extend(found.faults.into_iter().map(|fault| not_laid(parameter, &name, &fault))),
            }
        }
    }
    let mut grounds = Grounds::new();
    if faults.is_empty() && !read.is_empty() {
        for names in points.iter().map(|point| owned(&vary::laid_over(parameters, point))) {
            if grounds.contains_key(&names) {
                continue;
            }
            let laid = names.iter().try_fold(scenario.clone(), |ground, name| ground.extended(read[name].clone()));
            match laid {
                Ok(ground) => drop(grounds.insert(names, ground)),
                Err(found) => {
                    let of = parameters.iter().find(|parameter| parameter.fragments().next().is_some());
                    let of = of.map_or_else(Parameter::default, Clone::clone);
                    faults.extend(found.faults.iter().map(|fault| not_laid(&of, &names.join(" and "), fault)));
                    break;
                }
            }
        }
    }
    if faults.is_empty() { Ok(grounds) } else { Err(told(scenario, faults)) }
}

/// A fragment that cannot be laid over the scenario. A pointer whose `/` was forgotten is taken as the name of a factor.
fn not_laid(parameter: &Parameter, name: &str, fault: &Fault) -> Fault {
    let place = if fault.place.is_empty() { String::new() } else { format!("{}: ", fault.place) };
    let problem = format!(
        "`{name}` is to be a fragment laid over the scenario, as `{}` begins with no `/`: {place}{}",
        parameter.pointer, fault.problem
    );
    Fault { place: parameter.pointer.clone(), problem, position: None }
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
