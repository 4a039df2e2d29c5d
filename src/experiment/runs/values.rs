//! The values of single runs, measure by measure.

use crate::model::lanes::Lanes;
use crate::model::measure::Address;
use crate::model::record::Record;

/// The values of every run, in the order of their numbers: one list for each position of a record.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    outcomes: Vec<Vec<f64>>,
    /// Empty unless the course of runs is kept, as is `series`.
    years: Vec<Vec<f64>>,
    series: Vec<Vec<f64>>,
}

impl Values {
    /// Takes in the outcomes of sixteen runs, of which the first `lanes` count.
    pub(super) fn take(&mut self, record: &Record, lanes: usize) {
        append(&mut self.outcomes, &record.outcomes, lanes);
    }

    /// Takes in their course.
    pub(super) fn take_course(&mut self, record: &Record, lanes: usize) {
        append(&mut self.years, &record.years, lanes);
        append(&mut self.series, &record.series, lanes);
    }

    /// Those of the whole run, or of a year.
    pub(super) fn of(&self, address: Address) -> Option<&[f64]> {
        let list = match address {
            Address::Outcome(position) => self.outcomes.get(position),
            Address::Year(position) => self.years.get(position),
        };
        list.map(Vec::as_slice)
    }

    /// Those of a position in the series.
    pub(super) fn of_series(&self, position: usize) -> Option<&[f64]> {
        self.series.get(position).map(Vec::as_slice)
    }
}

fn append(lists: &mut Vec<Vec<f64>>, values: &[Lanes], lanes: usize) {
    lists.resize_with(values.len(), Vec::new);
    for (list, values) in lists.iter_mut().zip(values) {
        list.extend_from_slice(&values.to_array()[..lanes]);
    }
}
