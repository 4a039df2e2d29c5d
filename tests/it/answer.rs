//! What a terminal shows at the end of every study, letter by letter, and that it fits a screen.

use super::cli::commonground;
use serde_json::json;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

/// What is asked, and the file that says what is answered at 80 and at 120 columns.
const ASKED: [(&str, &[&str]); 14] = [
    ("two", &["compare", "isle-of-wight-fortress", "isle-of-wight-place-based", "--runs", "100"]),
    (
        "six",
        &[
            "compare",
            "place-fortress",
            "place-based",
            "place-block",
            "place-capitated",
            "place-sword",
            "place-talking-shop",
            "--runs",
            "100",
        ],
    ),
    ("run", &["run", "place-fortress", "--runs", "100"]),
    ("one", &["run", "pasture-fortress", "--runs", "1"]),
    ("rules", &["principles", "pasture-ostrom", "--runs", "32", "--measure", "stock_end,trust_end"]),
    ("line", &["sweep", "pasture-fortress", "--runs", "24", "--vary", PRICE_9]),
    ("map", &["sweep", "pasture-fortress", "--runs", "20", "--vary", PRICE_9, "--vary", RATE_5]),
    (
        "drawn",
        &[
            "sweep",
            "pasture-fortress",
            "--design",
            "sobol",
            "--cells",
            "24",
            "--runs",
            "20",
            "--vary",
            PRICE,
            "--vary",
            RATE,
        ],
    ),
    ("effects", &["sensitivity", "pasture-ostrom", "--runs", "4", "--vary", TRUST, "--vary", COVERAGE, "--vary", FINE]),
    (
        "constant",
        &[
            "sensitivity",
            "commons-mini",
            "--trajectories",
            "4",
            "--runs",
            "4",
            "--measure",
            "collapsed",
            "--vary",
            TRUST,
        ],
    ),
    (
        "missing",
        &[
            "sensitivity",
            "pasture-fortress",
            "--runs",
            "4",
            "--measure",
            "collapse_step",
            "--measure",
            "stock_end",
            "--vary",
            PRICE,
            "--vary",
            RATE,
        ],
    ),
    ("stress", &["stress", "pasture-fortress", "pasture-ostrom", "--shocks", "study.json"]),
    ("calibrate", &["calibrate", "fit.json"]),
    ("replicate", &["replicate", "laboratory", "public-goods"]),
];

const PRICE: &str = "/providers/herder/payment/tariff/price=0.2..1.4";
const PRICE_9: &str = "/providers/herder/payment/tariff/price=0.2..1:9";
const RATE: &str = "/pools/pasture/growth/depensated/rate=0.2..0.9";
const RATE_5: &str = "/pools/pasture/growth/depensated/rate=0.2..0.9:5";
const TRUST: &str = "/society/trust=0..1";
const COVERAGE: &str = "/rules/measures/coverage=0..1";
const FINE: &str = "/rules/graduated_sanctions/fine=0..1";

/// What a command prints at that width.
fn printed(folder: &Path, asked: &[&str], width: &str, locale: &str) -> String {
    let mut command = commonground(folder, asked);
    command.args(asked.first().filter(|command| ["calibrate", "replicate"].contains(command)).map(|_| "--quiet"));
    command.args(["--out", "out", "--replace"]).env("COLUMNS", width).env("LC_ALL", locale);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.stderr.is_empty(), "{words}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn check(name: &str) {
    let folder = tempdir().unwrap();
    let mut study = super::stress::study();
    study["points"] = json!({ "latin": 24 });
    fs::write(folder.path().join("study.json"), study.to_string()).unwrap();
    fs::write(folder.path().join("fit.json"), super::calibrate::small().to_string()).unwrap();
    let asked = ASKED.iter().find(|(known, _)| *known == name).unwrap().1;
    for (width, columns) in [("80", 80), ("120", 120)] {
        let text = printed(folder.path(), asked, width, "C.UTF-8");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/answers/{name}-{width}.txt"));
        let expected = fs::read_to_string(&file).unwrap_or_default();
        assert!(text == expected, "{}: {} should be\n{text}", asked.join(" "), file.display());
        assert!(text.lines().count() <= 23, "{} rows", text.lines().count());
        assert!(text.lines().all(|line| line.chars().count() <= columns), "{text}");
    }
}

#[test]
fn two_designs_are_answered_on_one_screen() {
    check("two");
}

#[test]
fn six_designs_are_answered_on_one_screen() {
    check("six");
}

#[test]
fn one_design_is_answered_on_one_screen() {
    check("run");
}

#[test]
fn one_run_is_shown_without_a_mean_an_interval_or_a_verdict() {
    check("one");
}

#[test]
fn what_each_rule_is_worth_is_answered_on_one_screen() {
    check("rules");
}

#[test]
fn one_number_that_varies_is_answered_as_a_row_of_values() {
    check("line");
}

#[test]
fn two_numbers_that_vary_are_answered_as_a_map() {
    check("map");
}

#[test]
fn numbers_drawn_from_ranges_are_answered_by_what_goes_with_them() {
    check("drawn");
}

#[test]
fn what_decides_is_answered_on_one_screen() {
    check("effects");
}

#[test]
fn what_nothing_moves_has_no_verdict_and_no_mover() {
    check("constant");
}

#[test]
fn what_has_no_value_in_some_cells_is_told_apart_from_what_is_constant() {
    check("missing");
}

#[test]
fn designs_under_stress_are_answered_on_one_screen() {
    check("stress");
}

#[test]
fn a_calibration_is_answered_on_one_screen() {
    check("calibrate");
}

#[test]
fn published_results_are_answered_on_one_screen() {
    check("replicate");
}

#[test]
fn a_terminal_without_utf_8_gets_the_same_in_plain_letters() {
    let folder = tempdir().unwrap();
    let asked = ["compare", "pasture-fortress", "pasture-ostrom", "--runs", "32"];
    let (full, plain) = (printed(folder.path(), &asked, "80", "C.UTF-8"), printed(folder.path(), &asked, "80", "C"));
    assert!(!full.is_ascii() && plain.is_ascii(), "{plain}");
    assert_eq!(full.lines().count(), plain.lines().count());
}

#[test]
fn all_shows_every_table_and_the_verdict_last() {
    let folder = tempdir().unwrap();
    let text = printed(
        folder.path(),
        &["compare", "pasture-fortress", "pasture-ostrom", "--runs", "32", "--all"],
        "80",
        "C.UTF-8",
    );
    for words in ["Outcomes: mean with its 95% interval", "Differences from", "The best constant plan"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let last = text.lines().rev().take(7).collect::<Vec<_>>().join("\n");
    assert!(last.contains("Depends") && last.contains("Better"), "{last}");
}
