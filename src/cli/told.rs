//! What an experiment tells at its end: as text or as one JSON document, and where its files are.

use super::ending::{Ending, Failure, Outcome};
use super::flags::Flags;
use super::print;
use commonground::report::table::Table;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What an experiment tells.
pub(super) struct Told {
    /// What was run, above the findings.
    pub(super) opening: String,
    /// What was found, a sentence or a few each.
    pub(super) findings: Vec<String>,
    /// Every table, for programs.
    pub(super) tables: Vec<Table>,
    /// The tables that say most, for people.
    pub(super) shown: Vec<Table>,
    /// Seed of all chance.
    pub(super) seed: u64,
    /// Number of cells, of an experiment that has such.
    pub(super) cells: Option<usize>,
    /// Number of runs, of each cell or arm.
    pub(super) runs: u64,
    /// Whether it was stopped before it was done.
    pub(super) interrupted: bool,
}

/// What `--json` prints.
#[derive(Serialize)]
struct Document<'a> {
    findings: &'a [String],
    tables: &'a [Table],
    folder: &'a Path,
    seed: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<usize>,
    runs: u64,
    interrupted: bool,
}

impl Told {
    /// Prints what was found, and says where the files are.
    pub(super) fn print(&self, flags: &Flags, folder: &Path, files: &[PathBuf]) -> Outcome {
        print::result(&self.results(flags.json, folder)?)?;
        if !flags.quiet {
            print::say(&self.closing(flags, folder, files));
        }
        Ok(if self.interrupted { Ending::Stopped } else { Ending::Fine })
    }

    /// The results: with `json` a document that names their folder.
    pub(super) fn results(&self, json: bool, folder: &Path) -> Result<String, Failure> {
        if !json {
            return Ok(self.text());
        }
        let Self { findings, tables, seed, cells, runs, interrupted, .. } = self;
        let (seed, cells, runs, interrupted) = (*seed, *cells, *runs, *interrupted);
        serde_json::to_string_pretty(&Document { findings, tables, folder, seed, cells, runs, interrupted })
            .map_err(|error| Failure::Request(format!("no JSON can be made: {error}")))
    }

    /// Findings, and the tables that say most.
    fn text(&self) -> String {
        let mut text = format!("{}\n\n{}", self.opening, print::heading("Findings"));
        for finding in &self.findings {
            text.push('\n');
            text.push_str(&print::wrapped(&format!("- {finding}"), "  "));
        }
        for table in &self.shown {
            text.push_str("\n\n");
            text.push_str(table.to_text(print::WIDTH).trim_end());
        }
        text
    }

    /// How it ended and where the files are.
    fn closing(&self, flags: &Flags, folder: &Path, files: &[PathBuf]) -> String {
        let (runs, seed) = (self.runs, self.seed);
        let of_each = if self.cells.is_some() { " of each cell" } else { "" };
        let mut lines = Vec::new();
        if self.interrupted {
            lines.push(format!("Stopped after {runs} of {} runs{of_each}; what is done is kept.", flags.runs()));
        } else if flags.precision.is_some() && runs == flags.runs() {
            lines.push(format!("All {runs} runs were needed; if the interval is still too wide, raise --runs."));
        }
        let done =
            self.cells.map_or_else(|| format!("{runs} runs"), |cells| format!("{cells} cells, {runs} runs of each"));
        let charts = files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "svg")).count();
        let charts = if charts == 1 { "1 chart".to_owned() } else { format!("{charts} charts") };
        lines.push(format!("{done}, seed {seed}. Tables, {charts} and report.html are in {}", folder.display()));
        let lines: Vec<String> = lines.iter().map(|line| print::wrapped(line, "")).collect();
        format!("\n{}", lines.join("\n"))
    }
}
