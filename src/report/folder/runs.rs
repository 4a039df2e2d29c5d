//! `runs`: the outcomes of every run, written while the experiment goes on.

use std::io;
use std::path::{Path, PathBuf};

use super::super::answer::cloud::Pairs;
use super::super::unit;
use super::FolderError;
use super::column::Column;
use super::staged::Staged;
use super::tidy::{Field, Format, Rows};
use crate::experiment::Sink;
use crate::model::lanes::Lanes;
use crate::model::measure::{Measure, outcome_measures};
use crate::model::record::Record;
use crate::scenario::Scenario;

/// Takes the outcomes of every run: a row for each run and arm, runs in their order. A measure that an arm does not have,
/// or that has no value in a run, is missing.
#[derive(Debug)]
pub struct RunsFile {
    rows: Rows<Staged>,
    path: PathBuf,
    format: Format,
    columns: Vec<Column>,
    arms: Vec<Arm>,
    /// What is gathered of pairs of runs, with two arms.
    pairs: Option<Pairs>,
}

#[derive(Debug)]
struct Arm {
    key: String,
    /// For each column after the first two, where its measure stands in the outcomes of the arm.
    positions: Vec<Option<usize>>,
}

/// Number, arm, and a column for each measure.
fn columns(arms: &[Arm], measures: &[Measure]) -> Vec<Column> {
    let keys: Vec<&str> = arms.iter().map(|arm| arm.key.as_str()).collect();
    let number = "Number of the run; a run of one arm meets the same luck as that run of another";
    let mut columns = vec![
        Column::count("run", "", number).of("from 0"),
        Column::text("arm", "Short name of the arm").of(keys.join("; ")),
    ];
    columns.extend(measures.iter().map(|measure| {
        let column = Column::number(&measure.key, unit::key(measure.unit), &measure.label);
        column.of("missing where the run or the arm has none, or the run failed")
    }));
    columns
}

/// The outcome measures of several arms, each once.
fn measures_of(arms: &[Scenario]) -> Vec<Measure> {
    let mut measures: Vec<Measure> = Vec::new();
    for measure in arms.iter().flat_map(|arm| outcome_measures(&arm.setup)) {
        if !measures.iter().any(|known| known.key == measure.key) {
            measures.push(measure);
        }
    }
    measures
}

impl RunsFile {
    pub(super) fn create(folder: &Path, arms: &[Scenario], format: Format) -> Result<Self, FolderError> {
        let measures = measures_of(arms);
        let positions = |arm: &Scenario| {
            let own = outcome_measures(&arm.setup);
            measures.iter().map(|column| own.iter().position(|measure| measure.key == column.key)).collect()
        };
        let pairs = match arms {
            [first, other] => Pairs::of(&outcome_measures(&first.setup), &outcome_measures(&other.setup)),
            _ => None,
        };
        let keys = super::arm_keys(arms).into_iter().zip(arms);
        let arms: Vec<Arm> = keys.map(|(key, arm)| Arm { key, positions: positions(arm) }).collect();
        let columns = columns(&arms, &measures);
        let staged = Staged::create(folder, &format.file("runs"))?;
        let path = staged.path();
        let rows = Rows::new(format, &columns, staged).map_err(|reason| FolderError::file(&path, reason))?;
        Ok(Self { rows, path, format, columns, arms, pairs })
    }

    /// The format in which runs, and with them series, are written.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// What was gathered of pairs of runs.
    pub(super) fn pairs(&self) -> Option<&Pairs> {
        self.pairs.as_ref()
    }

    /// Writes what is still gathered; gives back the file and its columns.
    pub(super) fn finish(self) -> Result<(Staged, Vec<Column>), FolderError> {
        let file = self.rows.finish().map_err(|reason| FolderError::file(&self.path, reason))?;
        Ok((file, self.columns))
    }

    /// Writes a run whose outcomes are at hand: a row for each arm.
    ///
    /// # Errors
    /// The file cannot be written; the error, shown, names it and the way out.
    pub fn run(&mut self, run: u64, arms: &[&[f64]]) -> io::Result<()> {
        if let Some(pairs) = &mut self.pairs {
            pairs.take(|arm, position| arms.get(arm)?.get(position).copied());
        }
        let mut rows = arms.iter().enumerate();
        rows.try_for_each(|(arm, outcomes)| self.add(run, arm, |position| outcomes.get(position).copied()))
    }

    /// Adds the row of an arm whose outcomes `value` tells by their positions.
    fn add(&mut self, run: u64, arm: usize, value: impl Fn(usize) -> Option<f64>) -> io::Result<()> {
        let Some(arm) = self.arms.get(arm) else { return Ok(()) };
        let mut row = vec![Field::Count(run), Field::Text(&arm.key)];
        row.extend(arm.positions.iter().map(|position| Field::Number(position.and_then(&value))));
        self.rows.add(&row).map_err(|reason| io::Error::new(reason.kind(), FolderError::file(&self.path, reason)))
    }
}

impl Sink for RunsFile {
    /// The error, shown, names the file and the way out.
    fn batch(&mut self, first: u64, arms: &[Record], lanes: usize) -> io::Result<()> {
        for lane in 0..lanes {
            if let Some(pairs) = &mut self.pairs {
                pairs.take(|arm, position| Some(arms.get(arm)?.outcomes.get(position)?.lane(lane)));
            }
            for (arm, record) in arms.iter().enumerate() {
                let value = |position| record.outcomes.get(position).map(|lanes: &Lanes| lanes.lane(lane));
                self.add(first + lane as u64, arm, value)?;
            }
        }
        Ok(())
    }
}
