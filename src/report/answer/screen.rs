//! An answer as the lines of a terminal: the verdict comes last and whole, and findings give way where there is no room.

use unicode_width::UnicodeWidthStr;

use super::{Answer, Grid, Verdict};
use crate::plain::one_line;

/// The room on a screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Rows; `None`: as many as it takes.
    pub height: Option<usize>,
}

/// From so many columns on the table shows changes with their intervals.
const WIDE: usize = 118;
/// An answer is not made wider than this, as long lines are hard to read.
const WIDEST: usize = 120;
/// Nor narrower than this.
const NARROWEST: usize = 60;
/// Columns before the text of a verdict.
const HEAD: usize = 9;

impl Answer {
    /// The lines of the answer. `page` says where the rest is.
    pub fn lines(&self, screen: Screen, page: Option<&str>) -> Vec<String> {
        let width = screen.width.clamp(NARROWEST, WIDEST);
        let grid = if screen.width >= WIDE { &self.wide } else { &self.narrow };
        let mut table = self.table(grid, width);
        let mut closing: Vec<String> = page.map(|page| format!("Page: {page}")).into_iter().collect();
        closing.push(String::new());
        closing.extend(self.verdict.lines(width));
        let used = table.len() + closing.len() + 1;
        let room = screen.height.map_or(usize::MAX, |height| height.saturating_sub(used));
        let findings = findings(&self.findings, width, room);
        if !findings.is_empty() {
            table.push(String::new());
        }
        table.into_iter().chain(findings).chain(closing).map(|line| one_line(&line)).collect()
    }

    fn table(&self, grid: &Grid, width: usize) -> Vec<String> {
        let measured = match (self.measured.as_str(), grid.caption.as_str()) {
            (measured, "") => measured.to_owned(),
            (measured, caption) => format!("{measured}, {caption}"),
        };
        let mut lines = headed(&self.title, &measured, width);
        lines.extend(grid.fitted(width).lines());
        for note in &self.notes {
            lines.extend(wrapped(note, width, ""));
        }
        lines
    }
}

/// The title at the left and how it was measured at the right, in one line or, where there is no room, in two.
fn headed(title: &str, measured: &str, width: usize) -> Vec<String> {
    let space = width.saturating_sub(title.width() + measured.width());
    if space >= 2 {
        return vec![format!("{title}{}{measured}", " ".repeat(space))];
    }
    let mut lines = wrapped(title, width, "");
    lines.extend(wrapped(measured, width, ""));
    lines
}

/// Findings, numbered, as long as there is room; one that finds none gives way to a shorter one behind it.
fn findings(findings: &[String], width: usize, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut number = 1;
    for finding in findings {
        let text = wrapped(&format!("{number} {finding}"), width, "  ");
        if lines.len() + text.len() <= room {
            lines.extend(text);
            number += 1;
        }
    }
    lines
}

impl Verdict {
    fn lines(&self, width: usize) -> Vec<String> {
        match self {
            Self::Withheld(why) => wrapped(why, width, ""),
            Self::Given(lines) => {
                let line = |line: &super::verdict::Line| {
                    wrapped(&format!("{:HEAD$}{}", line.head, line.text), width, &" ".repeat(HEAD))
                };
                lines.iter().flat_map(line).collect()
            }
        }
    }
}

/// Lines of at most `width` cells, broken between words; further ones are indented. Spaces at the start of a text stay.
fn wrapped(text: &str, width: usize, indent: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for (at, word) in text.split(' ').enumerate() {
        let is_begun = !line.trim().is_empty();
        if is_begun && !word.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::replace(&mut line, indent.to_owned() + word));
            continue;
        }
        if at > 0 && (is_begun || lines.is_empty()) {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// A text in letters that every terminal has.
pub fn plain(text: &str) -> String {
    let letters = [
        ('▲', "^"),
        ('▼', "v"),
        ('≈', "="),
        ('−', "-"),
        ('–', "-"),
        ('“', "\""),
        ('”', "\""),
        ('’', "'"),
        ('…', "..."),
        ('£', "GBP "),
        ('€', "EUR "),
        ('×', "x"),
        ('─', "-"),
        ('→', "->"),
        ('·', "."),
    ];
    let one = |letter: char| match letters.iter().find(|(known, _)| *known == letter) {
        Some((_, plain)) => (*plain).to_owned(),
        None if letter.is_ascii() => letter.to_string(),
        None => "?".to_owned(),
    };
    text.chars().map(one).collect()
}
