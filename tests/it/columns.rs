//! Every column of every table that the program writes holds what its header says: each is worked out again from the runs, or from
//! the table that it was made from. A column that nobody looks at fails the test of its table.

mod cells;
mod ensemble;
mod futures;
mod principles;

use crate::cli::ended;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Sums are added up in another order here than in the program.
const ROUNDING: f64 = 1e-9;
/// By how much a quantile out of a sketch may be off, as a share of it.
const SKETCH: f64 = 0.05;

/// A row by the names of its columns.
type Row = BTreeMap<String, String>;

/// A table that knows which of its columns were looked at.
struct Table {
    name: String,
    columns: BTreeSet<String>,
    rows: Vec<Row>,
    seen: RefCell<BTreeSet<String>>,
}

impl Table {
    fn read(folder: &Path, name: &str) -> Self {
        let mut reader = csv::Reader::from_path(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let rows: Vec<Row> = reader.deserialize().map(Result::unwrap).collect();
        assert!(!rows.is_empty(), "{name} is empty");
        Self { name: name.to_owned(), columns, rows, seen: RefCell::default() }
    }

    fn word<'a>(&self, row: &'a Row, column: &str) -> &'a str {
        self.seen.borrow_mut().insert(column.to_owned());
        row.get(column).unwrap_or_else(|| panic!("{} has no `{column}`", self.name))
    }

    /// The number there, or that there is none.
    fn number(&self, row: &Row, column: &str) -> f64 {
        self.word(row, column).parse().unwrap_or(f64::NAN)
    }

    /// The numbers of those rows, where there are any.
    fn numbers(&self, column: &str, of: impl Fn(&Row) -> bool) -> Vec<f64> {
        let rows = self.rows.iter().filter(|row| of(row));
        rows.map(|row| self.number(row, column)).filter(|number| !number.is_nan()).collect()
    }

    /// Asserts that a number is as it was worked out; NaN for none.
    fn is(&self, row: &Row, column: &str, wanted: f64) {
        self.is_near(row, column, wanted, ROUNDING * wanted.abs().max(1.0));
    }

    fn is_near(&self, row: &Row, column: &str, wanted: f64, error: f64) {
        let got = self.number(row, column);
        let fits = (got.is_nan() && wanted.is_nan()) || (got - wanted).abs() <= error;
        assert!(fits, "{}: `{column}` is {got} and not {wanted}: {row:?}", self.name);
    }

    fn says(&self, row: &Row, column: &str, wanted: &str) {
        assert_eq!(self.word(row, column), wanted, "{}: `{column}` of {row:?}", self.name);
    }

    /// Asserts that a number lies between the ends of its interval, as far from the one as from the other.
    fn is_amid(&self, row: &Row, [low, middle, high]: [&str; 3]) {
        let [low, middle, high] = [low, middle, high].map(|column| self.number(row, column));
        let untold = middle.is_nan() || (low.is_nan() && high.is_nan());
        let fits = untold || (low <= middle && ((high - middle) - (middle - low)).abs() < ROUNDING);
        assert!(fits, "{}: {middle} is not amid {low} and {high}: {row:?}", self.name);
    }

    /// Asserts that the quantiles are those of the values, so far as a sketch tells.
    fn has_quantiles(&self, row: &Row, prefix: &str, values: &[f64]) {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        for (column, probability) in [("q05", 0.05), ("q25", 0.25), ("median", 0.5), ("q75", 0.75), ("q95", 0.95)] {
            let column = format!("{prefix}{column}");
            let got = self.number(row, &column);
            let Some(last) = sorted.len().checked_sub(1) else {
                assert!(got.is_nan(), "{}: `{column}` of nothing: {row:?}", self.name);
                continue;
            };
            let position = probability * last as f64;
            let (below, above) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
            let error = SKETCH * below.abs().max(above.abs()) + ROUNDING;
            let fits = below - error <= got && got <= above + error;
            assert!(fits, "{}: `{column}` is {got}, not between {below} and {above}: {row:?}", self.name);
        }
    }

    /// Asserts that no column was left out.
    fn is_all_seen(&self) {
        let seen = self.seen.borrow();
        let left_out: Vec<_> = self.columns.difference(&seen).collect();
        assert!(left_out.is_empty(), "nobody has looked at {left_out:?} of {}", self.name);
    }
}

/// Runs a command, its words separated by spaces, with its results in the folder `out`.
fn results(folder: &Path, command: &str, out: &str) {
    let words: Vec<&str> = command.split_whitespace().chain(["--out", out]).collect();
    let ended = ended(folder, &words);
    assert_eq!(ended.code, Some(0), "{command}: {}", ended.words);
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The share of the values for which something holds.
fn share(values: &[f64], holds: impl Fn(f64) -> bool) -> f64 {
    values.iter().filter(|value| holds(**value)).count() as f64 / values.len() as f64
}

/// Whether a measure is a chance, whose interval need not lie evenly about it.
fn is_chance(measure: &str) -> bool {
    ["collapsed", "contract_failed", "recovered"].contains(&measure)
}
