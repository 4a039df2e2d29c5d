//! What was found about sets of rules: the best of them, and which rule the place would miss.

use super::super::phrase::{capitalised, counted, list, subject};
use super::super::study::Change;
use super::findings::{interval, size};
use super::{Account, Estimate, sign};
use crate::experiment::principles::{Best, Effects};
use crate::model::measure::Better;

/// Share of the gain of the best set with which a smaller one is called nearly as good: a convention of ours.
const NEARLY: f64 = 0.9;

/// What is the best set of rules, for the title of a chart.
pub(super) fn headline(account: &Account, effects: &Effects) -> Option<String> {
    let (top, gain) = top(effects)?;
    let subject = subject(&effects.measure);
    Some(capitalised(&if is_better(top, &gain) {
        let set = account.set(top.coalition);
        format!("the best set for {subject} is {set}: {} better than none", size(account, effects, &gain))
    } else {
        format!("no set of rules is clearly better for {subject} than none at all")
    }))
}

/// The best set of all sizes, and by how much it is better than none.
fn top(effects: &Effects) -> Option<(&Best, Estimate)> {
    effects.top().and_then(|top| Some((top, Estimate::of(effects, &top.over_none)?)))
}

fn is_better(top: &Best, gain: &Estimate) -> bool {
    top.coalition != 0 && gain.change == Change::Higher
}

/// The best set of rules, and a smaller one that does nearly as much.
pub(super) fn best(account: &Account, effects: &Effects) -> Vec<String> {
    let Some((top, gain)) = top(effects) else { return Vec::new() };
    let subject = subject(&effects.measure);
    let judged = top.worth.count();
    if !is_better(top, &gain) {
        return vec![format!(
            "no set of rules is clearly better for {subject} than none at all (sets chosen by the runs before, judged by the \
             last {}).",
            counted(judged, "run")
        )];
    }
    let mut sentences = vec![format!(
        "the best set for {subject} is {}: {} better than none{}. It was chosen by the runs before and judged by the last {}.",
        account.set(top.coalition),
        size(account, effects, &gain),
        interval(account, effects, &gain),
        counted(judged, "run")
    )];
    sentences.extend(over_next(account, effects, top));
    let enough = |best: &&Best| best.over_none.mean().is_some_and(|own| own >= NEARLY * gain.mean);
    if let Some(small) = effects.best.iter().find(enough).filter(|small| small.size() < top.size()) {
        let share = small.over_none.mean().unwrap_or(0.0) / gain.mean * 100.0;
        sentences.push(format!(
            "a smaller set does nearly as much: {} gives {share:.0}% of that gain.",
            account.set(small.coalition)
        ));
    }
    sentences
}

/// How sure it is that the best set is the best of its size.
fn over_next(account: &Account, effects: &Effects, best: &Best) -> Option<String> {
    let next = account.set(best.next?);
    let lead = Estimate::of(effects, &best.over_next)?;
    let interval = interval(account, effects, &lead);
    Some(match lead.change {
        Change::Higher => {
            format!("it is {} better than the next of its size, {next}{interval}.", size(account, effects, &lead))
        }
        Change::Lower => {
            format!("the next of its size, {next}, did better in these runs{interval}: the choice is not safe.")
        }
        Change::Same | Change::Unclear => format!("it cannot be told from the next of its size, {next}{interval}."),
    })
}

/// Rules that are told one by one.
const MOST_RULES: usize = 4;

/// Which rule the place would miss most, and which it would not.
pub(super) fn removed(account: &Account, effects: &Effects) -> Option<String> {
    if account.rules().len() < 2 || effects.better() == Better::Neither {
        return None;
    }
    let sign = sign(effects);
    let estimates = effects.removed.iter().enumerate();
    let mut clear: Vec<(usize, Estimate)> = estimates
        .filter_map(|(rule, tally)| Some((rule, Estimate::of(effects, tally)?)))
        .filter(|(_, estimate)| estimate.is_clear())
        .collect();
    clear.sort_by(|(_, a), (_, b)| (sign * b.mean).total_cmp(&(sign * a.mean)));
    let told = |(rule, estimate): &(usize, Estimate)| {
        format!("{} ({})", account.rule(*rule), size(account, effects, estimate))
    };
    let (missed, mut spared): (Vec<_>, Vec<_>) = clear.iter().partition(|(_, estimate)| sign * estimate.mean > 0.0);
    spared.reverse(); // whose absence does most comes first here too
    let strongest = |rules: Vec<&(usize, Estimate)>| {
        let mut names: Vec<String> = rules.iter().take(MOST_RULES).copied().map(told).collect();
        match rules.len().saturating_sub(MOST_RULES) {
            0 => {}
            more => names.push(counted(more as u64, "other")),
        }
        names
    };
    let (missed, spared) = (strongest(missed), strongest(spared));
    let subject = subject(&effects.measure);
    let parts = [(missed, "would be worse"), (spared, "would be better")];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(rules, _)| !rules.is_empty())
        .map(|(rules, how)| format!("{how} without {}", list(rules)))
        .collect();
    Some(match parts.as_slice() {
        [] => format!("taken away from all the others, no single rule clearly changes {subject}."),
        parts => format!("taken away one at a time from all the others: {subject} {}.", parts.join(", and ")),
    })
}
