//! Which set of rules is worth most at how many of the points, and how sure that is.

use super::Account;
use super::findings::numerals;
use crate::experiment::matching::{SetOver, Sort};
use crate::model::rule::RuleName;
use crate::report::phrase::{capitalised, count, counted, list};
use crate::report::principles::set_in_words;
use crate::report::table::{Entry, Table};
use crate::statistics::shapley::Coalition;

/// Sets that are told beside the first, and rows of the table.
const NEXT: usize = 2;
const SHOWN: usize = 6;

/// The rules of a set.
pub(super) fn rules<'a>(account: &'a Account, coalition: Coalition) -> impl Iterator<Item = RuleName> + 'a {
    let rules: &[RuleName] = if let Sort::Rules(rules) = &account.over.sort { rules } else { &[] };
    rules.iter().enumerate().filter(move |(bit, _)| coalition >> bit & 1 == 1).map(|(_, rule)| *rule)
}

/// "measures and graduated sanctions", "none of the rules".
fn named(account: &Account, coalition: Coalition) -> String {
    match &account.over.sort {
        Sort::Rules(_) if coalition == 0 => "none of the rules".to_owned(),
        Sort::Rules(rules) => set_in_words(rules, coalition),
        _ => String::new(),
    }
}

/// Points, and the sets that are best at some; `None` where sets cannot be ranked.
fn ranked(account: &Account) -> Option<(usize, Vec<SetOver>)> {
    let sets = account.over.sets.as_ref().filter(|sets| !sets.points.is_empty() && sets.listed.len() > 2)?;
    Some((sets.points.len(), sets.ranked()))
}

/// "Measures and partners are worth most in 41 of 56 points that the evidence leaves open, clear of luck in 23; …".
pub(super) fn best(account: &Account) -> Option<String> {
    let (points, ranked) = ranked(account)?;
    let first = ranked.first()?;
    let name = named(account, first.coalition);
    let verb = if rules(account, first.coalition).count() == 1 || first.coalition == 0 { "is" } else { "are" };
    let sure = match first.clear {
        0 => ", nowhere by more than luck".to_owned(),
        clear if clear == first.best => ", each time by more than luck".to_owned(),
        clear => format!(", by more than luck in {}", count(clear as u64)),
    };
    let elsewhere =
        if first.best == points { String::new() } else { format!("; elsewhere {}", rest(account, &ranked)) };
    Some(format!(
        "{} {verb} worth most in {} of {} that the evidence leaves open{sure}{elsewhere}.",
        capitalised(&name),
        count(first.best as u64),
        counted(points as u64, "point")
    ))
}

/// "partners in 10 and 3 other sets".
fn rest(account: &Account, ranked: &[SetOver]) -> String {
    let told = |set: &SetOver| format!("{} in {}", named(account, set.coalition), count(set.best as u64));
    let mut all: Vec<String> = ranked.iter().skip(1).take(NEXT).map(told).collect();
    let more = ranked.len().saturating_sub(1 + NEXT);
    if more > 0 {
        all.push(counted(more as u64, "other set"));
    }
    list(&all)
}

/// By how much the set that is best most often is behind where it is not the best.
pub(super) fn regret(account: &Account) -> Option<String> {
    let (points, ranked) = ranked(account)?;
    let first = ranked.first().filter(|first| first.best < points)?;
    let about = account.measure(0);
    let numerals = numerals(account, about, first.behind_at_worst);
    Some(format!(
        "Over all points {} {} behind the best set of each by {} of {} on average, and by {} or more at a twentieth of them.",
        named(account, first.coalition),
        if rules(account, first.coalition).count() < 2 { "is" } else { "are" },
        numerals.size(first.behind),
        about.label,
        numerals.size(first.behind_at_worst),
    ))
}

/// The sets that are best at most points.
pub(super) fn table(account: &Account) -> Option<Table> {
    let (points, ranked) = ranked(account)?;
    let about = account.measure(0);
    let row = |set: &SetOver| {
        let numerals = numerals(account, about, set.behind_at_worst);
        let number = |some: usize| Entry::number(some.to_string(), some as f64);
        vec![
            Entry::words(capitalised(&named(account, set.coalition))),
            number(set.best),
            number(set.clear),
            Entry::number(numerals.size(set.behind), set.behind),
            Entry::number(numerals.size(set.behind_at_worst), set.behind_at_worst),
        ]
    };
    Some(Table {
        title: format!(
            "Which set of rules is worth most for {}, over {}",
            about.label,
            counted(points as u64, "point")
        ),
        columns: ["Rules", "Best in", "Clear in", "Behind, mean", "Behind, 95%"].map(str::to_owned).to_vec(),
        rows: ranked.iter().take(SHOWN).map(row).collect(),
    })
}
