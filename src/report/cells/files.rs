//! The CSV files of an experiment over cells: one observation a row, full precision, shares from 0 to 1.

use crate::experiment::cells::Cells;
use crate::experiment::field::Field;
use crate::experiment::sweep::Sweep;
use crate::experiment::target::Outcome;

use super::super::folder::plain::{Rows, ends, number};

/// A row for each cell: its parameters, and mean, interval and quantiles of every outcome. The interval is Wilson's of a
/// chance and Student's of a measure.
pub(super) fn cells(cells: &Cells, outcomes: &[Outcome], field: &Field) -> String {
    let mut head = vec!["cell".to_owned()];
    head.extend(cells.parameters.iter().map(|parameter| parameter.pointer.clone()));
    head.push("runs".to_owned());
    for outcome in outcomes {
        let names = ["mean", "low", "high", "q05", "q25", "median", "q75", "q95", "missing"];
        head.extend(names.map(|name| format!("{}_{name}", outcome.key)));
    }
    let mut table = Rows::new(&head);
    for (cell, point) in cells.points.iter().enumerate() {
        let mut row = vec![cell.to_string()];
        row.extend(point.iter().map(|value| number(Some(*value))));
        row.push(field.runs.to_string());
        for (position, outcome) in outcomes.iter().enumerate() {
            let found = field.estimate(cell, position, outcome);
            row.push(number(found.map(|(mean, _)| mean)));
            row.extend(ends(found.and_then(|(_, interval)| interval)));
            let values = &field.cells[cell][position];
            row.extend([0.05, 0.25, 0.5, 0.75, 0.95].map(|probability| number(values.sketch.quantile(probability))));
            row.push(values.tally.missing().to_string());
        }
        table.add(&row);
    }
    table.text()
}

/// A row for each parameter and outcome of a grid: the difference from its smallest to its largest value.
pub(super) fn effects(sweep: &Sweep) -> Option<String> {
    let mut table = Rows::new(&["parameter", "outcome", "from", "to", "difference", "low", "high", "runs"]);
    let mut any = false;
    for (position, parameter) in sweep.cells.parameters.iter().enumerate() {
        for (number_of, outcome) in sweep.outcomes.iter().enumerate() {
            let Some((difference, interval)) = sweep.effect(position, number_of) else { continue };
            let (from, to) = parameter.ends();
            let mut row = vec![parameter.pointer.clone(), outcome.key.clone(), number(Some(from)), number(Some(to))];
            row.push(number(Some(difference)));
            row.extend(ends(Some(interval)));
            row.push(sweep.field.runs.to_string());
            table.add(&row);
            any = true;
        }
    }
    any.then(|| table.text())
}

/// A row for each place at which a chance crosses one half, along every parameter. Of the other parameters it has the values of
/// the line; the one it runs along is empty. `low` and `high` take the chance as straight between cells; `cell_before` and
/// `cell_after` do not: they are the nearest cells whose intervals are wholly on either side.
pub(super) fn tipping(sweep: &Sweep) -> Option<String> {
    let mut head = vec!["outcome".to_owned(), "along".to_owned()];
    head.extend(sweep.cells.parameters.iter().map(|parameter| parameter.pointer.clone()));
    head.extend(["at", "low", "high", "cell_before", "cell_after", "chance"].map(str::to_owned));
    let mut table = Rows::new(&head);
    let mut any = false;
    for (position, outcome) in sweep.outcomes.iter().enumerate() {
        for (along, parameter) in sweep.cells.parameters.iter().enumerate() {
            for tipping in sweep.tipping(position, along) {
                let first = &sweep.cells.points[tipping.line.cells[0]];
                let mut row = vec![outcome.key.clone(), parameter.pointer.clone()];
                let fixed =
                    |(other, value): (usize, &f64)| if other == along { String::new() } else { number(Some(*value)) };
                row.extend(first.iter().enumerate().map(fixed));
                row.push(number(Some(tipping.crossing.at)));
                row.extend(ends(Some(tipping.crossing.interval)));
                row.extend(ends(Some(tipping.crossing.cells)));
                row.push(if tipping.crossing.rises { "rises" } else { "falls" }.to_owned());
                table.add(&row);
                any = true;
            }
        }
    }
    any.then(|| table.text())
}
