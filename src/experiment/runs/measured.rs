//! One measure over many runs, and the same step by step.

use crate::experiment::{Cell, Level, mean_interval};
use crate::model::measure::Measure;
use crate::statistics::{Interval, wilson_interval};
use std::fmt;

/// One measure over many runs. Shown, it is its mean with the interval: `0.53 (0.51 to 0.55)`. What has no value (no run, or none that has the measure) is `None`.
#[derive(Clone, Debug)]
pub struct Measured<'a> {
    measure: Measure,
    cell: &'a Cell,
    values: Option<&'a [f64]>,
    level: Level,
}

/// A measure at every recorded step.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    measure: Measure,
    steps: &'a [u32],
    cells: Vec<(&'a Cell, Option<&'a [f64]>)>,
    level: Level,
}

/// How likely something is, from how many runs show it. Shown, it is the share with the interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// Share of the runs that show it.
    pub share: f64,
    /// Wilson's interval of the chance.
    pub interval: Interval,
}

impl Chance {
    /// So many runs out of all; `None` without a run.
    pub(super) fn of(some: u64, all: u64, level: Level) -> Option<Self> {
        let interval = wilson_interval(some, all, level.share())?;
        Some(Self { share: some as f64 / all as f64, interval })
    }
}

impl<'a> Measured<'a> {
    pub(super) fn new(measure: Measure, cell: &'a Cell, values: Option<&'a [f64]>, level: Level) -> Self {
        Self { measure, cell, values, level }
    }

    /// What is measured, with its words and its unit.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// How many runs have a value.
    pub fn count(&self) -> u64 {
        self.cell.tally.count()
    }

    /// The mean over the runs: of a measure that is yes or no, the share of runs that say yes.
    pub fn mean(&self) -> Option<f64> {
        self.cell.tally.mean()
    }

    /// The interval of the mean: Wilson's of a measure that is yes or no, Student's of any other. `None` where there are too
    /// few runs for one.
    pub fn mean_interval(&self) -> Option<Interval> {
        mean_interval(&self.cell.tally, self.measure.sort, self.level)
    }

    /// How much single runs differ.
    pub fn standard_deviation(&self) -> Option<f64> {
        self.cell.tally.standard_deviation()
    }

    /// The value below which that share of the runs lies, 0.5 for the median: of many runs within a 128th of its size.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        self.cell.sketch.quantile(probability)
    }

    /// The interval of that quantile.
    pub fn quantile_interval(&self, probability: f64) -> Option<Interval> {
        self.cell.sketch.quantile_interval(probability, self.level.share())
    }

    /// The chance of a run below a limit. `None` as for [`Measured::values`], and without a run.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let outcomes = Scenario::bundled("pasture-ostrom")?.run(Runs::of(64));
    /// let poor = outcomes.outcome(Measure::STOCK_END)?.chance_below(0.25).ok_or("no run")?;
    /// assert!(poor.interval.contains(poor.share));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn chance_below(&self, limit: f64) -> Option<Chance> {
        self.chance(|value| value < limit)
    }

    /// The chance of a run above a limit. `None` as for [`Measured::values`], and without a run.
    pub fn chance_above(&self, limit: f64) -> Option<Chance> {
        self.chance(|value| value > limit)
    }

    /// The value of every single run, in the order of their numbers: not a number where a run has none, infinite where it
    /// failed. `None` of a year or a step unless [`Runs::with_course`](super::Runs::with_course) asked for it.
    pub fn values(&self) -> Option<&'a [f64]> {
        self.values
    }

    fn chance(&self, holds: impl Fn(f64) -> bool) -> Option<Chance> {
        let has_value = || self.values.into_iter().flatten().filter(|value| value.is_finite());
        Chance::of(has_value().filter(|value| holds(**value)).count() as u64, has_value().count() as u64, self.level)
    }
}

impl<'a> Series<'a> {
    pub(super) fn new(
        measure: Measure,
        steps: &'a [u32],
        cells: Vec<(&'a Cell, Option<&'a [f64]>)>,
        level: Level,
    ) -> Self {
        Self { measure, steps, cells, level }
    }

    /// What is measured, with its words and its unit.
    pub fn measure(&self) -> &Measure {
        &self.measure
    }

    /// The steps, from 1, at whose end it was recorded, each with what was measured there.
    pub fn points(&self) -> impl Iterator<Item = (u32, Measured<'a>)> {
        let point = |(step, (cell, values)): (&u32, &(&'a Cell, Option<&'a [f64]>))| {
            (step + 1, Measured::new(self.measure.clone(), cell, *values, self.level))
        };
        self.steps.iter().zip(&self.cells).map(point)
    }
}

impl fmt::Display for Measured<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.mean(), self.mean_interval(), formatter)
    }
}

impl fmt::Display for Chance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(Some(self.share), Some(self.interval), formatter)
    }
}

/// A figure and its interval, with as many decimals as are asked for.
pub(super) fn show(figure: Option<f64>, interval: Option<Interval>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(figure) = figure else { return formatter.write_str("no value") };
    fmt::Display::fmt(&figure, formatter)?;
    let Some(interval) = interval else { return Ok(()) };
    formatter.write_str(" (")?;
    fmt::Display::fmt(&interval, formatter)?;
    formatter.write_str(")")
}
