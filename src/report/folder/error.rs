//! Why a result folder could not be written, and the way out.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::super::draw::DrawError;
use super::super::page::PageError;
use crate::disk::lock::LockError;

/// Why a result folder could not be written. Shown, it names the place, the reason and the way out.
#[derive(Debug)]
pub enum FolderError {
    /// The folder exists and holds files.
    Taken(PathBuf),
    /// There is a file in place of the folder.
    NotAFolder(PathBuf),
    /// There is a link in place of a folder that is to be written to.
    Link(PathBuf),
    /// Somebody else is writing to it, or it cannot be locked.
    Locked(LockError),
    /// A file or folder could not be made or written.
    File {
        /// Where.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// A chart could not be drawn.
    Chart {
        /// Name of the figure.
        name: String,
        /// What was wrong.
        reason: DrawError,
    },
    /// The page could not be made of what is in the folder.
    Page {
        /// The folder.
        path: PathBuf,
        /// What was wrong.
        reason: PageError,
    },
}

impl FolderError {
    pub(in crate::report) fn file(path: &Path, reason: io::Error) -> Self {
        Self::File { path: path.to_path_buf(), reason }
    }

    pub(super) fn page(path: &Path, reason: PageError) -> Self {
        Self::Page { path: path.to_path_buf(), reason }
    }
}

impl From<LockError> for FolderError {
    fn from(error: LockError) -> Self {
        match error {
            LockError::File { path, reason } => Self::File { path, reason },
            held @ LockError::Held { .. } => Self::Locked(held),
        }
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(path) => write!(
                formatter,
                "`{}` exists and is not empty; choose another folder or add --replace",
                path.display()
            ),
            Self::NotAFolder(path) => {
                write!(formatter, "`{}` is a file and not a folder; choose another name for the folder", path.display())
            }
            Self::Link(path) => write!(
                formatter,
                "`{}` is a link, and nothing is replaced behind a link; give the folder that it leads to, or take it away",
                path.display()
            ),
            Self::Locked(reason) => reason.fmt(formatter),
            Self::File { path, reason } => {
                write!(formatter, "`{}` cannot be written: {reason}; {}", path.display(), way_out(reason.kind()))
            }
            Self::Chart { name, reason } => {
                write!(formatter, "the chart `{name}` cannot be drawn: {reason}; please report this as a fault")
            }
            Self::Page { path, reason } => write!(formatter, "no report of `{}`: {reason}", path.display()),
        }
    }
}

impl std::error::Error for FolderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Taken(_) | Self::NotAFolder(_) | Self::Link(_) => None,
            Self::Locked(reason) => Some(reason),
            Self::File { reason, .. } => Some(reason),
            Self::Chart { reason, .. } => Some(reason),
            Self::Page { reason, .. } => Some(reason),
        }
    }
}

fn way_out(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on the disk or choose a folder on another",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "choose a folder in which you may write",
        ErrorKind::NotADirectory => "a part of this path is a file; choose another folder",
        _ => "choose another folder",
    }
}
