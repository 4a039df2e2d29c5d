//! The tidy tables of a result folder that are known once all runs are done: one observation a row, shares from 0 to 1.

use std::io;

use crate::experiment::Cell;
use crate::model::measure::{Better, Measure, Unit};
use crate::statistics::Interval;

use super::super::study::Study;
use super::super::tabulate::verdict;
use super::tidy::{Column, Field, Format, Kind, Rows};

/// Every file by its name: series in the format asked for, the small tables always as CSV. Differences there are only with
/// several arms.
pub(super) fn files(study: &Study, format: Format) -> io::Result<Vec<(String, Vec<u8>)>> {
    let csv = |stem: &str, bytes: Vec<u8>| (Format::Csv.file(stem), bytes);
    let mut files = vec![
        csv("measures", measures(study)?),
        csv("summary", summary(study)?),
        (format.file("series"), series(study, format)?),
    ];
    if study.arms.len() > 1 {
        files.push(csv("differences", differences(study)?));
    }
    Ok(files)
}

/// Mean and quantiles of every series over the runs. `step` is the number of steps done.
fn series(study: &Study, format: Format) -> io::Result<Vec<u8>> {
    let mut columns = Column::list(&[("arm", Kind::Text), ("step", Kind::Count), ("measure", Kind::Text)]);
    columns.extend(numbers(&["mean", "q05", "q25", "median", "q75", "q95"]));
    columns.extend(Column::list(&[("runs", Kind::Count)]));
    let mut table = Rows::new(format, &columns, Vec::new())?;
    for (key, summary) in study.keys().iter().zip(study.summaries()) {
        for (step, cells) in summary.steps.iter().zip(summary.series.chunks(summary.series_measures.len().max(1))) {
            for (measure, cell) in summary.series_measures.iter().zip(cells) {
                let mut row = vec![Field::Text(key), Field::Count(u64::from(*step) + 1), Field::Text(&measure.key)];
                row.push(Field::Number(cell.tally.mean()));
                row.extend(QUANTILES.map(|probability| Field::Number(cell.sketch.quantile(probability))));
                row.push(Field::Count(cell.tally.count()));
                table.add(&row)?;
            }
        }
    }
    table.finish()
}

/// What is told of every distribution.
const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

fn summary(study: &Study) -> io::Result<Vec<u8>> {
    let mut columns = Column::list(&[("arm", Kind::Text), ("measure", Kind::Text), ("unit", Kind::Text)]);
    columns.extend(numbers(&["mean", "low", "high", "q05", "q25", "median", "q75", "q95"]));
    columns.extend(Column::list(&[("runs", Kind::Count), ("missing", Kind::Count)]));
    let mut table = Rows::new(Format::Csv, &columns, Vec::new())?;
    for (arm, (key, summary)) in study.keys().iter().zip(study.summaries()).enumerate() {
        for (measure, cell) in summary.measures.iter().zip(&summary.outcomes) {
            let mut row = vec![Field::Text(key), Field::Text(&measure.key), Field::Text(unit(measure.unit))];
            row.extend(outcome(study, arm, &measure.key, cell));
            table.add(&row)?;
        }
    }
    table.finish()
}

fn outcome<'a>(study: &Study, arm: usize, key: &str, cell: &Cell) -> Vec<Field<'a>> {
    let interval = study.estimate(arm, key).and_then(|estimate| estimate.interval);
    let mut fields = vec![Field::Number(cell.tally.mean())];
    fields.extend(ends(interval));
    fields.extend(QUANTILES.map(|probability| Field::Number(study.quantile(arm, key, probability))));
    fields.extend([Field::Count(cell.tally.count()), Field::Count(cell.tally.missing())]);
    fields
}

/// Differences from the first arm, run by run. `runs` counts the pairs in which both arms have a value.
fn differences(study: &Study) -> io::Result<Vec<u8>> {
    let words = ["arm", "reference", "measure", "unit"].map(|name| (name, Kind::Text));
    let mut columns = Column::list(&words);
    columns.extend(numbers(&["difference", "low", "high", "median", "share_higher", "share_lower"]));
    columns.extend(Column::list(&[("verdict", Kind::Text), ("runs", Kind::Count)]));
    let mut table = Rows::new(Format::Csv, &columns, Vec::new())?;
    let keys = study.keys();
    for arm in study.others() {
        for measure in study.measures() {
            let Some(contrast) = study.contrast(arm, &measure.key) else { continue };
            let pairs = contrast.pairs;
            let share = |some: u64| Field::Number(Some(some as f64 / pairs.count() as f64));
            let mut row = [&keys[arm], &keys[0], &measure.key, unit(measure.unit)].map(Field::Text).to_vec();
            row.push(Field::Number(Some(contrast.difference)));
            row.extend(ends(contrast.interval));
            row.push(Field::Number(pairs.sketch().quantile(0.5)));
            row.extend([share(pairs.above()), share(pairs.below())]);
            row.extend([Field::Text(verdict(&contrast)), Field::Count(pairs.count())]);
            table.add(&row)?;
        }
    }
    table.finish()
}

/// Every measure of every arm once.
fn measures(study: &Study) -> io::Result<Vec<u8>> {
    let words = ["measure", "recorded", "label", "unit", "better", "kind"].map(|name| (name, Kind::Text));
    let mut table = Rows::new(Format::Csv, &Column::list(&words), Vec::new())?;
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for summary in study.summaries() {
        for (recorded, list) in [("run", &summary.measures), ("step", &summary.series_measures)] {
            for measure in list {
                if !seen.contains(&(recorded, &measure.key)) {
                    seen.push((recorded, &measure.key));
                    table.add(&entry(measure, recorded).map(Field::Text))?;
                }
            }
        }
    }
    table.finish()
}

fn entry<'a>(measure: &'a Measure, recorded: &'a str) -> [&'a str; 6] {
    let kind = measure.kind.as_deref().unwrap_or_default();
    [&measure.key, recorded, &measure.label, unit(measure.unit), better(measure.better), kind]
}

fn numbers(names: &[&str]) -> Vec<Column> {
    names.iter().map(|name| Column { name: (*name).to_owned(), kind: Kind::Number }).collect()
}

fn ends<'a>(interval: Option<Interval>) -> [Field<'a>; 2] {
    [interval.map(|interval| interval.low), interval.map(|interval| interval.high)].map(Field::Number)
}

/// The unit of a measure as files write it.
pub(in crate::report) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::StepsOfNeed => "steps_of_need",
        Unit::Steps | Unit::Duration => "steps",
        Unit::Number => "number",
    }
}

fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Neither => "neither",
    }
}
