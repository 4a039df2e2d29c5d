//! The command `commonground`: what was typed goes to its command, what the command came to goes out. One file a command, one file
//! that prints.

mod against;
pub(crate) mod calibrate;
mod cells;
pub(crate) mod check;
#[cfg(feature = "serve")]
pub(crate) mod class;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod diff;
mod ending;
mod experiment;
pub(crate) mod explain;
mod files;
mod flags;
pub(crate) mod matching;
pub(crate) mod merge;
pub(crate) mod new;
mod over;
pub(crate) mod page;
mod paths;
pub(crate) mod plan;
mod planned;
pub(crate) mod play;
mod precision;
pub(crate) mod principles;
pub(crate) mod print;
mod progress;
pub(crate) mod replicate;
pub(crate) mod report;
mod resume;
mod rows;
pub(crate) mod run;
pub(crate) mod scenarios;
pub(crate) mod schema;
pub(crate) mod sensitivity;
#[cfg(feature = "serve")]
pub(crate) mod serve;
mod signals;
pub(crate) mod status;
pub(crate) mod stress;
pub(crate) mod sweep;
mod told;
mod whole;
pub(crate) mod work;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use commonground::identity;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::text::{Disk, Faults};
use std::ffi::OsString;
use std::sync::OnceLock;

/// Does what was typed, the name of the program first, and gives back the exit code. Once a process: it listens for signals, and
/// remembers the words for the manifests that it writes. `commit` is that of the sources, where it is known.
pub fn main(words: impl IntoIterator<Item = OsString>, commit: Option<&str>) -> u8 {
    let words = TYPED.get_or_init(|| aliased(words.into_iter().collect()));
    let arguments = match parsed(words, commit) {
        Ok(arguments) => arguments,
        Err(error) => return print::usage(&error),
    };
    let ending = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Compare(arguments) => compare::compare(&arguments),
        Command::Principles(arguments) => principles::principles(&arguments),
        Command::Replicate(arguments) => replicate::replicate(&arguments),
        Command::Report(arguments) => report::report(&arguments),
        Command::Diff(arguments) => diff::diff(&arguments),
        Command::Page(arguments) => page::page(&arguments),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Play(arguments) => play::play(&arguments),
        #[cfg(feature = "serve")]
        Command::Class(arguments) => class::class(&arguments),
        Command::Sweep(arguments) => sweep::sweep(&arguments),
        Command::Sensitivity(arguments) => sensitivity::sensitivity(&arguments),
        Command::Calibrate(arguments) => calibrate::calibrate(&arguments),
        Command::Match(arguments) => matching::matching(&arguments),
        Command::Stress(arguments) => stress::stress(&arguments),
        Command::Plan(arguments) => plan::plan(&arguments),
        Command::Work(arguments) => work::work(&arguments),
        Command::Status(arguments) => status::status(&arguments),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::Scenarios(arguments) => scenarios::scenarios(&arguments),
        Command::New(arguments) => new::new(&arguments),
        Command::Schema(arguments) => schema::schema(&arguments),
        Command::Completions(arguments) => completions::completions(&arguments),
        Command::Man(arguments) => completions::man(&arguments),
    };
    print::ending(ending)
}

/// `serve --class …` is `class …`: the live page and the class are two commands, and one may look for either at `serve`.
fn aliased(mut words: Vec<OsString>) -> Vec<OsString> {
    if words.get(1).is_some_and(|word| word == "serve")
        && let Some(position) = words.iter().position(|word| word == "--class")
    {
        words.remove(position);
        words[1] = "class".into();
    }
    words
}

fn parsed(words: &[OsString], commit: Option<&str>) -> Result<Arguments, clap::Error> {
    let version = VERSION.get_or_init(|| identity::told(commit)).as_str();
    let command = Arguments::command().long_version(version);
    let mut matches = command.try_get_matches_from(words)?;
    Arguments::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut Arguments::command()))
}

/// The words of the command line, the program's name first.
static TYPED: OnceLock<Vec<OsString>> = OnceLock::new();

/// What `--version` says.
static VERSION: OnceLock<String> = OnceLock::new();

fn typed() -> &'static [OsString] {
    TYPED.get().map_or(&[], Vec::as_slice)
}

/// What was typed.
#[derive(Debug, Parser)]
#[command(name = "commonground", version, about = ABOUT, after_long_help = AFTER, max_term_width = 80)]
pub(crate) struct Arguments {
    /// The command and its arguments.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands, in the order in which one meets them.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Runs one scenario many times: what happens to the pool, the need, the money
    Run(run::Arguments),
    /// Runs two to eight scenarios on the same luck: who wins, who loses
    Compare(compare::Arguments),
    /// Tells what each rule of a scenario is worth, alone and together
    Principles(principles::Arguments),
    /// Reproduces published results and holds ours against them
    Replicate(replicate::Arguments),
    /// Makes a result folder into one page that opens offline
    Report(report::Arguments),
    /// Says why two result folders are not the same, and by how much
    Diff(diff::Arguments),
    /// Writes recorded runs as one interactive page to play with
    Page(page::Arguments),
    /// Opens the interactive page live: any scenario, any value, runs as asked
    #[cfg(feature = "serve")]
    Serve(serve::Arguments),
    /// Plays a game of the commons in the terminal, alone or by a show of hands
    Play(play::Arguments),
    /// Opens a class in the browser: a meadow for each group, on phones
    #[cfg(feature = "serve")]
    Class(class::Arguments),
    /// Varies numbers of a scenario: maps, lines, and where the pool tips
    Sweep(sweep::Arguments),
    /// Finds which numbers of a scenario drive its results, and how much is luck
    Sensitivity(sensitivity::Arguments),
    /// Fits unknown numbers of scenarios to data, with intervals
    Calibrate(calibrate::Arguments),
    /// Holds open numbers against all evidence at once, and keeps what agrees
    Match(matching::Arguments),
    /// Tells which designs still hold under ladders of shocks, and where each fails
    Stress(stress::Arguments),
    /// Cuts an experiment into shards, to be done when and where one likes
    Plan(plan::Arguments),
    /// Does shards of a plan
    Work(work::Arguments),
    /// Tells which shards of a plan are missing
    Status(status::Arguments),
    /// Makes the results of a plan whose shards are all there
    Merge(merge::Arguments),
    /// Tells a scenario in plain English, with what it assumes
    Explain(explain::Arguments),
    /// Finds every fault in scenario files
    Check(check::Arguments),
    /// Lists, shows or copies the scenarios that come with the program
    Scenarios(scenarios::Arguments),
    /// Writes a small scenario to start from
    New(new::Arguments),
    /// Prints the JSON Schema of scenario files, for editors
    Schema(schema::Arguments),
    /// Prints the completions of commands and flags for a shell
    Completions(completions::Arguments),
    /// Prints a page of the manual
    Man(completions::Page),
}

const ABOUT: &str = "Shared pools under fortress incentives or shared governance";

const AFTER: &str = "\
Examples:
  commonground scenarios
  commonground explain pasture-ostrom
  commonground run pasture-fortress
  commonground compare pasture-fortress pasture-ostrom --runs 2000
  commonground new mine.json && commonground check mine.json

A SCENARIO is the name of a bundled one or the path of a file.
Results go to standard output, words about them to standard error.

Exit codes:
  0    all is well
  1    a published result was not reproduced, runs failed (numbers left the
       range that can be computed), or two folders are not the same (diff)
  2    a fault in what was typed or in a scenario, or a file that cannot be
       written
  3    a plan has missing shards (status)
  4    the evidence leaves nothing (match)
  130  stopped by Ctrl-C, 143 by TERM, 129 by HUP; what was done is kept";

/// Where scenarios come from: the disk, and behind it the bundled ones.
const STORE: Disk = Disk { bundled: BUNDLED };

fn load(name: &str) -> Result<Scenario, Faults> {
    Scenario::load(&STORE, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line under "Examples" of a command and those below it.
    fn examples(command: &clap::Command) -> Vec<String> {
        let own = command.get_after_long_help().map(ToString::to_string).unwrap_or_default().replace("\\\n", "");
        let lines = own.lines().filter_map(|line| line.strip_prefix("  commonground "));
        let own = lines.flat_map(|line| line.split(" && ")).map(|line| line.split(" > ").next().unwrap_or(line));
        let own = own.map(|line| line.trim_start_matches("commonground ").to_owned());
        own.chain(command.get_subcommands().flat_map(examples)).collect()
    }

    /// The words of a line as a shell would hand them on.
    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quote = None;
        for letter in line.chars() {
            match (quote, letter) {
                (Some(open), _) if open == letter => quote = None,
                (None, '\'' | '"') => quote = Some(letter),
                (None, ' ') => words.push(String::new()),
                _ => words.last_mut().expect("a word").push(letter),
            }
        }
        words.into_iter().filter(|word| !word.is_empty()).collect()
    }

    #[test]
    fn every_example_can_be_pasted() {
        let command = Arguments::command();
        command.clone().debug_assert();
        let all = examples(&command);
        assert!(all.len() > 40, "{all:#?}");
        for line in all {
            let typed = std::iter::once("commonground".to_owned()).chain(words(&line));
            let parsed = Arguments::try_parse_from(aliased(typed.map(Into::into).collect()));
            assert!(parsed.is_ok(), "commonground {line}\n{}", parsed.unwrap_err());
        }
    }

    #[test]
    fn the_short_help_is_shorter_and_the_long_has_examples() {
        for command in Arguments::command().get_subcommands_mut() {
            let (short, long) = (command.render_help().to_string(), command.render_long_help().to_string());
            let name = command.get_name();
            assert!(!short.contains("Examples:"), "{name}");
            assert!(name == "help" || long.contains("Examples:") || command.has_subcommands(), "{name}: {long}");
        }
    }
}
