//! The rules as a constitution: who is in, who decides what, how it is watched, what follows a breach, who pays, and what
//! holds it together. Each rule is told once, by its own sentence, under the question that it answers.

use super::{Section, capital, counted_as, number, percent, section};
use crate::model::measure::{listed, words};
use crate::model::payment::Payment;
use crate::model::rule::{Price, Rule, RuleName, Terms};
use crate::scenario::file::{File, Kind, Outside};

/// The rules of each part, in the order in which they are told. A rule that is in none of these lists holds the place together.
const MEMBERSHIP: [RuleName; 2] = [RuleName::Boundary, RuleName::Partners];
const DECISION: [RuleName; 4] =
    [RuleName::CollectiveChoice, RuleName::NestedGroups, RuleName::Quota, RuleName::ExternalAuthority];
const SIGHT: [RuleName; 1] = [RuleName::Measures];
const CONSEQUENCE: [RuleName; 4] =
    [RuleName::GraduatedSanctions, RuleName::PeerSanctions, RuleName::Ostracism, RuleName::Mediation];
const MONEY: [RuleName; 1] = [RuleName::PooledFinance];

/// The six parts of the constitution, in order. Every part says at least what holds where no rule does.
pub(super) fn describe(file: &File) -> Vec<Section> {
    vec![
        section("Who is in", who_is_in(file)),
        section("Who decides what", who_decides(file)),
        section("How it is watched", how_it_is_watched(file)),
        section("What happens to whoever breaks it", what_follows_a_breach(file)),
        section("Who pays", who_pays(file)),
        section("What holds it together", what_holds_it_together(file)),
    ]
}

fn who_is_in(file: &File) -> Vec<String> {
    let mut told = rules(file, &MEMBERSHIP);
    if file.rules.partners.is_none() {
        told.insert(0, seats(file));
    }
    told.extend(file.outside.iter().map(|part| outsiders(part, &file.time.unit)));
    told
}

/// Rules that hold for those at the table alone.
const OF_THE_TABLE: [RuleName; 5] = [
    RuleName::Measures,
    RuleName::NestedGroups,
    RuleName::CollectiveChoice,
    RuleName::PooledFinance,
    RuleName::GraduatedSanctions,
];

/// Who sits at the table where no rule says so.
fn seats(file: &File) -> String {
    if OF_THE_TABLE.into_iter().all(|name| file.rules.get(name).is_none()) {
        return "No rule says who belongs and who does not; there is no common table.".to_owned();
    }
    let of =
        |partner: bool| listed(file.providers.iter().filter(|(_, kind)| kind.partner == partner).map(|(name, _)| name));
    match (of(true), of(false)) {
        (inside, outside) if outside.is_empty() => format!("All sit at the table: {inside}."),
        (inside, outside) if inside.is_empty() => format!("Nobody sits at the table; outside it are {outside}."),
        (inside, outside) => {
            format!(
                "Without a rule that says so, at the table sit {inside}. Not at it, so that what members do together does not reach them: {outside}."
            )
        }
    }
}

fn outsiders(outside: &Outside, unit: &str) -> String {
    let crossing = if outside.crossing > 0.0 {
        format!(
            " Where no boundary is drawn, {} of what members do falls outside the place.",
            percent(outside.crossing)
        )
    } else {
        String::new()
    };
    format!(
        "Others use {} too, with {} of effort at the start and never more than {}. A unit of yield is worth {} to them and a unit of effort costs them {}; they come while that pays and go when it does not, by {} of the most in a {unit} in which profit equals cost.{crossing}",
        words(&outside.pool),
        number(outside.effort),
        number(outside.limit),
        number(outside.price),
        number(outside.cost),
        percent(outside.entry)
    )
}

fn who_decides(file: &File) -> Vec<String> {
    let rules = rules(file, &DECISION);
    let fortress = if file.rules.collective_choice.is_none() && file.rules.quota.is_none() {
        vec!["Each decides for itself alone. Its plan is what counts as its fair share.".to_owned()]
    } else {
        Vec::new()
    };
    fortress.into_iter().chain(rules).collect()
}

fn how_it_is_watched(file: &File) -> Vec<String> {
    let society = &file.society;
    let mut unaided = vec![match society.coverage {
        0.0 => "nobody sees what the others do".to_owned(),
        chance => format!("what a provider does is seen with a chance of {} a step", percent(chance)),
    }];
    if society.noise > 0.0 {
        unaided.push(format!("what is seen is typically off by {}", percent(society.noise)));
    }
    if society.lag > 0.0 {
        unaided.push(format!("what is known of the pool is {} old", counted_as(society.lag, "step")));
    }
    let unaided = format!("Where nobody measures, {}.", listed(&unaided));
    rules(file, &SIGHT).into_iter().chain([unaided]).collect()
}

fn what_follows_a_breach(file: &File) -> Vec<String> {
    let society = &file.society;
    let mut told = rules(file, &CONSEQUENCE);
    if file.rules.graduated_sanctions.is_none() && file.rules.peer_sanctions.is_none() && file.rules.ostracism.is_none()
    {
        told.insert(0, "Nobody is fined or shunned.".to_owned());
    }
    if society.tolerance > 0.0 {
        told.push(format!("Up to {} above the share passes for keeping to it.", percent(society.tolerance)));
    }
    let fined = file.rules.graduated_sanctions.is_some();
    if society.resentment > 0.0 && fined {
        told.push(format!(
            "Whoever is fined under a limit in which it had no say loses {} of its trust.",
            percent(society.resentment)
        ));
    }
    if society.grievance > 0.0 {
        let wronged = if fined {
            "has been fined, or got less than it asked for in a shortage,"
        } else {
            "gets less than it asked for in a shortage"
        };
        told.push(format!(
            "Whoever {wronged} is in dispute: it no longer feels {} of what it owes to the others. By itself {} of a dispute dies down in a step.",
            percent(society.grievance),
            percent(society.settling)
        ));
    }
    told
}

fn who_pays(file: &File) -> Vec<String> {
    let mut told = rules(file, &MONEY);
    told.extend(payments(file));
    let total_size = file.providers.values().map(|kind| kind.size).sum();
    let costs: Vec<String> = file
        .rules
        .present()
        .filter_map(|(name, rule)| Some(format!("{} {}", words(name.key()), price(rule.terms().cost, total_size)?)))
        .collect();
    if !costs.is_empty() {
        told.push(format!(
            "What the rules cost in each step, paid by the members by size unless it is said otherwise: {}.",
            costs.join("; ")
        ));
    }
    told
}

/// Kinds by the way in which they are paid at the start, the same way told once.
fn payments(file: &File) -> Vec<String> {
    let mut ways: Vec<(String, Vec<&String>)> = Vec::new();
    for (name, kind) in &file.providers {
        let way = way_of_paying(kind);
        match ways.iter_mut().find(|(known, _)| *known == way) {
            Some((_, names)) => names.push(name),
            None => ways.push((way, vec![name])),
        }
    }
    ways.into_iter().map(|(way, names)| format!("{}: {way}.", capital(&listed(names)))).collect()
}

fn way_of_paying(kind: &Kind) -> String {
    let Some(payment) = &kind.payment else { return "not paid".to_owned() };
    let way = match payment {
        Payment::Tariff(_) => "a price for each unit of activity",
        Payment::Block(_) => "a fixed sum, whatever is delivered",
        Payment::Blended(_) => "a fixed sum for the plan, and a part of the price for what is above or below it",
        Payment::Capitation(form) if form.outcome_share > 0.0 => "a sum per head by need, a part of it by outcomes",
        Payment::Capitation(_) => "a sum per head by need",
        Payment::GainShare(_) => "a sum, and a part of what the whole place saves or overspends",
        Payment::Prime(_) => "the budget of the whole place, out of which it pays the others and bears what is missing",
        Payment::PublicGood(_) => "a sum, and a return to all from what anybody delivers",
    };
    let payer = match (&kind.paid_from, &kind.paid_by) {
        (Some(pool), _) => format!(", out of the shared {}", words(pool)),
        (None, Some(holder)) => format!(", paid by {} while that holds the budget of the place", words(holder)),
        (None, None) => ", from outside".to_owned(),
    };
    let later = if kind.then.is_empty() { "" } else { "; it changes later" };
    let bonus = if kind.bonus.is_some() { ", and a bonus for meeting a target" } else { "" };
    format!("{way}{payer}{bonus}{later}")
}

fn what_holds_it_together(file: &File) -> Vec<String> {
    let society = &file.society;
    let elsewhere = [&MEMBERSHIP[..], &DECISION, &SIGHT, &CONSEQUENCE, &MONEY].concat();
    let rest: Vec<RuleName> = RuleName::ALL.into_iter().filter(|name| !elsewhere.contains(name)).collect();
    let mut told = rules(file, &rest);
    if society.fading > 0.0 && file.rules.collective_choice.is_some() {
        let fading = percent(society.fading);
        told.push(format!("Of a decision that no team carries out, {fading} fades with each step."));
    }
    let mut trust = vec![format!("Trust begins at {}.", percent(society.trust))];
    if society.trust_gain > 0.0 || society.trust_loss > 0.0 {
        trust.push(format!(
            "A step in which all are seen to keep to their share wins back {} of what is missing; one in which all are seen to exceed it costs {} of what is there.",
            percent(society.trust_gain),
            percent(society.trust_loss)
        ));
    }
    told.push(trust.join(" "));
    told
}

/// What those of the rules that are there say of themselves.
fn rules(file: &File, names: &[RuleName]) -> Vec<String> {
    names.iter().filter_map(|name| file.rules.get(*name).map(|rule| told(*name, rule))).collect()
}

fn told(name: RuleName, rule: &dyn Rule) -> String {
    let force = match rule.terms() {
        Terms { placebo: true, .. } => " It is a placebo: its cost is paid and nothing else of it happens.".to_owned(),
        Terms { strength: 0.0, .. } => " It is switched off.".to_owned(),
        Terms { strength, .. } if strength < 1.0 => format!(" It acts at {} of its force.", percent(strength)),
        Terms { .. } => String::new(),
    };
    format!("{} ({}). {}{force}", capital(&words(name.key())), rule.principle(), rule.describe())
}

/// What a rule costs in a step, in a place of that size; nothing where it is free.
fn price(price: &Price, total_size: f64) -> Option<String> {
    let money = price.money_per_step(total_size);
    let payer = price.from.as_ref().map_or_else(String::new, |pool| format!(" out of the shared {}", words(pool)));
    let money = (money > 0.0).then(|| format!("{} in money{payer}", number(money)));
    let time = (price.attention > 0.0).then(|| format!("{} of all working time", percent(price.attention)));
    let parts: Vec<String> = money.into_iter().chain(time).collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}
