//! Runs for code: how many and on which luck, run in memory on all cores, and what came of them.

mod difference;
mod measured;
mod outcomes;
mod values;

pub use difference::Difference;
pub use measured::{Chance, Measured, Series};
pub use outcomes::Outcomes;

use super::ensemble::{self, Simulate, Watcher};
use super::{Ensemble, Level, Options};
use crate::model::benchmark::Benchmark;
use crate::model::lanes::LANES;
use crate::model::place::Place;
use crate::model::record::Record;
use crate::model::run::run_under;
use crate::model::setup::Setup;
use crate::model::simd::InstructionSet;
use crate::model::step::Moment;
use crate::scenario::Scenario;
use crate::scenario::file::Time;
use crate::scenario::text::{Fault, Faults};
use rayon::prelude::*;
use std::convert::Infallible;
use values::Values;

/// How many runs, with which seed, and what is kept of them.
///
/// Runs of the same number meet the same luck in every scenario, and the same seed gives the same bits on any machine and any
/// number of threads. They run on the threads of the [`rayon`] pool from which they are called.
///
/// ```
/// use commonground::prelude::*;
///
/// let pasture = Scenario::bundled("pasture-fortress")?;
/// let few = pasture.run(Runs::of(32).seed(7));
/// let enough = pasture.run(Runs::until(0.02).at_most(5000));
/// assert_eq!(few.runs(), 32);
/// assert!(enough.outcome(Measure::STOCK_MEAN)?.mean_interval().is_some_and(|interval| interval.width() <= 0.02));
/// # Ok::<(), Faults>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Runs {
    most: u64,
    seed: u64,
    precision: Option<f64>,
    level: Level,
    course: bool,
    benchmark: bool,
}

/// Runs at most, where only a precision is asked for.
const MOST: u64 = 100_000;

impl Runs {
    /// So many runs, with the seed 1.
    pub const fn of(runs: u64) -> Self {
        Self { most: runs, seed: 1, precision: None, level: Level::USUAL, course: false, benchmark: false }
    }

    /// As many runs as it takes until the interval of the main measure (need met, or the mean stock where there is no need) is
    /// no wider than this, looked at after 64 runs and each doubling: at most 100,000. Of a comparison, the interval of its
    /// paired difference.
    pub const fn until(width: f64) -> Self {
        Self { precision: Some(width), ..Self::of(MOST) }
    }

    /// The same with at most so many runs.
    #[must_use]
    pub const fn at_most(self, runs: u64) -> Self {
        Self { most: runs, ..self }
    }

    /// The same with another seed of all chance.
    #[must_use]
    pub const fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The same with intervals at another level than 95%.
    ///
    /// ```
    /// use commonground::experiment::Level;
    /// use commonground::prelude::*;
    ///
    /// let pasture = Scenario::bundled("pasture-fortress")?;
    /// let [narrow, usual] = [Level::new(0.8)?, Level::USUAL].map(|level| pasture.run(Runs::of(64).level(level)));
    /// let narrow = narrow.outcome(Measure::STOCK_MEAN)?.mean_interval().ok_or("too few runs")?;
    /// let usual = usual.outcome(Measure::STOCK_MEAN)?.mean_interval().ok_or("too few runs")?;
    /// assert!(narrow.width() < usual.width());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn level(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// The same, and keeps the values of every single run at every recorded step and in every year, not only those of the whole
    /// run: a number of 8 bytes for each run, measure and step.
    #[must_use]
    pub const fn with_course(self) -> Self {
        Self { course: true, ..self }
    }

    /// The same, and first finds what a planner would reach, which takes a while: then [`Measure::WELFARE_SHARE`] and
    /// [`Measure::FORTRESS_INDEX`] are measured too. The command line always does so.
    ///
    /// [`Measure::WELFARE_SHARE`]: crate::model::measure::Measure::WELFARE_SHARE
    /// [`Measure::FORTRESS_INDEX`]: crate::model::measure::Measure::FORTRESS_INDEX
    #[must_use]
    pub const fn with_benchmark(self) -> Self {
        Self { benchmark: true, ..self }
    }

    fn options(self) -> Options {
        let Self { most: runs, seed, precision, level, .. } = self;
        Options { seed, runs, precision, level, instructions: InstructionSet::best() }
    }
}

impl Default for Runs {
    /// Those of the command line: a thousand, with the seed 1.
    fn default() -> Self {
        Self::of(1000)
    }
}

impl Scenario {
    /// Runs the scenario in memory, on all cores.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let outcomes = Scenario::bundled("pasture-fortress")?.run(Runs::of(64));
    /// let stock = outcomes.outcome(Measure::STOCK_MEAN)?;
    /// assert!(stock.mean_interval().is_some_and(|interval| interval.low < interval.high));
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn run(&self, runs: Runs) -> Outcomes {
        self.run_by(None, runs)
    }

    /// Runs the scenario under a rule of one's own besides those in it. The rule is called after each stage of each step with the
    /// name of that stage, and may change what all share; `docs/adding.md` says what it may change and when.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let pasture = Scenario::bundled("pasture-ostrom")?;
    /// let amnesty = pasture.run_under(Runs::of(32), |_, stage, place| {
    ///     if stage == "inform" {
    ///         place.fine = Lanes::ZERO;
    ///     }
    /// });
    /// let fineless = pasture.set("/rules/graduated_sanctions/fine", 0)?.run(Runs::of(32));
    /// assert_eq!(amnesty.outcome(Measure::STOCK_MEAN)?.values(), fineless.outcome(Measure::STOCK_MEAN)?.values());
    /// # Ok::<(), Faults>(())
    /// ```
    pub fn run_under(&self, runs: Runs, rule: impl Fn(&Moment<'_>, &'static str, &mut Place) + Sync) -> Outcomes {
        let Options { seed, instructions, .. } = runs.options();
        let simulate = |setup: &Setup, numbers: [u64; LANES]| {
            let mut rule = |moment: &Moment<'_>, stage, place: &mut Place| rule(moment, stage, place);
            run_under(setup, seed, numbers, instructions, &mut rule)
        };
        self.run_by(Some(&simulate), runs)
    }

    fn run_by(&self, own: Option<Simulate<'_>>, runs: Runs) -> Outcomes {
        let setup = setup(self, runs);
        let (ensemble, mut values) = run_all(own, &[&setup], runs);
        let Ensemble { runs: done, arms: mut summaries, .. } = ensemble;
        let summary = summaries.pop().unwrap_or_else(|| super::Summary::new(&setup));
        let values = values.pop().unwrap_or_default();
        Outcomes::new(self, (setup, summary, values), (runs.seed, runs.level), done)
    }
}

/// Runs several scenarios on the same luck: run 17 of one is to be compared with run 17 of another ([`Outcomes::difference`]).
/// There are as many runs of each. Scenarios that are run apart with the same seed meet the same luck too; only a precision needs
/// them together.
///
/// ```
/// use commonground::prelude::*;
///
/// let arms = [Scenario::bundled("pasture-fortress")?, Scenario::bundled("pasture-ostrom")?];
/// let [fortress, ostrom] = &compare(&arms, Runs::until(0.05))?[..] else { unreachable!() };
/// let gained = ostrom.difference(fortress, Measure::STOCK_MEAN)?;
/// assert!(gained.mean() > Some(0.1) && gained.share_above().is_some_and(|share| share.interval.low > 0.9));
/// # Ok::<(), Faults>(())
/// ```
///
/// # Errors
/// Arms that have not the same `time`.
pub fn compare<'a>(arms: impl IntoIterator<Item = &'a Scenario>, runs: Runs) -> Result<Vec<Outcomes>, Faults> {
    let arms: Vec<&Scenario> = arms.into_iter().collect();
    if let Some(pair) = arms.windows(2).find(|pair| pair[0].file.time != pair[1].file.time) {
        return Err(other_time((&pair[0].name, &pair[0].file.time), (&pair[1].name, &pair[1].file.time)));
    }
    let setups: Vec<Setup> = arms.par_iter().map(|arm| setup(arm, runs)).collect();
    let setups_of: Vec<&Setup> = setups.iter().collect();
    let (ensemble, values) = run_all(None, &setups_of, runs);
    let (luck, done) = ((runs.seed, runs.level), ensemble.runs);
    let parts = arms.into_iter().zip(setups).zip(ensemble.arms.into_iter().zip(values));
    Ok(parts
        .map(|((arm, setup), (summary, values))| Outcomes::new(arm, (setup, summary, values), luck, done))
        .collect())
}

/// Says that two scenarios cannot be compared, since their calendars differ.
fn other_time(one: (&str, &Time), other: (&str, &Time)) -> Faults {
    let told = |(name, time): (&str, &Time)| format!("`{name}` has {}", super::calendar(time));
    let problem = format!("scenarios that are compared must have the same `time`: {}, {}", told(one), told(other));
    fault(other.0, "time", problem)
}

/// A fault in what was asked of a scenario.
fn fault(scenario: &str, place: &str, problem: String) -> Faults {
    let fault = Fault { place: place.to_owned(), problem, position: None };
    Faults { file: format!("what was asked of {scenario}"), faults: vec![fault] }
}

fn setup(scenario: &Scenario, runs: Runs) -> Setup {
    if runs.benchmark { Benchmark::measured(&scenario.setup, InstructionSet::best()) } else { scenario.setup.clone() }
}

/// Runs every arm, each run worked out in a way of one's own where one is given, and keeps the values of single runs that are asked
/// for.
fn run_all(own: Option<Simulate<'_>>, arms: &[&Setup], runs: Runs) -> (Ensemble, Vec<Values>) {
    let mut values = vec![Values::default(); arms.len()];
    let mut take = |_, batch: &[Record], lanes| -> Result<(), Infallible> {
        for (values, record) in values.iter_mut().zip(batch) {
            values.take(record, lanes);
            if runs.course {
                values.take_course(record, lanes);
            }
        }
        Ok(())
    };
    let Ok(ensemble) = match own {
        None => ensemble::run_taking(arms, runs.options(), &mut take, &Nobody),
        Some(own) => ensemble::run_by(own, arms, runs.options(), &mut take, &Nobody),
    };
    (ensemble, values)
}

/// Nobody looks on.
struct Nobody;

impl Watcher for Nobody {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}
