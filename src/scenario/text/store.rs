//! Where files come from: the disk, or the scenarios bundled into the program.

use std::fmt;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

use crate::disk;
use crate::plain;

/// Bytes a scenario or data file may have.
const LARGEST_FILE: u64 = 50_000_000;

/// A place that files are read from.
///
/// Whoever runs the scenarios of others (a web server, say) gives them a store without a disk, such as [`Bundled`]: it answers
/// every [`Address::Disk`] with `NotFound`, so that no `extends` and no CSV of theirs reaches a file, nor a fault what is in it.
pub trait Store {
    /// The bytes of a file.
    ///
    /// # Errors
    /// Those of [`std::fs::read`]; a file over 50 MB is `FileTooLarge`.
    fn read(&self, address: &Address) -> io::Result<Vec<u8>>;

    /// Names of the files in the folder of `address`, to suggest one when a name is mistyped.
    fn neighbours(&self, address: &Address) -> Vec<String>;

    /// Names of the bundled files.
    fn bundled(&self) -> Vec<&str>;
}

/// Where a file lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// A path on disk.
    Disk(PathBuf),
    /// The name of a file in the program, such as `data/ae.csv`.
    Bundled(String),
}

/// Files that are part of the program: pairs of name, such as `place-fortress.json`, and text.
#[derive(Debug, Clone, Copy)]
pub struct Bundled(pub &'static [(&'static str, &'static str)]);

/// The disk, and behind it the bundled files.
#[derive(Debug, Clone, Copy)]
pub struct Disk {
    /// Read where a scenario is asked for by its bare name and no such file exists.
    pub bundled: Bundled,
}

impl Store for Bundled {
    fn read(&self, address: &Address) -> io::Result<Vec<u8>> {
        let Address::Bundled(name) = address else { return Err(ErrorKind::NotFound.into()) };
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn neighbours(&self, address: &Address) -> Vec<String> {
        let Address::Bundled(name) = address else { return Vec::new() };
        let folder = folder(name);
        self.0.iter().filter_map(|(known, _)| known.strip_prefix(folder)).map(str::to_owned).collect()
    }

    fn bundled(&self) -> Vec<&str> {
        self.0.iter().map(|(name, _)| *name).collect()
    }
}

impl Store for Disk {
    fn read(&self, address: &Address) -> io::Result<Vec<u8>> {
        let Address::Disk(path) = address else { return self.bundled.read(address) };
        let mut bytes = Vec::new();
        disk::open(path)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn neighbours(&self, address: &Address) -> Vec<String> {
        let Address::Disk(path) = address else { return self.bundled.neighbours(address) };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    fn bundled(&self) -> Vec<&str> {
        self.bundled.bundled()
    }
}

impl Address {
    /// The file that `name` means when it is written in the file at this address.
    #[must_use]
    pub fn beside(&self, name: &str) -> Self {
        match self {
            Self::Disk(path) => Self::Disk(path.parent().unwrap_or(Path::new("")).join(name)),
            Self::Bundled(own) => Self::Bundled(tidy(Path::new(&format!("{}{name}", folder(own))))),
        }
    }

    /// The same for two ways to write one path, without asking the disk.
    pub(super) fn normal(&self) -> Self {
        match self {
            Self::Disk(path) => Self::Disk(tidy(path).into()),
            Self::Bundled(name) => Self::Bundled(name.clone()),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(path) => formatter.write_str(&plain::one_line(&path.to_string_lossy())),
            Self::Bundled(name) => write!(formatter, "bundled {}", plain::one_line(name)),
        }
    }
}

/// Why a file gave no text: in words that can stand behind its name.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::scenario) enum Unread {
    /// There is no such file.
    Missing,
    /// There is one, but it cannot be used.
    Unusable(String),
}

/// The text of a file, without the byte order mark that some editors put before it.
pub(super) fn read_text(store: &dyn Store, address: &Address) -> Result<String, Unread> {
    decoded(store.read(address).map_err(|error| unread(&error))?)
}

/// The same of bytes at hand.
pub(in crate::scenario) fn decoded(bytes: Vec<u8>) -> Result<String, Unread> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let readable = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = readable.split(|byte| *byte == b'\n').count();
        Unread::Unusable(format!("is not UTF-8 text (line {line}); save it as UTF-8"))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Why a file could not be read.
pub(in crate::scenario) fn unread(error: &io::Error) -> Unread {
    Unread::Unusable(match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => return Unread::Missing,
        ErrorKind::IsADirectory => "is a folder, not a file".into(),
        ErrorKind::FileTooLarge => format!("is larger than {} MB", LARGEST_FILE / 1_000_000),
        ErrorKind::InvalidInput => "is a pipe, a socket or a device, and no file; save what it gives as a file".into(),
        ErrorKind::PermissionDenied => "may not be read: permission denied".into(),
        _ => format!("cannot be read: {error}"),
    })
}

/// The folder of a bundled name, with its `/`; empty at the top.
fn folder(name: &str) -> &str {
    name.rfind('/').and_then(|slash| name.get(..=slash)).unwrap_or("")
}

/// A path with `/` between its parts, `.` left out and `..` resolved.
fn tidy(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if parts.last().is_some_and(|last| last != ".." && !last.is_empty()) => {
                parts.pop();
            }
            Component::RootDir => parts.push(String::new()),
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_from_the_folder_of_the_file_it_stands_in() {
        let disk = Address::Disk("places/devon.json".into());
        assert_eq!(disk.beside("../base.json").normal(), Address::Disk("base.json".into()));
        assert_eq!(disk.beside("/data/ae.csv"), Address::Disk("/data/ae.csv".into()));
        let bundled = Address::Bundled("bundles/network.json".into());
        assert_eq!(bundled.beside("../data/ae.csv"), Address::Bundled("data/ae.csv".into()));
        assert_eq!(bundled.beside("merger.json"), Address::Bundled("bundles/merger.json".into()));
    }

    #[test]
    fn bundled_files_never_reach_the_disk() {
        let bundled = Bundled(&[("a.json", "{}")]);
        assert_eq!(read_text(&bundled, &Address::Disk("/etc/hostname".into())), Err(Unread::Missing));
        assert_eq!(read_text(&bundled, &Address::Bundled("a.json".into())), Ok("{}".into()));
    }

    #[test]
    fn unusable_files_say_why() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk { bundled: Bundled(&[]) };
        let at = |name: &str| Address::Disk(folder.path().join(name));
        fs::write(at_path(&at("latin.json")), b"{\n\"\xe9\": 1}").unwrap();
        fs::write(at_path(&at("marked.json")), "\u{feff}{}").unwrap();
        fs::File::create(at_path(&at("huge.json"))).unwrap().set_len(LARGEST_FILE + 1).unwrap();
        let unusable = |words: &str| Err(Unread::Unusable(words.into()));
        assert_eq!(read_text(&disk, &at("latin.json")), unusable("is not UTF-8 text (line 2); save it as UTF-8"));
        assert_eq!(read_text(&disk, &at("huge.json")), unusable("is larger than 50 MB"));
        assert_eq!(read_text(&disk, &at("")), unusable("is a folder, not a file"));
        assert_eq!(read_text(&disk, &at("marked.json")), Ok("{}".into()));
        assert_eq!(read_text(&disk, &at("marked.json/deeper.json")), Err(Unread::Missing));
    }

    fn at_path(address: &Address) -> &Path {
        match address {
            Address::Disk(path) => path,
            Address::Bundled(name) => Path::new(name),
        }
    }
}
