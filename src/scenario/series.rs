//! Columns of data: read once, cut or continued to the length of the run.

use super::file::{Column, File, Series};
use super::text::{Document, Fault, Store, csv};

/// Replaces every column in the file by the values that it stands for, one a step.
pub(super) fn read_columns(store: &dyn Store, document: &Document, file: &mut File) -> Vec<Fault> {
    let steps = file.time.steps as usize;
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
            Series::Column(column) => match values(store, document, &place, column, steps) {
                Ok(values) => need.level = Series::List(values),
                Err(fault) => faults.push(fault),
            },
        }
    }
    faults
}

fn values(
    store: &dyn Store,
    document: &Document,
    place: &str,
    column: &Column,
    steps: usize,
) -> Result<Vec<f64>, Fault> {
    let place = format!("{place}.csv");
    let address = document.resolve(&place, &column.csv.file);
    let data = csv::column(store, &address, &column.csv.column).map_err(|problem| document.fault(&place, problem))?;
    if let Some(row) = data.iter().position(|value| *value < 0.0) {
        let problem =
            format!("`{}` in row {} of column `{}` is negative; need cannot be", data[row], row + 2, column.csv.column);
        return Err(document.fault(&place, problem));
    }
    continued(&data, column, steps).map_err(|problem| document.fault(&place, problem))
}

fn continued(data: &[f64], column: &Column, steps: usize) -> Result<Vec<f64>, String> {
    let mut values: Vec<f64> = data.iter().take(steps).map(|value| value * column.times).collect();
    if values.len() == steps {
        return Ok(values);
    }
    let Some(then) = &column.then else {
        return Err(format!(
            "column `{}` has {} rows and the run {steps} steps; lower `time.steps` or say how the data go on with `then`",
            column.csv.column,
            data.len()
        ));
    };
    let cycle = then.repeat_last as usize;
    if cycle > values.len() {
        return Err(format!("`then.repeat_last` is {cycle} and the column has only {} rows", data.len()));
    }
    while values.len() < steps {
        let next = values[values.len() - cycle] * (1.0 + then.growth);
        values.push(next);
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::super::file::{Continuation, Csv};
    use super::*;

    fn column(then: Option<Continuation>) -> Column {
        Column { csv: Csv { file: "need.csv".into(), column: "need".into() }, times: 2.0, then }
    }

    #[test]
    fn data_are_cut_to_the_run() {
        assert_eq!(continued(&[1.0, 2.0, 3.0], &column(None), 2), Ok(vec![2.0, 4.0]));
    }

    #[test]
    fn data_that_are_too_short_are_a_fault_unless_they_say_how_they_go_on() {
        assert!(continued(&[1.0, 2.0], &column(None), 3).unwrap_err().contains("has 2 rows and the run 3 steps"));
        let then = Continuation { repeat_last: 2, growth: 0.5 };
        assert_eq!(continued(&[1.0, 2.0], &column(Some(then)), 5), Ok(vec![2.0, 4.0, 3.0, 6.0, 4.5]));
    }
}
