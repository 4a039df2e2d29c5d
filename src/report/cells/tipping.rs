//! Where a chance passes 50%, in sentences: on the lines of a grid, or by a fit over cells that lie on none.

use crate::experiment::Level;
use crate::experiment::sweep::{Design, Line, Sweep, Tipping};
use crate::experiment::vary::Parameter;
use crate::statistics::{Crossing, FittedCrossing, Interval};

use super::super::phrase::{capitalised, list};
use super::findings::TENDENCIES;
use super::words;

/// Where a chance passes 50%; nothing of an outcome that is none.
pub(super) fn sentences(sweep: &Sweep, outcome: usize) -> Vec<String> {
    match (sweep.outcomes[outcome].is_chance, sweep.design) {
        (false, _) => Vec::new(),
        (true, Design::Grid) => on_lines(sweep, outcome),
        (true, _) if !sweep.is_numbers() => Vec::new(),
        (true, _) => fitted(sweep, outcome),
    }
}

/// The same in a few words, for the title of a chart.
pub(super) fn headline(sweep: &Sweep, outcome: usize) -> Option<String> {
    let subject = capitalised(&words::outcome(&sweep.outcomes[outcome]));
    if sweep.design != Design::Grid {
        let found = sweep.boundary(outcome).filter(|found| found.placed >= TRUSTED)?;
        let mut crossings = sweep.cells.parameters.iter().zip(found.crossings);
        let (parameter, crossing) = crossings.find_map(|(parameter, crossing)| Some((parameter, crossing?)))?;
        return Some(format!(
            "{subject} {} at {} {}",
            way(crossing.rises),
            parameter.name,
            words::at(parameter, crossing.at)
        ));
    }
    let (along, tipped) = tipping_most(sweep, outcome);
    let parameter = &sweep.cells.parameters[along];
    let name = &parameter.name;
    let lines = sweep.lines(along);
    if let ([only], 1) = (tipped.as_slice(), lines.len()) {
        return Some(format!("{subject} {} at {name} {}", crossing(only), words::at(parameter, only.crossing.at)));
    }
    let places = tipped.iter().map(|tipping| tipping.crossing.at);
    let first = places.clone().reduce(f64::min)?;
    let last = places.reduce(f64::max)?;
    let range = format!("{name} {} to {}", words::at(parameter, first), words::at(parameter, last));
    let some = crossed(&lines, &tipped) < lines.len();
    let lines = if some { format!(", on {} lines", lines_that_tip(&lines, &tipped)) } else { String::new() };
    Some(format!("{subject} passes 50% at {range}{lines}"))
}

/// The same with its interval, for a verdict; `None` where a chance passes 50% nowhere.
pub(super) fn tip(sweep: &Sweep, outcome: usize) -> Option<String> {
    let subject = capitalised(&words::short(&sweep.outcomes[outcome]));
    let at = |parameter: &Parameter, at: f64, interval: Interval| {
        let [at, low, high] = [at, interval.low, interval.high].map(|value| words::about(parameter, value));
        format!("{} {at} ({low} to {high})", parameter.name)
    };
    if sweep.design != Design::Grid {
        let found = sweep.boundary(outcome).filter(|found| found.placed >= TRUSTED)?;
        let mut crossings = sweep.cells.parameters.iter().zip(found.crossings);
        let (parameter, crossing) = crossings.find_map(|(parameter, crossing)| Some((parameter, crossing?)))?;
        let others = if sweep.cells.parameters.len() > 1 { ", the others in the middle of their ranges" } else { "" };
        let place = at(parameter, crossing.at, crossing.interval);
        return Some(format!("{subject} passes 50% at {place}{others}, by a logistic fit over all cells"));
    }
    let (along, tipped) = tipping_most(sweep, outcome);
    let (lines, parameter) = (sweep.lines(along), &sweep.cells.parameters[along]);
    if lines.len() == 1 && !tipped.is_empty() {
        let places = tipped.iter().map(|tipping| at(parameter, tipping.crossing.at, tipping.crossing.interval));
        return Some(format!("{subject} passes 50% at {}", list(&places.collect::<Vec<_>>())));
    }
    let places = tipped.iter().map(|tipping| tipping.crossing.at);
    let (first, last) = (places.clone().reduce(f64::min)?, places.reduce(f64::max)?);
    let crossed = lines_that_tip(&lines, &tipped);
    let [first, last] = [first, last].map(|value| words::about(parameter, value));
    let name = &parameter.name;
    let range = if first == last { format!("at {name} {first}") } else { format!("between {name} {first} and {last}") };
    let design = if sweep.cells.parameters.len() == 2 { "map" } else { "grid" };
    Some(format!("{subject} passes 50% {range}, on {crossed} lines of the {design}"))
}

/// Where exactly it tips on the first and on the last of several lines; nothing of one line, which the verdict tells.
pub(super) fn more_places(sweep: &Sweep, outcome: usize) -> Vec<String> {
    let several = sweep.design == Design::Grid && sweep.cells.parameters.len() > 1;
    if several && sweep.outcomes[outcome].is_chance { on_lines(sweep, outcome) } else { Vec::new() }
}

/// Where a chance passes 50%, along the parameter along which it does so on most lines; nothing of a grid of levels alone.
fn on_lines(sweep: &Sweep, outcome: usize) -> Vec<String> {
    if !sweep.has_lines() {
        return Vec::new();
    }
    let (along, found) = tipping_most(sweep, outcome);
    let subject = capitalised(&words::outcome(&sweep.outcomes[outcome]));
    let parameter = &sweep.cells.parameters[along];
    let (name, lines) = (&parameter.name, sweep.lines(along));
    if found.is_empty() {
        let any = if sweep.cells.parameters.len() > 1 { "any of the numbers" } else { name };
        return vec![format!("{subject} does not pass 50% anywhere along {any}.")];
    }
    if lines.len() == 1 {
        return found
            .iter()
            .map(|tipping| {
                let at = place(parameter, tipping, sweep.field.level);
                format!("{subject} {} at {name} {at}.", crossing(tipping))
            })
            .collect();
    }
    let at = |tipping: &Tipping| {
        let point = &sweep.cells.points[tipping.line.cells[0]];
        let others = sweep.cells.parameters.iter().zip(point).enumerate().filter(|(number, _)| *number != along);
        let (parameters, values): (Vec<Parameter>, Vec<f64>) =
            others.map(|(_, (parameter, value))| (parameter.clone(), *value)).unzip();
        format!("{} with {}", place(parameter, tipping, sweep.field.level), words::cell(&parameters, &values))
    };
    let and_last = match found.as_slice() {
        [_, .., last] => format!("; {} at {}", crossing(last), at(last)),
        _ => String::new(),
    };
    vec![format!(
        "{subject} passes 50% along {name} on {} lines: {} at {}{and_last}. All of them are in tipping.csv.",
        lines_that_tip(&lines, &found),
        crossing(&found[0]),
        at(&found[0])
    )]
}

/// The least share of left-out cells on the right side of 50% at which a fitted boundary is told: a convention of ours.
pub(super) const TRUSTED: f64 = 0.8;

/// Where a chance passes 50% among cells that lie on no lines, by a fit over all of them; or that no fit tells.
fn fitted(sweep: &Sweep, outcome: usize) -> Vec<String> {
    let subject = capitalised(&words::outcome(&sweep.outcomes[outcome]));
    let Some(found) = sweep.boundary(outcome) else {
        return vec![format!(
            "{subject} is on one side of 50% in nearly every cell, so that no tipping line is given."
        )];
    };
    let placed = format!("{:.0}%", found.placed * 100.0);
    if found.placed < TRUSTED {
        return vec![format!(
            "{subject} is above 50% in some cells and below in others, but no plane parts them: a logistic fit puts only \
             {placed} of the cells left out of it on the right side. For a tipping line sweep a grid of the numbers that matter."
        )];
    }
    let parameters = &sweep.cells.parameters;
    let others = if parameters.len() > 1 { " with the other numbers in the middle of their ranges" } else { "" };
    let place = |(parameter, crossing): (&Parameter, &FittedCrossing)| {
        let Interval { low, high } = crossing.interval;
        let [at, low, high] = [crossing.at, low, high].map(|value| words::at(parameter, value));
        let way = way(crossing.rises);
        format!("{subject} {way} at {} {at} ({} interval {low} to {high}){others}.", parameter.name, sweep.field.level)
    };
    let crossings = parameters.iter().zip(&found.crossings);
    let mut sentences: Vec<String> =
        crossings.filter_map(|(parameter, found)| Some(place((parameter, found.as_ref()?)))).take(TENDENCIES).collect();
    if sentences.is_empty() {
        sentences.push(format!("{subject} passes 50% nowhere{others}, though it does in the corners."));
    }
    sentences.push(format!(
        "These places are those of a logistic fit over all cells, which puts at least {placed} of the cells left out of it, above \
         50% and below, on the right side; the intervals are over resampled cells."
    ));
    sentences
}

fn crossing(tipping: &Tipping) -> &'static str {
    way(tipping.crossing.rises)
}

fn way(rises: bool) -> &'static str {
    if rises { "rises through 50%" } else { "falls through 50%" }
}

/// "0.93 (95% interval 0.91 to 0.95 if the chance is straight between cells; 0.9 to 1 otherwise)"
fn place(parameter: &Parameter, tipping: &Tipping, level: Level) -> String {
    let Crossing { at, interval, cells, .. } = tipping.crossing;
    let [at, low, high, first, last] =
        [at, interval.low, interval.high, cells.low, cells.high].map(|value| words::at(parameter, value));
    if (&low, &high) == (&first, &last) {
        return format!("{at} ({level} interval {low} to {high})");
    }
    format!(
        "{at} ({level} interval {low} to {high} if the chance is straight between cells, {first} to {last} if it is not)"
    )
}

/// "5 of 7"
fn lines_that_tip(lines: &[Line], tipped: &[Tipping]) -> String {
    format!("{} of {}", crossed(lines, tipped), lines.len())
}

/// How many lines a chance passes 50% on.
fn crossed(lines: &[Line], tipped: &[Tipping]) -> usize {
    lines.iter().filter(|line| tipped.iter().any(|tipping| tipping.line == **line)).count()
}

/// The parameter along which the largest share of the lines of a grid tips, the first of several, and where they do.
fn tipping_most(sweep: &Sweep, outcome: usize) -> (usize, Vec<Tipping>) {
    let found = |along: usize| {
        let (lines, tipped) = (sweep.lines(along), sweep.tipping(outcome, along));
        let share = crossed(&lines, &tipped) as f64 / lines.len().max(1) as f64;
        (share, along, tipped)
    };
    let all = (0..sweep.cells.parameters.len()).map(found);
    let most = all.reduce(|most, next| if next.0 > most.0 { next } else { most });
    most.map_or((0, Vec::new()), |(_, along, tipped)| (along, tipped))
}
