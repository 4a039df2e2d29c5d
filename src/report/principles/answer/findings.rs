//! What is found beyond the table: which rules go together, the best small set, further measures, and cautions.

use super::super::super::answer::{FEWEST, Fact, Style, unit_of_money};
use super::super::super::phrase::{capitalised, count, counted, subject};
use super::super::Account;
use super::super::sign;
use super::{View, change};
use crate::experiment::principles::{Best, Effects, Method};
use crate::model::measure::Better;

/// Pairs of rules that are told beside that in the verdict.
const MOST_PAIRS: usize = 3;

/// Sentences in the order of their weight.
pub(super) fn findings(view: &View) -> Vec<String> {
    let pairs = view.pairs();
    let mut sentences: Vec<String> = pairs
        .iter()
        .skip(1)
        .take(MOST_PAIRS)
        .map(|(pair, estimate)| {
            let sentence = company(view, *pair, estimate.mean);
            capitalised(&format!("{sentence}."))
        })
        .collect();
    sentences.extend(small_set(view));
    let effects = view.account.principles.effects.iter();
    sentences.extend(
        effects.filter(|effects| effects.measure.key != view.main.measure.key).map(|effects| other(view, effects)),
    );
    sentences.extend(cautions(view.account));
    sentences
}

/// "measures and graduated sanctions need each other: each is worth 28 points more beside the other"
pub(super) fn company(view: &View, pair: (usize, usize), mean: f64) -> String {
    let better = view.main.better();
    let (verb, way) = match (better, sign(view.main) * mean > 0.0) {
        (Better::Neither, true) => ("go together", "more"),
        (Better::Neither, false) => ("go together", "less"),
        (_, true) => ("need each other", "more"),
        (_, false) => ("overlap", "less"),
    };
    format!("{} {verb}: each is worth {} {way} beside the other", view.account.pair(pair), view.style.sizes(&[mean]))
}

/// A set of two or three rules that gives most of what the best set gives.
fn small_set(view: &View) -> Option<String> {
    let gain = |best: &Best| best.over_none.mean().unwrap_or(0.0);
    let top = view.main.top().filter(|top| top.coalition != 0 && gain(top) > 0.0)?;
    let all = view.account.principles.design.all();
    let (sizes, share) = (|best: &Best| view.style.sizes(&[gain(best)]), |best: &Best| gain(best) / gain(top));
    let small = view.main.best.iter().filter(|best| best.coalition != 0 && best.size() < top.size());
    // The smallest that gives half of it or more; a single rule is in the table.
    let small = small.filter(|best| best.size() > 1 && share(best) >= 0.5).min_by_key(|best| best.size());
    let set = |best: &Best| view.account.set(best.coalition);
    match small {
        Some(small) => Some(format!(
            "{} give {} of the {} that the best set brings{}.",
            capitalised(&set(small)),
            sizes(small),
            sizes(top),
            if top.coalition == all { " (all rules)".to_owned() } else { format!(" ({})", set(top)) }
        )),
        None if top.coalition != all && top.size() > 1 => {
            Some(format!("The best set is {}: {} better than none.", set(top), sizes(top)))
        }
        None => None,
    }
}

/// What the rules do to a further measure.
fn other(view: &View, effects: &Effects) -> String {
    let account = view.account;
    let name = capitalised(&subject(&effects.measure));
    let style = Style::of(&effects.measure, &unit_of_money(&account.scenario.setup));
    let Some(fact) = change(account, effects, &effects.together) else {
        return format!("{name} has no value under some combination of the rules in every run.");
    };
    let with = view.all_rules();
    if !fact.is_clear() {
        return format!("{name} does not clearly differ by what matters between no rule and {with}.");
    }
    let way = if fact.change > 0.0 { "rises" } else { "falls" };
    let (from, to) = style.pair(fact.from, fact.to);
    let facts = effects.shapley.iter().enumerate();
    let mut facts: Vec<(usize, Fact)> =
        facts.filter_map(|(rule, tally)| Some((rule, change(account, effects, tally)?))).collect();
    facts.sort_by(|(_, one), (_, other)| other.weight().total_cmp(&one.weight()));
    let most = facts.first().filter(|(_, most)| most.is_clear() && account.rules().len() > 1);
    let most = most.map_or_else(String::new, |(rule, _)| format!(", most through {}", account.rule(*rule)));
    format!("{name} {way} from {from} to {to} with {with}{most}.")
}

/// Fewer runs than this may not show what is rare.
const FEW: u64 = 100;

fn cautions(account: &Account) -> Vec<String> {
    let principles = account.principles;
    let mut cautions = Vec::new();
    if let Method::Orders(orders) = principles.design.method() {
        cautions.push(format!(
            "Of {} combinations of rules those were run that {orders} random orders a run ask for; the intervals allow for it.",
            count(1 << account.rules().len())
        ));
    }
    if principles.interrupted {
        cautions.push(format!("Stopped early, after {}: more might change this.", counted(principles.runs, "run")));
    } else if (FEWEST..FEW).contains(&principles.runs) {
        cautions.push(format!("Only {}: use {FEW} or more for narrower intervals.", counted(principles.runs, "run")));
    }
    for effects in &principles.effects {
        let missing = effects.together.missing();
        if missing > 0 && effects.together.count() > 0 {
            cautions.push(format!(
                "In {} {} has no value under some combination of the rules; they are left out.",
                counted(missing, "run"),
                subject(&effects.measure)
            ));
        }
    }
    cautions
}
