//! What a match file says, as written: arms, open numbers, targets, and how hard to look. The JSON Schema and the words of the
//! messages come from these types.

use crate::experiment::calibrate::file::Case;
use crate::scenario::text::{Form, derived};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::LazyLock;

/// Numbers of scenarios that nobody knows, held against all that was measured at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "commonground match")]
pub struct File {
    /// What is matched, for titles.
    #[schemars(length(min = 1, max = 120))]
    pub title: String,
    /// The question that it asks.
    #[schemars(length(min = 1, max = 1000))]
    pub question: String,
    /// Where targets and ranges come from, one a line.
    #[schemars(length(min = 1))]
    pub sources: Vec<String>,
    /// What is assumed rather than measured, one a line.
    pub assumptions: Vec<String>,
    /// How hard to look.
    pub method: Method,
    /// The scenarios that targets are read in, by name.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 40))]
    pub arms: IndexMap<String, Case>,
    /// The open numbers, by name.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 100))]
    pub numbers: IndexMap<String, Open>,
    /// Numbers that follow from the open ones, by name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(extend("maxProperties" = 100))]
    pub derived: IndexMap<String, Derived>,
    /// What was measured, by name.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 60))]
    pub targets: IndexMap<String, Target>,
}

/// How hard to look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Points of the first wave, even over the ranges; best a power of two.
    #[schemars(range(min = 16, max = 65_536))]
    pub first: u32,
    /// Points of each further wave.
    #[schemars(range(min = 1, max = 65_536))]
    pub wave: u32,
    /// The most further waves; it ends earlier once as many points are left as are kept.
    #[schemars(range(min = 0, max = 50))]
    pub waves: u32,
    /// Runs of each arm at each point.
    #[schemars(range(min = 2, max = 100_000))]
    pub runs: u32,
    /// Runs of each arm at points that agree after `runs`, or may: they must still agree after so many.
    #[schemars(range(min = 2, max = 100_000))]
    pub verify: u32,
    /// Points in the ensemble that is handed on, at most.
    #[schemars(range(min = 1, max = 10_000))]
    pub keep: u32,
    /// Seed of all chance.
    pub seed: u64,
    /// A point is ruled out where a target is further off than so many standard deviations.
    #[serde(default = "three")]
    #[schemars(range(min = 0.1, max = 100.0))]
    pub cutoff: f64,
    /// Which of the targets that are furthest off must be: 1 is the furthest, 2 the second furthest, so that one may miss.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    #[schemars(range(min = 1, max = 10))]
    pub rank: u32,
}

/// A number that nobody knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// What it is, for people.
    #[schemars(length(min = 1, max = 200))]
    pub meaning: String,
    /// Its unit; empty for a plain number.
    #[schemars(length(max = 40))]
    pub unit: String,
    /// The least and the greatest value held possible.
    #[schemars(inner(range(min = -1e12, max = 1e12)))]
    pub range: [f64; 2],
    /// How it is spread over them: evenly, or so that every ratio is as likely.
    #[serde(default)]
    pub scale: Scale,
    /// JSON pointers to where it stands; `*` is every field or item. It is set in every arm that has it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub pointers: Vec<String>,
    /// JSON pointers to numbers that it multiplies, each as it is written in its arm.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub times: Vec<String>,
    /// Where the range is from, or that it is assumed.
    #[schemars(length(min = 1, max = 1000))]
    pub note: String,
}

/// How a number is spread over its range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Every value is as likely as any other.
    #[default]
    Linear,
    /// Every ratio is: a factor of two is as likely at either end.
    Log,
}

/// A number that follows from open ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    /// How: a formula with the names of numbers, and of derived numbers above it, in braces.
    #[schemars(length(min = 1, max = 1000))]
    pub value: String,
    /// JSON pointers to where it stands; none if other formulas alone use it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 100))]
    pub pointers: Vec<String>,
    /// Why it follows.
    #[schemars(length(min = 1, max = 1000))]
    pub note: String,
}

/// Something that was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// What it is, for people.
    #[schemars(length(min = 1, max = 200))]
    pub meaning: String,
    /// What of the model is held against it: a formula of `{arm: measure}`, worked out run by run on the same luck. A measure is
    /// one of a run, as `need_met<0.9`, of a year, as `margin.acute@year4`, or of steps, as `effort@step12`, `effort@steps1..12`.
    #[schemars(length(min = 1, max = 1000))]
    pub value: String,
    /// What of the runs counts; without it, the mean.
    #[serde(default, skip_serializing_if = "is_mean")]
    pub statistic: Statistic,
    /// Unit of all that follows.
    #[schemars(length(min = 1, max = 40))]
    pub unit: String,
    /// What was observed. Of what is held out it may be left out until somebody has looked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observed: Option<Observed>,
    /// Standard error of the observation.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub error: f64,
    /// Standard deviation of what a model of this sort may be off by, even at the right numbers: a judgement.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub discrepancy: f64,
    /// Whether points must agree with it, or it is foretold from those that agree with the others.
    #[serde(rename = "use", default = "matched", skip_serializing_if = "is_matched")]
    pub purpose: Use,
    /// Where it was published, and how it was read.
    #[schemars(length(min = 1))]
    pub source: String,
}

/// What was observed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Observed {
    /// About this value.
    About(#[schemars(range(min = -1e12, max = 1e12))] f64),
    /// This value or more.
    AtLeast(#[schemars(range(min = -1e12, max = 1e12))] f64),
    /// This value or less.
    AtMost(#[schemars(range(min = -1e12, max = 1e12))] f64),
    /// A value between two.
    Between(#[schemars(inner(range(min = -1e12, max = 1e12)))] [f64; 2]),
}

/// What of the runs counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// Their mean.
    #[default]
    Mean,
    /// The standard deviation between them: runs are places.
    StandardDeviation,
    /// The value below which this share of them lies.
    Quantile(#[schemars(range(min = 0.0, max = 1.0))] f64),
    /// The correlation between them with another formula, such as the same a year later.
    Correlation(#[schemars(length(min = 1, max = 1000))] String),
}

impl Target {
    /// Its formulas.
    pub(super) fn formulas(&self) -> impl Iterator<Item = &str> {
        let other = match &self.statistic {
            Statistic::Correlation(other) => Some(other.as_str()),
            _ => None,
        };
        std::iter::once(self.value.as_str()).chain(other)
    }
}

/// What a target is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Points must agree with it.
    Match,
    /// It is foretold, and compared afterwards.
    HoldOut,
}

fn three() -> f64 {
    3.0
}

fn first() -> u32 {
    1
}

fn matched() -> Use {
    Use::Match
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_first(rank: &u32) -> bool {
    *rank == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_matched(purpose: &Use) -> bool {
    *purpose == Use::Match
}

fn is_mean(statistic: &Statistic) -> bool {
    *statistic == Statistic::Mean
}

impl Open {
    /// The value at a share of the way from one end to the other.
    pub fn at(&self, share: f64) -> f64 {
        let [from, to] = self.range;
        match self.scale {
            Scale::Linear => from + share * (to - from),
            Scale::Log => (from * libm::exp(share * libm::log(to / from))).max(from).min(to),
        }
    }
}

impl Form for File {
    fn schema() -> &'static Value {
        static SCHEMA: LazyLock<Value> = LazyLock::new(derived::<File>);
        &SCHEMA
    }
}
