//! Files on disk: read only if they are files, so that nothing waits for a pipe or reads a device without end; written by one
//! writer a folder, whole or not at all.

pub mod lock;
pub mod partial;
mod pause;

pub(crate) use pause::pause;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// What is said of a pipe, a socket or a device.
pub const NO_FILE: &str = "it is a pipe, a socket or a device, and no file";

/// Opens a file for reading; a link is followed.
///
/// # Errors
/// Those of [`File::open`]; a folder is `IsADirectory`, anything else that is no file `InvalidInput`.
pub fn open(path: &Path) -> io::Result<File> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if !kind.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, NO_FILE));
    }
    File::open(path)
}

/// The bytes of a file.
///
/// # Errors
/// As for [`open`].
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file.
///
/// # Errors
/// As for [`open`]; one that is not UTF-8 is `InvalidData`.
pub fn read_text(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn folders_and_devices_are_no_files() {
        assert_eq!(read(Path::new("/dev")).unwrap_err().kind(), ErrorKind::IsADirectory);
        let device = read(Path::new("/dev/zero")).unwrap_err();
        assert_eq!((device.kind(), device.to_string()), (ErrorKind::InvalidInput, NO_FILE.to_owned()));
    }
}
