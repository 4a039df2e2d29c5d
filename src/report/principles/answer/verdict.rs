//! The verdict on rules: what they bring, what they cost, and which depend on each other.

use super::super::super::answer::{Fact, Judged, Line, Style, unit_of_money};
use super::super::super::phrase::{capitalised, list, subject};
use super::super::tables::{percent, plain};
use super::findings::company;
use super::{View, change};
use crate::experiment::principles::Effects;

pub(super) fn lines(view: &View) -> Vec<Line> {
    vec![Line::new("Better", better(view)), Line::new("Worse", worse(view)), Line::new("Depends", depends(view))]
}

/// "the stock at the end rises from 6% to 65%"
fn moves(view: &View, fact: &Fact) -> String {
    let (from, to) = view.style.pair(fact.from, fact.to);
    format!("{} {} from {from} to {to}", view.subject, if fact.change > 0.0 { "rises" } else { "falls" })
}

fn better(view: &View) -> String {
    let best = best_rule(view);
    match view.together.judged {
        Judged::Better | Judged::Neither => {
            let most = best.map_or_else(String::new, |(rule, size)| format!("; most of it by {rule} ({size})"));
            format!("with {} {}{most}.", view.all_rules(), moves(view, &view.together))
        }
        _ => match best {
            Some((rule, size)) => format!("{rule}, by {size} on average; all together bring nothing that matters."),
            None => "nothing that matters.".to_owned(),
        },
    }
}

/// The rule that is worth most, where there are several, and how much.
fn best_rule(view: &View) -> Option<(String, String)> {
    let first = view.rules.first().filter(|_| view.account.rules().len() > 1)?;
    let fact = view.worth(*first).filter(|fact| fact.judged == Judged::Better)?;
    Some((view.account.rule(*first), view.style.sizes(&[fact.change])))
}

fn worse(view: &View) -> String {
    let mut parts = Vec::new();
    if view.together.judged == Judged::Worse {
        parts.push(format!("with {} {}", view.all_rules(), moves(view, &view.together)));
    }
    let mut harm: Vec<(usize, Fact)> = view.rules.iter().filter_map(|rule| Some((*rule, view.alone(*rule)?))).collect();
    harm.retain(|(_, fact)| fact.judged == Judged::Worse && view.account.rules().len() > 1);
    harm.sort_by(|(_, one), (_, other)| other.weight().total_cmp(&one.weight()));
    if let Some((rule, fact)) = harm.first() {
        let way = if fact.change > 0.0 { "higher" } else { "lower" };
        let size = view.style.sizes(&[fact.change]);
        parts.push(format!("with {} alone {} is {size} {way}", view.account.rule(*rule), view.subject));
    }
    parts.extend(losses(view));
    parts.extend(costs(view));
    if parts.is_empty() { "nothing that was measured.".to_owned() } else { parts.join("; ") + "." }
}

/// Further measures that all rules together make worse: "trust at the end falls from 55% to 13%".
fn losses(view: &View) -> Vec<String> {
    let others = view.account.principles.effects.iter();
    let others = others.filter(|effects| effects.measure.key != view.main.measure.key);
    let loss = |effects: &Effects| {
        let fact = change(view.account, effects, &effects.together).filter(|fact| fact.judged == Judged::Worse)?;
        let style = Style::of(&effects.measure, &unit_of_money(&view.account.scenario.setup));
        let (from, to) = style.pair(fact.from, fact.to);
        let way = if fact.change > 0.0 { "rises" } else { "falls" };
        Some(format!("{} {way} from {from} to {to}", subject(&effects.measure)))
    };
    others.filter_map(loss).collect()
}

/// "all three rules cost £0.3m a year and 2% of working time"
fn costs(view: &View) -> Option<String> {
    let account = view.account;
    let money: f64 = account.rules().iter().map(|rule| account.money_a_year(*rule)).sum();
    let time: f64 = account.rules().iter().filter_map(|rule| account.price(*rule)).map(|price| price.attention).sum();
    let unit = unit_of_money(&account.scenario.setup);
    let mut parts = Vec::new();
    if money > 0.0 {
        let unit = if unit.is_empty() { " of money".to_owned() } else { format!(" {unit}") };
        parts.push(format!("{}{unit} a year", plain(money)));
    }
    if time > 0.0 {
        parts.push(format!("{} of working time", percent(time)));
    }
    let verb = if account.rules().len() == 1 { "costs" } else { "cost" };
    (!parts.is_empty()).then(|| format!("{} {verb} {}", view.all_rules(), list(&parts)))
}

fn depends(view: &View) -> String {
    if view.account.rules().len() == 1 {
        return "not on luck. What else: try sensitivity.".to_owned();
    }
    match view.pairs().first() {
        Some((pair, estimate)) => format!("on company: {}.", company(view, *pair, estimate.mean)),
        None => capitalised("not on company: no two rules clearly need each other or overlap by what matters."),
    }
}
