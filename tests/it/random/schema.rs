//! What the schema of scenarios has to offer, and what of it a scenario makes use of.

use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Everything that may be said in a document, as `Type.field`, and as `Type=word` where a word stands for itself.
pub(crate) fn offered(schema: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    offer("File", schema, &mut all);
    for (name, part) in schema["$defs"].as_object().into_iter().flatten() {
        offer(name, part, &mut all);
    }
    all
}

/// What a document says of that.
pub(crate) fn used(schema: &Value, document: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    Walk { schema, used: &mut all }.visit("File", schema, document);
    all
}

fn offer(name: &str, part: &Value, all: &mut BTreeSet<String>) {
    for (field, inner) in fields(part) {
        all.insert(format!("{name}.{field}"));
        offer(&format!("{name}.{field}"), inner, all);
    }
    all.extend(word(part).map(|word| format!("{name}={word}")));
    choices(part).for_each(|choice| offer(name, choice, all));
}

fn fields(part: &Value) -> impl Iterator<Item = (&String, &Value)> {
    part["properties"].as_object().into_iter().flatten()
}

fn choices(part: &Value) -> impl Iterator<Item = &Value> {
    ["oneOf", "anyOf"].into_iter().filter_map(|key| part[key].as_array()).flatten()
}

fn word(part: &Value) -> Option<&str> {
    part["const"].as_str()
}

struct Walk<'a> {
    schema: &'a Value,
    used: &'a mut BTreeSet<String>,
}

impl Walk<'_> {
    fn visit(&mut self, name: &str, part: &Value, value: &Value) {
        if let Some(other) = part["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            let schema = self.schema;
            self.visit(other, &schema["$defs"][other], value);
        }
        if word(part).is_some_and(|word| value == word) {
            self.used.insert(format!("{name}={}", value.as_str().unwrap_or_default()));
        }
        match value {
            Value::Object(object) => self.visit_object(name, part, object),
            Value::Array(list) => list.iter().for_each(|item| self.visit(name, &part["items"], item)),
            _ => {}
        }
        for choice in choices(part).filter(|choice| may_be(choice, value)) {
            self.visit(name, choice, value);
        }
    }

    fn visit_object(&mut self, name: &str, part: &Value, object: &Map<String, Value>) {
        for (field, value) in object {
            if let Some(inner) = part["properties"].get(field) {
                self.used.insert(format!("{name}.{field}"));
                self.visit(&format!("{name}.{field}"), inner, value);
            } else {
                self.visit(name, &part["additionalProperties"], value);
            }
        }
    }
}

/// Whether a value may be meant by one of several choices: it has all that the choice requires.
fn may_be(choice: &Value, value: &Value) -> bool {
    let required = choice["required"].as_array().into_iter().flatten();
    required.filter_map(Value::as_str).all(|field| value.get(field).is_some())
}
