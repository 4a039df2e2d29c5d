//! The tables of a stress test.

use super::super::phrase::{Numerals, capitalised, count, counted, percent, plural};
use super::super::table::{Entry, Table};
use super::{Account, assumed, by, conditions};
use crate::experiment::stress::{Criterion, Failing, Share, Standing};
use crate::model::measure::Unit;
use crate::statistics::Interval;
use crate::statistics::prim::PrimBox;

/// Goals, scores, and where designs fail. None of an incomplete experiment.
fn main_tables(account: &Account) -> Vec<Table> {
    if account.verdict.is_none() {
        return Vec::new();
    }
    vec![goals(account), scores(account), recovery(account), failing(account)]
}

/// All tables: also the steps of every ladder, how sure the ranking is, and what the study assumes.
pub fn tables(account: &Account) -> Vec<Table> {
    let mut all = main_tables(account);
    if account.verdict.is_some() {
        all.push(steps(account));
        all.extend([Criterion::Goals, Criterion::Regret, Criterion::Worst].iter().filter_map(|by| pairs(account, *by)));
    }
    all.push(assumed::table(account));
    all
}

fn goals(account: &Account) -> Table {
    let mut columns = vec!["Design".to_owned()];
    columns.extend(account.goals().map(str::to_owned));
    columns.extend(["All goals", "Low", "High"].map(str::to_owned));
    let ranking = account.ranking(Criterion::Goals);
    columns.extend(ranking.is_some().then(|| "Ranks first".to_owned()));
    let mut rows = Vec::new();
    for (design, (key, standing)) in account.standings().enumerate() {
        let mut row = vec![Entry::words(key)];
        row.extend(standing.goals.iter().chain([&standing.all_goals]).map(share));
        row.extend(ends(standing.all_goals.interval));
        row.extend(ranking.map(|ranking| chance(ranking.first[design])));
        rows.push(row);
    }
    let futures = count(account.futures.count() as u64);
    let title = format!(
        "Share of {futures} futures that meet each goal; low and high: {} interval of all goals at once{}",
        account.level(),
        if ranking.is_some() { "; ranks first: share of resamples" } else { "" }
    );
    Table { title, columns, rows }
}

/// A share of futures as people read it; what is not quite none or all is not called so.
fn share(share: &Share) -> Entry {
    Entry::number(percent(share.some as u64, share.all as u64), share.value())
}

/// A share of resamples.
fn chance(share: f64) -> Entry {
    Entry::number(percent((share * 1e6).round() as u64, 1_000_000), share)
}

fn ends(interval: Option<Interval>) -> [Entry; 2] {
    let entry = |end: f64| Entry::number(format!("{:.0}%", end * 100.0), end);
    interval
        .map_or_else(|| [Entry::missing(), Entry::missing()], |interval| [entry(interval.low), entry(interval.high)])
}

/// The score over all futures and over the worst, and regret.
fn scores(account: &Account) -> Table {
    let several = account.designs().len() > 1;
    let mut columns = vec!["Design", "Mean", "Worst 5%", "Low", "High"];
    columns.extend(several.then_some(["Mean regret", "Low", "High", "Largest"]).into_iter().flatten());
    let row = |(key, standing): (&String, &Standing)| {
        let mean = standing
            .score
            .map_or_else(Entry::missing, |mean| Entry::number(account.numerals(mean, None).short(mean), mean));
        let mut row = vec![Entry::words(key), mean];
        row.extend(with_ends(account, standing.worst, Numerals::short));
        if several {
            row.extend(with_ends(account, standing.mean_regret, Numerals::bare));
            row.push(standing.largest_regret.map_or_else(Entry::missing, |(regret, _)| {
                Entry::number(account.numerals(regret, None).bare(regret), regret)
            }));
        }
        row
    };
    let points = if account.futures.score.unit == Unit::Share { "points" } else { "how much" };
    let regret = if several {
        format!("; regret: {points} that the best design has more in the same future")
    } else {
        String::new()
    };
    let score = capitalised(&account.futures.score.label);
    Table {
        title: format!(
            "{score}: mean over all futures, and over the worst 5% with its {} interval{regret}",
            account.level()
        ),
        columns: columns.into_iter().map(str::to_owned).collect(),
        rows: account.standings().map(row).collect(),
    }
}

/// A figure and the ends of its interval.
fn with_ends<'a>(
    account: &Account<'a>,
    figure: Option<(f64, Option<Interval>)>,
    write: fn(&Numerals<'a>, f64) -> String,
) -> [Entry; 3] {
    let Some((value, interval)) = figure else { return [Entry::missing(), Entry::missing(), Entry::missing()] };
    let numerals = account.numerals(value, interval);
    let entry = |number: Option<f64>| {
        number.map_or_else(Entry::missing, |number| Entry::number(write(&numerals, number), number))
    };
    [Some(value), interval.map(|ends| ends.low), interval.map(|ends| ends.high)].map(entry)
}

/// Runs that were as before again after a shock at a fixed step.
fn recovery(account: &Account) -> Table {
    let months = plural(account.time());
    let columns = ["Design".to_owned(), "Runs".to_owned(), "Recovered".to_owned(), format!("After {months}")];
    let row = |(key, standing): (&String, &Standing)| {
        let (recovered, steps) = (&standing.recovery.recovered, &standing.recovery.steps);
        vec![
            Entry::words(key),
            Entry::number(count(recovered.count()), recovered.count() as f64),
            recovered.mean().map_or_else(Entry::missing, chance),
            steps.mean().map_or_else(Entry::missing, |mean| Entry::number(format!("{mean:.1}"), mean)),
        ]
    };
    Table {
        title: format!(
            "Recovery: runs hit by a shock at a fixed step, those as before again by the end, and after how many {months} on average"
        ),
        columns: columns.to_vec(),
        rows: account.standings().map(row).collect(),
    }
}

/// The boxes of conditions. A design that fails everywhere has a row for each goal that it meets somewhere.
fn failing(account: &Account) -> Table {
    let mut rows = Vec::new();
    for (key, standing) in account.standings() {
        rows.push(failing_row(account, key, "all", &standing.failing));
        let is_nearly_everywhere = matches!(standing.failing, Failing::Everywhere | Failing::NearlyEverywhere(_));
        if is_nearly_everywhere && account.goals().len() > 1 {
            let goals = account.goals().zip(&standing.failing_goals);
            rows.extend(goals.map(|(goal, failing)| failing_row(account, "", goal, failing)));
        }
    }
    let title = "The box of conditions in which each design fails (PRIM): the share of all its failures that lie in it \
                 (coverage), and the share of the futures in it that fail (density)";
    let columns = ["Design", "Goal", "It fails where", "Of failures", "Fail there"];
    Table { title: title.to_owned(), columns: columns.map(str::to_owned).to_vec(), rows }
}

fn failing_row(account: &Account, key: &str, goal: &str, failing: &Failing) -> Vec<Entry> {
    let mut row = vec![Entry::words(key), Entry::words(goal)];
    match failing {
        Failing::Nowhere => row.extend([Entry::words("nowhere"), Entry::missing(), Entry::missing()]),
        Failing::Everywhere => row.extend([Entry::words("everywhere"), Entry::missing(), Entry::missing()]),
        Failing::NearlyEverywhere(_) => {
            row.extend([Entry::words("nearly everywhere"), Entry::missing(), Entry::missing()]);
        }
        Failing::Within(found) => {
            let words = conditions::told(account, found);
            row.push(Entry::words(if words.is_empty() { "no box stands out".to_owned() } else { words }));
            let PrimBox { of_interest, cases, coverage, density, .. } = found.chosen;
            row.push(Entry::number(percent(of_interest as u64, found.failures() as u64), coverage));
            row.push(Entry::number(percent(of_interest as u64, cases as u64), density));
        }
    }
    row
}

/// Share of futures that meet all goals, step by step.
fn steps(account: &Account) -> Table {
    let mut columns = vec!["Shock".to_owned()];
    columns.extend(account.keys().iter().cloned());
    let row = |rung: usize| {
        let mut row = vec![Entry::words(capitalised(&account.rung(rung)))];
        row.extend(account.standings().map(|(_, standing)| share(&account.share_at(standing, rung))));
        row
    };
    let points = counted(account.futures.points.len() as u64, "future");
    Table {
        title: format!("Share of the {points} on each step that meet all goals"),
        columns,
        rows: (0..account.futures.shocks.rungs.len()).map(row).collect(),
    }
}

/// How sure the order of each pair is.
fn pairs(account: &Account, criterion: Criterion) -> Option<Table> {
    let ranking = account.ranking(criterion)?;
    let mut columns = vec!["Design".to_owned(), "First".to_owned()];
    columns.extend(account.keys().iter().map(|key| format!("Ahead of {key}")));
    let row = |(one, key): (usize, &String)| {
        let mut row = vec![Entry::words(key), chance(ranking.first[one])];
        row.extend(
            ranking.ahead[one].iter().enumerate().map(
                |(other, ahead)| {
                    if other == one { Entry::missing() } else { chance(*ahead) }
                },
            ),
        );
        row
    };
    Some(Table {
        title: format!("How sure the ranking by {} is: shares of resamples of the points", by(criterion)),
        columns,
        rows: account.keys().iter().enumerate().map(row).collect(),
    })
}
