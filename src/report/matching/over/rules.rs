//! What is told of the rules of a scenario at all points: what each adds, and to what that depends on.

use super::findings::{Words, decides, is_the_same, left_to_luck, next, numerals, which_is_better};
use super::tables::difference;
use super::{Account, sets};
use crate::report::phrase::{capitalised, count, counted, quoted};
use crate::report::table::{Entry, Table};

/// All rules together first; then the rules, those first that add or take most.
pub(super) fn order(account: &Account, measure: usize) -> Vec<usize> {
    let all = account.keys.len() - 1;
    let mut order: Vec<usize> = account.others().filter(|arm| *arm != all).collect();
    let size = |arm: &usize| account.difference(*arm, measure).mean.abs();
    order.sort_by(|one, other| size(other).total_cmp(&size(one)));
    order.insert(0, all);
    order
}

/// What all add and what each does; what decides that of all and of the one that does most, and what to measure next.
pub(super) fn findings(account: &Account) -> Vec<String> {
    let mut findings = Vec::new();
    let told = account.told();
    findings.extend(sets::best(account));
    findings.extend(sets::regret(account));
    for measure in &told {
        for (rank, arm) in order(account, *measure).into_iter().enumerate() {
            findings.push(adds(account, arm, *measure));
            if *measure == told[0] && rank < 2 && !is_the_same(account.difference(arm, *measure)) {
                let words = words(account, arm);
                findings.extend(decides(account, arm, *measure, &words));
                findings.push(next(account, arm, *measure, &words));
            }
        }
    }
    findings
}

pub(super) fn words(account: &Account, arm: usize) -> Words {
    let name = called(account, arm);
    let verb = verb(account, arm, "adds", "add");
    Words {
        what: format!("What decides how much {name} {verb}"),
        how_much: format!("how much {name} {verb}"),
        next: format!("To measure next for {name}"),
        turns: ["The sign turns".to_owned(), format!("{name} {verb}")],
        has_sign: true,
    }
}

pub(super) fn called(account: &Account, arm: usize) -> String {
    let name = &account.names[arm];
    if arm + 1 == account.keys.len() { name.clone() } else { quoted(name) }
}

/// "adds" of a rule, "add" of all rules together.
fn verb<'a>(account: &Account, arm: usize, one: &'a str, all: &'a str) -> &'a str {
    if arm + 1 == account.keys.len() { all } else { one }
}

fn adds(account: &Account, arm: usize, measure: usize) -> String {
    let (found, about) = (account.difference(arm, measure), account.measure(measure));
    let points = counted(found.points as u64, "point");
    let name = capitalised(&called(account, arm));
    let label = &about.label;
    if is_the_same(found) {
        let does = verb(account, arm, "does", "do");
        return format!("{name} {does} nothing to {label} at any of {points} that the evidence leaves open.");
    }
    let written = numerals(account, about, found.interval[0].abs().max(found.interval[1].abs()));
    format!(
        "{name} {} to {label} at {} of {points} that the evidence leaves open, and {} from it at {}{}{}. On average {}; at nine \
         tenths of them {} to {}, and luck makes {} of either.",
        verb(account, arm, "adds", "add"),
        count(found.higher as u64),
        verb(account, arm, "takes", "take"),
        count(found.lower as u64),
        left_to_luck(found),
        which_is_better(about),
        written.signed(found.mean),
        written.signed(found.interval[0]),
        written.signed(found.interval[1]),
        written.size(found.luck),
    )
}

/// What each rule adds to a measure.
pub(super) fn table(account: &Account, measure: usize) -> Table {
    let about = account.measure(measure);
    let row = |arm: usize| {
        let mut row = vec![Entry::words(capitalised(&account.names[arm]))];
        row.extend(difference(account, arm, measure));
        row
    };
    Table {
        title: format!("What each rule adds to {}, over {} points", about.label, account.over.points.len()),
        columns: ["Rule", "Adds", "Takes", "Luck", "Mean", "5%", "95%"].map(str::to_owned).to_vec(),
        rows: order(account, measure).into_iter().map(row).collect(),
    }
}
