//! `replicate`: published results, run by the engine and held against what was published.

use super::ending::{Ending, Failure, Outcome};
use super::experiment::pool;
use super::flags::Charts;
use super::told::{self, Form};
use super::whole::whole;
use super::{paths, print};
use commonground::experiment::replicate::{ALL, Replication, Reproduction};
use commonground::report::folder::{Folder, Place};
use commonground::report::replications::{Document, Replicated, answer, write};
use commonground::report::table::Table;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `replicate` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground replicate
  commonground replicate fishery laboratory
  commonground replicate --list
  commonground replicate ostracism --out results/ostracism

Each result is a few scenario files under `replicate/`, which `scenarios`
lists: run, explain or change them like any other. The exit code is 1 if a
value is out of its tolerance.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that can be typed")]
pub(crate) struct Arguments {
    /// Names of the results to reproduce; without any, all
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// List the results and run nothing
    #[arg(long, conflicts_with_all = ["names", "out"])]
    list: bool,
    /// Print one JSON document instead of text
    #[arg(long)]
    json: bool,
    /// Print every value and every finding, however many rows they take
    #[arg(long, conflicts_with = "json")]
    all: bool,
    /// Folder for values, charts and the scenarios that were run
    #[arg(long, value_name = "DIR", value_parser = paths::new())]
    out: Option<PathBuf>,
    /// Pictures of charts in the folder and on its page; `none` draws nothing
    #[arg(long, value_enum, default_value_t = Charts::All, requires = "out")]
    charts: Charts,
    /// Replace the results that are in --out already
    #[arg(long, requires = "out")]
    replace: bool,
    /// Number of threads; it changes nothing but the time [default: all cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u16>(1, 1024))]
    threads: Option<u16>,
    /// Say nothing but results and errors
    #[arg(long, short)]
    quiet: bool,
}

/// Runs the results asked for, prints ours beside the published values and writes the folder.
pub(crate) fn replicate(arguments: &Arguments) -> Outcome {
    let wanted = wanted(&arguments.names)?;
    if arguments.list {
        return list(arguments.json);
    }
    let folder = arguments.out.clone().map(|path| Folder::open(Place::Chosen(path), arguments.replace)).transpose()?;
    let folder = folder.map(|folder| folder.with_pictures(arguments.charts.into()));
    let threads = pool(arguments.threads)?;
    let mut done: Vec<(&Replication, Reproduction)> = Vec::new();
    for replication in wanted {
        if !arguments.quiet {
            print::say(&format!("{}: {} …", replication.name, replication.title));
        }
        done.push((replication, threads.install(|| replication.reproduce())?));
    }
    let all: Vec<Replicated> =
        done.iter().map(|(replication, reproduction)| Replicated { replication, reproduction }).collect();
    let path = folder.as_ref().map(|folder| folder.path().to_owned());
    if let Some(folder) = folder {
        threads.install(|| write(&all, folder))?;
    }
    let form = Form::of(arguments.json, arguments.all);
    print::result(&if form == Form::Json { json(&documents(&all))? } else { text(&all, form, path.as_deref()) })?;
    Ok(if all.iter().all(|one| one.reproduction.passes()) { Ending::Fine } else { Ending::Failed })
}

/// The results of those names, each once; all without a name.
fn wanted(names: &[String]) -> Result<Vec<&'static Replication>, Failure> {
    if names.is_empty() {
        return Ok(ALL.iter().collect());
    }
    let mut wanted: Vec<&'static Replication> = Vec::new();
    for name in names {
        let Some(found) = Replication::named(name) else {
            let known: Vec<String> = ALL.iter().map(|one| format!("`{}`", one.name)).collect();
            return Err(Failure::Request(format!("there is no result `{name}`; there are {}", known.join(", "))));
        };
        if !wanted.iter().any(|other| other.name == found.name) {
            wanted.push(found);
        }
    }
    Ok(wanted)
}

fn list(as_json: bool) -> Outcome {
    #[derive(Serialize)]
    struct Entry {
        name: &'static str,
        title: &'static str,
        source: &'static str,
    }
    let entries: Vec<Entry> =
        ALL.iter().map(|Replication { name, title, source, .. }| Entry { name, title, source }).collect();
    if as_json {
        print::result(&json(&entries)?)?;
    } else {
        let lines: Vec<String> = entries
            .iter()
            .map(|Entry { name, title, source }| {
                format!("{}\n{}", print::heading(name), print::wrapped(&format!("  {title} ({source})"), "  "))
            })
            .collect();
        print::result(&lines.join("\n"))?;
    }
    Ok(Ending::Fine)
}

fn text(all: &[Replicated], form: Form, folder: Option<&Path>) -> String {
    let answer = answer(all);
    match form {
        Form::Screen | Form::Json => told::on_a_screen(&answer, folder),
        Form::All => {
            let tables: Vec<Table> = all.iter().map(Replicated::table).collect();
            let caveats: Vec<String> = all.iter().flat_map(Replicated::findings).collect();
            told::all(&answer, &caveats, &tables, folder)
        }
    }
}

fn documents<'a>(all: &[Replicated<'a>]) -> Vec<Document<'a>> {
    all.iter().map(Replicated::document).collect()
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(|error| Failure::Request(format!("no JSON can be made: {error}")))
}
