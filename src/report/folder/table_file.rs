//! A table of a result folder: rows as bytes in their format, and what the data dictionary tells of their columns.

use std::io;

use super::column::Column;
use super::tidy::{Format, Rows};

/// A table that is complete in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    /// Its name in the folder: `cells.csv`.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The file.
    pub bytes: Vec<u8>,
}

impl TableFile {
    /// The table `stem` with the rows that `fill` adds.
    pub(in crate::report) fn new(
        format: Format,
        stem: &str,
        columns: Vec<Column>,
        fill: impl FnOnce(&mut Rows<Vec<u8>>) -> io::Result<()>,
    ) -> io::Result<Self> {
        let mut rows = Rows::new(format, &columns, Vec::new())?;
        fill(&mut rows)?;
        Ok(Self { name: format.file(stem), columns, bytes: rows.finish()? })
    }

    /// A table that is so short that it is CSV whatever was asked for.
    pub(in crate::report) fn short(
        stem: &str,
        columns: Vec<Column>,
        fill: impl FnOnce(&mut Rows<Vec<u8>>) -> io::Result<()>,
    ) -> io::Result<Self> {
        Self::new(Format::Csv, stem, columns, fill)
    }
}
