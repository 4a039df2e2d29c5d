//! `years.csv`: every measure of a year, of each kind of provider and of the place, over the runs of each arm.

use std::io;

use crate::experiment::mean_interval;
use crate::model::measure::Measure;

use super::super::study::Study;
use super::super::unit;
use super::column::{Column, OF_THE_MEASURE};
use super::ensemble_tables::{QUANTILES, arm};
use super::table_file::TableFile;
use super::tidy::Field;

/// A row for each arm, year, kind and measure.
pub(super) fn table(study: &Study) -> io::Result<TableFile> {
    let keys = study.keys();
    TableFile::short("years", columns(study), |rows| {
        for (key, summary) in keys.iter().zip(study.summaries()) {
            let measures = &summary.year_measures;
            for (year, cells) in summary.calendar.iter().zip(summary.years.chunks(measures.len().max(1))) {
                for (measure, cell) in measures.iter().zip(cells) {
                    let kind = measure.kind.as_deref().unwrap_or_default();
                    let mut row = vec![Field::Text(key), Field::Count(u64::from(year.number))];
                    row.push(Field::Count(u64::from(year.steps())));
                    row.extend([kind, stem(measure), unit::key(measure.unit)].map(Field::Text));
                    row.push(Field::Number(cell.tally.mean()));
                    row.extend(Field::ends(mean_interval(&cell.tally, measure.sort, study.level())));
                    row.extend(QUANTILES.map(|probability| Field::Number(cell.sketch.quantile(probability))));
                    row.extend([Field::Count(cell.tally.count()), Field::Count(cell.tally.missing())]);
                    rows.add(&row)?;
                }
            }
        }
        Ok(())
    })
}

fn columns(study: &Study) -> Vec<Column> {
    let mut columns = vec![
        arm(study, "arm", "Short name of the arm"),
        Column::count("year", "years", "Which year of the run").of("from 1; very long runs are thinned evenly"),
        Column::count("steps", study.unit(), "Steps that the year has; the last of a run may be shorter"),
        Column::text("kind", "The kind of provider that it is about").of("empty: the whole place"),
    ];
    let [measure, unit] = Column::measure("What is measured of each year");
    columns.extend([measure.of("measures.csv, recorded: year, there with the kind behind a dot"), unit]);
    columns.extend(Column::estimate(["mean", "low", "high"], OF_THE_MEASURE, "Mean over the runs", study.level()));
    columns.extend(Column::quantiles(OF_THE_MEASURE));
    columns.extend(Column::runs());
    columns
}

/// The key of a measure without its kind, which has a column of its own.
fn stem(measure: &Measure) -> &str {
    let kind = measure.kind.as_deref().and_then(|kind| measure.key.strip_suffix(kind)?.strip_suffix('.'));
    kind.unwrap_or(&measure.key)
}
