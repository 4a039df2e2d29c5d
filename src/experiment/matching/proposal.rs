//! Where a further wave looks: candidates that the emulators do not rule out.
//!
//! Candidates are even over the cube, or where too few of these pass, over the box round the most promising of them, and again the box
//! round those. So a wave has a density that is known, and with it each point that is left has a weight: one over the mean density of
//! all waves (the balance heuristic; Owen & Zhou 2000, Journal of the American Statistical Association 95), by which the points are even
//! over what is left however they were found. A mixture of kernels round the points that are left would look nearer, but a point lies
//! in its own kernel, so that its weight, and the share that is left, would come out too small.

use super::emulator::Emulator;
use super::target::Aim;
use super::waves::{Point, nth_largest};
use crate::statistics::design::{MOST_SOBOL_POINTS, sobol_sequence};
use rayon::prelude::*;

/// A wave's points are even over a box, and of these only what emulators put within a limit.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    region: Region,
    emulators: Vec<Option<Emulator>>,
    /// Emulated implausibility that points do not exceed.
    limit: f64,
    /// Share of the box that passes.
    passes: f64,
}

/// A box, with its two ends along each axis.
#[derive(Clone, Debug, PartialEq)]
struct Region(Vec<[f64; 2]>);

/// Candidates that emulators look at in each box.
const CANDIDATES: usize = 32_768;

/// The most boxes within each other.
const BOXES: u64 = 12;

/// Share of the candidates round which the next box is drawn.
const PROMISING: f64 = 0.02;

/// A box is wider than what it is drawn round, by this share of its width at each end.
const ROOM: f64 = 0.1;

/// A box that is not smaller by this factor is no step forward.
const SMALLER: f64 = 0.9;

/// What is held against emulators.
pub(super) struct Sieve<'a> {
    pub(super) aims: &'a [Aim],
    pub(super) cutoff: f64,
    pub(super) rank: usize,
}

impl Proposal {
    /// A wave of so many points, from all that was tried before; and the points themselves.
    pub(super) fn of(tried: &[Point], sieve: &Sieve, count: usize, seed: u64, wave: u64) -> (Self, Vec<Vec<f64>>) {
        let emulators = emulators(tried, sieve);
        let dimensions = tried.first().map_or(0, |point| point.shares.len());
        let candidates = CANDIDATES.max(count).min(MOST_SOBOL_POINTS);
        let mut region = Region(vec![[0.0, 1.0]; dimensions]);
        let mut number = 0;
        loop {
            let stream = (wave * BOXES + number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let points = region.points(candidates, seed ^ stream);
            let found: Vec<f64> = points.par_iter().map(|point| emulated(&emulators, sieve, point)).collect();
            let passing = found.iter().filter(|value| **value <= sieve.cutoff).count();
            let next = region.round(&points, &found, count);
            number += 1;
            if passing >= count || number == BOXES || next.volume() > SMALLER * region.volume() {
                return Self::within(region, emulators, sieve.cutoff, &points, &found, count);
            }
            region = next;
        }
    }

    /// The first candidates within the cutoff; where these are too few, within the least limit that enough are.
    fn within(
        region: Region,
        emulators: Vec<Option<Emulator>>,
        cutoff: f64,
        candidates: &[Vec<f64>],
        found: &[f64],
        count: usize,
    ) -> (Self, Vec<Vec<f64>>) {
        let mut sorted: Vec<f64> = found.to_vec();
        sorted.sort_by(f64::total_cmp);
        let limit = sorted.get(count.saturating_sub(1)).copied().unwrap_or(f64::INFINITY).max(cutoff);
        let passing = candidates.iter().zip(found).filter(|(_, value)| **value <= limit);
        let points: Vec<Vec<f64>> = passing.clone().map(|(point, _)| point.clone()).take(count).collect();
        let passes = passing.count() as f64 / candidates.len().max(1) as f64;
        (Self { region, emulators, limit, passes }, points)
    }

    /// The density with which the wave draws a point.
    pub(super) fn density(&self, point: &[f64], sieve: &Sieve) -> f64 {
        if self.passes <= 0.0 || !self.region.holds(point) || emulated(&self.emulators, sieve, point) > self.limit {
            return 0.0;
        }
        1.0 / (self.passes * self.region.volume())
    }

    /// Share of the variance between points that the emulator of each target foretells; `None` of what is held out.
    pub(super) fn explained(&self) -> Vec<Option<f64>> {
        self.emulators.iter().map(|emulator| emulator.as_ref().map(|emulator| emulator.explained)).collect()
    }
}

/// An emulator for each target that is matched. Points count the more the nearer they are to being left.
fn emulators(tried: &[Point], sieve: &Sieve) -> Vec<Option<Emulator>> {
    let emulator = |(position, aim): (usize, &Aim)| {
        let value = |point: &Point| point.foretold.as_ref().map_or(f64::NAN, |foretold| foretold[position].0);
        let usable: Vec<&Point> = tried.iter().filter(|point| aim.is_matched && value(point).is_finite()).collect();
        let values: Vec<f64> = usable.iter().map(|point| value(point)).collect();
        let nearness = |point: &&Point| {
            let off = point.worst.min(1e6) / sieve.cutoff;
            1.0 / (1.0 + off * off)
        };
        let weights: Vec<f64> = usable.iter().map(nearness).collect();
        let points: Vec<&[f64]> = usable.iter().map(|point| point.shares.as_slice()).collect();
        Emulator::fitted(&points, &values, &weights)
    };
    sieve.aims.par_iter().enumerate().map(emulator).collect()
}

/// The implausibility of a point by the emulators: that of the target that counts.
fn emulated(emulators: &[Option<Emulator>], sieve: &Sieve, point: &[f64]) -> f64 {
    let all = emulators.iter().zip(sieve.aims).filter_map(|(emulator, aim)| {
        let emulator = emulator.as_ref()?;
        Some(aim.implausibility((emulator.value(point), emulator.variance.sqrt())))
    });
    nth_largest(all, sieve.rank)
}

impl Region {
    fn volume(&self) -> f64 {
        self.0.iter().map(|[low, high]| high - low).product()
    }

    fn holds(&self, point: &[f64]) -> bool {
        self.0.iter().zip(point).all(|([low, high], at)| (low..=high).contains(&at))
    }

    /// Points that fill it evenly.
    fn points(&self, count: usize, seed: u64) -> Vec<Vec<f64>> {
        let within = |share: f64, [low, high]: [f64; 2]| low + share * (high - low);
        let point =
            |shares: Vec<f64>| shares.into_iter().zip(&self.0).map(|(share, ends)| within(share, *ends)).collect();
        sobol_sequence(count, self.0.len(), seed).into_iter().map(point).collect()
    }

    /// The box round the most promising points in it, with some room.
    fn round(&self, points: &[Vec<f64>], found: &[f64], count: usize) -> Self {
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by(|a, b| found[*a].total_cmp(&found[*b]));
        order.truncate(count.max((PROMISING * points.len() as f64) as usize));
        let ends = |(axis, [low, high]): (usize, &[f64; 2])| {
            let values = || order.iter().map(|at| points[*at][axis]);
            let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
            let room = ROOM * (most - least);
            [(least - room).max(*low), (most + room).min(*high)]
        };
        Self(self.0.iter().enumerate().map(ends).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_box_lies_round_the_most_promising_points() {
        let whole = Region(vec![[0.0, 1.0]; 2]);
        let points = whole.points(4096, 1);
        let found: Vec<f64> = points.iter().map(|point| (point[0] - 0.2).abs().max((point[1] - 0.9).abs())).collect();
        let next = whole.round(&points, &found, 16);
        // A fiftieth of the square is a square of 0.14, less what is cut off at 1, with a tenth at each end.
        let [[left, right], [low, high]] = [next.0[0], next.0[1]];
        assert!((left - 0.115).abs() < 0.01 && (right - 0.285).abs() < 0.01, "{next:?}");
        assert!((low - 0.815).abs() < 0.01 && (high - 0.985).abs() < 0.02, "{next:?}");
        assert!(next.holds(&[0.2, 0.9]) && !next.holds(&[0.2, 0.7]));
        assert!(next.points(64, 2).iter().all(|point| next.holds(point)));
    }
}
