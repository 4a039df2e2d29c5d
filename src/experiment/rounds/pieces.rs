//! Pieces of a round that is not whole yet: what some of its points foretell, each piece in a file of its own, so that several processes
//! may add to a round and none writes again what was written.

use super::{Identity, ROUNDS, RoundsError, Tried, digest, write};
use crate::disk;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What the file of a piece holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Piece {
    /// Hash of the search.
    search: String,
    /// Number of the round.
    round: u64,
    /// Positions of the points.
    points: Vec<usize>,
    /// What each foretells.
    tried: Vec<Tried>,
    /// SHA-256 of `tried` as JSON.
    sha256: String,
}

/// What all pieces of a round hold, by the position of the point. One that is damaged is as good as missing.
pub(super) fn read(folder: &Path, identity: &Identity, round: u64) -> Result<BTreeMap<usize, Tried>, RoundsError> {
    let whole = |piece: &Piece| {
        let is_whole = piece.points.len() == piece.tried.len() && piece.sha256 == digest(&piece.tried);
        piece.search == identity.hash && piece.round == round && is_whole
    };
    let mut all = BTreeMap::new();
    for path in paths(folder, round) {
        let text = match disk::read_text(&path) {
            Ok(text) => text,
            // Another process has made the round whole meanwhile.
            Err(reason) if reason.kind() == ErrorKind::NotFound => continue,
            Err(reason) => return Err(RoundsError::File { path, reason }),
        };
        if let Some(piece) = serde_json::from_str::<Piece>(&text).ok().filter(whole) {
            all.extend(piece.points.into_iter().zip(piece.tried));
        }
    }
    Ok(all)
}

/// Keeps a piece; its name is that of its first point, which no other piece has.
pub(super) fn add(
    folder: &Path,
    identity: &Identity,
    round: u64,
    tried: &BTreeMap<usize, Tried>,
) -> Result<(), RoundsError> {
    let Some(first) = tried.keys().next() else { return Ok(()) };
    let path = folder.join(ROUNDS).join(format!("{}{first:06}.json", beginning(round)));
    let (points, tried): (Vec<usize>, Vec<Tried>) = tried.iter().map(|(at, tried)| (*at, tried.clone())).unzip();
    let sha256 = digest(&tried);
    let piece = Piece { search: identity.hash.clone(), round, points, tried, sha256 };
    write(&path, &(serde_json::to_string(&piece).unwrap_or_default() + "\n"))
}

/// Takes the pieces of a round away that is whole.
pub(super) fn clean(folder: &Path, round: u64) {
    for path in paths(folder, round) {
        drop(fs::remove_file(path));
    }
}

fn beginning(round: u64) -> String {
    format!("round-{round:03}-from-")
}

fn paths(folder: &Path, round: u64) -> Vec<PathBuf> {
    let beginning = beginning(round);
    let is_piece = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.and_then(|name| name.strip_prefix(&beginning)).is_some_and(|rest| rest.strip_suffix(".json").is_some())
    };
    let entries = fs::read_dir(folder.join(ROUNDS)).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_piece).collect();
    paths.sort();
    paths
}
