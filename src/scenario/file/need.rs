//! What a scenario file says of need: its level, from a number or from data, and what happens to need that is not met.

use super::{Grid, Series, is_nothing};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Share of a deviation from the expected that is still there a step later: 0 draws each step anew, 1 draws once a run. The
    /// spread stays that of the noise.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub persistence: f64,
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
    /// Share of new and received need that cannot wait: it moves what is done in each step around the plan, and is done even where the
    /// plan is less.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub urgent: f64,
    /// What of this need another kind may meet, if it is referred there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substitute: Option<Substitute>,
}

/// Part of a need that another kind may meet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Substitute {
    /// Name of the kind that may meet it.
    pub by: String,
    /// The most of the need that can be met there, as a share.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// Units of the other kind's need that one unit becomes: 0.7 if it is met there with 70% of the effort.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub cost: f64,
    /// Worth to the public of a unit met there, against one met here.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub worth: f64,
    /// How much a unit that is met there counts for whoever referred it, against one that it met itself: 0 is out of sight, out of mind.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub care: f64,
    /// Share of what whoever refers is paid for a unit of planned care that follows it to whoever treats it. With `keeps` at most 1.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub follows: f64,
    /// Share of what it would be paid for a unit, had it met it, that it goes on being paid.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub keeps: f64,
    /// What it may choose to refer of what can be met there, as shares.
    pub refer: Grid,
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
