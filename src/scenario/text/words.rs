//! How values and names from a file are shown in a message: short, on one line, without control characters.

use serde_json::Value;

use crate::plain;

/// Characters of a value or name that a message shows.
const SHOWN: usize = 40;
/// Names of a list that a message shows.
const LISTED: usize = 12;

/// The value as JSON in backticks, cut when long; of a list or an object only its brackets.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Array(items) if items.is_empty() => "`[]`".into(),
        Value::Array(_) => "`[…]`".into(),
        Value::Object(fields) if fields.is_empty() => "`{}`".into(),
        Value::Object(_) => "`{…}`".into(),
        Value::String(text) => format!("`\"{}\"`", cut(text)),
        scalar => format!("`{scalar}`"),
    }
}

/// The name in backticks, cut when long.
pub(in crate::scenario) fn name(text: &str) -> String {
    format!("`{}`", cut(text))
}

/// The name of a file in backticks, whole however long it is.
pub(super) fn file(path: &str) -> String {
    format!("`{}`", plain::one_line(path))
}

/// Names in backticks with commas between them; of many only the first.
pub(in crate::scenario) fn names<'a>(all: impl IntoIterator<Item = &'a str>) -> String {
    let all: Vec<String> = all.into_iter().map(name).collect();
    match all.get(..LISTED) {
        Some(first) if all.len() > LISTED => format!("{} and {} more", first.join(", "), all.len() - LISTED),
        _ => all.join(", "),
    }
}

/// Text on one line, control characters escaped, long text cut.
pub(in crate::scenario) fn cut(text: &str) -> String {
    let mut short = plain::one_line(&text.chars().take(SHOWN).collect::<String>());
    if text.chars().nth(SHOWN).is_some() {
        short.push('…');
    }
    short
}

/// What a value is, in the words of a message.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// `1 item`, `2 items`.
pub fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn long_text_is_cut_and_control_characters_are_escaped() {
        assert_eq!(shown(&json!("a".repeat(41))), format!("`\"{}…\"`", "a".repeat(40)));
        assert_eq!(shown(&json!("red\u{1b}[31m\n")), "`\"red\\u{1b}[31m\\n\"`");
    }

    #[test]
    fn lists_of_many_names_end_with_a_count() {
        let many: Vec<String> = (0..14).map(|number| number.to_string()).collect();
        assert!(names(many.iter().map(String::as_str)).ends_with("`11` and 2 more"));
    }
}
