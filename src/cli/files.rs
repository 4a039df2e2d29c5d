//! Files that the user asked for, written without ever overwriting one.

use super::ending::Failure;
use commonground::disk::partial;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes a file that is not there yet, and the folders on the way to it.
///
/// # Errors
/// There is such a file, or it cannot be written.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let shown = path.display();
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)
            .map_err(|error| Failure::Request(format!("the folder `{}` cannot be made: {error}", folder.display())))?;
    }
    let mut file = fs::File::create_new(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => taken(path),
        _ => Failure::Request(format!("`{shown}` cannot be written: {error}")),
    })?;
    file.write_all(text.as_bytes()).map_err(|error| {
        let _ = fs::remove_file(path);
        Failure::Request(format!("`{shown}` cannot be written: {error}"))
    })
}

/// Writes a file in place of one that may be there, whole or not at all.
///
/// # Errors
/// It cannot be written.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failure = |error: &std::io::Error| Failure::Request(format!("`{}` cannot be written: {error}", path.display()));
    fs::create_dir_all(folder).map_err(|error| failure(&error))?;
    let mut file = partial::new_in(folder).map_err(|error| failure(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| failure(&error))?;
    file.persist(path).map_err(|error| failure(&error.error))?;
    Ok(())
}

/// The failure of writing where something is already.
pub(super) fn taken(path: &Path) -> Failure {
    let shown = path.display();
    Failure::Request(format!("`{shown}` is there already and is not overwritten; give another name or take it away"))
}
