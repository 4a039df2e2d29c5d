//! Columns of numbers from CSV files.

use ::csv::{Reader, ReaderBuilder, StringRecord, Trim};

use super::store::{Address, Store, Unread, read_text};
use super::{suggest, words};

/// Faults of a column that are told; the rest is counted.
const SHOWN: usize = 5;

/// The numbers of one column of a CSV file that begins with a line of column names.
///
/// # Errors
/// It says what is wrong with the file or the column, or names the first lines whose cell is not a finite number.
pub fn column(store: &dyn Store, file: &Address, column: &str) -> Result<Vec<f64>, String> {
    let text = read_text(store, file).map_err(|unread| match unread {
        Unread::Missing => format!("there is no file `{file}`{}", near_file(store, file)),
        Unread::Unusable(problem) => format!("`{file}` {problem}"),
    })?;
    let is_table = file.to_string().to_lowercase().ends_with(".csv");
    numbers(&text, column).map_err(|problem| {
        // What is no table may be anybody's file: nothing of it is told.
        let problem = if is_table {
            problem
        } else {
            format!(
                "it has no column {} that can be used; only of a file whose name ends in .csv is told what is wrong",
                words::name(column)
            )
        };
        format!("`{file}`: {problem}")
    })
}

fn numbers(text: &str, column: &str) -> Result<Vec<f64>, String> {
    let mut reader = ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| format!("the first line cannot be read: {error}"))?.clone();
    let index = index_of(&header, column)?;
    let (numbers, faults) = cells(&mut reader, index, header.len());
    if !faults.is_empty() {
        return Err(format!("in column {}, {}", words::name(column), summary(text, &faults)));
    }
    if numbers.is_empty() {
        return Err("there are no rows below the column names".into());
    }
    Ok(numbers)
}

/// Where the column stands.
fn index_of(header: &StringRecord, column: &str) -> Result<usize, String> {
    let named: Vec<usize> = (0..header.len()).filter(|index| header.get(*index) == Some(column)).collect();
    match named.as_slice() {
        [index] => Ok(*index),
        [] if header.is_empty() => {
            Err("the file is empty; a first line with the names of the columns is needed".into())
        }
        [] => Err(no_column(header, column)),
        _ => Err(format!("{} columns are named {}", named.len(), words::name(column))),
    }
}

fn no_column(header: &StringRecord, column: &str) -> String {
    if header.iter().all(|cell| cell.parse::<f64>().is_ok()) {
        return "the first line holds numbers; a first line with the names of the columns is needed".into();
    }
    if let (1, Some(separator)) =
        (header.len(), header.iter().flat_map(str::chars).find(|letter| ";\t|".contains(*letter)))
    {
        return format!("cells are separated by `{}`; commas are needed", separator.escape_default());
    }
    let near = suggest::did_you_mean(column, header);
    format!("there is no column {}{near} (it has {})", words::name(column), words::names(header))
}

/// What is wrong with a row, and the byte of the text that it is read from.
struct RowFault {
    byte: usize,
    problem: String,
}

/// The numbers of a column, and what is wrong with the rows that give none.
fn cells(reader: &mut Reader<&[u8]>, index: usize, width: usize) -> (Vec<f64>, Vec<RowFault>) {
    let (mut numbers, mut faults) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let byte_of = |position: Option<&::csv::Position>| position.map_or(0, |position| position.byte() as usize);
        match record {
            Ok(record) => match cell(&record, index, width) {
                Ok(number) => numbers.push(number),
                Err(problem) => faults.push(RowFault { byte: byte_of(record.position()), problem }),
            },
            Err(error) => faults.push(RowFault { byte: byte_of(error.position()), problem: error.to_string() }),
        }
    }
    (numbers, faults)
}

fn cell(record: &StringRecord, index: usize, width: usize) -> Result<f64, String> {
    if record.len() != width {
        return Err(format!("{}, the first line has {width}", words::counted(record.len() as u64, "cell")));
    }
    let text = record.get(index).unwrap_or("");
    match text.parse::<f64>() {
        _ if text.is_empty() => Err("the cell is empty".into()),
        Ok(number) if number.is_finite() => Ok(number),
        Ok(_) => Err(format!("{} is not a finite number", words::name(text))),
        Err(_) => Err(format!("{} is not a number", words::name(text))),
    }
}

fn summary(text: &str, faults: &[RowFault]) -> String {
    let told = faults.iter().take(SHOWN).map(|fault| format!("line {}: {}", line_at(text, fault.byte), fault.problem));
    let told = told.collect::<Vec<_>>().join("; ");
    if faults.len() > SHOWN { format!("{told}; and {} more", faults.len() - SHOWN) } else { told }
}

/// The line of the first character from `byte` on that ends no line: the reader counts blank lines to the row below.
fn line_at(text: &str, byte: usize) -> usize {
    let (before, after) = text.as_bytes().split_at_checked(byte).unwrap_or_default();
    let blank = after.iter().take_while(|byte| byte.is_ascii_whitespace());
    1 + before.iter().chain(blank).filter(|byte| **byte == b'\n').count()
}

fn near_file(store: &dyn Store, file: &Address) -> String {
    let path = file.to_string();
    let name = path.rsplit(['/', '\\', ' ']).next().unwrap_or(&path);
    suggest::did_you_mean(name, store.neighbours(file).iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::super::Bundled;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(numbers(text, "need"), Err(expected.to_owned()));
    }

    #[test]
    fn a_column_is_read_by_its_name() {
        assert_eq!(numbers("week, need\n1, 2.5\n\n2,-1e3\r\n", "need"), Ok(vec![2.5, -1000.0]));
        assert_eq!(numbers("\u{feff}need\n\"3\"\n", "need"), Ok(vec![3.0]));
    }

    #[test]
    fn every_fault_of_a_table_is_told_with_its_line() {
        check("", "the file is empty; a first line with the names of the columns is needed");
        check("1,2\n3,4\n", "the first line holds numbers; a first line with the names of the columns is needed");
        check("week;need\n1;2\n", "cells are separated by `;`; commas are needed");
        check("week\tneed\n1\t2\n", "cells are separated by `\\t`; commas are needed");
        check("week,needs\n1,2\n", "there is no column `need`; did you mean `needs`? (it has `week`, `needs`)");
        check("week,price\n1,2\n", "there is no column `need` (it has `week`, `price`)");
        check("need,need\n1,2\n", "2 columns are named `need`");
        check("week,need\n", "there are no rows below the column names");
        check("need\n1\nabc\n", "in column `need`, line 3: `abc` is not a number");
        check(
            "week,need\n1,\n2,NaN\n3,inf\n",
            "in column `need`, line 2: the cell is empty; line 3: `NaN` is not a finite number; line 4: `inf` is not a finite number",
        );
        check(
            "week,need\n1,2\n3\n4,5,6\n",
            "in column `need`, line 3: 1 cell, the first line has 2; line 4: 3 cells, the first line has 2",
        );
        check(
            "need\na\nb\nc\nd\ne\nf\ng\n",
            "in column `need`, line 2: `a` is not a number; line 3: `b` is not a number; line 4: `c` is not a number; line 5: `d` is not a number; line 6: `e` is not a number; and 2 more",
        );
        check("need\n\n\nx\n", "in column `need`, line 4: `x` is not a number");
        check("need\n1e999\n", "in column `need`, line 2: `1e999` is not a finite number");
    }

    #[test]
    fn a_missing_file_is_named_with_the_one_that_was_meant() {
        let store = Bundled(&[("data/ae.csv", "need\n1\n"), ("data/latin.csv", "")]);
        let at = |name: &str| Address::Bundled(name.to_owned());
        assert_eq!(column(&store, &at("data/ae.csv"), "need"), Ok(vec![1.0]));
        assert_eq!(
            column(&store, &at("data/aee.csv"), "need"),
            Err("there is no file `bundled data/aee.csv`; did you mean `ae.csv`?".into())
        );
        assert_eq!(
            column(&store, &at("data/ae.csv"), "neeed"),
            Err("`bundled data/ae.csv`: there is no column `neeed`; did you mean `need`? (it has `need`)".into())
        );
    }
}
