//! Targets: what is read off the runs, what of them counts, and how far it is from what was observed.
//!
//! The *implausibility* of a value is its distance from what was observed in standard deviations of all that may part the two:
//! the error of the observation, the discrepancy of the model, and the luck of the runs (Craig, Goldstein, Seheult & Smith
//! 1997; Vernon, Goldstein & Bower 2010, Bayesian Analysis 5). Of a one-sided target it is nought on the side that agrees.

use super::file::{File, Observed, Statistic, Target, Use};
use super::formula::Formula;
use crate::experiment::calibrate::file::Stretch;
use crate::experiment::calibrate::{Reading, pointer};
use crate::scenario::Scenario;
use crate::scenario::text::{Document, Fault, did_you_mean};
use crate::statistics::{Tally, quantile};

/// A target that has been checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// Its name in the file.
    pub name: String,
    /// What it is, for people.
    pub meaning: String,
    /// Unit of the value and of what was observed.
    pub unit: String,
    /// What was observed; of what is held out it may be missing.
    pub observed: Option<Observed>,
    /// Variance of what parts model and observation at the right numbers: that of the error and of the discrepancy.
    pub variance: f64,
    /// Whether points must agree with it; otherwise it is held out.
    pub is_matched: bool,
    pub(super) value: Bound,
    pub(super) statistic: Counted,
}

/// A formula with the positions of what its names read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bound {
    formula: Formula,
    readings: Vec<usize>,
}

/// What of the runs counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Counted {
    Mean,
    StandardDeviation,
    Quantile(f64),
    Correlation(Bound),
}

/// What runs foretell of a target: a value, and the standard error that luck leaves it.
pub type Foretold = (f64, f64);

impl Aim {
    /// How far a value is from what was observed; NaN where nothing was, infinite where there is no value.
    pub fn implausibility(&self, (value, error): Foretold) -> f64 {
        let Some(observed) = self.observed else { return f64::NAN };
        if !value.is_finite() {
            return f64::INFINITY;
        }
        let error = if error.is_finite() { error } else { 0.0 };
        observed.distance(value) / (self.variance + error * error).sqrt()
    }

    /// A target for tests, of whatever foretells it.
    #[cfg(test)]
    pub(super) fn plain(name: &str, observed: Observed, deviation: f64) -> Self {
        Self {
            name: name.to_owned(),
            meaning: name.to_owned(),
            unit: String::new(),
            observed: Some(observed),
            variance: deviation * deviation,
            is_matched: true,
            value: Bound { formula: Formula::default(), readings: Vec::new() },
            statistic: Counted::Mean,
        }
    }

    /// What runs foretell, each reading with a value for each run. Runs without a value do not count.
    pub(super) fn foretell(&self, readings: &[Vec<f64>]) -> Foretold {
        let values = self.value.by_run(readings);
        if let Counted::Correlation(other) = &self.statistic {
            let pairs = values.into_iter().zip(other.by_run(readings));
            let pairs: Vec<(f64, f64)> = pairs.filter(|(a, b)| a.is_finite() && b.is_finite()).collect();
            return jackknife(&pairs, correlation);
        }
        let mut values: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
        let count = values.len() as f64;
        match self.statistic {
            Counted::StandardDeviation => jackknife(&values, deviation),
            Counted::Quantile(share) => {
                values.sort_by(f64::total_cmp);
                let reach = (share * (1.0 - share) / count.max(1.0)).sqrt();
                let at = |share: f64| quantile(&values, share.clamp(0.0, 1.0));
                (at(share), (at(share + reach) - at(share - reach)) / 2.0)
            }
            _ => {
                let all = tally(&values);
                (all.mean().unwrap_or(f64::NAN), all.standard_error().unwrap_or(f64::NAN))
            }
        }
    }
}

impl Observed {
    /// How far a value is from what agrees.
    pub fn distance(self, value: f64) -> f64 {
        match self {
            Self::About(at) => (value - at).abs(),
            Self::AtLeast(least) => (least - value).max(0.0),
            Self::AtMost(most) => (value - most).max(0.0),
            Self::Between([from, to]) => (from - value).max(value - to).max(0.0),
        }
    }

    /// One number to draw it at: itself, or its end or middle.
    pub fn centre(self) -> f64 {
        match self {
            Self::About(at) | Self::AtLeast(at) | Self::AtMost(at) => at,
            Self::Between([from, to]) => f64::midpoint(from, to),
        }
    }
}

impl Bound {
    /// Its value in each run.
    fn by_run(&self, readings: &[Vec<f64>]) -> Vec<f64> {
        let runs = self.readings.iter().map(|reading| readings[*reading].len()).min().unwrap_or(0);
        (0..runs).map(|run| self.formula.value(&|name| readings[self.readings[name]][run])).collect()
    }
}

fn tally(values: &[f64]) -> Tally {
    let mut tally = Tally::default();
    tally.push_lanes(values);
    tally
}

fn mean(values: &[f64]) -> f64 {
    tally(values).mean().unwrap_or(f64::NAN)
}

fn deviation(values: &[f64]) -> f64 {
    tally(values).standard_deviation().unwrap_or(f64::NAN)
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let (a, b) = (mean(&first), mean(&second));
    let products = pairs.iter().map(|(x, y)| (x - a) * (y - b)).sum::<f64>() / (pairs.len() - 1).max(1) as f64;
    products / (deviation(&first) * deviation(&second))
}

/// A statistic with its standard error, from leaving out a run at a time (Tukey 1958).
fn jackknife<T: Copy>(values: &[T], statistic: fn(&[T]) -> f64) -> Foretold {
    let count = values.len();
    if count < 3 {
        return (f64::NAN, f64::NAN);
    }
    let without = |left_out: usize| {
        let rest: Vec<T> = (0..count).filter(|run| *run != left_out).map(|run| values[run]).collect();
        statistic(&rest)
    };
    let all: Vec<f64> = (0..count).map(without).collect();
    // The squared distances from the mean, times (n − 1) / n.
    let variance = tally(&all).variance().unwrap_or(f64::NAN) * (count - 1) as f64;
    (statistic(values), (variance * (count - 1) as f64 / count as f64).sqrt())
}

/// What is read off the runs of which arm.
type Readings = Vec<(usize, Reading)>;

/// The targets, and all that they read; or the faults of all.
pub(super) fn aims(
    document: &Document,
    file: &File,
    arms: &[(String, Scenario)],
) -> Result<(Vec<Aim>, Readings), Vec<Fault>> {
    let (mut targets, mut readings, mut faults) = (Vec::new(), Readings::new(), Vec::new());
    for (name, target) in &file.targets {
        let mut bind = |text: &str, field: &[&str]| {
            bound(text, arms, &mut readings).map_err(|problems| {
                let at = pointer(&[&["targets", name], field].concat());
                faults.extend(problems.into_iter().map(|problem| document.fault(&at, problem)));
            })
        };
        let value = bind(&target.value, &["value"]);
        let statistic = match &target.statistic {
            Statistic::Mean => Ok(Counted::Mean),
            Statistic::StandardDeviation => Ok(Counted::StandardDeviation),
            Statistic::Quantile(share) => Ok(Counted::Quantile(*share)),
            Statistic::Correlation(other) => bind(other, &["statistic", "correlation"]).map(Counted::Correlation),
        };
        if let (Ok(value), Ok(statistic)) = (value, statistic) {
            targets.push(aim(name, target, value, statistic));
        }
    }
    if faults.is_empty() { Ok((targets, readings)) } else { Err(faults) }
}

fn aim(name: &str, target: &Target, value: Bound, statistic: Counted) -> Aim {
    Aim {
        name: name.to_owned(),
        meaning: target.meaning.clone(),
        unit: target.unit.clone(),
        observed: target.observed,
        variance: target.error * target.error + target.discrepancy * target.discrepancy,
        is_matched: target.purpose == Use::Match,
        value,
        statistic,
    }
}

fn bound(text: &str, arms: &[(String, Scenario)], readings: &mut Readings) -> Result<Bound, Vec<String>> {
    let formula: Formula = text.parse().map_err(|problem| vec![problem])?;
    let (mut positions, mut problems) = (Vec::new(), Vec::new());
    for name in &formula.names {
        match reading(name, arms) {
            Ok(found) => {
                let position = readings.iter().position(|known| *known == found).unwrap_or_else(|| {
                    readings.push(found);
                    readings.len() - 1
                });
                positions.push(position);
            }
            Err(problem) => problems.push(problem),
        }
    }
    if formula.names.is_empty() {
        problems.push("it reads nothing; name a measure as in `{arm: need_met}`".to_owned());
    }
    if problems.is_empty() { Ok(Bound { formula, readings: positions }) } else { Err(problems) }
}

/// What `arm: measure` reads.
fn reading(name: &str, arms: &[(String, Scenario)]) -> Result<(usize, Reading), String> {
    let form = "write `{arm: measure}`, as in `{fortress: margin.acute@year4}`";
    let (arm, measure) = name.split_once(':').ok_or_else(|| format!("`{{{name}}}` names no arm; {form}"))?;
    let (arm, measure) = (arm.trim(), measure.trim());
    let known = || arms.iter().map(|(known, _)| known.as_str());
    let position = known().position(|known| known == arm).ok_or_else(|| {
        let near = did_you_mean(arm, known());
        format!("there is no arm `{arm}` in this file{near}")
    })?;
    let (measure, stretch) = match measure.split_once("@step") {
        Some((stem, steps)) => (stem, Some(steps_of(steps).ok_or_else(|| format!("`@step{steps}` {STEPS}"))?)),
        None => (measure, None),
    };
    let found = Reading::find(measure, stretch, &arms[position].1.setup);
    Ok((position, found.map_err(|problem| format!("in arm `{arm}`, {problem}"))?))
}

const STEPS: &str = "is no step; write `@step12`, or `@steps1..12` for the mean over several";

fn steps_of(text: &str) -> Option<Stretch> {
    let (from, to) = match text.strip_prefix('s') {
        Some(range) => range.split_once("..")?,
        None => (text, text),
    };
    Some(Stretch { from: from.parse().ok().filter(|from| *from > 0)?, to: to.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_as_far_off_as_its_side_says() {
        for (observed, expected) in [
            (Observed::About(2.0), [1.0, 0.0, 3.0]),
            (Observed::AtLeast(2.0), [1.0, 0.0, 0.0]),
            (Observed::AtMost(2.0), [0.0, 0.0, 3.0]),
            (Observed::Between([2.0, 4.0]), [1.0, 0.0, 1.0]),
        ] {
            for (value, expected) in [1.0, 2.0, 5.0].into_iter().zip(expected) {
                assert!((observed.distance(value) - expected).abs() < 1e-12, "{observed:?} {value}");
            }
        }
    }

    /// 1, 2, 4 and 2, 4, 8 go together wholly; the deviation of 1, 2, 3 is 1, and without one of them 0.707, 1.414, 0.707.
    #[test]
    fn statistics_come_with_the_error_of_luck() {
        let (value, error) = jackknife(&[(1.0, 2.0), (2.0, 4.0), (4.0, 8.0)], correlation);
        assert!((value - 1.0).abs() < 1e-12 && error < 1e-9, "{value} {error}");
        let (value, error) = jackknife(&[1.0, 2.0, 3.0], deviation);
        let expected = (2.0_f64 / 9.0).sqrt();
        assert!((value - 1.0).abs() < 1e-12 && (error - expected).abs() < 1e-9, "{error} {expected}");
    }

    #[test]
    fn steps_are_one_or_from_one_to_another() {
        let stretch = |from, to| Some(Stretch { from, to });
        assert_eq!((steps_of("12"), steps_of("s1..12")), (stretch(12, 12), stretch(1, 12)));
        assert_eq!([steps_of(""), steps_of("0"), steps_of("s1"), steps_of("-1"), steps_of("s0..3")], [None; 5]);
    }
}
