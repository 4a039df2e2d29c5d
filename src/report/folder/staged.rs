//! A file that is written under a temporary name beside its place, and disappears unless it is kept.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::FolderError;

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
        let file = builder().tempfile_in(beside).map_err(|reason| FolderError::file(&path, reason))?;
        Ok(Self { file, folder: folder.to_path_buf(), name: name.to_owned() })
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
            Ok(_) => Ok(path),
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

/// Temporary files are for the user alone unless told otherwise; these become results, and get the usual rights.
fn builder() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".").suffix(".partial");
    #[cfg(unix)]
    builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder
}
