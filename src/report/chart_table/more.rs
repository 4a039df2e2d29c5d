//! The tables of charts that are neither curves over time nor differences: bars, matrices, planes, dots, heat maps, effects.

use super::super::figure::{Axis, Bars, DotRow, Effects, Heat, Matrix, Panel, Plane, Points, Tone};
use super::super::table::{Entry, Table};
use super::{Written, meaning, shown, thinned};

pub(super) fn of_bars(bars: &Bars) -> Table {
    let written = Written::of_clear(&bars.axis, bars.rows.iter().map(|row| (row.value, row.tone != Tone::Unclear)));
    let mut columns = vec!["Row", "Value", "Low", "High"];
    columns.extend(bars.judged.then_some("Meaning"));
    let row = |row: &DotRow| {
        let numbers = [row.value, row.low, row.high].map(|value| written.entry(Some(value)));
        let mut entries = vec![Entry::words(&row.label)];
        entries.extend(numbers);
        entries.extend(bars.judged.then(|| Entry::words(meaning(row.tone))));
        entries
    };
    table(bars.axis.title.clone(), &columns, bars.rows.iter().map(row).collect())
}

pub(super) fn of_matrix(matrix: &Matrix) -> Table {
    let axis = Axis { format: matrix.format, ..Axis::number("") };
    let written = Written::of_clear(&axis, matrix.cells.iter().map(|cell| (cell.value, cell.clear)));
    let label = |position: usize| Entry::words(matrix.labels.get(position).map_or("", String::as_str));
    let rows = matrix.cells.iter().map(|cell| {
        let sure = Entry::words(if cell.clear { "yes" } else { "no" });
        vec![label(cell.column), label(cell.row), written.entry(Some(cell.value)), sure]
    });
    let title = format!("Above zero: {}; below zero: {}", matrix.positive, matrix.negative);
    table(title, &["Of", "And", "Value", "Surely not zero"], rows.collect())
}

pub(super) fn of_plane(plane: &Plane) -> Table {
    let points = || plane.lines.iter().flat_map(|line| &line.points);
    let x = Written::of(&plane.x, points().map(|(x, _)| *x));
    let y = Written::of(&plane.y, points().map(|(_, y)| *y));
    let mut rows = Vec::new();
    for line in &plane.lines {
        for (position, point) in shown(line.points.len()).into_iter().enumerate() {
            let label = if position == 0 { line.label.as_str() } else { "" };
            let (across, up) = line.points[point];
            rows.push(vec![Entry::words(label), x.entry(Some(across)), y.entry(Some(up))]);
        }
    }
    let title = thinned(&plane.y.title, plane.lines.iter().map(|line| line.points.len()));
    table(title, &["Line", &plane.x.title, &plane.y.title], rows)
}

pub(super) fn of_points(points: &Points) -> Table {
    let mut rows = Vec::new();
    for panel in &points.panels {
        let x = Written::of(&panel.x, panel.dots.iter().map(|dot| dot.x));
        let y = Written::of(&panel.y, panel.dots.iter().map(|dot| dot.y));
        for (position, dot) in shown(panel.dots.len()).into_iter().enumerate() {
            let dot = &panel.dots[dot];
            let name = if position == 0 { panel_name(panel) } else { String::new() };
            let mut row = vec![Entry::words(name), Entry::words(&dot.label)];
            row.extend(
                [Some(dot.x), dot.across.map(|ends| ends.0), dot.across.map(|ends| ends.1)]
                    .map(|value| x.at(&panel.x, value)),
            );
            row.extend(with_ends(y, dot.y, dot.up));
            rows.push(row);
        }
    }
    let columns = ["Panel: across, up", "Dot", "Across", "Low", "High", "Up", "Low", "High"];
    let titles = thinned("Dots with their intervals", points.panels.iter().map(|panel| panel.dots.len()));
    without_empty(table(titles, &columns, rows))
}

pub(super) fn of_heat(heat: &Heat) -> Table {
    let all = || heat.panels.iter().flat_map(|panel| panel.mean.iter().flatten().copied());
    let (x, y) = (Written::of(&heat.x, heat.columns.iter().copied()), Written::of(&heat.y, heat.rows.iter().copied()));
    let value = Written::of(&heat.value, all());
    let at = |numbers: &[Vec<f64>], row: usize, column: usize| {
        value.entry(numbers.get(row).and_then(|row| row.get(column)).copied())
    };
    let (columns, ups) = (shown(heat.columns.len()), shown(heat.rows.len()));
    let mut rows = Vec::new();
    for panel in &heat.panels {
        for row in &ups {
            for column in &columns {
                rows.push(vec![
                    Entry::words(&panel.title),
                    x.at(&heat.x, Some(heat.columns[*column])),
                    y.at(&heat.y, Some(heat.rows[*row])),
                    at(&panel.mean, *row, *column),
                    at(&panel.low, *row, *column),
                    at(&panel.high, *row, *column),
                ]);
            }
        }
    }
    let title = thinned(&heat.value.title, [heat.columns.len(), heat.rows.len()].into_iter());
    without_empty(table(title, &["Panel", &heat.x.title, &heat.y.title, "Value", "Low", "High"], rows))
}

pub(super) fn of_effects(effects: &Effects) -> Table {
    let values = effects.rows.iter().flat_map(|row| row.values).map(|(value, ..)| value);
    let written = Written::of(&effects.axis, values);
    let [one, other] = &effects.names;
    let rows = effects.rows.iter().map(|row| {
        let mut entries = vec![Entry::words(&row.label)];
        for (value, low, high) in row.values {
            entries.extend([value, low, high].map(|number| written.entry(Some(number))));
        }
        entries
    });
    table(effects.axis.title.clone(), &["Row", one, "Low", "High", other, "Low", "High"], rows.collect())
}

/// What a panel shows, and what runs across and up in it.
fn panel_name(panel: &Panel) -> String {
    let axes = format!("{}, {}", panel.x.title, panel.y.title);
    if panel.title.is_empty() { axes } else { format!("{}: {axes}", panel.title) }
}

fn with_ends(written: Written, value: f64, ends: Option<(f64, f64)>) -> [Entry; 3] {
    [Some(value), ends.map(|ends| ends.0), ends.map(|ends| ends.1)].map(|value| written.entry(value))
}

fn table(title: String, columns: &[&str], rows: Vec<Vec<Entry>>) -> Table {
    Table { title, columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

/// Leaves out columns in which nothing is written.
fn without_empty(table: Table) -> Table {
    let is_empty = |column: usize| {
        table.rows.iter().all(|row| row.get(column).is_none_or(|entry| entry.text.is_empty() || entry.text == "–"))
    };
    let kept: Vec<usize> = (0..table.columns.len()).filter(|column| !is_empty(*column)).collect();
    Table {
        columns: kept.iter().map(|column| table.columns[*column].clone()).collect(),
        rows: table.rows.iter().map(|row| kept.iter().map(|column| row[*column].clone()).collect()).collect(),
        title: table.title,
    }
}
