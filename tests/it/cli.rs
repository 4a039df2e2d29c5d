//! The command line through its binary: what it prints, what it writes, how it ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::{TempDir, tempdir};

/// Runs few enough to be quick.
pub(crate) const FEW: [&str; 2] = ["--runs", "32"];

pub(crate) fn commonground(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_commonground"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

/// What a command came to.
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) results: String,
    pub(crate) words: String,
}

/// Runs the program to its end.
pub(crate) fn ended(folder: &Path, arguments: &[&str]) -> Ended {
    let Output { status, stdout, stderr } = commonground(folder, arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let ended = Ended { code: status.code(), results: text(stdout), words: text(stderr) };
    assert!(!ended.words.contains("panicked"), "{arguments:?}: {}", ended.words);
    assert!(!format!("{}{}", ended.results, ended.words).contains('\u{1b}'), "{arguments:?} colours a pipe");
    ended
}

/// A folder with one file in it.
pub(crate) fn folder_with(name: &str, text: &str) -> TempDir {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join(name), text).unwrap();
    folder
}

/// What is said of a file that has faults, the same by `check` and by `run`.
fn faults_of(change: &str) -> String {
    let folder = folder_with("bad.json", change);
    let checked = ended(folder.path(), &["check", "bad.json"]);
    assert_eq!(checked.code, Some(2), "{change}: {}", checked.results);
    let run = ended(folder.path(), &["run", "bad.json"]);
    assert_eq!((run.code, run.results.as_str(), &run.words), (Some(2), "", &checked.results));
    assert!(!folder.path().join("results").exists(), "a fault leaves a folder behind");
    checked.results
}

#[test]
fn every_help_has_examples_and_fits_eighty_columns() {
    let folder = tempdir().unwrap();
    for command in [
        "run",
        "compare",
        "principles",
        "sweep",
        "play",
        "class",
        "sensitivity",
        "calibrate",
        "stress",
        "plan",
        "work",
        "status",
        "merge",
        "replicate",
        "report",
        "diff",
        "explain",
        "check",
        "scenarios",
        "new",
        "schema",
        "completions",
        "man",
    ] {
        let help = ended(folder.path(), &[command, "--help"]);
        assert_eq!(help.code, Some(0));
        assert!(help.results.contains("Examples:\n  commonground "), "{command}");
        for line in help.results.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
    let help = ended(folder.path(), &["--help"]);
    assert!(help.results.contains("Exit codes:"));
}

#[test]
fn a_run_tells_title_table_and_verdict_and_says_where_its_files_are() {
    let folder = tempdir().unwrap();
    let run = ended(folder.path(), &[&["run", "pasture-fortress"], &FEW[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.words);
    assert!(run.results.starts_with("Pasture, every herder a fortress   "), "{}", run.results);
    assert!(run.results.contains("Pasture left") && run.results.contains("\nOutcome  "), "{}", run.results);
    assert!(run.results.contains("\nPage: results/pasture-fortress/report.html\n"), "{}", run.results);
    assert!(folder.path().join("results/pasture-fortress/manifest.json").exists());
}

#[test]
fn results_without_a_folder_never_take_the_place_of_others() {
    let folder = tempdir().unwrap();
    for name in ["pasture-fortress", "pasture-fortress-2"] {
        assert_eq!(ended(folder.path(), &[&["run", "pasture-fortress"], &FEW[..]].concat()).code, Some(0));
        assert!(folder.path().join("results").join(name).join("runs.csv").exists());
    }
}

#[test]
fn a_folder_that_holds_something_is_replaced_only_when_asked() {
    let folder = tempdir().unwrap();
    let arguments = [&["run", "pasture-fortress", "--out", "here"], &FEW[..]].concat();
    assert_eq!(ended(folder.path(), &arguments).code, Some(0));
    let refused = ended(folder.path(), &arguments);
    assert_eq!(refused.code, Some(2));
    assert!(refused.words.contains("`here` exists and is not empty"), "{}", refused.words);
    assert_eq!(ended(folder.path(), &[&arguments[..], &["--replace"]].concat()).code, Some(0));
}

#[test]
fn an_output_that_cannot_be_written_is_found_before_the_first_run() {
    let folder = folder_with("file", "");
    let run = ended(folder.path(), &["run", "pasture-fortress", "--runs", "1000000000", "--out", "file/deeper"]);
    assert_eq!(run.code, Some(2));
    assert!(run.words.starts_with("error: `file/deeper` cannot be written"), "{}", run.words);
}

#[test]
fn json_is_one_document_and_quiet_says_nothing() {
    let folder = tempdir().unwrap();
    let compared = ended(
        folder.path(),
        &[&["compare", "pasture-fortress", "pasture-ostrom", "--json", "--quiet"], &FEW[..]].concat(),
    );
    assert_eq!((compared.code, compared.words.as_str()), (Some(0), ""));
    let document: serde_json::Value = serde_json::from_str(&compared.results).unwrap();
    assert!(!document["findings"].as_array().unwrap().is_empty());
    let row = &document["rows"]["summary"][0];
    assert!(row["arm"] == "pasture-fortress" && row["mean"].is_number() && row["measure"].is_string(), "{row}");
    assert!(document["rows"]["runs"].is_null() && document["answer"]["verdict"]["given"].is_array());
    assert_eq!(document["folder"], "results/pasture-fortress-vs-pasture-ostrom");
    assert_eq!((&document["runs"], &document["interrupted"]), (&32.into(), &false.into()));
}

#[test]
fn threads_change_no_byte_of_the_results() {
    let folder = tempdir().unwrap();
    let files = |threads: &str| {
        let arguments = ["run", "pasture-ostrom", "--runs", "100", "--threads", threads, "--out", threads];
        assert_eq!(ended(folder.path(), &arguments).code, Some(0));
        ["runs.csv", "series.csv"].map(|name| fs::read(folder.path().join(threads).join(name)).unwrap())
    };
    assert_eq!(files("1"), files("3"));
}

#[test]
fn a_setting_changes_every_arm() {
    let folder = tempdir().unwrap();
    let arguments = ["compare", "pasture-fortress", "pasture-ostrom", "--set", "/time/steps=7", "--out", "short"];
    assert_eq!(ended(folder.path(), &[&arguments[..], &FEW[..]].concat()).code, Some(0));
    for arm in ["pasture-fortress", "pasture-ostrom"] {
        let text = fs::read_to_string(folder.path().join(format!("short/scenarios/{arm}.json"))).unwrap();
        assert!(text.contains("\"steps\": 7"), "{text}");
    }
}

#[test]
fn a_precision_stops_before_all_runs_are_done() {
    let folder = tempdir().unwrap();
    let run = ended(folder.path(), &["run", "pasture-fortress", "--precision", "0.5", "--json"]);
    let document: serde_json::Value = serde_json::from_str(&run.results).unwrap();
    assert!(document["runs"].as_u64().unwrap() < 1000, "{}", document["runs"]);
}

#[test]
fn flags_out_of_range_are_refused_with_their_limits() {
    let folder = tempdir().unwrap();
    for (arguments, words) in [
        (["--runs", "0"], "a whole number from 1 to 1000000000 is needed"),
        (["--runs", "-5"], "a whole number from 1 to 1000000000 is needed"),
        (["--runs", "99999999999999999999"], "a whole number from 1 to 1000000000 is needed"),
        (["--threads", "1e3"], "a whole number from 1 to 1024 is needed"),
        (["--precision", "welfare=0"], "a width above 0 is needed"),
        (["--precision", "welfar=0.1"], "did you mean `welfare`?"),
        (["--precision", "NaN"], "a width above 0 is needed"),
        (["--precision", "-1"], "a width above 0 is needed"),
        (["--format", "xlsx"], "possible values: csv, parquet"),
        (["--set", "/society/trus=1"], "did you mean `trust`?"),
        (["--set", "/time/warm_pu=20"], "did you mean `warm_up`?"),
        (["--set", "/time/warm_up=60"], "leaves no step to measure"),
        (["--set", "/pools/pastur=1"], "did you mean `pasture`?"),
        (["--set", "/society/trust=7"], "`7` is outside the range 0 to 1"),
        (["--set", "/society/trust=high"], "`high` is not a number"),
    ] {
        let run = ended(folder.path(), &[&["run", "pasture-fortress"], &arguments[..]].concat());
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert!(run.words.contains(words), "{arguments:?}: {}", run.words);
    }
    assert!(!folder.path().join("results").exists());
}

#[test]
fn arms_that_cannot_be_compared_are_refused() {
    let folder = tempdir().unwrap();
    let twice = ended(folder.path(), &["compare", "pasture-fortress", "pasture-fortress"]);
    assert_eq!(twice.code, Some(2));
    assert!(twice.words.contains("`pasture-fortress` is given twice"), "{}", twice.words);
    fs::write(folder.path().join("long.json"), r#"{"extends": "pasture-fortress", "time": {"steps": 90}}"#).unwrap();
    let times = ended(folder.path(), &["compare", "pasture-fortress", "long.json"]);
    assert_eq!(times.code, Some(2));
    assert!(times.words.contains("arms must have the same `time`"), "{}", times.words);
}

#[test]
fn whatever_is_wrong_with_a_scenario_is_said_with_place_value_and_limit() {
    for (change, words) in [
        ("", "the file is empty"),
        ("not json", "(line 1)"),
        ("[1, 2]", "a list"),
        (
            r#"{"extends": "pasture-fortress", "time": {"steps": 0}}"#,
            "time.steps: `0` is outside the range 1 to 100000",
        ),
        (r#"{"extends": "pasture-fortress", "time": {"steps": "ten"}}"#, "time.steps: "),
        (r#"{"extends": "pasture-fortress", "socety": {}}"#, "socety: unknown field; did you mean `society`?"),
        (r#"{"extends": "pasture-fortress", "society": {"trust": NaN}}"#, "(line 1)"),
        (r#"{"extends": "pasture-fortress", "society": {"trust": 1e999}}"#, "(line 1)"),
        (r#"{"extends": "pasture-fortress", "society": {"trust": -1}}"#, "society.trust: `-1` is outside the range"),
        (
            r#"{"extends": "pasture-fortress", "providers": {"herder": {"count": 10000000}}}"#,
            "providers.herder.count: `10000000` is outside the range 1 to 1000000",
        ),
        (r#"{"extends": "bad.json"}"#, "the files extend one another in a circle"),
        (r#"{"extends": "pasture-fortres"}"#, "did you mean `pasture-fortress`?"),
    ] {
        let faults = faults_of(change);
        assert!(faults.contains(words), "{change}: {faults}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let faults =
        faults_of(r#"{"extends": "pasture-fortress", "time": {"steps": 0}, "society": {"trust": 2, "lagg": 1}}"#);
    assert!(faults.starts_with("3 faults in bad.json\n"), "{faults}");
}

#[test]
fn data_that_cannot_be_read_are_told_by_file_column_and_row() {
    let scenario = |file: &str| {
        let need = format!(
            r#"{{"level": {{"csv": {{"file": "{file}", "column": "need"}}}}, "trend": 0, "season": [], "noise": 0,
                "waits": 0, "induced": 0, "relief": 0}}"#
        );
        format!(r#"{{"extends": "pasture-fortress", "providers": {{"herder": {{"need": {need}}}}}}}"#)
    };
    let folder = folder_with("short.csv", "need\n1\n2\n");
    fs::write(folder.path().join("words.csv"), format!("need\n{}many\n", "1\n".repeat(70))).unwrap();
    for (file, words) in [
        ("missing.csv", "there is no file `missing.csv`"),
        ("short.csv", "column `need` has 2 values and the run 60 steps"),
        ("words.csv", "`many` is not a number"),
    ] {
        fs::write(folder.path().join("place.json"), scenario(file)).unwrap();
        let checked = ended(folder.path(), &["check", "place.json"]);
        assert_eq!(checked.code, Some(2), "{file}");
        assert!(checked.results.contains(words), "{file}: {}", checked.results);
    }
}

#[test]
fn every_bundled_scenario_is_fine_and_can_be_explained() {
    let folder = tempdir().unwrap();
    let list = ended(folder.path(), &["scenarios"]);
    let scenarios = list.results.split("\nForms of governance").next().unwrap();
    assert!(list.results.contains("\nPayments of a year") && list.results.contains("\n+2024\n"), "{}", list.results);
    let names: Vec<&str> = scenarios.lines().filter(|line| !line.is_empty() && !line.starts_with(' ')).collect();
    assert!(names.contains(&"pasture-fortress"), "{}", list.results);
    let checked = ended(folder.path(), &[&["check"], &names[..]].concat());
    assert_eq!(checked.code, Some(0), "{}", checked.results);
    for name in names {
        let explained = ended(folder.path(), &["explain", name]);
        assert_eq!(explained.code, Some(0), "{name}");
        assert!(explained.results.contains("\nWho decides what\n- "), "{name}");
    }
}

#[test]
fn a_copy_brings_all_that_it_needs_and_overwrites_nothing() {
    let folder = tempdir().unwrap();
    let copy = ["scenarios", "copy", "pasture-ostrom", "mine"];
    assert_eq!(ended(folder.path(), &copy).code, Some(0));
    assert_eq!(ended(&folder.path().join("mine"), &["check", "pasture-ostrom.json"]).code, Some(0));
    let base = folder.path().join("mine/pasture-fortress.json");
    fs::write(&base, "{}").unwrap();
    let refused = ended(folder.path(), &copy);
    assert_eq!(refused.code, Some(2));
    assert!(refused.words.contains("is there already and is not overwritten"), "{}", refused.words);
    assert_eq!(fs::read_to_string(base).unwrap(), "{}");
}

#[test]
fn a_new_scenario_is_fine_and_overwrites_nothing() {
    let folder = tempdir().unwrap();
    assert_eq!(ended(folder.path(), &["new", "places/mine.json"]).code, Some(0));
    assert_eq!(ended(folder.path(), &["check", "places/mine.json"]).code, Some(0));
    assert_eq!(ended(folder.path(), &["new", "places/mine.json"]).code, Some(2));
}

#[test]
fn cautions_are_no_faults_and_a_fragment_is_told_to_be_one() {
    let doubtful = r#"{ "extends": "pasture-fortress", "providers": { "herder": { "levels": [0, 0.5, 0.5, 1] } } }"#;
    let folder = folder_with("mine.json", doubtful);
    let checked = ended(folder.path(), &["check", "mine.json"]);
    let caution = "  caution: providers.herder.levels: 0.5 is given twice: it counts as two options,\n    so that it is chosen the more often (line 1)";
    assert_eq!(checked.code, Some(0), "{}", checked.results);
    assert!(checked.results.starts_with("mine.json: fine, with 1 caution;"), "{}", checked.results);
    assert!(checked.results.contains(caution), "{}", checked.results);
    let fragment = ended(folder.path(), &["check", "purse"]);
    assert_eq!(fragment.code, Some(2));
    assert!(fragment.results.contains("It is a fragment"), "{}", fragment.results);
    assert!(!ended(folder.path(), &["check", "place-fortress+nothing"]).results.contains("fragment,"));
}

#[test]
fn shells_complete_every_command_and_the_manual_has_a_page_for_each() {
    let folder = tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = ended(folder.path(), &["completions", shell]);
        assert_eq!(script.code, Some(0), "{shell}: {}", script.words);
        for word in ["compare", "principles", "precision"] {
            assert!(script.results.contains(word), "{shell} does not know {word}");
        }
    }
    let page = ended(folder.path(), &["man", "compare"]);
    assert!(
        page.code == Some(0) && page.results.contains(".TH") && page.results.contains("\\-\\-precision"),
        "{}",
        page.results
    );
    let none = ended(folder.path(), &["man", "compere"]);
    assert!(none.code == Some(2) && none.words.contains("`compere` is no command"), "{}", none.words);
}

#[test]
fn the_schema_is_json() {
    let schema = ended(tempdir().unwrap().path(), &["schema"]);
    let schema: serde_json::Value = serde_json::from_str(&schema.results).unwrap();
    assert_eq!(schema["title"], "commonground scenario");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = tempdir().unwrap();
    let mut command = commonground(folder.path(), &["schema"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &[][..]));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_standard_output_is_told() {
    let folder = tempdir().unwrap();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = commonground(folder.path(), &["schema"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.starts_with("error: the results cannot be written to standard output"), "{words}");
}

#[test]
fn a_published_result_is_printed_beside_ours_and_kept_with_its_charts() {
    let folder = tempdir().unwrap();
    let done = ended(folder.path(), &["replicate", "laboratory", "--out", "kept"]);
    assert_eq!(done.code, Some(0), "{}", done.words);
    assert!(done.results.contains("All 8 values lie within their tolerance"), "{}", done.results);
    assert!(done.results.contains("recalled"), "caveats are told: {}", done.results);
    let chart = if cfg!(feature = "png") { "charts/laboratory-yield.png" } else { "charts/laboratory-yield.svg" };
    for file in ["manifest.json", "results.json", chart, "scenarios/laboratory-nash-10.json"] {
        assert!(folder.path().join("kept").join(file).exists(), "{file}");
    }
    let again = ended(folder.path(), &["run", "kept/scenarios/laboratory-nash-10.json", "--runs", "16"]);
    assert_eq!(again.code, Some(0), "what was run is an ordinary scenario: {}", again.words);
}

#[test]
fn replicate_lists_what_it_knows_and_refuses_what_it_does_not() {
    let folder = tempdir().unwrap();
    let list = ended(folder.path(), &["replicate", "--list", "--json"]);
    let entries: serde_json::Value = serde_json::from_str(&list.results).unwrap();
    let names: Vec<&str> = entries.as_array().unwrap().iter().filter_map(|entry| entry["name"].as_str()).collect();
    assert_eq!(names, ["fishery", "laboratory", "covenants", "ostracism", "public-goods"]);
    let refused = ended(folder.path(), &["replicate", "fishry"]);
    assert_eq!((refused.code, refused.results.as_str()), (Some(2), ""));
    assert!(refused.words.contains("there is no result `fishry`"), "{}", refused.words);
}

#[test]
fn a_fragment_that_is_not_there_and_a_report_of_a_plan_are_told_with_the_way_out() {
    let folder = tempdir().unwrap();
    let plan = ["plan", "run", "pasture-fortress", "--runs", "32", "--out", "parts"];
    assert_eq!(ended(folder.path(), &plan).code, Some(0));
    for (typed, words) in [
        (&["run", "place-fortress+allianc"][..], "there is no file `allianc`; did you mean `alliance`?"),
        (&["run", "place-fortress+"], "a name is missing beside `+`"),
        (&["report", "parts"], "`parts` holds a plan; `commonground merge parts` writes its results"),
    ] {
        let refused = ended(folder.path(), typed);
        assert_eq!((refused.code, refused.results.as_str()), (Some(2), ""), "{typed:?}");
        assert!(refused.words.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{}", refused.words);
    }
}
