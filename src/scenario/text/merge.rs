//! Lays what one file says over another (RFC 7396: a field set to `null` is taken away), as the type of the file has it: a part
//! whose form goes by another name is replaced, and what is said of [`EVERY`] of a list by name goes to each.

use super::branch::{forms, tag};
use serde_json::{Map, Value};

/// The name under which a list by name says what all in it share, where its schema has [`MARK`].
pub(super) const EVERY: &str = "every";
/// What marks a list by name in a schema as one that knows [`EVERY`].
pub(super) const MARK: &str = "x-every";

/// Merges `patch` into `target`, which both are of the type that has the schema `root`.
pub(super) fn merge(root: &Value, target: &mut Value, patch: Value) {
    Merger { root }.merge(Some(root), target, patch);
}

/// Gives what a file that extends nothing says of [`EVERY`] to each of its own.
pub(super) fn settle(root: &Value, document: &mut Value) {
    let Some(properties) = root.get("properties").and_then(Value::as_object) else { return };
    for (name, schema) in properties.iter().filter(|(_, schema)| is_marked(schema)) {
        let Some(list) = document.get_mut(name) else { continue };
        if list.get(EVERY).is_some_and(Value::is_object) {
            let written = std::mem::take(list);
            Merger { root }.merge(Some(schema), list, written);
        }
    }
}

/// Whether a list by name knows [`EVERY`].
pub(super) fn is_marked(schema: &Value) -> bool {
    schema.get(MARK) == Some(&Value::Bool(true))
}

/// Bytes that what is said of every one may take up once each has it: 2,000 kinds of 25 kB.
const MOST_SPREAD: usize = 50_000_000;
/// Bytes of a number, or of a name beside its letters, at least.
const OF_A_VALUE: usize = 32;

/// About how many bytes a value takes up.
fn weight(value: &Value) -> usize {
    OF_A_VALUE
        + match value {
            Value::String(text) => text.len(),
            Value::Array(items) => items.iter().map(weight).sum(),
            Value::Object(fields) => fields.iter().map(|(name, value)| name.len() + weight(value)).sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        }
}

struct Merger<'a> {
    root: &'a Value,
}

impl<'a> Merger<'a> {
    fn merge(&self, schema: Option<&'a Value>, target: &mut Value, patch: Value) {
        let Value::Object(mut patch) = patch else {
            *target = patch;
            return;
        };
        if !target.is_object() {
            *target = Value::Object(Map::new());
        }
        let Value::Object(fields) = target else { return };
        let forms = schema.map(|schema| forms(self.root, schema)).unwrap_or_default();
        forget_other_forms(&forms, fields, &patch);
        if schema.is_some_and(is_marked) {
            self.give_to_each(&forms, fields, &mut patch);
        }
        for (name, value) in patch {
            if value.is_null() {
                fields.shift_remove(&name);
            } else {
                self.merge(below(&forms, &name), fields.entry(name).or_insert(Value::Null), value);
            }
        }
    }

    /// What is said of all goes to those that were there and to those that come with it, whose own words come after.
    fn give_to_each(&self, forms: &[&'a Value], fields: &mut Map<String, Value>, patch: &mut Map<String, Value>) {
        let Some(said) = patch.get(EVERY).filter(|said| said.is_object()) else { return };
        // A small file must not become a scenario that no memory holds. Left where it is, it is a fault of its own.
        if weight(said).saturating_mul(fields.len() + patch.len()) > MOST_SPREAD {
            return;
        }
        let Some(shared) = patch.shift_remove(EVERY) else { return };
        for name in patch.iter().filter(|(_, value)| value.is_object()).map(|(name, _)| name) {
            fields.entry(name).or_insert(Value::Null);
        }
        for (name, value) in fields.iter_mut() {
            self.merge(below(forms, name), value, shared.clone());
        }
    }
}

/// Takes a part away that goes by another name than the one that is laid over it.
fn forget_other_forms(forms: &[&Value], fields: &mut Map<String, Value>, patch: &Map<String, Value>) {
    let tags: Vec<&str> = forms.iter().filter_map(|form| tag(form)).collect();
    let is_given = |name: &str| patch.get(name).is_some_and(|value| !value.is_null());
    if tags.iter().any(|tag| is_given(tag)) {
        fields.retain(|name, _| is_given(name) || !tags.contains(&name.as_str()));
    }
}

/// The schema of a field, in the first form that knows it.
fn below<'a>(forms: &[&'a Value], name: &str) -> Option<&'a Value> {
    let named = forms.iter().find_map(|form| form.get("properties")?.get(name));
    named.or_else(|| forms.iter().find_map(|form| form.get("additionalProperties").filter(|entry| entry.is_object())))
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;
    use crate::scenario::file::File;
    use serde_json::json;

    #[track_caller]
    fn laid(base: Value, patches: &[Value]) -> Value {
        let mut merged = base;
        settle(File::schema(), &mut merged);
        for patch in patches {
            merge(File::schema(), &mut merged, patch.clone());
        }
        merged
    }

    #[test]
    fn a_part_of_another_name_is_replaced_and_one_of_the_same_name_is_merged() {
        let payment = |payment: Value| json!({ "providers": { "acute": { "payment": payment } } });
        let base = || payment(json!({ "tariff": { "price": 1, "baseline": 2 } }));
        let patched = |patch: Value| laid(base(), &[payment(patch)]);
        assert_eq!(patched(json!({ "block": { "amount": 1 } })), payment(json!({ "block": { "amount": 1 } })));
        assert_eq!(
            patched(json!({ "tariff": { "price": 3 } })),
            payment(json!({ "tariff": { "price": 3, "baseline": 2 } }))
        );
        assert_eq!(patched(json!({ "tariff": null, "block": {} })), payment(json!({ "block": {} })));
        assert_eq!(patched(json!({ "tariff": null })), payment(json!({})));
        // Two in one file stay two, and a slip of the pen stays beside what it was meant for: both are faults.
        assert_eq!(patched(json!({ "block": {}, "prime": {} })), payment(json!({ "block": {}, "prime": {} })));
        assert_eq!(
            patched(json!({ "blok": {} })),
            payment(json!({ "tariff": { "price": 1, "baseline": 2 }, "blok": {} }))
        );
    }

    #[test]
    fn laws_of_growth_behaviours_decisions_and_shocks_are_replaced_and_rules_pools_and_kinds_are_not() {
        let base = json!({
            "pools": { "sea": { "growth": { "logistic": { "rate": 1 } }, "production": { "schaefer": {} } } },
            "providers": { "boat": { "behaviour": { "learner": { "memory": 1 } }, "then": [] } },
            "rules": { "quota": {}, "collective_choice": { "decision": { "majority": {} } } },
            "shocks": { "storm": { "stock_loss": { "when": { "at": 5 }, "size": 1 } } }
        });
        let patch = json!({
            "pools": { "sea": { "growth": { "inflow": { "amount": 1 } } }, "lake": {} },
            "providers": { "boat": { "behaviour": { "fixed": {} } }, "ship": {} },
            "rules": { "measures": {}, "collective_choice": { "decision": { "lot": {} } } },
            "shocks": { "storm": { "stock_loss": { "when": { "chance": 0.1 } } } }
        });
        assert_eq!(
            laid(base.clone(), &[patch]),
            json!({
                "pools": { "sea": { "growth": { "inflow": { "amount": 1 } }, "production": { "schaefer": {} } }, "lake": {} },
                "providers": { "boat": { "behaviour": { "fixed": {} }, "then": [] }, "ship": {} },
                "rules": { "quota": {}, "collective_choice": { "decision": { "lot": {} } }, "measures": {} },
                "shocks": { "storm": { "stock_loss": { "when": { "chance": 0.1 }, "size": 1 } } }
            })
        );
        let mixed = json!({ "providers": { "boat": { "behaviour": [{ "share": 1, "as": { "fixed": {} } }] } } });
        assert_eq!(
            laid(base.clone(), std::slice::from_ref(&mixed))["providers"]["boat"]["behaviour"],
            mixed["providers"]["boat"]["behaviour"]
        );
        let surge = json!({ "shocks": { "storm": { "need_surge": {} } } });
        assert_eq!(laid(base, std::slice::from_ref(&surge))["shocks"], surge["shocks"]);
    }

    #[test]
    fn what_is_said_of_every_goes_to_each_and_its_own_words_come_after() {
        let base = json!({ "providers": {
            "every": { "payment": { "block": { "amount": 1 } }, "size": 1 },
            "lead": { "payment": { "prime": {} } }, "other": { "size": 2 }
        } });
        let whole = json!({ "providers": {
            "lead": { "payment": { "prime": {} }, "size": 1 }, "other": { "payment": { "block": { "amount": 1 } }, "size": 2 }
        } });
        assert_eq!(laid(base.clone(), &[]), whole);
        let fragment =
            json!({ "providers": { "every": { "size": null, "plan": 3 }, "late": { "plan": 4 }, "lead": null } });
        assert_eq!(
            laid(base, &[fragment]),
            json!({ "providers": {
            "other": { "payment": { "block": { "amount": 1 } }, "plan": 3 }, "late": { "plan": 4 }
        } })
        );
        let pools = json!({ "pools": { "every": { "growth": { "fixed": {} } }, "sea": {} } });
        assert_eq!(laid(pools, &[]), json!({ "pools": { "sea": { "growth": { "fixed": {} } } } }));
    }

    #[test]
    fn a_small_file_does_not_become_more_than_memory_holds() {
        let names = (0..10_000).map(|number| (format!("kind {number}"), json!({})));
        let mut kinds: Map<String, Value> = names.collect();
        kinds.insert(EVERY.into(), json!({ "title": "x".repeat(10_000) }));
        let written = json!({ "providers": kinds });
        assert_eq!(laid(written.clone(), &[]), written);
        assert_eq!(laid(json!({}), std::slice::from_ref(&written)), written);
    }

    #[test]
    fn every_is_a_name_like_any_other_where_it_says_nothing_of_all() {
        let written = json!({ "shocks": { "every": { "need_surge": {} } }, "providers": { "every": 5 }, "time": { "every": {} } });
        assert_eq!(laid(written.clone(), &[]), written);
        assert_eq!(laid(json!({}), std::slice::from_ref(&written)), written);
    }
}
