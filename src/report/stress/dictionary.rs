//! `data-dictionary.csv` of a stress test: every column of every table: what it means, its unit, which values it takes.

use std::io;

use super::super::folder::Format;
use super::super::folder::columns::unit;
use super::super::folder::tidy::{Column, Field, Kind, Rows};
use super::Account;

/// Column, type, unit, meaning and values.
type Row = [&'static str; 5];

/// The dictionary as it is written. It has no entry for itself.
pub(super) fn text(account: &Account, format: Format) -> io::Result<Vec<u8>> {
    let columns = Column::list(&["file", "column", "type", "unit", "meaning", "values"].map(|name| (name, Kind::Text)));
    let mut table = Rows::new(Format::Csv, &columns, Vec::new())?;
    for entry in entries(account, format) {
        table.add(&entry.each_ref().map(|text| Field::Text(text)))?;
    }
    table.finish()
}

fn entries(account: &Account, format: Format) -> Vec<[String; 6]> {
    let file = &account.futures.shocks.file;
    let score = format!("of {}: {}", account.futures.score.key, unit(account.futures.score.unit));
    let futures = format.file("futures");
    let fixed = |name: &str, rows: &[Row]| -> Vec<[String; 6]> {
        let filled = |row: &Row| {
            let [column, kind, unit, meaning, values] = row.map(|text| text.replace("{score}", &score));
            [name.to_owned(), column, kind, unit, meaning, values]
        };
        rows.iter().map(filled).collect()
    };
    let mut entries = fixed(&futures, FUTURES);
    for (key, parameter) in &file.parameters {
        let [from, to] = parameter.range.ends();
        let texts = [&futures, &format!("parameter.{key}"), "number", "", &parameter.label, &format!("{from} to {to}")];
        entries.push(texts.map(str::to_owned));
    }
    for (key, goal) in &file.goals {
        let value = format!("{}: mean over the runs of {}", goal.label, goal.measure);
        entries
            .push([&futures, &format!("goal.{key}.value"), "number", "of the measure", &value, ""].map(str::to_owned));
        let share = format!("{}: share of the runs that keep to the level", goal.label);
        entries.push([&futures, &format!("goal.{key}.met_in"), "number", "share", &share, "0 to 1"].map(str::to_owned));
    }
    let tables = [("goals", GOALS), ("designs", DESIGNS), ("steps", STEPS), ("boxes", BOXES), ("ranking", RANKING)];
    entries.extend(tables.iter().flat_map(|(stem, rows)| fixed(&Format::Csv.file(stem), rows)));
    entries
}

const DESIGN: Row = ["design", "text", "", "Short name of the design", ""];
const LADDER: Row = ["ladder", "text", "", "Ladder of shocks by its key in study.json", "empty: no shock"];
const STEP: Row = ["step", "whole number", "", "Step of the ladder", "0: no shock; from 1, the smallest"];
const SIZE: Row = ["size", "text", "", "Name of the step", ""];
const LOW: Row = ["low", "number", "share", "Lower end of the 95% interval", "0 to 1"];
const HIGH: Row = ["high", "number", "share", "Upper end of the 95% interval", "0 to 1"];

const FUTURES: &[Row] = &[
    ["future", "whole number", "", "Number of the future; every design meets it with the same luck", "from 0"],
    ["point", "whole number", "", "Number of the point in the ranges of what is uncertain", "from 0"],
    LADDER,
    STEP,
    SIZE,
    ["severity", "number", "share", "Step as a share of the steps of its ladder", "0 to 1"],
    DESIGN,
    ["runs", "whole number", "runs", "Runs that came to an end", ""],
    ["failed_runs", "whole number", "runs", "Runs that failed", ""],
    ["failure", "text", "", "Why the first of them did", ""],
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

const GOALS: &[Row] = &[
    DESIGN,
    ["goal", "text", "", "Goal by its key in study.json", "all: all goals at once"],
    ["futures", "whole number", "futures", "Futures", ""],
    ["met", "whole number", "futures", "Futures that meet the goal", ""],
    ["share", "number", "share", "Share of the futures that meet the goal", "0 to 1"],
    LOW,
    HIGH,
];

const DESIGNS: &[Row] = &[
    DESIGN,
    ["score", "number", "{score}", "Mean of the score over all runs of all futures", ""],
    ["worst", "number", "{score}", "Mean over the worst 5% of futures (CVaR)", ""],
    ["worst_low", "number", "{score}", "Lower end of its 95% interval", ""],
    ["worst_high", "number", "{score}", "Upper end of its 95% interval", ""],
    ["mean_regret", "number", "{score}", "Mean over the futures of how much better the best design is", ""],
    ["mean_regret_low", "number", "{score}", "Lower end of its 95% interval", ""],
    ["mean_regret_high", "number", "{score}", "Upper end of its 95% interval", ""],
    ["largest_regret", "number", "{score}", "Largest regret", ""],
    ["largest_regret_in_future", "number", "", "Number of the future that has it", ""],
    ["recovered", "number", "share", "Share of the runs under a shock at a fixed step that recovered", "0 to 1"],
    ["recovery_steps", "number", "steps", "Mean time to the recovery, of runs that recovered", ""],
];

const STEPS: &[Row] = &[
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

const BOXES: &[Row] = &[
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
    ["kinds", "text", "", "Ladders in the box, joined by +", "none: no shock"],
    ["quasi_p_low", "number", "chance", "How likely the lower limit would be by chance", "missing without one"],
    ["quasi_p_high", "number", "chance", "The same of the upper limit", "missing without one"],
];

const RANKING: &[Row] = &[
    ["criterion", "text", "", "What designs are ranked by", "goals; mean_regret; worst"],
    DESIGN,
    ["first", "number", "share", "Share of resamples of the points in which it ranks first", "0 to 1"],
    ["rival", "text", "", "Short name of another design", ""],
    ["ahead_of_rival", "number", "share", "Share of resamples in which it is ahead of the rival", "0 to 1"],
];
