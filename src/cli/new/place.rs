//! `new place`: a real place from published monthly tables.

use super::say_what_is_next;
use crate::cli::ending::{Ending, Failure, Outcome};
use crate::cli::{STORE, files, paths, print};
use commonground::scenario::data;
use commonground::scenario::place::{activity, council, place as made};
use commonground::scenario::text::{Address, counted};
use std::path::PathBuf;

/// What `new place` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground new place wight.json --from ae.csv --org R1F --council \"Isle of Wight\"
  commonground new place mine.json --from 2024-*.csv --org RAE --council Bradford

The tables are the monthly A&E figures of NHS England, as CSV: a file a month
with a row an organisation, or one long file, with the heads of any year, lines
above them and totals below, and months as they are written (2016-04-01,
APRIL-2016, 42461, \"Period: April 2016\" above the table). Twelve months are
needed, none may be missing. The need and population of councils come with the
program (2024/25). Beside the scenario, a table of its need is written.")]
pub(crate) struct Arguments {
    /// File to write; the table of need stands beside it
    #[arg(value_parser = paths::new())]
    file: PathBuf,

    /// Published tables
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    from: Vec<PathBuf>,

    /// Code of the hospital trust in them
    #[arg(long, value_name = "CODE")]
    org: String,

    /// Upper-tier council, by name or code, whose people the place cares for; without it, a place of 300,000
    #[arg(long, value_name = "NAME")]
    council: Option<String>,

    /// What the place is called; without it, the council or the code
    #[arg(long)]
    name: Option<String>,
}

/// Writes the scenario and its table.
pub(super) fn place(arguments: &Arguments) -> Outcome {
    let Arguments { file, from, org, council: asked, name } = arguments;
    let mut tables = Vec::new();
    let mut faults = Vec::new();
    for path in from {
        match data::text(&STORE, &Address::Disk(path.clone())) {
            Ok(text) => tables.push((path.display().to_string(), text)),
            Err(problem) => faults.push(problem),
        }
    }
    let council = asked.as_deref().map(council).transpose().map_err(|problem| faults.push(problem)).unwrap_or_default();
    if !faults.is_empty() {
        return Err(Failure::Request(faults.join("\n")));
    }
    let activity = activity(&tables, org).map_err(Failure::Request)?;
    let name = name.as_deref().or(council.as_ref().map(|council| council.name.as_str())).unwrap_or(org);
    let table = file.with_extension("csv");
    let beside = table.file_name().and_then(|name| name.to_str()).unwrap_or("need.csv").to_owned();
    let made = made(name, &activity, council.as_ref(), &beside);
    if file.exists() {
        return Err(files::taken(file));
    }
    files::write_new(&table, &made.data)?;
    files::write_new(file, &made.scenario)?;
    let months = counted(activity.months.len() as u64, "month");
    print::say(&format!("{months} of {org}, {} to {}", activity.first(), activity.last()));
    for note in &made.notes {
        print::say(note);
    }
    say_what_is_next(&file.display().to_string());
    Ok(Ending::Fine)
}
