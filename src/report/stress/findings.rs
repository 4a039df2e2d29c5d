//! What a stress test found, in sentences that can be read aloud.

use super::super::phrase::{capitalised, count, counted, list, percent, plural, quoted, subject};
use super::{Account, by, conditions};
use crate::experiment::stress::{Criterion, FailBox, Failing, Share, Standing};

/// Futures met, the ranking and how sure it is, regret, the worst futures, recovery, where each fails, and what to be careful
/// about.
pub fn findings(account: &Account) -> Vec<String> {
    let mut sentences = vec![asked(account)];
    if account.verdict.is_none() {
        sentences.push(incomplete(account));
        return sentences;
    }
    sentences.extend(account.standings().map(|(key, standing)| goals(account, key, standing)));
    sentences
        .extend([Criterion::Goals, Criterion::Regret, Criterion::Worst].iter().filter_map(|by| ranked(account, *by)));
    sentences.extend(disagreement(account));
    sentences.extend(regret(account));
    sentences.extend(account.standings().filter_map(|(key, standing)| recovery(account, key, standing)));
    sentences.extend(account.standings().flat_map(|(key, standing)| fails(account, key, standing)));
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
            counted(failed, "run")
        ),
    }
}

/// "place-block meets all goals in 43% of 2,500 futures (95% interval 38% to 47%), most often short of need is met (57%)."
fn goals(account: &Account, key: &str, standing: &Standing) -> String {
    let opening = format!("`{key}` meets all goals in {}", share(&standing.all_goals));
    let mut misses: Vec<(&str, &Share)> =
        account.goals().zip(&standing.goals).filter(|(_, goal)| goal.some < goal.all).collect();
    misses.sort_by_key(|(_, goal)| goal.some);
    let shortfall = |(label, goal): &(&str, &Share)| {
        format!("{} in {}", quoted(label), percent((goal.all - goal.some) as u64, goal.all as u64))
    };
    match misses.as_slice() {
        [] => format!("{opening}."),
        some => format!("{opening}. It misses {} of them.", list(&some.iter().map(shortfall).collect::<Vec<_>>())),
    }
}

/// "43% of 2,500 futures (95% interval 38% to 47%)"
fn share(share: &Share) -> String {
    let ends = share.interval.map_or_else(String::new, |interval| {
        format!(" (95% interval {:.0}% to {:.0}%)", interval.low * 100.0, interval.high * 100.0)
    });
    format!("{} of {} futures{ends}", percent(share.some as u64, share.all as u64), count(share.all as u64))
}

/// From such a share of resamples on something is called sure, and likely.
const SURE: f64 = 0.95;
const LIKELY: f64 = 0.8;

/// "By share of futures that meet all goals the order is `a`, `b` and `c`. That `a` is first is sure (99% of resamples of the
/// points); `b` and `c` could change places."
fn ranked(account: &Account, criterion: Criterion) -> Option<String> {
    let ranking = account.ranking(criterion)?;
    let order = order(account, criterion)?;
    let name = |design: usize| format!("`{}`", account.keys[design]);
    let chance = ranking.first[*order.first()?];
    let word = match chance {
        chance if chance >= SURE => "sure",
        chance if chance >= LIKELY => "likely",
        _ => "open",
    };
    let open = order.windows(2).filter(|pair| ranking.ahead[pair[0]][pair[1]] < SURE);
    let open: Vec<String> = open.map(|pair| format!("{} and {}", name(pair[0]), name(pair[1]))).collect();
    let doubt =
        if open.is_empty() { String::new() } else { format!("; {} could change places", open.join(", as well as ")) };
    Some(format!(
        "By {} the order is {}. That {} is first is {word} ({} of resamples of the points){doubt}.",
        by(criterion),
        list(&order.iter().map(|design| name(*design)).collect::<Vec<_>>()),
        name(order[0]),
        percent((chance * 1e6).round() as u64, 1_000_000)
    ))
}

/// The designs from best to worst by a criterion.
fn order(account: &Account, criterion: Criterion) -> Option<Vec<usize>> {
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

/// That what comes first hangs on what is asked.
fn disagreement(account: &Account) -> Option<String> {
    let first = |criterion| order(account, criterion).and_then(|order| order.first().copied());
    let firsts = [Criterion::Goals, Criterion::Regret, Criterion::Worst].map(|criterion| (criterion, first(criterion)));
    let (_, goals) = firsts[0];
    let others: Vec<String> = firsts[1..]
        .iter()
        .filter(|(_, first)| *first != goals)
        .filter_map(|(criterion, first)| Some(format!("by {} `{}`", by(*criterion), account.keys.get((*first)?)?)))
        .collect();
    (account.designs().len() > 1 && !others.is_empty()).then(|| {
        let goals = goals.and_then(|goals| account.keys.get(goals)).map_or("", String::as_str);
        format!("What is best hangs on what is asked: by the goals `{goals}`, {}.", list(&others))
    })
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

fn recovery(account: &Account, key: &str, standing: &Standing) -> Option<String> {
    let recovered = standing.recovery.recovered.mean()?;
    let runs = counted(standing.recovery.recovered.count(), "run");
    let share = percent((recovered * 1e6).round() as u64, 1_000_000);
    let time = standing
        .recovery
        .steps
        .mean()
        .map_or_else(String::new, |time| format!(", after {time:.1} {} on average", plural(account.time())));
    Some(format!(
        "Under `{key}`, {share} of {runs} hit by a shock at a fixed step were as before again by the end{time}."
    ))
}

/// Where a design fails; of one that fails everywhere, where it misses the goals that it meets somewhere.
fn fails(account: &Account, key: &str, standing: &Standing) -> Vec<String> {
    match &standing.failing {
        Failing::Nowhere => Vec::new(),
        Failing::Within(found) => vec![fails_within(account, &format!("`{key}` fails"), found)],
        Failing::Everywhere => {
            let goals: Vec<(&str, &Failing)> = account.goals().zip(&standing.failing_goals).collect();
            let always: Vec<String> = goals
                .iter()
                .filter(|(_, failing)| **failing == Failing::Everywhere)
                .map(|(goal, _)| quoted(goal))
                .collect();
            let what = if always.is_empty() { "some goal".to_owned() } else { list(&always) };
            let mut sentences =
                vec![format!("`{key}` misses {what} everywhere, so that no condition tells its failures apart.")];
            sentences.extend(goals.iter().filter_map(|(goal, failing)| match failing {
                Failing::Within(found) => {
                    Some(fails_within(account, &format!("`{key}` misses {}", quoted(goal)), found))
                }
                _ => None,
            }));
            sentences
        }
    }
}

/// "`place-block` fails where …: 87% of the 300 futures there fail, and 61% of all its failures are there."
fn fails_within(account: &Account, opening: &str, found: &FailBox) -> String {
    let (some, cases) = (found.chosen.of_interest as u64, found.chosen.cases as u64);
    if found.conditions.is_empty() {
        return format!("{opening} in {} of all futures, and no conditions tell these apart.", percent(some, cases));
    }
    let doubtful = found.conditions.iter().filter(|condition| condition.quasi_p > DOUBTFUL).count();
    let doubt = match doubtful {
        0 => String::new(),
        1 => " One of these limits may be there by chance (quasi-p above 5%).".to_owned(),
        some => format!(" {some} of these limits may be there by chance (quasi-p above 5%)."),
    };
    format!(
        "{opening} where {}: {} of the {} futures there do, and {} of all that do are there.{doubt}",
        conditions::told(account, found),
        percent(some, cases),
        count(cases),
        percent(some, found.failures() as u64)
    )
}

/// A limit with a higher quasi-p-value may be there by chance.
const DOUBTFUL: f64 = 0.05;

/// Fewer points than this are too few for shares and boxes.
const FEW_POINTS: usize = 50;

fn cautions(account: &Account) -> Vec<String> {
    let mut cautions = vec![
        "A share of futures is not a chance: nobody knows how likely each step of a ladder is, and every number in a range \
         counts alike. Other goals, ladders or ranges give other shares."
            .to_owned(),
    ];
    if account.standings().any(|(_, standing)| matches!(standing.failing, Failing::Within(_))) {
        cautions.push(format!(
            "Where a design fails is read off {}: a limit that cuts little off a range may hang on one or two of them, and \
             quasi-p, which takes all futures as independent, does not see that.",
            counted(account.futures.points.len() as u64, "point")
        ));
    }
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
