//! `status`: which shards of a plan are missing.

use super::ending::{Ending, Outcome};
use super::planned::Planned;
use super::print;
use std::path::PathBuf;

/// What `status` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground status big
  sbatch --array=$(commonground status big) big/slurm.sh

Prints the missing shards as 0,3-5, as Slurm's --array takes them, and nothing
if none is missing. Every byte of every part is checked; one that is damaged is
missing. With --precision, shards are missing to the end of the round in hand.

Exits with 0 if the plan is done, with 3 if shards are missing.")]
pub(crate) struct Arguments {
    /// Folder of the plan
    folder: PathBuf,
    /// Print nothing but the list
    #[arg(long, short)]
    quiet: bool,
}

/// Checks all parts; the missing shards are the result.
pub(crate) fn status(arguments: &Arguments) -> Outcome {
    let (plan, planned) = Planned::open(&arguments.folder)?;
    let status = plan.status(planned.experiment())?;
    if !arguments.quiet {
        status.damage.iter().for_each(|damage| print::say(&print::wrapped(damage, "  ")));
        let done = status.needed - status.missing.len() as u64;
        print::say(&format!("{done} of {} shards are done", status.needed));
    }
    if status.missing.is_empty() {
        return Ok(Ending::Fine);
    }
    print::result(&status.missing.to_string())?;
    Ok(Ending::Incomplete)
}
