//! A recording: every setting of a few knobs and switches run many times in each arm, and what is kept of it small enough to be
//! carried in one file.
//!
//! Arms meet the same luck at every setting. The runs that are shown singly are chosen by what the arm came to that the others
//! are held against, never arm by arm: the typical one is in the middle, the unusual one farthest from it.

mod grid;
mod herd;
mod record;

pub use grid::{Grid, MOST_POINTS, MOST_TURNS, Turn, What};
pub use herd::{FEW, Herd};
pub use record::{Humps, PROBABILITIES, Recorded};

use super::Watcher;
use crate::model::benchmark::Benchmark;
use crate::model::measure::{Measure, outcome_measures, series_measures};
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::scenario::Scenario;
use crate::scenario::text::Faults;
use rayon::prelude::*;
use record::Runs;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};

/// How many runs of each arm at each setting, and on which luck.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Number of runs.
    pub runs: u64,
    /// Seed of all chance.
    pub seed: u64,
    /// The instruction set to use. It changes no bit of the result.
    pub instructions: InstructionSet,
}

/// Every setting of some arms.
#[derive(Clone, Debug)]
pub struct Recording {
    /// The arms as they are.
    pub arms: Vec<Scenario>,
    /// Position of the arm that the others are held against.
    pub reference: usize,
    /// What is turned.
    pub grid: Grid,
    /// How it was recorded.
    pub options: Options,
    /// Series that are shown, the stock of the main pool first.
    pub series: Vec<Measure>,
    /// The outcome by which runs are ranked and settings judged.
    pub main: Measure,
    /// What was recorded, each arm at each setting that matters to it.
    pub records: Vec<Recorded>,
    /// For each setting, and in it for each arm, the position of its record; nothing for a setting that was not recorded.
    pub points: Vec<Vec<usize>>,
    /// For each record of the reference: the typical run, and an unusual one.
    pub named: BTreeMap<usize, [u64; 2]>,
    /// For each record of the reference: what the best constant plan would earn a step.
    pub best: BTreeMap<usize, f64>,
}

impl Recording {
    /// The records of all arms at a setting, in the order of the arms.
    pub fn at(&self, point: usize) -> Vec<&Recorded> {
        self.points[point].iter().map(|record| &self.records[*record]).collect()
    }

    /// Whether a setting was recorded.
    pub fn has(&self, point: usize) -> bool {
        !self.points[point].is_empty()
    }

    /// The settings that were recorded, in their order.
    pub fn settings(&self) -> impl Iterator<Item = usize> {
        (0..self.points.len()).filter(|point| self.has(*point))
    }
}

/// An arm at a setting that has to be run.
type Task = (usize, Vec<usize>);

/// Records every setting of the arms; `None` if it was stopped.
///
/// # Errors
/// Knobs that do not fit together, or a setting that some arm cannot take.
pub fn record(
    arms: Vec<Scenario>,
    reference: usize,
    options: Options,
    watcher: &dyn Watcher,
) -> Result<Option<Recording>, Faults> {
    let grid = Grid::of(&arms, reference)?;
    let all: Vec<usize> = (0..grid.points.len()).collect();
    record_settings((arms, reference), grid, &all, options, watcher)
}

/// Records some settings of the arms, of which the one at that position is what the others are held against; `None` if it was
/// stopped. `grid` is that of these arms.
///
/// # Errors
/// Arms that cannot be shown side by side, or a setting that some arm cannot take.
pub fn record_settings(
    (arms, reference): (Vec<Scenario>, usize),
    grid: Grid,
    settings: &[usize],
    options: Options,
    watcher: &dyn Watcher,
) -> Result<Option<Recording>, Faults> {
    let shown = shown(&arms[reference].setup);
    let keys: Vec<String> = shown.iter().map(|measure| measure.key.clone()).collect();
    let main = main(&arms[reference].setup);
    let without = arms.iter().find_map(|arm| Some((arm, missing(&arm.setup, &keys)?)));
    if let Some((arm, key)) = without {
        let problem = format!(
            "it has no series `{key}`, which `{}` is shown by; what is shown side by side needs the same pool, and need in all or in none",
            arms[reference].name
        );
        return Err(arm.document().faults(vec![arm.document().fault("", problem)]));
    }
    let tasks = tasks(&grid, arms.len(), settings);
    let done = AtomicU64::new(0);
    let work = |(arm, key): &Task, named: &dyn Fn(&Runs, &Setup) -> Vec<u64>| -> Result<Option<Recorded>, Faults> {
        if watcher.stop() {
            return Ok(None);
        }
        let scenario = grid.scenario(&arms, *arm, key)?;
        let Some(runs) = Runs::of(&scenario.setup, &keys, options, watcher) else { return Ok(None) };
        let named = named(&runs, &scenario.setup);
        let recorded = runs.recorded((*arm, key.clone(), scenario), &named, options);
        watcher.done(done.fetch_add(1, Ordering::Relaxed) + 1);
        Ok(Some(recorded))
    };
    let (of_reference, others): (Vec<Task>, Vec<Task>) = tasks.into_iter().partition(|(arm, _)| *arm == reference);
    let choose = |runs: &Runs, setup: &Setup| choose(runs, setup, &main).to_vec();
    let first: Vec<Option<Recorded>> =
        of_reference.par_iter().map(|task| work(task, &choose)).collect::<Result<_, _>>()?;
    let Some(mut records) = first.into_iter().collect::<Option<Vec<Recorded>>>() else { return Ok(None) };
    let named = records.iter().enumerate().map(|(at, record)| (at, chosen(record))).collect();
    let met = meetings(&grid, settings, reference, &records, &others);
    let rest: Vec<Option<Recorded>> = others
        .par_iter()
        .zip(&met)
        .map(|(task, met)| work(task, &|_, _| met.iter().copied().collect()))
        .collect::<Result<_, _>>()?;
    if watcher.stop() {
        return Ok(None);
    }
    let best = best(&records, options.instructions);
    let Some(rest) = rest.into_iter().collect::<Option<Vec<Recorded>>>() else { return Ok(None) };
    records.extend(rest);
    let points = points(&grid, settings, arms.len(), &records);
    Ok(Some(Recording { arms, reference, grid, options, series: shown, main, records, points, named, best }))
}

/// How many records a recording of these arms has.
///
/// # Errors
/// As for [`record`].
pub fn count(arms: &[Scenario]) -> Result<u64, Faults> {
    let grid = Grid::of(arms, 0)?;
    let all: Vec<usize> = (0..grid.points.len()).collect();
    Ok(count_settings(&grid, arms.len(), &all))
}

/// How many records some settings of that many arms have.
pub fn count_settings(grid: &Grid, arms: usize, settings: &[usize]) -> u64 {
    tasks(grid, arms, settings).len() as u64
}

/// Each arm at each of the settings that matters to it, once.
fn tasks(grid: &Grid, arms: usize, settings: &[usize]) -> Vec<Task> {
    let points = settings.iter().map(|setting| &grid.points[*setting]);
    let all = points.flat_map(|point| (0..arms).map(move |arm| (arm, grid.key(arm, point))));
    all.collect::<BTreeSet<Task>>().into_iter().collect()
}

/// The series that a page shows: the main pool, then need, what waits for it and the margin; or effort and welfare.
fn shown(setup: &Setup) -> Vec<Measure> {
    let pool = &setup.pools()[setup.main_pool()].name;
    let rest: &[&str] = if setup.has_need() { &["need_met", "waiting", "margin"] } else { &["effort", "welfare"] };
    let keys = std::iter::once(format!("stock.{pool}")).chain(rest.iter().map(|key| (*key).to_owned()));
    let all = series_measures(setup);
    keys.filter_map(|key| all.iter().find(|measure| measure.key == key).cloned()).collect()
}

/// The first of some series that a scenario has not.
fn missing<'a>(setup: &Setup, keys: &'a [String]) -> Option<&'a String> {
    let own = series_measures(setup);
    keys.iter().find(|key| own.iter().all(|measure| measure.key != **key))
}

/// What a setting is judged by: need met, or welfare where there is no need.
fn main(setup: &Setup) -> Measure {
    let key = if setup.has_need() { "need_met" } else { "welfare" };
    let mut all = outcome_measures(setup);
    let at = all.iter().position(|measure| measure.key == key).unwrap_or(0);
    all.swap_remove(at)
}

/// The typical run and an unusual one: that in the middle by the main outcome, and that which is farthest from it.
fn choose(runs: &Runs, setup: &Setup, main: &Measure) -> [u64; 2] {
    let index = outcome_measures(setup).iter().position(|measure| measure.key == main.key).unwrap_or(0);
    let values = runs.outcome(index);
    let mut order: Vec<usize> = (0..values.len()).filter(|run| values[*run].is_finite()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    let (Some(least), Some(most)) = (order.first(), order.last()) else { return [0, 0] };
    let typical = order[order.len() / 2];
    let far = if values[typical] - values[*least] > values[*most] - values[typical] { least } else { most };
    [typical as u64, *far as u64]
}

/// The typical run and an unusual one of a record of the reference.
fn chosen(record: &Recorded) -> [u64; 2] {
    [record.named[0], record.named[1]]
}

/// For each task the runs that are shown singly wherever it stands beside the reference.
fn meetings(
    grid: &Grid,
    settings: &[usize],
    reference: usize,
    of_reference: &[Recorded],
    tasks: &[Task],
) -> Vec<BTreeSet<u64>> {
    let of_key: BTreeMap<&[usize], [u64; 2]> =
        of_reference.iter().map(|record| (&record.key[..], chosen(record))).collect();
    let mut met: BTreeMap<&Task, BTreeSet<u64>> = tasks.iter().map(|task| (task, BTreeSet::new())).collect();
    let arms: BTreeSet<usize> = tasks.iter().map(|(arm, _)| *arm).collect();
    for point in settings.iter().map(|setting| &grid.points[*setting]) {
        let runs = of_key.get(&grid.key(reference, point)[..]).copied().unwrap_or_default();
        for arm in &arms {
            if let Some(of_task) = met.get_mut(&(*arm, grid.key(*arm, point))) {
                of_task.extend(runs);
            }
        }
    }
    tasks.iter().map(|task| met.get(task).cloned().unwrap_or_default()).collect()
}

/// What the best constant plan earns a step at each setting of the reference, where there is no need.
fn best(records: &[Recorded], instructions: InstructionSet) -> BTreeMap<usize, f64> {
    let commons = records.iter().enumerate().filter(|(_, record)| !record.scenario.setup.has_need());
    let commons: Vec<(usize, &Recorded)> = commons.collect();
    let welfare =
        |(at, record): &(usize, &Recorded)| (*at, Benchmark::of(&record.scenario.setup, instructions).plan.welfare);
    commons.par_iter().map(welfare).collect()
}

/// For each setting that was recorded the records of its arms.
fn points(grid: &Grid, settings: &[usize], arms: usize, records: &[Recorded]) -> Vec<Vec<usize>> {
    let at: BTreeMap<(usize, &[usize]), usize> =
        records.iter().enumerate().map(|(at, record)| ((record.arm, &record.key[..]), at)).collect();
    let of =
        |point: &Vec<usize>| (0..arms).filter_map(|arm| at.get(&(arm, &grid.key(arm, point)[..])).copied()).collect();
    let mut points = vec![Vec::new(); grid.points.len()];
    for setting in settings {
        points[*setting] = of(&grid.points[*setting]);
    }
    points
}
