//! The moment in which files get their names: written down before it begins, so that whoever comes after a writer that died in
//! the midst of it brings it to its end. All files are complete by then.

use std::fs;
use std::io;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::staged::Staged;
use super::{CHARTS, FolderError, MANIFEST, SCENARIOS};
use crate::disk::{self, partial, pause};

/// The file in which it is written down.
const NAME: &str = ".commonground.naming";

/// Which files get which names, and which go.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Naming {
    /// The path of each file on its way and its name, both within the folder; the manifest last.
    files: Vec<(String, String)>,
    /// Files of earlier results that these have not.
    stale: Vec<String>,
}

impl Naming {
    /// Writes down what is about to be named.
    pub(super) fn begin(folder: &Path, files: &[Staged], earlier: &[String]) -> Result<Self, FolderError> {
        let names: Vec<&str> = files.iter().map(Staged::name).collect();
        let stale = earlier.iter().filter(|name| is_of_results(name) && !names.contains(&name.as_str()));
        let naming = Self {
            files: files.iter().map(|file| (file.on_its_way(), file.name().to_owned())).collect(),
            stale: stale.cloned().collect(),
        };
        let text = serde_json::to_vec(&naming).map_err(|error| FolderError::file(&folder.join(NAME), error.into()))?;
        Staged::whole(folder, NAME, &text)?.keep()?;
        pause();
        Ok(naming)
    }

    /// Removes what only earlier results had, and what was written down.
    pub(super) fn end(&self, folder: &Path) {
        for name in &self.stale {
            drop(fs::remove_file(folder.join(name)));
            pause();
        }
        drop(fs::remove_file(folder.join(NAME)));
    }
}

/// Brings a naming to its end that was begun in a folder by a writer that is dead; nothing where none was.
pub(super) fn resume(folder: &Path) -> io::Result<()> {
    let Ok(text) = disk::read_text(&folder.join(NAME)) else { return Ok(()) };
    let naming: Naming = serde_json::from_str(&text).unwrap_or_default();
    for (on_its_way, name) in naming.files.iter().filter(|(from, to)| is_on_its_way(from) && is_of_results(to)) {
        let (from, to) = (folder.join(on_its_way), folder.join(name));
        let is_there = fs::symlink_metadata(&from).is_ok_and(|there| there.is_file());
        if is_there && to.parent().is_some_and(partial::is_folder) {
            fs::rename(from, to)?;
        }
    }
    let stale = naming.stale.into_iter().filter(|name| is_of_results(name)).collect();
    Naming { files: Vec::new(), stale }.end(folder);
    Ok(())
}

/// Endings of the files of results.
const ENDINGS: [&str; 6] = ["csv", "parquet", "json", "html", "svg", "png"];

/// Whether a path is one that a file of results may have: whatever else a manifest may list is not ours to remove.
pub(super) fn is_of_results(name: &str) -> bool {
    let path = Path::new(name);
    let ending = path.extension().and_then(|ending| ending.to_str());
    within(path).is_some() && ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

fn is_on_its_way(name: &str) -> bool {
    within(Path::new(name)).is_some_and(partial::is_name)
}

/// The last part of a path that lies in the folder itself or in one of its own two.
fn within(path: &Path) -> Option<&str> {
    let parts: Option<Vec<&str>> =
        path.components().map(|part| if let Component::Normal(part) = part { part.to_str() } else { None }).collect();
    match parts?.as_slice() {
        [name] | [CHARTS | SCENARIOS, name] => Some(*name),
        _ => None,
    }
}

/// Removes what a dead writer has left in a folder, once its naming has been brought to its end.
pub(super) fn clean(folder: &Path) -> io::Result<()> {
    resume(folder)?;
    partial::clean(folder);
    for inner in [CHARTS, SCENARIOS].map(|inner| folder.join(inner)) {
        partial::clean(&inner);
        if partial::is_folder(&inner) && !folder.join(MANIFEST).exists() {
            drop(fs::remove_dir(inner));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_down_is_brought_to_its_end_and_nothing_outside_is_touched() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("r");
        fs::create_dir_all(folder.join(CHARTS)).unwrap();
        let write = |name: &str| fs::write(folder.join(name), name).unwrap();
        for name in [".commonground-a.partial", "charts/.commonground-b.partial", "old.csv", "notes.txt", "../mine.csv"]
        {
            write(name);
        }
        let naming = serde_json::json!({
            "files": [
                [".commonground-a.partial", "runs.csv"], ["charts/.commonground-b.partial", "charts/b.svg"],
                ["../mine.csv", "stolen.csv"], ["notes.txt", "notes.csv"], ["gone", "gone.csv"]
            ],
            "stale": ["old.csv", "../mine.csv", "notes.txt"]
        });
        fs::write(folder.join(NAME), naming.to_string()).unwrap();
        clean(&folder).unwrap();
        let is_there = |name: &str| folder.join(name).exists();
        assert!(["runs.csv", "charts/b.svg", "notes.txt", "../mine.csv"].into_iter().all(is_there));
        assert!(![NAME, "old.csv", "stolen.csv", "notes.csv", ".commonground-a.partial"].into_iter().any(is_there));
    }
}
