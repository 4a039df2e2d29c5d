//! Where a number stands in a scenario: pointers with `*` for every field or item, and what is put there.

use crate::experiment::vary::Parameter as Varied;
use crate::scenario::Scenario;
use crate::scenario::text::places;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A value for every place that a pointer leads to, in whatever scenario has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setting {
    /// JSON pointer, with `*` for every field or item.
    pub pointer: String,
    /// What is put there.
    #[serde(flatten)]
    pub change: Change,
}

/// What is done to a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It is replaced.
    Value(f64),
    /// What is written is multiplied.
    Times(f64),
}

/// The numbers that a pointer leads to, each by its own pointer with what is written there.
pub(super) fn expand(scenario: &Value, pointer: &str) -> Vec<(String, f64)> {
    let numbers = places(scenario, pointer).into_iter();
    numbers.filter_map(|(path, value)| Some((path, value.as_f64()?))).collect()
}

/// What settings come to in a scenario: a value for each place that it has.
pub(super) fn changes(scenario: &Scenario, settings: &[Setting]) -> Vec<(String, Value)> {
    let document = scenario.document().value();
    let of = |setting: &Setting| {
        let change = setting.change;
        expand(document, &setting.pointer).into_iter().map(move |(place, written)| (place, change.json(written)))
    };
    settings.iter().flat_map(of).collect()
}

impl Change {
    /// What stands there afterwards.
    pub(super) fn json(self, written: f64) -> Value {
        Varied::json(match self {
            Self::Value(value) => value,
            Self::Times(factor) => factor * written,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_star_is_every_field_or_item_and_only_numbers_count() {
        let scenario = json!({ "kinds": { "a": { "x": 1 }, "b": { "y": 2 }, "c/d": { "x": 3 } }, "list": [4, "five"] });
        let found = |pointer| expand(&scenario, pointer).into_iter().map(|(place, _)| place).collect::<Vec<_>>();
        assert_eq!(found("/kinds/*/x"), ["/kinds/a/x", "/kinds/c~1d/x"]);
        assert_eq!(found("/list/*"), ["/list/0"]);
        assert_eq!(expand(&scenario, "/kinds/b/y"), [("/kinds/b/y".to_owned(), 2.0)]);
        assert!(found("kinds").is_empty() && found("/kinds").is_empty() && found("/none/*").is_empty());
    }

    #[test]
    fn a_setting_is_written_as_its_pointer_and_what_is_done() {
        let setting = Setting { pointer: "/a/*".into(), change: Change::Times(1.5) };
        let text = serde_json::to_string(&setting).unwrap();
        assert_eq!(text, r#"{"pointer":"/a/*","times":1.5}"#);
        assert_eq!(serde_json::from_str::<Setting>(&text).unwrap(), setting);
    }
}
