//! `data-dictionary.csv`: every column of every table in the folder: what it means, its unit, which values it takes.

use std::io;

use super::column::Column;
use super::table_file::TableFile;
use super::tidy::Field;

/// Its name in the folder.
pub(super) const DICTIONARY: &str = "data-dictionary";

/// The dictionary of tables, each with its name and its columns. It has no entry for itself.
pub(super) fn of<'a>(tables: impl Iterator<Item = (&'a str, &'a [Column])>) -> io::Result<TableFile> {
    let columns = ["file", "column", "type", "unit", "meaning", "values"].map(|name| Column::text(name, ""));
    TableFile::short(DICTIONARY, columns.to_vec(), |rows| {
        for (file, columns) in tables {
            for Column { name, kind, unit, meaning, values } in columns {
                rows.add(&[file, name, kind.word(), unit, meaning, values].map(Field::Text))?;
            }
        }
        Ok(())
    })
}
