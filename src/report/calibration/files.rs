//! The CSV files of a calibration, and the preset: one observation a row, full precision.

use super::{Account, dictionary};
use crate::experiment::calibrate::file::{Prior, Purpose};
use crate::report::folder::plain::{Rows, number};

/// Every file by its name.
pub(super) fn files(account: &Account) -> Vec<(String, Vec<u8>)> {
    let preset = format!("{:#}\n", account.fit.preset(account.problem));
    [
        ("estimates.csv", estimates(account)),
        ("predictions.csv", predictions(account)),
        ("particles.csv", particles(account)),
        ("search.csv", search(account)),
        ("preset.json", preset),
        ("data-dictionary.csv", dictionary::text(account)),
    ]
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .to_vec()
}

fn estimates(account: &Account) -> String {
    let head = ["parameter", "unit", "prior", "from", "to", "median", "low", "high", "preset", "left_open", "meaning"];
    let mut rows = Rows::new(&head);
    for (parameter, estimate) in account.problem.parameters.iter().zip(account.fit.estimates(account.problem)) {
        let range = parameter.prior.range();
        let form = match parameter.prior {
            Prior::Uniform(_) => "uniform",
            Prior::LogUniform(_) => "log_uniform",
        };
        let mut row = vec![parameter.name.clone(), parameter.unit.clone(), form.to_owned()];
        let interval = estimate.interval;
        let numbers =
            [range.from, range.to, estimate.median, interval.low, interval.high, estimate.best, estimate.left_open];
        row.extend(numbers.map(|value| number(Some(value))));
        row.push(parameter.meaning.clone());
        rows.add(&row);
    }
    rows.text()
}

fn predictions(account: &Account) -> String {
    let mut rows = Rows::new(&[
        "data",
        "scenario",
        "measure",
        "step",
        "unit",
        "use",
        "observed",
        "error",
        "predicted",
        "predicted_error",
        "median",
        "low",
        "high",
        "difference_in_errors",
        "source",
    ]);
    for (position, observation) in account.problem.observations.iter().enumerate() {
        let Some(data) = account.problem.file.data.get(&observation.data) else { continue };
        let checked = account.fit.checked[position];
        let [low, median, high] = account.fit.range_of(position);
        let step = observation.step.map_or_else(String::new, |step| step.to_string());
        let mut row = vec![observation.data.clone(), data.scenario.clone(), data.measure.clone(), step];
        row.push(observation.unit.clone());
        row.push(
            match observation.purpose {
                Purpose::Fit => "fit",
                Purpose::HoldOut => "hold_out",
            }
            .to_owned(),
        );
        let difference = (checked.value - observation.observed) / observation.error;
        let numbers =
            [observation.observed, observation.error, checked.value, checked.error, median, low, high, difference];
        row.extend(numbers.map(|value| number(Some(value))));
        row.push(data.source.clone());
        rows.add(&row);
    }
    rows.text()
}

fn particles(account: &Account) -> String {
    let mut head = vec!["particle".to_owned()];
    head.extend(account.problem.parameters.iter().map(|parameter| parameter.name.clone()));
    head.push("misfit".to_owned());
    let mut rows = Rows::new(&head);
    let population = &account.fit.population;
    for (particle, (point, misfit)) in population.points.iter().zip(&population.misfits).enumerate() {
        let mut row = vec![particle.to_string()];
        row.extend(account.problem.values(point).into_iter().map(|value| number(Some(value))));
        row.push(number(Some(*misfit)));
        rows.add(&row);
    }
    rows.text()
}

fn search(account: &Account) -> String {
    let mut rows = Rows::new(&["round", "tolerance", "moved", "least_misfit"]);
    for (round, done) in account.fit.rounds.iter().enumerate() {
        let mut row = vec![round.to_string()];
        row.extend([done.tolerance, done.moved, done.least].map(|value| number(Some(value))));
        rows.add(&row);
    }
    rows.text()
}
