//! What cells are made from: the scenario with the fragments of a cell laid over it, read once for each list of fragments.

use crate::experiment::vary::{self, Condition, Mixture, Parameter};
use crate::scenario::Scenario;
use crate::scenario::text::{Fault, Faults, Store};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The grounds of cells, and the conditions that a cell is to meet on its own.
pub(in crate::experiment) struct Grounds<'a> {
    pub(super) parameters: Vec<Parameter>,
    pub(super) conditions: &'a [Condition],
    plain: Ground,
    /// Of each list of fragments what comes of the scenario with them laid over it.
    laid: BTreeMap<Vec<String>, Ground>,
}

/// A scenario, and the mixtures in it of which only some shares are varied.
pub(super) struct Ground {
    pub(super) scenario: Scenario,
    pub(super) mixtures: Vec<Mixture>,
}

impl<'a> Grounds<'a> {
    /// Lays the fragments of the points over the scenario.
    ///
    /// # Errors
    /// Fragments that cannot be read or do not fit, each once.
    pub(in crate::experiment) fn new(
        scenario: &Scenario,
        store: &dyn Store,
        (parameters, conditions): (Vec<Parameter>, &'a [Condition]),
        points: &[Vec<f64>],
    ) -> Result<Self, Faults> {
        let (mut laid, mut faults) = (BTreeMap::new(), Vec::new());
        let lists: BTreeSet<Vec<&str>> = points.iter().map(|point| vary::laid_over(&parameters, point)).collect();
        for names in lists.into_iter().filter(|names| !names.is_empty()) {
            match lay(scenario, store, &parameters, &names) {
                Ok(ground) => drop(laid.insert(owned(&names), Ground::of(ground, &parameters))),
                Err(found) => found.into_iter().for_each(|fault| {
                    if !faults.contains(&fault) {
                        faults.push(fault);
                    }
                }),
            }
        }
        if !faults.is_empty() {
            return Err(super::told(scenario, faults));
        }
        let plain = Ground::of(scenario.clone(), &parameters);
        Ok(Self { parameters, conditions, plain, laid })
    }

    /// What the cell at a point is made from.
    pub(super) fn of(&self, point: &[f64]) -> &Ground {
        self.laid.get(&owned(&vary::laid_over(&self.parameters, point))).unwrap_or(&self.plain)
    }

    /// Whether the cell at a point meets every condition.
    pub(in crate::experiment) fn meets(&self, point: &[f64]) -> bool {
        if self.conditions.is_empty() {
            return true;
        }
        let Ground { scenario, mixtures } = self.of(point);
        vary::meets(self.conditions, scenario, &self.parameters, mixtures, point)
    }

    /// What is changed in the cell at a point.
    ///
    /// # Errors
    /// Shares that are varied add up to more than one.
    pub(super) fn changes(&self, point: &[f64]) -> Result<Vec<(String, Value)>, Fault> {
        let Ground { scenario, mixtures } = self.of(point);
        vary::changes(scenario.document(), &self.parameters, mixtures, point)
    }

    /// Lists of shares that are scaled, each once.
    pub(super) fn scaled(&self) -> Vec<String> {
        let mut places: Vec<String> = Vec::new();
        for mixture in [&self.plain].into_iter().chain(self.laid.values()).flat_map(|ground| &ground.mixtures) {
            if !places.iter().any(|place| place == mixture.place()) {
                places.push(mixture.place().to_owned());
            }
        }
        places
    }
}

impl Ground {
    fn of(scenario: Scenario, parameters: &[Parameter]) -> Self {
        let mixtures = vary::mixtures(scenario.document(), parameters);
        Self { scenario, mixtures }
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The scenario with fragments laid over it one after the other, as `scenario+fragment+fragment` has it.
fn lay(
    scenario: &Scenario,
    store: &dyn Store,
    parameters: &[Parameter],
    names: &[&str],
) -> Result<Scenario, Vec<Fault>> {
    let told = |shown: &str, found: Faults| -> Vec<Fault> {
        let of = parameters.iter().find(|parameter| parameter.fragments().any(|name| names.contains(&name)));
        let factor = of.map_or("", |parameter| &parameter.pointer);
        found.faults.iter().map(|fault| not_laid(factor, shown, fault)).collect()
    };
    let mut document = scenario.document().clone();
    for name in names {
        document = document.with_fragment(store, name).map_err(|found| told(name, found))?;
    }
    Scenario::check(store, &scenario.name, document).map_err(|found| told(&names.join(" and "), found))
}

/// A fragment that cannot be laid over the scenario. A pointer whose `/` was forgotten is taken as the name of a factor.
fn not_laid(factor: &str, name: &str, fault: &Fault) -> Fault {
    let place = if fault.place.is_empty() { String::new() } else { format!("{}: ", fault.place) };
    let problem = format!(
        "`{name}` is to be a fragment laid over the scenario, as `{factor}` begins with no `/`: {place}{}",
        fault.problem
    );
    Fault { place: factor.to_owned(), problem, position: None }
}
