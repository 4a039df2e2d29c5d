//! What a study of shocks says, as written: goals, ladders of shocks, and what else is uncertain. The JSON Schema and the checks
//! of names and ranges come from these types.

use crate::model::shock::Shock;
use crate::scenario::text::{Form, derived};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::LazyLock;

/// A study of shocks: the futures that designs must meet, and what counts as meeting them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "commonground study of shocks")]
pub struct File {
    /// Name of the study for titles.
    #[schemars(length(min = 1, max = 120))]
    pub title: String,
    /// The question that it asks.
    #[schemars(length(min = 1, max = 1000))]
    pub question: String,
    /// What a good future is, by name. A design meets all goals where it meets each in the same runs.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 12))]
    pub goals: IndexMap<String, Goal>,
    /// Share of the runs of a future in which a goal must be met for the future to count as one that meets it.
    #[schemars(range(min = crate::model::failure::LEAST, max = 1.0))]
    pub met_in: f64,
    /// Measure by which designs are compared future by future: regret, and the worst futures.
    pub score: Score,
    /// Shocks of growing size, by name. No shock at all is a future of every study.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 16))]
    pub ladders: IndexMap<String, Ladder>,
    /// Numbers of the scenarios that nobody knows well, by name; each is as likely anywhere in its range.
    #[schemars(extend("maxProperties" = 100))]
    pub parameters: IndexMap<String, Uncertain>,
    /// How points are spread over these ranges. Every point meets every step of every ladder.
    pub points: Points,
}

/// A level that a measure of a run must keep to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// What it is called, as "Need is met".
    #[schemars(length(min = 1, max = 60))]
    pub label: String,
    /// Key of a measure, as `need_met`, or of one year, as `need_met@year4`; or `margin.*` for every kind of provider that has
    /// one, of which the worst counts.
    pub measure: String,
    /// The level, shares from 0 to 1.
    pub level: Level,
    /// Where the level comes from, or that it is assumed.
    #[schemars(length(min = 1))]
    pub note: String,
}

/// A side of a level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

/// The measure by which designs are compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Score {
    /// Key of a measure of which one direction is better.
    pub measure: String,
    /// Why this one.
    #[schemars(length(min = 1))]
    pub note: String,
}

/// A shock, or several together, in steps from small to large.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// What it is called, as "Winter surge".
    #[schemars(length(min = 1, max = 40))]
    pub label: String,
    /// Names of the steps, smallest first, as "+10%".
    #[schemars(length(min = 1, max = 20), inner(length(min = 1, max = 20)))]
    pub steps: Vec<String>,
    /// The shocks as a scenario has them, by name. They come on top of a scenario's own.
    #[schemars(extend("minProperties" = 1))]
    pub shocks: IndexMap<String, Shock>,
    /// Numbers in `shocks` that grow, by JSON pointer such as `/winter/need_surge/size`: a value for each step.
    #[schemars(extend("minProperties" = 1))]
    pub sizes: IndexMap<String, Vec<f64>>,
    /// Where the sizes come from, or that they are assumed.
    #[schemars(length(min = 1))]
    pub note: String,
}

/// A number, a word or a part that nobody knows well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Uncertain {
    /// What it is called, as "Growth of need a year".
    #[schemars(length(min = 1, max = 60))]
    pub label: String,
    /// JSON pointers to it in the scenarios. Several move together; every design must have each.
    #[schemars(length(min = 1))]
    pub pointers: Vec<String>,
    /// Its range.
    pub range: Range,
    /// Unit of the ends of `between`, as `pounds a month`; with `share` they are told in per cent. Nothing: plain numbers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schemars(length(max = 40))]
    pub unit: String,
    /// Where the range comes from, or that it is assumed.
    #[schemars(length(min = 1))]
    pub note: String,
}

/// A range of a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Range {
    /// The number itself lies between these two.
    Between([f64; 2]),
    /// What the scenario says is multiplied by something between these two.
    Times([f64; 2]),
    /// One of these words or parts stands there, by the names that they are told by; each is as likely.
    Among(#[schemars(extend("minProperties" = 2, "maxProperties" = 20))] IndexMap<String, Value>),
}

/// How points are spread over the ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Points {
    /// So many points of a Latin hypercube.
    Latin(#[schemars(range(min = 2, max = 10_000))] u32),
    /// So many points of a scrambled Sobol sequence, best a power of two.
    Sobol(#[schemars(range(min = 2, max = 10_000))] u32),
}

impl Goal {
    /// Whether a value of the measure keeps to the level; a missing one does not.
    pub fn is_met(&self, value: f64) -> bool {
        match self.level {
            Level::AtLeast(level) => value >= level,
            Level::AtMost(level) => value <= level,
        }
    }

    /// The worst of several values; missing where one is.
    pub(super) fn worst(&self, values: impl Iterator<Item = f64>) -> f64 {
        let worse = |a: f64, b: f64| match self.level {
            _ if a.is_nan() || b.is_nan() => f64::NAN,
            Level::AtLeast(_) => a.min(b),
            Level::AtMost(_) => a.max(b),
        };
        values.reduce(worse).unwrap_or(f64::NAN)
    }
}

/// What `unit` says of numbers that are told in per cent.
const SHARE: &str = "share";

impl Uncertain {
    /// Whether its numbers are told in per cent.
    pub fn is_share(&self) -> bool {
        self.unit == SHARE
    }
}

impl Range {
    /// The smaller and the larger end; of words the positions of the first and the last.
    pub fn ends(&self) -> [f64; 2] {
        match self {
            Self::Between(ends) | Self::Times(ends) => *ends,
            Self::Among(levels) => [0.0, levels.len().saturating_sub(1) as f64],
        }
    }

    /// The names of the words among which it is; none of a number.
    pub fn levels(&self) -> impl Iterator<Item = &str> {
        let levels = if let Self::Among(levels) = self { Some(levels) } else { None };
        levels.into_iter().flat_map(|levels| levels.keys().map(String::as_str))
    }
}

impl Points {
    /// How many.
    pub fn count(self) -> usize {
        match self {
            Self::Latin(count) | Self::Sobol(count) => count as usize,
        }
    }
}

impl Form for File {
    fn schema() -> &'static Value {
        static SCHEMA: LazyLock<Value> = LazyLock::new(derived::<File>);
        &SCHEMA
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goal(level: Level) -> Goal {
        Goal { label: "Goal".into(), measure: "margin.*".into(), level, note: "assumed".into() }
    }

    #[test]
    fn a_level_itself_is_met_and_a_missing_value_is_not() {
        for (level, met, missed) in [(Level::AtLeast(0.8), 0.81, 0.79), (Level::AtMost(0.8), 0.79, 0.81)] {
            let goal = goal(level);
            assert!(goal.is_met(0.8) && goal.is_met(met) && !goal.is_met(missed) && !goal.is_met(f64::NAN));
        }
    }

    #[test]
    fn of_several_kinds_the_worst_counts_and_one_that_is_missing_makes_all_missing() {
        let worst = |level, values: [f64; 3]| goal(level).worst(values.into_iter());
        assert!((worst(Level::AtLeast(0.0), [0.1, -0.2, 0.3]) + 0.2).abs() < 1e-15);
        assert!((worst(Level::AtMost(0.0), [0.1, -0.2, 0.3]) - 0.3).abs() < 1e-15);
        assert!(worst(Level::AtLeast(0.0), [0.1, f64::NAN, 0.3]).is_nan());
    }
}
