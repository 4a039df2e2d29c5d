//! The tables of tiles, spreads and ranges.

use super::super::figure::{Ranges, Spreads, Strips, Tiles};
use super::super::table::{Entry, Table};
use super::Written;
use crate::statistics::quantile;

pub(super) fn of_tiles(tiles: &Tiles) -> Table {
    let cells = tiles.panels.iter().flat_map(|panel| panel.cells.iter().flatten().copied());
    let written = Written::of(&tiles.value, cells);
    let mut columns = vec!["Panel".to_owned(), "Column".to_owned()];
    columns.extend(tiles.rows.iter().cloned());
    let mut rows = Vec::new();
    for panel in &tiles.panels {
        for (position, column) in panel.columns.iter().enumerate() {
            let name = if position == 0 { panel.title.as_str() } else { "" };
            let mut row = vec![Entry::words(name), Entry::words(column)];
            row.extend(panel.cells.iter().map(|cells| written.entry(cells.get(position).copied())));
            rows.push(row);
        }
    }
    if tiles.panels.len() == 1 {
        columns.remove(0);
        for row in &mut rows {
            row.remove(0);
        }
    }
    Table { title: tiles.value.title.clone(), columns, rows }
}

pub(super) fn of_spreads(spreads: &Spreads) -> Table {
    let written = Written::of(&spreads.axis, spreads.rows.iter().map(|row| row.largest));
    let columns = ["Row", "5% below", "25% below", "Median", "75% below", "95% below", "Mean", "Largest"];
    let rows = spreads.rows.iter().map(|row| {
        let numbers = row.quantiles.iter().chain([&row.mean, &row.largest]);
        [Entry::words(&row.label)].into_iter().chain(numbers.map(|number| written.entry(Some(*number)))).collect()
    });
    Table { title: spreads.axis.title.clone(), columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}

pub(super) fn of_ranges(ranges: &Ranges) -> Table {
    let rows = ranges.panels.iter().flat_map(|panel| {
        let name = |position: usize| if position == 0 { panel.title.as_str() } else { "" };
        let row = move |(position, row): (usize, &super::super::figure::RangeRow)| {
            vec![Entry::words(name(position)), Entry::words(&row.label), Entry::words(&row.words), whole(&row.ends)]
        };
        panel.rows.iter().enumerate().map(row)
    });
    let columns = ["Of", "Condition", "Holds where", "Of the range"].map(str::to_owned).to_vec();
    Table { title: "Conditions".to_owned(), columns, rows: rows.collect() }
}

/// Where the dots of each row lie.
pub(super) fn of_strips(strips: &Strips) -> Table {
    let values = strips.rows.iter().flat_map(|row| row.dots.iter().map(|dot| dot.0));
    let written = Written::of(&strips.axis, values);
    let row = |row: &super::super::figure::Strip| {
        let mut sorted: Vec<f64> = row.dots.iter().map(|dot| dot.0).filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let quantiles = [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| written.entry(Some(quantile(&sorted, share))));
        [Entry::words(&row.label), Entry::words(&row.words)].into_iter().chain(quantiles).collect()
    };
    let columns = ["Row", "In words", "5% below", "25% below", "Median", "75% below", "95% below"];
    Table {
        title: strips.axis.title.clone(),
        columns: columns.map(str::to_owned).to_vec(),
        rows: strips.rows.iter().map(row).collect(),
    }
}

/// "0.2% to 3.2%".
fn whole([from, to]: &[String; 2]) -> Entry {
    if from.is_empty() && to.is_empty() { Entry::missing() } else { Entry::words(format!("{from} to {to}")) }
}
