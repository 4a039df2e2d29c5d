//! The verdict on a place with need: what gets better and what gets worse, and for whom, in each arm.

use super::Line;
use super::placebo::{self, Over};
use crate::experiment::recording::Recording;
use crate::model::english::capital;
use crate::model::measure::{Better, Measure};
use crate::page::cast::Cast;
use crate::page::pairs::{Pair, Pairs, least, mean, shown};
use crate::page::words::{difference, level};

/// Changes that are told of an arm.
const TOLD: usize = 3;

/// A measure that differs by enough to matter, and surely.
struct Change<'a> {
    measure: &'a Measure,
    from: f64,
    by: f64,
    is_better: bool,
    weight: f64,
}

/// Headline, what gets better, and what gets worse.
pub(super) fn told(cast: &Cast, recording: &Recording, pairs: &Pairs, point: usize) -> (String, Line, Line) {
    let arms = recording.at(point);
    let reference = arms[recording.reference];
    let unit = crate::model::english::Time::new(&reference.scenario.file.time.unit).many().to_owned();
    let (mut better, mut worse, mut heads) = (Vec::new(), Vec::new(), Vec::new());
    let several = pairs.arms.iter().flatten().count() > 1;
    for (arm, pair) in arms.iter().zip(&pairs.arms) {
        let Some(pair) = pair else { continue };
        let changes = changes(recording, pair, point);
        let name = cast.name(arm);
        let lead = if several { format!("{name}: ") } else { String::new() };
        let list = |is_better: bool| words_of(&changes, is_better, &unit);
        better.extend(list(true).map(|list| format!("{lead}{list}.")));
        worse.extend(list(false).map(|list| format!("{lead}{list}.")));
        let gain = placebo::over(cast, recording, point, arm).map(|over| gain(recording, &over, &unit));
        heads.push(head(recording, pair, &name, &unit) + &gain.unwrap_or_default());
    }
    let text = |told: Vec<String>, nothing: &str| if told.is_empty() { nothing.to_owned() } else { told.join(" ") };
    let held = if heads.is_empty() {
        let mean = mean(reference, &recording.main).map_or(f64::NAN, |(mean, _)| mean);
        format!("{}: {} {}.", cast.name(reference), recording.main.label, level(&recording.main, mean, &unit))
    } else {
        format!("Against “{}”: {}.", cast.name(reference), heads.join("; "))
    };
    let better = text(better, "Nothing gets better by enough to matter, and surely.");
    let worse = text(worse, "Nothing gets worse by enough to matter, and surely.");
    (held, Line { lead: "Better", text: better }, Line { lead: "Worse", text: worse })
}

/// What the main outcome of an arm does.
fn head(recording: &Recording, pair: &Pair, name: &str, unit: &str) -> String {
    let main = shown(recording).iter().position(|measure| measure.key == recording.main.key);
    let by = main.and_then(|at| pair.differences[at]);
    let Some(by) = by else { return format!("“{name}” cannot be held against it") };
    let is_sure = by.interval.is_some_and(|interval| !interval.contains(0.0));
    if !is_sure || by.mean.abs() < recording.main.matters {
        return format!("{} stays about the same with “{name}”", recording.main.label);
    }
    let all = recording.options.runs;
    let runs = if by.mean > 0.0 { pair.more } else { pair.less };
    let way = if by.mean > 0.0 { "higher" } else { "lower" };
    format!(
        "{} {} with “{name}” ({way} in {runs} of {all} paired runs)",
        recording.main.label,
        difference(&recording.main, by.mean, unit)
    )
}

/// What of it is the agreement, and not being bound to anything.
fn gain(recording: &Recording, over: &Over, unit: &str) -> String {
    let (by, is_sure) = over.gain;
    if over.pair.same || !is_sure {
        return format!(", no sure gain over being bound without a say (“{}”)", over.name);
    }
    let all = recording.options.runs;
    let (runs, way) = if by > 0.0 { (over.pair.more, "higher") } else { (over.pair.less, "lower") };
    format!(
        ", and {} over being bound without a say (“{}”; {way} in {runs} of {all})",
        difference(&recording.main, by, unit),
        over.name
    )
}

fn changes<'a>(recording: &'a Recording, pair: &Pair, point: usize) -> Vec<Change<'a>> {
    let reference = &recording.records[recording.points[point][recording.reference]];
    let mut changes: Vec<Change<'a>> = Vec::new();
    for (measure, by) in shown(recording).into_iter().zip(&pair.differences) {
        let (Some(by), Some((from, _))) = (by, mean(reference, measure)) else { continue };
        let is_sure = by.interval.is_some_and(|interval| !interval.contains(0.0));
        let least = least(reference, measure);
        let way = measure.direction(from, from + by.mean);
        if !is_sure || by.mean.abs() < least || matches!(way, Better::Neither | Better::Towards) {
            continue;
        }
        let is_better = (by.mean > 0.0) == (way == Better::Higher);
        changes.push(Change {
            measure,
            from,
            by: by.mean,
            is_better,
            weight: by.mean.abs() / least.max(f64::MIN_POSITIVE),
        });
    }
    changes.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    changes
}

/// "need met, acute: 79.1% → 82.3% (+3.2 points); margin, community: …".
fn words_of(changes: &[Change<'_>], is_better: bool, unit: &str) -> Option<String> {
    let of: Vec<&Change<'_>> = changes.iter().filter(|change| change.is_better == is_better).collect();
    let told: Vec<String> = of
        .iter()
        .take(TOLD)
        .map(|change| {
            let (from, to) =
                (level(change.measure, change.from, unit), level(change.measure, change.from + change.by, unit));
            format!("{} from {from} to {to}", change.measure.label)
        })
        .collect();
    let more = of.len().saturating_sub(TOLD);
    let rest = if more > 0 { format!("; and {more} more, in the table") } else { String::new() };
    (!told.is_empty()).then(|| capital(&format!("{}{rest}", told.join("; "))))
}
