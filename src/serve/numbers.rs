//! Every place of the arms at which a single value stands, as a JSON pointer: what can be set by hand.

use crate::scenario::Scenario;
use crate::scenario::text::token;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Places that are told at most.
const MOST: usize = 3000;
/// Letters of a text that is still a value and no prose.
const LONGEST: usize = 40;
/// Fields that hold prose, or what turns other fields.
const PROSE: [&str; 8] = ["title", "question", "sources", "assumptions", "notes", "knobs", "ethics", "data"];

/// Pointers with the value that stands there in the first arm that has such a place.
pub(super) fn of(arms: &[Scenario]) -> Value {
    let mut order: Vec<Value> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for arm in arms {
        let Some(fields) = arm.document().value().as_object() else { continue };
        for (name, value) in fields.iter().filter(|(name, _)| !PROSE.contains(&name.as_str())) {
            walk(&format!("/{}", token(name)), value, &mut |pointer, value| {
                if order.len() < MOST && known.insert(pointer.to_owned()) {
                    order.push(json!([pointer, value]));
                }
            });
        }
    }
    Value::Array(order)
}

fn walk(pointer: &str, value: &Value, found: &mut dyn FnMut(&str, &Value)) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                walk(&format!("{pointer}/{}", token(name)), field, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(&format!("{pointer}/{index}"), item, found);
            }
        }
        Value::String(text) if text.chars().count() > LONGEST => {}
        single => found(pointer, single),
    }
}
