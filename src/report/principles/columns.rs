//! The tidy CSV files of the rules: one observation a row, shares from 0 to 1; an empty field is a number that there is not.

use super::super::folder::columns::unit;
use super::super::folder::plain::{Rows, ends, number};
use super::{Account, Estimate};
use crate::experiment::principles::Effects;
use crate::model::rule::RuleName;
use crate::statistics::Tally;

/// Every file by its name.
pub(super) fn files(account: &Account) -> Vec<(&'static str, String)> {
    vec![
        ("shapley.csv", shapley(account)),
        ("interactions.csv", interactions(account)),
        ("subsets.csv", subsets(account)),
        ("best.csv", best(account)),
    ]
}

/// A row for each measure and rule. `first` and `last`: what the rule adds to none and to all the others.
fn shapley(account: &Account) -> String {
    let mut table = Rows::new(&[
        "measure",
        "unit",
        "rule",
        "value",
        "low",
        "high",
        "first",
        "first_low",
        "first_high",
        "last",
        "last_low",
        "last_high",
        "money_per_step",
        "attention",
        "runs",
        "missing",
    ]);
    for effects in &account.principles.effects {
        for (position, rule) in account.rules().iter().enumerate() {
            let value = &effects.shapley[position];
            let mut row = begin(effects);
            row.push(rule.key().to_owned());
            for tally in [value, &effects.added[position], &effects.removed[position]] {
                row.extend(estimate(tally));
            }
            let price = account.price(*rule);
            row.push(number(price.map(|price| price.money)));
            row.push(number(price.map(|price| price.attention)));
            row.extend(counts(value));
            table.add(&row);
        }
    }
    table.text()
}

/// A row for each measure and pair.
fn interactions(account: &Account) -> String {
    let mut table =
        Rows::new(&["measure", "unit", "rule", "other_rule", "interaction", "low", "high", "runs", "missing"]);
    for effects in &account.principles.effects {
        for ((one, other), tally) in account.principles.design.pairs().zip(&effects.interactions) {
            let mut row = begin(effects);
            row.extend([one, other].map(|rule| account.rules()[rule].key().to_owned()));
            row.extend(estimate(tally));
            row.extend(counts(tally));
            table.add(&row);
        }
    }
    table.text()
}

/// A row for each measure and combination that was run in every run; its rules are joined by `+`.
fn subsets(account: &Account) -> String {
    let mut table = Rows::new(&["measure", "unit", "rules", "size", "mean", "low", "high", "runs", "missing"]);
    for effects in &account.principles.effects {
        for (coalition, tally) in account.principles.design.listed().into_iter().zip(&effects.worth) {
            let mut row = begin(effects);
            row.extend([keys(account, coalition), coalition.count_ones().to_string()]);
            row.extend(estimate(tally));
            row.extend(counts(tally));
            table.add(&row);
        }
    }
    table.text()
}

/// A row for each measure and size: the best combination, judged by runs that had no part in its choice. Gains are positive
/// where the set is better, whichever direction of the measure that is.
fn best(account: &Account) -> String {
    let mut table = Rows::new(&[
        "measure",
        "unit",
        "size",
        "rules",
        "mean",
        "low",
        "high",
        "over_none",
        "over_none_low",
        "over_none_high",
        "next",
        "over_next",
        "over_next_low",
        "over_next_high",
        "behind_best",
        "behind_best_low",
        "behind_best_high",
        "runs",
    ]);
    for effects in &account.principles.effects {
        for best in &effects.best {
            let mut row = begin(effects);
            row.extend([best.size().to_string(), keys(account, best.coalition)]);
            row.extend(estimate(&best.worth));
            row.extend(estimate(&best.over_none));
            row.push(best.next.map_or_else(String::new, |next| keys(account, next)));
            row.extend(estimate(&best.over_next));
            row.extend(estimate(&best.behind));
            row.push(best.worth.count().to_string());
            table.add(&row);
        }
    }
    table.text()
}

fn begin(effects: &Effects) -> Vec<String> {
    vec![effects.measure.key.clone(), unit(effects.measure.unit).to_owned()]
}

fn keys(account: &Account, coalition: u32) -> String {
    let keys: Vec<&str> = account.principles.design.rules_in(coalition).map(RuleName::key).collect();
    keys.join("+")
}

/// Mean and both ends of its interval.
fn estimate(tally: &Tally) -> [String; 3] {
    let estimate = Estimate::of(tally);
    let [low, high] = ends(estimate.and_then(|estimate| estimate.interval));
    [number(estimate.map(|estimate| estimate.mean)), low, high]
}

fn counts(tally: &Tally) -> [String; 2] {
    [tally.count().to_string(), tally.missing().to_string()]
}
