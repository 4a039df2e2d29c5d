//! What is found beyond the table: goals that nobody meets, other tests, shocks, conditions, the worst futures, and cautions.

use super::super::super::phrase::{capitalised, counted, list, percent, plural, quoted, subject};
use super::super::charts::worst_shock;
use super::super::findings::order;
use super::super::{conditions, failures};
use super::View;
use crate::experiment::stress::{Criterion, FailBox, Failing};

/// Designs of which it is told where they fail.
const MOST_BOXES: usize = 3;

/// Sentences in the order of their weight.
pub(super) fn findings(view: &View) -> Vec<String> {
    let mut sentences: Vec<String> = unmet(view);
    sentences.extend(tests(view));
    sentences.extend(
        worst_shock(view.account, view.names.short.as_slice()).map(|words| format!("{}.", capitalised(&words))),
    );
    sentences.extend(view.order.iter().filter_map(|design| fails(view, *design)).take(MOST_BOXES));
    sentences.extend(worst(view));
    sentences.extend(recovered(view));
    sentences
        .push("A share of futures is not a chance: every shock and every number in a range counts alike.".to_owned());
    sentences.extend(open(view));
    sentences
}

/// Goals that no design meets in any future.
fn unmet(view: &View) -> Vec<String> {
    let is_unmet = |goal: usize| view.standings.iter().all(|standing| standing.goals[goal].some == 0);
    let goals = view.account.goals().enumerate().filter(|(goal, _)| is_unmet(*goal));
    let names: Vec<String> = goals.map(|(_, label)| quoted(label)).collect();
    let who = if view.order.len() > 1 { "No design meets" } else { "It does not meet" };
    (!names.is_empty()).then(|| format!("{who} {} in any future.", list(&names))).into_iter().collect()
}

/// Which design is first by other tests than the share of futures.
fn tests(view: &View) -> Option<String> {
    let first = |criterion: Criterion| order(view.account, criterion)?.first().copied();
    let [goals, regret, worst] = [Criterion::Goals, Criterion::Regret, Criterion::Worst].map(first);
    let (goals, regret, worst) = (goals?, regret?, worst?);
    let differs = view.order.len() > 1 && (goals != regret || goals != worst);
    let some = view.standings.get(goals)?.all_goals.some > 0;
    (differs && some).then(|| {
        format!(
            "No design wins on every test. Most futures passed: {}. Smallest regret: {}. Best in the worst futures: {}.",
            view.name(goals),
            view.name(regret),
            view.name(worst)
        )
    })
}

/// "Based fails in 84% of futures where …; 63% of its failures lie there."
fn fails(view: &View, design: usize) -> Option<String> {
    let name = capitalised(view.name(design));
    let told = |what: &str, found: &FailBox| {
        let share = percent(found.chosen.of_interest as u64, found.chosen.cases as u64);
        let covered = percent(found.chosen.of_interest as u64, found.failures() as u64);
        let conditions = conditions::told(view.account, found);
        format!("{name} {what} in {share} of futures where {conditions}; {covered} of its failures lie there.")
    };
    match &view.standings.get(design)?.failing {
        Failing::Within(found) if !found.conditions.is_empty() => Some(told("fails", found)),
        Failing::Nowhere | Failing::Within(_) => None,
        Failing::Everywhere | Failing::NearlyEverywhere(_) => {
            let goals = view.account.goals().zip(&view.standings[design].goals);
            let (label, goal) = goals.min_by_key(|(_, goal)| goal.some)?;
            let misses = (goal.all - goal.some) as u64;
            let rare = view.account.goals().zip(&view.standings[design].failing_goals);
            let other = rare.filter_map(|(label, failing)| match failing {
                Failing::Within(found) if !failures::is_rare(found) && !found.conditions.is_empty() => {
                    Some(told(&format!("misses {}", quoted(label)), found))
                }
                _ => None,
            });
            let other = other.map(|sentence| format!(" {sentence}")).next().unwrap_or_default();
            Some(format!("{name} misses {} in {} of futures.{other}", quoted(label), percent(misses, goal.all as u64)))
        }
    }
}

/// "In the worst twentieth of futures need met is 82% with fortress and 63% with based."
fn worst(view: &View) -> Option<String> {
    let each = view.order.iter().filter_map(|design| {
        let (worst, _) = view.standings.get(*design)?.worst?;
        Some(format!("{} with {}", view.account.numerals(worst, None).level(worst), view.name(*design)))
    });
    let each: Vec<String> = each.collect();
    let score = subject(&view.account.futures.score);
    (!each.is_empty()).then(|| format!("In the worst twentieth of futures {score} is {}.", list(&each)))
}

/// "Recovered by the end: 61% of runs with fortress (after 6.9 months), 45% with based (9.8)."
fn recovered(view: &View) -> Option<String> {
    let each = view.order.iter().filter_map(|design| {
        let recovery = &view.standings.get(*design)?.recovery;
        let share = percent((recovery.recovered.mean()? * 1e6).round() as u64, 1_000_000);
        let time = recovery.steps.mean().map_or_else(String::new, |time| format!(", after {time:.1}"));
        Some(format!("{share} of runs with {}{time}", view.name(*design)))
    });
    let each: Vec<String> = each.collect();
    let months = plural(view.account.time());
    (!each.is_empty()).then(|| format!("Recovered from the shock by the end ({months} taken): {}.", each.join("; ")))
}

/// How many futures so few runs leave open.
fn open(view: &View) -> Option<String> {
    let (design, standing) = view.standings.iter().enumerate().max_by_key(|(_, standing)| standing.open)?;
    let all = standing.all_goals.all;
    // So many futures are what intervals leave open anyhow: one in twenty at 95%.
    (standing.open as f64 * view.account.level().misses_one_of() > all as f64 + 1e-6).then(|| {
        format!(
            "With {} a future, {} of futures are open for {}: more --runs would settle them.",
            counted(view.account.stress.runs, "run"),
            percent(standing.open as u64, all as u64),
            view.name(design)
        )
    })
}
