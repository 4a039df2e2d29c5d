//! `stress`: which designs still hold when shocks come and nobody knows the numbers.

use super::ending::{Ending, Failure, Outcome};
use super::experiment::{command, options, pool};
use super::flags::Flags;
use super::over::NoEnsemble;
use super::planned::Planned;
use super::progress::Progress;
use super::told::Told;
use super::{STORE, compare, print, resume};
use commonground::experiment::plan::StressRuns;
use commonground::experiment::stress::Shocks;
use commonground::report::folder::{Folder, Place};
use commonground::report::stress::{Account, answer, findings, tables, write};
use commonground::scenario::Scenario;
use commonground::scenario::bundled;
use std::path::Path;

/// What `stress` needs to know.
#[derive(Debug, clap::Args)]
#[command(
    mut_arg("runs", |runs| runs.help(RUNS_HELP)),
    mut_arg("precision", |precision| precision.help(PRECISION_HELP)),
    after_long_help = "\
Examples:
  commonground stress place-fortress place-based --shocks winter-surge
  commonground stress place-fortress place-based place-block place-capitated \\
    --shocks place --out results/stress
  commonground stress place-fortress place-fortress+alliance --shocks all-at-once
  commonground stress place-based place-block --shocks staff-loss --precision 0.05
  commonground scenarios copy place mine.json
  commonground stress a.json b.json --shocks mine.json
  commonground plan stress a.json b.json --shocks mine.json --out big

A study of shocks says what a good future is, which shocks come in which sizes,
and what else is uncertain. Every design meets the same futures: the same shock,
the same numbers, the same luck. The folder has futures.csv (a row for each
future and design), goals.csv, designs.csv (regret, worst futures, recovery),
steps.csv, ranking.csv and boxes.csv (where each design fails, by PRIM).
Bundled studies for the place scenarios: place, winter-surge, budget-cut,
leader-leaves, staff-loss, national-override, all-at-once.

A study chooses its points itself (`parameters`) and takes none that a match
left: `compare --ensemble` compares designs there."
)]
pub(crate) struct Arguments {
    /// One to eight designs: names of bundled scenarios, or paths of files
    #[arg(num_args = 0..=8, value_name = "SCENARIO")]
    designs: Vec<String>,
    /// Study of shocks: name of a bundled one, or path of a file
    #[arg(long, value_name = "FILE")]
    shocks: Option<String>,
    #[command(flatten)]
    ensemble: NoEnsemble,
    #[command(flatten)]
    flags: Flags,
}

/// Runs of each design in each future where none are asked for, and with a precision the most.
const RUNS: u64 = 16;
const MOST_RUNS: u64 = 1024;

const NO_ENSEMBLE: &str = "`stress` draws its points from the `parameters` of its study; `compare --ensemble` compares designs at the points that a match left";

const RUNS_HELP: &str = "\
Number of runs of each design in each future; with --precision the most
[default: 16, with --precision 1024]";

const PRECISION_HELP: &str = "\
Stop once, for every design, the runs leave it open in at most this share of the
futures whether all goals are met there, as 0.05";

/// Runs all designs in all futures, writes the folder and prints what came of it.
pub(crate) fn stress(arguments: &Arguments) -> Outcome {
    let flags = arguments.flags();
    let asked = arguments.asked(&flags)?;
    let threads = pool(flags.threads)?;
    let runs = threads.install(|| asked.meet(&flags))?;
    if flags.resume {
        return resume::conduct(Planned::Stress(Box::new(runs)), &flags);
    }
    let futures = &runs.futures;
    let folder =
        Folder::open(place(&flags, futures.designs.len(), &asked.name), flags.replace)?.with_pictures(flags.pictures());
    let progress = Progress::over_items(flags.quiet, futures.items(flags.runs()))?;
    let stress = threads.install(|| futures.run(options(&flags), &progress));
    progress.end();
    if stress.runs == 0 {
        print::say(
            "Stopped before every design had met every future; nothing is written. A plan would keep what is done.",
        );
        return Ok(Ending::Stopped);
    }
    let account = threads.install(|| Account::new(futures, &stress));
    let path = folder.path().to_owned();
    let files = threads.install(|| write(&account, folder, &command(&flags)))?;
    told(&account).print(&flags, &path, &files)
}

/// Designs and the study that they are to meet.
struct Asked {
    name: String,
    shocks: Shocks,
    designs: Vec<Scenario>,
}

impl Asked {
    fn meet(&self, flags: &Flags) -> Result<StressRuns, Failure> {
        Ok(StressRuns::new(&STORE, self.shocks.clone(), self.designs.clone(), options(flags))?)
    }
}

impl Arguments {
    /// The experiment as one that can be planned, and its flags.
    ///
    /// # Errors
    /// Every fault of what was asked.
    pub(super) fn planned(&self) -> Result<(StressRuns, Flags), Failure> {
        let flags = self.flags();
        Ok((self.asked(&flags)?.meet(&flags)?, flags))
    }

    fn asked(&self, flags: &Flags) -> Result<Asked, Failure> {
        self.ensemble.check(NO_ENSEMBLE)?;
        flags.check_one_precision("it is the share of futures that may stay open")?;
        let name = match &self.shocks {
            Some(name) if !self.designs.is_empty() => name,
            _ => return Err(Failure::Request(self.missing())),
        };
        let designs = self.designs.iter().map(|name| flags.load(name)).collect::<Result<Vec<_>, _>>()?;
        if designs.len() > 1 {
            compare::check(&designs)?;
        }
        let shocks = Shocks::load(&STORE, name)?;
        if flags.has_precision() && shocks.file.met_in >= 1.0 {
            let words = "no number of runs can show that all do, as `met_in` of 1 asks; leave --precision away or lower `met_in`";
            return Err(Failure::Request(words.to_owned()));
        }
        Ok(Asked { name: name.clone(), shocks, designs })
    }

    fn flags(&self) -> Flags {
        self.flags.or_runs_up_to(RUNS, MOST_RUNS)
    }

    /// What is missing and how it is given.
    fn missing(&self) -> String {
        let what = match (self.designs.is_empty(), self.shocks.is_none()) {
            (true, true) => "designs to test and a study of shocks are needed",
            (true, false) => "designs to test are needed: one to eight scenarios",
            (false, _) => "a study of shocks is needed: add --shocks FILE",
        };
        let studies: Vec<&str> = bundled::studies().collect();
        format!(
            "{what}, as in `commonground stress place-fortress place-based --shocks winter-surge`; bundled studies are {}; \
             `commonground stress --help` tells more",
            studies.join(", ")
        )
    }
}

/// The folder that was asked for, or one named after the study.
fn place(flags: &Flags, designs: usize, study: &str) -> Place {
    if let Some(path) = &flags.out {
        return Place::Chosen(path.clone());
    }
    let stem = Path::new(study).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let safe = |letter: char| if letter.is_alphanumeric() || "-_".contains(letter) { letter } else { '-' };
    let name: String = stem.chars().map(safe).take(LONGEST_NAME).collect();
    Place::Fresh(Path::new("results").join(format!("stress-{name}-{designs}-designs")))
}

/// Letters of a study that the name of a folder holds.
const LONGEST_NAME: usize = 80;

/// What the designs tell.
pub(super) fn told(account: &Account) -> Told {
    Told {
        answer: answer(account),
        findings: findings(account),
        tables: tables(account),
        seed: account.stress.seed,
        runs: account.stress.runs,
        counts: vec![("futures", account.futures.count() as u64), ("designs", account.designs().len() as u64)],
        failed_runs: account.stress.failed(),
        interrupted: account.stress.interrupted,
    }
}
