//! The table of an answer: few rows and columns, all of which have content, with a mark beside what is better or worse.

use serde::{Deserialize, Serialize};
use unicode_width::UnicodeWidthStr;

use super::fact::Judged;

/// A table whose columns give way, by rank, where there is no room for all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Grid {
    /// What its numbers are: "in %"; empty where they say so themselves.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// As many cells in each row as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a grid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Column {
    /// Its head, over two lines, of which the first may be empty.
    pub head: [String; 2],
    /// Whether it holds numbers, which stand to the right.
    pub number: bool,
    /// Of columns that find no room, that with the highest goes first; 0 stays.
    pub rank: u8,
}

/// A cell of a grid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// What the change means, where the cell shows one.
    pub judged: Option<Judged>,
}

impl Cell {
    /// A cell without a mark.
    pub(in crate::report) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), judged: None }
    }
}

impl Cell {
    /// A cell with a mark.
    pub(in crate::report) fn marked(text: impl Into<String>, judged: Judged) -> Self {
        Self { text: text.into(), judged: Some(judged) }
    }
}

impl Column {
    /// A column of numbers under a head of a few words, broken over two lines where they are about as long.
    pub(in crate::report) fn of(head: &str, rank: u8) -> Self {
        let gaps = head.char_indices().filter(|(_, letter)| *letter == ' ').map(|(at, _)| at);
        let longer = |at: &usize| (*at).max(head.len() - at);
        match gaps.min_by_key(longer) {
            Some(at) => Self::number([head[..at].to_owned(), head[at + 1..].to_owned()], rank),
            None => Self::number([String::new(), head.to_owned()], rank),
        }
    }

    /// A column of words under a head.
    pub(in crate::report) fn headed(head: impl Into<String>, rank: u8) -> Self {
        Self { head: [String::new(), head.into()], ..Self::words(rank) }
    }

    pub(in crate::report) fn words(rank: u8) -> Self {
        Self { rank, ..Self::default() }
    }

    pub(in crate::report) fn number(head: [String; 2], rank: u8) -> Self {
        Self { head, number: true, rank }
    }
}

/// The sign of a judgement beside a number.
pub fn sign(judged: Judged) -> &'static str {
    match judged {
        Judged::Better => "▲",
        Judged::Worse => "▼",
        Judged::Same => "≈",
        Judged::Unclear => "?",
        Judged::Neither => "",
    }
}

/// The space of a mark with the gap before it.
const MARK: usize = 2;

impl Grid {
    /// The grid without columns of which every cell is empty.
    #[must_use]
    pub(in crate::report) fn without_empty_columns(mut self) -> Self {
        for column in (0..self.columns.len()).rev() {
            let is_empty = |row: &Vec<Cell>| row.get(column).is_none_or(|cell| cell.text.is_empty());
            if self.rows.iter().all(is_empty) {
                self.columns.remove(column);
                self.rows.iter_mut().filter(|row| column < row.len()).for_each(|row| drop(row.remove(column)));
            }
        }
        self
    }

    /// The grid without the columns that find no room in `width` cells of a terminal.
    #[must_use]
    pub fn fitted(&self, width: usize) -> Self {
        let mut grid = self.clone();
        while grid.width() > width {
            let last = (0..grid.columns.len()).filter(|at| grid.columns[*at].rank > 0);
            let Some(at) = last.max_by_key(|at| (grid.columns[*at].rank, *at)) else { break };
            grid.columns.remove(at);
            grid.rows.iter_mut().filter(|row| at < row.len()).for_each(|row| drop(row.remove(at)));
        }
        grid
    }

    /// The lines of the grid: one or two of heads, and one a row.
    pub(super) fn lines(&self) -> Vec<String> {
        let sizes: Vec<(usize, usize)> = (0..self.columns.len()).map(|at| self.size(at)).collect();
        let head = |line: usize| {
            let cells = self.columns.iter().map(|column| Cell::plain(column.head[line].as_str()));
            self.line(&cells.collect::<Vec<_>>(), &sizes)
        };
        let mut lines = Vec::new();
        if self.columns.iter().any(|column| !column.head[0].is_empty()) {
            lines.push(head(0));
        }
        if self.columns.iter().any(|column| !column.head[1].is_empty()) {
            lines.push(head(1));
        }
        lines.extend(self.rows.iter().map(|row| self.line(row, &sizes)));
        lines
    }

    fn line(&self, cells: &[Cell], sizes: &[(usize, usize)]) -> String {
        let mut line = String::new();
        for (at, ((cell, column), (text, marks))) in cells.iter().zip(&self.columns).zip(sizes).enumerate() {
            line.push_str(&" ".repeat(gap(at, sizes)));
            let space = " ".repeat(text.saturating_sub(cell.text.width()));
            line = if column.number { line + &space + &cell.text } else { line + &cell.text + &space };
            if *marks > 0 {
                let mark = cell.judged.map_or("", sign);
                line.push_str(if mark.is_empty() { "  " } else { " " });
                line.push_str(mark);
            }
        }
        line.trim_end().to_owned()
    }

    /// The width of a column's texts, and that of its marks.
    fn size(&self, at: usize) -> (usize, usize) {
        let cells = || self.rows.iter().filter_map(|row| row.get(at));
        let heads = self.columns[at].head.iter().map(|head| head.width());
        let widest = cells().map(|cell| cell.text.width()).chain(heads).max().unwrap_or(0);
        let has_marks = cells().any(|cell| cell.judged.is_some_and(|judged| !sign(judged).is_empty()));
        (widest, if has_marks { MARK } else { 0 })
    }

    /// Columns of a terminal that it takes.
    pub(in crate::report) fn width(&self) -> usize {
        let sizes: Vec<(usize, usize)> = (0..self.columns.len()).map(|at| self.size(at)).collect();
        sizes.iter().enumerate().map(|(at, (text, marks))| gap(at, &sizes) + text + marks).sum()
    }
}

/// Free space before a column: one cell where a mark stands before it, and otherwise two.
fn gap(at: usize, sizes: &[(usize, usize)]) -> usize {
    match at.checked_sub(1).and_then(|before| sizes.get(before)) {
        None => 0,
        Some((_, 0)) => 2,
        Some(_) => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let head = |one: &str, two: &str| [one.to_owned(), two.to_owned()];
        let columns =
            vec![Column::words(0), Column::number(head("Need", "met"), 1), Column::number(head("Acute", "margin"), 2)];
        let cell = |text: &str, judged| Cell { text: text.to_owned(), judged };
        let rows = vec![
            vec![Cell::plain("fortress"), cell("90.7", None), cell("−13.5", None)],
            vec![Cell::plain("漁場"), cell("85.9", Some(Judged::Worse)), cell("3.4", Some(Judged::Better))],
        ];
        Grid { columns, rows, ..Grid::default() }
    }

    #[test]
    fn numbers_stand_under_each_other_with_their_marks_beside_them() {
        let expected = [
            "          Need    Acute",
            "           met   margin",
            "fortress  90.7    −13.5",
            "漁場      85.9 ▼    3.4 ▲",
        ];
        assert_eq!(grid().lines(), expected);
    }

    #[test]
    fn columns_give_way_by_rank_and_names_stay_whole() {
        assert_eq!(grid().fitted(25), grid());
        let narrow = grid().fitted(24);
        assert_eq!(narrow.lines()[2], "fortress  90.7");
        assert_eq!(grid().fitted(3).lines(), ["fortress", "漁場"]);
    }
}
