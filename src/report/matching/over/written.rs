//! What is told of one scenario at all points: what it comes to there, and against what it comes to as it is written.

use super::Account;
use super::findings::{Words, decides, is_the_same, left_to_luck, next, numerals, which_is_better};
use crate::experiment::matching::Spread;
use crate::model::measure::Measure;
use crate::report::phrase::{Numerals, capitalised, count, counted};
use crate::report::table::{Entry, Table};

/// The scenario as it is written, and at the points.
const WRITTEN: usize = 0;
const AT_POINTS: usize = 1;

/// What it comes to, what decides it, and what to measure next.
pub(super) fn findings(account: &Account) -> Vec<String> {
    let mut findings = Vec::new();
    let told = account.told();
    for measure in &told {
        findings.push(level(account, *measure));
        if *measure == told[0] && !is_the_same(account.difference(AT_POINTS, *measure)) {
            let words = words();
            findings.extend(decides(account, AT_POINTS, *measure, &words));
            findings.push(next(account, AT_POINTS, *measure, &words));
        }
    }
    findings
}

pub(super) fn words() -> Words {
    Words {
        what: "What decides it".to_owned(),
        how_much: "how much it is".to_owned(),
        next: "To measure next".to_owned(),
        turns: [
            "It passes what the scenario comes to as it is written".to_owned(),
            "the scenario is higher".to_owned(),
        ],
        has_sign: false,
    }
}

fn level(account: &Account, measure: usize) -> String {
    let (about, found) = (account.measure(measure), account.difference(AT_POINTS, measure));
    let (levels, written) = (account.levels(AT_POINTS, measure), account.levels(WRITTEN, measure).mean);
    let numerals = written_as(account, about, &levels);
    let points = counted(found.points as u64, "point");
    let label = capitalised(&about.label);
    if is_the_same(found) {
        return format!(
            "{label}: {} at all {points} that the evidence leaves open, as in the scenario as it is written.",
            numerals.level(written)
        );
    }
    format!(
        "{label}: {} to {} at nine tenths of {points} that the evidence leaves open, {} as their mean; luck makes {} of each. \
         As it is written, the scenario comes to {}: it is higher at {} of the points, lower at {}{}{}.",
        numerals.short(levels.interval[0]),
        numerals.level(levels.interval[1]),
        numerals.level(levels.mean),
        numerals.size(levels.luck),
        numerals.level(written),
        count(found.higher as u64),
        count(found.lower as u64),
        left_to_luck(found),
        which_is_better(about),
    )
}

/// With as many digits as what it lies between has.
fn written_as<'a>(account: &'a Account, about: &Measure, levels: &Spread) -> Numerals<'a> {
    numerals(account, about, levels.interval[0].abs().max(levels.interval[1].abs()))
}

/// What each measure comes to.
pub(super) fn table(account: &Account) -> Table {
    let row = |measure: usize| {
        let (about, found) = (account.measure(measure), account.difference(AT_POINTS, measure));
        let (levels, written) = (account.levels(AT_POINTS, measure), account.levels(WRITTEN, measure).mean);
        let numerals = written_as(account, about, &levels);
        let entry = |value: f64| Entry::number(numerals.short(value), value);
        let number = |some: usize| Entry::number(some.to_string(), some as f64);
        vec![
            Entry::words(capitalised(&about.label)),
            entry(written),
            entry(levels.mean),
            entry(levels.interval[0]),
            entry(levels.interval[1]),
            Entry::number(numerals.bare(levels.luck), levels.luck),
            number(found.higher),
            number(found.lower),
        ]
    };
    Table {
        title: format!("As it is written, and over {} points", account.over.points.len()),
        columns: ["Measure", "Written", "Mean", "5%", "95%", "Luck", "Higher", "Lower"].map(str::to_owned).to_vec(),
        rows: account.told().into_iter().map(row).collect(),
    }
}
