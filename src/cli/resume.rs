//! `--resume`: an experiment in parts beside its folder, so that a second start goes on where the first was stopped.
//!
//! It is `plan`, `work` and `merge` in one command, and so comes to the files of one go, byte by byte.

use super::ending::{Ending, Failure, Outcome};
use super::experiment::{command, pool, words};
use super::flags::Flags;
use super::planned::Planned;
use super::progress::Progress;
use super::work::Worker;
use super::{merge, print};
use commonground::disk::lock::{Lock, LockError};
use commonground::disk::partial;
use commonground::experiment::plan::{Plan, PlanError, Size};
use commonground::report::folder::{Command, Folder, Found, Place};
use std::fs;
use std::path::{Path, PathBuf};

/// Parts of an experiment: what is lost when one is killed is at most one of so many.
const SHARDS: u64 = 64;

/// Does what is missing, and once nothing is, writes the folder and prints what came of it.
pub(super) fn conduct(planned: Planned, flags: &Flags) -> Outcome {
    let out = flags.out.clone().unwrap_or_default();
    let parts = beside(&out)?;
    let found = Folder::find(&out, &command(flags), &planned.texts())?;
    if let (Found::Finished { failed_runs }, false) = (found, flags.replace) {
        take_away_what_is_left(&parts, &planned)?;
        return Ok(finished(&out, failed_runs, flags.quiet));
    }
    // What somebody stopped is the beginning of the same, and gives way to the whole.
    let replace = flags.replace || found == Found::Stopped;
    // The folder itself waits for the results, so that a kill leaves none half made; but whether it can be had is seen now.
    drop(Folder::open(Place::Chosen(out.clone()), replace)?);
    let lock = locked(&parts)?;
    let plan = Plan::create(&parts, planned.experiment(), &words(), Size::Shards(SHARDS))?;
    plan.clean();
    plan.check_numbers(planned.experiment())?;
    let threads = pool(flags.threads)?;
    let progress = Progress::over_items(flags.quiet, plan.items())?;
    let worker = Worker { plan: &plan, experiment: planned.experiment(), progress: &progress };
    let ending = threads.install(|| worker.work(None));
    progress.end();
    if ending? == Ending::Stopped {
        print::say(&format!(
            "Stopped; what is done is kept in {}. The same command goes on from there.",
            parts.display()
        ));
        return Ok(Ending::Stopped);
    }
    let folder = Folder::open(Place::Chosen(out.clone()), replace)?.with_pictures(flags.pictures());
    let done = plan.parts(planned.experiment())?;
    let command = Command { widths: planned.widths(), ..command(flags) };
    let (told, files) = threads.install(|| merge::write(planned, &done, folder, &command))?;
    let ending = told.print(flags, &out, &files);
    // The results are there; parts that cannot be removed are in nobody's way.
    drop(plan.remove());
    drop(lock);
    drop(fs::remove_dir(&parts));
    ending
}

/// Says that there is nothing left to do.
pub(super) fn finished(out: &Path, failed_runs: u64, quiet: bool) -> Ending {
    if !quiet {
        let words = format!("Finished before: the results are in {}, and nothing was done again.", out.display());
        print::say(&print::wrapped(&words, ""));
    }
    if failed_runs > 0 { Ending::Failed } else { Ending::Fine }
}

/// Makes a folder, and locks it as long as this process lives.
pub(super) fn locked(folder: &Path) -> Result<Lock, Failure> {
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Request(format!("the folder `{}` cannot be made: {error}", folder.display())))?;
    Ok(Lock::take(folder)?)
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Self {
        Self::Request(error.to_string())
    }
}

/// Takes away the parts of an experiment that is finished, where it was stopped before they were gone.
fn take_away_what_is_left(parts: &Path, planned: &Planned) -> Result<(), Failure> {
    if !partial::is_folder(parts) {
        return Ok(());
    }
    let lock = Lock::take(parts)?;
    match Plan::open(parts) {
        Ok(plan) if plan.check(planned.experiment()).is_ok() => drop(plan.remove()),
        Err(PlanError::NoPlan(_)) => {
            partial::clean(parts);
            drop(fs::remove_dir(parts.join("parts")));
        }
        _ => {}
    }
    drop(lock);
    drop(fs::remove_dir(parts));
    Ok(())
}

/// Where parts are kept until all are there.
fn beside(out: &Path) -> Result<PathBuf, Failure> {
    let name = out.file_name().ok_or_else(|| {
        let words = "--resume keeps its parts beside the folder; give --out a folder with a name, as results/mine";
        Failure::Request(words.to_owned())
    })?;
    let mut name = name.to_owned();
    name.push(".unfinished");
    Ok(out.with_file_name(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_beside_the_folder() {
        let place = |out: &str| beside(Path::new(out)).ok();
        assert_eq!(place("results/rules/"), Some(PathBuf::from("results/rules.unfinished")));
        assert_eq!(place("rules"), Some(PathBuf::from("rules.unfinished")));
        assert_eq!([place("."), place("a/.."), place("/")], [None, None, None]);
    }
}
