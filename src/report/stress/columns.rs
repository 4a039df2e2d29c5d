//! The columns of the tables of a stress test: what each means, its unit, which values it takes.

use super::super::folder::{Column, OF_THE_MEASURE};
use super::super::unit;
use super::Account;
use crate::experiment::stress::file::Range;

/// Column, type, unit, meaning and values. `{score}` stands for the unit of the score, `{level}` for the level of intervals.
pub(super) type Row = [&'static str; 5];

/// Columns as they are told here.
pub(super) fn list(account: &Account, rows: &[Row]) -> Vec<Column> {
    let score = &account.futures.score;
    let score = format!("of {}: {}", score.key, unit::key(score.unit));
    let level = account.level().to_string();
    let column = |[name, kind, unit, meaning, values]: &Row| {
        let (unit, meaning) = (unit.replace("{score}", &score), meaning.replace("{level}", &level));
        let column = match *kind {
            "text" => Column::text(*name, meaning),
            "whole number" => Column::count(*name, &unit, meaning),
            _ => Column::number(*name, &unit, meaning),
        };
        column.of(*values)
    };
    rows.iter().map(column).collect()
}

/// The columns of the table of futures: among them one for each parameter, and two for each goal.
pub(super) fn futures(account: &Account) -> Vec<Column> {
    let file = &account.futures.shocks.file;
    let mut columns = list(account, FUTURE);
    for (key, parameter) in &file.parameters {
        if let Range::Among(_) = parameter.range {
            let levels: Vec<&str> = parameter.range.levels().collect();
            columns.push(Column::text(format!("parameter.{key}"), &parameter.label).of(levels.join("; ")));
            continue;
        }
        let [from, to] = parameter.range.ends();
        let unit = if matches!(parameter.range, Range::Times(_)) { "factor" } else { &parameter.unit };
        let column = Column::number(format!("parameter.{key}"), unit, &parameter.label);
        columns.push(column.of(format!("{from} to {to}")));
    }
    columns.extend(list(account, RUNS));
    for (key, goal) in &file.goals {
        let value = format!("{}: mean over the runs of {}", goal.label, goal.measure);
        columns.push(Column::number(format!("goal.{key}.value"), OF_THE_MEASURE, value));
        let share = format!("{}: share of the runs that keep to the level", goal.label);
        columns.push(Column::number(format!("goal.{key}.met_in"), "share", share).of("0 to 1"));
    }
    columns.extend(list(account, OUTCOMES));
    columns
}

const DESIGN: Row = ["design", "text", "", "Short name of the design", ""];
const LADDER: Row = ["ladder", "text", "", "Ladder of shocks by its key in study.json", "empty: no shock"];
const STEP: Row = ["step", "whole number", "", "Step of the ladder", "0: no shock; from 1, the smallest"];
const SIZE: Row = ["size", "text", "", "Name of the step", ""];
const LOW: Row = ["low", "number", "share", "Lower end of the {level} interval", "0 to 1"];
const HIGH: Row = ["high", "number", "share", "Upper end of the {level} interval", "0 to 1"];

const FUTURE: &[Row] = &[
    ["future", "whole number", "", "Number of the future; every design meets it with the same luck", "from 0"],
    ["point", "whole number", "", "Number of the point in the ranges of what is uncertain", "from 0"],
    LADDER,
    STEP,
    SIZE,
    ["severity", "number", "share", "Step as a share of the steps of its ladder", "0 to 1"],
];

const RUNS: &[Row] = &[
    DESIGN,
    ["runs", "whole number", "runs", "Runs that came to an end", ""],
    ["failed_runs", "whole number", "runs", "Runs that failed", ""],
    ["failure", "text", "", "Why the first of them did", ""],
];

const OUTCOMES: &[Row] = &[
    ["all_goals.met_in", "number", "share", "Share of the runs that keep to the levels of all goals at once", "0 to 1"],
    ["all_goals.met", "number", "", "Whether that is at least met_in of study.json", "0; 1"],
    ["score", "number", "{score}", "Mean of the score over the runs", ""],
    ["regret", "number", "{score}", "How much better the best design is in the same future", "0: it is the best"],
    ["recovered", "number", "share", "Share of the runs that recovered", "missing where the shock has no fixed step"],
    [
        "recovery_steps",
        "number",
        "steps",
        "Mean time from the end of the shock to the recovery",
        "missing where no run recovered",
    ],
];

pub(super) const GOALS: &[Row] = &[
    DESIGN,
    ["goal", "text", "", "Goal by its key in study.json", "all: all goals at once"],
    ["futures", "whole number", "futures", "Futures", ""],
    ["met", "whole number", "futures", "Futures that meet the goal", ""],
    ["share", "number", "share", "Share of the futures that meet the goal", "0 to 1"],
    LOW,
    HIGH,
];

pub(super) const DESIGNS: &[Row] = &[
    DESIGN,
    [
        "open",
        "whole number",
        "futures",
        "Futures of which so few runs leave open whether all goals are met: {level} interval of the share of runs about met_in",
        "",
    ],
    ["score", "number", "{score}", "Mean of the score over all runs of all futures", ""],
    ["worst", "number", "{score}", "Mean over the worst 5% of futures (CVaR)", ""],
    ["worst_low", "number", "{score}", "Lower end of its {level} interval", ""],
    ["worst_high", "number", "{score}", "Upper end of its {level} interval", ""],
    ["mean_regret", "number", "{score}", "Mean over the futures of how much better the best design is", ""],
    ["mean_regret_low", "number", "{score}", "Lower end of its {level} interval", ""],
    ["mean_regret_high", "number", "{score}", "Upper end of its {level} interval", ""],
    ["largest_regret", "number", "{score}", "Largest regret", ""],
    ["largest_regret_in_future", "number", "", "Number of the future that has it", ""],
    ["recovered", "number", "share", "Share of the runs under a shock at a fixed step that recovered", "0 to 1"],
    ["recovery_steps", "number", "steps", "Mean time to the recovery, of runs that recovered", ""],
];

pub(super) const STEPS: &[Row] = &[
    DESIGN,
    LADDER,
    STEP,
    SIZE,
    ["futures", "whole number", "futures", "Futures on this step", ""],
    ["met", "whole number", "futures", "Those that meet all goals", ""],
    ["share", "number", "share", "Their share", "0 to 1"],
    LOW,
    HIGH,
    ["score", "number", "{score}", "Mean of the score on this step", ""],
    ["mean_regret", "number", "{score}", "Mean regret on this step", ""],
];

pub(super) const BOXES: &[Row] = &[
    DESIGN,
    ["goal", "text", "", "Goal that is not met in the failures, by its key in study.json", "all: all goals at once"],
    ["box", "whole number", "", "Number of the box on the way of PRIM; box 0, the whole, has no limits", "from 1"],
    ["chosen", "whole number", "", "Whether it is the box that is told", "0; 1"],
    ["cases", "whole number", "futures", "Futures in the box", ""],
    ["failures", "whole number", "futures", "Futures in the box that do not meet the goal", ""],
    ["coverage", "number", "share", "Share of all failures that are in the box", "0 to 1"],
    ["density", "number", "share", "Share of the futures in the box that fail", "0 to 1"],
    ["mass", "number", "share", "Share of all futures that are in the box", "0 to 1"],
    ["dimension", "text", "", "Column of the table of futures that is limited", ""],
    ["low", "number", "of the dimension", "Lower limit", "missing for ladders"],
    ["high", "number", "of the dimension", "Upper limit", "missing for ladders"],
    ["kinds", "text", "", "Ladders, or names of words, in the box, joined by +", "none: no shock"],
    ["quasi_p_low", "number", "chance", "How likely the lower limit would be by chance", "missing without one"],
    ["quasi_p_high", "number", "chance", "The same of the upper limit", "missing without one"],
];

pub(super) const RANKING: &[Row] = &[
    ["criterion", "text", "", "What designs are ranked by", "goals; mean_regret; worst"],
    DESIGN,
    ["first", "number", "share", "Share of resamples of the points in which it ranks first", "0 to 1"],
    ["rival", "text", "", "Short name of another design", ""],
    ["ahead_of_rival", "number", "share", "Share of resamples in which it is ahead of the rival", "0 to 1"],
];
