//! Calibration: known numbers are found again, a search that was stopped goes on to the same bytes, bad files are told of.

use crate::cli::{Ended, ended};
use crate::support::sixteen_runs;
use commonground::experiment::Watcher;
use commonground::experiment::calibrate::{Estimate, Fit, Forgetful, Problem, Replace, Rounds, search};
use commonground::experiment::plan::Nobody;
use commonground::model::measure::series_measures;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::{self, BUNDLED};
use commonground::scenario::text::Disk;
use commonground::statistics::normal_quantile;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::{TempDir, tempdir};

const DISK: Disk = Disk { bundled: BUNDLED };

/// How sharply users choose, and how likely each is to be audited.
const SHARPNESS: &str = "/providers/user/behaviour/learner/choice_sharpness";
const COVERAGE: &str = "/society/coverage";

/// A small commons: six users, twelve steps.
fn commons() -> Value {
    json!({ "time": { "steps": 12 }, "pools": { "commons": { "capacity": 600 } },
            "providers": { "user": { "count": 6, "size": 6 } } })
}

/// A calibration of the two numbers to efforts in some steps of the small commons, the last of them left out.
fn calibration(observed: &[(u32, f64, f64)]) -> Value {
    let data = |use_of: &str, chosen: &[(u32, f64, f64)]| {
        json!({
            "scenario": "commons", "measure": "effort", "unit": "of plan", "use": use_of, "source": "runs of the engine",
            "steps": chosen.iter().map(|(step, ..)| step).collect::<Vec<_>>(),
            "observed": chosen.iter().map(|(_, observed, _)| observed).collect::<Vec<_>>(),
            "error": chosen.iter().map(|(.., error)| error).collect::<Vec<_>>(),
        })
    };
    let (last, fitted) = observed.split_last().unwrap();
    json!({
        "title": "Users of a commons", "question": "How do they choose?", "sources": ["runs of the engine"],
        "assumptions": [], "preset": "commons-users",
        "method": { "runs": 128, "particles": 100, "rounds": 20, "seed": 5 },
        "scenarios": { "commons": { "scenario": "commons-mini", "patch": commons() } },
        "parameters": {
            "choice_sharpness": { "meaning": "how sharply users choose", "unit": "per unit of utility",
                "prior": { "log_uniform": { "from": 0.01, "to": 1 } }, "pointers": [SHARPNESS] },
            "coverage": { "meaning": "chance of an audit", "unit": "",
                "prior": { "uniform": { "from": 0, "to": 1 } }, "pointers": [COVERAGE] }
        },
        "data": { "effort": data("fit", fitted), "later effort": data("hold_out", &[*last]) }
    })
}

/// The same with few runs and points, for those who only want to see one.
pub(crate) fn small() -> Value {
    let mut small = calibration(&OBSERVED);
    small["method"] = json!({ "runs": 16, "particles": 40, "rounds": 20, "seed": 5 });
    small
}

/// Steps, efforts and standard errors as six users may show them.
const OBSERVED: [(u32, f64, f64); 6] =
    [(2, 1.5, 0.02), (3, 1.47, 0.02), (4, 1.44, 0.02), (6, 1.4, 0.02), (8, 1.36, 0.02), (12, 1.3, 0.02)];

/// Where a stock says how fast it grows and how full it is at first.
const RATE: &str = "/pools/commons/growth/logistic/rate";
const START: &str = "/pools/commons/start";

/// A commons of which one user takes a twelfth in every step.
fn steady_user() -> Value {
    json!({
        "time": { "steps": 12 },
        "pools": { "commons": { "capacity": 120 } },
        "providers": { "user": { "count": 1, "size": 1, "levels": [10],
                                 "behaviour": { "learner": null, "fixed": { "level": 10, "upstream": 0 } } } },
    })
}

/// Standard error of a stock, as a share of its capacity.
const ERROR: f64 = 0.02;

/// A calibration of both numbers to the stock in every step, as a run without chance has it with the true ones, and errors
/// drawn from the normal distribution.
fn stocks(truth: [f64; 2], seed: u64) -> Value {
    let mut file = steady_user();
    file["extends"] = json!("commons-mini");
    let file = folder_with(&file);
    let scenario = Scenario::load(&DISK, &path(&file, "file.json")).unwrap_or_else(|faults| panic!("{faults}"));
    let scenario = scenario.with_all(&DISK, [(RATE, json!(truth[0])), (START, json!(truth[1]))]).unwrap();
    let measures = series_measures(&scenario.setup);
    let stock = measures.iter().position(|measure| measure.key == "stock.commons").unwrap();
    let record = sixteen_runs(&scenario.setup);
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut error = || ERROR * normal_quantile((f64::from(chance.next_u32()) + 0.5) / 2_f64.powi(32));
    let steps: Vec<usize> = (1..=12).collect();
    let observed: Vec<f64> =
        steps.iter().map(|step| record.series[(step - 1) * measures.len() + stock].lane(0) + error()).collect();
    json!({
        "title": "A steady user", "question": "How fast does it grow?", "sources": ["a run of the engine"],
        "assumptions": [], "preset": "steady-user",
        "method": { "runs": 1, "particles": 120, "rounds": 20, "seed": seed },
        "scenarios": { "commons": { "scenario": "commons-mini", "patch": steady_user() } },
        "parameters": {
            "rate": { "meaning": "growth a step", "unit": "a step", "pointers": [RATE],
                "prior": { "log_uniform": { "from": 0.05, "to": 1 } } },
            "start": { "meaning": "stock at first", "unit": "", "pointers": [START],
                "prior": { "uniform": { "from": 0, "to": 1 } } }
        },
        "data": { "stock": { "scenario": "commons", "measure": "stock.commons", "unit": "of capacity", "use": "fit",
            "source": "a run of the engine", "steps": steps, "observed": observed, "error": ERROR } }
    })
}

fn folder_with(file: &Value) -> TempDir {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("file.json"), file.to_string()).unwrap();
    folder
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

fn problem(file: &Value) -> Problem {
    let folder = folder_with(file);
    Problem::load(&DISK, &path(&folder, "file.json")).unwrap_or_else(|faults| panic!("{faults}"))
}

fn fitted(problem: &Problem) -> Fit {
    search(problem, &Forgetful, &Nobody).unwrap().unwrap()
}

/// Each of twenty 90% intervals covers its truth with a chance of nine in ten; fewer than fifteen do in one of ninety such
/// tests. Where errors were stretched because they were large by chance, a few more do.
#[test]
fn numbers_known_from_synthetic_data_lie_in_their_intervals() {
    let mut missed = Vec::new();
    for seed in 1..=10_u32 {
        let share = f64::from(seed) / 10.0;
        let truth = [0.1 + 0.6 * share, 0.9 - 0.5 * (1.7 * share).fract()];
        let problem = problem(&stocks(truth, u64::from(seed)));
        let fit = search(&problem, &Forgetful, &Nobody).unwrap().unwrap();
        assert!(fit.settled, "{truth:?}: {:?}", fit.rounds.last());
        for (truth, estimate) in truth.iter().zip(fit.estimates(&problem)) {
            if !(estimate.interval.low..=estimate.interval.high).contains(truth) {
                missed.push((*truth, estimate));
            }
            assert!(estimate.left_open < 0.5, "{truth}: {estimate:?}");
        }
    }
    assert!(missed.len() <= 5, "{missed:#?}");
}

/// The preset is a fragment that gives a scenario the fitted values and a note of where they come from.
#[test]
fn the_preset_lies_over_a_scenario() {
    let mut file = calibration(&OBSERVED);
    file["method"] = json!({ "runs": 16, "particles": 20, "rounds": 1, "seed": 5 });
    let problem = problem(&file);
    let fit = fitted(&problem);
    let folder = folder_with(&fit.preset(&problem));
    let laid = Scenario::load(&DISK, &format!("commons-mini+{}", path(&folder, "file"))).unwrap();
    let values = problem.values(&fit.best);
    for (pointer, value) in [SHARPNESS, COVERAGE].iter().zip(values) {
        assert_eq!(laid.document().value().pointer(pointer).unwrap().as_f64(), Some(value));
    }
    assert!(laid.file.notes.contains_key("commons-users"));
}

/// Says stop after so many looks.
struct Patience(AtomicU32);

impl Watcher for Patience {
    fn done(&self, _: u64) {}
    fn stop(&self) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_err()
    }
}

#[test]
fn a_search_stopped_within_a_round_goes_on_from_there() {
    let mut file = calibration(&OBSERVED);
    file["method"] = json!({ "runs": 16, "particles": 100, "rounds": 3, "seed": 5 });
    let problem = problem(&file);
    let whole = fitted(&problem);
    let folder = tempdir().unwrap();
    let rounds = Rounds::open(folder.path(), problem.identity(), Replace::Nothing).unwrap();
    let mut starts = 0;
    let resumed = loop {
        starts += 1;
        if let Some(fit) = search(&problem, &rounds, &Patience(AtomicU32::new(3))).unwrap() {
            break fit;
        }
    };
    assert_eq!(starts, 6, "four rounds of four batches, three a start");
    assert_eq!((resumed.population, resumed.best, resumed.rounds), (whole.population, whole.best, whole.rounds));
}

/// Every file below a folder with its bytes.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(
                contents(&entry.path())
                    .into_iter()
                    .map(|(name, bytes)| (Path::new(&entry.file_name()).join(name), bytes)),
            );
        } else {
            found.push((entry.file_name().into(), fs::read(entry.path()).unwrap()));
        }
    }
    found.sort();
    found
}

fn calibrate(folder: &TempDir, more: &[&str]) -> Ended {
    ended(folder.path(), &[&["calibrate", "file.json", "-q"], more].concat())
}

/// Rounds that are missing, cut short or damaged, as a kill or a bad disk leaves them, are done again; the folder is the same
/// to the byte, on one thread or two.
#[test]
fn a_resumed_calibration_has_the_bytes_of_one_in_one_go() {
    let mut file = calibration(&OBSERVED);
    file["method"] = json!({ "runs": 16, "particles": 40, "rounds": 4, "seed": 5 });
    let folder = folder_with(&file);
    assert_eq!(calibrate(&folder, &["--out", "whole", "--threads", "2"]).code, Some(0));
    let rounds = folder.path().join("part/rounds");
    fs::create_dir_all(&rounds).unwrap();
    let from = |name: &str| folder.path().join("whole").join(name);
    fs::copy(from("calibration.json"), folder.path().join("part/calibration.json")).unwrap();
    fs::copy(from("rounds/round-000.json"), rounds.join("round-000.json")).unwrap();
    let second = fs::read_to_string(from("rounds/round-001.json")).unwrap();
    fs::write(rounds.join("round-001.json"), second.replacen("0.", "1.", 1)).unwrap();
    fs::write(rounds.join("round-002.json"), &second[..second.len() / 2]).unwrap();
    let resumed = calibrate(&folder, &["--out", "part", "--threads", "1"]);
    assert_eq!(resumed.code, Some(0), "{}", resumed.words);
    let (whole, part) = (contents(&folder.path().join("whole")), contents(&folder.path().join("part")));
    assert!(whole.len() > 15);
    for (one, other) in whole.iter().zip(&part) {
        assert!(one == other, "{} differs from {}", one.0.display(), other.0.display());
    }
    assert_eq!(whole.len(), part.len());

    file["data"]["effort"]["observed"][0] = json!(1.0);
    fs::write(folder.path().join("file.json"), file.to_string()).unwrap();
    let refused = calibrate(&folder, &["--out", "whole"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.words.contains("holds another calibration"), "{}", refused.words);
    assert_eq!(contents(&folder.path().join("whole")), whole);
}

#[test]
fn all_faults_of_a_calibration_are_told_at_once_by_it_and_by_check() {
    let mut file = calibration(&OBSERVED);
    file["preset"] = json!("My preset");
    file["scenarios"]["unused"] = json!({ "scenario": "commons-mini" });
    file["scenarios"]["a/b"] = json!({ "scenario": "commons-mini" });
    file["parameters"]["coverage"]["pointers"] = json!(["/society/covrage", SHARPNESS]);
    file["parameters"]["choice_sharpness"]["prior"] = json!({ "log_uniform": { "from": 0, "to": 2 } });
    file["data"]["effort"]["measure"] = json!("efort");
    file["data"]["effort"]["steps"] = json!([2, 3, 4, 6, 13]);
    file["data"]["later effort"]["scenario"] = json!("common");
    let folder = folder_with(&file);
    let ended = calibrate(&folder, &[]);
    assert_eq!((ended.code, ended.results.as_str()), (Some(2), ""));
    assert!(!folder.path().join("results").exists());
    let checked = crate::cli::ended(folder.path(), &["check", "file.json"]);
    assert_eq!((checked.code, &checked.results), (Some(2), &ended.words), "`check` tells the same");
    for expected in [
        "preset: `My preset` is no name for a file; use small letters, digits and dashes",
        "scenarios[\"a/b\"]: `a/b` is no name for a file; use small letters, digits and dashes",
        "scenarios.unused: no data belong to it; take it away, or name it in `data`",
        "parameters.coverage.pointers[0]: `/society/covrage` is in no scenario; in `commons`, there is no `covrage` in \
         `society`; did you mean `coverage`?",
        "parameters.coverage.pointers[1]: `/providers/user/behaviour/learner/choice_sharpness` is given twice",
        "parameters.choice_sharpness.prior: it begins at 0, where ratios make no sense; begin above 0 or take `uniform`",
        "data.effort.measure: there is no measure `efort`; did you mean `effort`?",
        "data.effort.steps: step 13 is after the end; the scenario has 12 steps",
        "data[\"later effort\"].scenario: there is no scenario `common` in this file; did you mean `commons`?",
    ] {
        assert!(ended.words.contains(expected), "{expected}\nis not in\n{}", ended.words);
    }
}

#[test]
fn every_bundled_calibration_loads() {
    let names: Vec<&str> = bundled::calibrations().collect();
    assert!(!names.is_empty());
    for name in names {
        assert!(Problem::load(&DISK, name).is_ok(), "{name}");
    }
}

/// Even the best point is off by √(Σ((foretold − observed)/error)²/10) errors, of twelve data and two unknown numbers.
#[test]
fn the_errors_of_a_model_that_misses_are_stretched_until_it_does_not() {
    let mut file = stocks([0.3, 0.6], 3);
    for (step, observed) in file["data"]["stock"]["observed"].as_array_mut().unwrap().iter_mut().enumerate() {
        *observed = json!(observed.as_f64().unwrap() + [0.1, -0.1][step % 2]);
    }
    let problem = problem(&file);
    let fit = fitted(&problem);
    let observed = file["data"]["stock"]["observed"].as_array().unwrap();
    let misses = fit
        .checked
        .iter()
        .zip(observed)
        .map(|(foretold, observed)| ((foretold.value - observed.as_f64().unwrap()) / ERROR).powi(2));
    let stretch = (misses.sum::<f64>() / 10.0).sqrt();
    assert!(stretch > 3.0, "a tenth of the stock to either side is five errors: {stretch}");
    assert!((fit.stretch - stretch).abs() < 1e-6 * stretch, "{} is not {stretch}", fit.stretch);
    assert!(fit.population.tolerance >= 0.97 * stretch, "{} of {stretch}", fit.population.tolerance);
    // Intervals widen with it: of the same model with errors as large as it misses by, they are as wide.
    file["data"]["stock"]["error"] = json!(ERROR * stretch);
    let honest = self::problem(&file);
    for (stretched, honest) in fit.estimates(&problem).iter().zip(fitted(&honest).estimates(&honest)) {
        let width = |estimate: &Estimate| estimate.interval.high - estimate.interval.low;
        assert!((width(stretched) / width(&honest) - 1.0).abs() < 0.5, "{stretched:?}, not {honest:?}");
    }
}
