//! What `run` and `compare` share: open the folder, run the arms, write the files, print what came of it.

use super::ending::{Ending, Failure, Outcome};
use super::flags::{Flags, Yardstick};
use super::planned::Planned;
use super::progress::Progress;
use super::told::Told;
use super::{print, resume};
use commonground::experiment::plan::Comparison;
use commonground::experiment::{self, Options};
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use commonground::report::answer::answer;
use commonground::report::folder::{Command, Folder, FolderError, Place};
use commonground::report::study::{Study, arm_keys};
use commonground::report::table::tables;
use commonground::scenario::Scenario;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::path::Path;

/// Runs the arms and reports on them. Whatever cannot be written is found out before the first run.
pub(super) fn conduct(mut arms: Vec<Scenario>, flags: &Flags, yardstick: &Yardstick) -> Outcome {
    if flags.resume {
        let planner = yardstick.has_planner();
        return resume::conduct(Planned::Comparison(comparison(arms, flags, planner)?), flags);
    }
    let threads = pool(flags.threads)?;
    let folder = Folder::open(place(flags, &arms, ""), flags.replace)?.with_pictures(flags.pictures());
    if yardstick.has_planner() {
        threads.install(|| experiment::benchmark(&mut arms));
    }
    let arms = arms.as_slice();
    let widths = flags.widths(arms)?;
    let mut runs = folder.runs(arms, flags.format())?;
    let setups: Vec<&Setup> = arms.iter().map(|arm| &arm.setup).collect();
    let progress = Progress::begin(flags)?;
    let ensemble = threads.install(|| experiment::run_until(&setups, options(flags), &widths, &mut runs, &progress));
    progress.end();
    let path = folder.path().to_owned();
    let ensemble = ensemble.map_err(|error| Failure::Request(error.to_string()))?;
    if ensemble.runs == 0 {
        print::say("Stopped before the first runs were done; nothing is written.");
        return Ok(Ending::Stopped);
    }
    let study = Study { arms, ensemble: &ensemble };
    let files = threads.install(|| folder.write(&study, runs, &Command { widths, ..command(flags) }))?;
    told(&study).print(flags, &path, &files)
}

/// Arms that are to be run in parts.
///
/// # Errors
/// A measure that is to be precise is in none of them.
pub(super) fn comparison(arms: Vec<Scenario>, flags: &Flags, planner: bool) -> Result<Comparison, Failure> {
    let comparison = Comparison::new(arms, options(flags), planner);
    let widths = flags.widths(&comparison.arms)?;
    Ok(comparison.until(widths))
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        Self::Request(error.to_string())
    }
}

/// So many threads; all cores if nobody says how many.
pub(super) fn pool(threads: Option<u16>) -> Result<ThreadPool, Failure> {
    let count = threads.map_or(0, usize::from);
    ThreadPoolBuilder::new()
        .num_threads(count)
        .build()
        .map_err(|error| Failure::Request(format!("the threads cannot be started: {error}; try fewer with --threads")))
}

/// Arms whose names a folder's name holds; of more only the first.
const NAMED: usize = 2;
/// Letters of a folder's name.
const LONGEST_NAME: usize = 100;

/// The folder that was asked for, or one named after the arms and ending so.
pub(super) fn place(flags: &Flags, arms: &[Scenario], ending: &str) -> Place {
    if let Some(path) = &flags.out {
        return Place::Chosen(path.clone());
    }
    let keys = arm_keys(arms);
    let name = match keys.as_slice() {
        [first, others @ ..] if keys.len() > NAMED => format!("{first}-vs-{}-others", others.len()),
        _ => keys.join("-vs-"),
    };
    let begin: String = name.chars().take(LONGEST_NAME - ending.len()).collect();
    Place::Fresh(Path::new("results").join(begin + ending))
}

/// Runs, seed, precision and level as they were asked for.
pub(super) fn options(flags: &Flags) -> Options {
    let Flags { seed, level, .. } = *flags;
    Options { seed, runs: flags.runs(), precision: flags.precision(), level, instructions: InstructionSet::best() }
}

/// The command line as the manifest tells it.
pub(super) fn command(flags: &Flags) -> Command {
    let Options { runs, precision, level, .. } = options(flags);
    Command { words: words(), runs, precision, widths: Vec::new(), level, format: flags.format() }
}

/// The words of the command line, the program's name first, as far as they decide the results: where these go, what is
/// said meanwhile, and in how many threads or shards they are worked out, does not.
pub(super) fn words() -> Vec<String> {
    let typed = super::typed().iter().skip(1).map(|word| word.to_string_lossy().into_owned());
    std::iter::once("commonground".to_owned()).chain(deciding(typed)).collect()
}

/// Flags that decide no result, and have a value.
const WITH_VALUE: [&str; 4] = ["--out", "--threads", "--shards", "--shard-seconds"];
/// Flags that decide no result, and have none.
const ALONE: [&str; 8] = ["--replace", "--resume", "--json", "--all", "--quiet", "-q", "--slurm", "--kubernetes"];

fn deciding(typed: impl Iterator<Item = String>) -> Vec<String> {
    let mut typed = typed.enumerate();
    let mut kept = Vec::new();
    while let Some((position, word)) = typed.next() {
        if WITH_VALUE.contains(&word.as_str()) {
            typed.next();
            continue;
        }
        let is_joined = WITH_VALUE.iter().any(|flag| word.strip_prefix(flag).is_some_and(|rest| rest.starts_with('=')));
        if !(is_joined || ALONE.contains(&word.as_str()) || position == 0 && word == "plan") {
            kept.push(word);
        }
    }
    kept
}

/// What an ensemble tells: its answer.
pub(super) fn told(study: &Study) -> Told {
    Told {
        answer: answer(study),
        findings: Vec::new(),
        tables: tables(study),
        seed: study.ensemble.seed,
        counts: Vec::new(),
        runs: study.ensemble.runs,
        failed_runs: study.ensemble.failed(),
        interrupted: study.ensemble.interrupted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_told_without_what_decides_no_result() {
        let kept = |words: &str| deciding(words.split(' ').map(str::to_owned)).join(" ");
        let planned = "plan compare a.json b.json --runs 50 --shards 4 --out=big --slurm -q --seed 7";
        assert_eq!(kept(planned), "compare a.json b.json --runs 50 --seed 7");
        assert_eq!(kept("run plan --out there --threads 2 --set /a=1"), "run plan --set /a=1");
    }
}
