//! What was found about the rules, in sentences that can be read aloud. No sentence claims more than its interval shows.

use super::super::failed;
use super::super::phrase::{capitalised, count, counted, subject, whole};
use super::super::study::Change;
use super::{Account, Estimate, ranked, sets, sign};
use crate::experiment::failures::FailedRuns;
use crate::experiment::principles::{Effects, Method};
use crate::model::measure::{Better, Unit};

/// What all rules do together, what each is worth, which need each other, the best small set, which one could do without,
/// what they cost, and what to be careful about, in this order and measure by measure.
pub fn findings(account: &Account) -> Vec<String> {
    if account.principles.runs == 0 {
        return vec!["No run was done, so there is nothing to report.".to_owned()];
    }
    let failed: Vec<FailedRuns> = account.principles.failed(&account.scenario.setup).into_iter().collect();
    let mut sentences = failed::sentences(&failed);
    if account.principles.failures.runs == account.principles.runs {
        return sentences;
    }
    for effects in &account.principles.effects {
        if effects.together.count() == 0 {
            let subject = subject(&effects.measure);
            sentences.push(format!(
                "in no run has {subject} a value under every combination of the rules; ask about another measure."
            ));
            continue;
        }
        sentences.extend(together(account, effects));
        sentences.extend(values(account, effects));
        sentences.extend(interactions(account, effects));
        sentences.extend(sets::best(account, effects));
        sentences.extend(sets::removed(account, effects));
    }
    sentences.extend(costs(account));
    sentences.extend(cautions(account));
    sentences.iter().map(|sentence| capitalised(sentence)).collect()
}

/// What the rules do to a measure, for the title of a chart.
pub(super) fn headline(account: &Account, effects: &Effects) -> String {
    let subject = subject(&effects.measure);
    let clear: Vec<(usize, Estimate)> =
        ranked(effects).into_iter().filter(|(_, estimate)| estimate.is_clear()).collect();
    let good = |estimate: &Estimate| sign(effects) * estimate.mean > 0.0;
    let through = |rule: usize, estimate: &Estimate| {
        format!("{} through {}", moves(account, effects, estimate), account.rule(rule))
    };
    let text = match (clear.first(), clear.last()) {
        (Some((rule, estimate)), _) if good(estimate) => {
            format!("{subject} {}{}", through(*rule, estimate), through_all(account, effects, estimate))
        }
        (_, Some((rule, estimate))) => {
            let improves = if effects.better() == Better::Neither { "raises" } else { "improves" };
            format!("no rule clearly {improves} {subject}; it {}", through(*rule, estimate))
        }
        _ => format!("no rule clearly changes {subject}"),
    };
    capitalised(&text)
}

/// ", and by 2.9 points through all 3 rules together"
fn through_all(account: &Account, effects: &Effects, own: &Estimate) -> String {
    let rules = account.rules().len();
    let Some(together) = Estimate::of(effects, &effects.together).filter(|_| rules > 1) else { return String::new() };
    let moves = match together.change {
        change if change == own.change => format!("by {}", size(account, effects, &together)),
        Change::Higher | Change::Lower => moves(account, effects, &together),
        Change::Same | Change::Unclear => "does not clearly change".to_owned(),
    };
    format!(", and {moves} through all {rules} rules together")
}

/// The strongest interaction, for the title of a chart.
pub(super) fn pair_headline(account: &Account, effects: &Effects) -> String {
    let strongest = account.strongest(effects).into_iter().find(|(_, estimate)| estimate.is_clear());
    capitalised(&match strongest {
        Some((pair, estimate)) => format!("{} {}", account.pair(pair), meaning(account, effects, &estimate)),
        None => "no two rules clearly need each other or crowd each other out".to_owned(),
    })
}

fn together(account: &Account, effects: &Effects) -> Option<String> {
    let together = Estimate::of(effects, &effects.together)?;
    let level = |coalition: u32| {
        let mean = effects.worth_of(coalition)?.mean()?;
        Some(account.numerals(effects, &together).level(mean))
    };
    let (none, all) = (level(0)?, level(account.principles.design.all())?);
    let rules = account.rules().len();
    let all_of = if rules == 1 { "the rule".to_owned() } else { format!("all {rules} rules") };
    let subject = subject(&effects.measure);
    let interval = interval(account, effects, &together);
    let change = match together.change {
        Change::Higher => format!("{} higher{interval}", size(account, effects, &together)),
        Change::Lower => format!("{} lower{interval}", size(account, effects, &together)),
        Change::Same => "no run shows any difference".to_owned(),
        Change::Unclear => format!("no clear difference{interval}"),
    };
    Some(format!("{subject} is {none}{} without any rule and {all} with {all_of}: {change}.", whole(&effects.measure)))
}

fn values(account: &Account, effects: &Effects) -> Option<String> {
    if account.rules().len() < 2 {
        return None;
    }
    let part = |(rule, estimate): &(usize, Estimate)| {
        let numerals = account.numerals(effects, estimate);
        let number = match effects.measure.unit {
            Unit::Share => format!("{} points", numerals.signed(estimate.mean)),
            _ => numerals.signed(estimate.mean),
        };
        let range = estimate.interval.map_or_else(String::new, |interval| {
            format!(" ({} to {})", numerals.signed(interval.low), numerals.signed(interval.high))
        });
        let doubt = if estimate.is_clear() { "" } else { ", not clearly" };
        format!("{} {number}{range}{doubt}", account.rule(*rule))
    };
    let [told, rest] = strongest(ranked(effects));
    let parts: Vec<String> = told.iter().map(part).collect();
    let largest = rest.iter().max_by(|(_, a), (_, b)| a.mean.abs().total_cmp(&b.mean.abs()));
    let rest = largest.map_or_else(String::new, |(_, largest)| {
        format!("; none of the other {} moves it by more than {}", rest.len(), size(account, effects, largest))
    });
    Some(format!(
        "what each rule adds to {}, on average over all orders in which they could be adopted (Shapley value, with its \
         {} interval; the rule's cost is in it): {}{rest}.",
        subject(&effects.measure),
        effects.level,
        parts.join("; ")
    ))
}

/// Rules that are told one by one; of more, only those that do most either way.
const MOST_RULES: usize = 6;

/// Splits rules, in their order, into those to be told and the others.
fn strongest(ranked: Vec<(usize, Estimate)>) -> [Vec<(usize, Estimate)>; 2] {
    let mut sizes: Vec<f64> = ranked.iter().map(|(_, estimate)| estimate.mean.abs()).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    // One more is told rather than called "the other one".
    let least = if sizes.len() <= MOST_RULES + 1 { 0.0 } else { sizes[MOST_RULES - 1] };
    let (told, rest) = ranked.into_iter().partition(|(_, estimate)| estimate.mean.abs() >= least);
    [told, rest]
}

/// Interactions that are told one by one.
const MOST_PAIRS: usize = 3;

fn interactions(account: &Account, effects: &Effects) -> Vec<String> {
    let pairs = account.strongest(effects);
    if pairs.is_empty() {
        return Vec::new();
    }
    let clear: Vec<String> = pairs
        .iter()
        .filter(|(_, estimate)| estimate.is_clear())
        .take(MOST_PAIRS)
        .map(|(pair, estimate)| {
            let meaning = meaning(account, effects, estimate);
            format!("{} {meaning}{}.", account.pair(*pair), interval(account, effects, estimate))
        })
        .collect();
    if clear.is_empty() {
        let subject = subject(&effects.measure);
        return vec![format!("for {subject} no two rules clearly need each other or crowd each other out.")];
    }
    clear
}

/// "need each other: each adds 1.2 points more to need met where the other is there"
fn meaning(account: &Account, effects: &Effects, estimate: &Estimate) -> String {
    let size = size(account, effects, estimate);
    let subject = subject(&effects.measure);
    let each = match (effects.better(), estimate.mean > 0.0) {
        (Better::Lower, true) => format!("each takes {size} less off {subject}"),
        (Better::Lower, false) => format!("each takes {size} more off {subject}"),
        (_, true) => format!("each adds {size} more to {subject}"),
        (_, false) => format!("each adds {size} less to {subject}"),
    };
    format!("{}: {each} where the other is there", verb(effects, estimate))
}

/// How two rules that clearly interact get on.
pub(super) fn verb(effects: &Effects, estimate: &Estimate) -> &'static str {
    match effects.better() {
        Better::Neither => "interact",
        _ if sign(effects) * estimate.mean > 0.0 => "need each other",
        _ => "crowd each other out",
    }
}

fn costs(account: &Account) -> Option<String> {
    cost_of_all(account).map(|told| format!("{told}; what is said above is net of that."))
}

/// What all rules cost by their prices, for the title of a chart; nothing where they are free.
pub(super) fn cost_of_all(account: &Account) -> Option<String> {
    let (mut money, mut attention) = (0.0, 0.0);
    for rule in account.rules() {
        money += account.money_a_year(*rule);
        attention += account.price(*rule).map_or(0.0, |price| price.attention);
    }
    (money > 0.0 || attention > 0.0).then(|| {
        format!(
            "By their prices all rules together cost {} a year in the scenario's unit of money and {} of all working time",
            super::tables::plain(money),
            super::tables::percent(attention)
        )
    })
}

/// Fewer runs than this are too few for the ends of the intervals to be trusted.
const FEW_RUNS: u64 = 100;

fn cautions(account: &Account) -> Vec<String> {
    let principles = account.principles;
    let mut cautions = Vec::new();
    if let Method::Orders(orders) = principles.design.method() {
        let rules = account.rules().len();
        cautions.push(format!(
            "of the {} combinations of {rules} rules only those were run that {orders} random orders in each run ask for; the \
             intervals hold this uncertainty too. Best sets are sought among none, single rules, all but one, and all.",
            count(1 << rules)
        ));
    }
    if principles.interrupted {
        let runs = counted(principles.runs, "run");
        cautions.push(format!("Caution: stopped early, after {runs}; more runs might change what is said here."));
    }
    if principles.runs < FEW_RUNS {
        let runs = counted(principles.runs, "run");
        cautions.push(format!("Caution: these are only {runs}. The intervals are wide; use at least {FEW_RUNS}."));
    }
    for effects in &principles.effects {
        let missing = effects.together.missing();
        if missing > 0 && effects.together.count() > 0 {
            cautions.push(format!(
                "Caution: in {} {} has no value under some combination of the rules; such runs are left out.",
                counted(missing, "run"),
                subject(&effects.measure)
            ));
        }
    }
    cautions
}

/// "rises by 3.1 points"
fn moves(account: &Account, effects: &Effects, estimate: &Estimate) -> String {
    let verb = if estimate.mean > 0.0 { "rises" } else { "falls" };
    format!("{verb} by {}", size(account, effects, estimate))
}

pub(super) fn size(account: &Account, effects: &Effects, estimate: &Estimate) -> String {
    account.numerals(effects, estimate).size(estimate.mean.abs())
}

/// " (95% interval 2.8 to 3.4)", of the size of what is clear; signed where it is not.
pub(super) fn interval(account: &Account, effects: &Effects, estimate: &Estimate) -> String {
    let Some(interval) = estimate.interval.filter(|interval| interval.width() > 0.0) else { return String::new() };
    let numerals = account.numerals(effects, estimate);
    let (low, high) = match estimate.change {
        Change::Higher => (numerals.bare(interval.low), numerals.bare(interval.high)),
        Change::Lower => (numerals.bare(-interval.high), numerals.bare(-interval.low)),
        Change::Same | Change::Unclear => (numerals.signed(interval.low), numerals.signed(interval.high)),
    };
    format!(" ({} interval {low} to {high})", effects.level)
}
