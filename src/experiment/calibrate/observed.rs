//! Observations that stand in a table: read once, a value for each step.

use super::file::{Data, File, Numbers, Steps};
use super::problem::pointer;
use crate::scenario::Scenario;
use crate::scenario::data::{self, HASH};
use crate::scenario::text::{Document, Fault, Store, counted};

/// Replaces every column by the numbers that it stands for; where they come from joins what is said of their source.
pub(super) fn read_columns(
    store: &dyn Store,
    document: &Document,
    file: &mut File,
    cases: &[(String, Scenario)],
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, data) in &mut file.data {
        // A year of a scenario that is not there is told with the scenario.
        let year = cases.iter().find(|(case, _)| *case == data.scenario);
        let year = year.map_or(1.0, |(_, scenario)| scenario.file.time.steps_per_year);
        let place = pointer(&["data", name, "observed"]);
        if let Err(problem) = read_column(store, document, &place, data, year.round().max(1.0) as usize) {
            faults.push(document.fault(&place, problem));
        }
    }
    faults
}

fn read_column(
    store: &dyn Store,
    document: &Document,
    place: &str,
    data: &mut Data,
    year: usize,
) -> Result<(), String> {
    let Numbers::Column(table) = data.observed.clone() else { return Ok(()) };
    // With a row for each step, from one to another is a list of them and no mean over them.
    if let Some(Steps::Over(stretch)) = data.steps
        && stretch.from <= stretch.to
    {
        data.steps = Some(Steps::Each((stretch.from..=stretch.to).collect()));
    }
    let steps = if let Some(Steps::Each(steps)) = &data.steps { steps.len() } else { 1 };
    // So that a column that cannot be read is one fault and not two.
    data.observed = Numbers::Each(vec![0.0; steps]);
    let address = document.resolve(place, &table.csv.file);
    let read = data::read(store, &address, &table.csv, year)?;
    if read.values.len() != steps {
        let values = counted(read.values.len() as u64, "value");
        return Err(format!(
            "the series has {values} for {}; there must be one for each",
            counted(steps as u64, "step")
        ));
    }
    let values = read.values.iter().map(|value| value * table.times).collect();
    let hash = read.sha256.get(..HASH).unwrap_or_default();
    let told: Vec<String> = [address.to_string()].into_iter().chain(read.notes).chain(read.filled).collect();
    data.source = format!("{} ({}; SHA-256 {hash}…)", data.source, told.join(", "));
    data.observed = Numbers::Each(values);
    Ok(())
}
