//! What a stress test found, in sentences that can be read aloud.

use super::super::failed;
use super::super::phrase::{capitalised, counted, list, percent, plural, quoted, subject};
use super::charts::worst_shock;
use super::{Account, by, failures};
use crate::experiment::Level;
use crate::experiment::failures::FailedRuns;
use crate::experiment::stress::{Criterion, Failing, Share, Standing};

/// What a board needs first: goals met, which design is best by what, regret, the worst shock, recovery, where each fails. Then
/// what the futures are, and what to be careful about.
pub fn findings(account: &Account) -> Vec<String> {
    if account.verdict.is_none() {
        let failed: Vec<FailedRuns> = account.futures.failed(account.stress).into_iter().collect();
        let mut sentences = vec![asked(account), incomplete(account)];
        sentences.extend(failed::sentences(&failed));
        return sentences;
    }
    let mut sentences = goals(account);
    sentences.extend(best(account));
    sentences.extend(close(account));
    sentences.extend(regret(account));
    sentences.extend(shock(account));
    sentences.extend(recovery(account));
    sentences.extend(account.standings().flat_map(|(key, standing)| failures::sentences(account, key, standing)));
    sentences.push(asked(account));
    sentences.extend(cautions(account));
    sentences
}

/// "2,500 futures: 100 points in the ranges of 7 uncertain numbers, each without a shock and on 24 steps of 6 ladders …"
fn asked(account: &Account) -> String {
    let file = &account.futures.shocks.file;
    let steps = account.futures.shocks.rungs.len() as u64 - 1;
    format!(
        "{}: {} in the ranges of {}, each without a shock and on {} of {}. In each of them every design met the same luck in {}.",
        capitalised(&counted(account.futures.count() as u64, "future")),
        counted(account.futures.points.len() as u64, "point"),
        counted(file.parameters.len() as u64, "uncertain number"),
        counted(steps, "step"),
        counted(file.ladders.len() as u64, "ladder"),
        counted(account.stress.runs, "run")
    )
}

fn incomplete(account: &Account) -> String {
    match account.stress.failed() {
        0 => "The experiment is not complete, so no share, regret, ranking or box is given.".to_owned(),
        failed => format!(
            "{} failed, so no share, regret, ranking or box is given. The table of futures says which.",
            capitalised(&counted(failed, "run"))
        ),
    }
}

/// How often all goals are met, best design first; and what else is missed.
fn goals(account: &Account) -> Vec<String> {
    let Some(order) = order(account, Criterion::Goals) else { return Vec::new() };
    let standings: Vec<(&String, &Standing)> = account.standings().collect();
    let designs = || order.iter().filter_map(|design| standings.get(*design));
    let futures = counted(account.futures.count() as u64, "future");
    let met = designs().enumerate().map(|(place, (key, standing))| {
        let of = if place == 0 { format!(" of {futures}") } else { String::new() };
        format!("by `{key}` in {}", share(&standing.all_goals, &of, account.level()))
    });
    let mut sentences = vec![format!("All goals are met {}.", list(&met.collect::<Vec<_>>()))];
    let missed = designs().filter_map(|(key, standing)| misses(account, key, standing));
    let missed: Vec<String> = missed.collect();
    if !missed.is_empty() && account.goals().len() > 1 {
        sentences.push(format!("Goals missed: {}.", missed.join("; ")));
    }
    sentences
}

/// "43% of 2,500 futures (95% interval 38% to 47%)"
fn share(share: &Share, of: &str, level: Level) -> String {
    let ends = share.interval.map_or_else(String::new, |interval| {
        format!(" ({level} interval {:.0}% to {:.0}%)", interval.low * 100.0, interval.high * 100.0)
    });
    format!("{}{of}{ends}", percent(share.some as u64, share.all as u64))
}

/// "by `place-block` “Need is met” in 28% and “Pool lasts” in 3%", the goal that is missed most first.
fn misses(account: &Account, key: &str, standing: &Standing) -> Option<String> {
    let mut misses: Vec<(&str, &Share)> =
        account.goals().zip(&standing.goals).filter(|(_, goal)| goal.some < goal.all).collect();
    misses.sort_by_key(|(_, goal)| goal.some);
    let one = |(label, goal): &(&str, &Share)| {
        format!("{} in {}", quoted(label), percent((goal.all - goal.some) as u64, goal.all as u64))
    };
    (!misses.is_empty()).then(|| format!("by `{key}` {}", list(&misses.iter().map(one).collect::<Vec<_>>())))
}

/// From such a share of resamples on something is called sure, and likely.
const SURE: f64 = 0.95;
pub(super) const LIKELY: f64 = 0.8;

const CRITERIA: [Criterion; 3] = [Criterion::Goals, Criterion::Regret, Criterion::Worst];

/// "What is best depends on what is asked: by share of futures that meet all goals `a` (sure: first in 99% of resamples of the
/// points), by mean regret `b` (likely: 83%) …"
fn best(account: &Account) -> Option<String> {
    let (mut firsts, mut parts, mut least) = (Vec::new(), Vec::new(), 1.0_f64);
    for criterion in CRITERIA {
        let (Some(ranking), Some(order)) = (account.ranking(criterion), order(account, criterion)) else { continue };
        let design = *order.first()?;
        let chance = ranking.first[design];
        least = least.min(chance);
        let word = match chance {
            chance if chance >= SURE => "sure",
            chance if chance >= LIKELY => "likely",
            _ => "open",
        };
        let resamples = if parts.is_empty() { " of resamples of the points" } else { "" };
        let share = percent((chance * 1e6).round() as u64, 1_000_000);
        parts.push(format!("by {} `{}` ({word}: {share}{resamples})", by(criterion), account.keys.get(design)?));
        firsts.push(design);
    }
    let opening = match firsts.first() {
        Some(first) if firsts.iter().all(|other| other == first) => {
            if least < LIKELY {
                "Which design is best is open"
            } else {
                "One design is first whatever is asked"
            }
        }
        _ => "What is best depends on what is asked",
    };
    (!parts.is_empty()).then(|| format!("{opening}: {}.", list(&parts)))
}

/// Neighbours in an order of which it is not sure that they do not change places.
fn close(account: &Account) -> Option<String> {
    let mut parts = Vec::new();
    for criterion in CRITERIA {
        let (Some(ranking), Some(order)) = (account.ranking(criterion), order(account, criterion)) else { continue };
        let open = order.windows(2).filter(|pair| ranking.ahead[pair[0]][pair[1]] < SURE);
        let pairs = open.map(|pair| format!("`{}` and `{}`", account.keys[pair[0]], account.keys[pair[1]]));
        let pairs: Vec<String> = pairs.collect();
        parts.extend((!pairs.is_empty()).then(|| format!("by {} {}", by(criterion), pairs.join(", "))));
    }
    (!parts.is_empty()).then(|| format!("Too close to tell apart: {}.", parts.join("; ")))
}

/// The designs from best to worst by a criterion.
pub(super) fn order(account: &Account, criterion: Criterion) -> Option<Vec<usize>> {
    let designs = &account.verdict.as_ref()?.designs;
    let sign = if account.futures.score.better == crate::model::measure::Better::Lower { -1.0 } else { 1.0 };
    let merit = |standing: &Standing| match criterion {
        Criterion::Goals => Some(standing.all_goals.value()),
        Criterion::Regret => standing.mean_regret.map(|(regret, _)| -regret),
        Criterion::Worst => standing.worst.map(|(worst, _)| sign * worst),
    };
    let merits: Vec<f64> = designs.iter().map(merit).collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..designs.len()).collect();
    order.sort_by(|a, b| merits[*b].total_cmp(&merits[*a]));
    Some(order)
}

/// The largest regret of each design, and in which future.
fn regret(account: &Account) -> Option<String> {
    if account.designs().len() < 2 {
        return None;
    }
    let largest = |(key, standing): (&String, &Standing)| {
        let (regret, future) = standing.largest_regret?;
        let (point, rung) = account.futures.place(future);
        let size = account.numerals(regret, None).size(regret);
        if regret > 0.0 {
            return Some(format!("`{key}` {size} ({}, point {point})", account.rung(rung)));
        }
        Some(format!("`{key}` nothing"))
    };
    let largest: Vec<String> = account.standings().filter_map(largest).collect();
    Some(format!(
        "Largest regret in {}, against the best design of the same future: {}.",
        subject(&account.futures.score),
        list(&largest)
    ))
}

/// Which shock costs which design most.
fn shock(account: &Account) -> Option<String> {
    worst_shock(account, &account.keys).map(|words| format!("The hardest shock: {words}."))
}

/// How many runs were as before again, of all designs.
fn recovery(account: &Account) -> Option<String> {
    let one = |(key, standing): (&String, &Standing)| {
        let recovered = standing.recovery.recovered.mean()?;
        let share = percent((recovered * 1e6).round() as u64, 1_000_000);
        let time = standing.recovery.steps.mean().map_or_else(String::new, |time| format!(" after {time:.1}"));
        Some(format!("`{key}` {share}{time}"))
    };
    let parts: Vec<String> = account.standings().filter_map(one).collect();
    (!parts.is_empty()).then(|| {
        format!(
            "Of runs hit by a shock at a fixed step so many were as before again by the end, after so many {} on average: {}.",
            plural(account.time()),
            list(&parts)
        )
    })
}

/// Fewer points than this are too few for shares and boxes.
const FEW_POINTS: usize = 50;

/// How many futures so few runs leave open.
fn open(account: &Account) -> Option<String> {
    let (key, standing) = account.standings().max_by_key(|(_, standing)| standing.open)?;
    let most = if account.designs().len() > 1 { ", the most of any design" } else { "" };
    (standing.open > 0).then(|| {
        format!(
            "Luck blurs single futures: {} leave it open in {} of them whether `{key}` meets all goals{most} ({} interval \
             about the {} of runs that it takes). Intervals over points hold that doubt; more `--runs`, or `--precision`, \
             lessen it.",
            counted(account.stress.runs, "run"),
            percent(standing.open as u64, account.futures.count() as u64),
            account.level(),
            percent((account.futures.shocks.file.met_in * 1e6).round() as u64, 1_000_000)
        )
    })
}

fn cautions(account: &Account) -> Vec<String> {
    let mut cautions = vec![
        "A share of futures is not a chance: nobody knows how likely each step of a ladder is, and every number in a range \
         counts alike. Other goals, ladders or ranges give other shares."
            .to_owned(),
    ];
    if account.standings().any(|(_, standing)| matches!(standing.failing, Failing::Within(_))) {
        cautions.push(format!(
            "Where a design fails is read off {}: a limit that cuts little off a range may depend on one or two of them, and \
             quasi-p, which takes all futures as independent, does not see that.",
            counted(account.futures.points.len() as u64, "point")
        ));
    }
    cautions.extend(open(account));
    if account.stress.interrupted {
        let runs = counted(account.stress.runs, "run");
        cautions.push(format!("Caution: the experiment was stopped early; every future has {runs} of each design."));
    }
    if account.futures.points.len() < FEW_POINTS {
        let points = counted(account.futures.points.len() as u64, "point");
        cautions.push(format!("Caution: {points} are few for shares and boxes; use at least {FEW_POINTS}."));
    }
    let without = account.verdict.as_ref().map_or(0, |verdict| verdict.without_score);
    if without > 0 {
        let futures = counted(without as u64, "future");
        cautions.push(format!("Caution: in {futures} some design has no score; there is no regret in them."));
    }
    cautions
}
