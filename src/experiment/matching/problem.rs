//! A match that has been checked: arms, open numbers and targets, ready to be tried.

use super::faults::uses;
use super::file::{File, Open, Target};
use super::formula::Formula;
use super::places::{Change, Setting, expand};
use super::target::Aim;
use super::{faults, target};
use crate::experiment::calibrate::{Reading, WEIGHED, case};
use crate::experiment::rounds::{Identity, MATCH};
use crate::identity;
use crate::plain::hexadecimal;
use crate::scenario::Scenario;
use crate::scenario::text::{Document, Fault, Faults, Store};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A match without faults.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What the file says.
    pub file: File,
    /// The scenarios, by their names in the file.
    pub arms: Vec<(String, Scenario)>,
    /// The targets, in the order of the file.
    pub aims: Vec<Aim>,
    /// What is read off the runs of which arm.
    pub(super) readings: Vec<(usize, Reading)>,
    /// Formulas of the derived numbers.
    derived: Vec<Formula>,
    /// Of each arm where each quantity stands and what is written there: the open numbers, then the derived ones.
    pub(super) places: Vec<Vec<Vec<Place>>>,
}

/// Where a number stands in an arm.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    pub(super) pointer: String,
    /// What is written there, of a number that is multiplied.
    pub(super) factor_of: Option<f64>,
}

impl Place {
    /// The value that stands there.
    pub(super) fn json(&self, value: f64) -> Value {
        match self.factor_of {
            Some(written) => Change::Times(value).json(written),
            None => Change::Value(value).json(0.0),
        }
    }
}

impl Problem {
    /// Reads a match file and all that it names.
    ///
    /// # Errors
    /// Every fault in it, each with its place and a way out.
    pub fn load(store: &dyn Store, name: &str) -> Result<Self, Faults> {
        Self::of(store, &Document::read::<File>(store, name)?)
    }

    /// The same of a document at hand.
    ///
    /// # Errors
    /// As for [`Problem::load`].
    pub fn of(store: &dyn Store, document: &Document) -> Result<Self, Faults> {
        let file: File = document.parse()?;
        let mut found = faults::own(document, &file);
        let arms = arms(store, document, &file).unwrap_or_else(|faults| {
            found.extend(faults);
            Vec::new()
        });
        let derived = faults::derived(document, &file).unwrap_or_else(|faults| {
            found.extend(faults);
            Vec::new()
        });
        if arms.len() < file.arms.len() {
            return Err(document.faults(found));
        }
        let places: Vec<Vec<Vec<Place>>> = arms.iter().map(|(_, arm)| places(&file, arm)).collect();
        found.extend(faults::of_places(document, &file, &arms, &places));
        let (targets, readings) = target::aims(document, &file, &arms).unwrap_or_else(|faults| {
            found.extend(faults);
            (Vec::new(), Vec::new())
        });
        if found.is_empty() {
            Ok(Self { file, arms, aims: targets, readings, derived, places })
        } else {
            Err(document.faults(found))
        }
    }

    /// SHA-256 in hexadecimal digits of all that decides which points are left: the program's version and sources, the file, and the
    /// scenarios with their data. What was observed of targets held out is not among it, so that it can be written down afterwards.
    pub fn hash(&self) -> String {
        let mut file = self.file.clone();
        for (target, aim) in file.targets.values_mut().zip(&self.aims) {
            if !aim.is_matched {
                target.observed = None;
            }
        }
        let arms: Vec<Value> = self.arms.iter().map(|(name, arm)| json!([name, arm.file])).collect();
        let all = json!([identity::VERSION, identity::SOURCES, file, arms]);
        hexadecimal(&Sha256::digest(all.to_string()))
    }

    /// What marks the folder of its search.
    pub fn identity(&self) -> Identity {
        Identity { sort: MATCH, hash: self.hash(), file: serde_json::to_value(&self.file).unwrap_or_default() }
    }

    /// Names of the open numbers with what the file says of each.
    pub fn numbers(&self) -> impl Iterator<Item = (&str, &Open)> {
        self.file.numbers.iter().map(|(name, open)| (name.as_str(), open))
    }

    /// The open numbers at a point of the unit cube.
    pub fn values(&self, point: &[f64]) -> Vec<f64> {
        self.file.numbers.values().zip(point).map(|(open, share)| open.at(*share)).collect()
    }

    /// The same with the derived numbers behind them.
    pub(super) fn quantities(&self, values: &[f64]) -> Vec<f64> {
        let known = self.file.numbers.len();
        let names: Vec<&String> = self.file.numbers.keys().chain(self.file.derived.keys()).collect();
        let mut all = values[..known.min(values.len())].to_vec();
        for formula in &self.derived {
            let of = |name: usize| {
                let position = names.iter().position(|known| **known == formula.names[name]);
                position.and_then(|position| all.get(position)).copied().unwrap_or(f64::NAN)
            };
            let value = formula.value(&of);
            all.push(value);
        }
        all
    }

    /// What is set at a point, wherever it exists.
    pub fn settings(&self, point: &[f64]) -> Vec<Setting> {
        let quantities = self.quantities(&self.values(point));
        let open = self.file.numbers.values().map(|open| (&open.pointers, &open.times));
        let none = Vec::new();
        let derived = self.file.derived.values().map(|derived| (&derived.pointers, &none));
        let of = |((pointers, times), value): ((&Vec<String>, &Vec<String>), f64)| {
            let set = |pointer: &String, change| Setting { pointer: pointer.clone(), change };
            let replaced = pointers.iter().map(move |pointer| set(pointer, Change::Value(value)));
            let multiplied: Vec<Setting> = times.iter().map(|pointer| set(pointer, Change::Times(value))).collect();
            replaced.chain(multiplied).collect::<Vec<Setting>>()
        };
        open.chain(derived).zip(quantities).flat_map(of).collect()
    }
}

/// The scenarios, each with its patch; or the faults of all.
fn arms(store: &dyn Store, document: &Document, file: &File) -> Result<Vec<(String, Scenario)>, Vec<Fault>> {
    let (mut arms, mut faults) = (Vec::new(), Vec::new());
    for (name, asked) in &file.arms {
        let mut formulas = file.targets.values().flat_map(Target::formulas);
        let is_weighed = formulas.any(|formula| uses(formula, name) && WEIGHED.iter().any(|key| formula.contains(key)));
        match case(store, document, ["arms", name], asked, is_weighed) {
            Ok(scenario) => arms.push((name.clone(), scenario)),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(arms) } else { Err(faults) }
}

/// Where each quantity stands in an arm.
fn places(file: &File, arm: &Scenario) -> Vec<Vec<Place>> {
    let document = arm.document().value();
    let of = |pointers: &[String], is_factor: bool| -> Vec<Place> {
        let all = pointers.iter().flat_map(|pointer| expand(document, pointer));
        all.map(|(pointer, written)| Place { pointer, factor_of: is_factor.then_some(written) }).collect()
    };
    let open = file.numbers.values().map(|open| {
        let mut places = of(&open.pointers, false);
        places.extend(of(&open.times, true));
        places
    });
    open.chain(file.derived.values().map(|derived| of(&derived.pointers, false))).collect()
}
