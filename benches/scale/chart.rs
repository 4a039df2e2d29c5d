//! The curves as one picture of six charts.

use crate::curves::{Curve, Line};
use plotters::coord::Shift;
use plotters::coord::combinators::IntoLogRange;
use plotters::prelude::*;
use plotters::style::register_font;

/// The font of the program's charts; its origin and licence are beside it.
const FONT: &[u8] = include_bytes!("../../src/report/font/Roboto-Regular.ttf");
const FAMILY: &str = "Roboto, Arial, Helvetica, sans-serif";

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 1230;
const COLUMNS: usize = 2;
/// Colours that people who do not see red and green tell apart; so do the marks at the points.
const COLOURS: [RGBColor; 3] = [RGBColor(0, 90, 160), RGBColor(190, 80, 0), RGBColor(20, 120, 90)];
const GREY: RGBColor = RGBColor(90, 90, 90);

type Page<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// The picture.
///
/// # Errors
/// What the drawing library says.
pub(crate) fn svg(curves: &[Curve]) -> Result<String, String> {
    register_font(FAMILY, FontStyle::Normal, FONT).map_err(|_| "the font cannot be read".to_owned())?;
    let mut document = String::new();
    {
        let page = SVGBackend::with_string(&mut document, (WIDTH, HEIGHT)).into_drawing_area();
        page.fill(&WHITE).map_err(said)?;
        let panels = page.margin(10, 10, 10, 10).split_evenly((curves.len().div_ceil(COLUMNS), COLUMNS));
        for (panel, curve) in panels.iter().zip(curves) {
            chart(panel, curve)?;
        }
        page.present().map_err(said)?;
    }
    Ok(document)
}

fn said(fault: impl std::fmt::Display) -> String {
    fault.to_string()
}

/// One curve: what grows to the right by powers of ten, nanoseconds upwards from nought.
fn chart(panel: &Page<'_>, curve: &Curve) -> Result<(), String> {
    let points = || curve.lines.iter().flat_map(|line| &line.points);
    let least = points().map(|(size, _)| *size).fold(f64::MAX, f64::min).max(1.0);
    let least = 10_f64.powf(least.log10().floor());
    let most = points().map(|(size, _)| *size).fold(1.0, f64::max);
    let highest = points().map(|(_, time)| *time).fold(1.0, f64::max);
    let mut chart = ChartBuilder::on(panel)
        .margin(8)
        .margin_right(40)
        .caption(format!("ns a step of one provider, by {}", curve.title), (FAMILY, 24))
        .x_label_area_size(34)
        .y_label_area_size(52)
        .build_cartesian_2d((least..most * 1.15).log_scale(), 0.0..highest * 1.25)
        .map_err(said)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(GREY.mix(0.25))
        .axis_style(GREY)
        .x_labels(7)
        .y_labels(6)
        .x_label_formatter(&|size| crate::page::count(*size))
        .y_label_formatter(&|time| format!("{time}"))
        .label_style((FAMILY, 17).into_font().color(&BLACK))
        .draw()
        .map_err(said)?;
    for (index, (line, colour)) in curve.lines.iter().zip(COLOURS).enumerate() {
        let path = line.points.clone();
        let drawn = chart.draw_series([PathElement::new(path, colour.stroke_width(3))]).map_err(said)?;
        drawn.label(named(line)).legend(move |(x, y)| {
            EmptyElement::at((x, y))
                + PathElement::new([(0, 0), (22, 0)], colour.stroke_width(3))
                + mark((11, 0), index, colour)
        });
        let marks = line.points.iter().map(|point| EmptyElement::at(*point) + mark((0, 0), index, colour));
        chart.draw_series(marks).map_err(said)?;
    }
    chart
        .configure_series_labels()
        .position(if falls(curve) { SeriesLabelPosition::UpperRight } else { SeriesLabelPosition::UpperLeft })
        .margin(2)
        .legend_area_size(34)
        .label_font((FAMILY, 17))
        .draw()
        .map_err(said)
}

/// Whether the lines come down from the left, so that there is more room for words on the right.
fn falls(curve: &Curve) -> bool {
    let change = |line: &Line| Some(line.points.last()?.1 - line.points.first()?.1);
    curve.lines.iter().filter_map(change).sum::<f64>() < 0.0
}

/// The mark of a line at its points: a disc, a ring, a dot.
fn mark(at: (i32, i32), index: usize, colour: RGBColor) -> Circle<(i32, i32), i32> {
    match index {
        0 => Circle::new(at, 5, colour.filled()),
        1 => Circle::new(at, 6, colour.stroke_width(2)),
        _ => Circle::new(at, 3, colour.filled()),
    }
}

fn named(line: &Line) -> String {
    let (first, last) = (line.points.first(), line.points.last());
    match first.zip(last) {
        Some(((_, first), (_, last))) => format!("{}: {first:.1} → {last:.1}", line.label),
        None => format!("{}: no size could be had", line.label),
    }
}
