//! Result folders through the binary: tables that read back in either format, and the page.

#[cfg(feature = "parquet")]
mod parquet;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::{TempDir, tempdir};

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

/// Holds the data dictionary against the tables that `columns` can read.
fn check_dictionary(command: &str, format: &str, columns: impl Fn(&Path) -> Option<Vec<String>>) {
    let folder = results(command, format);
    let out = folder.path().join("out");
    let mut dictionary = csv::Reader::from_path(out.join("data-dictionary.csv")).unwrap();
    let told: Vec<csv::StringRecord> = dictionary.records().map(Result::unwrap).collect();
    assert!(told.iter().all(|row| !row[4].is_empty()), "every column has a meaning");
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap();
    let files = manifest["files"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let mut checked = 0;
    for file in files.filter(|name| *name != "data-dictionary.csv") {
        let Some(columns) = columns(&out.join(file)) else { continue };
        let of_file: Vec<&str> = told.iter().filter(|row| &row[0] == file).map(|row| &row[1]).collect();
        assert_eq!(of_file, columns, "{file} of {command}");
        checked += 1;
    }
    assert!(checked > 0, "{command} leaves tables");
}

fn csv_columns(table: &Path) -> Option<Vec<String>> {
    let is_csv = table.extension().is_some_and(|ending| ending == "csv");
    is_csv.then(|| csv::Reader::from_path(table).unwrap().headers().unwrap().iter().map(str::to_owned).collect())
}

#[test]
fn every_column_of_every_table_is_in_the_data_dictionary() {
    for command in [COMPARE, PRINCIPLES, SWEEP, LATIN, SENSITIVITY] {
        check_dictionary(command, "csv", csv_columns);
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
    for part in [
        "<dt>Depends</dt>",
        "<details class=\"appendix\">",
        "<svg",
        "<h3>Sources</h3>",
        "compare pasture-fortress pasture-ostrom --runs 40",
    ] {
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

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_is_refused_where_it_is_not_built_in_and_the_way_out_is_named() {
    let folder = tempdir().unwrap();
    let refused = commonground(folder.path(), &["run", "pasture-fortress", "--format", "parquet"]);
    assert_eq!(refused.status.code(), Some(2));
    let words = String::from_utf8(refused.stderr).unwrap().replace('\n', " ");
    assert!(words.contains("built without Parquet") && words.contains("the feature `parquet`"), "{words}");
    assert!(!folder.path().join("results").exists());
}

#[cfg(not(feature = "png"))]
#[test]
fn charts_are_svg_only_where_png_is_not_built_in_and_that_is_told() {
    let folder = tempdir().unwrap();
    let ran = commonground(folder.path(), &["run", "pasture-fortress", "--runs", "16", "--out", "out"]);
    let words = String::from_utf8(ran.stderr).unwrap().replace('\n', " ");
    assert!(words.contains("(SVG only: built without `png`)"), "{words}");
    let charts = fs::read_dir(folder.path().join("out/charts")).unwrap();
    let endings = charts.map(|chart| chart.unwrap().path().extension().unwrap().to_owned());
    assert!(endings.collect::<Vec<_>>().iter().all(|ending| ending == "svg"));
}
