//! Tells the wheel of which commit it is, where it is built from a clone: read from `.git`, without running git. The program itself is
//! not built again at a commit; only this small crate is.

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let commit = folder(Path::new("../.git")).and_then(|folder| commit(&folder)).unwrap_or_default();
    println!("cargo::rustc-env=COMMONGROUND_COMMIT={commit}");
}

/// The folder that git keeps of a clone; a work tree has a file that names it.
fn folder(at: &Path) -> Option<PathBuf> {
    if at.is_dir() {
        return Some(at.to_path_buf());
    }
    let text = fs::read_to_string(at).ok()?;
    let named = PathBuf::from(text.strip_prefix("gitdir:")?.trim());
    Some(if named.is_absolute() { named } else { at.parent()?.join(named) })
}

/// The commit that is checked out, in hexadecimal digits.
fn commit(folder: &Path) -> Option<String> {
    let head = read(&folder.join("HEAD"))?;
    let Some(name) = head.strip_prefix("ref:").map(str::trim) else { return digits(&head) };
    // The branches of a work tree lie in the folder that all work trees share.
    let shared = fs::read_to_string(folder.join("commondir"))
        .map_or_else(|_| folder.to_path_buf(), |common| folder.join(common.trim()));
    let packed = read(&shared.join("packed-refs")).unwrap_or_default();
    let in_pack = || packed.lines().find_map(|line| digits(line.strip_suffix(name)?));
    read(&shared.join(name)).and_then(|text| digits(&text)).or_else(in_pack)
}

/// A file of git, at whose change the commit is read again.
fn read(file: &Path) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    println!("cargo::rerun-if-changed={}", file.display());
    Some(text)
}

fn digits(text: &str) -> Option<String> {
    let text = text.trim();
    (text.len() >= 40 && text.bytes().all(|digit| digit.is_ascii_hexdigit())).then(|| text.to_owned())
}
