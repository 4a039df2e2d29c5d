//! Files on their way: written under a name of their own beside their place, which shows that they are ours, and locked as long
//! as their writer lives.

use std::fs;
use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".commonground-";
const SUFFIX: &str = ".partial";

/// An empty file with a name that nobody else has, in a folder.
///
/// # Errors
/// It cannot be made.
pub fn new_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    // Temporary files are for the user alone unless told otherwise; these are for whoever may read the folder.
    #[cfg(unix)]
    builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    // Where files cannot be locked, one that is left over stays until its folder has but one writer.
    drop(file.as_file().try_lock());
    Ok(file)
}

/// Whether a file's name is that of one on its way.
pub fn is_name(name: &str) -> bool {
    name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Removes the files on their way in a folder whose writers are dead. A folder that is a link is left alone.
pub fn clean(folder: &Path) {
    if !is_folder(folder) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_ours =
            entry.file_name().to_str().is_some_and(is_name) && entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_ours && fs::File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            drop(fs::remove_file(path));
        }
    }
}

/// Whether there is a folder, and no link to one.
pub fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_dead_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let alive = new_in(folder.path()).unwrap();
        let (dead, theirs) = (folder.path().join(".commonground-x.partial"), folder.path().join(".x.partial"));
        fs::write(&dead, "").unwrap();
        fs::write(&theirs, "").unwrap();
        clean(folder.path());
        assert_eq!([alive.path(), &dead, &theirs].map(Path::exists), [true, false, true]);
    }
}
