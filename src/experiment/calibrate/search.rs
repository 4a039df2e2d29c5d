//! The search: rounds of points tried, weighed and moved, until the intervals are those of the data's own errors.

use super::file::Purpose;
use super::problem::Problem;
use super::trial::{Foretold, foretell};
use crate::experiment::Watcher;
use crate::experiment::rounds::{Keep, RoundsError, Tried};
use crate::model::lanes::LANES;
use crate::scenario::text::Faults;
use crate::statistics::{Population, Search};
use rayon::prelude::*;
use std::fmt;

/// Parameters fitted to data.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The points that are left, each counting alike.
    pub population: Population,
    /// What each of them foretells: a list for each point, in it a number for each observation; NaN for none.
    pub foretold: Vec<Vec<f64>>,
    /// The point of the least misfit in all rounds.
    pub best: Vec<f64>,
    /// What the best point foretells on luck that it was not chosen by.
    pub checked: Vec<Foretold>,
    /// What each round came to; the first is the prior.
    pub rounds: Vec<Round>,
    /// Whether the rounds were enough.
    pub settled: bool,
    /// What the data's errors are multiplied by because even the best point misses them by more than they say.
    pub stretch: f64,
    /// Points tried that were impossible.
    pub impossible: u64,
    /// Points tried in which runs failed; they are ruled out.
    pub failed: u64,
}

/// What a round came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    /// What the errors of the data were multiplied by.
    pub tolerance: f64,
    /// Share of the points that moved.
    pub moved: f64,
    /// The least misfit so far, as the root of the mean square of the differences in units of their errors.
    pub least: f64,
}

/// Why a search gave no fit.
#[derive(Debug)]
pub enum SearchError {
    /// A round could not be read or kept.
    Rounds(RoundsError),
    /// No set of values is possible; the faults of the first.
    Impossible(Option<Faults>),
}

/// Points that are tried between two looks at the watcher.
const BATCH: usize = 32;

/// At its last tolerance every point moves so often, on average, before the search ends, so that points which were drawn more
/// than once have parted.
const MOVES: f64 = 3.0;

/// The best point is tried on so many times as many runs as it was found by.
const CHECKING: u64 = 4;

/// Searches, going on from the rounds kept. `None` if the watcher said stop; then what is done is kept.
///
/// # Errors
/// A round could not be read or kept; no set of values is possible.
pub fn search(problem: &Problem, keep: &dyn Keep, watcher: &dyn Watcher) -> Result<Option<Fit>, SearchError> {
    let method = problem.file.method;
    let search =
        Search { particles: method.particles as usize, dimensions: problem.parameters.len(), seed: method.seed };
    let points: Vec<Option<Vec<f64>>> = search.first().into_iter().map(Some).collect();
    let Some(tried) = round(problem, keep, watcher, 0, &points)? else { return Ok(None) };
    let mut course = Course::begin(problem, points, tried)?;
    for number in 1..=u64::from(method.rounds) {
        let goal = course.goal(problem);
        let Some(proposal) = search.propose(number, &course.population, goal) else { break };
        let Some(tried) = round(problem, keep, watcher, number, &proposal.points)? else { return Ok(None) };
        course.follow(problem, &search, number, proposal, tried);
        if course.is_settled(problem) {
            break;
        }
    }
    course.finish(problem).map(Some)
}

/// Most points that a search tries.
pub fn most_points(problem: &Problem) -> u64 {
    let method = problem.file.method;
    u64::from(method.particles) * (u64::from(method.rounds) + 1)
}

/// What the points of a round foretell: read as far as kept, tried otherwise. `None` if it is time to stop.
fn round(
    problem: &Problem,
    keep: &dyn Keep,
    watcher: &dyn Watcher,
    number: u64,
    points: &[Option<Vec<f64>>],
) -> Result<Option<Vec<Tried>>, SearchError> {
    let mut tried = keep.load(number).map_err(SearchError::Rounds)?;
    if tried.len() == points.len() {
        return Ok(Some(tried));
    }
    tried.truncate(points.len());
    let before = number * points.len() as u64;
    for batch in points[tried.len()..].chunks(BATCH) {
        if watcher.stop() {
            keep.save(number, &tried).map_err(SearchError::Rounds)?;
            return Ok(None);
        }
        let found: Vec<Tried> = batch.par_iter().map(|point| attempt(problem, point.as_ref()?)).collect();
        tried.extend(found);
        watcher.done(before + tried.len() as u64);
    }
    keep.save(number, &tried).map_err(SearchError::Rounds)?;
    Ok(Some(tried))
}

/// What a point foretells; `None` if it is impossible.
fn attempt(problem: &Problem, point: &[f64]) -> Tried {
    let foretold = foretell(problem, &problem.values(point), 0..u64::from(problem.file.method.runs)).ok()?;
    if foretold.iter().any(|foretold| foretold.failed > 0) {
        return Some(Vec::new());
    }
    Some(foretold.iter().map(|foretold| Some(foretold.value).filter(|value| value.is_finite())).collect())
}

/// Whether a run failed at a point.
fn has_failed(tried: &Tried) -> bool {
    tried.as_ref().is_some_and(Vec::is_empty)
}

/// Sum over the data that are fitted of squared differences in units of these errors; infinite where something is missing.
fn misfit(problem: &Problem, errors: &[f64], tried: &Tried) -> f64 {
    let Some(foretold) = tried else { return f64::INFINITY };
    let square = |(position, observation): (usize, &super::Observation)| {
        let difference = ((*foretold.get(position)?)? - observation.observed) / errors[position];
        Some(difference * difference)
    };
    problem.of(Purpose::Fit).map(square).sum::<Option<f64>>().unwrap_or(f64::INFINITY)
}

/// The errors of the data with that of the finite number of runs, as the best of the first points has it, added in squares.
/// The same for all points, they leave the comparison of points as it is.
fn errors(problem: &Problem, points: &[Vec<f64>], tried: &[Tried]) -> Vec<f64> {
    let stated: Vec<f64> = problem.observations.iter().map(|observation| observation.error).collect();
    let misfits = tried.iter().map(|tried| misfit(problem, &stated, tried));
    let best = points.iter().zip(misfits).min_by(|one, other| one.1.total_cmp(&other.1));
    let runs = 0..u64::from(problem.file.method.runs);
    let Some(Ok(foretold)) = best.map(|(point, _)| foretell(problem, &problem.values(point), runs)) else {
        return stated;
    };
    let added = |(stated, foretold): (f64, Foretold)| {
        if foretold.error.is_finite() { (stated * stated + foretold.error * foretold.error).sqrt() } else { stated }
    };
    stated.into_iter().zip(foretold).map(added).collect()
}

/// Where a search is.
struct Course {
    population: Population,
    tried: Vec<Tried>,
    best: Vec<f64>,
    least: f64,
    /// Moves of a point at this tolerance, on average.
    moves: f64,
    rounds: Vec<Round>,
    impossible: u64,
    failed: u64,
    /// Errors of the observations.
    errors: Vec<f64>,
}

impl Course {
    fn begin(problem: &Problem, points: Vec<Option<Vec<f64>>>, tried: Vec<Tried>) -> Result<Self, SearchError> {
        let points: Vec<Vec<f64>> = points.into_iter().flatten().collect();
        let errors = errors(problem, &points, &tried);
        let misfits: Vec<f64> = tried.iter().map(|tried| misfit(problem, &errors, tried)).collect();
        let mut course = Self {
            errors,
            best: points.first().cloned().unwrap_or_default(),
            population: Population { points, misfits, tolerance: f64::INFINITY },
            tried: Vec::new(),
            least: f64::INFINITY,
            moves: 0.0,
            rounds: Vec::new(),
            impossible: tried.iter().filter(|tried| tried.is_none()).count() as u64,
            failed: tried.iter().filter(|tried| has_failed(tried)).count() as u64,
        };
        let (points, misfits) = (course.population.points.clone(), course.population.misfits.clone());
        points.iter().zip(misfits).for_each(|(point, misfit)| course.compare(point, misfit));
        if course.least.is_infinite() {
            let values = problem.values(&course.best);
            return Err(SearchError::Impossible(foretell(problem, &values, 0..1).err()));
        }
        course.tried = tried;
        course.rounds.push(Round { tolerance: f64::INFINITY, moved: 0.0, least: course.root_mean_square(problem) });
        Ok(course)
    }

    fn compare(&mut self, point: &[f64], misfit: f64) {
        if misfit < self.least {
            self.best = point.to_vec();
            self.least = misfit;
        }
    }

    fn follow(
        &mut self,
        problem: &Problem,
        search: &Search,
        number: u64,
        proposal: crate::statistics::Proposal,
        tried: Vec<Tried>,
    ) {
        let misfits: Vec<f64> = tried.iter().map(|tried| misfit(problem, &self.errors, tried)).collect();
        for ((point, misfit), tried) in proposal.points.iter().zip(&misfits).zip(&tried) {
            let Some(point) = point else { continue };
            self.compare(point, *misfit);
            self.impossible += u64::from(tried.is_none());
            self.failed += u64::from(has_failed(tried));
        }
        let is_new = proposal.tolerance < self.population.tolerance;
        let parents = proposal.parents.clone();
        let (population, moved) = search.accept(number, &self.population, proposal, &misfits);
        let share = moved.iter().filter(|moved| **moved).count() as f64 / moved.len() as f64;
        self.moves = if is_new { share } else { self.moves + share };
        let follow = |((parent, moved), tried): ((usize, bool), Tried)| {
            if moved { tried } else { self.tried[parent].clone() }
        };
        self.tried = parents.into_iter().zip(moved).zip(tried).map(follow).collect();
        self.population = population;
        let least = self.root_mean_square(problem);
        self.rounds.push(Round { tolerance: self.population.tolerance, moved: share, least });
    }

    fn root_mean_square(&self, problem: &Problem) -> f64 {
        (self.least / problem.of(Purpose::Fit).count() as f64).sqrt()
    }

    /// The tolerance to reach. Where even the best point misses the data by more than their errors say, the errors are
    /// stretched until it does not (Birge 1932, Physical Review 40), so that a model that does not fit has wider intervals
    /// and not narrower ones.
    fn goal(&self, problem: &Problem) -> f64 {
        let freedom = problem.of(Purpose::Fit).count().saturating_sub(problem.parameters.len());
        if freedom == 0 { 1.0 } else { (self.least / freedom as f64).sqrt().max(1.0) }
    }

    /// Whether the tolerance is as low as it will be and all points have moved often enough.
    fn is_settled(&self, problem: &Problem) -> bool {
        /// A tolerance this near to its goal is there.
        const NEAR: f64 = 1.03;
        self.population.tolerance <= self.goal(problem) * NEAR && self.moves >= MOVES
    }

    fn finish(self, problem: &Problem) -> Result<Fit, SearchError> {
        let runs = u64::from(problem.file.method.runs);
        let fresh = runs.next_multiple_of(LANES as u64);
        let checked = foretell(problem, &problem.values(&self.best), fresh..fresh + CHECKING * runs)
            .map_err(|faults| SearchError::Impossible(Some(faults)))?;
        let numbers = |tried: &Tried| match tried {
            Some(values) if !values.is_empty() => values.iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
            _ => vec![f64::NAN; problem.observations.len()],
        };
        Ok(Fit {
            foretold: self.tried.iter().map(numbers).collect(),
            settled: self.is_settled(problem),
            stretch: self.goal(problem),
            population: self.population,
            best: self.best,
            checked,
            rounds: self.rounds,
            impossible: self.impossible,
            failed: self.failed,
        })
    }
}

impl fmt::Display for SearchError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rounds(error) => error.fmt(formatter),
            Self::Impossible(Some(faults)) => {
                write!(formatter, "no values between the ends of the priors are possible; with the first, {faults}")
            }
            Self::Impossible(None) => write!(
                formatter,
                "no values between the ends of the priors give every observation a value; look at measures that only \
                 some runs have, such as `collapse_step`, and at numbers so large or so small that runs fail"
            ),
        }
    }
}

impl std::error::Error for SearchError {}
