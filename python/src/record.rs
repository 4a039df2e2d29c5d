//! The outcomes of every run, kept in memory.

use crate::table::{Table, Values};
use commonground::experiment::Sink;
use commonground::model::lanes::Lanes;
use commonground::model::measure::{Measure, outcome_measures};
use commonground::model::record::Record;
use commonground::report::study::arm_keys;
use commonground::scenario::Scenario;
use std::io;

/// One list an arm: the outcomes of run 0, those of run 1, and so on.
#[derive(Debug)]
pub(crate) struct Outcomes(Vec<Vec<f64>>);

impl Outcomes {
    /// Of so many arms, no runs yet.
    pub(crate) fn of(arms: usize) -> Self {
        Self(vec![Vec::new(); arms])
    }

    /// The outcomes of each arm in a run, with how many there are in a run of each arm.
    pub(crate) fn run<'a>(&'a self, run: usize, widths: &[usize]) -> Vec<&'a [f64]> {
        let of = |(values, width): (&'a Vec<f64>, &usize)| {
            let from = run * width;
            values.get(from..from + width).unwrap_or_default()
        };
        self.0.iter().zip(widths).map(of).collect()
    }

    /// As a table: a row for each run and arm, as in the file `runs`.
    pub(crate) fn table(&self, arms: &[Scenario], runs: usize) -> Table {
        let own: Vec<Vec<Measure>> = arms.iter().map(|arm| outcome_measures(&arm.setup)).collect();
        let rows = || (0..runs).flat_map(|run| (0..arms.len()).map(move |arm| (run, arm)));
        let mut keys: Vec<&str> = Vec::new();
        for measure in own.iter().flatten() {
            if !keys.contains(&measure.key.as_str()) {
                keys.push(&measure.key);
            }
        }
        let names = Values::Words { each: arm_keys(arms), rows: rows().map(|(_, arm)| arm as u32).collect() };
        let mut columns = vec![
            ("run".to_owned(), Values::Counts(rows().map(|(run, _)| run as i64).collect())),
            ("arm".to_owned(), names),
        ];
        for key in keys {
            let at: Vec<Option<usize>> =
                own.iter().map(|own| own.iter().position(|measure| measure.key == key)).collect();
            let value = |(run, arm): (usize, usize)| {
                let value = at[arm].and_then(|at| self.0[arm].get(run * own[arm].len() + at));
                value.copied().filter(|value| value.is_finite()).unwrap_or(f64::NAN)
            };
            columns.push((key.to_owned(), Values::Numbers(rows().map(value).collect())));
        }
        Table::new(columns)
    }
}

impl Sink for Outcomes {
    fn batch(&mut self, _: u64, arms: &[Record], lanes: usize) -> io::Result<()> {
        for (kept, record) in self.0.iter_mut().zip(arms) {
            for lane in 0..lanes {
                kept.extend(record.outcomes.iter().map(|value: &Lanes| value.lane(lane)));
            }
        }
        Ok(())
    }
}
