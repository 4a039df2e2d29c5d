//! Runs as plain arrays, for loops over many scenarios: no table, no interval, no planner.

use crate::fault;
use crate::scenario::Scenario;
use crate::watch::{Progress, conduct};
use commonground::experiment::Watcher;
use commonground::model::lanes::{LANES, Lanes};
use commonground::model::measure::{Measure, Years, outcome_measures, recorded_steps, series_measures, year_measures};
use commonground::model::record::Record;
use commonground::model::run::Workspace;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use numpy::{PyArray1, PyArrayMethods};
use pyo3::prelude::*;
use rayon::prelude::*;

/// What is kept of every run.
#[derive(Clone, Copy)]
enum Keep {
    Outcomes,
    Years,
    Series,
}

/// The values of a measure of the whole place, or of a measure of every kind of provider: `runs × points` or `runs × points × kinds`.
struct Block {
    key: String,
    label: String,
    unit: &'static str,
    /// Of a measure by kind, how many kinds there are.
    kinds: Option<usize>,
    values: Vec<f64>,
}

/// Where a measure goes: to which block, and of one by kind to which kind.
struct Slot {
    block: usize,
    kind: usize,
}

impl Keep {
    fn of(word: &str) -> PyResult<Self> {
        match word {
            "outcomes" => Ok(Self::Outcomes),
            "years" => Ok(Self::Years),
            "series" => Ok(Self::Series),
            other => Err(fault::of_argument(format!("keep: `{other}` is none of `outcomes`, `years`, `series`"))),
        }
    }

    fn measures(self, setup: &Setup) -> Vec<Measure> {
        match self {
            Self::Outcomes => outcome_measures(setup),
            Self::Years => year_measures(setup),
            Self::Series => series_measures(setup),
        }
    }

    /// The steps, from 1, at whose end the values were taken; of outcomes none.
    fn steps(self, setup: &Setup) -> Vec<u32> {
        match self {
            Self::Outcomes => Vec::new(),
            Self::Years => Years::of(setup).recorded.iter().map(|year| year.until).collect(),
            Self::Series => recorded_steps(setup.steps()).into_iter().map(|step| step + 1).collect(),
        }
    }

    fn values(self, record: &Record) -> &[Lanes] {
        match self {
            Self::Outcomes => &record.outcomes,
            Self::Years => &record.years,
            Self::Series => &record.series,
        }
    }
}

/// Numbers that are kept at once, of eight bytes each.
const MOST_NUMBERS: usize = 1_000_000_000;

/// An array with what it is: its key, what it is called, its unit, whether it is by kind, and the values.
type Told<'py> = (String, String, &'static str, bool, Bound<'py, PyAny>);

/// Runs a scenario; gives back the arrays, and the steps at whose end series and years are taken.
#[pyfunction]
pub(crate) fn simulate<'py>(
    py: Python<'py>,
    scenario: Py<Scenario>,
    runs: usize,
    seed: u64,
    keep: &str,
    threads: Option<u16>,
    progress: Option<Py<PyAny>>,
) -> PyResult<(Vec<Told<'py>>, Vec<u32>)> {
    let keep = Keep::of(keep)?;
    let checked = &scenario.get().checked;
    let (setup, kinds): (_, Vec<String>) = (&checked.setup, checked.file.providers.keys().cloned().collect());
    let steps = keep.steps(setup);
    let points = steps.len().max(usize::from(matches!(keep, Keep::Outcomes)));
    let measures = keep.measures(setup);
    if runs.saturating_mul(points).saturating_mul(measures.len()) > MOST_NUMBERS {
        return Err(fault::of_argument(format!(
            "{runs} runs of {} measures at {points} points in time are more than {MOST_NUMBERS} numbers; ask for fewer runs at once",
            measures.len()
        )));
    }
    let (mut blocks, slots) = blocks(&measures, &kinds, runs * points);
    let progress = Progress { callback: progress, all: runs as u64 };
    conduct(py, threads, &progress, |look| fill(setup, seed, runs, keep, &mut blocks, &slots, look))?;
    let arrays = blocks.into_iter().map(|block| {
        let mut shape = vec![runs];
        shape.extend((!steps.is_empty()).then_some(points));
        shape.extend(block.kinds);
        let array = PyArray1::from_vec(py, block.values).reshape(shape)?.into_any();
        Ok((block.key, block.label, block.unit, block.kinds.is_some(), array))
    });
    Ok((arrays.collect::<PyResult<_>>()?, steps))
}

/// A block for each measure of the whole place and one for each measure that kinds have, and where each measure goes.
fn blocks(measures: &[Measure], kinds: &[String], cells: usize) -> (Vec<Block>, Vec<Slot>) {
    let (mut blocks, mut slots): (Vec<Block>, Vec<Slot>) = (Vec::new(), Vec::new());
    for measure in measures {
        let of = measure.kind.as_ref().and_then(|kind| kinds.iter().position(|known| known == kind));
        let ending = measure.kind.as_ref().map(|kind| format!(".{kind}")).unwrap_or_default();
        let key = measure.key.strip_suffix(&ending).unwrap_or(&measure.key);
        let known = blocks.iter().position(|block| block.key == key && block.kinds.is_some() == of.is_some());
        let block = known.unwrap_or_else(|| {
            let (own, width) = (of.map(|_| kinds.len()), of.map_or(1, |_| kinds.len()));
            let values = vec![f64::NAN; cells * width];
            let (label, unit) = (measure.label.clone(), unit(measure));
            blocks.push(Block { key: key.to_owned(), label, unit, kinds: own, values });
            blocks.len() - 1
        });
        slots.push(Slot { block, kind: of.unwrap_or(0) });
    }
    (blocks, slots)
}

fn unit(measure: &Measure) -> &'static str {
    use commonground::model::measure::Unit;
    match measure.unit {
        Unit::Share => "share",
        Unit::StepsOfNeed => "steps_of_need",
        Unit::Steps | Unit::Duration => "steps",
        Unit::Number => "number",
    }
}

/// Batches that a thread works out before their values are put away.
const BATCHES_A_THREAD: usize = 8;

/// Works all runs out, sixteen side by side, and puts their values where they belong.
fn fill(setup: &Setup, seed: u64, runs: usize, keep: Keep, blocks: &mut [Block], slots: &[Slot], look: &dyn Watcher) {
    let firsts: Vec<usize> = (0..runs).step_by(LANES).collect();
    let instructions = InstructionSet::best();
    for some in firsts.chunks(rayon::current_num_threads() * BATCHES_A_THREAD) {
        if look.stop() {
            return;
        }
        let numbers = |first: &usize| std::array::from_fn(|lane| (first + lane) as u64);
        let records: Vec<Record> = some
            .par_iter()
            .map_init(|| Workspace::new(setup, seed), |own, first| own.run(setup, numbers(first), instructions))
            .collect();
        for (first, record) in some.iter().zip(&records) {
            let lanes = LANES.min(runs - first);
            put(keep.values(record), *first, lanes, runs, blocks, slots);
            look.done((first + lanes) as u64);
        }
    }
}

/// Puts the values of up to sixteen runs where they belong.
fn put(values: &[Lanes], first: usize, lanes: usize, runs: usize, blocks: &mut [Block], slots: &[Slot]) {
    for (point, row) in values.chunks(slots.len()).enumerate() {
        for (slot, value) in slots.iter().zip(row) {
            let block = &mut blocks[slot.block];
            let width = block.kinds.unwrap_or(1);
            let points = block.values.len() / (runs * width);
            for (lane, value) in value.to_array()[..lanes].iter().enumerate() {
                block.values[((first + lane) * points + point) * width + slot.kind] = *value;
            }
        }
    }
}
