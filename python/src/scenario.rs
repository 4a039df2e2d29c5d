//! A checked scenario.

use crate::fault;
use commonground::experiment;
use commonground::model::setup::Setup;
use commonground::scenario;
use commonground::scenario::bundled::{self as names, BUNDLED};
use commonground::scenario::explain::explain;
use commonground::scenario::text::{Disk, Faults};
use pyo3::prelude::*;
use serde_json::Value;
use std::sync::OnceLock;

/// Where scenarios come from: the disk, and behind it the bundled ones.
const STORE: Disk = Disk { bundled: BUNDLED };

/// A scenario without faults. What a planner would reach is found once, when it is asked for.
#[pyclass(frozen, module = "commonground._engine")]
pub(crate) struct Scenario {
    pub(crate) checked: scenario::Scenario,
    /// Whether its name alone says all of it.
    pub(crate) is_as_named: bool,
    planned: OnceLock<Setup>,
}

impl Scenario {
    fn changed(checked: Result<scenario::Scenario, Faults>) -> PyResult<Self> {
        Self::new(checked, false)
    }

    fn new(checked: Result<scenario::Scenario, Faults>, is_as_named: bool) -> PyResult<Self> {
        Ok(Self { checked: checked.map_err(fault::of_scenario)?, is_as_named, planned: OnceLock::new() })
    }
}

/// The scenarios as the library has them.
pub(crate) fn arms(scenarios: &[&Scenario]) -> Vec<scenario::Scenario> {
    scenarios.iter().map(|arm| arm.checked.clone()).collect()
}

/// Gives arms the best of a planner, and lets the scenarios remember it.
pub(crate) fn plan(own: &[&Scenario], arms: &mut [scenario::Scenario]) {
    let mut unplanned: Vec<usize> = Vec::new();
    for (position, (scenario, arm)) in own.iter().zip(&mut *arms).enumerate() {
        match scenario.planned.get() {
            Some(setup) => arm.setup = setup.clone(),
            None => unplanned.push(position),
        }
    }
    let mut found: Vec<scenario::Scenario> = unplanned.iter().map(|position| arms[*position].clone()).collect();
    experiment::benchmark(&mut found);
    for (position, found) in unplanned.into_iter().zip(found) {
        let _ = own[position].planned.set(found.setup.clone());
        arms[position] = found;
    }
}

#[pymethods]
impl Scenario {
    #[staticmethod]
    fn load(name: &str) -> PyResult<Self> {
        Self::new(scenario::Scenario::load(&STORE, name), true)
    }

    #[staticmethod]
    fn from_json(name: &str, text: &str) -> PyResult<Self> {
        Self::changed(scenario::Scenario::from_text(&STORE, name, text))
    }

    fn set(&self, changes: Vec<(String, String)>) -> PyResult<Self> {
        let changes = changes.iter().map(|(pointer, text)| Ok((pointer.as_str(), value(text)?)));
        Self::changed(self.checked.set_all(changes.collect::<PyResult<Vec<(&str, Value)>>>()?))
    }

    fn extended(&self, changes: &str) -> PyResult<Self> {
        Self::changed(self.checked.extended(value(changes)?))
    }

    fn with_steps(&self, steps: u32) -> PyResult<Self> {
        Self::changed(self.checked.with_steps(steps))
    }

    fn named(&self, name: String) -> Self {
        let mut checked = self.checked.clone();
        checked.name = name;
        Self { checked, is_as_named: false, planned: self.planned.clone() }
    }

    /// What stands at a pointer, as JSON.
    fn get(&self, pointer: &str) -> Option<String> {
        self.checked.document().value().pointer(pointer).map(Value::to_string)
    }

    fn to_json(&self) -> String {
        self.checked.resolved()
    }

    /// Headings, and under each what is said.
    fn explain(&self) -> Vec<(&'static str, Vec<String>)> {
        let sections = explain(&self.checked).into_iter();
        sections
            .map(|part| {
                (part.heading, part.facts.iter().map(commonground::scenario::explain::Fact::paragraph).collect())
            })
            .collect()
    }

    #[getter]
    fn name(&self) -> &str {
        &self.checked.name
    }

    #[getter]
    fn title(&self) -> &str {
        &self.checked.file.title
    }

    #[getter]
    fn question(&self) -> &str {
        &self.checked.file.question
    }

    #[getter]
    fn steps(&self) -> u32 {
        self.checked.file.time.steps
    }

    #[getter]
    fn unit(&self) -> &str {
        &self.checked.file.time.unit
    }

    #[getter]
    fn kinds(&self) -> Vec<&str> {
        self.checked.file.providers.keys().map(String::as_str).collect()
    }

    #[getter]
    fn pools(&self) -> Vec<&str> {
        self.checked.file.pools.keys().map(String::as_str).collect()
    }
}

fn value(text: &str) -> PyResult<Value> {
    serde_json::from_str(text).map_err(|error| fault::of_argument(format!("this is no JSON value: {error}")))
}

/// Names of the bundled scenarios, and of the fragments that are laid over one.
#[pyfunction]
pub(crate) fn bundled() -> (Vec<&'static str>, Vec<&'static str>) {
    (names::scenarios().collect(), names::fragments().collect())
}
