//! Pointers with `*` for every name or item at that depth: `/providers/*/motivation`.

use serde_json::Value;

use super::path;

/// The pointers to what is there that a pointer with `*` means, in the order of the document. One without `*`, or with it where a
/// field has that very name, means itself; so does one that leads nowhere, so that it can be said where it fails.
pub(super) fn expanded(value: &Value, pointer: &str) -> Vec<String> {
    let itself = || vec![pointer.to_owned()];
    if !pointer.split('/').any(|token| token == "*") || value.pointer(pointer).is_some() {
        return itself();
    }
    let mut found = vec![(String::new(), value)];
    for token in path::tokens(pointer) {
        found = found.into_iter().flat_map(|(so_far, here)| below(&so_far, here, &token)).collect();
    }
    if found.is_empty() { itself() } else { found.into_iter().map(|(pointer, _)| pointer).collect() }
}

/// What a token leads to, with the pointers to it.
fn below<'a>(so_far: &str, here: &'a Value, token: &str) -> Vec<(String, &'a Value)> {
    if token != "*" {
        let further = format!("{so_far}/{}", escaped(token));
        return path::child(here, token).map(|child| (further, child)).into_iter().collect();
    }
    match here {
        Value::Object(fields) => {
            fields.iter().map(|(name, child)| (format!("{so_far}/{}", escaped(name)), child)).collect()
        }
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, child)| (format!("{so_far}/{index}"), child)).collect()
        }
        _ => Vec::new(),
    }
}

/// A name as RFC 6901 writes it.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_star_means_everything_that_is_there() {
        let value = json!({ "kinds": { "a/b": { "x": 1 }, "c": { "y": [ { "x": 2 }, { "x": 3 } ] } }, "*": 4 });
        assert_eq!(expanded(&value, "/kinds/*/x"), ["/kinds/a~1b/x"]);
        assert_eq!(expanded(&value, "/kinds/c/y/*/x"), ["/kinds/c/y/0/x", "/kinds/c/y/1/x"]);
        assert_eq!(expanded(&value, "/kinds/*"), ["/kinds/a~1b", "/kinds/c"]);
        assert_eq!(expanded(&value, "/*"), ["/*"]);
        assert_eq!(expanded(&value, "/kinds/*/z"), ["/kinds/*/z"]);
        assert_eq!(expanded(&value, "/kinds/c/y"), ["/kinds/c/y"]);
    }
}
