//! The futures of a study: every point of what is uncertain on every rung, the same for all designs.

use super::file::{Goal, Points, Range};
use super::shocks::{Rung, Shocks};
use crate::experiment::cells::MOST_CELLS;
use crate::experiment::vary::{self, Parameter, Values, Vary};
use crate::model::lanes::Lanes;
use crate::model::measure::{Better, Measure, outcome_measures};
use crate::model::setup::{Named, Setup};
use crate::scenario::Scenario;
use crate::scenario::text::{Fault, Faults, Store, did_you_mean};
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

/// Where measures stand in the outcomes of a run.
#[derive(Clone, Debug, PartialEq)]
struct Places {
    /// Of each goal; several where it is about every kind.
    goals: Vec<Vec<usize>>,
    score: usize,
    /// Whether it recovered and in how many steps, where the shock strikes at a fixed step.
    recovery: Option<[usize; 2]>,
}

/// Faults that are told of points before the rest is left out.
const TOLD: usize = 10;

impl Futures {
    /// Lets designs meet a study.
    ///
    /// # Errors
    /// Every measure, shock and parameter of the study that does not fit a design, and too many futures.
    pub fn new(store: &(dyn Store + Sync), shocks: Shocks, designs: Vec<Scenario>, seed: u64) -> Result<Self, Faults> {
        let mut faults = too_many(&shocks, designs.len());
        let (places, found) = places(&shocks, &designs);
        faults.extend(found);
        let (score, found) = score(&shocks, &designs);
        faults.extend(found);
        let (parameters, found) = parameters(&shocks, &designs);
        faults.extend(found);
        let Some(score) = score.filter(|_| faults.is_empty()) else { return Err(shocks.faults(faults)) };
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
        let mut setup = self.setups[design][point].clone();
        setup.shocks.extend(named(&self.shocks.rungs[rung]));
        setup
    }

    /// What is looked at in sixteen runs of a design in a future: the value that decides each goal, the score, whether it
    /// recovered, and after how many steps.
    pub(super) fn looked_at(&self, design: usize, future: usize, outcomes: &[Lanes]) -> Vec<Lanes> {
        let places = &self.places[design][self.place(future).1];
        let worst = |(goal, positions): (&Goal, &Vec<usize>)| {
            Lanes::from_fn(|lane| goal.worst(positions.iter().map(|position| outcomes[*position].lane(lane))))
        };
        let mut values: Vec<Lanes> = self.goals().zip(&places.goals).map(worst).collect();
        values.push(outcomes[places.score]);
        let none = [Lanes::all(f64::NAN); 2];
        values.extend(places.recovery.map_or(none, |positions| positions.map(|position| outcomes[position])));
        values
    }
}

fn named(rung: &Rung) -> impl Iterator<Item = Named<crate::model::shock::Shock>> + '_ {
    rung.shocks.iter().map(|(name, shock)| Named { name: name.clone(), part: shock.clone() })
}

fn too_many(shocks: &Shocks, designs: usize) -> Vec<Fault> {
    let cells = shocks.file.points.count() * shocks.rungs.len() * designs;
    let problem = format!(
        "{} points on {} rungs for {designs} designs are {cells} futures to run; {MOST_CELLS} are the most; take fewer points",
        shocks.file.points.count(),
        shocks.rungs.len()
    );
    if cells > MOST_CELLS { vec![shocks.fault("points", problem)] } else { Vec::new() }
}

/// Where each design measures what, on each rung; or the shocks and measures that do not fit.
fn places(shocks: &Shocks, designs: &[Scenario]) -> (Vec<Vec<Places>>, Vec<Fault>) {
    let mut faults: Vec<Fault> = Vec::new();
    let mut all = Vec::new();
    for design in designs {
        let mut rungs = Vec::new();
        for rung in &shocks.rungs {
            match design.with_shocks(&rung.shocks) {
                Ok(struck) => {
                    let (found, wrong) = look_up(shocks, design, &outcome_measures(&struck.setup));
                    faults.extend(wrong);
                    rungs.push(found);
                }
                Err(found) => {
                    faults.extend(found.faults.into_iter().map(|fault| in_ladder(shocks, design, rung, &fault)))
                }
            }
        }
        all.push(rungs);
    }
    faults.dedup();
    let mut once: Vec<Fault> = Vec::new();
    for fault in faults {
        if !once.contains(&fault) {
            once.push(fault);
        }
    }
    (all, once)
}

/// A fault of a shock in a design, told at the ladder.
fn in_ladder(shocks: &Shocks, design: &Scenario, rung: &Rung, fault: &Fault) -> Fault {
    let key =
        rung.step.and_then(|(ladder, _)| shocks.file.ladders.get_index(ladder)).map_or("", |(key, _)| key.as_str());
    let place = format!("ladders.{key}.{}", fault.place);
    shocks.fault(&place, format!("{} (in `{}`)", fault.problem, design.name))
}

fn look_up(shocks: &Shocks, design: &Scenario, measures: &[Measure]) -> (Places, Vec<Fault>) {
    let mut faults = Vec::new();
    let find = |key: &str| measures.iter().position(|measure| measure.key == key);
    let mut goals = Vec::new();
    for (name, goal) in &shocks.file.goals {
        let positions: Vec<usize> = match goal.measure.strip_suffix('*') {
            Some(stem) if stem.ends_with('.') => {
                (0..measures.len()).filter(|position| measures[*position].key.starts_with(stem)).collect()
            }
            _ => find(&goal.measure).into_iter().collect(),
        };
        if positions.is_empty() {
            faults.push(unknown(shocks, design, &format!("goals.{name}.measure"), &goal.measure, measures));
        }
        goals.push(positions);
    }
    let score = find(&shocks.file.score.measure);
    if score.is_none() {
        faults.push(unknown(shocks, design, "score.measure", &shocks.file.score.measure, measures));
    }
    let recovery = find("recovered").zip(find("recovery_steps")).map(|(one, other)| [one, other]);
    (Places { goals, score: score.unwrap_or(0), recovery }, faults)
}

fn unknown(shocks: &Shocks, design: &Scenario, place: &str, key: &str, measures: &[Measure]) -> Fault {
    let near = did_you_mean(key, measures.iter().map(|measure| measure.key.as_str()));
    let way_out = if near.is_empty() {
        let keys: Vec<&str> = measures.iter().map(|measure| measure.key.as_str()).collect();
        format!("; there are {}", keys.join(", "))
    } else {
        near
    };
    shocks.fault(place, format!("`{}` has no measure `{key}`{way_out}", design.name))
}

/// The measure by which designs are compared. That there is none is told elsewhere.
fn score(shocks: &Shocks, designs: &[Scenario]) -> (Option<Measure>, Vec<Fault>) {
    let key = &shocks.file.score.measure;
    let of = |design: &Scenario| outcome_measures(&design.setup).into_iter().find(|measure| measure.key == *key);
    let Some(measure) = designs.first().and_then(of) else { return (None, Vec::new()) };
    if measure.better == Better::Neither {
        let problem =
            format!("of `{key}` neither direction is better; choose a measure of which one is, as `need_met`");
        return (None, vec![shocks.fault("score.measure", problem)]);
    }
    (Some(measure), Vec::new())
}

/// Of each design the numbers behind each parameter.
type Numbers = Vec<Vec<Vec<Parameter>>>;

fn parameters(shocks: &Shocks, designs: &[Scenario]) -> (Numbers, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut numbers = Numbers::new();
    for design in designs {
        let mut of_design = Vec::new();
        for (key, uncertain) in &shocks.file.parameters {
            let found: Vec<Result<Vec<Parameter>, Faults>> = uncertain
                .pointers
                .par_iter()
                .map(|pointer| vary::parameters(design, &[asked(design, pointer, uncertain.range)]))
                .collect();
            let mut of_key = Vec::new();
            for (position, found) in found.into_iter().enumerate() {
                match found {
                    Ok(parameters) => of_key.extend(parameters),
                    Err(found) => faults.extend(found.faults.into_iter().map(|fault| {
                        let place = format!("parameters.{key}.pointers[{position}]");
                        shocks.fault(&place, format!("in `{}`: {}: {}", design.name, fault.place, fault.problem))
                    })),
                }
            }
            of_design.push(of_key);
        }
        numbers.push(of_design);
    }
    (numbers, faults)
}

/// A number with its range in a design.
fn asked(design: &Scenario, pointer: &str, range: Range) -> Vary {
    let (from, to) = match range {
        Range::Between([from, to]) => (from, to),
        Range::Times(factors) => {
            let own = design.document().value().pointer(pointer).and_then(Value::as_f64).unwrap_or(0.0);
            let [from, to] = factors.map(|factor| factor * own);
            (from, to)
        }
    };
    Vary { pointer: pointer.to_owned(), values: Values::Between(from, to) }
}

/// The numbers of a point as people are told them; those of the first design stand for a number that must be whole.
fn told(shocks: &Shocks, parameters: &Numbers, point: &[f64]) -> Vec<f64> {
    let uncertain = shocks.file.parameters.values().zip(point).enumerate();
    uncertain
        .map(|(position, (uncertain, share))| {
            let [from, to] = uncertain.range.ends();
            let first = parameters.first().and_then(|design| design.get(position)?.first());
            match (uncertain.range, first) {
                (Range::Between(_), Some(number)) => number.at(*share),
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
                    numbers.iter().map(move |number| (number.pointer.as_str(), Parameter::json(number.at(*share))))
                });
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
