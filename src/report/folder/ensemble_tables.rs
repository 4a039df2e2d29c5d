//! The tidy tables of a result folder that are known once all runs are done: one observation a row, shares from 0 to 1.

use std::io;

use crate::experiment::Cell;
use crate::model::measure::{Better, Measure, Sort};

use super::super::study::Study;
use super::super::tabulate::verdict;
use super::super::unit;
use super::column::{Column, OF_THE_MEASURE};
use super::table_file::TableFile;
use super::tidy::{Field, Format};
use super::years;

/// Series in the format asked for, the small tables always as CSV. Differences there are only with several arms.
pub(super) fn tables(study: &Study, format: Format) -> io::Result<Vec<TableFile>> {
    let mut tables = vec![series(study, format)?, years::table(study)?, summary(study)?];
    if study.arms.len() > 1 {
        tables.push(differences(study)?);
    }
    tables.push(measures(study)?);
    Ok(tables)
}

/// Mean and quantiles of every series over the runs. `step` is the number of steps done.
fn series(study: &Study, format: Format) -> io::Result<TableFile> {
    let mut columns = vec![
        arm(study, "arm", "Short name of the arm"),
        Column::count("step", study.unit(), "Number of steps done").of("from 1; long runs are thinned evenly"),
        Column::text("measure", "What is measured at the end of the step").of("measures.csv, recorded: step"),
        Column::number("mean", OF_THE_MEASURE, "Mean over the runs"),
    ];
    columns.extend(Column::quantiles(OF_THE_MEASURE));
    columns.push(Column::count("runs", "runs", "Runs that have a value"));
    TableFile::new(format, "series", columns, |rows| {
        for (key, summary) in study.keys().iter().zip(study.summaries()) {
            for (step, cells) in summary.steps.iter().zip(summary.series.chunks(summary.series_measures.len().max(1))) {
                for (measure, cell) in summary.series_measures.iter().zip(cells) {
                    let mut row = vec![Field::Text(key), Field::Count(u64::from(*step) + 1), Field::Text(&measure.key)];
                    row.push(Field::Number(cell.tally.mean()));
                    row.extend(QUANTILES.map(|probability| Field::Number(cell.sketch.quantile(probability))));
                    row.push(Field::Count(cell.tally.count()));
                    rows.add(&row)?;
                }
            }
        }
        Ok(())
    })
}

/// What is told of every distribution: [`Column::quantiles`].
pub(in crate::report) const QUANTILES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// A column with the short name of an arm.
pub(super) fn arm(study: &Study, name: &str, meaning: &str) -> Column {
    Column::text(name, meaning).of(study.keys().join("; "))
}

/// The columns of a measure that is taken once a run.
fn measure() -> [Column; 2] {
    let [measure, unit] = Column::measure("What is measured once a run");
    [measure.of("measures.csv, recorded: run"), unit]
}

fn summary(study: &Study) -> io::Result<TableFile> {
    let mut columns = vec![arm(study, "arm", "Short name of the arm")];
    columns.extend(measure());
    columns.extend(Column::estimate(["mean", "low", "high"], OF_THE_MEASURE, "Mean over the runs", study.level()));
    columns.push(Column::number("sd", OF_THE_MEASURE, "Standard deviation over the runs: how much single runs differ"));
    columns.extend(Column::quantiles(OF_THE_MEASURE));
    columns.extend(Column::runs());
    TableFile::short("summary", columns, |rows| {
        for (arm, (key, summary)) in study.keys().iter().zip(study.summaries()).enumerate() {
            for (measure, cell) in summary.measures.iter().zip(&summary.outcomes) {
                let mut row = vec![Field::Text(key), Field::Text(&measure.key), Field::Text(unit::key(measure.unit))];
                row.extend(outcome(study, arm, &measure.key, cell));
                rows.add(&row)?;
            }
        }
        Ok(())
    })
}

fn outcome<'a>(study: &Study, arm: usize, key: &str, cell: &Cell) -> Vec<Field<'a>> {
    let interval = study.estimate(arm, key).and_then(|estimate| estimate.interval);
    let mut fields = vec![Field::Number(cell.tally.mean())];
    fields.extend(Field::ends(interval));
    fields.push(Field::Number(cell.tally.standard_deviation()));
    fields.extend(QUANTILES.map(|probability| Field::Number(study.quantile(arm, key, probability))));
    fields.extend([Field::Count(cell.tally.count()), Field::Count(cell.tally.missing())]);
    fields
}

/// Differences from the first arm, run by run. `runs` counts the pairs in which both arms have a value.
fn differences(study: &Study) -> io::Result<TableFile> {
    let share = |name: &str, how: &str| {
        Column::number(name, "share", format!("Share of the runs in which the arm is {how} than the reference"))
            .of("0 to 1")
    };
    let mut columns = vec![
        arm(study, "arm", "Short name of the arm that is compared"),
        arm(study, "reference", "Short name of the arm that it is compared with, the first"),
    ];
    columns.extend(measure());
    let mean = "Mean over the runs of arm less reference in the same run";
    columns.extend(Column::estimate(["difference", "low", "high"], OF_THE_MEASURE, mean, study.level()));
    columns.push(Column::number("median", OF_THE_MEASURE, "Median of the differences run by run"));
    columns.extend([share("share_higher", "higher"), share("share_lower", "lower")]);
    columns
        .push(Column::text("verdict", "What the difference means").of("better; worse; higher; lower; same; unclear"));
    columns.push(Column::count("runs", "runs", "Runs in which both have a value"));
    let keys = study.keys();
    TableFile::short("differences", columns, |rows| {
        for arm in study.others() {
            for measure in study.measures() {
                let Some(contrast) = study.contrast(arm, &measure.key) else { continue };
                let pairs = contrast.pairs;
                let share = |some: u64| Field::Number(Some(some as f64 / pairs.count() as f64));
                let mut row = [&keys[arm], &keys[0], &measure.key, unit::key(measure.unit)].map(Field::Text).to_vec();
                row.push(Field::Number(Some(contrast.difference)));
                row.extend(Field::ends(contrast.interval));
                row.push(Field::Number(pairs.sketch().quantile(0.5)));
                row.extend([share(pairs.above()), share(pairs.below())]);
                row.extend([Field::Text(verdict(&contrast)), Field::Count(pairs.count())]);
                rows.add(&row)?;
            }
        }
        Ok(())
    })
}

/// Every measure of every arm once.
fn measures(study: &Study) -> io::Result<TableFile> {
    let [_, unit_of] = Column::measure("");
    let columns = vec![
        Column::text("measure", "Key of the measure in the other tables"),
        Column::text("recorded", "When it is taken: once a run, each year, or at the end of each step")
            .of("run; year; step"),
        Column::text("label", "Its name for people"),
        unit_of,
        Column::text("sort", "What sort of number it is").of("share; chance; amount; money; time; count"),
        Column::text("better", "Which direction is better for the place").of("higher; lower; towards; neither"),
        Column::number("level", OF_THE_MEASURE, "Level that it is held against: the nearer, the better")
            .of("missing where there is none"),
        Column::number("matters", OF_THE_MEASURE, "The smallest difference that matters to the place")
            .of("of an amount and of money as a share of what there is"),
        Column::text("kind", "The kind of provider that it is about").of("empty: the whole place"),
    ];
    let mut seen: Vec<(&str, &str)> = Vec::new();
    TableFile::short("measures", columns, |rows| {
        for summary in study.summaries() {
            let lists =
                [("run", &summary.measures), ("year", &summary.year_measures), ("step", &summary.series_measures)];
            for (recorded, list) in lists {
                for measure in list {
                    if !seen.contains(&(recorded, &measure.key)) {
                        seen.push((recorded, &measure.key));
                        rows.add(&entry(measure, recorded))?;
                    }
                }
            }
        }
        Ok(())
    })
}

fn entry<'a>(measure: &'a Measure, recorded: &'a str) -> [Field<'a>; 9] {
    let text = Field::Text;
    [
        text(&measure.key),
        text(recorded),
        text(&measure.label),
        text(unit::key(measure.unit)),
        text(sort(measure.sort)),
        text(better(measure.better)),
        Field::Number(measure.level),
        Field::Number(Some(measure.matters)),
        text(measure.kind.as_deref().unwrap_or_default()),
    ]
}

fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Share => "share",
        Sort::Chance => "chance",
        Sort::Amount => "amount",
        Sort::Money => "money",
        Sort::Time => "time",
        Sort::Count => "count",
    }
}

fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Towards => "towards",
        Better::Neither => "neither",
    }
}
