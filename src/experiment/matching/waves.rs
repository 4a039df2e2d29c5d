//! The search: waves of points, tried and kept, until enough are left.
//!
//! History matching (Craig, Goldstein, Seheult & Smith 1997; Vernon, Goldstein & Bower 2010; Andrianakis et al. 2015, `PLoS`
//! Computational Biology 11): a point is ruled out where a target is further off than the cutoff. The first wave is a scrambled
//! Sobol sequence over all ranges; each further one is proposed by emulators ([`super::proposal`]). What is left is decided by runs
//! alone: a point that agrees, or may, is run again with more of them, and must still agree.

use super::file::Method;
use super::proposal::{Proposal, Sieve};
use super::share::Share;
use super::target::{Aim, Foretold};
use super::trial::Model;
use crate::experiment::Watcher;
use crate::experiment::rounds::{Keep, RoundsError, Tried};
use crate::statistics::Uniform;
use crate::statistics::design::sobol_sequence;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

/// A point that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Where it is in the unit cube.
    pub shares: Vec<f64>,
    /// The wave that tried it, from 0.
    pub wave: usize,
    /// Runs of each arm that decided.
    pub runs: u32,
    /// What they foretell of each target; `None` where the values are impossible together or a run failed.
    pub foretold: Option<Vec<Foretold>>,
    /// Whether a run failed.
    pub failed: bool,
    /// How far off each target is; NaN where nothing was observed.
    pub implausibility: Vec<f64>,
    /// That of the target that counts; infinite without runs.
    pub worst: f64,
    /// Whether the evidence leaves it.
    pub is_left: bool,
    /// How much of what is left it stands for; 0 if it is not left.
    pub weight: f64,
}

/// What a wave came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Wave {
    /// Points that it tried.
    pub points: usize,
    /// Those of them that are left.
    pub left: usize,
    /// Share of the variance that the emulator of each target foretold of points left out; `None` of the first wave and of targets
    /// held out.
    pub explained: Vec<Option<f64>>,
}

/// All that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// Wave by wave.
    pub points: Vec<Point>,
    /// The waves.
    pub waves: Vec<Wave>,
    /// Share of the ranges' space that is left, and its standard error.
    pub left: (f64, f64),
}

/// Points that are tried between two looks at the watcher, and kept at once.
const BATCH: usize = 64;

/// How long a shard waits before it looks again for what others have done.
const WAIT: Duration = Duration::from_millis(200);

/// A point that is off by no more than so many times the cutoff after its first runs may agree after more.
const CLOSE: f64 = 1.25;

/// The most points that a search tries.
pub fn most_points(method: &Method) -> u64 {
    u64::from(method.first) + u64::from(method.wave) * u64::from(method.waves)
}

/// Searches, going on from the rounds kept. `None` if the watcher said stop; then what is done is kept.
///
/// # Errors
/// A round could not be read or kept.
pub fn search(
    model: &dyn Model,
    method: &Method,
    keep: &dyn Keep,
    watcher: &dyn Watcher,
) -> Result<Option<Search>, RoundsError> {
    search_share(model, method, Share::ALL, keep, watcher)
}

/// The same by one of several processes that keep their rounds in one place: it does its share of each wave and waits for the others
/// to do theirs. All come to the same.
///
/// # Errors
/// As for [`search`].
pub fn search_share(
    model: &dyn Model,
    method: &Method,
    share: Share,
    keep: &dyn Keep,
    watcher: &dyn Watcher,
) -> Result<Option<Search>, RoundsError> {
    let sieve = Sieve { aims: model.aims(), cutoff: method.cutoff, rank: method.rank as usize };
    let mut course =
        Course { model, method, share, sieve, proposals: Vec::new(), points: Vec::new(), waves: Vec::new() };
    let first = sobol_sequence(method.first as usize, model.dimensions(), method.seed);
    if !course.wave(first, Vec::new(), keep, watcher)? {
        return Ok(None);
    }
    while course.waves.len() <= method.waves as usize && course.effective() < f64::from(method.keep) {
        let (wave, count) = (course.waves.len() as u64, method.wave as usize);
        let (proposal, points) = Proposal::of(&course.points, &course.sieve, count, method.seed, wave);
        let explained = proposal.explained();
        course.proposals.push(proposal);
        if !course.wave(points, explained, keep, watcher)? {
            return Ok(None);
        }
    }
    let left = course.share();
    Ok(Some(Search { points: course.points, waves: course.waves, left }))
}

/// A search on its way.
struct Course<'a> {
    model: &'a dyn Model,
    method: &'a Method,
    share: Share,
    sieve: Sieve<'a>,
    /// Those of the waves after the first.
    proposals: Vec<Proposal>,
    points: Vec<Point>,
    waves: Vec<Wave>,
}

impl Course<'_> {
    /// Tries the points of a wave; `false` if it is time to stop.
    fn wave(
        &mut self,
        points: Vec<Vec<f64>>,
        explained: Vec<Option<f64>>,
        keep: &dyn Keep,
        watcher: &dyn Watcher,
    ) -> Result<bool, RoundsError> {
        let number = self.waves.len();
        let Some(tried) = self.tried(number as u64, &points, keep, watcher)? else { return Ok(false) };
        let all = points.into_iter().zip(tried).map(|(shares, tried)| self.point(shares, number, tried));
        let all: Vec<Point> = all.collect();
        let left = all.iter().filter(|point| point.is_left).count();
        self.waves.push(Wave { points: all.len(), left, explained });
        self.points.extend(all);
        self.weigh();
        Ok(true)
    }

    /// What the points of a wave foretell: kept before, tried here, or waited for. `None` if it is time to stop.
    fn tried(
        &self,
        wave: u64,
        points: &[Vec<f64>],
        keep: &dyn Keep,
        watcher: &dyn Watcher,
    ) -> Result<Option<Vec<Tried>>, RoundsError> {
        loop {
            let mut known: BTreeMap<usize, Tried> = keep.load(wave)?.into_iter().enumerate().collect();
            let is_whole = known.len() >= points.len();
            if !is_whole {
                known.extend(keep.pieces(wave)?);
            }
            known.retain(|point, _| *point < points.len());
            let is_own = |point: &usize| !known.contains_key(point) && self.share.has(*point);
            let own: Vec<usize> = (0..points.len()).filter(is_own).collect();
            for batch in own.chunks(BATCH) {
                if watcher.stop() {
                    return Ok(None);
                }
                let found: BTreeMap<usize, Tried> =
                    batch.par_iter().map(|point| (*point, self.attempt(&points[*point]))).collect();
                if known.len() + found.len() < points.len() {
                    keep.add(wave, &found)?;
                }
                known.extend(found);
                watcher.done((self.points.len() + known.len()) as u64);
            }
            if known.len() == points.len() {
                let tried: Vec<Tried> = known.into_values().collect();
                if !is_whole {
                    keep.save(wave, &tried)?;
                }
                return Ok(Some(tried));
            }
            if watcher.stop() {
                return Ok(None);
            }
            thread::sleep(WAIT);
        }
    }

    /// Runs a point, and again with more runs if it agrees or may.
    fn attempt(&self, shares: &[f64]) -> Tried {
        let Method { runs, verify, .. } = *self.method;
        let found = self.model.foretell(shares, runs)?;
        let is_close = !found.is_empty() && self.worst(&found) <= CLOSE * self.sieve.cutoff;
        let (found, runs) =
            if is_close && verify > runs { (self.model.foretell(shares, verify)?, verify) } else { (found, runs) };
        if found.is_empty() {
            return Some(Vec::new());
        }
        let numbers = found.into_iter().flat_map(|(value, error)| [value, error]);
        Some(
            std::iter::once(f64::from(runs))
                .chain(numbers)
                .map(|number| Some(number).filter(|n| n.is_finite()))
                .collect(),
        )
    }

    fn worst(&self, foretold: &[Foretold]) -> f64 {
        let matched = self.sieve.aims.iter().zip(foretold).filter(|(aim, _)| aim.is_matched);
        nth_largest(matched.map(|(aim, foretold)| aim.implausibility(*foretold)), self.sieve.rank)
    }

    fn point(&self, shares: Vec<f64>, wave: usize, tried: Tried) -> Point {
        let failed = tried.as_ref().is_some_and(Vec::is_empty);
        let numbers: Option<Vec<f64>> = tried
            .filter(|list| !list.is_empty())
            .map(|list| list.into_iter().map(|one| one.unwrap_or(f64::NAN)).collect());
        let runs = numbers.as_ref().map_or(0, |numbers| numbers[0] as u32);
        let foretold: Option<Vec<Foretold>> = numbers
            .map(|numbers| numbers[1..].as_chunks::<2>().0.iter().map(|[value, error]| (*value, *error)).collect());
        let off =
            |aim: usize| foretold.as_ref().map_or(f64::INFINITY, |all| self.sieve.aims[aim].implausibility(all[aim]));
        let implausibility = (0..self.sieve.aims.len()).map(off).collect();
        let worst = foretold.as_ref().map_or(f64::INFINITY, |foretold| self.worst(foretold));
        let is_left = worst <= self.sieve.cutoff && runs >= self.method.verify.max(self.method.runs);
        Point { shares, wave, runs, foretold, failed, implausibility, worst, is_left, weight: 0.0 }
    }

    /// Gives each point that is left its weight.
    fn weigh(&mut self) {
        let count = self.points.len() as f64;
        let Self { waves, proposals, sieve, points, .. } = self;
        points.par_iter_mut().filter(|point| point.is_left).for_each(|point| {
            let later = waves[1..].iter().zip(proposals.iter());
            let drawn: f64 =
                later.map(|(wave, proposal)| wave.points as f64 * proposal.density(&point.shares, sieve)).sum();
            point.weight = count / (waves[0].points as f64 + drawn);
        });
    }

    /// How many points of one weight tell as much as those that are left.
    fn effective(&self) -> f64 {
        effective(&self.points)
    }

    /// Share of the space that is left, and its standard error.
    fn share(&self) -> (f64, f64) {
        let count = self.points.len() as f64;
        let share = self.points.iter().map(|point| point.weight).sum::<f64>() / count;
        let squares = self.points.iter().map(|point| point.weight * point.weight).sum::<f64>() / count;
        (share, ((squares - share * share).max(0.0) / count).sqrt())
    }
}

/// How many points of one weight tell as much as these (Kish 1965).
pub(super) fn effective(points: &[Point]) -> f64 {
    let sum: f64 = points.iter().map(|point| point.weight).sum();
    let squares: f64 = points.iter().map(|point| point.weight * point.weight).sum();
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// The largest of some numbers, the second largest, and so on; the last where there are fewer.
pub(super) fn nth_largest(values: impl Iterator<Item = f64>, rank: usize) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(|a, b| b.total_cmp(a));
    values.get(rank.min(values.len()).saturating_sub(1)).copied().unwrap_or(0.0)
}

impl Search {
    /// The points that the evidence leaves.
    pub fn left(&self) -> impl Iterator<Item = &Point> {
        self.points.iter().filter(|point| point.is_left)
    }

    /// How many points of one weight tell as much as those that are left.
    pub fn effective(&self) -> f64 {
        effective(&self.points)
    }

    /// Positions of points that are left, drawn so that each counts alike: systematically by weight, none twice.
    pub fn sample(&self, most: usize, seed: u64) -> Vec<usize> {
        let left: Vec<usize> = (0..self.points.len()).filter(|at| self.points[*at].is_left).collect();
        let sum: f64 = left.iter().map(|at| self.points[*at].weight).sum();
        let step = sum / most.min(left.len()).max(1) as f64;
        let mut next = Uniform::stream(seed, u64::MAX).number() * step;
        let (mut so_far, mut drawn) = (0.0, Vec::new());
        for at in left {
            so_far += self.points[at].weight;
            if so_far > next {
                drawn.push(at);
                while so_far > next {
                    next += step;
                }
            }
        }
        drawn
    }

    /// Of what was observed of a target, and foretold by the points that are left: the weighted values below which these shares lie.
    pub fn quantiles(&self, shares: [f64; 3], value: impl Fn(&Point) -> f64) -> [f64; 3] {
        let mut values: Vec<(f64, f64)> = self.left().map(|point| (value(point), point.weight)).collect();
        values.retain(|(value, _)| value.is_finite());
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let sum: f64 = values.iter().map(|(_, weight)| weight).sum();
        shares.map(|share| {
            let mut so_far = 0.0;
            let found = values.iter().find(|(_, weight)| {
                so_far += weight;
                so_far >= share * sum
            });
            found.or(values.last()).map_or(f64::NAN, |(value, _)| *value)
        })
    }

    /// The point that is least off: of those that are left if there are any.
    pub fn best(&self) -> Option<&Point> {
        let any = self.left().next().is_some();
        self.points.iter().filter(|point| point.is_left || !any).min_by(|a, b| a.worst.total_cmp(&b.worst))
    }
}

/// The targets of a search that are matched, by position.
pub(super) fn matched(aims: &[Aim]) -> Vec<usize> {
    (0..aims.len()).filter(|aim| aims[*aim].is_matched).collect()
}
