//! The charts of a sensitivity analysis.

use crate::experiment::sensitivity::{Method, Sensitivity};
use crate::scenario::Scenario;

use super::super::super::figure::{Axis, Body, Dot, EffectRow, Effects, Figure, Panel, Points};
use super::super::super::phrase::{capitalised, counted, list};
use super::super::super::unit::axis_of_differences;
use super::super::{charts, words};
use super::answer::told;
use super::{Ranking, weighty};

/// Morris's plane, or the indices of every parameter; one chart an outcome.
pub(in crate::report::cells) fn figures(scenario: &Scenario, analysis: &Sensitivity) -> Vec<Figure> {
    let figure = |(outcome, name): (usize, String)| {
        let rankings = told(analysis, outcome);
        if rankings.is_empty() {
            return None;
        }
        let level = analysis.field.level;
        let (title, what, body) = match analysis.method {
            Method::Morris { .. } => (
                headline("is moved most by", analysis, outcome, &rankings),
                format!(
                    "Right: larger effect (μ* with its {level} interval). Up: the effect varies, or depends on other numbers (σ)"
                ),
                plane(scenario, analysis, outcome, &rankings),
            ),
            Method::Sobol { .. } => (
                headline("depends most on", analysis, outcome, &rankings),
                format!(
                    "Share of the variance between cells, with {level} intervals; what a ring exceeds its disc by is done together with others"
                ),
                shares(analysis, &rankings),
            ),
        };
        Some(Figure {
            name: format!("sensitivity-{name}"),
            title,
            subtitle: format!(
                "{what}; {}, {} of each on the same luck",
                counted(analysis.cells.points.len() as u64, "cell"),
                counted(analysis.field.runs, "run")
            ),
            note: charts::note(scenario, analysis.field.seed),
            body,
        })
    };
    let names = charts::file_names(analysis.outcomes.iter().map(|outcome| outcome.key.as_str()));
    names.into_iter().enumerate().filter_map(figure).collect()
}

/// Room beyond the outermost numbers of the plane.
const ROOM: f64 = 1.08;

fn plane(scenario: &Scenario, analysis: &Sensitivity, outcome: usize, rankings: &[Ranking]) -> Body {
    let dot = |ranking: &Ranking| Dot {
        label: analysis.cells.parameters[ranking.parameter].name.clone(),
        x: ranking.numbers[0].1,
        y: ranking.numbers[2].1,
        across: ranking.numbers[0].2.map(|interval| (interval.low, interval.high)),
        up: None,
    };
    let measure = &analysis.outcomes[outcome].measure;
    let axis = |title: &str, most: f64| {
        let title = format!("{title} on {}", measure.label);
        let axis = axis_of_differences(&title, measure.unit, &scenario.file.time.unit);
        Axis { range: Some((0.0, ROOM * most)), ..axis }
    };
    let most = |pick: fn(&Ranking) -> f64| rankings.iter().map(pick).fold(0.0, f64::max);
    let reach = |ranking: &Ranking| ranking.numbers[0].2.map_or(0.0, |interval| interval.high);
    let panel = Panel {
        title: String::new(),
        x: axis("Mean size of the effects, μ*,", most(reach)),
        y: axis("Spread of the effects, σ,", most(|ranking| ranking.numbers[2].1)),
        dots: rankings.iter().map(dot).collect(),
        joined: false,
        marks: Vec::new(),
    };
    Body::Points(Points { panels: vec![panel] })
}

/// How far beyond 0 and 1 an axis of shares goes.
const BEYOND: f64 = 0.2;

fn shares(analysis: &Sensitivity, rankings: &[Ranking]) -> Body {
    let row = |ranking: &Ranking| EffectRow {
        label: capitalised(&analysis.cells.parameters[ranking.parameter].name),
        values: [0, 1].map(|column| {
            let (_, value, interval) = ranking.numbers[column];
            let (low, high) = interval.map_or((f64::NAN, f64::NAN), |interval| (interval.low, interval.high));
            (value, low, high)
        }),
    };
    let ends = rankings.iter().flat_map(|ranking| ranking.numbers.iter().filter_map(|(.., interval)| *interval));
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end.low), high.max(end.high)));
    // An interval may be far wider than any share can be; what lies beyond is drawn at the edge.
    let range = Some((low.max(-BEYOND), high.min(1.0 + BEYOND)));
    Body::Effects(Effects {
        axis: Axis { range, ..Axis::percent("Share of the variance (%)") },
        names: ["alone (first order)".to_owned(), "in all (total)".to_owned()],
        rows: rankings.iter().map(row).collect(),
    })
}

/// The parameters that matter most, for the title of a chart.
fn headline(verb: &str, analysis: &Sensitivity, outcome: usize, rankings: &[Ranking]) -> String {
    let name = |ranking: &Ranking| analysis.cells.parameters[ranking.parameter].name.clone();
    let names: Vec<String> = weighty(analysis, rankings).map(name).collect();
    format!("{} {verb} {}", capitalised(&words::outcome(&analysis.outcomes[outcome])), list(&names))
}
