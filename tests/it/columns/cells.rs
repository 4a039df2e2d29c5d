//! The tables of `sweep`.

use super::{Row, Table, is_chance, mean, results};
use tempfile::tempdir;

const PRICE: &str = "/providers/herder/payment/tariff/price";
const RATE: &str = "/pools/pasture/growth/depensated/rate";
const RUNS: usize = 32;

#[test]
fn cells_hold_the_runs_and_effects_the_cells_at_either_end() {
    let folder = tempdir().unwrap();
    let seed = format!("--runs {RUNS} --seed 9");
    let vary = format!("--vary {PRICE}=[0.5,0.7,1.4] --vary {RATE}=[0.4,0.7]");
    results(folder.path(), &format!("sweep pasture-fortress {seed} {vary}"), "out");
    let out = folder.path().join("out");
    let cells = Table::read(&out, "cells.csv");
    let expected = [(0.5, 0.4), (0.5, 0.7), (0.7, 0.4), (0.7, 0.7), (1.4, 0.4), (1.4, 0.7)];
    for (number, (row, (price, rate))) in cells.rows.iter().zip(expected).enumerate() {
        cells.is(row, "cell", number as f64);
        cells.is(row, PRICE, price);
        cells.is(row, RATE, rate);
        cells.is(row, "runs", RUNS as f64);
        let name = format!("run{number}");
        results(
            folder.path(),
            &format!("run pasture-fortress {seed} --set {PRICE}={price} --set {RATE}={rate}"),
            &name,
        );
        let runs = Table::read(&folder.path().join(name), "runs.csv");
        for key in ["stock_mean", "collapsed"] {
            let values = runs.numbers(key, |_| true);
            cells.is(row, &format!("{key}_mean"), mean(&values));
            let ends = ["low", "mean", "high"].map(|end| cells.number(row, &format!("{key}_{end}")));
            assert!(ends.is_sorted(), "{ends:?}");
            assert!(is_chance(key) || ((ends[2] - ends[1]) - (ends[1] - ends[0])).abs() < 1e-9, "{ends:?}");
            cells.has_quantiles(row, &format!("{key}_"), &values);
            cells.is(row, &format!("{key}_missing"), (RUNS - values.len()) as f64);
        }
    }
    cells.is_all_seen();
    check_effects(&cells, &Table::read(&out, "effects.csv"));
    check_tipping(&cells, &Table::read(&out, "tipping.csv"));
}

/// The mean of the cells at the largest value of a parameter less that of those at its smallest: two or three of six.
fn check_effects(cells: &Table, effects: &Table) {
    assert_eq!(effects.rows.len(), 4);
    for row in &effects.rows {
        let (parameter, outcome) = (effects.word(row, "parameter"), effects.word(row, "outcome"));
        let values = cells.numbers(parameter, |_| true);
        let ends = [f64::min, f64::max].map(|of| values.iter().copied().reduce(of).unwrap());
        let at = |end: f64| {
            mean(&cells.numbers(&format!("{outcome}_mean"), |cell| (cells.number(cell, parameter) - end).abs() < 1e-12))
        };
        effects.is(row, "from", ends[0]);
        effects.is(row, "to", ends[1]);
        effects.is(row, "difference", at(ends[1]) - at(ends[0]));
        effects.is_amid(row, ["low", "difference", "high"]);
        effects.is(row, "runs", RUNS as f64);
    }
    effects.is_all_seen();
}

/// Between two cells along the price, on either side of one half, at the value of the other number.
fn check_tipping(cells: &Table, tipping: &Table) {
    for row in &tipping.rows {
        tipping.says(row, "outcome", "collapsed");
        let along = tipping.word(row, "along");
        let other = if along == PRICE { RATE } else { PRICE };
        assert!(tipping.number(row, along).is_nan(), "{row:?}");
        let fixed = tipping.number(row, other);
        let on_line = |cell: &Row| (cells.number(cell, other) - fixed).abs() < 1e-12;
        let (places, shares) = (cells.numbers(along, on_line), cells.numbers("collapsed_mean", on_line));
        let rises = tipping.word(row, "chance") == "rises";
        let crosses = |left: &usize| (shares[*left] < 0.5) == rises && (shares[left + 1] >= 0.5) == rises;
        let left = (0..places.len() - 1).find(crosses).unwrap_or_else(|| panic!("{shares:?}: {row:?}"));
        let part = (0.5 - shares[left]) / (shares[left + 1] - shares[left]);
        tipping.is(row, "at", places[left] + part * (places[left + 1] - places[left]));
        let ends = ["cell_before", "low", "at", "high", "cell_after"].map(|column| tipping.number(row, column));
        assert!(ends.is_sorted(), "{row:?}");
        assert!([ends[0], ends[4]].iter().all(|end| places.iter().any(|place| (place - end).abs() < 1e-12)), "{row:?}");
    }
    tipping.is_all_seen();
}
