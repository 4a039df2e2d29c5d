//! What every chart promises: well-formed text inside the page, the same bytes twice, and no panic on any numbers.

mod robustness;

use crate::experiment::Level;

use super::super::figure::{
    Axis, Band, Bars, Body, Dot, DotPanel, DotRow, Dots, EffectRow, Effects, Fan, FanSeries, Figure, Format, Guide,
    Heat, HeatPanel, Mark as Place, Matrix, MatrixCell, Panel, Points, Survival, SurvivalCurve, Tone,
};
use super::sketch::{Anchor, Mark, Rect, Sketch, Words};
use super::{Pictures, WIDTH, lettering::Lettering, pictures, sketch, svg};

const LONG: &str =
    "Isle of Wight, place-based governance <with> \"quotes\" & an unfinished sentence about commissioning";

fn figure(body: Body) -> Figure {
    Figure {
        name: "chart 1".to_owned(),
        title: "Governed pools last & fortress pools do not, as this sentence of more than one line says".to_owned(),
        subtitle: "Stock by month, 1,000 runs".to_owned(),
        note: "scenario winter.json, seed 7".to_owned(),
        body,
    }
}

fn fan_of(labels: &[&str], level: impl Fn(usize, f64) -> f64) -> Figure {
    let x: Vec<f64> = (0..=24).map(f64::from).collect();
    let series = labels.iter().enumerate().map(|(arm, label)| {
        let median: Vec<f64> = x.iter().map(|month| level(arm, *month)).collect();
        FanSeries {
            label: (*label).to_owned(),
            x: x.clone(),
            bands: vec![Band {
                share: 0.9,
                low: median.iter().map(|value| value * 0.8).collect(),
                high: median.iter().map(|value| value * 1.2).collect(),
            }],
            median,
        }
    });
    figure(Body::Fan(Fan {
        x: Axis::number("Month"),
        y: Axis::number("Stock (bed-days)"),
        series: series.collect(),
        guides: vec![Guide { label: "collapse".to_owned(), value: 100.0 }],
    }))
}

fn falling(arm: usize, month: f64) -> f64 {
    1000.0 - month * (5.0 + arm as f64)
}

pub(super) fn survival(share: f64) -> Figure {
    let curve = SurvivalCurve {
        arm: 0,
        label: LONG.to_owned(),
        x: vec![0.0, 12.0, 24.0],
        share: vec![1.0, share, share],
        low: vec![1.0, share - 0.1, share - 0.1],
        high: vec![1.0, share + 0.1, share + 0.1],
    };
    figure(Body::Survival(Survival {
        x: Axis::number("Month"),
        y_title: "Pools not collapsed".to_owned(),
        confidence: Level::USUAL,
        curves: vec![curve],
    }))
}

fn row_of(number: usize, value: f64) -> DotRow {
    DotRow {
        label: format!("{number} {LONG}"),
        value,
        low: value - 1.0,
        high: value + 1.0,
        tone: [Tone::Better, Tone::Worse, Tone::Unclear][number % 3],
    }
}

fn bars_of(rows: usize, value: f64) -> Figure {
    let rows = (0..rows).map(|number| row_of(number, value)).collect();
    figure(Body::Bars(Bars { axis: Axis::number("Bed-days"), rows, judged: true }))
}

fn matrix_of(labels: usize, value: f64) -> Figure {
    let pairs = (0..labels).flat_map(|column| (column + 1..labels).map(move |row| (row, column)));
    let cell =
        |(row, column): (usize, usize)| MatrixCell { row, column, value: value * row as f64, clear: row % 3 > 0 };
    figure(Body::Matrix(Matrix {
        labels: vec![LONG.to_owned(); labels],
        cells: pairs.map(cell).collect(),
        format: Format::Number,
        positive: "need each other".to_owned(),
        negative: "crowd each other out".to_owned(),
    }))
}

fn dots_of(panels: usize, rows: usize, value: f64) -> Figure {
    let row = |number: usize| row_of(number, value);
    let panel = |number: usize| DotPanel {
        title: format!("{number} {LONG}"),
        axis: Axis::number("Difference (bed-days)"),
        rows: (0..rows).map(row).collect(),
    };
    figure(Body::Dots(Dots { panels: (0..panels).map(panel).collect() }))
}

fn points_of(panels: usize, dots: usize, joined: bool, value: f64) -> Figure {
    let dot = |number: usize| Dot {
        label: if joined { String::new() } else { format!("norm weight {number}") },
        x: number as f64,
        y: value * (1.0 + (number % 3) as f64),
        across: Some((number as f64 - 0.5, number as f64 + 0.5)),
        up: Some((value * 0.5, value * 4.0)),
    };
    let marks = vec![Place { label: "one half at 2".to_owned(), at: (2.0, value), across: (1.0, 3.0) }];
    let panel = || Panel {
        title: String::new(),
        x: Axis::number(LONG),
        y: Axis::number("Need met"),
        dots: (0..dots).map(dot).collect(),
        joined,
        marks: if joined { marks.clone() } else { Vec::new() },
    };
    figure(Body::Points(Points { panels: (0..panels).map(|_| panel()).collect() }))
}

fn heat_of(panels: usize, cells: usize, is_chance: bool, value: f64) -> Figure {
    let rows = |shift: f64| -> Vec<Vec<f64>> {
        let number = |row: usize, column: usize| value * (row * column) as f64 / (cells * cells).max(1) as f64 + shift;
        (0..cells).map(|row| (0..cells).map(|column| number(row, column)).collect()).collect()
    };
    let panel = |number: usize| HeatPanel {
        title: format!("Herders {number}"),
        mean: rows(0.0),
        low: rows(-0.1),
        high: rows(0.1),
    };
    let places: Vec<f64> = (0..cells).map(|place| place as f64).collect();
    figure(Body::Heat(Heat {
        x: Axis::number(LONG),
        y: Axis::number("Price"),
        value: if is_chance {
            Axis { range: Some((0.0, 1.0)), ..Axis::percent("Chance of collapse (%)") }
        } else {
            Axis::number("Stock")
        },
        columns: places.clone(),
        rows: places,
        panels: (0..panels).map(panel).collect(),
        is_chance,
        confidence: Level::USUAL,
    }))
}

fn effects_of(rows: usize, value: f64) -> Figure {
    let row = |number: usize| EffectRow {
        label: format!("{number} {LONG}"),
        values: [(value, value - 0.1, value + 0.1), (value + 0.2, value, value + 0.4)],
    };
    figure(Body::Effects(Effects {
        axis: Axis::number("Share of the variance"),
        names: ["alone".to_owned(), "in all".to_owned()],
        rows: (0..rows).map(row).collect(),
    }))
}

/// Charts of every kind and size that users can be expected to ask for.
pub(super) fn usual() -> Vec<Figure> {
    let mut figures: Vec<Figure> = (1..=8).map(|arms| fan_of(&[LONG; 8][..arms], falling)).collect();
    figures.extend([survival(0.5), survival(1.0)]);
    figures.extend([1, 2, 3, 5].map(|panels| dots_of(panels, 6, 2.0)));
    figures.extend([1, 25].map(|rows| dots_of(1, rows, -40.0)));
    figures.extend([1, 5, 25].map(|rows| bars_of(rows, 2.0)));
    figures.extend([2, 5, 14].map(|labels| matrix_of(labels, -2.0)));
    figures.extend(
        [(1, true), (1, false), (3, false), (8, false)].map(|(panels, joined)| points_of(panels, 9, joined, 0.2)),
    );
    figures.extend([(1, 4), (1, 30), (4, 6), (9, 6)].map(|(panels, cells)| heat_of(panels, cells, true, 0.9)));
    figures.extend([heat_of(1, 9, false, 40.0), effects_of(3, 0.3), effects_of(14, 0.3)]);
    figures.extend(robustness::usual());
    figures.push(fan_of(&["flat", "flat as well", "flat too"], |_, _| 300.0));
    figures
}

/// Numbers and words nobody should send, and somebody will.
pub(super) fn hostile() -> Vec<Figure> {
    let numbers =
        [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 1e99, -1e99, 1e-99, 0.0];
    let mut figures = Vec::new();
    for number in numbers {
        figures.push(fan_of(&["a", "b"], |arm, month| if month > 3.0 * arm as f64 { number } else { 1.0 }));
        figures.push(fan_of(&["a"; 5], |_, _| number));
        figures.push(survival(number));
        figures.push(dots_of(2, 3, number));
        figures.push(bars_of(3, number));
        figures.push(matrix_of(3, number));
        figures.extend([points_of(2, 3, true, number), points_of(1, 3, false, number), heat_of(2, 3, true, number)]);
        figures.extend([heat_of(1, 5, false, number), effects_of(2, number)]);
        figures.extend(robustness::hostile(number));
        let mut ranged = fan_of(&["a"], falling);
        if let Body::Fan(fan) = &mut ranged.body {
            fan.y.range = Some((number, 10.0));
            fan.x.range = Some((number, number));
        }
        figures.push(ranged);
    }
    figures.extend([fan_of(&[], falling), fan_of(&["x"; 40], falling), dots_of(0, 0, 1.0), dots_of(3, 0, 1.0)]);
    figures.extend(robustness::empty());
    figures.extend([bars_of(0, 1.0), matrix_of(0, 1.0), matrix_of(1, 1.0)]);
    figures.extend([
        points_of(0, 0, true, 1.0),
        points_of(2, 0, false, 1.0),
        heat_of(0, 3, true, 1.0),
        heat_of(1, 1, true, 1.0),
    ]);
    figures.extend([heat_of(1, 0, false, 1.0), effects_of(0, 1.0), points_of(1, 1, true, 1.0)]);
    let mut words = fan_of(&[&"<&>\"'".repeat(200), "", "\u{0}\u{FFFE}\u{1F}"], falling);
    words.title = "]]> <!-- & \u{8} ".repeat(300);
    words.name = "\"><script>".to_owned();
    words.note = "m".repeat(5000);
    figures.push(words);
    figures
}

fn words(sketch: &Sketch) -> Vec<&Words> {
    sketch
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Words(words) => Some(words),
            _ => None,
        })
        .collect()
}

/// The box a line of words covers, without the room kept for wider fonts.
fn cover(words: &Words) -> Rect {
    let width = Lettering::load().unwrap().width(&words.text, words.font) / 1.15;
    let (x, base) = words.at;
    let left = match words.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - width / 2.0,
        Anchor::End => x - width,
    };
    Rect { left, right: left + width, top: base - words.font.capital(), bottom: base }
}

#[test]
fn every_svg_is_well_formed_and_speaks_to_screen_readers() {
    for figure in usual().iter().chain(&hostile()) {
        let text = svg(figure).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        for name in ["title", "desc"] {
            let element = root.children().find(|child| child.has_tag_name(name)).unwrap();
            let id = element.attribute("id").unwrap();
            assert!(root.attribute("aria-labelledby").unwrap().contains(id));
        }
    }
}

#[test]
fn no_words_leave_the_page() {
    for figure in usual().iter().chain(&hostile()) {
        let sketch = sketch(figure).unwrap();
        for words in words(&sketch) {
            let cover = cover(words);
            assert!(cover.left >= 0.0 && cover.right <= WIDTH, "{words:?}");
            assert!(cover.top >= 0.0 && cover.bottom <= sketch.height, "{words:?}");
        }
    }
}

#[test]
fn no_words_cover_other_words() {
    for figure in usual() {
        let sketch = sketch(&figure).unwrap();
        let covers: Vec<(Rect, &str)> =
            words(&sketch).into_iter().map(|words| (cover(words), words.text.as_str())).collect();
        for (number, (a, first)) in covers.iter().enumerate() {
            for (b, second) in &covers[number + 1..] {
                let apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
                assert!(apart, "{first} over {second}");
            }
        }
    }
}

#[test]
fn every_arm_is_named_in_text() {
    for figure in [fan_of(&["Fortress", "Quota"], falling), fan_of(&["Fortress", "Quota", "A", "B", "C"], falling)] {
        let text = svg(&figure).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let names: Vec<&str> = document.descendants().filter_map(|node| node.text()).map(str::trim).collect();
        assert!(names.contains(&"Fortress") && names.contains(&"Quota"));
    }
}

#[test]
fn a_tone_is_told_in_words_beside_every_row() {
    let sketch = sketch(&dots_of(1, 3, 2.0)).unwrap();
    let texts: Vec<&str> = words(&sketch).into_iter().map(|words| words.text.as_str()).collect();
    for verdict in ["+2.0 better", "+2.0 worse", "+2.0 unclear"] {
        assert!(texts.contains(&verdict), "{verdict} in {texts:?}");
    }
}

#[test]
fn three_arms_share_a_plot_and_four_get_a_panel_each() {
    let axis_titles = |arms: usize| {
        let sketch = sketch(&fan_of(&["Fortress", "Quota", "Merger", "Alliance"][..arms], falling)).unwrap();
        words(&sketch).into_iter().filter(|words| words.text == "0").count()
    };
    assert_eq!(axis_titles(3), 2, "one zero on each axis");
    assert_eq!(axis_titles(4), 4, "one zero on each of two rows and two columns");
}

#[test]
fn a_chart_without_numbers_says_so_and_has_no_axis() {
    for figure in
        [fan_of(&["a"], |_, _| f64::NAN), dots_of(1, 2, f64::NAN), bars_of(2, f64::NAN), matrix_of(3, f64::NAN)]
    {
        let text = svg(&figure).unwrap();
        assert!(text.contains("No data"));
        assert!(!text.contains("<polyline"));
    }
}

#[test]
fn the_same_figure_gives_the_same_bytes() {
    let figure = fan_of(&["Fortress", LONG], falling);
    let drawn = || pictures(&figure, Pictures::All).unwrap();
    assert_eq!(drawn(), drawn());
}

#[test]
fn only_the_pictures_that_were_asked_for_are_drawn() {
    let figure = fan_of(&["Fortress", LONG], falling);
    let endings =
        |asked: Pictures| pictures(&figure, asked).unwrap().iter().map(|(ending, _)| *ending).collect::<Vec<_>>();
    assert_eq!((endings(Pictures::None), endings(Pictures::Svg)), (vec![], vec!["svg"]));
    assert!(endings(Pictures::All).starts_with(&["svg"]));
}
