//! This program again, under callgrind.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// First and last level of a cache that is the same on every machine: callgrind would take those of the processor at hand.
const CACHES: [&str; 3] = ["--I1=32768,8,64", "--D1=49152,12,64", "--LL=2097152,16,64"];

/// What happened between two marks.
pub(crate) struct Counts {
    /// Instructions.
    pub(crate) instructions: f64,
    /// Lines that were not in the first cache of data, to read or to write.
    pub(crate) misses: f64,
}

/// Marks a moment for callgrind: it writes down what it has counted when the system is asked for the parent of this process.
///
/// A function of the C library keeps its name in any program, where the functions of a stripped one have none, and this one does
/// nothing. Nobody else calls it in between.
pub(crate) fn mark() {
    #[cfg(unix)]
    std::hint::black_box(std::os::unix::process::parent_id());
}

pub(crate) fn is_installed() -> bool {
    let quiet = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

/// Counts what this program does between its first and its second mark, called with these words.
///
/// # Errors
/// callgrind cannot be run, or has written something else than it does.
pub(crate) fn count(words: &[&str]) -> Result<Counts, String> {
    let folder = tempfile::tempdir().map_err(|fault| fault.to_string())?;
    let counts = folder.path().join("counts");
    let program = std::env::current_exe().map_err(|fault| fault.to_string())?;
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--cache-sim=yes", "--dump-before=getppid"]).args(CACHES);
    command.arg(format!("--callgrind-out-file={}", counts.display())).arg(program).args(words);
    let done = command.output().map_err(|fault| format!("valgrind cannot be started: {fault}"))?;
    if !done.status.success() {
        return Err(format!("callgrind failed:\n{}", String::from_utf8_lossy(&done.stderr)));
    }
    read(&folder.path().join("counts.2"))
}

/// Reads a dump: the line `events:` names the columns of the line `totals:`.
fn read(dump: &Path) -> Result<Counts, String> {
    let text = fs::read_to_string(dump).map_err(|fault| format!("callgrind has not seen two marks: {fault}"))?;
    let words = |key: &str| -> Result<Vec<String>, String> {
        let line = text.lines().find_map(|line| line.strip_prefix(key));
        let line = line.ok_or_else(|| format!("callgrind’s dump has no line `{key}`"))?;
        Ok(line.split_whitespace().map(str::to_owned).collect())
    };
    let (events, totals) = (words("events:")?, words("totals:")?);
    let of = |event: &str| -> Result<f64, String> {
        let at = events.iter().position(|own| own == event).ok_or_else(|| format!("callgrind counts no {event}"))?;
        let total = totals.get(at).ok_or_else(|| format!("callgrind has no total of {event}"))?;
        total.parse().map_err(|_| format!("`{total}` is not a number"))
    };
    Ok(Counts { instructions: of("Ir")?, misses: of("D1mr")? + of("D1mw")? })
}
