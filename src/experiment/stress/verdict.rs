//! What a stress test says of each design: goals met, regret, the worst futures, recovery, and how sure the ranking is.

use super::failing::{Failing, failing};
use super::{Cell, Futures, Stress};
use crate::experiment::LEVEL;
use crate::model::measure::Better;
use crate::statistics::ranking::{Ranking, percentile_interval, ranking, resamples};
use crate::statistics::{Interval, Tally, wilson_interval, worst_mean};

/// Share of the futures that counts as the worst.
pub const WORST_SHARE: f64 = 0.05;

/// Times that the points are drawn anew to tell how sure a figure is.
const RESAMPLES: usize = 1000;

/// What is said of all designs. There is none of an incomplete experiment.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// One a design.
    pub designs: Vec<Standing>,
    /// How the designs rank by each criterion; none of a single design.
    pub rankings: Vec<(Criterion, Ranking)>,
    /// Futures in which some design has no score, so that there is no regret in them.
    pub without_score: usize,
}

/// What is said of one design.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Whether each future meets all goals.
    pub met: Vec<bool>,
    /// Share of the futures that meet each goal.
    pub goals: Vec<Share>,
    /// Share of the futures that meet all goals.
    pub all_goals: Share,
    /// Mean of the score over all futures.
    pub score: Option<f64>,
    /// Mean of the score over its worst futures.
    pub worst: Option<(f64, Option<Interval>)>,
    /// How much better the best design is in each future, in the unit of the score; `None` where a design has no score.
    pub regret: Vec<Option<f64>>,
    /// Mean of that over all futures.
    pub mean_regret: Option<(f64, Option<Interval>)>,
    /// The largest regret, and the future that has it.
    pub largest_regret: Option<(f64, usize)>,
    /// What it takes to be as before the shock.
    pub recovery: Recovery,
    /// Where it does not meet all goals.
    pub failing: Failing,
    /// Where it does not meet each goal.
    pub failing_goals: Vec<Failing>,
}

/// A share of futures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Futures that count.
    pub some: usize,
    /// All futures.
    pub all: usize,
    /// 95% interval by resampled points; Wilson's over the points where no future counts or every one.
    pub interval: Option<Interval>,
}

/// Recovery over all futures in which the shock strikes at a fixed step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recovery {
    /// Whether a run recovered.
    pub recovered: Tally,
    /// Steps that it took, of runs that recovered.
    pub steps: Tally,
}

/// What designs are ranked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Share of the futures that meet all goals; more is better.
    Goals,
    /// Mean regret; less is better.
    Regret,
    /// The worst futures.
    Worst,
}

/// Scores and goals of all designs, a list for each.
struct Material<'a> {
    futures: &'a Futures,
    stress: &'a Stress,
    met: Vec<Vec<bool>>,
    /// Scores turned so that more is better.
    merit: Vec<Vec<Option<f64>>>,
    regret: Vec<Vec<Option<f64>>>,
    /// How often each point is drawn, in each resample.
    draws: Vec<Vec<u32>>,
}

impl Verdict {
    /// What is said of the designs; `None` unless every design has met every future.
    pub fn of(futures: &Futures, stress: &Stress) -> Option<Self> {
        if !stress.is_complete() {
            return None;
        }
        let designs = 0..futures.designs.len();
        let met = |design: usize| -> Vec<bool> {
            stress.cells.iter().map(|cells| futures.is_met(&cells[design], cells[design].met_all)).collect()
        };
        let merit: Vec<Vec<Option<f64>>> = designs.clone().map(|design| merits(futures, stress, design)).collect();
        let material = Material {
            met: designs.clone().map(met).collect(),
            regret: regrets(&merit),
            merit,
            draws: resamples(futures.points.len(), RESAMPLES, stress.seed),
            futures,
            stress,
        };
        let criteria = [Criterion::Goals, Criterion::Regret, Criterion::Worst].into_iter();
        let figures: Vec<(Criterion, Vec<Vec<f64>>)> =
            criteria.map(|criterion| (criterion, material.figures(criterion))).collect();
        let ranked = figures.iter().filter_map(|(criterion, figures)| Some((*criterion, ranking(figures)?)));
        Some(Self {
            rankings: if futures.designs.len() > 1 { ranked.collect() } else { Vec::new() },
            without_score: material.regret.first().map_or(0, |list| list.iter().filter(|one| one.is_none()).count()),
            designs: designs.map(|design| material.standing(design, &figures)).collect(),
        })
    }
}

impl Futures {
    /// Whether a future counts as one in which a goal is met, from the number of runs that met it.
    pub fn is_met(&self, cell: &Cell, met: u64) -> bool {
        cell.runs > 0 && cell.share(met) >= self.shocks.file.met_in
    }
}

/// Means of the score in each future, turned so that more is better.
fn merits(futures: &Futures, stress: &Stress, design: usize) -> Vec<Option<f64>> {
    let sign = if futures.score.better == Better::Lower { -1.0 } else { 1.0 };
    stress.cells.iter().map(|cells| cells[design].score.mean().map(|mean| sign * mean)).collect()
}

/// For each design and future how much better the best design is; nothing in futures in which a design has no score.
fn regrets(merit: &[Vec<Option<f64>>]) -> Vec<Vec<Option<f64>>> {
    let count = merit.first().map_or(0, Vec::len);
    let best: Vec<Option<f64>> = (0..count)
        .map(|future| {
            let scores: Option<Vec<f64>> = merit.iter().map(|scores| scores[future]).collect();
            scores.map(|scores| scores.into_iter().fold(f64::NEG_INFINITY, f64::max))
        })
        .collect();
    let of = |scores: &Vec<Option<f64>>| {
        scores.iter().zip(&best).map(|(own, best)| Some(((*best)? - (*own)?).max(0.0))).collect()
    };
    merit.iter().map(of).collect()
}

impl Material<'_> {
    /// The figure of every design in every resample, more being better.
    fn figures(&self, criterion: Criterion) -> Vec<Vec<f64>> {
        let designs = 0..self.futures.designs.len();
        self.draws
            .iter()
            .map(|drawn| designs.clone().map(|design| self.figure(criterion, design, drawn)).collect())
            .collect()
    }

    /// The figure of a design if each point counts as often as it is drawn; NaN where there is none.
    fn figure(&self, criterion: Criterion, design: usize, drawn: &[u32]) -> f64 {
        let values = |list: &[Option<f64>]| -> (Vec<f64>, Vec<u32>) {
            let there =
                list.iter().enumerate().filter_map(|(future, value)| Some(((*value)?, self.weight(drawn, future))));
            there.unzip()
        };
        match criterion {
            Criterion::Goals => {
                let met: Vec<f64> = self.met[design].iter().map(|met| f64::from(u8::from(*met))).collect();
                let weights: Vec<u32> = (0..met.len()).map(|future| self.weight(drawn, future)).collect();
                weighted_mean(&met, &weights)
            }
            Criterion::Regret => {
                let (regret, weights) = values(&self.regret[design]);
                -weighted_mean(&regret, &weights)
            }
            Criterion::Worst => {
                let (merit, weights) = values(&self.merit[design]);
                worst_mean(&merit, &weights, WORST_SHARE).unwrap_or(f64::NAN)
            }
        }
    }

    fn weight(&self, drawn: &[u32], future: usize) -> u32 {
        drawn[self.futures.place(future).0]
    }

    fn standing(&self, design: usize, figures: &[(Criterion, Vec<Vec<f64>>)]) -> Standing {
        let Self { futures, stress, .. } = self;
        let once = vec![1; futures.points.len()];
        let figure = |criterion: Criterion, sign: f64| {
            let value = self.figure(criterion, design, &once);
            let resampled = figures.iter().find(|(known, _)| *known == criterion).map_or(&[][..], |(_, rows)| rows);
            let interval = percentile_interval(resampled.iter().map(|row| row[design]), LEVEL);
            let turned = |Interval { low, high }| {
                if sign < 0.0 { Interval { low: -high, high: -low } } else { Interval { low, high } }
            };
            value.is_finite().then(|| (sign * value, interval.map(turned)))
        };
        let sign = if futures.score.better == Better::Lower { -1.0 } else { 1.0 };
        let regret = &self.regret[design];
        let largest = regret.iter().enumerate().filter_map(|(future, regret)| Some(((*regret)?, future)));
        let mut recovery = Recovery::default();
        let mut score = Tally::default();
        for cells in &stress.cells {
            recovery.recovered.merge(&cells[design].recovered);
            recovery.steps.merge(&cells[design].recovery);
            score.merge(&cells[design].score);
        }
        let met = |goal: usize| -> Vec<bool> {
            stress.cells.iter().map(|cells| futures.is_met(&cells[design], cells[design].met[goal])).collect()
        };
        let goals: Vec<Vec<bool>> = (0..futures.goals().len()).map(met).collect();
        Standing {
            goals: goals.iter().map(|met| self.share(met)).collect(),
            failing_goals: goals.iter().map(|met| failing(futures, met)).collect(),
            all_goals: self.share(&self.met[design]),
            score: score.mean(),
            worst: figure(Criterion::Worst, sign),
            mean_regret: figure(Criterion::Regret, -1.0),
            largest_regret: largest.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))),
            regret: regret.clone(),
            recovery,
            failing: failing(futures, &self.met[design]),
            met: self.met[design].clone(),
        }
    }

    fn share(&self, met: &[bool]) -> Share {
        let some = met.iter().filter(|met| **met).count();
        let points = self.futures.points.len() as u64;
        let interval = match some {
            0 => wilson_interval(0, points, LEVEL),
            all if all == met.len() => wilson_interval(points, points, LEVEL),
            _ => {
                let numbers: Vec<f64> = met.iter().map(|met| f64::from(u8::from(*met))).collect();
                let again = |drawn: &Vec<u32>| {
                    let weights: Vec<u32> = (0..met.len()).map(|future| self.weight(drawn, future)).collect();
                    weighted_mean(&numbers, &weights)
                };
                percentile_interval(self.draws.iter().map(again), LEVEL)
            }
        };
        Share { some, all: met.len(), interval }
    }
}

impl Share {
    /// As a number from 0 to 1.
    pub fn value(&self) -> f64 {
        self.some as f64 / self.all.max(1) as f64
    }
}

/// The mean with whole weights; NaN without weight.
fn weighted_mean(values: &[f64], weights: &[u32]) -> f64 {
    let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * f64::from(*weight)).sum();
    let weight: f64 = weights.iter().map(|weight| f64::from(*weight)).sum();
    if weight > 0.0 { sum / weight } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two designs in three futures with scores 9, 4, 7 and 8, 6, 7: the best are 9, 6 and 7.
    #[test]
    fn regret_is_what_the_best_design_has_more_in_the_same_future() {
        let merit = [[9.0, 4.0, 7.0].map(Some).to_vec(), [8.0, 6.0, 7.0].map(Some).to_vec()];
        let found = regrets(&merit);
        assert_eq!(found, [[0.0, 2.0, 0.0].map(Some), [1.0, 0.0, 0.0].map(Some)]);
    }

    #[test]
    fn a_future_without_a_score_has_no_regret_for_anybody() {
        let merit = [vec![Some(1.0), None], vec![Some(3.0), Some(2.0)]];
        assert_eq!(regrets(&merit), [vec![Some(2.0), None], vec![Some(0.0), None]]);
    }
}
