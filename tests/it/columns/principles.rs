//! The tables of `principles`: all are made of what the sets of rules come to.

use super::{Row, Table, results};
use std::collections::BTreeSet;
use tempfile::tempdir;

const RUNS: f64 = 16.0;
const MEASURES: [&str; 2] = ["stock_end", "margin"];

/// A set of rules as tables write it: joined by `+`.
fn rules(text: &str) -> BTreeSet<&str> {
    text.split('+').filter(|rule| !rule.is_empty()).collect()
}

/// The mean of a measure under a set of rules.
fn worth(subsets: &Table, measure: &str, set: &BTreeSet<&str>) -> f64 {
    let is_it = |row: &&Row| subsets.word(row, "measure") == measure && rules(subsets.word(row, "rules")) == *set;
    let row = subsets.rows.iter().find(is_it).unwrap_or_else(|| panic!("no {set:?}"));
    subsets.number(row, "mean")
}

/// What a rule adds to each set of the others, by the size of the set.
fn added(subsets: &Table, measure: &str, rule: &str, all: &BTreeSet<&str>) -> Vec<(usize, f64)> {
    let others: Vec<&str> = all.iter().copied().filter(|other| *other != rule).collect();
    let set = |bits: usize| others.iter().enumerate().filter(move |(at, _)| (bits >> at) & 1 == 1).map(|(_, one)| *one);
    let gain = |bits: usize| {
        let without: BTreeSet<&str> = set(bits).collect();
        let with: BTreeSet<&str> = set(bits).chain([rule]).collect();
        (without.len(), worth(subsets, measure, &with) - worth(subsets, measure, &without))
    };
    (0..1 << others.len()).map(gain).collect()
}

fn of_size(gains: &[(usize, f64)], size: usize) -> f64 {
    let chosen: Vec<f64> = gains.iter().filter(|(own, _)| *own == size).map(|(_, gain)| *gain).collect();
    super::mean(&chosen)
}

#[test]
fn values_of_rules_are_those_of_the_sets_that_they_are_in() {
    let folder = tempdir().unwrap();
    results(folder.path(), "principles pasture-ostrom --runs 16 --measure stock_end,margin", "out");
    let out = folder.path().join("out");
    let subsets = Table::read(&out, "subsets.csv");
    let all: BTreeSet<&str> = subsets.rows.iter().flat_map(|row| rules(&row["rules"])).collect();
    for row in &subsets.rows {
        assert!(MEASURES.contains(&subsets.word(row, "measure")));
        subsets.says(row, "unit", "share");
        subsets.is(row, "size", rules(subsets.word(row, "rules")).len() as f64);
        subsets.is_amid(row, ["low", "mean", "high"]);
        subsets.is(row, "runs", RUNS);
        subsets.is(row, "missing", 0.0);
    }
    subsets.is_all_seen();
    check_values(&subsets, &Table::read(&out, "shapley.csv"), &all);
    check_interactions(&subsets, &Table::read(&out, "interactions.csv"), &all);
    check_best(&Table::read(&out, "best.csv"), &all);
}

/// Shapley's value is the mean over sizes of the mean gain by sets of that size.
fn check_values(subsets: &Table, table: &Table, all: &BTreeSet<&str>) {
    for row in &table.rows {
        let (measure, rule) = (table.word(row, "measure"), table.word(row, "rule"));
        table.says(row, "unit", "share");
        let gains = added(subsets, measure, rule, all);
        let by_size: Vec<f64> = (0..all.len()).map(|size| of_size(&gains, size)).collect();
        table.is(row, "value", super::mean(&by_size));
        table.is(row, "first", by_size[0]);
        table.is(row, "last", by_size[all.len() - 1]);
        for columns in
            [["low", "value", "high"], ["first_low", "first", "first_high"], ["last_low", "last", "last_high"]]
        {
            table.is_amid(row, columns);
        }
        // As `pasture-ostrom` has it.
        table.is(row, "money_per_step", 0.1);
        table.is(row, "attention", if rule == "graduated_sanctions" { 0.0 } else { 0.01 });
        table.is(row, "runs", RUNS);
        table.is(row, "missing", 0.0);
    }
    table.is_all_seen();
}

/// What two rules add together beyond what they add alone, over all sets of the third.
fn check_interactions(subsets: &Table, table: &Table, all: &BTreeSet<&str>) {
    for row in &table.rows {
        let (measure, pair) = (table.word(row, "measure"), ["rule", "other_rule"].map(|rule| table.word(row, rule)));
        table.says(row, "unit", "share");
        let third: Vec<&str> = all.iter().copied().filter(|rule| !pair.contains(rule)).collect();
        assert_eq!(third.len(), 1);
        let worth = |own: &[&str], besides: &[&str]| {
            worth(subsets, measure, &own.iter().chain(besides).copied().collect::<BTreeSet<&str>>())
        };
        let beyond = |besides: &[&str]| {
            worth(&pair, besides) - worth(&pair[..1], besides) - worth(&pair[1..], besides) + worth(&[], besides)
        };
        table.is(row, "interaction", f64::midpoint(beyond(&[]), beyond(&third)));
        table.is_amid(row, ["low", "interaction", "high"]);
        table.is(row, "runs", RUNS);
        table.is(row, "missing", 0.0);
    }
    table.is_all_seen();
}

/// The best set of each size, judged by half of the runs: what it is over none, over the next and behind the best of all.
fn check_best(table: &Table, all: &BTreeSet<&str>) {
    for measure in MEASURES {
        let rows: Vec<&Row> = table.rows.iter().filter(|row| table.word(row, "measure") == measure).collect();
        assert_eq!(rows.len(), all.len() + 1);
        let mean = |row: &Row| table.number(row, "mean");
        for (size, row) in rows.iter().enumerate() {
            table.says(row, "unit", "share");
            table.is(row, "size", size as f64);
            assert_eq!(rules(table.word(row, "rules")).len(), size);
            table.is(row, "over_none", mean(row) - mean(rows[0]));
            let next = rules(table.word(row, "next"));
            assert!(next.is_empty() || (next.len() == size && next != rules(&row["rules"])), "{row:?}");
            assert_eq!(next.is_empty(), table.number(row, "over_next").is_nan(), "{row:?}");
            for of in ["over_none", "over_next", "behind_best"] {
                let columns = [format!("{of}_low"), of.to_owned(), format!("{of}_high")];
                let [low, middle, high] = columns.map(|column| table.number(row, &column));
                assert!(middle.is_nan() || (low <= middle && middle <= high), "{of}: {row:?}");
            }
            table.is_amid(row, ["low", "mean", "high"]);
            table.is(row, "runs", RUNS / 2.0);
        }
        let behind = |row: &&&Row| table.number(row, "behind_best");
        let best = rows.iter().find(|row| behind(row).abs() < 1e-12 || behind(row).is_nan()).unwrap();
        for row in rows.iter().filter(|row| !behind(row).is_nan()) {
            table.is(row, "behind_best", mean(best) - mean(row));
        }
    }
    table.is_all_seen();
}
