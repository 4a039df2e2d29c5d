//! Shares of points, and what decides, as people read them.

use super::findings::numerals;
use super::{Account, rules, sets, written};
use crate::experiment::matching::Sort;
use crate::report::phrase::{capitalised, significant};
use crate::report::table::{Entry, Table};

/// Numbers in a table of what decides, and of each rule.
const SHOWN: usize = 8;
const SHOWN_OF_A_RULE: usize = 3;

/// How often higher and lower, and what decides the first measure.
pub fn tables(account: &Account) -> Vec<Table> {
    let mut tables = match account.over.sort {
        Sort::Designs => vec![shares(account)],
        Sort::Written => vec![written::table(account)],
        Sort::Rules(_) => {
            let of_rules = account.told().into_iter().map(|measure| rules::table(account, measure));
            of_rules.chain(sets::table(account)).collect()
        }
    };
    tables.extend(account.told().first().map(|measure| decides(account, *measure)));
    tables
}

fn shares(account: &Account) -> Table {
    let mut rows = Vec::new();
    for measure in account.told() {
        let about = account.measure(measure);
        for arm in account.others() {
            let mut row = vec![Entry::words(capitalised(&about.label)), Entry::words(&account.names[arm])];
            row.extend(difference(account, arm, measure));
            rows.push(row);
        }
    }
    Table {
        title: format!("Against {}, over {} points", account.names[0], account.over.points.len()),
        columns: ["Measure", "Design", "Higher", "Lower", "Luck", "Mean", "5%", "95%"].map(str::to_owned).to_vec(),
        rows,
    }
}

/// At how many points an arm is higher, lower and left to luck; the mean difference, and between what it lies.
pub(super) fn difference(account: &Account, arm: usize, measure: usize) -> [Entry; 6] {
    let found = account.difference(arm, measure);
    let written = numerals(account, account.measure(measure), found.interval[0].abs().max(found.interval[1].abs()));
    let [higher, lower, unclear] =
        [found.higher, found.lower, found.unclear].map(|some| Entry::number(some.to_string(), some as f64));
    let [mean, low, high] =
        [found.mean, found.interval[0], found.interval[1]].map(|value| Entry::number(written.signed(value), value));
    [higher, lower, unclear, mean, low, high]
}

fn decides(account: &Account, measure: usize) -> Table {
    let label = &account.measure(measure).label;
    let (arms, shown, title): (Vec<usize>, usize, String) = match account.over.sort {
        Sort::Designs => (account.others().collect(), SHOWN, format!("the difference in {label}")),
        Sort::Written => (account.others().collect(), SHOWN, label.clone()),
        Sort::Rules(_) => {
            (rules::order(account, measure), SHOWN_OF_A_RULE, format!("how much each rule adds to {label}"))
        }
    };
    let mut rows = Vec::new();
    for arm in arms {
        let found = account.difference(arm, measure);
        let mut order: Vec<usize> = (0..found.numbers.len()).collect();
        order.sort_by(|a, b| found.numbers[*b].rank.abs().total_cmp(&found.numbers[*a].rank.abs()));
        for number in order.into_iter().take(shown) {
            let influence = found.numbers[number];
            let turn = influence.turn.map_or_else(Entry::missing, |turn| Entry::number(significant(turn.at), turn.at));
            rows.push(vec![
                Entry::words(name(account, arm)),
                Entry::words(capitalised(&account.number(number))),
                Entry::number(format!("{:+.2}", influence.rank).replace('-', "−"), influence.rank),
                Entry::words(if influence.is_clear { "yes" } else { "no" }),
                Entry::number(format!("{:.0}%", 100.0 * influence.value_of_knowing), influence.value_of_knowing),
                Entry::number(format!("{:.0}%", 100.0 * influence.sign_of_knowing), influence.sign_of_knowing),
                turn,
            ]);
        }
    }
    let first = if let Sort::Rules(_) = account.over.sort { "Rule" } else { "Design" };
    Table {
        title: format!("What decides {title}, and what doubt would go if a number were known"),
        columns: [first, "Number", "Rank", "Clear", "Of its size", "Of its sign", "Turns at"]
            .map(str::to_owned)
            .to_vec(),
        rows,
    }
}

/// Rules begin with a capital; designs are called as their files are.
pub(super) fn name(account: &Account, arm: usize) -> String {
    let name = &account.names[arm];
    if let Sort::Rules(_) = account.over.sort { capitalised(name) } else { name.clone() }
}
