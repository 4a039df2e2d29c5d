//! `diff`: why two result folders are not the same, and by how much.

use super::ending::{Ending, Failure, Outcome};
use super::flags::level;
use super::print;
use commonground::experiment::Level;
use commonground::report::diff::{Diff, DiffError, diff as held_against};
use commonground::report::table::Table;
use std::path::PathBuf;

/// What `diff` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground diff results/first results/second
  commonground diff old new --all
  commonground diff old new --level 0.9
  commonground diff old new --json > diff.json

Says what decides results and is not the same (the program and its sources, the
seed, the number of runs, designs, every number of a scenario by its pointer,
data), and then what differs: run by run where the seed is the same, so that
both have met the same luck, or else mean against mean. Nothing is run.

The exit code is 0 if both hold the same results, byte by byte, 1 if they do
not, and 2 if one cannot be read.")]
pub(crate) struct Arguments {
    /// Folder with results: one with a manifest.json in it
    first: PathBuf,
    /// Another
    second: PathBuf,
    /// Level of the intervals, as a share: with 0.9 they are 90% intervals
    #[arg(long, value_name = "SHARE", default_value = "0.95", allow_negative_numbers = true, value_parser = level)]
    level: Level,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
    /// Print every row, also by kind of provider, however many there are
    #[arg(long, conflicts_with = "json")]
    all: bool,
}

/// Rows of a table that are printed unless all are asked for.
const MOST_ROWS: usize = 12;

/// Holds the folders against each other and prints what comes of it.
pub(crate) fn diff(arguments: &Arguments) -> Outcome {
    let found = held_against(&arguments.first, &arguments.second, arguments.level)?;
    let text = if arguments.json { print::document(&found.to_json()) } else { text(&found, arguments.all) };
    print::result(&text)?;
    Ok(if found.is_same { Ending::Fine } else { Ending::Failed })
}

impl From<DiffError> for Failure {
    fn from(error: DiffError) -> Self {
        Self::Request(error.to_string())
    }
}

/// The tables, and below them what it comes to.
fn text(found: &Diff, all: bool) -> String {
    let mut parts = Vec::new();
    let kinds = found.kinds.as_ref().filter(|_| all);
    for table in [found.causes.as_ref(), found.place.as_ref(), kinds].into_iter().flatten() {
        parts.push(shown(table, all));
    }
    let mut verdict: Vec<String> = found.verdict.iter().map(|line| print::wrapped(line, "")).collect();
    if let (Some(kinds), false) = (&found.kinds, all) {
        let rows = kinds.rows.len();
        verdict.insert(verdict.len() - 1, format!("{rows} more by kind of provider: --all shows them."));
    }
    parts.push(verdict.join("\n"));
    print::letters(&parts.join("\n"))
}

fn shown(table: &Table, all: bool) -> String {
    let more = table.rows.len().saturating_sub(MOST_ROWS);
    if all || more == 0 {
        return table.to_text(print::WIDTH);
    }
    let rows = table.rows.iter().take(MOST_ROWS).cloned().collect();
    let cut = Table { rows, title: table.title.clone(), columns: table.columns.clone() };
    format!("{}and {more} more: --all shows them\n", cut.to_text(print::WIDTH))
}
