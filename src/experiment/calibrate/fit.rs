//! What a fit comes to: estimates with intervals, and errors on the data that were fitted and on those left out.

use super::file::Purpose;
use super::problem::Problem;
use super::search::Fit;
use crate::statistics::{Interval, quantile};

/// The level of the intervals of parameters and predictions.
pub const LEVEL: f64 = 0.9;

/// A parameter after the data have spoken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The median.
    pub median: f64,
    /// The 90% interval.
    pub interval: Interval,
    /// The value in the preset: that of the point which fits best.
    pub best: f64,
    /// Width of the interval against that of the prior, both on the scale on which the prior is even.
    pub left_open: f64,
    /// Whether the interval touches the lower and the upper end of the prior.
    pub at_end: [bool; 2],
}

/// How far what the preset foretells is from what was observed. Roots of mean squares.
#[derive(Clone, Debug, PartialEq)]
pub struct Errors {
    /// Number of observations.
    pub count: usize,
    /// In units of the data's standard errors.
    pub in_errors: f64,
    /// The same of a predictor that knows no model: the mean of the fitted data of the unit. `None` where some unit has none.
    pub naive_in_errors: Option<f64>,
    /// In the units of the data.
    pub by_unit: Vec<UnitErrors>,
}

/// The same in one unit of the data.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitErrors {
    /// The unit.
    pub unit: String,
    /// Number of observations.
    pub count: usize,
    /// Error of the preset.
    pub error: f64,
    /// Error of the mean of the fitted data in that unit; `None` if there are none.
    pub naive: Option<f64>,
}

/// An interval that ends within this share of the way from an end of the prior touches it: its outer twentieth is all that
/// there is to tell the two apart.
const TOUCHES: f64 = 0.02;

/// An interval this wide against the prior's says little that was not known before (assumed).
const OPEN: f64 = 0.75;

impl Estimate {
    /// Whether the data say much more than was held possible before.
    pub fn is_pinned_down(&self) -> bool {
        self.left_open <= OPEN
    }
}

impl Fit {
    /// The parameters, in their order.
    pub fn estimates(&self, problem: &Problem) -> Vec<Estimate> {
        let estimate = |(axis, parameter): (usize, &super::Parameter)| {
            let shares = self.population.points.iter().map(|point| point[axis]).collect();
            let [low, median, high] = quantiles(shares);
            Estimate {
                median: parameter.prior.at(median),
                interval: Interval { low: parameter.prior.at(low), high: parameter.prior.at(high) },
                best: parameter.prior.at(self.best[axis]),
                left_open: (high - low) / LEVEL,
                at_end: [low < TOUCHES, high > 1.0 - TOUCHES],
            }
        };
        problem.parameters.iter().enumerate().map(estimate).collect()
    }

    /// Median and 90% interval of what the points foretell of an observation.
    pub fn range_of(&self, observation: usize) -> [f64; 3] {
        let values = self.foretold.iter().map(|values| values[observation]).filter(|value| value.is_finite());
        quantiles(values.collect())
    }

    /// Errors of the preset on the data of a purpose; `None` if there are none.
    pub fn errors(&self, problem: &Problem, purpose: Purpose) -> Option<Errors> {
        let all: Vec<Difference> =
            problem.of(purpose).map(|(position, _)| self.difference(problem, position)).collect();
        if all.is_empty() {
            return None;
        }
        let mut units: Vec<&str> = all.iter().map(|difference| difference.unit).collect();
        units.dedup();
        let mut by_unit: Vec<UnitErrors> = Vec::new();
        for unit in units {
            if by_unit.iter().all(|known| known.unit != unit) {
                by_unit.push(UnitErrors::of(unit, all.iter().filter(|difference| difference.unit == unit)));
            }
        }
        let scaled = |difference: &Difference| difference.model / difference.error;
        let naive = |difference: &Difference| Some(difference.naive? / difference.error);
        Some(Errors {
            count: all.len(),
            in_errors: root_mean_square(all.iter().map(scaled)),
            naive_in_errors: all.iter().map(naive).collect::<Option<Vec<f64>>>().map(root_mean_square),
            by_unit,
        })
    }

    fn difference<'a>(&self, problem: &'a Problem, position: usize) -> Difference<'a> {
        let observation = &problem.observations[position];
        let alike = problem.of(Purpose::Fit).filter(|(_, other)| other.unit == observation.unit);
        let alike: Vec<f64> = alike.map(|(_, other)| other.observed).collect();
        let mean = alike.iter().sum::<f64>() / alike.len() as f64;
        Difference {
            unit: &observation.unit,
            model: self.checked[position].value - observation.observed,
            naive: (!alike.is_empty()).then_some(mean - observation.observed),
            error: observation.error,
        }
    }
}

/// How far off two predictors are.
struct Difference<'a> {
    unit: &'a str,
    model: f64,
    naive: Option<f64>,
    error: f64,
}

impl UnitErrors {
    fn of<'a>(unit: &str, differences: impl Iterator<Item = &'a Difference<'a>>) -> Self {
        let differences: Vec<&Difference> = differences.collect();
        let naive: Option<Vec<f64>> = differences.iter().map(|difference| difference.naive).collect();
        Self {
            unit: unit.to_owned(),
            count: differences.len(),
            error: root_mean_square(differences.iter().map(|difference| difference.model)),
            naive: naive.map(root_mean_square),
        }
    }
}

fn root_mean_square(values: impl IntoIterator<Item = f64>) -> f64 {
    let squares: Vec<f64> = values.into_iter().map(|value| value * value).collect();
    (squares.iter().sum::<f64>() / squares.len() as f64).sqrt()
}

/// Ends of the 90% interval with the median between them.
fn quantiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    let tail = 0.5 * (1.0 - LEVEL);
    [tail, 0.5, 1.0 - tail].map(|probability| quantile(&values, probability))
}
