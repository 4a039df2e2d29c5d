//! Where two JSON texts are not the same.

use crate::scenario::text::token;
use serde_json::Value;

/// A list of plain values of more than this is held against another as one.
const FEW: usize = 8;

/// A place, and what stands there in the one and in the other; nothing where one has no such place.
pub(super) type Place = (String, Option<String>, Option<String>);

/// Every place at which they are not the same, as a JSON pointer, in the order of the first.
pub(super) fn places(one: &Value, other: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    collect("", Some(one), Some(other), &mut found);
    found
}

fn collect(at: &str, one: Option<&Value>, other: Option<&Value>, found: &mut Vec<Place>) {
    match (one, other) {
        _ if one == other => {}
        (Some(Value::Object(first)), Some(Value::Object(second))) => {
            let below = |name: &str| format!("{at}/{}", token(name));
            for (name, value) in first {
                collect(&below(name), Some(value), second.get(name), found);
            }
            for (name, value) in second.iter().filter(|(name, _)| !first.contains_key(*name)) {
                collect(&below(name), None, Some(value), found);
            }
        }
        (Some(Value::Array(first)), Some(Value::Array(second))) if first.len() == second.len() => {
            let apart = || first.iter().zip(second).filter(|(one, other)| one != other).count();
            if first.len() > FEW && !first.iter().any(|item| item.is_object() || item.is_array()) {
                let words = format!("{} of {} values differ", apart(), first.len());
                found.push((at.to_owned(), Some(words), Some("\"".to_owned())));
                return;
            }
            for (index, (one, other)) in first.iter().zip(second).enumerate() {
                collect(&format!("{at}/{index}"), Some(one), Some(other), found);
            }
        }
        _ => found.push((at.to_owned(), one.map(shown), other.map(shown))),
    }
}

/// Letters of a value that are shown.
const MOST: usize = 40;

/// A value in a few letters.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.len() > FEW => format!("{} values", items.len()),
        other => other.to_string(),
    };
    if text.chars().count() <= MOST { text } else { text.chars().take(MOST - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_place_is_found_from_either_side() {
        let one =
            json!({ "a": { "x": 1, "gone": true }, "list": [1, 2], "same": 0, "long": [0, 1, 2, 3, 4, 5, 6, 7, 8] });
        let other =
            json!({ "a": { "x": 2, "n/w": null }, "list": [1, 3], "same": 0, "long": [0, 1, 2, 3, 4, 5, 6, 8, 9] });
        let text = |text: &str| Some(text.to_owned());
        let expected = vec![
            ("/a/x".to_owned(), text("1"), text("2")),
            ("/a/gone".to_owned(), text("true"), None),
            ("/a/n~1w".to_owned(), None, text("null")),
            ("/list/1".to_owned(), text("2"), text("3")),
            ("/long".to_owned(), text("2 of 9 values differ"), text("\"")),
        ];
        assert_eq!(places(&one, &other), expected);
        assert!(places(&one, &one).is_empty());
    }
}
