//! `work`: does shards of a plan.

use super::ending::{Ending, Outcome};
use super::experiment::pool;
use super::planned::Planned;
use super::progress::Progress;
use super::whole::whole;
use super::{paths, print};
use commonground::experiment::Watcher;
use commonground::experiment::plan::{Done, Experiment, Plan, Shards};
use std::path::PathBuf;
use std::str::FromStr;

/// What `work` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground work big
  commonground work big 0,3-5
  commonground work big 3/16
  seq 0 63 | xargs -P 8 -I{} commonground work big {} --threads 1 --quiet

Without a list everything missing is done, shard by shard. 3/16 is the third of
sixteen workers: a fair share of what is missing. A shard that is there and whole
is skipped; one that two workers do at once is the same from both. Ctrl-C or a
kill loses the shard in hand and no other.")]
pub(crate) struct Arguments {
    /// Folder of the plan
    folder: PathBuf,
    /// Shards to do, as 0,3-5, or a worker's share, as 3/16
    #[arg(value_name = "SHARDS")]
    which: Option<Which>,
    /// Number of threads; it changes nothing but the time [default: all cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u16>(1, 1024))]
    threads: Option<u16>,
    /// Say nothing but errors
    #[arg(long, short)]
    quiet: bool,
}

/// Which shards to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// These.
    Listed(Shards),
    /// Those missing, as far as they fall to the `part`-th of so many workers.
    Share { part: u64, parts: u64 },
}

impl FromStr for Which {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((part, parts)) = text.split_once('/') else { return text.parse().map(Self::Listed) };
        match (part.parse(), parts.parse()) {
            (Ok(part), Ok(parts)) if (1..=parts).contains(&part) => Ok(Self::Share { part, parts }),
            _ => Err(format!("`{text}` is no share; 1/16 is the first of sixteen, 16/16 the last")),
        }
    }
}

/// Does the shards.
pub(crate) fn work(arguments: &Arguments) -> Outcome {
    let (plan, planned) = Planned::open(&arguments.folder)?;
    plan.check_numbers(planned.experiment())?;
    let threads = pool(arguments.threads)?;
    let progress = Progress::over_items(arguments.quiet, plan.items())?;
    let worker = Worker { plan: &plan, experiment: planned.experiment(), progress: &progress };
    let ending = threads.install(|| worker.work(arguments.which.as_ref()));
    progress.end();
    let ending = ending?;
    if !arguments.quiet {
        let folder = paths::pasted(&arguments.folder);
        match ending {
            Ending::Stopped => {
                print::say("Stopped; the shards that are done are kept, and the next `work` goes on from there.");
            }
            _ if arguments.which.is_none() => {
                print::say(&format!("Nothing is missing. Next:\n  commonground merge {folder}"));
            }
            _ => print::say(&format!("Done. `commonground status {folder}` tells what is still missing.")),
        }
    }
    Ok(ending)
}

/// Does shards one after the other.
pub(super) struct Worker<'a> {
    /// The plan that they belong to.
    pub(super) plan: &'a Plan,
    /// What there is to do.
    pub(super) experiment: &'a dyn Experiment,
    /// Who looks on.
    pub(super) progress: &'a Progress,
}

impl Worker<'_> {
    /// Does the shards asked for; without any, all that are missing.
    pub(super) fn work(&self, which: Option<&Which>) -> Outcome {
        if let Some(Which::Listed(shards)) = which {
            return self.all(shards);
        }
        let mut last = Shards::default();
        loop {
            let status = self.plan.status(self.experiment)?;
            let mine = match which {
                Some(Which::Share { part, parts }) => share(&status.missing, *part, *parts),
                _ => status.missing,
            };
            if mine.is_empty() || mine == last {
                return Ok(Ending::Fine);
            }
            if self.all(&mine)? == Ending::Stopped {
                return Ok(Ending::Stopped);
            }
            last = mine;
        }
    }

    fn all(&self, shards: &Shards) -> Outcome {
        for shard in shards.numbers() {
            let before = self.plan.items_of(*shard).map_or(0, |items| items.start);
            let shifted = Shifted { progress: self.progress, before };
            if self.plan.work(self.experiment, *shard, &shifted)? == Done::Stopped {
                return Ok(Ending::Stopped);
            }
        }
        Ok(Ending::Fine)
    }
}

/// The shards of a list whose numbers fall to one worker, whatever the others have done by now.
fn share(missing: &Shards, part: u64, parts: u64) -> Shards {
    missing.numbers().iter().copied().filter(|shard| shard % parts == part - 1).collect()
}

/// Counts the items of a shard on from those before it.
struct Shifted<'a> {
    progress: &'a Progress,
    before: u64,
}

impl Watcher for Shifted<'_> {
    fn done(&self, items: u64) {
        self.progress.done(self.before + items);
    }

    fn stop(&self) -> bool {
        self.progress.stop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_listed_or_shared_out() {
        assert_eq!("0,3-5".parse(), Ok(Which::Listed([0, 3, 4, 5].into_iter().collect())));
        assert_eq!("3/16".parse(), Ok(Which::Share { part: 3, parts: 16 }));
        for text in ["0/16", "17/16", "3/0", "a/b", "3/", "many"] {
            assert!(text.parse::<Which>().is_err(), "{text}");
        }
    }

    #[test]
    fn workers_that_know_only_their_number_share_what_is_missing() {
        let missing: Shards = [0, 1, 5, 6, 7].into_iter().collect();
        let shares: Vec<String> = (1..=3).map(|part| share(&missing, part, 3).to_string()).collect();
        assert_eq!(shares, ["0,6", "1,7", "5"]);
    }
}
