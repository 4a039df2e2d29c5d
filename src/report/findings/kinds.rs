//! Who gains and who loses, by kind of provider.

use super::super::phrase::{Numerals, capitalised, list, quoted, whole, without_kind};
use super::super::study::{Change, Contrast, Estimate, Study};
use super::single;
use crate::model::measure::words;

/// What is measured for each kind: the start of its key.
const BY_KIND: [&str; 3] = ["need_met", "yield", "margin"];

/// What is measured for each kind: the start of its key, and its name in a sentence.
pub(in super::super) fn measures_by_kind(study: &Study) -> Vec<(&'static str, String)> {
    let named = |prefix: &'static str| {
        let mut of_kinds = study.measures().iter().filter(|measure| measure.kind.is_some());
        let measure = of_kinds.find(|measure| measure.key.split('.').next() == Some(prefix))?;
        Some((prefix, without_kind(measure)))
    };
    BY_KIND.into_iter().filter_map(named).collect()
}

/// A sentence for each measure, and with several arms for each arm; none where there is but one kind.
pub(super) fn sentences(study: &Study) -> Vec<String> {
    let kinds = study.kinds();
    if kinds.is_empty() {
        return Vec::new();
    }
    let measures = measures_by_kind(study);
    if study.arms.len() == 1 {
        return measures.iter().filter_map(|(prefix, name)| spread(study, &kinds, prefix, name)).collect();
    }
    let pairs = study.others().flat_map(|arm| measures.iter().map(move |measure| (arm, measure)));
    pairs.filter_map(|(arm, (prefix, name))| changes(study, arm, &kinds, prefix, name)).collect()
}

/// The kinds at both ends of a measure.
fn spread(study: &Study, kinds: &[&str], prefix: &str, name: &str) -> Option<String> {
    let mut estimates: Vec<(&str, Estimate)> =
        kinds.iter().filter_map(|kind| Some((*kind, study.estimate(0, &format!("{prefix}.{kind}"))?))).collect();
    estimates.sort_by(|(_, a), (_, b)| a.mean.total_cmp(&b.mean));
    let [(low_kind, low), .., (high_kind, high)] = estimates.as_slice() else { return None };
    let text = |estimate: &Estimate| single::numerals(study, estimate).level(estimate.mean);
    let whole = whole(high.measure);
    if text(low) == text(high) {
        return Some(format!("{} is {}{whole} for every kind of provider.", capitalised(name), text(low)));
    }
    Some(format!(
        "By kind of provider, {name} runs from {} ({}) to {}{whole} ({}).",
        text(low),
        words(low_kind),
        text(high),
        words(high_kind)
    ))
}

/// For which kinds a measure is higher, lower, or not clearly different.
fn changes(study: &Study, arm: usize, kinds: &[&str], prefix: &str, name: &str) -> Option<String> {
    let contrasts: Vec<(&str, Contrast)> =
        kinds.iter().filter_map(|kind| Some((*kind, study.contrast(arm, &format!("{prefix}.{kind}"))?))).collect();
    let with = |change: Change| contrasts.iter().filter(move |(_, contrast)| contrast.change == change);
    let sized = |change: Change| -> Vec<String> {
        with(change).map(|(kind, contrast)| format!("{} ({})", words(kind), size(study, contrast))).collect()
    };
    let named = |change: Change| -> Vec<String> { with(change).map(|(kind, _)| words(kind)).collect() };
    let parts = [
        ("higher for ", sized(Change::Higher)),
        ("lower for ", sized(Change::Lower)),
        ("not clearly different for ", named(Change::Unclear)),
        ("the same for ", named(Change::Same)),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(_, kinds)| !kinds.is_empty())
        .map(|(start, kinds)| format!("{start}{}", list(kinds)))
        .collect();
    if parts.is_empty() {
        return None;
    }
    let other = quoted(study.titles().get(arm)?);
    Some(format!("By kind of provider, {name} with {other} is {}.", parts.join("; ")))
}

/// "by 3.1 points"
fn size(study: &Study, contrast: &Contrast) -> String {
    let numerals = Numerals::new(contrast.measure.unit, study.unit(), contrast.difference, contrast.interval);
    format!("by {}", numerals.size(contrast.difference.abs()))
}
