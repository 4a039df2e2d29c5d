//! A file that is written under a temporary name beside its place, and disappears unless it is kept.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::FolderError;
use crate::disk::{partial, pause};

/// A file on its way to its name.
#[derive(Debug)]
pub(super) struct Staged {
    file: NamedTempFile,
    folder: PathBuf,
    /// Path within the folder, with `/` between its parts.
    name: String,
}

impl Staged {
    /// Opens an empty file beside the place `name` in `folder`.
    pub(super) fn create(folder: &Path, name: &str) -> Result<Self, FolderError> {
        let path = folder.join(name);
        let beside = path.parent().unwrap_or(folder);
        let file = partial::new_in(beside).map_err(|reason| FolderError::file(&path, reason))?;
        Ok(Self { file, folder: folder.to_path_buf(), name: name.to_owned() })
    }

    /// A file that holds these bytes.
    pub(super) fn whole(folder: &Path, name: &str, bytes: &[u8]) -> Result<Self, FolderError> {
        let mut file = Self::create(folder, name)?;
        file.write_all(bytes).map_err(|reason| FolderError::file(&folder.join(name), reason))?;
        pause();
        Ok(file)
    }

    /// Where it is now: path within the folder, with `/` between its parts.
    pub(super) fn on_its_way(&self) -> String {
        let name = self.file.path().file_name().unwrap_or_default().to_string_lossy();
        self.name.rsplit_once('/').map_or_else(|| name.to_string(), |(inner, _)| format!("{inner}/{name}"))
    }

    /// Path within the folder, with `/` between its parts.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Where it will be.
    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// Gives the file its name, in place of one that may be there.
    pub(super) fn keep(self) -> Result<PathBuf, FolderError> {
        let path = self.path();
        match self.file.persist(&path) {
            Ok(_) => {
                pause();
                Ok(path)
            }
            Err(error) => Err(FolderError::file(&path, error.error)),
        }
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
