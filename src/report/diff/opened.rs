//! A result folder that is opened to be held against another.

use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::super::folder::{MANIFEST, ReadRows, read_rows};
use super::DiffError;
use crate::disk;
use crate::model::measure::{Better, Measure, Sort, Unit};

/// A result folder.
pub(super) struct Opened {
    /// As it was asked for.
    pub(super) name: String,
    pub(super) manifest: Value,
    /// What the manifest lists, in its order.
    pub(super) files: Vec<String>,
    path: PathBuf,
}

impl Opened {
    pub(super) fn new(path: &Path) -> Result<Self, DiffError> {
        let name = path.display().to_string();
        let failed = |problem: String| DiffError { folder: name.clone(), problem };
        let text = disk::read_text(&path.join(MANIFEST)).map_err(|reason| match reason.kind() {
            io::ErrorKind::NotFound => failed(format!(
                "there is no {MANIFEST} in it; give the folder of a run, a comparison or another experiment that has ended"
            )),
            _ => failed(format!("its {MANIFEST} cannot be read: {reason}")),
        })?;
        let manifest: Value =
            serde_json::from_str(&text).map_err(|error| failed(format!("its {MANIFEST} is damaged: {error}")))?;
        let files = manifest["files"].as_array().into_iter().flatten().filter_map(Value::as_str);
        // A name that leads out of the folder is no file of it.
        let files = files.filter(|name| !name.contains("..") && !name.starts_with('/')).map(str::to_owned).collect();
        Ok(Self { name, manifest, files, path: path.to_path_buf() })
    }

    /// Why a file of the folder is of no use.
    pub(super) fn damaged(&self, file: &str, reason: impl std::fmt::Display) -> DiffError {
        DiffError { folder: self.name.clone(), problem: format!("its {file} cannot be read: {reason}") }
    }

    /// Short names of the arms.
    pub(super) fn arms(&self) -> Vec<String> {
        let arms = self.manifest["arms"].as_array().into_iter().flatten();
        arms.filter_map(|arm| arm["name"].as_str().map(str::to_owned)).collect()
    }

    /// A text of the manifest, or a number as text; empty where it has none.
    pub(super) fn told(&self, field: &str) -> String {
        match &self.manifest[field] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// A JSON file of the folder.
    pub(super) fn json(&self, file: &str) -> Result<Value, DiffError> {
        let text = disk::read_text(&self.path.join(file)).map_err(|reason| self.damaged(file, reason))?;
        serde_json::from_str(&text).map_err(|error| self.damaged(file, error))
    }

    /// The file of a table, CSV or Parquet.
    pub(super) fn file_of(&self, table: &str) -> Option<&str> {
        let is_it = |file: &&String| [".csv", ".parquet"].iter().any(|end| file.strip_suffix(end) == Some(table));
        self.files.iter().find(is_it).map(String::as_str)
    }

    /// Head and rows of a table; `None` where there is none of that name.
    pub(super) fn table(&self, table: &str) -> Result<Option<(Vec<String>, ReadRows)>, DiffError> {
        let Some(file) = self.file_of(table) else { return Ok(None) };
        read_rows(&self.path.join(file)).map(Some).map_err(|reason| self.damaged(file, reason))
    }

    /// Whether a file that both list is the same, byte by byte.
    pub(super) fn has_the_same(&self, other: &Self, file: &str) -> Result<bool, DiffError> {
        let open = |folder: &Self| {
            disk::open(&folder.path.join(file)).map(BufReader::new).map_err(|reason| folder.damaged(file, reason))
        };
        same_bytes(open(self)?, open(other)?).map_err(|reason| self.damaged(file, reason))
    }

    /// The measures of a whole run.
    pub(super) fn measures(&self) -> Result<Vec<Measure>, DiffError> {
        let Some((head, rows)) = self.table("measures")? else { return Ok(Vec::new()) };
        let mut measures = Vec::new();
        for row in rows {
            let row = row.map_err(|reason| self.damaged("measures.csv", reason))?;
            let field = |name: &str| {
                let at = head.iter().position(|column| column == name);
                at.and_then(|at| row.get(at)).map_or("", String::as_str)
            };
            if field("recorded") == "run" {
                measures.push(measure(&field));
            }
        }
        Ok(measures)
    }
}

fn measure<'a>(field: &dyn Fn(&str) -> &'a str) -> Measure {
    let unit = match field("unit") {
        "share" => Unit::Share,
        "steps_of_need" => Unit::StepsOfNeed,
        "steps" => Unit::Duration,
        _ => Unit::Number,
    };
    let sort = match field("sort") {
        "share" => Sort::Share,
        "chance" => Sort::Chance,
        "amount" => Sort::Amount,
        "money" => Sort::Money,
        "time" => Sort::Time,
        _ => Sort::Count,
    };
    let better = match field("better") {
        "higher" => Better::Higher,
        "lower" => Better::Lower,
        "towards" => Better::Towards,
        _ => Better::Neither,
    };
    Measure {
        key: field("measure").to_owned(),
        label: field("label").to_owned(),
        unit,
        sort,
        better,
        level: field("level").parse().ok(),
        matters: field("matters").parse().unwrap_or(0.0),
        kind: Some(field("kind").to_owned()).filter(|kind| !kind.is_empty()),
    }
}

fn same_bytes(mut one: impl BufRead, mut other: impl BufRead) -> io::Result<bool> {
    loop {
        let (a, b) = (one.fill_buf()?, other.fill_buf()?);
        if a.is_empty() || b.is_empty() {
            return Ok(a.is_empty() && b.is_empty());
        }
        let length = a.len().min(b.len());
        if a[..length] != b[..length] {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_the_same_whatever_the_pieces_they_come_in() {
        let same = |a: &str, b: &str| {
            let read = |text: &str, piece| BufReader::with_capacity(piece, io::Cursor::new(text.to_owned()));
            same_bytes(read(a, 3), read(b, 2)).unwrap()
        };
        assert!(same("abcdefg", "abcdefg") && same("", ""));
        assert!(!same("abcdefg", "abcdefgh") && !same("abcdefg", "abcdxfg") && !same("", "a"));
    }
}
