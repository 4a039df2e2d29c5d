//! The tables of a sweep.

use crate::experiment::sweep::Sweep;
use crate::experiment::target::Outcome;
use crate::experiment::vary::Parameter;
use crate::model::measure::Unit;
use crate::scenario::Scenario;

use super::super::phrase::{Numerals, capitalised, count, counted};
use super::super::table::{Entry, Table};
use super::words;

/// Cells that a table shows; of more the highest and the lowest.
const SHOWN: usize = 24;
/// Of many cells, so many of the highest and of the lowest.
const ENDS: usize = 6;

/// One table: cells with their parameters, and mean and interval of every outcome.
pub(super) fn tables(scenario: &Scenario, sweep: &Sweep) -> Vec<Table> {
    let cells = chosen(sweep);
    let mut columns: Vec<String> =
        sweep.cells.parameters.iter().map(|parameter| capitalised(&parameter.name)).collect();
    for outcome in &sweep.outcomes {
        columns.extend([heading(outcome), "Low".to_owned(), "High".to_owned()]);
    }
    let row = |cell: &usize| {
        let mut row: Vec<Entry> = sweep
            .cells
            .parameters
            .iter()
            .zip(&sweep.cells.points[*cell])
            .map(|(parameter, value)| entry(parameter, *value))
            .collect();
        for outcome in 0..sweep.outcomes.len() {
            row.extend(entries(scenario, sweep, *cell, outcome));
        }
        row
    };
    let runs = counted(sweep.field.runs, "run");
    let what = if cells.len() < sweep.cells.points.len() {
        format!("The {ENDS} highest and {ENDS} lowest of {} cells", count(sweep.cells.points.len() as u64))
    } else {
        "Cells".to_owned()
    };
    let title = format!("{what}: mean of {runs} with its {} interval", sweep.field.level);
    vec![Table { title, columns, rows: cells.iter().map(row).collect() }]
}

/// A value of what is varied as it stands in a table.
pub(super) fn entry(parameter: &Parameter, value: f64) -> Entry {
    let text = words::at(parameter, value);
    if parameter.is_levels() { Entry::words(text) } else { Entry::number(text, value) }
}

/// All cells if they are few; otherwise those at both ends of the first outcome, highest first.
fn chosen(sweep: &Sweep) -> Vec<usize> {
    let count = sweep.cells.points.len();
    let mut cells: Vec<usize> = (0..count).collect();
    if count <= SHOWN {
        return cells;
    }
    let mean = |cell: usize| sweep.estimate(cell, 0).map_or(f64::NAN, |found| found.0);
    cells.sort_by(|a, b| mean(*b).total_cmp(&mean(*a)));
    let low = cells.split_off(count - ENDS);
    cells.truncate(ENDS);
    cells.extend(low);
    cells
}

/// A measure as the head of a column.
pub(super) fn heading(outcome: &Outcome) -> String {
    match (outcome.limit, outcome.measure.key.as_str()) {
        (None, "collapsed") => "Chance of collapse".to_owned(),
        _ => capitalised(&outcome.measure.label),
    }
}

fn entries(scenario: &Scenario, sweep: &Sweep, cell: usize, outcome: usize) -> [Entry; 3] {
    let Some((mean, interval)) = sweep.estimate(cell, outcome) else {
        return std::array::from_fn(|_| Entry::missing());
    };
    let unit: Unit = sweep.outcomes[outcome].measure.unit;
    let numerals = Numerals::new(unit, &scenario.file.time.unit, mean, interval);
    let number = |value: f64| Entry::number(numerals.short(value), value);
    let end = |pick: fn(crate::statistics::Interval) -> f64| {
        interval.map_or_else(Entry::missing, |found| number(pick(found)))
    };
    [number(mean), end(|interval| interval.low), end(|interval| interval.high)]
}
