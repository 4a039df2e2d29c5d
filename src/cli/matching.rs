//! `match`: numbers that nobody knows held against all that was measured at once; what agrees is kept.

use super::ending::{Ending, Failure, Outcome};
use super::experiment::{pool, words};
use super::flags::Charts;
use super::progress::Progress;
use super::resume::locked;
use super::told::{self, Form};
use super::whole::whole;
use super::{STORE, paths, print};
use commonground::disk::lock::{Lock, LockError};
use commonground::experiment::Level;
use commonground::experiment::matching::file::File;
use commonground::experiment::matching::{Problem, Replace, Rounds, Share, most_points, search_share};
use commonground::report::folder::{Command, Folder, Format};
use commonground::report::matching::{Account, answer, findings, tables, write};
use commonground::scenario::text::counted;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// What `match` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground match evidence/covenants
  commonground scenarios copy evidence/covenants mine.json
  commonground match mine.json --out results/mine
  commonground match mine.json --out results/mine --shard 1/4
  commonground compare a.json b.json --ensemble results/mine
  commonground match --schema > match.schema.json

The file names the arms, the open numbers with their ranges, and the targets: of
an arm or of differences between arms, two-sided or one-sided, with the error of
the observation and the discrepancy of the model apart. Points are tried in
waves; a point is left where no target is further off than the cutoff (3
standard deviations). What is left goes to ensemble.json, over which `compare
--ensemble` compares any designs. Targets that are held out are foretold.

Every batch is kept. Ctrl-C stops after the one in hand; the same command goes
on from there, and comes to the same results to the byte. Exit code 4: nothing
is left; the findings say which targets exclude each other.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that can be typed")]
pub(crate) struct Arguments {
    /// Match file
    #[arg(value_name = "FILE", required_unless_present = "schema")]
    file: Option<String>,
    /// Print the JSON Schema of match files, for editors, and match nothing
    #[arg(long, conflicts_with_all = ["file", "out"])]
    schema: bool,
    /// Folder for the files; without it results/<file>-match
    #[arg(long, value_name = "DIR", value_parser = paths::new())]
    out: Option<PathBuf>,
    /// Begin anew and replace what is in the folder
    #[arg(long)]
    replace: bool,
    /// Do one share of every wave, as in 2/4: start all shards on one folder that
    /// they all see; each waits for the others after a wave. Once they are done, the
    /// same command without --shard writes the results, those of one go to the byte
    #[arg(long, value_name = "I/N", requires = "out", conflicts_with = "replace")]
    shard: Option<Share>,
    /// Number of threads; it changes nothing but the time [default: all cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u16>(1, 1024))]
    threads: Option<u16>,
    /// Pictures of charts in the folder and on its page; `none` draws nothing
    #[arg(long, value_enum, default_value_t = Charts::All)]
    charts: Charts,
    /// Print one JSON document (answer, findings, tables, folder) instead of text
    #[arg(long)]
    json: bool,
    /// Print every finding and every table above the answer
    #[arg(long, conflicts_with = "json")]
    all: bool,
    /// Say nothing but results and errors
    #[arg(long, short)]
    quiet: bool,
}

/// Searches, writes the folder and prints what came of it.
pub(crate) fn matching(arguments: &Arguments) -> Outcome {
    let Some(file) = &arguments.file else { return schema() };
    let threads = pool(arguments.threads)?;
    let problem = threads.install(|| Problem::load(&STORE, file))?;
    let folder = arguments.out.clone().unwrap_or_else(|| place(file));
    let replace = if arguments.replace { Replace::All } else { Replace::Nothing };
    let lock = if arguments.shard.is_some() { waited_for(&folder)? } else { locked(&folder)? };
    let rounds = Rounds::open(&folder, problem.identity(), replace)?;
    let share = arguments.shard.unwrap_or(Share::ALL);
    // Shards write files of their own, beside each other.
    let lock = Some(lock).filter(|_| arguments.shard.is_none());
    let progress = Progress::over_items(arguments.quiet, most_points(&problem.file.method))?;
    let found = threads.install(|| search_share(&problem, &problem.file.method, share, &rounds, &progress));
    progress.end();
    let Some(found) = found? else {
        print::say("Stopped; what is done is kept, and the same command goes on from there.");
        return Ok(Ending::Stopped);
    };
    let Some(lock) = lock else {
        print::say(&print::wrapped(&shared(share, found.waves.len(), file, &folder), ""));
        return Ok(Ending::Fine);
    };
    let account = threads.install(|| Account::new(&problem, &found));
    let place = Folder::within(&folder, lock)?.with_pictures(arguments.charts.into());
    let runs = u64::from(problem.file.method.runs);
    let command =
        Command { words: words(), runs, precision: None, widths: Vec::new(), level: Level::USUAL, format: Format::Csv };
    threads.install(|| write(&account, place, &command))?;
    print::result(&results(&account, Form::of(arguments.json, arguments.all), &folder))?;
    if !arguments.quiet && arguments.json {
        print::say(&closing(&account, &folder));
    }
    Ok(if account.left() == 0 { Ending::NothingLeft } else { Ending::Fine })
}

/// How long a shard that begins waits for another that begins too.
const BEGINNING: Duration = Duration::from_secs(30);

/// The lock of a folder that several shards begin in at once.
fn waited_for(folder: &Path) -> Result<Lock, Failure> {
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Request(format!("the folder `{}` cannot be made: {error}", folder.display())))?;
    let begun = Instant::now();
    loop {
        match Lock::take(folder) {
            Err(LockError::Held { .. }) if begun.elapsed() < BEGINNING => thread::sleep(Duration::from_millis(50)),
            taken => return Ok(taken?),
        }
    }
}

/// What a shard says at its end.
fn shared(share: Share, waves: usize, file: &str, folder: &Path) -> String {
    format!(
        "Done: {share}; the search came to its end after {}. The results are written by: commonground match {file} --out {}",
        counted(waves as u64, "wave"),
        folder.display()
    )
}

/// The folder of a match that was given none.
fn place(file: &str) -> PathBuf {
    let stem = Path::new(file).file_stem().map_or_else(|| "evidence".into(), |stem| stem.to_string_lossy());
    Path::new("results").join(format!("{stem}-match"))
}

fn schema() -> Outcome {
    let schema = commonground::scenario::text::schema::<File>();
    print::result(&format!("{schema:#}"))?;
    Ok(Ending::Fine)
}

/// What was found, in the form that was asked for.
fn results(account: &Account, form: Form, folder: &Path) -> String {
    let (answer, findings, tables) = (answer(account), findings(account), tables(account));
    let (share, error) = account.search.left;
    match form {
        Form::Screen => told::on_a_screen(&answer, Some(folder)),
        Form::All => told::all(&answer, &findings, &tables, Some(folder)),
        Form::Json => print::document(&json!({
            "answer": answer,
            "findings": told::found(&answer, &findings),
            "tables": tables,
            "folder": folder,
            "seed": account.problem.file.method.seed,
            "points_tried": account.search.points.len(),
            "points_left": account.left(),
            "left_share": share,
            "left_share_error": error,
        })),
    }
}

/// How it ended and where the files are.
fn closing(account: &Account, folder: &Path) -> String {
    let method = account.problem.file.method;
    let words = format!(
        "{} points in {} waves, {} runs of each arm, {} where it is close, seed {}. Points, conflicts, charts, report.html and \
         ensemble.json are in {}",
        account.search.points.len(),
        account.search.waves.len(),
        method.runs,
        method.verify,
        method.seed,
        folder.display()
    );
    format!("\n{}", print::wrapped(&words, ""))
}
