//! What a calibration file says, as written: scenarios, unknown numbers in them, data, and how hard to look. The JSON Schema
//! and the words of the messages come from these types.

use crate::scenario::file::Csv;
use crate::scenario::text::{Form, derived};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::LazyLock;

/// Numbers of scenarios to be fitted to data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "commonground calibration")]
pub struct File {
    /// What is fitted, for titles.
    #[schemars(length(min = 1, max = 120))]
    pub title: String,
    /// The question that it asks.
    #[schemars(length(min = 1, max = 1000))]
    pub question: String,
    /// Where data and ideas come from, one a line.
    #[schemars(length(min = 1))]
    pub sources: Vec<String>,
    /// What is assumed rather than measured, one a line.
    pub assumptions: Vec<String>,
    /// Name of the preset that holds the fitted values: small letters, digits and dashes.
    #[schemars(length(min = 1, max = 60))]
    pub preset: String,
    /// How hard to look.
    pub method: Method,
    /// The situations in which the data were gathered, by name.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 100))]
    pub scenarios: IndexMap<String, Case>,
    /// The unknown numbers, by name.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 20))]
    pub parameters: IndexMap<String, Unknown>,
    /// What was observed, by name.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 10_000))]
    pub data: IndexMap<String, Data>,
}

/// How hard to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Runs of each scenario for each set of values that is tried.
    #[schemars(range(min = 1, max = 100_000))]
    pub runs: u32,
    /// Sets of values tried in a round.
    #[schemars(range(min = 20, max = 10_000))]
    pub particles: u32,
    /// The most rounds; it ends earlier once the intervals are those of the data's own errors.
    #[schemars(range(min = 1, max = 100))]
    pub rounds: u32,
    /// Seed of all chance.
    pub seed: u64,
}

/// A situation: a scenario, and what is different in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// A file beside this one or a bundled scenario, with fragments laid over it as in `place-fortress+alliance`.
    #[schemars(length(min = 1))]
    pub scenario: String,
    /// What is changed in it: a merge patch, as a file that extends it would be written.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub patch: Map<String, Value>,
}

/// An unknown number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unknown {
    /// What it is, for people.
    #[schemars(length(min = 1, max = 200))]
    pub meaning: String,
    /// Its unit; empty for a plain number.
    #[schemars(length(max = 40))]
    pub unit: String,
    /// What is held possible before the data speak.
    pub prior: Prior,
    /// JSON pointers to where it stands. Each is set in every scenario that has it.
    #[schemars(length(min = 1, max = 100))]
    pub pointers: Vec<String>,
}

/// What is held possible before the data speak.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Prior {
    /// Every value between two is as likely as any other.
    Uniform(Range),
    /// Every ratio between two positive values is as likely as any other: a factor of two is as likely at either end.
    LogUniform(Range),
}

/// Two ends.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// The smallest value.
    #[schemars(range(min = -1e12, max = 1e12))]
    pub from: f64,
    /// The largest.
    #[schemars(range(min = -1e12, max = 1e12))]
    pub to: f64,
}

/// One or more observations of one thing in one scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// Name of the scenario that it belongs to.
    pub scenario: String,
    /// Measure of the model: an outcome of the whole run, as in `need_met`, `need_met<0.9` for the share of runs beyond a
    /// limit, `margin.acute`, or of one year, as `margin.acute@year4`; with `steps` a series.
    pub measure: String,
    /// The step at whose end the series is read, counted from 1; a list of steps with an observation for each; or from one
    /// step to another for the mean over them. Without it the measure is an outcome of the whole run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Steps>,
    /// What of the runs is compared with the data; without it, the mean.
    #[serde(default, skip_serializing_if = "is_mean")]
    pub statistic: Statistic,
    /// What the model's measure is multiplied by to be in the unit of the data.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schemars(range(min = -1e12, max = 1e12))]
    pub times: f64,
    /// What is then added.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[schemars(range(min = -1e12, max = 1e12))]
    pub plus: f64,
    /// Unit of the data. Errors in units, and the mean that stands for no model at all, are taken over data of one unit.
    #[schemars(length(min = 1, max = 40))]
    pub unit: String,
    /// What was observed: a number, or with a list of steps one for each.
    pub observed: Numbers,
    /// Its standard error, in the unit of the data: what a difference counts as. One for all, or one for each.
    pub error: Errors,
    /// Whether parameters are fitted to it, or it is left out to see how well they foretell it.
    #[serde(rename = "use")]
    pub purpose: Purpose,
    /// Where it was published, and how it was read.
    #[schemars(length(min = 1))]
    pub source: String,
}

/// Which steps of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Steps {
    /// One.
    One(#[schemars(range(min = 1, max = 100_000))] u32),
    /// Several, each with its observation.
    Each(#[schemars(length(min = 1, max = 1000), inner(range(min = 1, max = 100_000)))] Vec<u32>),
    /// The mean over all from one to another.
    Over(Stretch),
}

/// A stretch of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stretch {
    /// The first, counted from 1.
    #[schemars(range(min = 1, max = 100_000))]
    pub from: u32,
    /// The last.
    #[schemars(range(min = 1, max = 100_000))]
    pub to: u32,
}

/// A number, or one for each step of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Numbers {
    /// One.
    One(#[schemars(range(min = -1e12, max = 1e12))] f64),
    /// One for each step.
    Each(#[schemars(length(min = 1, max = 1000), inner(range(min = -1e12, max = 1e12)))] Vec<f64>),
    /// A column of a CSV file: a row for each step of a list, or for each from one step to another.
    Column(Table),
}

/// A column of a CSV file beside the calibration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Where the values are.
    pub csv: Csv,
    /// What each value is multiplied by.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[schemars(range(min = -1e12, max = 1e12))]
    pub times: f64,
}

/// A positive number, or one for each step of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Errors {
    /// One for all.
    One(Positive),
    /// One for each step.
    Each(#[schemars(length(min = 1, max = 1000))] Vec<Positive>),
}

/// A number above 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Positive(#[schemars(range(min = crate::model::failure::LEAST, max = 1e12))] pub f64);

/// What of the runs is compared with the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// The mean over the runs.
    #[default]
    Mean,
    /// The standard deviation between the runs.
    StandardDeviation,
    /// The value below which this share of the runs lies.
    Quantile(#[schemars(range(min = 0.0, max = 1.0))] f64),
}

/// What a datum is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Parameters are fitted to it.
    Fit,
    /// It is left out, to see how well the fitted parameters foretell it.
    HoldOut,
}

fn one() -> f64 {
    1.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_one(value: &f64) -> bool {
    (value - 1.0).abs() < f64::EPSILON
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(value: &f64) -> bool {
    value.abs() < f64::MIN_POSITIVE
}

fn is_mean(statistic: &Statistic) -> bool {
    *statistic == Statistic::Mean
}

impl Numbers {
    /// As many numbers as there are steps, or what is wrong with them.
    pub(super) fn list(&self, steps: usize) -> Result<Vec<f64>, String> {
        match self {
            Self::One(number) if steps == 1 => Ok(vec![*number]),
            Self::One(_) => Err(format!("one number for {steps} steps; give a list with one for each")),
            Self::Each(list) => of_length(list, steps),
            Self::Column(_) => Err("the column has not been read".to_owned()),
        }
    }
}

impl Errors {
    /// As many errors as there are steps, or what is wrong with them.
    pub(super) fn list(&self, steps: usize) -> Result<Vec<f64>, String> {
        match self {
            Self::One(number) => Ok(vec![number.0; steps]),
            Self::Each(list) => of_length(&list.iter().map(|number| number.0).collect::<Vec<f64>>(), steps),
        }
    }
}

fn of_length(list: &[f64], steps: usize) -> Result<Vec<f64>, String> {
    if list.len() == steps {
        return Ok(list.to_vec());
    }
    let problem = if steps == 1 { "and one step; give a number" } else { "are not as many as there are steps" };
    Err(format!("{} numbers {problem}; there must be {steps}", list.len()))
}

impl Form for File {
    fn schema() -> &'static Value {
        static SCHEMA: LazyLock<Value> = LazyLock::new(derived::<File>);
        &SCHEMA
    }
}
