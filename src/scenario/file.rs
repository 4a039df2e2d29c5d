//! What a scenario file says, as written. The JSON Schema, the checks of names and ranges, and the words of the messages
//! all come from these types.

mod column;
mod kind;
mod knob;
mod need;

pub use column::{Column, Continuation, Csv, Mark, Missing, Separator, Series, Turns};
pub use kind::{Amount, Behaviours, Ceiling, Cost, Even, Grid, Kind, Part};
pub use knob::{Knob, Knobs, Setting, Stop};
pub use need::{Need, Spill, Substitute};

use crate::model::pool::Pool;
use crate::model::rule::RuleSet;
use crate::model::shock::Shock;
use crate::model::society::Society;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place, a fishery or a laboratory game: pools, providers, what they know, the rules they live under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "commonground scenario")]
pub struct File {
    /// Name of the scenario for titles and legends.
    #[schemars(length(min = 1, max = 120))]
    pub title: String,
    /// The question that it asks.
    #[schemars(length(min = 1, max = 1000))]
    pub question: String,
    /// Where its numbers and ideas come from, one a line.
    #[schemars(length(min = 1))]
    pub sources: Vec<String>,
    /// What is assumed rather than measured, one a line.
    pub assumptions: Vec<String>,
    /// What a form of governance adds to sources and assumptions, by its name. Unlike the lists above these are merged where a
    /// file extends others, so that each fragment laid over a scenario keeps its own.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub notes: IndexMap<String, Notes>,
    /// Steps and the calendar.
    pub time: Time,
    /// What is shared, by name. The first pool that renews itself is the one whose fate is told.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 500, "x-every" = true))]
    pub pools: IndexMap<String, Pool>,
    /// Who uses it, by kind of provider.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 2000, "x-every" = true))]
    pub providers: IndexMap<String, Kind>,
    /// What all know of each other and what trust does, before any rule.
    pub society: Society,
    /// Upstream work: prevention that lowers need across the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upstream: Option<Upstream>,
    /// Users from outside the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outside: Option<Outside>,
    /// The rules of the place. None of them: a fortress.
    pub rules: RuleSet,
    /// What happens to the place, by name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(extend("maxProperties" = 1000))]
    pub shocks: IndexMap<String, Shock>,
    /// What a reader of an interactive page may turn, by name: at most seven numbers or switches.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(extend("maxProperties" = 7))]
    pub knobs: Knobs,
}

/// Sources and assumptions of a part of a scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Notes {
    /// Where its numbers and ideas come from, one a line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// What is assumed rather than measured, one a line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumptions: Vec<String>,
}

/// Steps and the calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// Number of steps.
    #[schemars(range(min = 1, max = 100_000))]
    pub steps: u32,
    /// Steps at the beginning of which measures of a whole run take no account, so that they tell what the place comes to and not what it
    /// started from. Series, years and when a pool collapsed have them all.
    #[schemars(range(max = 99_999))]
    #[serde(default, skip_serializing_if = "is_none")]
    pub warm_up: u32,
    /// What a step is, in the singular: "month", "season", "round".
    #[schemars(length(min = 1, max = 40))]
    pub unit: String,
    /// Steps in a year, for everything that changes by the year.
    #[schemars(range(min = crate::model::failure::LEAST, max = 1e6))]
    pub steps_per_year: f64,
}

/// Upstream work: prevention, hand-offs, freeing a neighbour's bed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// Stock built by a place that spends all its planned effort of one step on it.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub productivity: f64,
    /// Share of the stock lost per step.
    #[schemars(range(min = crate::model::failure::LEAST, max = 1.0))]
    pub decay: f64,
    /// The most by which it lowers need, as a share.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub most: f64,
    /// Stock at which half of that is reached.
    #[schemars(range(min = crate::model::failure::LEAST, max = 1e6))]
    pub half: f64,
    /// Mean number of steps before what is built begins to act, from 1; without it, the next step.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1.0, max = 1e5))]
    pub delay: Option<f64>,
}

/// Users from outside the place, who come while it pays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// Name of the pool they use.
    pub pool: String,
    /// Their effort before the first step, in the unit of effort.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub effort: f64,
    /// The most effort that entry can bring.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub limit: f64,
    /// What a unit of yield is worth to them.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub price: f64,
    /// What a unit of effort costs them.
    #[schemars(range(min = crate::model::failure::LEAST, max = 1e9))]
    pub cost: f64,
    /// How fast they come and go: change of effort per step as a share of the limit, per unit of profit over cost.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub entry: f64,
    /// Share of the members' activity that falls outside the place where no boundary is drawn.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub crossing: f64,
}

/// What a factor is where nothing else is said of it.
fn one() -> f64 {
    1.0
}

/// What need not be said of a number.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_nothing(value: &f64) -> bool {
    *value == 0.0
}

/// What need not be said of a number of steps.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_none(steps: &u32) -> bool {
    *steps == 0
}
