//! The Parquet side of a tidy table: rows are gathered into columns, and written group by group.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::{Field as Read, Row};
use parquet::schema::types::Type;

use super::column::{Column, Kind};
use super::read::ReadRows;
use super::tidy::{Field, finite};

/// Takes rows, and writes a group of them once enough are gathered.
#[derive(Debug)]
pub(in crate::report) struct ParquetRows<W: Write> {
    place: W,
    /// Writes into memory, from where we write on: so that what the system says reaches us as it said it.
    writer: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Gathered>,
    rows: usize,
    /// Rows of a group.
    most: usize,
}

/// The fields of one column since the last group.
#[derive(Debug)]
enum Gathered {
    Text(Vec<ByteArray>),
    Count(Vec<i64>),
    /// The numbers that there are, and for each row whether there is one, 1 or 0.
    Number {
        values: Vec<f64>,
        present: Vec<i16>,
    },
}

/// Fields of a group, so that a table of any length takes about as many bytes times eight.
const FIELDS_OF_A_GROUP: usize = 1 << 20;

impl<W: Write> ParquetRows<W> {
    pub(super) fn new(columns: &[Column], place: W) -> io::Result<Self> {
        let fields: Result<Vec<_>, ParquetError> = columns.iter().map(|column| Ok(Arc::new(typed(column)?))).collect();
        let schema = fields.and_then(|fields| Type::group_type_builder("rows").with_fields(fields).build());
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let schema = Arc::new(schema.map_err(io::Error::other)?);
        let writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).map_err(io::Error::other)?;
        Ok(Self {
            place,
            writer,
            columns: columns.iter().map(|column| Gathered::new(column.kind)).collect(),
            rows: 0,
            most: (FIELDS_OF_A_GROUP / columns.len().max(1)).max(1),
        })
    }

    pub(super) fn add(&mut self, fields: &[Field]) -> io::Result<()> {
        for (column, field) in self.columns.iter_mut().zip(fields) {
            column.push(*field);
        }
        self.rows += 1;
        if self.rows == self.most { self.write() } else { Ok(()) }
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        self.write()?;
        let rest = self.writer.into_inner().map_err(io::Error::other)?;
        self.place.write_all(&rest)?;
        self.place.flush()?;
        Ok(self.place)
    }

    /// Writes what is gathered as a group.
    fn write(&mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.encode().map_err(io::Error::other)?;
            self.rows = 0;
        }
        self.writer.flush()?;
        self.place.write_all(self.writer.inner())?;
        self.writer.inner_mut().clear();
        Ok(())
    }

    /// Turns what is gathered into a group in memory.
    fn encode(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for gathered in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            match gathered {
                Gathered::Text(values) => {
                    column.typed::<ByteArrayType>().write_batch(values, None, None)?;
                    values.clear();
                }
                Gathered::Count(values) => {
                    column.typed::<Int64Type>().write_batch(values, None, None)?;
                    values.clear();
                }
                Gathered::Number { values, present } => {
                    column.typed::<DoubleType>().write_batch(values, Some(present), None)?;
                    values.clear();
                    present.clear();
                }
            }
            column.close()?;
        }
        group.close()?;
        Ok(())
    }
}

/// The head and the rows of a file, as text.
pub(super) fn rows(file: File) -> io::Result<(Vec<String>, ReadRows)> {
    let reader = SerializedFileReader::new(file).map_err(io::Error::other)?;
    let schema = reader.metadata().file_metadata().schema_descr();
    let head = schema.columns().iter().map(|column| column.name().to_owned()).collect();
    let rows = reader.into_iter().map(|row| row.map(|row| texts(&row)).map_err(io::Error::other));
    Ok((head, Box::new(rows)))
}

fn texts(row: &Row) -> Vec<String> {
    let text = |field: &Read| match field {
        Read::Null => String::new(),
        Read::Str(text) => text.clone(),
        Read::Double(number) => number.to_string(),
        other => other.to_string(),
    };
    row.get_column_iter().map(|(_, field)| text(field)).collect()
}

impl Gathered {
    fn new(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(Vec::new()),
            Kind::Count => Self::Count(Vec::new()),
            Kind::Number => Self::Number { values: Vec::new(), present: Vec::new() },
        }
    }

    /// A field of another kind than the column's is left out; [`Rows`](super::tidy::Rows) gets none.
    fn push(&mut self, field: Field) {
        match (self, field) {
            (Self::Text(values), Field::Text(text)) => values.push(text.into()),
            (Self::Count(values), Field::Count(count)) => values.push(i64::try_from(count).unwrap_or(i64::MAX)),
            (Self::Number { values, present }, Field::Number(value)) => {
                let value = finite(value);
                present.push(i16::from(value.is_some()));
                values.extend(value);
            }
            _ => debug_assert!(false, "every field is of its column's kind"),
        }
    }
}

fn typed(column: &Column) -> Result<Type, ParquetError> {
    let (physical, logical, repetition) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED),
        Kind::Count => (Physical::INT64, None, Repetition::REQUIRED),
        Kind::Number => (Physical::DOUBLE, None, Repetition::OPTIONAL),
    };
    let builder = Type::primitive_type_builder(&column.name, physical).with_repetition(repetition);
    builder.with_logical_type(logical).build()
}
