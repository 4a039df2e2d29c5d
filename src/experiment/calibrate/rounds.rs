//! What a search has done so far, in a folder, so that it can go on later.
//!
//! ```text
//! calibration.json      which calibration this is: hash, and the file as it was read
//! rounds/round-007.json what the points of a round foretell, as many as were tried
//! ```
//!
//! The points of a round follow from the rounds before, so that only what they foretell is kept. A file that is damaged or
//! belongs to another calibration is as good as missing: what it held is done again, and comes out the same.

use super::problem::Problem;
use super::search::Tried;
use crate::disk::{self, lock, partial, pause};
use crate::experiment::plan::{PlanError, write_whole};
use crate::plain::hexadecimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Where a search keeps its rounds.
pub trait Keep {
    /// What was tried in a round, from the first point on; nothing if nothing is kept.
    ///
    /// # Errors
    /// What is kept cannot be read.
    fn load(&self, round: u64) -> Result<Vec<Tried>, RoundsError>;

    /// Keeps what was tried in a round.
    ///
    /// # Errors
    /// It cannot be written.
    fn save(&self, round: u64, tried: &[Tried]) -> Result<(), RoundsError>;
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug)]
pub struct Forgetful;

impl Keep for Forgetful {
    fn load(&self, _: u64) -> Result<Vec<Tried>, RoundsError> {
        Ok(Vec::new())
    }

    fn save(&self, _: u64, _: &[Tried]) -> Result<(), RoundsError> {
        Ok(())
    }
}

/// A folder that keeps the rounds of one calibration.
#[derive(Clone, Debug)]
pub struct Rounds {
    folder: PathBuf,
    hash: String,
}

/// Why rounds could not be read or kept.
#[derive(Debug)]
pub enum RoundsError {
    /// The folder holds another calibration.
    Another(PathBuf),
    /// The folder holds other files and no calibration.
    Taken(PathBuf),
    /// A file could not be read or written.
    File {
        /// Where.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

/// What `calibration.json` holds.
#[derive(Serialize, Deserialize)]
struct Mark {
    /// Hash of all that decides the result.
    calibration: String,
    /// The file, for people.
    file: super::file::File,
}

/// What the file of a round holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    /// Hash of the calibration.
    calibration: String,
    /// Number of the round; the first, of the prior, is 0.
    round: u64,
    /// What each point foretells: a number or nothing for each observation; nothing for a point that is impossible.
    tried: Vec<Tried>,
    /// SHA-256 of `tried` as JSON.
    sha256: String,
}

const MARK: &str = "calibration.json";
const ROUNDS: &str = "rounds";

impl Rounds {
    /// Goes on in a folder that holds this calibration, or begins in one that is empty or not there. With `replace` rounds
    /// of another calibration give way.
    ///
    /// # Errors
    /// The folder holds another calibration or other files, or cannot be written.
    pub fn open(folder: &Path, problem: &Problem, replace: Replace) -> Result<Self, RoundsError> {
        let rounds = Self { folder: folder.to_path_buf(), hash: problem.hash() };
        for folder in [folder.to_path_buf(), folder.join(ROUNDS)] {
            partial::clean(&folder);
        }
        let path = folder.join(MARK);
        match disk::read_text(&path) {
            Ok(text) => {
                let is_same = serde_json::from_str(&text).is_ok_and(|mark: Mark| mark.calibration == rounds.hash);
                if is_same && replace == Replace::Nothing {
                    return Ok(rounds);
                }
                if replace == Replace::Nothing {
                    return Err(RoundsError::Another(folder.to_path_buf()));
                }
            }
            Err(reason) if reason.kind() != ErrorKind::NotFound => return Err(RoundsError::File { path, reason }),
            Err(_) if replace == Replace::Nothing => check_free(folder)?,
            Err(_) => {}
        }
        rounds.begin(problem)?;
        Ok(rounds)
    }

    /// Takes rounds of another calibration away and marks the folder as that of this one.
    fn begin(&self, problem: &Problem) -> Result<(), RoundsError> {
        let path = self.folder.join(ROUNDS);
        match fs::remove_dir_all(&path) {
            Err(reason) if reason.kind() != ErrorKind::NotFound => return Err(RoundsError::File { path, reason }),
            _ => {}
        }
        pause();
        fs::create_dir_all(&path).map_err(|reason| RoundsError::File { path, reason })?;
        pause();
        let mark = Mark { calibration: self.hash.clone(), file: problem.file.clone() };
        write(&self.folder.join(MARK), &(serde_json::to_string_pretty(&mark).unwrap_or_default() + "\n"))
    }

    fn path(&self, round: u64) -> PathBuf {
        self.folder.join(ROUNDS).join(format!("round-{round:03}.json"))
    }
}

/// Whether what a folder holds may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    /// Nothing may.
    Nothing,
    /// Everything may.
    All,
}

impl Keep for Rounds {
    fn load(&self, round: u64) -> Result<Vec<Tried>, RoundsError> {
        let path = self.path(round);
        let text = match disk::read_text(&path) {
            Ok(text) => text,
            Err(reason) if reason.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(reason) => return Err(RoundsError::File { path, reason }),
        };
        let whole = |stored: &Stored| {
            stored.calibration == self.hash && stored.round == round && stored.sha256 == digest(&stored.tried)
        };
        Ok(serde_json::from_str(&text).ok().filter(whole).map_or_else(Vec::new, |stored: Stored| stored.tried))
    }

    fn save(&self, round: u64, tried: &[Tried]) -> Result<(), RoundsError> {
        let (calibration, sha256) = (self.hash.clone(), digest(tried));
        let stored = Stored { calibration, round, tried: tried.to_vec(), sha256 };
        write(&self.path(round), &(serde_json::to_string(&stored).unwrap_or_default() + "\n"))
    }
}

fn digest(tried: &[Tried]) -> String {
    hexadecimal(&Sha256::digest(serde_json::to_vec(tried).unwrap_or_default()))
}

fn write(path: &Path, text: &str) -> Result<(), RoundsError> {
    write_whole(path, text.as_bytes()).map_err(|error| match error {
        PlanError::File { path, reason } => RoundsError::File { path, reason },
        other => RoundsError::File { path: path.to_path_buf(), reason: io::Error::other(other.to_string()) },
    })
}

/// A folder for a calibration may hold nothing yet but what one that was stopped at its very beginning has left.
fn check_free(folder: &Path) -> Result<(), RoundsError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(reason) if reason.kind() == ErrorKind::NotFound => return Ok(()),
        Err(reason) => return Err(RoundsError::File { path: folder.to_path_buf(), reason }),
    };
    let is_empty = |path: &Path| fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none());
    let is_ours =
        |name: &str| name == lock::NAME || partial::is_name(name) || name == ROUNDS && is_empty(&folder.join(ROUNDS));
    if entries.flatten().all(|entry| entry.file_name().to_str().is_some_and(is_ours)) {
        Ok(())
    } else {
        Err(RoundsError::Taken(folder.to_path_buf()))
    }
}

impl fmt::Display for RoundsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Another(folder) => write!(
                formatter,
                "`{}` holds another calibration, or the same of another file, data or version; choose another folder or \
                 add --replace",
                folder.display()
            ),
            Self::Taken(folder) => write!(
                formatter,
                "`{}` exists and holds no calibration; choose another folder or add --replace",
                folder.display()
            ),
            Self::File { path, reason } => {
                write!(formatter, "`{}` cannot be read or written: {reason}; choose another folder", path.display())
            }
        }
    }
}

impl std::error::Error for RoundsError {}
