//! Result folders through the binary: tables that read back in either format, and the page.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};
use tempfile::{TempDir, tempdir};

/// Means are added up in another order here than in the program.
const TOLERANCE: f64 = 1e-9;

fn commonground(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_commonground"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

const COMPARE: &str = "compare pasture-fortress pasture-ostrom --runs 40";
const PRINCIPLES: &str = "principles pasture-ostrom --runs 16 --measure stock_end,margin";
const SWEEP: &str = "sweep pasture-fortress --runs 16 --vary /providers/herder/payment/tariff/price=0.2..1.4:5";
const LATIN: &str =
    "sweep pasture-fortress --runs 16 --design latin --cells 12 --vary /providers/herder/payment/tariff/price=0.2..1.4";
const SENSITIVITY: &str = "sensitivity pasture-fortress --runs 16 --method morris --trajectories 4 \
    --vary /providers/herder/payment/tariff/price=0.2..1.4 --vary /society/trust=0..1";

/// The results of a command in the folder `out`.
fn results(command: &str, format: &str) -> TempDir {
    let folder = tempdir().unwrap();
    let arguments: Vec<&str> = command.split_whitespace().chain(["--format", format, "--out", "out"]).collect();
    let output = commonground(folder.path(), &arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

/// A comparison of two pastures in the folder `out`.
fn compared(format: &str) -> TempDir {
    results(COMPARE, format)
}

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
fn every_column_of_every_table_is_in_the_data_dictionary() {
    for (command, format) in
        [COMPARE, PRINCIPLES, SWEEP, LATIN, SENSITIVITY].iter().zip(["csv", "parquet"].iter().cycle())
    {
        let folder = results(command, format);
        let out = folder.path().join("out");
        let mut dictionary = csv::Reader::from_path(out.join("data-dictionary.csv")).unwrap();
        let told: Vec<csv::StringRecord> = dictionary.records().map(Result::unwrap).collect();
        assert!(told.iter().all(|row| !row[4].is_empty()), "every column has a meaning");
        let manifest: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap();
        let files = manifest["files"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
        for file in files.filter(|name| *name != "data-dictionary.csv") {
            let columns: Vec<String> = if file.strip_suffix(".csv").is_some() {
                csv::Reader::from_path(out.join(file)).unwrap().headers().unwrap().iter().map(str::to_owned).collect()
            } else if file.strip_suffix(".parquet").is_some() {
                let rows = parquet_rows(&out.join(file));
                rows[0].get_column_iter().map(|(name, _)| name.clone()).collect()
            } else {
                continue;
            };
            let of_file: Vec<&str> = told.iter().filter(|row| &row[0] == file).map(|row| &row[1]).collect();
            assert_eq!(of_file, columns, "{file} of {command}");
        }
    }
}

#[test]
fn a_report_made_from_the_folder_alone_is_the_one_that_the_experiment_left() {
    let folder = compared("csv");
    let page = folder.path().join("out/report.html");
    let first = fs::read_to_string(&page).unwrap();
    fs::remove_file(&page).unwrap();
    fs::rename(folder.path().join("out"), folder.path().join("moved")).unwrap();
    let report = commonground(folder.path(), &["report", "moved"]);
    assert_eq!(String::from_utf8(report.stdout).unwrap(), "moved/report.html\n");
    assert_eq!(fs::read_to_string(folder.path().join("moved/report.html")).unwrap(), first);
    for part in ["<h2>Findings</h2>", "<svg", "<h3>Sources</h3>", "compare pasture-fortress pasture-ostrom --runs 40"] {
        assert!(first.contains(part), "no {part}");
    }
    for part in ["<script", "src=", "href=\"http", "url(", "@import"] {
        assert!(!first.contains(part), "{part} on the page");
    }
}

#[test]
fn a_report_goes_to_a_new_file_where_asked_and_overwrites_none() {
    let folder = compared("csv");
    let arguments = ["report", "out", "--out", "board.html"];
    assert!(commonground(folder.path(), &arguments).status.success());
    assert!(folder.path().join("board.html").exists());
    let again = commonground(folder.path(), &arguments);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8(again.stderr).unwrap().contains("is there already and is not overwritten"));
}

#[test]
fn a_folder_without_results_has_no_report() {
    let folder = tempdir().unwrap();
    for name in [".", "nowhere"] {
        let report = commonground(folder.path(), &["report", name]);
        assert_eq!(report.status.code(), Some(2));
        let words = String::from_utf8(report.stderr).unwrap().replace('\n', " ");
        assert!(words.contains("there is no manifest.json in it"), "{words}");
    }
    assert!(!folder.path().join("report.html").exists());
}
