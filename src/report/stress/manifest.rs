//! `manifest.json` of a stress test: what it takes to do it again, and nothing that would differ if it were.

use super::super::folder::{Command, hash};
use super::Account;
use serde::Serialize;

#[derive(Serialize)]
struct Manifest<'a> {
    commonground: &'static str,
    command: &'a [String],
    seed: u64,
    runs: u64,
    runs_asked: u64,
    futures: usize,
    designs: usize,
    failed_runs: u64,
    interrupted: bool,
    study: Study<'a>,
    arms: Vec<Arm<'a>>,
    files: &'a [&'a str],
}

#[derive(Serialize)]
struct Study<'a> {
    title: &'a str,
    question: &'a str,
    asked_as: &'a str,
    file: &'static str,
    sha256: String,
}

#[derive(Serialize)]
struct Arm<'a> {
    name: &'a str,
    title: &'a str,
    asked_as: &'a str,
    file: String,
    sha256: String,
}

/// The manifest as it is written.
pub(super) fn text(account: &Account, command: &Command, files: &[&str]) -> String {
    let (stress, shocks) = (account.stress, &account.futures.shocks);
    let arms = account.keys.iter().zip(account.designs()).map(|(key, design)| Arm {
        name: key,
        title: &design.file.title,
        asked_as: &design.name,
        file: format!("scenarios/{key}.json"),
        sha256: hash(&design.resolved()),
    });
    let manifest = Manifest {
        commonground: env!("CARGO_PKG_VERSION"),
        command: &command.words,
        seed: stress.seed,
        runs: stress.runs,
        runs_asked: command.runs,
        futures: account.futures.count(),
        designs: account.designs().len(),
        failed_runs: stress.failed(),
        interrupted: stress.interrupted,
        study: Study {
            title: &shocks.file.title,
            question: &shocks.file.question,
            asked_as: &shocks.name,
            file: "study.json",
            sha256: hash(&shocks.resolved()),
        },
        arms: arms.collect(),
        files,
    };
    serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
}
