//! Whether a study fits the designs: measures, shocks and uncertain numbers found in each of them, or every fault.

use super::file::Range;
use super::shocks::{Rung, Shocks};
use crate::experiment::cells::MOST_CELLS;
use crate::experiment::vary::{self, Parameter, Values, Vary};
use crate::model::measure::{Better, Measure, outcome_measures};
use crate::scenario::Scenario;
use crate::scenario::text::{Fault, Faults, did_you_mean};
use rayon::prelude::*;
use serde_json::Value;

/// Where what a study names is found in the designs.
pub(super) struct Fit {
    /// Of each design where on each rung the measures of a run stand.
    pub(super) places: Vec<Vec<Places>>,
    /// The measure by which designs are compared.
    pub(super) score: Measure,
    /// Of each design the numbers behind each parameter.
    pub(super) parameters: Numbers,
}

/// Where measures stand in the outcomes of a run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Places {
    /// Of each goal; several where it is about every kind.
    pub(super) goals: Vec<Vec<usize>>,
    pub(super) score: usize,
    /// Whether it recovered and in how many steps, where the shock strikes at a fixed step.
    pub(super) recovery: Option<[usize; 2]>,
}

impl Fit {
    /// Looks everything up.
    ///
    /// # Errors
    /// Every measure, shock and parameter that does not fit a design, and too many futures.
    pub(super) fn of(shocks: &Shocks, designs: &[Scenario]) -> Result<Self, Faults> {
        let mut faults = too_many(shocks, designs.len());
        let (places, found) = places(shocks, designs);
        faults.extend(found);
        let (score, found) = measure_of_score(shocks, designs);
        faults.extend(found);
        let (parameters, found) = parameters(shocks, designs);
        faults.extend(found);
        match score {
            Some(score) if faults.is_empty() => Ok(Self { places, score, parameters }),
            _ => Err(shocks.faults(faults)),
        }
    }
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
                    faults.extend(found.faults.into_iter().map(|fault| in_ladder(shocks, design, rung, &fault)));
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
fn measure_of_score(shocks: &Shocks, designs: &[Scenario]) -> (Option<Measure>, Vec<Fault>) {
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
pub(super) type Numbers = Vec<Vec<Vec<Parameter>>>;

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
