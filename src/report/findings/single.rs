//! Sentences on the level of a measure in one arm.

use super::super::phrase::{Numerals, capitalised, counted, list, quoted, subject, whole};
use super::super::study::{Estimate, Study};

/// The mean of a measure with its interval and the spread of the runs, where there is but one arm.
pub(super) fn level(study: &Study, key: &str) -> Option<String> {
    if study.arms.len() != 1 {
        return None;
    }
    let estimate = study.estimate(0, key)?;
    let (low, high) = (study.quantile(0, key, 0.05)?, study.quantile(0, key, 0.95)?);
    let numerals = numerals(study, &estimate);
    let spread = if numerals.bare(low) == numerals.bare(high) {
        "in nearly every run alike".to_owned()
    } else {
        format!("nine runs in ten lie between {} and {}", numerals.short(low), numerals.short(high))
    };
    Some(format!("{}; {spread}.", mean(study, &estimate)))
}

/// The mean of a measure in the only arm.
pub(super) fn headline(study: &Study, key: &str) -> Option<String> {
    study.estimate(0, key).map(|estimate| mean(study, &estimate))
}

/// "Need met is 62.3% on average (95% interval 61.9% to 62.7%)"
fn mean(study: &Study, estimate: &Estimate) -> String {
    let numerals = numerals(study, estimate);
    let level = numerals.level(estimate.mean);
    let interval = match estimate.interval {
        Some(interval) if interval.width() > 0.0 => format!(" (95% interval {})", numerals.range(interval)),
        _ => String::new(),
    };
    let subject = capitalised(&subject(estimate.measure));
    format!("{subject} is {level}{} on average{interval}", whole(estimate.measure))
}

/// What governance costs in every arm, where it costs anything.
pub(super) fn governance(study: &Study) -> Option<String> {
    let costs: Vec<Estimate> = (0..study.arms.len()).filter_map(|arm| study.estimate(arm, "governance")).collect();
    if costs.len() != study.arms.len() || costs.iter().all(|cost| cost.mean <= 0.0) {
        return None;
    }
    let [only] = costs.as_slice() else {
        let each = costs.iter().zip(study.titles()).map(|(cost, title)| {
            let level = if cost.mean > 0.0 {
                numerals(study, cost).level(cost.mean) + whole(cost.measure)
            } else {
                "nothing".to_owned()
            };
            format!("{level} with {}", quoted(&title))
        });
        return Some(format!("Governance costs {}.", list(&each.collect::<Vec<_>>())));
    };
    Some(format!(
        "Governance costs {}{}, on average over {}.",
        numerals(study, only).level(only.mean),
        whole(only.measure),
        counted(study.ensemble.runs, "run")
    ))
}

/// How the numbers of an estimate are written.
pub(super) fn numerals<'a>(study: &Study<'a>, estimate: &Estimate) -> Numerals<'a> {
    Numerals::new(estimate.measure.unit, study.unit(), estimate.mean, estimate.interval)
}
