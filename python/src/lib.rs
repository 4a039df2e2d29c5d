//! What the Python package is made of: scenarios, runs, tables and charts of the library, and the command. Names, defaults,
//! documentation and data frames are Python's, in `commonground/`; nothing here is called by users.

mod command;
mod fault;
mod found;
mod made;
mod record;
mod scenario;
mod simulate;
mod table;
mod watch;

use pyo3::prelude::*;

/// The part of the package that is Rust.
#[pymodule]
mod _engine {
    #[pymodule_export]
    use super::command::command;
    #[pymodule_export]
    use super::found::Found;
    #[pymodule_export]
    use super::made::{Made, compare};
    #[pymodule_export]
    use super::scenario::{Scenario, bundled};
    #[pymodule_export]
    use super::simulate::simulate;
    #[pymodule_export]
    use super::table::Table;
    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("VERSION", commonground::identity::VERSION)?;
        module.add("COMMIT", super::command::COMMIT)?;
        module.add("SOURCES", commonground::identity::SOURCES)
    }
}
