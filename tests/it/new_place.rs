//! `new place`: real places from a published table (tests/data/places), each of which is checked and runs.

use crate::cli::{ended, folder_with};
use commonground::prelude::*;
use commonground::scenario::file::Series as Level;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/places/ae-2016-2017.csv");

/// Trusts, and the councils of the first four.
const TRUSTS: [(&str, Option<&str>); 10] = [
    ("R1F", Some("Isle of Wight")),
    ("RE9", Some("South Tyneside")),
    ("RMP", Some("Tameside")),
    ("RAE", Some("Bradford")),
    ("RX1", None),
    ("RYJ", None),
    ("RQ6", None),
    ("RJZ", None),
    ("RTH", None),
    ("RCB", None),
];

/// The acute need of a scenario in its first months.
fn need(scenario: &Scenario) -> Vec<f64> {
    match &scenario.file.providers["acute"].need.as_ref().unwrap().level {
        Level::List(list) => list.iter().take(15).copied().collect(),
        other => panic!("{other:?} is no list"),
    }
}

/// What the table beside a scenario says of its acute need.
fn table(path: &Path) -> Vec<f64> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse().unwrap()).collect()
}

#[test]
fn ten_trusts_of_a_published_table_become_places_that_are_checked_and_run() {
    let mut text = fs::read_to_string(PUBLISHED).unwrap();
    for month in ["2016-04-01", "2016-05-01"] {
        writeln!(text, "{month},TOTAL,1,\"1,214,057\",9,9").unwrap();
    }
    let folder = folder_with("ae.csv", &text);
    let at = |name: &str| folder.path().join(name);
    let mut check = vec!["check".to_owned()];
    for (code, council) in TRUSTS {
        let file = format!("{code}.json");
        let mut words = vec!["new", "place", &file, "--from", "ae.csv", "--org", code];
        words.extend(council.into_iter().flat_map(|name| ["--council", name]));
        let made = ended(folder.path(), &words);
        assert_eq!(made.code, Some(0), "{}", made.words);
        assert!(made.words.contains(&format!("15 months of {code}, 2016-04 to 2017-06")), "{}", made.words);
        check.push(file);
    }
    let checked = ended(folder.path(), &check.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(checked.code, Some(0), "{}", checked.results);
    assert_eq!(checked.results.matches(".json: fine").count(), 10, "{}", checked.results);
    let mut seen: Vec<Vec<f64>> = Vec::new();
    for (code, _) in TRUSTS {
        let place = Scenario::open(at(&format!("{code}.json"))).unwrap_or_else(|faults| panic!("{faults}"));
        let (need, table) = (need(&place), table(&at(&format!("{code}.csv"))));
        let start = place.file.providers["acute"].need.as_ref().map(|_| need[0] / table[0]).unwrap();
        assert!(need.iter().zip(&table).all(|(need, table)| (need / table - start).abs() < 1e-6), "{need:?} {table:?}");
        assert!((table.iter().sum::<f64>() / 15.0 - 1.0).abs() < 1e-4, "{table:?}");
        assert!(!seen.contains(&need), "{code} has the need of another");
        seen.push(need);
        let found = place.with_steps(15).unwrap().run(Runs::of(16).seed(1));
        let met = found.outcome(Measure::NEED_MET).unwrap().mean().unwrap();
        assert!(found.failed().is_none() && (0.3..=1.0).contains(&met), "{code}: {met}");
    }
    let minor = ended(folder.path(), &["new", "place", "x.json", "--from", "ae.csv", "--org", "AAH"]);
    assert!(minor.code == Some(2) && minor.words.contains("no major emergency department"), "{}", minor.words);
    assert!(!at("x.json").exists() && !at("x.csv").exists());
}
