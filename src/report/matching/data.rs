//! The tidy tables of a match, full precision.

use super::{Account, value_of};
use crate::experiment::matching::file::{Observed, Scale};
use crate::report::folder::{Column, Field, TableFile};
use std::io;

/// The unit of a column whose rows are about different numbers.
const OF_THE_NUMBER: &str = "of the number";

/// The unit of a column whose rows are about different targets.
const OF_THE_TARGET: &str = "of the target";

/// Every table.
pub(super) fn tables(account: &Account) -> io::Result<Vec<TableFile>> {
    Ok(vec![
        points(account)?,
        targets(account)?,
        ranges(account)?,
        conflicts(account)?,
        exclusions(account)?,
        waves(account)?,
    ])
}

fn yes(is: bool) -> Field<'static> {
    Field::Text(if is { "yes" } else { "no" })
}

/// A row a point that was tried.
fn points(account: &Account) -> io::Result<TableFile> {
    let mut columns = vec![
        Column::count("point", "", "Number of the point").of("from 0"),
        Column::count("wave", "", "Number of the wave that tried it").of("from 0"),
        Column::count(
            "runs",
            "runs",
            "Runs of each arm that decided; 0 where the values are impossible or a run failed",
        ),
        Column::text("left", "Whether the evidence leaves it").of("yes; no"),
        Column::number("implausibility", "standard deviations", "How far off the target that counts is"),
        Column::number("weight", "", "How much of what is left it stands for; 0 if it is not left"),
    ];
    let numbers = account.problem.numbers();
    columns.extend(numbers.map(|(name, open)| Column::number(name, &open.unit, &open.meaning)));
    let foretold = |name: &String| format!("foretold_{name}");
    let aims = &account.problem.aims;
    columns.extend(
        aims.iter().map(|aim| Column::number(foretold(&aim.name), &aim.unit, format!("Foretold: {}", aim.meaning))),
    );
    TableFile::short("points", columns, |rows| {
        for (number, point) in account.search.points.iter().enumerate() {
            let mut row =
                vec![Field::Count(number as u64), Field::Count(point.wave as u64), Field::Count(u64::from(point.runs))];
            row.extend([yes(point.is_left), Field::Number(Some(point.worst)), Field::Number(Some(point.weight))]);
            row.extend(account.problem.values(&point.shares).into_iter().map(|value| Field::Number(Some(value))));
            row.extend((0..aims.len()).map(|aim| Field::Number(Some(value_of(point, aim)))));
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// A row a target.
fn targets(account: &Account) -> io::Result<TableFile> {
    let of = OF_THE_TARGET;
    let columns = vec![
        Column::text("target", "Name of the target in the match file"),
        Column::text("use", "What it is for").of("match; hold_out"),
        Column::text("unit", "Unit of the target"),
        Column::text("agrees", "Which values agree").of("about; at_least; at_most; between"),
        Column::number("observed", of, "Value observed; of a range its lower end"),
        Column::number("observed_to", of, "Upper end of a range"),
        Column::number("error", of, "Standard error of the observation"),
        Column::number("discrepancy", of, "What the model may be off by, as a standard deviation"),
        Column::number("median", of, "Median of what the points that are left foretell"),
        Column::number("low", of, "Lower end of their 90% interval"),
        Column::number("high", of, "Upper end of their 90% interval"),
        Column::number("ruled_out", "points", "Points of the first wave that it rules out"),
        Column::number("ruled_out_alone", "points", "Points of the first wave that it alone rules out"),
        Column::number("first_wave", "points", "Points of the first wave that could be run"),
        Column::text("meaning", "What it is"),
        Column::text("source", "Where the observation is from"),
    ];
    TableFile::short("targets", columns, |rows| {
        for (position, aim) in account.problem.aims.iter().enumerate() {
            let Some(target) = account.problem.file.targets.get(&aim.name) else { continue };
            let (agrees, from, to) = match aim.observed {
                None => ("", None, None),
                Some(Observed::About(at)) => ("about", Some(at), None),
                Some(Observed::AtLeast(at)) => ("at_least", Some(at), None),
                Some(Observed::AtMost(at)) => ("at_most", Some(at), None),
                Some(Observed::Between([from, to])) => ("between", Some(from), Some(to)),
            };
            let [low, median, high] = account.foretold(position);
            let out = account.ruled_out.iter().find(|out| out.target == position);
            let count = |pick: fn(&super::RuledOut) -> usize| out.map(|out| pick(out) as f64);
            let numbers = [from, to, Some(target.error), Some(target.discrepancy), Some(median), Some(low), Some(high)];
            let use_of = if aim.is_matched { "match" } else { "hold_out" };
            let mut row = [aim.name.as_str(), use_of, aim.unit.as_str(), agrees].map(Field::Text).to_vec();
            row.extend(numbers.map(Field::Number));
            row.extend([count(|out| out.points), count(|out| out.alone), count(|out| out.of)].map(Field::Number));
            row.extend([aim.meaning.as_str(), target.source.as_str()].map(Field::Text));
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// A row an open number, before and after.
fn ranges(account: &Account) -> io::Result<TableFile> {
    let of = OF_THE_NUMBER;
    let columns = vec![
        Column::text("number", "Name of the open number"),
        Column::text("unit", "Unit of the number"),
        Column::text("scale", "How it is spread over its range").of("linear; log"),
        Column::number("from", of, "Least value held possible before"),
        Column::number("to", of, "Greatest value held possible before"),
        Column::number("median", of, "Median of what is left"),
        Column::number("low", of, "Lower end of the 90% interval of what is left"),
        Column::number("high", of, "Upper end of the 90% interval of what is left"),
        Column::number("left_open", "share", "Width of that interval against its width before"),
        Column::text("meaning", "What the number is"),
        Column::text("note", "Where the range is from"),
    ];
    let after = account.numbers();
    TableFile::short("ranges", columns, |rows| {
        for (position, (name, open)) in account.problem.numbers().enumerate() {
            let scale = if open.scale == Scale::Log { "log" } else { "linear" };
            let after = after.get(position);
            let numbers = [
                Some(open.range[0]),
                Some(open.range[1]),
                after.map(|after| after.after[1]),
                after.map(|after| after.after[0]),
                after.map(|after| after.after[2]),
                after.map(|after| after.left_open),
            ];
            let mut row = [name, open.unit.as_str(), scale].map(Field::Text).to_vec();
            row.extend(numbers.map(Field::Number));
            row.extend([open.meaning.as_str(), open.note.as_str()].map(Field::Text));
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// A row a pair of targets.
fn conflicts(account: &Account) -> io::Result<TableFile> {
    let columns = vec![
        Column::text("target", "One target"),
        Column::text("other", "Another"),
        Column::count("met", "points", "Points of the first wave that meet both"),
        Column::number("expected", "points", "So many would if meeting one told nothing of meeting the other"),
        Column::count("met_in_all", "points", "Points of all waves that meet both"),
        Column::number(
            "nearest_miss",
            "standard deviations",
            "The least of what points are off from the worse of the two",
        ),
    ];
    TableFile::short("conflicts", columns, |rows| {
        for pair in &account.pairs {
            let [one, other] = pair.targets.map(|target| Field::Text(account.aim(target).name.as_str()));
            let row = [
                one,
                other,
                Field::Count(pair.met as u64),
                Field::Number(Some(pair.expected)),
                Field::Count(pair.met_in_all as u64),
                Field::Number(Some(pair.nearest_miss)),
            ];
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// A row a smallest set of targets that no point meets.
fn exclusions(account: &Account) -> io::Result<TableFile> {
    let columns = vec![
        Column::text("targets", "Targets that no point meets at once, although each lesser set of them is met")
            .of("names, by `;`"),
        Column::number(
            "expected",
            "points",
            "Points of the first wave that would meet all if meeting one told nothing of another",
        ),
        Column::number(
            "nearest_miss",
            "standard deviations",
            "The least of what points are off from the worst of them",
        ),
    ];
    TableFile::short("exclusions", columns, |rows| {
        for set in &account.exclusions {
            let names: Vec<&str> = set.targets.iter().map(|target| account.aim(*target).name.as_str()).collect();
            let names = names.join("; ");
            rows.add(&[Field::Text(&names), Field::Number(Some(set.expected)), Field::Number(Some(set.nearest_miss))])?;
        }
        Ok(())
    })
}

/// A row a wave and target.
fn waves(account: &Account) -> io::Result<TableFile> {
    let columns = vec![
        Column::count("wave", "", "Number of the wave").of("from 0"),
        Column::count("points", "points", "Points that it tried"),
        Column::count("left", "points", "Points of it that are left"),
        Column::text("target", "Name of the target"),
        Column::number(
            "emulator_explains",
            "share",
            "Share of the variance between earlier points that the emulator foretold of points left out; missing in the first wave",
        ),
    ];
    TableFile::short("waves", columns, |rows| {
        for (number, wave) in account.search.waves.iter().enumerate() {
            for (position, aim) in account.problem.aims.iter().enumerate().filter(|(_, aim)| aim.is_matched) {
                rows.add(&[
                    Field::Count(number as u64),
                    Field::Count(wave.points as u64),
                    Field::Count(wave.left as u64),
                    Field::Text(&aim.name),
                    Field::Number(wave.explained.get(position).copied().flatten()),
                ])?;
            }
        }
        Ok(())
    })
}
