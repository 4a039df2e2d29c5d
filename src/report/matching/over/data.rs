//! The tidy tables of arms over an ensemble, full precision.

use super::{Account, sets};
use crate::experiment::matching::Sort;
use crate::model::rule::RuleName;
use crate::report::folder::{Column, Field, OF_THE_MEASURE, TableFile};
use crate::report::unit;
use std::io;

/// Every table.
pub(super) fn tables(account: &Account) -> io::Result<Vec<TableFile>> {
    let mut tables = vec![over(account)?, decides(account)?, differences(account)?, points(account)?];
    if let Sort::Rules(_) = account.over.sort {
        tables.push(best(account)?);
    }
    Ok(tables)
}

fn arm_and_measure() -> Vec<Column> {
    let mut columns = vec![Column::text("arm", "Short name of the arm")];
    columns.extend(Column::measure("What is compared"));
    columns
}

/// A row an arm and measure.
fn over(account: &Account) -> io::Result<TableFile> {
    let of = OF_THE_MEASURE;
    let mut columns = arm_and_measure();
    columns.extend([
        Column::count("points", "points", "Points at which the difference has a value"),
        Column::count("higher", "points", "Points at which its 95% interval over runs is above nought"),
        Column::count("lower", "points", "Points at which it is below"),
        Column::count("unclear", "points", "Points at which luck leaves it open"),
        Column::count("same", "points", "Points at which it is the same in every run"),
        Column::number("mean", of, "Mean difference from the first arm over points"),
        Column::number("low", of, "Value below which it lies at 5% of the points, luck taken out"),
        Column::number("high", of, "Value below which it lies at 95% of the points, luck taken out"),
        Column::number("luck", of, "Standard error that luck leaves the difference at a point"),
    ]);
    TableFile::short("over", columns, |rows| {
        for arm in account.others() {
            for (position, measure) in account.over.measures.iter().enumerate() {
                let found = account.difference(arm, position);
                let mut row = [account.keys[arm].as_str(), measure.key.as_str(), unit::key(measure.unit)]
                    .map(Field::Text)
                    .to_vec();
                row.extend(
                    [found.points, found.higher, found.lower, found.unclear, found.same]
                        .map(|count| Field::Count(count as u64)),
                );
                let numbers = [found.mean, found.interval[0], found.interval[1], found.luck];
                row.extend(numbers.map(|number| Field::Number(Some(number))));
                rows.add(&row)?;
            }
        }
        Ok(())
    })
}

/// A row a set of rules that is worth most at some point.
fn best(account: &Account) -> io::Result<TableFile> {
    let of = OF_THE_MEASURE;
    let mut columns = Column::measure("By which sets of rules are judged").to_vec();
    columns.extend([
        Column::text("rules", "The set, its rules with + between them"),
        Column::count("points", "points", "Points at which every set has a value"),
        Column::count(
            "best",
            "points",
            "Points at which it is worth most; of sets that come to the same the smallest counts",
        ),
        Column::count("clear", "points", "Those of them at which that is more than luck"),
        Column::number("behind", of, "By how much it is behind the best set of each point, on average"),
        Column::number("behind_at_worst", of, "By how much it is behind at the worst twentieth of the points at least"),
    ]);
    TableFile::short("best", columns, |rows| {
        let Some(sets) = account.over.sets.as_ref().filter(|sets| !sets.points.is_empty()) else { return Ok(()) };
        let measure = account.measure(0);
        for set in sets.ranked() {
            let keys = sets::rules(account, set.coalition).map(RuleName::key).collect::<Vec<_>>().join("+");
            let mut row = [measure.key.as_str(), unit::key(measure.unit), &keys].map(Field::Text).to_vec();
            row.extend([sets.points.len(), set.best, set.clear].map(|count| Field::Count(count as u64)));
            row.extend([set.behind, set.behind_at_worst].map(|number| Field::Number(Some(number))));
            rows.add(&row)?;
        }
        Ok(())
    })
}

/// A row an arm, measure and number.
fn decides(account: &Account) -> io::Result<TableFile> {
    let mut columns = arm_and_measure();
    columns.extend([
        Column::text("number", "Name of the open number"),
        Column::number("rank_correlation", "", "Spearman's, between the number and the difference over points"),
        Column::text("clear", "Whether that is more than chance among so many numbers").of("yes; no"),
        Column::number(
            "value_of_knowing",
            "share",
            "Share of the doubt about the difference that would go if the number were known",
        ),
        Column::number("sign_of_knowing", "share", "Share of the doubt about its sign that would go"),
        Column::number("turns_at", "of the number", "Value at which the sign turns; missing where it does not"),
    ]);
    TableFile::short("decides", columns, |rows| {
        for arm in account.others() {
            for (position, measure) in account.over.measures.iter().enumerate() {
                let found = account.difference(arm, position);
                for (number, influence) in account.kept.numbers.iter().zip(&found.numbers) {
                    let mut row = [account.keys[arm].as_str(), measure.key.as_str(), unit::key(measure.unit)]
                        .map(Field::Text)
                        .to_vec();
                    row.extend([
                        Field::Text(&number.name),
                        Field::Number(Some(influence.rank)),
                        Field::Text(if influence.is_clear { "yes" } else { "no" }),
                        Field::Number(Some(influence.value_of_knowing)),
                        Field::Number(Some(influence.sign_of_knowing)),
                        Field::Number(influence.turn.map(|turn| turn.at)),
                    ]);
                    rows.add(&row)?;
                }
            }
        }
        Ok(())
    })
}

/// A row a point, arm and measure.
fn differences(account: &Account) -> io::Result<TableFile> {
    let of = OF_THE_MEASURE;
    let mut columns = vec![Column::count("point", "", "Number of the point in the ensemble").of("from 0")];
    columns.extend(arm_and_measure());
    columns.extend([
        Column::number("level", of, "Mean over runs"),
        Column::number("difference", of, "Mean difference from the first arm, run by run"),
        Column::number("error", of, "Standard error of that mean"),
    ]);
    TableFile::short("differences", columns, |rows| {
        for (point, cells) in account.over.points.iter().zip(&account.over.cells) {
            for (key, cells) in account.keys.iter().zip(cells) {
                for (measure, cell) in account.over.measures.iter().zip(cells) {
                    let mut row = vec![Field::Count(*point as u64)];
                    row.extend([key.as_str(), measure.key.as_str(), unit::key(measure.unit)].map(Field::Text));
                    row.extend([cell.level, cell.difference, cell.error].map(|number| Field::Number(Some(number))));
                    rows.add(&row)?;
                }
            }
        }
        Ok(())
    })
}

/// A row a point of the ensemble.
fn points(account: &Account) -> io::Result<TableFile> {
    let mut columns = vec![Column::count("point", "", "Number of the point in the ensemble").of("from 0")];
    let numbers = &account.kept.numbers;
    columns.extend(numbers.iter().map(|number| Column::number(&number.name, &number.unit, &number.meaning)));
    TableFile::short("points", columns, |rows| {
        for point in &account.over.points {
            let mut row = vec![Field::Count(*point as u64)];
            row.extend(account.kept.points[*point].values.iter().map(|value| Field::Number(Some(*value))));
            rows.add(&row)?;
        }
        Ok(())
    })
}
