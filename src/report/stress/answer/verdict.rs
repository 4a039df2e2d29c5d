//! The verdict on designs under stress: the best if there is one, the nearest if not, and on what it depends.

use super::super::super::answer::Line;
use super::super::super::phrase::{capitalised, list, quoted};
use super::super::by;
use super::super::findings::order;
use super::{View, written};
use crate::experiment::stress::{Criterion, Failing, Standing};
use crate::model::english::lowered;

/// Such a share of the futures must meet all goals for a design to be called the best.
const HALF: f64 = 0.5;

pub(super) fn lines(view: &View) -> Vec<Line> {
    let Some(first) = view.order.first().copied() else { return Vec::new() };
    let level = level(view);
    match best(view) {
        Some(text) => vec![Line::new("Best", text), Line::new("Differs", tests(view)), depends(view, first)],
        None => vec![Line::new("Best", none(view, &level)), nearest(view, &level), depends(view, first)],
    }
}

/// Designs that meet all goals in as many futures as the first in the order.
fn level(view: &View) -> Vec<usize> {
    let most = view.order.first().map_or(0, |first| view.standings[*first].all_goals.some);
    view.order.iter().copied().filter(|design| view.standings[*design].all_goals.some == most).collect()
}

fn names(view: &View, designs: &[usize]) -> String {
    list(&designs.iter().map(|design| view.name(*design).to_owned()).collect::<Vec<_>>())
}

/// The best design: it meets all goals in at least half of the futures, and its interval does not reach the next design.
fn best(view: &View) -> Option<String> {
    let (first, second) = (view.order.first()?, view.order.get(1));
    let share = |design: &usize| &view.standings[*design].all_goals;
    let low = share(first).interval.map_or(share(first).value(), |ends| ends.low);
    let is_clear = second.is_none_or(|second| low > share(second).value());
    let next = second.map_or_else(String::new, |second| {
        format!(", the next, {}, in {}", view.name(*second), written(share(second)))
    });
    (share(first).value() >= HALF && is_clear)
        .then(|| format!("{} meets all goals in {} of futures{next}.", view.name(*first), written(share(first))))
}

/// Why no design is the best.
fn none(view: &View, level: &[usize]) -> String {
    let share = |design: usize| &view.standings[design].all_goals;
    let (Some(first), several) = (level.first(), view.order.len() > 1) else { return String::new() };
    if share(*first).some == 0 {
        let what = if several { "no design meets" } else { "it does not meet" };
        return format!("none: {what} all goals in any future.");
    }
    if share(*first).value() < HALF {
        let what = if several { "no design meets" } else { "it does not meet" };
        return format!("none: {what} all goals in half of the futures.");
    }
    if level.len() > 1 {
        return format!("open: {} meet all goals in as many futures.", names(view, level));
    }
    let low = share(*first).interval.map_or(0.0, |ends| ends.low);
    let close = view.order.iter().copied().filter(|design| share(*design).value() >= low);
    let close: Vec<usize> = close.collect();
    format!("open: {} cannot be told apart by all goals.", names(view, &close))
}

/// The design that comes nearest, and what it misses.
fn nearest(view: &View, level: &[usize]) -> Line {
    let Some(first) = level.first().copied() else { return Line::new("Nearest", "") };
    let share = &view.standings[first].all_goals;
    if share.some == 0 {
        return Line::new("Nearest", fewest_missed(view, level));
    }
    let text = format!("{} ({}){}.", names(view, level), written(share), missed(view, &view.standings[first]));
    Line::new("Nearest", text)
}

/// ", which misses “Need is met” most (in 39% of futures)"
fn missed(view: &View, standing: &Standing) -> String {
    let goals = view.account.goals().zip(&standing.goals);
    let most = goals.min_by_key(|(_, goal)| goal.some).filter(|(_, goal)| goal.some < goal.all);
    most.map_or_else(String::new, |(label, goal)| format!(", met least: {} in {}", quoted(label), written(goal)))
}

/// Where no design meets all goals anywhere: how many goals each meets in half of the futures or more.
fn fewest_missed(view: &View, level: &[usize]) -> String {
    let met = |design: usize| view.standings[design].goals.iter().filter(|goal| goal.value() >= HALF).count();
    let most = level.iter().map(|design| met(*design)).max().unwrap_or(0);
    let designs: Vec<usize> = level.iter().copied().filter(|design| met(*design) == most).collect();
    let verb = if designs.len() == 1 { "meets" } else { "meet" };
    let goals = view.account.goals().len();
    match most {
        0 => "none: no goal is met in half of the futures.".to_owned(),
        _ => format!("{} {verb} {most} of {goals} goals in half of the futures or more.", names(view, &designs)),
    }
}

/// Whether the same design wins by other tests.
fn tests(view: &View) -> String {
    let Some(first) = view.order.first().filter(|_| view.order.len() > 1) else {
        return "not asked: give two designs or more to compare.".to_owned();
    };
    let other = [Criterion::Regret, Criterion::Worst].into_iter().filter_map(|criterion| {
        let leader = order(view.account, criterion)?.first().copied()?;
        (leader != *first).then(|| format!("by {} {}", by(criterion), view.name(leader)))
    });
    let other: Vec<String> = other.collect();
    match other.as_slice() {
        [] => format!("nothing: {} is also first by mean regret and in the worst futures.", view.name(*first)),
        some => format!("no design wins on every test: {} is first.", list(some)),
    }
}

/// Where the design fails, and what the hardest shock costs it.
fn depends(view: &View, design: usize) -> Line {
    let standing = &view.standings[design];
    let dimensions = view.account.futures.dimensions();
    let name = capitalised(view.name(design));
    let where_it_fails = match &standing.failing {
        Failing::Nowhere => format!("on nothing that was tested: {name} meets all goals in every future."),
        Failing::Everywhere | Failing::NearlyEverywhere(_) => {
            format!("on no condition: {name} fails nearly everywhere.")
        }
        Failing::Within(found) if found.conditions.is_empty() => {
            format!("on nothing that stands out: no condition tells where {name} fails.")
        }
        Failing::Within(found) => {
            let named = found.conditions.iter().filter_map(|condition| dimensions.get(condition.dimension));
            format!("on {}.", list(&named.map(|name| lowered(name)).collect::<Vec<_>>()))
        }
    };
    let rungs = view.account.futures.shocks.rungs.len();
    let at = |rung: usize| view.account.share_at(standing, rung);
    let hardest = (1..rungs).map(at).min_by_key(|share| share.some);
    let shock = hardest.filter(|_| standing.all_goals.some > 0).map_or_else(String::new, |hardest| {
        format!(" Without a shock {}, under the hardest {}.", written(&at(0)), written(&hardest))
    });
    Line::new("Depends", format!("{where_it_fails}{shock}"))
}
