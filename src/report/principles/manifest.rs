//! `manifest.json` of an experiment on rules: what it takes to do it again, and nothing that would differ if it were.

use super::super::folder::{Command, hash};
use super::Account;
use crate::experiment::principles::Method;
use serde::Serialize;

#[derive(Serialize)]
struct Manifest<'a> {
    commonground: &'static str,
    command: &'a [String],
    seed: u64,
    runs: u64,
    runs_asked: u64,
    precision: Option<f64>,
    interrupted: bool,
    scenario: Scenario<'a>,
    measures: Vec<&'a str>,
    rules: Vec<&'static str>,
    /// Random orders in each run; `null` where every combination was run.
    orders: Option<u32>,
    files: &'a [&'a str],
}

#[derive(Serialize)]
struct Scenario<'a> {
    name: String,
    title: &'a str,
    asked_as: &'a str,
    file: String,
    sha256: String,
}

/// The manifest as it is written.
pub(super) fn text(account: &Account, command: &Command, files: &[&str]) -> String {
    let (principles, scenario, key) = (account.principles, account.scenario, account.key());
    let manifest = Manifest {
        commonground: env!("CARGO_PKG_VERSION"),
        command: &command.words,
        seed: principles.seed,
        runs: principles.runs,
        runs_asked: command.runs,
        precision: command.precision,
        interrupted: principles.interrupted,
        scenario: Scenario {
            file: format!("scenarios/{key}.json"),
            name: key,
            title: &scenario.file.title,
            asked_as: &scenario.name,
            sha256: hash(&scenario.resolved()),
        },
        measures: principles.effects.iter().map(|effects| effects.measure.key.as_str()).collect(),
        rules: account.rules().iter().map(|rule| rule.key()).collect(),
        orders: match principles.design.method() {
            Method::Exact => None,
            Method::Orders(orders) => Some(orders),
        },
        files,
    };
    serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
}
