//! How a command ends.

use commonground::scenario::text::Faults;
use std::io;

/// How a command ends that got to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// All is well.
    Fine,
    /// It has told of findings that fail, or of runs that failed.
    Failed,
    /// It has told of faults in what it was given to check.
    Faulty,
    /// It has told of shards that are missing.
    Incomplete,
    /// The evidence leaves no point; which targets exclude each other has been told.
    NothingLeft,
    /// It was stopped, and has kept what was done.
    Stopped,
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A scenario has faults.
    Scenario(Faults),
    /// What was typed cannot be done; the words say why and what can.
    Request(String),
    /// Whoever read the results reads no more, which is nobody's fault.
    NobodyReads,
}

/// What a command comes to.
pub(crate) type Outcome = Result<Ending, Failure>;

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Self {
        Self::Scenario(faults)
    }
}

impl From<io::Error> for Failure {
    /// Tables are made in memory before anything is written.
    fn from(error: io::Error) -> Self {
        Self::Request(format!("the tables cannot be made: {error}"))
    }
}

impl Failure {
    /// Standard output could not be written.
    pub(crate) fn of_output(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::NobodyReads,
            _ => Self::Request(format!("the results cannot be written to standard output: {error}")),
        }
    }
}
