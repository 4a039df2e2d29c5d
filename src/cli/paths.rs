//! Folders and files that the user asks for, by names that can be printed and pasted.

use super::ending::Failure;
use clap::builder::{PathBufValueParser, TypedValueParser};
use commonground::plain::{is_plain, one_line, shell_word};
use std::path::{Path, PathBuf};

/// Takes the name of something that is to be written, unless it holds characters that steer a terminal, end a line or turn the
/// direction of reading: such a name breaks job files and whatever lists the folder.
pub(super) fn new() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| check(&path).map(|()| path))
}

/// The folder by its whole path, for job files that are started elsewhere.
///
/// # Errors
/// A folder above it has a name that breaks them.
pub(super) fn absolute(folder: &Path) -> Result<PathBuf, Failure> {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
    check(&whole).map_err(Failure::Request)?;
    Ok(whole)
}

/// A path as it can be pasted into a shell.
pub(super) fn pasted(path: &Path) -> String {
    shell_word(&path.to_string_lossy())
}

fn check(path: &Path) -> Result<(), String> {
    let name = path.to_string_lossy();
    if name.chars().all(is_plain) {
        return Ok(());
    }
    Err(format!(
        "`{}` holds a line end or another character that cannot be printed; choose another name",
        one_line(&name)
    ))
}
