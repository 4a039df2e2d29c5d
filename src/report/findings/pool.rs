//! What became of the main pool: how often it collapsed, when, and in which arm instead of which other.

use crate::experiment::LEVEL;
use crate::model::measure::Unit;
use crate::statistics::wilson_interval;

use super::super::phrase::{Numerals, capitalised, counted, list, of_runs, percent, quoted};
use super::super::study::{COLLAPSE_STEP, COLLAPSED, Change, Study, collapse_quantile};
use super::compared;

/// Sentences on the fate of the pool; none where it cannot collapse.
pub(super) fn fate(study: &Study) -> Vec<String> {
    if let Some(sentence) = unharmed(study) {
        return vec![sentence];
    }
    let titles = study.titles();
    let mut sentences: Vec<String> =
        titles.iter().enumerate().filter_map(|(arm, title)| collapses(study, arm, title)).collect();
    for arm in study.others() {
        sentences.extend(instead(study, arm, &titles));
    }
    sentences
}

/// How often and when the pool collapsed in one arm.
fn collapses(study: &Study, arm: usize, title: &str) -> Option<String> {
    let mark = study.pool(arm)?.collapse;
    let survival = &study.ensemble.arms.get(arm)?.survival;
    let (collapsed, runs) = (survival.collapsed(), survival.runs());
    let interval = wilson_interval(collapsed, runs, LEVEL)?;
    if mark <= 0.0 {
        return None;
    }
    let start = opening(study, title);
    let mark = Numerals::new(Unit::Share, "", mark, None).level(mark);
    let numerals = Numerals::new(Unit::Share, "", collapsed as f64 / runs as f64, Some(interval));
    let range = numerals.range(interval);
    if collapsed == 0 {
        return Some(capitalised(&format!(
            "{start} never fell below {mark} of its capacity in {} (95% interval of the share that does: {range}).",
            counted(runs, "run")
        )));
    }
    let when = when(study, arm).unwrap_or_default();
    Some(capitalised(&format!(
        "{start} collapsed, that is fell below {mark} of its capacity, in {} (95% interval {range}){when}.",
        of_runs(collapsed, runs)
    )))
}

/// One sentence for several arms in none of which the pool ever collapsed.
fn unharmed(study: &Study) -> Option<String> {
    let first = study.pool(0)?.collapse;
    let alike =
        (0..study.arms.len()).all(|arm| study.pool(arm).is_some_and(|pool| pool.collapse.total_cmp(&first).is_eq()));
    let never = study.summaries().all(|summary| summary.survival.collapsed() == 0);
    if study.arms.len() < 2 || first <= 0.0 || !alike || !never {
        return None;
    }
    let interval = wilson_interval(0, study.ensemble.runs, LEVEL)?;
    Some(format!(
        "{} never fell below {} of its capacity in any arm, in {} of each (95% interval of the share that does: {}).",
        capitalised(&study.pool_name()),
        Numerals::new(Unit::Share, "", first, None).level(first),
        counted(study.ensemble.runs, "run"),
        Numerals::new(Unit::Share, "", 0.0, Some(interval)).range(interval)
    ))
}

/// "the pasture pool", after the name of the arm if there are several.
fn opening(study: &Study, title: &str) -> String {
    let pool = study.pool_name();
    if study.arms.len() > 1 { format!("with {} {pool}", quoted(title)) } else { pool }
}

/// The median time of collapse and the range around it.
fn when(study: &Study, arm: usize) -> Option<String> {
    let summary = study.ensemble.arms.get(arm)?;
    let unit = study.unit();
    if let Some(step) = summary.survival.median() {
        return Some(format!(", in half of all runs by {unit} {}", step + 1));
    }
    let median = collapse_quantile(summary, 0.5)?;
    if summary.survival.collapsed() < 4 {
        return Some(format!(", first in {unit} {}", collapse_quantile(summary, 0.0)?));
    }
    let (early, late) = (collapse_quantile(summary, 0.25)?, collapse_quantile(summary, 0.75)?);
    let spread = if early == late { String::new() } else { format!(" (the middle half between {early} and {late})") };
    Some(format!("; half of those collapses came by {unit} {median}{spread}"))
}

/// In how many pairs of runs the pool collapsed in one arm alone.
fn instead(study: &Study, arm: usize, titles: &[String]) -> Option<String> {
    let pairs = study.contrast(arm, COLLAPSED)?.pairs;
    if pairs.above() == 0 && pairs.below() == 0 {
        return None;
    }
    let (first, other) = (quoted(titles.first()?), quoted(titles.get(arm)?));
    let (all, saved, lost) = (pairs.count(), pairs.below(), pairs.above());
    let (more, here, there, less) =
        if saved >= lost { (saved, first, other, lost) } else { (lost, other, first, saved) };
    let reverse = if less == 0 { "in none".to_owned() } else { format!("in {}", of_runs(less, all)) };
    Some(format!(
        "Meeting the same luck, the pool collapsed with {here} and not with {there} in {}; {reverse} was it the other way \
         round.",
        of_runs(more, all)
    ))
}

/// How much longer the pool lasted, if it collapsed in every run of both arms.
pub(super) fn lasting(study: &Study, arm: usize) -> Option<String> {
    let contrast = study.contrast(arm, COLLAPSE_STEP)?;
    (contrast.pairs.count() == study.ensemble.runs).then(|| compared::sentence(study, arm, COLLAPSE_STEP))?
}

/// The fate of the pool in one sentence.
pub(super) fn headline(study: &Study) -> String {
    let titles = study.titles();
    let pool = capitalised(&study.pool_name());
    let counts: Vec<(u64, u64)> =
        study.summaries().map(|summary| (summary.survival.collapsed(), summary.survival.runs())).collect();
    let every = |share: fn(&(u64, u64)) -> bool| counts.iter().all(share);
    let several = counts.len() > 1;
    if every(|(collapsed, _)| *collapsed == 0) {
        return format!("{pool} collapsed in no run{}", if several { " of any arm" } else { "" });
    }
    if every(|(collapsed, runs)| collapsed == runs) {
        return format!("{pool} collapsed in every run{}", if several { " of every arm" } else { "" });
    }
    match counts.as_slice() {
        [(collapsed, runs)] => format!("{pool} collapsed in {}", of_runs(*collapsed, *runs)),
        [_, _] => {
            let shares = counts.iter().zip(&titles).map(|((collapsed, runs), title)| {
                let share = match *collapsed {
                    0 => "no run".to_owned(),
                    some if some == *runs => "every run".to_owned(),
                    some => format!("{} of runs", percent(some, *runs)),
                };
                format!("in {share} with {}", quoted(title))
            });
            format!("{pool} collapsed {}", list(&shares.collect::<Vec<_>>()))
        }
        _ => several_arms(study, &pool, &titles),
    }
}

/// In how many of the further arms collapse is rarer than in the first.
fn several_arms(study: &Study, pool: &str, titles: &[String]) -> String {
    let changes: Vec<Change> = study.others().filter_map(|arm| Some(study.contrast(arm, COLLAPSED)?.change)).collect();
    let number = |change: Change| changes.iter().filter(|found| **found == change).count();
    format!(
        "{pool} collapsed less often than with {} in {} of {} other arms, and more often in {}",
        quoted(titles.first().map_or("", String::as_str)),
        number(Change::Lower),
        changes.len(),
        number(Change::Higher)
    )
}
