//! What a stress test says of each design: goals met, regret, the worst futures, recovery, and how sure the ranking is.

use super::failing::Failing;
use super::material::{Figures, Material};
use super::{Cell, Futures, Stress};
use crate::statistics::ranking::{Ranking, ranking};
use crate::statistics::{Interval, Tally, wilson_interval};

/// Share of the futures that counts as the worst.
pub const WORST_SHARE: f64 = 0.05;

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
    /// Futures of which its runs leave open whether they meet all goals.
    pub open: usize,
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
    /// Interval by resampled points; Wilson's over the points where no future counts or every one.
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

impl Verdict {
    /// What is said of the designs; `None` unless every design has met every future.
    pub fn of(futures: &Futures, stress: &Stress) -> Option<Self> {
        if !stress.is_complete() {
            return None;
        }
        let material = Material::new(futures, stress);
        let open = futures.open(stress);
        let criteria = [Criterion::Goals, Criterion::Regret, Criterion::Worst].into_iter();
        let figures: Vec<Figures> = criteria.map(|criterion| (criterion, material.figures(criterion))).collect();
        let ranked = figures.iter().filter_map(|(criterion, figures)| Some((*criterion, ranking(figures)?)));
        Some(Self {
            rankings: if futures.designs.len() > 1 { ranked.collect() } else { Vec::new() },
            without_score: material.regret.first().map_or(0, |list| list.iter().filter(|one| one.is_none()).count()),
            designs: (0..futures.designs.len())
                .map(|design| material.standing(design, open[design], &figures))
                .collect(),
        })
    }
}

impl Futures {
    /// Whether a future counts as one in which a goal is met, from the number of runs that met it.
    pub fn is_met(&self, cell: &Cell, met: u64) -> bool {
        cell.runs > 0 && cell.share(met) >= self.shocks.file.met_in
    }

    /// Of each design the number of futures of which its runs leave open whether all goals are met there: Wilson's interval
    /// of the share of its runs that meet them holds both shares that count and shares that do not.
    pub fn open(&self, stress: &Stress) -> Vec<usize> {
        let enough = self.shocks.file.met_in;
        let is_open = |cell: &Cell| {
            wilson_interval(cell.met_all, cell.runs, stress.level.share())
                .is_none_or(|ends| ends.low < enough && ends.high >= enough)
        };
        let of = |design: usize| stress.cells.iter().filter(|cells| is_open(&cells[design])).count();
        (0..self.designs.len()).map(of).collect()
    }

    /// Whether at most such a share of the futures is open for any design; never, if nothing is asked.
    pub(in crate::experiment) fn is_precise(&self, stress: &Stress, precision: Option<f64>) -> bool {
        let Some(share) = precision else { return false };
        self.open(stress).into_iter().all(|open| open as f64 <= share * self.count() as f64)
    }
}

impl Share {
    /// As a number from 0 to 1.
    pub fn value(&self) -> f64 {
        self.some as f64 / self.all.max(1) as f64
    }
}
