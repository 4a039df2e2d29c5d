//! Approximate Bayesian computation by sequential Monte Carlo: points of a unit cube that close in, round by round, on where
//! a simulation fits data (Del Moral, Doucet & Jasra 2012, Statistics and Computing 22; before them Toni et al. 2009, Journal
//! of the Royal Society Interface 6, and Beaumont et al. 2009, Biometrika 96).
//!
//! The misfit of a point is the sum over the data of squared differences in units of their errors. A point counts by a normal
//! kernel of its misfit, the errors multiplied by a *tolerance*. With a tolerance of 1 that is the density of the data's own
//! errors, and the points are a sample of the posterior distribution under them (Wilkinson 2013, Statistical Applications in
//! Genetics and Molecular Biology 12). Each round lowers the tolerance by as much as keeps half the points in play, draws
//! points anew by what they count, and moves each by one step of a Metropolis chain that leaves the distribution as it is.
//! A round costs one simulation a point, so that the cost of a search is known before it begins.
//!
//! The prior is even over the cube; what its edges stand for is the caller's.

use super::design::sobol_sequence;
use super::uniform::Uniform;

/// A search for where a misfit is small.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// Number of points.
    pub particles: usize,
    /// Dimensions of the cube.
    pub dimensions: usize,
    /// Seed of the points.
    pub seed: u64,
}

/// Points that count alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Population {
    /// Points of the unit cube.
    pub points: Vec<Vec<f64>>,
    /// The misfit of each; infinite for what is impossible.
    pub misfits: Vec<f64>,
    /// What the errors of the data are multiplied by; infinite before the data are looked at.
    pub tolerance: f64,
}

/// What is tried in a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The tolerance of the round.
    pub tolerance: f64,
    /// For each new point the position of the old one that it comes from.
    pub parents: Vec<usize>,
    /// Where each would go; `None` where that is out of the cube, so that it stays.
    pub points: Vec<Option<Vec<f64>>>,
}

/// Share of the points that a tolerance must keep in play, as their effective number (Del Moral, Doucet & Jasra 2012).
const IN_PLAY: f64 = 0.5;

/// A tolerance is lowered by at least this share, or left as it is.
const LEAST_CHANGE: f64 = 0.02;

/// Halvings in the search for a tolerance, enough to tell apart any two that matter.
const HALVINGS: usize = 60;

/// Size of a step against the spread of the points, for one dimension (Roberts, Gelman & Gilks 1997, Annals of Applied
/// Probability 7).
const STEP: f64 = 2.38;

/// The least variance along an axis, where all points are one: a hundred-thousandth of the cube, squared.
const LEAST_VARIANCE: f64 = 1e-10;

/// What chance is for, so that no two draws of a round come from one stream.
#[derive(Clone, Copy)]
enum Draw {
    Parents,
    Steps,
    Acceptance,
}

impl Search {
    /// The points of the prior to begin with: a Sobol sequence.
    pub fn first(&self) -> Vec<Vec<f64>> {
        sobol_sequence(self.particles, self.dimensions, self.seed)
    }

    /// What to try next. The tolerance is the least that keeps half the points in play, and not below `goal`. `None` if no
    /// point is possible.
    pub fn propose(&self, round: u64, population: &Population, goal: f64) -> Option<Proposal> {
        let tolerance = population.next_tolerance(goal)?;
        let weights = population.weights_at(tolerance);
        let parents = if tolerance < population.tolerance {
            systematic(&weights, self.chance(round, Draw::Parents).number())
        } else {
            (0..population.points.len()).collect()
        };
        let root = cholesky(&covariance(&population.points, &weights, self.dimensions));
        let scale = STEP / (self.dimensions as f64).sqrt();
        let mut chance = self.chance(round, Draw::Steps);
        let points = parents.iter().map(|parent| {
            let step: Vec<f64> = root.iter().map(|_| scale * chance.normal()).collect();
            let moved = |(row, from): (&Vec<f64>, &f64)| from + dot(row, &step);
            let point: Vec<f64> = root.iter().zip(&population.points[*parent]).map(moved).collect();
            point.iter().all(|share| (0.0..1.0).contains(share)).then_some(point)
        });
        Some(Proposal { tolerance, points: points.collect(), parents })
    }

    /// The population after the proposals with these misfits, infinite where there is none or it is impossible, and for each
    /// of its points whether it has moved.
    pub fn accept(
        &self,
        round: u64,
        population: &Population,
        proposal: Proposal,
        misfits: &[f64],
    ) -> (Population, Vec<bool>) {
        let mut chance = self.chance(round, Draw::Acceptance);
        let Proposal { tolerance, parents, points } = proposal;
        let mut next = Population { points: Vec::new(), misfits: Vec::new(), tolerance };
        let mut moved = Vec::with_capacity(parents.len());
        for ((parent, point), misfit) in parents.iter().zip(points).zip(misfits) {
            let before = population.misfits[*parent];
            let ratio = libm::exp((before - misfit) / (2.0 * tolerance * tolerance));
            let accepted = chance.number() < ratio;
            let (point, misfit) = match point {
                Some(point) if accepted => (point, *misfit),
                _ => (population.points[*parent].clone(), before),
            };
            moved.push(accepted);
            next.points.push(point);
            next.misfits.push(misfit);
        }
        (next, moved)
    }

    fn chance(&self, round: u64, draw: Draw) -> Uniform {
        let kinds = Draw::Acceptance as u64 + 1;
        Uniform::stream(self.seed, round * kinds + draw as u64)
    }
}

impl Population {
    /// The least tolerance that keeps enough points in play, or the one there is. `None` if no point is possible.
    fn next_tolerance(&self, goal: f64) -> Option<f64> {
        let possible = || self.misfits.iter().copied().filter(|misfit| misfit.is_finite());
        let least = possible().reduce(f64::min)?;
        // Stretched to the whole range of the misfits, errors hardly tell one point from another.
        let highest = self.tolerance.min((possible().fold(least, f64::max) - least).sqrt()).max(goal);
        let enough = IN_PLAY * possible().count() as f64;
        let is_enough = |tolerance: f64| effective(&self.weights_at(tolerance)) >= enough;
        let next = least_where(is_enough, goal, highest);
        Some(if next > self.tolerance * (1.0 - LEAST_CHANGE) { self.tolerance } else { next })
    }

    /// What each point counts for at a lower tolerance, with a sum of 1.
    fn weights_at(&self, tolerance: f64) -> Vec<f64> {
        let inverse = |tolerance: f64| 0.5 / (tolerance * tolerance);
        let factor = inverse(tolerance) - inverse(self.tolerance);
        let least = self.misfits.iter().copied().fold(f64::INFINITY, f64::min);
        let weight = |misfit: &f64| if misfit.is_finite() { libm::exp((least - misfit) * factor) } else { 0.0 };
        let raw: Vec<f64> = self.misfits.iter().map(weight).collect();
        let sum: f64 = raw.iter().sum();
        raw.iter().map(|weight| weight / sum).collect()
    }
}

/// The smallest value between two at which something holds that holds above it; the highest if it holds nowhere.
fn least_where(holds: impl Fn(f64) -> bool, lowest: f64, highest: f64) -> f64 {
    if holds(lowest) {
        return lowest;
    }
    let (mut low, mut high) = (libm::log(lowest), libm::log(highest));
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if holds(libm::exp(middle)) {
            high = middle;
        } else {
            low = middle;
        }
    }
    libm::exp(high)
}

/// How many points of equal weight would tell as much (Kish's effective sample size).
fn effective(weights: &[f64]) -> f64 {
    1.0 / weights.iter().map(|weight| weight * weight).sum::<f64>()
}

/// Systematic resampling: as many positions as there are weights, each as often as its weight says, up to one.
fn systematic(weights: &[f64], start: f64) -> Vec<usize> {
    let count = weights.len();
    let (mut position, mut sum) = (0, weights.first().copied().unwrap_or(1.0));
    let mut chosen = Vec::with_capacity(count);
    for tick in 0..count {
        let at = (tick as f64 + start) / count as f64;
        while sum <= at && position + 1 < count {
            position += 1;
            sum += weights[position];
        }
        chosen.push(position);
    }
    chosen
}

/// The weighted covariance of the points.
fn covariance(points: &[Vec<f64>], weights: &[f64], dimensions: usize) -> Vec<Vec<f64>> {
    let mean = |axis: usize| points.iter().zip(weights).map(|(point, weight)| weight * point[axis]).sum::<f64>();
    let means: Vec<f64> = (0..dimensions).map(mean).collect();
    let entry = |row: usize, column: usize| {
        let product =
            |(point, weight): (&Vec<f64>, &f64)| weight * (point[row] - means[row]) * (point[column] - means[column]);
        let sum = points.iter().zip(weights).map(product).sum::<f64>();
        if row == column { sum.max(LEAST_VARIANCE) } else { sum }
    };
    (0..dimensions).map(|row| (0..dimensions).map(|column| entry(row, column)).collect()).collect()
}

/// The lower triangle whose product with its transpose is the matrix (Cholesky). Axes that move together to the last digit
/// are kept a thousandth apart.
fn cholesky(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut root = vec![vec![0.0; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let known = dot(&root[row][..column], &root[column][..column]);
            root[row][column] = if row == column {
                (matrix[row][row] - known).max(matrix[row][row] * 1e-6).sqrt()
            } else {
                (matrix[row][column] - known) / root[column][column]
            };
        }
    }
    root
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

#[cfg(test)]
mod tests;
