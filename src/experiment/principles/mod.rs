//! Which rule matters: every combination of the rules of a scenario, run on the same luck.
//!
//! What a combination is worth is the measure that one asks about; the rules are the players of a cooperative game. In every
//! run all combinations meet the same draws, so that the game is complete run by run: values are worked out in each run and
//! their means have intervals as narrow as paired differences have.
//!
//! ```text
//! item (a run or a few) → Trial::perform → rows of numbers → Effects, which take row by row → Principles
//! ```
//!
//! Items are independent of each other and each is a plain list of numbers, a function of its number alone, so they may be
//! worked out anywhere and in any order as long as they are taken in theirs.

mod design;
mod effects;
mod question;
mod trial;

pub use design::{Design, MOST_EXACT, Method, ORDERS};
pub use effects::{Best, Effects};
pub use question::{Question, Unfit};
pub use trial::Trial;

use super::ensemble::{FIRST_LOOK, looks};
use super::failures::{FailedRuns, Failures};
use super::{Level, Options, Watcher, difference_interval};
use crate::model::failure::{self, FAILED};
use crate::model::lanes::Mask;
use crate::model::setup::Setup;
use rayon::prelude::*;

/// What the rules of a scenario came to.
#[derive(Clone, Debug)]
pub struct Principles {
    /// Seed of all chance.
    pub seed: u64,
    /// The level of all intervals.
    pub level: Level,
    /// Number of runs done, of every combination.
    pub runs: u64,
    /// Whether it was stopped before it was done.
    pub interrupted: bool,
    /// Runs that failed under some combination. They are in nothing else.
    pub failures: Failures,
    /// The rules, and which of their combinations were run.
    pub design: Design,
    /// One a measure, in the order in which they were asked for.
    pub effects: Vec<Effects>,
}

/// Items handed to each thread at a time.
const ITEMS_A_THREAD: usize = 8;

/// Runs the combinations `options.runs` times, or until no interval of a Shapley value of the first measure is wider than
/// `options.precision`.
pub fn run(setup: &Setup, question: &Question, options: Options, watcher: &dyn Watcher) -> Principles {
    let trial = Trial::new(setup, question, options);
    let mut principles = Principles::new(question, options);
    let mut next = 0;
    for look in looks(options) {
        while principles.runs < look && !principles.interrupted {
            let at_once = (rayon::current_num_threads() * ITEMS_A_THREAD) as u64;
            let end = look.div_ceil(trial.runs_at_once()).min(next + at_once);
            let items: Vec<u64> = (next..end).collect();
            let done: Vec<Option<Vec<f64>>> =
                items.par_iter().map(|item| (!watcher.stop()).then(|| trial.perform(*item))).collect();
            let whole: Vec<Vec<f64>> = done.into_iter().map_while(|rows| rows).collect();
            principles.interrupted = whole.len() < items.len();
            for row in whole.iter().flat_map(|rows| rows.chunks_exact(trial.width())) {
                principles.take(row, look);
            }
            next = end;
            watcher.done(principles.runs);
        }
        if principles.interrupted || principles.is_precise(options.precision) {
            break;
        }
    }
    principles
}

impl Principles {
    /// Nothing is known yet.
    pub fn new(question: &Question, options: Options) -> Self {
        // Half of the runs choose the best sets and the other half judge them.
        let choose_after = options.precision.map_or(options.runs, |_| FIRST_LOOK).div_ceil(2);
        let choice = (choose_after, options.precision.is_some());
        let effects = |measure| Effects::new(measure, &question.design, choice, options.level);
        Self {
            seed: options.seed,
            level: options.level,
            runs: 0,
            interrupted: false,
            failures: Failures::default(),
            design: question.design.clone(),
            effects: question.measures().map(effects).collect(),
        }
    }

    /// Takes the row of the next run, unless `most` runs are done; see [`Trial::perform`].
    pub fn take(&mut self, row: &[f64], most: u64) {
        if self.runs >= most {
            return;
        }
        if row.contains(&FAILED) {
            self.failures.add(self.runs);
        }
        let width = self.design.numbers();
        for (effects, numbers) in self.effects.iter_mut().zip(row.chunks_exact(width)) {
            effects.take(self.runs, &self.design, numbers);
        }
        self.runs += 1;
    }

    /// What is to be told of the runs that failed: how many, and where the first left the numbers under some combination.
    pub fn failed(&self, setup: &Setup) -> Option<FailedRuns> {
        let first = self.failures.first?;
        let under = |coalition| {
            let rules = setup.rules().only(|name| Mask::all_of(self.design.has(coalition, name)));
            setup.with_rules(rules)
        };
        let mut listed = self.design.listed().into_iter();
        let place = listed.find_map(|coalition| failure::first(&under(coalition), self.seed, first));
        Some(FailedRuns { of: String::new(), runs: self.failures.runs, all: self.runs, first, place })
    }

    pub(super) fn is_precise(&self, precision: Option<f64>) -> bool {
        let (Some(precision), Some(effects)) = (precision, self.effects.first()) else { return false };
        let narrow = |width: f64| width <= precision;
        effects.shapley.iter().all(|value| {
            difference_interval(value, effects.measure.sort, self.level)
                .is_some_and(|interval| narrow(interval.width()))
        })
    }
}
