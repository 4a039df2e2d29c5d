//! The columns of the tables of a stress test, and what each means.

use super::super::folder::{Column, unit};
use super::Account;

/// What the score is counted in.
pub(super) fn of_the_score(account: &Account) -> String {
    format!("of {}: {}", account.futures.score.key, unit(account.futures.score.unit))
}

/// Columns of the table of futures.
pub(super) fn futures(account: &Account) -> Vec<Column> {
    let (file, score) = (&account.futures.shocks.file, &of_the_score(account));
    let mut columns = vec![
        Column::count("future", "", "Number of the future; every design meets it with the same luck").of("from 0"),
        Column::count("point", "", "Number of the point in the ranges of what is uncertain").of("from 0"),
        ladder(),
        step(),
        size(),
        Column::number("severity", "share", "Step as a share of the steps of its ladder").of("0 to 1"),
    ];
    for (key, parameter) in &file.parameters {
        let [from, to] = parameter.range.ends();
        columns.push(Column::number(format!("parameter.{key}"), "", &parameter.label).of(format!("{from} to {to}")));
    }
    columns.extend([
        design(),
        Column::count("runs", "runs", "Runs that came to an end"),
        Column::count("failed_runs", "runs", "Runs that failed"),
        Column::text("failure", "Why the first of them did"),
    ]);
    for (key, goal) in &file.goals {
        let value = format!("{}: mean over the runs of {}", goal.label, goal.measure);
        columns.push(Column::number(format!("goal.{key}.value"), "of the measure", value));
        let share = format!("{}: share of the runs that keep to the level", goal.label);
        columns.push(Column::number(format!("goal.{key}.met_in"), "share", share).of("0 to 1"));
    }
    columns.extend([
        Column::number("all_goals.met_in", "share", "Share of the runs that keep to the levels of all goals at once")
            .of("0 to 1"),
        Column::number("all_goals.met", "", "Whether that is at least met_in of study.json").of("0; 1"),
        Column::number("score", score, "Mean of the score over the runs"),
        Column::number("regret", score, "How much better the best design is in the same future")
            .of("0: it is the best"),
        Column::number("recovered", "share", "Share of the runs that recovered")
            .of("missing where the shock has no fixed step"),
        Column::number("recovery_steps", "steps", "Mean time from the end of the shock to the recovery")
            .of("missing where no run recovered"),
    ]);
    columns
}

/// Columns of the table of goals.
pub(super) fn goals() -> Vec<Column> {
    vec![
        design(),
        Column::text("goal", "Goal by its key in study.json").of("all: all goals at once"),
        Column::count("futures", "futures", "Futures"),
        Column::count("met", "futures", "Futures that meet the goal"),
        Column::number("share", "share", "Share of the futures that meet the goal").of("0 to 1"),
        low(),
        high(),
    ]
}

/// Columns of the table of designs.
pub(super) fn designs(account: &Account) -> Vec<Column> {
    let score = &of_the_score(account);
    vec![
        design(),
        Column::number("score", score, "Mean of the score over all runs of all futures"),
        Column::number("worst", score, "Mean over the worst 5% of futures (CVaR)"),
        Column::number("worst_low", score, "Lower end of its 95% interval"),
        Column::number("worst_high", score, "Upper end of its 95% interval"),
        Column::number("mean_regret", score, "Mean over the futures of how much better the best design is"),
        Column::number("mean_regret_low", score, "Lower end of its 95% interval"),
        Column::number("mean_regret_high", score, "Upper end of its 95% interval"),
        Column::number("largest_regret", score, "Largest regret"),
        Column::number("largest_regret_in_future", "", "Number of the future that has it"),
        Column::number("recovered", "share", "Share of the runs under a shock at a fixed step that recovered")
            .of("0 to 1"),
        Column::number("recovery_steps", "steps", "Mean time to the recovery, of runs that recovered"),
    ]
}

/// Columns of the table of the steps of ladders.
pub(super) fn steps(account: &Account) -> Vec<Column> {
    let score = &of_the_score(account);
    vec![
        design(),
        ladder(),
        step(),
        size(),
        Column::count("futures", "futures", "Futures on this step"),
        Column::count("met", "futures", "Those that meet all goals"),
        Column::number("share", "share", "Their share").of("0 to 1"),
        low(),
        high(),
        Column::number("score", score, "Mean of the score on this step"),
        Column::number("mean_regret", score, "Mean regret on this step"),
    ]
}

/// Columns of the table of boxes.
pub(super) fn boxes() -> Vec<Column> {
    vec![
        design(),
        Column::text("goal", "Goal that is not met in the failures, by its key in study.json")
            .of("all: all goals at once"),
        Column::count("box", "", "Number of the box on the way of PRIM; box 0, the whole, has no limits").of("from 1"),
        Column::count("chosen", "", "Whether it is the box that is told").of("0; 1"),
        Column::count("cases", "futures", "Futures in the box"),
        Column::count("failures", "futures", "Futures in the box that do not meet the goal"),
        Column::number("coverage", "share", "Share of all failures that are in the box").of("0 to 1"),
        Column::number("density", "share", "Share of the futures in the box that fail").of("0 to 1"),
        Column::number("mass", "share", "Share of all futures that are in the box").of("0 to 1"),
        Column::text("dimension", "Column of the table of futures that is limited"),
        Column::number("low", "of the dimension", "Lower limit").of("missing for ladders"),
        Column::number("high", "of the dimension", "Upper limit").of("missing for ladders"),
        Column::text("kinds", "Ladders in the box, joined by +").of("none: no shock"),
        Column::number("quasi_p_low", "chance", "How likely the lower limit would be by chance")
            .of("missing without one"),
        Column::number("quasi_p_high", "chance", "The same of the upper limit").of("missing without one"),
    ]
}

/// Columns of the table of ranks.
pub(super) fn ranking() -> Vec<Column> {
    vec![
        Column::text("criterion", "What designs are ranked by").of("goals; mean_regret; worst"),
        design(),
        Column::number("first", "share", "Share of resamples of the points in which it ranks first").of("0 to 1"),
        Column::text("rival", "Short name of another design"),
        Column::number("ahead_of_rival", "share", "Share of resamples in which it is ahead of the rival").of("0 to 1"),
    ]
}

fn design() -> Column {
    Column::text("design", "Short name of the design")
}

fn ladder() -> Column {
    Column::text("ladder", "Ladder of shocks by its key in study.json").of("empty: no shock")
}

fn step() -> Column {
    Column::count("step", "", "Step of the ladder").of("0: no shock; from 1, the smallest")
}

fn size() -> Column {
    Column::text("size", "Name of the step")
}

fn low() -> Column {
    Column::number("low", "share", "Lower end of the 95% interval").of("0 to 1")
}

fn high() -> Column {
    Column::number("high", "share", "Upper end of the 95% interval").of("0 to 1")
}
