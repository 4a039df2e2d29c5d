//! Findings on who gains and who loses, by kind of provider.

use super::super::phrase::{capitalised, list};
use super::fact::{Fact, Judged};
use super::numbers::{Style, counted_in_words};
use super::view::View;
use crate::model::measure::words;

/// Who gains and who loses; with one design, between which kinds it lies.
pub(super) fn sentences(view: &View) -> Vec<String> {
    let met = if view.measure("need_met").is_some() { ("need_met", "need met") } else { ("yield", "yield per effort") };
    match view.designs() {
        1 => [met, ("margin", "margin")].into_iter().filter_map(|(key, name)| spread(view, key, name)).collect(),
        2 => [loses(view, 1, met.0, met.1), earns(view)].into_iter().flatten().collect(),
        _ => across(view, met.0, met.1).into_iter().collect(),
    }
}

/// "Need met runs from 81% for primary to 96% for acute."
fn spread(view: &View, measure: &str, name: &str) -> Option<String> {
    let style = style(view, measure)?;
    let kinds = view.study.kinds().into_iter();
    let mut levels: Vec<(&str, f64)> =
        kinds.filter_map(|kind| Some((kind, view.mean(0, &format!("{measure}.{kind}"))?))).collect();
    levels.sort_by(|one, other| one.1.total_cmp(&other.1));
    let [(low_kind, low), .., (high_kind, high)] = levels.as_slice() else { return None };
    let (from, to) = style.pair(*low, *high);
    (from != to).then(|| {
        let name = capitalised(name);
        format!("{name} runs from {from} for {} to {to} for {}.", words(low_kind), words(high_kind))
    })
}

/// "Need met falls most for acute (96% to 84%), then primary (82% to 74%); the other four kinds gain 1 to 2 points."
fn loses(view: &View, design: usize, measure: &str, name: &str) -> Option<String> {
    let style = style(view, measure)?;
    let facts = view.by_kind(design, measure);
    let mut lose = judged(&facts, Judged::Worse);
    let gain = judged(&facts, Judged::Better);
    lose.sort_by(|one, other| one.1.change.abs().total_cmp(&other.1.change.abs()).reverse());
    let from_to = |(kind, fact): &&(&str, &Fact)| {
        let (from, to) = style.pair(fact.from, fact.to);
        format!("{} ({from} to {to})", words(kind))
    };
    let gains = |lead: &str| {
        let sizes = style.sizes(&gain.iter().map(|(_, fact)| fact.change).collect::<Vec<_>>());
        match gain.as_slice() {
            [] => String::new(),
            [(kind, _)] => format!("{lead}{} gains {sizes}", words(kind)),
            many if many.len() + lose.len() == facts.len() && !lose.is_empty() => {
                format!("{lead}the other {} kinds gain {sizes}", counted_in_words(many.len()))
            }
            many => format!("{lead}{} gain {sizes}", named(many)),
        }
    };
    let most: Vec<String> = lose.iter().take(2).collect::<Vec<_>>().iter().map(from_to).collect();
    match most.as_slice() {
        [] if gain.is_empty() => None,
        [] => Some(format!("By kind of provider, {}; none loses {name}.", gains(&format!("{name} rises: ")))),
        [only] => Some(format!("{} falls for {only} alone{}.", capitalised(name), gains("; "))),
        [first, then, ..] => Some(format!("{} falls most for {first}, then {then}{}.", capitalised(name), gains("; "))),
    }
}

/// "Only acute earns more. The other five earn 2 to 3 points of margin less."
fn earns(view: &View) -> Option<String> {
    let style = style(view, "margin")?;
    let facts = view.by_kind(1, "margin");
    let (more, less) = (judged(&facts, Judged::Better), judged(&facts, Judged::Worse));
    if more.is_empty() || less.is_empty() {
        return None;
    }
    let sizes = style.sizes(&less.iter().map(|(_, fact)| fact.change).collect::<Vec<_>>());
    let who = match more.as_slice() {
        [(kind, _)] => format!("Only {} earns more", words(kind)),
        many => format!("{} earn more", capitalised(&named(many))),
    };
    let others = match less.as_slice() {
        [(kind, _)] => format!("{} earns {sizes} of margin less", capitalised(&words(kind))),
        many if many.len() + more.len() == facts.len() => {
            format!("The other {} earn {sizes} of margin less", counted_in_words(many.len()))
        }
        many => format!("{} earn {sizes} of margin less", capitalised(&named(many))),
    };
    Some(format!("{who}. {others}."))
}

/// With many designs: the kind that loses most in most of those in which anything is lost.
fn across(view: &View, measure: &str, name: &str) -> Option<String> {
    let style = style(view, measure)?;
    let mut losses: Vec<(&str, usize, f64)> = Vec::new();
    for design in view.others() {
        let facts = view.by_kind(design, measure);
        let worst =
            judged(&facts, Judged::Worse).into_iter().max_by(|one, other| one.1.weight().total_cmp(&other.1.weight()));
        losses.extend(worst.map(|(kind, fact)| (kind, design, fact.change)));
    }
    let often = |kind: &str| losses.iter().filter(|loss| loss.0 == kind).count();
    let kind =
        losses.iter().map(|loss| loss.0).reduce(|best, next| if often(next) > often(best) { next } else { best })?;
    let of_kind: Vec<&(&str, usize, f64)> = losses.iter().filter(|loss| loss.0 == kind).collect();
    let names: Vec<String> = of_kind.iter().map(|loss| view.names.name(loss.1).to_owned()).collect();
    let sizes = style.sizes(&of_kind.iter().map(|loss| loss.2).collect::<Vec<_>>());
    let kind = words(kind);
    Some(format!("{} falls most for {kind}: by {sizes} with {}.", capitalised(name), list(&names)))
}

fn judged<'f, 'a>(facts: &'f [(&'a str, Fact<'a>)], judged: Judged) -> Vec<(&'a str, &'f Fact<'a>)> {
    facts.iter().filter(|(_, fact)| fact.judged == judged).map(|(kind, fact)| (*kind, fact)).collect()
}

fn named(facts: &[(&str, &Fact)]) -> String {
    list(&facts.iter().map(|(kind, _)| words(kind)).collect::<Vec<_>>())
}

/// How a measure of kinds is written; `None` where there are no kinds or it is not measured.
fn style(view: &View, measure: &str) -> Option<Style> {
    let kind = view.study.kinds().into_iter().find(|kind| view.measure(&format!("{measure}.{kind}")).is_some())?;
    view.measure(&format!("{measure}.{kind}")).map(|measure| Style::of(measure, ""))
}
