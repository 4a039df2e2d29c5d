//! One writer a folder: a lock that the system itself lifts when its holder ends, however it ends, and a file that says who the
//! holder is. A lock file that nobody holds was left by a writer that is dead.

use std::fmt;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::plain;

/// The file that is locked.
pub const NAME: &str = ".commonground.lock";

/// A folder that nobody else writes to, as long as this is alive.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    _file: File,
}

/// Why a folder could not be locked. Shown, it says who writes to it, or what the system says, and the way out.
#[derive(Debug)]
pub enum LockError {
    /// Another process writes to it.
    Held {
        /// The folder.
        folder: PathBuf,
        /// Number of the process and name of its machine, as far as they are known.
        holder: String,
    },
    /// The file could not be made or locked.
    File {
        /// Where.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

/// Times that it is tried again when the last holder takes its file away just then.
const TRIES: usize = 100;
/// Letters of a lock file that are told.
const LONGEST_HOLDER: u64 = 200;

impl Lock {
    /// Locks a folder that is there.
    ///
    /// # Errors
    /// Another process holds it, or it cannot be written to.
    pub fn take(folder: &Path) -> Result<Self, LockError> {
        let path = folder.join(NAME);
        let failed = |reason| LockError::File { path: path.clone(), reason };
        for _ in 0..TRIES {
            if fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()) {
                return Err(failed(ErrorKind::AlreadyExists.into()));
            }
            let mut file = OpenOptions::new();
            let mut file = file.read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(LockError::Held { folder: folder.to_path_buf(), holder: holder(&file) });
                }
                // A file system without locks is written to without them.
                Err(TryLockError::Error(reason)) if reason.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(reason)) => return Err(failed(reason)),
            }
            if is_still(&file, &path) {
                let host = gethostname::gethostname();
                file.set_len(0).map_err(failed)?;
                writeln!(file, "process {} on {}", std::process::id(), host.to_string_lossy()).map_err(failed)?;
                return Ok(Self { path, _file: file });
            }
        }
        Err(failed(ErrorKind::ResourceBusy.into()))
    }

    /// Whether there is a lock file in a folder: that of a writer at work, or of one that is dead.
    pub fn is_in(folder: &Path) -> bool {
        fs::symlink_metadata(folder.join(NAME)).is_ok_and(|there| there.is_file())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.path));
    }
}

/// Who holds a lock, in its own words.
fn holder(file: &File) -> String {
    let mut words = String::new();
    let read = file.take(LONGEST_HOLDER).read_to_string(&mut words);
    let words = plain::one_line(words.trim());
    if read.is_err() || words.is_empty() { "another process".to_owned() } else { words }
}

/// Whether a file that was opened is still the one at that place: its last holder may have taken it away meanwhile.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |there: fs::Metadata| (there.dev(), there.ino());
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(opened), Ok(there)) => number(opened) == number(there),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still(_: &File, path: &Path) -> bool {
    path.exists()
}

impl fmt::Display for LockError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Held { folder, holder } => write!(
                formatter,
                "`{}` is being written to by {holder}; wait until it is done, or choose another folder",
                folder.display()
            ),
            Self::File { path, reason } => {
                write!(
                    formatter,
                    "`{}` cannot be written: {reason}; choose a folder in which you may write",
                    path.display()
                )
            }
        }
    }
}

impl std::error::Error for LockError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_writer_and_a_file_that_nobody_holds_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "process 1 on a machine that was switched off").unwrap();
        let lock = Lock::take(folder.path()).unwrap();
        let refused = Lock::take(folder.path()).unwrap_err().to_string();
        assert!(refused.contains(&format!("is being written to by process {} on ", std::process::id())), "{refused}");
        drop(lock);
        assert!(!Lock::is_in(folder.path()));
        drop(Lock::take(folder.path()).unwrap());
    }
}
