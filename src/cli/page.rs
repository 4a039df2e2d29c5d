//! `page`: recorded runs as one interactive HTML file.

use super::ending::{Ending, Failure, Outcome};
use super::over::RUNS;
use super::progress::Progress;
use super::whole::whole;
use super::{compare, experiment, files, load, print};
use commonground::experiment::Level;
use commonground::experiment::matching::{Kept, over};
use commonground::experiment::recording::{Options, Recording, count, record};
use commonground::model::simd::InstructionSet;
use commonground::page::{Cast, Evidence, FRONT, MOST_BYTES, Page};
use commonground::report::matching::over::Account;
use commonground::scenario::Scenario;
use commonground::scenario::text::Faults;
use std::path::PathBuf;

/// What `page` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground page
  commonground page --out lesson.html --replace
  commonground page place-fortress place-based --runs 100
  commonground page mine.json mine-with-rules.json --seed 7 --out mine.html
  commonground page place-fortress place-based --ensemble results/match

Without a scenario it is the page of the four pastures: one owner, herders each
for itself, the same herders under rules of their own, and under a rule drawn
by lot. Of several scenarios the first is what the others are held against; all
meet the same luck.

The file needs nothing else: it opens from a disk or a mail, on a phone,
without a network. In it the rules are switches and the knobs of the scenarios
(`knobs` in the file) are sliders over runs recorded at every setting. The
same version, scenarios, seed and runs give the same bytes.")]
pub(crate) struct Arguments {
    /// Up to six scenarios: names of bundled ones, or paths of files
    #[arg(num_args = 0..=MOST_ARMS, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Number of runs of each arm at each setting
    #[arg(long, value_name = "N", default_value_t = 200, allow_negative_numbers = true, value_parser = whole::<u64>(20, 1000))]
    runs: u64,
    /// A folder that `match` has left, or its `ensemble.json`: the page then also tells in how many of its points each scenario does
    /// better, and what decides
    #[arg(long, value_name = "FOLDER")]
    ensemble: Option<String>,
    /// Seed of all chance: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = whole::<u64>(0, u64::MAX))]
    seed: u64,
    /// Number of threads; it changes nothing but the time [default: all cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u16>(1, 1024))]
    threads: Option<u16>,
    /// Write the page to this file
    #[arg(long, value_name = "FILE", default_value = "page.html")]
    out: PathBuf,
    /// Replace the file if it is there already
    #[arg(long)]
    replace: bool,
    /// Say nothing but results and errors
    #[arg(long, short)]
    quiet: bool,
}

pub(super) const MOST_ARMS: usize = 6;

/// Records the runs, writes the page and prints where it is.
pub(crate) fn page(arguments: &Arguments) -> Outcome {
    let path = &arguments.out;
    if path.exists() && !arguments.replace {
        return Err(files::taken(path));
    }
    let mut cast = cast(&arguments.scenarios)?;
    if let Some(ensemble) = &arguments.ensemble {
        let Some(evidence) = evidence(&cast, ensemble, arguments)? else { return Ok(Ending::Stopped) };
        cast = cast.with_evidence(evidence);
    }
    let Some(recording) = recorded(&cast, arguments)? else { return Ok(Ending::Stopped) };
    let page = Page::of(&cast, &recording);
    if page.html.len() > MOST_BYTES {
        return Err(Failure::Request(format!(
            "the page would have {} MB, more than {} MB; leave out stops, knobs or scenarios",
            page.html.len() / 1_000_000,
            MOST_BYTES / 1_000_000
        )));
    }
    if arguments.replace {
        files::replace(path, &page.html)?;
    } else {
        files::write_new(path, &page.html)?;
    }
    if !arguments.quiet {
        print::say(&summary(&recording, &page));
    }
    print::result(&path.display().to_string())?;
    Ok(Ending::Fine)
}

fn summary(recording: &Recording, page: &Page) -> String {
    let settings = recording.points.len();
    format!(
        "{settings} {}, {} runs each of {} {}; {} kB",
        if settings == 1 { "setting" } else { "settings" },
        recording.options.runs,
        recording.arms.len(),
        if recording.arms.len() == 1 { "arm" } else { "arms" },
        page.html.len() / 1000
    )
}

/// The arms that are asked for, or those of the front page.
pub(super) fn cast(names: &[String]) -> Result<Cast, Failure> {
    if names.is_empty() {
        let arms = FRONT.iter().map(|name| load(name)).collect::<Result<Vec<Scenario>, Faults>>()?;
        return Ok(Cast::front(arms));
    }
    let arms = names.iter().map(|name| load(name)).collect::<Result<Vec<Scenario>, Faults>>()?;
    compare::check(&arms)?;
    Ok(Cast::of(arms))
}

/// What the arms come to at every point that a match left; nothing if it was stopped.
fn evidence(cast: &Cast, ensemble: &str, arguments: &Arguments) -> Result<Option<Evidence>, Failure> {
    let kept = Kept::read(ensemble)?;
    let arms = cast.from_reference();
    let options = commonground::experiment::Options {
        seed: arguments.seed,
        runs: RUNS,
        precision: None,
        level: Level::USUAL,
        instructions: InstructionSet::best(),
    };
    let progress = Progress::over_items(arguments.quiet, kept.points.len() as u64)?;
    let pool = experiment::pool(arguments.threads)?;
    let found = pool.install(|| over(&kept, &arms, options, &progress));
    progress.end();
    let found = found?;
    Ok((!found.interrupted).then(|| pool.install(|| Evidence::of(&Account::new(&arms, &kept, &found)))))
}

fn recorded(cast: &Cast, arguments: &Arguments) -> Result<Option<Recording>, Failure> {
    let progress = Progress::over_items(arguments.quiet, count(&cast.arms)?)?;
    let options = Options { runs: arguments.runs, seed: arguments.seed, instructions: InstructionSet::best() };
    let pool = experiment::pool(arguments.threads)?;
    let recording = pool.install(|| record(cast.arms.clone(), cast.reference, options, &progress));
    progress.end();
    Ok(recording?)
}
