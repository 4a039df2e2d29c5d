//! What the runs of one scenario came to.

use super::values::Values;
use super::{Difference, Measured, Series, fault, other_time};
use crate::experiment::failures::FailedRuns;
use crate::experiment::target::unknown;
use crate::experiment::{Cell, Level, Summary};
use crate::model::measure::{Address, Measure, Name};
use crate::model::setup::Setup;
use crate::scenario::Scenario;
use crate::scenario::file::Time;
use crate::scenario::text::{Faults, did_you_mean};

/// What the runs of one scenario came to: every measure of them, with its intervals, and the values of every single run.
#[derive(Clone, Debug)]
pub struct Outcomes {
    name: String,
    time: Time,
    setup: Setup,
    summary: Summary,
    values: Values,
    seed: u64,
    level: Level,
    runs: u64,
}

impl Outcomes {
    pub(super) fn new(
        scenario: &Scenario,
        (setup, summary, values): (Setup, Summary, Values),
        (seed, level): (u64, Level),
        runs: u64,
    ) -> Self {
        let (name, time) = (scenario.name.clone(), scenario.file.time.clone());
        Self { name, time, setup, summary, values, seed, level, runs }
    }

    /// A measure of the whole run, or of a year of it: `Measure::NEED_MET`, `Measure::MARGIN.of("acute").in_year(4)`, or
    /// `"margin.acute@year4"`.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let outcomes = Scenario::bundled("pasture-fortress")?.run(Runs::of(32));
    /// let collapsed = outcomes.outcome(Measure::COLLAPSED)?; // a chance: its interval is Wilson's
    /// assert!(collapsed.mean() > Some(0.5) && collapsed.mean_interval().is_some_and(|interval| interval.high <= 1.0));
    /// assert!(outcomes.outcome("welfare@year10")?.quantile(0.5) < outcomes.outcome("welfare@year1")?.quantile(0.5));
    /// assert!(outcomes.outcome("stock_men").unwrap_err().to_string().contains("did you mean `stock_mean`?"));
    /// # Ok::<(), Faults>(())
    /// ```
    ///
    /// # Errors
    /// The scenario has no such measure; the fault says which it has.
    pub fn outcome(&self, name: impl Into<Name>) -> Result<Measured<'_>, Faults> {
        let (address, measure) = self.find(&name.into())?;
        let (cells, position) = match address {
            Address::Outcome(position) => (&self.summary.outcomes, position),
            Address::Year(position) => (&self.summary.years, position),
        };
        Ok(Measured::new(measure, &cells[position], self.values.of(address), self.level))
    }

    /// A measure at every recorded step: each of them, or 240 evenly spaced ones of a longer run.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let outcomes = Scenario::bundled("pasture-fortress")?.run(Runs::of(32));
    /// let stock = outcomes.series(Measure::STOCK.of("pasture"))?;
    /// let means: Vec<f64> = stock.points().filter_map(|(_, point)| point.mean()).collect();
    /// assert!(means.len() == 60 && means[59] < means[0]);
    /// # Ok::<(), Faults>(())
    /// ```
    ///
    /// # Errors
    /// The scenario has no such series; the fault says which it has.
    pub fn series(&self, name: impl Into<Name>) -> Result<Series<'_>, Faults> {
        let name = name.into();
        let measures = &self.summary.series_measures;
        let position = measures.iter().position(|measure| measure.key == name.as_str());
        let position = position.ok_or_else(|| self.no_series(&name))?;
        let (steps, columns) = (&self.summary.steps, measures.len());
        let at = |row: usize| -> (&Cell, Option<&[f64]>) {
            let index = row * columns + position;
            (&self.summary.series[index], self.values.of_series(index))
        };
        Ok(Series::new(measures[position].clone(), steps, (0..steps.len()).map(at).collect(), self.level))
    }

    /// The paired difference of a measure, these runs less those of another scenario, run by run. Both must have been run with the
    /// same seed; of runs that only one of them has nothing is taken.
    ///
    /// ```
    /// use commonground::prelude::*;
    ///
    /// let run = |name| Ok(Scenario::bundled(name)?.run(Runs::of(64)));
    /// let gained = run("pasture-ostrom")?.difference(&run("pasture-fortress")?, Measure::STOCK_MEAN)?;
    /// assert!(gained.mean_interval().is_some_and(|interval| interval.low > 0.1));
    /// # Ok::<(), Faults>(())
    /// ```
    ///
    /// # Errors
    /// Another seed, another `time`, a measure that one of them has not, or one of a year whose values were not kept
    /// ([`Runs::with_course`](super::Runs::with_course)).
    pub fn difference(&self, other: &Self, name: impl Into<Name>) -> Result<Difference, Faults> {
        if self.time != other.time {
            return Err(other_time((&other.name, &other.time), (&self.name, &self.time)));
        }
        if self.seed != other.seed {
            let problem = format!(
                "`{}` was run with the seed {}, `{}` with {}; give both the same, so that they meet the same luck",
                other.name, other.seed, self.name, self.seed
            );
            return Err(fault(&self.name, "seed", problem));
        }
        let name = name.into();
        let measure = self.find(&name)?.1;
        Ok(Difference::new(measure, other.kept(&name)?, self.kept(&name)?, self.level))
    }

    /// The measures of the whole run that the scenario has.
    pub fn measures(&self) -> &[Measure] {
        &self.summary.measures
    }

    /// Number of runs that were done.
    pub fn runs(&self) -> u64 {
        self.runs
    }

    /// The seed they were done with.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What is to be told of runs that failed, since their numbers left those that can be computed with; `None` if none did. They
    /// are in no mean, interval or quantile, and infinite among the values of single runs.
    pub fn failed(&self) -> Option<FailedRuns> {
        self.summary.failures.told(&self.name, self.runs, &self.setup, self.seed)
    }

    /// Everything that is known of the runs together.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    fn find(&self, name: &Name) -> Result<(Address, Measure), Faults> {
        Address::find(&self.setup, name.as_str()).map_err(|found| {
            let needs_benchmark = [Measure::WELFARE_SHARE, Measure::FORTRESS_INDEX].contains(name);
            let problem = if needs_benchmark {
                format!(
                    "`{name}` is measured only against what a planner would reach; ask for it by `Runs::with_benchmark`"
                )
            } else {
                unknown(&found)
            };
            fault(&self.name, "", problem)
        })
    }

    /// The values of single runs.
    fn kept(&self, name: &Name) -> Result<&[f64], Faults> {
        let values = self.values.of(self.find(name)?.0);
        values.or(if self.runs == 0 { Some(&[]) } else { None }).ok_or_else(|| {
            let problem =
                format!("the values of single runs were not kept for `{name}`; ask for them by `Runs::with_course`");
            fault(&self.name, "", problem)
        })
    }

    fn no_series(&self, name: &Name) -> Faults {
        let keys = || self.summary.series_measures.iter().map(|measure| measure.key.as_str());
        let near = did_you_mean(name.as_str(), keys());
        let way_out =
            if near.is_empty() { format!("; there are {}", keys().collect::<Vec<_>>().join(", ")) } else { near };
        fault(&self.name, "", format!("there is no series `{name}`{way_out}"))
    }
}
