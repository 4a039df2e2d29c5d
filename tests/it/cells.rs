//! `sweep` and `sensitivity` through the binary: what they print and write, how they refuse, and that nothing but scenario and
//! seed counts.

use super::cli::{ended, folder_with};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

const PRICE: &str = "/providers/herder/payment/tariff/price";
const RATE: &str = "/pools/pasture/growth/depensated/rate";

/// The rows of a CSV file by the names of their columns.
pub(crate) fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

pub(crate) fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap()
}

#[test]
fn a_sweep_of_one_number_finds_where_the_pool_tips() {
    let folder = tempdir().unwrap();
    let vary = format!("{PRICE}=[0.2,0.6,0.8,1.4]");
    let arguments = ["sweep", "pasture-fortress", "--runs", "48", "--vary", &vary, "--out", "out"];
    let swept = ended(folder.path(), &arguments);
    assert_eq!(swept.code, Some(0), "{}", swept.words);
    assert!(
        swept.results.contains("\nTips     Chance of collapse passes 50% at tariff price 0.9"),
        "{}",
        swept.results
    );
    assert!(swept.results.lines().all(|line| line.chars().count() <= 80), "{}", swept.results);
    let cells = rows(&folder.path().join("out/cells.csv"));
    let means: Vec<f64> = cells.iter().map(|row| number(row, "stock_mean_mean")).collect();
    assert_eq!(cells.iter().map(|row| number(row, PRICE)).collect::<Vec<_>>(), [0.2, 0.6, 0.8, 1.4]);
    assert!(means.windows(2).all(|pair| pair[0] > pair[1] + 0.02), "a higher price empties the pasture: {means:?}");
    let tipping = rows(&folder.path().join("out/tipping.csv"));
    assert_eq!(tipping.len(), 1);
    let place = ["cell_before", "low", "at", "high", "cell_after"].map(|column| number(&tipping[0], column));
    assert!(place.windows(2).all(|pair| pair[0] <= pair[1]) && place[0] >= 0.2 && place[4] <= 1.4, "{place:?}");
    for file in [
        "manifest.json",
        "effects.csv",
        "charts/collapsed.svg",
        if cfg!(feature = "png") { "charts/stock-mean.png" } else { "charts/stock-mean.svg" },
        "scenarios/pasture-fortress.json",
    ] {
        assert!(folder.path().join("out").join(file).exists(), "{file}");
    }
}

/// A cell is a scenario with other numbers, on the same run numbers: it must agree with `run` to the last bit.
#[test]
fn a_cell_is_the_run_with_the_same_numbers() {
    let folder = tempdir().unwrap();
    let vary = format!("{PRICE}=[0.7,0.9]");
    let swept = ["sweep", "pasture-fortress", "--runs", "40", "--seed", "5", "--vary", &vary, "--out", "swept"];
    assert_eq!(ended(folder.path(), &swept).code, Some(0));
    let set = format!("{PRICE}=0.9");
    let run = ["run", "pasture-fortress", "--runs", "40", "--seed", "5", "--set", &set, "--out", "run"];
    assert_eq!(ended(folder.path(), &run).code, Some(0));
    let cell = rows(&folder.path().join("swept/cells.csv")).remove(1);
    let summary = rows(&folder.path().join("run/summary.csv"));
    let summary = summary.iter().find(|row| row["measure"] == "stock_mean").unwrap();
    for (ours, theirs) in [("mean", "mean"), ("low", "low"), ("high", "high"), ("q05", "q05"), ("median", "median")] {
        assert_eq!(cell[&format!("stock_mean_{ours}")], summary[theirs], "{ours}");
    }
}

#[test]
fn threads_change_no_byte_of_a_sweep_nor_of_a_sensitivity_analysis() {
    let folder = tempdir().unwrap();
    let files = |threads: &str| {
        let (price, rate) = (format!("{PRICE}=0.5..1"), format!("{RATE}=0.3..0.7"));
        let sweep = ["sweep", "pasture-fortress", "--design", "latin", "--cells", "6"];
        let sensitivity = ["sensitivity", "pasture-fortress", "--method", "sobol", "--base", "4"];
        let mut bytes = Vec::new();
        for (command, name) in [(&sweep, "sweep"), (&sensitivity, "indices")] {
            let out = format!("{name}-{threads}");
            let rest = ["--runs", "20", "--vary", &price, "--vary", &rate, "--threads", threads, "--out", &out];
            let done = ended(folder.path(), &[&command[..], &rest[..]].concat());
            assert_eq!(done.code, Some(0), "{}", done.words);
            bytes.push(fs::read(folder.path().join(&out).join("cells.csv")).unwrap());
            bytes.extend(fs::read(folder.path().join(&out).join("indices.csv")).ok());
        }
        bytes
    };
    let one = files("1");
    assert_eq!(one.len(), 3);
    assert_eq!(one, files("3"));
}

#[test]
fn whatever_is_wrong_with_what_is_varied_is_told_at_once_and_before_anything_runs() {
    let folder = tempdir().unwrap();
    let arguments = [
        "sweep",
        "pasture-fortress",
        "--runs",
        "1000000000",
        "--vary",
        "/society/trus=0..1:3",
        "--vary",
        "/society/trust=0..7:3",
        "--vary",
        "/society/noise=0..1:3",
        "--vary",
        "/society/noise=0..1:5",
        "--vary",
        "/providers/herder/count=2..5:3",
        "--vary",
        "/rules=0..1:2",
    ];
    let refused = ended(folder.path(), &arguments);
    assert_eq!((refused.code, refused.results.as_str()), (Some(2), ""));
    for words in [
        "5 faults in bundled pasture-fortress.json",
        "did you mean `trust`?",
        "society.trust: `7` is outside the range 0 to 1",
        "/society/noise: is varied twice",
        "providers.herder.count: `3.5` is not a whole number",
        "/rules: there is no number here",
    ] {
        assert!(refused.words.contains(words), "{words}: {}", refused.words);
    }
    assert!(!folder.path().join("results").exists());
}

#[test]
fn cells_that_are_too_many_or_impossible_are_told_before_anything_runs() {
    let folder = folder_with(
        "mixed.json",
        r#"{"extends": "pasture-fortress", "providers": {"herder": {"behaviour": [
            {"share": 0.5, "as": {"fixed": {"level": 1, "upstream": 0}}},
            {"share": 0.5, "as": {"fixed": {"level": 2, "upstream": 0}}}]}}}"#,
    );
    let many =
        ["sweep", "pasture-fortress", "--vary", "/society/trust=0..1:1000", "--vary", "/society/noise=0..1:1000"];
    let many = ended(folder.path(), &many);
    assert_eq!(many.code, Some(2));
    assert!(many.words.contains("1000000 cells are too many; 100000 are the most"), "{}", many.words);
    // Both shares are varied, so that none is left to be scaled.
    let shares = ["/providers/herder/behaviour/0/share=[0.25,0.5]", "/providers/herder/behaviour/1/share=[0.5]"];
    let impossible = ended(folder.path(), &["sweep", "mixed.json", "--vary", shares[0], "--vary", shares[1]]);
    assert_eq!(impossible.code, Some(2));
    let words = "the shares sum to 0.75; they must sum to 1 (with /providers/herder/behaviour/0/share=0.25, ";
    assert!(impossible.words.contains(words), "{}", impossible.words);
}

#[test]
fn flags_that_do_not_belong_together_are_refused() {
    let folder = tempdir().unwrap();
    let trust = "/society/trust=0..1";
    for (arguments, words) in [
        (&["sweep", "pasture-fortress", "--vary", trust][..], "a grid needs to know how many values"),
        (&["sweep", "pasture-fortress", "--vary", trust, "--design", "latin"], "this design needs the number of cells"),
        (&["sweep", "pasture-fortress", "--vary", "/society/trust=0..1:3", "--cells", "9"], "leave --cells away"),
        (&["sweep", "pasture-fortress", "--vary", trust, "--design", "sobol", "--cells", "70000"], "at most 65536"),
        (&["sweep", "pasture-fortress", "--vary", "/society/trust=1..0:3"], "the first must be the smaller"),
        (
            &["sweep", "pasture-fortress", "--vary", "/society/trust=[0,1]", "--measure", "need_mat"],
            "there is no measure `need_mat`",
        ),
        (
            &["sensitivity", "pasture-fortress", "--vary", "/society/trust=0..1:3"],
            "write 0..1 without a number of values",
        ),
        (&["sensitivity", "pasture-fortress", "--vary", trust, "--base", "8"], "--base belongs to --method sobol"),
        (&["sensitivity", "pasture-fortress", "--vary", trust, "--levels", "5"], "--levels 5 is odd"),
    ] {
        let refused = ended(folder.path(), arguments);
        assert_eq!(refused.code, Some(2), "{arguments:?}");
        assert!(refused.words.replace('\n', " ").contains(words), "{arguments:?}: {}", refused.words);
    }
    assert!(!folder.path().join("results").exists());
}

/// What the yield is worth to the public moves no herder, so nothing hangs on it; everything hangs on the price.
#[test]
fn a_sensitivity_analysis_ranks_what_matters_above_what_does_not() {
    let folder = tempdir().unwrap();
    let price = format!("{PRICE}=0.4..1.2");
    let arguments = [
        "sensitivity",
        "pasture-fortress",
        "--runs",
        "16",
        "--trajectories",
        "6",
        "--vary",
        "/providers/herder/worth=1..1.001",
        "--vary",
        &price,
        "--out",
        "out",
        "--measure",
        "stock_mean",
        "--json",
    ];
    let done = ended(folder.path(), &arguments);
    assert_eq!(done.code, Some(0), "{}", done.words);
    let document: serde_json::Value = serde_json::from_str(&done.results).unwrap();
    assert_eq!((&document["cells"], &document["runs"]), (&18.into(), &16.into()));
    let effects = rows(&folder.path().join("out/effects.csv"));
    let size = |pointer: &str| {
        number(effects.iter().find(|row| row["parameter"] == pointer && row["index"] == "mu_star").unwrap(), "value")
    };
    assert!(size(PRICE) > 0.1 && size("/providers/herder/worth") < 0.005, "{effects:?}");
    let variance = rows(&folder.path().join("out/variance.csv")).remove(0);
    let parts = ["parameters", "luck", "together"].map(|column| number(&variance, column));
    assert!((parts.iter().sum::<f64>() - 1.0).abs() < 1e-9 && parts[0] > 0.5, "{parts:?}");
}

/// Strewn by a Latin hypercube, cells lie on no line; the fit finds the price at which the even grid has it.
#[test]
fn strewn_cells_tip_where_a_grid_does() {
    let tipping = |more: &[&str]| {
        let folder = tempdir().unwrap();
        let asked = ["sweep", "pasture-fortress", "--measure", "collapsed", "--runs", "32", "--quiet", "--out", "out"];
        let swept = ended(folder.path(), &[&asked[..], more].concat());
        assert_eq!(swept.code, Some(0), "{}", swept.words);
        (rows(&folder.path().join("out/tipping.csv")).swap_remove(0), swept.results)
    };
    let (on_grid, _) = tipping(&["--vary", &format!("{PRICE}=0.2..1.4:13")]);
    let (fitted, words) = tipping(&["--design", "latin", "--cells", "60", "--vary", &format!("{PRICE}=0.2..1.4")]);
    let [grid, at, low, high] = [(&on_grid, "at"), (&fitted, "at"), (&fitted, "low"), (&fitted, "high")]
        .map(|(row, column)| number(row, column));
    assert!((at - grid).abs() < 0.1, "{at} against {grid}");
    assert!(low <= at && at <= high, "{low} to {high} around {at}");
    assert!(words.contains("logistic fit over all cells"), "{words}");
}
