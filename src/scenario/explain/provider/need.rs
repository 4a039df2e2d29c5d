//! Need in plain English: how much of it there is, what happens to what is not met, what can be charged for beyond it.

use crate::model::english::{Time, either, number, percent, words};
use crate::scenario::file::Need;

/// How much need is expected in the course of a run, and how far chance moves it.
pub(super) fn level(need: &Need, expected: &[f64], time: &Time) -> Vec<String> {
    let low = expected.iter().copied().fold(f64::MAX, f64::min);
    let high = expected.iter().copied().fold(0.0, f64::max);
    let one = time.one();
    let per_effort = "for each unit of its effort at level 1";
    let level = if low >= high {
        format!("The need for it is {} each {one} {per_effort}.", number(low))
    } else {
        let mean = expected.iter().sum::<f64>() / expected.len().max(1) as f64;
        let (low, high, mean) = (number(low), number(high), number(mean));
        format!("The need for it runs from {low} to {high} each {one} {per_effort}, {mean} on average.")
    };
    let chance = (need.noise > 0.0).then(|| {
        let lasting = match need.persistence {
            0.0 => format!(", anew each {one}"),
            share => format!("; {} of that is still there one {one} later", percent(share)),
        };
        format!("By chance it is typically off by {}{lasting}.", percent(need.noise))
    });
    [level].into_iter().chain(chance).collect()
}

/// How urgent need moves what is done.
pub(super) fn urgent(need: &Need) -> Vec<String> {
    let urgent = (need.urgent > 0.0).then(|| {
        format!(
            "{} of new need cannot wait: where more or less of it comes up than is usual over a year, so much more or less than planned is done.",
            percent(need.urgent)
        )
    });
    urgent.into_iter().collect()
}

/// What happens to need that is not met.
pub(super) fn unmet(need: &Need, time: &Time) -> String {
    let mut parts = Vec::new();
    if need.waits > 0.0 {
        parts.push(format!("{} waits for the next {}", percent(need.waits), time.one()));
    }
    for (kind, spill) in need.spills.iter().filter(|(_, spill)| spill.share > 0.0) {
        let becomes = match number(spill.becomes).as_str() {
            "1" => String::new(),
            units => format!(", where a unit becomes {units}"),
        };
        parts.push(format!("{} falls on {}{becomes}", percent(spill.share), words(kind)));
    }
    let left = 1.0 - need.waits - need.spills.values().map(|spill| spill.share).sum::<f64>();
    if left > 1e-9 {
        parts.push(format!("{} is lost", percent(left)));
    }
    format!("Of need that is not met {}.", parts.join("; "))
}

/// What of it another kind may meet.
pub(super) fn elsewhere(need: &Need, who: &str) -> Vec<String> {
    let Some(form) = &need.substitute else { return Vec::new() };
    let (by, unit) = (words(&form.by), number(form.cost));
    let shares: Vec<String> = form.refer.values().into_iter().map(percent).collect();
    let money = (form.follows > 0.0).then(|| {
        format!("Of what {who} is paid for planned care, {} goes with what it refers to {by}.", percent(form.follows))
    });
    let kept = (form.keeps > 0.0).then(|| {
        format!("Of what it would have been paid for that had it met it, {} stays with it.", percent(form.keeps))
    });
    let told = [
        format!(
            "{} of its need could be met by {by}, where a unit becomes {unit} and is worth {} to the public; {who} may refer {} of that.",
            percent(form.share),
            percent(form.worth),
            either(&shares)
        ),
        format!(
            "What {by} meets of it counts {} as much to whoever referred it as what it meets itself.",
            percent(form.care)
        ),
    ];
    told.into_iter().chain(money).chain(kept).collect()
}

/// What can be charged for beyond need.
pub(super) fn beyond(need: &Need) -> Vec<String> {
    let induced = (need.induced > 0.0)
        .then(|| format!("It can charge for {} of what it does beyond need.", percent(need.induced)));
    induced.into_iter().collect()
}
