//! What a terminal shows at the end of `compare` and `run`, letter by letter, and that it fits a screen.

use super::cli::commonground;
use std::fs;
use std::path::Path;
use tempfile::tempdir;

/// What is asked, and the file that says what is answered at 80 and at 120 columns.
const ASKED: [(&str, &[&str]); 4] = [
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
];

/// What a command prints at that width.
fn printed(folder: &Path, asked: &[&str], width: &str, locale: &str) -> String {
    let mut command = commonground(folder, asked);
    command.args(["--out", "out", "--replace"]).env("COLUMNS", width).env("LC_ALL", locale);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
fn check(name: &str) {
    let folder = tempdir().unwrap();
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
