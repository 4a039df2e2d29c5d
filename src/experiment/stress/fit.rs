//! Whether a study fits the designs: measures, shocks and uncertain numbers found in each of them, or every fault.

use super::file::Range;
use super::shocks::{Rung, Shocks};
use crate::experiment::cells::MOST_CELLS;
use crate::experiment::measured::{Reading, Unfound};
use crate::experiment::vary::{self, Level, Parameter, Put, Values, Vary};
use crate::model::measure::{Address, Better, Measure, outcome_measures, year_measures};
use crate::model::setup::Setup;
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

/// Where measures stand in the record of a run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Places {
    /// Of each goal; several where it is about every kind.
    pub(super) goals: Vec<Vec<Reading>>,
    pub(super) score: Reading,
    /// Whether it recovered and in how many steps, where the shock strikes at a fixed step.
    pub(super) recovery: Option<[Address; 2]>,
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
                    let (found, wrong) = look_up(shocks, design, &struck.setup);
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

fn look_up(shocks: &Shocks, design: &Scenario, struck: &Setup) -> (Places, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut goals = Vec::new();
    for (name, goal) in &shocks.file.goals {
        match of_goal(struck, &goal.measure) {
            Ok(readings) => goals.push(readings),
            Err(found) => faults.push(unfound(shocks, design, &format!("goals.{name}.measure"), &found)),
        }
    }
    let score = Reading::find(struck, &shocks.file.score.measure).map(|(reading, _)| reading);
    if let Err(found) = &score {
        faults.push(unfound(shocks, design, "score.measure", found));
    }
    let find = |key: &str| Address::find(struck, key).ok().map(|(address, _)| address);
    let recovery = find("recovered").zip(find("recovery_steps")).map(|(one, other)| [one, other]);
    (Places { goals, score: score.unwrap_or_default(), recovery }, faults)
}

/// Where the measures of a goal stand: one, or `margin.*` of every kind, of the run or, as `margin.*@year4`, of a year.
fn of_goal(setup: &Setup, key: &str) -> Result<Vec<Reading>, Unfound> {
    let (of_all, year) = key.split_at(key.find('@').unwrap_or(key.len()));
    let keys: Vec<String> = match of_all.strip_suffix('*') {
        Some(stem) if stem.ends_with('.') => {
            let list = if year.is_empty() { outcome_measures(setup) } else { year_measures(setup) };
            let of_kind = list.into_iter().filter(|measure| measure.key.starts_with(stem));
            of_kind.map(|measure| measure.key + year).collect()
        }
        _ => vec![key.to_owned()],
    };
    // Where no kind has it, the fault is that of the key with its star.
    let keys = if keys.is_empty() { vec![key.to_owned()] } else { keys };
    keys.iter().map(|key| Ok(Reading::find(setup, key)?.0)).collect()
}

fn unfound(shocks: &Shocks, design: &Scenario, place: &str, found: &Unfound) -> Fault {
    let problem = match found {
        Unfound::Unknown(found) => {
            let near = did_you_mean(&found.key, found.known.iter().map(String::as_str));
            let way_out = if near.is_empty() { format!("; {found}") } else { near };
            format!("`{}` has no measure `{}`{way_out}", design.name, found.key)
        }
        Unfound::Formula(problem) => format!("in `{}`: {problem}", design.name),
    };
    shocks.fault(place, problem)
}

/// The measure by which designs are compared. That there is none is told elsewhere.
fn measure_of_score(shocks: &Shocks, designs: &[Scenario]) -> (Option<Measure>, Vec<Fault>) {
    let key = &shocks.file.score.measure;
    let of = |design: &Scenario| Some(Reading::find(&design.setup, key).ok()?.1);
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
                .map(|pointer| vary::parameters(design, &[asked(design, pointer, &uncertain.range)]))
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
fn asked(design: &Scenario, pointer: &str, range: &Range) -> Vary {
    let (from, to) = match range {
        Range::Between([from, to]) => (*from, *to),
        Range::Among(levels) => {
            let level = |(name, value): (&String, &Value)| Level { name: name.clone(), put: Put::Value(value.clone()) };
            return Vary::new(pointer, Values::Levels(levels.iter().map(level).collect()));
        }
        Range::Times(factors) => {
            let own = design.document().value().pointer(pointer).and_then(Value::as_f64).unwrap_or(0.0);
            let [from, to] = factors.map(|factor| factor * own);
            (from, to)
        }
    };
    Vary::new(pointer, Values::Between(from, to))
}
