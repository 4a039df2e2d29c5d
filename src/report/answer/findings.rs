//! What is found beyond the table: who gains and loses, what the table hides, who pays, what is rare, why, and cautions.

use super::super::phrase::{capitalised, counted, list};
use super::super::study::{COLLAPSED, collapse_quantile};
use super::fact::{FEWEST, Fact, Judged, matters};
use super::topics::{PAYER, falls, pool_name};
use super::view::View;
use super::{kinds, numbers};

/// The most that anybody reads.
const MOST: usize = 7;

/// Sentences in the order of their weight; none says again what the table shows.
pub(super) fn findings(view: &View) -> Vec<String> {
    let mut sentences = kinds::sentences(view);
    if view.designs() > 2 {
        sentences.splice(0..0, groups(view));
    }
    sentences.extend(payer(view));
    sentences.extend(no_gain(view));
    sentences.extend(dominated(view));
    sentences.extend(collapse(view));
    sentences.extend(cautions(view));
    sentences.extend(fortress_index(view));
    sentences.truncate(MOST);
    sentences
}

fn names(view: &View, designs: &[usize]) -> String {
    list(&designs.iter().map(|design| view.names.name(*design).to_owned()).collect::<Vec<_>>())
}

/// Designs that land together by the main measure: "Capitated, block and based land together: within 0.4 points in need met."
fn groups(view: &View) -> Option<String> {
    let key = view.study.ensemble.main_measure.as_str();
    let limit = matters(view.measure(key)?, view.mean(0, key)?);
    let means: Vec<(usize, f64)> = view.others().filter_map(|design| Some((design, view.mean(design, key)?))).collect();
    let runs = (0..means.len()).map(|start| {
        let alike = means[start..].iter().take_while(|mean| (mean.1 - means[start].1).abs() <= limit);
        alike.map(|mean| mean.0).collect::<Vec<_>>()
    });
    let group = runs.max_by_key(Vec::len).filter(|group| group.len() > 1)?;
    let spread = |key: &str| {
        let means: Vec<f64> = group.iter().filter_map(|design| view.mean(*design, key)).collect();
        let most = means.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        most - means.iter().copied().fold(f64::INFINITY, f64::min)
    };
    let (mut alike, mut apart) = (Vec::new(), Vec::new());
    for topic in view.topics.iter().filter(|topic| topic.repeats.is_none()) {
        let Some((measure, from)) = view.measure(&topic.key).zip(view.mean(0, &topic.key)) else { continue };
        let differs = spread(&topic.key) > matters(measure, from);
        if differs { apart.push(topic.group.whom().to_owned()) } else { alike.push((spread(&topic.key), topic)) }
    }
    // Where the main measure stands in no row, and they differ in all that does, there is nothing to say of them together.
    if alike.is_empty() {
        return None;
    }
    apart.dedup();
    let subjects: Vec<String> = alike.iter().map(|(_, topic)| topic.subject.clone()).collect();
    let widest = alike.iter().map(|(spread, _)| *spread).fold(0.0, f64::max);
    let percent = alike.iter().all(|(_, topic)| topic.style == numbers::Style::Percent);
    let within =
        if percent { format!("within {} in ", numbers::Style::Percent.sizes(&[widest])) } else { "in ".to_owned() };
    let apart = if apart.is_empty() { String::new() } else { format!(" They differ in {}.", list(&apart)) };
    Some(format!("{} land together: {within}{}.{apart}", capitalised(&names(view, &group)), list(&subjects)))
}

/// Designs that are better in nothing and worse in something.
fn dominated(view: &View) -> Option<String> {
    if view.designs() < 3 {
        return None;
    }
    let is = |design: usize, judged: Judged| {
        let topics = view.topics.iter().chain(&view.same);
        topics.filter_map(|topic| view.fact(design, &topic.key)).any(|fact| fact.judged == judged)
    };
    let designs: Vec<usize> =
        view.others().filter(|design| is(*design, Judged::Worse) && !is(*design, Judged::Better)).collect();
    let verb = if designs.len() == 1 { "is" } else { "are" };
    (!designs.is_empty()).then(|| {
        format!("{} {verb} better than {} on no measure.", capitalised(&names(view, &designs)), view.names.first())
    })
}

/// More of the pool left than a planner would leave.
fn no_gain(view: &View) -> Option<String> {
    let topic = view.topic("stock_end")?;
    let plan = view.measure("stock_end")?.level?;
    let beyond = |fact: &Fact| fact.judged == Judged::Neither && fact.change > 0.0 && fact.to > plan;
    let facts: Vec<Fact> = view.facts("stock_end").into_iter().filter(beyond).collect();
    let most = facts.iter().map(|fact| fact.to).reduce(f64::max)?;
    let level = topic.style.level(most);
    let left = if facts.len() == 1 { level } else { format!("up to {level}") };
    Some(format!(
        "More {} left ({left}) is no gain: the best fixed plan would leave {}.",
        pool_name(&view.study),
        topic.style.level(plan)
    ))
}

/// What the payer pays more or less.
fn payer(view: &View) -> Option<String> {
    let topic = view.topic(PAYER)?;
    let facts: Vec<Fact> = view.facts(PAYER).into_iter().filter(|fact| fact.judged == Judged::Neither).collect();
    let each: Vec<String> = facts
        .iter()
        .map(|fact| {
            let way = if fact.change > 0.0 { "more" } else { "less" };
            format!("{} {way} with {}", topic.style.sizes(&[fact.change]), view.names.name(fact.design))
        })
        .collect();
    (!each.is_empty()).then(|| format!("Each {} the payer pays {}.", view.study.unit(), list(&each)))
}

/// How often and when the main pool falls below its mark, where it does in some run and not everywhere alike.
fn collapse(view: &View) -> Option<String> {
    let runs = view.study.ensemble.runs;
    let shares: Vec<(usize, f64)> =
        view.order.iter().filter_map(|design| Some((*design, view.mean(*design, COLLAPSED)?))).collect();
    if view.designs() == 1 || shares.iter().all(|(_, share)| *share <= 0.0) {
        return None;
    }
    let told = |(design, share): &(usize, f64)| {
        let some = match share {
            share if *share >= 1.0 => format!("all {}", counted(runs, "run")),
            share => format!("{} of {}", (share * runs as f64).round(), counted(runs, "run")),
        };
        let summary = view.study.ensemble.arms.get(*design)?;
        let when = collapse_quantile(summary, 0.5)?;
        Some(format!("in {some} with {}, typically by {} {when}", view.names.name(*design), view.study.unit()))
    };
    let (some, none): (Vec<_>, Vec<_>) = shares.into_iter().partition(|(_, share)| *share > 0.0);
    let mut parts: Vec<String> = some.iter().filter_map(told).collect();
    if !none.is_empty() {
        parts
            .push(format!("in none with {}", names(view, &none.iter().map(|(design, _)| *design).collect::<Vec<_>>())));
    }
    Some(format!("The {} {} {}.", pool_name(&view.study), falls(&view.study), parts.join("; ")))
}

/// What taking one more unit is worth to whoever takes it, beyond what it is worth to the place.
fn fortress_index(view: &View) -> Option<String> {
    const KEY: &str = "fortress_index";
    let one = if view.measure("need_met").is_some() { "a provider" } else { "a user" };
    let level = |mean: f64| numbers::Style::Plain.bare(mean.abs());
    let way = |mean: f64| if mean < 0.0 { "less" } else { "more" };
    if view.designs() == 1 {
        let mean = view.mean(0, KEY)?;
        return Some(format!(
            "Taking one more unit pays {one} {} {} than it is worth to the place (fortress index).",
            level(mean),
            way(mean)
        ));
    }
    let means: Vec<(usize, f64)> =
        view.order.iter().filter_map(|design| Some((*design, view.mean(*design, KEY)?))).collect();
    let ends = if means.len() <= MOST_NAMED { means } else { ends(&means) };
    let [first, others @ ..] = ends.as_slice() else { return None };
    let others = others
        .iter()
        .map(|(design, mean)| format!(", {} {} with {}", level(*mean), way(*mean), view.names.name(*design)));
    Some(format!(
        "Taking one more unit pays {one} {} {} than it is worth to the place with {}{} (fortress index).",
        level(first.1),
        way(first.1),
        view.names.name(first.0),
        others.collect::<String>()
    ))
}

/// More designs than this are not all named: only the first and that with the lowest number.
const MOST_NAMED: usize = 3;

fn ends(means: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let lowest = means.iter().skip(1).copied().reduce(|least, next| if next.1 < least.1 { next } else { least });
    means.first().copied().into_iter().chain(lowest).collect()
}

/// Fewer runs than this may not have shown what is rare.
const FEW: u64 = 100;

fn cautions(view: &View) -> Vec<String> {
    let runs = view.study.ensemble.runs;
    let mut cautions = Vec::new();
    if view.study.ensemble.interrupted {
        cautions.push(format!("Stopped early, after {}: more might change what is said here.", counted(runs, "run")));
    } else if (FEWEST..FEW).contains(&runs) {
        cautions.push(format!("Only {}: rare events may not have shown. Use {FEW} or more.", counted(runs, "run")));
    }
    let incomplete = view.topics.iter().filter(|topic| {
        let cells = view.study.summaries().filter_map(|summary| summary.outcome(&topic.key));
        cells.map(|cell| cell.tally.missing()).any(|missing| missing > 0)
    });
    let subjects: Vec<String> = incomplete.map(|topic| topic.subject.clone()).collect();
    if !subjects.is_empty() {
        cautions.push(format!("Some runs have no value of {}; they are left out of it.", list(&subjects)));
    }
    cautions
}
