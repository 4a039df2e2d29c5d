//! The futures of a study: every point of what is uncertain on every rung, the same for all designs.

use super::file::{Goal, Points, Range};
use super::fit::{Fit, Numbers, Places};
use super::shocks::{Rung, Shocks};
use crate::experiment::measured::Reading;
use crate::model::lanes::Lanes;
use crate::model::measure::Measure;
use crate::model::record::Record;
use crate::model::setup::{Named, Setup};
use crate::scenario::Scenario;
use crate::scenario::text::{Faults, Store};
use crate::statistics::design::{latin_hypercube, sobol_sequence};
use rayon::prelude::*;
use serde_json::Value;

/// Designs and the futures that each of them meets.
///
/// A future is a point and a rung. Futures are numbered point by point, and within a point rung by rung.
#[derive(Clone, Debug)]
pub struct Futures {
    /// The study.
    pub shocks: Shocks,
    /// The designs before anything is varied.
    pub designs: Vec<Scenario>,
    /// Of each point the value of every parameter: the number itself, or the factor.
    pub points: Vec<Vec<f64>>,
    /// The measure by which designs are compared.
    pub score: Measure,
    /// Of each design the setup at each point, without the shocks of the study.
    setups: Vec<Vec<Setup>>,
    /// Of each design where on each rung the measures of a run stand.
    places: Vec<Vec<Places>>,
}

/// Faults that are told of points before the rest is left out.
const TOLD: usize = 10;

impl Futures {
    /// Lets designs meet a study.
    ///
    /// # Errors
    /// Every measure, shock and parameter of the study that does not fit a design, and too many futures.
    pub fn new(store: &(dyn Store + Sync), shocks: Shocks, designs: Vec<Scenario>, seed: u64) -> Result<Self, Faults> {
        let Fit { places, score, parameters } = Fit::of(&shocks, &designs)?;
        let unit = match shocks.file.points {
            Points::Latin(count) => latin_hypercube(count as usize, shocks.file.parameters.len(), seed),
            Points::Sobol(count) => sobol_sequence(count as usize, shocks.file.parameters.len(), seed),
        };
        let setups = setups(store, &shocks, &designs, &parameters, &unit)?;
        let points = unit.iter().map(|point| told(&shocks, &parameters, point)).collect();
        Ok(Self { shocks, designs, points, score, setups, places })
    }

    /// Number of futures.
    pub fn count(&self) -> usize {
        self.points.len() * self.shocks.rungs.len()
    }

    /// The point and the rung of a future.
    pub fn place(&self, future: usize) -> (usize, usize) {
        (future / self.shocks.rungs.len(), future % self.shocks.rungs.len())
    }

    /// The goals in their order.
    pub fn goals(&self) -> impl ExactSizeIterator<Item = &Goal> {
        self.shocks.file.goals.values()
    }

    /// What a design is in a future.
    pub(super) fn setup(&self, design: usize, future: usize) -> Setup {
        let (point, rung) = self.place(future);
        self.setups[design][point].with_shocks(named(&self.shocks.rungs[rung]))
    }

    /// What is looked at in sixteen runs of a design in a future: the value that decides each goal, the score, whether it
    /// recovered, and after how many steps.
    pub(super) fn looked_at(&self, design: usize, future: usize, record: &Record) -> Vec<Lanes> {
        let places = &self.places[design][self.place(future).1];
        let worst = |(goal, readings): (&Goal, &Vec<Reading>)| {
            let values: Vec<Lanes> = readings.iter().map(|reading| reading.of(record)).collect();
            Lanes::from_fn(|lane| goal.worst(values.iter().map(|value| value.lane(lane))))
        };
        let mut values: Vec<Lanes> = self.goals().zip(&places.goals).map(worst).collect();
        values.push(places.score.of(record));
        let none = [Lanes::all(f64::NAN); 2];
        values.extend(places.recovery.map_or(none, |addresses| addresses.map(|address| address.of(record))));
        values
    }
}

fn named(rung: &Rung) -> impl Iterator<Item = Named<crate::model::shock::Shock>> + '_ {
    rung.shocks.iter().map(|(name, shock)| Named { name: name.clone(), part: shock.clone() })
}

/// The numbers of a point as people are told them; those of the first design stand for a number that must be whole.
fn told(shocks: &Shocks, parameters: &Numbers, point: &[f64]) -> Vec<f64> {
    let uncertain = shocks.file.parameters.values().zip(point).enumerate();
    uncertain
        .map(|(position, (uncertain, share))| {
            let [from, to] = uncertain.range.ends();
            let first = parameters.first().and_then(|design| design.get(position)?.first());
            match (&uncertain.range, first) {
                (Range::Between(_) | Range::Among(_), Some(number)) => number.at(*share),
                _ => from + share * (to - from),
            }
        })
        .collect()
}

/// Of each design the setup at each point.
fn setups(
    store: &(dyn Store + Sync),
    shocks: &Shocks,
    designs: &[Scenario],
    parameters: &Numbers,
    unit: &[Vec<f64>],
) -> Result<Vec<Vec<Setup>>, Faults> {
    let mut all = Vec::new();
    let mut faults = Vec::new();
    for (design, parameters) in designs.iter().zip(parameters) {
        let built: Vec<Result<Setup, Faults>> = unit
            .par_iter()
            .map(|point| {
                let changes = parameters.iter().zip(point).flat_map(|(numbers, share)| {
                    numbers.iter().flat_map(move |number| number.changes(number.at(*share), design.document()))
                });
                let changes: Vec<(String, Value)> = changes.collect();
                let changes = changes.iter().map(|(pointer, value)| (pointer.as_str(), value.clone()));
                design.with_all(store, changes).map(|changed| changed.setup)
            })
            .collect();
        let (good, bad): (Vec<_>, Vec<_>) = built.into_iter().partition(Result::is_ok);
        for fault in bad.into_iter().filter_map(Result::err).flat_map(|found| found.faults) {
            let problem = format!("{}: {} (in `{}`, at some of its points)", fault.place, fault.problem, design.name);
            faults.push(shocks.fault("parameters", problem));
        }
        all.push(good.into_iter().flatten().collect());
    }
    faults.truncate(TOLD);
    if faults.is_empty() { Ok(all) } else { Err(shocks.faults(faults)) }
}
