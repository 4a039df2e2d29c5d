//! In place of Parquet where the program was built without it: such a table is refused, with the way out.

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::marker::PhantomData;

use super::column::Column;
use super::read::ReadRows;
use super::tidy::{Field, Format};

/// There are none.
#[derive(Debug)]
pub(in crate::report) struct ParquetRows<W: Write> {
    none: Infallible,
    place: PhantomData<W>,
}

impl<W: Write> ParquetRows<W> {
    pub(super) fn new(_: &[Column], _: W) -> io::Result<Self> {
        Err(io::Error::new(ErrorKind::Unsupported, Format::WITHOUT_PARQUET))
    }

    pub(super) fn add(&mut self, _: &[Field]) -> io::Result<()> {
        match self.none {}
    }

    pub(super) fn finish(self) -> io::Result<W> {
        match self.none {}
    }
}

/// Refused.
pub(super) fn rows(_: File) -> io::Result<(Vec<String>, ReadRows)> {
    Err(io::Error::new(ErrorKind::Unsupported, Format::WITHOUT_PARQUET))
}
