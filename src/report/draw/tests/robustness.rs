//! Tiles, spreads and ranges for the tests of every chart.

use super::super::super::figure::{
    Axis, Body, Figure, RangePanel, RangeRow, Ranges, Reach, SpreadRow, Spreads, TilePanel, Tiles,
};
use super::{LONG, figure};

fn tiles_of(panels: usize, columns: usize, rows: usize, value: f64) -> Figure {
    let panel = |number: usize| TilePanel {
        title: format!("Shock {number}"),
        columns: (0..columns).map(|column| format!("step {column}")).collect(),
        cells: (0..rows).map(|row| (0..columns).map(|column| value * (row + column) as f64).collect()).collect(),
    };
    let rows = (0..rows).map(|row| format!("{row} {LONG}")).collect();
    let value = Axis { range: Some((0.0, 1.0)), ..Axis::percent("Share (%)") };
    figure(Body::Tiles(Tiles { value, rows, panels: (0..panels).map(panel).collect() }))
}

fn spreads_of(rows: usize, value: f64) -> Figure {
    let row = |number: usize| SpreadRow {
        label: format!("{number} {LONG}"),
        quantiles: [0.0, 0.5, 1.0, 1.5, 2.0].map(|part| part * value),
        mean: value,
        largest: value * 3.0,
    };
    let axis = Axis::number("Points of need met");
    figure(Body::Spreads(Spreads { axis, cases: "futures".to_owned(), rows: (0..rows).map(row).collect() }))
}

fn ranges_of(panels: usize, rows: usize, value: f64) -> Figure {
    let row = |number: usize| RangeRow {
        label: LONG.to_owned(),
        reach: if number == 0 { Reach::Kinds(vec![true, false, true]) } else { Reach::Span(value, 1.0) },
        ends: if number == 0 { [const { String::new() }; 2] } else { [LONG, "3.2%"].map(str::to_owned) },
        words: format!("{number} {LONG}"),
    };
    let panel = |number: usize| RangePanel {
        title: format!("{number} {LONG}"),
        words: LONG.to_owned(),
        rows: (0..rows).map(row).collect(),
    };
    figure(Body::Ranges(Ranges { panels: (0..panels).map(panel).collect() }))
}

/// Those that users can be expected to ask for.
pub(super) fn usual() -> Vec<Figure> {
    vec![
        tiles_of(1, 4, 4, 0.1),
        tiles_of(6, 5, 8, 0.1),
        tiles_of(1, 3, 2, 0.5),
        spreads_of(2, 0.03),
        spreads_of(8, 0.2),
        ranges_of(1, 2, 0.4),
        ranges_of(8, 5, 0.4),
    ]
}

/// Those with a number that nobody should send.
pub(super) fn hostile(number: f64) -> Vec<Figure> {
    vec![tiles_of(2, 3, 2, number), spreads_of(2, number), ranges_of(2, 2, number)]
}

/// Those with nothing in them.
pub(super) fn empty() -> Vec<Figure> {
    vec![tiles_of(0, 0, 0, 1.0), tiles_of(1, 0, 2, 1.0), spreads_of(0, 1.0), ranges_of(0, 0, 1.0), ranges_of(1, 0, 1.0)]
}
