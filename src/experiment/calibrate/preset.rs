//! The fitted values as a fragment of a scenario, which other scenarios extend.

use super::problem::Problem;
use super::search::Fit;
use crate::experiment::vary::Parameter as Varied;
use serde_json::{Map, Value, json};

impl Fit {
    /// The values that fit best, where they stand, with a note of where they come from.
    pub fn preset(&self, problem: &Problem) -> Value {
        let mut preset = json!({});
        let values = problem.values(&self.best);
        for (case, (_, scenario)) in problem.cases.iter().enumerate() {
            for (parameter, value) in problem.parameters.iter().zip(&values) {
                for pointer in &parameter.places[case] {
                    set(&mut preset, scenario.document().value(), pointer, Varied::json(*value));
                }
            }
        }
        let title = &problem.file.title;
        let note = json!({
            "sources": problem.file.sources,
            "assumptions": [format!("Values fitted to data by `commonground calibrate`: {title}")],
        });
        if let Value::Object(fields) = &mut preset {
            fields.insert("notes".to_owned(), json!({ problem.file.preset.as_str(): note }));
        }
        preset
    }
}

/// Puts a value at a pointer of a merge patch. A list cannot be patched in parts, so that it is taken whole from the scenario.
fn set(patch: &mut Value, scenario: &Value, pointer: &str, value: Value) {
    let (mut here, mut there) = (patch, scenario);
    for token in pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")) {
        let next = match there {
            Value::Array(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
            fields => fields.get(&token),
        };
        let Some(next) = next else { return };
        if there.is_array() {
            if !here.is_array() {
                *here = there.clone();
            }
            let Some(item) = token.parse::<usize>().ok().and_then(|index| here.get_mut(index)) else { return };
            here = item;
        } else {
            if !here.is_object() {
                *here = Value::Object(Map::new());
            }
            let Value::Object(fields) = here else { return };
            here = fields.entry(token).or_insert(Value::Null);
        }
        there = next;
    }
    *here = value;
}
