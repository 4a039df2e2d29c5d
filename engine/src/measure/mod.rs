//! What is measured: one list of measures, each taken of a step (a series), of a year or of a whole run (an outcome).
//!
//! A measure is one `Entry` of the list in `list`: its key, words, unit and sort, which way is better, how
//! much of a difference matters, and the function that takes it, side by side. Series, years and outcomes are that same list,
//! each with the entries that are taken at that occasion, so that names and values cannot get out of step.

mod address;
mod by_kind;
mod entry;
mod flows;
mod list;
mod money;
mod name;
mod need;
mod period;
mod years;

pub use crate::english::{listed, words};
pub use address::{Address, Unknown};
pub use name::Name;
pub use years::{Year, Years};

pub(crate) use entry::{Entry, Occasion};
pub(crate) use flows::Flows;
pub(crate) use list::entries;
pub(crate) use period::{Period, RunSums};

use crate::setup::Setup;
use serde::{Deserialize, Serialize};

/// Something measured, in every step (a series), every year, or once a run (an outcome).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Name in files: `need_met`, `stock.capacity`, `margin.acute`.
    pub key: String,
    /// Name for people, without its unit: "need met".
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// What sort of number it is; the interval of its mean follows from it.
    pub sort: Sort,
    /// Which direction is better.
    pub better: Better,
    /// The level that it is held against, where there is one: of a stock that of the planner's best.
    pub level: Option<f64>,
    /// The smallest difference that matters to the place, in its unit; of an amount and of money as a share of what there is.
    pub matters: f64,
    /// The kind of provider it is about; `None`: the whole place.
    pub kind: Option<String>,
}

/// Unit of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share, shown as per cent.
    Share,
    /// Steps' worth of need.
    StepsOfNeed,
    /// Steps since the start.
    Steps,
    /// A number of steps.
    Duration,
    /// A plain number, in the scenario's own unit where it has one.
    Number,
}

/// What sort of number a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// A part of a whole.
    Share,
    /// Yes or no in each run, so that the mean is the share of runs in which it is so: its interval is Wilson's.
    Chance,
    /// Care or yield, in the scenario's unit of it.
    Amount,
    /// Money, in the scenario's unit of it.
    Money,
    /// Time.
    Time,
    /// Any other number, such as an index.
    Count,
}

/// Which direction of a measure is better for the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// The nearer to its level the better, from either side.
    Towards,
    /// Neither in itself.
    Neither,
}

impl Measure {
    /// Which direction is better where the measure goes from one value to another: higher, lower or neither. Of one that has a
    /// level, the way towards it; neither where the two lie on different sides of it, or the level is not known.
    #[must_use]
    pub fn direction(&self, from: f64, to: f64) -> Better {
        match (self.better, self.level) {
            (Better::Towards, Some(level)) if from <= level && to <= level => Better::Higher,
            (Better::Towards, Some(level)) if from >= level && to >= level => Better::Lower,
            (Better::Towards, _) => Better::Neither,
            (clear, _) => clear,
        }
    }

    /// A number that is the greater the better the value is; `None` of a measure by which values cannot be ranked.
    #[must_use]
    pub fn good(&self, value: f64) -> Option<f64> {
        match (self.better, self.level) {
            (Better::Higher, _) => Some(value),
            (Better::Lower, _) => Some(-value),
            (Better::Towards, Some(level)) => Some(-libm::fabs(value - level)),
            (Better::Towards | Better::Neither, _) => None,
        }
    }
}

/// The most points in time at which series are recorded, and the most years.
pub(super) const MOST_POINTS: u32 = 240;

/// Steps at whose end series are recorded: every one, or evenly thinned in a long run. The last is always among them.
pub fn recorded_steps(steps: u32) -> Vec<u32> {
    let stride = steps.div_ceil(MOST_POINTS).max(1);
    (0..steps).filter(|step| (steps - 1 - step).is_multiple_of(stride)).collect()
}

/// The series of a scenario, in the order in which they are recorded.
pub fn series_measures(setup: &Setup) -> Vec<Measure> {
    measures(setup, Occasion::Step)
}

/// What is measured of each year, in the order in which it is recorded.
pub fn year_measures(setup: &Setup) -> Vec<Measure> {
    measures(setup, Occasion::Year)
}

/// The outcomes of a run, in the order in which they are recorded.
pub fn outcome_measures(setup: &Setup) -> Vec<Measure> {
    measures(setup, Occasion::Run)
}

fn measures(setup: &Setup, occasion: Occasion) -> Vec<Measure> {
    entries(setup).iter().filter(|entry| entry.is_taken(occasion)).map(|entry| entry.describe(setup)).collect()
}
