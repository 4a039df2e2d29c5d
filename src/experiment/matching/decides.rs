//! What a difference over all points comes to, what decides it, and what to measure next.
//!
//! A point says *higher* or *lower* where Student's 95% interval of its difference, run by run, leaves out nought. What decides is told
//! by rank correlation over the points, by the value of a number at which the sign turns, and by a box of conditions (PRIM). What to
//! measure next: by how much the doubt would shrink, on average, if a number were known: the part of the variance over points that lies
//! between slices of that number (the first-order index of Sobol 1993, by slices, less what slices of chance would have), of the
//! difference and of whether it is above nought.

use crate::experiment::Level;
use crate::statistics::prim::{Column, Limits, Patience, prim, telling};
use crate::statistics::{Tally, normal_quantile, quantile, rank_correlation, student_t_quantile};

/// How something lies over all points, luck apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Its mean over points.
    pub mean: f64,
    /// Between which values it lies at nine tenths of the points, luck taken out.
    pub interval: [f64; 2],
    /// Standard error that luck leaves it at a point, as the root of the mean square.
    pub luck: f64,
}

/// A difference over all points.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Points at which it is surely above nought.
    pub higher: usize,
    /// Points at which it is surely below.
    pub lower: usize,
    /// Points at which it is the same in every run.
    pub same: usize,
    /// Points at which luck leaves it open.
    pub unclear: usize,
    /// Points in all.
    pub points: usize,
    /// Its mean over points.
    pub mean: f64,
    /// Between which values it lies at nine tenths of the points, luck taken out.
    pub interval: [f64; 2],
    /// Standard error that luck leaves it at a point, as the root of the mean square.
    pub luck: f64,
    /// Each open number, in their order.
    pub numbers: Vec<Influence>,
    /// Conditions under which points that say higher are densest.
    pub region: Option<Region>,
}

/// What a number has to do with a difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Influence {
    /// Spearman's rank correlation over points.
    pub rank: f64,
    /// Whether that is more than chance among so many numbers would show once in twenty times.
    pub is_clear: bool,
    /// Share of the doubt about the difference that would go if the number were known.
    pub value_of_knowing: f64,
    /// Share of the doubt about its sign that would.
    pub sign_of_knowing: f64,
    /// Where the sign turns, if it does.
    pub turn: Option<Turn>,
}

/// Where a sign turns along a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// The value.
    pub at: f64,
    /// Whether the difference is above nought above it.
    pub higher_above: bool,
    /// Points with more than that value, and those of them that are above nought.
    pub above: [usize; 2],
    /// Points with less, and those of them that are above nought.
    pub below: [usize; 2],
}

/// A box of conditions.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Position of a number, and between which values it lies; `None` where the box has no end there.
    pub limits: Vec<(usize, [Option<f64>; 2])>,
    /// Points in it.
    pub points: usize,
    /// Those of them that say higher.
    pub higher: usize,
}

/// A sign is said to turn only if at least this share of the points is on each side.
const LEAST_SIDE: f64 = 0.05;

/// A limit of a box is told if it would be there by chance less often.
const CHANCE: f64 = 0.01;

impl Difference {
    /// Of differences with their standard errors from so many runs, at points with these values of the numbers.
    pub fn of(differences: &[(f64, f64)], runs: u64, values: &[&[f64]]) -> Self {
        let kept: Vec<usize> = (0..differences.len()).filter(|at| differences[*at].0.is_finite()).collect();
        let means: Vec<f64> = kept.iter().map(|at| differences[*at].0).collect();
        // Of a difference that too few runs have, nothing is sure.
        let known = |error: f64| if error.is_finite() { error } else { f64::INFINITY };
        let errors: Vec<f64> = kept.iter().map(|at| known(differences[*at].1)).collect();
        let reach = student_t_quantile(0.5 + Level::USUAL.share() / 2.0, runs.saturating_sub(1).max(1));
        let told = || means.iter().zip(&errors);
        let higher: Vec<bool> = told().map(|(mean, error)| *mean > reach * error).collect();
        let above = higher.iter().filter(|higher| **higher).count();
        let below = told().filter(|(mean, error)| **mean < -reach * **error).count();
        let same = told().filter(|(mean, error)| **mean == 0.0 && **error == 0.0).count();
        let Spread { mean, interval, luck } = Spread::of(differences);
        let dimensions = values.first().map_or(0, |point| point.len());
        let column = |number: usize| -> Vec<f64> { kept.iter().map(|at| values[*at][number]).collect() };
        let columns: Vec<Vec<f64>> = (0..dimensions).map(column).collect();
        Self {
            higher: above,
            lower: below,
            same,
            unclear: means.len() - above - below - same,
            points: means.len(),
            mean,
            interval,
            luck,
            numbers: columns.iter().map(|column| influence(column, &means, dimensions)).collect(),
            region: region(&columns, &higher),
        }
    }

    /// Positions of the numbers that clearly have to do with it, the closest first.
    pub fn deciding(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.numbers.len()).filter(|number| self.numbers[*number].is_clear).collect();
        order.sort_by(|a, b| self.numbers[*b].rank.abs().total_cmp(&self.numbers[*a].rank.abs()));
        order
    }

    /// Whether enough points are on each side of nought for the sign to be in doubt.
    pub fn sign_is_open(&self) -> bool {
        self.higher.min(self.lower) as f64 >= LEAST_SIDE * self.points as f64
    }
}

impl Spread {
    /// Of values with their standard errors; values that are none are left out.
    pub fn of(values: &[(f64, f64)]) -> Self {
        let kept = || values.iter().filter(|(value, _)| value.is_finite());
        let mut sorted: Vec<f64> = kept().map(|(value, _)| *value).collect();
        sorted.sort_by(f64::total_cmp);
        let all = tally(sorted.iter().copied());
        let squares = tally(kept().map(|(_, error)| error * error).filter(|square| square.is_finite()));
        let mean = all.mean().unwrap_or(f64::NAN);
        let luck = squares.mean().unwrap_or(0.0).sqrt();
        Self { mean, interval: interval(&sorted, &all, luck), luck }
    }
}

fn tally(values: impl Iterator<Item = f64>) -> Tally {
    let mut tally = Tally::default();
    values.for_each(|value| tally.push(value));
    tally
}

/// The ends of the middle nine tenths, drawn together by as much as luck has drawn them apart.
fn interval(sorted: &[f64], all: &Tally, luck: f64) -> [f64; 2] {
    let (mean, variance) = (all.mean().unwrap_or(f64::NAN), all.variance().unwrap_or(0.0));
    let factor = if variance > 0.0 { ((variance - luck * luck).max(0.0) / variance).sqrt() } else { 0.0 };
    [0.05, 0.95].map(|share| mean + factor * (quantile(sorted, share) - mean))
}

fn influence(column: &[f64], means: &[f64], dimensions: usize) -> Influence {
    let rank = rank_correlation(column, means).unwrap_or(0.0);
    let limit = normal_quantile(1.0 - (1.0 - Level::USUAL.share()) / 2.0 / dimensions.max(1) as f64);
    let signs: Vec<f64> = means.iter().map(|mean| f64::from(u8::from(*mean > 0.0))).collect();
    Influence {
        rank,
        is_clear: rank.abs() * ((means.len().max(1) - 1) as f64).sqrt() > limit,
        value_of_knowing: between_slices(column, means),
        sign_of_knowing: between_slices(column, &signs),
        turn: turn(column, means),
    }
}

/// Positions in the order of a column.
fn order(column: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_by(|a, b| column[*a].total_cmp(&column[*b]));
    order
}

/// Share of the variance that lies between slices of a column, less what it would be by chance (Kelley's epsilon squared, 1935).
fn between_slices(column: &[f64], values: &[f64]) -> f64 {
    let count = values.len();
    let slices = ((count as f64).sqrt() / 2.0).round().clamp(2.0, 12.0) as usize;
    // The sum of the squared distances from the mean.
    let squares = |some: &Tally| some.variance().unwrap_or(0.0) * some.count().saturating_sub(1) as f64;
    let total = squares(&tally(values.iter().copied()));
    if count < 4 * slices || total <= 0.0 {
        return 0.0;
    }
    let order = order(column);
    let slice = |slice: usize| &order[slice * count / slices..(slice + 1) * count / slices];
    let within: f64 = (0..slices).map(|own| squares(&tally(slice(own).iter().map(|at| values[*at])))).sum();
    let noise = within / (count - slices) as f64;
    ((total - within - (slices - 1) as f64 * noise) / total).clamp(0.0, 1.0)
}

/// The value that parts points above nought from others best (Youden 1950).
fn turn(column: &[f64], means: &[f64]) -> Option<Turn> {
    let (count, positive) = (means.len(), means.iter().filter(|mean| **mean > 0.0).count());
    let negative = count - positive;
    if (positive.min(negative) as f64) < (LEAST_SIDE * count as f64).max(1.0) {
        return None;
    }
    let order = order(column);
    let mut best: Option<(f64, usize, usize)> = None;
    let mut below = 0;
    for (number, at) in order.iter().enumerate().take(count - 1) {
        below += usize::from(means[*at] > 0.0);
        let size = number + 1;
        let lead = (below as f64 / positive as f64 - (size - below) as f64 / negative as f64).abs();
        let is_edge = column[order[size]] <= column[*at];
        if !is_edge && best.is_none_or(|(most, ..)| lead > most) {
            best = Some((lead, size, below));
        }
    }
    let (_, size, below) = best?;
    let at = f64::midpoint(column[order[size - 1]], column[order[size]]);
    let higher_above = (positive - below) as f64 / (count - size) as f64 > below as f64 / size as f64;
    Some(Turn { at, higher_above, above: [count - size, positive - below], below: [size, below] })
}

/// The box in which points that say higher are densest; none where they are too few, too many, or the box is no better than chance.
fn region(columns: &[Vec<f64>], higher: &[bool]) -> Option<Region> {
    let count = higher.iter().filter(|higher| **higher).count() as f64;
    let all = higher.len() as f64;
    if count < LEAST_SIDE * all || count > (1.0 - LEAST_SIDE) * all {
        return None;
    }
    let numbers: Vec<Column> = columns.iter().map(|column| Column::Numbers(column.clone())).collect();
    let boxes = prim(&numbers, higher, Patience::default())?;
    let found = telling(&boxes)?;
    let whole = &boxes[0];
    let limits = found.limits.iter().zip(&whole.limits).zip(&found.quasi_p).enumerate();
    let limits = limits.filter_map(|(number, ((own, all), chance))| {
        let (Limits::Between(own), Limits::Between(all)) = (own, all) else { return None };
        let sure = |end: usize| chance[end].is_some_and(|chance| chance < CHANCE);
        let low = (own.low > all.low && sure(0)).then_some(own.low);
        let high = (own.high < all.high && sure(1)).then_some(own.high);
        (low.is_some() || high.is_some()).then_some((number, [low, high]))
    });
    let limits: Vec<(usize, [Option<f64>; 2])> = limits.collect();
    (!limits.is_empty()).then_some(Region { limits, points: found.cases, higher: found.of_interest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::design::sobol_sequence;

    /// The difference is x₀ − 0.4 and nothing else; luck of 0.05 at each point.
    #[test]
    fn the_number_that_decides_is_found_with_the_place_where_the_sign_turns() {
        let points = sobol_sequence(256, 5, 2);
        let values: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
        let differences: Vec<(f64, f64)> = points.iter().map(|point| (point[0] - 0.4, 0.05)).collect();
        let found = Difference::of(&differences, 1000, &values);
        assert_eq!(found.points, found.higher + found.lower + found.unclear + found.same);
        assert!(found.higher.abs_diff(128) < 3 && found.lower.abs_diff(77) < 3, "{found:?}");
        assert!((found.mean - 0.1).abs() < 0.01 && (found.luck - 0.05).abs() < 1e-12);
        assert_eq!(found.deciding(), [0]);
        let turn = found.numbers[0].turn.unwrap();
        assert!(
            (turn.at - 0.4).abs() < 0.01 && turn.higher_above && turn.above[0] == turn.above[1] && turn.below[1] == 0
        );
        assert!(found.numbers[0].value_of_knowing > 0.95 && found.numbers[0].sign_of_knowing > 0.85, "{found:?}");
        assert!(found.numbers[1..].iter().all(|number| number.value_of_knowing < 0.05), "{found:?}");
        let region = found.region.unwrap();
        assert!(
            region.limits[0].0 == 0 && region.limits[0].1[0].is_some_and(|low| (low - 0.5).abs() < 0.03),
            "{region:?}"
        );
    }

    #[test]
    fn what_nothing_moves_is_the_same_and_not_left_to_luck() {
        let values = [[0.1], [0.5], [0.9]];
        let values: Vec<&[f64]> = values.iter().map(<[f64; 1]>::as_slice).collect();
        let found = Difference::of(&[(0.0, 0.0), (0.0, 0.0), (0.1, 1.0)], 16, &values);
        assert_eq!((found.same, found.unclear, found.higher, found.lower), (2, 1, 0, 0));
    }

    #[test]
    fn luck_is_taken_out_of_the_interval_over_points() {
        let points = sobol_sequence(512, 2, 2);
        let values: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
        // The second number stands for luck of a standard deviation of 1.
        let noise = |point: &[f64]| normal_quantile(point[1].clamp(0.001, 0.999));
        let differences: Vec<(f64, f64)> = points.iter().map(|point| (0.1 * point[0] + noise(point), 1.0)).collect();
        let [low, high] = Difference::of(&differences, 16, &values).interval;
        assert!(high - low < 0.5, "{low} {high}");
    }
}
