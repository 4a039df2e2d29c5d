//! What a scenario file says of a kind of provider: its size and options, its costs and pay, how it chooses.

use super::{Need, one};
use crate::model::behaviour::Behaviour;
use crate::model::payment::{Bonus, Payment, Regime};
use crate::model::purse::Purse;
use crate::model::reviews::Reviews;
use crate::model::rule::Sanctioning;
use crate::model::scarcity::Scarcity;
use crate::model::society::Norm;
use crate::model::spread::Spread;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A kind of provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Number of providers of this kind.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub count: u32,
    /// Effort of all of them together at level 1, in the unit of effort (for a place: £m of care per step). Shared equally.
    #[schemars(range(min = crate::model::failure::LEAST, max = 1e12))]
    pub size: f64,
    /// Planned level of effort: what counts as a fair share before anything else is agreed.
    #[schemars(range(min = crate::model::failure::LEAST, max = 1e6))]
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
    /// The most of the need of other kinds, or of its own, that its upstream work prevents, as a share, by their name. Its work then
    /// builds a stock of its own; without it, it builds the stock of the place.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub prevents: IndexMap<String, Ceiling>,
    /// Units of each pool that a unit of effort claims, by the pool's name.
    pub uses: IndexMap<String, Amount>,
    /// Place in the queue where a pool rations by priority: lowest is served first.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000))]
    pub priority: u32,
    /// Weight of its claims where a pool rations by weight.
    #[serde(default = "one")]
    #[schemars(range(min = crate::model::failure::LEAST, max = 1e6))]
    pub strength: f64,
    /// What effort costs.
    pub cost: Cost,
    /// Professional motivation: utility per unit of need met, against 1 for a unit of money.
    #[schemars(range(min = 0.0, max = 1e6))]
    pub motivation: f64,
    /// Worth to the public of a unit of need met, or of yield where the kind has no need, in the scenario's unit of money.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub worth: f64,
    /// When it reviews its plan, and how far a plan can move in a step; without it, in every step and to anywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviews: Option<Reviews>,
    /// Force of the norm.
    pub norm: Norm,
    /// How it is inclined to spend money on fining others, where `peer_sanctions` lets it; without it, not at all.
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
    /// What it holds and may spend; without it, money never binds what it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purse: Option<Purse>,
    /// Name of the pool of money out of which it is paid; without it, from outside and always in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_from: Option<String>,
    /// Name of the kind that pays it out of the budget of the place, for as long as that kind holds a `prime` contract;
    /// before and after that it is paid on the same terms from outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_by: Option<String>,
    /// The need that it is there to meet, if need is part of the scenario.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<Need>,
    /// By how much places differ, and the years of a place, in what it is paid, needs and costs: a run is a place. Without it, not at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
}

/// Units of a pool that a unit of effort claims.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Amount(#[schemars(range(min = 0.0, max = 1e9))] pub f64);

/// The most of a need that can be prevented, as a share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Ceiling(#[schemars(range(min = 0.0, max = 1.0))] pub f64);

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
    /// What scarcity adds to the cost of effort; without it, nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scarcity: Option<Scarcity>,
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
