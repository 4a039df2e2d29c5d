//! A calibration that has been checked: scenarios, unknown numbers and observations, ready to be tried.

use super::file::{Case, File, Prior, Purpose, Range, Unknown};
use super::observation::{self, Observation};
use super::observed;
use super::preset;
use crate::experiment::rounds::{CALIBRATION, Identity};
use crate::experiment::vary::misfit;
use crate::identity;
use crate::model::benchmark::Benchmark;
use crate::model::simd::InstructionSet;
use crate::plain::hexadecimal;
use crate::scenario::Scenario;
use crate::scenario::bundled::BUNDLED;
use crate::scenario::file::File as ScenarioFile;
use crate::scenario::text::{Address, Document, Fault, Faults, Store, token};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A calibration without faults.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What the file says.
    pub file: File,
    /// The scenarios, by their names in the file.
    pub cases: Vec<(String, Scenario)>,
    /// The unknown numbers.
    pub parameters: Vec<Parameter>,
    /// The observations, in the order of the file.
    pub observations: Vec<Observation>,
}

/// An unknown number.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name in the file.
    pub name: String,
    /// What it is, for people.
    pub meaning: String,
    /// Its unit; empty for a plain number.
    pub unit: String,
    /// What is held possible before the data speak.
    pub prior: Prior,
    /// For each scenario the pointers at which it stands there.
    pub places: Vec<Vec<String>>,
}

impl Problem {
    /// Reads a calibration file and all that it names.
    ///
    /// # Errors
    /// Every fault in it, each with its place and a way out.
    pub fn load(store: &dyn Store, name: &str) -> Result<Self, Faults> {
        let document = Document::read::<File>(store, name)?;
        let mut file: File = document.parse()?;
        let mut faults = own_faults(&document, &file);
        let cases = cases(store, &document, &file).unwrap_or_else(|found| {
            faults.extend(found);
            Vec::new()
        });
        if cases.is_empty() {
            return Err(document.faults(faults));
        }
        faults.extend(observed::read_columns(store, &document, &mut file, &cases));
        let parameters: Vec<Parameter> =
            file.parameters.iter().map(|(name, unknown)| Parameter::new(name, unknown, &cases)).collect();
        faults.extend(parameter_faults(&document, &cases, &parameters, &file));
        faults.extend(preset::faults(&document, &cases, &parameters));
        let observations = observation::all(&document, &file, &cases).unwrap_or_else(|found| {
            faults.extend(found);
            Vec::new()
        });
        if faults.is_empty() {
            Ok(Self { file, cases, parameters, observations })
        } else {
            Err(document.faults(faults))
        }
    }

    /// SHA-256 in hexadecimal digits of all that decides the result: the program's version and sources, the file, and the scenarios with
    /// their data.
    pub fn hash(&self) -> String {
        let scenarios: Vec<Value> = self.cases.iter().map(|(name, case)| json!([name, case.file])).collect();
        let all = json!([identity::VERSION, identity::SOURCES, self.file, scenarios]);
        hexadecimal(&Sha256::digest(all.to_string()))
    }

    /// What marks the folder of its search.
    pub fn identity(&self) -> Identity {
        let file = serde_json::to_value(&self.file).unwrap_or_default();
        Identity { sort: CALIBRATION, hash: self.hash(), file }
    }

    /// The values of the parameters at a point of the unit cube.
    pub fn values(&self, point: &[f64]) -> Vec<f64> {
        self.parameters.iter().zip(point).map(|(parameter, share)| parameter.prior.at(*share)).collect()
    }

    /// The observations that parameters are fitted to, or those left out.
    pub fn of(&self, purpose: Purpose) -> impl Iterator<Item = (usize, &Observation)> {
        self.observations.iter().enumerate().filter(move |(_, observation)| observation.purpose == purpose)
    }
}

impl Parameter {
    fn new(name: &str, unknown: &Unknown, cases: &[(String, Scenario)]) -> Self {
        let places = |(_, case): &(String, Scenario)| {
            let is_there = |pointer: &&String| case.document().value().pointer(pointer).is_some_and(Value::is_number);
            unknown.pointers.iter().filter(is_there).cloned().collect()
        };
        Self {
            name: name.to_owned(),
            meaning: unknown.meaning.clone(),
            unit: unknown.unit.clone(),
            prior: unknown.prior,
            places: cases.iter().map(places).collect(),
        }
    }
}

impl Prior {
    /// Its ends.
    pub fn range(&self) -> Range {
        let (Self::Uniform(range) | Self::LogUniform(range)) = *self;
        range
    }

    /// The value below which it lies with a probability of `share`.
    pub fn at(&self, share: f64) -> f64 {
        let Range { from, to } = self.range();
        match self {
            Self::Uniform(_) => from + share * (to - from),
            Self::LogUniform(_) => (from * libm::exp(share * libm::log(to / from))).max(from).min(to),
        }
    }

    /// The probability that it lies below a value between its ends.
    pub fn share_below(&self, value: f64) -> f64 {
        let Range { from, to } = self.range();
        match self {
            Self::Uniform(_) => (value - from) / (to - from),
            Self::LogUniform(_) => libm::log(value / from) / libm::log(to / from),
        }
    }
}

/// What is wrong within the file, whatever the scenarios say.
fn own_faults(document: &Document, file: &File) -> Vec<Fault> {
    let mut faults = Vec::new();
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let names = file.scenarios.keys().map(|name| (pointer(&["scenarios", name]), name));
    for (place, name) in names.chain([("preset".to_owned(), &file.preset)]) {
        if !name.chars().all(is_plain) {
            let problem = format!("`{name}` is no name for a file; use small letters, digits and dashes");
            faults.push(document.fault(&place, problem));
        }
    }
    for (name, unknown) in &file.parameters {
        let place = pointer(&["parameters", name, "prior"]);
        let Range { from, to } = unknown.prior.range();
        if from >= to {
            faults.push(document.fault(&place, format!("it runs from {from} to {to}; the first must be the smaller")));
        } else if from <= 0.0 && matches!(unknown.prior, Prior::LogUniform(_)) {
            let problem = format!("it begins at {from}, where ratios make no sense; begin above 0 or take `uniform`");
            faults.push(document.fault(&place, problem));
        }
    }
    for (name, case) in &file.scenarios {
        if !file.data.values().any(|data| data.scenario == *name) {
            let problem = "no data belong to it; take it away, or name it in `data`";
            faults.push(document.fault(&pointer(&["scenarios", name]), problem));
        }
        if case.patch.contains_key("extends") {
            let problem = "a patch extends nothing; lay fragments over the scenario as in `place-fortress+alliance`";
            faults.push(document.fault(&pointer(&["scenarios", name, "patch", "extends"]), problem));
        }
    }
    if !file.data.values().any(|data| data.purpose == Purpose::Fit) {
        faults.push(document.fault("data", "all are left out; parameters need data with `\"use\": \"fit\"`"));
    }
    faults
}

/// The scenarios, each with its patch; or the faults of all.
fn cases(store: &dyn Store, document: &Document, file: &File) -> Result<Vec<(String, Scenario)>, Vec<Fault>> {
    let (mut cases, mut faults) = (Vec::new(), Vec::new());
    for (name, asked) in &file.scenarios {
        let is_weighed =
            file.data.values().any(|data| data.scenario == *name && WEIGHED.contains(&data.measure.as_str()));
        match case(store, document, ["scenarios", name], asked, is_weighed) {
            Ok(scenario) => cases.push((name.clone(), scenario)),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(cases) } else { Err(faults) }
}

/// A scenario with its patch, read beside the file that names it at `place`; or its faults, told there.
pub(in crate::experiment) fn case(
    store: &dyn Store,
    document: &Document,
    place: [&str; 2],
    asked: &Case,
    is_weighed: bool,
) -> Result<Scenario, Vec<Fault>> {
    let address = beside(document, place[1]);
    let written_in = address.to_string();
    let built = Document::from_text::<ScenarioFile>(store, address, &text(asked))
        .and_then(|text| Scenario::check(store, place[1], text))
        .and_then(|scenario| self_contained(&scenario, is_weighed));
    let told = |fault: Fault| {
        let position = fault.position.clone().filter(|position| position.file != written_in);
        let here = document.fault(&pointer(&place), in_place(&fault));
        Fault { position: position.or(here.position.clone()), ..here }
    };
    built.map_err(|found| found.faults.into_iter().map(told).collect())
}

/// Measures that hold a run against the planner's best.
pub(in crate::experiment) const WEIGHED: [&str; 2] = ["welfare_share", "fortress_index"];

/// The same scenario with its data in it, so that nothing is read again for each set of values, and with what its runs are
/// held against where that is asked for.
fn self_contained(scenario: &Scenario, is_weighed: bool) -> Result<Scenario, Faults> {
    let mut scenario = Scenario::from_text(&BUNDLED, &scenario.name, &scenario.resolved())?;
    if is_weighed {
        scenario.setup = Benchmark::measured(&scenario.setup, InstructionSet::best());
    }
    Ok(scenario)
}

/// A name for the text of a scenario that stands in the calibration file, so that other files are found beside that.
fn beside(document: &Document, name: &str) -> Address {
    match document.files().next() {
        Some(Address::Disk(path)) => Address::Disk(format!("{}#{name}", path.display()).into()),
        Some(Address::Bundled(file)) => Address::Bundled(format!("{file}#{name}")),
        None => Address::Disk(name.into()),
    }
}

/// The scenario as a file of its own would say it.
fn text(case: &Case) -> String {
    let mut text = json!({ "extends": case.scenario.split('+').map(str::trim).collect::<Vec<_>>() });
    if let Value::Object(fields) = &mut text {
        fields.extend(
            case.patch.iter().filter(|(key, _)| *key != "extends").map(|(key, value)| (key.clone(), value.clone())),
        );
    }
    text.to_string()
}

/// The pointer to a place in the calibration file.
pub(in crate::experiment) fn pointer(names: &[&str]) -> String {
    names.iter().fold(String::new(), |pointer, name| pointer + "/" + &token(name))
}

/// A fault of a scenario, its place before its problem.
pub(in crate::experiment) fn in_place(fault: &Fault) -> String {
    if fault.place.is_empty() { fault.problem.clone() } else { format!("{}: {}", fault.place, fault.problem) }
}

/// Shares of the way from one end of a prior to the other at which it is tried before anything runs. The one between finds
/// out places where only whole numbers fit.
const TRIED: [f64; 3] = [0.0, 0.437, 1.0];

/// Pointers to nothing, values that do not fit, scenarios in which nothing is unknown.
fn parameter_faults(
    document: &Document,
    cases: &[(String, Scenario)],
    parameters: &[Parameter],
    file: &File,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut taken: Vec<&str> = Vec::new();
    for (parameter, unknown) in parameters.iter().zip(file.parameters.values()) {
        for (number, asked) in unknown.pointers.iter().enumerate() {
            let at = pointer(&["parameters", &parameter.name, "pointers", &number.to_string()]);
            if taken.contains(&asked.as_str()) {
                faults.push(document.fault(&at, format!("`{asked}` is given twice; one number has one parameter")));
            } else if !parameter.places.iter().any(|there| there.contains(asked)) {
                faults.push(document.fault(&at, nowhere(asked, cases)));
            }
            taken.push(asked);
        }
        let Range { from, to } = parameter.prior.range();
        // A prior that runs backwards is told by itself; no value of it says more.
        let shares = if from < to { TRIED.as_slice() } else { &[] };
        let tried = shares.iter().map(|share| parameter.prior.at(*share));
        let tried: Vec<f64> = tried.filter(|value| value.is_finite()).collect();
        for ((name, case), pointers) in cases.iter().zip(&parameter.places) {
            for (set, value) in pointers.iter().flat_map(|set| tried.iter().map(move |value| (set, *value))) {
                for fault in misfit(case.document(), set, value) {
                    let problem = format!("in scenario `{name}`, {}", in_place(&fault));
                    faults.push(document.fault(&pointer(&["parameters", &parameter.name, "prior"]), problem));
                }
            }
        }
    }
    for (position, (name, _)) in cases.iter().enumerate() {
        if parameters.iter().all(|parameter| parameter.places[position].is_empty()) {
            let problem = "none of the parameters stands in it, so that its data tell nothing about them";
            faults.push(document.fault(&pointer(&["scenarios", name]), problem));
        }
    }
    faults
}

/// Says why a pointer leads to no number in any scenario: what is wrong in the first.
fn nowhere(asked: &str, cases: &[(String, Scenario)]) -> String {
    let Some((name, case)) = cases.first() else { return "there are no scenarios".to_owned() };
    match case.document().with(asked, Value::Null) {
        Err(fault) => format!("`{asked}` is in no scenario; in `{name}`, {}", fault.problem),
        Ok(_) => format!("`{asked}` is no number in any scenario; point to one inside it"),
    }
}
