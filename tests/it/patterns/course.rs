//! A scenario run many times, with what each kind of provider did in each year.

use crate::support::{SEED, outcome};
use commonground::model::lanes::LANES;
use commonground::model::look::{Look, Stepper};
use commonground::model::record::Record;
use commonground::model::rows::Packing;
use commonground::model::run::run;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::statistics::{Interval, Tally};

/// Runs of each arm: enough for intervals of about a tenth of a point.
pub(super) const RUNS: usize = 64;

/// A bundled scenario, with fragments laid over it: `place-fortress+network`.
pub(super) fn bundled(name: &str) -> Setup {
    Scenario::load(&BUNDLED, name).unwrap_or_else(|faults| panic!("{faults}")).setup
}

/// What one kind did in one year of one run, in money or units of care.
#[derive(Clone, Copy, Default)]
pub(super) struct Year {
    pub(super) income: f64,
    pub(super) margin: f64,
    pub(super) cost: f64,
    pub(super) delivered: f64,
    pub(super) met: f64,
    pub(super) need: f64,
}

/// All years of all kinds in all runs.
pub(super) struct Course {
    kinds: Vec<String>,
    /// By run, year and kind.
    years: Vec<Vec<Vec<Year>>>,
}

impl Course {
    /// Runs a setup [`RUNS`] times.
    pub(super) fn of(setup: &Setup) -> Self {
        Self::of_runs(setup, RUNS)
    }

    /// Runs a setup so many times, a multiple of sixteen.
    pub(super) fn of_runs(setup: &Setup, runs: usize) -> Self {
        let count = (f64::from(setup.steps()) / setup.steps_per_year()) as usize;
        let kinds: Vec<String> = setup.kinds().iter().map(|kind| kind.name.clone()).collect();
        let mut years = vec![vec![vec![Year::default(); kinds.len()]; count]; runs];
        for batch in 0..runs / LANES {
            let numbers = std::array::from_fn(|lane| (batch * LANES + lane) as u64);
            let mut stepper = Stepper::new(setup, SEED, &Packing::Runs(numbers), InstructionSet::best());
            for step in 0..setup.steps() {
                stepper.pass();
                let world = stepper.look();
                let year = (f64::from(step) / setup.steps_per_year()) as usize;
                for lane in 0..LANES {
                    add(&world, lane, &mut years[batch * LANES + lane][year.min(count - 1)]);
                }
            }
        }
        Self { kinds, years }
    }

    /// A share of one sum in another for a kind (`None`: all kinds) over some years: mean over the runs with its interval.
    pub(super) fn share(
        &self,
        kind: Option<&str>,
        years: std::ops::Range<usize>,
        of: fn(&Year) -> (f64, f64),
    ) -> Estimate {
        Estimate::of(self.runs(kind, years, of))
    }

    /// The share in each run.
    pub(super) fn runs(
        &self,
        kind: Option<&str>,
        years: std::ops::Range<usize>,
        of: fn(&Year) -> (f64, f64),
    ) -> impl Iterator<Item = f64> {
        let position = kind.map(|kind| self.kinds.iter().position(|name| name == kind).expect("a kind of that name"));
        self.years.iter().map(move |run| {
            let (mut part, mut whole) = (0.0, 0.0);
            for year in &run[years.clone()] {
                for (index, sums) in year.iter().enumerate() {
                    if position.is_none_or(|kind| kind == index) {
                        let (more, base) = of(sums);
                        part += more;
                        whole += base;
                    }
                }
            }
            part / whole
        })
    }
}

fn add(world: &Look, lane: usize, sums: &mut [Year]) {
    for state in &world.providers {
        let year = &mut sums[state.kind];
        let size = state.size;
        year.income += state.income.lane(lane) * size;
        year.margin += state.margin.lane(lane) * size;
        year.cost += state.cost.lane(lane) * size;
        year.delivered += state.delivered.lane(lane) * size;
        year.met += state.met.lane(lane) * size;
        year.need += (state.need_new + state.need_received).lane(lane) * size;
    }
}

/// What the recorder tells of the first so many runs of a setup, sixteen at a time.
pub(super) struct Outcomes {
    setup: Setup,
    records: Vec<Record>,
}

impl Outcomes {
    pub(super) fn of(setup: Setup, runs: usize) -> Self {
        let batches = (0..runs / LANES).map(|batch| std::array::from_fn(|lane| (batch * LANES + lane) as u64));
        let records = batches.map(|runs| run(&setup, SEED, runs, InstructionSet::best())).collect();
        Self { setup, records }
    }

    /// An outcome in each run.
    pub(super) fn values(&self, key: &str) -> impl Iterator<Item = f64> {
        self.records.iter().flat_map(move |record| outcome(&self.setup, record, key).to_array())
    }
}

/// A mean over runs with its 95% interval.
#[derive(Clone, Copy)]
pub(super) struct Estimate {
    pub(super) mean: f64,
    pub(super) interval: Interval,
}

impl Estimate {
    /// The mean of one value a run.
    pub(super) fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut tally = Tally::default();
        values.for_each(|value| tally.push(value));
        let mean = tally.mean().expect("values");
        let interval = tally.mean_interval(0.95).unwrap_or(Interval { low: mean, high: mean });
        Self { mean, interval }
    }

    /// The mean of the differences, run by run.
    pub(super) fn between(with: impl Iterator<Item = f64>, without: impl Iterator<Item = f64>) -> Self {
        Self::of(with.zip(without).map(|(with, without)| with - without))
    }

    /// In per cent or points: "−4.2 (−4.4 to −4.0)".
    pub(super) fn percent(&self) -> String {
        let [mean, low, high] = [self.mean, self.interval.low, self.interval.high].map(|value| value * 100.0);
        format!("{mean:.1} ({low:.1} to {high:.1})")
    }
}
