//! Designs of any kind through the binary: words, parts, fragments, ties, factors, shares of a mixture, orders of magnitude, conditions,
//! points from a file, and measures of one's own.

mod fragments;

use super::cells::{number, rows};
use super::cli::{Ended, ended, folder_with};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

const MIXED: &str = r#"{"extends": "pasture-fortress", "providers": {"herder": {"behaviour": [
    {"share": 0.5, "as": {"learner": {"memory": 0.7, "foregone": 0.8, "cumulation": 0, "unplayed": "fade", "choice_sharpness": 20, "habit": 0.1}}},
    {"share": 0.3, "as": {"fixed": {"level": 0.6, "upstream": 0}}},
    {"share": 0.2, "as": {"fixed": {"level": 1.2, "upstream": 0}}}]}}}"#;

/// Runs a sweep without charts, and gives back its cells beside what was said.
fn swept(folder: &Path, asked: &[&str]) -> (Vec<BTreeMap<String, String>>, Ended) {
    let rest = ["--runs", "32", "--charts", "none", "--out", "out", "--replace", "--all"];
    let done = ended(folder, &[&["sweep"], asked, &rest[..]].concat());
    assert_eq!(done.code, Some(0), "{asked:?}: {}", done.words);
    let results = done.results.split_whitespace().collect::<Vec<_>>().join(" ");
    (rows(&folder.join("out/cells.csv")), Ended { results, ..done })
}

fn refused(folder: &Path, asked: &[&str], words: &[&str]) {
    let done = ended(folder, asked);
    assert_eq!(done.code, Some(2), "{asked:?}: {}", done.results);
    let told = done.words.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in words {
        assert!(told.contains(words), "{asked:?}: {words}: {told}");
    }
}

/// A cell with a word or a factor is the run of the scenario with it set, to the last bit.
#[test]
fn a_cell_of_words_and_factors_is_the_run_with_them_set() {
    let folder = tempdir().unwrap();
    let gain = "/society/trust_gain";
    let (cells, done) = swept(
        folder.path(),
        &[
            "pasture-ostrom",
            "--vary",
            "/rules/measures/audience=[public,monitor]",
            "--vary",
            &format!("{gain}=*[0.5,1]"),
        ],
    );
    assert_eq!(
        cells.iter().map(|row| row["/rules/measures/audience"].as_str()).collect::<Vec<_>>()[..3],
        ["public", "public", "monitor"]
    );
    assert!(done.results.contains("measures audience monitor"), "{}", done.results);
    let effects = rows(&folder.path().join("out/effects.csv"));
    assert!(effects.iter().any(|row| row["from"] == "public" && row["to"] == "monitor"), "{effects:?}");
    assert!(effects.iter().any(|row| row["from"] == "*0.5" && row["to"] == "*1"), "{effects:?}");
    let set =
        ["--set", "/rules/measures/audience=\"monitor\"", "--set", "/society/trust_gain=0.025", "--charts", "none"];
    let run = ended(folder.path(), &[&["run", "pasture-ostrom", "--runs", "32", "--out", "run"], &set[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.words);
    let cell = cells.iter().find(|row| row["/rules/measures/audience"] == "monitor" && row[gain] == "0.5").unwrap();
    let summary = rows(&folder.path().join("run/summary.csv"));
    let mean = &summary.iter().find(|row| row["measure"] == "stock_mean").unwrap()["mean"];
    assert_eq!(&cell["stock_mean_mean"], mean);
}

/// Whole parts are a factor with names, several pointers move together, and fragments are laid over the scenario.
#[test]
fn parts_ties_and_fragments_are_factors() {
    let folder = tempdir().unwrap();
    let payment = r#"form of payment:/providers/herder/payment={"tariff":{"tariff":{"price":1,"baseline":1000,"marginal_rate":1,"change_per_year":0}},"block":{"block":{"amount":1,"change_per_year":0}}}"#;
    let (cells, done) = swept(folder.path(), &["pasture-fortress", "--vary", payment]);
    let stock: Vec<f64> = cells.iter().map(|row| number(row, "stock_mean_mean")).collect();
    assert!(stock[1] > stock[0] + 0.2, "a fixed sum pays nobody to herd more: {stock:?}");
    assert!(done.results.contains("form of payment block"), "{}", done.results);
    let tied = "/society/trust_gain, /society/trust_loss=0.1..0.3:2";
    let (cells, _) = swept(folder.path(), &["pasture-ostrom", "--vary", tied]);
    assert_eq!(
        cells.iter().map(|row| number(row, "/society/trust_gain,/society/trust_loss")).collect::<Vec<_>>(),
        [0.1, 0.3]
    );
    let governance =
        ["place-fortress", "--vary", "governance=[none,alliance]", "--measure", "need_met@year4 - need_met@year1"];
    let (cells, done) = swept(folder.path(), &governance);
    let change: Vec<f64> = cells.iter().map(|row| number(row, "need_met@year4-need_met@year1_mean")).collect();
    assert!(change[0].to_bits() != change[1].to_bits());
    assert!(done.results.contains("Change of need met from year 1 to year 4"), "{}", done.results);
    refused(
        folder.path(),
        &["sweep", "place-fortress", "--vary", "governance=[none,alianse]"],
        &["there is no file", "begins with no `/`"],
    );
}

/// The share of one part of a mixture may vary alone: the rest keep their proportions.
#[test]
fn the_rest_of_a_mixture_is_scaled() {
    let folder = folder_with("mixed.json", MIXED);
    let share = "/providers/herder/behaviour/0/share=0..1:3";
    let (cells, done) = swept(folder.path(), &["mixed.json", "--vary", share]);
    assert_eq!(cells.len(), 3);
    let told = &done.results;
    assert!(
        told.contains("share of learner")
            && told.contains("The other shares of /providers/herder/behaviour were scaled"),
        "{told}"
    );
    let all = MIXED
        .replace("\"share\": 0.5", "\"share\": 0")
        .replace("\"share\": 0.3", "\"share\": 0.6")
        .replace("\"share\": 0.2", "\"share\": 0.4");
    fs::write(folder.path().join("none.json"), all).unwrap();
    let (none, _) = swept(folder.path(), &["none.json", "--vary", "/society/noise=[0.2]"]);
    assert_eq!(cells[0]["stock_mean_mean"], none[0]["stock_mean_mean"]);
    let named = r#"/providers/herder/behaviour/0/share={"half":0.5,"none":0}"#;
    let (levels, _) = swept(folder.path(), &["mixed.json", "--vary", named]);
    assert_eq!(levels[1]["stock_mean_mean"], none[0]["stock_mean_mean"], "a level is its number and not its position");
    let two = ["mixed.json", "--vary", share, "--vary", "/providers/herder/behaviour/1/share=0..1:3"];
    refused(folder.path(), &[&["sweep"], &two[..]].concat(), &["add up to 1.5", "--where"]);
    let sum = "/providers/herder/behaviour/0/share + /providers/herder/behaviour/1/share <= 1";
    let (cells, done) = swept(folder.path(), &[&two[..], &["--where", sum]].concat());
    assert_eq!(cells.len(), 6);
    assert!(done.results.contains("3 of 9 combinations were left out"), "{}", done.results);
}

/// Orders of magnitude are evenly spaced, also on the axis of the chart and for the place at which a chance tips.
#[test]
fn orders_of_magnitude_have_an_axis_of_their_own() {
    let folder = tempdir().unwrap();
    let vary = "/providers/herder/behaviour/learner/choice_sharpness=log:0.1..1000:5";
    let asked = [
        "sweep",
        "pasture-fortress",
        "--runs",
        "32",
        "--vary",
        vary,
        "--measure",
        "stock_mean<0.35",
        "--charts",
        "svg",
        "--out",
        "out",
    ];
    let done = ended(folder.path(), &asked);
    assert_eq!(done.code, Some(0), "{}", done.words);
    let cells = rows(&folder.path().join("out/cells.csv"));
    let values: Vec<f64> =
        cells.iter().map(|row| number(row, "/providers/herder/behaviour/learner/choice_sharpness")).collect();
    assert_eq!(values, [0.1, 1.0, 10.0, 100.0, 1000.0]);
    let chart = fs::read_to_string(folder.path().join("out/charts/stock-mean-below-0.35.svg")).unwrap();
    for tick in ["0.1", "1", "10", "100", "1000"] {
        assert!(chart.lines().any(|line| line.trim() == tick), "{tick}");
    }
    let tipping = rows(&folder.path().join("out/tipping.csv"));
    let at = number(&tipping[0], "at");
    let (before, after) = (number(&tipping[0], "cell_before"), number(&tipping[0], "cell_after"));
    assert!(before < at && at < after && values.contains(&before) && values.contains(&after), "{tipping:?}");
}

/// A table of points is taken row by row, in its order (field case 18).
#[test]
fn points_may_come_from_a_file() {
    let points =
        "/providers/herder/payment/tariff/price,/pools/pasture/growth/depensated/rate\n1.3,0.7\n0.4,0.3\n0.9,0.5\n";
    let folder = folder_with("points.csv", points);
    let (cells, _) = swept(folder.path(), &["pasture-fortress", "--points", "points.csv"]);
    let price = |row: &BTreeMap<String, String>| number(row, "/providers/herder/payment/tariff/price");
    assert_eq!(cells.iter().map(price).collect::<Vec<_>>(), [1.3, 0.4, 0.9]);
    fs::write(folder.path().join("bad.csv"), "/society/trust,/society/noise\n0.5,\n7,0.2,1\n").unwrap();
    refused(
        folder.path(),
        &["sweep", "pasture-fortress", "--points", "bad.csv"],
        &["line 2 has no value for /society/noise", "line 3 has 3 cells"],
    );
    refused(folder.path(), &["sweep", "pasture-fortress", "--points", "gone.csv"], &["gone.csv cannot be read"]);
    refused(
        folder.path(),
        &["sensitivity", "pasture-fortress", "--points", "points.csv"],
        &["--points is for `sweep`"],
    );
    refused(
        folder.path(),
        &["sweep", "pasture-fortress", "--points", "points.csv", "--design", "latin"],
        &["cannot be used with"],
    );
}

/// Morris and Sobol take words beside numbers; where an index is not defined that is said.
#[test]
fn sensitivity_takes_words_beside_numbers() {
    let folder = tempdir().unwrap();
    let vary = [
        "--vary",
        "/rules/measures/audience=[public,monitor]",
        "--vary",
        "/society/trust_gain=0..0.2",
        "--measure",
        "stock_mean",
    ];
    let rest = ["--runs", "16", "--charts", "none", "--out", "out", "--replace"];
    for (method, file, index) in [
        (["--method", "morris", "--trajectories", "4"], "effects", "mu_star"),
        (["--method", "sobol", "--base", "8"], "indices", "total"),
    ] {
        let done =
            ended(folder.path(), &[&["sensitivity", "pasture-ostrom"], &method[..], &vary[..], &rest[..]].concat());
        assert_eq!(done.code, Some(0), "{}", done.words);
        let found = rows(&folder.path().join(format!("out/{file}.csv")));
        let own =
            found.iter().find(|row| row["parameter"] == "/rules/measures/audience" && row["index"] == index).unwrap();
        assert_eq!((own["from"].as_str(), own["to"].as_str()), ("public", "monitor"));
    }
    let conditions = ["--where", "/society/trust_gain < /society/trust_loss"];
    let sobol = [
        "sensitivity",
        "pasture-ostrom",
        "--method",
        "sobol",
        "--vary",
        "/society/trust_gain=0..0.2",
        "--vary",
        "/society/trust_loss=0..0.2",
    ];
    refused(folder.path(), &[&sobol[..], &conditions[..]].concat(), &["vary freely of each other", "--method morris"]);
}

/// Everything that is wrong is told at once, with its place and a way out.
#[test]
fn faults_of_designs_are_told_at_once() {
    let folder = tempdir().unwrap();
    refused(
        folder.path(),
        &[
            "sweep",
            "pasture-ostrom",
            "--vary",
            "/rules/measures/audience=[public,membres]",
            "--vary",
            "/society/trust=*[0.5,9]",
            "--vary",
            "/society/noise=[0.1,0.2]",
            "--where",
            "/society/nois < 1",
        ],
        &["membres", "society.trust: `4.5`", "/society/nois", "did you mean"],
    );
    let sweep = ["sweep", "pasture-ostrom", "--vary", "/society/trust=0..1:3"];
    for (more, words) in [
        (["--measure", "stock_mean + collapse_step"], "only like is added to or compared with like"),
        (["--measure", "stock_mean - stok_end"], "did you mean"),
        (["--measure", "share(stock_mean)"], "`<` or `>` is missing"),
        (["--measure", "stock_mean = stock_end"], "there is a measure `stock_mean` already"),
        (["--where", "/society/trust_gian < 2"], "did you mean"),
        (["--where", "/society/trust > 2"], "none of the 3 combinations meets every condition"),
    ] {
        refused(folder.path(), &[&sweep[..], &more[..]].concat(), &[words]);
    }
}

/// Factors are written as such wherever a chance tips, and measures of one name are refused.
#[test]
fn a_chance_tips_at_a_factor() {
    let folder = tempdir().unwrap();
    let vary = ["--vary", "/providers/herder/payment/tariff/price=*[0.2,0.6,0.8,1.4]"];
    let (_, done) = swept(folder.path(), &[&["pasture-fortress"], &vary[..], &["--measure", "collapsed"]].concat());
    let told = |words: &str| done.results.contains(&format!("{words} at tariff price ×"));
    assert!(told("passes 50%") && told("rises through 50%"), "{}", done.results);
    assert!(!done.results.contains("50% at tariff price 0"), "{}", done.results);
    let two = ["--measure", "x = stock_mean - 0.1", "--measure", "x = stock_mean + 0.1"];
    refused(
        folder.path(),
        &[&["sweep", "pasture-fortress"], &vary[..], &two[..]].concat(),
        &["two measures are called `x`"],
    );
}

/// Words among what is uncertain are a condition of a box by their names, and goals may be measures of one's own.
#[test]
fn stress_tells_the_words_under_which_a_design_fails() {
    let study = r#"{
        "title": "Dry years", "question": "Who lasts?",
        "goals": { "green": { "label": "Stays green", "measure": "stock_mean - 0.35", "level": { "at_least": 0 }, "note": "assumed" } },
        "met_in": 0.5, "score": { "measure": "2 * welfare", "note": "assumed" },
        "ladders": { "drought": { "label": "Drought", "steps": ["small"], "shocks": { "dry": { "stock_loss": { "when": { "at": 20 }, "size": 0, "pool": "pasture" } } },
            "sizes": { "/dry/stock_loss/size": [0.01] }, "note": "assumed" } },
        "parameters": {
            "form": { "label": "Form of payment", "pointers": ["/providers/herder/payment"], "note": "assumed", "range": { "among": {
                "by the head": { "tariff": { "price": 1, "baseline": 1000, "marginal_rate": 1, "change_per_year": 0 } },
                "a fixed sum": { "block": { "amount": 1, "change_per_year": 0 } } } } },
            "noise": { "label": "Noise", "pointers": ["/society/noise"], "range": { "between": [0.1, 0.3] }, "note": "assumed" } },
        "points": { "latin": 40 } }"#;
    let folder = folder_with("dry.json", study);
    let asked = [
        "stress",
        "pasture-fortress",
        "--shocks",
        "dry.json",
        "--runs",
        "16",
        "--charts",
        "none",
        "--out",
        "out",
        "--all",
    ];
    let done = ended(folder.path(), &asked);
    assert_eq!(done.code, Some(0), "{}", done.words);
    let told = done.results.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("form of payment is by the head"), "{told}");
    let boxes = rows(&folder.path().join("out/boxes.csv"));
    assert!(boxes.iter().any(|row| row["dimension"] == "parameter.form" && row["kinds"] == "by the head"), "{boxes:?}");
    let futures = rows(&folder.path().join("out/futures.csv"));
    assert!(futures.iter().any(|row| row["parameter.form"] == "a fixed sum"));
    fs::write(folder.path().join("bad.json"), study.replace("2 * welfare", "welfare + collapse_step")).unwrap();
    refused(folder.path(), &["stress", "pasture-fortress", "--shocks", "bad.json"], &["only like is added"]);
}
