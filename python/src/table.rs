//! A table: named columns of words, whole numbers and numbers, for data frames.

use crate::fault;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use commonground::report::folder::{Column, Kind};
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::collections::HashMap;
use std::sync::Arc;

/// The values of a column.
pub(crate) enum Values {
    /// Words, each once, and which of them stands in each row.
    Words { each: Vec<String>, rows: Vec<u32> },
    /// Whole numbers.
    Counts(Vec<i64>),
    /// Numbers; what is missing is not a number.
    Numbers(Vec<f64>),
}

/// A table of a result.
#[pyclass(frozen, module = "commonground._engine")]
pub(crate) struct Table {
    columns: Vec<(String, Values)>,
    rows: usize,
}

impl Values {
    pub(crate) fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Words { each: Vec::new(), rows: Vec::new() },
            Kind::Count => Self::Counts(Vec::new()),
            Kind::Number => Self::Numbers(Vec::new()),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Words { rows, .. } => rows.len(),
            Self::Counts(counts) => counts.len(),
            Self::Numbers(numbers) => numbers.len(),
        }
    }

    fn array(&self) -> ArrayRef {
        match self {
            Self::Words { each, rows } => {
                let words = rows.iter().map(|row| each[*row as usize].as_str());
                Arc::new(StringArray::from_iter_values(words))
            }
            Self::Counts(counts) => Arc::new(Int64Array::from_iter_values(counts.iter().copied())),
            Self::Numbers(numbers) => {
                let there = |number: &f64| number.is_finite().then_some(*number);
                Arc::new(numbers.iter().map(there).collect::<Float64Array>())
            }
        }
    }

    fn field(&self, name: &str) -> Field {
        match self {
            Self::Words { .. } => Field::new(name, DataType::Utf8, false),
            Self::Counts(_) => Field::new(name, DataType::Int64, false),
            Self::Numbers(_) => Field::new(name, DataType::Float64, true),
        }
    }
}

/// Takes a table in row by row, as text.
pub(crate) struct Filling {
    columns: Vec<(String, Values, HashMap<String, u32>)>,
}

impl Filling {
    /// Of columns with these names and kinds.
    pub(crate) fn new(columns: impl IntoIterator<Item = (String, Kind)>) -> Self {
        let columns = columns.into_iter().map(|(name, kind)| (name, Values::of(kind), HashMap::new()));
        Self { columns: columns.collect() }
    }

    /// Puts a field behind those that a column has; what does not read as a number is missing.
    pub(crate) fn push(&mut self, column: usize, text: &str) {
        let Some((_, values, known)) = self.columns.get_mut(column) else { return };
        match values {
            Values::Counts(counts) => counts.push(text.parse().unwrap_or_default()),
            Values::Numbers(numbers) => numbers.push(text.parse().unwrap_or(f64::NAN)),
            Values::Words { each, rows } => {
                let position = known.get(text).copied().unwrap_or_else(|| {
                    each.push(text.to_owned());
                    known.insert(text.to_owned(), each.len() as u32 - 1);
                    each.len() as u32 - 1
                });
                rows.push(position);
            }
        }
    }

    /// The table.
    pub(crate) fn table(self) -> Table {
        Table::new(self.columns.into_iter().map(|(name, values, _)| (name, values)).collect())
    }
}

impl Table {
    pub(crate) fn new(columns: Vec<(String, Values)>) -> Self {
        let rows = columns.first().map_or(0, |(_, values)| values.len());
        Self { columns, rows }
    }

    /// From comma-separated values with these columns.
    pub(crate) fn of_csv(bytes: &[u8], columns: &[Column]) -> PyResult<Self> {
        let mut filling = Filling::new(columns.iter().map(|column| (column.name.clone(), column.kind)));
        for record in csv::Reader::from_reader(bytes).records() {
            let record = record.map_err(fault::inner)?;
            record.iter().enumerate().for_each(|(column, text)| filling.push(column, text));
        }
        Ok(filling.table())
    }

    fn stream(&self) -> Result<FFI_ArrowArrayStream, ArrowError> {
        let fields: Vec<Field> = self.columns.iter().map(|(name, values)| values.field(name)).collect();
        let schema = Arc::new(Schema::new(fields));
        let arrays = self.columns.iter().map(|(_, values)| values.array()).collect();
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays)?;
        Ok(FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema))))
    }
}

#[pymethods]
impl Table {
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn __len__(&self) -> usize {
        self.rows
    }

    /// The numbers of a column; of words those that there are, and which of them stands in each row.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<(Bound<'py, PyAny>, Option<Vec<String>>)> {
        let found = self.columns.iter().find(|(known, _)| known == name);
        let (_, values) = found.ok_or_else(|| {
            fault::of_argument(format!("there is no column `{name}`; there are {}", self.columns().join(", ")))
        })?;
        Ok(match values {
            Values::Words { each, rows } => (PyArray1::from_slice(py, rows).into_any(), Some(each.clone())),
            Values::Counts(counts) => (PyArray1::from_slice(py, counts).into_any(), None),
            Values::Numbers(numbers) => (PyArray1::from_slice(py, numbers).into_any(), None),
        })
    }

    /// The Arrow `PyCapsule` interface.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Another form may be asked for; to give what there is, is allowed.
        drop(requested_schema);
        let stream = self.stream().map_err(fault::inner)?;
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}
