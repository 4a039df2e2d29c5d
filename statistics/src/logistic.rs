//! Logistic regression of a chance on numbers (`McCullagh` and Nelder 1989, chapter 4), and where the fitted chance is one half.
//!
//! Where cells are strewn over a space and lie on no line, there is no neighbour to draw a straight line to. A fit over all of
//! them tells where the chance crosses one half, as far as a plane can tell; how far that is, cells left out of the fit say.

use super::interval::{Interval, upper_probability};
use super::summary::quantile;
use super::uniform::Uniform;

/// Where a chance crosses one half, by a fit over points strewn over a space.
#[derive(Clone, Debug, PartialEq)]
pub struct Boundary {
    /// One a number, the others being in the middle of their ranges; `None` where the chance does not cross within its range.
    pub crossings: Vec<Option<FittedCrossing>>,
    /// Share of points that a fit without them puts on the right side of one half: of those above or of those below, whichever
    /// is the smaller.
    pub placed: f64,
}

/// A place along one number at which a fitted chance is one half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FittedCrossing {
    /// The place.
    pub at: f64,
    /// Interval of it over resampled points (percentiles), within the range.
    pub interval: Interval,
    /// Whether the chance grows along the number.
    pub rises: bool,
}

/// Points on either side of one half that a boundary needs at least: a convention of ours.
const FEWEST: usize = 5;
/// Every so many-th point is left out at a time to see where a fit without it puts it.
const FOLDS: usize = 10;
/// Standard deviation of the prior of every slope, per half range: weak, and there so that a chance that jumps from 0 to 1 has
/// a fit at all (*assumed*, after Gelman et al. 2008, who take 2.5 for two standard deviations).
const PRIOR: f64 = 10.0;
const MOST_STEPS: usize = 50;
/// A step that moves no coefficient by more ends the search.
const CLOSE: f64 = 1e-10;

/// The boundary at one half of `shares` over points with a value for each of the numbers, which run over `ranges`. Nothing if
/// fewer than five points lie on either side, or a share is missing.
pub fn boundary(
    ranges: &[(f64, f64)],
    points: &[Vec<f64>],
    shares: &[f64],
    resamples: usize,
    level: f64,
    seed: u64,
) -> Option<Boundary> {
    let above = shares.iter().filter(|share| **share > 0.5).count();
    if above < FEWEST || shares.len() - above < FEWEST || shares.iter().any(|share| !share.is_finite()) {
        return None;
    }
    let scaled: Vec<Vec<f64>> = points
        .iter()
        .map(|point| point.iter().zip(ranges).map(|(value, range)| place(*value, *range)).collect())
        .collect();
    let all: Vec<usize> = (0..scaled.len()).collect();
    let fit = |rows: &[usize]| Logistic::fit(&scaled, shares, rows);
    let whole = fit(&all)?;
    let mut uniform = Uniform::new(seed);
    let fits: Vec<Logistic> =
        (0..resamples).filter_map(|_| fit(&all.iter().map(|_| uniform.below(all.len())).collect::<Vec<_>>())).collect();
    let crossing = |along: usize| {
        let back =
            |place: f64| middle(ranges[along]) + place.clamp(-1.0, 1.0) * (ranges[along].1 - ranges[along].0) / 2.0;
        let at = whole.half(along).filter(|place| place.abs() <= 1.0)?;
        let mut places: Vec<f64> = fits.iter().filter_map(|fit| fit.half(along)).map(back).collect();
        places.sort_by(f64::total_cmp);
        let upper = upper_probability(level);
        let interval = Interval { low: quantile(&places, 1.0 - upper), high: quantile(&places, upper) };
        Some(FittedCrossing { at: back(at), interval, rises: whole.slopes[along] > 0.0 })
    };
    Some(Boundary { crossings: (0..ranges.len()).map(crossing).collect(), placed: placed(&scaled, shares, above)? })
}

fn middle((low, high): (f64, f64)) -> f64 {
    f64::midpoint(low, high)
}

/// Where a value lies in its range, from −1 to 1; in the middle of one without a width, whose slope is then 0.
fn place(value: f64, range: (f64, f64)) -> f64 {
    let width = range.1 - range.0;
    if width > 0.0 { 2.0 * (value - middle(range)) / width } else { 0.0 }
}

/// See [`Boundary::placed`].
fn placed(points: &[Vec<f64>], shares: &[f64], above: usize) -> Option<f64> {
    let (mut right_above, mut right_below) = (0, 0);
    for fold in 0..FOLDS {
        let rest: Vec<usize> = (0..points.len()).filter(|row| row % FOLDS != fold).collect();
        let fit = Logistic::fit(points, shares, &rest)?;
        for row in (fold..points.len()).step_by(FOLDS) {
            match (shares[row] > 0.5, fit.predictor(&points[row]) > 0.0) {
                (true, true) => right_above += 1,
                (false, false) => right_below += 1,
                _ => {}
            }
        }
    }
    let (above, below) = (above as f64, (points.len() - above) as f64);
    Some((f64::from(right_above) / above).min(f64::from(right_below) / below))
}

/// A fitted chance 1 / (1 + exp(−(intercept + slopes · point))).
struct Logistic {
    intercept: f64,
    slopes: Vec<f64>,
}

impl Logistic {
    /// The most likely fit to the rows given, under the weak prior, by Newton's method with halved steps.
    fn fit(points: &[Vec<f64>], shares: &[f64], rows: &[usize]) -> Option<Self> {
        let mut here = Self { intercept: 0.0, slopes: vec![0.0; points.first()?.len()] };
        let mut loss = here.loss(points, shares, rows);
        for _ in 0..MOST_STEPS {
            let step = here.step(points, shares, rows)?;
            let mut part = 1.0;
            let (next, next_loss) = loop {
                let next = here.moved(&step, part);
                let next_loss = next.loss(points, shares, rows);
                if next_loss <= loss || part < CLOSE {
                    break (next, next_loss);
                }
                part /= 2.0;
            };
            (here, loss) = (next, next_loss);
            if step.iter().all(|change| (change * part).abs() < CLOSE) {
                break;
            }
        }
        here.intercept.is_finite().then_some(here)
    }

    /// The place along one number, from −1 to 1 in its range, at which the chance is one half while the others are 0.
    fn half(&self, along: usize) -> Option<f64> {
        let place = -self.intercept / self.slopes[along];
        place.is_finite().then_some(place)
    }

    /// Logarithm of the odds.
    fn predictor(&self, point: &[f64]) -> f64 {
        self.intercept + point.iter().zip(&self.slopes).map(|(value, slope)| value * slope).sum::<f64>()
    }

    fn moved(&self, step: &[f64], part: f64) -> Self {
        let slopes = self.slopes.iter().zip(&step[1..]).map(|(slope, change)| slope + part * change);
        Self { intercept: self.intercept + part * step[0], slopes: slopes.collect() }
    }

    /// Minus the logarithm of likelihood and prior.
    fn loss(&self, points: &[Vec<f64>], shares: &[f64], rows: &[usize]) -> f64 {
        let prior: f64 = self.slopes.iter().map(|slope| slope * slope / (2.0 * PRIOR * PRIOR)).sum();
        let of_row = |row: &usize| {
            let odds = self.predictor(&points[*row]);
            // log(1 + exp(odds)) without an overflow.
            odds.max(0.0) + libm::log1p(libm::exp(-odds.abs())) - shares[*row] * odds
        };
        prior + rows.iter().map(of_row).sum::<f64>()
    }

    /// Newton's step: the change of the intercept, then of each slope.
    fn step(&self, points: &[Vec<f64>], shares: &[f64], rows: &[usize]) -> Option<Vec<f64>> {
        let size = self.slopes.len() + 1;
        let (mut slope_of_loss, mut bend) = (vec![0.0; size], vec![vec![0.0; size]; size]);
        for (number, slope) in self.slopes.iter().enumerate() {
            slope_of_loss[number + 1] = -slope / (PRIOR * PRIOR);
            bend[number + 1][number + 1] = 1.0 / (PRIOR * PRIOR);
        }
        // The intercept has next to no prior: enough that the matrix can be solved where every chance is 0 or 1.
        bend[0][0] = CLOSE;
        let mut terms = vec![1.0; size];
        for row in rows {
            terms[1..].copy_from_slice(&points[*row]);
            let chance = 1.0 / (1.0 + libm::exp(-self.predictor(&points[*row])));
            let weight = chance * (1.0 - chance);
            for one in 0..size {
                slope_of_loss[one] += terms[one] * (shares[*row] - chance);
                for other in 0..=one {
                    bend[one][other] += weight * terms[one] * terms[other];
                }
            }
        }
        solve(bend, slope_of_loss)
    }
}

/// Solves a symmetric positive definite system of which the lower half is given (Cholesky); nothing if it is not one.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    for row in 0..right.len() {
        for column in 0..=row {
            let done: f64 = (0..column).map(|k| matrix[row][k] * matrix[column][k]).sum();
            let rest = matrix[row][column] - done;
            matrix[row][column] = if row == column { rest.sqrt() } else { rest / matrix[column][column] };
        }
        if !(matrix[row][row] > 0.0 && matrix[row][row].is_finite()) {
            return None;
        }
        let done: f64 = (0..row).map(|k| matrix[row][k] * right[k]).sum();
        right[row] = (right[row] - done) / matrix[row][row];
    }
    for row in (0..right.len()).rev() {
        let done: f64 = (row + 1..right.len()).map(|k| matrix[k][row] * right[k]).sum();
        right[row] = (right[row] - done) / matrix[row][row];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::super::design::latin_hypercube;
    use super::*;

    /// Shares over a strewn square: the chance is one half where a + b / 2 = 0.8, so at a = 0.55 in the middle of b.
    fn slanted(sharpness: f64) -> (Vec<Vec<f64>>, Vec<f64>) {
        let points = latin_hypercube(200, 2, 7);
        let shares = points.iter().map(|point| {
            let odds = sharpness * (point[0] + point[1] / 2.0 - 0.8);
            1.0 / (1.0 + libm::exp(-odds))
        });
        let shares = shares.collect();
        (points, shares)
    }

    #[test]
    fn a_chance_that_is_logistic_is_found_where_it_is() {
        let (points, shares) = slanted(10.0);
        let found = boundary(&[(0.0, 1.0); 2], &points, &shares, 200, 0.95, 1).unwrap();
        let crossing = found.crossings[0].unwrap();
        // The prior pulls a little; without noise the interval is next to nothing.
        assert!((crossing.at - 0.55).abs() < 0.005 && crossing.rises, "{crossing:?}");
        assert!(crossing.interval.low <= crossing.at && crossing.at <= crossing.interval.high, "{crossing:?}");
        assert!(crossing.interval.width() < 0.01, "{crossing:?}");
        assert_eq!(found.crossings[1].map(|crossing| crossing.rises), Some(true));
        assert!(found.placed > 0.95, "{found:?}");
    }

    #[test]
    fn a_number_that_does_not_vary_leaves_the_places_of_the_others_alone() {
        let (points, shares) = slanted(10.0);
        let two = boundary(&[(0.0, 1.0); 2], &points, &shares, 20, 0.95, 1).unwrap();
        let more: Vec<Vec<f64>> = points.iter().map(|point| vec![point[0], point[1], 3.0]).collect();
        let three = boundary(&[(0.0, 1.0), (0.0, 1.0), (3.0, 3.0)], &more, &shares, 20, 0.95, 1).unwrap();
        assert_eq!((three.crossings.len(), three.crossings[2]), (3, None));
        for (two, three) in two.crossings.iter().zip(&three.crossings) {
            assert!((two.unwrap().at - three.unwrap().at).abs() < 1e-9, "{three:?}");
        }
    }

    #[test]
    fn a_chance_that_jumps_has_a_boundary_all_the_same() {
        let (points, shares) = slanted(1e6);
        let shares: Vec<f64> = shares.into_iter().map(f64::round).collect();
        let found = boundary(&[(0.0, 1.0); 2], &points, &shares, 200, 0.95, 1).unwrap();
        let crossing = found.crossings[0].unwrap();
        assert!((crossing.at - 0.55).abs() < 0.02, "{crossing:?}");
        assert!(crossing.interval.low <= 0.55 && 0.55 <= crossing.interval.high, "{crossing:?}");
    }

    /// A ridge in the middle has no plane that parts it from both flanks.
    #[test]
    fn where_no_plane_can_tell_cells_that_are_left_out_say_so() {
        let points = latin_hypercube(200, 2, 7);
        let shares: Vec<f64> = points.iter().map(|point| f64::from(u8::from((point[0] - 0.5).abs() < 0.25))).collect();
        let found = boundary(&[(0.0, 1.0); 2], &points, &shares, 20, 0.95, 1).unwrap();
        assert!(found.placed < 0.8, "{found:?}");
    }

    #[test]
    fn without_cells_on_either_side_there_is_no_boundary() {
        let (points, mut shares) = slanted(10.0);
        assert_eq!(boundary(&[(0.0, 1.0); 2], &points, &[0.1; 200], 20, 0.95, 1), None);
        shares[3] = f64::NAN;
        assert_eq!(boundary(&[(0.0, 1.0); 2], &points, &shares, 20, 0.95, 1), None);
    }
}
