//! Data as people have them (tests/data/field, made up after public files): what is plain is read, what is not is a fault that says what
//! to write, and what it says works.

use commonground::experiment::calibrate::Problem;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::file::{File, Series};
use commonground::scenario::text::Disk;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const STORE: Disk = Disk { bundled: BUNDLED };
const FIELD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/field");

/// A place for so many months whose acute need is read as this says.
fn place(steps: u32, times: f64, mut csv: Value) -> Result<Scenario, String> {
    csv["file"] = json!(format!("{FIELD}/{}", csv["file"].as_str().unwrap()));
    let text = json!({
        "extends": "isle-of-wight-fortress",
        "time": { "steps": steps },
        "providers": { "acute": { "need": {
            "level": { "csv": csv, "times": times, "then": null }, "noise": 0, "trend": 0
        } } },
    });
    Scenario::from_text(&STORE, "mine.json", &text.to_string()).map_err(|faults| faults.to_string())
}

fn need(scenario: &Scenario) -> &[f64] {
    match level(&scenario.file) {
        Series::List(list) => list,
        other => panic!("{other:?} is no list"),
    }
}

fn level(file: &File) -> &Series {
    &file.providers["acute"].need.as_ref().unwrap().level
}

/// What is said of the series among the sources of a scenario.
fn told(scenario: &Scenario) -> &str {
    scenario.file.sources.iter().find(|line| line.starts_with("providers.acute.need.level")).unwrap()
}

#[track_caller]
fn refused(found: &Result<Scenario, String>, words: &str) {
    let faults = found.as_ref().expect_err("this should be refused");
    let one_line = faults.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(one_line.contains(words), "{faults}");
}

#[test]
fn of_many_organisations_one_is_chosen() {
    let column = |more: Value| {
        let mut csv = json!({ "file": "03-many-organisations.csv", "column": "A&E attendances Type 1" });
        csv.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        place(12, 0.000_169_231, csv)
    };
    refused(
        &column(json!({})),
        "36 rows in which `Org Code` changes; say which is meant with `\"where\": {\"Org Code\": …}`",
    );
    refused(&column(json!({ "where": { "Org Code": "X04" } })), "no row has `X04` in column `Org Code`");
    refused(&column(json!({ "where": { "Org Code": "X01" } })), "the data are 0 in every step");
    let read = column(json!({ "where": { "Org Code": "X03" } })).unwrap();
    assert!(need(&read).iter().all(|level| (0.5..2.0).contains(level)), "{:?}", need(&read));
    assert!(told(&read).contains("where `Org Code` is `X03`, 12 of 36 rows"), "{}", told(&read));
}

#[test]
fn counts_need_a_factor_and_are_told_which() {
    let csv = json!({ "file": "04-raw-counts.csv", "column": "attendances" });
    let refusal = place(12, 1.0, csv.clone()).unwrap_err();
    let times: f64 = refusal.split("`times` of ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let read = place(12, times, csv).unwrap();
    let mean = need(&read).iter().sum::<f64>() / 12.0;
    assert!((mean - 1.0).abs() < 0.001, "{mean}");
}

#[test]
fn separators_decimals_and_thousands_are_recognised_and_told() {
    let european = place(12, 1.0, json!({ "file": "05-semicolon-decimal-comma.csv", "column": "need" })).unwrap();
    assert_eq!(need(&european)[..4], [0.92, 0.93, 0.94, 1.02]);
    assert!(told(&european).contains("cells are separated by `;`, the comma is read as the decimal sign"));
    let thousands = place(12, 0.0001, json!({ "file": "06-thousands.csv", "column": "attendances" })).unwrap();
    assert!((need(&thousands)[0] - 0.8648).abs() < 1e-12);
    assert!(told(&thousands).contains("commas between thousands are left out"));
}

#[test]
fn gaps_are_filled_on_request_and_count_as_assumed() {
    let csv = |missing: Value| json!({ "file": "07-gaps.csv", "column": "need", "missing": missing });
    refused(
        &place(12, 1.0, json!({ "file": "07-gaps.csv", "column": "need" })),
        "say how gaps are filled with `missing`",
    );
    for missing in ["carry", "interpolate"] {
        let read = place(12, 1.0, csv(json!(missing))).unwrap();
        let assumed = read.file.assumptions.iter().find(|line| line.contains("of 12 values missing and filled"));
        assert!(assumed.is_some(), "{missing}");
    }
    refused(&place(12, 1.0, csv(json!("guess"))), "carry");
}

#[test]
fn lines_on_top_and_rows_out_of_order_are_told_and_mended() {
    let csv = |more: Value| {
        let mut csv = json!({ "file": "08-preamble.csv", "column": "biomass" });
        csv.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        csv
    };
    refused(&place(3, 1.0, csv(json!({}))), "seem to stand in line 7: say `\"skip\": 6`");
    refused(&place(3, 1.0, csv(json!({ "skip": 6 }))), "`[run number]` changes");
    let asked = csv(json!({ "skip": 6, "where": { "[run number]": "2" }, "order_by": "[step]" }));
    let read = place(3, 1.0, asked).unwrap();
    assert_eq!(need(&read), [0.9, 0.91, 0.92]);
}

#[test]
fn a_series_in_a_row_is_read_by_its_name() {
    let csv = json!({ "file": "10-wide-serial-dates.csv", "column": "North" });
    refused(&place(6, 0.001, csv), "say `\"row\": \"North\"`");
    let read = place(6, 0.001, json!({ "file": "10-wide-serial-dates.csv", "row": "North", "column": null })).unwrap();
    assert_eq!(need(&read), [0.64, 0.837, 0.783, 0.779, 0.74, 0.663]);
}

#[test]
fn a_workbook_is_told_to_be_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("need.xlsx"), b"PK\x03\x04\xff\xfe").unwrap();
    let text = json!({
        "extends": "isle-of-wight-fortress",
        "providers": { "acute": { "need": { "level": { "csv": { "file": "need.xlsx", "column": "need" } } } } },
    });
    let path = folder.path().join("mine.json");
    fs::write(&path, text.to_string()).unwrap();
    let faults = Scenario::load(&STORE, path.to_str().unwrap()).unwrap_err().to_string();
    assert!(
        faults.split_whitespace().collect::<Vec<_>>().join(" ").contains("is a workbook; save the sheet as CSV"),
        "{faults}"
    );
}

#[test]
fn what_was_observed_may_be_a_column() {
    let name = Path::new(FIELD).join("14-observed-from-csv.json");
    let problem = Problem::load(&STORE, name.to_str().unwrap()).unwrap();
    let observed: Vec<f64> = problem.observations.iter().take(4).map(|one| one.observed).collect();
    assert_eq!((problem.observations.len(), observed), (12, vec![0.91, 0.82, 0.73, 0.64]));
}
