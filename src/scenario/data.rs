//! The door for data: a series is read from a table in the form in which people have it. What is plain from the file is recognised
//! and told; what is not plain is a fault that says what to write.

mod gaps;
mod moment;
mod number;
mod rows;
mod table;
mod turns;

use super::file::{Csv, Separator};
use super::text::{Address, Store, Unread, decoded, did_you_mean, unread, words};
use crate::plain;
pub(super) use moment::month;
use number::Notation;
pub(super) use number::whole_number;
use sha2::{Digest, Sha256};
pub(super) use table::{Row, Table};
pub use turns::Player;

/// Digits of a hash by which people tell two files apart.
pub(crate) const HASH: usize = 16;
/// Faults of a column that are told; the rest is counted.
const SHOWN: usize = 5;
/// What a workbook begins with: that of today, and that of before 2007.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0]];

/// A series that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its values in order.
    pub values: Vec<f64>,
    /// Rows of data that the file has, or cells where series stand in rows.
    pub of: usize,
    /// How the file was read, where it does not go without saying.
    pub notes: Vec<String>,
    /// How gaps were filled, where there were any.
    pub filled: Option<String>,
    /// SHA-256 of the text of the file, in hexadecimal digits.
    pub sha256: String,
}

/// What is told of a file besides its values.
#[derive(Debug, Default)]
struct Told {
    notes: Vec<String>,
    filled: Option<String>,
}

/// The series that is asked for, from a file.
///
/// `year` is the number of steps a year, for gaps that are filled from other years.
///
/// # Errors
/// It says what is wrong with the file, its rows or its cells, and what would put it right.
pub fn read(store: &dyn Store, file: &Address, asked: &Csv, year: usize) -> Result<Reading, String> {
    let text = text(store, file)?;
    let is_table = file.to_string().to_lowercase().ends_with(".csv");
    series(&text, asked, year.max(1)).map_err(|problem| {
        // What is no table may be anybody's file: nothing of it is told.
        let (_, series) = asked.series();
        let hidden = || {
            format!(
                "it has no series {} that can be used; only of a file whose name ends in .csv is told what is wrong",
                words::name(series)
            )
        };
        format!("`{file}`: {}", if is_table { problem } else { hidden() })
    })
}

/// What was played, and what is told of the file that says it.
#[derive(Clone, Debug, PartialEq)]
pub struct Played {
    /// Those who played, in the order in which they first come.
    pub players: Vec<Player>,
    /// Rows that were used.
    pub rows: usize,
    /// How the file was read, where it does not go without saying.
    pub notes: Vec<String>,
    /// SHA-256 of the text of the file, in hexadecimal digits.
    pub sha256: String,
}

/// What people played, from a file with a row for each turn; `each` is the column by which they are told apart.
///
/// # Errors
/// It says what is wrong with the file, its rows or its cells, and what would put it right.
pub fn played(store: &dyn Store, file: &Address, asked: &Csv, each: Option<&str>) -> Result<Played, String> {
    let text = text(store, file)?;
    if !file.to_string().to_lowercase().ends_with(".csv") {
        // What is no table may be anybody's file: nothing of it is told.
        return Err(format!("`{file}`: what was played is read from a file whose name ends in .csv"));
    }
    let mut told = Told::default();
    let players =
        Table::read(&text, asked, &mut told).and_then(|table| turns::of_table(&table, asked, each, &mut told));
    let (players, rows) = players.map_err(|problem| format!("`{file}`: {problem}"))?;
    Ok(Played { players, rows, notes: told.notes, sha256: plain::hexadecimal(&Sha256::digest(text.as_bytes())) })
}

fn told_at(line: usize, problem: &str) -> String {
    format!("line {line}: {problem}")
}

/// The text of a file of data.
///
/// # Errors
/// There is no such file, or it is a workbook or no text at all.
pub fn text(store: &dyn Store, file: &Address) -> Result<String, String> {
    let bytes = store.read(file).map_err(|error| unread(&error));
    let text = bytes.and_then(|bytes| {
        if WORKBOOKS.iter().any(|start| bytes.starts_with(start)) {
            let problem = "is a workbook; save the sheet as CSV (UTF-8) and name that file";
            return Err(Unread::Unusable(problem.to_owned()));
        }
        decoded(bytes)
    });
    text.map_err(|unread| match unread {
        Unread::Missing => format!("there is no file `{file}`{}", near_file(store, file)),
        Unread::Unusable(problem) => format!("`{file}` {problem}"),
    })
}

/// The table in a text, however its cells are separated.
///
/// # Errors
/// There is none.
pub(super) fn table(text: &str) -> Result<Table, String> {
    Table::read(text, &Csv::default(), &mut Told::default())
}

fn series(text: &str, asked: &Csv, year: usize) -> Result<Reading, String> {
    let mut told = Told::default();
    let table = Table::read(text, asked, &mut told)?;
    let (cells, of) = match (&asked.column, &asked.row) {
        (Some(column), None) => in_column(&table, asked, column)?,
        (None, Some(row)) => in_row(&table, row)?,
        (Some(_), Some(_)) => {
            return Err("both `column` and `row` are given; a series stands in one of them".to_owned());
        }
        (None, None) => {
            return Err("name the `column` of the series, or the `row` where series stand in rows".to_owned());
        }
    };
    let values = numbers(&cells, asked, table.separator, year, &mut told)?;
    let sha256 = plain::hexadecimal(&Sha256::digest(text.as_bytes()));
    Ok(Reading { values, of, notes: told.notes, filled: told.filled, sha256 })
}

/// A cell and the line that it stands in.
type Cell<'a> = (usize, Result<&'a str, String>);

fn in_column<'a>(table: &'a Table, asked: &Csv, name: &str) -> Result<(Vec<Cell<'a>>, usize), String> {
    let column = table.position(name)?;
    let rows = rows::of_series(table, asked, column)?;
    if rows.is_empty() {
        return Err("there are no rows below the column names".to_owned());
    }
    let width = table.header.len();
    let cell = |row: &&'a Row| {
        let fits = row.cells.len() == width;
        let wrong = || {
            let cells = super::text::counted(row.cells.len() as u64, "cell");
            format!("{cells}, the line of the names has {width}")
        };
        (row.line, row.cells.get(column).filter(|_| fits).map(String::as_str).ok_or_else(wrong))
    };
    Ok((rows.iter().map(cell).collect(), table.rows.len()))
}

/// The cells of a row behind the one that names it, from the first to the last that says something.
fn in_row<'a>(table: &'a Table, name: &str) -> Result<(Vec<Cell<'a>>, usize), String> {
    let mut found = table.rows.iter().filter(|row| row.cells.first().is_some_and(|cell| cell == name));
    let Some(row) = found.next() else {
        let all: Vec<&str> = table.rows.iter().filter_map(|row| row.cells.first().map(String::as_str)).collect();
        let near = did_you_mean(name, all.iter().copied());
        return Err(format!("no row begins with {}{near} (there are {})", words::name(name), words::names(all)));
    };
    if let Some(other) = found.next() {
        return Err(format!("lines {} and {} both begin with {}", row.line, other.line, words::name(name)));
    }
    let cells = row.cells.get(1..).unwrap_or_default();
    let said = |cell: &String| !cell.is_empty();
    let (first, last) = (cells.iter().position(said), cells.iter().rposition(said));
    let cells = first.zip(last).and_then(|(first, last)| cells.get(first..=last)).unwrap_or_default();
    if cells.is_empty() {
        return Err(format!("nothing stands behind {} in line {}", words::name(name), row.line));
    }
    Ok((cells.iter().map(|cell| (row.line, Ok(cell.as_str()))).collect(), cells.len()))
}

fn numbers(
    cells: &[Cell],
    asked: &Csv,
    separator: Separator,
    year: usize,
    told: &mut Told,
) -> Result<Vec<f64>, String> {
    let texts: Vec<&str> = cells.iter().filter_map(|(_, cell)| cell.as_ref().ok().copied()).collect();
    let notation = Notation::of(asked, separator, &texts, told)?;
    let (mut values, mut faults, mut gaps) = (Vec::with_capacity(cells.len()), Vec::new(), false);
    for (line, cell) in cells {
        match cell {
            Ok(cell) if number::is_gap(cell) && asked.missing.is_some() => values.push(None),
            Ok("") => {
                gaps = true;
                faults.push(format!("line {line}: the cell is empty"));
            }
            Ok(cell) => match notation.read(cell) {
                Ok(number) => values.push(Some(number)),
                Err(problem) => {
                    gaps |= number::is_gap(cell);
                    faults.push(format!("line {line}: {problem}"));
                }
            },
            Err(problem) => faults.push(format!("line {line}: {problem}")),
        }
    }
    if !faults.is_empty() {
        return Err(summary(asked, &faults, gaps));
    }
    let Some(how) = asked.missing else { return Ok(values.into_iter().flatten().collect()) };
    let (filled, gaps) = gaps::filled(&values, how, year)?;
    told.filled = (gaps > 0).then(|| gaps::told(gaps, filled.len(), how));
    Ok(filled)
}

fn summary(asked: &Csv, faults: &[String], gaps: bool) -> String {
    let (form, name) = asked.series();
    let first = faults.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join("; ");
    let more = if faults.len() > SHOWN { format!("; and {} more", faults.len() - SHOWN) } else { String::new() };
    let way_out =
        if gaps { "; say how gaps are filled with `missing`: `carry`, `interpolate` or `season`" } else { "" };
    format!("in {form} {}, {first}{more}{way_out}", words::name(name))
}

fn near_file(store: &dyn Store, file: &Address) -> String {
    let path = file.to_string();
    let name = path.rsplit(['/', '\\', ' ']).next().unwrap_or(&path);
    did_you_mean(name, store.neighbours(file).iter().map(String::as_str))
}

#[cfg(test)]
mod tests;
