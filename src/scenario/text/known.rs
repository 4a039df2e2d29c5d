//! Fields that a schema knows at a place, whether they are written there or not.

use serde_json::Value;

use super::path;
use super::schema::resolve;

/// The names of fields that what stands at a pointer may have: of every form that it may take. Empty where it has no fields of its
/// own, as a list of pools, whose names are the user's.
pub(super) fn fields<'a>(root: &'a Value, pointer: &str) -> Vec<&'a str> {
    let mut here = forms(root, root, 0);
    for token in path::tokens(pointer) {
        here = here.into_iter().filter_map(|form| below(form, &token)).flat_map(|next| forms(root, next, 0)).collect();
    }
    let known = here.into_iter().filter_map(|form| form.get("properties")?.as_object());
    known.flat_map(|known| known.keys().map(String::as_str)).collect()
}

/// Forms within forms that are followed; types nest two or three.
const DEEPEST: usize = 8;

/// A schema itself, what it refers to, and the alternatives and parts in it.
fn forms<'a>(root: &'a Value, schema: &'a Value, depth: usize) -> Vec<&'a Value> {
    if depth > DEEPEST {
        return Vec::new();
    }
    let target = resolve(root, schema);
    let lists = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|list| target.get(list)?.as_array());
    let parts = lists.flatten().flat_map(|part| forms(root, part, depth + 1));
    std::iter::once(target).chain(parts).collect()
}

/// The schema of what stands under a name in a value of some form.
fn below<'a>(form: &'a Value, token: &str) -> Option<&'a Value> {
    let own = form.get("properties").and_then(|known| known.get(token));
    let any = || form.get("additionalProperties").filter(|entry| entry.is_object());
    let item = || form.get("items").filter(|_| token.parse::<usize>().is_ok());
    own.or_else(any).or_else(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_known_through_references_alternatives_names_and_items() {
        let root = json!({
            "$defs": {
                "pool": { "properties": { "growth": { "oneOf": [
                    { "properties": { "logistic": { "properties": { "rate": {} } } } },
                    { "const": "none" }
                ] } } }
            },
            "properties": {
                "pools": { "additionalProperties": { "$ref": "#/$defs/pool" } },
                "list": { "items": { "allOf": [{ "properties": { "inside": {} } }] } }
            }
        });
        assert_eq!(fields(&root, ""), ["pools", "list"]);
        assert!(fields(&root, "/pools").is_empty(), "names are the user's");
        assert_eq!(fields(&root, "/pools/sea"), ["growth"]);
        assert_eq!(fields(&root, "/pools/sea/growth/logistic"), ["rate"]);
        assert_eq!(fields(&root, "/list/3"), ["inside"]);
        assert!(fields(&root, "/nowhere/else").is_empty());
    }
}
