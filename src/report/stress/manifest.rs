//! `manifest.json` of a stress test: what it takes to do it again, and nothing that would differ if it were.

use super::super::folder::Command;
use super::super::folder::manifest::{self, Progress};
use super::Account;
use serde_json::{Value, json};

/// The manifest as it is written.
pub(super) fn text(account: &Account, command: &Command, files: &[&str]) -> String {
    let (stress, shocks) = (account.stress, &account.futures.shocks);
    let designs = account.keys.iter().zip(account.designs());
    let own = json!({
        "futures": account.futures.count(),
        "designs": account.designs().len(),
        "study": {
            "title": shocks.file.title,
            "question": shocks.file.question,
            "asked_as": shocks.name,
            "file": "study.json",
            "sha256": manifest::hash(&shocks.resolved()),
        },
        "arms": designs.map(|(key, design)| manifest::scenario(key, design)).collect::<Vec<Value>>(),
    });
    let progress = Progress {
        seed: stress.seed,
        runs: stress.runs,
        failed_runs: stress.failed(),
        interrupted: stress.interrupted,
    };
    manifest::text(command, progress, own, files)
}
