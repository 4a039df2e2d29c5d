//! Sentences on what a planner could reach with one plan for good, how near an arm comes to it, and how far its incentives
//! are those of a fortress.

use crate::model::benchmark::Plan;
use crate::model::measure::{Unit, words};
use crate::model::setup::{Kind, Setup};

use super::super::phrase::{Numerals, capitalised, list, quoted};
use super::super::study::Study;
use super::single::numerals;

/// What the planner could reach in each arm, and the fortress index; none where nothing was measured against a planner.
pub(super) fn sentences(study: &Study) -> Vec<String> {
    let mut sentences: Vec<String> = plans(study);
    sentences.extend(index(study));
    sentences
}

/// One sentence an arm; arms for which the same plan is best share one.
fn plans(study: &Study) -> Vec<String> {
    let titles = study.titles();
    let mut groups: Vec<(&Plan, &Setup, Vec<usize>)> = Vec::new();
    for (arm, scenario) in study.arms.iter().enumerate() {
        let Some(benchmark) = scenario.setup.benchmark() else { continue };
        match groups.iter_mut().find(|(plan, ..)| **plan == benchmark.plan) {
            Some((_, _, arms)) => arms.push(arm),
            None => groups.push((&benchmark.plan, &scenario.setup, vec![arm])),
        }
    }
    let shared = groups.len() == 1;
    let sentence = |(plan, setup, arms): (&Plan, &Setup, Vec<usize>)| {
        let named: Vec<String> = arms.iter().map(|arm| quoted(&titles[*arm])).collect();
        let place = if shared { String::new() } else { format!("with {} ", list(&named)) };
        let reached: Vec<String> = arms.iter().filter_map(|arm| reached(study, *arm, &titles[*arm])).collect();
        let reached = if reached.is_empty() { String::new() } else { format!("; {}", list(&reached)) };
        capitalised(&format!("{place}{}{reached}.", offered(study, plan, setup)))
    };
    groups.into_iter().map(sentence).collect()
}

/// "a planner who fixed one plan for good (hospital 93%, community 98% of its plan) would reach a welfare of 12.3 a month and
/// leave the stock at 58% of capacity"
fn offered(study: &Study, plan: &Plan, setup: &Setup) -> String {
    let share = |value: f64| Numerals::new(Unit::Share, "", value, None).level(value);
    let level = |(position, kind): (usize, &Kind)| format!("{} {}", words(&kind.name), share(plan.levels[position]));
    let levels: Vec<String> = setup.listed_kinds().map(level).collect();
    let upstream =
        if plan.upstream > 0.0 { format!("; {} of effort upstream", share(plan.upstream)) } else { String::new() };
    format!(
        "a planner who fixed one plan for good ({} of plan{upstream}) would reach a welfare of {} a {} and leave the stock at \
         {} of capacity",
        list(&levels),
        Numerals::new(Unit::Number, "", plan.welfare, None).level(plan.welfare),
        study.unit(),
        share(plan.stock_end)
    )
}

/// "the runs reach 62% of that welfare"
fn reached(study: &Study, arm: usize, title: &str) -> Option<String> {
    let share = study.estimate(arm, "welfare_share")?;
    let who = if study.arms.len() == 1 { "the runs reach".to_owned() } else { format!("{} reaches", quoted(title)) };
    let whole = if study.arms.len() == 1 { " of that welfare on average" } else { " of that welfare" };
    Some(format!("{who} {}{whole}", numerals(study, &share).level(share.mean)))
}

/// The fortress index of every arm.
fn index(study: &Study) -> Option<String> {
    let arms: Vec<_> =
        (0..study.arms.len()).filter_map(|arm| Some((arm, study.estimate(arm, "fortress_index")?))).collect();
    let titles = study.titles();
    let each: Vec<String> = arms
        .iter()
        .map(|(arm, index)| {
            let level = numerals(study, index).level(index.mean);
            if study.arms.len() == 1 { level } else { format!("{level} with {}", quoted(&titles[*arm])) }
        })
        .collect();
    let below = if arms.iter().any(|(_, index)| index.mean < 0.0) {
        " Below zero it brings the place more, so that providers have reason to hold back."
    } else {
        ""
    };
    (!each.is_empty()).then(|| {
        format!(
            "Fortress index, what one more unit of claim brings whoever makes it beyond what it brings the place: {}, in \
             money per unit of effort.{below}",
            list(&each)
        )
    })
}
