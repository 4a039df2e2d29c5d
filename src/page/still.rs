//! The still picture of the page, for viewers that run no script: what became of the pool in many runs, arm by arm, as SVG without
//! a style attribute.

use super::cast::Cast;
use super::words::fixed;
use crate::experiment::recording::Recording;
use crate::model::english::words;
use crate::model::measure::recorded_steps;
use maud::html;
use std::fmt::Write;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 340.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 200.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 44.0;
/// Letters of a name that fit beside the chart.
const LONGEST: usize = 23;

/// Colour and dashes of each tone.
const TONES: [(&str, &str); 8] = [
    ("#1a7a72", "2 5"),
    ("#c2410c", "10 5"),
    ("#12436D", "none"),
    ("#801650", "10 4 2 4"),
    ("#3D3D3D", "14 4"),
    ("#6b4f00", "6 3 2 3"),
    ("#5a2ca0", "4 4"),
    ("#0b6b2f", "1 3"),
];

/// The stock of the pool over time at a setting: the middle run of each arm, and the band that holds nine runs in ten.
pub(super) fn picture(cast: &Cast, recording: &Recording, point: usize) -> String {
    let reference = &recording.arms[recording.reference];
    let steps = recorded_steps(reference.setup.steps());
    let (last, unit) = (f64::from(reference.setup.steps()), &reference.file.time.unit);
    let x = |step: f64| LEFT + (step - 1.0) / (last - 1.0).max(1.0) * (WIDTH - LEFT - RIGHT);
    let y = |stock: f64| HEIGHT - BOTTOM - stock.clamp(0.0, 1.2) / 1.0 * (HEIGHT - TOP - BOTTOM);
    let pool = words(&reference.setup.pools()[reference.setup.main_pool()].name);
    let mut svg = String::new();
    for stock in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let at = y(stock);
        let label = fixed(stock * 100.0, 0);
        let _ = write!(
            svg,
            r##"<line x1="{LEFT}" x2="{:.0}" y1="{at:.1}" y2="{at:.1}" stroke="#d0d7db"/><text x="{:.0}" y="{:.1}" text-anchor="end">{label}</text>"##,
            WIDTH - RIGHT,
            LEFT - 8.0,
            at + 5.0
        );
    }
    for step in [1.0, (last / 2.0).round(), last] {
        let _ = write!(
            svg,
            r#"<text x="{:.1}" y="{:.0}" text-anchor="middle">{step:.0}</text>"#,
            x(step),
            HEIGHT - BOTTOM + 20.0
        );
    }
    let _ = write!(
        svg,
        r#"<text x="{:.0}" y="{:.0}" text-anchor="middle">{}</text><text x="0" y="13">{}, % of full</text>"#,
        (LEFT + WIDTH - RIGHT) / 2.0,
        HEIGHT - 4.0,
        html! { (unit) }.0,
        html! { (pool) }.0
    );
    let mut ends = Vec::new();
    for ((position, record), tone) in recording.points[point].iter().enumerate().zip(cast.tones()) {
        let record = &recording.records[*record];
        let (colour, dashes) = TONES[tone.min(TONES.len() - 1)];
        let Some([low, middle, high]) =
            record.quantiles.first().and_then(|curves| <&[Vec<f64>; 3]>::try_from(&curves[..]).ok())
        else {
            continue;
        };
        let at = |(step, stock): (&u32, &f64)| format!("{:.1} {:.1}", x(f64::from(*step) + 1.0), y(*stock));
        let line = |curve: &Vec<f64>| steps.iter().zip(curve).map(at).collect::<Vec<String>>().join("L");
        let back: Vec<String> = steps.iter().zip(low).map(at).rev().collect();
        if position != recording.reference || recording.arms.len() == 1 {
            let _ =
                write!(svg, r#"<path d="M{}L{}Z" fill="{colour}" fill-opacity="0.12"/>"#, line(high), back.join("L"));
        }
        let _ = write!(
            svg,
            r#"<path d="M{}" fill="none" stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes}"/>"#,
            line(middle)
        );
        ends.push((middle.last().map_or(0.0, |stock| y(*stock)), colour, dashes, cast.name(record)));
    }
    labels(&mut svg, ends);
    format!(
        r#"<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="still-title" font-family="Arial, Helvetica, sans-serif" font-size="15">{svg}</svg>"#
    )
}

/// Names at the ends of the lines, moved apart where they would lie on each other.
fn labels(svg: &mut String, mut ends: Vec<(f64, &str, &str, String)>) {
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    for index in 1..ends.len() {
        ends[index].0 = ends[index].0.max(ends[index - 1].0 + 18.0);
    }
    let over = ends.last().map_or(0.0, |end| (end.0 - (HEIGHT - BOTTOM)).max(0.0));
    for (at, colour, dashes, name) in &ends {
        let (at, left) = (at - over, WIDTH - RIGHT + 6.0);
        let cut: String = name.chars().take(LONGEST).collect();
        let dots = if name.chars().count() > LONGEST { "…" } else { "" };
        let _ = write!(
            svg,
            r#"<line x1="{left:.0}" x2="{:.0}" y1="{at:.1}" y2="{at:.1}" stroke="{colour}" stroke-width="3" stroke-dasharray="{dashes}"/><text x="{:.0}" y="{:.1}">{}{dots}</text>"#,
            left + 14.0,
            left + 18.0,
            at + 5.0,
            html! { (cut) }.0
        );
    }
}
