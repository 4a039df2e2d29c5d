//! The command `commonground`.

use pyo3::prelude::*;
use std::ffi::OsString;

/// The commit of the clone that the wheel was built from; empty where it was none.
pub(crate) const COMMIT: &str = env!("COMMONGROUND_COMMIT");

/// Does what was typed behind the program's name; gives back the exit code. Once a process.
#[pyfunction]
pub(crate) fn command(py: Python<'_>, words: Vec<OsString>) -> u8 {
    py.detach(|| commonground::cli::main(std::iter::once("commonground".into()).chain(words), Some(COMMIT)))
}
