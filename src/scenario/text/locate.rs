//! Which line of a text each place of its document stands on, and which fields are written twice.

use std::collections::BTreeMap;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::path::Path;

/// The lines of one file's places.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    lines: BTreeMap<String, usize>,
    /// Fields that are written again.
    pub(super) duplicates: Vec<Duplicate>,
}

/// A field that is written twice in one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Duplicate {
    /// The place of the field.
    pub(super) place: String,
    /// The line of its first appearance.
    pub(super) first: usize,
    /// The line of the later one.
    pub(super) again: usize,
}

impl Lines {
    /// The places of a text that `serde_json` has accepted; none if the second reader should disagree with the first.
    pub(super) fn of(text: &str) -> Self {
        let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
        let Some(root) = parsed.ok().and_then(|parsed| parsed.value) else { return Self::default() };
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index).collect();
        let mut finder = Finder { newlines: starts, path: Path::default(), found: Self::default() };
        finder.value(&root, 1);
        finder.found
    }

    /// The line that a place stands on: that of its name for a field, that of its beginning for a list item.
    pub(super) fn line(&self, place: &str) -> Option<usize> {
        self.lines.get(place).copied()
    }
}

struct Finder {
    /// Byte offsets of the line ends.
    newlines: Vec<usize>,
    path: Path,
    found: Lines,
}

impl Finder {
    fn line(&self, item: &impl Ranged) -> usize {
        1 + self.newlines.partition_point(|newline| *newline < item.start())
    }

    fn value(&mut self, value: &ast::Value<'_>, line: usize) {
        match value {
            ast::Value::Object(object) => self.object(object),
            ast::Value::Array(array) => self.array(array, line),
            _ => {}
        }
    }

    fn object(&mut self, object: &ast::Object<'_>) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for property in &object.properties {
            let (name, line) = (property.name.as_str(), self.line(&property.name));
            self.path.enter(name);
            let place = self.path.to_string();
            if let Some(first) = seen.insert(name, line) {
                self.found.duplicates.push(Duplicate { place: place.clone(), first, again: line });
            }
            self.found.lines.insert(place, line);
            self.value(&property.value, line);
            self.path.leave();
        }
    }

    /// Items on the line of their list are left out, so that a long row of numbers costs nothing.
    fn array(&mut self, array: &ast::Array<'_>, list_line: usize) {
        for (index, item) in array.elements.iter().enumerate() {
            let line = self.line(item);
            self.path.enter_item(index);
            if line != list_line || matches!(item, ast::Value::Object(_) | ast::Value::Array(_)) {
                self.found.lines.insert(self.path.to_string(), line);
            }
            self.value(item, line);
            self.path.leave();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_and_item_has_its_line() {
        let lines = Lines::of("{\n  \"a\": {\"é\": 1},\n  \"list\": [\n    1,\n    {\"b\":\n 2}\n  ]\n}");
        assert_eq!(lines.line("a.é"), Some(2));
        assert_eq!(lines.line("list[0]"), Some(4));
        assert_eq!(lines.line("list[1].b"), Some(5));
        assert_eq!(lines.line("list[2]"), None);
    }

    #[test]
    fn a_field_written_twice_is_found_with_both_lines() {
        let lines = Lines::of("{\"a\": {\n\"b\": 1,\n\"c\": 2,\n\"\\u0062\": 3}}");
        assert_eq!(lines.duplicates, [Duplicate { place: "a.b".into(), first: 2, again: 4 }]);
    }

    #[test]
    fn whatever_serde_json_reads_has_lines() {
        let text = "{\"\\ud83d\\ude00\\/\\b\": -0.0e-10, \"deep\": DEEP, \"\u{7f}\u{2028}\": \"\\u0000\", \"last\": 1}";
        let text = text.replace("DEEP", &format!("{}{}", "[".repeat(126), "]".repeat(126)));
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        assert_eq!(Lines::of(&text).line("last"), Some(1));
    }
}
