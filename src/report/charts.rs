//! The charts of a study. Each title is a sentence made from the same intervals as the findings.

mod contract;

use crate::experiment::Cell;
use crate::model::measure::{Better, Measure, Unit, words};
use crate::statistics::SurvivalPoint;

use super::answer::title;
use super::figure::{
    Axis, Band, Body, DotPanel, DotRow, Dots, Fan, FanSeries, Figure, Guide, Survival, SurvivalCurve, Tone,
};
use super::phrase::{capitalised, counted, each_by_itself, quoted, without_kind};
use super::study::{COLLAPSE_STEP, Study};
use super::unit::axis_of_differences;

/// The stock of the main pool, the need met (the yield where there is no need), the survival of the pool, the failure of prime
/// contracts; with several arms also the differences from the first, and who wins and who loses by kind of provider. A chart
/// without content, as the survival of a pool that cannot collapse, is left out.
pub fn figures(study: &Study) -> Vec<Figure> {
    if study.ensemble.runs == 0 {
        return Vec::new();
    }
    let mut figures: Vec<Figure> =
        [stock(study), met(study), survival(study), contract::figure(study)].into_iter().flatten().collect();
    figures.extend(study.others().filter_map(|arm| differences(study, arm)));
    figures.extend(study.others().filter_map(|arm| kinds(study, arm)));
    figures
}

fn stock(study: &Study) -> Option<Figure> {
    let setup = &study.arms.first()?.setup;
    let name = &setup.pools().get(setup.main_pool())?.name;
    let fan = fan(study, &format!("stock.{name}"), format!("Stock of {} (% of full)", study.pool_name()))?;
    let guides = study.pool(0).map(|pool| pool.collapse).filter(|collapse| *collapse > 0.0);
    let guides = guides.map(|value| Guide { label: "collapse".to_owned(), value }).into_iter().collect();
    let body = Body::Fan(Fan { guides, series: from_start(study, fan.series), ..fan });
    Some(figure(
        study,
        "stock",
        title::of_measure(study, "stock_end"),
        &format!("Stock of {} by {}", study.pool_name(), study.unit()),
        body,
    ))
}

/// The fans with the stock before the first step, which is the same in every run.
fn from_start(study: &Study, mut series: Vec<FanSeries>) -> Vec<FanSeries> {
    for (arm, fan) in series.iter_mut().enumerate() {
        let start = study.pool(arm).map_or(f64::NAN, |pool| pool.start);
        fan.x.insert(0, 0.0);
        let bands = fan.bands.iter_mut().flat_map(|band| [&mut band.low, &mut band.high]);
        bands.chain([&mut fan.median]).for_each(|values| values.insert(0, start));
    }
    series
}

fn met(study: &Study) -> Option<Figure> {
    let key = if study.arms.iter().all(|arm| arm.setup.has_need()) { "need_met" } else { "yield" };
    let measures = &study.ensemble.arms.first()?.series_measures;
    let measure = measures.iter().find(|measure| measure.key == key)?;
    let label = capitalised(&measure.label);
    let title = if measure.unit == Unit::Share { format!("{label} (%)") } else { label.clone() };
    let fan = fan(study, key, title)?;
    let y = if measure.unit == Unit::Share { fan.y } else { Axis::number(fan.y.title) };
    let body = Body::Fan(Fan { y, ..fan });
    Some(figure(
        study,
        &key.replace('_', "-"),
        title::of_measure(study, key),
        &format!("{label} by {}", study.unit()),
        body,
    ))
}

fn fan(study: &Study, key: &str, title: String) -> Option<Fan> {
    let titles = study.titles();
    let series: Vec<FanSeries> = study
        .summaries()
        .zip(titles)
        .filter_map(|(summary, label)| {
            let cells = summary.series_of(key)?;
            let x = summary.steps.iter().map(|step| f64::from(*step) + 1.0).collect();
            let band = |share: f64| Band {
                share,
                low: quantiles(&cells, 0.5 - share / 2.0),
                high: quantiles(&cells, 0.5 + share / 2.0),
            };
            Some(FanSeries { label, x, median: quantiles(&cells, 0.5), bands: vec![band(0.9), band(0.5)] })
        })
        .collect();
    let y = Axis::percent(title);
    (!series.is_empty()).then(|| Fan { x: time_axis(study), y, series, guides: Vec::new() })
}

fn quantiles(cells: &[&Cell], probability: f64) -> Vec<f64> {
    cells.iter().map(|cell| cell.sketch.quantile(probability).unwrap_or(f64::NAN)).collect()
}

fn survival(study: &Study) -> Option<Figure> {
    if (0..study.arms.len()).all(|arm| study.pool(arm).is_none_or(|pool| pool.collapse <= 0.0)) {
        return None;
    }
    let level = study.level();
    let arms = study.summaries().zip(study.titles()).enumerate();
    let curves = arms.map(|(arm, (summary, label))| from_beginning(arm, label, &summary.survival.curve(level.share())));
    let body = Body::Survival(Survival {
        x: time_axis(study),
        y_title: "Runs in which the pool has not collapsed (%)".to_owned(),
        confidence: level,
        curves: curves.collect(),
    });
    Some(figure(
        study,
        "survival",
        title::of_pool(study),
        "Share of runs in which the pool has not collapsed so far",
        body,
    ))
}

/// A step curve from before the first step on, when all runs last.
fn from_beginning(arm: usize, label: String, points: &[SurvivalPoint]) -> SurvivalCurve {
    let after =
        |first: f64, of: fn(&SurvivalPoint) -> f64| std::iter::once(first).chain(points.iter().map(of)).collect();
    SurvivalCurve {
        arm,
        label,
        x: after(0.0, |point| point.step as f64 + 1.0),
        share: after(1.0, |point| point.share),
        low: after(1.0, |point| point.interval.low),
        high: after(1.0, |point| point.interval.high),
    }
}

/// A panel for each unit, its rows ranked from the largest gain to the largest loss. Welfare in money would dwarf the other
/// numbers; its share of the best constant plan is there.
fn differences(study: &Study, arm: usize) -> Option<Figure> {
    let judged = |measure: &&Measure| {
        measure.kind.is_none()
            && measure.better != Better::Neither
            && measure.key != COLLAPSE_STEP
            && measure.key != "welfare"
    };
    let mut panels = Vec::new();
    for unit in [Unit::Share, Unit::StepsOfNeed, Unit::Number] {
        let mut measures: Vec<&Measure> =
            study.measures().iter().filter(judged).filter(|measure| measure.unit == unit).collect();
        measures.sort_by(|a, b| gain(study, arm, b).total_cmp(&gain(study, arm, a)));
        let keys = measures.iter().map(|measure| (capitalised(&measure.label), measure.key.clone()));
        panels.extend(panel(study, arm, heading(unit).to_owned(), unit, keys.collect()));
    }
    let titles = study.titles();
    let (first, other) = (quoted(titles.first()?), quoted(titles.get(arm)?));
    let what = format!(
        "Mean difference of {other} from {first} run by run, with its {level} interval; gains first",
        level = study.level()
    );
    let title = title::of_change(study, arm, &study.ensemble.main_measure);
    Some(figure(study, &name_of(study, "differences", arm)?, title, &what, Body::Dots(Dots { panels })))
}

/// The name of a chart that there is for each further arm.
fn name_of(study: &Study, name: &str, arm: usize) -> Option<String> {
    let keys = study.keys();
    Some(if study.others().len() > 1 { format!("{name}-{}", keys.get(arm)?) } else { name.to_owned() })
}

/// What stands over the measures of a unit.
fn heading(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "Shares",
        Unit::StepsOfNeed | Unit::Steps | Unit::Duration => "Times",
        Unit::Number => "Other numbers",
    }
}

/// How far an arm is on the better side, for ranking.
fn gain(study: &Study, arm: usize, measure: &Measure) -> f64 {
    study.contrast(arm, &measure.key).map_or(f64::NEG_INFINITY, |contrast| match contrast.better {
        Better::Lower => -contrast.difference,
        _ => contrast.difference,
    })
}

/// What is measured for each kind: the start of its key.
const BY_KIND: [&str; 3] = ["need_met", "yield", "margin"];

/// What is measured for each kind: the start of its key, and its name in a sentence.
fn measures_by_kind(study: &Study) -> Vec<(&'static str, String)> {
    let named = |prefix: &'static str| {
        let mut of_kinds = study.measures().iter().filter(|measure| measure.kind.is_some());
        let measure = of_kinds.find(|measure| measure.key.split('.').next() == Some(prefix))?;
        Some((prefix, without_kind(measure)))
    };
    BY_KIND.into_iter().filter_map(named).collect()
}

fn kinds(study: &Study, arm: usize) -> Option<Figure> {
    let kinds = study.kinds();
    let panels: Vec<DotPanel> = measures_by_kind(study)
        .iter()
        .filter_map(|(prefix, name)| {
            let keys = kinds.iter().map(|kind| (capitalised(&words(kind)), format!("{prefix}.{kind}")));
            let of_kinds = study.measures().iter().filter(|measure| measure.kind.is_some());
            let unit = of_kinds.filter(|measure| measure.key.starts_with(prefix)).map(|measure| measure.unit).next()?;
            panel(study, arm, capitalised(name), unit, keys.collect())
        })
        .collect();
    if panels.is_empty() {
        return None;
    }
    let titles = study.titles();
    let (first, other) = (quoted(titles.first()?), quoted(titles.get(arm)?));
    let name = name_of(study, "kinds", arm)?;
    let title = winners(&panels, &first, &other);
    let what = format!(
        "Mean difference of {other} from {first} run by run, by kind of provider, with its {level} interval",
        level = study.level()
    );
    Some(figure(study, &name, title, &what, Body::Dots(Dots { panels })))
}

/// How many kinds gain and lose in each panel, in a sentence.
fn winners(panels: &[DotPanel], first: &str, other: &str) -> String {
    let parts: Vec<String> = panels
        .iter()
        .map(|panel| {
            let number = |tone: Tone| panel.rows.iter().filter(|row| row.tone == tone).count();
            let (better, worse) = (number(Tone::Better), number(Tone::Worse));
            format!(
                "{} rises for {better} and falls for {worse} of {} kinds",
                panel.title.to_lowercase(),
                panel.rows.len()
            )
        })
        .collect();
    capitalised(&format!("{}, with {other} against {first}", parts.join("; ")))
}

/// A row for each measure that is compared: its label and key.
fn panel(study: &Study, arm: usize, title: String, unit: Unit, keys: Vec<(String, String)>) -> Option<DotPanel> {
    let rows: Vec<DotRow> = keys
        .into_iter()
        .filter_map(|(label, key)| {
            let contrast = study.contrast(arm, &key)?;
            let (low, high) = contrast.interval.map_or((f64::NAN, f64::NAN), |interval| (interval.low, interval.high));
            Some(DotRow { label, value: contrast.difference, low, high, tone: contrast.tone()? })
        })
        .collect();
    let axis = axis_of_differences("Difference", unit, study.unit());
    (!rows.is_empty()).then_some(DotPanel { title, axis, rows })
}

fn time_axis(study: &Study) -> Axis {
    Axis::number(capitalised(study.unit()))
}

/// A figure with the words that all have in common.
fn figure(study: &Study, name: &str, title: String, what: &str, body: Body) -> Figure {
    let ensemble = study.ensemble;
    let early = if ensemble.interrupted { ", stopped early" } else { "" };
    let of_each = if study.arms.len() > 1 { " of each arm on the same luck" } else { "" };
    let many =
        if matches!(body, Body::Dots(_)) { format!(" {}", each_by_itself(study.level())) } else { String::new() };
    Figure {
        name: name.to_owned(),
        title,
        subtitle: format!("{what}; {}{of_each}{early}", counted(ensemble.runs, "run")),
        note: format!(
            "commonground {}, seed {}; {}.{many}",
            crate::identity::VERSION,
            ensemble.seed,
            study.keys().join(", ")
        ),
        body,
    }
}
