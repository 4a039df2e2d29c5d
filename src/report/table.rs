//! Tables as data, for a terminal, a page or a machine.

use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

pub use super::tabulate::tables;

/// A table with all the words that stand in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// Heads of the columns.
    pub columns: Vec<String>,
    /// As many entries in each row as there are columns.
    pub rows: Vec<Vec<Entry>>,
}

/// What stands in a row and a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// As people read it: "62.3%".
    pub text: String,
    /// The number itself, unrounded, shares from 0 to 1; `None` for words and for what is missing.
    pub value: Option<f64>,
}

impl Entry {
    /// Words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), value: None }
    }

    /// A number as it is shown.
    pub fn number(text: impl Into<String>, value: f64) -> Self {
        Self { text: text.into(), value: value.is_finite().then_some(value) }
    }

    /// A number that there is not.
    pub fn missing() -> Self {
        Self::words("–")
    }
}

/// Free space between columns.
const GAP: usize = 2;
/// Columns of words are not made narrower than this.
const NARROWEST: usize = 8;

impl Table {
    /// The table in aligned lines of at most `width` cells of a terminal: words are broken over several lines where they
    /// must. If the numbers alone are wider than that, so are the lines.
    pub fn to_text(&self, width: usize) -> String {
        let widths = self.widths(width);
        let head: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let mut lines = wrap(&self.title, width.max(NARROWEST));
        lines.extend(self.row(&head, &widths));
        lines.push(widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join(&" ".repeat(GAP)));
        for row in &self.rows {
            let texts: Vec<&str> = row.iter().map(|entry| entry.text.as_str()).collect();
            lines.extend(self.row(&texts, &widths));
        }
        lines.join("\n") + "\n"
    }

    /// Width of every column: that of its widest entry, or less for words if the whole would not fit.
    fn widths(&self, width: usize) -> Vec<usize> {
        let widest = |column: usize| {
            let entries = self.rows.iter().filter_map(|row| row.get(column)).map(|entry| entry.text.width());
            let head = &self.columns[column];
            let head = if self.is_number(column) { longest_word(head) } else { head.width() };
            entries.chain([head]).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..self.columns.len()).map(widest).collect();
        let gaps = GAP * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > width {
            let words = (0..widths.len()).filter(|column| !self.is_number(*column) && widths[*column] > NARROWEST);
            let Some(column) = words.max_by_key(|column| widths[*column]) else { break };
            widths[column] -= 1;
        }
        widths
    }

    /// Whether a column holds numbers, which are aligned to the right and never broken.
    pub(super) fn is_number(&self, column: usize) -> bool {
        self.rows.iter().filter_map(|row| row.get(column)).any(|entry| entry.value.is_some())
    }

    /// A row as lines.
    fn row(&self, texts: &[&str], widths: &[usize]) -> Vec<String> {
        let cells: Vec<Vec<String>> = texts.iter().zip(widths).map(|(text, width)| wrap(text, *width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        let line = |number: usize| {
            let parts: Vec<String> = cells
                .iter()
                .zip(widths)
                .enumerate()
                .map(|(column, (cell, width))| {
                    let text = cell.get(number).map_or("", String::as_str);
                    let space = " ".repeat(width.saturating_sub(text.width()));
                    if self.is_number(column) { space + text } else { text.to_owned() + &space }
                })
                .collect();
            parts.join(&" ".repeat(GAP)).trim_end().to_owned()
        };
        (0..height).map(line).collect()
    }
}

fn longest_word(text: &str) -> usize {
    text.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Breaks a text into lines of at most `width` cells, between words where it can. An empty text is one empty line.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        for piece in pieces(word, width.max(2)) {
            let line = lines.last().map_or(0, |line| line.width());
            match lines.last_mut() {
                Some(last) if line == 0 => last.push_str(&piece),
                Some(last) if line + 1 + piece.width() <= width => *last = format!("{last} {piece}"),
                _ => lines.push(piece),
            }
        }
    }
    lines
}

/// A word in parts of at most `width` cells.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for letter in word.chars() {
        let mut next = pieces.pop().unwrap_or_default();
        let longer = format!("{next}{letter}");
        if longer.width() > width {
            pieces.push(std::mem::take(&mut next));
            pieces.push(letter.to_string());
        } else {
            pieces.push(longer);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(label: &str) -> Table {
        Table {
            title: "Outcomes".to_owned(),
            columns: vec!["Measure".to_owned(), "Mean".to_owned(), "Low".to_owned()],
            rows: vec![
                vec![Entry::words(label), Entry::number("62.3%", 0.623), Entry::number("−1%", -0.01)],
                vec![Entry::words("stock"), Entry::number("4%", 0.04), Entry::missing()],
            ],
        }
    }

    #[test]
    fn numbers_stand_to_the_right_and_words_to_the_left() {
        let expected = "\
Outcomes
Measure    Mean  Low
────────  ─────  ───
need met  62.3%  −1%
stock        4%    –
";
        assert_eq!(table("need met").to_text(80), expected);
    }

    #[test]
    fn long_words_are_broken_to_the_width_of_the_terminal() {
        let text = table("a measure with a very long name, and averyveryverylongwordwithoutanyspace").to_text(36);
        assert!(text.lines().all(|line| line.width() <= 36), "{text}");
        assert!(text.contains("a measure with a"), "{text}");
    }

    #[test]
    fn wide_letters_take_two_cells() {
        let text = table("漁場").to_text(80);
        let row = text.lines().find(|line| line.starts_with("漁場")).unwrap();
        let other = text.lines().find(|line| line.starts_with("stock")).unwrap();
        assert_eq!(row.width(), other.width());
    }

    #[test]
    fn no_width_is_too_small_to_draw() {
        for width in 0..40 {
            assert!(!table("漁場 and more").to_text(width).is_empty());
        }
    }
}
