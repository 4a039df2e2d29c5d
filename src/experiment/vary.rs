//! What an experiment varies: numbers, words, whole parts and fragments of a scenario, as they are asked for, and checked against
//! the scenario.
//!
//! ```text
//! Vary (as asked for) → Parameter (checked; a value or a level for each cell) → changes of the scenario
//! ```

mod check;
mod condition;
mod listed;
mod mixture;
mod name;
mod parameter;
mod read;

pub use check::parameters;
pub use condition::Condition;
pub(super) use condition::meets;
pub use listed::listed;
pub(super) use mixture::{Mixture, mixtures};
pub use parameter::Parameter;

use crate::scenario::Scenario;
use crate::scenario::text::{Document, Fault};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Something to vary, as it is asked for: `/pools/pasture/growth/depensated/rate=0.2..1:5`,
/// `/rules/collective_choice/votes=["equal","by_size"]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vary {
    /// JSON pointer to it in the resolved scenario; several that move together with commas between them. Of fragments the name of
    /// the factor.
    pub pointer: String,
    /// What it is to be called, where it was given a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The values it takes.
    pub values: Values,
    /// Whether the values multiply what the scenario says.
    #[serde(default, skip_serializing_if = "is_false")]
    pub times: bool,
    /// Whether it varies by orders of magnitude: equal steps are equal factors.
    #[serde(default, skip_serializing_if = "is_false")]
    pub log: bool,
}

/// The values that something takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Values {
    /// Each of these: `[1,2,5]`, or the even grid `1..5:3`.
    Each(Vec<f64>),
    /// Whatever a design chooses between two ends: `1..5`.
    Between(f64, f64),
    /// Words, switches, whole parts or fragments, each with a name: `["equal","by_size"]`.
    Levels(Vec<Level>),
}

/// One of the things that may stand somewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// What it is called.
    pub name: String,
    /// What is done.
    pub put: Put,
}

/// What a level does to a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Put {
    /// This stands at the pointer.
    Value(Value),
    /// This fragment is laid over the scenario.
    Fragment(String),
    /// Nothing is laid over it.
    Nothing,
}

/// Whether a field that is seldom set may be left out of a file.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Vary {
    /// A plain number with its values.
    pub fn new(pointer: impl Into<String>, values: Values) -> Self {
        Self { pointer: pointer.into(), name: None, values, times: false, log: false }
    }

    /// The pointers, one or several that move together. A comma may be part of a name; one before a `/` is not.
    fn pointers(&self) -> impl Iterator<Item = &str> {
        let mut rest = Some(self.pointer.as_str());
        std::iter::from_fn(move || {
            let here = rest?;
            let comma = here.find(",/");
            rest = comma.map(|at| &here[at + 1..]);
            Some(&here[..comma.unwrap_or(here.len())])
        })
    }

    /// Whether its levels are fragments, which are laid over the scenario and stand at no pointer.
    fn is_fragments(&self) -> bool {
        matches!(&self.values, Values::Levels(levels) if levels.iter().any(|level| !matches!(level.put, Put::Value(_))))
    }

    /// The places of the scenario that it changes, without a `*`; none of fragments.
    fn places(&self, document: &Document) -> Vec<String> {
        if self.is_fragments() {
            return Vec::new();
        }
        self.pointers().flat_map(|pointer| document.pointers(pointer)).collect()
    }
}

/// A fault of what is varied, or of a condition.
fn fault(place: &str, problem: impl Into<String>) -> Fault {
    Fault { place: place.to_owned(), problem: problem.into(), position: None }
}

/// The faults of the scenario's form with this value. Whether it fits the other parts is seen when all values are set.
pub(super) fn misfit(document: &Document, pointer: &str, value: f64) -> Vec<Fault> {
    check::unfit(document, pointer, Parameter::json(value))
}

/// What a cell is made from: a scenario with the fragments of the cell laid over it.
pub(super) fn laid_over<'a>(parameters: &'a [Parameter], point: &[f64]) -> Vec<&'a str> {
    parameters.iter().zip(point).filter_map(|(parameter, value)| parameter.fragment(*value)).collect()
}

/// What stands at the places that are changed in a cell.
///
/// # Errors
/// Shares that are varied add up to more than one.
pub(super) fn changes(
    parameters: &[Parameter],
    mixtures: &[Mixture],
    point: &[f64],
) -> Result<Vec<(String, Value)>, Fault> {
    let own = parameters.iter().zip(point).flat_map(|(parameter, value)| parameter.changes(*value));
    let mut changes: Vec<(String, Value)> = own.collect();
    for mixture in mixtures {
        changes.extend(mixture.rest(parameters, point)?);
    }
    Ok(changes)
}

/// What stands at a pointer of a scenario once it is changed: a number, or none.
fn number_at(scenario: &Scenario, changes: &[(String, Value)], pointer: &str) -> Option<f64> {
    let document = scenario.document();
    let put = changes.iter().rev().find_map(|(asked, value)| {
        let places = document.pointers(asked);
        let inside = places.iter().find_map(|place| pointer.strip_prefix(place.as_str()))?;
        (inside.is_empty() || inside.starts_with('/')).then(|| value.pointer(inside).cloned())
    });
    match put {
        Some(value) => value?.as_f64(),
        None => document.value().pointer(pointer)?.as_f64(),
    }
}
