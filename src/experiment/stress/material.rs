//! What a verdict is made of: goals, scores and regrets of all designs, and the same from resampled points.

use super::failing::failing;
use super::verdict::{Criterion, Recovery, Share, Standing, WORST_SHARE};
use super::{Cell, Futures, Stress};
use crate::model::measure::Better;
use crate::statistics::ranking::{percentile_interval, resamples};
use crate::statistics::{Interval, Tally, wilson_interval, worst_mean};
use rayon::prelude::*;

/// Times that the points are drawn anew to tell how sure a figure is.
const RESAMPLES: usize = 1000;

/// A criterion with the figure of every design in every resample.
pub(super) type Figures = (Criterion, Vec<Vec<f64>>);

/// Scores and goals of all designs, a list for each.
pub(super) struct Material<'a> {
    futures: &'a Futures,
    stress: &'a Stress,
    met: Vec<Vec<bool>>,
    /// Scores turned so that more is better.
    merit: Vec<Vec<Option<f64>>>,
    pub(super) regret: Vec<Vec<Option<f64>>>,
    /// How often each point is drawn, in each resample.
    draws: Vec<Vec<u32>>,
}

/// Means of the score in each future, turned so that more is better.
fn merits(futures: &Futures, stress: &Stress, design: usize) -> Vec<Option<f64>> {
    stress.cells.iter().map(|cells| cells[design].score.mean().map(|mean| sign(futures) * mean)).collect()
}

/// Turns the score so that more is better, and back. Of a stock more counts as better here: every future has a planner of its
/// own, who is not asked, and shocks take stock away.
fn sign(futures: &Futures) -> f64 {
    if futures.score.better == Better::Lower { -1.0 } else { 1.0 }
}

/// Whether each future of a design counts as one that meets what so many of its runs met.
fn met(futures: &Futures, stress: &Stress, design: usize, runs: impl Fn(&Cell) -> u64) -> Vec<bool> {
    stress.cells.iter().map(|cells| futures.is_met(&cells[design], runs(&cells[design]))).collect()
}

/// A tally over all futures.
fn merged(stress: &Stress, design: usize, of: impl Fn(&Cell) -> &Tally) -> Tally {
    let mut all = Tally::default();
    stress.cells.iter().for_each(|cells| all.merge(of(&cells[design])));
    all
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

impl<'a> Material<'a> {
    /// Gathers what came of the designs.
    pub(super) fn new(futures: &'a Futures, stress: &'a Stress) -> Self {
        let designs = 0..futures.designs.len();
        let merit: Vec<Vec<Option<f64>>> = designs.clone().map(|design| merits(futures, stress, design)).collect();
        Self {
            met: designs.map(|design| met(futures, stress, design, |cell| cell.met_all)).collect(),
            regret: regrets(&merit),
            merit,
            draws: resamples(futures.points.len(), RESAMPLES, stress.seed),
            futures,
            stress,
        }
    }

    /// The figure of every design in every resample, more being better.
    pub(super) fn figures(&self, criterion: Criterion) -> Vec<Vec<f64>> {
        let designs = 0..self.futures.designs.len();
        self.draws
            .par_iter()
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

    /// What is said of a design, given the number of futures that its runs leave open and its figures in each resample by each
    /// criterion.
    pub(super) fn standing(&self, design: usize, open: usize, figures: &[Figures]) -> Standing {
        let Self { futures, stress, .. } = self;
        let regret = &self.regret[design];
        let largest = regret.iter().enumerate().filter_map(|(future, regret)| Some(((*regret)?, future)));
        let goals: Vec<Vec<bool>> =
            (0..futures.goals().len()).map(|goal| met(futures, stress, design, |cell| cell.met[goal])).collect();
        Standing {
            goals: goals.iter().map(|met| self.share(met)).collect(),
            failing_goals: goals.iter().map(|met| failing(futures, met)).collect(),
            all_goals: self.share(&self.met[design]),
            open,
            score: merged(stress, design, |cell| &cell.score).mean(),
            worst: self.with_interval(design, Criterion::Worst, sign(futures), figures),
            mean_regret: self.with_interval(design, Criterion::Regret, -1.0, figures),
            largest_regret: largest.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))),
            regret: regret.clone(),
            recovery: Recovery {
                recovered: merged(stress, design, |cell| &cell.recovered),
                steps: merged(stress, design, |cell| &cell.recovery),
            },
            failing: failing(futures, &self.met[design]),
            met: self.met[design].clone(),
        }
    }

    /// A figure with its percentile interval, turned back by `sign` from more being better.
    fn with_interval(
        &self,
        design: usize,
        criterion: Criterion,
        sign: f64,
        figures: &[Figures],
    ) -> Option<(f64, Option<Interval>)> {
        let value = self.figure(criterion, design, &vec![1; self.futures.points.len()]);
        let resampled = figures.iter().find(|(known, _)| *known == criterion).map_or(&[][..], |(_, rows)| rows);
        let interval = percentile_interval(resampled.iter().map(|row| row[design]), self.stress.level.share());
        let turned = |Interval { low, high }| {
            if sign < 0.0 { Interval { low: -high, high: -low } } else { Interval { low, high } }
        };
        value.is_finite().then(|| (sign * value, interval.map(turned)))
    }

    fn share(&self, met: &[bool]) -> Share {
        let some = met.iter().filter(|met| **met).count();
        let points = self.futures.points.len() as u64;
        let interval = match some {
            0 => wilson_interval(0, points, self.stress.level.share()),
            all if all == met.len() => wilson_interval(points, points, self.stress.level.share()),
            _ => {
                let numbers: Vec<f64> = met.iter().map(|met| f64::from(u8::from(*met))).collect();
                let again = |drawn: &Vec<u32>| {
                    let weights: Vec<u32> = (0..met.len()).map(|future| self.weight(drawn, future)).collect();
                    weighted_mean(&numbers, &weights)
                };
                percentile_interval(self.draws.iter().map(again), self.stress.level.share())
            }
        };
        Share { some, all: met.len(), interval }
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
