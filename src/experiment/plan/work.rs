//! Doing the shards of a plan, telling which are missing, and reading the whole.

use super::error::PlanError;
use super::manifest::Plan;
use super::part::{Part, Row, Rows, Writer};
use super::{Experiment, Shards, file};
use crate::experiment::Watcher;
use serde::Serialize;
use std::io::{self, Write};
use std::ops::Range;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// How far a plan is.
#[derive(Clone, Debug, PartialEq)]
pub struct Status {
    /// Shards that it takes to end the round in hand, and with it all before.
    pub needed: u64,
    /// Those of them that are missing or damaged. None: the plan is done.
    pub missing: Shards,
    /// What is wrong with those that are there but damaged.
    pub damage: Vec<String>,
    /// Items done when all needed shards are there.
    pub items: u64,
    /// The parts that are there, in order.
    parts: Vec<Part>,
}

/// What became of a shard that was to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is done.
    Now,
    /// It was done before.
    Before,
    /// The watcher said stop before it was done.
    Stopped,
}

impl Plan {
    /// What is missing to the end of the round in hand. Every byte of every part is checked.
    ///
    /// # Errors
    /// A part cannot be read for another reason than damage.
    pub fn status(&self, experiment: &dyn Experiment) -> Result<Status, PlanError> {
        let mut status =
            Status { needed: 0, missing: Shards::default(), damage: Vec::new(), items: 0, parts: Vec::new() };
        for (number, round) in self.rounds().iter().enumerate() {
            let until = self.until_round(number).end;
            let (mut missing, from) = (Vec::new(), status.needed);
            for shard in from..until {
                match self.part(shard) {
                    Ok(Some(part)) => status.parts.push(part),
                    Ok(None) => missing.push(shard),
                    Err(error @ PlanError::DamagedPart { .. }) => {
                        status.damage.push(error.to_string());
                        missing.push(shard);
                    }
                    Err(error) => return Err(error),
                }
            }
            (status.needed, status.items) = (until, round.until);
            status.missing = missing.into_iter().collect();
            let is_last = number + 1 == self.rounds().len();
            if is_last || !status.missing.is_empty() {
                break;
            }
            if experiment.is_enough(&status.parts)? {
                break;
            }
        }
        Ok(status)
    }

    /// Does a shard, unless its part is there and whole.
    ///
    /// # Errors
    /// There is no such shard, or its part cannot be written.
    pub fn work(&self, experiment: &dyn Experiment, shard: u64, watcher: &dyn Watcher) -> Result<Done, PlanError> {
        let Some(items) = self.items_of(shard) else {
            return Err(PlanError::NoSuchShard { shard, shards: self.shards() });
        };
        match self.part(shard) {
            Ok(Some(_)) => return Ok(Done::Before),
            Ok(None) | Err(PlanError::DamagedPart { .. }) => {}
            Err(error) => return Err(error),
        }
        let begun = Instant::now();
        let path = self.path_of(shard);
        let mut writer = Writer::begin(&path, self.hash(), shard, self.columns().len())?;
        let summary = experiment.shard(items.clone(), &mut writer, watcher);
        let Some(summary) = summary.map_err(|reason| PlanError::file(&path, reason))? else {
            return Ok(Done::Stopped);
        };
        writer.finish(&summary)?;
        self.note(shard, items, begun);
        Ok(Done::Now)
    }

    /// All parts of a plan that is done, in the order of their shards.
    ///
    /// # Errors
    /// Shards are missing or damaged: nothing is made of an incomplete experiment.
    pub fn parts(&self, experiment: &dyn Experiment) -> Result<Vec<Part>, PlanError> {
        let status = self.status(experiment)?;
        if status.missing.is_empty() {
            return Ok(status.parts);
        }
        Err(PlanError::Missing { folder: self.folder().to_path_buf(), shards: status.missing })
    }

    /// All rows of a plan that is done, in the order of their items: those of [`in_memory`].
    ///
    /// # Errors
    /// As for [`Plan::parts`].
    pub fn rows(&self, experiment: &dyn Experiment) -> Result<Vec<Row>, PlanError> {
        let mut rows = Vec::new();
        for part in self.parts(experiment)? {
            part.rows(|row| {
                rows.push(row.clone());
                Ok(())
            })?;
        }
        Ok(rows)
    }

    fn part(&self, shard: u64) -> Result<Option<Part>, PlanError> {
        Part::open(&self.path_of(shard), self.hash(), shard, self.columns().len())
    }

    /// Notes beside a part who made it and when. It is no part of the result, and its loss harms nobody.
    fn note(&self, shard: u64, items: Range<u64>, begun: Instant) {
        #[derive(Serialize)]
        struct Note {
            shard: u64,
            items: Range<u64>,
            host: String,
            process: u32,
            threads: usize,
            seconds: f64,
            ended_at: u64,
        }
        let note = Note {
            shard,
            items,
            host: gethostname::gethostname().to_string_lossy().into_owned(),
            process: std::process::id(),
            threads: rayon::current_num_threads(),
            seconds: begun.elapsed().as_secs_f64(),
            ended_at: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        };
        let path = self.path_of(shard).with_extension("note.json");
        let write = |mut file: tempfile::NamedTempFile| {
            writeln!(file, "{}", serde_json::to_string(&note).unwrap_or_default())?;
            file.persist(&path).map_err(|error| error.error)
        };
        let _ = file::beside(&path).map(write);
    }
}

/// The rows of a whole experiment without a stopping rule, done in one go and kept in memory; `None` if the watcher said stop.
pub fn in_memory(experiment: &dyn Experiment, watcher: &dyn Watcher) -> Option<Vec<Row>> {
    let mut kept = Kept { columns: experiment.columns().len(), rows: Vec::new() };
    // Keeping rows cannot fail.
    let summary = experiment.shard(0..experiment.items(), &mut kept, watcher);
    matches!(summary, Ok(Some(_))).then_some(kept.rows)
}

/// Rows in memory.
struct Kept {
    columns: usize,
    rows: Vec<Row>,
}

impl Rows for Kept {
    fn take(&mut self, item: u64, values: Result<&[f64], &str>) -> io::Result<()> {
        let none = vec![f64::NAN; self.columns];
        let failure = values.err().map(str::to_owned);
        for row in values.unwrap_or(&none).chunks(self.columns.max(1)) {
            self.rows.push(Row { item, values: row.to_vec(), failure: failure.clone() });
        }
        Ok(())
    }
}
