//! What the rules of a scenario are worth, told: findings in words, tables, charts and files.
//!
//! ```text
//! Scenario + Principles → Account → findings | tables | figures → terminal, result folder
//! ```

mod answer;
mod charts;
mod data;
mod findings;
mod set_charts;
mod sets;
mod tables;
#[cfg(test)]
mod tests;

pub use charts::figures;
pub use findings::findings;
pub use tables::tables;

use std::path::PathBuf;

use super::answer::Answer;
use super::figure::Tone;
use super::folder::{Command, Contents, Folder, FolderError, manifest};
use super::phrase::{Numerals, list};
use super::study::{Change, arm_keys};
use crate::experiment::difference_interval;
use crate::experiment::principles::{Effects, Method, Principles};
use crate::model::measure::{Better, words};
use crate::model::rule::{Price, RuleName};
use crate::scenario::Scenario;
use crate::statistics::shapley::Coalition;
use crate::statistics::{Interval, Tally};
use serde_json::json;

/// A scenario with what came of its rules.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What its rules came to.
    pub principles: &'a Principles,
}

/// Writes the result folder and gives back the paths of its files, the manifest last.
///
/// # Errors
/// A file cannot be written or a chart not be drawn; then none of the new files is left.
pub fn write(account: &Account, folder: Folder, command: &Command) -> Result<Vec<PathBuf>, FolderError> {
    let data = data::tables(account, command).map_err(|reason| FolderError::file(folder.path(), reason))?;
    let contents = Contents {
        answer: Some(answer(account)),
        data,
        files: Vec::new(),
        scenarios: vec![(account.key(), account.scenario.resolved())],
        findings: findings(account),
        figures: figures(account),
        tables: tables(account),
    };
    folder.write_all(contents, |names| manifest_of(account, command, names))
}

fn manifest_of(account: &Account, command: &Command, files: &[&str]) -> String {
    let Principles { seed, runs, interrupted, failures, .. } = *account.principles;
    let own = json!({
        "scenario": manifest::scenario(&account.key(), account.scenario),
        "measures": account.principles.effects.iter().map(|effects| &effects.measure.key).collect::<Vec<_>>(),
        "rules": account.rules().iter().map(|rule| rule.key()).collect::<Vec<_>>(),
        // Random orders in each run; `null` where every combination was run.
        "orders": match account.principles.design.method() {
            Method::Exact => None,
            Method::Orders(orders) => Some(orders),
        },
    });
    manifest::text(command, manifest::Progress { seed, runs, failed_runs: failures.runs, interrupted }, own, files)
}

/// What is printed at the end, and stands first on the page.
pub fn answer(account: &Account) -> Answer {
    answer::answer(account)
}

/// A mean with its interval.
#[derive(Clone, Copy, Debug)]
struct Estimate {
    mean: f64,
    interval: Option<Interval>,
    change: Change,
}

impl Estimate {
    /// Of a difference that rules make; `None` where no run has a value.
    fn of(effects: &Effects, tally: &Tally) -> Option<Self> {
        let interval = difference_interval(tally, effects.measure.sort, effects.level);
        let change = match interval {
            _ if tally.minimum() == Some(0.0) && tally.maximum() == Some(0.0) => Change::Same,
            Some(interval) if interval.low > 0.0 => Change::Higher,
            Some(interval) if interval.high < 0.0 => Change::Lower,
            _ => Change::Unclear,
        };
        Some(Self { mean: tally.mean()?, interval, change })
    }

    fn is_clear(&self) -> bool {
        matches!(self.change, Change::Higher | Change::Lower)
    }

    /// What it means for the place; a measure of which neither direction is better leaves it open.
    fn tone(&self, better: Better) -> Tone {
        match (self.change, better) {
            (Change::Higher, Better::Higher) | (Change::Lower, Better::Lower) => Tone::Better,
            (Change::Lower, Better::Higher) | (Change::Higher, Better::Lower) => Tone::Worse,
            _ => Tone::Unclear,
        }
    }
}

impl<'a> Account<'a> {
    /// Short name of the scenario.
    fn key(&self) -> String {
        arm_keys(std::slice::from_ref(self.scenario)).into_iter().next().unwrap_or_default()
    }

    fn rules(&self) -> &'a [RuleName] {
        self.principles.design.rules()
    }

    /// A rule as people call it: "collective choice".
    fn rule(&self, position: usize) -> String {
        self.rules().get(position).map_or_else(String::new, |rule| words(rule.key()))
    }

    /// Pairs of rules with their interactions, the strongest first.
    fn strongest(&self, effects: &Effects) -> Vec<((usize, usize), Estimate)> {
        let pairs = self.principles.design.pairs().zip(&effects.interactions);
        let mut pairs: Vec<_> = pairs.filter_map(|(pair, tally)| Some((pair, Estimate::of(effects, tally)?))).collect();
        pairs.sort_by(|(_, a), (_, b)| b.mean.abs().total_cmp(&a.mean.abs()));
        pairs
    }

    /// "measures and graduated sanctions"
    fn pair(&self, (one, other): (usize, usize)) -> String {
        format!("{} and {}", self.rule(one), self.rule(other))
    }

    /// A combination of rules in words: "collective choice and measures", "none", "all but measures", "all 5 rules".
    fn set(&self, coalition: Coalition) -> String {
        set_in_words(self.rules(), coalition)
    }

    /// What a rule costs, by the scenario.
    fn price(&self, rule: RuleName) -> Option<&'a Price> {
        Some(self.scenario.file.rules.get(rule)?.terms().cost)
    }

    /// What a rule costs in a step, in the scenario's unit of money.
    fn money_per_step(&self, rule: RuleName) -> f64 {
        self.price(rule).map_or(0.0, |price| price.money_per_step(self.scenario.setup.total_size()))
    }

    /// What a rule costs in a year, in the scenario's unit of money.
    fn money_a_year(&self, rule: RuleName) -> f64 {
        self.money_per_step(rule) * self.scenario.setup.steps_per_year()
    }

    fn numerals(&self, effects: &Effects, estimate: &Estimate) -> Numerals<'a> {
        Numerals::new(effects.measure.unit, &self.scenario.file.time.unit, estimate.mean, estimate.interval)
    }
}

/// Some of these rules in words, as [`Account::set`] says them; bit `i` stands for the rule at position `i`.
pub(super) fn set_in_words(rules: &[RuleName], coalition: Coalition) -> String {
    /// From so many rules on it is shorter to say which is left out.
    const MANY: usize = 4;
    let named = |(_, rule): (usize, &RuleName)| words(rule.key());
    let is_there = |(bit, _): &(usize, &RuleName)| coalition >> bit & 1 == 1;
    let (inside, outside): (Vec<_>, Vec<_>) = rules.iter().enumerate().partition(is_there);
    match (inside.len(), outside.len()) {
        (0, _) => "none".to_owned(),
        (count, 0) if count >= MANY => format!("all {count} rules"),
        (count, 1) if count >= MANY => format!("all but {}", list(&outside.into_iter().map(named).collect::<Vec<_>>())),
        _ => list(&inside.into_iter().map(named).collect::<Vec<_>>()),
    }
}

/// Rules with their estimates, those that do most good first.
fn ranked(effects: &Effects) -> Vec<(usize, Estimate)> {
    let estimates = effects.shapley.iter().enumerate();
    let mut ranked: Vec<(usize, Estimate)> =
        estimates.filter_map(|(rule, tally)| Some((rule, Estimate::of(effects, tally)?))).collect();
    let sign = sign(effects);
    ranked.sort_by(|(_, a), (_, b)| (sign * b.mean).total_cmp(&(sign * a.mean)));
    ranked
}

/// Turns a measure so that more is better.
fn sign(effects: &Effects) -> f64 {
    if effects.better() == Better::Lower { -1.0 } else { 1.0 }
}
