//! Ctrl-C through the binary: what is done is kept, whole, and the program says so.

#![cfg(unix)]

use crate::cli::{commonground, ended};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::tempdir;

/// More runs than any machine does while a test waits.
const ENDLESS: &str = "50000000";
/// The longest that a test waits for the first results: far more than it takes on a slow machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// Starts the program, sends it SIGINT once `begun` holds, and gives back its exit code and its words.
fn interrupted(folder: &Path, arguments: &[&str], begun: impl Fn() -> bool) -> (Option<i32>, String) {
    let mut command = commonground(folder, arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while !begun() {
        assert!(child.try_wait().unwrap().is_none(), "{arguments:?} ended before it was interrupted");
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{arguments:?} had no first results in {PATIENCE:?}");
        }
        std::thread::yield_now();
    }
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    let words = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Sends SIGINT, as a terminal does on Ctrl-C.
fn interrupt(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Whether some runs have been written to the table that is still under its temporary name. The first line alone, which is
/// there before the program listens, is shorter than this.
pub(crate) fn runs_are_written(folder: &Path) -> bool {
    const SEVERAL_ROWS: u64 = 50_000;
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let partial = entries.flatten().filter(|entry| entry.path().extension().is_some_and(|ending| ending == "partial"));
    partial.filter_map(|entry| entry.metadata().ok()).any(|file| file.len() > SEVERAL_ROWS)
}

#[test]
fn an_experiment_that_is_interrupted_keeps_the_runs_that_are_done() {
    let folder = tempdir().unwrap();
    let out = folder.path().join("stopped");
    let short = ["pasture-fortress", "--set", "/time/steps=12", "--seed", "7"];
    let endless = [&["run"], &short[..], &["--runs", ENDLESS, "--out", "stopped"]].concat();
    let (code, words) = interrupted(folder.path(), &endless, || runs_are_written(&out));
    assert_eq!(code, Some(130), "{words}");
    assert!(words.starts_with("Stopping after the runs in hand; Ctrl-C again stops at once."), "{words}");

    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).expect("a manifest: the folder is whole")).unwrap();
    let runs = manifest["runs"].as_u64().unwrap();
    assert!(words.contains(&format!("Stopped after {runs} of {ENDLESS} runs; what is done is kept.")), "{words}");
    assert_eq!((&manifest["interrupted"], &manifest["runs_asked"]), (&true.into(), &50_000_000.into()));
    for file in manifest["files"].as_array().unwrap() {
        assert!(out.join(file.as_str().unwrap()).is_file(), "{file} is missing");
    }
    let names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        !names.iter().any(|name| name.to_string_lossy().ends_with(".partial")),
        "something is left over: {names:?}"
    );

    // What was kept is what so many runs come to when nobody interrupts them.
    let as_many = runs.to_string();
    let whole = [&["run"], &short[..], &["--runs", &as_many, "--out", "whole", "--quiet"]].concat();
    assert_eq!(ended(folder.path(), &whole).code, Some(0));
    for table in ["runs.csv", "series.csv", "summary.csv"] {
        let read = |place: &str| fs::read(folder.path().join(place).join(table)).unwrap();
        assert!(read("stopped") == read("whole"), "{table} differs from that of {runs} runs in one go");
    }
}

#[test]
fn a_worker_that_is_interrupted_keeps_its_shards_and_the_next_goes_on() {
    let folder = tempdir().unwrap();
    let plan = ["plan", "run", "pasture-fortress", "--runs", "100000", "--shards", "1000", "--out", "parts"];
    assert_eq!(ended(folder.path(), &plan).code, Some(0));
    let mut next = 0;
    for _ in 0..2 {
        let part = folder.path().join(format!("parts/parts/shard-{next:06}.part"));
        let (code, words) = interrupted(folder.path(), &["work", "parts"], || part.is_file());
        assert_eq!(code, Some(130), "{words}");
        assert!(
            words.contains("the shards that are done are kept, and the next `work` goes on from there."),
            "{words}"
        );
        let status = ended(folder.path(), &["status", "parts", "--quiet"]);
        assert_eq!(status.code, Some(3));
        let (first, last) = status.results.trim_end().split_once('-').expect("a range of missing shards");
        let first = first.parse().unwrap();
        assert!(first > next && last == "999", "shards {} are missing after shard {next}", status.results);
        next = first;
    }
}
