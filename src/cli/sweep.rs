//! `sweep`: numbers of a scenario vary.

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
use commonground::experiment::sweep::{self, Design};
use commonground::report::cells::of_sweep;

/// What `sweep` needs to know.
#[derive(Debug, clap::Args)]
#[command(
    mut_arg("runs", |runs| runs.help("Number of runs of each cell; with --precision the most [default: 100,\nwith --precision 100000]")),
    after_long_help = "\
Examples:
  commonground sweep pasture-fortress \\
    --vary /providers/herder/payment/tariff/price=0.2..1:9
  commonground sweep pasture-fortress --runs 200 \\
    --vary /providers/herder/payment/tariff/price=0.2..1:9 \\
    --vary /providers/herder/norm/weight=0..1:6 --out results/map
  commonground sweep place-based --measure 'need_met<0.85' --measure margin \\
    --vary /rules/collective_choice/ceded=[0,0.3,0.6,0.9]
  commonground sweep place-based --design sobol --cells 256 \\
    --vary /society/trust=0..1 --vary /rules/measures/coverage=0..1
  commonground sweep place-based --vary /society/trust=0..1:5 \\
    --vary '/rules/collective_choice/votes=[equal,by_size]'
  commonground sweep place-fortress --vary 'governance=[none,alliance,network]' \\
    --measure 'need_met@year4 - need_met@year1'
  commonground sweep pasture-fortress \\
    --vary '/providers/*/behaviour/learner/choice_sharpness=log:0.1..1000:5'
  commonground sweep pasture-ostrom \\
    --where '/society/trust_gain < /society/trust_loss' \\
    --vary /society/trust_gain=0..0.4:5 --vary '/society/trust_loss=*0.5..2:4'
  commonground sweep pasture-fortress --points cells.csv

What --vary takes besides numbers: words and switches ([equal,by_size],
[true,false]); parts with names ('form:/providers/*/payment={\"a\":{..},\"b\":{..}}');
fragments laid over the scenario ('governance=[none,alliance]'); several pointers
tied ('/a,/b=0..1:3'); factors on what is written ('/a=*0.5..1.5:3'); orders of
magnitude ('/a=log:0.1..1000:5'). Where the share of one part of a mixture is
varied, the rest are scaled so that all add up to 1.

A grid tries every combination of the values. Latin hypercubes and Sobol
sequences spread --cells over ranges. Every cell meets the same luck. The folder
has cells.csv (a row a cell), and of a grid effects.csv and tipping.csv: where a
chance crosses one half, with its interval.

A sweep chooses its points itself and takes none that a match left: `compare
--ensemble` holds the designs of two cells against each other there."
)]
pub(crate) struct Arguments {
    /// Name of a bundled scenario, or path of a file
    scenario: String,
    #[command(flatten)]
    asked: Asked,
    /// How cells are chosen
    #[arg(long, value_enum, default_value_t = Kind::Grid, conflicts_with = "points")]
    design: Kind,
    /// Number of cells of a design other than a grid
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u32>(2, u32::MAX), conflicts_with = "points")]
    cells: Option<u32>,
    #[command(flatten)]
    ensemble: NoEnsemble,
    #[command(flatten)]
    flags: Flags,
}

const NO_ENSEMBLE: &str = "`sweep` chooses its points itself; `compare --ensemble` holds the designs of two of its cells against each other at the points that a match left";

/// Ways of choosing cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Every combination of the values
    Grid,
    /// Latin hypercube
    Latin,
    /// Sobol sequence, scrambled
    Sobol,
}

/// Runs of each cell where none are asked for.
const RUNS: u64 = 100;

/// Runs all cells, writes the folder and prints what came of it.
pub(crate) fn sweep(arguments: &Arguments) -> Outcome {
    arguments.ensemble.check(NO_ENSEMBLE)?;
    arguments.flags.check_one_precision(FIRST_DECIDES)?;
    if arguments.flags.resume {
        let (cells, flags) = arguments.planned()?;
        return resume::conduct(Planned::Cells(Box::new(cells)), &flags);
    }
    let flags = arguments.flags.or_runs(RUNS);
    let scenario = flags.load(&arguments.scenario)?;
    let design = design(arguments)?;
    let threads = experiment::pool(flags.threads)?;
    let (varied, conditions) = arguments.asked.wanted()?;
    let cells = threads.install(|| sweep::cells(&scenario, &STORE, (&varied, &conditions), design, flags.seed))?;
    let outcomes = arguments.asked.outcomes(&cells.setups)?;
    let folder = folder(&flags, &scenario, "sweep")?;
    let items = Work { cells: &cells, outcomes: &outcomes, options: experiment::options(&flags) }.items();
    let progress = Progress::over_items(flags.quiet, items)?;
    let sweep = threads.install(|| sweep::sweep(cells, design, outcomes, experiment::options(&flags), &progress));
    progress.end();
    let report = of_sweep(&scenario, &sweep, &experiment::command(&flags))?;
    finish(&scenario, (&sweep.field, &report), &flags, folder)
}

impl Arguments {
    /// The sweep as one that can be planned, and its flags.
    ///
    /// # Errors
    /// Every fault of what was asked.
    pub(super) fn planned(&self) -> Result<(CellRuns, Flags), Failure> {
        self.ensemble.check(NO_ENSEMBLE)?;
        self.flags.check_one_precision(FIRST_DECIDES)?;
        let flags = self.flags.or_runs(RUNS);
        let scenario = flags.load(&self.scenario)?;
        Ok((self.asked.planned(scenario, Purpose::Sweep(design(self)?), &flags)?, flags))
    }
}

/// The design, whose number of cells must be given where a grid does not give it.
fn design(arguments: &Arguments) -> Result<Design, Failure> {
    if arguments.asked.is_listed() {
        return Ok(Design::Listed);
    }
    match (arguments.design, arguments.cells) {
        (Kind::Grid, None) => Ok(Design::Grid),
        (Kind::Grid, Some(_)) => Err(Failure::Request(
            "a grid has the cells that its values make; leave --cells away or add --design".to_owned(),
        )),
        (_, None) => Err(Failure::Request("this design needs the number of cells, as --cells 256".to_owned())),
        (Kind::Latin, Some(cells)) => Ok(Design::Latin(cells as usize)),
        (Kind::Sobol, Some(cells)) => Ok(Design::Sobol(cells as usize)),
    }
}
