//! What went wrong, as Python's exceptions.

use commonground::report::folder::FolderError;
use commonground::scenario::text::{Fault, Faults};
use pyo3::PyErr;
use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};

pyo3::import_exception!(commonground._faults, ScenarioError);

/// Every fault of a scenario: the whole in words, the file, and each fault with its place, file and line.
#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub(crate) fn of_scenario(faults: Faults) -> PyErr {
    let each = faults.faults.iter().map(|Fault { place, problem, position }| {
        let (file, line) = position.as_ref().map(|at| (at.file.clone(), at.line)).unzip();
        (place.clone(), problem.clone(), file, line)
    });
    ScenarioError::new_err((faults.to_string(), faults.file.clone(), each.collect::<Vec<_>>()))
}

/// A folder that cannot be read or written.
#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
pub(crate) fn of_folder(error: FolderError) -> PyErr {
    PyOSError::new_err(error.to_string())
}

/// An argument that cannot be used.
pub(crate) fn of_argument(words: impl Into<String>) -> PyErr {
    PyValueError::new_err(words.into())
}

/// What should not happen.
pub(crate) fn inner(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}
