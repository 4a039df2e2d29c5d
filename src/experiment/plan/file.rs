//! Files that are whole or not there: written under a name of their own beside their place, synced, renamed.

use super::PlanError;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use tempfile::NamedTempFile;

use crate::disk::{partial, pause};

/// An empty file with a name that nobody else has, beside the place `path`.
pub(super) fn beside(path: &Path) -> Result<NamedTempFile, PlanError> {
    partial::new_in(path.parent().unwrap_or(Path::new("."))).map_err(|reason| PlanError::file(path, reason))
}

/// Writes a file whole or not at all, in place of one that may be there.
pub(in crate::experiment) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), PlanError> {
    let mut file = beside(path)?;
    file.write_all(bytes).map_err(|reason| PlanError::file(path, reason))?;
    keep(file, path)
}

/// Gives a file its place, in that of one that may be there, once its bytes are on the disk.
pub(super) fn keep(file: NamedTempFile, path: &Path) -> Result<(), PlanError> {
    let failed = |reason| PlanError::file(path, reason);
    file.as_file().sync_all().map_err(failed)?;
    pause();
    file.persist(path).map_err(|error| failed(error.error))?;
    sync_folder(path);
    pause();
    Ok(())
}

/// The same for a place that must be free; `false` if it is not.
pub(super) fn keep_first(file: NamedTempFile, path: &Path) -> Result<bool, PlanError> {
    file.as_file().sync_all().map_err(|reason| PlanError::file(path, reason))?;
    pause();
    match file.persist_noclobber(path) {
        Ok(_) => {
            sync_folder(path);
            Ok(true)
        }
        Err(_) if path.exists() => Ok(false),
        Err(error) => Err(PlanError::file(path, error.error)),
    }
}

/// Puts the new name itself on the disk. Where a folder cannot be synced, a name lost with the power only means work done
/// again.
fn sync_folder(path: &Path) {
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        let _ = folder.sync_all();
    }
}
