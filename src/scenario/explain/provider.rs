//! Kinds of provider in plain English: what they may do, how they are paid, how they choose, whom they are there for.

use super::{capital, counted, number, percent};
use crate::model::behaviour::{Behaviour, Foresight, Peers};
use crate::model::measure::words;
use crate::model::rule::Sanctioning;
use crate::model::setup;
use crate::scenario::Scenario;
use crate::scenario::file::{Behaviours, Kind, Need};

/// What all kinds have in common, told once, and one paragraph on each kind.
pub(super) fn describe(scenario: &Scenario) -> Vec<String> {
    let kinds = || scenario.file.providers.iter().zip(scenario.setup.kinds());
    let alike: Vec<Vec<String>> = kinds().map(|((_, kind), checked)| traits(kind, checked, "Each")).collect();
    let first = alike.first().map_or(&[][..], Vec::as_slice);
    let is_common = |index: usize| alike.len() > 1 && alike.iter().all(|traits| traits[index] == first[index]);
    let common = first.iter().enumerate().filter(|(index, _)| is_common(*index));
    let common = sentences(common.map(|(_, told)| told));
    let together = (!common.is_empty()).then(|| format!("All kinds alike. {common}"));
    let each = kinds().map(|((name, kind), checked)| {
        let own = traits(kind, checked, each(kind)).into_iter().enumerate().filter(|(index, _)| !is_common(*index));
        let own: Vec<String> = own.map(|(_, told)| told).collect();
        sentences([&size(name, kind)].into_iter().chain(&own))
    });
    together.into_iter().chain(each).collect()
}

/// What there is to say of a kind besides its size, a sentence or a few each, always in the same order.
fn traits(kind: &Kind, checked: &setup::Kind, who: &str) -> Vec<String> {
    let need = kind.need.as_ref();
    vec![
        effort(kind, checked, who),
        costs(kind),
        payment(kind),
        behaviours(kind, who),
        norm(kind),
        checked.need.as_ref().map_or_else(String::new, |need| expected(&need.expected)),
        need.map_or_else(String::new, unmet),
        need.map_or_else(String::new, beyond),
    ]
}

/// One after the other, those that say nothing left out.
fn sentences<'a>(all: impl IntoIterator<Item = &'a String>) -> String {
    let told: Vec<&str> = all.into_iter().map(String::as_str).filter(|sentence| !sentence.is_empty()).collect();
    told.join(" ")
}

fn size(name: &str, kind: &Kind) -> String {
    let together = if kind.count == 1 { "which at level 1 makes" } else { "which at level 1 together make" };
    let count = counted(kind.count, "provider");
    format!("{}: {count}, {together} {} of effort a step.", capital(&words(name)), number(kind.size))
}

fn effort(kind: &Kind, checked: &setup::Kind, who: &str) -> String {
    let (low, high) = checked.levels;
    let levels = match kind.levels.values().len() {
        1 => format!("can only do {}", level(kind, low)),
        count => format!("may choose among {count} levels from {} to {}", level(kind, low), level(kind, high)),
    };
    let uses: Vec<String> =
        kind.uses.iter().map(|(pool, units)| format!("{} of {}", number(units.0), words(pool))).collect();
    let uses = if uses.is_empty() { "no pool".to_owned() } else { uses.join(" and ") };
    let upstream = kind.upstream.values().into_iter().fold(0.0, f64::max);
    let upstream =
        if upstream > 0.0 { format!(", up to {} of it spent upstream", percent(upstream)) } else { String::new() };
    format!("{who} plans {} and {levels}{upstream}. A unit of effort uses {uses}.", level(kind, kind.plan))
}

/// A level as a share of level 1 where its plan is near that, as a number where levels count something, such as tokens.
fn level(kind: &Kind, level: f64) -> String {
    if (0.1..=4.0).contains(&kind.plan) { percent(level) } else { number(level) }
}

/// What one provider of the kind is called at the head of a sentence.
fn each(kind: &Kind) -> &'static str {
    if kind.count == 1 { "It" } else { "Each" }
}

fn costs(kind: &Kind) -> String {
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
    format!("Per unit of size it costs {}{change}.", parts.join(" and "))
}

fn payment(kind: &Kind) -> String {
    let who = match kind.count {
        1 => "It is".to_owned(),
        count => format!("Each of the {count} is"),
    };
    let Some(payment) = &kind.payment else { return format!("{who} not paid.") };
    let payer = match (&kind.paid_from, &kind.paid_by) {
        (Some(pool), _) => format!(", out of {}", words(pool)),
        (None, Some(holder)) => format!(", by {} while that holds the budget of the place", words(holder)),
        (None, None) => String::new(),
    };
    let mut sentences = vec![format!("{who} paid {}{payer}.", payment.describe())];
    for regime in &kind.then {
        sentences.push(format!("After {} that is {}.", counted(regime.at, "step"), regime.payment.describe()));
    }
    if let Some(bonus) = &kind.bonus {
        sentences.push(format!("On top there is {}, paid from outside.", bonus.describe()));
    }
    sentences.join(" ")
}

fn behaviours(kind: &Kind, who: &str) -> String {
    match &kind.behaviour {
        Behaviours::One(one) => format!("{who} {}.", behaviour(one)),
        Behaviours::Mixed(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| format!("of {} of them each {}", percent(part.share), behaviour(&part.behaviour)))
                .collect();
            format!("{}.", capital(&parts.join("; ")))
        }
    }
}

fn behaviour(behaviour: &Behaviour) -> String {
    match behaviour {
        Behaviour::Fixed(form) if form.upstream > 0.0 => {
            format!("always does {}, {} of it upstream", percent(form.level), percent(form.upstream))
        }
        Behaviour::Fixed(form) => format!("always does {}", percent(form.level)),
        Behaviour::BestResponse(form) => {
            let when = match form.foresight {
                Foresight::Myopic => "",
                Foresight::SteadyState => " once the pools have come to rest",
            };
            format!("does what would pay best{when} against what the others did last")
        }
        Behaviour::Learner(form) => format!(
            "learns what pays from what its choices earned{}; it remembers {} from one step to the next and chooses with a sharpness of {}{}",
            foregone(form.foregone),
            percent(form.memory),
            number(form.choice_sharpness),
            if form.anticipates { "; conscience and expected fines it weighs as they stand" } else { "" }
        ),
        Behaviour::Imitator(form) => {
            let peers = match form.peers {
                Peers::Kind => "another of its kind",
                Peers::All => "any other provider",
            };
            format!(
                "looks at {peers} with a chance of {} a step and copies it if it is better off{}",
                percent(form.rate),
                mutation(form.mutation)
            )
        }
        Behaviour::Conditional(form) => {
            let bias = match form.bias {
                0.0 => String::new(),
                more if more > 0.0 => format!(", plus {} of the plan", percent(more)),
                less => format!(", less {} of the plan", percent(-less)),
            };
            let hump = form.hump.map_or_else(String::new, |hump| {
                format!("; where others do more than {} of the plan it does less again", percent(hump))
            });
            let way = form.gives_way.map_or_else(String::new, |half| {
                format!("; where it expects a fine of {} per unit it gives up half of a breach", number(half))
            });
            format!("does {} of what it believes the others do{bias}{hump}{way}", percent(form.slope))
        }
    }
}

fn foregone(weight: f64) -> String {
    match weight {
        0.0 => String::new(),
        1.0 => " and as much from what its other choices would have earned".to_owned(),
        weight => format!(" and, at a weight of {}, from what its other choices would have earned", number(weight)),
    }
}

fn mutation(chance: f64) -> String {
    match chance {
        0.0 => String::new(),
        chance => format!(", or tries something at random with a chance of {}", percent(chance)),
    }
}

fn norm(kind: &Kind) -> String {
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
    if let Some(Sanctioning { spends, stray, revenge }) = kind.sanctioning {
        let stray =
            if stray > 0.0 { format!(", {} of it on others by mistake", percent(stray)) } else { String::new() };
        let revenge = if revenge > 0.0 {
            format!(", and {} of what it was fined itself on paying back", percent(revenge))
        } else {
            String::new()
        };
        sentences.push(format!(
            "Where it may fine others it spends {} on each unit of effort in breach{stray}{revenge}.",
            number(spends)
        ));
    }
    sentences.join(" ")
}

fn expected(expected: &[f64]) -> String {
    let low = expected.iter().copied().fold(f64::MAX, f64::min);
    let high = expected.iter().copied().fold(0.0, f64::max);
    if low >= high {
        return format!("It is there for a need of {} units for each unit of its effort at level 1.", number(low));
    }
    let mean = expected.iter().sum::<f64>() / expected.len().max(1) as f64;
    format!(
        "It is there for a need that runs from {} to {} units for each unit of its effort at level 1, {} on average.",
        number(low),
        number(high),
        number(mean)
    )
}

fn unmet(need: &Need) -> String {
    let mut parts = Vec::new();
    if need.waits > 0.0 {
        parts.push(format!("{} waits", percent(need.waits)));
    }
    for (kind, spill) in need.spills.iter().filter(|(_, spill)| spill.share > 0.0) {
        let becomes = match number(spill.becomes).as_str() {
            "1" => String::new(),
            units => format!(", where a unit becomes {units}"),
        };
        parts.push(format!("{} falls on {}{becomes}", percent(spill.share), words(kind)));
    }
    let left = 1.0 - need.waits - need.spills.values().map(|spill| spill.share).sum::<f64>();
    if left > 1e-9 {
        parts.push(format!("{} is lost", percent(left)));
    }
    format!("Of need that is not met {}.", parts.join("; "))
}

fn beyond(need: &Need) -> String {
    if need.induced > 0.0 {
        format!("It can charge for {} of what it does beyond need.", percent(need.induced))
    } else {
        String::new()
    }
}
