//! What a study found, in sentences that can be read aloud. No sentence claims more than its interval shows.

mod compared;
mod contract;
mod kinds;
mod planner;
mod pool;
mod single;
#[cfg(test)]
mod tests;

pub(super) use kinds::measures_by_kind;

use super::failed;
use super::phrase::{counted, subject};
use super::study::Study;

/// What became of the pool, the need and the money, who gains and who loses, what governance costs, and what to be
/// careful about, in this order.
pub fn findings(study: &Study) -> Vec<String> {
    if study.ensemble.runs == 0 {
        return vec!["No run was done, so there is nothing to report.".to_owned()];
    }
    let mut sentences = failed::sentences(&study.failed());
    if study.lacks_an_arm() {
        return sentences;
    }
    sentences.extend(pool::fate(study));
    sentences.extend(compared::opening(study));
    sentences.extend(study.others().filter_map(|arm| pool::lasting(study, arm)));
    for topic in topics(study) {
        sentences.extend(single::level(study, topic));
        sentences.extend(study.others().filter_map(|arm| compared::sentence(study, arm, topic)));
    }
    sentences.extend(contract::sentences(study));
    sentences.extend(kinds::sentences(study));
    sentences.extend(single::governance(study));
    sentences.extend(planner::sentences(study));
    sentences.extend(cautions(study));
    sentences
}

/// One short sentence on one measure, for the title of a chart.
pub(super) fn headline(study: &Study, key: &str) -> String {
    let found = match study.others().len() {
        0 => single::headline(study, key),
        1 => compared::headline(study, 1, key),
        _ => compared::count(study, key),
    };
    found.unwrap_or_else(|| NOTHING.to_owned())
}

/// One short sentence on the difference of a measure between an arm and the first.
pub(super) fn difference_headline(study: &Study, arm: usize, key: &str) -> String {
    compared::headline(study, arm, key).unwrap_or_else(|| NOTHING.to_owned())
}

const NOTHING: &str = "No run has a value to compare";

/// The sentence on the survival of the pool, for the title of a chart.
pub(super) fn pool_headline(study: &Study) -> String {
    pool::headline(study)
}

/// The sentence on the failure of prime contracts, for the title of a chart; `None` where no arm has one.
pub(super) fn contract_headline(study: &Study) -> Option<String> {
    contract::headline(study)
}

/// Keys of the measures that are told one by one. With many arms only the weightiest are.
fn topics(study: &Study) -> Vec<&'static str> {
    let measured = |key: &str| study.measures().iter().any(|measure| measure.key == key);
    let first = if measured("need_met") { "need_met" } else { "yield" };
    let few = ["stock_end", first, "margin"];
    let many = ["stock_end", first, "waiting_end", "lost", "margin", "in_deficit"];
    let topics = if study.arms.len() > 3 { &few[..] } else { &many[..] };
    topics.iter().copied().filter(|key| measured(key)).collect()
}

/// Fewer runs than this are too few for the ends of the intervals to be trusted.
const FEW_RUNS: u64 = 100;

fn cautions(study: &Study) -> Vec<String> {
    let runs = study.ensemble.runs;
    let mut cautions = Vec::new();
    if study.ensemble.interrupted {
        cautions.push(format!(
            "Caution: the experiment was stopped early, after {} of each arm; more runs might change what is said here.",
            counted(runs, "run")
        ));
    }
    if runs < FEW_RUNS {
        cautions.push(format!(
            "Caution: {} of each arm are few. The intervals are wide and rare events may not have shown; use at least {FEW_RUNS}.",
            counted(runs, "run")
        ));
    }
    let all = |summary: &crate::experiment::Summary| summary.survival.collapsed() == summary.survival.runs();
    if study.arms.len() > 1 && study.summaries().all(all) {
        cautions.push(
            "Caution: the pool collapsed in every run of every arm. What differs is how long it lasted and what was \
             gained on the way, not whether it was saved."
                .to_owned(),
        );
    }
    let missing = topics(study).into_iter().filter_map(|key| {
        let incomplete = study.summaries().filter_map(|arm| arm.outcome(key)).any(|cell| cell.tally.missing() > 0);
        let measure = study.measures().iter().find(|measure| measure.key == key)?;
        incomplete
            .then(|| format!("Caution: in some runs {} has no value; those are left out of it.", subject(measure)))
    });
    cautions.extend(missing);
    cautions
}
