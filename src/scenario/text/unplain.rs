//! Names and texts of a document that hold what no name and no text may: characters that steer a terminal or turn the direction
//! of reading. They are refused where they are read, so that they can stand in no table, chart or page.

use serde_json::Value;

use super::path::Path;
use super::words;
use crate::plain::is_plain;

/// The places of a document whose name or text is refused, each with the reason.
pub(super) fn faults(document: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(document, &mut Path::default(), &mut found);
    found
}

fn walk(value: &Value, here: &mut Path, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.extend(problem(text, "a text").map(|problem| (here.to_string(), problem))),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                here.enter_item(index);
                walk(item, here, found);
                here.leave();
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                here.enter(key);
                found.extend(problem(key, "a name").map(|problem| (here.to_string(), problem)));
                walk(value, here, found);
                here.leave();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn problem(text: &str, what: &str) -> Option<String> {
    let strange = text.chars().find(|character| !is_plain(*character))?;
    let kind = match strange {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => "a line end",
        '\t' => "a tab",
        _ if strange.is_control() => "a control character",
        _ => "a mark that turns or hides text",
    };
    let shown = words::name(text);
    let character = strange.escape_default();
    Some(format!("{shown} holds {kind} (`{character}`), which {what} may not; take it away"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_steers_a_terminal_or_turns_text_is_refused_with_its_place() {
        let document = json!({ "a\u{1b}": ["fine", "x\u{202e}y"], "unit": "a\nb", "fine": { "é": "Thöni, £1, 日本" } });
        assert_eq!(faults(&document), [
            (Path::default().below("a\u{1b}"), r"`a\u{1b}` holds a control character (`\u{1b}`), which a name may not; take it away".to_owned()),
            (Path::default().below("a\u{1b}") + "[1]", r"`x\u{202e}y` holds a mark that turns or hides text (`\u{202e}`), which a text may not; take it away".to_owned()),
            ("unit".to_owned(), r"`a\nb` holds a line end (`\n`), which a text may not; take it away".to_owned()),
        ]);
    }
}
