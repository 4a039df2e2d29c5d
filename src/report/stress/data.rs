//! The tidy tables of a stress test: one observation a row, shares from 0 to 1; an empty field is a number that there is not.

use std::io;

use super::super::failed::FAILURE;
use super::super::folder::{Command, Field, Rows, TableFile};
use super::{Account, columns};
use crate::experiment::stress::file::Range;
use crate::experiment::stress::{Criterion, FailBox, Failing};
use crate::statistics::prim::Limits;

/// Every table: futures in the format asked for, the short ones always as CSV. Of an incomplete experiment only the futures.
pub(super) fn tables(account: &Account, command: &Command) -> io::Result<Vec<TableFile>> {
    let mut tables = vec![futures(account, command)?];
    if account.verdict.is_some() {
        tables.extend([goals(account)?, designs(account)?, steps(account)?, boxes(account)?]);
        if account.designs().len() > 1 {
            tables.push(ranking(account)?);
        }
    }
    Ok(tables)
}

/// A row for each future and design. What failed stands there with the number of failed runs and the reason.
fn futures(account: &Account, command: &Command) -> io::Result<TableFile> {
    TableFile::new(command.format, "futures", columns::futures(account), |table| {
        for future in 0..account.futures.count() {
            for design in 0..account.designs().len() {
                table.add(&future_row(account, future, design))?;
            }
        }
        Ok(())
    })
}

fn future_row<'a>(account: &'a Account, future: usize, design: usize) -> Vec<Field<'a>> {
    let (point, rung) = account.futures.place(future);
    let step = account.futures.shocks.rungs[rung].step;
    let ladder = step.and_then(|(ladder, _)| account.futures.shocks.file.ladders.get_index(ladder));
    let size = ladder.zip(step).and_then(|((_, ladder), (_, step))| ladder.steps.get(step));
    let cell = &account.stress.cells[future][design];
    let standing = account.verdict.as_ref().map(|verdict| &verdict.designs[design]);
    let share = |met: u64| Field::Number((cell.runs > 0).then(|| cell.share(met)));
    let mut row = vec![
        Field::Count(future as u64),
        Field::Count(point as u64),
        Field::Text(ladder.map_or("", |(key, _)| key)),
        Field::Count(step.map_or(0, |(_, step)| step as u64 + 1)),
        Field::Text(size.map_or("", String::as_str)),
        Field::Number(Some(account.futures.shocks.severity(rung))),
    ];
    let parameters = account.futures.shocks.file.parameters.values();
    row.extend(parameters.zip(&account.futures.points[point]).map(|(parameter, value)| match parameter.range {
        Range::Among(_) => Field::Text(parameter.range.levels().nth(*value as usize).unwrap_or_default()),
        Range::Between(_) | Range::Times(_) => Field::Number(Some(*value)),
    }));
    row.extend([Field::Text(&account.keys[design]), Field::Count(cell.runs), Field::Count(cell.failures.runs)]);
    let reason = if cell.failures.runs > 0 { FAILURE } else { "" };
    row.push(Field::Text(cell.failure.as_deref().unwrap_or(reason)));
    for (tally, met) in cell.values.iter().zip(&cell.met) {
        row.extend([Field::Number(tally.mean()), share(*met)]);
    }
    row.push(share(cell.met_all));
    row.push(Field::Number((cell.runs > 0).then(|| f64::from(u8::from(account.futures.is_met(cell, cell.met_all))))));
    row.push(Field::Number(cell.score.mean()));
    row.push(Field::Number(standing.and_then(|standing| standing.regret[future])));
    row.extend([Field::Number(cell.recovered.mean()), Field::Number(cell.recovery.mean())]);
    row
}

/// A row for each design and goal, and for all goals at once.
fn goals(account: &Account) -> io::Result<TableFile> {
    TableFile::short("goals", columns::list(account, columns::GOALS), |table| {
        for (key, standing) in account.standings() {
            let names = account.futures.shocks.file.goals.keys().map(String::as_str).chain(["all"]);
            for (goal, share) in names.zip(standing.goals.iter().chain([&standing.all_goals])) {
                let mut row = vec![Field::Text(key), Field::Text(goal)];
                row.extend([Field::Count(share.all as u64), Field::Count(share.some as u64)]);
                row.push(Field::Number(Some(share.value())));
                row.extend(Field::ends(share.interval));
                table.add(&row)?;
            }
        }
        Ok(())
    })
}

/// A row for each design: its score, its worst futures, its regret, its recovery.
fn designs(account: &Account) -> io::Result<TableFile> {
    TableFile::short("designs", columns::list(account, columns::DESIGNS), |table| {
        for (key, standing) in account.standings() {
            let mut row = vec![Field::Text(key), Field::Count(standing.open as u64), Field::Number(standing.score)];
            for figure in [standing.worst, standing.mean_regret] {
                row.push(Field::Number(figure.map(|(value, _)| value)));
                row.extend(Field::ends(figure.and_then(|(_, interval)| interval)));
            }
            row.push(Field::Number(standing.largest_regret.map(|(regret, _)| regret)));
            row.push(Field::Number(standing.largest_regret.map(|(_, future)| future as f64)));
            row.push(Field::Number(standing.recovery.recovered.mean()));
            row.push(Field::Number(standing.recovery.steps.mean()));
            table.add(&row)?;
        }
        Ok(())
    })
}

/// A row for each design and step of each ladder; step 0 is no shock.
fn steps(account: &Account) -> io::Result<TableFile> {
    TableFile::short("steps", columns::list(account, columns::STEPS), |table| {
        for (design, (key, standing)) in account.standings().enumerate() {
            for (number, rung) in account.futures.shocks.rungs.iter().enumerate() {
                let ladder = rung.step.and_then(|(ladder, _)| account.futures.shocks.file.ladders.get_index(ladder));
                let size = ladder.zip(rung.step).and_then(|((_, ladder), (_, step))| ladder.steps.get(step));
                let share = account.share_at(standing, number);
                let futures = (0..account.futures.count()).filter(|future| account.futures.place(*future).1 == number);
                let scores = futures.clone().map(|future| account.stress.cells[future][design].score.mean());
                let mut row = vec![Field::Text(key), Field::Text(ladder.map_or("", |(key, _)| key))];
                row.push(Field::Count(rung.step.map_or(0, |(_, step)| step as u64 + 1)));
                row.push(Field::Text(size.map_or("", String::as_str)));
                row.extend([Field::Count(share.all as u64), Field::Count(share.some as u64)]);
                row.push(Field::Number(Some(share.value())));
                row.extend(Field::ends(share.interval));
                row.push(Field::Number(mean(scores)));
                row.push(Field::Number(mean(futures.map(|future| standing.regret[future]))));
                table.add(&row)?;
            }
        }
        Ok(())
    })
}

/// The mean of the numbers that there are.
fn mean(values: impl Iterator<Item = Option<f64>>) -> Option<f64> {
    let there: Vec<f64> = values.flatten().collect();
    (!there.is_empty()).then(|| there.iter().sum::<f64>() / there.len() as f64)
}

/// A row for each design, each box that PRIM went through on its way, and each dimension that it limits.
fn boxes(account: &Account) -> io::Result<TableFile> {
    TableFile::short("boxes", columns::list(account, columns::BOXES), |table| {
        let goals = account.futures.shocks.file.goals.keys();
        for (key, standing) in account.standings() {
            let failing = standing.failing_goals.iter().chain([&standing.failing]);
            for (goal, failing) in goals.clone().map(String::as_str).chain(["all"]).zip(failing) {
                let (Failing::Within(found) | Failing::NearlyEverywhere(found)) = failing else { continue };
                add_boxes(account, table, [key, goal], found)?;
            }
        }
        Ok(())
    })
}

/// The words of a parameter that a box admits.
fn level_names(account: &Account, parameter: usize, levels: &[usize]) -> String {
    let parameter = account.futures.shocks.file.parameters.get_index(parameter);
    let all: Vec<&str> = parameter.map_or_else(Vec::new, |(_, parameter)| parameter.range.levels().collect());
    levels.iter().filter_map(|level| all.get(*level).copied()).collect::<Vec<_>>().join("+")
}

fn add_boxes(account: &Account, table: &mut Rows<Vec<u8>>, names: [&str; 2], found: &FailBox) -> io::Result<()> {
    let keys = dimension_keys(account);
    for (number, one) in found.boxes.iter().enumerate() {
        for dimension in (0..keys.len()).filter(|dimension| one.restricted[*dimension]) {
            let (interval, kinds) = match &one.limits[dimension] {
                Limits::Between(interval) => (Some(*interval), String::new()),
                Limits::Among(levels) if dimension > 0 && account.futures.is_levels(dimension - 1) => {
                    (None, level_names(account, dimension - 1, levels))
                }
                Limits::Among(kinds) => (None, kind_keys(account, kinds)),
            };
            let mut row = names.map(Field::Text).to_vec();
            row.extend([number as u64, u64::from(*one == found.chosen)].map(Field::Count));
            row.extend([one.cases as u64, one.of_interest as u64].map(Field::Count));
            row.extend([one.coverage, one.density, one.mass].map(|share| Field::Number(Some(share))));
            row.push(Field::Text(&keys[dimension]));
            row.extend(Field::ends(interval));
            row.push(Field::Text(&kinds));
            row.extend(one.quasi_p[dimension].map(Field::Number));
            table.add(&row)?;
        }
    }
    Ok(())
}

/// The columns of the table of futures that stand for the dimensions of boxes.
fn dimension_keys(account: &Account) -> Vec<String> {
    let mut keys = vec!["severity".to_owned()];
    keys.extend(account.futures.shocks.file.parameters.keys().map(|key| format!("parameter.{key}")));
    keys.push("ladder".to_owned());
    keys.truncate(account.futures.dimensions().len());
    keys
}

/// Ladders by their keys, joined by `+`; `none` is no shock.
fn kind_keys(account: &Account, kinds: &[usize]) -> String {
    let ladders = &account.futures.shocks.file.ladders;
    let key =
        |kind: &usize| kind.checked_sub(1).and_then(|ladder| ladders.get_index(ladder)).map_or("none", |(key, _)| key);
    kinds.iter().map(key).collect::<Vec<_>>().join("+")
}

/// A row for each criterion, design and rival.
fn ranking(account: &Account) -> io::Result<TableFile> {
    TableFile::short("ranking", columns::list(account, columns::RANKING), |table| {
        for (criterion, ranking) in account.verdict.iter().flat_map(|verdict| &verdict.rankings) {
            let name = match criterion {
                Criterion::Goals => "goals",
                Criterion::Regret => "mean_regret",
                Criterion::Worst => "worst",
            };
            for (one, key) in account.keys.iter().enumerate() {
                for (other, rival) in account.keys.iter().enumerate().filter(|(other, _)| *other != one) {
                    let first = Field::Number(Some(ranking.first[one]));
                    let ahead = Field::Number(Some(ranking.ahead[one][other]));
                    table.add(&[Field::Text(name), Field::Text(key), first, Field::Text(rival), ahead])?;
                }
            }
        }
        Ok(())
    })
}
