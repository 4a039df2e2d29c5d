//! `runs.csv`: the outcomes of every run, written while the experiment goes on.

use std::io;
use std::path::{Path, PathBuf};

use csv::{Writer, WriterBuilder};

use super::FolderError;
use super::columns::number;
use super::staged::Staged;
use crate::experiment::Sink;
use crate::model::lanes::Lanes;
use crate::model::measure::outcome_measures;
use crate::model::record::Record;
use crate::scenario::Scenario;

/// Takes the outcomes of every run: a row for each run and arm, runs in their order. A measure that an arm does not have,
/// or that has no value in a run, is an empty field.
#[derive(Debug)]
pub struct RunsFile {
    writer: Writer<Staged>,
    path: PathBuf,
    arms: Vec<Arm>,
}

#[derive(Debug)]
struct Arm {
    key: String,
    /// For each column after the first two, where its measure stands in the outcomes of the arm.
    positions: Vec<Option<usize>>,
}

/// Bytes gathered before they are written.
const BUFFER: usize = 1 << 16;

impl RunsFile {
    pub(super) fn create(folder: &Path, arms: &[Scenario]) -> Result<Self, FolderError> {
        let measures: Vec<Vec<String>> = arms
            .iter()
            .map(|arm| outcome_measures(&arm.setup).into_iter().map(|measure| measure.key).collect())
            .collect();
        let mut columns: Vec<&String> = Vec::new();
        for key in measures.iter().flatten() {
            if !columns.contains(&key) {
                columns.push(key);
            }
        }
        let arm = |(key, own): (String, &Vec<String>)| Arm {
            key,
            positions: columns.iter().map(|column| own.iter().position(|key| key == *column)).collect(),
        };
        let arms = super::arm_keys(arms).into_iter().zip(&measures).map(arm).collect();
        let staged = Staged::create(folder, "runs.csv")?;
        let path = staged.path();
        let mut writer = WriterBuilder::new().buffer_capacity(BUFFER).from_writer(staged);
        let head = ["run", "arm"].into_iter().chain(columns.iter().map(|column| column.as_str()));
        writer.write_record(head).map_err(|reason| FolderError::file(&path, reason.into()))?;
        Ok(Self { writer, path, arms })
    }

    /// Writes what is still gathered.
    pub(super) fn finish(self) -> Result<Staged, FolderError> {
        let path = self.path;
        self.writer
            .into_inner()
            .map_err(|error| FolderError::file(&path, io::Error::new(error.error().kind(), error.error().to_string())))
    }

    /// Writes a run whose outcomes are at hand: a row for each arm.
    ///
    /// # Errors
    /// The file cannot be written; the error, shown, names it and the way out.
    pub fn run(&mut self, run: u64, arms: &[&[f64]]) -> io::Result<()> {
        let mut rows = arms.iter().enumerate();
        rows.try_for_each(|(arm, outcomes)| self.row(run, arm, |position| outcomes.get(position).copied()))
            .map_err(|reason| self.failed(reason))
    }

    fn rows(&mut self, first: u64, records: &[Record], lanes: usize) -> csv::Result<()> {
        for lane in 0..lanes {
            for (arm, record) in records.iter().enumerate() {
                let value = |position| record.outcomes.get(position).map(|lanes: &Lanes| lanes.lane(lane));
                self.row(first + lane as u64, arm, value)?;
            }
        }
        Ok(())
    }

    /// Writes the row of an arm whose outcomes `value` tells by their positions.
    fn row(&mut self, run: u64, arm: usize, value: impl Fn(usize) -> Option<f64>) -> csv::Result<()> {
        let Some(arm) = self.arms.get(arm) else { return Ok(()) };
        self.writer.write_field(run.to_string())?;
        self.writer.write_field(&arm.key)?;
        for position in &arm.positions {
            self.writer.write_field(number(position.and_then(&value)))?;
        }
        self.writer.write_record(None::<&[u8]>)
    }

    fn failed(&self, reason: csv::Error) -> io::Error {
        let reason = io::Error::from(reason);
        io::Error::new(reason.kind(), FolderError::file(&self.path, reason))
    }
}

impl Sink for RunsFile {
    /// The error, shown, names the file and the way out.
    fn batch(&mut self, first: u64, arms: &[Record], lanes: usize) -> io::Result<()> {
        self.rows(first, arms, lanes).map_err(|reason| self.failed(reason))
    }
}
