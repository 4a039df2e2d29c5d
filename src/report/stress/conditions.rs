//! The conditions under which a design fails, in words, with their units.

use super::super::cells::words;
use super::super::phrase::list;
use super::Account;
use crate::experiment::stress::file::{Range, Uncertain};
use crate::experiment::stress::{Condition, FailBox, Held};
use crate::statistics::Interval;

/// All conditions of a box: "growth of need a year is above 1.8% and the shock is budget cut or all at once".
pub(super) fn told(account: &Account, found: &FailBox) -> String {
    let dimensions = account.futures.dimensions();
    let one = |condition: &Condition| {
        let name = dimensions.get(condition.dimension).map_or("", String::as_str);
        format!("{} is {}", lowered(name), held(account, condition))
    };
    list(&found.conditions.iter().map(one).collect::<Vec<_>>())
}

/// What must hold along a dimension: "above 1.8%", "between 0.3 and 0.5", "budget cut or all at once".
pub(super) fn held(account: &Account, condition: &Condition) -> String {
    match &condition.held {
        Held::Between(own, all) if condition.dimension == 0 => severity(account, *own, *all),
        Held::Between(own, all) => {
            // Behind the severity come the parameters, in the order of the study.
            let parameter = account.futures.shocks.file.parameters.get_index(condition.dimension - 1);
            parameter.map_or_else(String::new, |(_, parameter)| limits(parameter, *own, *all))
        }
        Held::Among(kinds) => {
            let label = |kind: &Option<usize>| {
                let ladder = kind.and_then(|ladder| account.futures.shocks.file.ladders.get_index(ladder));
                ladder.map_or_else(|| "no shock".to_owned(), |(_, ladder)| lowered(&ladder.label))
            };
            let names: Vec<String> = kinds.iter().map(label).collect();
            match names.as_slice() {
                [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
                _ => names.concat(),
            }
        }
    }
}

/// The severity by steps where all ladders have as many, and otherwise in per cent of the way up.
fn severity(account: &Account, own: Interval, all: Interval) -> String {
    let mut lengths = account.futures.shocks.file.ladders.values().map(|ladder| ladder.steps.len());
    let first = lengths.next().unwrap_or(1);
    if lengths.any(|length| length != first) {
        return between(own, all, |share| format!("{}%", (share * 100.0).round()));
    }
    let (from, to) = ((own.low * first as f64).ceil(), (own.high * first as f64).floor());
    match (own.low > all.low, own.high < all.high) {
        (true, true) => format!("step {from} to {to} of {first}"),
        (true, false) if to <= from => format!("the last step, {first} of {first}"),
        (true, false) => format!("step {from} of {first} or more"),
        (false, _) => format!("step {to} of {first} or less"),
    }
}

/// Limits of a parameter: "above 1.8%", "below 40 pounds a month", "above 1.27 times the design's".
fn limits(parameter: &Uncertain, own: Interval, all: Interval) -> String {
    let number = |value: f64| number(parameter, value);
    let text = between(own, all, number);
    match parameter.range {
        Range::Times(_) => text + " times the design's",
        Range::Between(_) if parameter.is_share() || parameter.unit.is_empty() => text,
        Range::Between(_) => format!("{text} {}", parameter.unit),
    }
}

/// A number of a parameter without its unit, shares as per cent.
pub(super) fn number(parameter: &Uncertain, value: f64) -> String {
    match parameter.range {
        Range::Between(_) if parameter.is_share() => words::value(value * 100.0) + "%",
        _ => words::value(value),
    }
}

fn between(own: Interval, all: Interval, write: impl Fn(f64) -> String) -> String {
    match (own.low > all.low, own.high < all.high) {
        (true, true) => format!("between {} and {}", write(own.low), write(own.high)),
        (true, false) => format!("above {}", write(own.low)),
        _ => format!("below {}", write(own.high)),
    }
}

/// A label within a sentence.
fn lowered(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
