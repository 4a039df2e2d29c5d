//! Job files for clusters: a Slurm array and a Kubernetes indexed Job, from the texts beside this file.

use super::super::ending::Failure;
use super::super::paths;
use commonground::experiment::plan::Plan;
use std::fs;
use std::path::Path;

const SLURM: &str = include_str!("slurm.sh");
const KUBERNETES: &str = include_str!("kubernetes.yaml");

/// Pods at once, unless somebody changes the file.
const PODS: u64 = 64;

/// Digits of the plan's hash in a job's name.
const NAME_DIGITS: usize = 12;

/// The script for `sbatch`.
///
/// # Errors
/// The folder's name would break it.
pub(super) fn slurm(plan: &Plan) -> Result<String, Failure> {
    Ok(SLURM.replace("FOLDER", &paths::pasted(&paths::absolute(plan.folder())?)))
}

/// The manifest for `kubectl apply`.
pub(super) fn kubernetes(plan: &Plan) -> String {
    let shards = plan.shards();
    KUBERNETES
        .replace("SHARDS", &shards.to_string())
        .replace("PARALLEL", &shards.min(PODS).to_string())
        .replace("PLAN", &plan.hash().chars().take(NAME_DIGITS).collect::<String>())
        .replace("VERSION", commonground::identity::VERSION)
}

/// Writes a job file, in place of one that may be there: it follows from the plan.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::Request(format!("`{}` cannot be written: {error}", path.display())))
}
