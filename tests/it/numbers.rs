//! Numbers of any size: what is told of runs is what the runs came to, at whatever scale; runs that leave the numbers fail.

use crate::cli::{ended, folder_with};
use crate::support::{checked, pasture, with};
use commonground::experiment::plan::Nobody;
use commonground::experiment::{self, Cell, Ensemble, Level, Options, Sink};
use commonground::model::record::Record;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::{self, BUNDLED};
use commonground::statistics::{Sketch, student_t_quantile};
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::Path;
use tempfile::TempDir;

const RUNS: u64 = 64;

/// Arithmetic here is that of plain numbers, twice as careful as it need be.
const TOLERANCE: f64 = 1e-13;

const PROBABILITIES: [f64; 7] = [0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0];

/// Keeps what every run came to.
#[derive(Default)]
struct Kept {
    /// One a measure, and in it one a run.
    outcomes: Vec<Vec<f64>>,
    series: Vec<Vec<f64>>,
}

impl Sink for Kept {
    fn batch(&mut self, _: u64, arms: &[Record], lanes: usize) -> io::Result<()> {
        for (kept, came) in [(&mut self.outcomes, &arms[0].outcomes), (&mut self.series, &arms[0].series)] {
            kept.resize(came.len(), Vec::new());
            kept.iter_mut().zip(came).for_each(|(kept, came)| kept.extend(&came.to_array()[..lanes]));
        }
        Ok(())
    }
}

fn run(setup: &Setup) -> (Ensemble, Kept) {
    let options =
        Options { seed: 3, runs: RUNS, precision: None, level: Level::USUAL, instructions: InstructionSet::best() };
    let mut kept = Kept::default();
    let ensemble = experiment::run(&[setup], options, &mut kept, &Nobody).unwrap();
    (ensemble, kept)
}

/// A sum with what each addition rounds off added up besides (Neumaier 1974).
fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0);
    for value in values {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
    }
    sum + lost
}

fn type_seven(sorted: &[f64], probability: f64) -> (f64, f64) {
    let position = (sorted.len() - 1) as f64 * probability;
    let (low, high) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
    (low + (position - position.floor()) * (high - low), low.abs().max(high.abs()))
}

/// Holds what is told of a measure against its values.
fn check_cell(cell: &Cell, values: &[f64], what: &str) {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len();
    assert_eq!((cell.tally.count(), cell.tally.missing()), (count as u64, RUNS - count as u64), "{what}");
    if count == 0 {
        return;
    }
    let n = count as f64;
    let size = sorted[0].abs().max(sorted[count - 1].abs());
    let mean = sum(sorted.iter().copied()) / n;
    let told = cell.tally.mean().unwrap();
    assert!((told - mean).abs() <= TOLERANCE * size, "mean of {what}: {told} and not {mean}");
    if count > 1 {
        let squares = sum(sorted.iter().map(|value| (value - mean) * (value - mean)));
        let deviation = (squares / (n - 1.0)).sqrt();
        let told = cell.tally.standard_deviation().unwrap();
        // A deviation from a mean is off by what the mean is rounded by.
        let slack = TOLERANCE * deviation + f64::EPSILON * size;
        assert!((told - deviation).abs() <= slack, "deviation of {what}: {told} and not {deviation}");
        let reach = student_t_quantile(0.5 + Level::USUAL.share() / 2.0, count as u64 - 1) * deviation / n.sqrt();
        let interval = cell.tally.mean_interval(Level::USUAL.share()).unwrap();
        let error = (interval.low - (mean - reach)).abs().max((interval.high - (mean + reach)).abs());
        assert!(error <= 10.0 * TOLERANCE * size, "interval of {what}: off by {error}");
    }
    for probability in PROBABILITIES {
        let (quantile, size) = type_seven(&sorted, probability);
        let told = cell.sketch.quantile(probability).unwrap();
        let share = if cell.sketch.is_exact() { 0.0 } else { Sketch::RELATIVE_ERROR };
        // Below what rounding leaves of a difference nothing is exact.
        assert!(
            (told - quantile).abs() <= (share * size).max(1e-12),
            "{probability} of {what}: {told} and not {quantile}"
        );
    }
}

/// Holds every measure of every step and of the whole runs against the runs, and tells how many there are.
fn check_all(name: &str, setup: &Setup) -> usize {
    let (ensemble, kept) = run(setup);
    let summary = &ensemble.arms[0];
    assert_eq!((ensemble.failed(), summary.runs()), (0, RUNS), "{name}");
    assert_eq!((summary.outcomes.len(), summary.series.len()), (kept.outcomes.len(), kept.series.len()));
    for ((cell, values), measure) in summary.outcomes.iter().zip(&kept.outcomes).zip(&summary.measures) {
        check_cell(cell, values, &format!("{} in {name}", measure.key));
        // The same as when they are too many to be kept.
        let mut sketch = Sketch::default();
        sketch.push_lanes(values);
        check_cell(&Cell { tally: cell.tally.clone(), sketch }, values, &format!("{} in {name}, in bins", measure.key));
    }
    for (place, (cell, values)) in summary.series.iter().zip(&kept.series).enumerate() {
        let measures = &summary.series_measures;
        let what = format!("{} at {} in {name}", measures[place % measures.len()].key, place / measures.len());
        check_cell(cell, values, &what);
    }
    summary.outcomes.len() + summary.series.len()
}

fn load(name: &str) -> Setup {
    Scenario::load(&BUNDLED, name).unwrap_or_else(|faults| panic!("{faults}")).setup
}

#[test]
fn every_measure_of_every_bundled_scenario_is_told_as_its_runs_have_it() {
    let names: Vec<String> = bundled::all().collect();
    assert!(names.len() > 30);
    let cells: usize = names.iter().map(|name| check_all(name, &load(name))).sum();
    assert!(cells > 10_000, "{cells}");
}

/// The scenario of a file under `tests/data/numbers` with its only kind of that size.
fn pounds(file: &str, size: f64) -> Setup {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/numbers").join(file);
    let mut scenario: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    scenario["providers"]["k"]["size"] = json!(size);
    checked(&scenario).unwrap().setup
}

#[test]
fn scenarios_in_pounds_in_thousandths_and_in_millions_of_millions_are_told_as_their_runs_have_them() {
    for size in [1e-9, 1e-3, 1.0, 1e4, 3e9, 1e12] {
        for file in ["pounds-1e4.json", "pounds-3e9.json"] {
            check_all(&format!("{file} of {size}"), &pounds(file, size));
        }
    }
}

/// 80% of need of 1 ± 0.2 is met at £3,000,000,000 a step: the money is beyond 10⁹ and must not be held there.
#[test]
fn money_beyond_a_thousand_million_is_not_held_there() {
    let (ensemble, _) = run(&pounds("pounds-3e9.json", 3e9));
    let welfare = ensemble.arms[0].outcome("welfare").unwrap();
    assert!(welfare.tally.mean().unwrap() > 1.5e9, "{:?}", welfare.tally.mean());
    assert!(welfare.tally.standard_deviation().unwrap() > 1e7);
}

/// A place whose sizes, stocks and sums of money are all multiplied.
fn place_of(scale: f64) -> Setup {
    let file = Scenario::load(&BUNDLED, "place-fortress").unwrap().resolved();
    let mut place: Value = serde_json::from_str(&file).unwrap();
    let times = |value: &mut Value| *value = json!(value.as_f64().unwrap() * scale);
    for kind in place["providers"].as_object_mut().unwrap().values_mut() {
        times(&mut kind["size"]);
    }
    for pool in place["pools"].as_object_mut().unwrap().values_mut() {
        times(&mut pool["capacity"]);
        for sum in ["amount", "carry_over", "overdraft"] {
            if let Some(sum) = pool["growth"].get_mut("allocation").and_then(|law| law.get_mut(sum)) {
                times(sum);
            }
        }
        if let Some(law) = pool["growth"].get_mut("inflow") {
            law.as_object_mut().unwrap().values_mut().for_each(times);
        }
    }
    checked(&place).unwrap().setup
}

#[test]
fn a_place_is_told_as_its_runs_have_it_at_any_scale() {
    for scale in [1e-3, 1e6, 1e9] {
        check_all(&format!("a place times {scale}"), &place_of(scale));
    }
}

/// Prices and costs that change by some per cent a year, at a thousand years a step, leave the numbers in the run.
const OVERFLOWS: &str = r#"{ "extends": "place-fortress", "time": { "steps_per_year": 0.001 } }"#;

/// The same of a pasture whose costs grow by half a year.
const PASTURE_OVERFLOWS: &str = r#"{ "extends": "pasture-ostrom", "time": { "steps_per_year": 0.001 },
    "providers": { "herder": { "cost": { "change_per_year": 0.5 } } } }"#;

/// Nothing that is told may have a word for a number that is none.
fn is_plain(text: &str) -> bool {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.map(str::to_lowercase).all(|word| word != "nan" && word != "inf" && word != "infinity")
}

/// A folder with both.
fn overflowing() -> TempDir {
    let folder = folder_with("over.json", OVERFLOWS);
    fs::write(folder.path().join("dry.json"), PASTURE_OVERFLOWS).unwrap();
    folder
}

/// Runs a command and gives back what it printed, in one line.
fn fails(folder: &Path, command: &str) -> String {
    let arguments: Vec<&str> = command.split(' ').collect();
    let told = ended(folder, &arguments);
    assert_eq!(told.code, Some(1), "{command}: {}{}", told.results, told.words);
    assert!(is_plain(&told.results) && is_plain(&told.words), "{command}: {}", told.results);
    told.results.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn runs_that_leave_the_numbers_fail_in_every_command() {
    let folder = overflowing();
    for command in [
        "run over.json --runs 20 --out run",
        "compare over.json place-block --runs 20 --set /time/steps_per_year=0.001 --out compare",
        "principles dry.json --runs 2 --out principles",
        "sweep over.json --runs 4 --vary /society/trust=0.4..0.6:2 --out sweep",
        "sensitivity over.json --runs 2 --method morris --trajectories 2 --vary /society/trust=0.4..0.6 --out sensitivity",
    ] {
        let told = fails(folder.path(), command);
        assert!(told.contains("failed: numbers left the range that can be computed"), "{command}: {told}");
        assert!(told.contains("The first is run 0, where it shows in "), "{command}: {told}");
        let out = folder.path().join(command.rsplit(' ').next().unwrap());
        let manifest: Value = serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
        assert!(manifest["failed_runs"].as_u64().unwrap() > 0, "{command}");
        for file in
            ["report.json", "summary.csv", "series.csv", "differences.csv", "cells.csv", "subsets.csv", "runs.csv"]
        {
            let Ok(text) = fs::read_to_string(out.join(file)) else { continue };
            assert!(is_plain(&text), "{command}: {file}");
        }
    }
}

#[test]
fn failed_runs_of_shards_are_counted_by_who_merges_them() {
    let folder = overflowing();
    for command in ["plan run over.json --runs 40 --shards 3 --out parts", "work parts"] {
        assert_eq!(ended(folder.path(), &command.split(' ').collect::<Vec<_>>()).code, Some(0), "{command}");
    }
    assert!(fails(folder.path(), "merge parts").contains("All 40 runs failed"));
    assert!(fails(folder.path(), "run over.json --runs 40 --out one").contains("All 40 runs failed"));
    for file in ["report.json", "runs.csv", "summary.csv"] {
        let read = |out: &str| fs::read(folder.path().join(out).join(file)).unwrap();
        assert_eq!(read("parts/results"), read("one"), "{file}");
    }
}

#[test]
fn where_zero_would_make_no_sense_a_number_has_a_floor() {
    for pointer in
        ["/pools/pasture/capacity", "/providers/herder/size", "/providers/herder/plan", "/time/steps_per_year"]
    {
        for tiny in [5e-324, 1e-308, 0.99e-9, 0.0] {
            let faults = checked(&with(&pasture(), [(pointer, json!(tiny))])).map(|_| ()).unwrap_err();
            assert!(faults.contains("is outside the range 1e-9 to 1"), "{pointer} of {tiny}: {faults}");
        }
        assert!(checked(&with(&pasture(), [(pointer, json!(1e-9))])).is_ok(), "{pointer}");
    }
    let faults = checked(&with(&pasture(), [("/providers/herder/cost/per_effort", json!(1e-300))])).map(|_| ());
    assert!(faults.unwrap_err().contains("`1e-300` is too near to 0 to be told from it; write 0, or at least 1e-30"));
}

/// The flagship with these spills between acute and primary care, and its faults.
fn spilling(there: f64, back: f64, waits: f64) -> Result<(), String> {
    let file = Scenario::load(&BUNDLED, "place-fortress").unwrap().resolved();
    let mut place: Value = serde_json::from_str(&file).unwrap();
    for (from, to, becomes) in [("acute", "primary", there), ("primary", "acute", back)] {
        let need = &mut place["providers"][from]["need"];
        need["waits"] = json!(waits);
        need["spills"] = json!({ to: { "share": 1.0 - waits, "becomes": becomes } });
    }
    checked(&place).map(|_| ())
}

#[test]
fn spills_that_multiply_in_a_loop_are_a_fault_that_names_it() {
    for (there, back, waits) in [(1000.0, 1000.0, 0.0), (1.5, 0.7, 0.0), (1.5, 0.7, 0.9)] {
        let faults = spilling(there, back, waits).unwrap_err();
        let named = [("acute", "primary"), ("primary", "acute")].iter().any(|(one, other)| {
            faults.contains(&format!(
                "providers.{one}.need.spills.{other}: unmet need goes round `{one}` → `{other}` → `{one}`"
            ))
        });
        assert!(named, "{faults}");
    }
    for (there, back, waits) in [(1.0, 1.0, 0.0), (1000.0, 0.001, 0.5), (1.5, 0.6, 0.9), (900.0, 0.0, 0.0)] {
        assert_eq!(spilling(there, back, waits), Ok(()), "{there} {back} {waits}");
    }
}
