//! Columns of data: read once, cut or continued to the length of the run.

use super::data::{self, HASH};
use super::file::{Column, File, Series};
use super::text::{Document, Fault, Store, counted};
use crate::model::english::number;
use crate::plain;
use std::fmt;

/// Need that is so far from what level 1 delivers, either way, was not meant.
const FAR: f64 = 50.0;

/// Replaces every column in the file by the values that it stands for, one a step. Where they come from joins the sources of the
/// scenario, and gaps that were filled its assumptions, so that both are told wherever the scenario goes.
pub(super) fn read_columns(store: &dyn Store, document: &Document, file: &mut File) -> Vec<Fault> {
    let (steps, year) = (file.time.steps as usize, file.time.steps_per_year.round().max(1.0) as usize);
    let mut faults = Vec::new();
    for (name, kind) in &mut file.providers {
        let Some(need) = &mut kind.need else { continue };
        let place = format!("providers.{name}.need.level");
        match &need.level {
            Series::Number(_) => {}
            Series::List(list) if list.len() >= steps => {}
            Series::List(list) => {
                let problem = format!("{} values for {steps} steps; give one a step", list.len());
                faults.push(document.fault(&place, problem));
            }
            Series::Column(column) => match of_need(store, document, &place, column, (steps, year)) {
                Ok((told, values)) => {
                    file.sources.push(told.source);
                    file.assumptions.extend(told.assumption);
                    need.level = Series::List(values);
                }
                Err(fault) => faults.push(fault),
            },
        }
    }
    faults
}

/// What is said of a series that was read.
pub(super) struct Told {
    /// File, column, rows and hash.
    pub(super) source: String,
    /// How gaps were filled, where there were any.
    pub(super) assumption: Option<String>,
}

/// What the values of a series may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limits {
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Limits {
    /// The first value that is none of them, with its step.
    pub(super) fn first_beyond(&self, values: &[f64]) -> Option<(usize, f64)> {
        let beyond = |(_, value): &(usize, f64)| !(self.least..=self.most).contains(value);
        values.iter().copied().enumerate().find(beyond)
    }
}

impl fmt::Display for Limits {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "the range {} to {}", self.least, self.most)
    }
}

fn of_need(
    store: &dyn Store,
    document: &Document,
    place: &str,
    column: &Column,
    time: (usize, usize),
) -> Result<(Told, Vec<f64>), Fault> {
    let limits = Limits { least: 0.0, most: f64::MAX };
    let (told, values) = values(store, document, place, column, time, ("need", &limits))?;
    far(&values, column).map_err(|problem| document.fault(place, problem))?;
    Ok((told, values))
}

/// The values of a column, one for each of so many steps, and what is said of them; `what` they are, and what they may be.
pub(super) fn values(
    store: &dyn Store,
    document: &Document,
    place: &str,
    column: &Column,
    (steps, year): (usize, usize),
    (what, limits): (&str, &Limits),
) -> Result<(Told, Vec<f64>), Fault> {
    let csv = format!("{place}.csv");
    let fault = |problem: String| document.fault(&csv, problem);
    let address = document.resolve(&csv, &column.csv.file);
    let read = data::read(store, &address, &column.csv, year).map_err(fault)?;
    if limits.least >= 0.0
        && let Some(value) = read.values.iter().find(|value| **value < 0.0)
    {
        return Err(fault(format!("`{value}` is negative; {what} cannot be")));
    }
    let values = continued(&read.values, column, steps).map_err(fault)?;
    if let Some((step, value)) = limits.first_beyond(&values) {
        let (series, times) = (named(column), column.times);
        return Err(fault(format!(
            "in step {step} {series} comes to `{value}`, outside {limits}; `times` is {times}, and another would bring it there"
        )));
    }
    let used = read.values.len().min(steps);
    Ok((told(place, &address.to_string(), column, &read, used), values))
}

/// "providers.acute.need.level: `need.csv`, column `need`, where `org` is `R1F`, 12 of 36 rows (SHA-256 0123456789abcdef…)".
fn told(place: &str, file: &str, column: &Column, read: &data::Reading, used: usize) -> Told {
    let csv = &column.csv;
    let mut parts = vec![format!("{place}: {file}"), named(column)];
    parts.extend(csv.where_.iter().map(|(name, value)| format!("where `{name}` is `{value}`")));
    let unit = if csv.row.is_some() { "cell" } else { "row" };
    let of = counted(read.of as u64, unit);
    parts.push(if read.of == used { format!("all {of}") } else { format!("{used} of {of}") });
    parts.extend(read.notes.iter().cloned());
    let hash = read.sha256.get(..HASH).unwrap_or_default();
    Told {
        source: plain::one_line(&format!("{} (SHA-256 {hash}…)", parts.join(", "))),
        assumption: read.filled.as_ref().map(|filled| plain::one_line(&format!("{place}: {filled}"))),
    }
}

/// "column `need`".
fn named(column: &Column) -> String {
    let (form, name) = column.csv.series();
    format!("{form} `{}`", plain::one_line(name))
}

fn continued(data: &[f64], column: &Column, steps: usize) -> Result<Vec<f64>, String> {
    let mut values: Vec<f64> = data.iter().take(steps).map(|value| value * column.times).collect();
    if values.len() == steps {
        return Ok(values);
    }
    let Some(then) = &column.then else {
        return Err(format!(
            "{} has {} and the run {steps} steps; lower `time.steps` or say how the data go on with `then`",
            named(column),
            counted(data.len() as u64, "value")
        ));
    };
    let cycle = then.repeat_last as usize;
    if cycle > values.len() {
        return Err(format!(
            "`then.repeat_last` is {cycle} and {} has only {}",
            named(column),
            counted(data.len() as u64, "value")
        ));
    }
    while values.len() < steps {
        let next = values[values.len() - cycle] * (1.0 + then.growth);
        values.push(next);
    }
    Ok(values)
}

/// Counts of patients are no multiples of a plan: they need a factor that makes them so.
fn far(values: &[f64], column: &Column) -> Result<(), String> {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    if mean == 0.0 {
        return Err("the data are 0 in every step; another column or row may be meant".to_owned());
    }
    if (1.0 / FAR..=FAR).contains(&mean) {
        return Ok(());
    }
    let fitting =
        format!("{:.3e}", column.times / mean).parse().map_or_else(|_| String::new(), |times: f64| times.to_string());
    Err(format!(
        "its mean is {} times what planned effort delivers from a full pool at level 1; `times` of {fitting} would make it 1",
        number(mean)
    ))
}

#[cfg(test)]
mod tests {
    use super::super::file::{Continuation, Csv};
    use super::*;

    fn column(then: Option<Continuation>) -> Column {
        let csv = Csv { file: "need.csv".into(), column: Some("need".into()), ..Csv::default() };
        Column { csv, times: 2.0, then }
    }

    #[test]
    fn data_are_cut_to_the_run() {
        assert_eq!(continued(&[1.0, 2.0, 3.0], &column(None), 2), Ok(vec![2.0, 4.0]));
    }

    #[test]
    fn data_that_are_too_short_are_a_fault_unless_they_say_how_they_go_on() {
        assert!(continued(&[1.0, 2.0], &column(None), 3).unwrap_err().contains("has 2 values and the run 3 steps"));
        let then = Continuation { repeat_last: 2, growth: 0.5 };
        assert_eq!(continued(&[1.0, 2.0], &column(Some(then)), 5), Ok(vec![2.0, 4.0, 3.0, 6.0, 4.5]));
    }

    #[test]
    fn counts_in_place_of_multiples_are_a_fault_that_says_the_factor() {
        assert_eq!(far(&[0.5, 1.5], &column(None)), Ok(()));
        assert!(far(&[8000.0, 12_000.0], &column(None)).unwrap_err().ends_with("`times` of 0.0002 would make it 1"));
        assert!(far(&[0.0, 0.0], &column(None)).unwrap_err().contains("0 in every step"));
    }
}
