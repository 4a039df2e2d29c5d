//! Tells the program what it was built from: a hash of the sources that decide results, so that parts of two builds are never
//! put together. It needs no git, is the same from a checkout and from an archive of it, and changes only when a source does.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders whose sources decide results: those of the model, of the statistics, and of scenarios and experiments. Each has a hash.
const SOURCES: [&[&str]; 3] = [&["engine/src"], &["statistics/src"], &["src/experiment", "src/scenario"]];
/// Hexadecimal digits of each hash that are told.
const DIGITS: usize = 12;

fn main() {
    println!("cargo::rustc-env=COMMONGROUND_SOURCES={}", SOURCES.map(hash).join("-"));
}

fn hash(folders: &[&str]) -> String {
    let mut files = Vec::new();
    for folder in folders {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(folder), &mut files);
    }
    files.sort();
    let hash = files.iter().fold(FIRST, |hash, file| {
        let hash = take(hash, file.to_string_lossy().replace('\\', "/").as_bytes());
        take(hash, &fs::read(file).unwrap_or_default())
    });
    format!("{hash:032x}")[..DIGITS].to_owned()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "json") {
            files.push(path);
        }
    }
}

/// FNV-1a of 128 bits (<http://www.isthe.com/chongo/tech/comp/fnv>), over the bytes without carriage returns, which a checkout
/// on Windows adds, and then one byte that ends them.
fn take(hash: u128, bytes: &[u8]) -> u128 {
    let kept = bytes.iter().filter(|byte| **byte != b'\r').chain(&[0xff]);
    kept.fold(hash, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

const FIRST: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
