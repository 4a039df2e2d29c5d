//! The charts of a sweep: lines for one parameter, heat maps for two, small multiples for three, clouds for other designs.

use crate::experiment::sweep::{Design, Sweep};
use crate::experiment::target::Outcome;
use crate::scenario::Scenario;

use super::super::figure::{Axis, Body, Dot, Figure, Heat, HeatPanel, Mark, Panel, Points};
use super::super::phrase::{capitalised, counted};
use super::super::unit::axis;
use super::{tables, words};

/// Panels of small multiples; of more values the chart shows these, evenly chosen.
const MOST_PANELS: usize = 9;

/// A chart for each outcome.
pub(super) fn figures(scenario: &Scenario, sweep: &Sweep) -> Vec<Figure> {
    if sweep.field.runs == 0 {
        return Vec::new();
    }
    let names = file_names(sweep.outcomes.iter().map(|outcome| outcome.key.as_str()));
    names
        .into_iter()
        .enumerate()
        .map(|(outcome, name)| {
            let body = match (sweep.design, sweep.cells.parameters.len()) {
                (_, 1) => Body::Points(Points { panels: vec![response(scenario, sweep, outcome)] }),
                (Design::Grid, 2 | 3) => Body::Heat(heat(scenario, sweep, outcome)),
                (Design::Grid | Design::Latin(_) | Design::Sobol(_) | Design::Listed, _) => {
                    Body::Points(Points { panels: clouds(scenario, sweep, outcome) })
                }
            };
            figure(scenario, sweep, (outcome, name), body)
        })
        .collect()
}

/// A figure with the words that all have in common.
fn figure(scenario: &Scenario, sweep: &Sweep, (outcome, name): (usize, String), body: Body) -> Figure {
    let told = &sweep.outcomes[outcome];
    let findings = super::findings::headline(scenario, sweep, outcome);
    let what = match &body {
        Body::Heat(_) if !sweep.is_numbers() && told.is_chance => "Each cell is a share of runs",
        Body::Heat(_) if !sweep.is_numbers() => "Each cell is a mean over runs",
        Body::Heat(_) if told.is_chance => &format!(
            "Each cell is a share of runs; the line is where it crosses one half, the dashes its {} interval",
            sweep.field.level
        ),
        Body::Heat(_) => "Each cell is a mean over runs; lines join the levels that the bar marks",
        _ if sweep.cells.parameters.len() == 1 => {
            &format!("Mean of the runs of each cell with its {} interval", sweep.field.level)
        }
        _ => "Mean of the runs of each cell against each parameter, the others varying too",
    };
    Figure {
        name,
        title: findings,
        subtitle: format!(
            "{what}; {}, {} of each on the same luck",
            counted(sweep.cells.points.len() as u64, "cell"),
            counted(sweep.field.runs, "run")
        ),
        note: note(scenario, sweep.field.seed),
        body,
    }
}

/// The line at the foot.
pub(super) fn note(scenario: &Scenario, seed: u64) -> String {
    format!("commonground {}, seed {seed}; {}.", crate::identity::VERSION, scenario.file.title)
}

/// Letters of the stem of a file, at most: a formula may be long.
const LONGEST_NAME: usize = 100;

/// The keys of outcomes as stems of files, no two of them the same: `need_met<0.9` → `need-met-below-0.9`.
pub(super) fn file_names<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for key in keys {
        let name = file_name(key);
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let mut tried = std::iter::once(name.clone()).chain(numbered);
        // On some disks large letters are small ones.
        let is_free = |name: &String| names.iter().all(|taken| taken.to_lowercase() != name.to_lowercase());
        names.extend(tried.find(is_free));
    }
    names
}

fn file_name(key: &str) -> String {
    const SIGNS: [(char, &str); 7] = [
        ('<', "-below-"),
        ('>', "-above-"),
        ('+', "-plus-"),
        ('*', "-times-"),
        ('/', "-over-"),
        ('^', "-to-the-"),
        ('_', "-"),
    ];
    let text = SIGNS.iter().fold(key.to_owned(), |text, (sign, words)| text.replace(*sign, words));
    let is_plain = |letter: char| letter.is_alphanumeric() || "-.".contains(letter);
    let text: String = text.chars().map(|letter| if is_plain(letter) { letter } else { '-' }).collect();
    // Of a formula the signs that fall together are one.
    let text = text.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    text.chars().take(LONGEST_NAME).collect()
}

/// The axis of an outcome; a chance always from 0% to 100%.
pub(super) fn outcome_axis(scenario: &Scenario, outcome: &Outcome) -> Axis {
    let axis = axis(&tables::heading(outcome), outcome.measure.unit, &scenario.file.time.unit);
    if outcome.is_chance { Axis { range: Some((0.0, 1.0)), ..axis } } else { axis }
}

/// The outcome over the values of the only parameter.
fn response(scenario: &Scenario, sweep: &Sweep, outcome: usize) -> Panel {
    let parameter = &sweep.cells.parameters[0];
    let mut order: Vec<usize> = (0..sweep.cells.points.len()).collect();
    order.sort_by(|a, b| sweep.cells.points[*a][0].total_cmp(&sweep.cells.points[*b][0]));
    let marks = sweep.tipping(outcome, 0).into_iter().map(|tipping| Mark {
        label: format!("one half at {}", words::at(parameter, tipping.crossing.at)),
        at: (tipping.crossing.at, 0.5),
        across: (tipping.crossing.interval.low, tipping.crossing.interval.high),
    });
    Panel {
        title: String::new(),
        x: words::axis(parameter),
        y: outcome_axis(scenario, &sweep.outcomes[outcome]),
        dots: order.into_iter().map(|cell| dot(sweep, cell, 0, outcome)).collect(),
        joined: !parameter.is_levels(),
        marks: marks.collect(),
    }
}

fn dot(sweep: &Sweep, cell: usize, parameter: usize, outcome: usize) -> Dot {
    let (mean, interval) = sweep.estimate(cell, outcome).unwrap_or((f64::NAN, None));
    Dot {
        label: String::new(),
        x: sweep.cells.points[cell][parameter],
        y: mean,
        across: None,
        up: interval.map(|interval| (interval.low, interval.high)),
    }
}

/// The outcome against each parameter in turn.
fn clouds(scenario: &Scenario, sweep: &Sweep, outcome: usize) -> Vec<Panel> {
    let panel = |(number, parameter): (usize, &crate::experiment::vary::Parameter)| Panel {
        title: String::new(),
        x: words::scaled(parameter, capitalised(&parameter.name)),
        y: outcome_axis(scenario, &sweep.outcomes[outcome]),
        dots: (0..sweep.cells.points.len()).map(|cell| Dot { up: None, ..dot(sweep, cell, number, outcome) }).collect(),
        joined: false,
        marks: Vec::new(),
    };
    sweep.cells.parameters.iter().enumerate().take(MOST_PANELS).map(panel).collect()
}

/// Two parameters across and up; a panel for each value of a third.
fn heat(scenario: &Scenario, sweep: &Sweep, outcome: usize) -> Heat {
    let parameters = &sweep.cells.parameters;
    let third: Vec<Option<f64>> = parameters.get(2).map_or_else(|| vec![None], |third| some_of(&third.values));
    let panel = |at: &Option<f64>| HeatPanel {
        title: at.map_or_else(String::new, |value| {
            format!("{} {}", capitalised(&parameters[2].name), words::at(&parameters[2], value))
        }),
        mean: rows(sweep, outcome, *at, |_, mean| mean),
        low: rows(sweep, outcome, *at, |interval, _| interval.map_or(f64::NAN, |interval| interval.low)),
        high: rows(sweep, outcome, *at, |interval, _| interval.map_or(f64::NAN, |interval| interval.high)),
    };
    Heat {
        x: words::axis(&parameters[0]),
        y: words::axis(&parameters[1]),
        value: outcome_axis(scenario, &sweep.outcomes[outcome]),
        columns: parameters[0].values.clone(),
        rows: parameters[1].values.clone(),
        panels: third.iter().map(panel).collect(),
        is_chance: sweep.outcomes[outcome].is_chance,
        confidence: sweep.field.level,
    }
}

/// At most [`MOST_PANELS`] of some values, the first and the last among them.
fn some_of(values: &[f64]) -> Vec<Option<f64>> {
    let count = values.len().min(MOST_PANELS);
    (0..count).map(|panel| values.get(panel * (values.len() - 1) / (count - 1).max(1)).copied()).collect()
}

/// A number for each value of the second parameter, and in it one for each of the first.
fn rows(
    sweep: &Sweep,
    outcome: usize,
    third: Option<f64>,
    pick: impl Fn(Option<crate::statistics::Interval>, f64) -> f64,
) -> Vec<Vec<f64>> {
    let [first, second] = [0, 1].map(|number| &sweep.cells.parameters[number].values);
    let value = |column: usize, row: usize| {
        let values: Vec<f64> = [first[column], second[row]].into_iter().chain(third).collect();
        let found = sweep.cells.find(&values).and_then(|cell| sweep.estimate(cell, outcome));
        found.map_or(f64::NAN, |(mean, interval)| pick(interval, mean))
    };
    (0..second.len()).map(|row| (0..first.len()).map(|column| value(column, row)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_outcomes_have_one_file() {
        let keys = ["a+b", "a*b", "a/b", "a-b", "a^b", "a_b", "(a-b)", "a<0.9", "A<0.9"];
        assert_eq!(
            file_names(keys.into_iter()),
            [
                "a-plus-b",
                "a-times-b",
                "a-over-b",
                "a-b",
                "a-to-the-b",
                "a-b-2",
                "a-b-3",
                "a-below-0.9",
                "A-below-0.9-2"
            ]
        );
    }
}
