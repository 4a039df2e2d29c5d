//! Parts: what a shard leaves, in a file that shows whether it is whole.
//!
//! ```text
//! commonground part 2\n
//! rows × (item as u64, columns × f64), little-endian
//! summary, a text of the experiment's own
//! failures as JSON: [[row, reason], …]
//! \n footer as JSON: plan, shard, rows, columns, lengths \n
//! sha256 of all before this line, in hexadecimal digits \n
//! ```
//!
//! A part holds no time, no name of a machine and nothing else that would differ if it were done again: duplicates are equal
//! byte by byte.

use super::error::PlanError;
use super::file;
use crate::disk;
use crate::plain::hexadecimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Takes the rows of items, in order.
pub trait Rows {
    /// The rows of an item, one behind the other, or the reason why it failed.
    ///
    /// # Errors
    /// They cannot be kept, or are not as long as there are columns.
    fn take(&mut self, item: u64, values: Result<&[f64], &str>) -> io::Result<()>;
}

/// A row of numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Number of the item that left it.
    pub item: u64,
    /// One a column; NaN throughout in an item that failed.
    pub values: Vec<f64>,
    /// Why the item failed; `None`: it did not.
    pub failure: Option<String>,
}

/// A part that was found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    path: PathBuf,
    footer: Footer,
}

/// What a part says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Footer {
    plan: String,
    shard: u64,
    rows: u64,
    columns: u64,
    summary_bytes: u64,
    failure_bytes: u64,
}

const MAGIC: &[u8] = b"commonground part 2\n";
/// The last line: `sha256 `, 64 digits, a line end.
const SEAL: usize = 7 + 64 + 1;
/// A footer is shorter than this.
const LONGEST_FOOTER: u64 = 1024;
/// Bytes read or written at once.
const BUFFER: usize = 1 << 16;

/// A part on its way.
pub(super) struct Writer {
    file: BufWriter<Hashed<NamedTempFile>>,
    path: PathBuf,
    footer: Footer,
    failures: Vec<(u64, String)>,
}

impl Writer {
    /// Begins the part of a shard beside its place.
    pub(super) fn begin(path: &Path, plan: &str, shard: u64, columns: usize) -> Result<Self, PlanError> {
        let hashed = Hashed { file: file::beside(path)?, hash: Sha256::new() };
        let mut file = BufWriter::with_capacity(BUFFER, hashed);
        file.write_all(MAGIC).map_err(|reason| PlanError::file(path, reason))?;
        let footer = Footer { plan: plan.to_owned(), shard, columns: columns as u64, ..Footer::default() };
        Ok(Self { file, path: path.to_path_buf(), footer, failures: Vec::new() })
    }

    /// Ends the part and gives it its place.
    pub(super) fn finish(self, summary: &str) -> Result<(), PlanError> {
        let path = self.path.clone();
        let file = self.seal(summary).map_err(|reason| PlanError::file(&path, reason))?;
        file::keep(file, &path)
    }

    fn seal(mut self, summary: &str) -> io::Result<NamedTempFile> {
        let failures = serde_json::to_string(&self.failures)?;
        self.footer.summary_bytes = summary.len() as u64;
        self.footer.failure_bytes = failures.len() as u64;
        let footer = serde_json::to_string(&self.footer)?;
        write!(self.file, "{summary}{failures}\n{footer}\n")?;
        let Hashed { mut file, hash } = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.write_all(seal(hash).as_bytes())?;
        Ok(file)
    }

    fn row(&mut self, item: u64, values: &[f64]) -> io::Result<()> {
        self.footer.rows += 1;
        self.file.write_all(&item.to_le_bytes())?;
        values.iter().try_for_each(|value| self.file.write_all(&value.to_le_bytes()))
    }
}

impl Rows for Writer {
    fn take(&mut self, item: u64, values: Result<&[f64], &str>) -> io::Result<()> {
        let columns = self.footer.columns as usize;
        match values {
            Ok(values) if values.len() % columns.max(1) == 0 => {
                values.chunks(columns.max(1)).try_for_each(|row| self.row(item, row))
            }
            Ok(values) => {
                let words = format!("item {item} has {} values, which make no rows of {columns} columns", values.len());
                Err(io::Error::new(ErrorKind::InvalidData, words))
            }
            Err(reason) => {
                self.failures.push((self.footer.rows, reason.to_owned()));
                self.row(item, &vec![f64::NAN; columns])
            }
        }
    }
}

impl Part {
    /// Finds the part of a shard and checks every byte of it; `None` if there is none.
    pub(super) fn open(path: &Path, plan: &str, shard: u64, columns: usize) -> Result<Option<Self>, PlanError> {
        let file = match disk::open(path) {
            Ok(file) => file,
            Err(reason) if reason.kind() == ErrorKind::NotFound => return Ok(None),
            Err(reason) => return Err(PlanError::file(path, reason)),
        };
        let footer = match checked(file).map_err(|reason| PlanError::file(path, reason))? {
            Ok(footer) => footer,
            Err(damage) => return Err(PlanError::damaged(path, damage)),
        };
        if footer.plan != plan || footer.shard != shard || footer.columns != columns as u64 {
            return Err(PlanError::damaged(path, "it belongs to another plan or another shard"));
        }
        Ok(Some(Self { path: path.to_path_buf(), footer }))
    }

    /// Number of its shard.
    pub fn shard(&self) -> u64 {
        self.footer.shard
    }

    /// The error of a part whose summary is not what it should be.
    pub(super) fn damaged(&self, reason: impl Into<String>) -> PlanError {
        PlanError::damaged(&self.path, reason)
    }

    /// Shows every row in turn.
    ///
    /// # Errors
    /// The file can no longer be read, or what `show` reports.
    pub fn rows(&self, mut show: impl FnMut(&Row) -> io::Result<()>) -> Result<(), PlanError> {
        let failures = self.failures()?;
        let mut failures = failures.into_iter().peekable();
        let failed = |reason| PlanError::file(&self.path, reason);
        let mut file = self.read_from(MAGIC.len() as u64)?;
        let mut row = Row { values: vec![0.0; self.footer.columns as usize], ..Row::default() };
        for number in 0..self.footer.rows {
            row.item = u64::from_le_bytes(word(&mut file).map_err(failed)?);
            for value in &mut row.values {
                *value = f64::from_le_bytes(word(&mut file).map_err(failed)?);
            }
            row.failure = failures.next_if(|(failed, _)| *failed == number).map(|(_, reason)| reason);
            show(&row).map_err(PlanError::NotTaken)?;
        }
        Ok(())
    }

    /// The summary that the experiment left.
    ///
    /// # Errors
    /// The file can no longer be read.
    pub fn summary(&self) -> Result<String, PlanError> {
        self.text(self.footer.after_rows(), self.footer.summary_bytes)
    }

    fn failures(&self) -> Result<Vec<(u64, String)>, PlanError> {
        let text = self.text(self.footer.after_rows() + self.footer.summary_bytes, self.footer.failure_bytes)?;
        serde_json::from_str(&text).map_err(|error| self.damaged(error.to_string()))
    }

    /// So many bytes from a place on, as text.
    fn text(&self, from: u64, bytes: u64) -> Result<String, PlanError> {
        let mut text = String::new();
        let mut file = self.read_from(from)?.take(bytes);
        file.read_to_string(&mut text).map_err(|reason| PlanError::file(&self.path, reason))?;
        Ok(text)
    }

    fn read_from(&self, from: u64) -> Result<BufReader<File>, PlanError> {
        let failed = |reason| PlanError::file(&self.path, reason);
        let mut file = File::open(&self.path).map_err(failed)?;
        file.seek(SeekFrom::Start(from)).map_err(failed)?;
        Ok(BufReader::with_capacity(BUFFER, file))
    }
}

impl Footer {
    /// Where the rows end.
    fn after_rows(&self) -> u64 {
        let row = self.columns.saturating_add(1).saturating_mul(8);
        self.rows.saturating_mul(row).saturating_add(MAGIC.len() as u64)
    }
}

/// The footer of a file whose bytes are those that were written; what is wrong with another.
fn checked(mut file: File) -> io::Result<Result<Footer, &'static str>> {
    let length = file.metadata()?.len();
    let tail_bytes = length.min(LONGEST_FOOTER + SEAL as u64);
    file.seek(SeekFrom::Start(length - tail_bytes))?;
    let mut tail = Vec::new();
    Read::by_ref(&mut file).take(tail_bytes).read_to_end(&mut tail)?;
    let Some((footer, last_line)) = footer_in(&tail) else { return Ok(Err("it has no footer; it was cut short")) };
    let whole = [footer.summary_bytes, footer.failure_bytes, tail.len() as u64 - last_line.start as u64]
        .into_iter()
        .fold(footer.after_rows(), u64::saturating_add);
    if whole != length {
        return Ok(Err("its length is not what its footer says"));
    }
    file.seek(SeekFrom::Start(0))?;
    let mut magic = [0; MAGIC.len()];
    if whole < MAGIC.len() as u64 || file.read_exact(&mut magic).is_err() || magic != MAGIC {
        return Ok(Err("it is no part of this version of the program"));
    }
    file.seek(SeekFrom::Start(0))?;
    if hash_of(file, length - SEAL as u64)?.as_bytes() != &tail[last_line.end..] {
        return Ok(Err("its checksum is not that of its bytes"));
    }
    Ok(Ok(footer))
}

/// The footer at the end of a file, and where the line break before it and the footer's line stand in the tail.
fn footer_in(tail: &[u8]) -> Option<(Footer, std::ops::Range<usize>)> {
    let end = tail.len().checked_sub(SEAL)?;
    let line_end = end.checked_sub(1).filter(|place| tail[*place] == b'\n')?;
    let start = tail[..line_end].iter().rposition(|byte| *byte == b'\n')?;
    let footer = serde_json::from_slice(&tail[start + 1..line_end]).ok()?;
    Some((footer, start..end))
}

/// The last line that a file with such bytes should have.
fn hash_of(file: File, bytes: u64) -> io::Result<String> {
    let mut hashed = Hashed { file: io::sink(), hash: Sha256::new() };
    io::copy(&mut BufReader::with_capacity(BUFFER, file).take(bytes), &mut hashed)?;
    Ok(seal(hashed.hash))
}

fn seal(hash: Sha256) -> String {
    format!("sha256 {}\n", hexadecimal(&hash.finalize()))
}

fn word(file: &mut impl Read) -> io::Result<[u8; 8]> {
    let mut bytes = [0; 8];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Hashes what is written through it.
struct Hashed<W> {
    file: W,
    hash: Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
