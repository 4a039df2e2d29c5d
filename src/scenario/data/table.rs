//! A table of text: where the names of its columns stand, what is between its cells, and its rows with their lines.

use super::Told;
use crate::scenario::file::{Csv, Separator};
use crate::scenario::text::{did_you_mean, words};
use csv::{ReaderBuilder, Trim};

/// Lines that are looked through for the names of the columns.
const LOOKED_THROUGH: usize = 60;
/// Rows by which a separator is told from the others.
const ROWS_COMPARED: usize = 10;

/// A table.
#[derive(Debug)]
pub(in crate::scenario) struct Table {
    /// Names of the columns.
    pub(in crate::scenario) header: Vec<String>,
    /// All rows below them.
    pub(in crate::scenario) rows: Vec<Row>,
    /// What stands between its cells.
    pub(super) separator: Separator,
}

/// A row and the line that it stands in.
#[derive(Debug)]
pub(in crate::scenario) struct Row {
    pub(in crate::scenario) line: usize,
    pub(in crate::scenario) cells: Vec<String>,
}

impl Row {
    /// The cell in a column; nothing where the row is too short.
    pub(in crate::scenario) fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

impl Table {
    /// The table in a text.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn read(text: &str, asked: &Csv, told: &mut Told) -> Result<Self, String> {
        let skipped = asked.skip.unwrap_or(0) as usize;
        let begin = text.split_inclusive('\n').take(skipped).map(str::len).sum();
        let body = text.get(begin..).unwrap_or_default();
        let separator = asked.separator.unwrap_or_else(|| shown_separator(body, told));
        let mut rows = rows(body, separator, skipped)?.into_iter();
        let header = rows
            .next()
            .ok_or_else(|| "the file is empty; a first line with the names of the columns is needed".to_owned())?;
        Ok(Self { header: header.cells, rows: rows.collect(), separator })
    }

    /// Where a column stands.
    ///
    /// # Errors
    /// There is none of this name, or more than one.
    pub(super) fn position(&self, name: &str) -> Result<usize, String> {
        let mut found = (0..self.header.len()).filter(|column| self.header[*column] == name);
        match (found.next(), found.count()) {
            (Some(column), 0) => Ok(column),
            (Some(_), more) => Err(format!("{} columns are named {}", more + 1, words::name(name))),
            (None, _) => Err(self.no_column(name)),
        }
    }

    fn no_column(&self, name: &str) -> String {
        let stands_later = |row: &&Row| row.cells.iter().any(|cell| cell == name);
        let is_row = |row: &&Row| row.cells.first().is_some_and(|cell| cell == name);
        if let Some(row) = self.rows.iter().find(is_row)
            && row.cells.iter().skip(1).any(|cell| cell.chars().any(|letter| letter.is_ascii_digit()))
        {
            return format!(
                "there is no column {0}, but line {1} begins with it: series stand in rows here; say `\"row\": \"{2}\"` in place of `column`",
                words::name(name),
                row.line,
                words::cut(name)
            );
        }
        if let Some(row) = self.rows.iter().take(LOOKED_THROUGH).find(stands_later) {
            return format!(
                "there is no column {} in the first line; the names of the columns seem to stand in line {}: say `\"skip\": {}`",
                words::name(name),
                row.line,
                row.line - 1
            );
        }
        if self.header.iter().all(|cell| cell.parse::<f64>().is_ok()) {
            return "the first line holds numbers; a first line with the names of the columns is needed".to_owned();
        }
        let header = || self.header.iter().map(String::as_str);
        let near = did_you_mean(name, header());
        format!("there is no column {}{near} (it has {})", words::name(name), words::names(header()))
    }
}

fn rows(body: &str, separator: Separator, skipped: usize) -> Result<Vec<Row>, String> {
    let mut reader = ReaderBuilder::new();
    reader.trim(Trim::All).flexible(true).has_headers(false).delimiter(separator.byte());
    let records = reader.from_reader(body.as_bytes()).into_records();
    let mut lines = Lines { text: body.as_bytes(), byte: 0, line: 1 };
    records
        .map(|record| {
            let record = record.map_err(|error| format!("it cannot be read as a table: {error}"))?;
            let byte = record.position().map_or(0, |position| position.byte() as usize);
            Ok(Row { line: skipped + lines.at(byte), cells: record.iter().map(str::to_owned).collect() })
        })
        .collect()
}

/// What stands between cells: the mark by which the first rows have the same number of cells, and more than one.
fn shown_separator(body: &str, told: &mut Told) -> Separator {
    let fits = |separator: &Separator| {
        let lines: Vec<&str> = body.lines().filter(|line| !line.trim().is_empty()).take(ROWS_COMPARED).collect();
        let cells = |line: &str| outside_quotes(line, char::from(separator.byte()));
        let first = lines.first().map_or(0, |line| cells(line));
        first > 0 && lines.iter().all(|line| cells(line) == first)
    };
    let fitting: Vec<Separator> = Separator::ALL.into_iter().filter(fits).collect();
    match fitting.as_slice() {
        [only] if *only != Separator::Comma => {
            let name = char::from(only.byte());
            told.notes.push(format!("cells are separated by `{}`", name.escape_default()));
            *only
        }
        _ => Separator::Comma,
    }
}

/// How often a mark stands in a line outside quotation marks.
fn outside_quotes(line: &str, mark: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|letter| {
            quoted ^= *letter == '"';
            *letter == mark && !quoted
        })
        .count()
}

/// Lines of a text, counted on from row to row: a long table is gone through once.
struct Lines<'a> {
    text: &'a [u8],
    byte: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of the first character from `byte` on that ends no line: the reader counts blank lines to the row below. `byte` is
    /// not before the last one asked for.
    fn at(&mut self, byte: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let end = (byte + blank).min(self.text.len());
        let passed = self.text.get(self.byte..end).unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').count() - 1;
        self.byte = end.max(self.byte);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str, asked: &Csv) -> (Table, Vec<String>) {
        let mut told = Told::default();
        (Table::read(text, asked, &mut told).unwrap(), told.notes)
    }

    #[test]
    fn the_separator_is_the_one_that_makes_equal_rows() {
        let plain = Csv::default();
        let (read, told) = table("month;need\n2024-01;0,92\n2024-02;0,93\n", &plain);
        assert_eq!(
            (read.header, told),
            (vec!["month".to_owned(), "need".to_owned()], vec!["cells are separated by `;`".to_owned()])
        );
        let (read, told) = table("month,need\n\"2024;01\",\"8,648\"\n", &plain);
        assert_eq!((read.rows[0].cells[1].as_str(), told), ("8,648", vec![]));
        let (read, told) = table("a\tb\n1\t2\n", &plain);
        assert_eq!((read.separator, told[0].as_str()), (Separator::Tab, "cells are separated by `\\t`"));
        let asked = Csv { separator: Some(Separator::Bar), ..Csv::default() };
        assert_eq!(table("a|b;c\n1|2;3\n", &asked).0.header[1], "b;c");
    }

    #[test]
    fn lines_above_the_names_are_left_out_or_told() {
        let text = "\"A table\"\n\"model\"\n\nstep,biomass\n1,5\n\n2,6\n";
        let (read, _) = table(text, &Csv { skip: Some(3), ..Csv::default() });
        assert_eq!((read.position("biomass"), read.rows[1].line), (Ok(1), 7));
        let (read, _) = table(text, &Csv::default());
        assert!(read.position("biomass").unwrap_err().ends_with("seem to stand in line 4: say `\"skip\": 3`"));
    }

    #[test]
    fn a_series_in_a_row_is_told() {
        let (read, _) = table("Week,1,2\nNorth,640,837\n", &Csv::default());
        assert!(read.position("North").unwrap_err().contains("say `\"row\": \"North\"`"));
    }

    #[test]
    fn a_column_that_is_not_there_is_told_with_the_one_that_was_meant() {
        let problem = |text: &str| table(text, &Csv::default()).0.position("need").unwrap_err();
        assert_eq!(
            problem("week,needs\n1,2\n"),
            "there is no column `need`; did you mean `needs`? (it has `week`, `needs`)"
        );
        assert_eq!(problem("need,need\n1,2\n"), "2 columns are named `need`");
        assert_eq!(
            problem("1,2\n3,4\n"),
            "the first line holds numbers; a first line with the names of the columns is needed"
        );
        let empty = Table::read("\n", &Csv::default(), &mut Told::default());
        assert_eq!(empty.unwrap_err(), "the file is empty; a first line with the names of the columns is needed");
    }
}
