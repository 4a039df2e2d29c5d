//! Why a plan could not be made, worked on or read, and the way out.

use super::Shards;
use crate::{identity, plain};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a plan could not be made, worked on or read. Shown, it names the place, the reason and the way out.
#[derive(Debug)]
pub enum PlanError {
    /// The folder has no plan.
    NoPlan(PathBuf),
    /// The file of the plan is not one, or is not what was written.
    DamagedPlan {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder holds the plan of another experiment.
    AnotherPlan {
        /// The folder.
        folder: PathBuf,
        /// In what they differ.
        difference: String,
    },
    /// The plan was made by another version of the program, whose results may differ.
    AnotherVersion {
        /// The version that made the plan.
        planned: String,
    },
    /// The plan was made by a program of the same version, built from other sources.
    AnotherBuild {
        /// The folder.
        folder: PathBuf,
        /// Hash of the sources of the program that made the plan.
        planned: String,
    },
    /// This program or machine comes to other numbers than the one that made the plan in this folder.
    OtherNumbers(PathBuf),
    /// A shard that is not in the plan.
    NoSuchShard {
        /// Its number.
        shard: u64,
        /// How many there are.
        shards: u64,
    },
    /// Shards that are missing, so that there is no whole.
    Missing {
        /// The folder.
        folder: PathBuf,
        /// Those missing.
        shards: Shards,
    },
    /// A part is not what was written.
    DamagedPart {
        /// Its file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Rows were read, and whoever they were shown to could not take them.
    NotTaken(io::Error),
    /// A file could not be read or written.
    File {
        /// Where.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

impl PlanError {
    pub(super) fn file(path: &Path, reason: io::Error) -> Self {
        Self::File { path: path.to_path_buf(), reason }
    }

    pub(super) fn damaged(path: &Path, reason: impl Into<String>) -> Self {
        Self::DamagedPart { path: path.to_path_buf(), reason: reason.into() }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPlan(folder) => {
                write!(
                    formatter,
                    "`{}` holds no plan; make one with `commonground plan … --out {}`",
                    folder.display(),
                    plain::shell_word(&folder.to_string_lossy())
                )
            }
            Self::DamagedPlan { path, reason } => {
                write!(
                    formatter,
                    "`{}` is not the plan that was written: {reason}; plan anew in another folder",
                    path.display()
                )
            }
            Self::AnotherPlan { folder, difference } => write!(
                formatter,
                "`{}` holds another plan, which is never changed: {difference}; choose another folder",
                folder.display()
            ),
            Self::AnotherVersion { planned } => write!(
                formatter,
                "the plan was made by commonground {planned} and this is {}, whose results may differ; go on with {planned}, or plan anew in another folder",
                identity::VERSION
            ),
            Self::AnotherBuild { folder, planned } => write!(
                formatter,
                "the plan in `{}` was made by another build of commonground {}, from other sources ({} there, {} here), whose results may differ; use the build that made it, or plan anew in another folder",
                folder.display(),
                identity::VERSION,
                planned.chars().take(60).collect::<String>(),
                identity::SOURCES
            ),
            Self::OtherNumbers(folder) => write!(
                formatter,
                "this program comes to other numbers than the one that made the plan in `{}`, so that their parts would not fit; use the same build everywhere, or plan anew in another folder",
                folder.display()
            ),
            Self::NoSuchShard { shard, shards } => {
                write!(formatter, "there is no shard {shard}; they run from 0 to {}", shards.saturating_sub(1))
            }
            Self::Missing { folder, shards } => write!(
                formatter,
                "the results are not complete: missing shards {shards}; do them with `commonground work {}`",
                plain::shell_word(&folder.to_string_lossy())
            ),
            Self::DamagedPart { path, reason } => {
                write!(formatter, "`{}` is damaged: {reason}; `commonground work` does its shard again", path.display())
            }
            Self::NotTaken(reason) => reason.fmt(formatter),
            Self::File { path, reason } => {
                write!(
                    formatter,
                    "`{}` cannot be read or written: {reason}; mend that and start again, what is done is kept",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for PlanError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File { reason, .. } | Self::NotTaken(reason) => Some(reason),
            _ => None,
        }
    }
}
