//! Which set of rules is worth most at each point that the evidence leaves, and how far each is behind the best there.

use crate::experiment::difference_interval;
use crate::experiment::principles::Effects;
use crate::statistics::quantile;
use crate::statistics::shapley::Coalition;

/// Sets of rules, and what each is worth at every point in the measure that was asked about first.
#[derive(Clone, Debug, Default)]
pub struct Sets {
    /// The sets that were run, in ascending order; bit `i` is the rule at position `i`.
    pub listed: Vec<Coalition>,
    /// What came of them at each point that is done.
    pub points: Vec<SetsAt>,
}

/// Sets of rules at a point.
#[derive(Clone, Debug)]
pub struct SetsAt {
    /// What each set is worth, the more the better; NaN where no run has a value.
    worth: Vec<f64>,
    /// The set that is worth most; of several that come to the same, one of the fewest rules.
    best: usize,
    /// Whether it is surely worth more than the best of any other size, and than the next of its own: by runs that did not choose it.
    is_clear: bool,
}

/// A set of rules over all points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SetOver {
    /// The rules.
    pub coalition: Coalition,
    /// Points at which it is worth most.
    pub best: usize,
    /// Those of them at which that is more than luck.
    pub clear: usize,
    /// By how much it is behind the best set of each point, on average.
    pub behind: f64,
    /// And at the worst twentieth of the points at least.
    pub behind_at_worst: f64,
}

impl SetsAt {
    /// Of what rules do to a measure; `None` of one of which neither direction is better.
    pub(super) fn of(effects: &Effects, listed: &[Coalition]) -> Option<Self> {
        let worth: Vec<f64> = effects
            .worth
            .iter()
            .map(|tally| tally.mean().map_or(Some(f64::NAN), |mean| effects.measure.good(mean)))
            .collect::<Option<_>>()?;
        let best = best_of(&worth, listed)?;
        let is_above = |tally, none| {
            difference_interval(tally, effects.measure.sort, effects.level).map_or(none, |ends| ends.low > 0.0)
        };
        let is_clear = effects.top().is_some_and(|top| {
            let others = effects.best.iter().filter(|other| other.coalition != top.coalition);
            top.coalition == listed[best]
                && others.into_iter().all(|other| is_above(&other.behind, false))
                && (top.next.is_none() || is_above(&top.over_next, false))
        });
        Some(Self { worth, best, is_clear })
    }
}

/// Position of the greatest value; of equal ones that of the smallest set.
fn best_of(worth: &[f64], listed: &[Coalition]) -> Option<usize> {
    let known = (0..worth.len()).filter(|at| worth[*at].is_finite());
    known.max_by(|a, b| {
        let smaller = listed[*b].count_ones().cmp(&listed[*a].count_ones());
        worth[*a].total_cmp(&worth[*b]).then(smaller).then(b.cmp(a))
    })
}

impl Sets {
    /// The sets that are worth most at some point, those first that are at most points; of none, nothing.
    pub fn ranked(&self) -> Vec<SetOver> {
        let mut all: Vec<SetOver> =
            (0..self.listed.len()).map(|set| self.over(set)).filter(|set| set.best > 0).collect();
        all.sort_by(|a, b| b.best.cmp(&a.best).then(a.behind.total_cmp(&b.behind)).then(a.coalition.cmp(&b.coalition)));
        all
    }

    fn over(&self, set: usize) -> SetOver {
        let best = self.points.iter().filter(|at| at.best == set);
        let mut behind: Vec<f64> =
            self.points.iter().map(|at| at.worth[at.best] - at.worth[set]).filter(|far| far.is_finite()).collect();
        behind.sort_by(f64::total_cmp);
        SetOver {
            coalition: self.listed[set],
            best: best.clone().count(),
            clear: best.filter(|at| at.is_clear).count(),
            behind: behind.iter().sum::<f64>() / behind.len().max(1) as f64,
            behind_at_worst: quantile(&behind, 0.95),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(worth: [f64; 4], is_clear: bool) -> SetsAt {
        let best = best_of(&worth, &[0, 1, 2, 3]).expect("one is best");
        SetsAt { worth: worth.to_vec(), best, is_clear }
    }

    #[test]
    fn sets_are_counted_where_they_are_best_and_are_behind_elsewhere() {
        let points =
            vec![at([0.0, 3.0, 1.0, 2.0], true), at([0.0, 4.0, 1.0, 5.0], true), at([0.0, 2.0, 1.0, 1.0], false)];
        let ranked = Sets { listed: vec![0, 1, 2, 3], points }.ranked();
        let counts: Vec<(Coalition, usize, usize)> =
            ranked.iter().map(|set| (set.coalition, set.best, set.clear)).collect();
        assert_eq!(counts, [(1, 2, 1), (3, 1, 1)]);
        // Behind by nothing, 1 and nothing; by 1, nothing and 1.
        assert!((ranked[0].behind - 1.0 / 3.0).abs() < 1e-12 && (ranked[1].behind - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn of_sets_that_come_to_the_same_the_smallest_is_best() {
        assert_eq!(at([0.0, 2.0, 2.0, 2.0], false).best, 1);
        assert_eq!(at([2.0, 2.0, 2.0, 2.0], false).best, 0);
        assert_eq!(at([f64::NAN, 2.0, 3.0, f64::NAN], false).best, 2);
    }
}
