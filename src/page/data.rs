//! The recording as JSON for the page's script: curves as text, numbers short, sentences once.

use super::Told;
use super::cast::Cast;
use super::encode::{Scale, short};
use super::facts::Pool;
use super::pairs::{Pair, mean, shown};
use super::verdict::Verdict;
use crate::experiment::recording::{Recorded, Recording, Turn, What};
use crate::model::english::Time;
use crate::model::measure::{Better, Measure, Unit, recorded_steps};
use serde_json::{Map, Value, json};

/// Scales of the curves: one a series, and those of single providers.
struct Scales {
    series: Vec<Scale>,
    effort: Scale,
    earned: Scale,
}

/// All that the script needs.
pub(super) fn json(cast: &Cast, recording: &Recording, told: &[Told]) -> Value {
    let scales = scales(recording);
    let reference = &recording.arms[recording.reference];
    let time = Time::new(&reference.file.time.unit);
    let mut pool = Pool::default();
    let records: Vec<Value> =
        recording.records.iter().enumerate().map(|(at, _)| record(cast, recording, at, &scales, &mut pool)).collect();
    let steps: Vec<u32> = recorded_steps(reference.setup.steps()).into_iter().map(|step| step + 1).collect();
    json!({
        "format": 1,
        "version": crate::identity::VERSION,
        "seed": recording.options.seed.to_string(),
        "runs": recording.options.runs,
        "title": cast.title(),
        "view": if cast.is_meadow() { "meadow" } else { "bars" },
        "money": cast.money(),
        "unit": time.one(),
        "units": time.many(),
        "steps": steps,
        "reference": recording.reference,
        "home": recording.grid.home(),
        "planned": short(reference.setup.planned_effort()),
        "collapse": short(reference.setup.pools()[reference.setup.main_pool()].part.collapse),
        "arms": arms(cast, recording),
        "turns": recording.grid.turns.iter().map(turn).collect::<Vec<Value>>(),
        "judged": cast.judged(),
        "evidence": cast.evidence(),
        "fixed": recording.grid.fixed.iter().map(|name| crate::model::english::words(name.key())).collect::<Vec<String>>(),
        "series": recording.series.iter().zip(&scales.series).map(|(measure, scale)| series(measure, *scale)).collect::<Vec<Value>>(),
        "effort": [short(scales.effort.low), short(scales.effort.high)],
        "earned": [short(scales.earned.low), short(scales.earned.high)],
        "main": recording.main.key,
        "measures": shown(recording).into_iter().map(|measure| described(cast, recording, measure)).collect::<Vec<Value>>(),
        "records": records,
        "points": by_setting(recording, told, |told| json!(recording.points[told.point])),
        "pairs": by_setting(recording, told, |told| told.pairs.arms.iter().map(|pair| pair.as_ref().map_or(Value::Null, paired)).collect()),
        "verdicts": by_setting(recording, told, |told| said(&told.verdict)),
        "texts": pool.texts(),
    })
}

/// A list over all settings; where some were not recorded, those that were by their position.
fn by_setting(recording: &Recording, told: &[Told], one: impl Fn(&Told) -> Value) -> Value {
    if told.len() == recording.points.len() {
        return told.iter().map(one).collect();
    }
    Value::Object(told.iter().map(|told| (told.point.to_string(), one(told))).collect())
}

fn said(verdict: &Verdict) -> Value {
    let lines: Vec<[&str; 2]> = verdict.lines.iter().map(|line| [line.lead, line.text.as_str()]).collect();
    json!([verdict.head, lines])
}

fn scales(recording: &Recording) -> Scales {
    let of_series = |index: usize| {
        let curves = recording.records.iter().flat_map(move |record| {
            let single = record.runs.values().map(move |run| &run[index]);
            record.quantiles[index].iter().chain(single).chain(record.sample.iter().filter(move |_| index == 0))
        });
        Scale::over(curves.flatten())
    };
    let herds = || recording.records.iter().flat_map(|record| record.herds.values());
    Scales {
        series: (0..recording.series.len()).map(of_series).collect(),
        effort: Scale::over(herds().flat_map(|herd| herd.effort.iter().flatten())),
        earned: Scale::over(herds().flat_map(|herd| herd.earned.iter().flatten())),
    }
}

fn arms(cast: &Cast, recording: &Recording) -> Vec<Value> {
    let (tones, placebos) = (cast.tones(), cast.placebos());
    let arms = recording.arms.iter().zip(cast.keys()).zip(tones).enumerate();
    arms.map(|(at, ((arm, key), tone))| {
        json!({
            "placebo": placebos.contains(&at),
            "key": key, "name": arm.name, "title": arm.file.title, "question": arm.file.question, "tone": tone,
            "scenario": arm.resolved(),
        })
    })
    .collect()
}

fn turn(turn: &Turn) -> Value {
    let mut value = json!({
        "name": turn.name, "label": turn.label(), "home": turn.home, "follows": turn.follows,
    });
    match &turn.what {
        What::Knob(knob) => {
            let stops = knob.stops.iter().map(|stop| json!([stop.name, stop.says, stop.value.json()]));
            value["stops"] = stops.collect();
            value["sets"] = knob.sets.clone().into();
            value["unit"] = knob.unit.clone().into();
        }
        What::Rule(name, says) => {
            value["rule"] = name.key().into();
            value["stops"] = json!([["off", "Without this rule.", false], ["on", says, true]]);
        }
    }
    value
}

fn series(measure: &Measure, scale: Scale) -> Value {
    json!({
        "key": measure.key, "label": measure.label, "percent": measure.unit == Unit::Share,
        "low": scale.low, "high": scale.high,
    })
}

fn described(cast: &Cast, recording: &Recording, measure: &Measure) -> Value {
    let better = match measure.better {
        Better::Higher => 1,
        Better::Lower => -1,
        Better::Towards | Better::Neither => 0,
    };
    let reference = recording.records.iter().find(|record| record.arm == recording.reference);
    let least = reference.map_or(0.0, |record| super::pairs::least(record, measure));
    json!({
        "key": measure.key, "label": cast.label(measure, &recording.arms[recording.reference].file.time.unit), "better": better, "percent": measure.unit == Unit::Share,
        "unit": measure.unit, "kind": measure.kind, "least": short(least),
    })
}

fn record(cast: &Cast, recording: &Recording, at: usize, scales: &Scales, pool: &mut Pool) -> Value {
    let record = &recording.records[at];
    let of = |index: usize, curve: &Vec<f64>| scales.series[index].text(curve);
    let quantiles: Vec<Vec<String>> = record
        .quantiles
        .iter()
        .enumerate()
        .map(|(index, curves)| curves.iter().map(|curve| of(index, curve)).collect())
        .collect();
    let single = |run: &Vec<Vec<f64>>| -> Vec<String> {
        run.iter().enumerate().map(|(index, curve)| of(index, curve)).collect()
    };
    let runs: Map<String, Value> =
        record.runs.iter().map(|(run, curves)| (run.to_string(), single(curves).into())).collect();
    let outcomes: Vec<Value> = shown(recording).into_iter().map(|measure| outcome(record, measure)).collect();
    let mut value = json!({
        "arm": record.arm, "name": cast.name(record), "about": cast.about(record),
        "providers": record.scenario.setup.providers(), "failed": record.failed,
        "q": quantiles, "runs": runs, "outcomes": outcomes, "facts": pool.told(record),
    });
    if !record.herds.is_empty() {
        value["herds"] = herds(record, scales);
    }
    if let Some(humps) = record.humps {
        value["humps"] = json!([humps.low, humps.high, short(humps.between)]);
        value["sample"] = record.sample.iter().map(|curve| of(0, curve)).collect();
    }
    if let Some(named) = recording.named.get(&at) {
        value["named"] = json!(named);
    }
    if let Some(best) = recording.best.get(&at) {
        value["best"] = short(*best);
    }
    value
}

fn herds(record: &Recorded, scales: &Scales) -> Value {
    let text =
        |scale: Scale, curves: &[Vec<f64>]| -> Vec<String> { curves.iter().map(|curve| scale.text(curve)).collect() };
    let herd = record.herds.iter().map(|(run, herd)| {
        (run.to_string(), json!([text(scales.effort, &herd.effort), text(scales.earned, &herd.earned)]))
    });
    Value::Object(herd.collect())
}

/// Mean and the two ends of its interval.
fn outcome(record: &Recorded, measure: &Measure) -> Value {
    mean(record, measure).map_or(Value::Null, |(mean, interval)| {
        json!([
            short(mean),
            interval.map_or(Value::Null, |i| short(i.low)),
            interval.map_or(Value::Null, |i| short(i.high))
        ])
    })
}

/// Runs with more and with less of the main outcome, and the mean differences with their intervals.
fn paired(pair: &Pair) -> Value {
    let differences = pair.differences.iter().map(|difference| {
        difference.map_or(Value::Null, |by| {
            let end =
                |pick: fn(&crate::statistics::Interval) -> f64| by.interval.map_or(Value::Null, |i| short(pick(&i)));
            json!([short(by.mean), end(|i| i.low), end(|i| i.high)])
        })
    });
    json!([pair.more, pair.less, u8::from(pair.same), differences.collect::<Vec<Value>>()])
}
