//! The rules as a constitution: who is in, who decides what, how it is watched, what follows a breach, who pays, and what
//! holds it together. Each rule is told once, by its own sentence, under the question that it answers.

use super::{Fact, Section, outside, section, title};
use crate::model::english::{Time, capital, list, listed, number, percent, words};
use crate::model::rule::{Price, Rule, RuleName, Terms};
use crate::scenario::file::{File, Kind};

/// The rules of each part, in the order in which they are told. A rule that is in none of these lists holds the place together.
const MEMBERSHIP: [RuleName; 2] = [RuleName::Boundary, RuleName::Partners];
const DECISION: [RuleName; 4] =
    [RuleName::CollectiveChoice, RuleName::NestedGroups, RuleName::Quota, RuleName::ExternalAuthority];
const SIGHT: [RuleName; 1] = [RuleName::Measures];
const CONSEQUENCE: [RuleName; 4] =
    [RuleName::GraduatedSanctions, RuleName::PeerSanctions, RuleName::Ostracism, RuleName::Mediation];
const MONEY: [RuleName; 1] = [RuleName::PooledFinance];

/// The six parts of the constitution, in order. Every part says at least what holds where no rule does.
pub(super) fn describe(file: &File, time: &Time) -> Vec<Section> {
    vec![
        section("Who is in", who_is_in(file, time)),
        section("Who decides what", who_decides(file, time)),
        section("How it is watched", how_it_is_watched(file, time)),
        section("What happens to those who break it", what_follows_a_breach(file, time)),
        section("Who pays", who_pays(file, time)),
        section("What holds it together", what_holds_it_together(file, time)),
    ]
}

fn who_is_in(file: &File, time: &Time) -> Vec<Fact> {
    let seats = file.rules.partners.is_none().then(|| Fact::of("Seats", vec![seats(file)]));
    let outsiders = file.outside.iter().map(|part| outside::describe(part, time));
    seats.into_iter().chain(rules(file, &MEMBERSHIP, time)).chain(outsiders).collect()
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

fn who_decides(file: &File, time: &Time) -> Vec<Fact> {
    let fortress = (file.rules.collective_choice.is_none() && file.rules.quota.is_none()).then(|| {
        Fact::plain(vec![
            "Each decides for itself alone.".to_owned(),
            "Its plan is what counts as its fair share.".to_owned(),
        ])
    });
    let patience = file.society.patience;
    let ahead = (patience > 0.0).then(|| {
        Fact::of(
            "Looking ahead",
            vec![format!(
                "What an option brings in a year counts for {} of what it brings now, alone and in a meeting.",
                percent(patience)
            )],
        )
    });
    fortress.into_iter().chain(rules(file, &DECISION, time)).chain(ahead).collect()
}

fn how_it_is_watched(file: &File, time: &Time) -> Vec<Fact> {
    let society = &file.society;
    let mut unaided = vec![match society.coverage {
        0.0 => "Nobody sees what the others do.".to_owned(),
        chance => format!("What a provider does is seen with a chance of {} each {}.", percent(chance), time.one()),
    }];
    if society.noise > 0.0 {
        unaided.push(format!("What is seen is typically off by {}.", percent(society.noise)));
    }
    if society.lag > 0.0 {
        unaided.push(format!("What is known of the pool is {} old.", time.count(society.lag)));
    }
    rules(file, &SIGHT, time).chain([Fact::of("Where nobody measures", unaided)]).collect()
}

fn what_follows_a_breach(file: &File, time: &Time) -> Vec<Fact> {
    let society = &file.society;
    let fined = file.rules.graduated_sanctions.is_some();
    let mut facts: Vec<Fact> = rules(file, &CONSEQUENCE, time).collect();
    if !fined && file.rules.peer_sanctions.is_none() && file.rules.ostracism.is_none() {
        facts.insert(0, Fact::plain(vec!["Nobody is fined or shunned.".to_owned()]));
    }
    if society.tolerance > 0.0 {
        let tolerance = format!("Up to {} above the share passes for keeping to it.", percent(society.tolerance));
        facts.push(Fact::of("Tolerance", vec![tolerance]));
    }
    if society.resentment > 0.0 && fined {
        let lost = percent(society.resentment);
        facts.push(Fact::of(
            "Resentment",
            vec![format!("A provider that is fined under a limit in which it had no say loses {lost} of its trust.")],
        ));
    }
    if society.grievance > 0.0 {
        let wronged = if fined {
            "has been fined, or got less than it asked for in a shortage,"
        } else {
            "gets less than it asked for in a shortage"
        };
        let (weaker, settled) = (percent(society.grievance), percent(society.settling));
        facts.push(Fact::of(
            "Disputes",
            vec![
                format!(
                    "A provider that {wronged} is in dispute: it feels {weaker} less of what it owes to the others."
                ),
                format!("Each {} {settled} of a dispute dies down by itself.", time.one()),
            ],
        ));
    }
    facts
}

fn who_pays(file: &File, time: &Time) -> Vec<Fact> {
    let total_size = file.providers.values().map(|kind| kind.size).sum();
    let mut costs: Vec<String> = file
        .rules
        .present()
        .filter_map(|(name, rule)| Some((words(name.key()), price(rule.terms().cost, total_size)?)))
        .map(|(rule, price)| format!("The cost of {rule} is {price} each {}.", time.one()))
        .collect();
    if file.rules.present().any(|(_, rule)| is_paid_by_a_pool(rule.terms().cost, total_size)) {
        costs.push("What a pool cannot pay is not done: a rule acts in proportion to what is paid for it.".to_owned());
    }
    if !costs.is_empty() {
        costs.push("The members pay by size unless something else is said.".to_owned());
    }
    let costs = (!costs.is_empty()).then(|| Fact::of("Costs of the rules", costs));
    rules(file, &MONEY, time).chain(payments(file)).chain(costs).collect()
}

fn is_paid_by_a_pool(price: &Price, total_size: f64) -> bool {
    price.from.is_some() && price.money_per_step(total_size) > 0.0
}

/// Kinds by the way in which they are paid at the start, the same way told once.
fn payments(file: &File) -> Vec<Fact> {
    let mut ways: Vec<(String, Vec<&String>)> = Vec::new();
    for (name, kind) in &file.providers {
        let way = way_of_paying(kind);
        match ways.iter_mut().find(|(known, _)| *known == way) {
            Some((_, names)) => names.push(name),
            None => ways.push((way, vec![name])),
        }
    }
    ways.into_iter().map(|(way, names)| Fact::of(capital(&listed(names)), vec![way])).collect()
}

fn way_of_paying(kind: &Kind) -> String {
    let Some(payment) = &kind.payment else { return "Not paid.".to_owned() };
    let payer = match (&kind.paid_from, &kind.paid_by) {
        (Some(pool), _) => format!(", out of the shared {}", words(pool)),
        (None, Some(holder)) => format!(", paid by {} while that holds the budget of the place", words(holder)),
        (None, None) => ", from outside".to_owned(),
    };
    let later = if kind.then.is_empty() { "" } else { "; it changes later" };
    let bonus = if kind.bonus.is_some() { ", and a bonus for meeting a target" } else { "" };
    format!("{}{payer}{bonus}{later}.", capital(payment.brief()))
}

fn what_holds_it_together(file: &File, time: &Time) -> Vec<Fact> {
    let society = &file.society;
    let elsewhere = [&MEMBERSHIP[..], &DECISION, &SIGHT, &CONSEQUENCE, &MONEY].concat();
    let rest: Vec<RuleName> = RuleName::ALL.into_iter().filter(|name| !elsewhere.contains(name)).collect();
    let one = time.one();
    let fading = (society.fading > 0.0 && file.rules.collective_choice.is_some()).then(|| {
        let fading = percent(society.fading);
        Fact::of("Decisions", vec![format!("Each {one} {fading} of a decision that no team carries out fades.")])
    });
    let build_up = (society.build_up > 1.0 && file.rules.present().next().is_some()).then(|| {
        let steps = time.count(society.build_up);
        Fact::of(
            "Build-up",
            vec![format!(
                "A rule takes {steps} until it acts with its full strength, and as long to wear off once it has ended."
            )],
        )
    });
    let mut trust = vec![format!("It begins at {}.", percent(society.trust))];
    if society.trust_gain > 0.0 || society.trust_loss > 0.0 {
        let (gain, loss) = (percent(society.trust_gain), percent(society.trust_loss));
        trust.push(format!(
            "A {one} in which all are seen to keep to their share wins back {gain} of what is missing; one in which all are seen to exceed it costs {loss} of what is there."
        ));
    }
    rules(file, &rest, time).chain(fading).chain(build_up).chain([Fact::of("Trust", trust)]).collect()
}

/// What those of the rules that are there say of themselves.
fn rules(file: &File, names: &[RuleName], time: &Time) -> impl Iterator<Item = Fact> {
    names.iter().filter_map(|name| file.rules.get(*name).map(|rule| of_rule(*name, rule, time)))
}

fn of_rule(name: RuleName, rule: &dyn Rule, time: &Time) -> Fact {
    let force = match rule.terms() {
        Terms { placebo: true, .. } => {
            Some("It is a placebo: its cost is paid and nothing else of it happens.".to_owned())
        }
        Terms { strength: 0.0, .. } => Some("It is switched off.".to_owned()),
        Terms { strength, .. } if strength < 1.0 => Some(format!("It acts at {} of its force.", percent(strength))),
        Terms { .. } => None,
    };
    let sentences = rule.describe(time).into_iter().chain(rule.terms().clock.describe(time)).chain(force).collect();
    Fact { subject: Some(title(name.key())), principle: Some(rule.principle()), sentences }
}

/// What a rule costs in a step, in a place of that size; nothing where it is free.
fn price(price: &Price, total_size: f64) -> Option<String> {
    let money = price.money_per_step(total_size);
    let payer = price.from.as_ref().map_or_else(String::new, |pool| format!(" out of the shared {}", words(pool)));
    let money = (money > 0.0).then(|| format!("{} in money{payer}", number(money)));
    let time = (price.attention > 0.0).then(|| format!("{} of all working time", percent(price.attention)));
    let parts: Vec<String> = money.into_iter().chain(time).collect();
    (!parts.is_empty()).then(|| list(&parts))
}
