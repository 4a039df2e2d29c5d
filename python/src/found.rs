//! A result folder on the disk: what any experiment left there.

use crate::fault;
use crate::made::parts;
use crate::table::{Filling, Table};
use commonground::report::digest::Digest;
use commonground::report::draw;
use commonground::report::figure::Figure;
use commonground::report::folder::{Kind, read_rows};
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the charts lie.
const CHARTS: &str = "charts/";

/// A result folder.
#[pyclass(frozen, module = "commonground._engine")]
pub(crate) struct Found {
    path: PathBuf,
    manifest: Value,
    digest: Digest,
    files: Vec<String>,
}

#[pymethods]
impl Found {
    #[staticmethod]
    fn open(path: PathBuf) -> PyResult<Self> {
        let manifest: Value = json(&path.join("manifest.json"))?;
        let digest = json(&path.join("report.json"))?;
        let files = manifest["files"].as_array().into_iter().flatten().filter_map(Value::as_str);
        // A name that leads out of the folder is no file of it.
        let files = files.filter(|name| !name.contains("..") && Path::new(name).is_relative());
        let files = files.map(str::to_owned).collect();
        Ok(Self { path, manifest, digest, files })
    }

    #[getter]
    fn seed(&self) -> Option<u64> {
        self.manifest["seed"].as_u64()
    }

    #[getter]
    fn runs(&self) -> Option<u64> {
        self.manifest["runs"].as_u64()
    }

    #[getter]
    fn failed_runs(&self) -> Option<u64> {
        self.manifest["failed_runs"].as_u64()
    }

    #[getter]
    fn arms(&self) -> Vec<(String, String)> {
        let arms = self.manifest["arms"].as_array().into_iter().flatten();
        let text = |arm: &Value, field: &str| arm[field].as_str().unwrap_or_default().to_owned();
        arms.map(|arm| (text(arm, "name"), text(arm, "title"))).collect()
    }

    fn tables(&self) -> Vec<String> {
        let is_table = |name: &&String| !name.contains('/') && *name != "data-dictionary.csv";
        let stem = |name: &String| name.strip_suffix(".csv").or(name.strip_suffix(".parquet")).map(str::to_owned);
        self.files.iter().filter(is_table).filter_map(stem).collect()
    }

    fn table(&self, py: Python<'_>, name: &str) -> PyResult<Option<Table>> {
        let stem = |file: &&String| [".csv", ".parquet"].iter().any(|end| file.strip_suffix(end) == Some(name));
        let Some(file) = self.files.iter().find(stem) else { return Ok(None) };
        py.detach(|| self.read(file)).map(Some)
    }

    fn findings(&self) -> Vec<[String; 3]> {
        let plain = || self.digest.findings.iter().map(|text| ["finding", "", text].map(str::to_owned)).collect();
        self.digest.answer.as_ref().map_or_else(plain, parts)
    }

    fn charts(&self) -> Vec<(String, String)> {
        let tradeoff = self.tradeoff().map(|figure| (figure.name, figure.title));
        self.digest.charts.iter().map(|chart| (chart.name.clone(), chart.title.clone())).chain(tradeoff).collect()
    }

    fn chart(&self, py: Python<'_>, name: &str) -> PyResult<Option<String>> {
        if self.digest.charts.iter().any(|chart| chart.name == name) {
            return text(&self.path.join(format!("{CHARTS}{name}.svg"))).map(Some);
        }
        let figure = self.tradeoff().filter(|figure| figure.name == name);
        figure.map(|figure| py.detach(|| draw::svg(&figure)).map_err(fault::inner)).transpose()
    }
}

impl Found {
    fn tradeoff(&self) -> Option<Figure> {
        Some(self.digest.answer.as_ref()?.plane.as_ref()?.figure())
    }

    fn read(&self, file: &str) -> PyResult<Table> {
        let mut filling = Filling::new(self.columns(file)?);
        let path = self.path.join(file);
        let damaged = |error| PyOSError::new_err(format!("{} is damaged: {error}", path.display()));
        let (_, rows) = read_rows(&path).map_err(damaged)?;
        for row in rows {
            row.map_err(damaged)?.iter().enumerate().for_each(|(column, text)| filling.push(column, text));
        }
        Ok(filling.table())
    }

    /// The columns of a table, as the data dictionary tells them.
    fn columns(&self, file: &str) -> PyResult<Vec<(String, Kind)>> {
        let dictionary = text(&self.path.join("data-dictionary.csv"))?;
        let mut columns = Vec::new();
        for entry in csv::Reader::from_reader(dictionary.as_bytes()).records() {
            let entry =
                entry.map_err(|error| PyOSError::new_err(format!("data-dictionary.csv is damaged: {error}")))?;
            let [Some(of), Some(name), Some(kind)] = [entry.get(0), entry.get(1), entry.get(2)] else { continue };
            if of == file {
                let kind = match kind {
                    "text" => Kind::Text,
                    "whole number" => Kind::Count,
                    _ => Kind::Number,
                };
                columns.push((name.to_owned(), kind));
            }
        }
        Ok(columns)
    }
}

fn text(path: &Path) -> PyResult<String> {
    fs::read_to_string(path).map_err(|error| PyOSError::new_err(format!("{} cannot be read: {error}", path.display())))
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> PyResult<T> {
    let damaged = |error| PyOSError::new_err(format!("{} is damaged: {error}", path.display()));
    serde_json::from_str(&text(path)?).map_err(damaged)
}
