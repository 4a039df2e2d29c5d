//! The checker: walks a document against the JSON Schema of its type and reports every structural fault at once.
//!
//! It knows the keywords that schemars writes: `type`, `enum`, `const`, `properties`, `required`,
//! `additionalProperties`, `propertyNames`, `oneOf`, `anyOf`, `allOf`, `$ref`, `items`, `prefixItems`, and limits.

use crate::model::english::lowered;
use serde_json::{Map, Value};

use super::branch::{self, is_choice};
use super::path::Path;
use super::schema::resolve;
use super::{limit, suggest, words};

/// Findings after which the walk stops.
const MOST_FINDINGS: usize = 1000;

/// A structural fault.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    /// Where it is.
    pub(super) place: String,
    /// The place whose line is shown with it.
    pub(super) anchor: String,
    /// What is wrong.
    pub(super) problem: String,
}

/// Every structural fault of `document`; `extended` if it was put together from several files.
pub(super) fn check(schema: &Value, document: &Value, extended: bool) -> Vec<Finding> {
    let mut walk = Walk { root: schema, extended, path: Path::default(), findings: Vec::new() };
    walk.value(schema, document);
    walk.findings
}

/// The state of a walk: where it is, and what it has found.
pub(super) struct Walk<'a> {
    pub(super) root: &'a Value,
    extended: bool,
    path: Path,
    findings: Vec<Finding>,
}

impl<'a> Walk<'a> {
    /// Checks a value against a schema, which may be a reference or list alternatives.
    fn value(&mut self, schema: &'a Value, value: &Value) {
        if self.findings.len() >= MOST_FINDINGS {
            return;
        }
        let target = resolve(self.root, schema);
        if !std::ptr::eq(target, schema) {
            self.value(target, value);
        }
        if is_choice(schema) {
            self.choice(schema, value);
            self.limits(schema, value);
        } else {
            self.plain(schema, value);
        }
    }

    /// Checks a value against what a schema itself says, its alternatives left out.
    pub(super) fn plain(&mut self, schema: &'a Value, value: &Value) {
        if !branch::admits_kind(schema, value) {
            self.wrong_kind(value, &branch::needed(&[schema]));
            return;
        }
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.value(part, value);
        }
        self.limits(schema, value);
        match value {
            Value::Array(items) => self.items(schema, items),
            Value::Object(fields) => self.fields(schema, fields),
            _ => {}
        }
    }

    fn limits(&mut self, schema: &Value, value: &Value) {
        let problem = match value {
            Value::Number(number) => limit::number(schema, number),
            Value::String(text) => limit::text(schema, text),
            Value::Array(items) => limit::list(schema, items),
            Value::Object(fields) => limit::object(schema, fields),
            Value::Null | Value::Bool(_) => None,
        };
        if let Some(problem) = problem {
            self.problem(problem);
        }
    }

    fn items(&mut self, schema: &'a Value, items: &[Value]) {
        let first = schema.get("prefixItems").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (index, item) in items.iter().enumerate() {
            if let Some(schema) = first.get(index).or_else(|| schema.get("items")) {
                self.path.enter_item(index);
                self.value(schema, item);
                self.path.leave();
            }
        }
    }

    fn fields(&mut self, schema: &'a Value, fields: &Map<String, Value>) {
        let known = schema.get("properties").and_then(Value::as_object);
        let mut meant = Vec::new();
        for (key, value) in fields {
            self.path.enter(key);
            match (known.and_then(|known| known.get(key)), schema.get("additionalProperties")) {
                (Some(schema), _) => self.value(schema, value),
                (None, Some(Value::Bool(false))) => meant.extend(self.unknown_field(key, known, fields)),
                (None, Some(entry)) => {
                    if let Some(names) = schema.get("propertyNames") {
                        self.value(names, &Value::String(key.clone()));
                    }
                    self.value(entry, value);
                }
                (None, None) => {}
            }
            self.path.leave();
        }
        for field in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(field) && !meant.contains(&field) {
                self.missing(field, known.and_then(|known| known.get(field)));
            }
        }
    }

    /// Reports a field that nobody knows, and returns the absent one that was probably meant.
    fn unknown_field(
        &mut self,
        key: &str,
        known: Option<&'a Map<String, Value>>,
        fields: &Map<String, Value>,
    ) -> Option<&'a str> {
        let names = || known.into_iter().flat_map(Map::keys).map(String::as_str);
        let is_given = |name: &&str| fields.contains_key(*name);
        let absent_first = names().filter(|name| !is_given(name)).chain(names().filter(is_given));
        let meant = suggest::nearest(key, absent_first);
        let way_out = match (meant, names().count()) {
            // In a file that extends another, the field that was meant may well be there already.
            (Some(name), _) if is_given(&name) && !self.extended => {
                format!("; did you mean {}, which is given as well?", words::name(name))
            }
            (Some(name), _) => format!("; did you mean {}?", words::name(name)),
            (None, 0) => "; no fields are known here".into(),
            (None, _) => format!("; known here: {}", words::names(names())),
        };
        self.problem(format!("unknown field{way_out}"));
        meant.filter(|name| !is_given(name))
    }

    fn missing(&mut self, field: &str, schema: Option<&'a Value>) {
        let description = schema.and_then(|schema| {
            let target = resolve(self.root, schema);
            schema.get("description").or_else(|| target.get("description"))?.as_str()
        });
        let problem =
            description.map_or_else(|| "missing".into(), |text| format!("missing; it says {}", first_sentence(text)));
        let (place, anchor) = (self.path.below(field), self.path.to_string());
        self.findings.push(Finding { place, anchor, problem });
    }

    /// Reports a fault of the value at hand.
    pub(super) fn problem(&mut self, problem: String) {
        let place = self.path.to_string();
        self.findings.push(Finding { anchor: place.clone(), place, problem });
    }

    /// Reports a fault of the value at hand that shows at one of its fields.
    pub(super) fn problem_at_field(&mut self, field: &str, problem: String) {
        let (place, anchor) = (self.path.to_string(), self.path.below(field));
        self.findings.push(Finding { place, anchor, problem });
    }

    /// Reports a value of a kind that is not the one needed.
    pub(super) fn wrong_kind(&mut self, value: &Value, needed: &str) {
        let shown = words::shown(value);
        let number = value.as_f64().filter(|_| needed.starts_with("a whole number"));
        let quoted_number = value.as_str().is_some_and(|text| text.parse::<f64>().is_ok_and(f64::is_finite));
        self.problem(match number {
            Some(number) if number.fract() != 0.0 => format!("{shown} is not a whole number"),
            Some(number) if number.abs() >= u64::MAX as f64 => format!("{shown} is too large for a whole number"),
            Some(_) => format!("{shown} has a decimal point or an exponent where a whole number is needed"),
            None if value.is_null() => format!("{shown} stands where {needed} is needed"),
            None if quoted_number && needed.contains("number") => {
                format!("{shown} is text where {needed} is needed; take the quotes away")
            }
            None => format!("{shown} is {} where {needed} is needed", words::kind(value)),
        });
    }
}

/// The first sentence of a description, to stand behind other words.
fn first_sentence(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = line.join(" ");
    lowered(line.split(". ").next().unwrap_or("").trim_end_matches('.'))
}
