//! Job files for clusters: a Slurm array and a Kubernetes indexed Job, from the texts beside this file.

use super::super::ending::Failure;
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
pub(super) fn slurm(plan: &Plan) -> String {
    let folder = std::path::absolute(plan.folder()).unwrap_or_else(|_| plan.folder().to_path_buf());
    SLURM.replace("FOLDER", &quoted(&folder.to_string_lossy()))
}

/// The manifest for `kubectl apply`.
pub(super) fn kubernetes(plan: &Plan) -> String {
    let shards = plan.shards();
    KUBERNETES
        .replace("SHARDS", &shards.to_string())
        .replace("PARALLEL", &shards.min(PODS).to_string())
        .replace("PLAN", &plan.hash().chars().take(NAME_DIGITS).collect::<String>())
        .replace("VERSION", env!("CARGO_PKG_VERSION"))
}

/// A word as a shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// Writes a job file, in place of one that may be there: it follows from the plan.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure::Request(format!("`{}` cannot be written: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_a_blank_or_a_quote_in_its_name_is_quoted() {
        assert_eq!(quoted("/data/big-1"), "/data/big-1");
        assert_eq!(quoted("/my data/it's"), r"'/my data/it'\''s'");
    }
}
