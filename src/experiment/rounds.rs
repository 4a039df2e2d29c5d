//! What a search has done so far, in a folder, so that it can go on later.
//!
//! ```text
//! calibration.json      which search this is (of a match, match.json): hash, and the file as it was read
//! rounds/round-007.json what the points of a round foretell, as many as were tried
//! rounds/round-007-from-000064.json  of a round that is not whole yet, what some of its points foretell
//! ```
//!
//! The points of a round follow from the rounds before, so that only what they foretell is kept. A file that is damaged or
//! belongs to another search is as good as missing: what it held is done again, and comes out the same.

mod pieces;

use crate::disk::{self, lock, partial, pause};
use crate::experiment::plan::{PlanError, write_whole};
use crate::plain::hexadecimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What one point foretells, as numbers in an order that the search knows, `None` where there is none; no entry at all for a point
/// in which a run failed. `None` for a point that is out of the range or impossible.
pub(in crate::experiment) type Tried = Option<Vec<Option<f64>>>;

/// What is searched for, in words and files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// What the folder is said to hold: `calibration`.
    pub noun: &'static str,
    /// The file that says which it is.
    pub mark: &'static str,
}

/// Numbers fitted to data.
pub const CALIBRATION: Sort = Sort { noun: "calibration", mark: "calibration.json" };

/// Points that agree with the evidence.
pub const MATCH: Sort = Sort { noun: "match", mark: "match.json" };

/// Which search a folder belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// What is searched for.
    pub sort: Sort,
    /// Hash of all that decides the result.
    pub hash: String,
    /// The file, for people.
    pub file: Value,
}

/// Where a search keeps its rounds.
pub trait Keep {
    /// What was tried in a round, from the first point on; nothing if nothing is kept.
    ///
    /// # Errors
    /// What is kept cannot be read.
    fn load(&self, round: u64) -> Result<Vec<Tried>, RoundsError>;

    /// Keeps what was tried in a round, in place of its pieces.
    ///
    /// # Errors
    /// It cannot be written.
    fn save(&self, round: u64, tried: &[Tried]) -> Result<(), RoundsError>;

    /// The pieces of a round that is not whole: what was tried, by the position of the point.
    ///
    /// # Errors
    /// What is kept cannot be read.
    fn pieces(&self, round: u64) -> Result<BTreeMap<usize, Tried>, RoundsError>;

    /// Keeps a piece of a round beside those that are kept.
    ///
    /// # Errors
    /// It cannot be written.
    fn add(&self, round: u64, tried: &BTreeMap<usize, Tried>) -> Result<(), RoundsError>;
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

    fn pieces(&self, _: u64) -> Result<BTreeMap<usize, Tried>, RoundsError> {
        Ok(BTreeMap::new())
    }

    fn add(&self, _: u64, _: &BTreeMap<usize, Tried>) -> Result<(), RoundsError> {
        Ok(())
    }
}

/// A folder that keeps the rounds of one search.
#[derive(Clone, Debug)]
pub struct Rounds {
    folder: PathBuf,
    identity: Identity,
}

/// Why rounds could not be read or kept.
#[derive(Debug)]
pub enum RoundsError {
    /// The folder holds another search of the sort.
    Another(Sort, PathBuf),
    /// The folder holds other files and no search.
    Taken(Sort, PathBuf),
    /// A file could not be read or written.
    File {
        /// Where.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

/// What the file of a round holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    /// Hash of the search.
    search: String,
    /// Number of the round; the first, of the prior, is 0.
    round: u64,
    /// What each point foretells: a number or nothing for each observation; nothing for a point that is impossible.
    tried: Vec<Tried>,
    /// SHA-256 of `tried` as JSON.
    sha256: String,
}

const ROUNDS: &str = "rounds";

impl Rounds {
    /// Goes on in a folder that holds this search, or begins in one that is empty or not there. With `replace` rounds of
    /// another give way.
    ///
    /// # Errors
    /// The folder holds another search or other files, or cannot be written.
    pub fn open(folder: &Path, identity: Identity, replace: Replace) -> Result<Self, RoundsError> {
        let rounds = Self { folder: folder.to_path_buf(), identity };
        let Sort { noun, mark } = rounds.identity.sort;
        for folder in [folder.to_path_buf(), folder.join(ROUNDS)] {
            partial::clean(&folder);
        }
        let path = folder.join(mark);
        match disk::read_text(&path) {
            Ok(text) => {
                let hash =
                    serde_json::from_str(&text).ok().and_then(|mark: Value| mark[noun].as_str().map(str::to_owned));
                if hash.as_ref() == Some(&rounds.identity.hash) && replace == Replace::Nothing {
                    return Ok(rounds);
                }
                if replace == Replace::Nothing {
                    return Err(RoundsError::Another(rounds.identity.sort, folder.to_path_buf()));
                }
            }
            Err(reason) if reason.kind() != ErrorKind::NotFound => return Err(RoundsError::File { path, reason }),
            Err(_) if replace == Replace::Nothing => check_free(rounds.identity.sort, folder)?,
            Err(_) => {}
        }
        rounds.begin()?;
        Ok(rounds)
    }

    /// Takes rounds of another search away and marks the folder as that of this one.
    fn begin(&self) -> Result<(), RoundsError> {
        let path = self.folder.join(ROUNDS);
        match fs::remove_dir_all(&path) {
            Err(reason) if reason.kind() != ErrorKind::NotFound => return Err(RoundsError::File { path, reason }),
            _ => {}
        }
        pause();
        fs::create_dir_all(&path).map_err(|reason| RoundsError::File { path, reason })?;
        pause();
        let Identity { sort, hash, file } = &self.identity;
        write(&self.folder.join(sort.mark), &format!("{:#}\n", json!({ sort.noun: hash, "file": file })))
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
            stored.search == self.identity.hash && stored.round == round && stored.sha256 == digest(&stored.tried)
        };
        let Some(stored) = serde_json::from_str(&text).ok().filter(whole) else { return Ok(Vec::new()) };
        // Whoever made it whole may have been killed before its pieces were gone.
        pieces::clean(&self.folder, round);
        Ok(stored.tried)
    }

    fn save(&self, round: u64, tried: &[Tried]) -> Result<(), RoundsError> {
        let (search, sha256) = (self.identity.hash.clone(), digest(tried));
        let stored = Stored { search, round, tried: tried.to_vec(), sha256 };
        write(&self.path(round), &(serde_json::to_string(&stored).unwrap_or_default() + "\n"))?;
        pieces::clean(&self.folder, round);
        Ok(())
    }

    fn pieces(&self, round: u64) -> Result<BTreeMap<usize, Tried>, RoundsError> {
        pieces::read(&self.folder, &self.identity, round)
    }

    fn add(&self, round: u64, tried: &BTreeMap<usize, Tried>) -> Result<(), RoundsError> {
        pieces::add(&self.folder, &self.identity, round, tried)
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

/// A folder for a search may hold nothing yet but what one that was stopped at its very beginning has left.
fn check_free(sort: Sort, folder: &Path) -> Result<(), RoundsError> {
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
        Err(RoundsError::Taken(sort, folder.to_path_buf()))
    }
}

impl fmt::Display for RoundsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Another(sort, folder) => write!(
                formatter,
                "`{}` holds another {noun}, or the same of another file, data or version; choose another folder or add \
                 --replace",
                folder.display(),
                noun = sort.noun
            ),
            Self::Taken(sort, folder) => write!(
                formatter,
                "`{}` exists and holds no {}; choose another folder or add --replace",
                folder.display(),
                sort.noun
            ),
            Self::File { path, reason } => {
                write!(formatter, "`{}` cannot be read or written: {reason}; choose another folder", path.display())
            }
        }
    }
}

impl std::error::Error for RoundsError {}
