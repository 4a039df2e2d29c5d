//! Text to a JSON value; where the text is not JSON, the reason in words with a way out.

use serde_json::Value;

/// Why a text is not JSON.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SyntaxFault {
    /// The reason and the way out.
    pub(super) problem: String,
    /// The line the reader stopped on, the first is 1.
    pub(super) line: usize,
}

/// The value that a text holds.
pub(super) fn parse(text: &str) -> Result<Value, SyntaxFault> {
    if text.trim().is_empty() {
        let problem = "the file is empty; `commonground new` writes a starting point".into();
        return Err(SyntaxFault { problem, line: 1 });
    }
    serde_json::from_str(text).map_err(|error| SyntaxFault { problem: problem(text, &error), line: error.line() })
}

fn problem(text: &str, error: &serde_json::Error) -> String {
    let words = error.to_string();
    let reason = words.split(" at line ").next().unwrap_or(&words);
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or("");
    let word = word_at(line, error.column());
    let shown = super::words::name(word);
    if let Some(problem) = foreign(word) {
        return problem;
    }
    // What is no JSON at all may be anybody's file: nothing of it is told.
    if !text.trim_start().starts_with(['{', '[', '"']) {
        return "the file does not begin with `{`; a scenario is a JSON object".into();
    }
    match reason {
        "number out of range" => format!("{shown} is too large; numbers go up to about 1.8e308"),
        "trailing comma" => "trailing commas are not allowed in JSON; take the last comma away".into(),
        "trailing characters" => "there is more text after the end of the document".into(),
        "recursion limit exceeded" => "lists and objects are nested too deeply; at most 127 levels are read".into(),
        "key must be a string" if is_rest_of_number(line, error.column(), word) => {
            format!("a decimal comma before {shown}; numbers have a decimal point, as in `0.5`")
        }
        "key must be a string" => format!("field names stand in double quotes; {shown} does not"),
        "invalid number" => format!("{shown} is not a JSON number; write it as `0.5`, `-2` or `1e3`"),
        "expected value" | "expected ident" if word.is_empty() => "a value is missing here".into(),
        "expected value" | "expected ident" => {
            format!("{shown} is not a JSON value; text stands in double quotes, truth values are `true` and `false`")
        }
        "expected `:`" => "a `:` is missing between a field name and its value".into(),
        "expected `,` or `}`" => "a `,` or the closing `}` is missing before this".into(),
        "expected `,` or `]`" => "a `,` or the closing `]` is missing before this".into(),
        _ if error.is_eof() => unfinished(reason),
        _ => format!("this is not JSON: {reason}"),
    }
}

/// Whether a word of digits follows a digit and a comma.
fn is_rest_of_number(line: &str, column: usize, word: &str) -> bool {
    let before = line.get(..column.saturating_sub(1)).unwrap_or("");
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = before.strip_suffix(',').map(|rest| rest.bytes().last().is_some_and(|byte| byte.is_ascii_digit()));
    is_digits(word) && whole == Some(true)
}

/// What other languages allow and JSON does not.
fn foreign(word: &str) -> Option<String> {
    let bare = word.trim_start_matches(['-', '+']).to_lowercase();
    if ["nan", "inf", "infinity"].contains(&bare.as_str()) {
        return Some(format!("{}: NaN and Infinity are not JSON numbers", super::words::name(word)));
    }
    let comment = ["//", "/*", "#"].iter().find(|mark| word.starts_with(**mark))?;
    Some(format!("comments are not allowed in JSON; take the one that begins with `{comment}` away"))
}

fn unfinished(reason: &str) -> String {
    let open = match reason.rsplit(' ').next() {
        Some("list") => "a list is closed by `]`",
        Some("object") => "an object is closed by `}`",
        Some("string") => "a text is closed by `\"`",
        _ => "its last value is written",
    };
    format!("the file ends before {open}")
}

/// The word around a column that `serde_json` reports, which may be its first character or the one behind its last.
fn word_at(line: &str, column: usize) -> &str {
    let part_of_word = |byte: &u8| !byte.is_ascii_whitespace() && !b",:[]{}\"".contains(byte);
    let bytes = line.as_bytes();
    let at = column.saturating_sub(1).min(bytes.len());
    let inside = bytes.get(at).is_some_and(part_of_word);
    let end = at + bytes[at..].iter().take_while(|byte| part_of_word(byte)).count();
    let from = if inside || end == at { at } else { end };
    let start = from - bytes[..from].iter().rev().take_while(|byte| part_of_word(byte)).count();
    line.get(start..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, line: usize, problem: &str) {
        assert_eq!(parse(text), Err(SyntaxFault { problem: problem.into(), line }));
    }

    #[test]
    fn every_way_not_to_be_json_has_its_way_out() {
        check("", 1, "the file is empty; `commonground new` writes a starting point");
        check(" \n\t", 1, "the file is empty; `commonground new` writes a starting point");
        check("{\"a\": NaN}", 1, "`NaN`: NaN and Infinity are not JSON numbers");
        check("{\"a\": nan}", 1, "`nan`: NaN and Infinity are not JSON numbers");
        check("{\n\"a\": -Infinity\n}", 2, "`-Infinity`: NaN and Infinity are not JSON numbers");
        check("{\"a\": 1e999}", 1, "`1e999` is too large; numbers go up to about 1.8e308");
        check("{\"a\": 1,}", 1, "trailing commas are not allowed in JSON; take the last comma away");
        check("{\"a\": [1,]}", 1, "trailing commas are not allowed in JSON; take the last comma away");
        check("{\n// why\n\"a\": 1}", 2, "comments are not allowed in JSON; take the one that begins with `//` away");
        check("{\"a\": 1 /* why */}", 1, "comments are not allowed in JSON; take the one that begins with `/*` away");
        check("# why\n{}", 1, "comments are not allowed in JSON; take the one that begins with `#` away");
        check("{} {}", 1, "there is more text after the end of the document");
        check("{\"a\": 0,4}", 1, "a decimal comma before `4`; numbers have a decimal point, as in `0.5`");
        check("{\"a\": 0, 4}", 1, "field names stand in double quotes; `4` does not");
        check("{a: 1}", 1, "field names stand in double quotes; `a` does not");
        check("{'a': 1}", 1, "field names stand in double quotes; `'a'` does not");
        check(
            "{\"a\": .5}",
            1,
            "`.5` is not a JSON value; text stands in double quotes, truth values are `true` and `false`",
        );
        check("{\"a\": 05}", 1, "`05` is not a JSON number; write it as `0.5`, `-2` or `1e3`");
        check(
            "{\"a\": True}",
            1,
            "`True` is not a JSON value; text stands in double quotes, truth values are `true` and `false`",
        );
        check("{\"a\": }", 1, "a value is missing here");
        check("{\"a\" 1}", 1, "a `:` is missing between a field name and its value");
        check("{\"a\": 1\n\"b\": 2}", 2, "a `,` or the closing `}` is missing before this");
        check("[1 2]", 1, "a `,` or the closing `]` is missing before this");
        check("{\"a\": [1, 2", 1, "the file ends before a list is closed by `]`");
        check("{\"a\": 1\n", 2, "the file ends before an object is closed by `}`");
        check("{\"a\": \"b", 1, "the file ends before a text is closed by `\"`");
        check("\"\\q\"", 1, "this is not JSON: invalid escape");
    }

    #[test]
    fn a_hundred_thousand_brackets_are_refused_in_words() {
        let deep = "lists and objects are nested too deeply; at most 127 levels are read";
        check(&"[".repeat(100_000), 1, deep);
        check(&"{\"a\":".repeat(100_000), 1, deep);
    }
}
