//! What a reader of the scenario may turn: knobs with a few named stops, each with a sentence on what it means.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Knobs by name. A file that extends another takes one away with `null`.
pub type Knobs = IndexMap<String, Knob>;

/// A number or a switch of the scenario that an interactive page lets its reader turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Knob {
    /// What it is called in front of people: "Herders".
    #[schemars(length(min = 1, max = 40))]
    pub label: String,
    /// What its numbers count, in the plural: "herders". Without it, they stand alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 40))]
    pub unit: Option<String>,
    /// JSON pointers to the values that it sets, all to the same: `["/providers/herder/count"]`.
    #[schemars(length(min = 1, max = 8))]
    pub sets: Vec<String>,
    /// Where it may stand, in the order in which one turns it.
    #[schemars(length(min = 2, max = 12))]
    pub stops: Vec<Stop>,
}

/// A place at which a knob may stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// The value that is set.
    pub value: Setting,
    /// What it is called: "six".
    #[schemars(length(min = 1, max = 24))]
    pub name: String,
    /// A sentence on what it means: "Looks about 20 seasons ahead."
    #[schemars(length(min = 1, max = 160))]
    pub says: String,
}

/// A number or a switch.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Setting {
    /// On or off.
    Switch(bool),
    /// A number.
    Number(f64),
}

impl Setting {
    /// As JSON: a whole number without a decimal point, as fields that count things need it.
    pub fn json(self) -> Value {
        match self {
            Self::Switch(on) => Value::from(on),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => Value::from(number as i64),
            Self::Number(number) => Value::from(number),
        }
    }

    /// Whether a value of a scenario is this.
    pub fn is(self, value: &Value) -> bool {
        match self {
            Self::Switch(on) => value.as_bool() == Some(on),
            Self::Number(number) => value.as_f64() == Some(number),
        }
    }
}

impl Knob {
    /// The stop at which a scenario stands, if it stands at one.
    pub fn stands(&self, scenario: &Value) -> Option<usize> {
        self.stops.iter().position(|stop| {
            self.sets.iter().all(|pointer| scenario.pointer(pointer).is_some_and(|value| stop.value.is(value)))
        })
    }
}
