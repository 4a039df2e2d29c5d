//! Tables of a result folder read back, row by row, in memory that does not grow with them.

use std::fs::File;
use std::io;
use std::path::Path;

use super::parquet;
use crate::disk;

/// The rows of a table, each with a field for each column as text; a number that there is not is empty.
pub type ReadRows = Box<dyn Iterator<Item = io::Result<Vec<String>>>>;

/// The head of a table, and its rows: of a CSV file, or of one whose name ends in `.parquet`.
///
/// # Errors
/// The file cannot be read, or is no such table; Parquet in a program that was built without it.
pub fn read_rows(path: &Path) -> io::Result<(Vec<String>, ReadRows)> {
    let file = disk::open(path)?;
    if path.extension().is_some_and(|ending| ending == "parquet") { parquet::rows(file) } else { of_csv(file) }
}

fn of_csv(file: File) -> io::Result<(Vec<String>, ReadRows)> {
    let mut reader = csv::Reader::from_reader(io::BufReader::new(file));
    let fields = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<String>>();
    let head = fields(reader.headers()?);
    let rows = reader.into_records().map(move |record| Ok(fields(&record?)));
    Ok((head, Box::new(rows)))
}
