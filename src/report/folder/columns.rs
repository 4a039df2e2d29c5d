//! The tidy CSV files of a result folder: one observation a row. Numbers are written as short as they can be read back
//! exactly, shares from 0 to 1; an empty field is a number that there is not.

use crate::experiment::Cell;
use crate::model::measure::{Better, Measure, Unit};
use crate::statistics::Interval;

use super::super::study::Study;
use super::super::tabulate::verdict;

/// Every file by its name. Differences there are only with several arms.
pub(super) fn files(study: &Study) -> Vec<(&'static str, String)> {
    let mut files =
        vec![("measures.csv", measures(study)), ("summary.csv", summary(study)), ("series.csv", series(study))];
    if study.arms.len() > 1 {
        files.push(("differences.csv", differences(study)));
    }
    files
}

/// A number with the fewest digits that read back as it; nothing for one that is missing or not finite.
pub(in crate::report) fn number(value: Option<f64>) -> String {
    value.filter(|value| value.is_finite()).map_or_else(String::new, |value| (value + 0.0).to_string())
}

/// Mean and quantiles of every series over the runs. `step` is the number of steps done.
fn series(study: &Study) -> String {
    let mut table = Rows::new(&["arm", "step", "measure", "mean", "q05", "q25", "median", "q75", "q95", "runs"]);
    for (key, summary) in study.keys().iter().zip(study.summaries()) {
        for (step, cells) in summary.steps.iter().zip(summary.series.chunks(summary.series_measures.len().max(1))) {
            for (measure, cell) in summary.series_measures.iter().zip(cells) {
                let quantile = |probability| number(cell.sketch.quantile(probability));
                let mut row = vec![key.clone(), (u64::from(*step) + 1).to_string(), measure.key.clone()];
                row.push(number(cell.tally.mean()));
                row.extend([0.05, 0.25, 0.5, 0.75, 0.95].map(quantile));
                row.push(cell.tally.count().to_string());
                table.add(&row);
            }
        }
    }
    table.text()
}

fn summary(study: &Study) -> String {
    let mut table = Rows::new(&[
        "arm", "measure", "unit", "mean", "low", "high", "q05", "q25", "median", "q75", "q95", "runs", "missing",
    ]);
    for (arm, (key, summary)) in study.keys().iter().zip(study.summaries()).enumerate() {
        for (measure, cell) in summary.measures.iter().zip(&summary.outcomes) {
            let mut row = vec![key.clone(), measure.key.clone(), unit(measure.unit).to_owned()];
            row.extend(outcome(study, arm, &measure.key, cell));
            table.add(&row);
        }
    }
    table.text()
}

fn outcome(study: &Study, arm: usize, key: &str, cell: &Cell) -> Vec<String> {
    let interval = study.estimate(arm, key).and_then(|estimate| estimate.interval);
    let mut fields = vec![number(cell.tally.mean())];
    fields.extend(ends(interval));
    fields.extend([0.05, 0.25, 0.5, 0.75, 0.95].map(|probability| number(study.quantile(arm, key, probability))));
    fields.extend([cell.tally.count().to_string(), cell.tally.missing().to_string()]);
    fields
}

/// Differences from the first arm, run by run. `runs` counts the pairs in which both arms have a value.
fn differences(study: &Study) -> String {
    let mut table = Rows::new(&[
        "arm",
        "reference",
        "measure",
        "unit",
        "difference",
        "low",
        "high",
        "median",
        "share_higher",
        "share_lower",
        "verdict",
        "runs",
    ]);
    let keys = study.keys();
    for arm in study.others() {
        for measure in study.measures() {
            let Some(contrast) = study.contrast(arm, &measure.key) else { continue };
            let pairs = contrast.pairs;
            let share = |some: u64| number(Some(some as f64 / pairs.count() as f64));
            let mut row = vec![keys[arm].clone(), keys[0].clone(), measure.key.clone(), unit(measure.unit).to_owned()];
            row.push(number(Some(contrast.difference)));
            row.extend(ends(contrast.interval));
            row.push(number(pairs.sketch().quantile(0.5)));
            row.extend([share(pairs.above()), share(pairs.below())]);
            row.extend([verdict(&contrast).to_owned(), pairs.count().to_string()]);
            table.add(&row);
        }
    }
    table.text()
}

/// The data dictionary: every measure of every arm once.
fn measures(study: &Study) -> String {
    let mut table = Rows::new(&["measure", "recorded", "label", "unit", "better", "kind"]);
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for summary in study.summaries() {
        for (recorded, list) in [("run", &summary.measures), ("step", &summary.series_measures)] {
            for measure in list {
                if !seen.contains(&(recorded, &measure.key)) {
                    seen.push((recorded, &measure.key));
                    table.add(&dictionary_entry(measure, recorded));
                }
            }
        }
    }
    table.text()
}

fn dictionary_entry<'a>(measure: &'a Measure, recorded: &'a str) -> [&'a str; 6] {
    let kind = measure.kind.as_deref().unwrap_or_default();
    [&measure.key, recorded, &measure.label, unit(measure.unit), better(measure.better), kind]
}

fn ends(interval: Option<Interval>) -> [String; 2] {
    [number(interval.map(|interval| interval.low)), number(interval.map(|interval| interval.high))]
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::StepsOfNeed => "steps_of_need",
        Unit::Steps => "steps",
        Unit::Number => "number",
    }
}

fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
        Better::Neither => "neither",
    }
}

/// CSV in memory: nothing that is written there can fail.
pub(in crate::report) struct Rows(csv::Writer<Vec<u8>>);

impl Rows {
    pub(in crate::report) fn new(head: &[impl AsRef<[u8]>]) -> Self {
        let mut rows = Self(csv::Writer::from_writer(Vec::new()));
        rows.add(head);
        rows
    }

    pub(in crate::report) fn add(&mut self, fields: &[impl AsRef<[u8]>]) {
        let written = self.0.write_record(fields);
        debug_assert!(written.is_ok(), "every row has the fields of its head");
    }

    pub(in crate::report) fn text(self) -> String {
        self.0.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}
