//! Kinds of provider in plain English: what they may do, how they are paid, how they choose, whom they are there for.

use super::{Fact, title};
use crate::model::behaviour::level;
use crate::model::english::{Time, capital, counted, list, number, percent, words};
use crate::model::payment::Regime;
use crate::model::rule::Sanctioning;
use crate::model::setup;
use crate::model::spread::Spread;
use crate::scenario::Scenario;
use crate::scenario::file::{Behaviours, Ceiling, Kind};

mod need;

/// What is said of a kind under one heading of its own, such as its costs.
type Trait = Vec<String>;

/// What all kinds have in common, told once, and what is said of each kind.
pub(super) fn describe(scenario: &Scenario, time: &Time) -> Vec<Fact> {
    let kinds = || scenario.file.providers.iter().zip(scenario.setup.listed_kinds().map(|(_, kind)| kind));
    let alike: Vec<Vec<Trait>> = kinds().map(|((_, kind), checked)| traits(kind, checked, "Each", time)).collect();
    let first = alike.first().map_or(&[][..], Vec::as_slice);
    let is_common = |index: usize| alike.len() > 1 && alike.iter().all(|traits| traits[index] == first[index]);
    let common: Vec<String> =
        first.iter().enumerate().filter(|(index, _)| is_common(*index)).flat_map(|(_, told)| told.clone()).collect();
    let together = (!common.is_empty()).then(|| Fact::of("All kinds alike", common));
    let each = kinds().map(|((name, kind), checked)| {
        let own = traits(kind, checked, each(kind), time).into_iter().enumerate();
        let own = own.filter(|(index, _)| !is_common(*index)).flat_map(|(_, told)| told);
        Fact::of(title(name), [size(kind, time)].into_iter().chain(own).collect())
    });
    together.into_iter().chain(each).collect()
}

/// What there is to say of a kind besides its size, always in the same order.
fn traits(kind: &Kind, checked: &setup::Kind, who: &str, time: &Time) -> Vec<Trait> {
    let need = kind.need.as_ref();
    let expected = checked.need.as_ref().map(|need| &need.expected[..]);
    vec![
        effort(kind, checked, who),
        costs(kind),
        payment(kind, time),
        kind.purse.map_or_else(Vec::new, |purse| purse.describe(each(kind), time)),
        [behaviours(kind, who, time)]
            .into_iter()
            .chain(kind.reviews.map(|reviews| reviews.describe(who, time)))
            .collect(),
        norm(kind, time),
        need.zip(expected).map_or_else(Vec::new, |(need, expected)| need::level(need, expected, time)),
        need.map_or_else(Vec::new, need::urgent),
        need.map_or_else(Vec::new, |need| vec![need::unmet(need, time)]),
        need.map_or_else(Vec::new, need::beyond),
        need.map_or_else(Vec::new, |need| need::elsewhere(need, if kind.count == 1 { "it" } else { "each" })),
        prevents(kind, who),
        kind.spread.iter().filter_map(Spread::describe).collect(),
    ]
}

/// Whose need its upstream work prevents.
fn prevents(kind: &Kind, who: &str) -> Trait {
    let part = |(of, most): (&String, &Ceiling)| format!("{} of the need of {}", percent(most.0), words(of));
    let parts: Vec<String> = kind.prevents.iter().map(part).collect();
    let sentence =
        format!("{who} builds a stock of upstream work of its own, which prevents {} at most.", list(&parts));
    if parts.is_empty() { Vec::new() } else { vec![sentence] }
}

fn size(kind: &Kind, time: &Time) -> String {
    let (count, made) = (counted(f64::from(kind.count), "provider"), number(kind.size));
    let together = if kind.count == 1 { "which at level 1 makes" } else { "which at level 1 together make" };
    format!("{count}, {together} {made} of effort {}.", time.per())
}

fn effort(kind: &Kind, checked: &setup::Kind, who: &str) -> Trait {
    let (low, high) = checked.levels;
    let level = |value: f64| level(value, kind.plan);
    let levels = match kind.levels.values().len() {
        1 => format!("can only do {}", level(low)),
        count => format!("may choose among {count} levels from {} to {}", level(low), level(high)),
    };
    let uses: Vec<String> =
        kind.uses.iter().map(|(pool, units)| format!("{} of {}", number(units.0), words(pool))).collect();
    let uses = if uses.is_empty() { "no pool".to_owned() } else { list(&uses) };
    let upstream = kind.upstream.values().into_iter().fold(0.0, f64::max);
    let upstream =
        if upstream > 0.0 { format!(", up to {} of it spent upstream", percent(upstream)) } else { String::new() };
    vec![format!("{who} plans {} and {levels}{upstream}.", level(kind.plan)), format!("A unit of effort uses {uses}.")]
}

/// What one provider of the kind is called at the head of a sentence.
fn each(kind: &Kind) -> &'static str {
    if kind.count == 1 { "It" } else { "Each" }
}

fn costs(kind: &Kind) -> Trait {
    let scarcity = kind.cost.scarcity.map(|scarcity| scarcity.describe());
    [base_costs(kind)].into_iter().chain(scarcity).collect()
}

fn base_costs(kind: &Kind) -> String {
    let cost = &kind.cost;
    let mut parts = Vec::new();
    if cost.per_effort != 0.0 {
        parts.push(format!("{} per unit of effort", number(cost.per_effort)));
    }
    if cost.fixed != 0.0 {
        parts.push(format!("{} whatever is done", number(cost.fixed)));
    }
    if cost.convex > 0.0 {
        parts.push(format!("{} times the square of the level for overtime", number(cost.convex)));
    }
    if parts.is_empty() {
        return "Effort costs nothing.".to_owned();
    }
    let change = match cost.change_per_year {
        0.0 => String::new(),
        rise if rise > 0.0 => format!(", all rising by {} a year", percent(rise)),
        fall => format!(", all falling by {} a year", percent(-fall)),
    };
    format!("Per unit of size it costs {}{change}.", list(&parts))
}

fn payment(kind: &Kind, time: &Time) -> Trait {
    let who = each(kind);
    let Some(payment) = &kind.payment else { return vec![format!("{who} is not paid.")] };
    let payer = match (&kind.paid_from, &kind.paid_by) {
        (Some(pool), _) => format!(", out of {}", words(pool)),
        (None, Some(holder)) => format!(", by {} while that holds the budget of the place", words(holder)),
        (None, None) => String::new(),
    };
    let mut sentences = vec![format!("{who} is paid {}{payer}.", payment.describe(time))];
    sentences.extend(later(kind, time));
    if let Some(bonus) = &kind.bonus {
        sentences.push(format!("On top there is {}, paid from outside.", bonus.describe(time)));
    }
    sentences
}

/// The payments that take over later; of many, as of a price by step, how many and the last.
fn later(kind: &Kind, time: &Time) -> Trait {
    const MOST: usize = 6;
    let after = |regime: &Regime| format!("After {}", time.count(f64::from(regime.at)));
    match kind.then.last() {
        Some(last) if kind.then.len() > MOST => {
            let times = number(kind.then.len() as f64);
            vec![format!("That changes {times} times. {} it is {}.", after(last), last.payment.describe(time))]
        }
        _ => {
            let becomes =
                |regime: &Regime| format!("{} that becomes {}.", after(regime), regime.payment.describe(time));
            kind.then.iter().map(becomes).collect()
        }
    }
}

fn behaviours(kind: &Kind, who: &str, time: &Time) -> String {
    match &kind.behaviour {
        Behaviours::One(one) => format!("{who} {}.", one.describe(kind.plan, time)),
        Behaviours::Mixed(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| {
                    format!("of {} of them each {}", percent(part.share), part.behaviour.describe(kind.plan, time))
                })
                .collect();
            format!("{}.", capital(&parts.join("; ")))
        }
    }
}

fn norm(kind: &Kind, time: &Time) -> Trait {
    let mut sentences = Vec::new();
    if kind.motivation > 0.0 {
        sentences.push(format!("A unit of need met is worth {} to it in itself.", number(kind.motivation)));
    }
    if kind.norm.weight > 0.0 {
        sentences.push(format!(
            "At full trust a unit above its share weighs on its conscience like a loss of {}; where it had no say in the share, {} of that.",
            number(kind.norm.weight),
            percent(kind.norm.imposed)
        ));
    }
    if kind.norm.breach > 0.0 {
        sentences.push(format!(
            "To be above its share at all weighs on its conscience like a loss of {}.",
            number(kind.norm.breach)
        ));
    }
    sentences.extend(kind.sanctioning.map(|inclined| sanctioning(&inclined, time)));
    sentences
}

fn sanctioning(inclined: &Sanctioning, time: &Time) -> String {
    let Sanctioning { spends, stray, revenge } = *inclined;
    let stray = if stray > 0.0 { format!(", {} of it on others by mistake", percent(stray)) } else { String::new() };
    let revenge = if revenge > 0.0 {
        format!(", and {} of what it was fined the {} before on paying back", percent(revenge), time.one())
    } else {
        String::new()
    };
    format!("Where it may fine others it spends {} on each unit of effort in breach{stray}{revenge}.", number(spends))
}
