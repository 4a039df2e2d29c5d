//! The conditions under which a design fails, in words, with their units.

use super::super::phrase::{list, significant};
use super::Account;
use crate::experiment::stress::file::{Range, Uncertain};
use crate::experiment::stress::{Condition, FailBox, Held};
use crate::model::english::{either, lowered};
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
        Held::Levels(held) => {
            let parameter = account.futures.shocks.file.parameters.get_index(condition.dimension - 1);
            let all: Vec<&str> = parameter.map_or_else(Vec::new, |(_, parameter)| parameter.range.levels().collect());
            either(
                &held.iter().filter_map(|level| all.get(*level)).map(|level| (*level).to_owned()).collect::<Vec<_>>(),
            )
        }
        Held::Among(kinds) => {
            let label = |kind: &Option<usize>| {
                let ladder = kind.and_then(|ladder| account.futures.shocks.file.ladders.get_index(ladder));
                ladder.map_or_else(|| "no shock".to_owned(), |(_, ladder)| lowered(&ladder.label))
            };
            let names: Vec<String> = kinds.iter().map(label).collect();
            either(&names)
        }
    }
}

/// The ends of the whole range that a condition is a part of; empty where there are none.
pub(super) fn ends(account: &Account, condition: &Condition) -> [String; 2] {
    let Some(position) = condition.dimension.checked_sub(1) else {
        return ["no shock", "largest step"].map(str::to_owned);
    };
    let Some((_, parameter)) = account.futures.shocks.file.parameters.get_index(position) else {
        return [const { String::new() }; 2];
    };
    parameter.range.ends().map(|end| match &parameter.range {
        Range::Among(_) => String::new(),
        Range::Times(_) => number(parameter, end) + " times",
        Range::Between(_) => with_unit(parameter, number(parameter, end)),
    })
}

/// The whole range of a parameter: "0.2% to 3.2%", "0.5 to 1.5 times the design's".
pub(super) fn range(parameter: &Uncertain) -> String {
    if let Range::Among(_) = parameter.range {
        return either(&parameter.range.levels().map(str::to_owned).collect::<Vec<_>>());
    }
    let [from, to] = parameter.range.ends().map(|end| number(parameter, end));
    with_unit(parameter, format!("{from} to {to}"))
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
    with_unit(parameter, between(own, all, |value| number(parameter, value)))
}

/// Numbers of a parameter with its unit behind them, where it is not in them.
fn with_unit(parameter: &Uncertain, numbers: String) -> String {
    match &parameter.range {
        Range::Among(_) => numbers,
        Range::Times(_) => numbers + " times the design's",
        Range::Between(_) if parameter.is_share() || parameter.unit.is_empty() => numbers,
        Range::Between(_) => format!("{numbers} {}", parameter.unit),
    }
}

/// A number of a parameter without its unit, shares as per cent.
pub(super) fn number(parameter: &Uncertain, value: f64) -> String {
    match &parameter.range {
        Range::Between(_) if parameter.is_share() => significant(value * 100.0) + "%",
        _ => significant(value),
    }
}

fn between(own: Interval, all: Interval, write: impl Fn(f64) -> String) -> String {
    match (own.low > all.low, own.high < all.high) {
        (true, true) => format!("between {} and {}", write(own.low), write(own.high)),
        (true, false) => format!("above {}", write(own.low)),
        _ => format!("below {}", write(own.high)),
    }
}
