//! The long tables as Parquet: the same numbers, and the same words about them, as in CSV.

use std::fs;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use tempfile::TempDir;

use super::{COMPARE, PRINCIPLES, SENSITIVITY, SWEEP, check_dictionary, compared, results};

/// Means are added up in another order here than in the program.
const TOLERANCE: f64 = 1e-9;

fn parquet_rows(path: &Path) -> Vec<Row> {
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    reader.get_row_iter(None).unwrap().map(Result::unwrap).collect()
}

fn field<'a>(row: &'a Row, name: &str) -> &'a Field {
    row.get_column_iter().find(|(column, _)| *column == name).unwrap().1
}

fn number(row: &Row, name: &str) -> Option<f64> {
    match field(row, name) {
        Field::Double(value) => Some(*value),
        Field::Long(value) => Some(*value as f64),
        Field::Null => None,
        other => panic!("{name} is {other}"),
    }
}

fn word(row: &Row, name: &str) -> String {
    match field(row, name) {
        Field::Str(text) => text.clone(),
        other => panic!("{name} is {other}"),
    }
}

/// Holds the table `stem` of one folder in Parquet against that of another in CSV, field by field.
fn check_same(as_parquet: &TempDir, as_csv: &TempDir, stem: &str, words: &[&str]) {
    assert!(!as_parquet.path().join(format!("out/{stem}.csv")).exists());
    let rows = parquet_rows(&as_parquet.path().join(format!("out/{stem}.parquet")));
    let mut reader = csv::Reader::from_path(as_csv.path().join(format!("out/{stem}.csv"))).unwrap();
    let head = reader.headers().unwrap().clone();
    let expected: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), expected.len(), "{stem}");
    assert!(!rows.is_empty(), "{stem}");
    for (row, expected) in rows.iter().zip(&expected) {
        for (name, text) in head.iter().zip(expected) {
            if words.contains(&name) {
                assert_eq!(word(row, name), text);
            } else {
                assert_eq!(number(row, name), text.parse().ok(), "{stem}: {name}");
            }
        }
    }
}

#[test]
fn parquet_holds_the_same_numbers_as_csv() {
    let check = |command: &str, tables: &[(&str, &[&str])]| {
        let (as_csv, as_parquet) = (results(command, "csv"), results(command, "parquet"));
        for (stem, words) in tables {
            check_same(&as_parquet, &as_csv, stem, words);
        }
    };
    check(COMPARE, &[("runs", &["arm"]), ("series", &["arm", "measure"])]);
    check(PRINCIPLES, &[("subsets", &["measure", "unit", "rules"])]);
    check(SWEEP, &[("cells", &[])]);
    check(SENSITIVITY, &[("cells", &[])]);
}

#[test]
fn the_means_of_the_runs_in_parquet_are_those_of_the_summary() {
    let folder = compared("parquet");
    let rows = parquet_rows(&folder.path().join("out/runs.parquet"));
    let mut summary = csv::Reader::from_path(folder.path().join("out/summary.csv")).unwrap();
    let mut checked = 0;
    for line in summary.deserialize() {
        let line: std::collections::BTreeMap<String, String> = line.unwrap();
        let Ok(mean) = line["mean"].parse::<f64>() else { continue };
        let ours = rows.iter().filter(|row| word(row, "arm") == line["arm"]);
        let values: Vec<f64> = ours.filter_map(|row| number(row, &line["measure"])).collect();
        let difference = values.iter().sum::<f64>() / values.len() as f64 - mean;
        assert!(difference.abs() < TOLERANCE, "{line:?} is off by {difference}");
        checked += 1;
    }
    assert!(checked > 10, "only {checked} means");
}

#[test]
fn every_column_in_parquet_is_in_the_data_dictionary() {
    let columns = |table: &Path| {
        let is_parquet = table.extension().is_some_and(|ending| ending == "parquet");
        is_parquet.then(|| parquet_rows(table)[0].get_column_iter().map(|(name, _)| name.clone()).collect())
    };
    for command in [COMPARE, PRINCIPLES, SWEEP] {
        check_dictionary(command, "parquet", columns);
    }
}
