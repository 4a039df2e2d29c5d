//! `sensitivity`: which numbers of a scenario drive its results.

use super::cells::{Asked, finish, folder};
use super::ending::{Failure, Outcome};
use super::flags::Flags;
use super::over::NoEnsemble;
use super::planned::Planned;
use super::precision::FIRST_DECIDES;
use super::progress::Progress;
use super::whole::whole;
use super::{STORE, experiment, resume};
use clap::ValueEnum;
use commonground::experiment::field::Work;
use commonground::experiment::plan::{CellRuns, Purpose};
use commonground::experiment::sensitivity::{self, Method};
use commonground::report::cells::of_sensitivity;

/// What `sensitivity` needs to know.
#[derive(Debug, clap::Args)]
#[command(
    mut_arg("runs", |runs| runs.help("Number of runs of each cell; with --precision the most [default: 32,\nwith --precision 100000]")),
    after_long_help = "\
Examples:
  commonground sensitivity pasture-ostrom --method morris \\
    --vary /society/trust=0..1 --vary /rules/measures/coverage=0..1 \\
    --vary /rules/graduated_sanctions/fine=0..1
  commonground sensitivity pasture-fortress --method sobol --base 256 \\
    --vary /providers/herder/payment/tariff/price=0.5..1.5 \\
    --vary /pools/pasture/growth/depensated/rate=0.3..0.7
  commonground sensitivity place-based --vary /society/trust=0..1 \\
    --vary '/rules/collective_choice/votes=[equal,by_size]'

Morris needs few cells and tells what matters at all: --trajectories times one
more than there are parameters. Sobol tells how much of the variance each makes,
alone and in all: --base times two more than there are parameters. Every cell
meets the same luck; how much of the variance is luck is told apart.

Over the points that a match left there is no sensitivity, as it varies numbers
itself: `run --ensemble` tells which of them decide."
)]
pub(crate) struct Arguments {
    /// Name of a bundled scenario, or path of a file
    scenario: String,
    #[command(flatten)]
    asked: Asked,
    /// How sensitivity is measured
    #[arg(long, value_enum, default_value_t = Kind::Morris)]
    method: Kind,
    /// Trajectories of Morris's design [default: 20]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u32>(2, u32::MAX))]
    trajectories: Option<u32>,
    /// Levels of Morris's grid, an even number [default: 4]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u32>(2, 1000))]
    levels: Option<u32>,
    /// Rows of Saltelli's design, best a power of two [default: 128]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u32>(2, u32::MAX))]
    base: Option<u32>,
    #[command(flatten)]
    ensemble: NoEnsemble,
    #[command(flatten)]
    flags: Flags,
}

const NO_ENSEMBLE: &str = "`sensitivity` varies numbers itself, over ranges of its own; `run --ensemble` tells which numbers decide at the points that a match left";

/// Ways of measuring sensitivity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Elementary effects: what matters at all
    Morris,
    /// Shares of the variance, alone and in all
    Sobol,
}

/// Runs of each cell where none are asked for.
const RUNS: u64 = 32;
const TRAJECTORIES: u32 = 20;
const LEVELS: u32 = 4;
const BASE: u32 = 128;

/// Runs all cells, writes the folder and prints what came of it.
pub(crate) fn sensitivity(arguments: &Arguments) -> Outcome {
    arguments.ensemble.check(NO_ENSEMBLE)?;
    arguments.flags.check_one_precision(FIRST_DECIDES)?;
    if arguments.flags.resume {
        let (cells, flags) = arguments.planned()?;
        return resume::conduct(Planned::Cells(Box::new(cells)), &flags);
    }
    let flags = arguments.flags.or_runs(RUNS);
    let method = method(arguments)?;
    let scenario = flags.load(&arguments.scenario)?;
    let threads = experiment::pool(flags.threads)?;
    let (varied, conditions) = arguments.asked.wanted()?;
    let (unit, cells) =
        threads.install(|| sensitivity::cells(&scenario, &STORE, (&varied, &conditions), method, flags.seed))?;
    let outcomes = arguments.asked.outcomes(&cells.setups)?;
    let folder = folder(&flags, &scenario, "sensitivity")?;
    let items = Work { cells: &cells, outcomes: &outcomes, options: experiment::options(&flags) }.items();
    let progress = Progress::over_items(flags.quiet, items)?;
    let analysis = threads
        .install(|| sensitivity::sensitivity((unit, cells), method, outcomes, experiment::options(&flags), &progress));
    progress.end();
    let report = of_sensitivity(&scenario, &analysis, &experiment::command(&flags))?;
    finish(&scenario, (&analysis.field, &report), &flags, folder)
}

impl Arguments {
    /// The analysis as one that can be planned, and its flags.
    ///
    /// # Errors
    /// Every fault of what was asked.
    pub(super) fn planned(&self) -> Result<(CellRuns, Flags), Failure> {
        self.ensemble.check(NO_ENSEMBLE)?;
        self.flags.check_one_precision(FIRST_DECIDES)?;
        let flags = self.flags.or_runs(RUNS);
        let scenario = flags.load(&self.scenario)?;
        Ok((self.asked.planned(scenario, Purpose::Sensitivity(method(self)?), &flags)?, flags))
    }
}

/// The method with its numbers; those of the other are refused rather than passed over.
fn method(arguments: &Arguments) -> Result<Method, Failure> {
    if arguments.asked.is_listed() {
        let words = "indices need the points of their own design; --points is for `sweep`";
        return Err(Failure::Request(words.to_owned()));
    }
    let Arguments { trajectories, levels, base, .. } = *arguments;
    let levels_or = levels.unwrap_or(LEVELS);
    match arguments.method {
        Kind::Morris if base.is_some() => {
            Err(Failure::Request("--base belongs to --method sobol; Morris has --trajectories and --levels".to_owned()))
        }
        Kind::Sobol if trajectories.is_some() || levels.is_some() => {
            Err(Failure::Request("--trajectories and --levels belong to --method morris; Sobol has --base".to_owned()))
        }
        Kind::Morris if levels_or % 2 == 1 => Err(Failure::Request(format!(
            "--levels {levels_or} is odd; an even number is needed, so that all levels are met alike"
        ))),
        Kind::Morris => Ok(Method::Morris {
            trajectories: trajectories.unwrap_or(TRAJECTORIES) as usize,
            levels: levels_or as usize,
        }),
        Kind::Sobol => Ok(Method::Sobol { base: base.unwrap_or(BASE) as usize }),
    }
}
