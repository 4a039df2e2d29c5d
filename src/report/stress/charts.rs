//! The charts of a stress test: goals met, how designs fare step by step, regret, where each fails, and how sure the ranking is.

use super::super::figure::{
    Axis, Body, Figure, RangePanel, RangeRow, Ranges, Reach, SpreadRow, Spreads, TilePanel, Tiles,
};
use super::super::phrase::{capitalised, count, counted, list, percent, quoted};
use super::findings::LIKELY;
use super::{Account, by, conditions, failures};
use crate::experiment::stress::{Condition, Criterion, FailBox, Failing, Held, Standing};
use crate::model::measure::Unit;
use crate::statistics::{Interval, quantile};

/// Every chart; none of an incomplete experiment.
pub fn figures(account: &Account) -> Vec<Figure> {
    if account.verdict.is_none() {
        return Vec::new();
    }
    let charts = [Some(goals(account)), Some(steps(account)), regret(account), ranking(account), failing(account)];
    charts.into_iter().flatten().collect()
}

/// Share of futures by design and goal.
fn goals(account: &Account) -> Figure {
    let mut columns: Vec<String> = account.goals().map(str::to_owned).collect();
    columns.push("All goals".to_owned());
    let cells = account
        .standings()
        .map(|(_, standing)| standing.goals.iter().chain([&standing.all_goals]).map(super::Share::value).collect());
    let best = account.standings().max_by(|a, b| a.1.all_goals.value().total_cmp(&b.1.all_goals.value()));
    let title = best.map_or_else(String::new, |(key, standing)| {
        let share = percent(standing.all_goals.some as u64, standing.all_goals.all as u64);
        let as_good = account.standings().filter(|(_, one)| one.all_goals.some == standing.all_goals.some).count();
        let against_others = match account.designs().len() {
            1 => "",
            _ if as_good > 1 => ", and no design in more",
            _ => ", more than any other design",
        };
        format!("{key} meets all goals in {share} of futures{against_others}")
    });
    let body = Body::Tiles(Tiles {
        value: shares(),
        rows: account.keys().to_vec(),
        panels: vec![TilePanel { title: String::new(), columns, cells: cells.collect() }],
    });
    figure(account, "goals", title, "Share of futures that meet each goal, and all of them at once", body)
}

/// Share of futures by design and step, a panel a ladder.
fn steps(account: &Account) -> Figure {
    let shocks = &account.futures.shocks;
    let share = |standing: &Standing, rung: usize| account.share_at(standing, rung).value();
    let panel = |(position, ladder): (usize, &crate::experiment::stress::file::Ladder)| {
        let of_ladder = |rung: &usize| shocks.rungs[*rung].step.is_none_or(|(ladder, _)| ladder == position);
        let rungs: Vec<usize> = (0..shocks.rungs.len()).filter(of_ladder).collect();
        let columns = ["none"].into_iter().chain(ladder.steps.iter().map(String::as_str)).map(str::to_owned);
        TilePanel {
            title: ladder.label.clone(),
            columns: columns.collect(),
            cells: account
                .standings()
                .map(|(_, standing)| rungs.iter().map(|rung| share(standing, *rung)).collect())
                .collect(),
        }
    };
    let panels: Vec<TilePanel> = shocks.file.ladders.values().enumerate().map(panel).collect();
    let body = Body::Tiles(Tiles { value: shares(), rows: account.keys().to_vec(), panels });
    let what = format!(
        "Share of the {} on each step of each shock that meet all goals",
        counted(account.futures.points.len() as u64, "future")
    );
    let title = worst_shock(account, &account.keys);
    let title =
        title.unwrap_or_else(|| "No shock lowers the share of futures in which any design meets all goals".to_owned());
    figure(account, "steps", title, &what, body)
}

/// "place-block meets all goals in 54% of futures where no shock strikes, and in 11% under “All at once (4th)”"; `None` where no
/// shock costs any.
pub(super) fn worst_shock(account: &Account, names: &[String]) -> Option<String> {
    let drop = |(key, (_, standing)): (&String, (&String, &Standing))| {
        let without = account.share_at(standing, 0);
        let with = (1..account.futures.shocks.rungs.len()).map(|rung| (rung, account.share_at(standing, rung)));
        let (rung, least) = with.min_by_key(|(_, share)| share.some)?;
        Some((without.some.saturating_sub(least.some), key.clone(), without, rung, least))
    };
    let (lost, key, without, rung, least) =
        names.iter().zip(account.standings()).filter_map(drop).max_by_key(|(lost, ..)| *lost)?;
    (lost > 0).then(|| {
        format!(
            "{key} meets all goals in {} of futures where no shock strikes, and in {} under “{}”",
            percent(without.some as u64, without.all as u64),
            percent(least.some as u64, least.all as u64),
            account.rung(rung)
        )
    })
}

/// How regret is spread over futures; none of one design.
fn regret(account: &Account) -> Option<Figure> {
    if account.designs().len() < 2 {
        return None;
    }
    let row = |(key, standing): (&String, &Standing)| {
        let mut regrets: Vec<f64> = standing.regret.iter().flatten().copied().collect();
        regrets.sort_by(f64::total_cmp);
        SpreadRow {
            label: key.clone(),
            quantiles: [0.05, 0.25, 0.5, 0.75, 0.95].map(|share| quantile(&regrets, share)),
            mean: standing.mean_regret.map_or(f64::NAN, |(mean, _)| mean),
            largest: standing.largest_regret.map_or(f64::NAN, |(largest, _)| largest),
        }
    };
    let rows: Vec<SpreadRow> = account.standings().map(row).collect();
    let least = rows.iter().map(|row| row.mean).min_by(f64::total_cmp)?;
    let least: Vec<String> =
        rows.iter().filter(|row| row.mean.total_cmp(&least).is_eq()).map(|row| row.label.clone()).collect();
    let are = if least.len() == 1 { "is" } else { "are" };
    let score = &account.futures.score;
    let axis = match score.unit {
        Unit::Share => Axis::points("Percentage points that the best design of the same future has more"),
        _ => Axis::number(format!("{}: what the best design of the same future has more", capitalised(&score.label))),
    };
    let title = format!("Judged by {} alone, {} {are} regretted least", score.label, list(&least));
    let what =
        format!("Regret in {}, future by future: {}", score.label, "how far each design is from the best one there");
    let body = Body::Spreads(Spreads { axis, cases: "futures".to_owned(), rows });
    Some(figure(account, "regret", title, &what, body))
}

/// In how many resamples each design ranks first, by each criterion; none of one design.
fn ranking(account: &Account) -> Option<Figure> {
    let criteria: Vec<Criterion> = account.verdict.as_ref()?.rankings.iter().map(|(criterion, _)| *criterion).collect();
    if criteria.is_empty() {
        return None;
    }
    let rankings: Vec<_> = criteria.iter().filter_map(|criterion| account.ranking(*criterion)).collect();
    let cells = (0..account.keys().len()).map(|design| rankings.iter().map(|ranking| ranking.first[design]).collect());
    let columns: Vec<String> = criteria.iter().map(|criterion| format!("by {}", by(*criterion))).collect();
    let leaders: Vec<(String, f64)> = rankings.iter().filter_map(|ranking| leader(account, &ranking.first)).collect();
    let title = match leaders.first() {
        Some((one, _)) if leaders.iter().all(|(other, _)| other == one) => {
            if leaders.iter().all(|(_, chance)| *chance >= LIKELY) {
                format!("{one} ranks first whatever it is judged by")
            } else {
                "Which design ranks first is open".to_owned()
            }
        }
        _ => "Which design ranks first depends on what it is judged by".to_owned(),
    };
    let body = Body::Tiles(Tiles {
        value: shares(),
        rows: account.keys().to_vec(),
        panels: vec![TilePanel { title: String::new(), columns, cells: cells.collect() }],
    });
    let what = "Share of 1,000 resamples of the points in which each design ranks first: how sure that is";
    Some(figure(account, "ranking", title, what, body))
}

/// The design with the largest share, and the share.
fn leader(account: &Account, first: &[f64]) -> Option<(String, f64)> {
    let position = (0..first.len()).max_by(|a, b| first[*a].total_cmp(&first[*b]).then(b.cmp(a)))?;
    Some((account.keys().get(position)?.clone(), first[position]))
}

/// The box of conditions in which each design fails; none where none does.
fn failing(account: &Account) -> Option<Figure> {
    let mut panels = Vec::new();
    let mut nowhere = Vec::new();
    for (key, standing) in account.standings() {
        match &standing.failing {
            Failing::Nowhere => nowhere.push(key.clone()),
            Failing::Within(found) => panels.push(panel(account, key.clone(), found)),
            Failing::Everywhere => {
                panels.extend(by_goal(account, key, standing, "It fails in every future.".to_owned()));
            }
            Failing::NearlyEverywhere(found) => {
                let share = percent(found.failures() as u64, found.cases() as u64);
                let words = format!("It fails in {share} of futures, so that no conditions tell these apart.");
                panels.extend(by_goal(account, key, standing, words));
            }
        }
    }
    let title = if nowhere.is_empty() {
        "The conditions under which each design fails".to_owned()
    } else {
        let does = if nowhere.len() == 1 { "does" } else { "do" };
        format!("The conditions under which designs fail; {} nowhere {does}", list(&nowhere))
    };
    let what = "The box of conditions that tells failures from other futures best (PRIM); filled: the part of each range that \
                belongs to it; what is not named is not limited";
    (!panels.is_empty()).then(|| figure(account, "fail-boxes", title, what, Body::Ranges(Ranges { panels })))
}

/// What is said of a design that fails everywhere, or nearly, and where it misses each goal that it meets somewhere and misses
/// often enough.
fn by_goal(account: &Account, key: &str, standing: &Standing, words: String) -> Vec<RangePanel> {
    let mut panels = vec![RangePanel { title: key.to_owned(), words, rows: Vec::new() }];
    let goals = account.goals().zip(&standing.failing_goals);
    panels.extend(goals.filter_map(|(goal, failing)| match failing {
        Failing::Within(found) if !failures::is_rare(found) => {
            Some(panel(account, format!("{key}, {} alone", quoted(goal)), found))
        }
        _ => None,
    }));
    panels
}

fn panel(account: &Account, title: String, found: &FailBox) -> RangePanel {
    let dimensions = account.futures.dimensions();
    let row = |condition: &Condition| RangeRow {
        label: dimensions.get(condition.dimension).cloned().unwrap_or_default(),
        reach: reach(account, condition),
        ends: conditions::ends(account, condition),
        words: conditions::held(account, condition),
    };
    let chosen = &found.chosen;
    let (some, cases) = (chosen.of_interest as u64, chosen.cases as u64);
    let words = if found.conditions.is_empty() {
        format!("{} of all futures fail, and no conditions tell these apart.", percent(some, cases))
    } else {
        let all = percent(some, found.failures() as u64);
        format!(
            "{} of the {} futures in the box fail, and {all} of all failures are in it.",
            percent(some, cases),
            count(cases)
        )
    };
    RangePanel { title, words, rows: found.conditions.iter().map(row).collect() }
}

fn reach(account: &Account, condition: &Condition) -> Reach {
    match &condition.held {
        Held::Between(own, Interval { low, high }) => {
            let share = |value: f64| (value - low) / (high - low);
            Reach::Span(share(own.low), share(own.high))
        }
        Held::Levels(levels) => {
            let parameter = account.futures.shocks.file.parameters.get_index(condition.dimension - 1);
            let all = parameter.map_or(0, |(_, parameter)| parameter.range.levels().count());
            Reach::Kinds((0..all).map(|level| levels.contains(&level)).collect())
        }
        Held::Among(kinds) => {
            let all = [None].into_iter().chain((0..account.futures.shocks.file.ladders.len()).map(Some));
            Reach::Kinds(all.map(|kind| kinds.contains(&kind)).collect())
        }
    }
}

/// Shares of futures on a scale from none to all.
fn shares() -> Axis {
    Axis { range: Some((0.0, 1.0)), ..Axis::percent("Share (%)") }
}

/// A figure with the words that all have in common.
fn figure(account: &Account, name: &str, title: String, what: &str, body: Body) -> Figure {
    let (file, stress) = (&account.futures.shocks.file, account.stress);
    Figure {
        name: name.to_owned(),
        title,
        subtitle: format!(
            "{what}; {}, {} of each design in each, on the same luck",
            counted(account.futures.count() as u64, "future"),
            counted(stress.runs, "run")
        ),
        note: format!(
            "{}; commonground {}, seed {}. A share of futures is not a chance: nobody knows how likely each future is.",
            file.title,
            crate::identity::VERSION,
            stress.seed
        ),
        body,
    }
}
