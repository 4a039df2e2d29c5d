//! The fitted values as a fragment of a scenario, which other scenarios extend.

use super::problem::{Parameter, Problem, pointer};
use super::search::Fit;
use crate::experiment::vary::Parameter as Varied;
use crate::scenario::Scenario;
use crate::scenario::text::{Document, Fault};
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

/// Lists that a preset would hold whole and that are not the same in all scenarios.
pub(super) fn faults(document: &Document, cases: &[(String, Scenario)], parameters: &[Parameter]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for parameter in parameters {
        let mut first: Vec<(&str, &str, Value)> = Vec::new();
        for ((name, case), places) in cases.iter().zip(&parameter.places) {
            for place in places {
                let Some(list) = list_around(case.document().value(), place) else { continue };
                let blank = blanked(case.document().value(), list, parameters);
                match first.iter().find(|(known, ..)| *known == list) {
                    None => first.push((list, name, blank)),
                    Some((_, other, there)) if *there != blank => {
                        let problem = format!(
                            "`{place}` stands in a list that is one thing in scenario `{other}` and another in `{name}`; a \
                             preset holds a list whole, so make the two alike"
                        );
                        faults.push(document.fault(&pointer(&["parameters", &parameter.name, "pointers"]), problem));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    faults
}

/// The pointer to the outermost list that a place is in.
fn list_around<'a>(scenario: &Value, place: &'a str) -> Option<&'a str> {
    let ends = place.match_indices('/').map(|(at, _)| at).skip(1);
    ends.map(|end| &place[..end]).find(|start| scenario.pointer(start).is_some_and(Value::is_array))
}

/// A list with nothing where parameters stand.
fn blanked(scenario: &Value, list: &str, parameters: &[Parameter]) -> Value {
    let mut scenario = scenario.clone();
    for place in parameters.iter().flat_map(|parameter| parameter.places.iter().flatten()) {
        if let Some(number) = scenario.pointer_mut(place) {
            *number = Value::Null;
        }
    }
    scenario.pointer(list).cloned().unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preset_holds_fields_by_themselves_and_lists_whole() {
        let scenario = json!({ "a": { "b": 1, "c": 2 }, "mix": [{ "share": 0.5, "k": 1 }, { "share": 0.5 }] });
        let mut preset = json!({});
        set(&mut preset, &scenario, "/a/b", json!(7));
        set(&mut preset, &scenario, "/mix/0/k", json!(8));
        set(&mut preset, &scenario, "/mix/1/share", json!(9));
        assert_eq!(preset, json!({ "a": { "b": 7 }, "mix": [{ "share": 0.5, "k": 8 }, { "share": 9 }] }));
        assert_eq!(list_around(&scenario, "/mix/0/k"), Some("/mix"));
        assert_eq!(list_around(&scenario, "/a/b"), None);
    }
}
