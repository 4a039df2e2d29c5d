//! `principles`: what each rule of a scenario is worth, alone and together.

use super::ending::{Ending, Failure, Outcome};
use super::experiment::{command, options, pool};
use super::flags::Flags;
use super::planned::Planned;
use super::precision::FIRST_DECIDES;
use super::progress::Progress;
use super::told::Told;
use super::whole::whole;
use super::{over, print, resume};
use commonground::experiment::plan::RuleTrials;
use commonground::experiment::principles::{self, Question, Unfit};
use commonground::report::folder::{Folder, Place};
use commonground::report::principles::{Account, answer, findings, tables, write};
use commonground::report::study::arm_keys;
use commonground::scenario::Scenario;
use std::path::Path;

/// What `principles` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground principles pasture-ostrom
  commonground principles place-based --runs 200 --measure need_met,margin
  commonground principles mine.json --measure stock_end --out results/rules
  commonground principles mine.json --permutations 64
  commonground principles mine.json --ensemble results/mine

Runs every combination of the rules in the scenario on the same luck, and tells
what each rule adds on average over all orders in which they could be adopted
(its Shapley value), which rules need each other or crowd each other out, the
best set of each size, and what each costs. Up to 12 rules all combinations are
run; above that, random orders are drawn in each run, and the intervals say how
much that leaves open. Any outcome measure can be asked about: `runs.csv` of a
run names them. Ctrl-C stops after the runs in hand and keeps what is done.")]
pub(crate) struct Arguments {
    /// Name of a bundled scenario, or path of a file
    scenario: String,
    /// Measures by which rules are judged, the first one first [default: the
    /// need met, or the stock at the end where there is no need]
    #[arg(long = "measure", value_name = "KEY", value_delimiter = ',')]
    measures: Vec<String>,
    /// Draw N random orders of adoption in each run instead of running every
    /// combination [default: none, and 32 above 12 rules]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u32>(1, MOST_ORDERS))]
    permutations: Option<u32>,
    /// Does it at every point that a match left: which set of rules is worth most in
    /// how many of them, where each rule adds or takes, and what decides; a folder of `match`, its ensemble.json, or the
    /// name of a bundled one [--runs is then 16 unless typed]
    #[arg(long, value_name = "FOLDER")]
    ensemble: Option<String>,
    #[command(flatten)]
    flags: Flags,
}

const MOST_ORDERS: u32 = 10_000;

/// Runs the combinations, writes the folder and prints what came of it.
pub(crate) fn principles(arguments: &Arguments) -> Outcome {
    let flags = &arguments.flags;
    flags.check_one_precision(FIRST_DECIDES)?;
    if let Some(ensemble) = &arguments.ensemble {
        let asked = (arguments.measures.as_slice(), arguments.permutations);
        return over::rules(&flags.load(&arguments.scenario)?, ensemble, asked, flags);
    }
    if flags.resume {
        return resume::conduct(Planned::Rules(Box::new(arguments.planned()?.0)), flags);
    }
    let scenario = flags.load(&arguments.scenario)?;
    let question = Question::new(&scenario.setup, &arguments.measures, arguments.permutations)?;
    let threads = pool(flags.threads)?;
    let folder = Folder::open(place(flags, &scenario), flags.replace)?.with_pictures(flags.pictures());
    let progress = Progress::begin(flags)?;
    let found = threads.install(|| principles::run(&scenario.setup, &question, options(flags), &progress));
    progress.end();
    if found.runs == 0 {
        print::say("Stopped before the first runs were done; nothing is written.");
        return Ok(Ending::Stopped);
    }
    let account = Account { scenario: &scenario, principles: &found };
    let path = folder.path().to_owned();
    let files = threads.install(|| write(&account, folder, &command(flags)))?;
    told(&account).print(flags, &path, &files)
}

impl Arguments {
    /// The experiment as one that can be planned, and its flags.
    ///
    /// # Errors
    /// The scenario has faults, or cannot be asked that.
    pub(super) fn planned(&self) -> Result<(RuleTrials, &Flags), Failure> {
        over::check_plannable(self.ensemble.as_ref(), "principles")?;
        self.flags.check_one_precision(FIRST_DECIDES)?;
        let scenario = self.flags.load(&self.scenario)?;
        let trials = RuleTrials::new(scenario, self.measures.clone(), self.permutations, options(&self.flags))?;
        Ok((trials, &self.flags))
    }
}

impl From<Unfit> for Failure {
    fn from(unfit: Unfit) -> Self {
        Self::Request(unfit.to_string())
    }
}

/// The folder that was asked for, or one named after the scenario.
fn place(flags: &Flags, scenario: &Scenario) -> Place {
    if let Some(path) = &flags.out {
        return Place::Chosen(path.clone());
    }
    let name = arm_keys(std::slice::from_ref(scenario)).concat();
    Place::Fresh(Path::new("results").join(format!("{name}-principles")))
}

/// What the rules of a scenario tell.
pub(super) fn told(account: &Account) -> Told {
    Told {
        answer: answer(account),
        findings: findings(account),
        tables: tables(account),
        seed: account.principles.seed,
        counts: Vec::new(),
        runs: account.principles.runs,
        failed_runs: account.principles.failures.runs,
        interrupted: account.principles.interrupted,
    }
}
