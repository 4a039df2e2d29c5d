//! The tidy tables of a calibration, one observation a row, full precision; and the preset.

use super::Account;
use crate::experiment::calibrate::file::{Prior, Purpose};
use crate::report::folder::{Column, Field, TableFile};
use std::io;

/// The unit of a column whose rows are about different parameters.
const OF_THE_PARAMETER: &str = "of the parameter";

/// The unit of a column whose rows are about different observations.
const OF_THE_OBSERVATION: &str = "of the observation";

/// Every table.
pub(super) fn tables(account: &Account) -> io::Result<Vec<TableFile>> {
    Ok(vec![estimates(account)?, predictions(account)?, particles(account)?, search(account)?])
}

/// The values that fit best, as a fragment that other scenarios extend.
pub(super) fn preset(account: &Account) -> (String, Vec<u8>) {
    let text = format!("{:#}\n", account.fit.preset(account.problem));
    ("preset.json".to_owned(), text.into_bytes())
}

/// A row a parameter.
fn estimates(account: &Account) -> io::Result<TableFile> {
    let of = OF_THE_PARAMETER;
    let columns = vec![
        Column::text("parameter", "Name of the unknown number"),
        Column::text("unit", "Unit of the parameter"),
        Column::text("prior", "How it is spread before the data").of("uniform; log_uniform"),
        Column::number("from", of, "Smallest value it may have"),
        Column::number("to", of, "Largest value it may have"),
        Column::number("median", of, "Median after the data"),
        Column::number("low", of, "Lower end of the 90% interval after the data"),
        Column::number("high", of, "Upper end of the 90% interval after the data"),
        Column::number("preset", of, "Value in the preset: that of the point that fits best"),
        Column::number("left_open", "share", "Width of that interval against its width before the data"),
        Column::text("meaning", "What the parameter is"),
    ];
    TableFile::short("estimates", columns, |rows| {
        for (parameter, estimate) in account.problem.parameters.iter().zip(account.fit.estimates(account.problem)) {
            let range = parameter.prior.range();
            let form = match parameter.prior {
                Prior::Uniform(_) => "uniform",
                Prior::LogUniform(_) => "log_uniform",
            };
            let interval = estimate.interval;
            let numbers =
                [range.from, range.to, estimate.median, interval.low, interval.high, estimate.best, estimate.left_open];
            let mut row = vec![Field::Text(&parameter.name), Field::Text(&parameter.unit), Field::Text(form)];
            row.extend(numbers.map(|value| Field::Number(Some(value))));
            row.push(Field::Text(&parameter.meaning));
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// A row an observation.
fn predictions(account: &Account) -> io::Result<TableFile> {
    let of = OF_THE_OBSERVATION;
    let columns = vec![
        Column::text("data", "Name of the data in the calibration file"),
        Column::text("scenario", "Name of the scenario in the calibration file"),
        Column::text("measure", "What was observed"),
        Column::number("step", "steps", "Step of a series, counted from 1; missing for an outcome of the run"),
        Column::text("unit", "Unit of the observation"),
        Column::text("use", "What the observation is for").of("fit; hold_out"),
        Column::number("observed", of, "Value observed"),
        Column::number("error", of, "Error within which it is held to be known"),
        Column::number("predicted", of, "Mean over the runs with the values of the preset"),
        Column::number("predicted_error", of, "Standard error of that mean"),
        Column::number("median", of, "Median of the means over the points that are left"),
        Column::number("low", of, "Lower end of their 90% interval"),
        Column::number("high", of, "Upper end of their 90% interval"),
        Column::number("difference_in_errors", "errors", "Predicted less observed, in multiples of error"),
        Column::text("source", "Where the observation is from"),
    ];
    TableFile::short("predictions", columns, |rows| {
        for (position, observation) in account.problem.observations.iter().enumerate() {
            let Some(data) = account.problem.file.data.get(&observation.data) else { continue };
            let checked = account.fit.checked[position];
            let [low, median, high] = account.fit.range_of(position);
            let purpose = match observation.purpose {
                Purpose::Fit => "fit",
                Purpose::HoldOut => "hold_out",
            };
            let difference = (checked.value - observation.observed) / observation.error;
            let numbers =
                [observation.observed, observation.error, checked.value, checked.error, median, low, high, difference];
            let mut row = [&observation.data, &data.scenario, &data.measure].map(|word| Field::Text(word)).to_vec();
            row.push(Field::Number(observation.step.map(f64::from)));
            row.extend([observation.unit.as_str(), purpose].map(Field::Text));
            row.extend(numbers.map(|value| Field::Number(Some(value))));
            row.push(Field::Text(&data.source));
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// A row a point that is left.
fn particles(account: &Account) -> io::Result<TableFile> {
    let mut columns = vec![Column::count("particle", "", "Number of the point").of("from 0")];
    let parameters = &account.problem.parameters;
    columns.extend(parameters.iter().map(|known| Column::number(&known.name, &known.unit, &known.meaning)));
    columns.push(Column::number(
        "misfit",
        "errors",
        "Sum of the squares of the differences to the data that are fitted, in their errors",
    ));
    TableFile::short("particles", columns, |rows| {
        let population = &account.fit.population;
        for (particle, (point, misfit)) in population.points.iter().zip(&population.misfits).enumerate() {
            let mut row = vec![Field::Count(particle as u64)];
            row.extend(account.problem.values(point).into_iter().map(|value| Field::Number(Some(value))));
            row.push(Field::Number(Some(*misfit)));
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// A row a round.
fn search(account: &Account) -> io::Result<TableFile> {
    let columns = vec![
        Column::count("round", "", "Number of the round; 0 is the first sample").of("from 0"),
        Column::number("tolerance", "errors", "What the errors of the data were multiplied by"),
        Column::number("moved", "share", "Share of the points that moved"),
        Column::number(
            "least_misfit",
            "errors",
            "Least root mean square so far of the differences to the data, in their errors",
        ),
    ];
    TableFile::short("search", columns, |rows| {
        for (round, done) in account.fit.rounds.iter().enumerate() {
            let mut row = vec![Field::Count(round as u64)];
            row.extend([done.tolerance, done.moved, done.least].map(|value| Field::Number(Some(value))));
            rows.add(&row)?;
        }
        Ok(())
    })
}
