//! What a scenario file says, as written: JSON Schema, checks of names and ranges, and messages all come from these types.

use crate::model::behaviour::Behaviour;
use crate::model::payment::{Bonus, Payment, Regime};
use crate::model::pool::Pool;
use crate::model::rule::{RuleSet, Sanctioning};
use crate::model::shock::Shock;
use crate::model::society::{Norm, Society};
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
    /// What fragments add to sources and assumptions, by name: merged where a file extends others, unlike the lists above.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub notes: IndexMap<String, Notes>,
    /// Steps and the calendar.
    pub time: Time,
    /// What is shared, by name. The first pool that renews itself is the one whose fate is told.
    #[schemars(extend("minProperties" = 1))]
    pub pools: IndexMap<String, Pool>,
    /// Who uses it, by kind of provider.
    #[schemars(extend("minProperties" = 1))]
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
    pub shocks: IndexMap<String, Shock>,
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
    /// What a step is, in the singular: "month", "season", "round".
    #[schemars(length(min = 1, max = 40))]
    pub unit: String,
    /// Steps in a year, for everything that changes by the year.
    #[schemars(range(max = 1e6), extend("exclusiveMinimum" = 0))]
    pub steps_per_year: f64,
}

/// A kind of provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Number of providers of this kind.
    #[schemars(range(min = 1, max = 100_000))]
    pub count: u32,
    /// Effort of all of them together at level 1, in the unit of effort (for a place: £m of care per step). Shared equally.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0))]
    pub size: f64,
    /// Planned level of effort: what counts as a fair share before anything else is agreed.
    #[schemars(range(max = 1e6), extend("exclusiveMinimum" = 0))]
    pub plan: f64,
    /// Level before the first step, from which imitators and best responders start; without it, the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1e6))]
    pub start: Option<f64>,
    /// Levels of effort that it may choose from, in multiples of size.
    pub levels: Grid,
    /// Shares of its effort for upstream work that it may choose from.
    #[serde(default = "no_upstream", skip_serializing_if = "is_no_upstream")]
    pub upstream: Grid,
    /// Units of each pool that a unit of effort claims, by the pool's name.
    pub uses: IndexMap<String, Amount>,
    /// Place in the queue where a pool rations by priority: lowest is served first.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000))]
    pub priority: u32,
    /// Weight of its claims where a pool rations by weight.
    #[serde(default = "one")]
    #[schemars(range(max = 1e6), extend("exclusiveMinimum" = 0))]
    pub strength: f64,
    /// What effort costs.
    pub cost: Cost,
    /// Professional motivation: utility per unit of need met, against 1 for a unit of money.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub motivation: f64,
    /// Worth to the public of a unit of need met, or of yield where the kind has no need, in the scenario's unit of money.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub worth: f64,
    /// Force of the norm.
    pub norm: Norm,
    /// How it is inclined to fine others, where `peer_sanctions` lets it; without it, not at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sanctioning: Option<Sanctioning>,
    /// Whether it sits at the table where no rule says who does.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub partner: bool,
    /// How it chooses: one behaviour for all, or a list of behaviours with their shares.
    pub behaviour: Behaviours,
    /// How it is paid. Without it, it has no income.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
    /// How it is paid from later steps on, in order of their steps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Regime>,
    /// A bonus for meeting a target, on top of any payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus: Option<Bonus>,
    /// Name of the pool of money out of which it is paid; without it, from outside and always in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_from: Option<String>,
    /// Name of the kind that pays it while that holds a `prime` contract; otherwise it is paid so from outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_by: Option<String>,
    /// The need that it is there to meet, if need is part of the scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<Need>,
}

/// Units of a pool that a unit of effort claims.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Amount(#[schemars(range(min = 0.0, max = 1e9))] pub f64);

/// What effort costs, per unit of size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Cost of a unit of effort.
    #[schemars(range(min = -1e9, max = 1e9))]
    pub per_effort: f64,
    /// Cost whatever is done.
    #[schemars(range(min = -1e9, max = 1e9))]
    pub fixed: f64,
    /// Added cost, times the square of the level: agency staff and overtime.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub convex: f64,
    /// Change of all costs a year, as a share: −0.01 if efficiency saves 1% a year.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub change_per_year: f64,
}

/// One behaviour for all of a kind, or a mixture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Behaviours {
    /// All choose in the same way.
    One(Behaviour),
    /// Shares of the kind choose in different ways.
    Mixed(#[schemars(length(min = 1))] Vec<Part>),
}

/// A part of a kind that chooses in one way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Share of the providers of the kind.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// How they choose.
    #[serde(rename = "as")]
    pub behaviour: Behaviour,
}

/// A list of numbers, or evenly spaced ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Grid {
    /// Each number.
    List(#[schemars(length(min = 1, max = 128), inner(range(min = 0.0, max = 1e6)))] Vec<f64>),
    /// Evenly spaced numbers.
    Even(Even),
}

/// Evenly spaced numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Even {
    /// The first.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub from: f64,
    /// The last.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub to: f64,
    /// How many.
    #[schemars(range(min = 2, max = 128))]
    pub count: u32,
}

/// Need that falls to a kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Need per step against the planned effort of level 1: 1.0 is just what level 1 delivers from a full pool.
    pub level: Series,
    /// Growth a year, as a share, on top of the level.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub trend: f64,
    /// Factors that repeat, such as one a month; an empty list for none.
    #[schemars(length(max = 1000), inner(range(min = 0.0, max = 100.0)))]
    pub season: Vec<f64>,
    /// Standard deviation of each provider's need around the expected, as a share of it.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub noise: f64,
    /// Share of unmet need that waits for the next step.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub waits: f64,
    /// Unmet need that falls on other kinds, by their name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub spills: IndexMap<String, Spill>,
    /// Share of activity beyond need that can be charged for all the same.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub induced: f64,
    /// How strongly upstream work lowers this need, against 1 for the most.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub relief: f64,
}

/// A level: a number, a list with one value a step, or a column of data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Series {
    /// The same in every step.
    Number(#[schemars(range(min = 0.0, max = 1e6))] f64),
    /// One value a step.
    List(#[schemars(length(min = 1), inner(range(min = 0.0, max = 1e6)))] Vec<f64>),
    /// A column of a CSV file.
    Column(Column),
}

/// A column of a CSV file beside the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Where the values are.
    pub csv: Csv,
    /// What each value is multiplied by.
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 1e9))]
    pub times: f64,
    /// What happens where the run is longer than the data; without it that is a fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub then: Option<Continuation>,
}

/// A file and one of its columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Csv {
    /// Path of the file, from the scenario file that names it.
    pub file: String,
    /// Header of the column.
    pub column: String,
}

/// How data go on beyond their end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Continuation {
    /// The last so many values repeat.
    #[schemars(range(min = 1, max = 100_000))]
    pub repeat_last: u32,
    /// Growth with each repetition, as a share.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub growth: f64,
}

/// Unmet need that falls on another kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spill {
    /// Share of the unmet need.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// Units of the other kind's need that one unit becomes.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub becomes: f64,
}

/// Upstream work: prevention, hand-offs, freeing a neighbour's bed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// Stock built by a place that spends all its planned effort of one step on it.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub productivity: f64,
    /// Share of the stock lost per step.
    #[schemars(range(max = 1.0), extend("exclusiveMinimum" = 0))]
    pub decay: f64,
    /// The most by which it lowers need, as a share.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub most: f64,
    /// Stock at which half of that is reached.
    #[schemars(range(max = 1e6), extend("exclusiveMinimum" = 0))]
    pub half: f64,
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
    #[schemars(range(max = 1e9), extend("exclusiveMinimum" = 0))]
    pub cost: f64,
    /// How fast they come and go: change of effort per step as a share of the limit, per unit of profit over cost.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub entry: f64,
    /// Share of the members' activity that falls outside the place where no boundary is drawn.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub crossing: f64,
}

impl Grid {
    /// The numbers themselves.
    pub fn values(&self) -> Vec<f64> {
        match self {
            Self::List(list) => list.clone(),
            Self::Even(Even { from, to, count }) => {
                let step = (to - from) / f64::from(count.saturating_sub(1).max(1));
                (0..*count).map(|index| from + step * f64::from(index)).collect()
            }
        }
    }
}

fn one() -> f64 {
    1.0
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_yes(value: &bool) -> bool {
    *value
}

fn no_upstream() -> Grid {
    Grid::List(vec![0.0])
}

fn is_no_upstream(grid: &Grid) -> bool {
    *grid == no_upstream()
}
