//! The charts of one rule more or less and of the best sets: what each rule does alone and as the last of all, and how far a few
//! rules get.

use super::super::figure::{Axis, Body, DotPanel, DotRow, Dots, Figure};
use super::super::phrase::{capitalised, counted, subject};
use super::super::unit::axis_of_differences;
use super::charts::{axis, end, figure};
use super::findings::size;
use super::sets::headline;
use super::{Account, Estimate, ranked, sign};
use crate::experiment::principles::{Best, Effects};
use crate::model::measure::Better;
use crate::statistics::Tally;

/// What each rule adds where there is no other, beside what it adds where all the others are there; nothing for one rule.
pub(super) fn first_and_last(account: &Account, effects: &Effects) -> Option<Figure> {
    if account.rules().len() < 2 {
        return None;
    }
    let order: Vec<usize> = ranked(effects).into_iter().map(|(rule, _)| rule).collect();
    let axis = Axis { range: Some(reach(effects)), ..axis(account, effects) };
    let panel = |title: &str, tallies: &[Tally]| DotPanel {
        title: title.to_owned(),
        axis: axis.clone(),
        rows: order
            .iter()
            .filter_map(|rule| row(effects, &account.rule(*rule), &tallies[*rule], effects.better()))
            .collect(),
    };
    let panels = vec![panel("Added to none", &effects.added), panel("Added to all the others", &effects.removed)];
    let what = format!(
        "What each rule adds to {} where there is no other, and where all the others are there, with {} intervals",
        subject(&effects.measure),
        effects.level
    );
    let name = format!("first-and-last-{}", effects.measure.key);
    Some(figure(account, name, one_more_or_less(account, effects), &what, Body::Dots(Dots { panels })))
}

/// Both panels reach as far, so that they can be held against each other.
fn reach(effects: &Effects) -> (f64, f64) {
    /// Room beyond the outermost numbers, as a share of the axis.
    const ROOM: f64 = 0.05;
    let estimates = effects.added.iter().chain(&effects.removed).filter_map(|tally| Estimate::of(effects, tally));
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for estimate in estimates {
        let interval = estimate.interval.as_ref();
        low = low.min(interval.map_or(estimate.mean, |interval| interval.low));
        high = high.max(interval.map_or(estimate.mean, |interval| interval.high));
    }
    let room = ROOM * (high - low).max(f64::MIN_POSITIVE);
    (low - room, high + room)
}

/// "Need met rises most through collective choice alone (by 0.5 points), and through measures on top of all the others (by 0.7
/// points)"
fn one_more_or_less(account: &Account, effects: &Effects) -> String {
    let subject = subject(&effects.measure);
    let best = |tallies: &[Tally]| {
        let estimates =
            tallies.iter().enumerate().filter_map(|(rule, tally)| Some((rule, Estimate::of(effects, tally)?)));
        let good = estimates.filter(|(_, estimate)| estimate.is_clear() && sign(effects) * estimate.mean > 0.0);
        let (rule, estimate) = good.max_by(|(_, a), (_, b)| a.mean.abs().total_cmp(&b.mean.abs()))?;
        Some((account.rule(rule), size(account, effects, &estimate)))
    };
    let most = if effects.better() == Better::Lower { "falls most" } else { "rises most" };
    capitalised(&match (best(&effects.added), best(&effects.removed)) {
        (Some((rule, first)), Some((same, last))) if rule == same => {
            format!(
                "{subject} {most} through {rule}, alone (by {first}) as well as on top of all the others (by {last})"
            )
        }
        (Some((rule, first)), Some((other, last))) => {
            format!(
                "{subject} {most} through {rule} alone (by {first}), and through {other} on top of all the others (by {last})"
            )
        }
        (Some((rule, first)), None) => {
            format!(
                "{subject} {most} through {rule} alone (by {first}); on top of all the others no rule clearly improves it"
            )
        }
        (None, Some((rule, last))) => {
            format!(
                "alone no rule clearly improves {subject}; on top of all the others it {most} through {rule} (by {last})"
            )
        }
        (None, None) => format!("no rule clearly improves {subject}, neither alone nor on top of all the others"),
    })
}

/// The most rules of a small set.
const SMALL: u32 = 5;

/// The best small sets, the best of all where it is larger, and all rules; nothing where there are none to choose from.
pub(super) fn best_sets(account: &Account, effects: &Effects) -> Option<Figure> {
    let top = effects.top()?.size();
    let all = account.rules().len() as u32;
    let shown = |best: &&Best| best.size() > 0 && (best.size() <= SMALL || [top, all].contains(&best.size()));
    let rows: Vec<DotRow> = effects
        .best
        .iter()
        .filter(shown)
        .filter_map(|best| row(effects, &account.set(best.coalition), &best.over_none, Better::Higher))
        .collect();
    if rows.len() < 2 {
        return None;
    }
    let what = format!(
        "The best set of each size for {}, chosen by the runs before and judged by the last {}: how much better than none of \
         the rules, with its {} interval",
        subject(&effects.measure),
        counted(effects.best.first()?.worth.count(), "run"),
        effects.level
    );
    let axis = axis_of_differences("Better than none by", effects.measure.unit, &account.scenario.file.time.unit);
    let panels = vec![DotPanel { title: String::new(), axis, rows }];
    let name = format!("best-sets-{}", effects.measure.key);
    Some(figure(account, name, headline(account, effects)?, &what, Body::Dots(Dots { panels })))
}

fn row(effects: &Effects, label: &str, tally: &Tally, better: Better) -> Option<DotRow> {
    let estimate = Estimate::of(effects, tally)?;
    Some(DotRow {
        label: capitalised(label),
        value: estimate.mean,
        low: end(&estimate, |interval| interval.low),
        high: end(&estimate, |interval| interval.high),
        tone: estimate.tone(better),
    })
}
