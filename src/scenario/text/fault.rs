//! Faults of a scenario file, and how they are put before the user.

use std::fmt;

use crate::plain;

/// Faults shown to the user before the rest is only counted.
const SHOWN: usize = 50;

/// All faults found in one scenario file, and in the files it extends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    /// The file that was asked for; faults that lie in another file of its `extends` chain name that file.
    pub file: String,
    /// The faults, in the order of the document.
    pub faults: Vec<Fault>,
}

/// One fault: where it is, and what is wrong with it (value, limit and way out).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where in the document, as in `pools.money.growth` or `providers[0].count`; empty for the document as a whole.
    pub place: String,
    /// What is wrong, in words that can stand alone behind the place.
    pub problem: String,
    /// The line it is written on, where it has one.
    pub position: Option<Position>,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The file, as it was asked for.
    pub file: String,
    /// The line, the first is 1.
    pub line: usize,
}

impl Faults {
    /// A single fault without a line.
    pub(super) fn one(file: impl Into<String>, problem: impl Into<String>) -> Self {
        let fault = Fault { place: String::new(), problem: problem.into(), position: None };
        Self { file: file.into(), faults: vec![fault] }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.faults.len();
        let plural = if count == 1 { "" } else { "s" };
        write!(formatter, "{count} fault{plural} in {}", plain::one_line(&self.file))?;
        for fault in self.faults.iter().take(SHOWN) {
            write!(formatter, "\n  {}", fault.beside(&self.file))?;
        }
        if count > SHOWN {
            write!(formatter, "\n  and {} more", count - SHOWN)?;
        }
        Ok(())
    }
}

impl Fault {
    /// Place, problem and line, with the file of the line where it is another than `file`.
    pub fn beside(&self, file: &str) -> String {
        match &self.position {
            Some(at) if at.file == file => format!("{}   (line {})", self.words(), at.line),
            _ => self.to_string(),
        }
    }

    /// Place and problem, without the line.
    fn words(&self) -> String {
        let problem = plain::lines(&self.problem);
        if self.place.is_empty() { problem } else { format!("{}: {problem}", plain::one_line(&self.place)) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words())?;
        self.position.as_ref().map_or(Ok(()), |at| write!(formatter, "   ({at})"))
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, line {}", plain::one_line(&self.file), self.line)
    }
}

impl std::error::Error for Faults {}
impl std::error::Error for Fault {}
