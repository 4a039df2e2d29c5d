//! The tables of charts of numbers fitted to data.

use super::super::figure::{Agreement, Pair, Posterior, Posteriors};
use super::super::phrase::{capitalised, significant};
use super::super::table::{Entry, Table};

pub(super) fn of_agreement(agreement: &Agreement) -> Table {
    let mut rows = Vec::new();
    for panel in &agreement.panels {
        rows.extend(panel.pairs.iter().map(|pair: &Pair| {
            let mut row = vec![Entry::words(&pair.label), Entry::words(&panel.axis.title)];
            row.push(Entry::words(if pair.left_out { "left out" } else { "fitted" }));
            row.extend([pair.observed, pair.error, pair.foretold, pair.interval.0, pair.interval.1].map(number));
            row
        }));
    }
    let columns = ["Observation", "Unit", "Use", "Observed", "Standard error", "Foretold", "Low", "High"];
    Table { title: "Observed and foretold".to_owned(), columns: columns.map(str::to_owned).to_vec(), rows }
}

pub(super) fn of_posteriors(posteriors: &Posteriors) -> Table {
    let row = |row: &Posterior| {
        let [(low, _), (high, _)] = row.interval;
        let numbers = [row.ends[0], row.ends[1], row.median.0, low, high, row.best.0];
        let mut entries = vec![Entry::words(&row.label)];
        entries.extend(numbers.map(number));
        entries
    };
    let columns = ["Number", "Least before", "Greatest before", "Median", "Low", "High"].map(str::to_owned).into_iter();
    Table {
        title: posteriors.interval.clone(),
        columns: columns.chain([capitalised(&posteriors.mark)]).collect(),
        rows: posteriors.rows.iter().map(row).collect(),
    }
}

fn number(number: f64) -> Entry {
    Entry::number(significant(number), number)
}
