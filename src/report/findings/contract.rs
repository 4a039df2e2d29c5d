//! How often and when the contract of a prime failed, in each arm that has one.

use crate::experiment::LEVEL;
use crate::model::measure::Unit;
use crate::statistics::wilson_interval;

use super::super::phrase::{Numerals, capitalised, counted, quoted};
use super::super::study::Study;

/// Keys of the measures.
const FAILED: &str = "contract_failed";
const FAILED_STEP: &str = "contract_failed_step";

/// One sentence for each arm with a prime.
pub(super) fn sentences(study: &Study) -> Vec<String> {
    let titles = study.titles();
    titles.iter().enumerate().filter_map(|(arm, title)| sentence(study, arm, title)).collect()
}

fn sentence(study: &Study, arm: usize, title: &str) -> Option<String> {
    let summary = study.ensemble.arms.get(arm)?;
    let tally = &summary.outcome(FAILED)?.tally;
    let runs = tally.count();
    let failed = (tally.mean()? * runs as f64).round() as u64;
    let (share, interval) = (tally.mean()?, wilson_interval(failed, runs, LEVEL)?);
    let numerals = Numerals::new(Unit::Share, "", share, Some(interval));
    let (level, range) = (numerals.level(share), numerals.range(interval));
    let subject = if study.arms.len() > 1 {
        format!("with {} the prime contract", quoted(title))
    } else {
        "the prime contract".to_owned()
    };
    Some(capitalised(&if failed == 0 {
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
