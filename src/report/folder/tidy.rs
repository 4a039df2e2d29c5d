//! A tidy table, one observation a row, written row by row as CSV or as Parquet in memory that does not grow with it.
//!
//! Numbers in CSV are as short as they can be read back exactly; a number that there is not is an empty field, and a null in
//! Parquet.

use std::io::{self, Write};

use super::column::Column;
use super::parquet::ParquetRows;
use crate::statistics::Interval;

/// Format of the long tables: `runs`, `series`, `cells`, `subsets`. The others are always CSV.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, UTF-8, with a head.
    #[default]
    Csv,
    /// Apache Parquet, compressed with Snappy.
    Parquet,
}

impl Format {
    /// Why Parquet is refused by a program that was built without it, and the way out.
    pub const WITHOUT_PARQUET: &str = "this program was built without Parquet: choose csv, or build it with the \
        feature `parquet`, which is on by default";

    /// Whether this program was built with it: CSV always is, Parquet with the feature `parquet`.
    pub fn is_built_in(self) -> bool {
        self == Self::Csv || cfg!(feature = "parquet")
    }

    /// The name of a table's file: `runs` → `runs.csv`.
    pub(in crate::report) fn file(self, stem: &str) -> String {
        let ending = match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        };
        format!("{stem}.{ending}")
    }
}

/// What stands in a row and a column.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) enum Field<'a> {
    Text(&'a str),
    Count(u64),
    /// One that is not finite counts as missing.
    Number(Option<f64>),
}

/// Takes the rows of a table and writes them to `W`.
#[derive(Debug)]
#[cfg_attr(not(feature = "parquet"), expect(clippy::large_enum_variant, reason = "the other variant is never made"))]
pub(in crate::report) enum Rows<W: Write> {
    Csv(csv::Writer<W>),
    Parquet(ParquetRows<W>),
}

/// Bytes of CSV gathered before they are written.
const BUFFER: usize = 1 << 16;

impl<W: Write> Rows<W> {
    pub(super) fn new(format: Format, columns: &[Column], place: W) -> io::Result<Self> {
        Ok(match format {
            Format::Csv => {
                let mut writer = csv::WriterBuilder::new().buffer_capacity(BUFFER).from_writer(place);
                writer.write_record(columns.iter().map(|column| &column.name)).map_err(reason)?;
                Self::Csv(writer)
            }
            Format::Parquet => Self::Parquet(ParquetRows::new(columns, place)?),
        })
    }

    /// Takes a row with a field for each column, of the column's kind.
    pub(in crate::report) fn add(&mut self, fields: &[Field]) -> io::Result<()> {
        match self {
            Self::Csv(writer) => writer.write_record(fields.iter().map(Field::text)).map_err(reason),
            Self::Parquet(rows) => rows.add(fields),
        }
    }

    /// Writes what is still gathered, and gives back where it went.
    pub(super) fn finish(self) -> io::Result<W> {
        match self {
            Self::Csv(writer) => writer.into_inner().map_err(csv::IntoInnerError::into_error),
            Self::Parquet(rows) => rows.finish(),
        }
    }
}

impl Field<'_> {
    /// Both ends of an interval, missing where there is none.
    pub(in crate::report) fn ends(interval: Option<Interval>) -> [Self; 2] {
        [interval.map(|interval| interval.low), interval.map(|interval| interval.high)].map(Self::Number)
    }

    fn text(&self) -> String {
        match self {
            Self::Text(text) => (*text).to_owned(),
            Self::Count(count) => count.to_string(),
            Self::Number(value) => finite(*value).map_or_else(String::new, |value| value.to_string()),
        }
    }
}

/// The number, if there is one, without the sign of a negative zero.
pub(super) fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite()).map(|value| value + 0.0)
}

/// What the system said. `csv` would turn it into an error of no kind, and a full disk would not be known as one.
fn reason(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(reason) => reason,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        vec![Column::text("arm", ""), Column::count("run", "", ""), Column::number("margin", "", "")]
    }

    fn written<W: Write>(format: Format, rows: u64, place: W) -> W {
        let mut table = Rows::new(format, &columns(), place).unwrap();
        for run in 0..rows {
            let margin = if run % 2 == 0 { Some(run as f64 / 3.0) } else { Some(f64::NAN) };
            table.add(&[Field::Text("a, \"b\""), Field::Count(run), Field::Number(margin)]).unwrap();
        }
        table.finish().unwrap()
    }

    #[test]
    fn csv_leaves_out_what_is_missing() {
        let text = String::from_utf8(written(Format::Csv, 3, Vec::new())).unwrap();
        assert_eq!(
            text,
            "arm,run,margin\n\"a, \"\"b\"\"\",0,0\n\"a, \"\"b\"\"\",1,\n\"a, \"\"b\"\"\",2,0.6666666666666666\n"
        );
    }

    #[cfg(feature = "parquet")]
    #[test]
    fn parquet_reads_back_every_row_of_every_group() {
        use ::parquet::file::reader::{FileReader, SerializedFileReader};
        use ::parquet::record::Field as Read;

        let rows = 400_000;
        let reader = SerializedFileReader::new(written(Format::Parquet, rows, tempfile::tempfile().unwrap())).unwrap();
        assert!(reader.metadata().num_row_groups() > 1, "the table is large enough for several groups");
        let mut count = 0;
        for (run, row) in (0_i64..).zip(reader.get_row_iter(None).unwrap()) {
            let row = row.unwrap();
            let fields: Vec<&Read> = row.get_column_iter().map(|(_, field)| field).collect();
            assert_eq!(*fields[0], Read::Str("a, \"b\"".to_owned()));
            assert_eq!(*fields[1], Read::Long(run));
            let margin = if run % 2 == 0 { Read::Double(run as f64 / 3.0) } else { Read::Null };
            assert_eq!(*fields[2], margin);
            count += 1;
        }
        assert_eq!(count, rows);
    }

    #[test]
    fn a_format_that_is_not_built_in_is_refused_with_the_way_out() {
        for format in [Format::Csv, Format::Parquet] {
            let table = Rows::new(format, &columns(), Vec::new());
            assert_eq!(table.is_ok(), format.is_built_in(), "{format:?}");
            if let Err(error) = table {
                assert!(error.to_string().contains("the feature `parquet`"), "{error}");
            }
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_known_as_one_in_either_format() {
        for format in [Format::Csv, Format::Parquet].into_iter().filter(|format| format.is_built_in()) {
            let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
            let mut table = Rows::new(format, &columns(), full).unwrap();
            let rows = (0..100_000).try_for_each(|run| {
                table.add(&[Field::Text("arm"), Field::Count(run), Field::Number(Some(run as f64 / 7.0))])
            });
            let error = rows.and_then(|()| table.finish().map(drop)).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{format:?}: {error}");
        }
    }
}
