//! The tidy tables of an experiment over cells: one observation a row, full precision, shares from 0 to 1.

use crate::experiment::Level;
use crate::experiment::cells::Cells;
use crate::experiment::field::Field as Runs;
use crate::experiment::sweep::{Comparison, Sweep, Tipping};
use crate::experiment::target::Outcome;
use crate::experiment::vary::Parameter;
use crate::statistics::{FittedCrossing, Interval};
use std::io;

use super::super::folder::{Column, Command, Field, OF_THE_MEASURE, QUANTILES, TableFile};
use super::super::unit;
use super::tipping::TRUSTED;

/// The tables of a sweep.
pub(super) fn tables(sweep: &Sweep, command: &Command) -> io::Result<Vec<TableFile>> {
    let mut tables = vec![cells(&sweep.cells, &sweep.outcomes, &sweep.field, command)?];
    tables.extend(effects(sweep)?);
    tables.extend(tipping(sweep)?);
    Ok(tables)
}

/// A row for each cell: its parameters, and mean, interval and quantiles of every outcome. The interval is Wilson's of a
/// chance and Student's of a measure.
pub(super) fn cells(cells: &Cells, outcomes: &[Outcome], field: &Runs, command: &Command) -> io::Result<TableFile> {
    let mut columns = vec![Column::count("cell", "", "Number of the cell").of("from 0")];
    columns.extend(cells.parameters.iter().map(value));
    columns.push(Column::count("runs", "runs", "Runs of the cell"));
    columns.extend(outcomes.iter().flat_map(|outcome| columns_of(outcome, field.level)));
    TableFile::new(command.format, "cells", columns, |rows| {
        for (cell, point) in cells.points.iter().enumerate() {
            let mut row = vec![Field::Count(cell as u64)];
            row.extend(cells.parameters.iter().zip(point).map(|(parameter, value)| filled(parameter, Some(*value))));
            row.push(Field::Count(field.runs));
            for (position, outcome) in outcomes.iter().enumerate() {
                let found = field.estimate(cell, position, outcome);
                row.push(Field::Number(found.map(|(mean, _)| mean)));
                row.extend(Field::ends(found.and_then(|(_, interval)| interval)));
                let values = &field.cells[cell][position];
                row.extend(QUANTILES.map(|probability| Field::Number(values.sketch.quantile(probability))));
                row.push(Field::Count(values.tally.missing()));
            }
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// What is told of an outcome in every cell.
fn columns_of(outcome: &Outcome, level: Level) -> Vec<Column> {
    let unit = unit::key(outcome.measure.unit);
    let mut columns = Column::estimate(["mean", "low", "high"], unit, "Mean over the runs", level).to_vec();
    columns.extend(Column::quantiles(unit));
    columns.push(Column::count("missing", "runs", "Runs without a value"));
    columns.into_iter().map(|column| column.about(&outcome.key, &outcome.measure.label)).collect()
}

/// A row for each parameter and outcome of a grid: the difference from its smallest to its largest value.
fn effects(sweep: &Sweep) -> io::Result<Option<TableFile>> {
    let comparisons = sweep.comparisons();
    let pairs = (0..comparisons.len())
        .flat_map(|comparison| (0..sweep.outcomes.len()).map(move |outcome| (comparison, outcome)));
    let found: Vec<_> = pairs.filter_map(|(one, other)| Some((one, other, sweep.effect(one, other)?))).collect();
    if found.is_empty() {
        return Ok(None);
    }
    let mut columns = vec![parameter("parameter", "What is varied"), outcome()];
    columns.extend(ends(&sweep.cells.parameters));
    let meaning = "Mean over the runs of the outcome at the largest value less that at the smallest, averaged over the other values";
    columns.extend(Column::estimate(["difference", "low", "high"], OF_THE_MEASURE, meaning, sweep.field.level));
    columns.push(Column::count("runs", "runs", "Runs of each cell"));
    let table = TableFile::short("effects", columns, |rows| {
        for (comparison, outcome, (difference, interval)) in found {
            let Comparison { parameter, from, to } = comparisons[comparison];
            let (parameter, outcome) = (&sweep.cells.parameters[parameter], &sweep.outcomes[outcome]);
            let mut row = vec![Field::Text(&parameter.pointer), Field::Text(&outcome.key)];
            let ends = [from, to].map(|end| parameter.written(end));
            row.extend(end_fields(&sweep.cells.parameters, [from, to], &ends));
            row.push(Field::Number(Some(difference)));
            row.extend(Field::ends(Some(interval)));
            row.push(Field::Count(sweep.field.runs));
            rows.add(&row)?;
        }
        Ok(())
    });
    table.map(Some)
}

/// A place at which a chance crosses one half.
struct Tip {
    outcome: usize,
    along: usize,
    /// The values of the other parameters.
    fixed: Vec<Option<f64>>,
    at: f64,
    interval: Interval,
    cells: Option<Interval>,
    rises: bool,
}

/// A row for each place at which a chance crosses one half, along every parameter: on the lines of a grid, and otherwise where a
/// logistic fit that can be trusted has it.
fn tipping(sweep: &Sweep) -> io::Result<Option<TableFile>> {
    let found: Vec<Tip> = (0..sweep.outcomes.len())
        .flat_map(|outcome| on_lines(sweep, outcome).into_iter().chain(fitted(sweep, outcome)))
        .collect();
    if found.is_empty() {
        return Ok(None);
    }
    let table = TableFile::short("tipping", tipping_columns(sweep), |rows| {
        for Tip { outcome, along, fixed, at, interval, cells, rises } in &found {
            let mut row =
                vec![Field::Text(&sweep.outcomes[*outcome].key), Field::Text(&sweep.cells.parameters[*along].pointer)];
            row.extend(sweep.cells.parameters.iter().zip(fixed).map(|(parameter, value)| filled(parameter, *value)));
            row.push(Field::Number(Some(*at)));
            row.extend(Field::ends(Some(*interval)));
            row.extend(Field::ends(*cells));
            row.push(Field::Text(if *rises { "rises" } else { "falls" }));
            rows.add(&row)?;
        }
        Ok(())
    });
    table.map(Some)
}

fn on_lines(sweep: &Sweep, outcome: usize) -> Vec<Tip> {
    let tip = |along: usize, Tipping { line, crossing }: Tipping| {
        let first = &sweep.cells.points[line.cells[0]];
        let fixed = first.iter().enumerate().map(|(other, value)| (other != along).then_some(*value)).collect();
        let (at, interval, cells, rises) = (crossing.at, crossing.interval, Some(crossing.cells), crossing.rises);
        Tip { outcome, along, fixed, at, interval, cells, rises }
    };
    let all = 0..sweep.cells.parameters.len();
    all.flat_map(|along| sweep.tipping(outcome, along).into_iter().map(move |found| tip(along, found))).collect()
}

fn fitted(sweep: &Sweep, outcome: usize) -> Vec<Tip> {
    let Some(boundary) = sweep.boundary(outcome).filter(|found| found.placed >= TRUSTED) else { return Vec::new() };
    let tip = |(along, found): (usize, FittedCrossing)| {
        let parameters = sweep.cells.parameters.iter().enumerate();
        let fixed = parameters.map(|(other, parameter)| (other != along).then(|| parameter.middle())).collect();
        Tip { outcome, along, fixed, at: found.at, interval: found.interval, cells: None, rises: found.rises }
    };
    let crossings = boundary.crossings.into_iter().enumerate();
    crossings.filter_map(|(along, found)| Some(tip((along, found?)))).collect()
}

fn tipping_columns(sweep: &Sweep) -> Vec<Column> {
    let unit = "of the number that is varied along";
    let mut columns = vec![outcome(), parameter("along", "The number along which the chance crosses one half")];
    let fixed = |parameter: &Parameter| value(parameter).of("missing where the chance crosses along it");
    columns.extend(sweep.cells.parameters.iter().map(fixed));
    let at = "Where the chance crosses one half: straight between two cells of a grid, otherwise by a logistic fit";
    columns.push(Column::number("at", unit, at));
    columns.extend(Column::interval(["low", "high"], unit, "at, taken in the same way", sweep.field.level));
    columns.push(Column::number(
        "cell_before",
        unit,
        "Last cell of a grid whose interval is wholly on the side before",
    ));
    columns.push(Column::number(
        "cell_after",
        unit,
        "First cell of a grid whose interval is wholly on the side behind",
    ));
    columns.push(Column::text("chance", "What it does there, as the number grows").of("rises; falls"));
    columns
}

/// The column with the values of a parameter.
fn value(parameter: &Parameter) -> Column {
    let meaning = format!("Value at this place of the scenario: {}", parameter.name);
    if parameter.is_levels() {
        return Column::text(&parameter.pointer, meaning).of(parameter.levels.join("; "));
    }
    let unit = if parameter.times { "times what the scenario says" } else { "as in the scenario" };
    Column::number(&parameter.pointer, unit, meaning)
}

/// A value of what is varied: a number, or the name of a level.
fn filled(parameter: &Parameter, value: Option<f64>) -> Field<'_> {
    match value {
        Some(value) if parameter.is_levels() => Field::Text(parameter.level(value).unwrap_or_default()),
        None if parameter.is_levels() => Field::Text(""),
        number => Field::Number(number),
    }
}

/// Their values: words where any of what is varied is, as a column is of one sort.
pub(super) fn end_fields<'a>(parameters: &[Parameter], ends: [f64; 2], written: &'a [String; 2]) -> [Field<'a>; 2] {
    if parameters.iter().any(Parameter::is_levels) {
        return [Field::Text(&written[0]), Field::Text(&written[1])];
    }
    ends.map(|end| Field::Number(Some(end)))
}

/// A column with the names of parameters.
pub(super) fn parameter(name: &str, meaning: &str) -> Column {
    Column::text(name, meaning).of("JSON pointers into the scenario")
}

/// A column with the names of outcomes.
pub(super) fn outcome() -> Column {
    Column::text("outcome", "What is looked at").of("a measure, or a measure with a limit: the share of runs beyond it")
}

/// The smallest and the largest value of a parameter.
pub(super) fn ends(parameters: &[Parameter]) -> [Column; 2] {
    if parameters.iter().any(Parameter::is_levels) {
        let meaning = |which: &str, level: &str| format!("{which} value of the number, or the level {level}");
        return [
            Column::text("from", meaning("Smallest", "that others are compared with")),
            Column::text("to", meaning("Largest", "that is compared")),
        ];
    }
    let unit = "as in the scenario";
    [Column::number("from", unit, "Smallest value of the number"), Column::number("to", unit, "Its largest value")]
}
