//! What an experiment varies: numbers, words, whole parts and fragments of a scenario, as they are asked for, and checked against
//! the scenario.
//!
//! ```text
//! Vary (as asked for) → Parameter (checked; a value or a level for each cell) → changes of the scenario
//! ```

mod check;
mod condition;
mod grid;
mod listed;
mod mixture;
mod name;
mod parameter;
mod read;

pub(super) use check::checked;
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

impl Level {
    /// The number at a pointer inside it.
    fn number(&self, inside: &str) -> Option<f64> {
        let Put::Value(value) = &self.put else { return None };
        value.pointer(inside)?.as_f64()
    }
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

impl Values {
    /// Numbers in their order, each once; of levels none.
    fn ascending(&self) -> Vec<f64> {
        match self {
            Self::Each(list) => {
                let mut list = list.clone();
                list.sort_by(f64::total_cmp);
                list.dedup();
                list
            }
            Self::Between(from, to) => vec![*from, *to],
            Self::Levels(_) => Vec::new(),
        }
    }

    /// Levels in the order in which they are first met, each once, as a list of cells has one for each row; of numbers none.
    fn levels(&self) -> Vec<&Level> {
        let mut once: Vec<&Level> = Vec::new();
        if let Self::Levels(levels) = self {
            for level in levels {
                if !once.contains(&level) {
                    once.push(level);
                }
            }
        }
        once
    }
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

/// What is left of a place within a whole: nothing of the whole itself, otherwise a pointer from it; `None` of a place outside.
fn within<'a>(place: &'a str, whole: &str) -> Option<&'a str> {
    place.strip_prefix(whole).filter(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What stands where with a number: itself, or as a factor its multiple of what is written at each place. A pointer that leads
/// nowhere stays as it is, so that it is told when it is set.
fn put_number(document: &Document, pointer: &str, value: f64, times: bool) -> Vec<(String, Value)> {
    let places = if times { document.pointers(pointer) } else { Vec::new() };
    if places.is_empty() {
        return vec![(pointer.to_owned(), Parameter::json(value))];
    }
    let multiple = |place: String| {
        let written = document.value().pointer(&place).and_then(Value::as_f64).unwrap_or(f64::NAN);
        (place, Parameter::json(value * written))
    };
    places.into_iter().map(multiple).collect()
}

/// The faults of the scenario's form with this value. Whether it fits the other parts is seen when all values are set.
pub(super) fn misfit(document: &Document, pointer: &str, value: f64) -> Vec<Fault> {
    check::unfit(document, &[(pointer.to_owned(), Parameter::json(value))])
}

/// What a cell is made from: a scenario with the fragments of the cell laid over it.
pub(super) fn laid_over<'a>(parameters: &'a [Parameter], point: &[f64]) -> Vec<&'a str> {
    parameters.iter().zip(point).filter_map(|(parameter, value)| parameter.fragment(*value)).collect()
}

/// What stands at the places of a document that are changed in a cell, before the rest of mixtures is scaled.
fn own_changes(document: &Document, parameters: &[Parameter], point: &[f64]) -> Vec<(String, Value)> {
    parameters.iter().zip(point).flat_map(|(parameter, value)| parameter.changes(*value, document)).collect()
}

/// What stands at the places of a document that are changed in a cell.
///
/// # Errors
/// Shares that are varied add up to more than one.
pub(super) fn changes(
    document: &Document,
    parameters: &[Parameter],
    mixtures: &[Mixture],
    point: &[f64],
) -> Result<Vec<(String, Value)>, Fault> {
    let mut changes = own_changes(document, parameters, point);
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
        let inside = places.iter().find_map(|place| within(pointer, place))?;
        Some(value.pointer(inside).cloned())
    });
    match put {
        Some(value) => value?.as_f64(),
        None => document.value().pointer(pointer)?.as_f64(),
    }
}
