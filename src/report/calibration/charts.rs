//! The charts of a calibration: what is foretold against what was observed, and the parameters before and after the data.

use super::Account;
use super::words::name;
use crate::experiment::calibrate::file::Purpose;
use crate::experiment::calibrate::{Estimate, Observation, Parameter};
use crate::report::figure::{Agreement, AgreementPanel, Axis, Body, Figure, Pair, Posterior, Posteriors};
use crate::report::phrase::{capitalised, counted, significant};

/// Even slices of a prior whose points are counted.
const SLICES: usize = 40;

/// The charts, in the order in which they are to be read.
pub fn figures(account: &Account) -> Vec<Figure> {
    vec![agreement(account), posteriors(account)]
}

fn agreement(account: &Account) -> Figure {
    let Account { problem, fit } = account;
    let mut panels: Vec<AgreementPanel> = Vec::new();
    for (position, observation) in problem.observations.iter().enumerate() {
        let pair = pair(account, position, observation);
        match panels.iter_mut().find(|panel| panel.axis.title == observation.unit) {
            Some(panel) => panel.pairs.push(pair),
            None => panels.push(AgreementPanel { axis: Axis::number(observation.unit.clone()), pairs: vec![pair] }),
        }
    }
    let off = |purpose| fit.errors(problem, purpose).map(|errors| significant(errors.in_errors));
    let title = match (off(Purpose::Fit), off(Purpose::HoldOut)) {
        (Some(fitted), Some(left_out)) => format!(
            "The fitted model is off by {fitted} standard errors on the data it was fitted to, and by {left_out} on those \
             left out"
        ),
        (fitted, _) => format!(
            "The fitted model is off by {} standard errors on the data it was fitted to",
            fitted.unwrap_or_else(|| "–".to_owned())
        ),
    };
    Figure {
        name: "predicted-against-observed".to_owned(),
        title,
        subtitle: "Marker: foretold by the preset. Upright line: 90% interval over all values that the data leave possible. Line \
                   across: standard error of the datum"
            .to_owned(),
        note: note(account),
        body: Body::Agreement(Agreement { panels }),
    }
}

fn pair(account: &Account, position: usize, observation: &Observation) -> Pair {
    let [low, _, high] = account.fit.range_of(position);
    Pair {
        label: observation.label(),
        observed: observation.observed,
        error: observation.error,
        foretold: account.fit.checked[position].value,
        interval: (low, high),
        left_out: observation.purpose == Purpose::HoldOut,
    }
}

fn posteriors(account: &Account) -> Figure {
    let Account { problem, fit } = account;
    let estimates = fit.estimates(problem);
    let pinned = estimates.iter().filter(|estimate| estimate.is_pinned_down()).count();
    let all = problem.parameters.len();
    let title = match (pinned, all) {
        (1, 1) => "The data pin the parameter down".to_owned(),
        (0, 1) => "The data do not pin the parameter down".to_owned(),
        (0, _) => "The data pin none of the parameters down".to_owned(),
        (2, 2) => "The data pin both parameters down".to_owned(),
        _ if pinned == all => format!("The data pin all {all} parameters down"),
        _ => format!("The data pin {pinned} of the {all} parameters down"),
    };
    let rows = problem.parameters.iter().zip(estimates).enumerate();
    Figure {
        name: "parameters".to_owned(),
        title,
        subtitle:
            "How often values are met among those that the data leave possible, from the least to the greatest held \
                   possible before, on the scale on which all were alike"
                .to_owned(),
        note: note(account),
        body: Body::Posteriors(Posteriors {
            title: "after the data".to_owned(),
            interval: "median and 90% interval".to_owned(),
            mark: "preset".to_owned(),
            rows: rows.map(|(axis, (parameter, estimate))| posterior(account, axis, parameter, &estimate)).collect(),
        }),
    }
}

fn posterior(account: &Account, axis: usize, parameter: &Parameter, estimate: &Estimate) -> Posterior {
    let points = &account.fit.population.points;
    let mut heights = vec![0.0; SLICES];
    for point in points {
        heights[((point[axis] * SLICES as f64) as usize).min(SLICES - 1)] += SLICES as f64 / points.len() as f64;
    }
    let unit = if parameter.unit.is_empty() { String::new() } else { format!(", {}", parameter.unit) };
    let range = parameter.prior.range();
    let place = |value: f64| (value, parameter.prior.share_below(value));
    Posterior {
        label: format!("{}{unit}", capitalised(&name(parameter))),
        ends: [range.from, range.to],
        heights,
        median: place(estimate.median),
        interval: [place(estimate.interval.low), place(estimate.interval.high)],
        best: place(estimate.best),
    }
}

fn note(account: &Account) -> String {
    let method = account.problem.file.method;
    format!(
        "{} points after {}; {} of each scenario for each; seed {}",
        method.particles,
        counted(account.fit.rounds.len() as u64 - 1, "round"),
        counted(u64::from(method.runs), "run"),
        method.seed
    )
}
