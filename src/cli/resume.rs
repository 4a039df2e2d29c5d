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
use commonground::experiment::plan::{Plan, Size};
use commonground::report::folder::{Folder, Place};
use std::fs;
use std::path::{Path, PathBuf};

/// Parts of an experiment: what is lost when one is killed is at most one of so many.
const SHARDS: u64 = 64;

/// Does what is missing, and once nothing is, writes the folder and prints what came of it.
pub(super) fn conduct(planned: Planned, flags: &Flags) -> Outcome {
    let out = flags.out.clone().unwrap_or_default();
    let parts = beside(&out)?;
    // The folder itself waits for the results, so that a kill leaves none half made; but whether it can be had is seen now.
    drop(Folder::open(Place::Chosen(out.clone()), flags.replace)?);
    let plan = Plan::create(&parts, planned.experiment(), &words(), Size::Shards(SHARDS))?;
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
    let folder = Folder::open(Place::Chosen(out.clone()), flags.replace)?;
    let done = plan.parts(planned.experiment())?;
    let (told, files) = threads.install(|| merge::write(planned, &done, folder, &command(flags)))?;
    let ending = told.print(flags, &out, &files);
    // The results are there; parts that cannot be removed are in nobody's way.
    drop(fs::remove_dir_all(&parts));
    ending
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
