//! The table: in how many points each is higher and lower, by how much, and between what it lies at nine tenths of them.

use super::super::findings::numerals;
use super::super::tables::name;
use super::super::{Account, rules, sign};
use super::Seen;
use crate::experiment::matching::Sort;
use crate::report::answer::{Cell, Column, Grid, Judged};
use crate::report::phrase::capitalised;

/// Rows on a screen of 24 lines that leave room for findings and the verdict, and on a wide one.
const ROWS: usize = 9;
const ROWS_WIDE: usize = 14;

pub(super) fn grid(account: &Account, wide: bool) -> Grid {
    let most = if wide { ROWS_WIDE } else { ROWS };
    let mut rows = rows(account);
    rows.truncate(most);
    let head = |first: &str, second: &str| [first.to_owned(), second.to_owned()];
    let words = match account.over.sort {
        Sort::Designs | Sort::Written => head("Higher", "in"),
        Sort::Rules(_) => head("Adds", "in"),
    };
    let mut columns = vec![Column::words(0), Column::words(0), Column::number(words, 0)];
    let lower = if let Sort::Rules(_) = account.over.sort { head("takes", "in") } else { head("lower", "in") };
    columns.extend([
        Column::number(lower, 0),
        Column::number(head("luck", "open"), 2),
        Column::number(head("", "as written"), 0),
        Column::number(head("", "mean"), 1),
        Column::number(head("9 points in 10", "from"), 1),
        Column::number(head("", "to"), 1),
    ]);
    Grid { caption: String::new(), columns, rows }.without_empty_columns()
}

/// A row a measure and design, or a rule.
fn rows(account: &Account) -> Vec<Vec<Cell>> {
    let mut all = Vec::new();
    for measure in account.told() {
        let arms: Vec<usize> = match account.over.sort {
            Sort::Rules(_) => rules::order(account, measure),
            _ => account.others().collect(),
        };
        for (position, arm) in arms.into_iter().enumerate() {
            let found = account.difference(arm, measure);
            all.push(row(account, Seen { arm, measure, found }, position == 0));
        }
    }
    all
}

fn row(account: &Account, seen: Seen, is_first: bool) -> Vec<Cell> {
    let (about, found) = (account.measure(seen.measure), seen.found);
    let label = if is_first { capitalised(&about.label) } else { String::new() };
    let alone = account.keys.len() == 2;
    let whose = if alone { String::new() } else { name(account, seen.arm) };
    let counts = [found.higher, found.lower, found.unclear].map(|some| Cell::plain(some.to_string()));
    let mut row = vec![Cell::plain(label), Cell::plain(whose)];
    row.extend(counts);
    if account.over.sort == Sort::Written {
        let (levels, written) = (account.levels(seen.arm, seen.measure), account.levels(0, seen.measure).mean);
        let numerals = numerals(account, about, levels.interval[0].abs().max(levels.interval[1].abs()));
        row.extend(
            [written, levels.mean, levels.interval[0], levels.interval[1]]
                .map(|value| Cell::plain(numerals.short(value))),
        );
    } else {
        let numerals = numerals(account, about, found.interval[0].abs().max(found.interval[1].abs()));
        let mean = Cell { text: numerals.signed(found.mean), judged: judged(account, seen) };
        row.extend([Cell::default(), mean]);
        row.extend(found.interval.map(|value| Cell::plain(numerals.signed(value))));
    }
    row
}

/// What a difference that goes one way in most points means.
fn judged(account: &Account, seen: Seen) -> Option<Judged> {
    let is_better = sign(account.measure(seen.measure))?;
    let [higher, lower] = seen.shares();
    match seen.is_robust() {
        true if (higher > lower) == is_better => Some(Judged::Better),
        true => Some(Judged::Worse),
        false if seen.found.same == seen.found.points => Some(Judged::Same),
        false => Some(Judged::Unclear),
    }
}
