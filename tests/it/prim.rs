//! Boxes of PRIM beside those of the EMA Workbench 2.5.3 on the very same cases; `python/tools/make_prim_reference.py` made the files.

use commonground::statistics::prim::{Column, Limits, Patience, PrimBox, prim};
use std::fs;
use std::path::Path;

/// Limits and shares are the same sums in double precision.
const TOLERANCE: f64 = 1e-12;
/// Quasi-p-values come from other algorithms for the binomial distribution.
const RELATIVE: f64 = 1e-9;

const NUMBERS: usize = 4;
const SHOCKS: [&str; 4] = ["all", "cut", "none", "surge"];

/// The fields of a file, a list a row, without its head.
fn fields(name: &str) -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let text = fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

/// The columns of the cases, numbers first, and whether each case is of interest.
fn cases() -> (Vec<Column>, Vec<bool>) {
    let rows = fields("prim_cases.csv");
    let numbers = |column: usize| Column::Numbers(rows.iter().map(|row| number(&row[column])).collect());
    let shock = |row: &Vec<String>| SHOCKS.iter().position(|shock| *shock == row[NUMBERS]).unwrap();
    let mut columns: Vec<Column> = (0..NUMBERS).map(numbers).collect();
    columns.push(Column::Categories(rows.iter().map(shock).collect()));
    (columns, rows.iter().map(|row| row[NUMBERS + 1] == "1").collect())
}

fn agree(ours: f64, theirs: &str) {
    assert!((ours - number(theirs)).abs() < TOLERANCE, "{ours} against {theirs}");
}

fn agree_in_chance(ours: Option<f64>, theirs: &str) {
    let theirs: Option<f64> = theirs.parse().ok();
    assert_eq!(ours.is_some(), theirs.is_some(), "{ours:?} against {theirs:?}");
    let (ours, theirs) = (ours.unwrap_or(1.0), theirs.unwrap_or(1.0));
    assert!((ours / theirs - 1.0).abs() < RELATIVE, "{ours} against {theirs}");
}

/// A box against a row: peel, counts and shares, then low, high and their chances of each number, then categories.
fn is_the_same(ours: &PrimBox, theirs: &[String]) {
    assert_eq!(ours.cases.to_string(), theirs[1]);
    assert_eq!(ours.of_interest.to_string(), theirs[2]);
    for (ours, theirs) in [ours.coverage, ours.density, ours.mass].into_iter().zip(&theirs[3..]) {
        agree(ours, theirs);
    }
    assert_eq!(ours.restricted.iter().filter(|restricted| **restricted).count().to_string(), theirs[6]);
    for dimension in 0..NUMBERS {
        let (theirs, Limits::Between(limits)) = (&theirs[7 + 4 * dimension..], &ours.limits[dimension]) else {
            panic!("{ours:?}")
        };
        agree(limits.low, &theirs[0]);
        agree(limits.high, &theirs[1]);
        agree_in_chance(ours.quasi_p[dimension][0], &theirs[2]);
        agree_in_chance(ours.quasi_p[dimension][1], &theirs[3]);
    }
    let Limits::Among(shocks) = &ours.limits[NUMBERS] else { panic!("{ours:?}") };
    let shocks: Vec<&str> = shocks.iter().map(|shock| SHOCKS[*shock]).collect();
    assert_eq!(shocks.join("+"), theirs[7 + 4 * NUMBERS]);
    agree_in_chance(ours.quasi_p[NUMBERS][0], &theirs[8 + 4 * NUMBERS]);
}

#[test]
fn boxes_are_those_of_the_ema_workbench_peel_by_peel_and_paste_by_paste() {
    let (columns, interest) = cases();
    let rows = fields("prim_boxes.csv");
    let (fine, coarse): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row[0] == "0.05");
    let pasted =
        |rows: &[Vec<String>]| rows.windows(2).filter(|pair| number(&pair[1][1]) > number(&pair[0][1])).count();
    assert!(fine.len() > 20 && pasted(&coarse) > 5, "the example has peels and pastes");
    for (peel, theirs) in [(0.05, fine), (0.2, coarse)] {
        let ours = prim(&columns, &interest, Patience { peel, ..Patience::default() }).unwrap();
        assert_eq!(ours.len(), theirs.len());
        ours.iter().zip(&theirs).for_each(|(ours, theirs)| is_the_same(ours, theirs));
    }
}
