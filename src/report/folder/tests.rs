//! Result folders: what is in them, that it reads back, and that no fault leaves half a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::super::sample::{ensemble, pastures};
use super::*;
use crate::experiment::{Ensemble, Level, Options, Watcher, run};
use crate::model::simd::InstructionSet;

const RUNS: u64 = 20;

struct Patient;

impl Watcher for Patient {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}

fn command() -> Command {
    Command {
        words: vec!["commonground".to_owned(), "compare".to_owned()],
        runs: RUNS,
        precision: None,
        widths: Vec::new(),
        level: Level::USUAL,
        format: Format::Csv,
    }
}

/// Runs two arms into a folder.
fn fill(place: Place, replace: bool) -> (Ensemble, Vec<Scenario>, Result<Vec<PathBuf>, FolderError>) {
    let arms = pastures(2);
    let folder = Folder::open(place, replace).unwrap();
    let mut runs = folder.runs(&arms, Format::Csv).unwrap();
    let options =
        Options { seed: 7, runs: RUNS, precision: None, level: Level::USUAL, instructions: InstructionSet::best() };
    let ensemble = run(&[&arms[0].setup, &arms[1].setup], options, &mut runs, &Patient).unwrap();
    let written = folder.write(&Study { arms: &arms, ensemble: &ensemble }, runs, &command());
    (ensemble, arms, written)
}

/// Every file below a folder with its bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(contents(&path));
        } else {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    files
}

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_folder_holds_what_its_manifest_lists_and_no_more() {
    let place = TempDir::new().unwrap();
    let out = place.path().join("deep/out");
    let (_, _, written) = fill(Place::Chosen(out.clone()), false);
    let listed = manifest::files_in(&fs::read_to_string(out.join(MANIFEST)).unwrap());
    let mut expected: Vec<PathBuf> = listed.iter().map(|name| out.join(name)).chain([out.join(MANIFEST)]).collect();
    expected.sort();
    let mut written = written.unwrap();
    written.sort();
    assert_eq!(contents(&out).into_keys().collect::<Vec<_>>(), expected);
    assert_eq!(written, expected);
    for (ending, is_built_in) in [("svg", true), ("png", cfg!(feature = "png"))] {
        assert_eq!(listed.contains(&format!("charts/differences.{ending}")), is_built_in, "{listed:?}");
    }
}

#[test]
fn every_run_reads_back_to_the_mean_of_the_summary() {
    let place = TempDir::new().unwrap();
    let (ensemble, ..) = fill(Place::Chosen(place.path().to_path_buf()), false);
    let runs = rows(&place.path().join("runs.csv"));
    assert_eq!(runs.len() as u64, 2 * RUNS);
    assert_eq!((runs[2]["run"].as_str(), runs[2]["arm"].as_str()), ("1", "pasture-fortress"));
    let ours = |row: &&BTreeMap<String, String>| row["arm"] == "pasture-fortress-2";
    let sum: f64 = runs.iter().filter(ours).map(|row| row["stock_mean"].parse::<f64>().unwrap()).sum();
    let mean = ensemble.arms[1].outcome("stock_mean").unwrap().tally.mean().unwrap();
    assert!((sum / RUNS as f64 - mean).abs() < 1e-9);
    let summary = rows(&place.path().join("summary.csv"));
    let row = summary.iter().filter(ours).find(|row| row["measure"] == "stock_mean").unwrap();
    assert_eq!(row["mean"].parse(), Ok(mean));
    assert_eq!(row["runs"], "20");
}

#[test]
fn series_and_differences_have_a_row_for_each_measure() {
    let place = TempDir::new().unwrap();
    let (ensemble, ..) = fill(Place::Chosen(place.path().to_path_buf()), false);
    let series = rows(&place.path().join("series.csv"));
    let arm = &ensemble.arms[0];
    assert_eq!(series.len(), 2 * arm.steps.len() * arm.series_measures.len());
    assert_eq!(series[0]["step"], "1");
    let low: f64 = series[0]["q05"].parse().unwrap();
    assert!(low <= series[0]["median"].parse().unwrap());
    let differences = rows(&place.path().join("differences.csv"));
    assert!(differences.iter().all(|row| row["difference"] == "0" && row["verdict"] == "same"), "both arms are one");
    let measures = rows(&place.path().join("measures.csv"));
    assert!(measures.iter().any(|row| row["measure"] == "stock_end" && row["unit"] == "share"));
}

#[test]
fn the_same_results_give_the_same_bytes() {
    let place = TempDir::new().unwrap();
    let bytes = |name: &str| {
        let out = place.path().join(name);
        fill(Place::Chosen(out.clone()), false).2.unwrap();
        contents(&out).into_values().collect::<Vec<_>>()
    };
    assert_eq!(bytes("first"), bytes("second"));
}

#[test]
fn a_folder_with_files_is_not_touched_unless_it_may_be() {
    let place = TempDir::new().unwrap();
    let out = place.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("notes.txt"), "mine").unwrap();
    let error = Folder::open(Place::Chosen(out.clone()), false).unwrap_err().to_string();
    assert!(error.ends_with("out` exists and is not empty; choose another folder or add --replace"), "{error}");
    fs::write(out.join("old.csv"), "stale").unwrap();
    fs::write(out.join(MANIFEST), r#"{"files": ["old.csv", "../outside"]}"#).unwrap();
    fs::write(place.path().join("outside"), "not ours").unwrap();
    fill(Place::Chosen(out.clone()), true).2.unwrap();
    assert!(out.join("notes.txt").exists() && place.path().join("outside").exists());
    assert!(!out.join("old.csv").exists(), "what only the old manifest names is gone");
}

#[test]
fn a_fresh_folder_takes_the_next_free_number() {
    let place = TempDir::new().unwrap();
    let name = place.path().join("results");
    fs::create_dir(&name).unwrap();
    fs::write(name.join("notes.txt"), "mine").unwrap();
    fs::write(place.path().join("results-2"), "").unwrap();
    let folder = Folder::open(Place::Fresh(name), false).unwrap();
    assert_eq!(folder.path(), place.path().join("results-3"));
}

#[test]
fn a_place_that_cannot_be_a_folder_is_a_fault_before_the_first_run() {
    let place = TempDir::new().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "").unwrap();
    let on_file = Folder::open(Place::Chosen(file.clone()), false).unwrap_err().to_string();
    assert!(on_file.contains("is a file and not a folder; choose another name"), "{on_file}");
    for place in [Place::Chosen(file.join("out")), Place::Fresh(file.join("out"))] {
        let under = Folder::open(place, false).unwrap_err().to_string();
        assert!(under.contains("cannot be written") && under.contains("choose another folder"), "{under}");
    }
}

#[test]
fn a_fault_in_writing_leaves_no_file_behind() {
    let place = TempDir::new().unwrap();
    let out = place.path().join("out");
    let arms = pastures(1);
    let folder = Folder::open(Place::Chosen(out.clone()), false).unwrap();
    let runs = folder.runs(&arms, Format::Csv).unwrap();
    fs::remove_dir(out.join(CHARTS)).unwrap();
    let ensemble = ensemble(&arms, RUNS, |_, _, _| 0.5);
    let error = folder.write(&Study { arms: &arms, ensemble: &ensemble }, runs, &command()).unwrap_err().to_string();
    assert!(error.contains("cannot be written"), "{error}");
    assert!(!out.exists(), "the folder was made for this and goes with it");
}

#[test]
fn a_folder_that_is_not_used_disappears() {
    let place = TempDir::new().unwrap();
    let out = place.path().join("a/b");
    drop(Folder::open(Place::Chosen(out), false).unwrap());
    assert!(!place.path().join("a").exists());
}
