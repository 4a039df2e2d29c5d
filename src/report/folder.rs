//! Result folders: everything that it takes to read an experiment, to check it and to do it again.
//!
//! ```text
//! manifest.json          version, seed, runs, command, hashes of the scenarios, list of the files
//! scenarios/<arm>.json   each arm as one file that needs no other
//! runs.csv               a row for each run and arm; `runs.parquet` where that was asked for
//! series.csv             a row for each arm, step and measure: mean and quantiles over the runs; or `series.parquet`
//! years.csv              a row for each arm, year, kind and measure: mean, interval and quantiles over the runs
//! summary.csv            a row for each arm and measure
//! differences.csv        a row for each further arm and measure: the difference from the first arm, run by run
//! measures.csv           what each measure is, its unit and sort, which direction is better, and how much of a difference matters
//! data-dictionary.csv    every column of every table: meaning, unit, values
//! charts/<name>.svg .png
//! report.json            findings, tables and charts in words and numbers
//! report.html            all of it as one page that needs nothing else
//! ```
//!
//! Every file is written under a temporary name beside its place. Only when all are complete do they get their names, the
//! manifest last: a folder with a manifest is whole. The same results give the same bytes, whenever and wherever.

mod column;
mod dictionary;
mod ensemble_tables;
mod error;
mod found;
pub(super) mod manifest;
mod naming;
#[cfg_attr(not(feature = "parquet"), path = "folder/without_parquet.rs")]
mod parquet;
mod read;
mod runs;
mod staged;
mod table_file;
#[cfg(test)]
mod tests;
pub(super) mod tidy;
mod write_all;
mod years;
pub(super) use column::OF_THE_MEASURE;
pub use column::{Column, Kind};
pub(super) use ensemble_tables::QUANTILES;
pub use error::FolderError;
pub use found::Found;
pub use manifest::Command;
pub use read::{ReadRows, read_rows};
pub use runs::RunsFile;
pub use table_file::TableFile;
pub use tidy::Format;
pub(super) use tidy::{Field, Rows};
pub use write_all::Contents;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::answer::answer;
use super::charts::figures;
use super::draw::Pictures;
use super::failed;
use super::page;
use super::study::{Study, arm_keys};
use super::table::tables;
use crate::disk::lock::{self, Lock};
use crate::disk::{self, partial, pause};
use crate::experiment::Ensemble;
use crate::scenario::Scenario;
use naming::Naming;
use serde_json::{Value, json};
use staged::Staged;

/// Where results go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A folder that somebody chose: it must not exist or be empty, unless it may be replaced.
    Chosen(PathBuf),
    /// A new folder of this name, or if that is taken with a number behind it: `results`, `results-2`, `results-3`.
    Fresh(PathBuf),
}

/// A folder that is ready to take results.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Folders made for it, outermost first. Those left empty are removed again.
    made: Vec<PathBuf>,
    /// Nobody else writes to it meanwhile.
    lock: Option<Lock>,
    /// Which pictures of charts it gets.
    pictures: Pictures,
}

const CHARTS: &str = "charts";
const SCENARIOS: &str = "scenarios";
pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const DIGEST: &str = "report.json";
const PAGE: &str = "report.html";

impl Folder {
    /// Makes the folder and locks it. With `replace` a chosen folder may hold results, which stay untouched until new ones are
    /// complete. What a writer that is dead has left in it is put in order first.
    ///
    /// # Errors
    /// The folder holds files and `replace` is not set, is a file or a link, is being written to by somebody else, or cannot be
    /// made.
    pub fn open(place: Place, replace: bool) -> Result<Self, FolderError> {
        let mut folder = Self { path: PathBuf::new(), made: Vec::new(), lock: None, pictures: Pictures::All };
        match place {
            Place::Chosen(path) => {
                // Without the `/` that may stand behind a link and would hide it.
                folder.path = path.components().collect();
                if path.as_os_str().is_empty() {
                    folder.path = PathBuf::from(".");
                }
                folder.take_chosen(replace)?;
            }
            Place::Fresh(path) => folder.take_fresh(&path)?,
        }
        folder.furnish()?;
        Ok(folder)
    }

    /// A folder that is locked already, whatever it holds.
    ///
    /// # Errors
    /// It cannot be written to, or put in order.
    pub fn within(path: &Path, lock: Lock) -> Result<Self, FolderError> {
        naming::clean(path).map_err(|reason| FolderError::file(path, reason))?;
        let mut folder = Self { path: path.to_path_buf(), made: Vec::new(), lock: Some(lock), pictures: Pictures::All };
        folder.furnish()?;
        Ok(folder)
    }

    /// The same folder, for these pictures of charts.
    #[must_use]
    pub fn with_pictures(mut self, pictures: Pictures) -> Self {
        self.pictures = pictures;
        self
    }

    /// Brings to its end, or takes away, what a writer that is dead has left in a folder.
    ///
    /// # Errors
    /// The writer lives, or it cannot be done.
    fn put_in_order(path: &Path) -> Result<(), FolderError> {
        if Lock::is_in(path) {
            let _lock = Lock::take(path)?;
            naming::clean(path).map_err(|reason| FolderError::file(path, reason))?;
        }
        Ok(())
    }

    fn take_chosen(&mut self, replace: bool) -> Result<(), FolderError> {
        let path = self.path.clone();
        if replace && fs::symlink_metadata(&path).is_ok_and(|there| there.is_symlink()) {
            return Err(FolderError::Link(path));
        }
        Self::put_in_order(&path)?;
        check_free(&path, replace)?;
        self.make(&path)?;
        pause();
        self.lock = Some(Lock::take(&path)?);
        // Somebody may have been quicker.
        check_free(&path, replace)
    }

    /// Makes the folders within.
    fn furnish(&mut self) -> Result<(), FolderError> {
        for inner in [CHARTS, SCENARIOS].map(|inner| self.path.join(inner)) {
            if fs::symlink_metadata(&inner).is_ok_and(|there| there.is_symlink()) {
                return Err(FolderError::Link(inner));
            }
            self.make(&inner)?;
            pause();
        }
        Ok(())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the table of runs, which takes the outcomes of every run as it is done.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn runs(&self, arms: &[Scenario], format: Format) -> Result<RunsFile, FolderError> {
        RunsFile::create(&self.path, arms, format)
    }

    /// Writes everything and gives the files their names; gives back their paths, the manifest last.
    ///
    /// # Errors
    /// A file cannot be written or a chart not be drawn; then none of the new files is left.
    pub fn write(self, study: &Study, runs: RunsFile, command: &Command) -> Result<Vec<PathBuf>, FolderError> {
        let mut contents = contents(study, runs.format()).map_err(|reason| FolderError::file(&self.path, reason))?;
        if let Some(answer) = &mut contents.answer {
            answer.cloud = runs.pairs().and_then(|pairs| pairs.cloud(study));
        }
        self.write_with(Some(runs.finish()?), contents, |names| manifest_of(study, command, names))
    }

    fn stage(&self, name: &str, bytes: &[u8]) -> Result<Staged, FolderError> {
        Staged::whole(&self.path, name, bytes)
    }

    /// Gives all files their names. Before the first, an old manifest goes, as it is true no longer; after the last, what
    /// only the old manifest names.
    fn name_all(&self, mut files: Vec<Staged>, manifest: Option<Staged>) -> Result<Vec<PathBuf>, FolderError> {
        files.extend(manifest);
        let at = self.path.join(MANIFEST);
        let old = manifest::files_in(&disk::read_text(&at).unwrap_or_default());
        let naming = Naming::begin(&self.path, &files, &old)?;
        match fs::remove_file(&at) {
            Err(reason) if reason.kind() != ErrorKind::NotFound => {
                Naming::default().end(&self.path);
                return Err(FolderError::file(&at, reason));
            }
            _ => {}
        }
        let mut named: Vec<PathBuf> = Vec::new();
        for file in files {
            match file.keep() {
                Ok(path) => named.push(path),
                Err(error) => {
                    discard(&named);
                    Naming::default().end(&self.path);
                    return Err(error);
                }
            }
        }
        naming.end(&self.path);
        Ok(named)
    }

    /// Makes a folder with those above it and remembers which are new.
    fn make(&mut self, path: &Path) -> Result<(), FolderError> {
        let missing = path.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists());
        let mut missing: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
        missing.reverse();
        fs::create_dir_all(path).map_err(|reason| FolderError::file(path, reason))?;
        self.made.extend(missing);
        Ok(())
    }

    /// Makes the first folder in the row `name`, `name-2`, `name-3` that holds nothing, but for what a dead writer has left.
    fn take_fresh(&mut self, path: &Path) -> Result<(), FolderError> {
        if let Some(parent) = path.parent() {
            self.make(parent)?;
        }
        let mut number: u64 = 1;
        loop {
            let mut name = path.as_os_str().to_owned();
            if number > 1 {
                name.push(format!("-{number}"));
            }
            if self.take_if_free(PathBuf::from(name))? {
                return Ok(());
            }
            number += 1;
        }
    }

    fn take_if_free(&mut self, path: PathBuf) -> Result<bool, FolderError> {
        let is_new = match fs::create_dir(&path) {
            Ok(()) => true,
            Err(reason) if reason.kind() == ErrorKind::AlreadyExists => false,
            Err(reason) => return Err(FolderError::file(&path, reason)),
        };
        let may_be_free = partial::is_folder(&path) && (Lock::is_in(&path) || check_free(&path, false).is_ok());
        if !may_be_free {
            return Ok(false);
        }
        pause();
        match Lock::take(&path) {
            Ok(lock) => self.lock = Some(lock),
            Err(lock::LockError::Held { .. }) => return Ok(false),
            Err(error) => return Err(error.into()),
        }
        naming::clean(&path).map_err(|reason| FolderError::file(&path, reason))?;
        if check_free(&path, false).is_err() {
            self.lock = None;
            return Ok(false);
        }
        if is_new {
            self.made.push(path.clone());
        }
        self.path = path;
        Ok(true)
    }
}

/// What a folder holds of a study besides the table of its runs: tables, findings, charts. The long tables are in that format.
///
/// # Errors
/// A table cannot be made.
pub fn contents(study: &Study, format: Format) -> io::Result<Contents> {
    let answer = answer(study);
    let scenarios = study.arms.iter().map(Scenario::resolved);
    Ok(Contents {
        files: Vec::new(),
        data: ensemble_tables::tables(study, format)?,
        scenarios: study.keys().into_iter().zip(scenarios).collect(),
        findings: answer.sentences(),
        answer: Some(answer),
        figures: figures(study),
        tables: tables(study),
    })
}

/// Makes the page of a result folder anew, from what lies in it and nothing else, and gives back where it is.
///
/// # Errors
/// The folder holds no results or damaged ones, or the page cannot be written; then an earlier page is left as it was.
pub fn write_page(folder: &Path) -> Result<PathBuf, FolderError> {
    let page = page_of(folder)?;
    Staged::whole(folder, PAGE, page.as_bytes())?.keep()
}

/// The page of a result folder as HTML.
///
/// # Errors
/// The folder holds no results, or damaged ones.
pub fn page_of(folder: &Path) -> Result<String, FolderError> {
    page::html(&|name| disk::read(&folder.join(name))).map_err(|reason| FolderError::page(folder, reason))
}

impl Drop for Folder {
    /// Removes folders that were made and are still empty, innermost first.
    fn drop(&mut self) {
        self.lock = None;
        self.made.iter().rev().for_each(|path| drop(fs::remove_dir(path)));
    }
}

fn check_free(path: &Path, replace: bool) -> Result<(), FolderError> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(reason) if reason.kind() == ErrorKind::NotFound => return Ok(()),
        Err(reason) if reason.kind() == ErrorKind::NotADirectory && path.exists() => {
            return Err(FolderError::NotAFolder(path.to_path_buf()));
        }
        Err(reason) => return Err(FolderError::file(path, reason)),
    };
    let mut entries = entries.flatten();
    let mut is_taken = || entries.any(|entry| entry.file_name() != lock::NAME);
    if replace || !is_taken() { Ok(()) } else { Err(FolderError::Taken(path.to_path_buf())) }
}

/// Removes files as far as that can be done.
fn discard(files: &[PathBuf]) {
    for path in files {
        drop(fs::remove_file(path));
    }
}

/// The manifest of an ensemble.
fn manifest_of(study: &Study, command: &Command, files: &[&str]) -> String {
    let Ensemble { seed, runs, interrupted, main_measure, .. } = study.ensemble;
    let failed_runs = study.ensemble.failed();
    let arms: Vec<Value> = study.keys().iter().zip(study.arms).map(|(key, arm)| manifest::scenario(key, arm)).collect();
    let progress = manifest::Progress { seed: *seed, runs: *runs, failed_runs, interrupted: *interrupted };
    let mut own = json!({ "main_measure": main_measure, "arms": arms });
    if failed_runs > 0 {
        own["failed"] = json!(failed::entries(&study.failed()));
    }
    manifest::text(command, progress, own, files)
}
