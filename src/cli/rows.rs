//! The short tables of a result folder as rows with keys, for `--json`: what `summary.csv` and its like say, typed.

use commonground::report::folder::read_rows;
use serde_json::{Map, Number, Value};
use std::path::Path;
use std::{fs, io};

/// Tables that are too long for a document, and those that only tell of others.
const LEFT_OUT: [&str; 6] = ["runs", "series", "years", "futures", "particles", DICTIONARY];
const DICTIONARY: &str = "data-dictionary";
/// Rows of a table that a document holds, at most; a longer one is left to its file.
const MOST_ROWS: usize = 10_000;

/// Every short table by its name: a list of rows, in which each number, text or `null` stands under the name of its column.
pub(super) fn of(folder: &Path) -> Value {
    let (_, dictionary) = read(folder, DICTIONARY).unwrap_or_default();
    let is_text = |file: &str, column: &String| {
        dictionary.iter().any(|row| row.len() > 2 && row[0] == file && row[1] == *column && row[2] == "text")
    };
    let mut tables = Map::new();
    for name in names(folder) {
        let Some((head, rows)) = read(folder, &name) else { continue };
        if rows.len() > MOST_ROWS {
            continue;
        }
        let file = format!("{name}.csv");
        let texts: Vec<bool> = head.iter().map(|column| is_text(&file, column)).collect();
        let row = |fields: &Vec<String>| {
            let cells = head.iter().zip(&texts).zip(fields);
            Value::Object(cells.map(|((column, is_text), field)| (column.clone(), value(field, *is_text))).collect())
        };
        tables.insert(name, Value::Array(rows.iter().map(row).collect()));
    }
    Value::Object(tables)
}

/// Tables of the folder by their names, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let stem = |entry: fs::DirEntry| entry.file_name().to_str()?.strip_suffix(".csv").map(str::to_owned);
    let mut names: Vec<String> = entries.filter_map(stem).filter(|name| !LEFT_OUT.contains(&name.as_str())).collect();
    names.sort();
    names
}

/// The head of a table and its rows, one more of a long one than a document holds; `None` where it cannot be read.
fn read(folder: &Path, name: &str) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    let (head, rows) = read_rows(&folder.join(format!("{name}.csv"))).ok()?;
    Some((head, rows.take(MOST_ROWS + 1).collect::<io::Result<_>>().ok()?))
}

/// A field as what it is: nothing, a text or a number.
fn value(field: &str, is_text: bool) -> Value {
    if field.is_empty() {
        return Value::Null;
    }
    if is_text {
        return Value::from(field);
    }
    let whole = field.parse::<u64>().ok().map(Number::from);
    let number = whole.or_else(|| field.parse::<f64>().ok().and_then(Number::from_f64));
    number.map_or_else(|| Value::from(field), Value::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_keys_and_every_field_its_type() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("summary.csv", "arm,mean,missing\n2024,0.5,\n");
        write("runs.csv", "run\n0\n");
        write("data-dictionary.csv", "file,column,type,unit,meaning,values\nsummary.csv,arm,text,,,\n");
        let expected = serde_json::json!({ "summary": [{ "arm": "2024", "mean": 0.5, "missing": null }] });
        assert_eq!(of(folder.path()), expected);
    }
}
