//! How often and when the contract of a prime failed, in each arm that has one.

use crate::experiment::LEVEL;
use crate::model::measure::Unit;
use crate::statistics::{Interval, Survival, wilson_interval};

use super::super::phrase::{Numerals, capitalised, counted, list, quoted};
use super::super::study::Study;

/// Key of the step in which a contract failed.
const FAILED_STEP: &str = "contract_failed_step";
/// More arms than this are not all named in a title.
const MOST_NAMED: usize = 2;

/// How often the contract failed, of each arm with a prime or of the extremes; `None` where no arm has one.
pub(super) fn headline(study: &Study) -> Option<String> {
    let arms = study.summaries().zip(study.titles());
    let contracts: Vec<(&Survival, String)> =
        arms.filter_map(|(summary, title)| Some((summary.contract.as_ref()?, title))).collect();
    let (most, often) = contracts.iter().max_by_key(|(contract, _)| contract.collapsed())?;
    Some(match contracts.as_slice() {
        [(contract, _)] => {
            format!("The prime contract failed in {} of {}", level(contract)?, counted(contract.runs(), "run"))
        }
        few if few.len() <= MOST_NAMED => {
            let one = |(place, (contract, title)): (usize, &(&Survival, String))| {
                let of = if place == 0 { " of runs" } else { "" };
                Some(format!("{}{of} with {}", level(contract)?, quoted(title)))
            };
            let shares: Option<Vec<String>> = few.iter().enumerate().map(one).collect();
            format!("The prime contract failed in {}", list(&shares?))
        }
        _ => format!("The prime contract failed most often with {}: in {} of runs", quoted(often), level(most)?),
    })
}

/// The share of runs in which it failed, as finely as the interval gives reason to; "none" of them.
fn level(contract: &Survival) -> Option<String> {
    if contract.collapsed() == 0 {
        return Some("none".to_owned());
    }
    let (share, interval) = failed(contract)?;
    Some(Numerals::new(Unit::Share, "", share, Some(interval)).level(share))
}

/// The share of runs in which it failed, with its interval.
fn failed(contract: &Survival) -> Option<(f64, Interval)> {
    let (failed, runs) = (contract.collapsed(), contract.runs());
    Some((failed as f64 / runs as f64, wilson_interval(failed, runs, LEVEL)?))
}

/// One sentence for each arm with a prime.
pub(super) fn sentences(study: &Study) -> Vec<String> {
    let titles = study.titles();
    titles.iter().enumerate().filter_map(|(arm, title)| sentence(study, arm, title)).collect()
}

fn sentence(study: &Study, arm: usize, title: &str) -> Option<String> {
    let summary = study.ensemble.arms.get(arm)?;
    let contract = summary.contract.as_ref()?;
    let runs = contract.runs();
    let (share, interval) = failed(contract)?;
    let numerals = Numerals::new(Unit::Share, "", share, Some(interval));
    let (level, range) = (numerals.level(share), numerals.range(interval));
    let subject = if study.arms.len() > 1 {
        format!("with {} the prime contract", quoted(title))
    } else {
        "the prime contract".to_owned()
    };
    Some(capitalised(&if contract.collapsed() == 0 {
        format!(
            "{subject} failed in none of {} (95% interval of the share in which it does: {range}).",
            counted(runs, "run")
        )
    } else {
        let when = summary.outcome(FAILED_STEP).and_then(|cell| cell.sketch.quantile(0.5));
        let when = when.map(|step| format!("; half of those failures came by {} {step:.0}", study.unit()));
        let (runs, when) = (counted(runs, "run"), when.unwrap_or_default());
        format!("{subject} failed in {level} of {runs} (95% interval {range}){when}.")
    }))
}
